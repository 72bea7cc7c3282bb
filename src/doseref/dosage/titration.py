"""Productions for doses that change: titration targets, repeated steps, tapers."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.around import route
from doseref.dosage.maxima import limit_period, maximum
from doseref.dosage.model import Step, Target, Times
from doseref.dosage.parts import substance
from doseref.dosage.state import State
from doseref.dosage.timing import own_times
from doseref.quantities import Period, Range

ONE = Decimal(1)


def titrate(p: State) -> bool:
    """titrate ::= TITR (quantity | count) [per | times | route | DIV]…: where the dose is to end.

    Also asks for: A, ADV, C, DASH, END, FREQ, NOTE, NUM, OF, ONCE, OR, RP, STOP, TO, U, UPTO.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    while kinds[p.i] in ("A", "NOTE", "OF", "UPTO"):
        p.i += 1
    found = span(p)
    if found is None:
        return _titrate_times(p, start)
    low, high = found
    if _stools(p):
        return True
    if (
        kinds[p.i] == "U"
        and kinds[p.i + 1] in ("TO", "DASH", "OR")
        and kinds[p.i + 2] == "NUM"
        and kinds[p.i + 3] == "U"
        and values[p.i + 3] == values[p.i]
    ):
        high = max(high, values[p.i + 2])
        p.i += 3
    if kinds[p.i] not in ("U", "C"):
        if kinds[p.i] in ("ADV", "FREQ", "ONCE", "END", "STOP", "RP") and p.clause.masses:
            p.tell("a target without a unit", start, p.i - 1, "ambiguous")
            p.i = p.i
            return True
        p.i = start
        return False
    unit = values[p.i]
    p.i += 1
    substance(p)
    per_day, times = _target_rest(p)
    if p.target is not None:
        p.tell("a second target", start, p.i - 1, "ambiguous")
        p.target = None
        return True
    p.target = Target(low, high, unit, per_day, times)
    return True


_STOOLS = frozenset("bm bms stool stools movement movements".split())


