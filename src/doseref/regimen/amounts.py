"""How much of each ingredient one administration delivers, in the unit its limits are stated in, with the working."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Option, Strength
from doseref.items.model import Part, Trouble
from doseref.names.tokens import respelt
from doseref.quantities import Range, portion, printed
from doseref.refdata import Reference
from doseref.regimen.compositions import OPENED_AT_ONCE, PER_SPOON, of_combination, of_product
from doseref.regimen.delivered import Delivered, finish, to_unit
from doseref.regimen.in_place import LOCAL_UNITS, SPREAD, acts_in_place, at_its_place
from doseref.regimen.strengths import marketed, only_concentration
from doseref.tables.entries import Ingredient, Product
from doseref.units import UNITS, convertible
from doseref.units import printed as unit_word


def amounts(
    option: Option, parts: tuple[Part, ...], product: Product | None, data: Reference, weight_kg: Decimal | None
) -> list[Delivered] | Trouble:
    """Every ingredient's amount at one administration (per day where ``option.per_day``), or why there is none."""
    if option.dose is not None and option.dose.unit.endswith("/kg"):
        return _by_weight(option, parts, product, data, weight_kg)
    if product is not None:
        found = of_product(option, parts, product, data)
        counted = found if isinstance(found, Trouble) else [each for each in found if not each.part.compound]
        return counted or _of_compound(parts, data)
    if any(part.compound for part in parts):
        return _of_compound(parts, data)
    if len(parts) > 1:
        unweighed = all(part.strength is None or part.per_unit == "mL" for part in parts) and option.dose is None
        if unweighed and acts_in_place(option, parts, data):
            what = unit_word(option.count.unit, plural=False) if option.count is not None else "application"
            return Trouble("no-limit-known", f"how much is in one {what} is not said, so nothing is added up")
        return of_combination(option, parts, data)
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
    one = whole.dose
    for told in option.strengths if one is not None and one.single else ():
        if one is None or told.per is not None or not convertible(told.unit, unit) or not told.amount:
            continue
        said = Range.of(told.amount, told.unit).to(unit).high
        pieces = max(1, min(_MOST_PIECES, round(one.high / said))) if option.per_day else 1
        if abs(said * pieces - one.high) > one.high * _NEAR:
            return Trouble(
                "contradictory-dosage",
                f"{words} is {one}, and {printed(told.amount)} {unit_word(told.unit)} is told beside it",
                "ask which of the two is meant",
            )
    return [replace(each, working=words) for each in found]


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
        if weighed and strength is not None and UNITS[strength.unit].dimension == "mass":
            unsaid = _of_patch(Range.of(strength.amount, strength.unit), option, part, data)
            if unsaid is not None:
                return unsaid
        if weighed and strength is not None:
            raw = Range(option.count.low * strength.amount, option.count.high * strength.amount, strength.unit)
            words = f"{option.count} × {printed(strength.amount)} {unit_word(strength.unit)}"
            holds = [each.amount for each in option.strengths if each.unit == "%"]
            if len(holds) == 1 and strength.unit == "g":  # "1% gel 5 g packet"
                raw = raw.map(lambda value: value * holds[0] / 100)
                words += f" × {printed(holds[0])}/100"
            return [finish(part, raw, words, data, option.count)]
        if strength is not None and _is_whole(strength, option.count.unit):
            raw = Range(option.count.low * strength.amount, option.count.high * strength.amount, strength.unit)
            words = f"{option.count} × {printed(strength.amount)} {unit_word(strength.unit)}"
            return [finish(part, raw, words, data, option.count)]
        pumped = _in_one_pump(part, data) if option.count.unit == "{pump}" and not option.strengths else None
        if pumped is not None:
            raw = Range(option.count.low * pumped.strength, option.count.high * pumped.strength, pumped.unit)
            words = f"{option.count} × {printed(pumped.strength)} {unit_word(pumped.unit)}"
            return [finish(part, raw, words, data, option.count)]
        if _counted_here(data, part.substance, option.count.unit):
            return [Delivered(part, option.count, str(option.count), option.count)]
        what = unit_word(option.count.unit, plural=False)
        known = _strengths_of_pieces(part, data)
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
        return [finish(part, one, str(one), data)]
    if strength is not None and option.route == "inhalation" and _is_whole(strength, "{vial}"):
        one = Range.of(strength.amount, strength.unit)  # "2.5 mg/3 mL by nebulizer": what is in one
        return [finish(part, one, str(one), data)]
    if at_its_place(option):
        return Trouble("no-limit-known", "the amount applied is not said, so nothing is added up")
    if of_many(part.substance, data):
        return MANY
    if len(option.strengths) > 1:
        amounts = " / ".join(f"{printed(each.amount)} {unit_word(each.unit)}" for each in option.strengths)
        several = f"which of {amounts} is the dose is not said"
        return Trouble("unreadable-dosage", several, "say how much is taken each time", left_open="how-much")
    return Trouble("unreadable-dosage", "no dose is said", "say how much is taken each time", left_open="how-much")


