"""The service described by OpenAPI 3.1, with the schemas that ``doseref schema`` prints."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from doseref import __version__
from doseref.schemas import definitions, needed
from doseref.service.orders import ORDERS

Json = dict[str, Any]
_TEXT = {"type": "string"}
_FAULT: Json = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
_ITEM: Json = {
    "description": "A text, or an object with 'item' or with 'drug' and 'sig'.",
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}},
    ],
}
_OPTIONS: Json = {
    "type": "object",
    "properties": {
        "policy": _TEXT,
        "country": _TEXT,
        "otc": {"type": "boolean"},
        "as_of": {"type": "string", "format": "date"},
        "strict": {"type": "boolean"},
        "accept_suggestions": {"type": "boolean"},
        "pregnant": {"type": "boolean"},
        "age": {"type": "number", "description": "years"},
        "weight": {"type": "number", "description": "kg"},
        "sex": _TEXT,
        "hepatic": {"type": "boolean"},
        "creatinine": {"type": "number", "description": "mg/dL"},
        "egfr": {"type": "number", "description": "mL/min/1.73 m²"},
        "crcl": {"type": "number", "description": "creatinine clearance in mL/min"},
    },
    "additionalProperties": False,
}
_ASKED: Json = {
    "description": "One of text (one item a line), items, regimens; or a FHIR resource (Bundle, "
    "MedicationRequest, MedicationStatement).",
    "type": "object",
    "properties": {
        "text": _TEXT,
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/given-item"}},
        "regimens": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["items"],
                "properties": {
                    "id": {"type": ["string", "null"]},
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/given-item"}},
                },
            },
        },
        "resourceType": _TEXT,
        "options": {"$ref": "#/components/schemas/options"},
    },
}


@lru_cache(maxsize=1)
def openapi() -> Json:
    """The whole document."""
    answers = {name: definitions()[name] for name in needed(["check", "dosages"])}
    text = json.dumps({**answers, "fault": _FAULT, "given-item": _ITEM, "options": _OPTIONS, "check-request": _ASKED})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "doseref",
            "version": __version__,
            "description": "Doses against limits, as the command does it. Nothing is kept.",
        },
        "paths": {
            "/check": {
                "post": _operation(
                    "Judge one or more regimens",
                    "check-request",
                    {
                        "application/json": _ref("check"),
                        "text/html": _TEXT,
                        "application/fhir+json": {"type": "object"},
                    },
                )
            },
            "/parse": {
                "post": _operation(
                    "Read dosage instructions",
                    {
                        "type": "object",
                        "required": ["sigs"],
                        "properties": {"sigs": {"type": "array", "items": _TEXT}},
                    },
                    {
                        "application/json": {
                            "type": "object",
                            "required": ["dosages"],
                            "properties": {"dosages": _ref("dosages")},
                        }
                    },
                )
            },
            "/cds-services": {"get": _get("CDS Hooks discovery")},
            **{
                f"/cds-services/doseref-{hook}": {
                    "post": _operation(
                        f"CDS Hooks {hook}", {"type": "object"}, {"application/json": {"type": "object"}}
                    )
                }
                for hook in ORDERS
            },
            "/health/live": {"get": _get("The process answers")},
            "/health/ready": {"get": _get("The tables are loaded and a check comes to its known figure")},
        },
        "components": {"schemas": json.loads(text.replace("#/$defs/", "#/components/schemas/"))},
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _get(summary: str) -> Json:
    return {
        "summary": summary,
        "responses": {
            "200": {"description": "the answer", "content": {"application/json": {"schema": {"type": "object"}}}}
        },
    }


def _operation(summary: str, asked: str | Json, answers: Json) -> Json:
    faults = {
        "400": "not a request",
        "413": "too large",
        "415": "another content type",
        "422": "cannot be read as what it is",
        "429": "too many at once; ask again after the seconds of Retry-After",
        "503": "no answer in time",
    }
    return {
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref(asked) if isinstance(asked, str) else asked}},
        },
        "responses": {
            "200": {
                "description": "the answer",
                "content": {kind: {"schema": schema} for kind, schema in answers.items()},
            },
            **{
                code: {"description": words, "content": {"application/json": {"schema": _ref("fault")}}}
                for code, words in faults.items()
            },
        },
    }
