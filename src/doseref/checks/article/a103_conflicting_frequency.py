"""A103 conflicting-frequency (error where one is at least three times as often; else warning)

What. Two places say for the same substance, route and release form how often it is given, and the two have nothing or
only a part in common. "Every 8 hours" and "three times daily" are one thing, so are "every 7 days" and "once a week".
So with the shortest time that two places ask for between two doses ("at least four hours", "at least two hours"), be it
in two passages about one dose. Silent: as A102, and where the amount of a day is the same or one inside the other.

Why. Weekly taken daily is a known way to a fatal overdose; an injection given monthly instead of weekly is another
course of treatment.

Passes:
    a.md: Celecoxib: 100–200 mg once or twice daily
    b.md: Celecoxib: 100–200 mg every 12 hours

Fires:
    a.md: Hyaluronic acid: 2 mL epidural injection weekly for 3 weeks
    b.md: Hyaluronic acid: 2 mL epidural injection monthly
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from doseref.articles.values import Clash
from doseref.checks.article.comparison import Comparison, conflicts, same_total
from doseref.findings import Finding, Severity

CODE, RULE = "A103", "conflicting-frequency"
_YEAR = Decimal("365.25")


def _far_apart(clashes: Sequence[Clash]) -> Severity:
    """Daily against weekly, weekly against monthly: error. Three against four times a day: warning."""
    for clash in clashes:
        a, b = ((side.low or 0) * (_YEAR if side.unit == "/d" else 1) for side in (clash.a, clash.b))
        if a and b and max(a, b) >= 3 * min(a, b):
            return Severity.ERROR
    return Severity.WARNING


def check(comparison: Comparison) -> Iterable[Finding]:
    """Frequencies that differ; where the totals of the day agree all the same, A102 tells of it."""
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "frequency",
        "frequency",
        keep=lambda group, clash: not same_total(group, clash),
        severity=_far_apart,
    )
    yield from conflicts(comparison, CODE, RULE, "spacing", "shortest interval")
