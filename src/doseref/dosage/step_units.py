"""The unit of a later step of a course that only repeats the number: "40 mg daily x 5 days, then 30 x 5 days"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

_OF_A_DOSE = frozenset(("mg", "g", "ug", "[IU]"))
_PIECES = frozenset(("C", "FORM", "HALF", "FR", "ROMAN"))
"""Where tablets are told of, a bare number may count them."""
_HOW_OFTEN = frozenset(("ADV", "FREQ", "WHEN", "ONCE", "EVERY"))
_LENGTH = (["X", "NUM", "T"], ["FOR", "NUM", "T"])
_LEAST = 4
"""Fewer may be so many tablets ("10 mg daily, then 2 daily")."""
_NEXT = Decimal(2)
"""A step is at most twice the one before, and at least half of it; what is further off may count something else."""


def units_of_steps(kinds: Sequence[str], values: Sequence[Any]) -> list[tuple[int, str]]:
    """Behind which tokens the unit of the first dose is to be read again, and which unit that is, the last first.

    Empty where a text names pieces or more than one unit: then nothing says what a bare number counts.
    """
    units = {value for kind, value in zip(kinds, values, strict=True) if kind == "U"}
    if len(units) != 1 or not units <= _OF_A_DOSE or not _PIECES.isdisjoint(kinds):
        return []
    found: list[tuple[int, str]] = []
    before: Decimal | None = None
    for place, kind in enumerate(kinds):
        if kind != "NUM":
            continue
        if kinds[place + 1 : place + 2] == ["U"]:
            before = values[place]
        elif before is not None and _is_step(kinds, place) and _fits(values[place], before):
            before = values[place]
            found.append((place, *units))
    return found[::-1]


def _is_step(kinds: Sequence[str], place: int) -> bool:
    """Whether a number stands where the next dose of a course does: behind "then" or a length of time, and before how
    often or how long.
    """
    behind = kinds[place - 1] == "THEN" or (
        kinds[place - 1] in ("COMMA", "STOP") and list(kinds[max(0, place - 4) : place - 1]) in _LENGTH
    )
    often = not _HOW_OFTEN.isdisjoint(kinds[place + 1 : place + 2])
    return behind and (often or list(kinds[place + 1 : place + 4]) in _LENGTH)


def _fits(number: Decimal, before: Decimal) -> bool:
    return number >= _LEAST and before / _NEXT <= number <= before * _NEXT
