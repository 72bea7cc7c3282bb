"""Productions for bare numbers: one number, and a range of two."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.state import State

_LONGER = frozenset(("FR", "SLASH", "NUM", "MILL", "X", "AND", "DASH", "LP"))
_BEGINS = frozenset(("NUM", "FR", "HALF", "POW", "ROMAN"))
NUMBER_KINDS = _BEGINS


def number(p: State) -> Decimal | None:
    """number ::= NUM [MILL | X POW | FR | fraction | AND half] | fraction | FR | half | POW | ROMAN."""
    i = p.i
    kind = p.k[i]
    if kind == "NUM":
        value: Decimal = p.v[i]
        if p.k[i + 1] not in _LONGER:
            p.i = i + 1
            return value
        return _compound(p, value)
    if kind == "FR" or kind == "POW" or kind == "ROMAN":
        p.i = i + 1
        result: Decimal = p.v[i]
        return result
    if kind == "HALF":
        return half(p)
    return None


def _compound(p: State, value: Decimal) -> Decimal | None:
    """compound ::= NUM (MILL [MILL] | X POW | FR | [DASH | AND] fraction | AND half | "/" NUM)."""
    i, k = p.i, p.k
    v: list[Decimal] = p.v
    after = k[i + 1]
    p.i = i + 1
    if after == "LP":
        if k[i + 2] == "NUM" and k[i + 3] == "RP" and v[i + 2] == value:
            p.i = i + 4
        return value
    if after == "MILL":
        while k[p.i] == "MILL":
            value *= v[p.i]
            p.i += 1
        if v[p.i - 1] == 100 and _worded(p, i):
            j = p.i + (k[p.i] == "AND")
            if k[j] == "NUM" and _worded(p, j) and v[j] < 100 and k[j + 1] not in ("MILL", "AND"):
                p.i = j
                rest = number(p)
                return value + rest if rest is not None else value
        return value
    if (
        after == "NUM"
        and 20 <= value < 100
        and value % 10 == 0
        and 0 < v[i + 1] < 10
        and _worded(p, i)
        and _worded(p, i + 1)
    ):
        p.i = i + 2
        return value + Decimal(v[i + 1])
    if after == "X":
        if k[i + 2] == "POW":
            p.i = i + 3
            return value * v[i + 2]
        return value
    if after == "FR":
        if value == value.to_integral_value():
            p.i = i + 2
            return value + v[i + 1]
        return value
    if after == "SLASH":
        part = fraction(p, i)
        if part is not None:
            p.i = i + 3
            return part
        return value
    at = i + 1 if after == "NUM" else i + 2
    part = fraction(p, at) if k[at] == "NUM" else None
    if part is not None and value == value.to_integral_value() and (after != "DASH" or v[at] < v[at + 2]):
        if after == "DASH" and value < 1:
            return value
        p.i = at + 3
        return value + part
    if after == "AND" and k[i + 2] in ("HALF", "FR"):
        p.i = i + 3
        return value + v[i + 2]
    return value


def _worded(p: State, i: int) -> bool:
    """Whether the number at ``i`` is written as a word."""
    return p.tokens.raw[p.tokens.first[i]].isalpha()


def fraction(p: State, i: int) -> Decimal | None:
    """fraction ::= NUM "/" NUM, a proper one in halves, quarters or eighths: 1/2, 1/4, 3/4, 3/8."""
    if p.k[i] == "NUM" and p.k[i + 1] == "SLASH" and p.k[i + 2] == "NUM":
        top, bottom = p.v[i], p.v[i + 2]
        if p.k[i + 3] == "SLASH" and p.k[i + 4] == "NUM":
            return None
        if bottom in (2, 4, 8) and top < bottom and top % 2 == 1:
            return Decimal(top / bottom)
    return None


def half(p: State) -> Decimal:
    """half ::= HALF [OF] [A | number]."""
    value: Decimal = p.v[p.i]
    p.i += 1
    of = p.skip("OF")
    if p.skip("A"):
        return value
    if of and p.k[p.i] in ("NUM", "ROMAN") and p.k[p.i + 1] != "U":
        whole = number(p)
        return value * whole if whole is not None else value
    return value


def span(p: State) -> tuple[Decimal, Decimal] | None:
    """span ::= [BETWEEN] number [(DASH | TO | OR | AND) number]."""
    start = p.i
    between = p.skip("BETWEEN")
    low = number(p)
    if low is None:
        p.i = start
        return None
    kind = p.k[p.i]
    if kind == "UPTO" and p.k[p.i + 1] == "NUM" and p.k[p.i + 2] in ("U", "C", "HH"):
        kind = "TO"
    if (kind == "DASH" or kind == "TO" or kind == "OR" or (between and kind == "AND")) and p.k[p.i + 1] in _BEGINS:
        here = p.i
        p.i += 1
        multiplied = _multiplied(p, start, here)
        high = number(p)
        if high is not None:
            if not multiplied:
                low = _like(p, low, high, here)
            if low <= high:
                return low, high
            if low < 25 and p.k[start - 1] == "EVERY":
                return high, low
        p.i = here
    return low, low


def _multiplied(p: State, start: int, end: int) -> bool:
    """Whether the tokens hold a multiplier ("10 million")."""
    return "MILL" in p.k[start:end] or "POW" in p.k[start:end]


def _like(p: State, low: Decimal, high: Decimal, here: int) -> Decimal:
    """The low end times the multiplier that only the high end names: 1–5 × 10⁶, 10–50 million."""
    factor = Decimal(1)
    used = False
    for index in range(here, p.i):
        if p.k[index] in ("MILL", "POW"):
            factor *= p.v[index]
            used = True
    return low * factor if used else low
