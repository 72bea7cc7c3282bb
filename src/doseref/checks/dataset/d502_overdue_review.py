"""D502 overdue-review (warning)

What. A source whose day of review has passed is to be read again; no source was read in the future.

Why. Labels change; a limit that nobody has looked at for years may be the old one.

Passes:
    review_by 2027-01-01, on a day in 2026

Fires:
    review_by 2025-01-01, on a day in 2026
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding, Severity
from doseref.tables.read import Row

RULE = Rule("D502", "overdue-review", Severity.WARNING)


def check(data: Dataset) -> Iterator[Finding]:
    """Sources that are overdue on the day that is asked about."""
    for row in data.rows("sources"):
        review, read = _day(row, "review_by"), _day(row, "retrieved")
        if review and review < data.as_of:
            yield RULE.at(
                row,
                "review_by",
                f"{row['id']} was to be reviewed by {review}, {(data.as_of - review).days:,} days ago",
                "read the source again, then set retrieved and review_by",
            )
        if read and review and read > review:
            yield RULE.at(
                row,
                "review_by",
                f"{row['id']} was to be reviewed before it was read ({read})",
                "correct one of the days",
            )


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        return None
