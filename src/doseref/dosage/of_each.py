"""Two or three strengths of which one each is taken: "100 mcg tabs and 25 mcg tabs: one of each every morning"."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage.model import Strength
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF
from doseref.units import UNITS

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
        clause.of_each = (Decimal(1),) * len(clause.masses)
        p.i += 1 + (kinds[i + 1] == "C")
        return True
    each = i + 1 + (kinds[i + 1] == "OF")
    if kinds[i] != "NUM" or kinds[each] != "EVERY" or raw[first[each]] != "each":
        return False
    clause.of_each = (Decimal(p.values[i]),) * len(clause.masses)
    p.i = each + 1
    p.skip("C")
    return True


def sum_of_each(p: State) -> bool:
    """sum-of-each ::= "(" [ALLDAY | TOTAL | EQ] NUM U [(SLASH | PER) T] [TOTAL] ")" behind so many of each: what they come to; any
    other sum is told.

    Also asks for: ALLDAY, EQ, LP, NUM, RP, SLASH, T, TOTAL, U.
    """
    kinds, i, clause = p.kinds, p.i + 1, p.clause
    i += kinds[i] in ("ALLDAY", "TOTAL", "EQ")
    if not clause.of_each or p.depth or kinds[i : i + 2] != ["NUM", "U"]:
        return False
    rate = kinds[i + 2] in ("SLASH", "PER") and kinds[i + 3] == "T"
    unit = f"{p.values[i + 1]}/{p.values[i + 3]}" if rate else p.values[i + 1]
    end = i + 2 + 2 * rate
    end += kinds[end] == "TOTAL"
    if kinds[end] != "RP":
        return False
    whole = sum((mass.high * many for mass, many in zip(clause.masses, clause.of_each, strict=True)), Decimal(0))
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


def pieces_of_each(p: State) -> bool:
    """pieces-of-each ::= piece ((AND | PLUS) piece)+, a piece being NUM X NUM U [C] or NUM U (X NUM | ROMAN | NUM C), before how
    often both are taken: "1 x 100 mcg and 1 x 25 mcg tab daily", "3 mg x1 + 1 mg x2 nocte". Never where they take turns, or
    one follows the other.

    Also asks for: AND, C, NUM, PLUS, U, X.
    """
    clause, kinds = p.clause, p.kinds
    if clause.dosed or clause.timed or clause.strengths or p.depth or len(p.clauses) > 1:
        return False
    found: list[tuple[Mass, Decimal]] = []
    i, behind = p.i, False
    while len(found) < _MOST and (piece := _piece(p, i)) is not None:
        mass, many, after, counted_behind = piece
        found.append((mass, many))
        behind = behind or counted_behind
        i = after
        if kinds[i] not in ("AND", "PLUS"):
            break
        i += 1
    masses = [mass for mass, _ in found]
    alike = len({mass.unit for mass in masses}) == 1 and len({mass.high for mass in masses}) == len(masses) > 1
    if not alike or kinds[i - 1] in ("AND", "PLUS") or not _taken_together(p, i, behind):
        return False
    clause.masses, clause.of_each = masses, tuple(many for _, many in found)
    tags = {mass.tag for mass in masses} - {""}
    clause.form = clause.form or (FORM_OF.get(next(iter(tags))) if len(tags) == 1 else None)
    p.i = i
    return True


_MOST_AT_ONCE = 10


def _piece(p: State, i: int) -> tuple[Mass, Decimal, int, bool] | None:
    """One such piece at ``i``: its strength, how many, where it ends, and whether how many stands behind.

    Also asks for: NUM, ROMAN, SLASH, T, U, X.
    """
    kinds, values = p.kinds, p.values
    if kinds[i : i + 4] == ["NUM", "X", "NUM", "U"]:
        amount, many, end, behind = i + 2, i, i + 4, False
    elif kinds[i : i + 4] == ["NUM", "U", "X", "NUM"]:
        amount, many, end, behind = i, i + 3, i + 4, True
    elif kinds[i : i + 3] == ["NUM", "U", "ROMAN"] or kinds[i : i + 4] == ["NUM", "U", "NUM", "C"]:
        amount, many, end, behind = i, i + 2, i + 3, kinds[i + 2] == "ROMAN"
    else:
        return None
    unit, number = values[amount + 1], Decimal(values[many])
    if UNITS[unit].dimension != "mass" or kinds[end] in ("SLASH", "T", "TIMES", "X") or not 0 < number <= _MOST_AT_ONCE:
        return None
    mass = Mass(values[amount], values[amount], unit, amount)
    if kinds[end] == "C":
        if values[end] not in _PIECES:
            return None
        mass.tag, end = values[end], end + 1
    return mass, number, end, behind


_MOMENTS = frozenset("WHEN AT TIME".split())
_OFTEN = _MOMENTS | frozenset("FREQ ADV EVERY ONCE ON DAYW LP".split())
_APART = frozenset("ALT OTHER OR THEN ARROW TITR TITRDN STEPBY TAPER".split())


def _taken_together(p: State, i: int, behind: bool) -> bool:
    """Whether the words from ``i`` up to the next sign say when all pieces are taken. Where how many stands behind its strength,
    only once a day: "x1 … x2 daily" may be how often.

    Also asks for: COMMA, END, FREQ, ROUTE, STOP.
    """
    kinds, values = p.kinds, p.values
    i += kinds[i] == "ROUTE"
    if kinds[i] not in (_MOMENTS if behind else _OFTEN):
        return False
    while kinds[i] not in ("END", "STOP", "COMMA"):
        if kinds[i] in _APART or (kinds[i] == "FREQ" and values[i][0] == "every" and values[i][1:] == (2, 1, "d")):
            return False
        i += 1
    return True


def made_up(p: State) -> bool:
    """made-up ::= [EQ] (NUM X NUM U [C] | NUM C [OF | X] NUM U) up to a sign, behind one dose and how often it is taken: of what the dose
    is made up, "15 mg weekly - 6 x 2.5 mg tabs". Only where it comes to the dose.

    Also asks for: C, COMMA, END, EQ, NUM, OF, RP, STOP, U, X.
    """
    kinds, values, clause, i = p.kinds, p.values, p.clause, p.i
    if kinds[i : i + 4] == ["NUM", "X", "NUM", "U"]:
        many, amount = i, i + 2
    else:
        many, amount = i, i + 2 + (kinds[i + 2] in ("OF", "X"))
        if (
            kinds[i : i + 2] != ["NUM", "C"]
            or kinds[amount : amount + 2] != ["NUM", "U"]
            or values[i + 1] not in _PIECES
        ):
            return False
    end = amount + 2
    end += kinds[end] == "C" and values[end] in _PIECES
    if (
        kinds[end] not in ("END", "STOP", "COMMA", "RP")
        or clause.count is not None
        or len(clause.masses) != 1
        or p.depth
    ):
        return False  # a bracket has its own rules: "10 mL bd (2 x 5 mL)" may be one or two
    mass = clause.masses[0]
    if mass.tag or clause.strengths or not clause.timed_beside_total() or mass.unit != values[amount + 1]:
        return False
    if UNITS[mass.unit].dimension != "mass":
        return False
    if not mass.low == mass.high == values[many] * values[amount]:
        return False
    p.i = end
    return True


def one_of_each(p: State, clauses: list[Clause]) -> None:
    """ "100 mcg tab + 25 mcg tab daily", "one of each": so many of each strength, taken together."""
    for clause in list(clauses):
        if clause.count is not None or len(clause.masses) < 2:
            continue
        counted = len(clause.of_each) == len(clause.masses) and clause.timed_beside_total()
        if not counted and not _strengths(p, clause.masses):
            continue
        form = f"{{{clause.form}}}"
        pieces = {mass.tag for mass in clause.masses if mass.tag in _PIECES} or {form} & _PIECES
        all_named = all(mass.attached and mass.tag in _PIECES for mass in clause.masses)
        if len(pieces) > 1 or not (clause.of_each or (all_named and clause.timed_beside_total())):
            continue
        if not pieces and not counted:
            continue
        at, first = clauses.index(clause), p.clauses.index(clause)
        made = [clause, *(clause.twin("and") for _ in clause.masses[1:])]
        many = clause.of_each or (Decimal(1),) * len(clause.masses)
        for one, mass, number in zip(made, list(clause.masses), many, strict=True):
            one.masses, one.strengths = [], [Strength(mass.high, mass.unit)]
            one.count = (number, number, next(iter(pieces), None))
            one.count_index = mass.index
        clauses[at : at + 1] = made
        p.clauses[first : first + 1] = made
