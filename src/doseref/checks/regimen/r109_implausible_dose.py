"""R109 implausible-dose (warning)

What. One dose is five times the largest strength and the largest labelled dose of the drug or more, two and a half times the most that
any source allows in a day, or twice the largest dose that anybody here gives and ten of the largest tablets. It looks like a slip of a unit or of the decimal point (levothyroxine 25 mg for 25 mcg), also where no source states a maximum.

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
from doseref.regimen.amounts import to_unit
from doseref.regimen.model import Total
from doseref.regimen.plausible import MANY_PIECES, TWICE, largest_expected, largest_piece


def check(case: Case) -> Iterator[Finding]:
    """One finding per total that is far beyond anything expected."""
    for total in case.totals:
        if decided(case, total) == "over" or not total.per.is_day:
            continue
        expected = largest_expected(total.substance, total.route, case.data)
        dose_mg = _least_mg(case, total)
        if expected is None or dose_mg is None:
            continue
        if dose_mg < expected.far_mg:
            pieces = largest_piece(total.substance, total.route, case.data)
            if pieces is None or dose_mg < MANY_PIECES * pieces.amount_mg or dose_mg < TWICE * expected.amount_mg:
                continue
            expected = pieces
        yield Finding(
            "R109", "implausible-dose", Severity.WARNING,
            f"{case.name(total.substance)}, {total.amount} {total.per.words}, looks like a slip of a unit or of the decimal point: "
            f"{expected.words}",
            items=total.items, substances=(case.name(total.substance),), sources=(), working=working(total),
            mend="check the unit and the decimal point",
        )  # fmt: skip


def _least_mg(case: Case, total: Total) -> Decimal | None:
    """The largest of the low ends of the single doses, in mg."""
    doses = [exposure.per_dose for exposure in total.exposures]
    turned = [to_unit(case.data, total.substance, Range(each.low, each.low, each.unit), "mg") for each in doses]
    known = [each.low for each in turned if each is not None]
    return max(known, default=None)
