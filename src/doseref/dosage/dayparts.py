"""Productions for when in the day and the week: day parts, meals, clock times, weekdays, 1-0-1."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage import alternating, either
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.bare_hours import bare_hours, full_hours, hours_apart
from doseref.dosage.falling_rows import falling
from doseref.dosage.mealtimes import meal
from doseref.dosage.model import Strength
from doseref.dosage.moments import add_when, beside, completes, days_in_front, own_dose
from doseref.dosage.phases import day_parts
from doseref.dosage.state import State
from doseref.dosage.timing import set_times
from doseref.quantities import ONE

_MOST_IN_A_PART = 20
"""More than this without a unit is no count of tablets at one time of day."""
_PARTS = {3: ("MORN", "NOON", "NIGHT"), 4: ("MORN", "NOON", "EVE", "NIGHT")}


def drops(p: State) -> bool:
    """Whether the clause is of eye drops or ointment, so that OD is the right eye;
    the count, the form or the place says so.
    """
    clause = p.clause
    return (
        (clause.count is not None and clause.count[2] == "{drop}")
        or clause.form in ("drops", "ointment")
        or (clause.site is not None and "eye" in clause.site)
    )


def when(p: State) -> bool:
    """when ::= WHEN ((AND | COMMA | "/" | PLUS) [AT] WHEN)*: at bedtime, morning and evening; equal parts of one
    option.

    Also asks for: AFTER, BEFORE, C, DASH, EVERY, IN, MEAL, ON, OR, WITH.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    clause = p.clause
    codes: tuple[str, ...] = values[p.i]
    if clause.time_first and clause.dosed and not p.depth and amount_follows(p, start + 1):
        clause = beside(p, start)
    if not clause.dosed:
        clause.time_first = True
    apart = p.link == "and" or (p.link == "," and clause.when != ("C",))  # "with food, at night" is once
    if apart and own_dose(p, codes):
        if not clause.dosed:
            p.tell("the meals and this time are doses apart; write the amount first", start)
        clause = beside(p, start)
    elif (
        p.link == "and"
        and clause.times is not None
        and clause.dosed
        and not clause.when
        and not completes(clause, codes)
    ):
        clause = beside(p, start)
    p.i += 1
    add_when(p, codes)
    while True:
        i = p.i
        if kinds[i] in ("AND", "COMMA", "SLASH", "PLUS", "DASH"):
            i += 1
            if kinds[i] == "AND":
                i += 1
            if kinds[i] in ("AT", "EVERY", "IN", "ON"):
                i += 1
            if kinds[i] == "WHEN" and kinds[p.i] != "DASH" and own_dose(p, values[i]):
                return True
            if kinds[i] == "WHEN" and kinds[p.i] != "DASH":
                p.link = "and"
                add_when(p, values[i])
                p.i = i + 1
                continue
            if kinds[p.i] in ("AND", "COMMA") and kinds[i] in ("BEFORE", "AFTER", "WITH") and kinds[i + 1] == "MEAL":
                p.link = "and" if "AND" in kinds[p.i : i] else ","
                p.i = i
                if meal(p):
                    continue
        elif kinds[i] == "OR" and kinds[i + 1] == "WHEN" and not either.said(p, i):
            clause.when_or = (*clause.when_or, *values[i + 1])
            p.i = i + 2
            continue
        return True


def amount_follows(p: State, i: int) -> bool:
    """Whether an amount comes right after a time of day ("morning: 10 mg; noon: 5 mg")."""
    while p.kinds[i] in ("STOP", "COMMA", "TAKE", "DASH"):
        i += 1
    return p.kinds[i] in NUMBER_KINDS or p.kinds[i] == "A"


