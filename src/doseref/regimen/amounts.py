"""How much of each ingredient one administration delivers, in the unit its limits are stated in, with the working."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from doseref.dosage.model import Option, Strength
from doseref.items.model import Part, Trouble
from doseref.quantities import Range, portion, printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen import mixed_insulins
from doseref.tables.entries import Product
from doseref.units import UNITS, convertible
from doseref.units import printed as unit_word

_SOLID = frozenset(("{tablet}", "{capsule}", "{pill}", "{dose}", "{piece}", "{film}", "{gummy}", "{lozenge}"))
"""Counted units that stand for one piece of a solid product whatever the writer calls it."""
SPREAD = frozenset(("cream", "gel", "ointment", "lotion", "foam", "liniment", "balm", "solution"))
"""Forms that are applied without an amount being counted."""
_ONE = Decimal(1)


@record
class Delivered:
    """``amount`` of one ingredient at one administration, its working, and how many product units it takes."""

    part: Part
    amount: Range
    working: str
    units: Range | None = None


@lru_cache(maxsize=8192)
def canonical_unit(data: Reference, substance: str, written: str) -> str:
    """The unit a substance is totalled in: that of the articles' first limit, else that of most limits, of those to
    which the written one converts; mg for a mass and mcg/h for a rate where there is none.

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
        return max(counts, key=lambda key: (key[0], counts[key]))[1]
    usual = {"mass": "mg", "mass per hour": "ug/h"}
    return usual.get(UNITS[written].dimension, written) if written in UNITS else written


def to_unit(data: Reference, substance: str, amount: Range, unit: str) -> Range | None:
    """``amount`` in ``unit``, by the dimension or by the substance's own factor; ``None`` where neither does it."""
    if convertible(amount.unit, unit):
        return amount.to(unit)
    factor = data.factor(substance, amount.unit, unit)
    if factor is None:
        return None
    top, bottom = factor
    return amount.map(lambda value: portion(value, top, bottom), unit)


def amounts(
    option: Option, parts: tuple[Part, ...], product: Product | None, data: Reference, weight_kg: Decimal | None
) -> list[Delivered] | Trouble:
    """Every ingredient's amount at one administration (per day where ``option.per_day``), or why there is none."""
    if option.dose is not None and option.dose.unit.endswith("/kg"):
        return _by_weight(option, parts, product, data, weight_kg)
    if product is not None:
        found = _of_product(option, parts, product, data)
        counted = found if isinstance(found, Trouble) else [each for each in found if not each.part.compound]
        return counted or _of_compound(parts, data)
    if any(part.compound for part in parts):
        return _of_compound(parts, data)
    if len(parts) > 1:
        if acts_in_place(option, parts, data) and all(part.strength is None for part in parts):
            what = unit_word(option.count.unit, plural=False) if option.count is not None else "application"
            return Trouble("no-limit-known", f"how much is in one {what} is not said, so nothing is added up")
        return _of_combination(option, parts, data)
    return _of_substance(option, parts[0], data)


def _of_compound(parts: tuple[Part, ...], data: Reference) -> Trouble:
    part = next(part for part in parts if part.compound)
    inside = data.substances[part.substance]
    elemental = ", for example '500 mg elemental'" if "mineral" in inside.classes else ""
    return Trouble(
        "no-limit-known",
        f"the amount of {inside.name} in {part.as_named} depends on the product, so it is not added up",
        f"write the amount of {inside.name} that its label states{elemental}",
    )


def _by_weight(
    option: Option, parts: tuple[Part, ...], product: Product | None, data: Reference, weight_kg: Decimal | None
) -> list[Delivered] | Trouble:
    dose = option.dose
    if dose is None or weight_kg is None:
        return Trouble(
            "unit-mismatch", "the dose is per kilogram of body weight and no weight is given", "give --weight KG"
        )
    unit = dose.unit.removesuffix("/kg")
    from doseref.records import replace

    whole = replace(option, dose=Range(dose.low * weight_kg, dose.high * weight_kg, unit))
    found = amounts(whole, parts, product, data, None)
    if isinstance(found, Trouble):
        return found
    words = f"{dose} × {printed(weight_kg)} kg"
    return [Delivered(each.part, each.amount, words, each.units) for each in found]


