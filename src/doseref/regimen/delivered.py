"""One ingredient's amount in the unit its limits are stated in, salt turned into base, with the working."""

from __future__ import annotations

from functools import lru_cache

from doseref.items.model import Part
from doseref.quantities import Range, portion, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.units import UNITS, convertible


@record
class Delivered:
    """``amount`` of one ingredient at one administration, its working, and how many product units it takes."""

    part: Part
    amount: Range
    working: str
    units: Range | None = None
    written: str = ""
    """The unit in which its line, or its product, says how much it is."""


_USUAL = {unit.dimension: code for code, unit in reversed(UNITS.items()) if unit.factor == 1} | {
    "mass per hour": "ug/h"
}
"""Dimension → the unit that it is totalled in where no limit says: the first of which its factors are made."""


@lru_cache(maxsize=8192)
def canonical_unit(data: Reference, substance: str, written: str) -> str:
    """The unit a substance is totalled in: that of the articles' first limit, else that of most limits (of as many in g
    and in mg, mg), of those to which the written one converts; where there is none, mg for a mass, mL for a volume, mcg/h for a rate and so on.

    One unit per substance makes 0.5 g, 500 mg and 500,000 mcg the same total.
    """
    counts: dict[tuple[bool, str], int] = {}
    for limit in data.limits.get(substance, ()):
        unit = limit.unit or limit.single_unit
        if unit in UNITS and (convertible(written, unit) or data.factor(substance, written, unit) is not None):
            if limit.article:
                return unit
            counts[not limit.products, unit] = counts.get((not limit.products, unit), 0) + 1
    if counts:
        return max(counts, key=lambda key: (key[0], counts[key], key[1] != "g"))[1]
    return _USUAL[UNITS[written].dimension] if written in UNITS else written


def to_unit(data: Reference, substance: str, amount: Range, unit: str) -> Range | None:
    """``amount`` in ``unit``, by the dimension or by the substance's own factor; ``None`` where neither does it."""
    if convertible(amount.unit, unit):
        return amount.to(unit)
    factor = data.factor(substance, amount.unit, unit)
    if factor is None:
        return None
    top, bottom = factor
    return amount.map(lambda value: portion(value, top, bottom), unit)


def finish(part: Part, raw: Range, words: str, data: Reference, units: Range | None = None) -> Delivered:
    """Salt to base and the written unit to the canonical one, both shown in the working."""
    top, bottom = part.ratio
    # The unit first: a ratio without an end is cut at the same place however the dose is written.
    turned = to_unit(data, part.substance, raw, canonical_unit(data, part.substance, raw.unit))
    amount = raw if turned is None else turned
    if top != bottom:
        amount = amount.map(lambda value: portion(value, top, bottom))
        words += f" × {printed(top)}/{printed(bottom)}"
    elif amount.unit != raw.unit and {amount.unit, raw.unit} != {"mg", "ug"}:
        words += f" (= {amount})"
    return Delivered(part, amount, words, units, raw.unit)
