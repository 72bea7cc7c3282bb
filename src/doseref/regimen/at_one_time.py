"""Drugs that are bound by what is taken at the same time (ciprofloxacin by iron), where a list says that they are.

``stacks.csv`` says which (``apart_hours``): taken some hours apart the two go well together, so that only what is said
counts: a clock time, a part of the day or a meal that both have, or a line that names the other ("with calcium").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from doseref.names import Named, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.model import Item
from doseref.regimen.overlaps import acts_in_body
from doseref.regimen.stacks import belongs, kinds_of
from doseref.tables.entries import Stack, StackGroup

_MINUTES_OF_A_DAY = 1440
_MINUTES_OF_AN_HOUR = 60
_BY_MOUTH = frozenset(("", "oral", "enteral"))
_EMPTY = frozenset(("AC", "ACM", "ACD", "ACV", "WAKE"))
"""When codes before a meal, and on waking: what has them is not taken with the meal itself."""
_MEALS = frozenset(("C", "CM", "CD", "CV", "PC", "PCM", "PCD", "PCV"))
_WITH = regex(r"\b(?:with|alongside)\s|\bsame\stime\sas\s")
_NOT = regex(r"\b(?:not?|never|avoid|don'?t|apart|away|separate(?:ly)?)\b[^.;]{0,30}$")
"""Words before "with" that say the opposite: "do not take with iron"."""
_SMALL = frozenset(("the", "a", "an", "her", "his", "my", "your", "some", "any", "each", "of", "tablet", "tablets"))
_ANTACID = frozenset(("antacid", "antacids"))
_NEAR = 5
"""A name so many words behind "with" still belongs to it ("with her morning dose of calcium")."""


@record
class Bound:
    """A drug and what binds it, that are taken at one time: their ids, or the class that a line names ("an antacid"), and
    the items they come from.
    """

    stack: Stack
    drug: str
    binders: tuple[str, ...]
    items: tuple[int, ...]


@record
class _Taking:
    """One substance as one item takes it."""

    substance: str
    item: Item


def taken_at_one_time(items: Sequence[Item], data: Reference, names: Names) -> Iterator[Bound]:
    """The drugs that something binds which the list says is taken at the same time, each once a stack."""
    for stack in apart(data):
        drugs, binders = (list(_takings(items, stack, side, data)) for side in (0, 1))
        told: dict[str, dict[str, None]] = {}
        numbers: dict[str, set[int]] = {}
        for drug in drugs:
            named, found = _found_with(drug, binders, stack, data, names)
            if named:
                told.setdefault(drug.substance, {}).update(dict.fromkeys(named))
                numbers.setdefault(drug.substance, set()).update(found)
        for substance, binding in told.items():
            yield Bound(stack, substance, tuple(binding), tuple(sorted(numbers[substance])))


@lru_cache(maxsize=4)
def apart(data: Reference) -> tuple[Stack, ...]:
    """The stacks of what is to be taken some hours apart."""
    return tuple(stack for stack in data.stacks if stack.apart_hours is not None)


def sides(item: Item, data: Reference) -> tuple[int, int]:
    """Bit masks of the stacks (:func:`apart`) of whose drugs, and of whose binders, an item has one; a line that says
    with what it is taken has both.
    """
    masks = [0, 0]
    for place, stack in enumerate(apart(data)):
        has = [any(_takings((item,), stack, side, data)) for side in (0, 1)]
        if has[0] and _WITH.search(item.given.text.lower()):
            has[1] = True
        for side in (0, 1):
            masks[side] |= has[side] << place
    return masks[0], masks[1]


def _takings(items: Sequence[Item], stack: Stack, side: int, data: Reference) -> Iterator[_Taking]:
    """What of the items is swallowed and belongs to one side of a stack; what a line of two drugs names counts too."""
    group = stack.groups[side]
    for item in items:
        for substance in dict.fromkeys(item.told_of):
            if _is_of(substance, group, data) and _swallowed(item, substance, data):
                yield _Taking(substance, item)


def _is_of(substance: str, group: StackGroup, data: Reference) -> bool:
    """Whether a substance, or a class that is named itself ("an antacid"), is of a group."""
    return belongs(kinds_of(substance, data), group) if substance in data.substances else substance in group.members


def _swallowed(item: Item, substance: str, data: Reference) -> bool:
    if not acts_in_body(item, substance, data):
        return False
    options = item.dosage.options if item.dosage else ()
    stated = {option.route for option in options} - {None}
    known = data.substances.get(substance)
    usual = known.usual_route if known else ""
    return bool(stated & _BY_MOUTH) if stated else usual in _BY_MOUTH


def _found_with(
    drug: _Taking, binders: Sequence[_Taking], stack: Stack, data: Reference, names: Names
) -> tuple[list[str], set[int]]:
    """The names of what is taken at the time of a drug, and the numbers of the items."""
    named, numbers = [], set[int]()
    hours = stack.apart_hours or Decimal(0)
    for said, substances in _named_behind_with(drug.item.given.text, names):
        if any(_is_of(each, stack.groups[1], data) for each in substances):
            named.append(said)
            numbers |= {drug.item.n}
            numbers |= {each.item.n for each in binders if each.substance in substances}
    for binder in binders:
        if binder.item.n == drug.item.n:
            continue
        if _names_it(binder.item.given.text, drug.substance, names) or _at_one_time(drug.item, binder.item, hours):
            named.append(binder.substance)
            numbers |= {drug.item.n, binder.item.n}
    return named, numbers


def _names_it(text: str, substance: str, names: Names) -> bool:
    """Whether a line says that it is taken with that drug."""
    return any(substance in substances for _, substances in _named_behind_with(text, names))


def _named_behind_with(text: str, names: Names) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a line names behind "with": as it is told, and the substances in it; ``antacid`` for any of them."""
    lower = text.lower()
    for found in _WITH.finditer(lower):
        if _NOT.search(lower[: found.start()]):
            continue
        tokens = tokenize(text[found.end() :])
        for place, token in enumerate(tokens[:_NEAR]):
            if token.text in _ANTACID:
                yield "an antacid", ("antacid",)
                break
            known = names.at(tokens, place)
            if known is not None:
                yield known.entry.name, _substances(known.entry)
                break
            if token.text not in _SMALL:
                break


