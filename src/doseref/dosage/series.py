"""Productions for how many in all: a times sign, a series, a single dose, what is handed out."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import span
from doseref.dosage.lengths import NIGHTS, further, length, sevenths
from doseref.dosage.model import Strength, Times
from doseref.dosage.packs import heads_quantity
from doseref.dosage.state import State
from doseref.dosage.timing import period, set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE, Range
from doseref.units import UNITS

SOLID = frozenset(("{tablet}", "{capsule}", "{pill}"))


def times_sign(p: State) -> bool:
    """times-sign ::= X (span T | sevenths | span doses | span C | quantity | 1): × 5 days, x7d, x 3 doses, 200 mg x 4
    tabs.

    Also asks for: COMMA, DISP, END, FOR, NUM, PRN, RP, SLASH, STOP, THEN, WHEN.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    if kinds[p.i] == "NUM" and kinds[p.i + 1] == "SLASH" and sevenths(p):
        return True
    found = span(p)
    if found is not None:
        low, high = found
        further(p)
        if kinds[p.i] == "T":
            p.i += 1
            return length(p, low, high, values[p.i - 1], False, start)
        if kinds[p.i] == "C" and values[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
            p.i += 1
            p.clause.doses_total = Range(low, high, "{dose}")
            return True
        if kinds[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
            p.i += 1
            return length(p, low, high, "d", False, start)
        if _handed_out(p, low, high, start) or _product_of(p, low, high) or _so_many(p, low, high, start):
            return True
        if low == high == 1:
            p.clause.doses_total = Range(ONE, ONE, "{dose}")
            return True
        if kinds[p.i] == "DISP" and not heads_quantity(p, p.i):
            p.i += 1
            return True  # "x 3 refills"
        if _days(p, low, high):
            p.clause.duration = Range(low, high, "d")
            return True  # "bid x 7", "hs x 7": days, where it is taken every day
        times = p.clause.times
        once = times is not None and times.low == times.high == times.period == 1
        needed = p.clause.prn or kinds[p.i] == "PRN"
        attack = needed and not p.clause.times and (p.clause.every is None or p.clause.every.unit == "min")
        if (
            (once or attack)
            and low == high
            and p.clause.dosed
            and kinds[p.i] in ("END", "STOP", "COMMA", "RP", "THEN", "DISP", "PRN", "FOR")
        ):
            p.clause.doses_total = Range(low, high, "{dose}")
            return True  # "weekly x 8", "every 5 min prn x 3", "q5min x3 prn"
    p.i = start
    return False


_COURSES = frozenset(map(Decimal, (3, 5, 7, 10, 14, 21, 28)))
"""Days of a course, as they stand behind "x" alone."""


def _days(p: State, low: Decimal, high: Decimal) -> bool:
    """Whether a bare number behind a times sign can only be the days of a course: of what is taken twice a day or more, or at a
    time of day.

    Also asks for: COMMA, END, RP, STOP, THEN.
    """
    clause = p.clause
    often = clause.times is not None and clause.times.unit == "d" and clause.times.period == 1 and clause.times.low > 1
    placed = clause.times is None and clause.every is None and bool(clause.when) and not clause.days
    ends = p.kinds[p.i] in ("END", "STOP", "COMMA", "RP", "THEN")
    return (often or placed) and ends and low == high and low in _COURSES and clause.dosed and not clause.prn


def _handed_out(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """handed-out ::= X NUM C behind how often it is taken: "500 mg bid x 14 capsules" are dispensed, not taken at once.

    Fewer than a pack may be either, which is told.

    Also asks for: FORM, PRN, U.
    """
    behind = p.clause.timed and p.clause.dosed and p.kinds[start - 1] not in ("U", "C", "FORM")
    if not behind or p.kinds[p.i] != "C" or p.values[p.i] not in SOLID or low != high or low == 1:
        return False
    p.i += 1
    few = low < _LEAST_AS_NEEDED or p.kinds[start - 1] != "PRN" or p.clause.count is not None
    if low < LEAST_PACK and few:
        p.tell("so many at once, or handed out in all?", start, p.i - 1, "ambiguous")
        p.fatal = True
    return True


_LEAST_AS_NEEDED = 5
"""From so many pieces on, behind "as needed" and a dose that is known, they are handed out: "3.75 mg nocte prn x7 tabs"."""


def _product_of(p: State, low: Decimal, high: Decimal) -> bool:
    """product-of ::= a strength X span C | a count X NUM U: "200 mg x 4 tabs", "4 tabs x 200 mg"."""
    clause = p.clause
    kind, code = p.kinds[p.i], p.values[p.i]
    if kind == "C" and code in SOLID and clause.count is None and len(clause.masses) == 1 and not clause.strengths:
        clause.count = (low, high, code)
        clause.count_index = p.i
        clause.form = clause.form or FORM_OF.get(code)
    elif (
        kind == "U"
        and low == high
        and UNITS[code].dimension == "mass"
        and clause.count is not None
        and (clause.count[2] is None or clause.count[2] in SOLID)
        and not (clause.masses or clause.strengths)
    ):
        clause.strengths.append(Strength(low, code))
    else:
        return False
    p.i += 1
    return True


LEAST_PACK = 10
"""Tablets that are dispensed in all, not taken at once, where so many or more stand behind the instruction."""
_MOST_AT_ONCE = 10


_HOW_OFTEN = frozenset(("FREQ", "EVERY", "WHEN", "ONCE", "PRN", "STAT", "SINGLE"))


def _so_many(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """so-many ::= a strength X NUM (period of a day | how often): "50 mg x 3 daily" is three times a day, "500 mg x2
    q6h" two each time.

    Also asks for: AFTER, AT, BEFORE, EVERY, LP, MEAL, ONCE, ROUTE, RP, T, TAKE, TIMES, WITH.
    """
    clause = p.clause
    kinds = p.kinds
    if low != high or not 1 <= low <= _MOST_AT_ONCE or low != low.to_integral_value():
        return False
    if (
        clause.count is not None
        or len(clause.masses) != 1
        or clause.strengths
        or clause.timed_beside_total()
        or clause.masses[0].low != clause.masses[0].high
    ):
        return False
    here = p.i
    per = period(p)
    if per is not None and per == (ONE, "d") and low > 1:
        set_times(p, low, high, ONE, "d", start)
        return True
    p.i = here
    bracketed = kinds[start - 1] == "LP" and kinds[here] == "RP"
    i = here + bracketed
    while kinds[i] in ("ROUTE", "TAKE"):
        i += 1
    before = kinds[i] == "NUM" and kinds[i + 1] == "T" and kinds[i + 2] == "BEFORE"  # "x4 one hour before the dentist"
    eaten = kinds[i] == "MEAL" or (kinds[i] in ("WITH", "BEFORE", "AFTER", "AT") and kinds[i + 1] == "MEAL")
    if kinds[i] not in _HOW_OFTEN and not before and not eaten and not (kinds[i] == "NUM" and kinds[i + 1] == "TIMES"):
        return False
    if _per_day(p, i) == low:
        return False  # "200 mg x 4 q6h": four each time, or four in a day?
    clause.count = (low, high, None)
    clause.count_index = start
    return True


def _per_day(p: State, i: int) -> Decimal:
    """How many times a day the frequency at token ``i`` says; 0 where it says no such thing."""
    kinds, values = p.kinds, p.values
    if kinds[i] == "FREQ" and values[i][0] == "times" and values[i][2:] == (ONE, "d"):
        return Decimal(values[i][1])
    if kinds[i] == "EVERY" and kinds[i + 1] == "NUM" and kinds[i + 2] == "T" and values[i + 2] == "h" and values[i + 1]:
        return Decimal(24) / Decimal(values[i + 1])
    return Decimal(values[i]) if kinds[i] in ("ONCE", "NUM") else Decimal(0)


def series(p: State) -> bool:
    """series ::= SERIES OF? span injections.

    Also asks for: ADV, C.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    p.skip("OF")
    found = span(p)
    if found is not None and kinds[p.i] == "ADV":
        p.clause.times = Times(ONE, ONE, ONE, values[p.i])
        p.i += 1
    if found is None or kinds[p.i] != "C" or values[p.i] not in ("{dose}", "{injection}", "{session}", "{application}"):
        p.i = start
        return False
    if values[p.i] == "{injection}":
        p.clause.routes = p.clause.routes or ("injection",)
    p.i += 1
    p.clause.doses_total = Range(found[0], found[1], "{dose}")
    return True


def single(p: State) -> bool:
    """single ::= SINGLE | STAT: one administration; "immediately after food" is no dose at once.

    Also asks for: AFTER, BEFORE, C.
    """
    start = p.i
    p.i += 1
    if p.kinds[start] == "SINGLE" and p.kinds[p.i] == "C" and p.values[p.i] in SOLID and p.clause.dosed:
        p.tell("one piece more, or a dose given once? write '1 tablet'", start, p.i, "ambiguous")
        p.fatal = True
        p.i += 1
        return True
    if p.kinds[p.i - 1] == "STAT" and p.kinds[p.i] in ("BEFORE", "AFTER"):
        return True
    if p.kinds[p.i - 1] == "STAT":
        if p.clause.timed_beside_total():
            if p.kinds[p.i - 2] == "C" and p.values[p.i - 2] == "{dose}":
                p.clause.doses_total = None  # "every 6 hours, 1 dose now"
            return True  # "every 6 hours, start now": when it begins, not how many
        p.clause.stat = p.clause.doses_total is None
    p.clause.doses_total = p.clause.doses_total or Range(ONE, ONE, "{dose}")
    return True