def at(p: State) -> bool:
    """at ::= AT clock ((COMMA | AND | "/") clock)*.

    Also asks for: MEAL, WHEN.
    """
    kinds = p.kinds
    start = p.i
    p.i += 1
    if kinds[p.i] == "WHEN":
        return when(p)
    if p.clause.time_first and p.clause.dosed and not p.depth:
        i = p.i + 1
        while kinds[i] == "WHEN":
            i += 1
        if amount_follows(p, i):
            beside(p, start)
    if not p.clause.dosed:
        p.clause.time_first = True
    if kinds[p.i] == "MEAL":
        add_when(p, ("C" + p.values[p.i],))
        p.i += 1
        return True
    p.i = start
    if bare_hours(p) or full_hours(p):
        return True
    p.i = start + 1
    if not clock_time(p):
        p.i = start
        return False
    return clocks(p)


def clocks(p: State) -> bool:
    """clocks ::= ((COMMA | AND | "/" | PLUS) [AND] [AT] clock)* | four-digits+: "at 8am and 2pm", "at 0700 1100 1500".

    Also asks for: NUM, WHEN.
    """
    kinds = p.kinds
    while _of_a_ward(p, p.i - 1) and _of_a_ward(p, p.i) and kinds[p.i + 1] not in _NO_CLOCK and clock_time(p):
        pass
    while kinds[p.i] in ("COMMA", "AND", "SLASH", "PLUS"):
        back = p.i
        p.i += 1
        p.skip("AND")
        at = p.skip("AT")
        counted = not at and kinds[p.i : p.i + 2] == ["NUM", "WHEN"] and p.tokens.raw[p.tokens.first[p.i + 1]] in _LATIN
        if counted or not clock_time(p):  # "at 8am and 1 nocte": how many
            p.i = back
            return True
    return True


_NO_CLOCK = frozenset(("U", "C", "HH", "T", "TIMES", "X", "DASH", "FORM", "HALF", "FR"))
"""What shows the number before it to be how much."""


def _of_a_ward(p: State, i: int) -> bool:
    """Whether the token at ``i`` can be a clock time of four digits: "0730"."""
    raw = p.tokens.raw[p.tokens.first[i]] if i >= 0 else ""
    return len(raw) == 4 and raw.isdigit() and raw.isascii() and raw < "2460" and raw[2:] < "60" and raw[3] in "05"


_LATIN = frozenset("mane om nocte noct on hs qhs qam qpm".split())
"""Times of day of prescriptions, before which stands how many and never an hour."""


