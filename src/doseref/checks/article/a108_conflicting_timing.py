"""A108 conflicting-timing (warning)

What. Two places say the opposite about when to take a substance: with food and on an empty stomach, before and after
meals, in the morning and at night, at bedtime and not at bedtime. What a text makes conditional ("at bedtime if
drowsy") is never in conflict.

Why. Food changes what is absorbed and what the stomach suffers; a sedative in the morning is another drug than at
night.

Passes:
    a.md: Celecoxib: 100 mg twice daily with food
    b.md: Celecoxib: 100 mg twice daily with or without food

Fires:
    a.md: Duloxetine: 30 mg once daily in the morning
    b.md: Duloxetine: 30 mg once daily at bedtime
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, conflicts
from doseref.findings import Finding

CODE, RULE = "A108", "conflicting-timing"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Timings that say the opposite."""
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "timing",
        "timing",
        advice="They agree if all say the same, or if one says when it holds",
    )
