"""Productions for "up to": a longest time, a highest frequency, a maximum or a target."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import span
from doseref.dosage.body_weight import weight
from doseref.dosage.bounds import counted, limit_period
from doseref.dosage.doses_said import at_once
from doseref.dosage.maxima import how_split
from doseref.dosage.measured import household
from doseref.dosage.model import Cycle, Maximum, Strength, Target, Times
from doseref.dosage.parts import substance
from doseref.dosage.state import Mass, State
from doseref.dosage.timing import own_times, set_every
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE, Range
from doseref.units import convert, convertible


def upto(p: State) -> bool:
    """upto ::= weight | (UPTO | LE) (span T | times | quantity [per]): a longest time, a highest frequency, a maximum or a
    target.

    Also asks for: A, C, EVERY, FREQ, HH, IN, MAX, NUM, OF, ONCE, PER, SLASH, TIMES, TOTAL, U, X.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    if weight(p):
        return True
    p.i += 1
    while kinds[p.i] in ("A", "MAX", "OF", "TOTAL"):
        p.i += 1
    if kinds[p.i : p.i + 2] == ["NUM", "U"] and values[p.i + 1] == "kg":
        p.tell("a weight, which is no dose", start, p.i + 1)
        p.i += 2
        return True
    if kinds[p.i] == "FREQ" and values[p.i][0] == "times":
        p.clause.times = Times(ONE, values[p.i][1], values[p.i][2], values[p.i][3])
        p.i += 1
        return True
    if kinds[p.i] == "ONCE":
        many = values[p.i]
        p.i += 1
        return _up_to_times(p, many, start)
    if kinds[p.i : p.i + 2] == ["EVERY", "NUM"] and _as_needed(p):
        return True  # "up to every 4 hours prn": what follows says the interval
    found = span(p)
    kind = kinds[p.i]
    if found is not None:
        if _hourly(p) and found[0] == found[1]:
            p.i += 1
            set_every(p, found[0], found[1], "h", start)
            return True
        if kind == "T":
            return _up_to_length(p, found)
        if kind == "X" and kinds[p.i + 1 : p.i + 3] == ["NUM", "U"] and not (p.clause.dosed or p.clause.strengths):
            p.clause.count, p.clause.count_index = (Decimal(0), found[1], None), start  # "up to 3 × 200 mg"
            p.clause.strengths.append(Strength(values[p.i + 1], values[p.i + 2]))
            p.i += 3
            return True
        if kind in ("TIMES", "X"):
            p.i += 1
            return _up_to_times(p, found[1], start)
        if kind == "HH":
            return household(p, Decimal(0), found[1], start)
        if kind in ("U", "C") and _up_to_amount(p, found, start):
            return True
        if _up_to_so_many(p, found[1], start):
            return True
    p.i = start
    return False


def _hourly(p: State) -> bool:
    """Whether "hourly" stands at hand, of what is taken as needed: "PRN up to 4-hourly" is every 4 hours at most.

    Also asks for: FREQ, HLY.
    """
    here = p.kinds[p.i]
    hourly = here == "FREQ" and p.values[p.i] == ("every", ONE, ONE, "h") and p.tokens.said(p.i, p.i + 1) == "hourly"
    return (here == "HLY" or hourly) and _as_needed(p)


def _as_needed(p: State) -> bool:
    """Whether the one dose is taken as needed, so that an interval says how often at most.

    Also asks for: PRN.
    """
    prn = p.clause.prn or (len(p.clauses) == 1 and "PRN" in p.kinds)
    return prn and p.clause.dosed and not p.clause.timed_beside_total()


def _up_to_so_many(p: State, many: Decimal, start: int) -> bool:
    """ "500 mg as needed, up to 4 a day": so many of what is counted, else so many doses; behind a dose without a
    frequency how often it is taken.
    """
    clause = p.clause
    unit = counted(p, many)
    per = limit_period(p) if unit and clause.dosed else None
    if per is None:
        return False
    if unit == "{dose}" and not (clause.prn or clause.times or clause.every or clause.when):
        clause.times = Times(ONE, many, per.value, per.unit)
    else:
        p.maximum.append(Maximum(many, unit, per, None))
    return True


