"""How far apart doses are: every 6 hours, q8h, every other day; and how often while awake."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.dayparts import weekday, when
from doseref.dosage.model import Times
from doseref.dosage.moments import add_when
from doseref.dosage.rates import in_any_day
from doseref.dosage.state import State
from doseref.dosage.timing import set_every
from doseref.quantities import ONE


def every(p: State) -> bool:
    """every ::= EVERY (span T [TO number T] | T | WHEN | DAYW | MEAL | ordinal T): q4-6h, every 8 hours, each evening.

    Also asks for: DASH, HLY, NUM, OR, ORD, ORDN, OTHER, REL, STOP, WITH.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i = start + 1
    if kinds[p.i] == "STOP" and kinds[p.i + 1] in NUMBER_KINDS:
        p.i += 1
    kind = kinds[p.i]
    if (kind == "ORDN" or (kind == "NUM" and kinds[p.i + 1] == "ORD" and values[p.i] > 1)) and kinds[
        p.i + (1 if kind == "ORDN" else 2)
    ] == "T":
        many = values[p.i]
        p.i += 2 if kind == "ORDN" else 3
        set_every(p, many, many, values[p.i - 1], start)
        return True
    if kind in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            low, high = found
            if kinds[p.i] == "DASH":
                p.i += 1
            if p.tokens.raw[p.tokens.first[start]] == "q" and _hours_meant(p, low, high):
                set_every(p, low, high, "h", start)
                return True
            if (
                kinds[p.i] == "T"
                or kinds[p.i] == "HLY"
                or (kinds[p.i] == "WITH" and p.tokens.raw[p.tokens.first[p.i]] == "w")
            ):
                unit = values[p.i] if kinds[p.i] != "WITH" else "wk"
                p.i += 1
                if (
                    kinds[p.i] in ("TO", "DASH", "OR")
                    and kinds[p.i + 1] == "NUM"
                    and kinds[p.i + 2] == "T"
                    and values[p.i + 2] == unit
                    and values[p.i + 1] >= high
                ):
                    high = values[p.i + 1]
                    p.i += 3
                set_every(p, low, high, unit, start)
                return True
        p.i = start
        return False
    if kind == "REL" and p.tokens.said(p.i, p.i + 1) == "12 hr":
        p.i += 1
        set_every(p, Decimal(12), Decimal(12), "h", start)
        return True  # "q 12 hr", which elsewhere is a release
    if kind == "OTHER" and kinds[p.i + 1] in ("T", "WHEN", "DAYW"):
        p.i += 1
        if kinds[p.i] == "T":
            p.i += 1
            set_every(p, Decimal(2), Decimal(2), values[p.i - 1], start)
            return True
        set_every(p, Decimal(2), Decimal(2), "d" if kinds[p.i] == "WHEN" else "wk", start)
        return when(p) if kinds[p.i] == "WHEN" else weekday(p)
    if kind == "T":
        p.i += 1
        set_every(p, ONE, ONE, values[p.i - 1], start)
        return True
    if kind == "WHEN":
        return when(p)
    if kind == "DAYW":
        return weekday(p)
    if kind == "MEAL":
        add_when(p, ("C" + values[p.i],))
        p.i += 1
        return True
    if kind == "DASH" and kinds[p.i + 1] in NUMBER_KINDS:
        p.i = start
        return False
    p.i = start
    return False


_USUAL_HOURS = frozenset(map(Decimal, (1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72)))
_BEHIND_HOURS = frozenset(("END", "PRN", "COMMA", "STOP", "FOR", "RP", "MAX", "MAXD", "ROUTE", "AWAKE"))


def _hours_meant(p: State, low: Decimal, high: Decimal) -> bool:
    """Whether "q6" or "q6°" are hours: so written, and a number of hours at which medicines are given."""
    if p.tokens.raw[p.tokens.first[p.i]] in ("°", "º"):
        p.i += 1
        return True
    return p.kinds[p.i] in _BEHIND_HOURS and low in _USUAL_HOURS and high in _USUAL_HOURS


def awake(p: State) -> bool:
    """awake ::= AWAKE after an interval: no doses at night, so fewer in a day; at least those of twelve hours."""
    every = p.clause.every
    if every is None or every.unit != "h" or p.clause.times is not None:
        return False
    least = max(ONE, Decimal(12) // every.high)
    most = in_any_day(ONE, ONE, Fraction(every.low), Fraction(every.high))[1]
    p.clause.times = Times(least, most, ONE, "d")
    p.i += 1
    return True