def _finish(part: Part, raw: Range, words: str, data: Reference, units: Range | None = None) -> Delivered:
    """Salt to base and the written unit to the canonical one, both shown in the working."""
    top, bottom = part.ratio
    # The unit first: a ratio without an end is cut at the same place however the dose is written.
    turned = to_unit(data, part.substance, raw, canonical_unit(data, part.substance, raw.unit))
    amount = raw if turned is None else turned
    if top != bottom:
        amount = amount.map(lambda value: portion(value, top, bottom))
        words += f" × {printed(top)}/{printed(bottom)}"
    elif amount.unit != raw.unit:
        words += f" (= {amount})"
    return Delivered(part, amount, words, units)


LOCAL_UNITS = frozenset(("{drop}", "{spray}", "{puff}", "{inhalation}", "{actuat}", "{application}"))
"""What is counted so goes into an eye, a nose, the airways or onto the skin;
without its strength it is read, and not added up.
"""


_PLACES = frozenset(("ophthalmic", "otic", "nasal", "topical"))


def at_its_place(option: Option) -> bool:
    """Whether a dose is counted in drops, sprays or applications, or spread, and so acts where it is put."""
    if option.count is not None:
        return option.count.unit in ("{drop}", "{spray}", "{application}")
    return (
        option.dose is None
        and option.form != "patch"
        and (
            option.route in ("topical", "ophthalmic", "otic")
            or option.form in SPREAD
            or option.method in ("apply", "rub", "massage")
        )
    )


def acts_in_place(option: Option, parts: tuple[Part, ...], data: Reference) -> bool:
    """Whether a combination is put into an eye, a nose or onto the skin: every part of it is known to be used there."""
    return at_its_place(option) and all(
        not _PLACES.isdisjoint(data.substances[part.substance].routes) for part in parts
    )


def _of_substance(option: Option, part: Part, data: Reference) -> list[Delivered] | Trouble:
    """A single substance: a mass or activity as written, a volume by its concentration, a count by its strength."""
    strength = _only(option.strengths) or _twice_told(option.strengths, part, data)
    if strength is None:  # "10% (20 mEq/15 mL)": the percentage only repeats the concentration
        strength = _only(tuple(each for each in option.strengths if each.unit != "%"))
    if option.dose is not None and option.dose.unit != "%":  # a percentage is a concentration, never a dose
        return _of_dose(option, option.dose, strength, part, data)
    if option.count is not None:
        weighed = (
            strength is not None
            and strength.per is None
            and strength.unit != "%"
            and option.count.unit != "{application}"
        )
        if weighed and strength is not None:
            raw = Range(option.count.low * strength.amount, option.count.high * strength.amount, strength.unit)
            words = f"{option.count} × {printed(strength.amount)} {unit_word(strength.unit)}"
            return [_finish(part, raw, words, data, option.count)]
        if strength is not None and _is_whole(strength, option.count.unit):
            raw = Range(option.count.low * strength.amount, option.count.high * strength.amount, strength.unit)
            words = f"{option.count} × {printed(strength.amount)} {unit_word(strength.unit)}"
            return [_finish(part, raw, words, data, option.count)]
        if _counted_here(data, part.substance, option.count.unit):
            return [Delivered(part, option.count, str(option.count), option.count)]
        what = unit_word(option.count.unit, plural=False)
        known = sorted(
            {
                f"{printed(i.strength)} {unit_word(i.unit)}"
                for p in data.products_with(part.substance)
                for i in p.ingredients
                if len(p.ingredients) == 1 and i.per_unit.startswith("{") and not p.withdrawn
            }
        )
        listed = f"; strengths known here: {', '.join(known)}" if known else ""
        if option.count.unit in (*LOCAL_UNITS, "{sachet}") or option.route == "inhalation" or option.form in SPREAD:
            return Trouble("no-limit-known", f"how much is in one {what} is not said, so nothing is added up")
        if of_many(part.substance, data):
            return MANY
        return Trouble(
            "unreadable-dosage",
            f"how much is in one {what} is not said{listed}",
            "name the strength, for example '500 mg, 2 tablets'",
            left_open="" if option.strengths else "how-much",
        )
    if strength is not None and strength.per is None and strength.unit != "%":
        one = Range.of(strength.amount, strength.unit)
        return [_finish(part, one, str(one), data)]
    if strength is not None and option.route == "inhalation" and _is_whole(strength, "{vial}"):
        one = Range.of(strength.amount, strength.unit)  # "2.5 mg/3 mL by nebulizer": what is in one
        return [_finish(part, one, str(one), data)]
    if at_its_place(option):
        return Trouble("no-limit-known", "the amount applied is not said, so nothing is added up")
    if of_many(part.substance, data):
        return MANY
    return Trouble("unreadable-dosage", "no dose is said", "say how much is taken each time", left_open="how-much")


