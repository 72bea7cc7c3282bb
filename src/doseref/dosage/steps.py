"""Productions for steps: by how much and after how long the dose changes, and tapers."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.model import Step, Target
from doseref.dosage.state import State
from doseref.dosage.targets import target_rest, to_come
from doseref.quantities import ONE, Period, Range


def step_by(p: State) -> bool:
    """step-by ::= STEPBY quantity [ADV | EVERY span T] [(TO | UNTIL | UPTO | MAX | TITR) quantity | to-nothing] [PRN].

    Also asks for: C, FOR, U.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    direction = values[start]
    p.i += 1
    found = span(p)
    if found is None or kinds[p.i] not in ("U", "C"):
        p.i = start
        return False
    unit = values[p.i]
    change = Range(found[0], found[1], unit)
    p.i += 1
    every = _step_every(p)
    if every is not None:
        every = _step_every(p) or every  # "by 25 mg/day each week", "by 25 mg daily every week": more a day, every week
    if kinds[p.i] == "EVERY":
        p.i = start
        return False
    to = _step_end(p, unit, direction)
    if to is None and direction == "down":
        _to_nothing(p)
    if kinds[p.i] == "PRN" and kinds[p.i + 1] != "FOR":
        p.i += 1  # "increase by 5 mg if needed": the change is as needed, not the dose
    step = Step(change, every, to, direction)
    if p.clause.step not in (None, step):
        p.tell("a second change of the dose without how it follows the first", start, p.i - 1, "ambiguous")
    p.clause.step = step
    if direction == "up" and to is not None and p.target is None:
        per_day, times = target_rest(p)
        p.target = Target(to.low, to.high, to.unit, per_day, times)
    return True


def _step_every(p: State) -> Period | None:
    """step-every ::= (SLASH | PER | A) T | ADV | FREQ | EVERY [span] T: after how long the dose changes again."""
    kinds, values = p.kinds, p.values
    start = p.i
    every: Period | None = None
    if kinds[start] in ("SLASH", "PER", "A") and kinds[start + 1] == "T":
        every, p.i = Period(ONE, values[start + 1]), start + 2
    elif kinds[start] == "ADV":
        every, p.i = Period(ONE, values[start]), start + 1
    elif kinds[start] == "FREQ":
        every = _freq_period(values[start])
        p.i += every is not None
    elif kinds[start] == "EVERY":
        p.i += 1
        many = span(p)
        if kinds[p.i] == "T":
            every = Period(many[1] if many is not None else ONE, values[p.i])
            p.i += 1
        else:
            p.i = start
    return every


def _freq_period(value: tuple[str, Decimal, Decimal, str]) -> Period | None:
    """The period of "every week", "every other day"."""
    how, many, length, unit = value
    if how == "every":
        return Period(many, unit)
    return Period(length, unit) if many == 1 else None


def _step_end(p: State, unit: str, direction: str) -> Range | None:
    """step-end ::= [UNTIL | TO | UPTO | MAX | TITR | TITRDN] span unit.

    Also asks for: A, ADV, C, COMMA, FOR, IN, OF, PER, SLASH, U, WORD.
    """
    kinds, values = p.kinds, p.values
    back = p.i
    p.skip("COMMA")
    if kinds[p.i] == "MAX" and p.i > back:
        p.i = back
        return None
    if (
        direction == "down"
        and kinds[p.i] == "WORD"
        and kinds[p.i + 1] == "TO"
        and p.tokens.said(p.i, p.i + 1) == "down"
    ):
        p.i += 1  # "reduce by 2 mg every 5 days down to 2 mg"
    bounded = kinds[p.i] == "MAX"
    if kinds[p.i] in ("UNTIL", "TO", "UPTO", "MAX", "TITR", "TITRDN", "FOR"):
        p.i += 1
        while kinds[p.i] in ("A", "OF", "MAX"):
            p.i += 1
        found = span(p)
        if (
            found is not None
            and kinds[p.i] in ("U", "C")
            and not (bounded and kinds[p.i + 1] in ("SLASH", "PER", "ADV", "A", "IN"))
        ):
            p.i += 1
            if direction == "down" and kinds[p.i] == "ADV":
                p.i += 1
            return Range(found[0], found[1], values[p.i - 1] if kinds[p.i - 1] in ("U", "C") else unit)
        if found is not None and unit.startswith("{") and kinds[p.i] in _BEHIND_PIECES:
            return Range(found[0], found[1], unit)  # "by one tablet each week to a max of FIVE at night"
    p.i = back
    return None