def _up_to_length(p: State, found: tuple[Decimal, Decimal]) -> bool:
    """A longest duration; of a patch "up to 12 hours a day", how long it is on."""
    kinds, values = p.kinds, p.values
    unit = values[p.i]
    p.i += 1
    of_a_day = kinds[p.i] in ("A", "PER", "SLASH", "IN") and kinds[p.i + 1] == "T" and values[p.i + 1] == "d"
    if unit == "h" and of_a_day:
        p.i += 2
        p.clause.cycle = Cycle(found[1], 24 - found[1], "h")
        p.clause.times = p.clause.times or Times(ONE, ONE, ONE, "d")
    else:
        p.longest = Range(found[0], found[1], unit)
    return True


def _up_to_amount(p: State, found: tuple[Decimal, Decimal], start: int) -> bool:
    """A maximum where it is said per what, a target behind a dose, else the dose itself: from nothing up to so much."""
    kinds, values, clause = p.kinds, p.values, p.clause
    kind, unit = kinds[p.i], values[p.i]
    p.i += 1
    if kind == "U" and kinds[p.i] == "SLASH" and kinds[p.i + 1] == "U" and values[p.i + 1] == "kg":
        unit += "/kg"  # "up to 40 mg/kg a day"
        p.i += 2
    named = substance(p)
    if unit in ("{dose}", "{injection}", "{session}"):
        return _up_to_doses(p, found[1], unit, start)
    times = own_times(p) if kinds[p.i] in ("ONCE", "FREQ", "NUM") and clause.dosed and kind == "U" else None
    if times is not None:
        p.target = Target(found[0], found[1], unit, False, times)
        return True
    here = p.i
    per = limit_period(p) if kinds[here] != "EVERY" else None
    if per is not None:
        if clause.dosed or per.is_day or kinds[start] == "LE":
            rises = per.is_day and per.value == 1 and named is None and _may_rise(p, found[1], unit, start)
            p.maximum.append(Maximum(found[1], unit, per, named))
            how_split(p)
            if rises:
                p.target = Target(found[1], found[1], unit, True)
                p.skip("PRN")  # of the higher dose
            return True
        p.i = here
    if clause.dosed and kind == "U" and _by_weight(p) and "/kg" not in unit:
        p.maximum.append(Maximum(found[1], unit, None, named))  # "0.01 mg/kg (up to 0.5 mg)": of one dose
        return True
    if clause.dosed and kind == "U":
        p.target = Target(found[0], found[1], unit, False)
        return True
    one_strength = kind == "C" and clause.count is None and len(clause.masses) == 1 and unit in FORM_OF
    if clause.dosed and not one_strength:
        return False
    if kind == "U":
        clause.masses.append(Mass(Decimal(0), found[1], unit, start))
    else:
        clause.count = (Decimal(0), found[1], unit)
        clause.form = clause.form or FORM_OF.get(unit)
    return True


def _may_rise(p: State, most: Decimal, unit: str, start: int) -> bool:
    """Whether "up to so much a day" behind a fixed dose says that it may be that much ("20 mg daily, up to 40 mg daily"):
    "max" or "≤" bounds only what varies already.
    """
    clause = p.clause
    if p.kinds[start] != "UPTO" or p.kinds[start - 1] == "C" or p.target is not None or len(p.clauses) > 1:
        return False
    many = Decimal(len(clause.when) or 1)
    if clause.times is not None:
        if clause.times.low != clause.times.high or clause.times.unit != "d" or clause.times.period != 1:
            return False
        many = clause.times.high
    elif clause.every is not None or not clause.when:
        return False
    if unit in FORM_OF and clause.count is not None:
        return clause.count[0] == clause.count[1] < most / many and clause.count[2] in (unit, None)
    mass = clause.masses[0] if len(clause.masses) == 1 and clause.count is None else None
    if mass is None or mass.low != mass.high or not convertible(mass.unit, unit):
        return False
    return convert(mass.high, mass.unit, unit) < most / many


def _by_weight(p: State) -> bool:
    """Whether the dose is one for each kilogram."""
    masses = p.clause.masses
    return bool(masses) and masses[-1].unit.endswith("/kg")


def _up_to_doses(p: State, many: Decimal, unit: str, start: int) -> bool:
    """So many doses in a period, at once ("up to 2 doses 4 times a day" of an inhaler), or in all."""
    per = limit_period(p)
    if per is not None:
        p.maximum.append(Maximum(many, "{dose}", per, None))
    elif unit == "{dose}" and p.clause.dosed and at_once(p, start):
        p.clause.count = (Decimal(0), many, unit)
        p.clause.count_index = start
    else:
        p.clause.doses_total = p.clause.doses_total or Range(ONE, max(ONE, many), "{dose}")
    return True


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
