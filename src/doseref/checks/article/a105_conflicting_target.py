"""A105 conflicting-target (error; warning where ranges overlap in part)

What. Two places name titration targets of one substance ("titrate to 900–1,800 mg/day") that are apart or overlap only
in part, worked out per 24 hours.

Why. The target is where the patient ends up for months.

Passes:
    a.md: Gabapentin: 300 mg at bedtime, titrate to 900–1,800 mg/day
    b.md: Gabapentin: 300 mg at bedtime, titrate to 900–3,600 mg/day

Fires:
    a.md: Duloxetine: 30 mg once daily, increase to 60 mg
    b.md: Duloxetine: 30 mg once daily, increase to 120 mg
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, apart_is_error, conflicts
from doseref.findings import Finding

CODE, RULE = "A105", "conflicting-target"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Titration targets that differ."""
    yield from conflicts(comparison, CODE, RULE, "target", "titration target", severity=apart_is_error)
