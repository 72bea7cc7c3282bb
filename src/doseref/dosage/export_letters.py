"""Letters that pharmacy systems put for words, known by where they stand: "50MG TB 1.5T QD", "X1W", "MR X1 IN 2HR"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

FORMS = {"tb": "{tablet}", "tbs": "{tablet}", "cp": "{capsule}", "cps": "{capsule}", "odt": "{tablet}"}
"""Forms right behind a strength, or at the head of what is left behind a name and its strength."""
_COUNTED = {"t": "{tablet}", "ts": "{tablet}", "c": "{capsule}", "cs": "{capsule}"}
_TOLD_FORMS = {
    **dict.fromkeys("odt tb24 tb12 tbcr tber tbec tbdr tbdp t24a".split(), "{tablet}"),
    **dict.fromkeys("cp24 cp12 cpcr cper cpdr cpep c24".split(), "{capsule}"),
}
"""Letters for a form with its release, which are no count themselves."""
_NUMBERS = frozenset(("NUM", "FR"))
_FORMS_COUNTED = frozenset(("tb", "cp", "cps"))
"""Those of the forms that can be nothing else behind a number, where the text names the form before."""
LETTERS = frozenset((*FORMS, *_COUNTED, "w", "mr", "p")) - {"odt"}
"""Of texts without any of these there is nothing to do."""


def put_in_full(
    kinds: list[str], values: list[Any], words: Sequence[str], glued: Callable[[int], bool], raw: Sequence[str]
) -> None:
    """Give the tokens of such letters their kinds. ``words`` are their first words, ``glued`` says whether no space
    stands before one; ``raw`` are all words of the text.

    A letter counts tablets only right behind its number and where the text names the form: alone "T" can be a
    tablespoon.
    """
    size = len(words)
    for i in range(size):
        code = FORMS.get(words[i])
        if (
            code
            and kinds[i] == "WORD"
            and (kinds[i - 1] == "U" if i else "NUM" in kinds[1:3] and kinds[1] in ("NUM", "STOP"))
        ):
            kinds[i], values[i] = "C", code
    if "p" in words:
        _halves_of_the_day(kinds, values, words, glued)
    forms = {value for kind, value in zip(kinds, values, strict=True) if kind == "C"}
    forms |= {code for word, code in _TOLD_FORMS.items() if word in raw}
    for i in range(1, size):
        if words[i] in _FORMS_COUNTED and kinds[i] == "WORD" and kinds[i - 1] in _NUMBERS and FORMS[words[i]] in forms:
            kinds[i], values[i] = "C", FORMS[words[i]]  # "200MG TB | 2 TB QD"
            continue
        if kinds[i] not in ("WORD", "WITH") or not (kinds[i - 1] in _NUMBERS and glued(i)):
            if words[i] == "mr" and kinds[i : i + 3] == ["REL", "X", "NUM"] and "PRN" in kinds[:i]:
                kinds[i], values[i] = "REPEAT", None  # "may repeat once"
            continue
        code = _COUNTED.get(words[i])
        if code in forms:
            kinds[i], values[i] = "C", code
        elif words[i] == "w" and i > 1 and kinds[i - 2] == "X":
            kinds[i], values[i] = "T", "wk"  # "X1W"


_HALVES = {"a": ("MORN",), "p": ("EVE",)}
_LAST_HOUR = 12


def _halves_of_the_day(kinds: list[str], values: list[Any], words: Sequence[str], glued: Callable[[int], bool]) -> None:
    """Make hours of "7a and 12p"; only where both letters stand behind one: alone "2P" can be two puffs."""
    places = [
        i
        for i in range(1, len(words))
        if words[i] in _HALVES and kinds[i - 1] == "NUM" and 1 <= values[i - 1] <= _LAST_HOUR and glued(i)
    ]
    if len({words[i] for i in places}) == len(_HALVES):
        for i in places:
            kinds[i], values[i] = "WHEN", _HALVES[words[i]]
