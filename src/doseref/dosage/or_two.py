"""The second number of a length of time that stands behind its unit: "for a week or two", "every day or two".

Taken as it stands the second number would be another dose: "1 tablet daily for a week or two" is no 2 tablets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_ENDS = frozenset(("END", "STOP", "COMMA", "RP", "THEN", "AND"))
"""What stands behind a second number, however that is written."""
_OF_A_DOSE = frozenset(("U", "C", "FORM", "MILL", "SLASH", "DASH", "TO", "X", "T", "NUM", "HALF", "FR", "SUBST"))
"""What makes a dose, or a part of a number, of a second number in letters."""
_ONE = ("A", "NUM")


def second_numbers(
    kinds: Sequence[str], values: Sequence[Any], said: Callable[[int], str]
) -> list[tuple[int, tuple[Any, str] | None]]:
    """Where "or two" stands behind a length of time, the last first: the place of its unit, or of the whole frequency with
    its number and its unit ("every week" is one token). ``said`` gives the first raw word of a token.
    """
    found: list[tuple[int, tuple[Any, str] | None]] = []
    for place in range(len(kinds) - 2, 0, -1):
        if kinds[place : place + 2] != ["OR", "NUM"] or not _is_second(kinds, values, place + 1, said):
            continue
        if kinds[place - 1] == "T" and place > 2 and kinds[place - 2] in _ONE and kinds[place - 3] in ("FOR", "EVERY"):
            if values[place - 2] == 1:
                found.append((place - 1, None))
        elif kinds[place - 1] == "FREQ" and said(place - 1) in ("every", "each"):
            times, number, per, unit = values[place - 1]
            if (times, number, per) == ("times", 1, 1):
                found.append((place - 1, (number, unit)))
    return found


def _is_second(kinds: Sequence[str], values: Sequence[Any], place: int, said: Callable[[int], str]) -> bool:
    """Whether the number at ``place`` can be no dose."""
    after = kinds[place + 1] if place + 1 < len(kinds) else "END"
    return values[place] > 1 and (after in _ENDS or (said(place).isalpha() and after not in _OF_A_DOSE))