_OPENED_AT_ONCE = frozenset(("{vial}", "{ampule}", "{enema}", "{syringe}"))
_PER_SPOON = frozenset((Decimal(1), Decimal(5), Decimal(15)))
"""Volumes (mL) that a concentration is stated in whatever the size of the bottle."""


def _is_whole(strength: Strength, unit: str) -> bool:
    """Whether a strength is stated in the volume of the piece that is counted: "2.5 mg/3 mL, 1 vial", "4 g/60 mL, 1 enema"."""
    if unit not in _OPENED_AT_ONCE or strength.per is None or strength.per[1] != "mL":
        return False
    return strength.per[0] not in _PER_SPOON


MANY = Trouble("no-limit-known", "what it holds depends on the product, so nothing is added up")
_OF_MANY = frozenset(("multivitamin", "probiotic"))


def of_many(substance: str, data: Reference) -> bool:
    """Whether a name stands for a product of many nutrients, of which one tablet says nothing."""
    known = data.substances.get(substance)
    return known is not None and bool(_OF_MANY.intersection(known.classes))


def _of_dose(
    option: Option, dose: Range, strength: Strength | None, part: Part, data: Reference
) -> list[Delivered] | Trouble:
    """A dose as an amount: numbers decide before form words, so a liquid with a concentration is counted whatever it is
    called.
    """
    kind = UNITS[dose.unit].dimension
    spread = option.form in SPREAD and option.form != "solution"
    if strength is not None and strength.per is not None and (kind == "volume" or (spread and kind == "mass")):
        return _by_concentration(dose, strength, part, data)
    if option.form in SPREAD and (kind == "volume" or (spread and kind == "mass")):
        return _of_preparation(dose, strength, option.form or "", part, data)
    if kind == "mass" and _released(option, part, data):
        return Trouble(
            "unit-mismatch",
            f"{dose} of a patch: whether it releases that in an hour or in a day, or holds it in all, is not said",
            f"write the rate, for example '{dose}/h' or '{dose}/24 h'",
        )
    return [_finish(part, dose, str(dose), data, option.count)]


def _released(option: Option, part: Part, data: Reference) -> bool:
    """Whether it is a patch that is named by what it releases: of an opioid in an hour, of one that stays on for days in a day."""
    if option.form != "patch" and option.route != "transdermal":
        return False
    if option.form == "patch" and not option.per_day and _stays_on(option):
        return True
    return any(f.substance == part.substance and f.route == "transdermal" for f in data.opioid_factors)


def _stays_on(option: Option) -> bool:
    """Whether a patch is changed less often than once a day."""
    times, every = option.times, option.every
    if times is not None:
        return times.unit in ("wk", "mo") and not option.days and times.high < 7
    return every is not None and (every.unit in ("wk", "mo") or every.low > (24 if every.unit == "h" else 1))


def _of_preparation(
    dose: Range, strength: Strength | None, form: str, part: Part, data: Reference
) -> list[Delivered] | Trouble:
    """Grams of a gel are not grams of the drug: only a stated percentage turns one into the other."""
    if strength is None or strength.unit != "%":
        return Trouble(
            "no-limit-known", f"{dose} of {form}: how much {part.as_named} is in it is not said, so nothing is added up"
        )
    unit = "mg" if UNITS[dose.unit].dimension == "mass" else dose.unit
    if unit != "mg":
        return Trouble("no-limit-known", f"{dose} of a {strength.amount}% {form}: a volume of it is not converted")
    raw = dose.to("mg").map(lambda value: value * strength.amount / 100)
    return [_finish(part, raw, f"{dose} × {printed(strength.amount)}/100", data)]


def _counted_here(data: Reference, substance: str, unit: str) -> bool:
    """Whether the sources state this substance in that counted unit (one patch, one injection)."""
    return any(
        unit in (limit.unit, limit.single_unit) for limit in data.limits.get(substance, ()) if not limit.products
    )


