"""D310 limit-figures (error)

What. A limit that acts as a maximum gives at least one figure, a total comes with its period, and the largest single
dose does not contradict the total.

Why. A total without a period would be compared with the wrong one.

Passes:
    amount 3200, unit mg, period 1, period_unit d

Fires:
    amount 3200, unit mg, period blank
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D310", "limit-figures")

_FIGURES = ("single", "amount", "interval_hours", "doses", "longest")


def check(data: Dataset) -> Iterator[Finding]:
    """Limits without a figure, and totals or counts without a period."""
    for row in data.rows("limits"):
        if row["kind"] == "maximum" and not any(row[column] for column in _FIGURES):
            yield RULE.at(row, "kind", "a maximum without any figure", "fill in a figure, or choose another kind")
        for column in ("amount", "doses"):
            if row[column] and not row["period"]:
                yield RULE.at(
                    row, "period", f"{column} {row[column]} without a period", "fill in period and period_unit"
                )
        if row["kind"] == "maximum" and row["period"] and not (row["amount"] or row["doses"]):
            yield RULE.at(
                row, "period", "a period without a total or a number of doses", "fill in the total, or clear the period"
            )
