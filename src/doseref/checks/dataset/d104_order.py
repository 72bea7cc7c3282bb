"""D104 order (error)

What. The rows of a table stand in the schema's order: by its key, whole numbers by value, everything else by code point.

Why. Sorted rows make a change to a dose a difference of one line that a reviewer can see.

Passes:
    l1-l2/drug/01 before l1-l2/drug/02

Fires:
    l1-l2/drug/02 before l1-l2/drug/01
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import FIX, Dataset, Rule, shown
from doseref.findings import Finding
from doseref.tables.write import order_key

RULE = Rule("D104", "order")


def check(data: Dataset) -> Iterator[Finding]:
    """Rows that sort before the row above them."""
    for sheet in data.sheets.values():
        names = sheet.table.order or sheet.table.key
        if any(name not in sheet.index for name in names):
            continue  # D101 tells of it
        highest: tuple[tuple[int, int, str], ...] | None = None
        for row in sheet.rows:
            key = order_key(sheet.table, {name: row[name] for name in names})
            if highest is not None and key < highest:
                label = " ".join(row[name] for name in names)
                yield RULE.at(row, names[0], f"the row {shown(label)} sorts before a row above it", FIX)
            else:
                highest = key
