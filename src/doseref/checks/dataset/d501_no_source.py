"""D501 no-source (error)

What. Every row that carries a figure names its source, and so does a salt's ratio to its base.

Why. A figure that nobody can look up can be neither trusted nor mended.

Passes:
    source l5-s1

Fires:
    source blank
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D501", "no-source")


def check(data: Dataset) -> Iterator[Finding]:
    """Blank sources where one is required."""
    for sheet in data.sheets.values():
        column = next(
            (column for column in sheet.table.columns if column.kind == "ref" and column.table == "sources"), None
        )
        if column is None:
            continue
        for row in sheet.rows:
            if not row[column.name] and (column.required or row["salt_amount"]):
                yield RULE.at(row, column.name, "the row names no source", "give the id of its source in sources.csv")
