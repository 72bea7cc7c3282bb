"""Productions for stretches of time: hours on and off, weeks on and off, how long before a meal, how far apart."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.dayparts import add_when, meal, when
from doseref.dosage.model import Cycle
from doseref.dosage.state import State
from doseref.dosage.timing import set_every
from doseref.quantities import Range


def on_off(p: State, hours_on: Decimal) -> bool:
    """on-off ::= NUM ON [COMMA | "/" | AND] NUM OFF, without unit: hours that make a day."""
    k, v = p.k, p.v
    i = p.i + 1
    while k[i] in ("COMMA", "SLASH", "AND"):
        i += 1
    if k[i] != "NUM" or k[i + 1] != "HOLD" or v[i] + hours_on != 24:
        return False
    p.c.cycle = Cycle(hours_on, v[i], "h")
    p.i = i + 2
    return True


def wear(p: State) -> bool:
    """wear ::= ON [FOR | UPTO] NUM hours [[COMMA | "/" | AND | THEN] OFF [FOR] NUM hours]: less than a day on, the rest off."""
    k, v = p.k, p.v
    i = p.i + 1
    while k[i] in ("FOR", "UPTO"):
        i += 1
    if k[i] != "NUM" or k[i + 1] != "T" or v[i + 1] != "h" or v[i] >= 24:
        return False
    hours_on = v[i]
    off = i = i + 2
    while k[i] in ("COMMA", "SLASH", "AND", "THEN"):
        i += 1
    if k[i] == "HOLD":
        i += 1 + (k[i + 1] == "FOR")
        if k[i] != "NUM" or k[i + 1] != "T" or v[i + 1] != "h" or hours_on + v[i] != 24:
            return False
        off = i + 2
    p.c.cycle = Cycle(hours_on, 24 - hours_on, "h")
    p.i = off
    return True


def stretch(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """stretch ::= span T (ON [COMMA | "/" | AND] span T OFF | (BEFORE | AFTER) meal | COURSE | PER T | A T)."""
    k, v = p.k, p.v
    unit = v[p.i]
    i = p.i + 1
    if k[i] == "ON" and low == high:
        j = i + 1
        while k[j] in ("COMMA", "SLASH", "AND", "THEN", "FOR", "DASH"):
            j += 1
        if k[j] == "NUM" and k[j + 1] == "T" and v[j + 1] == unit and k[j + 2] == "HOLD":
            p.c.cycle = Cycle(low, v[j], unit)
            p.i = j + 3
            return True
        if k[j] == "NUM" and k[j + 1] == "HOLD":
            p.c.cycle = Cycle(low, v[j], unit)
            p.i = j + 2
            return True
    if k[i] == "APART":
        p.i = i + 1
        set_every(p, low, high, unit, start)
        return True
    if k[i] == "HOLD" and low == high:
        source = p.c if p.c.duration is not None or len(p.clauses) == 1 else p.clauses[-2]
        if source.duration is not None and source.duration.unit == unit and source.duration.single:
            source.cycle = Cycle(source.duration.low, low, unit)
            source.duration = None
            p.i = i + 1
            return True
    if (
        k[i] in ("BEFORE", "AFTER")
        and k[i + 1] in ("OR", "AND")
        and k[i + 2] == "NUM"
        and k[i + 3] == "T"
        and k[i + 4] in ("BEFORE", "AFTER")
        and k[i + 5] == "MEAL"
    ):
        p.link = "or"
        add_when(p, (v[i] + v[i + 5], v[i + 4] + v[i + 5]))
        p.i = i + 6
        return True
    if k[i] in ("BEFORE", "AFTER"):
        p.i = i
        if meal(p):
            return True
        p.i = start
        return False
    if k[i] == "WHEN" and p.tokens.raw[p.tokens.first[i]] in ("before", "prior"):
        p.i = i
        return when(p)
    if k[i] == "COURSE" or (k[i] == "END" and k[start - 1] in ("COMMA", "LP", "STOP", "X") and p.c.timed):
        p.i = i + (k[i] == "COURSE")
        p.c.duration = Range(low, high, unit)
        return True
    if k[i] in ("PER", "A", "EVERY", "SLASH", "OF", "OUT") and k[i + 1] == "T" and low == high:
        return _part_of(p, low, unit, i + 1)
    return False


def _part_of(p: State, low: Decimal, unit: str, i: int) -> bool:
    """part-of ::= NUM T PER T: 3 weeks per month is a cycle of 3 on, 1 off; 5 days a week is 5 times per week."""
    whole = p.v[i]
    p.i = i + 1
    length = {("d", "wk"): 7, ("wk", "mo"): 4}.get((unit, whole))
    if length is None or low >= length:
        return False
    p.c.cycle = Cycle(low, length - low, unit)
    return True
