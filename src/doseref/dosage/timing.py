"""Productions for when and how often: frequencies, intervals, day parts, meals, clock times, weekdays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.around import eye, route
from doseref.dosage.dayparts import add_when, drops, weekday, when
from doseref.dosage.model import Times
from doseref.dosage.rates import in_any_day
from doseref.dosage.state import Mass, State
from doseref.quantities import Range

ONE = Decimal(1)
_WEEK = Decimal(7)


def set_times(p: State, low: Decimal, high: Decimal, period: Decimal, unit: str, start: int) -> None:
    """Set administrations per period; a second, different frequency is a contradiction that is told."""
    clause = p.clause
    if high == 0:
        p.tell("no times at all", start, max(start, p.i - 1), "implausible")
        p.fatal = True
        return
    if period == _WEEK and unit == "d":
        period, unit = ONE, "wk"
    made = Times(low, high, period, unit)
    once_a_day_in_all = clause.per_day and clause.times == Times(ONE, ONE, ONE, unit)
    if clause.times is not None and clause.times != made and not once_a_day_in_all:
        p.tell("a second, different frequency", start, max(start, p.i - 1), "contradiction")
        return
    clause.times = made


def set_every(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> None:
    """Set the interval; once per whole week, day, month or year is the frequency of that period instead."""
    if low == high:
        if unit == "d" and low == _WEEK:
            set_times(p, ONE, ONE, ONE, "wk", start)
            return
        if low == 1 and unit in ("d", "wk", "mo", "a"):
            set_times(p, ONE, ONE, ONE, unit, start)
            return
    if low == 0:
        p.tell("an interval of zero", start, p.i - 1, "implausible")
        return
    made = Range(low, high, unit)
    if p.clause.every is not None and p.clause.every != made:
        p.tell("a second, different interval", start, max(start, p.i - 1), "contradiction")
        return
    p.clause.every = made


def period(p: State) -> tuple[Decimal, str] | None:
    """period ::= ADV | (PER | "/" | A | EVERY | IN | FOR) [NUM | A] T | "every day"; what a frequency is per.

    Also asks for: DASH, FREQ, ON.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    if kinds[i] == "DASH":
        i += 1
    kind = kinds[i]
    if kind == "ADV":
        p.i = i + 1
        return ONE, values[i]
    if kind == "FREQ" and values[i][:3] == ("times", ONE, ONE):
        p.i = i + 1
        return ONE, values[i][3]
    if kind in ("PER", "SLASH", "A", "EVERY", "IN", "ON"):
        j = i + 1
        if kinds[j] == "A" or kinds[j] == "EVERY":
            j += 1
        if kinds[j] == "T" and (kind != "ON" and (kind != "IN" or j > i + 1)):
            p.i = j + 1
            return ONE, values[j]
        if kinds[j] == "NUM" and kinds[j + 1] == "T" and kind in ("PER", "SLASH", "IN", "EVERY"):
            p.i = j + 2
            if values[j + 1] == "h" and values[j] == 24:
                return ONE, "d"
            return values[j], values[j + 1]
    return None


