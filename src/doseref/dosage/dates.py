"""Calendar dates beside a dosage: understood, and no number of anything."""

from __future__ import annotations

from doseref.dosage.state import State

_DAYS = range(1, 32)
_MONTHS = 12
_LONGEST_FIGURE = 4
_YEARS = range(1990, 2100)
MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december".split()
)
"""Names of months; "may" is a word that is dropped."""


def date_at(p: State, i: int) -> int:
    """Where a date that begins at token ``i`` ends; ``i`` itself where none does.

    date ::= NUM "/" NUM ["/" NUM] | NUM "-" NUM "-" NUM | NUM ["th"] month [["-"] NUM] | month NUM ["th"] [NUM].

    Also asks for: DASH, ORD, SLASH, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    if kinds[i] == "WORD" and raw[first[i]] in MONTHS:
        day = _whole(p, i + 1)
        if day not in _DAYS and day not in _YEARS:
            return i
        after = i + 2 + (kinds[i + 2] == "ORD")
        return after + (_whole(p, after) in _YEARS)
    one = _whole(p, i)
    if one < 0:
        return i + _dotted(raw[first[i]])
    after = i + 1 + (kinds[i + 1] == "ORD")
    if one in _DAYS and raw[first[after - 1] + 1] == "may" and first[after - 1] + 1 < first[after]:
        return after + (_whole(p, after) in _YEARS)  # "may" is a word that is dropped
    if one in _DAYS and kinds[after] == "WORD" and raw[first[after]] in MONTHS:
        if kinds[after + 1] == "DASH" and _whole(p, after + 2) in _YEARS:
            return after + 3  # "02-Jan-2024"
        return after + 1 + (_whole(p, after + 1) in _YEARS)
    sign, two = kinds[i + 1], _whole(p, i + 2)
    if sign not in ("SLASH", "DASH") or two < 0:
        return i
    if sign == "SLASH" and 1 <= one <= _MONTHS and two in _YEARS:
        return i + 3
    three = _whole(p, i + 4) if kinds[i + 3] == sign else -1
    if three >= 0:
        if one in _YEARS:
            return i + 5 if _day_and_month(two, three) else i
        year = three in _YEARS or len(raw[first[i + 4]]) == 2
        return i + 5 if year and _day_and_month(one, two) else i
    return i + 3 if sign == "SLASH" and _day_and_month(one, two) else i


def month_at(p: State, i: int) -> int:
    """Where a month alone at token ``i`` ends, "next year" included; ``i`` itself where none stands there.

    Also asks for: WORD.
    """
    raw, first = p.tokens.raw, p.tokens.first
    if p.kinds[i] != "WORD" or raw[first[i]] not in MONTHS:
        return i
    said = raw[first[i] + 1 : first[i] + 3]
    return i + 3 if said in (["next", "year"], ["this", "year"]) and first[i + 2] == first[i] + 2 else i + 1


def date_said(p: State, i: int, end: int) -> str:
    """The date from token ``i`` to ``end`` (not included) as written; "22 May" too,
    whose month is a word that is dropped.
    """
    said = p.tokens.said(i, end)
    after = p.tokens.last[end - 1] + 1
    return f"{said} may" if p.tokens.raw[after] == "may" and after < p.tokens.first[end] else said


def _dotted(word: str) -> bool:
    """Whether a word is a date with dots: 03.02.2025."""
    parts = word.split(".")
    if len(parts) != 3 or not all(part.isdigit() and part.isascii() and len(part) <= _LONGEST_FIGURE for part in parts):
        return False
    year = len(parts[2]) == 2 or int(parts[2]) in _YEARS
    return year and _day_and_month(int(parts[0]), int(parts[1]))


def _whole(p: State, i: int) -> int:
    """The number at token ``i`` where it is written in figures only ("03" too), else -1."""
    word = p.tokens.raw[p.tokens.first[i]]
    return int(word) if word.isdigit() and word.isascii() and len(word) <= _LONGEST_FIGURE else -1


def _day_and_month(one: int, other: int) -> bool:
    return 1 <= min(one, other) <= _MONTHS and max(one, other) in _DAYS
