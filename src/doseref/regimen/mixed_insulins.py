"""Insulins mixed with each other or with another drug: their units are those of all their insulins together."""

from __future__ import annotations

from decimal import Decimal

from doseref.items.model import Part
from doseref.quantities import Range
from doseref.refdata import Reference


def volume(dose: Range | None, parts: tuple[Part, ...], data: Reference) -> Range | None:
    """The mL that hold ``dose`` units of a mixture ("Humulin 70/30 20 units"); ``None`` for anything else.

    Of 100 units of a 70/30 mixture 70 are of the one insulin and 30 of the other, as its label writes the strength.
    Of an insulin with another drug that is told in milligrams ("Xultophy 16 units") the units are those of the insulin.
    """
    if dose is None or dose.unit != "[IU]" or len(parts) < 2:
        return None
    strengths = []
    for part in parts:
        if part.strength is None or part.per_unit != "mL" or _insulin(part, data) != (part.unit == "[IU]"):
            return None
        if part.unit == "[IU]":
            strengths.append(part.strength / part.per)
    if not strengths:
        return None
    return dose.map(lambda value: value / sum(strengths, Decimal(0)), "mL")


def _insulin(part: Part, data: Reference) -> bool:
    return "insulin" in _with_above(data.substances[part.substance].classes, data)


def _with_above(classes: tuple[str, ...], data: Reference) -> set[str]:
    return {above for each in classes for above in data.ancestry(each)}
