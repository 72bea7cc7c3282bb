"""D104 order (error)

What. The rows of a table stand in the schema's order: by its key, whole numbers by value, everything else by code
point.

Why. Sorted rows make a change to a dose a difference of one line that a reviewer can see.

Passes:
    l1-l2/drug/01 before l1-l2/drug/02

Fires:
    l1-l2/drug/02 before l1-l2/drug/01
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from doseref.checks.dataset.data import FIX, Dataset, Rule, shown
from doseref.findings import Finding
from doseref.tables.write import order_key

RULE = Rule("D104", "order")


def check(data: Dataset) -> Iterator[Finding]:
    """The rows that stand out of order."""
    for sheet in data.sheets.values():
        names = sheet.table.order or sheet.table.key
        if any(name not in sheet.index for name in names):
            continue  # D101 tells of it
        rows = sheet.rows
        keys = [order_key(sheet.table, {name: row[name] for name in names}) for row in rows]
        for at in _misplaced(keys):
            label = " ".join(rows[at][name] for name in names)
            yield RULE.at(rows[at], names[0], f"the row {shown(label)} does not stand where its order puts it", FIX)


def _misplaced(keys: list[tuple[tuple[int, int, str], ...]]) -> list[int]:
    """The fewest positions without which the keys are in order; of two that stand the wrong way round,
    the later one.
    """
    if all(above <= below for above, below in pairwise(keys)):
        return []
    ranks = {key: -rank for rank, key in enumerate(sorted(set(keys)))}
    # The longest run in order, searched from the end so that the earlier of two rows stays.
    ends: list[int] = []
    best: list[int] = []
    after: list[int] = [-1] * len(keys)
    for at in range(len(keys) - 1, -1, -1):
        length = bisect_right(ends, ranks[keys[at]])
        after[at] = best[length - 1] if length else -1
        ends[length : length + 1] = [ranks[keys[at]]]
        best[length : length + 1] = [at]
    kept = set()
    at = best[-1]
    while at >= 0:
        kept.add(at)
        at = after[at]
    return [at for at in range(len(keys)) if at not in kept]
