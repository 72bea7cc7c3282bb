"""Productions for amounts with a measured unit: quantities, spoons."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage import body_weight
from doseref.dosage.amounts import NUMBER_KINDS, number
from doseref.dosage.bottles import bottle
from doseref.dosage.dashes import count_of_strength, pair
from doseref.dosage.model import Step, Strength
from doseref.dosage.packs import ACTUATIONS, pack_before
from doseref.dosage.parts import clause_for, each, form_after, more_at_the_end, substance
from doseref.dosage.per import per
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.strengths import (
    another_strength,
    strength_list,
)
from doseref.quantities import Range

_CONCENTRATIONS = (100, 200, 300, 500)
"""Units in 1 mL of the insulins that are named by it: U-100 to U-500."""


_PER_KILOGRAM = (("SLASH", "PER"), ("U",), ("TO", "DASH", "OR"), ("NUM",), ("U",), ("SLASH", "PER"), ("U",))


def _per_kilogram_twice(p: State, low: Decimal, high: Decimal, unit: str) -> Decimal:
    """The end of "1 mg/kg to 2 mg/kg", whose two halves say the same unit: what stands is then "/kg"."""
    i, values = p.i, p.values
    same = all(kind in wanted for kind, wanted in zip(p.kinds[i : i + 7], _PER_KILOGRAM, strict=True))
    if not same or low != high or values[i + 3] < low or values[i + 4] != unit:
        return high
    if values[i + 1] != "kg" or values[i + 6] != "kg":
        return high
    p.i = i + 5
    return Decimal(values[i + 3])


def quantity(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """quantity ::= span U [(DASH | TO | OR) number U] [per] [SUBST …] [("/" | PLUS) quantity …] [C | FORM].

    Also asks for: A, ADV, ALLDAY, AND, ARROW, EACHW, EQ, EVERY, ID, IN, NUM, OF, PER, RP, TOTAL, WITH, WORD.
    """
    kinds, values = p.kinds, p.values
    unit = values[p.i]
    p.i += 1
    if kinds[p.i] == "U" and values[p.i] == unit:
        p.tell("the unit stands twice", p.i, kind="ambiguous")
        p.i += 1
    named = kinds[p.i : p.i + 2] == ["DASH", "NUM"] and values[p.i + 1] in _CONCENTRATIONS
    if named and p.tokens.said(p.i - 1, p.i) == "u":
        p.tell("the end of a range, or how much an insulin holds (U-100)", start, p.i + 1, kind="ambiguous")
        p.fatal = True  # "10 u-500 units" is 10 units of U-500, and no 10 to 500
    if kinds[p.i] in ("DASH", "TO", "OR", "ARROW") and kinds[p.i + 1] in NUMBER_KINDS:
        second = _second(p, low, high, unit)
        if second is not None:
            low, high, unit = second
    high = _per_kilogram_twice(p, low, high, unit)
    if low < high and p.kinds[start + 1] != "U" and count_of_strength(p, low, high, unit, start):
        return True
    if bottle(p, low, high, unit, start) or pack_before(p, low, high, unit, start):
        return True
    if high == 0:
        p.tell("a dose of zero", start, p.i - 1, "implausible")
        p.fatal = True
    if unit == "kg":
        body_weight.said(p, start, p.i - 1)
        return True
    if unit == "%":
        return _percentage(p, low, start)
    mass = Mass(low, high, unit, start)
    mass.bracketed = p.depth > 0
    if _per_something(p, mass, start):
        return True
    if kinds[p.i] in ("SLASH", "PER", "A", "IN", "OF", "EVERY") and per(p, mass, start):
        return True
    if p.depth and kinds[p.i] == "ADV" and values[p.i] in ("d", "wk") and _timed(p.clause):
        end = p.i + 1 + (kinds[p.i + 1] == "TOTAL")
        if kinds[end] == "RP":
            p.clause.stated = Range(low, high, unit), values[p.i]  # "TWO tds (1800 mg daily)" is what they come to
            p.i = end
            return True
    mass.substance = substance(p)
    if kinds[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH") and strength_list(p, mass, start):
        return True
    before = p.clause
    clause = clause_for(p, start)
    if unit in ("mL", "g"):
        last = max((one.high for one in before.masses if one.unit == unit), default=None)
        more_at_the_end(p, before, high, last, start)
    mass.tag = _what_it_is(p, clause, start)
    if kinds[p.i] == "ALLDAY":
        p.i += 1
        clause.per_day = True
    form_after(p, clause, mass)
    clause.masses.append(mass)
    return True


def _timed(clause: Clause) -> bool:
    """Whether it is said how much and how many times a day."""
    return clause.dosed and (clause.times is not None or clause.every is not None or bool(clause.days))


def _percentage(p: State, low: Decimal, start: int) -> bool:
    """A strength in per cent, or those of two ingredients ("2%/0.5%"); the form may follow."""
    kinds, values = p.kinds, p.values
    clause = clause_for(p, start)
    clause.strengths.append(Strength(low, "%"))
    while kinds[p.i] == "SLASH" and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "U" and values[p.i + 2] == "%":
        clause.strengths.append(Strength(values[p.i + 1], "%"))
        p.i += 3
    if kinds[p.i] == "DASH" and kinds[p.i + 1] in NUMBER_KINDS and kinds[p.i + 2] == "C":
        p.i += 1  # "0.005% - 1 drop": no percentage is a range of drops
    if kinds[p.i] == "REL" and p.tokens.raw[p.tokens.first[p.i]] == "cr":
        kinds[p.i], values[p.i] = "FORM", "cream"  # "TRIAMCINOLONE 0.1% CR"
    form_after(p, clause, None)
    return True


def _per_something(p: State, mass: Mass, start: int) -> bool:
    """An amount per a word that is no unit: the strength of one actuation, else not understood, and no dose."""
    kinds = p.kinds
    after, next_ = kinds[p.i], kinds[p.i + 1]
    if not ((after == "SLASH" and next_ in ("ID", "WORD")) or (after == "PER" and next_ == "ID")):
        return False
    if p.tokens.raw[p.tokens.first[p.i + 1]] in ACTUATIONS:
        p.i += 2
        clause = clause_for(p, start)
        clause.strengths.append(p.strength_of(mass))
        form_after(p, clause, None)
        return True
    if another_strength(p, p.i + 1):
        return False
    p.tell("an amount per something that is not understood", start, p.i + 1, "ambiguous")
    p.fatal = True
    p.i += 2
    return True


def _what_it_is(p: State, clause: Clause, start: int) -> str:
    """What the words around an amount call it: ``strength`` of one piece, ``total`` of all, or ``""``."""
    kinds = p.kinds
    after = kinds[p.i]
    tag = "strength" if clause.count is not None and kinds[start - 1] == "OF" else ""
    if after == "TOTAL":
        p.i += 1
        tag = "total"
    elif (after == "EVERY" and each(p)) or after == "EACHW":
        p.i += 1
        tag = "strength"
    elif after == "EQ":
        p.i += 1
        tag = ""
    return "total" if kinds[start - 1] == "EQ" else tag


def _second(p: State, low: Decimal, high: Decimal, unit: str) -> tuple[Decimal, Decimal, str] | None:
    """The upper end with its own unit: 500 mg to 1 g, 10 mg or 20 mg; an arrow goes down: 24 mg → 4 mg."""
    here = p.i
    arrow = p.kinds[here] == "ARROW"
    p.i += 1
    top = number(p)
    if top is None or p.kinds[p.i] != "U" or not units.convertible(unit, p.values[p.i]):
        p.i = here
        return None
    if p.kinds[here] == "DASH" and low == high and unit == p.values[p.i] == "mg" and pair(p, low, top, p.i + 1):
        p.i = here
        return None
    other = p.values[p.i]
    bottom = units.convert(low, unit, other)
    if arrow or (top < bottom and p.clause.step is not None):
        p.i += 1
        p.clause.step = Step(None, None, Range.of(top, other), "up" if top > bottom else "down")
        p.clause.per_day = p.kinds[p.i] not in ("FREQ", "ONCE", "EVERY", "NUM", "HLY")  # "25 mg → 50 mg bid": of a dose
        if p.kinds[p.i] == "DAYW":
            p.tell("an old dose and the new one, or one after the other?", here, p.i, "ambiguous")
            p.fatal = True
        return min(bottom, top), max(bottom, top), other
    top_here = units.convert(top, other, unit)
    if top_here < high:
        p.i = here
        return None
    p.i += 1
    return low, top_here, unit


def household(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """household ::= span HH: teaspoons and tablespoons in mL.

    Also asks for: FORM, ID, OF, SUBST, WORD.
    """
    each = p.values[p.i]
    p.i += 1
    mass = Mass(low * each, high * each, "mL", start)
    mass.bracketed = p.depth > 0
    clause = clause_for(p, start)
    clause.masses.append(mass)
    if p.kinds[p.i] == "OF" and p.kinds[p.i + 1] in ("WORD", "SUBST", "ID", "FORM"):
        p.i += 2
    return True
