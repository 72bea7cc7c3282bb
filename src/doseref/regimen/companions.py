"""Items that are taken with another one of the list: "with a 50 mg tablet for a total of 150 mg"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from doseref.dosage.companions import BESIDE
from doseref.dosage.model import Dosage
from doseref.patterns import regex
from doseref.records import replace
from doseref.regimen.model import Item
from doseref.regimen.unsaid import unread
from doseref.units import UNIT_WORDS, convert, convertible

_AMOUNT = regex(r"([0-9]+(?:\.[0-9]+)?)\s?([a-zA-Zµ]+)")


Doses = dict[tuple[frozenset[str], str], dict[Decimal, list[int]]]
"""Of each drug and unit, the single doses with the first two items that have them; "" for items with any dose."""


def with_companions(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items; those that are taken with another one are read where that one stands in the list as they say: of the
    same drug, with the named strength, and to the named total. Linear in the number of items.
    """
    if not any(waits_for_another(item) for item in items):
        return tuple(items)
    doses: Doses = {}
    for item in items:
        if len(item.exposures) == 1:
            each = item.exposures[0].per_dose
            _note(doses, item, "", Decimal(0))
            if each.single:
                _note(doses, item, each.unit, each.high)
    return tuple(_settled(item, doses) if waits_for_another(item) else item for item in items)


def _note(doses: Doses, item: Item, unit: str, amount: Decimal) -> None:
    own = doses.setdefault((frozenset(item.substances), unit), {}).setdefault(amount, [])
    if len(own) < _TWO:
        own.append(item.n)


_TWO = 2
"""Of two items one at least is another than the one that asks."""


def waits_for_another(item: Item) -> bool:
    """Whether all that is amiss with an item is that it is taken with another one."""
    if item.status != "partly-read" or item.dosage is None or len(item.exposures) != 1:
        return False
    told = [each for each in item.dosage.problems if not each.noted]
    return len(told) == 1 and told[0].message == BESIDE


def _settled(item: Item, doses: Doses) -> Item:
    dosage = cast(Dosage, item.dosage)
    [told] = [each for each in dosage.problems if not each.noted]
    if not _stands(item, _amounts(dosage.text[told.start : told.end]), doses):
        return item
    gone = unread(dosage)
    troubles = tuple(each for each in item.troubles if each != gone)
    return replace(item, status=item.status if troubles else "read", troubles=troubles)


def _amounts(text: str) -> list[tuple[Decimal, str]]:
    """The amounts in some words, with their unit codes: what the other holds, and what the two come to."""
    found = ((Decimal(value), UNIT_WORDS.get(word.lower(), "")) for value, word in _AMOUNT.findall(text))
    return [(value, code) for value, code in found if code and not code.startswith("{")]


def _stands(item: Item, said: list[tuple[Decimal, str]], doses: Doses) -> bool:
    """Whether the item that is told of stands in the list."""
    drug, own = frozenset(item.substances), item.exposures[0].per_dose
    if not said:  # "in addition to the morning dose"
        return any(n != item.n for n in doses[(drug, "")][Decimal(0)])
    dose, unit = said[0]
    if not own.single or not convertible(unit, own.unit):
        return False
    total = said[1] if len(said) > 1 else None
    if total is not None:
        rest = convert(total[0], total[1], unit) - convert(own.high, own.unit, unit) if total[1] == unit else Decimal(0)
        if rest < dose or rest % dose:  # "in addition to the 1 mg capsules (total 2.5 mg)": two of them
            return False
        dose = rest
    return any(
        n != item.n
        for (who, code), amounts in doses.items()
        if who == drug and code and convertible(unit, code)
        for n in amounts.get(convert(dose, unit, code), ())
    )
