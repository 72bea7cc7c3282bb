"""Productions for what follows or goes along: phases, days, alternatives."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import either
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.dates import date_at
from doseref.dosage.model import WHEN_ORDER, Cycle
from doseref.dosage.occasions import GENERAL_MEALS, meal_of_part
from doseref.dosage.parts import raised_count
from doseref.dosage.state import Mass, State
from doseref.dosage.tails import tail
from doseref.dosage.words import FORM_OF
from doseref.units import UNITS

_STARTS = frozenset(
    ("NUM", "A", "HALF", "FR", "POW", "ROMAN", "ONCE", "FREQ", "EVERY", "TAKE", "ADV", "HH", "SERIES", "SINGLE", "WHEN")
)


def then(p: State) -> bool:
    """then ::= THEN: what follows comes after what was read so far; at the end, what was read last ("… and 25 mg after
    that").

    Also asks for: END, HOLD, INIT, NUM, RP, STEPBY, STOP, STOPIT, T, TAPER, TITR, TITRDN.
    """
    p.i += 1
    if p.kinds[p.i] == "NUM" and (p.kinds[p.i + 1 : p.i + 3] == ["T", "HOLD"] or p.kinds[p.i + 3] == "HOLD"):
        return True  # "21 days, then 7 days off", "21/7 then 7/7 off"
    if (
        p.kinds[p.i] in ("END", "STOP", "RP")
        and len(p.clauses) > 1
        and p.clause.dosed
        and p.clause.link in ("and", "?")
    ):
        before = p.clauses[p.clauses.index(p.clause) - 1]
        if before.duration is not None and p.clause.duration is None:
            p.clause.link = "then"  # "10 mg for the first week and 25 mg after that"
            return True
    if p.kinds[p.i] in ("END", "STOP") and p.clause.dosed and _thereafter(p):
        return True  # "200 mg od thereafter. TFTs 6 monthly"
    if raised_count(p):
        p.i += 1
    if p.kinds[p.i] == "INIT" and (end := date_at(p, p.i + 1)) > p.i + 1:
        p.i = end  # "then starting 3/15 take 1 tablet once daily"
    if not p.clause.empty and p.kinds[p.i] not in ("TITR", "STEPBY", "TAPER", "TITRDN", "STOPIT"):
        p.new_clause("then")
    return True


def _thereafter(p: State) -> bool:
    """Whether the word before a full stop says that what stands before it goes on, and not that something follows."""
    last = p.i + 1 if p.kinds[p.i] == "STOP" else p.i
    behind = p.kinds[last] in ("END", "WORD", "NOTE", "SITE", "SIDE")
    return behind and p.tokens.raw[p.tokens.first[p.i - 1]] in ("thereafter", "afterwards", "onwards")


def arrow(p: State) -> bool:
    """arrow ::= ARROW (amount | "stop"): "15 mg bid x 21 days → 20 mg daily", what follows comes after.

    Without a length before it, it may be the old dose and the new one: refused.

    Also asks for: END, FR, HALF, HOLD, LP, NEG, NUM, RP, STOP, STOPIT, TAKE.
    """
    clause = p.clause
    ends = p.kinds[p.i + 1] in ("STOPIT", "NEG", "HOLD") and p.tokens.said(p.i + 1, p.i + 2) in _ENDED
    if ends and clause.duration is not None and clause.dosed and p.kinds[p.i + 2] in ("END", "STOP", "LP", "RP"):
        p.i += 2  # "20 mg x 5 d → stop"
        return True
    if not clause.timed or not clause.dosed or p.kinds[p.i + 1] not in ("NUM", "FR", "HALF", "TAKE"):
        return False
    if clause.duration is None and clause.doses_total is None and clause.from_day is None:
        p.tell("an old dose and the new one, or one after the other?", p.i, p.i + 1, "ambiguous")
        p.fatal = True
    return then(p)


_ENDED = frozenset(("stop", "off", "to zero", "to nil", "discontinue"))


def and_(p: State) -> bool:
    """and ::= as-needed-too | needed-and-regular | one-or-both | AND | PLUS: what follows is taken as well; a new clause
    begins only with a new amount or time.

    Also asks for: C, U.
    """
    if either.as_needed_too(p) or either.needed_and_regular(p) or either.one_or_both(p):
        return True
    p.i += 1
    p.link = "and"
    clause = p.clause
    if p.values[p.i - 1] and clause.dosed:
        p.new_clause("and")  # "and on the same day"
    elif clause.prn and clause.dosed and not clause.timed and not p.depth and _amount_at(p, p.i):
        p.new_clause("and")  # "1 tablet as needed and 1 tablet at night"
    return True


def _amount_at(p: State, i: int) -> bool:
    """Whether so much or so many stand at ``i``, or behind the "take" that stands there.

    Also asks for: TAKE.
    """
    return p.kinds[i + 1 + (p.kinds[i] == "TAKE")] in ("U", "C")


def or_(p: State) -> bool:
    """or ::= as-needed-too | needed-and-regular | one-or-both | OR clause: an alternative to the clause before it.

    Also asks for: AT, DIV, IN, PRN, ROUTE.
    """
    if either.as_needed_too(p) or either.needed_and_regular(p) or either.one_or_both(p):
        return True
    kinds = p.kinds
    kind = kinds[p.i + 1]
    if kind not in _STARTS and kind not in ("ROUTE", "AT", "PRN", "IN", "DIV"):
        return False
    p.i += 1
    if not p.clause.empty:
        p.new_clause("or")
    return True


def comma(p: State) -> bool:
    """comma ::= tail | "," : separates; alone it decides nothing. Behind so many as needed, as many again are told.

    Also asks for: C.
    """
    if (p.clause.dosed or p.clause.strengths or len(p.clauses) > 1) and tail(p):
        return True
    p.i += 1
    p.link = p.link or ","
    clause = p.clause
    if clause.prn and clause.count is not None and not clause.timed and not p.depth and p.kinds[p.i + 1] == "C":
        p.tell("beside the first, or the same again?", p.i, p.i + 1, "ambiguous")  # "1 tablet prn, 1 tablet at night"
        p.fatal = True
    return True


def stop(p: State) -> bool:
    """stop ::= tail | "." | ";" | ":" | newline: separates; alone it decides nothing."""
    if (p.clause.dosed or p.clause.strengths or len(p.clauses) > 1) and tail(p):
        return True
    p.i += 1
    if p.tokens.raw[p.tokens.first[p.i - 1]] == "|" and p.clause.timed:
        p.link = "and"  # one part of the instruction beside another
    p.link = p.link or ","
    return True


def day(p: State) -> bool:
    """day ::= [ON | FOR | BETWEEN] T NUM [(DASH | TO | AND) [T] NUM] [CONT] [OF NUM]: on day 1, days 1–3, days 1-14 of
    28, week 2.

    Also asks for: A, C, COMMA, END, EVERY, FORM, IN, LP, PERIOD, PLUS, RP, SLASH, STOP, TAKE.
    """
    kinds = p.kinds
    start = p.i
    told = kinds[start - 1] in ("LP", "COMMA") and kinds[start : start + 3] == ["T", "NUM", "RP"]
    if told and p.depth and p.clause.duration is not None and p.clause.dosed:
        p.remarks.append((start, start + 1))  # "for 7 days (day 2)": how far the course is
        p.i = start + 2
        return True
    time = start + (kinds[start] in ("ON", "FOR", "IN", "BETWEEN"))
    unit = p.values[time]
    found = _days_named(p, time)
    if found is None:
        return False
    low, high, i = found
    open_end = kinds[i] == "CONT" or kinds[i] == "PLUS"
    i += open_end
    if unit == "d" and _of_a_course(p, low, high, i):
        return True
    if kinds[i] == "OF" and (kinds[i + 1] == "PERIOD" or (kinds[i + 1] in ("A", "EVERY") and kinds[i + 2] == "PERIOD")):
        i += 2 if kinds[i + 1] == "PERIOD" else 3
    p.i = i
    first, last = int(low), int(high)
    if unit == "wk":
        first, last = first * 7 - 6, last * 7
    clause = p.clause
    product = clause.form is not None and len(clause.masses) == 1 and clause.count is None and not clause.timed
    if (
        product
        and kinds[start - 1] in ("STOP", "C", "FORM")
        and (kinds[i] in ("STOP", "TAKE") or kinds[i] in NUMBER_KINDS)
    ):
        clause.strengths.append(p.strength_of(clause.masses.pop()))  # "300 mg capsules: day 1 one at night, day 2 …"
        clause.headed = True
    # "Day 1: …, …. Day 2: …": a day in front of its doses heads all of them, up to the next such day.
    headed = (kinds[i] == "STOP" and not clause.dosed) or (any(each.headed for each in p.clauses[:1]) and clause.dosed)
    if clause.from_day is not None or (clause.dosed and (clause.duration is not None or headed)):
        clause = p.new_clause("then")
    clause.headed = clause.headed or headed
    clause.day_index = start
    clause.from_day = first
    clause.to_day = None if open_end else last
    return True


_LAST_DAY = 3660
"""A later day than this (ten years on) is no day of a course."""


def _days_named(p: State, time: int) -> tuple[Decimal, Decimal, int] | None:
    """ "day 1", "days 1–3", "from day 16 to day 25": the first and the last one, and the token behind them."""
    kinds, values = p.kinds, p.values
    if kinds[time] != "T" or values[time] not in ("d", "wk") or kinds[time + 1] != "NUM":
        return None
    ranged = kinds[time + 2] == "DASH" or kinds[time + 2 : time + 4] == ["TO", "T"]
    if p.tokens.raw[p.tokens.first[time]] in ("d", "w") and not ranged:
        return None
    low = high = values[time + 1]
    i = time + 2
    following = kinds[i] == "AND" and kinds[i + 1] == "NUM" and values[i + 1] == low + 1
    if (kinds[i] in ("DASH", "TO") and kinds[i + 1] == "NUM") or following:
        high = values[i + 1]
        i += 2
    elif kinds[i] in ("TO", "DASH", "AND") and kinds[i + 1 : i + 3] == ["T", "NUM"] and values[i + 1] == values[time]:
        high = values[i + 2]
        i += 3
    elif kinds[p.i] == "BETWEEN":
        return None
    if low != int(low) or high != int(high) or not 1 <= low <= high <= _LAST_DAY:
        return None
    return low, high, i


def _of_a_course(p: State, low: Decimal, high: Decimal, i: int) -> bool:
    """ "day 3 of 7", how far a course is, which says nothing of the dose; "days 1-21 of 28", a cycle."""
    kinds, values = p.kinds, p.values
    j = i + 1
    while kinds[j] in ("A", "EVERY"):
        j += 1
    if kinds[i] not in ("OF", "SLASH", "IN") or kinds[j] != "NUM":
        return False
    clause = p.clause
    reported = kinds[i] != "IN" and low == high <= values[j] and kinds[j + 1] in ("END", "STOP", "RP")
    if reported and clause.dosed and clause.timed_beside_total():
        p.i = j + 1
        return True
    if low != 1 or values[j] <= high:
        return False
    clause.cycle = Cycle(high, values[j] - high, "d")
    p.i = j + 1
    p.skip("T")
    p.skip("PERIOD")
    return True


def day_parts(p: State, numbers: list[Decimal], codes: tuple[str, ...], start: int) -> bool:
    """1-0-1: how many in the morning, at noon, (in the evening,) at night; equal ones are one clause."""
    unit = None
    measured = p.kinds[p.i] == "U"
    if measured or p.kinds[p.i] == "C":
        unit = p.values[p.i]
        p.i += 1
    named = p.clause.when
    if named and not p.clause.dosed and not GENERAL_MEALS.intersection(named):
        if len(named) != len(numbers):
            p.tell("times of day before a row of doses", start, p.i - 1, "contradiction")
            p.fatal = True
            return True
        codes, p.clause.when = named, ()  # "am-noon-hs 300-300-600 mg"
    given = [(value, code) for value, code in zip(numbers, codes, strict=True) if value]
    if p.clause.count is not None and p.clause.when and p.clause.duration is not None and p.link:
        p.new_clause("then")  # "3-0-0 x 5 days, 2-0-0 x 5 days"
    groups: dict[Decimal, tuple[str, ...]] = {}
    for value, code in given:
        groups[value] = (*groups.get(value, ()), code)
    counted = p.clause.count
    if counted is not None and unit is None and len(groups) == 1 and counted[:2] == (given[0][0],) * 2:
        unit = counted[2]  # "1 tab 1-0-1": the count stands twice
    elif counted is not None:
        p.i = start
        return False
    if p.clause.times is not None or (measured and p.clause.masses):
        p.i = start
        return False
    meal: tuple[str, ...] = ()
    if p.kinds[p.i] in ("BEFORE", "AFTER", "WITH") and p.kinds[p.i + 1] == "MEAL" and not p.values[p.i + 1]:
        meal = (p.values[p.i],)
        p.i += 2
    volume = None if measured or unit else _one_volume(p)
    if volume is not None:  # "5 mL 1-0-1": 5 mL each time
        groups = {value * volume.low: whens for value, whens in groups.items()}
        measured, unit = True, volume.unit
    for number, (value, whens) in enumerate(groups.items()):
        clause = p.clause if number == 0 else p.new_clause("and")
        told = meal or (clause.when if number == 0 else ())
        one = meal_of_part(whens, told)  # "1-0-0 before food"
        whens = (one,) if one else tuple(sorted({*whens, *told}, key=WHEN_ORDER.index))
        if measured:
            clause.masses.append(Mass(value, value, str(unit), start))
        else:
            clause.count = (value, value, unit)
        clause.when = whens
        clause.form = clause.form or FORM_OF.get(unit or "")
        clause.in_row(len(groups), len(given), len(numbers))
    _parts_named(p, (codes, tuple(code for _, code in given)), start)
    return True


_PARTS_OF_A_DAY = frozenset(("MORN", "NOON", "AFT", "EVE", "NIGHT", "HS"))
_LIKE = {"NIGHT": ("NIGHT", "HS", "EVE"), "EVE": ("EVE", "NIGHT"), "NOON": ("NOON", "AFT"), "MORN": ("MORN",)}
"""Day part of a row → what may name it behind the row."""


def _parts_named(p: State, rows: tuple[tuple[str, ...], ...], start: int) -> None:
    """The parts of the day behind a row that say again what each number is of: "5-10-15 mg am noon hs"; others are
    told.
    """
    i = p.i
    named: list[str] = []
    while p.kinds[i] == "WHEN":
        named += p.values[i]
        i += 1
        if p.kinds[i] in ("COMMA", "SLASH", "DASH", "AND") and p.kinds[i + 1] == "WHEN":
            i += 1
    if not named or not _PARTS_OF_A_DAY.issuperset(named):
        return
    if not any(
        len(named) == len(codes) and all(name in _LIKE[code] for name, code in zip(named, codes, strict=True))
        for codes in rows
    ):
        p.tell("times of day beside a row of them", start, i - 1, "contradiction")
        p.fatal = True
    p.i = i


def _one_volume(p: State) -> Mass | None:
    """The one volume that stands before the row, taken off the clause;
    ``None`` where something else or more stands there.
    """
    masses = p.clause.masses
    if len(masses) != 1 or masses[0].low != masses[0].high or UNITS[masses[0].unit].dimension != "volume":
        return None
    return masses.pop()


def split(p: State) -> bool:
    """split ::= "(" NUM WHEN ((COMMA | AND) NUM WHEN)+ ")": how a day's count is spread, where the parts make the
    whole.

    Also asks for: PLUS.
    """
    kinds, values = p.kinds, p.values
    clause = p.clause
    i = p.i + 1
    if (
        kinds[i] != "NUM"
        or kinds[i + 1] != "WHEN"
        or clause.count is None
        or clause.count[0] != clause.count[1]
        or not (clause.per_day or (clause.times is not None and clause.times.high == 1))
    ):
        return False
    parts: list[tuple[Decimal, tuple[str, ...]]] = []
    while kinds[i] == "NUM" and kinds[i + 1] == "WHEN":
        parts.append((values[i], values[i + 1]))
        i += 2
        while kinds[i] in ("COMMA", "AND", "PLUS"):
            i += 1
    if kinds[i] != "RP" or len(parts) < 2 or sum(part[0] for part in parts) != clause.count[1]:
        return False
    unit = clause.count[2]
    clause.times = None
    clause.per_day = False
    for number, (value, codes) in enumerate(parts):
        part = clause if number == 0 else p.new_clause("and")
        part.count = (value, value, unit)
        part.when = codes
        part.form = clause.form
    p.i = i + 1
    return True
