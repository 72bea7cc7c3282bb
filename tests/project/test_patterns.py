"""No regular expression of the program takes exponential time: what is repeated without end has one way to be taken apart."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import doseref
from doseref.patterns import Uncompiled

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_MANY = 20
"""A repeat of more than this is as good as without end."""


def nullable(item: Any) -> bool:
    """Whether one part of a pattern may match nothing."""
    operation, value = item
    if operation in _REPEATS or operation is codes.POSSESSIVE_REPEAT:
        return value[0] == 0 or all(map(nullable, value[2]))
    if operation is codes.BRANCH:
        return any(all(map(nullable, branch)) for branch in value[1])
    if operation in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return all(map(nullable, value[-1] if operation is codes.SUBPATTERN else value))
    # What must follow or stand before keeps a run from being taken apart, so these do not count as nothing.
    return operation in (codes.AT, codes.GROUPREF)


def alone(items: list[Any]) -> Iterator[Any]:
    """The parts each of which may be all that a sequence matches; groups and branches are opened."""
    for place, item in enumerate(items):
        if not all(nullable(other) for other in (*items[:place], *items[place + 1 :])):
            continue
        operation, value = item
        if operation is codes.BRANCH:
            for branch in value[1]:
                yield from alone(list(branch))
        elif operation is codes.SUBPATTERN:
            yield from alone(list(value[-1]))
        else:
            yield item


def ambiguous(items: list[Any]) -> bool:
    """Whether a repeat without end holds nothing but a repeat: then a run of n falls into 2 to the power of n ways."""
    for operation, value in items:
        if operation in _REPEATS:
            _, most, body = value
            if most > _MANY and any(
                each[0] in _REPEATS and each[1][1] > max(1, each[1][0]) for each in alone(list(body))
            ):
                return True
            if ambiguous(list(body)):
                return True
        elif operation is codes.BRANCH:
            if any(ambiguous(list(each)) for each in value[1]):
                return True
        elif operation in (codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT) and ambiguous(list(value[-1])):
            return True
    return False


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of the program holds, also inside its tuples, lists and mappings."""
    for info in pkgutil.walk_packages(doseref.__path__, "doseref."):
        if info.name.endswith("__main__"):
            continue
        waiting = list(vars(importlib.import_module(info.name)).values())
        seen: set[int] = set()
        while waiting:
            value = waiting.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, (re.Pattern, Uncompiled)) and isinstance(value.pattern, str):
                yield info.name, value
            elif isinstance(value, (tuple, list, set, frozenset)) and len(value) < 1000:
                waiting += value
            elif isinstance(value, dict) and len(value) < 1000 and "__builtins__" not in value:
                waiting += value.values()
            elif type(value).__module__.startswith("doseref.") and not isinstance(value, type):
                waiting += [
                    getattr(value, name, None)
                    for name in (*getattr(value, "__slots__", ()), *getattr(value, "__dict__", ()))
                ]


def test_no_pattern_can_be_taken_apart_in_many_ways() -> None:
    found = {(module, each.pattern): each for module, each in patterns()}
    assert len(found) > 250
    told = [key for key, each in found.items() if ambiguous(list(parser.parse(each.pattern, each.flags & ~re.DEBUG)))]
    assert told == []


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        (r"(?:[†‡]|\*{1,3})+\Z", True),  # a row of forty asterisks took hours
        (r"(a+)*b", True),
        (r"(?:x?\s*)+", True),
        (r"(?:\w+\s?){0,50}", True),
        (r"(?:\*{2})+", False),
        (r"(?:\w+,\s*)+", False),
        (r"(?:[a-z]+\d)*", False),
        (r"(?:\S| {1,2}(?=\S))*", False),
    ],
)
def test_which_pattern_is_ambiguous(pattern: str, seen: bool) -> None:
    assert ambiguous(list(parser.parse(pattern))) is seen


@pytest.mark.parametrize("room", ["dosage", "items", "names", "regimen", "checks/regimen", "articles"])
def test_a_check_compiles_only_the_patterns_it_asks(room: str) -> None:
    """Those of a module are written ``regex(…)``: compiling them all was a tenth of a check's time."""
    modules = sorted((Path(doseref.__path__[0]) / room).glob("*.py"))
    assert modules
    assert [each.name for each in modules if re.search(r"(?m)^\S.*\bre\.compile\(", each.read_text("utf-8"))] == []
