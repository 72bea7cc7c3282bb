"""R102 may-exceed-maximum (warning)

What. The high end (highest doses, most administrations, all as-needed doses taken) is above a source's
stated maximum, the low end is not. The same for the units of a product against its own label.

Why. "1 or 2 tablets every 4 to 6 hours" and as-needed items stay safe only if somebody counts; the finding
names the maximum to count against.

Passes:
    Acetaminophen 500 mg every 6 hours as needed

Fires:
    Acetaminophen 500 mg every 6 hours
    Norco 5/325 1 tablet every 4 hours as needed for pain
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import (
    Case,
    Finding,
    Severity,
    amount_words,
    decided,
    limits_words,
    maxima,
    product_findings,
    sources_of,
    working,
)
from doseref.regimen.model import Total


def check(case: Case) -> Iterator[Finding]:
    """One finding per total whose high end is above by the policy, and per product that may be over its own limit."""
    what, mend = "may exceed its own label's maximum", "state a maximum of"
    yield from product_findings(case, "possible", "R102", "may-exceed-maximum", Severity.WARNING, what, mend)
    for total in case.totals:
        if decided(case, total) != "possible":
            continue
        possible = [verdict for verdict in maxima(total) if verdict.judgement == "possible"]
        lowest = min(verdict.amount for verdict in possible if verdict.amount is not None)
        prn = any(exposure.prn for exposure in total.exposures)
        if_all = "if all as-needed doses are taken" if prn else "at the high end of the dosage"
        room = lowest - total.amount.low
        yield Finding(
            "R102",
            "may-exceed-maximum",
            Severity.WARNING,
            f"{case.told(total.substance)} may exceed a maximum {if_all}: {amount_words(total)} "
            f"against {limits_words(case, possible, total)}",
            items=total.items,
            substances=(case.name(total.substance),),
            sources=sources_of(possible),
            working=working(total),
            mend=_mend(case, total, str(total.tell(lowest)), str(total.tell(room)) if room > 0 else ""),
        )


def _mend(case: Case, total: Total, lowest: str, room: str) -> str:
    if not room:  # of a person with weak kidneys, for whom a maximum of healthy people is no verdict by itself
        return f"the low end is at or above {lowest} already: ask the prescriber"
    stated = any(dosage.maximum for n in total.items if (dosage := case.item(n).dosage) is not None)
    return (
        f"lower the stated maximum: {lowest} in all"
        if stated
        else f"state a maximum per day: at most {room} more than what is surely taken"
    )
