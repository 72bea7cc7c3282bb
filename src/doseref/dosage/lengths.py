"""Productions for how long and how many in all: durations, series, single doses, what is handed out."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.around import may_be_reason, reason, scale, site
from doseref.dosage.dates import date_at, date_said
from doseref.dosage.model import Cycle, Strength, Times
from doseref.dosage.packs import heads_quantity
from doseref.dosage.state import State
from doseref.dosage.timing import period, set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range
from doseref.units import UNITS

ONE = Decimal(1)
NIGHTS = ("nights", "mornings", "evenings")
"""Plurals that count days: "for 3 nights"."""
SOLID = frozenset(("{tablet}", "{capsule}", "{pill}"))


def for_(p: State) -> bool:
    """for ::= FOR ([UPTO | LE | MAX] span T | A T | T | sevenths | span doses | reason | site).

    Also asks for: C, COURSE, LP, NEG, NUM, SLASH, TOTAL, WHEN, WORD.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    if kinds[p.i] == "A" and kinds[p.i + 1] == "MAX":
        p.i += 1
    if (
        kinds[p.i] == "T"
        and p.tokens.said(start, p.i).endswith("first")
        and p.tokens.said(p.i, p.i + 1) in ("day", "week", "month")
    ):
        p.i += 1
        return _length(p, ONE, ONE, values[p.i - 1], False, start)
    bound = p.skip("UPTO") or p.skip("LE") or p.skip("MAX")
    if p.kinds[p.i] == "A" and kinds[p.i + 1] == "COURSE":
        p.i += 2
    if kinds[p.i] == "NUM" and kinds[p.i + 1] == "SLASH" and kinds[p.i + 2] == "NUM" and sevenths(p):
        return True
    if kinds[p.i] == "A" and kinds[p.i + 1] == "T":
        p.i += 2
        return _length(p, ONE, ONE, values[p.i - 1], bound, start)
    if kinds[p.i] in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            if kinds[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
                p.i += 1
                return _length(p, found[0], found[1], "d", bound, start)
            _further(p)
            if kinds[p.i] == "T":
                p.i += 1
                unit = values[p.i - 1]
                p.skip("COURSE")
                p.skip("TOTAL")
                return _length(p, found[0], found[1], unit, bound, start)
            if kinds[p.i] == "C" and values[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
                p.i += 1
                p.clause.doses_total = Range(found[0], found[1], "{dose}")
                return True
        p.i = start
        return False
    words = reason(p, may_be_reason(p, p.i) and kinds[p.i] in ("WORD", "NEG") and p.clause.dosed)
    if words and kinds[p.i] == "NUM" and kinds[p.i + 1] == "T":
        p.i = start
        return False  # "for ca. 5 days"
    if words:
        if kinds[p.i] in ("NUM", "LP"):
            scale(p)
        p.clause.prn_for = p.clause.prn_for or words
        return True
    p.i = start
    return site(p)


_FURTHER = frozenset("more further additional extra another".split())


def _further(p: State) -> None:
    """further ::= "more" | "further" before a T: "for 4 more days" is how long it goes on from now.

    Also asks for: NEG, UPWARD, WORD.
    """
    said = p.tokens.raw[p.tokens.first[p.i]]
    if p.kinds[p.i] in ("NEG", "UPWARD", "WORD") and said in _FURTHER and p.kinds[p.i + 1] == "T":
        p.i += 1


def _length(p: State, low: Decimal, high: Decimal, unit: str, bound: bool, start: int) -> bool:
    """length ::= … [IN | EVERY | PER | OUT OF 24 hours]: a duration, a longest duration, or hours on in a day.

    Also asks for: A, COMMA, END, FOR, MAX, NUM, PERIOD, RP, STOP, T.
    """
    kinds, values = p.kinds, p.values
    clause = p.clause
    if unit == "h" and kinds[p.i] in ("IN", "EVERY", "PER", "OF", "A"):
        i = p.i + 1
        if kinds[i] == "A" or kinds[i] == "EVERY":
            i += 1
        if kinds[i] == "NUM" and values[i] == 24 and kinds[i + 1] == "T":
            i += 1
        elif kinds[i] != "T" or values[i] != "d":
            i = 0
        if i:
            p.i = i + 1
            p.skip("PERIOD")
            clause.cycle = Cycle(high, 24 - high, "h")
            if clause.times is None and clause.every is None:
                clause.times = Times(ONE, ONE, ONE, "d")
            return True
    if (
        unit == "h"
        and low == high == 24
        and p.tokens.raw[p.tokens.first[start]] == "over"
        and clause.masses
        and not clause.timed
    ):
        clause.per_day = True  # "15 mg over 24 hours": the amount of a day
        return True
    if unit in ("s", "min", "h") and p.kinds[start] == "FOR" and p.tokens.raw[p.tokens.first[start]] == "over":
        return _runs_in(p, high, unit, start)
    if unit in ("s", "min"):
        if clause.method == "rinse" and p.kinds[start] == "FOR":
            return True  # "swish for 30 seconds": how it is done
        p.i = start
        return False
    if unit == "h" and high < 24 and clause.form == "patch":
        clause.cycle = Cycle(high, 24 - high, "h")
        return True
    if kinds[p.i] == "MAX" and kinds[p.i + 1] in ("END", "COMMA", "STOP", "RP"):
        p.i += 1
        bound = True
    if bound:
        p.longest = Range(low, high, unit)
        return True
    made = Range(low, high, unit)
    if clause.doses_total is not None and not clause.timed_beside_total():
        clause.times = Times(clause.doses_total.low, clause.doses_total.high, high, unit)
        return True
    if clause.duration is not None and clause.duration != made:
        p.tell("a second, different duration", start, p.i - 1, "contradiction")
        return True
    clause.duration = made
    return True


_LONGEST_RUN = {"s": 3600, "min": 240, "h": 24}


def _runs_in(p: State, high: Decimal, unit: str, start: int) -> bool:
    """ "IV over 5 minutes", "infused over 2 hours": how long one dose runs in,
    which is no part of how much or how often.
    """
    clause = p.clause
    if not clause.dosed or high > _LONGEST_RUN[unit] or (unit == "h" and clause.form == "patch"):
        p.tell("how long one dose runs in", start, p.i - 1)
    return True


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
        _further(p)
        if kinds[p.i] == "T":
            p.i += 1
            return _length(p, low, high, values[p.i - 1], False, start)
        if kinds[p.i] == "C" and values[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
            p.i += 1
            p.clause.doses_total = Range(low, high, "{dose}")
            return True
        if kinds[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
            p.i += 1
            return _length(p, low, high, "d", False, start)
        if _handed_out(p, low, high, start) or _product_of(p, low, high) or _so_many(p, low, high, start):
            return True
        if low == high == 1:
            p.clause.doses_total = Range(ONE, ONE, "{dose}")
            return True
        if kinds[p.i] == "DISP" and not heads_quantity(p, p.i):
            p.i += 1
            return True  # "x 3 refills"
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


def _handed_out(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """handed-out ::= X NUM C behind how often it is taken: "500 mg bid x 14 capsules" are dispensed, not taken at once.

    Fewer than a pack may be either, which is told.

    Also asks for: FORM, U.
    """
    behind = p.clause.timed and p.clause.dosed and p.kinds[start - 1] not in ("U", "C", "FORM")
    if not behind or p.kinds[p.i] != "C" or p.values[p.i] not in SOLID or low != high or low == 1:
        return False
    p.i += 1
    if low < LEAST_PACK:
        p.tell("so many at once, or handed out in all?", start, p.i - 1, "ambiguous")
        p.fatal = True
    return True


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

    Also asks for: BEFORE, EVERY, LP, ONCE, ROUTE, RP, T, TAKE, TIMES.
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
    if kinds[i] not in _HOW_OFTEN and not before and not (kinds[i] == "NUM" and kinds[i + 1] == "TIMES"):
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


def remove(p: State) -> bool:
    """remove ::= REMOVE ["and discard"] [FORM] (AFTER | IN) NUM hours: how long a patch stays on in each day.

    Also asks for: AND, AT, C, T, TIME, WHEN.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    while kinds[p.i] in ("C", "FORM", "AND") or p.tokens.raw[p.tokens.first[p.i]] == "discard":
        p.i += 1
    if (
        kinds[p.i] in ("AFTER", "IN")
        and kinds[p.i + 1] == "NUM"
        and kinds[p.i + 2] == "T"
        and values[p.i + 2] == "h"
        and values[p.i + 1] < 24
    ):
        p.clause.cycle = Cycle(values[p.i + 1], 24 - values[p.i + 1], "h")
        p.i += 3
        return True
    if kinds[p.i] == "AT" and kinds[p.i + 1] in ("WHEN", "TIME"):
        p.i += 1
    if kinds[p.i] in ("WHEN", "TIME"):
        p.i += 1
        p.tell("when it is removed", start, p.i - 1)
        return True
    p.i = start
    return False


def after(p: State) -> bool:
    """after ::= AFTER span T: when the next step or phase begins; what was read so far lasts so long.

    Also asks for: COMMA, RAISE, STEPBY, TITR, TITRDN.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    found = span(p)
    if found is None or kinds[p.i] != "T" or values[p.i] not in ("d", "wk", "mo") or p.clause.empty:
        p.i = start
        return False
    unit = values[p.i]
    p.i += 1
    p.skip("COMMA")
    if kinds[p.i] in ("TITR", "RAISE", "STEPBY"):
        return True
    if kinds[p.i] == "TITRDN" or kinds[p.i] in NUMBER_KINDS:
        if p.clause.duration is None:
            p.clause.duration = Range(found[0], found[1], unit)
        if kinds[p.i] in NUMBER_KINDS:
            p.new_clause("then")
        return True
    p.i = start
    return False


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


def until(p: State) -> bool:
    """until ::= UNTIL word*: an open end in words.

    Also asks for: COMMA, END, GT, LE, LP, MAX, NUM, RP, STOP, T, THEN.
    """
    kinds = p.kinds
    said = p.values[p.i]
    p.i += 1
    if said:
        p.clause.until = said
        return True
    if (
        kinds[p.i] == "T"
        and p.values[p.i] == "d"
        and kinds[p.i + 1] == "NUM"
        and p.values[p.i + 1] == int(p.values[p.i + 1]) > 0
    ):
        p.clause.from_day, p.clause.to_day = p.clause.from_day or 1, int(p.values[p.i + 1])  # "until day 3"
        p.i += 2
        return True
    first = i = p.i
    if (end := date_at(p, i)) > i:
        p.clause.until = date_said(p, first, end)
        p.i = end
        return True
    while kinds[i] not in ("END", "COMMA", "STOP", "LP", "RP", "NUM", "THEN", "MAX"):
        i += 1
    if (
        kinds[i] == "NUM"
        and kinds[i - 1] in ("GT", "LE")
        and kinds[i + 1] in ("END", "COMMA", "STOP", "RP")
        and i > first + 1
    ):
        i += 1  # "until INR > 2"
    if i == first:
        return False
    p.clause.until = p.tokens.said(first, i)
    p.i = i
    return True


def sevenths(p: State) -> bool:
    """sevenths ::= NUM "/" (7 | 52 | 12): days, weeks, months of treatment.

    Also asks for: COMMA, FOR, X.
    """
    unit = {Decimal(7): "d", Decimal(52): "wk", Decimal(12): "mo"}.get(p.values[p.i + 2])
    if unit is None or not (p.clause.timed or p.kinds[p.i - 1] in ("FOR", "X", "COMMA")):
        return False
    p.clause.duration = Range.of(p.values[p.i], unit)
    p.i += 3
    return True
