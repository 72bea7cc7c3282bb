"""Whom a substance is not for, as ``cautions.csv`` lists it: pregnancy, age, kidneys, liver, doses by body weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from doseref.quantities import Amount, Range
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.overlaps import acts_in_body
from doseref.regimen.person import Patient, years
from doseref.regimen.stacks import belongs, kinds_of
from doseref.regimen.told_facts import told_facts
from doseref.regimen.ways import suits
from doseref.tables.entries import Caution
from doseref.units import convert, convertible

_GRAVITY = {"error": 0, "warning": 1, "info": 2}
_PER_KG = "/kg"
_NOBODY_KNOWN = Patient()


@record
class Cautioned:
    """A substance that is not for this person, the items it comes from,
    and the amount that is too much where one is stated.
    """

    caution: Caution
    substance: str
    items: tuple[int, ...]
    who: str
    """What of the person it is about, in words: ``in pregnancy``, ``at 81 years``."""
    surely: bool = True
    """Whether also the lowest reading of the dosage is above the amount; true where the caution states none."""
    dose: str = ""
    """The amount taken against the one allowed, in words; empty where the caution states none."""
    working: str = ""
    weight_wanted: bool = False
    """Whether the amount goes by a body weight that is not known: whether it is too much cannot be said."""


def cautioned(
    items: Sequence[Item], totals: Iterable[Total], patient: Patient, data: Reference, country: str = ""
) -> Iterator[Cautioned]:
    """What of a regimen is not for this person: of one substance and one fact of the person the gravest alone, and that
    it is to be avoided at this age beside how much of it is too much.

    Only what acts in the whole body counts, whether or not its dosage was read; a fact that is not known says nothing.
    Where a source of the ``country`` asked speaks of it, it decides how grave it is, not one of another country.
    """
    said = frozenset(fact for item in items for fact in told_facts(item.given.text)).union(patient.said)
    said |= {"female"} if patient.sex == "female" else frozenset[str]()
    about = _about(patient, said, data)
    if not about:
        return
    taken: dict[str, list[Item]] = {}
    for item in items:
        for substance in item.told_of:
            if acts_in_body(item, substance, data):
                taken.setdefault(substance, []).append(item)
    daily = {total.substance: total for total in totals if total.per.is_day and total.route == "systemic"}
    for substance, own in taken.items():
        kinds = kinds_of(substance, data)
        found: dict[str, Cautioned] = {}
        for caution, who in about:
            if not belongs(kinds, caution.about):
                continue
            met = _met(caution, substance, own, daily.get(substance), patient, who)
            fact = "kidneys" if caution.egfr_below is not None else who
            fact += " dose" if caution.basis == "dose" and caution.age_low_years is not None else ""
            known = found.get(fact)
            if met is not None and (known is None or _before(met, known, country, data)):
                found[fact] = met
        yield from found.values()


def _before(met: Cautioned, known: Cautioned, country: str, data: Reference) -> bool:
    """Whether it is told in the place of what is known of the same fact: the country asked first, then the graver."""
    foreign = [
        country != "" and data.sources[each.caution.source].country not in ("", country) for each in (met, known)
    ]
    return (foreign[0], _rank(met)) < (foreign[1], _rank(known))


_WHO_IS = {
    "breast-feeding": "while breast-feeding",
    "smoking": "in a smoker",
    "migraine-aura": "in migraine with aura",
    "female": "in a woman",
}
"""How the person is told of whom a line says so."""


@lru_cache(maxsize=4096)
def _about(patient: Patient, said: frozenset[str], data: Reference) -> tuple[tuple[Caution, str], ...]:
    """The cautions that are about this person, each with what it is about; ``said`` is what the list says of it."""
    if patient == _NOBODY_KNOWN and not said:
        return ()
    about_persons = (caution for caution in data.cautions if not caution.given)
    return tuple((caution, who) for caution in about_persons if (who := concerns(caution, patient, said)))


def concerns(caution: Caution, patient: Patient, said: frozenset[str] = frozenset()) -> str:
    """What of this person a caution is about, in words (age in years, kidney function in mL/min);
    empty where it is not. ``said`` is what lines of the list say of the person (:func:`told_facts`).
    """
    if (caution.pregnant and not (patient.pregnant or "pregnancy" in said)) or (
        caution.hepatic and not patient.hepatic
    ):
        return ""
    if caution.told and caution.told not in said:
        return ""
    if caution.at_least is not None:
        return _some_of(caution, patient)
    words = []
    if caution.age_low_years is not None or caution.age_high_years is not None:
        low, high = caution.age_low_years, caution.age_high_years
        if patient.age is None:
            # By weight a child is known as one, and who is none, of what age not: what goes by the weight needs no more.
            if patient.weight is None or not caution.unit.endswith(_PER_KG) or patient.child is not (low is None):
                return ""
        elif (low is not None and patient.age < low) or (high is not None and patient.age >= high):
            return ""
        else:
            words.append(years(patient.age))
    if caution.egfr_below is not None:
        renal = patient.renal
        if renal is None or renal.value >= caution.egfr_below:
            return ""
        words.append(f"{patient.kidneys_by} {renal.value:f} mL/min")
    if caution.weight_to_kg is not None and (patient.weight is None or patient.weight > caution.weight_to_kg):
        return ""
    if caution.unit.endswith(_PER_KG):
        if patient.weight is not None:
            words.append(f"{patient.weight:f} kg")
        elif not _weight_wanted(caution, patient):
            return ""
    return " ".join(
        each
        for each in (
            "in pregnancy" if caution.pregnant else "",
            "in liver disease" if caution.hepatic else "",
            _WHO_IS.get(caution.told, ""),
            f"at {', '.join(words)}" if words else "",
        )
        if each
    )


def _weight_wanted(caution: Caution, patient: Patient) -> bool:
    """Whether the weight of a child of known age is asked for: more than the weight allows would be an error."""
    return (
        caution.unit.endswith(_PER_KG)
        and patient.weight is None
        and patient.age is not None
        and caution.age_high_years is not None
        and caution.severity == "error"
    )


def _some_of(caution: Caution, patient: Patient) -> str:
    """Those of age, weight and creatinine that are as a caution states them, in words; empty where too few are."""
    age, weight, creatinine = patient.age, patient.weight, patient.creatinine
    held = []
    if age is not None and caution.age_low_years is not None and age >= caution.age_low_years:
        held.append(years(age))
    if weight is not None and caution.weight_to_kg is not None and weight <= caution.weight_to_kg and not patient.child:
        held.append(f"{weight:f} kg")
    if creatinine is not None and caution.creatinine_from is not None and creatinine >= caution.creatinine_from:
        held.append(f"creatinine {creatinine:f} mg/dL")
    return f"at {', '.join(held)}" if len(held) >= (caution.at_least or 0) else ""


def _rank(met: Cautioned) -> tuple[int, bool]:
    return _GRAVITY[met.caution.severity], not met.surely


def _met(
    caution: Caution, substance: str, own: Sequence[Item], total: Total | None, patient: Patient, who: str
) -> Cautioned | None:
    """A caution about a substance, where what is taken is above the amount that it states, if it states one."""
    own = [item for item in own if suits(caution, item.given.text)] if caution.said or caution.unsaid else own
    if not own:
        return None
    numbers = tuple(item.n for item in own)
    if caution.unless_hours is not None and _rare_enough(caution.unless_hours, substance, own):
        return None
    if caution.single_above is None and caution.day_above is None:
        return Cautioned(caution, substance, numbers, who)
    if _weight_wanted(caution, patient):
        return Cautioned(caution, substance, numbers, who, False, weight_wanted=True)
    measured = [
        (exposure.told_dose, caution.single_above, "at once", f"item {item.n}: {exposure.working}")
        for item in own
        for exposure in item.exposures
        if exposure.substance == substance and exposure.route == "systemic"
    ]
    if total is not None:
        sums = "; ".join(f"item {each.item}: {each.working}" for each in total.exposures)
        measured.append((total.told_amount, caution.day_above, "in 24 hours", sums))
    found = [
        above
        for amount, most, when, working in measured
        if most is not None and (above := _above(caution, amount, most, when, working, patient)) is not None
    ]
    if not found:
        return None
    surely = any(each[0] for each in found)
    told = [each for each in found if each[0] is surely]
    return Cautioned(caution, substance, numbers, who, surely, " and ".join(each[1] for each in told), told[0][2])


_HOURS_OF_A_DAY = 24


def _rare_enough(hours: Decimal, substance: str, own: Sequence[Item]) -> bool:
    """Whether every dose of a substance is known to be taken so many hours after the one before, or later."""
    known = [each for item in own for each in item.exposures if each.substance == substance]
    return bool(known) and all(hours_between(each) >= hours for each in known)


def hours_between(exposure: Exposure) -> Decimal:
    """The hours between two doses: as stated, or those of a day by its doses; 0 where doses a period say too little."""
    if exposure.interval_hours is not None:
        return exposure.interval_hours
    return _HOURS_OF_A_DAY / exposure.doses[1] if exposure.per.is_day and exposure.doses[1] else Decimal(0)


def _above(
    caution: Caution, taken: Range, most: Decimal, when: str, working: str, patient: Patient
) -> tuple[bool, str, str] | None:
    """Whether an amount is surely above the most, and both in words; ``None`` where it is within or not convertible."""
    unit = caution.unit.removesuffix(_PER_KG)
    weight = patient.weight if caution.unit.endswith(_PER_KG) else None
    allowed = most * weight if weight is not None else most
    if not convertible(taken.unit, unit):
        return None
    high, low = convert(taken.high, taken.unit, unit), convert(taken.low, taken.unit, unit)
    if high <= allowed:
        return None
    limit = str(Amount(most, caution.unit).to(taken.unit) if caution.unit == unit else Amount(most, caution.unit))
    if weight is not None:
        limit += f", {Amount(allowed, unit).to(taken.unit)} for this weight"
    words = f"{taken} {when} against {limit}"
    sum_words = (
        f"; {Amount(most, caution.unit)} × {weight:f} kg = {Amount(allowed, unit)}" if weight is not None else ""
    )
    return low > allowed, words, working + sum_words
