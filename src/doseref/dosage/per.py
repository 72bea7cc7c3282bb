"""Productions for what an amount is per: a volume, a body weight, a time, a piece."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.dashes import VOLUMES
from doseref.dosage.diluents import diluent
from doseref.dosage.parts import clause_for, form_after, substance
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.timing import set_every, set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE, Range

PREMIXED = "{bag}"
"""The device of a drug that comes mixed in its infusion bag."""
_IN_A_GRAM = frozenset(("mg", "ug", "[IU]"))
"""Units of what is in one gram of a cream or powder: "100,000 units/g"."""
_LEAST_BAG = 20
"""Millilitres from which on a volume is that of an infusion bag."""
_PATCHES = {("h", Decimal(9)), ("h", Decimal(12)), ("h", Decimal(16)), ("h", Decimal(72)), ("d", Decimal(3))}
"""For how long some patches are worn, of which the strength is what one gives in that time."""
DEVICES_OF_ONE = frozenset(("{pen}", "{syringe}", "{vial}", "{ampule}"))
"""Devices whose whole content is stated as an amount in its volume: "1.5 mg/0.5 mL pen"."""


def per(p: State, mass: Mass, start: int) -> bool:
    """per ::= ("/" | PER | A | IN | EVERY) (number? U-volume | kg | T | C | session) — may repeat for mg/kg/day.

    Also asks for: FORM, NUM, OF, REL, ROUTE, SITE.
    """
    kinds, values = p.kinds, p.values
    here = p.i
    sign = kinds[here]
    at = here + 1
    kind = kinds[at]
    if sign == "IN":
        return _in_spoonful(p, mass, start)
    if sign == "OF":
        return False
    if kind == "T" and sign in ("SLASH", "PER", "A", "EVERY"):
        return _per_time(p, mass, values[at], ONE, at + 1, start)
    if kind == "NUM" and kinds[at + 1] == "T" and sign in ("SLASH", "PER"):
        return _per_time(p, mass, values[at + 1], values[at], at + 2, start)
    if kind == "REL" and sign == "SLASH" and p.tokens.raw[p.tokens.first[at]] == "24":
        return _per_time(p, mass, "d", ONE, at + 1, start)  # "0.05 mg/24 hr patch"
    if (sign == "A" and not (kind == "C" and "/kg" in mass.unit)) or sign == "EVERY":
        return False
    if kind == "U" and values[at] == "kg":
        code = mass.unit + "/kg"
        if code not in units.UNITS:
            return False
        mass.unit = code
        p.i = at + 1
        if kinds[p.i] in ("SLASH", "PER", "A") and kinds[p.i + 1] in ("T", "C"):
            return per(p, mass, start) or _keep(p, mass, start)
        return _keep(p, mass, start)
    if kind == "U" and (values[at] in VOLUMES or (values[at] == "g" and mass.unit in _IN_A_GRAM)):
        return _concentration(p, mass, ONE, values[at], at + 1, start)
    if kind in ("NUM",) and kinds[at + 1] == "U" and values[at + 1] in VOLUMES and values[at]:
        return _concentration(p, mass, values[at], values[at + 1], at + 2, start)
    if kind == "C":
        p.i = at + 1
        clause = clause_for(p, start)
        if values[at] in ("{dose}", "{injection}", "{session}", "{application}"):
            clause.masses.append(mass)
            mass.attached = values[at] == "{dose}" and kinds[at + 1] in ("FORM", "ROUTE")  # "17 g/dose oral powder"
        else:
            clause.strengths.append(p.strength_of(mass))
            clause.form = clause.form or FORM_OF.get(values[at])
        return True
    return False


_SPOONFULS = (1, 5, 10, 15)
"""Millilitres in which the strength of a liquid to swallow is stated."""


def _in_spoonful(p: State, mass: Mass, start: int) -> bool:
    """in-spoonful ::= IN NUM U-mL [FORM] (DASH | STOP | COMMA | TAKE)+ NUM U-mL: "250 mg in 5 mL - 10 mL TDS", the
    strength before the dose; "in 5 mL water" is none.

    Also asks for: A, COMMA, HH, OR, STOP, TAKE, TO.
    """
    kinds, values, i = p.kinds, p.values, p.i + 1
    if kinds[i : i + 2] != ["NUM", "U"] or values[i + 1] != "mL" or values[i] not in _SPOONFULS or p.clause.dosed:
        return False
    after = i + 2 + (kinds[i + 2] == "FORM")
    j = after
    while kinds[j] in ("DASH", "STOP", "COMMA", "TAKE", "A"):
        j += 1
    while kinds[j] in ("NUM", "DASH", "TO", "OR"):
        j += 1
    if j <= after + 1 or kinds[j] not in ("U", "HH") or (kinds[j] == "U" and values[j] != "mL"):
        return False
    return _concentration(p, mass, values[i], "mL", i + 2, start)


def _keep(p: State, mass: Mass, start: int) -> bool:
    clause_for(p, start).masses.append(mass)
    return True


def _per_time(p: State, mass: Mass, unit: str, value: Decimal, after: int, start: int) -> bool:
    """Amount per time: per day is a total of the day; per hour or minute is a rate; else once in that time."""
    if unit in ("h", "min", "s") and "/kg" in mass.unit:
        p.tell("a rate by body weight", start, after - 1)
        p.fatal = True
        p.i = after
        return True
    if unit in ("h", "min") and value == 1 and f"{mass.unit}/{unit}" in units.UNITS:
        mass.unit = f"{mass.unit}/{unit}"
        p.i = after
        clause = clause_for(p, start)
        form_after(p, clause, mass)
        clause.masses.append(mass)
        return True
    p.i = after
    if (unit, value) in _PATCHES and (p.clause.form == "patch" or "{patch}" in p.values):
        clause = clause_for(p, start)
        clause.strengths.append(p.strength_of(mass))  # "25 mg/16h patch": what one gives while it is worn
        form_after(p, clause, None)
        return True
    if p.depth and p.clause.dosed and p.clause.timed and unit in ("d", "wk") and value == 1:
        p.clause.stated = Range(mass.low, mass.high, mass.unit), unit
        return True
    clause = clause_for(p, start)
    if p.kinds[p.i] == "U" or p.kinds[p.i] == "SUBST":
        mass.substance = substance(p)
    clause.masses.append(mass)
    if (unit == "d" and value == 1) or (unit == "h" and value == 24):
        clause.per_day = True
    elif unit == "h":
        set_every(p, value, value, unit, start)
    else:
        set_times(p, ONE, ONE, value, unit, start)
    return True


def _concentration(p: State, mass: Mass, value: Decimal, unit: str, after: int, start: int) -> bool:
    """concentration ::= quantity "/" [number] U-volume: the strength of a liquid.

    Also asks for: C, NUM.
    """
    p.i = after
    clause = p.clause if not (p.clause.timed and p.clause.dosed) or p.depth else clause_for(p, start)
    if not _told_before(clause, mass, value, unit):
        clause.strengths.append(p.strength_of(mass, per=(value, unit)))
    if p.kinds[after] == "C" and p.values[after] in DEVICES_OF_ONE and value != ONE:
        clause.device = p.values[after]
    elif unit == "mL" and p.kinds[after - 2] == "NUM" and (whole := _whole_of(p, after)):
        clause.device = whole
    if value >= _LEAST_BAG and unit == "mL" and (end := diluent(p, after)) > after:
        clause.device, p.i = PREMIXED, end  # "1 g/50 mL D5W": a bag that is given as a whole
    form_after(p, clause, None)
    return True


def _whole_of(p: State, i: int) -> str:
    """The device of which an amount in a stated volume is all that it holds, the form between ("1 mg/1 mL solution for
    injection ampoules", "60 mg/1 mL PFS"); empty where none stands there.

    Also asks for: C, FORM, ROUTE.
    """
    if not _SYRINGES.isdisjoint(p.tokens.raw[p.tokens.last[i - 1] + 1 : p.tokens.first[i]]):
        return "{syringe}"
    while p.kinds[i] in ("FORM", "ROUTE"):
        i += 1
    return p.values[i] if p.kinds[i] == "C" and p.values[i] in _OF_ONE_DOSE else ""


_SYRINGES = frozenset(("pfs", "syringe", "sosy"))
"""Words for a pre-filled syringe, of which the sig language makes no token."""
_OF_ONE_DOSE = frozenset(("{ampule}", "{syringe}"))
"""What is opened for one dose."""


def _told_before(clause: Clause, mass: Mass, value: Decimal, unit: str) -> bool:
    """Whether the one strength so far is the same concentration: "20 mg/5 mL (4 mg/mL)"."""
    if len(clause.strengths) != 1 or clause.strengths[0].per is None or clause.strengths[0].substance is not None:
        return False
    told = clause.strengths[0]
    of, volume = clause.strengths[0].per
    if volume != unit or not units.convertible(told.unit, mass.unit):
        return False
    return units.convert(told.amount, told.unit, mass.unit) * value == mass.high * of
