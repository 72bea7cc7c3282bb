"""Productions for bounds and goals: maxima, longest durations, titration targets, steps and tapers."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.doses import household
from doseref.dosage.doses_said import at_once
from doseref.dosage.model import Cycle, Maximum, Target, Times
from doseref.dosage.parts import substance
from doseref.dosage.provisos import spaced
from doseref.dosage.state import Mass, State
from doseref.dosage.timing import own_times, period
from doseref.dosage.words import FORM_OF
from doseref.quantities import DAY, Period, Range

ONE = Decimal(1)


def maximum(p: State) -> bool:
    """maximum ::= spaced | MAX [OF] [SUBST] number (U | C | HH | TIMES | T | …) [SUBST] [per].

    Also asks for: A, ADV, AND, AT, EQ, EVERY, FOR, IN, LP, MAX1, MAXD, NOTE, NUM, OR, SLASH, STOP, TOTAL.
    """
    start = p.i
    kind = p.kinds[start]
    if kind == "MAX" and p.kinds[start + 1] == "EVERY" and spaced(p):
        return True
    p.i += 1
    while p.kinds[p.i] in ("OF", "TOTAL", "LP", "STOP", "EQ", "A", "IN", "FOR", "NOTE", "AT") or (
        p.kinds[p.i] == "C" and p.values[p.i] == "{dose}"
    ):
        p.i += 1
    _what_for(p)
    if p.kinds[p.i : p.i + 3] == ["NUM", "SLASH", "NUM"] and p.values[p.i + 2] in (7, 52, 12):
        unit = {7: "d", 52: "wk", 12: "mo"}[int(p.values[p.i + 2])]
        p.longest = Range(p.values[p.i], p.values[p.i], unit)  # "not > 2/52": two weeks at most
        p.i += 3
        return True
    default = DAY if kind == "MAXD" else None
    if p.kinds[p.i] in ("ADV",) and p.kinds[p.i + 1] in ("C", "NUM", "OF"):
        default = Period(ONE, p.values[p.i])
        p.i += 1
        if p.kinds[p.i] == "C":
            p.i += 1
        p.skip("OF")
    if not bound(p, default, kind == "MAX1", start):
        p.i = start
        return False
    while (
        p.kinds[p.i] in ("SLASH", "OR", "AND") and p.kinds[p.i + 1] in NUMBER_KINDS and p.kinds[p.i + 2] in ("U", "C")
    ):
        back = p.i
        p.i += 1
        if not bound(p, default, False, back):
            p.i = back
            break
    _how_split(p)
    return True


def _what_for(p: State) -> None:
    """what-for ::= (REL | C | FORM | ROUTE | WORD | TAKE | NOTE)* behind "limit for": of which form or use ("the limit
    for immediate-release tablets is").

    Also asks for: A, FOR, NUM.
    """
    if p.kinds[p.i - 1] not in ("FOR", "A"):
        return
    i = p.i
    while p.kinds[i] in ("REL", "C", "FORM", "ROUTE", "WORD", "TAKE", "NOTE") and i < p.i + _MOST_WORDS // 2:
        i += 1
    if p.kinds[i] == "NUM":
        p.i = i


def _how_split(p: State) -> None:
    """how-split ::= DIV | IN span (DIV | doses) | "(" number U times ")", behind a maximum of a day.

    "4 g daily in 4 divided doses" says of the maximum that it is split, and nothing of the dose before it; the bracket
    comes to the maximum: "2,000 mg daily (1,000 mg twice a day)".

    Also asks for: LP, NUM, RP.
    """
    start = p.i
    last = p.maximum[-1] if p.maximum else None
    if last is None or last.per != DAY:
        return
    if p.kinds[start] == "DIV":
        p.i += 1
        return
    if p.kinds[start] == "IN":
        p.i += 1
        if span(p) is None or (p.kinds[p.i] != "DIV" and p.values[p.i] != "{dose}"):
            p.i = start
        else:
            p.i += 1
        return
    if p.kinds[start] != "LP":
        return
    p.i += 1
    found = span(p)
    if found is not None and p.kinds[p.i] == "U" and p.values[p.i] == last.unit:
        p.i += 1
        often = own_times(p)
        if often is not None and often.unit == "d" and p.kinds[p.i] == "RP" and found[1] * often.high == last.amount:
            p.i += 1
            return
    p.i = start


def bound(p: State, default: Period | None, single: bool, start: int) -> bool:
    """bound ::= [SUBST] number (U | C | HH | T | TIMES | ONCE …) [SUBST] [per]: one stated maximum.

    Also asks for: A, ANEXT, AT, FOR, FREQ, ID, IN, NUM, OF, PER, SINGLE, SITE, SLASH, STAT, TOTAL, WORD, X.
    """
    kinds, values = p.kinds, p.values
    named = substance(p)
    if kinds[p.i] == "FREQ" and values[p.i][0] == "times":
        _, often, value, time = values[p.i]
        p.maximum.append(Maximum(often, "{dose}", Period(value, time), named))  # "max once a day"
        p.i += 1
        return True
    if kinds[p.i] == "ONCE":
        amount: Decimal | None = values[p.i]
        p.i += 1
        unit = "{dose}"
    else:
        found = span(p)
        if found is None:
            return False
        amount = found[1]
        unit = ""
        kind = kinds[p.i]
        if kind == "T":
            p.i += 1
            p.longest = Range(found[0], found[1], values[p.i - 1])
            return True
        if kind == "U" or kind == "C":
            unit = values[p.i]
            p.i += 1
            if unit in ("{injection}", "{session}", "{application}"):
                unit = "{dose}"
            if unit in FORM_OF and kinds[p.i] == "OF" and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "U":
                amount, unit = amount * values[p.i + 1], values[p.i + 2]  # "12 tablets of 500 mg per day"
                p.i += 3
            if kind == "U" and kinds[p.i] == "SLASH" and kinds[p.i + 1] == "U" and values[p.i + 1] == "kg":
                unit += "/kg"
                p.i += 2
        elif kind == "HH":
            amount *= values[p.i]
            unit = "mL"
            p.i += 1
        elif kind in ("TIMES", "X"):
            unit = "{dose}"
            p.i += 1
    if amount is None:
        return False
    named = named or substance(p)
    if kinds[p.i] == "TOTAL":
        p.i += 1
    if kinds[p.i] in ("ONCE", "FREQ") or (kinds[p.i] == "NUM" and kinds[p.i + 1] == "TIMES"):
        often = own_times(p)
        head = p.tokens.said(start, start + 1)
        if often is not None and often.unit == "d" and often.period == 1 and unit and "dose" in head and per_dose(unit):
            p.maximum += [Maximum(amount, unit, None, named), Maximum(amount * often.high, unit, DAY, named)]
            return True  # "maximum dose 20 mL four times daily": of one dose, and so many of them
        p.tell("a maximum that many times: per dose or in all", start, p.i - 1, "ambiguous")
        return True
    per = limit_period(p) or default
    alone = single
    if (
        kinds[p.i] in ("PER", "SLASH", "IN", "AT", "FOR")
        and kinds[p.i + 1] in ("C", "SINGLE", "NUM", "A")
        and per is None
    ):
        i = p.i + 1
        while kinds[i] == "A":
            i += 1
        if kinds[i] == "C" or (kinds[i] == "NUM" and values[i] == 1 and kinds[i + 1] == "C"):
            p.i = i + (2 if kinds[i] == "NUM" else 1)
            alone = True
    if per is None and (kinds[p.i] == "ANEXT" or (kinds[p.i] == "STAT" and p.tokens.said(p.i, p.i + 1) == "at once")):
        p.i += 1
        alone = True
    named = named or substance(p)
    if per is None and kinds[p.i] in ("PER", "SLASH") and kinds[p.i + 1] in ("WORD", "SITE", "ID"):
        p.tell("a maximum per something that is no time", start, p.i + 1)
        p.i += 2
        return True
    if not unit:
        ahead = (
            not any(clause.dosed or clause.strengths for clause in p.clauses)
            and per is not None
            and amount <= _MOST_COUNTED
        )
        unit = UNSAID if ahead else counted(p, amount)
        if not unit:
            p.tell("a maximum without a unit", start, p.i - 1, "ambiguous")
            return True
    if per is None and not alone:
        if _of_an_attack(p, amount, unit):
            return True
        if not _daily(p, amount, unit):
            p.tell("a maximum without its period", start, p.i - 1, "ambiguous")
            return True
        per = DAY
    p.maximum.append(Maximum(amount, unit, None if alone else per, named))
    return True


_NOBODY = frozenset(
    "you anyone anybody people we they one doctors person patients ever need that prescribe prescribed "
    "recommend i i'd i'll would any adult healthy".split()
)
_MOST_WORDS = 8


def most(p: State) -> bool:
    """most ::= MOST (WORD | EVERY | TAKE | TO | NOTE | period)* bound: "the most you should take in 24 hours is 3 g".

    Also asks for: NUM.
    """
    kinds = p.kinds
    start = p.i
    p.i += 1
    per: Period | None = None
    while kinds[p.i] != "NUM" and p.i < start + _MOST_WORDS:
        here = p.i
        found = limit_period(p)
        if found is not None:
            per = per or found
            continue
        if kinds[here] not in ("TAKE", "TO", "NOTE") and (
            kinds[here] not in ("WORD", "EVERY") or p.tokens.said(here, here + 1) not in _NOBODY
        ):
            break
        p.i = here + 1
    if kinds[p.i] == "NUM" and bound(p, per, False, start):
        return True
    p.i = start
    return False


def per_dose(unit: str) -> bool:
    """Whether a unit measures one dose, and does not count doses."""
    return unit != "{dose}"


def limit_period(p: State) -> Period | None:
    """limit-period ::= period | ADV | IN [A] [NUM] T | "/" NUM T | A WHEN; a day written as 24 hours is a day, and so
    is "a night".

    Also asks for: EVERY, FOR, OF, PER, PERIOD, WITH.
    """
    found = period(p)
    kinds, values = p.kinds, p.values
    if found is None:
        i = p.i
        if kinds[i] == "A" and kinds[i + 1] == "WHEN" and values[i + 1] in (("NIGHT",), ("MORN",), ("EVE",)):
            p.i = i + 2
            return DAY  # "5 mg a night"
        if kinds[i] in ("IN", "PER", "FOR", "SLASH", "EVERY", "OF", "WITH"):
            i += 1
            while kinds[i] in ("A", "EVERY"):
                i += 1
            if kinds[i] == "T":
                p.i = i + 1
                p.skip("PERIOD")
                return Period(ONE, values[i])
            if kinds[i] == "NUM" and kinds[i + 1] == "T":
                p.i = i + 2
                p.skip("PERIOD")
                found = (values[i], values[i + 1])
    if found is None:
        return None
    p.skip("PERIOD")
    value, unit = found
    if unit == "h" and value == 24:
        return DAY
    if unit == "d" and value == 7:
        return Period(ONE, "wk")
    if kinds[p.i] == "T" and values[p.i] == "d" and unit == "h":
        p.i += 1
    return Period(value, unit)


UNSAID = "?"
"""The unit of a bare maximum in front of its dose, until that is known."""
_MOST_COUNTED = 24
"""A bare maximum above this counts no doses: its unit was left out."""


def counted(p: State, amount: Decimal) -> str:
    """What a maximum that is only a number counts: tablets where tablets are counted, else doses;
    ``""`` where it can be neither.
    """
    if amount > _MOST_COUNTED:
        return ""
    for clause in reversed(p.clauses):
        if clause.count is not None:
            unit = clause.count[2]
            if unit in (None, "{dose}") and clause.form not in ("tablet", "capsule", "patch"):
                return "{dose}" if clause.count[1] == 1 else "{pill}"  # "1-2 q4h, max 8": eight of what is counted
            return unit or "{" + str(clause.form) + "}"
    return "{dose}" if any(clause.dosed or clause.strengths for clause in p.clauses) else ""


def _of_an_attack(p: State, amount: Decimal, unit: str) -> bool:
    """Whether it is so many doses for one attack: "1 tablet every 5 minutes as needed, max 3 tablets"."""
    clause = p.clause
    if not clause.prn or clause.every is None or clause.every.unit != "min" or clause.doses_total is not None:
        return False
    counted_alike = unit == "{dose}" or (clause.count is not None and clause.count == (ONE, ONE, unit))
    if not counted_alike or amount < ONE:
        return False
    clause.doses_total = Range(ONE, amount, "{dose}")
    return True


def _daily(p: State, amount: Decimal, unit: str) -> bool:
    """Whether a maximum without a period must be one of a day: above one dose of several a day,
    or beside a dose taken once a day.
    """
    clause = p.clause
    once = clause.times is not None and clause.times.low == clause.times.high == clause.times.period == 1
    once = once and clause.times is not None and clause.times.unit == "d" and not clause.prn and unit != "{dose}"
    often = once or (
        (clause.every is not None and clause.every.unit == "h" and clause.every.high < 24)
        or (
            clause.times is not None and clause.times.unit == "d" and clause.times.period == 1 and clause.times.high > 1
        )
        or len(clause.when) > 1
    )
    if unit == "{dose}":
        top: Decimal | None = ONE if clause.dosed else None
    else:
        top = max([mass.high for mass in clause.masses] + ([clause.count[1]] if clause.count else []), default=None)
    return bool(often and top is not None and (amount > top or (once and amount == top)))


def upto(p: State) -> bool:
    """upto ::= (UPTO | LE) (span T | times | quantity [per]): a longest time, a highest frequency, a maximum or a
    target.

    Also asks for: A, C, EVERY, FREQ, HH, IN, MAX, NUM, OF, ONCE, PER, SLASH, TIMES, TOTAL, U, X.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    while kinds[p.i] in ("A", "MAX", "OF", "TOTAL"):
        p.i += 1
    if kinds[p.i] == "FREQ" and values[p.i][0] == "times":
        p.clause.times = Times(ONE, values[p.i][1], values[p.i][2], values[p.i][3])
        p.i += 1
        return True
    if kinds[p.i] == "ONCE":
        many = values[p.i]
        p.i += 1
        return _up_to_times(p, many, start)
    found = span(p)
    if found is None:
        p.i = start
        return False
    kind = kinds[p.i]
    if kind == "T":
        p.i += 1
        if (
            values[p.i - 1] == "h"
            and kinds[p.i] in ("A", "PER", "SLASH", "IN")
            and kinds[p.i + 1] == "T"
            and values[p.i + 1] == "d"
        ):
            p.i += 2
            p.clause.cycle = Cycle(found[1], 24 - found[1], "h")  # a patch "up to 12 hours a day"
            p.clause.times = p.clause.times or Times(ONE, ONE, ONE, "d")
            return True
        p.longest = Range(found[0], found[1], values[p.i - 1])
        return True
    if kind in ("TIMES", "X"):
        p.i += 1
        return _up_to_times(p, found[1], start)
    if kind in ("U", "C"):
        unit = values[p.i]
        p.i += 1
        if kind == "U" and kinds[p.i] == "SLASH" and kinds[p.i + 1] == "U" and values[p.i + 1] == "kg":
            unit += "/kg"  # "up to 40 mg/kg a day"
            p.i += 2
        named = substance(p)
        if unit in ("{dose}", "{injection}", "{session}"):
            per = limit_period(p)
            if per is not None:
                p.maximum.append(Maximum(found[1], "{dose}", per, None))
                return True
            if unit == "{dose}" and p.clause.dosed and at_once(p, start):
                p.clause.count = (Decimal(0), found[1], unit)  # "up to 2 doses 4 times a day" of an inhaler
                p.clause.count_index = start
                return True
            p.clause.doses_total = p.clause.doses_total or Range(ONE, max(ONE, found[1]), "{dose}")
            return True
        times = own_times(p) if kinds[p.i] in ("ONCE", "FREQ", "NUM") and p.clause.dosed and kind == "U" else None
        if times is not None:
            p.target = Target(found[0], found[1], unit, False, times)
            return True
        here = p.i
        per = limit_period(p) if kinds[here] != "EVERY" else None
        if per is not None and not (p.clause.dosed or per.is_day or kinds[start] == "LE"):
            p.i = here
        if per is not None and (p.clause.dosed or per.is_day or kinds[start] == "LE"):
            p.maximum.append(Maximum(found[1], unit, per, named))
            _how_split(p)
            return True
        if p.clause.dosed and kind == "U":
            p.target = Target(found[0], found[1], unit, False)
            return True
        one_strength = kind == "C" and p.clause.count is None and len(p.clause.masses) == 1 and unit in FORM_OF
        if p.clause.dosed and not one_strength:
            p.i = start
            return False

        if kind == "U":
            p.clause.masses.append(Mass(Decimal(0), found[1], unit, start))
        else:
            p.clause.count = (Decimal(0), found[1], unit)
            p.clause.form = p.clause.form or FORM_OF.get(unit)
        return True
    if kind == "HH":
        return household(p, Decimal(0), found[1], start)
    p.i = start
    return False


def _up_to_times(p: State, many: Decimal, start: int) -> bool:
    per = limit_period(p)
    if per is None:
        p.tell("how many times, but not in which period", start, p.i - 1, "ambiguous")
        return True
    clause = p.clause
    if clause.times is None and clause.every is None:
        clause.times = Times(ONE, many, per.value, per.unit)
    else:
        p.maximum.append(Maximum(many, "{dose}", per, None))
    return True
