"""Amounts that are the total of a day: in 3 divided doses, split, a total daily dose."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span, span_here
from doseref.dosage.model import Times
from doseref.dosage.state import State
from doseref.dosage.timing import _of_a_day, set_times
from doseref.quantities import ONE, Range
from doseref.units import convert, convertible


def within(p: State) -> bool:
    """within ::= IN (span DIV | span doses | NUM hours | A T | EVERY …): in 3 divided doses.

    Also asks for: C, EQ.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    if kinds[p.i] in NUMBER_KINDS:
        found = span_here(p)
        if kinds[p.i] == "EQ":
            p.i += 1
        if kinds[p.i] == "DIV" or (kinds[p.i] == "C" and values[p.i] == "{dose}"):
            p.i += 1
            if p.depth and p.clause.stated:
                set_times(p, found[0], found[1], ONE, "d", start)
                return True
            _of_a_day(p, start)
            p.clause.per_day = True
            p.clause.times = None
            set_times(p, found[0], found[1], ONE, "d", start)
            return True
        if kinds[p.i] == "T" and values[p.i] == "h" and found[0] == 24 and p.clause.times is not None:
            p.i += 1
            return True
        if _emergency(p, found, start):
            return True
    p.i = start
    return False


_EMERGENCY = frozenset((("h", Decimal(72)), ("h", Decimal(120)), ("d", Decimal(3)), ("d", Decimal(5))))
"""How long after it happened an emergency contraceptive is taken at the latest."""


def _emergency(p: State, found: tuple[Decimal, Decimal], start: int) -> bool:
    """emergency ::= "within" (72 | 120) hours, of one dose of which nothing says how often: it is taken once.

    Also asks for: T.
    """
    clause = p.clause
    if p.tokens.raw[p.tokens.first[start]] != "within" or p.kinds[p.i] != "T" or found[0] != found[1]:
        return False
    if (p.values[p.i], found[0]) not in _EMERGENCY or not clause.dosed or clause.prn or clause.per_day:
        return False
    if clause.timed and not (clause.doses_total is not None and clause.doses_total.high == 1):
        return False
    clause.doses_total = Range(ONE, ONE, "{dose}")
    p.i += 1
    return True


def divided(p: State) -> bool:
    """divided ::= DIV [[IN | INTO] span (doses | portions) | freq]: the dose before it is a total of the day.

    Also asks for: BETWEEN, C, FOR, NUM.
    """
    clause = p.clause
    start = p.i
    if p.tokens.raw[p.tokens.first[start]] in ("split", "shared", "spread") and not _spread(p):
        return False
    p.i += 1
    if p.depth and clause.stated:
        return True  # "6 mL bid (45 mg/kg/day divided bid)": the total in the bracket is, and not the dose before it
    _of_a_day(p, start)
    clause.per_day = True
    if clause.times == Times(ONE, ONE, ONE, "d"):
        clause.times = None
    if p.kinds[p.i] in ("IN", "INTO", "FOR", "BETWEEN") and p.kinds[p.i + 1] == "NUM":
        back = p.i
        p.i += 1
        found = span(p)
        portions = p.kinds[p.i] == "DIV" or (p.kinds[p.i] == "C" and p.values[p.i] == "{dose}")
        if found is not None and portions:
            p.i += 1
            set_times(p, found[0], found[1], ONE, "d", start)
        else:
            p.i = back
    return True


def _spread(p: State) -> bool:
    """Whether "split", "shared", "spread" is said of a dose before it, and how follows:
    "split into 3 doses", "split twice daily".
    """
    after = p.kinds[p.i + 1]
    return bool(p.clause.masses) and (
        after in ("FREQ", "ONCE", "EVERY")
        or (after == "NUM" and p.kinds[p.i + 2] in ("TIMES", "X"))
        or (after in ("IN", "INTO", "FOR", "BETWEEN") and p.kinds[p.i + 2] in NUMBER_KINDS)
    )


def all_day(p: State) -> bool:
    """all-day ::= ALLDAY [OF | ":" | "="] before an amount: "total daily dose 900 mg" is the total of a day.

    Also asks for: STOP.
    """
    kinds = p.kinds
    i = p.i + 1
    while kinds[i] in ("OF", "STOP", "EQ"):
        i += 1
    if kinds[i] not in NUMBER_KINDS or p.clause.dosed:
        return False
    p.i = i
    p.clause.per_day = True
    return True


def restated(p: State) -> bool:
    """restated ::= NUM U (ADV | (SLASH | PER | A) T): what the parts of a day or a week come to, behind them, and no
    part itself.

    "10 mg twice daily, total 20 mg/day" is held against the dose or against the parts that are taken together.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] != "NUM" or kinds[i + 1] != "U" or not any(clause.dosed for clause in p.clauses):
        return False
    end = i + 3 if kinds[i + 2] in ("SLASH", "PER", "A") else i + 2
    if kinds[end] not in ("ADV", "T") or p.values[end] not in ("d", "wk"):
        return False
    p.i = end + 1
    _state(p, i, p.values[end])
    return True


def _state(p: State, i: int, per: str) -> None:
    """Note the total at token ``i``, of a day or a week."""
    if p.clause.stated is None:
        p.clause.stated = Range(p.values[i], p.values[i], p.values[i + 1]), per
    else:
        p.tell("a second total", i, i + 1, "ambiguous")


def of_week(p: State) -> bool:
    """of-week ::= ADV-weekly (TOTAL | "dose")+ [STOP | EQ | OF] NUM U, behind a whole instruction: "(weekly total 40
    mg)".

    Also asks for: ADV, C.
    """
    kinds, i = p.kinds, p.i
    if kinds[i] != "ADV" or p.values[i] != "wk" or not any(c.dosed and c.timed_beside_total() for c in p.clauses):
        return False
    i += 1
    while kinds[i] == "TOTAL" or (kinds[i] == "C" and p.values[i] == "{dose}"):
        i += 1
    named = i > p.i + 1
    while kinds[i] in ("STOP", "EQ", "OF"):
        i += 1
    if not named or kinds[i : i + 2] != ["NUM", "U"]:
        return False
    _state(p, i, "wk")
    p.i = i + 2
    return True


def in_its_volume(p: State) -> bool:
    """in-its-volume ::= NUM U(mL), behind "=" and the one amount of the dose: the same in mL where the concentration says so
    ("400 mg/5 mL, 800 mg = 10 mL").
    """
    kinds, values, clause, i = p.kinds, p.values, p.clause, p.i
    if kinds[i : i + 2] != ["NUM", "U"] or values[i + 1] != "mL" or not clause.masses:
        return False
    dose = clause.masses[-1]
    for strength in clause.strengths:
        if strength.per is None or strength.per[1] != "mL" or not convertible(dose.unit, strength.unit):
            continue
        amount = convert(dose.high, dose.unit, strength.unit)
        if dose.low == dose.high and amount * strength.per[0] == values[i] * strength.amount:
            p.i = i + 2
            return True
    return False
