"""How much of each ingredient a combination or a product delivers: so many units of a composition."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Option
from doseref.items.model import Part, Trouble
from doseref.quantities import ONE, Range, portion, printed
from doseref.refdata import Reference
from doseref.regimen import mixed_insulins
from doseref.regimen.delivered import Delivered, finish
from doseref.regimen.in_place import SPREAD
from doseref.tables.entries import Product
from doseref.units import UNITS, convertible
from doseref.units import printed as unit_word

_SOLID = frozenset(("{tablet}", "{capsule}", "{pill}", "{dose}", "{piece}", "{film}", "{gummy}", "{lozenge}"))
"""Counted units that stand for one piece of a solid product whatever the writer calls it."""


OPENED_AT_ONCE = frozenset(("{vial}", "{ampule}", "{enema}", "{syringe}"))
PER_SPOON = frozenset((Decimal(1), Decimal(5), Decimal(15)))
"""Volumes (mL) that a concentration is stated in whatever the size of the bottle."""


def of_combination(option: Option, parts: tuple[Part, ...], data: Reference) -> list[Delivered] | Trouble:
    """Ingredients written out with their strengths: so many units of that composition, one where none is counted."""
    if any(part.per_unit for part in parts):
        return _of_liquid_combination(option, parts, data)
    if option.dose is not None:
        return Trouble(
            "unit-mismatch", f"{option.dose} of a combination does not say of which ingredient", "count the tablets"
        )
    count = option.count or Range.of(1, "{dose}")
    if count.unit not in _SOLID and count.unit not in UNITS:
        return Trouble("unit-mismatch", f"{count} does not fit a combination given by strengths", "count the tablets")
    return _of_units(count, parts, data)


def _of_liquid_combination(option: Option, parts: tuple[Part, ...], data: Reference) -> list[Delivered] | Trouble:
    """Ingredients written out with their strengths per volume: so many mL of it."""
    given = option.dose if option.dose is not None else option.count
    one = option.count
    if one is None and option.dose is None and option.route == "inhalation":
        one = Range.of(1, "{vial}")  # "0.5-2.5 mg/3 mL by nebulizer"
    if option.dose is None and one is not None and one.unit in OPENED_AT_ONCE:
        volumes = {(part.per, part.per_unit) for part in parts}
        if len(volumes) == 1 and (whole := volumes.pop())[1] == "mL" and whole[0] not in PER_SPOON:
            given = one.map(lambda value: value * whole[0], "mL")  # "0.5-2.5 mg/3 mL, 1 vial"
    found = []
    for part in parts:
        if given is None or part.strength is None or not _meets(given.unit, part.per_unit):
            return Trouble("unit-mismatch", "how many mL of the liquid are taken is not said", "give the volume in mL")
        units = given if given.unit == part.per_unit else given.to(part.per_unit)
        strength, per = part.strength, part.per
        raw = units.map(lambda value, s=strength, p=per: portion(value, s, p), part.unit)  # type: ignore[misc]
        words = (
            f"{given} × {printed(part.strength)} {unit_word(part.unit)}/{printed(part.per)} "
            f"{unit_word(part.per_unit, plural=part.per != 1)}"
        )
        found.append(finish(part, raw, words, data, units))
    return found


def _meets(given: str, per_unit: str) -> bool:
    """Whether what is taken is told in what the strength is per: mL, or the puffs of an inhaler."""
    return given == per_unit or convertible(given, per_unit)


def _units_word(count: Range) -> str:
    if count.unit == "{dose}":
        return printed(count.low) if count.single else f"{printed(count.low)} to {printed(count.high)}"
    return str(count)


def of_product(option: Option, parts: tuple[Part, ...], product: Product, data: Reference) -> list[Delivered] | Trouble:
    """So many units (or mL) of a product, each with its ingredients."""
    units = mixed_insulins.volume(option.dose, parts, data) or _product_units(option, parts, product)
    return units if isinstance(units, Trouble) else _of_units(units, parts, data)


def _of_units(units: Range, parts: tuple[Part, ...], data: Reference) -> list[Delivered] | Trouble:
    """So many units (or mL), each with the strength of every ingredient."""
    found = []
    for part in parts:
        if part.strength is None:
            return Trouble("unreadable-dosage", f"the strength of {part.as_named} is not said", "name the strength")
        strength, per = part.strength, part.per
        raw = units.map(lambda value, s=strength, p=per: portion(value, s, p), part.unit)  # type: ignore[misc]
        each = f"{printed(strength)} {unit_word(part.unit)}"
        if per != 1 or part.per_unit == "mL":
            each += f"/{printed(per)} {unit_word(part.per_unit, plural=per != 1)}"
        found.append(finish(part, raw, f"{_units_word(units)} × {each}", data, units))
    return found


def _product_units(option: Option, parts: tuple[Part, ...], product: Product) -> Range | Trouble:
    """How many of the product's own units one administration is."""
    own = product.per_unit
    count, dose = option.count, option.dose
    if dose is not None and convertible(dose.unit, own):
        return dose.to(own)
    if count is not None:
        if own == "mL" and product.route == "inhalation" and count.unit in (*OPENED_AT_ONCE, "{dose}"):
            volume = parts[0].per  # of one nebule
            if volume not in PER_SPOON and all(part.per == volume for part in parts):
                return count.map(lambda value: value * volume, own)
        if count.unit == own or (count.unit in _SOLID and own in _SOLID) or count.unit == "{dose}":
            if own == "mL":
                return Trouble(
                    "unit-mismatch", f"{count} does not say how many mL of {product.label}", "give the volume in mL"
                )
            return Range(count.low, count.high, own)
        return Trouble(
            "unit-mismatch",
            f"{count} does not fit {product.label}, which is counted in {unit_word(own)}",
            "check the product or the unit",
        )
    if dose is not None:
        only = parts[0]
        if len(parts) == 1 and only.strength is not None and convertible(dose.unit, only.unit):
            strength, per = only.strength, only.per  # 60 mg of 30 mg in 5 mL are 10 mL
            return dose.to(only.unit).map(lambda value: portion(value, per, strength), own)
        said, mend = f"{dose} of {product.label} does not say how many {unit_word(own)}", f"count the {unit_word(own)}"
        if dose.unit == "mL":  # another form than the one that is known here
            said = f"{dose}: of this name only {product.label} is known here, which is counted in {unit_word(own)}"
            mend = f"name what is in it, each ingredient with its dose, or {mend}"
        return Trouble(
            "unit-mismatch",
            said,
            mend,
            # a syrup of a brand on the shelf that is known here in capsules alone: how much it holds is asked for
            left_open="how-much" if dose.unit == "mL" and product.status == "otc" else "",
        )
    if option.strengths and own.startswith("{"):  # one tablet; a concentration says nothing of how many mL
        return Range.of(ONE, own)
    if product.form in SPREAD and product.form != "solution":
        return Trouble("no-limit-known", "the amount applied is not said, so nothing is added up")
    return Trouble(
        "unreadable-dosage",
        f"how many {unit_word(own)} are taken is not said",
        f"say how many {unit_word(own)}",
        left_open="how-much",
    )
