"""The item's own stated maximum, in the unit of the exposure it cuts."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Dosage, Maximum
from doseref.names import names
from doseref.quantities import Period, Range, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.amounts import Delivered
from doseref.units import convert, convertible
from doseref.units import printed as unit_word


@record
class Cap:
    """Cut at ``high`` (in the exposure's unit); ``words`` says which maximum does it."""

    high: Decimal
    words: str


def cap(per_dose: Range, each: Delivered, dosage: Dosage, per: Period, sole: bool, data: Reference) -> Cap | None:
    """The lowest stated maximum that bounds this ingredient in this period; ``None`` where none does.

    A maximum without an ingredient bounds every ingredient when it counts units or doses; as an amount it bounds
    only an item of one ingredient (``sole``). ``data`` knows the names that a maximum may give an ingredient (APAP).
    """
    found: list[Cap] = []
    for stated in dosage.maximum:
        if stated.per is None or (stated.per.hours() or stated.per) != (per.hours() or per):
            continue
        high = _in_unit(stated, per_dose, each, sole, data)
        if high is not None:
            found.append(
                Cap(high, f"own maximum {printed(stated.amount)} {unit_word(stated.unit, plural=stated.amount != 1)}")
            )
    return min(found, key=lambda each: each.high, default=None)


def _in_unit(stated: Maximum, per_dose: Range, each: Delivered, sole: bool, data: Reference) -> Decimal | None:
    if stated.substance and not _about(stated.substance, each.part.substance, each.part.as_named, data):
        return None
    unit = per_dose.unit
    if convertible(stated.unit, unit):
        return convert(stated.amount, stated.unit, unit) if stated.substance or sole else None
    if stated.unit == "{dose}":  # "max 4 doses": four administrations, however many tablets each is
        return stated.amount * per_dose.high
    if stated.unit.startswith("{") and each.units is not None and each.units.high:
        return stated.amount * per_dose.high / each.units.high
    return None


def _about(written: str, substance: str, as_named: str, data: Reference) -> bool:
    """Whether a maximum that names an ingredient as ``written`` is about this one."""
    entry = names(data).lookup(written)
    if entry is not None and entry.substance:
        return entry.substance == substance
    word = written.lower()
    return word == as_named.lower() or substance.startswith(word)
