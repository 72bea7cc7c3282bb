"""The dash between a strength and what is taken of it: "500 mg - 1 BD", "25-100 - 1 tab TID", "60 mg/mL - 60 mg SC".

It has a space behind it. It is no range where the two amounts could not be the ends of one: a small count without a
unit, an amount in another measure, or anything behind an amount per millilitre. "2.5 mg - 5 daily" may be a range, and
stays refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from doseref.units import convertible

_MOST_COUNTED = 4
"""More pieces than this at one time, in figures and without their form, could be an amount."""
_MOST_IN_PARTS = 10
"""More than this at one of several times of day could be an amount."""
_AND = frozenset(("COMMA", "AND", "PLUS", "SLASH"))
_LEAST_OF_TWO = 10
"""The larger of two strengths without a unit: "1/2 - 1" and "1-0 - 1" are counts."""
_COUNT_BEGINS = frozenset(("NUM", "FR", "HALF", "A"))
_HOW_OFTEN = frozenset(
    "FREQ ADV ONCE EVERY WHEN AT PRN BEFORE AFTER WITH ROUTE STAT SINGLE UPTO TAKE DAYW MEAL".split()
)
"""What stands behind so many pieces."""
_TIMES = frozenset(("TIMES", "X"))
_RANGE = frozenset(("DASH", "TO", "OR"))
_NIGHT = frozenset(("END", "PRN", "COMMA", "STOP", "RP", "FOR", "WITH"))
"""What stands behind "ON", at night; before a day it is no night ("100 mg - 2 on day 1")."""
_SAID_HOW_OFTEN = frozenset(("FREQ", "ADV", "PRN", "WHEN"))
"""Behind these nothing is half of a range: "30 mg QDS PRN - 5/7 supply", "3.75 mg nocte - 7 tabs only"."""
_LONGEST_BRACKET = 8


def product_dashes(kinds: list[str], values: list[Any], spaced: Callable[[int], bool]) -> Iterator[int]:
    """The dashes of a text between a product and its instruction; ``spaced`` says whether a space stands behind one.

    ``kinds`` is padded at its end.
    """
    for i, kind in enumerate(kinds):
        if kind == "DASH" and i and kinds[i + 1] in _COUNT_BEGINS and spaced(i):
            if kinds[i - 1] in (*_SAID_HOW_OFTEN, "DAYW") and spaced(i - 1):
                yield i
                continue
            strength = _strength(kinds, values, i, spaced)
            if strength is not None and _instruction(kinds, values, i + 1, *strength, spaced):
                yield i


def _strength(
    kinds: list[str], values: list[Any], i: int, spaced: Callable[[int], bool]
) -> tuple[Decimal | None, str] | None:
    """The amount and unit that end before ``i``; no amount and no unit where they are those of a millilitre, or of
    several ingredients; ``None`` where there is no strength.

    strength ::= NUM U [("/" | PER | IN) [NUM] (U | T | C)] [REL] ["(" … ")"] | NUM ("/" | DASH) NUM.
    """
    j = i - 1
    if kinds[j] == "RP":
        open_ = j
        while open_ and kinds[open_] != "LP" and j - open_ < _LONGEST_BRACKET:
            open_ -= 1
        j = open_ - 1
        if j < 1 or kinds[open_] != "LP" or kinds[j] not in ("U", "REL"):
            return None
    while j and kinds[j] == "REL":
        j -= 1
    per = j - (kinds[j - 1] == "NUM") - 1
    if kinds[j] in ("U", "T", "C") and per > 0 and kinds[per] in ("SLASH", "PER", "IN") and kinds[per - 1] == "U":
        return None, ""
    if kinds[j] == "U" and kinds[j - 1] == "NUM":
        return values[j - 1], values[j]
    joined = kinds[j - 1] == "SLASH" or (kinds[j - 1] == "DASH" and not spaced(j - 1))
    if kinds[j] == kinds[j - 2] == "NUM" and j > 1 and joined and max(values[j], values[j - 2]) >= _LEAST_OF_TWO:
        return None, "/"
    return None


def _instruction(
    kinds: list[str], values: list[Any], i: int, amount: Decimal | None, unit: str, spaced: Callable[[int], bool]
) -> bool:
    """Whether what begins at ``i`` is how many or how much is taken of a strength, and can be no end of a range.

    instruction ::= count (C | how often) | count-dash-count-dash-count | NUM U | NUM TIMES.
    """
    end = _number(kinds, i)
    ranged = False
    if kinds[end] in _RANGE and kinds[end + 1] in _COUNT_BEGINS:
        end, ranged = _number(kinds, end + 1), True
        if kinds[end] == "DASH" and kinds[end + 1] in _COUNT_BEGINS and not spaced(end):
            return True  # "300 mg - 1-1-2"
    if kinds[end] == "U":
        return unit != "/" and (not unit or not convertible(unit, values[end]))
    if kinds[end] == "C":
        return True
    if kinds[end] in _TIMES:
        return not ranged
    a_day = kinds[end] in ("A", "PER", "SLASH") and kinds[end + 1] == "T"  # "88 mcg - 1 a day"
    often = (
        a_day
        or kinds[end] in _HOW_OFTEN
        or (kinds[end] == "ON" and (kinds[end + 1] in _NIGHT or kinds[end + 1] == "T"))
    )
    if not often or kinds[i] != "NUM" or ranged or end != i + 1:
        return often
    count: Decimal = values[i]
    if kinds[end] == "WHEN" and kinds[end + 1] in _AND and kinds[end + 2 : end + 4] == ["NUM", "WHEN"]:
        return count <= _MOST_IN_PARTS  # "1 mg - 3 mane, 2 nocte"
    if unit == "/":
        return count <= _MOST_COUNTED
    if amount is None:
        return count == count.to_integral_value() and count <= _MOST_COUNTED
    return count == 1 or (count < amount and count <= _MOST_COUNTED and count % 1 in _HALVES)


_HALVES = (Decimal(0), Decimal("0.5"))


def _number(kinds: list[str], i: int) -> int:
    """Where the number at ``i`` ends: 1, ½, 1½, 1 1/2, half a.

    Also asks for: A, AND, FR, HALF, NUM, SLASH.
    """
    first = kinds[i]
    i += 1
    if first == "HALF" and kinds[i] == "A":
        return i + 1
    if first == "NUM" and kinds[i : i + 2] == ["AND", "HALF"]:
        return i + 2
    if first == "NUM" and kinds[i] in ("FR", "HALF"):
        return i + 1
    if first == "NUM" and kinds[i : i + 3] == ["NUM", "SLASH", "NUM"]:
        return i + 3
    if first == "NUM" and kinds[i : i + 2] == ["SLASH", "NUM"]:
        return i + 2
    return i
