"""D309 computable (error)

What. A statement that is computable has a dose, a count or a target and no reason why not; one that is not says why.

Why. "Not computable" without a reason looks like a gap in the table; "computable" without a figure is one.

Passes:
    computable no, reason experimental

Fires:
    computable no, reason blank
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D309", "computable")

_FIGURES = ("dose_low", "count_low", "target_low", "maximum")


def check(data: Dataset) -> Iterator[Finding]:
    """Statements whose marks contradict their figures."""
    for rows in data.statements().values():
        first = rows[0]
        if first["computable"] == "no" and not first["reason"]:
            yield RULE.at(first, "reason", "computable is no, but no reason is given", "give the reason")
        if first["computable"] == "yes":
            if first["reason"]:
                yield RULE.at(
                    first,
                    "reason",
                    f"computable is yes, but a reason why not is given ({first['reason']})",
                    "clear one of them",
                )
            if not any(row[column] for row in rows for column in _FIGURES):
                yield RULE.at(
                    first, "computable", "computable is yes, but no row has a dose, a count or a target", "fill them in"
                )
