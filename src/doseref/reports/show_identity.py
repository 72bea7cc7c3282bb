"""What a substance is, beside its doses: its classes, its codes, and the side-effect classes that it counts for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doseref.lookup import Shown
from doseref.refdata import Reference
from doseref.regimen.overlaps import effects

_CODES = {"rxcui": "RxCUI", "unii": "UNII", "atc": "ATC"}


def identity_words(data: Reference, shown: Shown) -> Iterator[tuple[str, str]]:
    """What there is of ``class``, ``codes`` and ``side effects`` of a substance, each in words."""
    known = data.substances.get(shown.substance)
    if known is None:
        return
    if classes := [data.classes[each].label for each in known.classes]:
        yield "class", ", ".join(classes)
    if codes := [f"{title} {code}" for name, title in _CODES.items() if (code := getattr(known, name))]:
        yield "codes", ", ".join(codes)
    if told := _side_effects(data, shown.substance):
        yield (
            "side effects",
            "; ".join(f"{data.side_effect_classes[each].label}: {', '.join(says)}" for each, says in told.items()),
        )


def identity_json(data: Reference, shown: Shown) -> dict[str, Any] | None:
    """``{"substance", "kind", "classes", "codes", "side_effects"}``: of each side-effect class who says so."""
    known = data.substances.get(shown.substance)
    if known is None:
        return None
    return {
        "substance": shown.name,
        "kind": known.kind,
        "classes": [{"id": each, "label": data.classes[each].label} for each in known.classes],
        "codes": {name: getattr(known, name) or None for name in _CODES},
        "side_effects": [
            {"class": each, "label": data.side_effect_classes[each].label, "says": list(says)}
            for each, says in _side_effects(data, shown.substance).items()
        ],
    }


def _with_place(says: str, data: Reference) -> str:
    """A phrase with the line of its article, where it has the id of a statement: "dyspepsia (L1–L2 line 423)"."""
    phrase, sign, key = says.rpartition(" (")
    statement = data.statements.get(key.removesuffix(")")) if sign else None
    return f"{phrase} ({data.sources[statement.source].short} line {statement.line})" if statement else says


def _side_effects(data: Reference, substance: str) -> dict[str, list[str]]:
    """Side-effect class → the phrases with their sources, in the order of the data; classes without a row are left out."""
    found: dict[str, list[str]] = {}
    for each, told in effects(substance, data):
        says = _with_place(told, data)
        if each in data.side_effect_classes and says not in found.setdefault(each, []):
            found[each].append(says)
    return found
