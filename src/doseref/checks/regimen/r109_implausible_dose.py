"""R109 implausible-dose (warning)

What. One dose is four times the largest marketed strength and the largest labelled dose of the drug or more (twice, of
a drug of which one dose too many is dangerous, such as digoxin), a day's doses come to five times the most that any
source gives in a day, one dose is two and a half times the most that any source allows in a day, or twice the largest
dose that anybody here gives and ten of the largest tablets (ten of them where no label's dosing was read). It looks
like a slip of a unit or of the decimal point (levothyroxine 25 mg for 25 mcg), also where no source states a maximum.
Tablets or mL of a product whose label says what is in them are left out. An insulin told in mL is asked about whatever
the amount: 20 mL of U-100 are 2,000 units.

Why. Most drugs have no stated maximum, so that a dose a hundred times too high would pass without a word. What a stated
maximum already tells is not told again.

Passes:
    Gabapentin 800 mg three times daily

Fires:
    Levothyroxine 25 mg once daily
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.regimen.case import Case, Finding, Severity, decided, working
from doseref.quantities import Range
from doseref.regimen.delivered import to_unit
from doseref.regimen.model import Exposure, Total
from doseref.regimen.overlaps import lineage
from doseref.regimen.plausible import Expected, far_beyond_a_day, looks_like_a_slip
from doseref.units import convertible


def check(case: Case) -> Iterator[Finding]:
    """One finding per total that is far beyond anything expected."""
    for total in case.totals:
        if total.amount.unit == "mL" and "insulin" in lineage(total.substance, case.data):
            yield _by_volume(case, total)
            continue
        if decided(case, total) == "over" or not total.per.is_day or _lasting(total):
            continue
        dose_mg = _least_mg(case, total)
        expected = looks_like_a_slip(dose_mg, total.substance, total.route, case.data) if dose_mg is not None else None
        if expected is None and dose_mg is not None:
            expected = _by_the_day(case, total)
        if expected is None:
            continue
        yield Finding(
            "R109",
            "implausible-dose",
            Severity.WARNING,
            f"{case.name(total.substance)}, {total.amount} {total.per.words}, looks like a slip of a unit or of the "
            "decimal point: "
            f"{expected.words}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=(),
            working=working(total),
            mend="check the unit and the decimal point",
        )


_UNITS_PER_ML = 100
"""Units in 1 mL of U-100, the strength of an insulin that names none (that is what the name means)."""


def _by_volume(case: Case, total: Total) -> Finding:
    units = Range(total.amount.low * _UNITS_PER_ML, total.amount.high * _UNITS_PER_ML, "[IU]")
    return Finding(
        "R109",
        "implausible-dose",
        Severity.WARNING,
        f"{case.name(total.substance)}, {total.amount} {total.per.words}, is told by volume: an insulin is dosed in "
        f"units, and this much of 100 units/mL is {units}",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=(),
        working=working(total),
        mend="check the unit: write the dose in units",
    )


_WEEK = 168


def _lasting(total: Total) -> bool:
    """Whether all of it is given at intervals of a week or longer: one dose for weeks is no slip of a dose for a
    day.
    """
    return all((exposure.interval_hours or 0) >= _WEEK for exposure in total.exposures)


def _by_the_day(case: Case, total: Total) -> Expected | None:
    """The most that any source gives in a day, where the sum of a day is far beyond it:
    100 mg of methimazole three times.
    """
    day = to_unit(case.data, total.substance, total.amount, "mg")
    return far_beyond_a_day(day.low, total.substance, total.route, case.data) if day is not None else None


def _least_mg(case: Case, total: Total) -> Decimal | None:
    """The largest of the low ends of the single doses, in mg, of those whose amount the text writes as a mass."""
    doses = [exposure.per_dose for exposure in total.exposures if not _counted(case, exposure)]
    turned = [to_unit(case.data, total.substance, Range(each.low, each.low, each.unit), "mg") for each in doses]
    known = [each.low for each in turned if each is not None]
    return max(known, default=None)


def _counted(case: Case, exposure: Exposure) -> bool:
    """Whether it is so many tablets or mL of a product, whose label says how much that is: no unit can have slipped."""
    item = case.item(exposure.item)
    options = item.dosage.options if item.dosage else ()
    return exposure.product is not None and not any(o.dose and convertible(o.dose.unit, "mg") for o in options)
