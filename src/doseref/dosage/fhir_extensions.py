"""The extensions of this project (``docs/fhir.md``) read back into the model's values,
for :mod:`doseref.dosage.fhir_read`.
"""

from __future__ import annotations

from typing import Any

from doseref.dosage.fhir_quantity import Notes, as_dict, as_list, as_text, read_number, read_quantity, read_range
from doseref.dosage.fhir_terms import BASE
from doseref.dosage.model import Cycle, Maximum, Step, Strength, Target, Times
from doseref.quantities import Period, Range
from doseref.units import TIME_WORDS

Json = dict[str, Any]


def read_maximum(extension: Json, notes: Notes) -> Maximum | None:
    """The extension ``maximum``: amount, period (none: one administration) and the ingredient it is for."""
    part = parts_of(extension)
    amount = read_quantity(as_dict(part.get("amount", {}).get("valueQuantity")), notes)
    if amount is None:
        return None
    per = None
    if "per" in part:
        length = read_quantity(as_dict(part["per"].get("valueQuantity")), notes, time=True)
        if length is None:
            return None
        per = Period(length.value, length.unit)
    return Maximum(amount.value, amount.unit, per, as_text(part.get("substance", {}).get("valueString")) or None)


def read_strength(extension: Json, notes: Notes) -> Strength | None:
    """The extension ``strength``: an amount of one ingredient per unit, or per volume."""
    part = parts_of(extension)
    substance = as_text(part.get("substance", {}).get("valueString")) or None
    value = part.get("amount", {})
    ratio = as_dict(value.get("valueRatio"))
    amount = read_quantity(as_dict(ratio.get("numerator") or value.get("valueQuantity")), notes)
    if amount is None:
        return None
    under = read_quantity(as_dict(ratio.get("denominator")), notes) if ratio else None
    return Strength(amount.value, amount.unit, substance, (under.value, under.unit) if under else None)


def read_step(extension: Json, notes: Notes) -> Step:
    """The extension ``step``: a change that repeats."""
    part = parts_of(extension)
    every = None
    if "every" in part:
        length = read_quantity(as_dict(part["every"].get("valueQuantity")), notes, time=True)
        every = Period(length.value, length.unit) if length else None
    up = part.get("direction", {}).get("valueCode") == "up"
    return Step(
        value_range(part.get("change", {}), notes),
        every,
        value_range(part.get("to", {}), notes),
        "up" if up else "down",
    )


def read_cycle(extension: Json, notes: Notes) -> Cycle | None:
    """The extension ``cycle``: how long on, how long off, both of one time unit."""
    part = parts_of(extension)
    on = read_quantity(as_dict(part.get("on", {}).get("valueQuantity")), notes, time=True)
    off = read_quantity(as_dict(part.get("off", {}).get("valueQuantity")), notes, time=True)
    return Cycle(on.value, off.value, on.unit) if on and off else None


def read_target(first: Json, notes: Notes) -> Target | None:
    """The extension ``target`` of the first resource: where a titration ends."""
    for extension in extensions_of(first, "target"):
        part = parts_of(extension)
        amount = value_range(part.get("amount", {}), notes)
        if amount:
            per_day = part.get("per-day", {}).get("valueBoolean") is True
            times = read_times(part["times"], notes) if "times" in part else None
            return Target(amount.low, amount.high, amount.unit, per_day, times)
    return None


def read_times(extension: Json, notes: Notes) -> Times | None:
    """The extension ``times``: administrations per period that are no whole numbers above 0."""
    part = parts_of(extension)
    low = read_number(part.get("low", {}), "valueDecimal", notes)
    high = read_number(part.get("high", {}), "valueDecimal", notes)
    period = read_quantity(as_dict(part.get("period", {}).get("valueQuantity")), notes, time=True)
    longer = as_dict(part.get("period-max", {}).get("valueQuantity"))
    period_high = read_quantity(longer, notes, time=True) if longer else None
    if low is None or high is None or period is None:
        return None
    return Times(low, high, period.value, period.unit, period_high.value if period_high else None)


def extension_range(item: Json, name: str, notes: Notes) -> Range | None:
    """The Quantity or Range in the first extension called ``name``, in any unit, time included."""
    return next((value_range(extension, notes) for extension in extensions_of(item, name)), None)


def value_range(holder: Json, notes: Notes) -> Range | None:
    """``valueQuantity`` or ``valueRange`` of an extension, in any unit."""
    if holder.get("valueQuantity"):
        code = as_text(as_dict(holder["valueQuantity"]).get("code"))
        found = read_quantity(as_dict(holder["valueQuantity"]), notes, time=code in TIME_WORDS)
        return Range(found.value, found.value, found.unit) if found else None
    if holder.get("valueRange"):
        ends = as_dict(holder["valueRange"])
        code = as_text(as_dict(ends.get("high")).get("code"))
        return read_range(ends, notes, time=code in TIME_WORDS)
    return None


def extensions_of(item: Json, name: str) -> list[Json]:
    """The extensions of ``item`` with this project's url ``name``, in order."""
    url = BASE + name
    return [found for found in map(as_dict, as_list(item.get("extension"))) if found.get("url") == url]


def parts_of(extension: Json) -> dict[str, Json]:
    """The parts of a complex extension by their url."""
    return {as_text(part.get("url")): part for part in map(as_dict, as_list(extension.get("extension")))}


def string_of(item: Json, name: str) -> str | None:
    """The string in the first extension called ``name``."""
    return next((as_text(extension.get("valueString")) for extension in extensions_of(item, name)), None)


def whole_of(item: Json, name: str) -> int | None:
    """The whole number in the first extension called ``name``."""
    found = next((extension.get("valueInteger") for extension in extensions_of(item, name)), None)
    return found if isinstance(found, int) else None


def concept_text(concept: Json) -> str:
    """``text`` of a CodeableConcept, else the first display, else ``""``.
    R5's ``asNeededFor`` and ``method`` are such.
    """
    if as_text(concept.get("text")):
        return as_text(concept["text"])
    return next(
        (
            as_text(as_dict(coding).get("display"))
            for coding in as_list(concept.get("coding"))
            if as_dict(coding).get("display")
        ),
        "",
    )