def _in_one_pump(part: Part, data: Reference) -> Ingredient | None:
    """What one pump of a brand delivers, where it has one pump only ("Oestrogel 2 pumps daily")."""
    own = [
        i
        for p in data.products_with(part.substance)
        for i in p.ingredients
        if len(p.ingredients) == 1
        and i.per_unit == "{pump}"
        and respelt(p.name.lower()).startswith(respelt(part.as_named.lower()))
    ]
    return own[0] if len({(each.strength, each.unit) for each in own}) == 1 else None


def _strengths_of_pieces(part: Part, data: Reference) -> list[str]:
    """The strengths of the pieces that hold one drug alone: those of the brand that is named, where it has any."""
    plain = [
        (p.name.casefold(), i)
        for p in data.products_with(part.substance)
        for i in p.ingredients
        if len(p.ingredients) == 1 and i.per_unit.startswith("{") and i.per_unit != "{pump}" and not p.withdrawn
    ]
    own = [(i.strength, i.unit) for name, i in plain if name == part.as_named.casefold()]
    listed = ((each.amount, each.unit) for each in marketed(part.substance, data))
    known = own or [*((i.strength, i.unit) for _, i in plain), *listed]
    once = {
        (UNITS[unit].dimension, value * UNITS[unit].factor): (value, unit) for value, unit in sorted(known, key=_in_mcg)
    }
    return [str(Range.of(*each)) for _, each in sorted(once.items())]


def _in_mcg(strength: tuple[Decimal, str]) -> bool:
    """So that 62.5 mcg comes behind 0.0625 mg, and is what is told."""
    return strength[1] == "ug"


def _is_whole(strength: Strength, unit: str) -> bool:
    """Whether a strength is stated in the volume of the piece that is counted: "2.5 mg/3 mL, 1 vial", "4 g/60 mL, 1
    enema".
    """
    if unit not in OPENED_AT_ONCE or strength.per is None or strength.per[1] != "mL":
        return False
    return strength.per[0] not in PER_SPOON


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
    weighed = kind == "mass" and (
        spread or (strength is not None and strength.per is not None and strength.per[1] == "g")
    )
    if strength is not None and strength.per is not None and weighed and strength.per[1] == "g" and dose.unit != "g":
        return _of_the_drug_in(dose, strength, part, data)
    if strength is not None and strength.per is not None and (kind == "volume" or weighed):
        return _by_concentration(dose, strength, part, data)
    if kind == "volume" and strength is None and option.route in (None, "", "oral"):
        sold = only_concentration(part.substance, data)
        if sold is not None:
            return _by_concentration(dose, sold, part, data)
    if option.form in SPREAD and (kind == "volume" or (spread and kind == "mass")):
        return _of_preparation(dose, strength, option.form or "", part, data)
    if strength is not None and strength.unit == "%" and dose.unit == "g" and option.route not in _OF_THE_DRUG:
        return _of_preparation(dose, strength, "the preparation", part, data)
    unsaid = _of_patch(dose, option, part, data) if kind == "mass" else None
    unsaid = unsaid or _told_otherwise(dose, option, part, data)
    if unsaid is not None:
        return unsaid
    return [finish(part, dose, str(dose), data, option.count)]


