"""D312 product-rows (error)

What. The rows of one product agree on name, label, form, release, route and status; its ingredients' positions run from 1
without a gap; the product's own limit stands on the row of its first ingredient only.

Why. "5/325" means 5 mg of the first and 325 mg of the second; a wrong position swaps an opioid's dose with acetaminophen's.

Passes:
    hydrocodone at position 1, acetaminophen at position 2

Fires:
    hydrocodone at position 1, acetaminophen at position 1
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, number, place, shown
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D312", "product-rows")

_SAME = ("name", "label", "also", "per_unit", "form", "release", "route", "status", "market", "withdrawn", "rxcui", "source")


def check(data: Dataset) -> Iterator[Finding]:
    """Products whose rows contradict each other."""
    products: dict[str, list[Row]] = {}
    for row in data.rows("products"):
        products.setdefault(row["id"], []).append(row)
    for rows in products.values():
        first = rows[0]
        for row in rows[1:]:
            for column in _SAME:
                if row[column] != first[column]:
                    yield RULE.at(
                        row,
                        column,
                        f"{column} {shown(row[column])} differs from {shown(first[column])} of the same product",
                        "write the same on all rows of a product",
                        also=(place(first, column),),
                    )
        by_position = sorted(rows, key=lambda row: number(row, "position") or 0)
        if [number(row, "position") for row in by_position] != list(range(1, len(rows) + 1)):
            found = ", ".join(row["position"] for row in by_position)
            odd = next((row for position, row in enumerate(by_position, 1) if number(row, "position") != position), rows[-1])
            yield RULE.at(odd, "position", f"the positions of {first['id']} are {found}", f"number them 1 to {len(rows)}")
        for row in rows:
            if row["max_count"] and row["position"] != "1":
                yield RULE.at(row, "max_count", "max_count belongs on the row of the first ingredient", "move it to position 1")
