"""Productions for one stated bound: its number, its unit, and per what it is meant."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import span
from doseref.dosage.body_weight import NO_DOSE
from doseref.dosage.model import Maximum
from doseref.dosage.parts import substance
from doseref.dosage.state import Clause, State
from doseref.dosage.timing import own_times, period
from doseref.dosage.words import FORM_OF
from doseref.quantities import DAY, ONE, Period, Range
from doseref.units import convert, convertible


def bound(p: State, default: Period | None, single: bool, start: int) -> bool:
    """bound ::= [SUBST] number (U | C | HH | T | TIMES | ONCE …) [SUBST] [per]: one stated maximum.

    Also asks for: A, ANEXT, AT, FOR, FREQ, ID, IN, NUM, OF, PER, SINGLE, SITE, SLASH, STAT, TOTAL, WHEN, WORD, X.
    """
    kinds, values = p.kinds, p.values
    named = substance(p)
    if kinds[p.i] == "FREQ" and values[p.i][0] == "times":
        _, often, value, time = values[p.i]
        p.maximum.append(Maximum(often, "{dose}", Period(value, time), named))  # "max once a day"
        p.i += 1
        return True
    if kinds[p.i] == "ONCE":
        amount, unit = values[p.i], "{dose}"
        p.i += 1
    else:
        found = span(p)
        if found is None:
            return False
        if kinds[p.i] == "T":
            p.i += 1
            if values[p.i - 1] == "d" and _days_of(p, start):
                return True
            p.longest = Range(found[0], found[1], values[p.i - 1])
            return True
        if kinds[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] == "nights":
            p.i += 1
            return _days_of(p, start)  # "max 3 nights a week"
        amount, unit = _measured(p, found[1])
    if unit == "kg":
        p.tell(NO_DOSE, start, p.i - 1)
        return True
    named = named or substance(p)
    p.skip("TOTAL")
    if kinds[p.i] in ("ONCE", "FREQ") or (kinds[p.i] == "NUM" and kinds[p.i + 1] == "TIMES"):
        return _so_often(p, amount, unit, named, start)
    per = limit_period(p) or default
    alone = (per is None and _of_one_dose(p)) or single
    named = named or substance(p)
    if per is None and kinds[p.i] in ("PER", "SLASH") and kinds[p.i + 1] in ("WORD", "SITE", "ID"):
        p.tell("a maximum per something that is no time", start, p.i + 1)
        p.i += 2
        return True
    if not unit:
        nothing_yet = not any(clause.dosed or clause.strengths for clause in p.clauses)
        unit = UNSAID if nothing_yet and per is not None and amount <= _MOST_COUNTED else counted(p, amount)
        if not unit:
            p.tell("a maximum without a unit", start, p.i - 1, "ambiguous")
            return True
    if per is None and not alone:
        if _of_an_attack(p, amount, unit):
            return True
        if p.clause.prn and _counts_of_it(p, amount, unit):
            p.remarks.append((start, p.i - 1))  # "2 prn max 8": in what time is as open as without it
            return True
        if _of_a_course(p, start) or not _daily(p, amount, unit):
            p.tell("a maximum without its period", start, p.i - 1, "ambiguous")
            return True
        per = DAY
    if alone and unit == "{dose}":
        p.tell("at most so many per dose, and of what is not said", start, p.i - 1, "ambiguous")
        return True
    p.maximum.append(Maximum(amount, unit, None if alone else per, named))
    return True


def _days_of(p: State, start: int) -> bool:
    """ "No more than 2 days a week": on how many days, which bounds no day; it is noted."""
    here = p.i
    per = limit_period(p)
    if per is None or per.unit not in ("wk", "mo"):
        p.i = here
        return False
    p.remarks.append((start, p.i - 1))
    return True


def _measured(p: State, amount: Decimal) -> tuple[Decimal, str]:
    """The amount of a bound and its unit, which is ``""`` where only a number is said."""
    kinds, values = p.kinds, p.values
    kind, value = kinds[p.i], values[p.i]
    if kind == "HH":
        p.i += 1
        return amount * value, "mL"
    if kind in ("TIMES", "X"):
        p.i += 1
        return amount, "{dose}"
    if kind == "ROUTE" and value == "inhalation" and p.tokens.raw[p.tokens.first[p.i]] == "inh":
        p.i += 1
        return amount, "{puff}"
    if kind not in ("U", "C"):
        return amount, ""
    p.i += 1
    unit: str = "{dose}" if value in ("{injection}", "{session}", "{application}") else value
    if unit in FORM_OF and kinds[p.i] == "OF" and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "U":
        amount, unit = amount * values[p.i + 1], values[p.i + 2]  # "12 tablets of 500 mg per day"
        p.i += 3
    if kind == "U" and kinds[p.i] == "SLASH" and kinds[p.i + 1] == "U" and values[p.i + 1] == "kg":
        unit += "/kg"
        p.i += 2
    return amount, unit


def _so_often(p: State, amount: Decimal, unit: str, named: str | None, start: int) -> bool:
    """ "maximum dose 20 mL four times daily": of one dose, and so many of them; without "dose" it may be either."""
    often = own_times(p)
    head = p.tokens.said(start, start + 1)
    if often is not None and often.unit == "d" and often.period == 1 and unit and "dose" in head and per_dose(unit):
        p.maximum += [Maximum(amount, unit, None, named), Maximum(amount * often.high, unit, DAY, named)]
    else:
        p.tell("a maximum that many times: per dose or in all", start, p.i - 1, "ambiguous")
    return True


def _of_one_dose(p: State) -> bool:
    """Whether a bound is one of a single dose: "per dose", "a dose", "for a tablet", "at once"."""
    kinds = p.kinds
    alone = False
    if kinds[p.i] in ("PER", "SLASH", "IN", "AT", "FOR") and kinds[p.i + 1] in ("C", "SINGLE", "NUM", "A"):
        i = p.i + 1
        while kinds[i] == "A":
            i += 1
        if kinds[i] == "C" or (kinds[i] == "NUM" and p.values[i] == 1 and kinds[i + 1] == "C"):
            p.i = i + (2 if kinds[i] == "NUM" else 1)
            alone = True
    if kinds[p.i] in ("A", "EVERY") and kinds[p.i + 1] == "C" and p.values[p.i + 1] == "{dose}":
        p.i += 2  # "ceiling 30 mg a dose"
        alone = True
    if kinds[p.i] == "ANEXT" or (kinds[p.i] == "STAT" and p.tokens.said(p.i, p.i + 1) == "at once"):
        p.i += 1
        alone = True
    return alone


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
            if unit is None and clause.form is None:
                unit = _piece_of_another(p)  # "2 tabs, then 1 after each stool, max 8": of the tablets
            if unit in (None, "{dose}") and clause.form not in ("tablet", "capsule", "patch"):
                return "{dose}" if clause.count[1] == 1 else "{pill}"  # "1-2 q4h, max 8": eight of what is counted
            return unit or "{" + str(clause.form) + "}"
    return "{dose}" if any(clause.dosed or clause.strengths or clause.prn for clause in p.clauses) else ""


def _piece_of_another(p: State) -> str | None:
    """What another clause counts, where it names that."""
    units = {each.count[2] for each in p.clauses if each.count is not None} - {None, "{dose}"}
    return units.pop() if len(units) == 1 else None


def _counts_of_it(p: State, amount: Decimal, unit: str) -> bool:
    """Whether so many of what is taken as needed, and nothing says how often: no fewer than one dose is of them."""
    clause = p.clause
    if clause.count is None or clause.timed or clause.doses_total is not None or not unit.startswith("{"):
        return False
    return amount >= (ONE if unit == "{dose}" else clause.count[1])


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


def _of_a_course(p: State, start: int) -> bool:
    """Whether a maximum is one of a course: "a course should not exceed 6 mg", "6 mg per course"."""
    kinds = p.kinds
    behind = p.i + 1 if kinds[p.i] in ("PER", "SLASH", "FOR", "A") else p.i
    while kinds[behind] == "A":
        behind += 1
    return (start > 0 and kinds[start - 1] == "COURSE") or kinds[behind] == "COURSE"


def _one_dose(clause: Clause, unit: str) -> tuple[Decimal, Decimal] | None:
    """One dose at least and at most, in the unit of a maximum; ``None`` where the two can't be compared: 4 mg is
    neither more nor less than 0.1 mg/kg.
    """
    if any(mass.unit.endswith("/kg") != unit.endswith("/kg") for mass in clause.masses):
        return None
    alike = [mass for mass in clause.masses if mass.unit == unit or convertible(mass.unit, unit)]
    doses = [(convert(mass.low, mass.unit, unit), convert(mass.high, mass.unit, unit)) for mass in alike]
    return (
        max(doses, key=lambda dose: dose[1]) if doses else (clause.count[0], clause.count[1]) if clause.count else None
    )


def _daily(p: State, amount: Decimal, unit: str) -> bool:
    """Whether a maximum without a period must be one of a day: more than two of the smallest doses of several a day
    ("500 mg every 6 hours, max 1 g" may be one dose of up to 1 g), both doses of two a day, or beside one dose a day.
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
        return bool(often and clause.dosed and (amount > ONE or once))
    dose = _one_dose(clause, unit)
    if not often or dose is None:
        return False
    low, top = dose
    twice = (clause.times is not None and clause.times.high == 2) or (
        clause.every is not None and clause.every.low == 12
    )
    return amount >= top if once else amount > top and (amount > 2 * low or (twice and amount == 2 * top))
