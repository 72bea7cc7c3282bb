"""R410 supply-mismatch (warning)

What. What was dispensed lasts half the days it is to last or less, or more than twice as long, by the dosage: "1 tablet
twice daily, #30, 30 days supply". As-needed items and what is not counted in pieces are not looked at. A course that is
written without the word supply is held against too few pieces only.

Why. Quantity and days are written by the same hand as the sig. Where they do not meet, the dose or the frequency may be
the slip: a weekly tablet with 30 pieces for 30 days is taken daily.

Passes:
    Lisinopril 10 mg tablet, 1 tablet twice daily, #60, 30 days supply

Fires:
    Lisinopril 10 mg tablet, 1 tablet twice daily, #30, 30 days supply
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.regimen.case import Case, Finding, Severity, printed
from doseref.regimen.supply import far_too_short, lasting_days, supply


def check(case: Case) -> Iterator[Finding]:
    """One finding per item whose supply and dosage do not meet."""
    for item in case.items:
        given = supply(item)
        lasts = lasting_days(item, given.count) if given else None
        if given is None or lasts is None or far_too_short(item):
            continue  # so far apart they contradict each other (R409)
        short = lasts[1] * 2 <= given.for_days
        long = given.stated and lasts[0] > given.for_days * 2
        if not short and not long:
            continue
        words = _days(lasts[1] if short else lasts[0])
        yield Finding(
            "R410",
            "supply-mismatch",
            Severity.WARNING,
            f"item {item.n}: {printed(given.count)} pieces last {words} by this dosage, and are to last "
            f"{_days(given.for_days)}",
            items=(item.n,),
            substances=tuple(case.name(s) for s in item.substances),
            working=f"{printed(given.count)} ÷ pieces a day = {words}",
            mend="check dose and frequency against the quantity",
        )


def _days(number: Decimal) -> str:
    whole = number.quantize(Decimal(1)) if number >= 10 else number.quantize(Decimal("0.1")).normalize()
    return f"{whole:f} day{'' if whole == 1 else 's'}"