_NONE = frozenset(("stop", "off", "nothing", "zero"))
_AT_THE_END = frozenset(("END", "STOP", "COMMA", "LP", "RP"))
_NOTHING = frozenset(("to stop", "to off", "to nothing", "to stopping", "down to off", "down to nothing"))


def _to_nothing(p: State) -> None:
    """to-nothing ::= "to stop" at the end: a dose that falls in steps ends with none ("reduce by 5 mg every 3 days to stop").

    Also asks for: COMMA, END.
    """
    start = p.i + (p.kinds[p.i] == "COMMA")
    for many in (2, 3):
        if "END" in p.kinds[start : start + many]:
            return
        if p.kinds[start + many] in _AT_THE_END and p.tokens.said(start, start + many) in _NOTHING:
            p.i = start + many
            return


_BEHIND_PIECES = frozenset(("WHEN", "ADV", "FREQ", "END", "STOP", "COMMA", "RP", "NOTE"))


def taper(p: State) -> bool:
    """taper ::= TAPER [to-nothing]: the dose falls, no further said how.

    Also asks for: BY, C, NUM, U.
    """
    p.i += 1
    if p.kinds[p.i] == "BY":
        p.values[p.i] = "down"
        return step_by(p)
    if p.kinds[p.i] == "NUM" and p.kinds[p.i + 1] in ("U", "C"):
        here = p.i - 1
        p.i = here
        kept, p.values[here] = p.values[here], "down"
        if step_by(p) and p.clause.step is not None and p.clause.step.every is not None:
            return True  # "taper 1 mg a month"
        p.values[here] = kept
        p.i = here + 1
        p.clause.step = None
    if p.clause.step is None:
        p.clause.step = Step(None, None, None, "down")
    _to_nothing(p)
    _titled(p)
    return True


def _titled(p: State) -> None:
    """titled ::= (FOR word+ | "(" word+ ")") [":"] behind "taper" and before its steps: what it is for ("taper for alcohol
    withdrawal:", "taper (COPD):").

    Also asks for: AND, FOR, LP, OF, RP, SITE, WORD.
    """
    kinds, i = p.kinds, p.i
    if p.clause.dosed or kinds[i] not in ("FOR", "LP"):
        return
    bracket = kinds[i] == "LP"
    i += 1
    first = i
    while kinds[i] in ("WORD", "SITE", "OF", "AND"):
        i += 1
    if i == first or (kinds[i] != "RP" if bracket else p.tokens.raw[p.tokens.first[i]] != ":"):
        return
    p.clause.prn_for = p.clause.prn_for or p.tokens.said(first, i)
    p.i = i + bracket


def taper_to(p: State) -> bool:
    """taper-to ::= TITRDN (quantity | nothing): a taper's end ("taper to 5 mg", "wean to stop"), or the next phase ("reduce to
    5 mg daily").

    Also asks for: END, FREQ, ONCE, SLASH, T, U.
    """
    kinds = p.kinds
    start = p.i
    ended = kinds[start + 1] != "END" and kinds[start + 2] in _AT_THE_END
    if p.clause.dosed and ended and p.tokens.said(start + 1, start + 2) in _NONE:
        p.i += 2
        p.clause.step = p.clause.step or Step(None, None, None, "down")
        return True
    word = p.tokens.raw[p.tokens.first[start]]
    if word.startswith(("taper", "wean")):
        p.i += 1
        value = number(p)
        if value is not None and kinds[p.i] == "U":
            unit = p.values[p.i]
            p.i += 1
            if kinds[p.i] == "SLASH" and kinds[p.i + 1] == "T":
                p.i += 2
            p.clause.step = Step(None, None, Range.of(value, unit), "down")
            return True
        p.i = start
        return False
    p.i += 1
    if kinds[p.i] not in NUMBER_KINDS and kinds[p.i] not in ("ONCE", "FREQ"):
        p.i = start
        return False
    if to_come(p, start):
        return True
    if not p.clause.empty:
        p.new_clause("then")
    return True
