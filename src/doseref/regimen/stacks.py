"""Kinds of substance that are dangerous together, as ``stacks.csv`` lists them:
overlapping effects and a short list of label warnings, no interaction database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.model import Item
from doseref.regimen.overlaps import Acting, acting, effects, lineage, only_bridging, substance_of
from doseref.tables.entries import Stack, StackGroup

_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@record
class Stacked:
    """A stack that a regimen holds: every substance that is of one of its groups, and the items they come from."""

    stack: Stack
    substances: tuple[str, ...]
    items: tuple[int, ...]
    adding: tuple[str, ...] = ()
    """Those of the substances that are of no group of which some are wanted: they only add to the others."""


def stacked(items: Iterable[Item], data: Reference, age: Decimal | None = None) -> Iterator[Stacked]:
    """The stacks of a regimen, the gravest first; one whose substances another of the same effect already tells is not
    told. ``age``: years of the person's age, where it is known.

    A substance counts where it acts in the whole body, whether or not its dosage was read.
    """
    return piled(acting(items, data), data, age=age)


def piled(
    acts: Iterable[Acting], data: Reference, only: str | None = None, age: Decimal | None = None
) -> Iterator[Stacked]:
    """The stacks of what acts in the body; ``only`` asks for those of one effect, ``age`` (years) brings in those of older
    people.

    A group of which none is asked fills nothing: what is of it is named with the others, because it adds to them. One
    that may not be there keeps the stack silent.
    """
    taken: dict[str, list[int]] = {}
    for n, substances in acts:
        for substance in substances:
            taken.setdefault(substance, []).append(n)
    members: dict[int, dict[int, set[str]]] = {}
    for substance in taken:
        for place, number in counts_for(substance, data, only):
            members.setdefault(place, {}).setdefault(number, set()).add(substance)
    if not members:
        return
    told: list[tuple[str, frozenset[str]]] = []
    ordered, groups_wanted = gravest_first(data), wanted(data)
    for place in sorted(members):
        stack, own = ordered[place], members[place]
        least = groups_wanted[place]
        if stack.age_low_years is not None and (age is None or age < stack.age_low_years):
            continue
        if any(group.count < 0 and own.get(number) for number, group in enumerate(stack.groups)):
            continue
        if len(own) < len(least) or any(len(own.get(number, ())) < many for number, many in least):
            continue
        groups = [frozenset(own.get(number, ())) for number in range(len(stack.groups))]
        if not _filled(groups, [group.count for group in stack.groups], frozenset()):
            continue
        all_of = frozenset().union(*groups)
        if any(effect == stack.effect and all_of <= known for effect, known in told):
            continue
        told.append((stack.effect, all_of))
        acts_so = [each for each in taken if each in all_of]
        named = tuple(dict.fromkeys(map(substance_of, acts_so)))
        core = {substance_of(each) for number, _ in least for each in groups[number]}
        adding = tuple(each for each in named if each not in core)
        yield Stacked(stack, named, tuple(sorted({n for each in acts_so for n in taken[each]})), adding)


@lru_cache(maxsize=256)
def label_of(stack: Stack, data: Reference, country: str) -> str:
    """What a stack is, for a person of ``country`` (ISO code): its label, with the names that substances have there."""
    words = {
        data.name_of(substance): name for (substance, where), name in data.national_names.items() if where == country
    }
    return " ".join(
        words.get(word.rstrip(","), word.rstrip(",")) + "," * word.endswith(",") for word in stack.label.split(" ")
    )


@lru_cache(maxsize=4)
def gravest_first(data: Reference) -> tuple[Stack, ...]:
    """The stacks in the order in which they are told; without those that ask at what time of the day both are taken
    (:mod:`doseref.regimen.at_one_time`).
    """
    whenever = (each for each in data.stacks if each.apart_hours is None)
    return tuple(sorted(whenever, key=lambda each: (_GRAVITY[each.severity], -len(each.groups), each.id)))


@lru_cache(maxsize=4)
def wanted(data: Reference) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Of each stack, in that order, the groups of which some are wanted: number and how many."""
    return tuple(
        tuple((number, group.count) for number, group in enumerate(stack.groups) if group.count > 0)
        for stack in gravest_first(data)
    )


@lru_cache(maxsize=16_384)
def counts_for(substance: str, data: Reference, only: str | None) -> tuple[tuple[int, int], ...]:
    """The places among :func:`gravest_first`, and the numbers of the groups there, for which a substance counts;
    of stacks of the effect ``only``, where that is given. What bridges is no second one of a group.
    """
    kinds = kinds_of(substance, data)
    return tuple(
        (place, number)
        for place, stack in enumerate(gravest_first(data))
        if only is None or stack.effect == only
        for number, group in enumerate(stack.groups)
        if belongs(kinds, group) and not (group.count > 1 and only_bridging(substance))
    )


@lru_cache(maxsize=4096)
def kinds_of(substance: str, data: Reference) -> frozenset[str]:
    """All that a substance may be counted as: itself, its classes and their parents, its side-effect classes."""
    classes = lineage(substance, data)
    own = substance if ">" in substance else substance_of(substance)
    return frozenset({own, *classes, *(f"@{class_id}" for class_id, _ in effects(substance, data))})


def belongs(kinds: frozenset[str], group: StackGroup) -> bool:
    """Whether a substance of these kinds counts for a group of a stack."""
    return bool(kinds & set(group.members)) and not kinds & set(group.without)


def _filled(groups: list[frozenset[str]], counts: list[int], used: frozenset[str]) -> bool:
    """Whether every group finds its number of substances, none of them in two groups."""
    if not groups:
        return True
    free = groups[0] - used
    if counts[0] <= 0:
        return _filled(groups[1:], counts[1:], used)
    return any(_filled(groups, [counts[0] - 1, *counts[1:]], used | {substance}) for substance in free)