def once(p: State) -> bool:
    """once ::= ONCE [(OR | TO | DASH) ONCE] [period]: once daily, once or twice a week; bare "once" is one dose.

    Also asks for: ADV, NUM, TIMES, X.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    low = high = values[start]
    p.i = start + 1
    if kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "ONCE":
        high = max(high, values[p.i + 1])
        p.i += 2
    elif kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] in ("TIMES", "X"):
        high = max(high, values[p.i + 1])
        p.i += 3
    elif (
        kinds[p.i] == "ADV"
        and kinds[p.i + 1] == "OR"
        and kinds[p.i + 2] == "ONCE"
        and kinds[p.i + 3] == "ADV"
        and values[p.i] == values[p.i + 3]
    ):
        high = max(high, values[p.i + 2])
        p.i += 3
    return _frequency(p, low, high, start)


def times_after(p: State, low: Decimal, high: Decimal) -> bool:
    """times ::= span (TIMES | X) [period]: three times daily, 3x/day; "× 5 days" is a duration and no frequency.

    Also asks for: COMMA, DASH, END, NUM, OR, POW, RP, STOP, T, TO.
    """
    kinds = p.kinds
    start = p.i
    if (
        kinds[start] == "X"
        and kinds[start + 1] == "T"
        and p.values[start + 1] == "d"
        and p.tokens.raw[p.tokens.first[start + 1]] == "day"
    ):
        p.i = start + 2
        set_times(p, low, high, ONE, "d", start)
        return True
    if kinds[start] == "X" and kinds[start + 1] in ("NUM", "T", "POW", "END", "COMMA", "STOP", "RP"):
        return False
    p.i = start + 1
    if kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] in ("TIMES", "X"):
        high = max(high, p.values[p.i + 1])
        p.i += 3
    if not _frequency(p, low, high, start):
        p.i = start
        return False
    return True


def _frequency(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """frequency ::= [period], after how many times have been read.

    Also asks for: A, ADV, AFTER, AT, BEFORE, DAYW, DIV, EVERY, FORM, FREQ, NUM, ON, OR, PER, ROUTE, SLASH, T, U,
    WHEN, WITH.
    """
    found = period(p)
    clause = p.clause
    if found is not None:
        if found[0] == ONE and found[1] == "d" and p.kinds[p.i] == "DIV":
            clause.per_day = True
        if low == high == ONE and found[0] != ONE:
            set_every(p, found[0], found[0], found[1], start)
        else:
            set_times(p, low, high, found[0], found[1], start)
        return True
    if (
        low == high == ONE
        and p.kinds[p.i] == "WHEN"
        and p.tokens.raw[p.tokens.first[p.i]] in ("nightly", "every", "each")
    ):
        set_times(p, ONE, ONE, ONE, "d", start)
        return True
    if low == high == ONE:
        if p.kinds[p.i] not in ("WHEN", "EVERY", "FREQ", "AT", "BEFORE", "AFTER", "WITH", "ON", "DAYW", "OR"):
            clause.doses_total = clause.doses_total or Range(ONE, ONE, "{dose}")
        return True
    if (p.kinds[p.i] == "ON" and p.kinds[p.i + 1] == "T" and p.kinds[p.i + 2] == "NUM") or clause.from_day is not None:
        set_times(p, low, high, ONE, "d", start)
        return True
    if p.kinds[p.i] == "ROUTE" or p.kinds[p.i] == "FORM":
        back = p.i
        if p.kinds[p.i] == "ROUTE":
            route(p)
        found = period(p) if p.i > back else None
        if found is not None:
            set_times(p, low, high, found[0], found[1], start)
            return True
        p.i = back
    if (
        p.kinds[p.i] == "NUM"
        and p.kinds[p.i + 1] == "U"
        and not clause.dosed
        and p.kinds[p.i + 2] in ("A", "PER", "SLASH", "ADV", "EVERY")
    ):
        back = p.i  # "3 times 1 g a day"
        p.i += 2
        found = period(p)
        if found is not None:
            clause.masses.append(Mass(p.values[back], p.values[back], p.values[back + 1], back))
            set_times(p, low, high, found[0], found[1], start)
            return True
        p.i = back
    p.tell("how many times, but not in which period", start, max(start, p.i - 1), "ambiguous")
    return True


def freq(p: State) -> bool:
    """freq ::= FREQ [(DASH | TO | OR | "/") FREQ]: bid, q.i.d., every other day, tds-qds; OD with drops is the right
    eye.

    Also asks for: ADV, DIV, WHEN.
    """
    start = p.i
    if p.tokens.raw[p.tokens.first[start]] in ("od", "o.d.") and not p.clause.site and drops(p):
        p.values[start] = "right eye"
        return eye(p)
    how, low, value, unit = p.values[start]
    p.i = start + 1
    if p.tokens.raw[p.tokens.first[start]] in ("td", "t.d.") and _transdermal(p):
        p.i = beyond(p, p.i)
        p.tell("td can be three times a day or through the skin", start, p.i - 1, "ambiguous")
        return True
    if how == "times":
        high = low
        if p.kinds[p.i] in ("DASH", "TO", "OR", "SLASH") and p.kinds[p.i + 1] == "FREQ":
            other = p.values[p.i + 1]
            if other[0] == "times" and other[3] == unit:
                low, high = min(low, other[1]), max(low, other[1])
                p.i += 2
        if (
            low == high == ONE
            and p.clause.times is not None
            and p.clause.times.unit == unit
            and p.clause.times.period == 1
            and unit == "d"
            and p.kinds[start - 1] == "WHEN"
        ):
            return True
        if p.kinds[p.i] == "ADV" and p.values[p.i] == unit:
            p.i += 1
        if p.kinds[p.i] == "DIV" and unit == "d" and low == ONE == high:
            p.clause.per_day = True
            return True
        set_times(p, low, high, value, unit, start)
    else:
        set_every(p, low, low, unit, start)
    return True


def _transdermal(p: State) -> bool:
    """Whether "td" stands beside a patch or another frequency, where it may be the route."""
    clause = p.clause
    patch = (
        clause.form == "patch"
        or (clause.count is not None and clause.count[2] == "{patch}")
        or clause.cycle is not None
    )
    return patch or p.kinds[p.i] in ("ADV", "FREQ", "EVERY", "ONCE")


def daily_to(p: State, low: Decimal, unit: str, start: int) -> bool:
    """daily-to ::= (TO | DASH | OR) (NUM TIMES ADV | FREQ), behind "daily": "daily to four times daily".

    Also asks for: X.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if kinds[i] not in ("TO", "DASH", "OR"):
        return False
    if kinds[i + 1] == "NUM" and kinds[i + 2] in ("TIMES", "X") and kinds[i + 3] == "ADV" and values[i + 3] == unit:
        high, end = values[i + 1], i + 4
    elif kinds[i + 1] == "FREQ" and values[i + 1][0] == "times" and values[i + 1][2:] == (1, unit):
        high, end = values[i + 1][1], i + 2
    else:
        return False
    if high <= low or p.clause.timed_beside_total():
        return False
    p.i = end
    set_times(p, low, high, ONE, unit, start)
    return True


