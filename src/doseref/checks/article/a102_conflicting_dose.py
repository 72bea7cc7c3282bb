"""A102 conflicting-dose (error; warning where ranges overlap in part; info where the daily totals agree)

What. Two places give doses per administration of one substance, for the same route and release form, that are apart or
overlap only in part. A range inside another is compatible. Of a course in steps ("1,500 mg on day 1, then 750 mg") the
lasting dose counts. Tables of ages or weights are held against others band by band. Doses exactly 1,000 or 10 times
apart are told as a slip of the unit or the decimal point; those 1,000 times apart also where the two places are about
other people or another use. Silent: on doses for other people, another disease, a start beside what follows, one dose
beside a course, over the counter beside on prescription, and on one page under two labels; on bands that overlap and are
not the same.

Why. A dose is copied from whichever page was read last. The WHO and ISMP name tenfold and thousandfold errors among the
most harmful.

Passes:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours
    b.md: Ibuprofen: 400–600 mg every 6–8 hours

Fires:
    a.md: Methocarbamol: 1,500 mg four times daily
    b.md: Methocarbamol: 1,500 mg four times daily on day 1, then 750 mg four times daily
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.checks.article.comparison import Comparison, apart_is_error, conflicts, same_total
from doseref.findings import Finding, Severity

CODE, RULE = "A102", "conflicting-dose"


def check(comparison: Comparison) -> Iterable[Finding]:
    """Doses that differ; those that only split the same daily total are information."""
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "dose",
        "dose",
        keep=lambda group, clash: not same_total(group, clash),
        severity=apart_is_error,
    )
    yield from conflicts(
        comparison,
        CODE,
        RULE,
        "dose",
        "dose",
        keep=same_total,
        severity=lambda clashes: Severity.INFO,
        advice="The daily totals agree; only the split over the day differs",
    )