def _substances(entry: Named) -> tuple[str, ...]:
    """The ids of all that a name stands for."""
    products = (each.substance for product in entry.products for each in product.ingredients)
    return tuple(dict.fromkeys(filter(None, (entry.substance, *entry.mixture, *products))))


def _at_one_time(one: Item, other: Item, hours: Decimal) -> bool:
    """Whether two items have doses less than ``hours`` apart by the clock, or at one part of the day or meal."""
    clock, when = _times(one)
    other_clock, other_when = _times(other)
    if clock and other_clock:
        return any(_between(a, b) < hours * _MINUTES_OF_AN_HOUR for a in clock for b in other_clock)
    if (when & _EMPTY and other_when & _MEALS) or (when & _MEALS and other_when & _EMPTY):
        return False
    return bool(when & other_when)


def _times(item: Item) -> tuple[frozenset[int], frozenset[str]]:
    """The clock times of an item in minutes, and the parts of the day and meals at which it is taken."""
    options = item.dosage.options if item.dosage else ()
    clock = (time.partition(":") for option in options for time in option.at)
    minutes = frozenset(int(hour) * _MINUTES_OF_AN_HOUR + int(minute) for hour, _, minute in clock)
    return minutes, frozenset(code for option in options for code in option.when)


def _between(one: int, other: int) -> int:
    """The minutes between two times of the clock, the short way round."""
    apart_minutes = abs(one - other)
    return min(apart_minutes, _MINUTES_OF_A_DAY - apart_minutes)