def _only(strengths: tuple[Strength, ...]) -> Strength | None:
    return strengths[0] if len(strengths) == 1 else None


def _twice_told(strengths: tuple[Strength, ...], part: Part, data: Reference) -> Strength | None:
    """The strength that two units tell of one piece ("50 mcg (2,000 unit) capsule" of vitamin D),
    where they come to the same.
    """
    if len(strengths) != 2 or any(each.per is not None or each.unit == "%" for each in strengths):
        return None
    one, other = strengths
    told = to_unit(data, part.substance, Range(other.amount, other.amount, other.unit), one.unit)
    return one if told is not None and told.high == one.amount else None


def _by_concentration(dose: Range, strength: Strength, part: Part, data: Reference) -> list[Delivered] | Trouble:
    if strength.per is None or not convertible(dose.unit, strength.per[1]):
        return Trouble(
            "unit-mismatch", f"{dose} does not meet the stated concentration", "state the concentration per mL"
        )
    volume, unit = strength.per
    inner = dose.to(unit)
    raw = inner.map(lambda value: portion(value, strength.amount, volume), strength.unit)
    words = f"{dose} × {printed(strength.amount)} {unit_word(strength.unit)}/{printed(volume)} {unit_word(unit)}"
    return [_finish(part, raw, words, data, inner)]


def _of_combination(option: Option, parts: tuple[Part, ...], data: Reference) -> list[Delivered] | Trouble:
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
    if option.dose is None and one is not None and one.unit in _OPENED_AT_ONCE:
        volumes = {(part.per, part.per_unit) for part in parts}
        if len(volumes) == 1 and (whole := volumes.pop())[1] == "mL" and whole[0] not in _PER_SPOON:
            given = one.map(lambda value: value * whole[0], "mL")  # "0.5-2.5 mg/3 mL, 1 vial"
    found = []
    for part in parts:
        if given is None or part.strength is None or not _meets(given.unit, part.per_unit):
            return Trouble("unit-mismatch", "how many mL of the liquid are taken is not said", "give the volume in mL")
        units = given if given.unit == part.per_unit else given.to(part.per_unit)
        raw = units.map(lambda value, s=part.strength, p=part.per: portion(value, s, p), part.unit)  # type: ignore[misc]
        words = (
            f"{given} × {printed(part.strength)} {unit_word(part.unit)}/{printed(part.per)} "
            f"{unit_word(part.per_unit, plural=part.per != 1)}"
        )
        found.append(_finish(part, raw, words, data, units))
    return found


def _meets(given: str, per_unit: str) -> bool:
    """Whether what is taken is told in what the strength is per: mL, or the puffs of an inhaler."""
    return given == per_unit or convertible(given, per_unit)


def _units_word(count: Range) -> str:
    if count.unit == "{dose}":
        return printed(count.low) if count.single else f"{printed(count.low)} to {printed(count.high)}"
    return str(count)


def _of_product(
    option: Option, parts: tuple[Part, ...], product: Product, data: Reference
) -> list[Delivered] | Trouble:
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
        found.append(_finish(part, raw, f"{_units_word(units)} × {each}", data, units))
    return found


def _product_units(option: Option, parts: tuple[Part, ...], product: Product) -> Range | Trouble:
    """How many of the product's own units one administration is."""
    own = product.per_unit
    count, dose = option.count, option.dose
    if dose is not None and convertible(dose.unit, own):
        return dose.to(own)
    if count is not None:
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
            strength = only.strength
            return dose.to(only.unit).map(lambda value: portion(value, _ONE, strength), own)
        return Trouble(
            "unit-mismatch",
            f"{dose} of {product.label} does not say how many {unit_word(own)}",
            f"count the {unit_word(own)}",
            # a syrup of a brand on the shelf that is known here in capsules alone: how much it holds is asked for
            left_open="how-much" if dose.unit == "mL" and product.status == "otc" else "",
        )
    if option.strengths:
        return Range.of(_ONE, own)
    if product.form in SPREAD and product.form != "solution":
        return Trouble("no-limit-known", "the amount applied is not said, so nothing is added up")
    return Trouble(
        "unreadable-dosage",
        f"how many {unit_word(own)} are taken is not said",
        f"say how many {unit_word(own)}",
        left_open="how-much",
    )
