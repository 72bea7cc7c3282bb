"""A101 conflicting-maximum (error)

What. Two places state different maxima of one substance for the same period, the same kind of route and the same
release form. A maximum inside a combination's entry ("max APAP 3000 mg/day") counts as a statement about that
ingredient.

Why. A reader who finds 3,000 mg/day on one page and 4,000 mg/day on the next takes the higher one, or stops trusting
both. Maxima are the figures that people act on.

Passes:
    a.md: Acetaminophen: 500 mg every 6 hours, max 3 g/day
    b.md: Paracetamol: 1,000 mg every 8 hours, not more than 3,000 mg in 24 hours

Fires:
    a.md: Acetaminophen: 500 mg every 6 hours, max 3,000 mg/day
    b.md: Acetaminophen: 500 mg every 6 hours, max 4,000 mg/day
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, agreement, conflicts
from doseref.findings import Finding, Severity
from doseref.records import replace

CODE, RULE = "A101", "conflicting-maximum"


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each substance with maxima that differ; a label's maximum is cited where there is one."""
    for found in conflicts(
        comparison, CODE, RULE, "maximum", "stated maximum", severity=lambda clashes: Severity.ERROR
    ):
        group = next(group for group in comparison.groups if group.substance == found.substances[0])
        attribute = group.attribute("maximum")
        values = attribute.values if attribute else ()
        mend = agreement(sorted(values, key=lambda value: value.low or 0))
        limit = next(
            (limit for value in values if (limit := comparison.label_limit(group.substance, value.statement))), None
        )
        if limit is not None:
            mend += f". For comparison, a prescription label or authority gives {comparison.cited(limit)}"
        yield replace(found, mend=mend)
