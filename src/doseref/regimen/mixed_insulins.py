"""Mixtures of insulins: their units are those of all their insulins together."""

from __future__ import annotations

from decimal import Decimal

from doseref.items.model import Part
from doseref.quantities import Range
from doseref.refdata import Reference


def volume(dose: Range | None, parts: tuple[Part, ...], data: Reference) -> Range | None:
    """The mL that hold ``dose`` units of a mixture ("Humulin 70/30 20 units"); ``None`` for anything else.

    Of 100 units of a 70/30 mixture 70 are of the one insulin and 30 of the other, as its label writes the strength.
    """
    if dose is None or dose.unit != "[IU]" or len(parts) < 2:
        return None
    strengths = [
        part.strength / part.per
        for part in parts
        if part.strength is not None and part.unit == "[IU]" and part.per_unit == "mL"
    ]
    insulins = all("insulin" in _with_above(data.substances[part.substance].classes, data) for part in parts)
    if not insulins or len(strengths) < len(parts):
        return None
    return dose.map(lambda value: value / sum(strengths, Decimal(0)), "mL")


def _with_above(classes: tuple[str, ...], data: Reference) -> set[str]:
    return {above for each in classes for above in data.ancestry(each)}
