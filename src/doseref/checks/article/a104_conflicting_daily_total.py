"""A104 conflicting-daily-total (error; warning where ranges overlap in part)

What. The amounts per 24 hours that two places come to (dose × times, or a total per day) are apart or overlap only in
part, and neither the dose nor the frequency alone shows it.

Why. Supplements are mostly given as totals per day: there the total is the dose.

Passes:
    a.md: Glucosamine: 1,500 mg/day
    b.md: Glucosamine: 500 mg three times daily

Fires:
    a.md: Alpha-lipoic acid: 600–1,200 mg daily
    b.md: Alpha-lipoic acid: 300–600 mg daily
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.compare import Group
from doseref.articles.values import Clash
from doseref.checks.article.comparison import Comparison, apart_is_error, conflicts
from doseref.findings import Finding

CODE, RULE = "A104", "conflicting-daily-total"


def _not_told_already(group: Group, clash: Clash) -> bool:
    for name in ("dose", "frequency"):
        attribute = group.attribute(name)
        if attribute is not None and any(other.pair == clash.pair for other in attribute.clashes):
            return False
    return True


def check(comparison: Comparison) -> Iterable[Finding]:
    """Daily totals that differ where dose and frequency do not say so already."""
    yield from conflicts(
        comparison, CODE, RULE, "daily", "amount per day", keep=_not_told_already, severity=apart_is_error
    )