_OF_THE_DRUG = frozenset(("oral", "intravenous", "intramuscular", "subcutaneous", "injection", "intraosseous"))
"""Routes by which "50%, 25 g" are grams of the drug; of anything else they are grams of what the percentage is of."""
_MOST_SPREAD_MG = 32_000
"""Milligrams of a cream or gel beyond which a mass is no measured dose of the drug in it: 32 g are the most that a label
gives of one in a day (diclofenac gel, ``diclofenac-us-rx-topical-osteoarthritis`` in ``limits.csv``)."""
_NEAR = Decimal("0.1")
"""How far an amount in units and the same in mcg may be apart where labels round one of them."""
_MOST_PIECES = 6


def _told_otherwise(dose: Range, option: Option, part: Part, data: Reference) -> Trouble | None:
    """That the dose is told in units and in mcg, and the two do not come to the same: "50 mcg (20,000 IU)" of
    vitamin D.

    Where the dose is some whole pieces of the other amount, that is what one tablet holds.
    """
    for each in option.strengths:
        if each.per is not None or convertible(each.unit, dose.unit) or dose.low != dose.high:
            continue
        other = to_unit(data, part.substance, Range.of(each.amount, each.unit), dose.unit)
        if other is None or not other.high:
            continue
        pieces = max(1, min(_MOST_PIECES, round(dose.high / other.high)))
        if abs(other.high * pieces - dose.high) > dose.high * _NEAR:
            return Trouble(
                "contradictory-dosage",
                f"{dose} of {part.as_named} is not {printed(each.amount)} {unit_word(each.unit)}",
                "ask which of the two is meant",
            )
    return None


def _of_patch(amount: Range, option: Option, part: Part, data: Reference) -> Trouble | None:
    """That a mass of a patch does not say what it releases; ``None`` where it is no such patch."""
    if not _released(option, part, data):
        return None
    return Trouble(
        "unit-mismatch",
        f"{amount} of a patch: whether it releases that in an hour or in a day, or holds it in all, is not said",
        f"write the rate, for example '{amount}/h' or '{amount}/24 h'",
    )


def _released(option: Option, part: Part, data: Reference) -> bool:
    """Whether it is a patch that is named by what it releases: of an opioid in an hour, of one that stays on for days
    in a day.
    """
    if option.form != "patch" and option.route != "transdermal":
        return False
    if option.form == "patch" and not option.per_day and _stays_on(option):
        return True
    return any(f.substance == part.substance and f.route == "transdermal" for f in data.opioid_factors)


_MOST_CHANGES = 3
"""Days of a week on which a patch is changed that stays on in between."""


def _stays_on(option: Option) -> bool:
    """Whether a patch is changed less often than once a day."""
    times, every = option.times, option.every
    if option.days:
        return len(option.days) <= _MOST_CHANGES
    if times is not None:
        return times.unit in ("wk", "mo") and times.high < 7
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
    if dose.unit != "g":  # "1.62% gel, 40.5 mg daily" is said of the drug, where as much of the gel is spread
        if dose.to("mg").high * 100 > _MOST_SPREAD_MG * strength.amount:
            return Trouble(
                "unit-mismatch",
                f"{dose} of a {strength.amount}% {form}: of {part.as_named}, or of the {form}?",
                f"write the grams of the {form}",
            )
        return [finish(part, dose, str(dose), data)]
    raw = dose.to("mg").map(lambda value: value * strength.amount / 100)
    return [finish(part, raw, f"{dose} × {printed(strength.amount)}/100", data)]


def _of_the_drug_in(dose: Range, strength: Strength, part: Part, data: Reference) -> list[Delivered] | Trouble:
    """Milligrams beside "16.2 mg/g" are of the drug ("40.5 mg daily"), where as much of the gel is spread; of the gel they
    would be grams.
    """
    holds = Range.of(strength.amount, strength.unit)
    grams = dose.to("mg").high / holds.to("mg").high * (strength.per[0] if strength.per else 1)
    if grams * 1000 > _MOST_SPREAD_MG:
        return Trouble(
            "unit-mismatch", f"{dose} beside {holds}/g: of {part.as_named}, or of the preparation?", "write its grams"
        )
    return [finish(part, dose, str(dose), data)]


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
    return [finish(part, raw, words, data, inner)]
