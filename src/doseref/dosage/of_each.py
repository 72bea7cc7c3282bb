"""Two or three strengths of which one each is taken: "100 mcg tabs and 25 mcg tabs: one of each every morning"."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage.model import Strength
from doseref.dosage.state import Clause, Mass, State

_PIECES = frozenset(("{tablet}", "{capsule}", "{patch}"))
_JOINS = frozenset(("AND", "PLUS", "COMMA", "C", "FORM", "REL", "U", "SLASH", "T"))
_MOST = 3


def of_each(p: State) -> bool:
    """of-each ::= NUM [OF] "each" | TAKE "both" [C], behind two or three strengths: so many of each.

    Also asks for: C, EVERY, NUM, OF, SIDE, TAKE.
    """
    kinds, raw, first, i = p.kinds, p.tokens.raw, p.tokens.first, p.i
    clause = p.clause
    if p.depth or clause.count is not None or clause.timed or not _strengths(p, clause.masses):
        return False
    if kinds[i] == "SIDE":
        if raw[first[i]] != "both" or kinds[i - 1] != "TAKE":
            return False
        clause.of_each = Decimal(1)
        p.i += 1 + (kinds[i + 1] == "C")
        return True
    each = i + 1 + (kinds[i + 1] == "OF")
    if kinds[i] != "NUM" or kinds[each] != "EVERY" or raw[first[each]] != "each":
        return False
    clause.of_each = Decimal(p.values[i])
    p.i = each + 1
    p.skip("C")
    return True


def sum_of_each(p: State) -> bool:
    """sum-of-each ::= "(" [ALLDAY | TOTAL] NUM U [(SLASH | PER) T] [TOTAL] ")" behind so many of each: what they come to; any
    other sum is told.

    Also asks for: ALLDAY, LP, NUM, RP, SLASH, T, TOTAL, U.
    """
    kinds, i, clause = p.kinds, p.i + 1, p.clause
    i += kinds[i] in ("ALLDAY", "TOTAL")
    if not clause.of_each or p.depth or kinds[i : i + 2] != ["NUM", "U"]:
        return False
    rate = kinds[i + 2] in ("SLASH", "PER") and kinds[i + 3] == "T"
    unit = f"{p.values[i + 1]}/{p.values[i + 3]}" if rate else p.values[i + 1]
    end = i + 2 + 2 * rate
    end += kinds[end] == "TOTAL"
    if kinds[end] != "RP":
        return False
    whole = sum((mass.high for mass in clause.masses), Decimal(0)) * clause.of_each
    if unit != clause.masses[0].unit or p.values[i] != whole:
        p.tell("not what one of each comes to", p.i, end, "contradiction")
        p.fatal = True
    p.i = end + 1
    return True


def _strengths(p: State, masses: list[Mass]) -> bool:
    """Whether amounts stand one behind the other, are of one unit and no two alike: strengths of one drug."""
    if not 2 <= len(masses) <= _MOST or len({mass.high for mass in masses}) != len(masses):
        return False
    if any(mass.low != mass.high or mass.bracketed or mass.unit != masses[0].unit for mass in masses):
        return False
    return all(
        {*p.kinds[one.index + 1 : other.index]} <= _JOINS
        and bool({"AND", "PLUS"} & {*p.kinds[one.index + 1 : other.index]})
        for one, other in pairwise(masses)
    )


def one_of_each(p: State, clauses: list[Clause]) -> None:
    """ "100 mcg tab + 25 mcg tab daily", "one of each": so many of each strength, taken together."""
    for clause in list(clauses):
        if clause.count is not None or len(clause.masses) < 2 or not _strengths(p, clause.masses):
            continue
        form = f"{{{clause.form}}}"
        pieces = {mass.tag for mass in clause.masses if mass.tag in _PIECES} or {form} & _PIECES
        all_named = all(mass.attached and mass.tag in _PIECES for mass in clause.masses)
        if len(pieces) != 1 or not (clause.of_each or (all_named and clause.timed_beside_total())):
            continue
        at, first = clauses.index(clause), p.clauses.index(clause)
        made = [clause, *(clause.twin("and") for _ in clause.masses[1:])]
        for one, mass in zip(made, list(clause.masses), strict=True):
            one.masses, one.strengths = [], [Strength(mass.high, mass.unit)]
            one.count = (clause.of_each or Decimal(1), clause.of_each or Decimal(1), next(iter(pieces)))
            one.count_index = mass.index
        clauses[at : at + 1] = made
        p.clauses[first : first + 1] = made
