"""D207 unused-phrase (warning)

What. Every phrase of side_effects.csv is used by a statement.

Why. A phrase that nothing uses is a leftover or a misspelling of one that is used.

Passes:
    drowsiness, listed by a statement about cyclobenzaprine

Fires:
    drowsyness, listed by no statement
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, shown, terms
from doseref.findings import Finding, Severity

RULE = Rule("D207", "unused-phrase", Severity.WARNING)


def check(data: Dataset) -> Iterator[Finding]:
    """Phrases that no statement has; silent where a statement table is missing."""
    if not all(name in data.sheets for name in STATEMENT_TABLES):
        return
    used = {phrase for name in STATEMENT_TABLES for row in data.rows(name) for phrase in terms(row["side_effects"])}
    for row in data.rows("side_effects"):
        if row["phrase"] not in used:
            yield RULE.at(
                row,
                "phrase",
                f"no statement has the phrase {shown(row['phrase'])}",
                "remove the row, or correct the phrase",
            )
