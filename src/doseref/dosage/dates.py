"""Calendar dates beside a dosage: understood, and no number of anything."""

from __future__ import annotations

from doseref.dosage.state import State

_MOST_DAYS, _MONTHS = 31, 12
_YEARS = range(1990, 2100)
_NAMES = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december".split()
)


def date_at(p: State, i: int) -> int:
    """Where a date that begins at token ``i`` ends; ``i`` itself where none does.

    date ::= NUM "/" NUM ["/" NUM] | NUM "-" NUM "-" NUM | NUM ["th"] month [NUM] | month NUM [NUM] | month NUM.

    Also asks for: DASH, ORD, SLASH, WORD.
    """
    kinds, values, raw, first = p.kinds, p.values, p.tokens.raw, p.tokens.first
    if kinds[i] == "WORD" and raw[first[i]] in _NAMES and _whole(p, i + 1) and values[i + 1] in (*range(1, _MOST_DAYS + 1), *_YEARS):
        after = i + 2 + (kinds[i + 2] == "ORD")
        return after + (_whole(p, after) and values[after] in _YEARS)
    if not _whole(p, i):
        return i
    if values[i] in range(1, _MOST_DAYS + 1):
        after = i + 1 + (kinds[i + 1] == "ORD")
        if kinds[after] == "WORD" and raw[first[after]] in _NAMES:
            return after + 1 + (_whole(p, after + 1) and values[after + 1] in _YEARS)
    sign = kinds[i + 1]
    if sign not in ("SLASH", "DASH") or not _whole(p, i + 2):
        return i
    if kinds[i + 3] == sign and _whole(p, i + 4):
        parts = [values[i], values[i + 2], values[i + 4]]
        year = parts[0] in _YEARS or parts[2] in _YEARS or len(raw[first[i + 4]]) == 2
        days = parts[1:] if parts[0] in _YEARS else parts[:2]
        return i + 5 if year and _day_and_month(*days) else i
    return i + 3 if sign == "SLASH" and _day_and_month(values[i], values[i + 2]) else i


def _whole(p: State, i: int) -> bool:
    """whole ::= NUM without a fraction."""
    return p.kinds[i] == "NUM" and p.values[i] == int(p.values[i])


def _day_and_month(one: int, other: int) -> bool:
    return 1 <= min(one, other) <= _MONTHS and max(one, other) <= _MOST_DAYS
