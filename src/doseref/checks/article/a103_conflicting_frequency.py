"""A103 conflicting-frequency (error; warning where ranges overlap in part)

What. Two places say for the same substance, route and release form how often it is given, and the two have nothing or
only a part in common. "Every 8 hours" and "three times daily" are one thing, so are "every 7 days" and "once a week".

Why. Weekly taken daily is a known way to a fatal overdose; an injection given monthly instead of weekly is another course
of treatment.

Passes:
    a.md: Celecoxib: 100–200 mg once or twice daily
    b.md: Celecoxib: 100–200 mg every 12 hours

Fires:
    a.md: Hyaluronic acid: 2 mL epidural injection weekly for 3 weeks
    b.md: Hyaluronic acid: 2 mL epidural injection monthly
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.case import Case, apart_is_error, conflicts, same_total
from doseref.findings import Finding

CODE, RULE = "A103", "conflicting-frequency"


def check(case: Case) -> Iterable[Finding]:
    """Frequencies that differ; where the totals of the day agree all the same, A102 tells of it."""
    yield from conflicts(
        case, CODE, RULE, "frequency", "frequency", keep=lambda group, clash: not same_total(group, clash), severity=apart_is_error
    )
