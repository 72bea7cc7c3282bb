"""Clock times that a chart writes without "at" or with a point: "ONE 07:00, HALF 19:00", "ONE 8am, TWO 8pm", "ONE at 08.00"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from doseref.patterns import regex

_POINTED = regex(r"(?:[01]?[0-9]|2[0-4])\.[0-5][05]")
_COUNTS = frozenset(("NUM", "HALF", "FR"))
_BEFORE_COUNT = frozenset(
    ("COMMA", "STOP", "AND", "PLUS", "C", "FORM", "U", "REL", "TAKE", "RP", "ROUTE", "SLASH", "TIME", "WHEN")
)
_HALVES_OF_A_DAY = frozenset(("am", "pm"))
_NO_CLOCK = frozenset(("U", "C", "HH", "T", "TIMES", "X", "DASH", "FORM", "HALF", "FR", "NUM", "SLASH"))
"""What shows the number before it to be how much."""
_MOST = Decimal(10)
_LAST_HOUR = 12
_QUARTER = Decimal("0.25")
POSSIBLE = frozenset(("AT", "TIME", "WHEN"))
"""Of texts without any of these there is nothing to do."""


def pointed(kinds: list[str], values: list[Any], words: Sequence[str]) -> None:
    """Make clock times of numbers with a point behind "at", and behind such a time: "at 08.00, 14.00 and 20.00"."""
    for i in range(1, len(words)):
        if kinds[i] != "NUM" or "." not in words[i] or _POINTED.fullmatch(words[i]) is None:
            continue
        listed = kinds[i - 1] in ("COMMA", "AND") and kinds[i - 2] == "TIME" and len(words[i]) == len("08.00")
        if (kinds[i - 1] == "AT" or listed) and kinds[i + 1] not in _NO_CLOCK:
            hour, _, minute = words[i].partition(".")
            kinds[i], values[i] = "TIME", f"{int(hour) % 24:02d}:{minute}"


def without_at(kinds: list[str], values: list[Any], words: Sequence[str], glued: Callable[[int], bool]) -> list[int]:
    """Behind which tokens "at" is left out, the last first: behind so many, before a clock time."""
    found = []
    for i in range(len(words) - 1):
        if kinds[i] not in _COUNTS or (i and kinds[i - 1] not in _BEFORE_COUNT):
            continue
        if not 0 < values[i] <= _MOST or values[i] % _QUARTER:
            continue
        hour = (
            kinds[i + 1] == "NUM"
            and kinds[i + 2] == "WHEN"
            and words[i + 2] in _HALVES_OF_A_DAY
            and glued(i + 2)
            and values[i + 1] == int(values[i + 1])
            and 1 <= values[i + 1] <= _LAST_HOUR
        )
        if kinds[i + 1] == "TIME" or hour:
            found.append(i)
    return found[::-1]
