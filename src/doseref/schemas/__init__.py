"""JSON Schemas (2020-12) of every JSON document that the program writes, shipped with it.

``definitions.json`` holds every object once; a document's schema is cut out of it with all that it refers to, so that
what is printed stands alone. The service describes itself (OpenAPI) by the same definitions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from doseref.errors import UsageError

DIALECT = "https://json-schema.org/draft/2020-12/schema"

DOCUMENTS: dict[str, tuple[str, str, str]] = {
    "check": ("check", "doseref.check/1", "check --format json"),
    "check-line": ("regimen", "doseref.check/1#regimen", "check --format jsonl, each line"),
    "parse": ("parse", "doseref.dosage/1", "parse --format json; each line of jsonl is its first form"),
    "statements": ("statements", "doseref.statements/1", "show and extract --format json"),
    "sources": ("sources", "doseref.sources/1", "show --sources --format json"),
    "reconcile": ("reconcile", "doseref.reconcile/1", "reconcile --format json"),
    "baseline": ("baseline", "doseref.baseline/1", "reconcile --update-baseline"),
    "validate": ("validate", "doseref.validate/1", "validate --format json"),
    "convert": ("convert", "doseref.convert/1", "convert --format json"),
    "rules": ("rules", "doseref.rules/1", "rules --format json"),
    "review": ("review", "doseref.review/1", "import --review --format json"),
}
"""Document → its definition, its name and version, and which command writes it."""

ALIASES = {"show": "statements", "extract": "statements", "import": "review", "dosage": "parse"}
"""Other words for a document: the commands that write it, and what it is."""


@lru_cache(maxsize=1)
def definitions() -> dict[str, Any]:
    """Every definition by its name; references among them are ``#/$defs/NAME``."""
    text = (Path(__file__).parent / "definitions.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["$defs"]
    return found


def schema(document: str) -> dict[str, Any]:
    """The schema of ``document``, complete in itself; raises :class:`UsageError` for one that no command writes."""
    name = ALIASES.get(document, document)
    if name not in DOCUMENTS:
        raise UsageError(f"'{document}' is no document with a schema; there are {', '.join((*DOCUMENTS, *ALIASES))}")
    definition, identity, written_by = DOCUMENTS[name]
    return {
        "$schema": DIALECT,
        "$id": f"urn:doseref:schema:{identity.replace('#', ':')}",
        "title": f"{identity}: {written_by}",
        "$ref": f"#/$defs/{definition}",
        "$defs": {each: definitions()[each] for each in needed([definition])},
    }


def needed(wanted: Iterable[str]) -> list[str]:
    """The names of ``wanted`` and of everything that they refer to, sorted."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += referred(definitions()[name])
    return sorted(found)


def referred(part: Any) -> list[str]:
    """The names of the definitions that ``part`` of a schema refers to directly."""
    if isinstance(part, list):
        return [name for each in part for name in referred(each)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"].rpartition("/")[2]] if isinstance(part.get("$ref"), str) else []
    return [*own, *(name for each in part.values() for name in referred(each))]
