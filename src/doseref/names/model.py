"""What a name stands for, and where in a text it was found."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from doseref.records import record
from doseref.tables.entries import Product

By = Literal["name", "synonym", "brand", "none"]


@record
class Named:
    """What a name stands for: a substance (with its salt ratio) or products."""

    name: str
    by: By
    substance: str = ""
    salt_amount: Decimal | None = None
    base_amount: Decimal | None = None
    products: tuple[Product, ...] = ()
    mixture: tuple[str, ...] = ()
    """Ids of the substances of a product whose amounts are not in the tables (an eye drop, a cream)."""
    release: str = ""
    """``ER`` for a brand that exists only as extended release."""
    route: str = ""
    """The route of a brand that exists for one alone, of a substance that is also given otherwise."""
    compound: bool = False
    """What holds the substance only as a part of it ("calcium carbonate", "fish oil", "turmeric")."""
    abbreviation: bool = False
    """An abbreviation counts as it is written: in capitals, or at the head of an item ("ASA", never "as a")."""

    everyday: bool = False
    """A word of everyday language ("thyroid"), which is a name only where an item begins with it."""
    care: str = ""
    """What it is where it is no medicine to be added up: ``emollient``, ``dressing``, ``feed`` …"""
    word: bool = False
    """A word of an instruction too ("ensure"): a name only where nothing unknown follows it."""

    def as_base(self, amount: Decimal) -> Decimal:
        """``amount`` of this name (a salt with a stated equivalent) as the substance, same unit."""
        if self.salt_amount is None or self.base_amount is None:
            return amount
        return amount * self.base_amount / self.salt_amount


@record
class Found:
    """A name found in a text at ``start``..``end`` (offsets) covering tokens ``first``..``last`` (exclusive)."""

    entry: Named
    start: int
    end: int
    first: int
    last: int
