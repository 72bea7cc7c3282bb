"""Productions for bare numbers: one number, and a range of two."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from doseref.dosage.state import State

_LONGER = frozenset(("FR", "SLASH", "NUM", "MILL", "X", "AND", "DASH", "LP"))
_BEGINS = frozenset(("NUM", "FR", "HALF", "POW", "ROMAN"))
NUMBER_KINDS = _BEGINS


def number(p: State) -> Decimal | None:
    """number ::= NUM [MILL | X POW | FR | fraction | AND half] | fraction | FR | half | POW | ROMAN.

    Also asks for: HALF.
    """
    i = p.i
    kind = p.kinds[i]
    if kind == "NUM":
        value: Decimal = p.values[i]
        if p.kinds[i + 1] not in _LONGER:
            p.i = i + 1
            return value
        return _compound(p, value)
    if kind == "FR" or kind == "POW" or kind == "ROMAN":
        p.i = i + 1
        result: Decimal = p.values[i]
        return result
    if kind == "HALF":
        return half(p)
    return None


def _compound(p: State, value: Decimal) -> Decimal | None:
    """compound ::= NUM (MILL [MILL] | X POW | FR | [DASH | AND] fraction | AND half | "/" NUM).

    Also asks for: HALF, LP, RP.
    """
    i, kinds = p.i, p.kinds
    values: list[Decimal] = p.values
    after = kinds[i + 1]
    p.i = i + 1
    if after == "LP":
        if kinds[i + 2] == "NUM" and kinds[i + 3] == "RP" and values[i + 2] == value:
            p.i = i + 4
        return value
    if after == "MILL":
        while kinds[p.i] == "MILL":
            value *= values[p.i]
            p.i += 1
        if values[p.i - 1] == 100 and _worded(p, i):
            j = p.i + (kinds[p.i] == "AND")
            if kinds[j] == "NUM" and _worded(p, j) and values[j] < 100 and kinds[j + 1] not in ("MILL", "AND"):
                p.i = j
                return value + number_here(p)
        return value
    if (
        after == "NUM"
        and 20 <= value < 100
        and value % 10 == 0
        and 0 < values[i + 1] < 10
        and _worded(p, i)
        and _worded(p, i + 1)
    ):
        p.i = i + 2
        return value + Decimal(values[i + 1])
    if after == "X":
        if kinds[i + 2] == "POW":
            p.i = i + 3
            return value * values[i + 2]
        return value
    if after == "FR":
        if value == value.to_integral_value():
            p.i = i + 2
            return value + values[i + 1]
        return value
    if after == "SLASH":
        part = fraction(p, i)
        if part is not None:
            p.i = i + 3
            return part
        return value
    at = i + 1 if after == "NUM" else i + 2
    part = fraction(p, at) if kinds[at] == "NUM" else None
    if part is not None and value == value.to_integral_value() and (after != "DASH" or values[at] < values[at + 2]):
        if after == "DASH" and value < 1:
            return value
        p.i = at + 3
        return value + part
    if after == "AND" and kinds[i + 2] in ("HALF", "FR"):
        p.i = i + 3
        return value + values[i + 2]
    return value


def _worded(p: State, i: int) -> bool:
    """Whether the number at ``i`` is written as a word."""
    return p.tokens.raw[p.tokens.first[i]].isalpha()


def fraction(p: State, i: int) -> Decimal | None:
    """fraction ::= NUM "/" NUM, a proper one in halves, quarters or eighths: 1/2, 1/4, 3/4, 3/8."""
    if p.kinds[i] == "NUM" and p.kinds[i + 1] == "SLASH" and p.kinds[i + 2] == "NUM":
        top, bottom = p.values[i], p.values[i + 2]
        if p.kinds[i + 3] == "SLASH" and p.kinds[i + 4] == "NUM":
            return None
        if bottom in (2, 4, 8) and top < bottom and top % 2 == 1:
            return Decimal(top / bottom)
    return None


def half(p: State) -> Decimal:
    """half ::= HALF [OF] [A | number].

    Also asks for: NUM, ROMAN, U.
    """
    value: Decimal = p.values[p.i]
    p.i += 1
    of = p.skip("OF")
    if p.skip("A"):
        return value
    if of and p.kinds[p.i] in ("NUM", "ROMAN") and p.kinds[p.i + 1] != "U":
        return value * number_here(p)
    return value


def number_here(p: State) -> Decimal:
    """The number at hand, where the caller has seen that one begins there (:data:`NUMBER_KINDS`)."""
    return cast(Decimal, number(p))


def span_here(p: State) -> tuple[Decimal, Decimal]:
    """The span at hand, where the caller has seen that a number begins there (:data:`NUMBER_KINDS`)."""
    return cast("tuple[Decimal, Decimal]", span(p))


def span(p: State) -> tuple[Decimal, Decimal] | None:
    """span ::= [BETWEEN] number [(DASH | TO | OR | AND) number] | BETWEEN number U AND number.

    Also asks for: C, EVERY, HH, NUM, U, UPTO.
    """
    start = p.i
    between = (
        p.skip("BETWEEN") and p.tokens.raw[p.tokens.first[start]] == "between"
    )  # "from six and 500 mg" is no range
    low = number(p)
    if low is None:
        p.i = start
        return None
    kind = p.kinds[p.i]
    unit = p.values[p.i]
    if p.kinds[start] == "BETWEEN" and kind == "AND" and not between:
        p.i = start
        return None  # an age, or a number of something else
    if between and p.kinds[p.i : p.i + 4] == ["U", "AND", "NUM", "U"] and p.values[p.i + 3] == unit:
        p.i += 3  # "between 400 mg and 600 mg": the unit behind the second number is left for the caller
        return min(low, p.values[p.i - 1]), max(low, p.values[p.i - 1])
    if kind == "UPTO" and p.kinds[p.i + 1] == "NUM" and p.kinds[p.i + 2] in ("U", "C", "HH"):
        kind = "TO"
    if (kind == "DASH" or kind == "TO" or kind == "OR" or (between and kind == "AND")) and p.kinds[p.i + 1] in _BEGINS:
        here = p.i
        p.i += 1
        multiplied = _multiplied(p, start, here)
        high = number_here(p)
        if not multiplied:
            low = _like(p, low, high, here)
        if low <= high:
            return low, high
        if low < 25 and p.kinds[start - 1] == "EVERY":
            return high, low
        p.i = here
    return low, low


def _multiplied(p: State, start: int, end: int) -> bool:
    """Whether the tokens hold a multiplier ("10 million")."""
    return "MILL" in p.kinds[start:end] or "POW" in p.kinds[start:end]


def _like(p: State, low: Decimal, high: Decimal, here: int) -> Decimal:
    """The low end times the multiplier that only the high end names: 1–5 × 10⁶, 10–50 million."""
    factor = Decimal(1)
    used = False
    for index in range(here, p.i):
        if p.kinds[index] in ("MILL", "POW"):
            factor *= p.values[index]
            used = True
    return low * factor if used else low
