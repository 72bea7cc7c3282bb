"""Productions for how long: durations, hours on in a day, when it ends."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span, span_here
from doseref.dosage.as_needed import may_be_reason, reason, scale, threshold
from doseref.dosage.bare_hours import clock_hour
from doseref.dosage.cycles import pause
from doseref.dosage.dates import date_at, date_said, month_at
from doseref.dosage.gestation import until_week
from doseref.dosage.model import Cycle, Times
from doseref.dosage.reasons import INITIALS, OF_A_SUBSTANCE
from doseref.dosage.results import so_often, until_measured
from doseref.dosage.sites import site
from doseref.dosage.state import State
from doseref.quantities import ONE, Range

NIGHTS = ("nights", "mornings", "evenings")
"""Plurals that count days: "for 3 nights"."""


def for_(p: State) -> bool:
    """for ::= FOR ([UPTO | LE | MAX] span T | A T | T | sevenths | span doses | reason | site) | FOR before a NOTE.

    Also asks for: C, COURSE, ID, LP, NEG, NOTE, NUM, SITE, SLASH, SUBST, TOTAL, WHEN, WORD.
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
        return length(p, ONE, ONE, values[p.i - 1], False, start)
    bound = p.skip("UPTO") or p.skip("LE") or p.skip("MAX")
    if p.kinds[p.i] == "A" and kinds[p.i + 1] == "COURSE":
        p.i += 2
    if kinds[p.i : p.i + 4] == ["A", "NUM", "T", "COURSE"]:
        p.i += 1  # "to complete a 10-day course"
    if kinds[p.i] == "NUM" and kinds[p.i + 1] == "SLASH" and kinds[p.i + 2] == "NUM" and sevenths(p):
        return True
    if kinds[p.i] == "A" and kinds[p.i + 1] == "T":
        p.i += 2
        return length(p, ONE, ONE, values[p.i - 1], bound, start)
    if kinds[p.i] in NUMBER_KINDS:
        found = span_here(p)
        if kinds[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
            p.i += 1
            return length(p, found[0], found[1], "d", bound, start)
        further(p)
        if kinds[p.i] == "T":
            p.i += 1
            unit = values[p.i - 1]
            p.skip("COURSE")
            p.skip("TOTAL")
            at_least(p)
            return length(p, found[0], found[1], unit, bound, start)
        if kinds[p.i] == "C" and values[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
            p.i += 1
            p.clause.doses_total = Range(found[0], found[1], "{dose}")
            return True
        p.i = start
        return False
    of_a_place = (
        kinds[p.i] == "SITE" and kinds[p.i + 1] in ("WORD", "NEG") and may_be_reason(p, p.i + 1)
    )  # "for back strain"
    told = (may_be_reason(p, p.i) and kinds[p.i] in ("WORD", "NEG")) or of_a_place
    words = reason(p, told and p.clause.dosed)
    if words and kinds[p.i] == "NUM" and kinds[p.i + 1] == "T":
        p.i = start
        return False  # "for ca. 5 days"
    if words:
        if kinds[p.i] in ("NUM", "LP"):
            scale(p)
        p.clause.prn_for = p.clause.prn_for or words
        threshold(p)
        return True
    if kinds[p.i] == "NOTE" and p.clause.dosed and p.clause.timed:
        return True  # "40 mg bd for migraine prevention"
    if (
        kinds[p.i] in ("SUBST", "ID")
        and kinds[p.i + 1] == "WORD"
        and p.tokens.raw[p.tokens.first[p.i + 1]] in OF_A_SUBSTANCE
    ):
        p.clause.prn_for = p.clause.prn_for or p.tokens.said(p.i, p.i + 2)
        p.i += 2
        return True  # "for B12 deficiency"
    if kinds[p.i] == "WORD" and p.clause.dosed and p.tokens.raw[p.tokens.first[p.i]] in INITIALS:
        p.clause.prn_for = p.clause.prn_for or p.tokens.said(p.i, p.i + 1)
        p.i += 1
        return True  # "for PE"
    p.i = start
    return site(p)


_FURTHER = frozenset("more further additional extra another".split())


def further(p: State) -> None:
    """further ::= "more" | "further" before a T: "for 4 more days" is how long it goes on from now.

    Also asks for: NEG, UPWARD, WORD.
    """
    said = p.tokens.raw[p.tokens.first[p.i]]
    if p.kinds[p.i] in ("NEG", "UPWARD", "WORD") and said in _FURTHER and p.kinds[p.i + 1] == "T":
        p.i += 1


def at_least(p: State) -> None:
    """at-least ::= "minimum" behind a length: "for 3 months minimum".

    Also asks for: COMMA, END, GT, RP, STOP, T, WORD.
    """
    if p.tokens.raw[p.tokens.first[p.i]] in ("minimum", "min") and p.kinds[p.i + 1] in ("END", "STOP", "COMMA", "RP"):
        p.i += p.kinds[p.i] in ("GT", "WORD", "T")


def length(p: State, low: Decimal, high: Decimal, unit: str, bound: bool, start: int) -> bool:
    """length ::= … [IN | EVERY | PER | OUT OF 24 hours]: a duration, a longest duration, or hours on in a day.

    Also asks for: A, COMMA, END, FOR, MAX, NOTE, NUM, PERIOD, RP, STOP, T.
    """
    kinds, values = p.kinds, p.values
    clause = p.clause
    if unit == "h" and kinds[p.i] in ("IN", "EVERY", "PER", "OF", "A"):
        i = p.i + 1
        if kinds[i] == "A" or kinds[i] == "EVERY":
            i += 1
        if kinds[i] == "NUM" and values[i] == 24 and kinds[i + 1] == "T":
            i += 1
        elif kinds[i] == "NUM" and values[i] == 24 and kinds[i + 1] in ("END", "COMMA", "STOP", "RP"):
            pass  # "12 hours in every 24"
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
    if kinds[p.i] == "MAX" and kinds[p.i + 1] in ("END", "COMMA", "STOP", "RP", "NOTE"):
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


def worn_until(p: State, hour: int) -> bool:
    """Whether a patch that is put on at one full hour of the day is taken off at another, so that it is noted."""
    clause = p.clause
    if len(clause.at) != 1 or not clause.at[0].endswith(":00") or clause.cycle is not None or clause.when:
        return False
    hours_on = (hour - int(clause.at[0][:2])) % 24
    if not hours_on:
        return False
    clause.cycle = Cycle(Decimal(hours_on), Decimal(24 - hours_on), "h")
    return True


def remove(p: State) -> bool:
    """remove ::= REMOVE ["and discard"] [FORM] ((AFTER | IN) NUM hours | [AT] clock): how long a patch stays on in each
    day.

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
    off = clock_hour(p, p.i + (kinds[p.i] == "AT"))
    if off is not None and worn_until(p, off[0]):
        p.i = off[1]
        return True
    if kinds[p.i] == "AT" and kinds[p.i + 1] in ("WHEN", "TIME"):
        p.i += 1
    if kinds[p.i] in ("WHEN", "TIME"):
        p.i += 1
        if _daily_patch(p):
            p.remarks.append((start, p.i - 1))  # on for a part of each day: no more than it gives in a whole one
        else:
            p.tell("when it is removed", start, p.i - 1)
        return True
    p.i = start
    return False


def _daily_patch(p: State) -> bool:
    """Whether a patch is put on once a day, whose strength is no rate per hour."""
    clause = p.clause
    often = clause.times
    once = len(clause.when) == 1 if often is None else often == Times(ONE, ONE, ONE, "d")
    return once and clause.form == "patch" and not any(mass.unit.endswith("/h") for mass in clause.masses)


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
        length = Range(found[0], found[1], unit)
        if p.clause.duration not in (None, length):
            p.tell("a second, different duration", start, p.i - 1, "contradiction")
        p.clause.duration = p.clause.duration or length
        if kinds[p.i] in NUMBER_KINDS:
            p.new_clause("then")
        return True
    p.i = start
    return False


def until(p: State) -> bool:
    """until ::= UNTIL word*: an open end in words.

    Also asks for: A, AND, C, COMMA, DASH, FR, GT, HALF, LE, NUM, PLUS, RP, STOP, T, END.
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
    if until_week(p):
        return True
    first = i = p.i
    end = date_at(p, i)
    if end > i or (end := month_at(p, i)) > i + 1:
        p.clause.until = date_said(p, first, end)
        p.i = end
        return True
    while kinds[i] not in _BEHIND_UNTIL and not (
        (kinds[i] == "A" and kinds[i + 1] == "C") or (kinds[i] == "DASH" and kinds[i + 1] in _BEHIND_UNTIL)
    ):
        i += 1
    if (
        kinds[i] == "NUM"
        and kinds[i - 1] in ("GT", "LE")
        and kinds[i + 1] in ("END", "COMMA", "STOP", "RP")
        and i > first + 1
    ):
        i += 1  # "until INR > 2"
    elif kinds[i] == "NUM" and (end := until_measured(p, i) or so_often(p, i, first)):
        i = end
    elif kinds[i] in ("NUM", "HALF", "FR") and kinds[i - 1] in ("AND", "PLUS"):
        i -= 1  # "until review and 10 mg with breakfast": the joint is no part of the end
    if i == first:
        return False
    p.clause.until = p.tokens.said(first, i)
    p.i = i
    return True


_BEHIND_UNTIL = frozenset("END COMMA STOP LP RP NUM FR HALF THEN MAX".split())


_DAY_HOURS = 24
_HOURS_APART = (2, 3, 4, 6, 8, 12)


def _hours_of_a_day(p: State) -> bool:
    """hours-of-a-day ::= NUM "/" 24 (PRN | MAX | FOR): "4/24 prn", every four hours; without that it may be a date.

    Also asks for: SLASH.
    """
    hours = p.values[p.i]
    if (
        hours not in _HOURS_APART
        or not p.clause.dosed
        or p.clause.timed
        or p.kinds[p.i + 3] not in ("PRN", "MAX", "FOR")
    ):
        return False
    p.clause.every = Range(hours, hours, "h")
    p.i += 3
    return True


_PACK_DAYS = 28
_FEWEST_OF_A_PACK = 20
"""Pills of a cycle of four weeks are taken on 21, 24 or 26 days of it."""


def sevenths(p: State) -> bool:
    """sevenths ::= NUM "/" (7 | 52 | 12 | 28 | 24) [HOLD]: days, weeks, months of treatment; "21/28" is 21 of 28 days,
    "7/7 pill free" a pause, "4/24 prn" every 4 hours.

    Also asks for: C, COMMA, FOR, U, X.
    """
    if p.values[p.i + 2] == _DAY_HOURS and _hours_of_a_day(p):
        return True
    if p.values[p.i + 2] == _PACK_DAYS and p.clause.timed and _PACK_DAYS > p.values[p.i] >= _FEWEST_OF_A_PACK:
        p.clause.cycle = Cycle(p.values[p.i], _PACK_DAYS - p.values[p.i], "d")
        p.i += 3
        return True
    unit = {Decimal(7): "d", Decimal(52): "wk", Decimal(12): "mo"}.get(p.values[p.i + 2])
    if unit is not None and p.kinds[p.i + 3] == "HOLD" and pause(p, p.values[p.i], unit, p.i + 3):
        return True
    step = p.clause.link == "then" and p.clause.dosed and p.kinds[p.i - 1] in ("U", "C") and len(p.clauses) > 1
    step = step and p.clauses[-2].duration is not None  # "50 mg mane 5/7, 25 mg 3/7"
    step = step or _first_step(p)
    if unit is None or not (p.clause.timed or step or p.kinds[p.i - 1] in ("FOR", "X", "COMMA")):
        return False
    p.clause.duration = Range.of(p.values[p.i], unit)
    p.i += 3
    return True


def _first_step(p: State) -> bool:
    """Whether "30 mg 5/7" begins a row of doses each with its days, "30 mg 5/7, 25 mg 5/7, 20 mg 5/7".

    Also asks for: C, COMMA, NUM, SLASH, THEN, U.
    """
    kinds, i = p.kinds, p.i
    after = i + 4 + (kinds[i + 4] == "THEN")
    again = kinds[i + 3] in ("COMMA", "THEN") and kinds[after] == "NUM" and kinds[after + 1] == kinds[i - 1]
    if not again or kinds[i - 1] not in ("U", "C") or kinds[after + 2 : after + 5] != ["NUM", "SLASH", "NUM"]:
        return False
    return bool(p.clause.dosed and p.values[after + 4] == p.values[i + 2] and p.values[after + 1] == p.values[i - 1])
