"""Productions for doses that change: titration targets, repeated steps, tapers."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.around import route
from doseref.dosage.limits import limit_period
from doseref.dosage.model import Step, Target, Times
from doseref.dosage.parts import substance
from doseref.dosage.state import State
from doseref.dosage.timing import own_times
from doseref.quantities import Period, Range

ONE = Decimal(1)


def titrate(p: State) -> bool:
    """titrate ::= TITR (quantity | count) [per | times | route | DIV]…: where the dose is to end."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    while k[p.i] in ("A", "NOTE", "OF", "UPTO"):
        p.i += 1
    found = span(p)
    if found is None:
        return _titrate_times(p, start)
    low, high = found
    if (
        k[p.i] == "U"
        and k[p.i + 1] in ("TO", "DASH", "OR")
        and k[p.i + 2] == "NUM"
        and k[p.i + 3] == "U"
        and v[p.i + 3] == v[p.i]
    ):
        high = max(high, v[p.i + 2])
        p.i += 3
    if k[p.i] not in ("U", "C"):
        if k[p.i] in ("ADV", "FREQ", "ONCE", "END", "STOP", "RP") and p.c.masses:
            p.tell("a target without a unit", start, p.i - 1, "ambiguous")
            p.i = p.i
            return True
        p.i = start
        return False
    unit = v[p.i]
    p.i += 1
    substance(p)
    per_day, times = _target_rest(p)
    if p.target is not None:
        p.tell("a second target", start, p.i - 1, "ambiguous")
        p.target = None
        return True
    p.target = Target(low, high, unit, per_day, times)
    return True


def _titrate_times(p: State, start: int) -> bool:
    """titrate-times ::= TITR (ONCE | FREQ …): the dose stays, the frequency rises."""
    p_c = p.c
    if p_c.masses and p.k[p.i] in ("FREQ", "ONCE"):
        per_day, times = _target_rest(p)
        if times is not None and p.target is None:
            mass = p_c.masses[-1]
            p.target = Target(mass.low, mass.high, mass.unit, per_day, times)
            return True
    p.i = start
    return False


def _target_rest(p: State) -> tuple[bool, Times | None]:
    """target-rest ::= (period | times | FREQ | ROUTE | DIV | FOR span T)*."""
    k, v = p.k, p.v
    per_day = False
    times: Times | None = None
    while True:
        kind = k[p.i]
        if kind in ("SLASH", "PER", "A") and (k[p.i + 1] == "T" or (k[p.i + 1] == "NUM" and k[p.i + 2] == "T")):
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
        elif kind == "IN" and k[p.i + 1] == "DIV":
            p.i += 1
        elif kind == "IN" and k[p.i + 1] == "NUM":
            back = p.i
            p.i += 1
            many = span(p)
            if many is not None and (k[p.i] == "DIV" or (k[p.i] == "C" and v[p.i] == "{dose}")):
                p.i += 1
                per_day = True
                times = Times(many[0], many[1], ONE, "d")
            else:
                p.i = back
                return per_day, times
        elif kind == "ROUTE":
            if p.c.routes:
                p.i += 1
            else:
                route(p)
        elif kind == "FREQ" and v[p.i][0] == "times" and times is None:
            times = Times(v[p.i][1], v[p.i][1], v[p.i][2], v[p.i][3])
            p.i += 1
        elif kind == "ADV" and times is None:
            times = Times(ONE, ONE, ONE, v[p.i])
            p.i += 1
        elif kind in ("ONCE", "NUM") and times is None:
            times = own_times(p)
            if times is None:
                return per_day, times
        elif kind == "PRN":
            p.i += 1
        elif kind in ("FOR", "AFTER") and k[p.i + 1] == "NUM":
            back = p.i
            p.i += 1
            if span(p) is None or k[p.i] != "T":
                p.i = back
                return per_day, times
            p.i += 1
        else:
            return per_day, times


