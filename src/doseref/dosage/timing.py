"""Productions for when and how often: frequencies, intervals, day parts, meals, clock times, weekdays."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.around import eye, route
from doseref.dosage.dayparts import add_when, drops, weekday, when
from doseref.dosage.model import Times
from doseref.dosage.state import State
from doseref.quantities import Range

ONE = Decimal(1)
_WEEK = Decimal(7)


def set_times(p: State, low: Decimal, high: Decimal, period: Decimal, unit: str, start: int) -> None:
    """Set administrations per period; a second, different frequency is a contradiction that is told."""
    c = p.c
    if high == 0:
        p.tell("no times at all", start, max(start, p.i - 1), "implausible")
        p.fatal = True
        return
    if period == _WEEK and unit == "d":
        period, unit = ONE, "wk"
    made = Times(low, high, period, unit)
    if c.times is not None and c.times != made:
        if c.times == Times(ONE, ONE, ONE, unit) and c.per_day:
            pass
        else:
            p.tell("a second, different frequency", start, max(start, p.i - 1), "contradiction")
            return
    c.times = made


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
        p.tell("an interval of nothing", start, p.i - 1, "implausible")
        return
    made = Range(low, high, unit)
    if p.c.every is not None and p.c.every != made:
        p.tell("a second, different interval", start, max(start, p.i - 1), "contradiction")
        return
    p.c.every = made


def period(p: State) -> tuple[Decimal, str] | None:
    """period ::= ADV | (PER | "/" | A | EVERY | IN | FOR) [NUM | A] T | "every day"; what a frequency is per."""
    k, v = p.k, p.v
    i = p.i
    if k[i] == "DASH":
        i += 1
    kind = k[i]
    if kind == "ADV":
        p.i = i + 1
        return ONE, v[i]
    if kind == "FREQ" and v[i][:3] == ("times", ONE, ONE):
        p.i = i + 1
        return ONE, v[i][3]
    if kind in ("PER", "SLASH", "A", "EVERY", "IN", "ON"):
        j = i + 1
        if k[j] == "A" or k[j] == "EVERY":
            j += 1
        if k[j] == "T" and (kind != "ON" and (kind != "IN" or j > i + 1)):
            p.i = j + 1
            return ONE, v[j]
        if k[j] == "NUM" and k[j + 1] == "T" and kind in ("PER", "SLASH", "IN", "EVERY"):
            p.i = j + 2
            if v[j + 1] == "h" and v[j] == 24:
                return ONE, "d"
            return v[j], v[j + 1]
    return None


def once(p: State) -> bool:
    """once ::= ONCE [(OR | TO | DASH) ONCE] [period]: once daily, once or twice a week; bare "once" is one dose."""
    k, v = p.k, p.v
    start = p.i
    low = high = v[start]
    p.i = start + 1
    if k[p.i] in ("OR", "TO", "DASH") and k[p.i + 1] == "ONCE":
        high = max(high, v[p.i + 1])
        p.i += 2
    elif k[p.i] in ("OR", "TO", "DASH") and k[p.i + 1] == "NUM" and k[p.i + 2] in ("TIMES", "X"):
        high = max(high, v[p.i + 1])
        p.i += 3
    elif (
        k[p.i] == "ADV" and k[p.i + 1] == "OR" and k[p.i + 2] == "ONCE" and k[p.i + 3] == "ADV" and v[p.i] == v[p.i + 3]
    ):
        high = max(high, v[p.i + 2])
        p.i += 3
    return _frequency(p, low, high, start)


def times_after(p: State, low: Decimal, high: Decimal) -> bool:
    """times ::= span (TIMES | X) [period]: three times daily, 3x/day; "× 5 days" is a duration and no frequency."""
    k = p.k
    start = p.i
    if (
        k[start] == "X"
        and k[start + 1] == "T"
        and p.v[start + 1] == "d"
        and p.tokens.raw[p.tokens.first[start + 1]] == "day"
    ):
        p.i = start + 2
        set_times(p, low, high, ONE, "d", start)
        return True
    if k[start] == "X" and k[start + 1] in ("NUM", "T", "POW", "END", "COMMA", "STOP", "RP"):
        return False
    p.i = start + 1
    if k[p.i] in ("OR", "TO", "DASH") and k[p.i + 1] == "NUM" and k[p.i + 2] in ("TIMES", "X"):
        high = max(high, p.v[p.i + 1])
        p.i += 3
    if not _frequency(p, low, high, start):
        p.i = start
        return False
    return True


def _frequency(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """frequency ::= [period], after how many times have been read."""
    found = period(p)
    c = p.c
    if found is not None:
        if found[0] == ONE and found[1] == "d" and p.k[p.i] == "DIV":
            c.per_day = True
        if low == high == ONE and found[0] != ONE:
            set_every(p, found[0], found[0], found[1], start)
        else:
            set_times(p, low, high, found[0], found[1], start)
        return True
    if low == high == ONE and p.k[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in ("nightly", "every", "each"):
        set_times(p, ONE, ONE, ONE, "d", start)
        return True
    if low == high == ONE:
        if p.k[p.i] not in ("WHEN", "EVERY", "FREQ", "AT", "BEFORE", "AFTER", "WITH", "ON", "DAYW", "OR"):
            c.doses_total = c.doses_total or Range(ONE, ONE, "{dose}")
        return True
    if (p.k[p.i] == "ON" and p.k[p.i + 1] == "T" and p.k[p.i + 2] == "NUM") or c.from_day is not None:
        set_times(p, low, high, ONE, "d", start)
        return True
    if p.k[p.i] == "ROUTE" or p.k[p.i] == "FORM":
        back = p.i
        if p.k[p.i] == "ROUTE":
            route(p)
        found = period(p) if p.i > back else None
        if found is not None:
            set_times(p, low, high, found[0], found[1], start)
            return True
        p.i = back
    p.tell("how many times, but not in which period", start, max(start, p.i - 1), "ambiguous")
    return True


def freq(p: State) -> bool:
    """freq ::= FREQ [(DASH | TO | OR | "/") FREQ]: bid, q.i.d., every other day, tds-qds; OD with drops is the right eye."""
    start = p.i
    if p.tokens.raw[p.tokens.first[start]] in ("od", "o.d.") and not p.c.site and drops(p):
        p.v[start] = "right eye"
        return eye(p)
    how, low, value, unit = p.v[start]
    p.i = start + 1
    if how == "times":
        high = low
        if p.k[p.i] in ("DASH", "TO", "OR", "SLASH") and p.k[p.i + 1] == "FREQ":
            other = p.v[p.i + 1]
            if other[0] == "times" and other[3] == unit:
                low, high = min(low, other[1]), max(low, other[1])
                p.i += 2
        if (
            low == high == ONE
            and p.c.times is not None
            and p.c.times.unit == unit
            and p.c.times.period == 1
            and unit == "d"
            and p.k[start - 1] == "WHEN"
        ):
            return True
        if p.k[p.i] == "ADV" and p.v[p.i] == unit:
            p.i += 1
        if p.k[p.i] == "DIV" and unit == "d" and low == ONE == high:
            p.c.per_day = True
            return True
        set_times(p, low, high, value, unit, start)
    else:
        set_every(p, low, low, unit, start)
    return True


def adverb(p: State) -> bool:
    """adverb ::= ADV: daily, weekly, monthly, yearly; beside a frequency of the day "daily" says nothing new."""
    start = p.i
    unit = p.v[start]
    p.i = start + 1
    c = p.c
    if p.k[p.i] == "ALLDAY" or p.k[start - 1] == "ALLDAY":
        p.i += p.k[p.i] == "ALLDAY"
        c.per_day = True
        return True
    if p.k[p.i] == "DIV":
        c.per_day = True
        return True
    if p.k[p.i] == "IN" and p.k[p.i + 1] in NUMBER_KINDS:
        back = p.i
        if within(p) and c.per_day:
            return True
        p.i = back
    if c.doses_total is not None and unit == "d" and p.k[start - 1] == "C" and p.v[start - 1] == "{dose}":
        low, high = c.doses_total.low, c.doses_total.high  # "x 6 doses daily"
        c.doses_total = None
        set_times(p, low, high, ONE, "d", start)
        return True
    if c.times is not None and c.times.unit == unit:
        return True
    if c.every is not None and c.every.unit == "h" and unit == "d":
        return True
    if c.per_day and unit == "d":
        return True
    if p.k[p.i] == "OR" and p.k[p.i + 1] == "FREQ" and p.v[p.i + 1][0] == "times" and p.v[p.i + 1][3] == unit:
        high = p.v[p.i + 1][1]
        p.i += 2
        set_times(p, ONE, high, ONE, unit, start)
        return True
    if p.k[p.i] == "OR" and p.k[p.i + 1] == "ONCE" and p.k[p.i + 2] == "ADV" and p.v[p.i + 2] == unit:
        high = p.v[p.i + 1]
        p.i += 3
        set_times(p, ONE, high, ONE, unit, start)
        return True
    set_times(p, ONE, ONE, ONE, unit, start)
    return True


def every(p: State) -> bool:
    """every ::= EVERY (span T [TO number T] | T | WHEN | DAYW | MEAL | ordinal T): q4-6h, every 8 hours, each evening."""
    k, v = p.k, p.v
    start = p.i
    p.i = start + 1
    if k[p.i] == "STOP" and k[p.i + 1] in NUMBER_KINDS:
        p.i += 1
    kind = k[p.i]
    if (kind == "ORDN" or (kind == "NUM" and k[p.i + 1] == "ORD" and v[p.i] > 1)) and k[
        p.i + (1 if kind == "ORDN" else 2)
    ] == "T":
        many = v[p.i]
        p.i += 2 if kind == "ORDN" else 3
        set_every(p, many, many, v[p.i - 1], start)
        return True
    if kind in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            low, high = found
            if k[p.i] == "DASH":
                p.i += 1
            if k[p.i] == "T" or k[p.i] == "HLY" or (k[p.i] == "WITH" and p.tokens.raw[p.tokens.first[p.i]] == "w"):
                unit = v[p.i] if k[p.i] != "WITH" else "wk"
                p.i += 1
                if (
                    k[p.i] in ("TO", "DASH", "OR")
                    and k[p.i + 1] == "NUM"
                    and k[p.i + 2] == "T"
                    and v[p.i + 2] == unit
                    and v[p.i + 1] >= high
                ):
                    high = v[p.i + 1]
                    p.i += 3
                set_every(p, low, high, unit, start)
                return True
            if k[p.i] == "WHEN" or k[p.i] == "END":
                pass
        p.i = start
        return False
    if kind == "OTHER" and k[p.i + 1] in ("T", "WHEN", "DAYW"):
        p.i += 1
        if k[p.i] == "T":
            p.i += 1
            set_every(p, Decimal(2), Decimal(2), v[p.i - 1], start)
            return True
        set_every(p, Decimal(2), Decimal(2), "d" if k[p.i] == "WHEN" else "wk", start)
        return when(p) if k[p.i] == "WHEN" else weekday(p)
    if kind == "T":
        p.i += 1
        set_every(p, ONE, ONE, v[p.i - 1], start)
        return True
    if kind == "WHEN":
        return when(p)
    if kind == "DAYW":
        return weekday(p)
    if kind == "MEAL":
        add_when(p, ("C" + v[p.i],))
        p.i += 1
        return True
    if kind == "DASH" and k[p.i + 1] in NUMBER_KINDS:
        p.i = start
        return False
    p.i = start
    return False


def awake(p: State) -> bool:
    """awake ::= AWAKE after an interval: no doses at night, so fewer in a day; at least those of twelve hours."""
    every = p.c.every
    if every is None or every.unit != "h" or p.c.times is not None:
        return False
    least = max(ONE, Decimal(12) // every.high)
    most = -(Decimal(-24) // every.low) if Decimal(24) % every.low == 0 else Decimal(24) // every.low + 1
    p.c.times = Times(least, most, ONE, "d")
    p.i += 1
    return True


def within(p: State) -> bool:
    """within ::= IN (span DIV | span doses | NUM hours | A T | EVERY …): in 3 divided doses."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    if k[p.i] in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            if k[p.i] == "EQ":
                p.i += 1
            if k[p.i] == "DIV" or (k[p.i] == "C" and v[p.i] == "{dose}"):
                p.i += 1
                p.c.per_day = True
                p.c.times = None
                set_times(p, found[0], found[1], ONE, "d", start)
                return True
            if k[p.i] == "T" and v[p.i] == "h" and found[0] == 24 and p.c.times is not None:
                p.i += 1
                return True
    p.i = start
    return False


