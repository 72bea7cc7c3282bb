"""Limits that are called so only behind their figure: "4 a day max", "3 per day at most", "2 weeks maximum", "(8 max)".

The word is moved in front of the figure, where the productions of maxima look for it. "1 tab every 6 hours max" says of
a frequency that it is the most, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

_ENDS = frozenset(("COMMA", "STOP", "RP", "FOR", "IF", "DISP", "PRN", "COND", "THEN"))
"""What may stand behind the word, or nothing does."""
_OPENS = frozenset(("COMMA", "STOP", "LP", "DASH", "PRN", "WORD", "SITE", "RP", "COND", "NOTE", "AND"))
"""What may stand before the figure: behind anything else it would be the dose itself."""
_DOSED = frozenset(("FREQ", "ADV", "TIMES", "WHEN", "MEAL", "T"))
"""What may also stand before a length: "500 mg bid 10 days max"."""
_TAKEN = frozenset(("FREQ", "ADV", "TIMES", "EVERY", "WHEN", "MEAL"))
"""What says in front of a figure without a period that it is none of the dose, which stands there."""
_PER = frozenset(("A", "PER", "SLASH", "IN"))


def said_behind(kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Each MAX or MAXD ("2 daily max") behind its figure, with the place where the figure begins."""
    for place, kind in enumerate(kinds):
        if kind in ("MAX", "MAXD") and place > 1 and _ends(kinds, place + 1):
            start = _figure(kinds, place)
            if start:
                yield place, start


def _ends(kinds: list[str], place: int) -> bool:
    """Whether nothing of the limit follows at ``place``: the end, a sign, or words that say nothing ("max - new PE")."""
    return (
        place == len(kinds) or kinds[place] in _ENDS or kinds[place : place + 2] in (["NOTE", "WORD"], ["NOTE", "ID"])
    )


def _figure(kinds: list[str], place: int) -> int:
    """Where the figure before ``place`` begins; 0 where there is none, or it is the dose itself.

    figure ::= NUM [U | C | TIMES | X] (("a" | "per" | "/" | "in") ["a" | NUM] T | ADV) | NUM T | "(" NUM [C]
    | (";" | ".") NUM U.
    """
    i = place - 1
    if kinds[place] == "MAXD":
        pass
    elif kinds[i] == "ADV":
        i -= 1
    elif kinds[i] == "T":
        i -= 1
        i -= kinds[i] == "NUM" and kinds[i - 1] in _PER
        if kinds[i] == "NUM":
            return i if i and kinds[i - 1] in _OPENS | _DOSED else 0  # a length
        per = i
        while i and kinds[i] in _PER:
            i -= 1
        if i == per:
            return 0
    elif kinds[i] == "U" and kinds[i - 2] == "STOP" and not set(kinds[: i - 2]).isdisjoint(_TAKEN):
        pass  # "50 mg once a day; 200 mg at most"
    elif kinds[i] not in ("NUM", "C") or kinds[i - 1 - (kinds[i] == "C")] != "LP":
        return 0
    i -= kinds[i] in ("U", "C", "TIMES", "X")
    return i if i > 0 and kinds[i] == "NUM" and kinds[i - 1] in _OPENS else 0