def adverb(p: State) -> bool:
    """adverb ::= ADV: daily, weekly, monthly, yearly; beside a frequency of the day "daily" says nothing new.

    Also asks for: ALLDAY, C, DIV, FREQ, IN, ONCE, OR.
    """
    start = p.i
    unit = p.values[start]
    p.i = start + 1
    clause = p.clause
    if p.kinds[p.i] == "ALLDAY" or p.kinds[start - 1] == "ALLDAY":
        p.i += p.kinds[p.i] == "ALLDAY"
        clause.per_day = True
        return True
    if p.kinds[p.i] == "DIV" and unit == "d":
        clause.per_day = True
        return True
    if p.kinds[p.i] == "IN" and p.kinds[p.i + 1] in NUMBER_KINDS and unit == "d":
        back = p.i
        if within(p) and clause.per_day:
            return True
        p.i = back
    if clause.doses_total is not None and unit == "d" and p.kinds[start - 1] == "C" and p.values[start - 1] == "{dose}":
        low, high = clause.doses_total.low, clause.doses_total.high  # "x 6 doses daily"
        clause.doses_total = None
        set_times(p, low, high, ONE, "d", start)
        return True
    if clause.times is not None and clause.times.unit == unit:
        return True
    if clause.every is not None and clause.every.unit == "h" and unit == "d":
        return True
    if clause.per_day and unit == "d":
        return True
    if daily_to(p, ONE, unit, start):
        return True
    if (
        p.kinds[p.i] == "OR"
        and p.kinds[p.i + 1] == "FREQ"
        and p.values[p.i + 1][0] == "times"
        and p.values[p.i + 1][3] == unit
    ):
        high = p.values[p.i + 1][1]
        p.i += 2
        set_times(p, ONE, high, ONE, unit, start)
        return True
    if p.kinds[p.i] == "OR" and p.kinds[p.i + 1] == "ONCE" and p.kinds[p.i + 2] == "ADV" and p.values[p.i + 2] == unit:
        high = p.values[p.i + 1]
        p.i += 3
        set_times(p, ONE, high, ONE, unit, start)
        return True
    set_times(p, ONE, ONE, ONE, unit, start)
    return True


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


