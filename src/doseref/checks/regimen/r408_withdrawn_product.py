"""R408 withdrawn-product (info)

What. An item names a product or a combination in a strength that is no longer sold.

Why. It is added up as it stands, but nobody can dispense it: the record may be old, or the strength a slip. The FDA had
every prescription combination with more than 325 mg of acetaminophen in a unit withdrawn in 2014, and propoxyphene in
2010.

Passes:
    Percocet 10/325 1 tablet every 6 hours as needed for pain

Fires:
    Percocet 10/650 1 tablet every 6 hours as needed for pain
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity
from doseref.regimen.model import Item
from doseref.tables.entries import Product


def check(case: Case) -> Iterator[Finding]:
    """One finding per item."""
    for item in case.items:
        gone = item.product if item.product and item.product.withdrawn else _of_parts(case, item)
        if gone is None or not gone.withdrawn:
            continue
        yield Finding(
            "R408",
            "withdrawn-product",
            Severity.INFO,
            f"{gone.label} is no longer sold in this strength",
            items=(item.n,),
            substances=tuple(case.name(i.substance) for i in gone.ingredients),
            sources=(gone.source,),
            mend="check the strength, and whether the record is current",
        )


def _of_parts(case: Case, item: Item) -> Product | None:
    """The withdrawn product that an item without a product is by its strengths; ``None`` where one is still sold."""
    if item.product or len(item.parts) < 2 or any(part.strength is None for part in item.parts):
        return None
    own = sorted((part.substance, part.strength, part.unit) for part in item.parts)
    same = [
        product
        for product in case.data.products_with(item.parts[0].substance)
        if sorted((i.substance, i.strength, i.unit) for i in product.ingredients) == own
    ]
    return same[0] if same and all(product.withdrawn for product in same) else None
