"""R104 above-usual-range (info)

What. A total is (or may be) above the usual range or the titration target that a source gives, where that source
states no maximum.

Why. A range is not a limit; it is what the source expects. Being above it alone is worth knowing, no more.

Passes:
    Meloxicam 15 mg once daily

Fires:
    Indomethacin 50 mg four times daily
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
    sources_of,
    working,
)


def check(case: Case) -> Iterator[Finding]:
    """One finding per total above a range or target."""
    for total in case.totals:
        above = [v for v in total.judged if v.limit.basis != "maximum" and v.judgement in ("over", "possible")]
        if not above or decided(case, total) in ("over", "possible"):
            continue  # above a stated maximum is told by that rule
        yield Finding(
            "R104", "above-usual-range", Severity.INFO,
            f"{case.name(total.substance)}, {amount_words(total)}, is above the usual range of "
            f"{limits_words(case, above, total.amount.unit)}",
            items=total.items, substances=(case.name(total.substance),), sources=sources_of(above), working=working(total),
        )  # fmt: skip