def within(p: State) -> bool:
    """within ::= IN (span DIV | span doses | NUM hours | A T | EVERY …): in 3 divided doses.

    Also asks for: C, EQ.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    if kinds[p.i] in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            if kinds[p.i] == "EQ":
                p.i += 1
            if kinds[p.i] == "DIV" or (kinds[p.i] == "C" and values[p.i] == "{dose}"):
                p.i += 1
                _of_a_day(p, start)
                p.clause.per_day = True
                p.clause.times = None
                set_times(p, found[0], found[1], ONE, "d", start)
                return True
            if kinds[p.i] == "T" and values[p.i] == "h" and found[0] == 24 and p.clause.times is not None:
                p.i += 1
                return True
    p.i = start
    return False


def _of_a_day(p: State, start: int) -> None:
    """Tells where what is divided is the total of a week or longer: it is none of a day."""
    times = p.clause.times
    longer = times is not None and (times.unit in ("wk", "mo", "a") or (times.unit == "d" and times.period > 1))
    if longer or p.clause.days:
        p.tell("a total of more than a day is divided; write how much is taken each time", start, p.i - 1, "ambiguous")
        p.fatal = True


def divided(p: State) -> bool:
    """divided ::= DIV [[IN | INTO] span doses | freq]: the dose before it is a total of the day.

    Also asks for: BETWEEN, C, FOR, NUM.
    """
    clause = p.clause
    start = p.i
    if p.tokens.raw[p.tokens.first[start]] in ("split", "shared", "spread") and not _spread(p):
        return False
    p.i += 1
    _of_a_day(p, start)
    clause.per_day = True
    if clause.times == Times(ONE, ONE, ONE, "d"):
        clause.times = None
    if p.kinds[p.i] in ("IN", "INTO", "FOR", "BETWEEN") and p.kinds[p.i + 1] == "NUM":
        back = p.i
        p.i += 1
        found = span(p)
        if found is not None and p.kinds[p.i] == "C" and p.values[p.i] == "{dose}":
            p.i += 1
            set_times(p, found[0], found[1], ONE, "d", start)
        else:
            p.i = back
    return True


def _spread(p: State) -> bool:
    """Whether "split", "shared", "spread" is said of a dose before it, and how follows:
    "split into 3 doses", "split twice daily".
    """
    after = p.kinds[p.i + 1]
    return bool(p.clause.masses) and (
        after in ("FREQ", "ONCE", "EVERY")
        or (after == "NUM" and p.kinds[p.i + 2] in ("TIMES", "X"))
        or (after in ("IN", "INTO", "FOR", "BETWEEN") and p.kinds[p.i + 2] in NUMBER_KINDS)
    )


def beyond(p: State, i: int) -> int:
    """Where a frequency that begins at token ``i`` ends (``i`` where none begins):
    it belongs to a word that was not understood.
    """
    kinds = p.kinds
    if kinds[i] in ("ADV", "T", "TIMES", "FREQ", "HLY"):
        return i + 1
    if kinds[i] == "EVERY":
        j = i + 1
        while kinds[j] in NUMBER_KINDS or (kinds[j] in ("DASH", "TO", "OTHER", "ORDN") and j < i + 6):
            j += 1
        return j + 1 if kinds[j] in ("T", "WHEN", "DAYW", "HLY") else i
    if kinds[i] == "ONCE" or (kinds[i] == "NUM" and kinds[i + 1] in ("TIMES", "X")):
        here = p.i
        p.i = i + (1 if kinds[i] == "ONCE" else 2)
        period(p)
        j = p.i
        p.i = here
        return j
    return i


def changed(p: State) -> bool:
    """changed ::= CHANGE word* (EVERY … | FREQ | ADV | ONCE | NUM …): how often a patch is renewed; of anything else no
    frequency of taking.

    Also asks for: A, C, FORM, ID, SIDE, SITE, WORD.
    """
    kinds, clause = p.kinds, p.clause
    start = p.i
    i = start + 1
    device = False
    while kinds[i] in ("C", "FORM", "WORD", "A", "SITE", "SIDE", "ID") and i < start + 5:
        device = device or kinds[i] == "WORD" or (kinds[i] == "FORM" and p.values[i] == "inhaler")
        i += 1
    if kinds[i] not in ("EVERY", "FREQ", "ADV", "ONCE", "NUM"):
        return False
    said = clause.timed_beside_total() or clause.per_day
    if not said and not device and (clause.dosed or kinds[i - 1] in ("C", "FORM")):
        if kinds[i - 1] == "C" and p.values[i - 1] == "{patch}":
            clause.form = clause.form or "patch"
        p.i = i
        return True  # "1 patch, change every 72 hours": the frequency itself follows
    end = beyond(p, i)
    if end == i:
        return False
    p.i = end
    if not device and said:
        before, clause.times = clause.times, None
        interval, clause.every = clause.every, None
        p.i = i
        renewed = RENEWALS.get(kinds[i])
        again = renewed is not None and renewed(p) and (clause.times, clause.every) == (before, interval)
        clause.times, clause.every = before, interval
        p.i = end
        if again:
            return True
        p.tell("how often it is changed, which is not how often it is used", start, end - 1)
    return True


def all_day(p: State) -> bool:
    """all-day ::= ALLDAY [OF | ":" | "="] before an amount: "total daily dose 900 mg" is the total of a day.

    Also asks for: STOP.
    """
    kinds = p.kinds
    i = p.i + 1
    while kinds[i] in ("OF", "STOP", "EQ"):
        i += 1
    if kinds[i] not in NUMBER_KINDS or p.clause.dosed:
        return False
    p.i = i
    p.clause.per_day = True
    return True


def own_times(p: State) -> Times | None:
    """own-times ::= FREQ | (ONCE [OR ONCE] | span TIMES) period: a frequency that belongs to a bound or a target.

    Also asks for: DASH, TO, X.
    """
    start = p.i
    if p.kinds[start] == "FREQ":
        how, many, value, unit = p.values[start]
        if how != "times":
            return None
        p.i += 1
        return Times(many, many, value, unit)
    if p.kinds[start] == "ONCE":
        low = high = p.values[start]
        p.i += 1
        if p.kinds[p.i] in ("OR", "TO", "DASH") and p.kinds[p.i + 1] == "ONCE":
            high = max(high, p.values[p.i + 1])
            p.i += 2
    else:
        found = span(p)
        if found is None or p.kinds[p.i] not in ("TIMES", "X"):
            p.i = start
            return None
        low, high = found
        p.i += 1
    per = period(p)
    if per is None or low <= 0:
        p.i = start
        return None
    return Times(low, high, per[0], per[1])


RENEWALS: dict[str, Callable[[State], bool]] = {"EVERY": every, "FREQ": freq, "ADV": adverb, "ONCE": once}
"""What may say how often something is renewed."""
