"""A product's own limit ("8 caplets a day"), which applies beside the limits of its ingredients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.quantities import Range
from doseref.refdata import Reference
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.courts import courts
from doseref.regimen.judged import ProductLoad
from doseref.regimen.model import Item
from doseref.regimen.scope import label_of, not_asked
from doseref.tables.entries import Product


def product_loads(items: Iterable[Item], bench: Bench, data: Reference) -> Iterator[ProductLoad]:
    """Every product of the items that has a limit of its own."""
    groups: dict[str, tuple[Product, list[tuple[Item, Range]]]] = {}
    for item in items:
        units = _units(item)
        if item.product is not None and units is not None:
            groups.setdefault(item.product.id, (item.product, []))[1].append((item, units))
    for product, group in groups.values():
        allowed, source = _limit(product, bench, data)
        if allowed is None:
            continue
        taken = group[0][1]
        for _, units in group[1:]:
            taken = taken + units
        yield ProductLoad(
            product, tuple(item for item, _ in group), tuple(units for _, units in group), taken, allowed, source
        )


def _limit(product: Product, bench: Bench, data: Reference) -> tuple[Decimal | None, str]:
    """The most units in 24 hours: by the product's own row, else the highest of the labels that name the product; by
    a house's figure for it where the policy heeds that one.
    """
    source = data.sources.get(product.source)
    limits = [
        limit
        for limit in label_of(product.id, (each.substance for each in product.ingredients), bench, data)
        if limit.amount is not None and limit.unit == product.per_unit and limit.per is not None and limit.per.is_day
    ]
    labels, *houses = [[(each.amount or Decimal(0), each.source) for each in court] for court in courts(limits)]
    if product.max_count is not None and not not_asked(source, product.source, bench):
        labels = [(product.max_count, product.source)]
    tops = [max(each) for each in (labels, *houses) if each]
    pick = max if bench.policy == MOST_PERMISSIVE else min
    return pick(tops, default=(None, ""), key=lambda each: each[0] or Decimal(0))


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
