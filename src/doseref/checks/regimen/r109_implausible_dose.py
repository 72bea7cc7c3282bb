"""R109 implausible-dose (error)

What. One dose is four times the largest marketed strength and the largest labelled dose of the drug or more (twice, of
a drug of which one dose too many is dangerous, such as digoxin), a day's doses come to five times the most that any
source gives in a day, one dose is two and a half times the most that any source allows in a day, or twice the largest
dose that anybody here gives and ten of the largest tablets (ten of them where no label's dosing was read). So is a dose
above all that anybody here gives or sells, a tenth of which is a tablet of the drug (clopidogrel 750 mg), and one for a week or longer
that is two and a half times the most that any source gives so seldom, or ten times what one gives. It looks
like a slip of a unit or of the decimal point (levothyroxine 25 mg for 25 mcg), also where no source states a maximum.
It is a warning; of a drug of which one dose too many is dangerous it is an error where one dose is twenty times all of
that, and how often it is taken need not be known. Tablets or mL of a product whose label says what is in them are left out. An insulin told in mL is asked about whatever
the amount: 20 mL of U-100 are 2,000 units; one injection of more than 160 units, and a day of more than 400, are asked
about too, and one of more than 60 units of a mealtime insulin, unless the insulin is named as one of 500 units/mL.

Why. Most drugs have no stated maximum, so that a dose a hundred times too high would pass without a word. What a stated
maximum already tells is not told again.

Passes:
    Gabapentin 800 mg three times daily

Fires:
    Levothyroxine 25 mg once daily
    Clopidogrel 750 mg once daily
    Methotrexate 200 mg once weekly
    Insulin glargine 200 units at bedtime
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.regimen.case import Case, Finding, Severity, decided, working
from doseref.limits import ROUTE_KIND
from doseref.patterns import regex
from doseref.quantities import Range
from doseref.regimen.delivered import to_unit
from doseref.regimen.model import Exposure, Total
from doseref.regimen.overlaps import lineage, narrow
from doseref.regimen.plausible import (
    Expected,
    far_beyond_a_day,
    far_beyond_weeks,
    looks_like_a_slip,
    plain_unit,
    routes_of,
)
from doseref.units import convertible


def check(case: Case) -> Iterator[Finding]:
    """One finding per total that is far beyond anything expected."""
    for total in case.totals:
        if "insulin" in lineage(total.substance, case.data):
            told = _by_volume(case, total) if total.amount.unit == "mL" else _more_than_a_pen_gives(case, total)
            if told is not None:
                yield told
            continue
        if decided(case, total) == "over":
            continue
        if not total.per.is_day or _lasting(total):
            yield from _of_weeks(case, total)
            continue
        unit = plain_unit(total.amount.unit, total.substance, case.data)
        dose = _least(case, total, unit)
        if dose is None:
            continue
        expected = looks_like_a_slip(
            dose, unit, total.substance, total.route, case.data, routes_of(total), case.bench.patient.weight
        ) or _by_the_day(case, total, unit)
        if expected is None:
            continue
        yield _slip(case, total, expected.words, _how_grave(case, total.substance, dose, expected))
    yield from _of_no_total(case)


def _of_weeks(case: Case, total: Total) -> Iterator[Finding]:
    """A dose for a week or longer that is far beyond what any source gives so seldom (methotrexate 200 mg a week)."""
    unit = plain_unit(total.amount.unit, total.substance, case.data)
    dose = _least(case, total, unit)
    if dose is None:
        return
    expected = far_beyond_weeks(dose, total.per, unit, total.substance, total.route, case.data, routes_of(total))
    if expected is not None:
        yield _slip(case, total, expected.words)


_BEYOND_DOUBT = 20
"""So many times the largest dose that is given or sold is no high dose. Only of a drug of which one dose too many is
dangerous: another may have a form of which nothing is known here (a pessary, an implant).
"""


def _how_grave(case: Case, substance: str, dose: Decimal, expected: Expected) -> Severity:
    beyond = dose >= _BEYOND_DOUBT * expected.amount and narrow(substance, case.data)
    return Severity.ERROR if beyond else Severity.WARNING


def _of_no_total(case: Case) -> Iterator[Finding]:
    """The doses of items of which is not known how often they are taken ("morphine 10 g as needed")."""
    for item in case.items:
        if item.exposures or item.dosage is None or len(item.parts) != 1 or item.product is not None or item.care:
            continue
        if any(trouble.kind == "unknown-name" for trouble in item.troubles):
            continue  # it may be another thing than that: digoxin immune Fab
        (part,) = item.parts
        unit = plain_unit("mg", part.substance, case.data)
        if unit != "mg" or "insulin" in lineage(part.substance, case.data) or not narrow(part.substance, case.data):
            continue
        for option in item.dosage.options:
            dose, kind = option.dose, ROUTE_KIND.get(option.route or "", "systemic")
            turned = to_unit(case.data, part.substance, dose, unit) if dose is not None else None
            if turned is None or option.count is not None or kind != "systemic":
                continue
            expected = looks_like_a_slip(turned.low, unit, part.substance, kind, case.data)
            if expected is not None:
                name = case.told(part.substance)
                yield Finding(
                    "R109",
                    "implausible-dose",
                    _how_grave(case, part.substance, turned.low, expected),
                    f"{name}, {dose} at once, {_A_SLIP.format(expected.words)}",
                    items=(item.n,),
                    substances=(case.name(part.substance),),
                    mend=_CHECK,
                )
                break


_A_SLIP = "looks like a slip of a unit or of the decimal point: {}"
_CHECK = "check the unit and the decimal point"


def _slip(case: Case, total: Total, why: str, severity: Severity = Severity.WARNING) -> Finding:
    return _finding(case, total, _A_SLIP.format(why), _CHECK, severity)


def _finding(case: Case, total: Total, what: str, mend: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(
        "R109",
        "implausible-dose",
        severity,
        f"{case.told(total.substance)}, {total.told_amount} {total.per.words}, {what}",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=(),
        working=working(total),
        mend=mend,
    )


_UNITS_PER_ML = 100
"""Units in 1 mL of U-100, the strength of an insulin that names none (that is what the name means)."""


def _by_volume(case: Case, total: Total) -> Finding:
    units = Range(total.amount.low * _UNITS_PER_ML, total.amount.high * _UNITS_PER_ML, "[IU]")
    return _finding(
        case,
        total,
        f"is told by volume: an insulin is dosed in units, and this much of 100 units/mL is {units}",
        "check the unit: write the dose in units",
    )


MOST_IN_AN_INJECTION_UNITS = Decimal(160)
"""What the pens of concentrated insulins (300 units/mL) give at most in one injection; those of 100 units/mL give 60 to
80. Toujeo DoubleStar, northerninsulin.com/product/toujeo-solostar-prefilled-pen; Humalog KwikPen, instructions for use
(Lilly), manualshive.com; both read 2026-11-29.
"""
MOST_AT_A_MEAL_UNITS = Decimal(60)
"""What the pens of the mealtime insulins lispro and aspart give at most in one injection (the same instructions of the
Humalog KwikPen): 80 units for 8.0 are more.
"""
MOST_IN_A_DAY_UNITS = Decimal(400)
"""Twice the 200 units a day beyond which the label of Humulin R U-500 says that its insulin is for (section 1,
uspl.lilly.com/humulinru500, read 2026-11-29).
"""
_CONCENTRATED = regex(r"\bu-?500\b|\b500\s*(?:units?|iu)\s*(?:/|per)\s*ml")


def _more_than_a_pen_gives(case: Case, total: Total) -> Finding | None:
    """An insulin of 100 to 300 units/mL beyond what one injection or any usual day holds; a zero too many."""
    if total.amount.unit != "[IU]" or any(_CONCENTRATED.search(case.item(n).given.text.lower()) for n in total.items):
        return None
    dose = _least(case, total, "[IU]")
    if dose is not None and dose > MOST_IN_AN_INJECTION_UNITS:
        return _slip(
            case,
            total,
            f"the most that a pen of insulin gives in one injection is {_units(MOST_IN_AN_INJECTION_UNITS)} "
            "(instructions of Toujeo pens)",
        )
    if (
        dose is not None
        and dose > MOST_AT_A_MEAL_UNITS
        and "insulin-rapid-acting" in lineage(total.substance, case.data)
    ):
        return _slip(
            case,
            total,
            f"the most that a pen of a mealtime insulin gives in one injection is {_units(MOST_AT_A_MEAL_UNITS)} "
            "(instructions of the Humalog KwikPen)",
        )
    if total.per.is_day and total.amount.low > MOST_IN_A_DAY_UNITS:
        return _slip(
            case,
            total,
            "those who need more than 200 units in 24 hours have insulin of 500 units/mL (label of Humulin R U-500)",
        )
    return None


def _units(amount: Decimal) -> Range:
    return Range(amount, amount, "[IU]")


_WEEK = 168
_MONTHS = ("mo", "a")


def _lasting(total: Total) -> bool:
    """Whether all of it is given at intervals of a week or longer: one dose for weeks is no slip of a dose for a
    day.
    """
    return all(each.per.unit in _MONTHS or (each.interval_hours or 0) >= _WEEK for each in total.exposures)


def _by_the_day(case: Case, total: Total, unit: str) -> Expected | None:
    """The most that any source gives in a day, where the sum of a day is far beyond it:
    100 mg of methimazole three times.
    """
    day = to_unit(case.data, total.substance, total.amount, unit)
    if day is None:
        return None
    return far_beyond_a_day(day.low, unit, total.substance, total.route, case.data, routes=routes_of(total))


def _least(case: Case, total: Total, unit: str) -> Decimal | None:
    """The largest of the low ends of the single doses, of those whose amount the text writes in such a unit."""
    doses = [exposure.per_dose for exposure in total.exposures if not _counted(case, exposure, unit)]
    turned = [to_unit(case.data, total.substance, Range(each.low, each.low, each.unit), unit) for each in doses]
    known = [each.low for each in turned if each is not None]
    return max(known, default=None)


def _counted(case: Case, exposure: Exposure, unit: str) -> bool:
    """Whether it is so many tablets or mL of a product, whose label says how much that is: no unit can have slipped."""
    item = case.item(exposure.item)
    options = item.dosage.options if item.dosage else ()
    return exposure.product is not None and not any(o.dose and convertible(o.dose.unit, unit) for o in options)
