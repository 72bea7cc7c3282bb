"""D106 duplicate-key (error)

What. No two rows of a table have the same key.

Why. Of two rows about one fact, one reader takes the first and another the last.

Passes:
    ibuprofen and ibuprofen-lysine in substances.csv

Fires:
    ibuprofen twice in substances.csv
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, place, shown
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D106", "duplicate-key")


def check(data: Dataset) -> Iterator[Finding]:
    """The second and every later row of each key."""
    for sheet in data.sheets.values():
        if any(name not in sheet.index for name in sheet.table.key):
            continue  # D101 tells of it
        seen: dict[tuple[str, ...], Row] = {}
        for row in sheet.rows:
            key = tuple(row[name] for name in sheet.table.key)
            first = seen.setdefault(key, row)
            if first is not row:
                label = ", ".join(part for part in key if part)
                yield RULE.at(
                    row,
                    sheet.table.key[0],
                    f"a second row for {shown(label)} (the first is line {first.line})",
                    "remove one of the two, or merge them",
                    also=(place(first, sheet.table.key[0]),),
                )
