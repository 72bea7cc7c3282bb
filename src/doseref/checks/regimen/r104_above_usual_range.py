"""R104 above-usual-range (warning)

What. A total is (or may be) above the usual range or the titration target that a source gives, where that source
states no maximum. Information; a warning only where it is twenty times the highest range or more, as a slipped unit
makes it.

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
    printed,
    sources_of,
    working,
)
from doseref.regimen.model import Verdict

FAR_TIMES = 20
"""From this multiple of every source's range on a slipped unit is likelier than a high dose."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per total above a range or target."""
    for total in case.totals:
        above = [v for v in total.judged if v.limit.basis != "maximum" and v.judgement in ("over", "possible")]
        if not above or decided(case, total) in ("over", "possible"):
            continue  # above a stated maximum is told by that rule
        highest = max(v.amount for v in total.judged if v.amount is not None)
        far = total.amount.low >= FAR_TIMES * highest
        yield Finding(
            "R104",
            "above-usual-range",
            Severity.WARNING if far else Severity.INFO,
            f"{case.told(total.substance)}, {amount_words(total)}, {_is(above)} above the usual range of "
            f"{limits_words(case, above, total)}"
            + (
                f"; about {printed((total.amount.low / highest).to_integral_value())} times the highest of them: is the unit right?"
                if far
                else ""
            ),
            items=total.items,
            substances=(case.name(total.substance),),
            sources=sources_of(above),
            working=working(total),
        )


def _is(above: list[Verdict]) -> str:
    return "is" if any(verdict.judgement == "over" for verdict in above) else "may be"
