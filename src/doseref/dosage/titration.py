"""Productions for a dose that is raised or lowered, slowly, to an end or by steps."""

from __future__ import annotations

from doseref.dosage.amounts import span
from doseref.dosage.model import Step
from doseref.dosage.state import State
from doseref.dosage.steps import step_by, taper_to
from doseref.dosage.targets import titrate, up_to_maximum
from doseref.quantities import ONE, Period


def change(p: State) -> bool:
    """change ::= RAISE ["the dose"] [slowly | upward | as needed …] (TO target | BY step).

    Also asks for: A, ADV, BETWEEN, C, COMMA, EVERY, FOR, MAX, MAXD, NOTE, NUM, OF, PRN, T, TITR, UPTO, UPWARD.
    """
    kinds = p.kinds
    start = p.i
    direction = p.values[start]
    i = start + 1
    while (
        kinds[i] in ("NOTE", "UPWARD", "A", "PRN", "OF")
        or (kinds[i] == "C" and p.values[i] == "{dose}")
        or (kinds[i] == "ADV" and kinds[i + 1] in ("TO", "BY", "UPTO"))
    ):
        i += 1
    if kinds[i] == "FOR" and kinds[i + 1] == "NUM":
        p.i = i + 1
        span(p)
        i = p.i + 1 if kinds[p.i] == "T" else i  # "increasing over 2 weeks to 75 mg"
    if kinds[i] in ("MAX", "MAXD") and direction == "up":
        p.i = i  # "increasing as needed up to a maximum of 20 mg daily"
        if up_to_maximum(p, start):
            return True
    if direction == "up" and _steps(p, i):
        return True
    if kinds[i] == "EVERY":
        p.i = i + 1
        many = span(p)
        if kinds[p.i] == "T" and kinds[p.i + 1] == "BY":
            every = Period(many[1] if many is not None else ONE, p.values[p.i])
            p.i += 1
            p.values[p.i] = direction
            if step_by(p) and p.clause.step is not None and p.clause.step.every is None:
                p.clause.step = Step(p.clause.step.change, every, p.clause.step.to, p.clause.step.direction)
                return True
    elif kinds[i] == "BY":
        p.i = i
        p.values[i] = direction
        if step_by(p):
            step = p.clause.step
            if kinds[i - 1] == "ADV" and step is not None and step.every is None:  # "increase weekly by 5 mg"
                p.clause.step = Step(step.change, Period(ONE, p.values[i - 1]), step.to, step.direction)
            return True
    elif kinds[i] in ("BETWEEN", "NUM") and _from_old(p, i):
        return True
    elif kinds[i] in ("TO", "UPTO"):
        p.i = i
        if direction == "up":
            if titrate(p):
                return True
        elif taper_to(p):
            return True
    p.i = start
    return False


_CHANGED = frozenset("increased decreased reduced raised lowered changed increase decrease reduce raise lower".split())


def _from_old(p: State, i: int) -> bool:
    """from-old ::= "increased" "from" NUM [U] (TO | ARROW) before the new dose, which is what is taken now.

    Also asks for: ARROW, BETWEEN, C, NUM, TO, U.
    """
    kinds, values = p.kinds, p.values
    word = p.tokens.raw[p.tokens.first[p.i]]
    i -= kinds[i] == "NUM"  # "reduced 30 mg to 15 mg"
    if word not in _CHANGED or p.clause.dosed or (kinds[i] != "BETWEEN" and i >= p.i + 1) or kinds[i + 1] != "NUM":
        return False
    to = i + 2 + (kinds[i + 2] in ("U", "C"))
    if kinds[to] not in ("TO", "ARROW") or kinds[to + 1] != "NUM" or kinds[to + 2] not in ("U", "C"):
        return False
    if kinds[to - 1] in ("U", "C") and values[to - 1] != values[to + 2]:
        return False
    p.i = to + 1
    return True


def _steps(p: State, i: int) -> bool:
    """steps ::= (EVERY span T | FREQ) COMMA (MAX | MAXD | TITR): "doubled every week, to a ceiling of 20 mg":
    the steps up to a limit.
    """
    kinds = p.kinds
    start, p.i = p.i, i
    if kinds[i] == "FREQ":
        p.i += 1
    elif kinds[i] == "EVERY":
        p.i += 1
        span(p)
        p.i += kinds[p.i] == "T"
    if p.i > i and kinds[p.i] == "COMMA" and kinds[p.i + 1] in ("MAX", "MAXD", "TITR"):
        return True
    p.i = start
    return False
