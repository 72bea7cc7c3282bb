"""Productions for when and how often: frequencies, intervals, day parts, meals, clock times, weekdays."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.model import WHEN_ORDER, Cycle, Times
from doseref.dosage.state import State
from doseref.quantities import Range

ONE = Decimal(1)
_WEEK = Decimal(7)
_GENERAL = frozenset(("C", "AC", "PC"))
"""Timings by meals in general, which come as often as the frequency says."""
_RANK = {code: rank for rank, code in enumerate(WHEN_ORDER)}
_PARTS = {3: ("MORN", "NOON", "NIGHT"), 4: ("MORN", "NOON", "EVE", "NIGHT")}


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


def add_when(p: State, codes: tuple[str, ...]) -> None:
    """Add event timings, in the order of a day, each once."""
    have = p.c.when
    if not have and len(codes) == 1:
        p.c.when = codes
        return
    p.c.when = tuple(sorted({*have, *codes}, key=_RANK.__getitem__))


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
    elif k[p.i] == "ADV" and k[p.i + 1] == "OR" and k[p.i + 2] == "ONCE" and k[p.i + 3] == "ADV" and v[p.i] == v[p.i + 3]:
        high = max(high, v[p.i + 2])
        p.i += 3
    return _frequency(p, low, high, start)


def times_after(p: State, low: Decimal, high: Decimal) -> bool:
    """times ::= span (TIMES | X) [period]: three times daily, 3x/day; "× 5 days" is a duration and no frequency."""
    k = p.k
    start = p.i
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
        from doseref.dosage.around import route

        route(p) if p.k[p.i] == "ROUTE" else None
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
        from doseref.dosage.around import eye

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
        if low == high == ONE and p.c.times is not None and p.c.times.unit == unit and p.c.times.period == 1 and unit == "d" and p.k[start - 1] == "WHEN":
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


def drops(p: State) -> bool:
    """Whether the clause is of eye drops or ointment, so that OD is the right eye; the count, the form or the place says so."""
    c = p.c
    return (c.count is not None and c.count[2] == "{drop}") or c.form in ("drops", "ointment") or (c.site is not None and "eye" in c.site)


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
    if (kind == "ORDN" or (kind == "NUM" and k[p.i + 1] == "ORD" and v[p.i] > 1)) and k[p.i + (1 if kind == "ORDN" else 2)] == "T":
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
            if k[p.i] == "T" or k[p.i] == "HLY":
                unit = v[p.i]
                p.i += 1
                if k[p.i] in ("TO", "DASH", "OR") and k[p.i + 1] == "NUM" and k[p.i + 2] == "T" and v[p.i + 2] == unit and v[p.i + 1] >= high:
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


def when(p: State) -> bool:
    """when ::= WHEN ((AND | COMMA | "/" | PLUS) [AT] WHEN)*: at bedtime, morning and evening; equal parts of one option."""
    k, v = p.k, p.v
    start = p.i
    c = p.c
    codes: tuple[str, ...] = v[p.i]
    if c.time_first and c.dosed and not p.depth and _amount_follows(p, start + 1):
        c = _beside(p, start)
    if not c.dosed:
        c.time_first = True
    if p.link == "and" and c.times is not None and c.dosed and (not c.when or (_adds(p) and _GENERAL.issuperset(c.when))):
        c = _beside(p, start)
    p.i += 1
    add_when(p, codes)
    while True:
        i = p.i
        if k[i] in ("AND", "COMMA", "SLASH", "PLUS", "DASH"):
            i += 1
            if k[i] == "AND":
                i += 1
            if k[i] in ("AT", "EVERY", "IN", "ON"):
                i += 1
            if k[i] == "WHEN" and k[p.i] != "DASH" and _adds(p) and _GENERAL.issuperset(c.when) and not _GENERAL.issuperset(v[i]):
                return True
            if k[i] == "WHEN" and k[p.i] != "DASH":
                add_when(p, v[i])
                p.i = i + 1
                continue
            if k[p.i] in ("AND", "COMMA") and k[i] in ("BEFORE", "AFTER", "WITH") and k[i + 1] == "MEAL":
                p.i = i
                if meal(p):
                    continue
            p.i = i if False else p.i
        elif k[i] == "OR" and k[i + 1] == "WHEN":
            c.when_or = (*c.when_or, *v[i + 1])
            p.i = i + 2
            continue
        return True


def _amount_follows(p: State, i: int) -> bool:
    """Whether an amount comes right after a time of day ("morning: 10 mg; noon: 5 mg")."""
    while p.k[i] in ("STOP", "COMMA", "TAKE", "DASH"):
        i += 1
    return p.k[i] in NUMBER_KINDS or p.k[i] == "A"


def _adds(p: State) -> bool:
    """Whether a time after the meals is one more dose: two or three with meals and one at bedtime; four are all of them."""
    times = p.c.times
    return times is not None and times.unit == "d" and 1 < times.high < 4


def _beside(p: State, start: int):  # type: ignore[no-untyped-def]
    """A dose on top of a frequency ("twice daily and at bedtime"): the same dose, in a clause at the same time."""
    made = p.clause("and")
    made.start = start
    return made


def meal(p: State) -> bool:
    """meal ::= (BEFORE | AFTER | WITH) [EVERY | A] MEAL ((AND | OR | COMMA | "/") [BEFORE | …] MEAL)*."""
    k, v = p.k, p.v
    start = p.i
    head = k[start]
    letter = v[start]
    i = start + 1
    while k[i] in ("EVERY", "A", "AT") or (k[i] == "SLASH" and head == "WITH"):
        i += 1
    if k[i] == "OR" and k[i + 1] in ("BEFORE", "AFTER", "WITH") and k[i + 2] == "MEAL":
        i += 2
    if k[i] != "MEAL":
        if head == "WITH" and mixed(p):
            return True
        if head == "WITH" and k[i] in ("SUBST", "NOTE"):
            return _with(p, i)
        if head == "BEFORE" and k[i] == "WHEN":
            p.i = i
            return True
        return False
    add_when(p, (letter + v[i],))
    i += 1
    while k[i] in ("AND", "OR", "COMMA", "SLASH", "PLUS"):
        j = i + 1
        if k[j] == "AND":
            j += 1
        if k[j] in ("BEFORE", "AFTER", "WITH") and k[j + 1] == "MEAL":
            letter = v[j]
            j += 1
        if k[j] == "MEAL":
            if v[j]:
                add_when(p, (letter + v[j],))
            i = j + 1
        elif k[j] == "WHEN" and k[i] in ("AND", "COMMA", "SLASH") and not _adds(p):
            add_when(p, v[j])
            i = j + 1
        else:
            break
    p.i = i
    return True


def _with(p: State, i: int) -> bool:
    """with ::= WITH (SUBST | NOTE)+: what it is taken together with; understood, no part of the dosage."""
    k = p.k
    while k[i] in ("SUBST", "NOTE", "ID", "AND"):
        i += 1
    p.i = i
    return True


def at(p: State) -> bool:
    """at ::= AT clock ((COMMA | AND | "/") clock)*."""
    k = p.k
    start = p.i
    p.i += 1
    if k[p.i] == "WHEN":
        return when(p)
    if p.c.time_first and p.c.dosed and not p.depth:
        i = p.i + 1
        while k[i] == "WHEN":
            i += 1
        if _amount_follows(p, i):
            _beside(p, start)
    if not p.c.dosed:
        p.c.time_first = True
    if k[p.i] == "MEAL":
        add_when(p, ("C" + p.v[p.i],))
        p.i += 1
        return True
    if not _clock(p):
        p.i = start
        return False
    return clocks(p)


def clocks(p: State) -> bool:
    """clocks ::= ((COMMA | AND | "/" | OR) [AT] clock)*."""
    k = p.k
    while k[p.i] in ("COMMA", "AND", "SLASH", "PLUS"):
        back = p.i
        p.i += 1
        p.skip("AND")
        p.skip("AT")
        if not _clock(p):
            p.i = back
            return True
    return True


def _clock(p: State) -> bool:
    """clock ::= TIME [AM | PM] | NUM [AM | PM | "h"] | four digits | NOON."""
    k, v = p.k, p.v
    i = p.i
    if k[i] == "TIME":
        p.i += 1
        hour, minute = int(v[i][:2]), v[i][3:]
    elif k[i] == "NUM" or (k[i] == "BAD" and (raw := p.tokens.raw[p.tokens.first[i]]).isdigit() and len(raw) == 4 and raw.isascii()):
        raw = p.tokens.raw[p.tokens.first[i]]
        if len(raw) == 4 and raw.isdigit() and int(raw[:2]) < 25 and int(raw[2:]) < 60:
            hour, minute = int(raw[:2]) % 24, raw[2:]
        elif k[i] == "NUM" and k[i + 1] == "WHEN" and v[i + 1] in (("MORN",), ("EVE",)) and 1 <= v[i] <= 12:
            whole = int(v[i])
            rest = int((v[i] - whole) * 100)
            if rest > 59:
                return False
            hour, minute = whole, f"{rest:02d}"
        elif k[i] == "NUM" and v[i] == int(v[i]) and 0 <= v[i] < 24 and k[i + 1] not in ("U", "C", "HH", "T", "TIMES", "X", "NUM", "DASH", "SLASH"):
            if v[i] == 12 and k[i + 1] == "WHEN" and v[i + 1] == ("NOON",):
                p.i += 1
                return True
            hour, minute = int(v[i]), "00"
            j = i + 1
            while k[j] in ("COMMA", "AND", "NUM"):
                j += 1
            if k[j] == "WHEN" and v[j] == ("EVE",) and hour < 12:
                hour += 12
            elif k[j] != "WHEN":
                return False
        else:
            return False
        p.i += 1
    else:
        return False
    if k[p.i] == "WHEN" and v[p.i] in (("MORN",), ("EVE",)) and hour <= 12:
        hour = hour % 12 + (12 if v[p.i] == ("EVE",) else 0)
        p.i += 1
    elif k[p.i] == "T" and v[p.i] == "h":
        p.i += 1
    p.c.at = tuple(sorted({*p.c.at, f"{hour:02d}:{minute}"}))
    return True


def time_item(p: State) -> bool:
    """time-item ::= clock clocks: a clock time without "at"."""
    if p.c.time_first and p.c.dosed and not p.depth and _amount_follows(p, p.i + 1):
        _beside(p, p.i)
    if not p.c.dosed:
        p.c.time_first = True
    return _clock(p) and clocks(p)


def weekday(p: State) -> bool:
    """weekday ::= DAYW ((COMMA | "/" | AND | DASH | TO) DAYW)*."""
    k, v = p.k, p.v
    order = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    found = list(v[p.i])
    p.i += 1
    while True:
        i = p.i
        if k[i] in ("DASH", "TO") and k[i + 1] == "DAYW":
            first, last = order.index(found[-1]), order.index(v[i + 1][0])
            found += [order[day % 7] for day in range(first + 1, (last if last > first else last + 7) + 1)]
            p.i = i + 2
        elif k[i] in ("COMMA", "SLASH", "AND", "PLUS"):
            j = i + 1
            if k[j] == "AND":
                j += 1
            if k[j] in ("ON", "EVERY"):
                j += 1
            if k[j] != "DAYW":
                break
            found += v[j]
            p.i = j + 1
        else:
            break
    p.c.days = tuple(day for day in order if day in found or day in p.c.days)
    return True


def schedule(p: State) -> bool:
    """schedule ::= NUM DASH NUM DASH NUM [DASH NUM] [C]: morning, noon, (evening,) night; a longer falling row is a taper."""
    k, v = p.k, p.v
    start = p.i
    numbers: list[Decimal] = []
    while True:
        if k[p.i] == "NUM":
            value = v[p.i]
            p.i += 1
            if k[p.i] == "SLASH" and k[p.i + 1] == "NUM" and v[p.i + 1] in (2, 4):
                value = value / v[p.i + 1]
                p.i += 2
            elif k[p.i] == "FR":
                value += v[p.i]
                p.i += 1
        elif k[p.i] == "FR":
            value = v[p.i]
            p.i += 1
        else:
            break
        numbers.append(value)
        if k[p.i] != "DASH":
            break
        p.i += 1
    from doseref.dosage.phases import day_parts, falling

    if len(numbers) >= 4 and all(a > b for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[-1] > 0:
        return falling(p, numbers, start)
    if len(numbers) in _PARTS and max(numbers) <= 20 and any(numbers):
        return day_parts(p, numbers, _PARTS[len(numbers)], start)
    p.i = start
    return False


def mixed(p: State) -> bool:
    """mixed ::= (IN | WITH) [A] [NUM] (U | OZ | …)* [OF] WATER: what it is taken in; understood, no part of the dosage."""
    k = p.k
    i = p.i + 1
    while k[i] in ("NUM", "U", "OZ", "OF", "A", "FR", "HALF", "HH") and i < p.i + 7:
        i += 1
    if k[i] != "WATER" and not (k[i - 1] == "OZ"):
        return False
    p.i = i + (k[i] == "WATER")
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


def stretch(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """stretch ::= span T (ON [COMMA | "/" | AND] span T OFF | (BEFORE | AFTER) meal | COURSE | PER T | A T)."""
    k, v = p.k, p.v
    unit = v[p.i]
    i = p.i + 1
    if k[i] == "ON" and low == high:
        j = i + 1
        while k[j] in ("COMMA", "SLASH", "AND", "THEN", "FOR", "DASH"):
            j += 1
        if k[j] == "NUM" and k[j + 1] == "T" and v[j + 1] == unit and k[j + 2] == "HOLD":
            p.c.cycle = Cycle(low, v[j], unit)
            p.i = j + 3
            return True
        if k[j] == "NUM" and k[j + 1] == "HOLD":
            p.c.cycle = Cycle(low, v[j], unit)
            p.i = j + 2
            return True
    if k[i] == "APART":
        p.i = i + 1
        set_every(p, low, high, unit, start)
        return True
    if k[i] == "HOLD" and low == high:
        source = p.c if p.c.duration is not None or len(p.clauses) == 1 else p.clauses[-2]
        if source.duration is not None and source.duration.unit == unit and source.duration.single:
            source.cycle = Cycle(source.duration.low, low, unit)
            source.duration = None
            p.i = i + 1
            return True
    if k[i] in ("BEFORE", "AFTER") and k[i + 1] in ("OR", "AND") and k[i + 2] == "NUM" and k[i + 3] == "T" and k[i + 4] in ("BEFORE", "AFTER") and k[i + 5] == "MEAL":
        p.i = i + 6
        return True
    if k[i] in ("BEFORE", "AFTER"):
        p.i = i
        if meal(p):
            return True
        p.i = start
        return False
    if k[i] == "WHEN" and p.tokens.raw[p.tokens.first[i]] in ("before", "prior"):
        p.i = i
        return when(p)
    if k[i] == "COURSE" or (k[i] == "END" and k[start - 1] in ("COMMA", "LP", "STOP", "X") and p.c.timed):
        p.i = i + (k[i] == "COURSE")
        p.c.duration = Range(low, high, unit)
        return True
    if k[i] in ("PER", "A", "EVERY", "SLASH", "OF", "OUT") and k[i + 1] == "T" and low == high:
        return _part_of(p, low, unit, i + 1)
    return False


def _part_of(p: State, low: Decimal, unit: str, i: int) -> bool:
    """part-of ::= NUM T PER T: 3 weeks per month is a cycle of 3 on, 1 off; 5 days a week is 5 times per week."""
    whole = p.v[i]
    p.i = i + 1
    length = {("d", "wk"): 7, ("wk", "mo"): 4}.get((unit, whole))
    if length is None or low >= length:
        return False
    p.c.cycle = Cycle(low, length - low, unit)
    return True
