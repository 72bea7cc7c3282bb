"""D206 unlisted-phrase (error)

What. Every side-effect phrase of a statement stands in side_effects.csv, which says what classes it belongs to (or
none).

Why. A phrase without a row counts for no class: two sedating drugs together would go unnoticed.

Passes:
    drowsiness, with a row in side_effects.csv

Fires:
    drowsyness
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, shown, terms
from doseref.findings import Finding

RULE = Rule("D206", "unlisted-phrase")


def check(data: Dataset) -> Iterator[Finding]:
    """Phrases of statements that side_effects.csv lacks."""
    if "side_effects" not in data.sheets:
        return
    known = data.ids("side_effects")
    for name in STATEMENT_TABLES:
        for row in data.rows(name):
            for phrase in terms(row["side_effects"]):
                if phrase not in known:
                    yield RULE.at(
                        row,
                        "side_effects",
                        f"the phrase {shown(phrase)} is not in side_effects.csv",
                        "add it there, or correct it",
                    )
