"""The row of a packed tray or a drug chart: each part of the day in its order, with how many behind it."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import dayparts, single_words
from doseref.dosage.rows import _lay as lay
from doseref.dosage.state import State

_PARTS = (
    ("MORN", "brk brkf brkfst bkfst bfast breakfast morn morning mane am"),
    ("NOON", "lun lunch noon midday midi"),
    ("EVE", "din dinner tea supper eve evening pm"),
    ("NIGHT", "bed bedtime night nocte hs"),
)
_CODES = {word: code for code, words in _PARTS for word in words.split()}
_ORDER = [code for code, _ in _PARTS]
_NONE = frozenset("- nil none x".split())
_FEWEST = 3
_ENDS = frozenset(("END", "STOP", "LP", "RP", "NOTE", "COMMA", "WORD"))
_MOST = 10
"""More pieces at once are not packed."""


def _many(p: State, i: int) -> tuple[Decimal | None, int]:
    """How many the number, fraction or "nil" at ``i`` says, and where it ends; nothing where there is none.

    Also asks for: SLASH.
    """
    kinds, values = p.kinds, p.values
    if (
        kinds[i] == "NUM"
        and kinds[i + 1] == "SLASH"
        and kinds[i + 2] == "NUM"
        and values[i] == 1
        and values[i + 2] in (2, 4)
    ):
        return Decimal(1) / Decimal(values[i + 2]), i + 3
    if kinds[i] in ("NUM", "FR"):
        return Decimal(values[i]), i + 1
    return (Decimal(0), i + 1) if p.tokens.raw[p.tokens.first[i]] in _NONE else (None, i)


def packed(p: State) -> bool:
    """packed ::= (part [STOP] (NUM | FR | DASH | "nil")){3,4}: "Brk 2 Lun - Din 2 Bed 2", parts of the day in their order, of
    which a hyphen between two of them is none.

    Also asks for: AT, COMMA, WITH.
    """
    clause, kinds, raw, first = p.clause, p.kinds, p.tokens.raw, p.tokens.first
    if clause.count is not None or clause.timed or p.depth or kinds[p.i - 1] in ("NUM", "FR", "WITH", "AT"):
        return False
    numbers: list[Decimal] = []
    times: list[str] = []
    i = p.i
    said = True
    while (code := _CODES.get(raw[first[i]], "")) and (not times or _ORDER.index(code) > _ORDER.index(times[-1])):
        times.append(code)
        i += 1
        i += kinds[i] == "STOP" and raw[first[i]] in (":", "=")
        many, end = _many(p, i)
        said = many is not None or p.tokens.text[p.tokens.span(i - 1)[1] :].lstrip().startswith("-")
        numbers.append(many or Decimal(0))
        i = end
        i += kinds[i] == "COMMA" and raw[first[i + 1]] in _CODES
    if len(times) < _FEWEST or not said or kinds[i] not in _ENDS or not any(numbers) or max(numbers) > _MOST:
        return False
    lay(p, numbers, [(code, "") for code in times], "", p.i)
    p.i = i
    return True


def when(p: State) -> bool:
    """when-item ::= packed | when."""
    return packed(p) or dayparts.when(p)


def meal(p: State) -> bool:
    """meal-item ::= packed | mealtime."""
    return packed(p) or single_words.mealtime(p)


def word(p: State) -> bool:
    """word-item ::= packed | word."""
    return packed(p) or single_words.word(p)
