"""A107 conflicting-route (warning)

What. Two sources give the same dose of a substance by routes that have none in common. Different doses by different
routes are different uses and not a conflict. Silent: on two routes of one page, where one page knows both, and where
only one of the two says what part of a treatment it is about, maintenance aside.

Why. 10 mg of ketorolac by mouth and 10 mg into a vein are not the same treatment; one of the two texts may have lost
its route.

Passes:
    a.md: Vitamin B12: 1,000 mcg daily by mouth or by injection
    b.md: Vitamin B12: 1,000 mcg intramuscular daily

Fires:
    a.md: Ketorolac: 10 mg IV/IM every 6 hours
    b.md: Ketorolac: 10 mg orally every 4–6 hours
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, conflicts
from doseref.findings import Finding

CODE, RULE = "A107", "conflicting-route"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Routes that differ for the same dose."""
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "route",
        "route",
        advice="They agree if all name the same route, or if each route has its own dose",
    )
