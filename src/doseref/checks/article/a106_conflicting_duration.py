"""A106 conflicting-duration (warning)

What. Two places give lengths of a course ("for 5 days"), or maximum durations ("max 5 days"), of one substance that are
apart or overlap only in part. A course and a limit are not compared with each other.

Why. Too long a course of a steroid or of ketorolac does harm of its own.

Passes:
    a.md: Ketorolac: 10 mg every 6 hours; max 5 days
    b.md: Ketorolac: 10 mg every 4–6 hours for ≤5 days

Fires:
    a.md: Prednisone: 40 mg daily for 5 days
    b.md: Prednisone: 40 mg daily for 10 days
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, conflicts
from doseref.findings import Finding

CODE, RULE = "A106", "conflicting-duration"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Durations that differ."""
    yield from conflicts(comparison, CODE, RULE, "duration", "duration")
