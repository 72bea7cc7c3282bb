"""A total in brackets that is of several items of one drug: "levothyroxine 50 mcg 1 daily (total 75 mcg)" beside one of
25 mcg.

In its own item such a total contradicts the dose. Where the items of the drug together come to it, that is what it says;
where they do not, the contradiction stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from doseref.patterns import regex
from doseref.records import replace
from doseref.regimen.model import Given, Item
from doseref.units import UNIT_WORDS, convert, convertible

_TOTAL = regex(
    r"\s*[(\[]\s*(?:for\s|making\s|=\s?)?(?:a\s)?total(?:\sdaily)?(?:\sdose)?\s?(?:of|is|=|:)?\s*(?P<amount>[0-9]{1,5}(?:\.[0-9]{1,3})?)"
    r"\s?(?P<unit>mg|mcg|micrograms?|g|units?)(?:\s?(?:daily|/\s?day|a\sday|per\sday|od|nocte|mane))?\s*[)\]]",
    re.I,
)


def with_common_totals(items: Sequence[Item], read: Callable[[Given], Item]) -> Sequence[Item]:
    """The items; those whose total is of several of them are read without it. ``read`` reads an item alone."""
    said = {n: found for n, item in enumerate(items) if (found := common_total(item)) is not None}
    if not said:
        return items
    shorter = list(items)
    for n, found in said.items():
        given = items[n].given
        shorter[n] = read(replace(given, text=given.text[: found.start()] + given.text[found.end() :]))
    return [
        _numbered(shorter[n], item) if n in said and _comes_to(shorter, shorter[n], said[n]) else item
        for n, item in enumerate(items)
    ]


def common_total(item: Item) -> re.Match[str] | None:
    """The total in brackets that contradicts an item's own dose, and may be of several items; ``None`` where it has
    none.
    """
    if item.given.drug is not None or not any(each.kind == "contradictory-dosage" for each in item.troubles):
        return None
    return _TOTAL.search(item.given.text)


def _comes_to(items: Sequence[Item], own: Item, said: re.Match[str]) -> bool:
    """Whether what the items of a drug deliver in a day is the total that was said, and more than one item does."""
    total, unit = Decimal(said["amount"]), UNIT_WORDS[said["unit"].lower()]
    same = [item for item in items if item.substances == own.substances and len(own.substances) == 1]
    each = [exposure for item in same for exposure in item.exposures]
    if (
        len(same) < 2
        or len(each) != len(same)
        or not all(convertible(e.amount.unit, unit) and e.per.is_day for e in each)
    ):
        return False
    amounts = [(convert(e.amount.low, e.amount.unit, unit), convert(e.amount.high, e.amount.unit, unit)) for e in each]
    return sum(low for low, _ in amounts) == sum(high for _, high in amounts) == total


def _numbered(read: Item, item: Item) -> Item:
    """What was read alone, in the place of ``item`` and given as it."""
    exposures = tuple(replace(exposure, item=item.n) for exposure in read.exposures)
    return replace(read, n=item.n, given=item.given, exposures=exposures)
