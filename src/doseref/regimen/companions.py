"""Items that are taken with another one of the list: "with a 50 mg tablet for a total of 150 mg"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from doseref.dosage.companions import BESIDE
from doseref.patterns import regex
from doseref.records import replace
from doseref.regimen.model import Item
from doseref.regimen.read import unread
from doseref.units import UNIT_WORDS, convert, convertible

_AMOUNT = regex(r"([0-9]+(?:\.[0-9]+)?)\s?([a-zA-Zµ]+)")


def with_companions(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items; those that are taken with another one are read where that one stands in the list as they say: of the
    same drug, with the named strength, and to the named total.
    """
    return tuple(_settled(item, items) for item in items)


def _settled(item: Item, items: Sequence[Item]) -> Item:
    dosage = item.dosage
    if item.status != "partly-read" or dosage is None or not item.exposures:
        return item
    told = [each for each in dosage.problems if not each.noted]
    if len(told) != 1 or told[0].message != BESIDE:
        return item
    said = _amounts(dosage.text[told[0].start : told[0].end])
    others = [each for each in items if each.n != item.n and {*each.substances} == {*item.substances}]
    if not any(_fits(item, other, said) for other in others):
        return item
    gone = unread(dosage)
    troubles = tuple(each for each in item.troubles if each != gone)
    return replace(item, status=item.status if troubles else "read", troubles=troubles)


def _amounts(text: str) -> list[tuple[Decimal, str]]:
    """The amounts in some words, with their unit codes: what the other holds, and what the two come to."""
    found = ((Decimal(value), UNIT_WORDS.get(word.lower(), "")) for value, word in _AMOUNT.findall(text))
    return [(value, code) for value, code in found if code and not code.startswith("{")]


def _fits(item: Item, other: Item, said: list[tuple[Decimal, str]]) -> bool:
    """Whether an item is the one that is told of."""
    if not other.exposures or len(item.exposures) != 1 or len(other.exposures) != 1:
        return False
    if not said:
        return True  # "in addition to the morning dose"
    dose, unit = said[0]
    each, own = other.exposures[0].per_dose, item.exposures[0].per_dose
    if not each.single or not own.single or not (convertible(unit, each.unit) and convertible(unit, own.unit)):
        return False
    if convert(each.high, each.unit, unit) != dose:
        return False
    total = said[1] if len(said) > 1 else None
    return total is None or (total[1] == unit and total[0] == dose + convert(own.high, own.unit, unit))
