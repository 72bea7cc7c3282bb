"""The shipped schemas as validators: open, as they are published, and closed, so that no field goes undescribed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from doseref.schemas import schema


def closed(part: Any) -> Any:
    """The schema with no field allowed beyond those it describes."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        made["additionalProperties"] = False
    return made


@lru_cache(maxsize=32)
def validator(document: str, strict: bool = True) -> Draft202012Validator:
    whole = schema(document)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(closed(whole) if strict else whole)


def faults(document: str, value: Any) -> list[str]:
    """What is not as the schema says, with its place; empty where all is."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(document).iter_errors(value)]