def clock_time(p: State) -> bool:
    """clock ::= TIME [AM | PM] | NUM [AM | PM | "h"] | four digits | NOON.

    Also asks for: AND, BAD, C, COMMA, DASH, HH, SLASH, T, TIMES, U, WHEN, X.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    if kinds[i] == "TIME":
        p.i += 1
        hour, minute = int(values[i][:2]), values[i][3:]
    elif kinds[i] == "NUM" or (
        kinds[i] == "BAD" and (raw := p.tokens.raw[p.tokens.first[i]]).isdigit() and len(raw) == 4 and raw.isascii()
    ):
        raw = p.tokens.raw[p.tokens.first[i]]
        if len(raw) == 4 and raw.isdigit() and int(raw[:2]) < 25 and int(raw[2:]) < 60:
            hour, minute = int(raw[:2]) % 24, raw[2:]
        elif (
            kinds[i] == "NUM"
            and kinds[i + 1] == "WHEN"
            and values[i + 1] in (("MORN",), ("EVE",))
            and 1 <= values[i] <= 12
        ):
            whole = int(values[i])
            rest = int((values[i] - whole) * 100)
            if rest > 59:
                return False
            hour, minute = whole, f"{rest:02d}"
        elif (
            kinds[i] == "NUM"
            and values[i] == int(values[i])
            and 0 <= values[i] < 24
            and kinds[i + 1] not in ("U", "C", "HH", "T", "TIMES", "X", "NUM", "DASH", "SLASH")
        ):
            if values[i] == 12 and kinds[i + 1] == "WHEN" and values[i + 1] == ("NOON",):
                if p.clause.at:
                    p.clause.at = tuple(sorted({*p.clause.at, "12:00"}))
                    p.i += 1
                p.i += 1
                return True
            hour, minute = int(values[i]), "00"
            j = i + 1
            while kinds[j] in ("COMMA", "AND", "NUM"):
                j += 1
            if kinds[j] == "WHEN" and values[j] == ("EVE",) and hour < 12:
                hour += 12
            elif kinds[j] != "WHEN":
                return False
        else:
            return False
        p.i += 1
    else:
        return False
    if kinds[p.i] == "WHEN" and values[p.i] in (("MORN",), ("EVE",)) and hour <= 12:
        hour = hour % 12 + (12 if values[p.i] == ("EVE",) else 0)
        p.i += 1
    elif kinds[p.i] == "T" and values[p.i] == "h":
        p.i += 1
    p.clause.at = tuple(sorted({*p.clause.at, f"{hour:02d}:{minute}"}))
    return True


def time_item(p: State) -> bool:
    """time-item ::= clock clocks: a clock time without "at"."""
    if p.clause.time_first and p.clause.dosed and not p.depth and amount_follows(p, p.i + 1):
        beside(p, p.i)
    if not p.clause.dosed:
        p.clause.time_first = True
    return clock_time(p) and clocks(p)


def weekday(p: State) -> bool:
    """weekday ::= DAYW ([COMMA | "/" | AND | DASH | TO] DAYW)*.

    Also asks for: EVERY, ON, PLUS.
    """
    kinds, values = p.kinds, p.values
    order = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    start, found = p.i, list(values[p.i])
    p.i += 1
    if found == ["rest"]:
        return _other_weekdays(p, order)
    while True:
        i = p.i
        if kinds[i] in ("DASH", "TO") and kinds[i + 1] == "DAYW":
            first, last = order.index(found[-1]), order.index(values[i + 1][0])
            found += [order[day % 7] for day in range(first + 1, (last if last > first else last + 7) + 1)]
            p.i = i + 2
        elif kinds[i] in ("COMMA", "SLASH", "AND", "PLUS"):
            j = i + 1
            if kinds[j] == "AND":
                j += 1
            if kinds[j] in ("ON", "EVERY"):
                j += 1
            if kinds[j] != "DAYW":
                break
            found += values[j]
            p.i = j + 1
        elif kinds[i] == "DAYW" and values[i] != ("rest",):
            found += values[i]
            p.i = i + 1
        else:
            break
    _product_before(p, start)
    if _heads_another(p):
        beside(p, start)
    p.clause.days = tuple(day for day in order if day in found or day in p.clause.days)
    return True


def _product_before(p: State, start: int) -> None:
    """Call an amount with its form before days that stand in front of a dose the strength that it is: "5 mg tablets: Mon Wed
    Fri 1 tablet, Tue Thu Sat Sun 2 tablets".

    Also asks for: COMMA, STOP, TAKE.
    """
    clause, kinds = p.clause, p.kinds
    if clause.form is None or len(clause.masses) != 1 or clause.count is not None or clause.timed or p.depth:
        return
    if kinds[start - 1] in ("STOP", "COMMA") and kinds[p.i + (kinds[p.i] in ("STOP", "TAKE"))] in NUMBER_KINDS:
        clause.strengths.append(p.strength_of(clause.masses.pop()))


def _heads_another(p: State) -> bool:
    """Whether days stand in front of a dose of their own, as others do in front of the dose before: "Mon Wed Fri 4 mg, Tue Thu
    Sat Sun 3 mg".

    Also asks for: A, DASH, STOP, TAKE.
    """
    clause = p.clause
    before = p.clauses[-2] if len(p.clauses) > 1 and not clause.days else clause
    if not clause.dosed or p.depth or not days_in_front(p, before):
        return False
    return p.kinds[p.i + (p.kinds[p.i] in ("STOP", "DASH", "TAKE"))] in (*NUMBER_KINDS, "A")


def _other_weekdays(p: State, order: tuple[str, ...]) -> bool:
    """ "5 mg Mon/Wed/Fri and 2.5 mg all other days": the days of the week that no clause before names."""
    if alternating.other_days(p):
        return True
    headed = _heads_another(p)  # "Mon Wed Fri 4 mg, other days 3 mg"
    if headed:
        beside(p, p.i - 1)
    named = {day for clause in p.clauses if clause is not p.clause for day in clause.days}
    left = tuple(day for day in order if day not in named)
    if not named or not left or p.clause.days or not (p.clause.dosed or headed):
        p.tell("which days are the others?", p.i - 1, kind="ambiguous")
        p.fatal = True
    p.clause.days = left
    return True


_LATE = 6
"""An hour of a row is this or more at least once; no row of tablets is."""


def _hours_of_a_day(numbers: list[Decimal]) -> bool:
    """Whether a row can be the hours at which it is taken: "8-12-4", "6-2-10", each the next such hour in one day."""
    if not all(number == int(number) and 1 <= number <= 12 for number in numbers) or max(numbers) < _LATE:
        return False
    return len(set(numbers)) > 1 and hours_apart(numbers) < 24


def schedule(p: State) -> bool:
    """schedule ::= part DASH part DASH part [DASH part] [C]: morning, noon, (evening,) night, with part ::= NUM [FR] |
    FR | ROMAN ("i-ii-i"); a longer falling row is a taper.

    Also asks for: FR, NUM, PLUS, ROMAN, SLASH, T, U.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    numbers: list[Decimal] = []
    signs: set[str] = set()
    while True:
        if kinds[p.i] == "NUM":
            value = values[p.i]
            p.i += 1
            if kinds[p.i] == "SLASH" and kinds[p.i + 1] == "NUM" and values[p.i + 1] in (2, 4):
                value = value / values[p.i + 1]
                p.i += 2
            elif kinds[p.i] == "FR" and kinds[p.i + 1] != "T":  # "1-0-0 ½ hr before food"
                value += values[p.i]
                p.i += 1
        elif kinds[p.i] == "FR" or kinds[p.i] == "ROMAN":
            value = values[p.i]
            p.i += 1
        else:
            break
        numbers.append(value)
        if kinds[p.i] != "DASH" and (kinds[p.i] != "PLUS" or kinds[p.i + 1] not in ("NUM", "FR")):
            break
        if signs - {kinds[p.i]}:
            break  # "1-1-1 + 20 mg at night"
        signs.add(kinds[p.i])
        p.i += 1
    if not numbers:  # "half-half-one": told as it stands
        p.i = start
        return False
    if len(numbers) >= 4 and all(a > b for a, b in pairwise(numbers)) and numbers[-1] > 0:
        return falling(p, numbers, start)
    if (
        kinds[p.i] == "U"
        and kinds[p.i + 1] == "NUM"
        and kinds[p.i + 2] == "C"
        and max(numbers) > _MOST_IN_A_PART
        and not p.clause.dosed
    ):
        p.clause.strengths += [Strength(value, values[p.i]) for value in numbers]  # "50-325-40 mg 1 cap"
        p.i += 1
        return True
    if kinds[p.i] not in ("U", "C") and not p.clause.count and _hours_of_a_day(numbers):
        p.tell("hours of the day, or how many at each?", start, p.i - 1, "ambiguous")
        p.fatal = True
        return True
    if len(numbers) in _PARTS and (max(numbers) <= _MOST_IN_A_PART or kinds[p.i] == "U") and any(numbers):
        return day_parts(p, numbers, _PARTS[len(numbers)], start)
    if len(numbers) in _MANY_PARTS and len(set(numbers)) == 1 and 0 < numbers[0] <= 1 and _bare_row(p):
        p.clause.count, p.clause.count_index = (numbers[0], numbers[0], None), start
        set_times(p, Decimal(len(numbers)), Decimal(len(numbers)), ONE, "d", start)
        return True  # "1-1-1-1-1": as often as there are parts
    p.i = start
    return False


_MANY_PARTS = (5, 6)
"""Parts of a day that have no names; a row of as many equal ones says how often."""


def _bare_row(p: State) -> bool:
    """Whether a row counts what is taken, and nothing is said of that yet.

    Also asks for: C, U.
    """
    clause = p.clause
    said = clause.count is not None or clause.times is not None or clause.every is not None or clause.when or clause.at
    return not said and p.kinds[p.i] not in ("U", "C")