def step_by(p: State) -> bool:
    """step-by ::= STEPBY quantity [ADV | EVERY span T] [(TO | UNTIL | UPTO | MAX | TITR) quantity]."""
    k, v = p.k, p.v
    start = p.i
    direction = v[start]
    p.i += 1
    found = span(p)
    if found is None or k[p.i] not in ("U", "C"):
        p.i = start
        return False
    unit = v[p.i]
    change = Range(found[0], found[1], unit)
    p.i += 1
    every: Period | None = None
    if k[p.i] in ("SLASH", "PER", "A") and k[p.i + 1] == "T":
        every = Period(ONE, v[p.i + 1])
        p.i += 2
    elif k[p.i] == "ADV":
        every = Period(ONE, v[p.i])
        p.i += 1
    elif k[p.i] == "FREQ":
        every = _freq_period(v[p.i])
        p.i += every is not None
    elif k[p.i] == "EVERY":
        p.i += 1
        many = span(p)
        if many is not None and k[p.i] == "T":
            every = Period(many[1], v[p.i])
            p.i += 1
        elif many is None and k[p.i] == "T":
            every = Period(ONE, v[p.i])
            p.i += 1
        else:
            p.i = start
            return False
    to = _step_end(p, unit, direction)
    p.c.step = Step(change, every, to, direction)
    if direction == "up" and to is not None and p.target is None:
        per_day, times = _target_rest(p)
        p.target = Target(to.low, to.high, to.unit, per_day, times)
    return True


def _freq_period(value: tuple[str, Decimal, Decimal, str]) -> Period | None:
    """The period of "every week", "every other day"."""
    how, many, length, unit = value
    if how == "every":
        return Period(many, unit)
    return Period(length, unit) if many == 1 else None


def _step_end(p: State, unit: str, direction: str) -> Range | None:
    """step-end ::= [UNTIL | TO | UPTO | MAX | TITR | TITRDN] span unit."""
    k, v = p.k, p.v
    back = p.i
    p.skip("COMMA")
    if k[p.i] == "MAX" and p.i > back:
        p.i = back
        return None
    bounded = k[p.i] == "MAX"
    if k[p.i] in ("UNTIL", "TO", "UPTO", "MAX", "TITR", "TITRDN", "FOR"):
        p.i += 1
        while k[p.i] in ("A", "OF", "MAX"):
            p.i += 1
        found = span(p)
        if (
            found is not None
            and k[p.i] in ("U", "C")
            and not (bounded and k[p.i + 1] in ("SLASH", "PER", "ADV", "A", "IN"))
        ):
            p.i += 1
            if direction == "down" and k[p.i] == "ADV":
                p.i += 1
            return Range(found[0], found[1], v[p.i - 1] if k[p.i - 1] in ("U", "C") else unit)
    p.i = back
    return None


def change(p: State) -> bool:
    """change ::= RAISE ["the dose"] [slowly | upward | as needed …] (TO target | BY step)."""
    k = p.k
    start = p.i
    direction = p.v[start]
    i = start + 1
    while (
        k[i] in ("NOTE", "UPWARD", "A", "PRN", "OF")
        or (k[i] == "C" and p.v[i] == "{dose}")
        or (k[i] == "ADV" and k[i + 1] in ("TO", "BY", "UPTO"))
    ):
        i += 1
    if k[i] == "EVERY":
        p.i = i + 1
        many = span(p)
        if k[p.i] == "T" and k[p.i + 1] == "BY":
            every = Period(many[1] if many is not None else ONE, p.v[p.i])
            p.i += 1
            p.v[p.i] = direction
            if step_by(p) and p.c.step is not None and p.c.step.every is None:
                p.c.step = Step(p.c.step.change, every, p.c.step.to, p.c.step.direction)
                return True
    elif k[i] == "BY":
        p.i = i
        p.v[i] = direction
        if step_by(p):
            return True
    elif k[i] in ("TO", "UPTO"):
        p.i = i
        if direction == "up":
            if titrate(p):
                return True
        elif taper_to(p):
            return True
    p.i = start
    return False


def taper(p: State) -> bool:
    """taper ::= TAPER: the dose falls, no further said how."""
    p.i += 1
    if p.k[p.i] == "BY":
        p.v[p.i] = "down"
        return step_by(p)
    if p.c.step is None:
        p.c.step = Step(None, None, None, "down")
    return True


def taper_to(p: State) -> bool:
    """taper-to ::= TITRDN quantity: a taper's end ("taper to 5 mg"), or the next phase ("reduce to 5 mg daily")."""
    k = p.k
    start = p.i
    word = p.tokens.raw[p.tokens.first[start]]
    if word.startswith(("taper", "wean")):
        p.i += 1
        value = number(p)
        if value is not None and k[p.i] == "U":
            unit = p.v[p.i]
            p.i += 1
            if k[p.i] == "SLASH" and k[p.i + 1] == "T":
                p.i += 2
            p.c.step = Step(None, None, Range.of(value, unit), "down")
            return True
        p.i = start
        return False
    p.i += 1
    if k[p.i] not in NUMBER_KINDS and k[p.i] not in ("ONCE", "FREQ"):
        p.i = start
        return False
    if not p.c.empty:
        p.clause("then")
    return True
