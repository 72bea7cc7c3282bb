"""A product's own limit ("8 caplets a day"), which applies beside the limits of its ingredients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from doseref.quantities import Range, json_number, printed
from doseref.records import record
from doseref.refdata import Product, Reference
from doseref.regimen.model import Item, Judgement


@record
class ProductLoad:
    """``taken`` units of a product in 24 hours by ``items`` (all items of it together) against ``allowed`` by ``source``."""

    product: Product
    items: tuple[Item, ...]
    units: tuple[Range, ...]
    taken: Range
    allowed: Decimal
    source: str

    @property
    def judgement(self) -> Judgement:
        """``over``, ``possible`` or ``within`` its own limit."""
        if self.taken.low > self.allowed:
            return "over"
        return "possible" if self.taken.high > self.allowed else "within"

    def to_json(self) -> dict[str, Any]:
        """``{"product", "low", "high", "unit", "items", "allowed", "source", "verdict"}``, in 24 hours."""
        return {
            "product": self.product.label,
            **self.taken.to_json(),
            "items": [item.n for item in self.items],
            "allowed": json_number(self.allowed),
            "source": self.source,
            "verdict": self.judgement,
            "working": self.working,
        }

    @property
    def working(self) -> str:
        """The units of each item and their sum."""
        parts = [
            f"item {item.n}: {units_sum(item, units)}{units} in 24 hours"
            for item, units in zip(self.items, self.units, strict=True)
        ]
        if len(parts) > 1:
            parts.append(f"total {self.taken} in 24 hours")
        return "; ".join(parts)


def units_sum(item: Item, units: Range) -> str:
    """``2 tablets × 4 to 6, as needed = `` where the units are just that; empty where a maximum cuts them or phases differ."""
    counts = [option.count or option.dose for option in item.dosage.options] if item.dosage else []
    doses = {each.doses for each in item.exposures}
    if len(counts) != 1 or counts[0] is None or len(doses) != 1:
        return ""
    count, (low, high) = counts[0], doses.pop()
    needed = any(each.prn for each in item.exposures)
    if count.high * high != units.high or (not needed and count.low * low != units.low):
        return ""
    shown = Range(count.low, count.high, units.unit)
    times = printed(high) if low == high else f"{printed(low)} to {printed(high)}"
    return f"{shown} × {times}{', as needed' if needed else ''} = "


def product_loads(items: Iterable[Item], data: Reference) -> Iterator[ProductLoad]:
    """Every product of the items that has a limit of its own."""
    groups: dict[str, list[tuple[Item, Range]]] = {}
    for item in items:
        units = _units(item)
        if item.product is not None and units is not None:
            groups.setdefault(item.product.id, []).append((item, units))
    for group in groups.values():
        product = group[0][0].product
        if product is None:
            continue
        allowed, source = _limit(product, data)
        if allowed is None:
            continue
        taken = group[0][1]
        for _, units in group[1:]:
            taken = taken + units
        yield ProductLoad(
            product, tuple(item for item, _ in group), tuple(units for _, units in group), taken, allowed, source
        )


def _limit(product: Product, data: Reference) -> tuple[Decimal | None, str]:
    """The most units in 24 hours: by the product's own row, else the highest of the labels that name the product."""
    if product.max_count is not None:
        return product.max_count, product.source
    found = [
        (limit.amount, limit.source)
        for ingredient in product.ingredients
        for limit in data.limits.get(ingredient.substance, ())
        if product.id in limit.products and limit.amount is not None and limit.unit == product.per_unit
        and limit.per is not None and limit.per.is_day and limit.kind == "maximum" and not limit.superseded
        and limit.verification != "unverified"
    ]  # fmt: skip
    return max(found, default=(None, ""), key=lambda each: each[0] or Decimal(0))


def _units(item: Item) -> Range | None:
    """Units of its product that an item takes in 24 hours, worked out from its first ingredient's exposure."""
    if item.product is None or not item.parts or item.count_high is None:
        return None
    daily = [each for each in item.exposures if each.per.is_day and each.substance == item.parts[0].substance]
    if not daily:
        return None
    top = max(daily, key=lambda each: each.amount.high)
    if not top.amount.high:
        return None
    return Range(top.amount.low * item.count_high / top.amount.high, item.count_high, item.product.per_unit)