def _stools(p: State) -> bool:
    """stools ::= ["soft" | "loose" | "bowel"] stools [per T]: so many a day are aimed at ("titrate to 3 BMs/day"), and no dose.

    Also asks for: A, ADV, PER, SLASH, T, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    i = p.i
    while kinds[i] == "WORD" and raw[first[i]] in ("soft", "loose", "bowel", "formed"):
        i += 1
    if kinds[i] != "WORD" or raw[first[i]] not in _STOOLS:
        return False
    i += 1
    if kinds[i] == "ADV":
        i += 1
    elif kinds[i] in ("PER", "SLASH", "A") and kinds[i + 1] == "T":
        i += 2
    p.i = i
    return True


def _titrate_times(p: State, start: int) -> bool:
    """titrate-times ::= TITR (ONCE | FREQ …): the dose stays, the frequency rises."""
    p_c = p.clause
    if p_c.masses and p.kinds[p.i] in ("FREQ", "ONCE"):
        per_day, times = _target_rest(p)
        if times is not None and p.target is None:
            mass = p_c.masses[-1]
            p.target = Target(mass.low, mass.high, mass.unit, per_day, times)
            return True
    p.i = start
    return False


def _target_rest(p: State) -> tuple[bool, Times | None]:
    """target-rest ::= (period | times | FREQ | ROUTE | DIV | FOR span T)*.

    Also asks for: A, ADV, AFTER, C, IN, NUM, ONCE, PER, PRN, SLASH.
    """
    kinds, values = p.kinds, p.values
    per_day = False
    times: Times | None = None
    while True:
        kind = kinds[p.i]
        if kind in ("SLASH", "PER", "A") and (
            kinds[p.i + 1] == "T" or (kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "T")
        ):
            found = limit_period(p)
            if found is None:
                return per_day, times
            if found.is_day:
                per_day = True
            else:
                times = Times(ONE, ONE, found.value, found.unit)
        elif kind == "DIV":
            p.i += 1
            per_day = True
            if times == Times(ONE, ONE, ONE, "d"):
                times = None
        elif kind == "IN" and kinds[p.i + 1] == "DIV":
            p.i += 1
        elif kind == "IN" and kinds[p.i + 1] == "NUM":
            back = p.i
            p.i += 1
            many = span(p)
            if many is not None and (kinds[p.i] == "DIV" or (kinds[p.i] == "C" and values[p.i] == "{dose}")):
                p.i += 1
                per_day = True
                times = Times(many[0], many[1], ONE, "d")
            else:
                p.i = back
                return per_day, times
        elif kind == "ROUTE":
            if p.clause.routes:
                p.i += 1
            else:
                route(p)
        elif kind == "FREQ" and values[p.i][0] == "times" and times is None:
            times = Times(values[p.i][1], values[p.i][1], values[p.i][2], values[p.i][3])
            p.i += 1
        elif kind == "ADV" and times is None:
            if values[p.i] == "d" and _more_than_daily(p):
                per_day = True  # "start 50 mg three times a day, target 600 mg daily"
            else:
                times = Times(ONE, ONE, ONE, values[p.i])
            p.i += 1
        elif kind in ("ONCE", "NUM") and times is None:
            times = own_times(p)
            if times is None:
                return per_day, times
        elif kind == "PRN":
            p.i += 1
        elif kind in ("FOR", "AFTER") and kinds[p.i + 1] == "NUM":
            back = p.i
            p.i += 1
            if span(p) is None or kinds[p.i] != "T":
                p.i = back
                return per_day, times
            p.i += 1
        else:
            return per_day, times


def _more_than_daily(p: State) -> bool:
    times, every = p.clause.times, p.clause.every
    return (times is not None and times.unit == "d" and times.period == 1 and times.low > 1) or (
        every is not None and every.unit == "h" and every.high < 24
    )


def step_by(p: State) -> bool:
    """step-by ::= STEPBY quantity [ADV | EVERY span T] [(TO | UNTIL | UPTO | MAX | TITR) quantity] [PRN].

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
    if kinds[p.i] == "PRN" and kinds[p.i + 1] != "FOR":
        p.i += 1  # "increase by 5 mg if needed": the change is as needed, not the dose
    step = Step(change, every, to, direction)
    if p.clause.step not in (None, step):
        p.tell("a second change of the dose without how it follows the first", start, p.i - 1, "ambiguous")
    p.clause.step = step
    if direction == "up" and to is not None and p.target is None:
        per_day, times = _target_rest(p)
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

    Also asks for: A, ADV, C, COMMA, FOR, IN, OF, PER, SLASH, U.
    """
    kinds, values = p.kinds, p.values
    back = p.i
    p.skip("COMMA")
    if kinds[p.i] == "MAX" and p.i > back:
        p.i = back
        return None
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
    p.i = back
    return None


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
    if kinds[i] in ("TO", "UPTO") and kinds[i + 1] == "A" and kinds[i + 2] in ("MAX", "MAXD") and direction == "up":
        p.i = i + 2  # "increasing as needed to a maximum of 200 mg daily"
        if maximum(p):
            return True
    if kinds[i] in ("MAX", "MAXD") and direction == "up":
        p.i = i  # "increasing as needed up to a maximum of 20 mg daily"
        if maximum(p):
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
            return True
    elif kinds[i] == "BETWEEN" and _from_old(p, i):
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


_CHANGED = frozenset("increased decreased reduced raised lowered changed".split())


def _from_old(p: State, i: int) -> bool:
    """from-old ::= "increased" "from" NUM [U] (TO | ARROW) before the new dose, which is what is taken now.

    Also asks for: ARROW, BETWEEN, C, NUM, TO, U.
    """
    kinds, values = p.kinds, p.values
    word = p.tokens.raw[p.tokens.first[p.i]]
    if word not in _CHANGED or p.clause.dosed or kinds[i] != "BETWEEN" or kinds[i + 1] != "NUM":
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


def taper(p: State) -> bool:
    """taper ::= TAPER: the dose falls, no further said how.

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
    return True


def taper_to(p: State) -> bool:
    """taper-to ::= TITRDN quantity: a taper's end ("taper to 5 mg"), or the next phase ("reduce to 5 mg daily").

    Also asks for: FREQ, ONCE, SLASH, T, U.
    """
    kinds = p.kinds
    start = p.i
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
    if not p.clause.empty:
        p.new_clause("then")
    return True
