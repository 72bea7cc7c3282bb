"""How far apart doses are: every 6 hours, q8h, every other day; and how often while awake."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from doseref.dosage.amounts import NUMBER_KINDS, span_here
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
    if _ordinal(p, start):
        return True
    if kind in NUMBER_KINDS:
        if _interval(p, start):
            return True
    elif kind == "REL" and p.tokens.said(p.i, p.i + 1) == "12 hr":
        p.i += 1
        set_every(p, Decimal(12), Decimal(12), "h", start)
        return True  # "q 12 hr", which elsewhere is a release
    elif kind == "OTHER" and kinds[p.i + 1] in ("T", "WHEN", "DAYW"):
        return _other(p, start)
    elif kind == "T":
        p.i += 1
        set_every(p, ONE, ONE, values[p.i - 1], start)
        return True
    elif kind == "WHEN":
        return when(p)
    elif kind == "DAYW":
        return weekday(p)
    elif kind == "MEAL":
        add_when(p, ("C" + values[p.i],))
        p.i += 1
        return True
    p.i = start
    return False


def _other(p: State, start: int) -> bool:
    """ "every other day", "every other morning", "every other Monday"."""
    two = Decimal(2)
    p.i += 1
    if p.kinds[p.i] == "T":
        p.i += 1
        set_every(p, two, two, p.values[p.i - 1], start)
        return True
    of_a_day = p.kinds[p.i] == "WHEN"
    set_every(p, two, two, "d" if of_a_day else "wk", start)
    return when(p) if of_a_day else weekday(p)


def _ordinal(p: State, start: int) -> bool:
    """ "every 3rd day", "every second week"."""
    kinds, here = p.kinds, p.i
    if kinds[here] == "ORDN":
        time = here + 1
    elif kinds[here] == "NUM" and kinds[here + 1] == "ORD" and p.values[here] > 1:
        time = here + 2
    else:
        return False
    if kinds[time] != "T":
        return False
    many = p.values[here]
    p.i = time + 1
    set_every(p, many, many, p.values[time], start)
    return True


def _interval(p: State, start: int) -> bool:
    """A number of hours, days or weeks, or a range of them, each end perhaps with its own unit."""
    kinds, values = p.kinds, p.values
    low, high = span_here(p)
    if kinds[p.i] == "DASH":
        p.i += 1
    if p.tokens.raw[p.tokens.first[start]] == "q" and _hours_meant(p, low, high):
        set_every(p, low, high, "h", start)
        return True
    weeks = kinds[p.i] == "WITH" and p.tokens.raw[p.tokens.first[p.i]] == "w"
    if kinds[p.i] not in ("T", "HLY") and not weeks:
        return False
    unit = "wk" if weeks else values[p.i]
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


def day_and_night(p: State) -> bool:
    """day-and-night ::= T-day AND "night" behind an interval of hours: "every 2 hours (day and night)"; elsewhere it may be
    twice a day.

    Also asks for: AND, WHEN.
    """
    kinds, i, every = p.kinds, p.i, p.clause.every
    if p.values[i] != "d" or kinds[i + 1] != "AND" or p.values[i + 2] != ("NIGHT",) or every is None:
        return False
    if every.unit != "h" or kinds[i + 2] != "WHEN" or p.tokens.said(i, i + 1) not in ("day", "the day"):
        return False
    p.i = i + 3
    return True
