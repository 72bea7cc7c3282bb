"""D312 product-rows (error)

What. The rows of one product agree on name, label, form, release, route and status; its ingredients' positions run from
1 without a gap; the product's own limit stands on the row of its first ingredient only.

Why. "5/325" means 5 mg of the first and 325 mg of the second; a wrong position swaps an opioid's dose with
acetaminophen's.

Passes:
    hydrocodone at position 1, acetaminophen at position 2

Fires:
    hydrocodone at position 1, acetaminophen at position 1
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, differing
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D312", "product-rows")

_SAME = tuple("name label also per_unit form release route status market withdrawn rxcui source".split())


def check(data: Dataset) -> Iterator[Finding]:
    """Products whose rows contradict each other."""
    products: dict[str, list[Row]] = {}
    for row in data.rows("products"):
        products.setdefault(row["id"], []).append(row)
    for rows in products.values():
        first = rows[0]
        for row in rows[1:]:
            yield from differing(RULE, row, first, _SAME, "of the same product", "a product")
        yield from _positions(rows)
        for row in rows:
            if row["max_count"] and row["position"] != "1":
                yield RULE.at(
                    row, "max_count", "max_count belongs on the row of the first ingredient", "move it to position 1"
                )


def _positions(rows: list[Row]) -> Iterator[Finding]:
    """Of rows that share a position, any may be the wrong one: each is told of."""
    given: dict[str, list[Row]] = {}
    for row in rows:
        given.setdefault(row["position"], []).append(row)
    wanted = {str(position) for position in range(1, len(rows) + 1)}
    for position, its_rows in given.items():
        for row in its_rows:
            if len(its_rows) > 1:
                others = " and ".join(other["substance"] for other in its_rows if other is not row)
                message = f"position {position} of {row['id']} is given to {others} too"
            elif position not in wanted:
                message = f"position {position} of {row['id']}, which has {len(rows)} ingredients"
            else:
                continue
            yield RULE.at(row, "position", message, f"number them 1 to {len(rows)} as in the product's strength")