def divided(p: State) -> bool:
    """divided ::= DIV [[IN | INTO] span doses | freq]: the dose before it is a total of the day."""
    c = p.c
    start = p.i
    p.i += 1
    c.per_day = True
    if c.times == Times(ONE, ONE, ONE, "d"):
        c.times = None
    if p.k[p.i] in ("IN", "INTO") and p.k[p.i + 1] == "NUM":
        back = p.i
        p.i += 1
        found = span(p)
        if found is not None and p.k[p.i] == "C" and p.v[p.i] == "{dose}":
            p.i += 1
            set_times(p, found[0], found[1], ONE, "d", start)
        else:
            p.i = back
    return True


def own_times(p: State) -> Times | None:
    """own-times ::= FREQ | (ONCE [OR ONCE] | span TIMES) period: a frequency that belongs to a bound or a target."""
    start = p.i
    if p.k[start] == "FREQ":
        how, many, value, unit = p.v[start]
        if how != "times":
            return None
        p.i += 1
        return Times(many, many, value, unit)
    if p.k[start] == "ONCE":
        low = high = p.v[start]
        p.i += 1
        if p.k[p.i] in ("OR", "TO", "DASH") and p.k[p.i + 1] == "ONCE":
            high = max(high, p.v[p.i + 1])
            p.i += 2
    else:
        found = span(p)
        if found is None or p.k[p.i] not in ("TIMES", "X"):
            p.i = start
            return None
        low, high = found
        p.i += 1
    per = period(p)
    if per is None or low <= 0:
        p.i = start
        return None
    return Times(low, high, per[0], per[1])
