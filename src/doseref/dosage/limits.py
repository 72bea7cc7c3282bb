"""Productions for bounds and goals: maxima, longest durations, titration targets, steps and tapers."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.doses import ONE, substance
from doseref.dosage.model import Maximum, Step, Target, Times
from doseref.dosage.state import State
from doseref.dosage.timing import period
from doseref.quantities import DAY, Period, Range


def maximum(p: State) -> bool:
    """maximum ::= MAX [OF] [SUBST] number (U | C | HH | TIMES | T | …) [SUBST] [per]."""
    start = p.i
    kind = p.k[start]
    p.i += 1
    while p.k[p.i] in ("OF", "TOTAL", "LP", "STOP", "EQ", "A", "IN", "FOR") or (p.k[p.i] == "C" and p.v[p.i] == "{dose}"):
        p.i += 1
    default = DAY if kind == "MAXD" else None
    if p.k[p.i] in ("ADV",) and p.k[p.i + 1] in ("C", "NUM", "OF"):
        default = Period(ONE, p.v[p.i])
        p.i += 1
        if p.k[p.i] == "C":
            p.i += 1
        p.skip("OF")
    if not bound(p, default, kind == "MAX1", start):
        p.i = start
        return False
    while p.k[p.i] in ("SLASH", "OR", "AND") and p.k[p.i + 1] in NUMBER_KINDS and p.k[p.i + 2] in ("U", "C"):
        back = p.i
        p.i += 1
        if not bound(p, default, False, back):
            p.i = back
            break
    return True


def bound(p: State, default: Period | None, single: bool, start: int) -> bool:
    """bound ::= [SUBST] number (U | C | HH | T | TIMES | ONCE …) [SUBST] [per]: one stated maximum."""
    k, v = p.k, p.v
    named = substance(p)
    if k[p.i] == "ONCE":
        amount: Decimal | None = v[p.i]
        p.i += 1
        unit = "{dose}"
    else:
        found = span(p)
        if found is None:
            return False
        amount = found[1]
        unit = ""
        kind = k[p.i]
        if kind == "T":
            p.i += 1
            p.longest = Range(found[0], found[1], v[p.i - 1])
            return True
        if kind == "U" or kind == "C":
            unit = v[p.i]
            p.i += 1
            if unit in ("{injection}", "{session}", "{application}"):
                unit = "{dose}"
            if kind == "U" and k[p.i] == "SLASH" and k[p.i + 1] == "U" and v[p.i + 1] == "kg":
                unit += "/kg"
                p.i += 2
        elif kind == "HH":
            amount *= v[p.i]
            unit = "mL"
            p.i += 1
        elif kind in ("TIMES", "X"):
            unit = "{dose}"
            p.i += 1
    if amount is None:
        return False
    named = named or substance(p)
    if k[p.i] == "TOTAL":
        p.i += 1
    per = limit_period(p) or default
    alone = single
    if k[p.i] in ("PER", "SLASH", "IN", "AT", "FOR") and k[p.i + 1] in ("C", "SINGLE", "NUM", "A") and per is None:
        i = p.i + 1
        while k[i] == "A":
            i += 1
        if k[i] == "C" or (k[i] == "NUM" and v[i] == 1 and k[i + 1] == "C"):
            p.i = i + (2 if k[i] == "NUM" else 1)
            alone = True
    if k[p.i] == "ANEXT" and per is None:
        p.i += 1
        alone = True
    named = named or substance(p)
    if per is None and k[p.i] in ("PER", "SLASH") and k[p.i + 1] in ("WORD", "SITE", "ID"):
        p.tell("a maximum per something that is no time", start, p.i + 1)
        p.i += 2
        return True
    if not unit:
        unit = _inherited(p)
        if not unit:
            p.tell("a maximum without a unit", start, p.i - 1, "ambiguous")
            return True
    if per is None and not alone:
        if not _daily(p, amount):
            p.tell("a maximum without its period", start, p.i - 1, "ambiguous")
            return True
        per = DAY
    p.maximum.append(Maximum(amount, unit, None if alone else per, named))
    return True


def limit_period(p: State) -> Period | None:
    """limit-period ::= period | ADV | IN [A] [NUM] T | "/" NUM T; a day written as 24 hours is a day."""
    found = period(p)
    k, v = p.k, p.v
    if found is None:
        i = p.i
        if k[i] in ("IN", "PER", "FOR", "SLASH", "EVERY", "OF", "WITH"):
            i += 1
            while k[i] in ("A", "EVERY"):
                i += 1
            if k[i] == "T":
                p.i = i + 1
                p.skip("PERIOD")
                return Period(ONE, v[i])
            if k[i] == "NUM" and k[i + 1] == "T":
                p.i = i + 2
                p.skip("PERIOD")
                found = (v[i], v[i + 1])
    if found is None:
        return None
    p.skip("PERIOD")
    value, unit = found
    if unit == "h" and value == 24:
        return DAY
    if unit == "d" and value == 7:
        return Period(ONE, "wk")
    if k[p.i] == "T" and v[p.i] == "d" and unit == "h":
        p.i += 1
    return Period(value, unit)


def _inherited(p: State) -> str:
    """The unit of the dose at hand, for a maximum that is only a number ("1-2 tabs … max 8")."""
    for c in reversed(p.clauses):
        if c.count is not None:
            return c.count[2] or ("{" + c.form + "}" if c.form in ("tablet", "capsule", "patch") else "{dose}")
        if c.masses:
            return c.masses[-1].unit
    return ""


def _daily(p: State, amount: Decimal) -> bool:
    """Whether a maximum without a period must be one of a day: taken more than once a day, and above one dose."""
    c = p.c
    often = (c.every is not None and c.every.unit == "h" and c.every.high < 24) or (c.times is not None and c.times.unit == "d" and c.times.period == 1 and c.times.high > 1) or len(c.when) > 1
    top = max([mass.high for mass in c.masses] + ([c.count[1]] if c.count else []), default=None)
    return bool(often and top is not None and amount > top)


def upto(p: State) -> bool:
    """upto ::= (UPTO | LE) (span T | times | quantity [per]): a longest time, a highest frequency, a maximum or a target."""
    from doseref.dosage.doses import household

    k, v = p.k, p.v
    start = p.i
    p.i += 1
    while k[p.i] in ("A", "MAX", "OF", "TOTAL"):
        p.i += 1
    if k[p.i] == "FREQ" and v[p.i][0] == "times":
        p.c.times = Times(ONE, v[p.i][1], v[p.i][2], v[p.i][3])
        p.i += 1
        return True
    if k[p.i] == "ONCE":
        many = v[p.i]
        p.i += 1
        return _up_to_times(p, many, start)
    found = span(p)
    if found is None:
        p.i = start
        return False
    kind = k[p.i]
    if kind == "T":
        p.i += 1
        p.longest = Range(found[0], found[1], v[p.i - 1])
        return True
    if kind in ("TIMES", "X"):
        p.i += 1
        return _up_to_times(p, found[1], start)
    if kind == "FREQ" and v[p.i][3] == "d" and False:
        return False
    if kind in ("U", "C"):
        unit = v[p.i]
        p.i += 1
        named = substance(p)
        if unit in ("{dose}", "{injection}", "{session}"):
            per = limit_period(p)
            if per is not None:
                p.maximum.append(Maximum(found[1], "{dose}", per, None))
                return True
            p.c.doses_total = p.c.doses_total or Range(ONE, max(ONE, found[1]), "{dose}")
            return True
        per = limit_period(p)
        if per is not None and (p.c.dosed or per.is_day or k[start] == "LE"):
            p.maximum.append(Maximum(found[1], unit, per, named))
            return True
        if p.c.dosed and kind == "U":
            p.target = Target(found[0], found[1], unit, False)
            return True
        if p.c.dosed:
            p.i = start
            return False
        from doseref.dosage.state import Mass
        from doseref.dosage.words import FORM_OF

        if kind == "U":
            p.c.masses.append(Mass(Decimal(0), found[1], unit, start))
        else:
            p.c.count = (Decimal(0), found[1], unit)
            p.c.form = p.c.form or FORM_OF.get(unit)
        return True
    if kind == "HH":
        return household(p, Decimal(0), found[1], start)
    p.i = start
    return False


def _up_to_times(p: State, many: Decimal, start: int) -> bool:
    per = limit_period(p)
    if per is None:
        p.tell("how many times, but not in which period", start, p.i - 1, "ambiguous")
        return True
    c = p.c
    if c.times is None and c.every is None:
        c.times = Times(ONE, many, per.value, per.unit)
    else:
        p.maximum.append(Maximum(many, "{dose}", per, None))
    return True


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
    if k[p.i] == "U" and k[p.i + 1] in ("TO", "DASH", "OR") and k[p.i + 2] == "NUM" and k[p.i + 3] == "U" and v[p.i + 3] == v[p.i]:
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
    from doseref.dosage.around import route

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
            times = _inline_times(p)
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


def _inline_times(p: State) -> Times | None:
    """inline-times ::= (ONCE | span TIMES) period."""
    start = p.i
    if p.k[start] == "ONCE":
        low = high = p.v[start]
        p.i += 1
        if p.k[p.i] in ("OR", "TO", "DASH") and p.k[p.i + 1] == "ONCE":
            high = max(high, p.v[p.i + 1])
            p.i += 2
    else:
        found = span(p)
        if found is None or p.k[p.i] not in ("TIMES", "X"):
            p.i = start
            return None
        low, high = found
        p.i += 1
    per = period(p)
    if per is None:
        p.i = start
        return None
    return Times(low, high, per[0], per[1])


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
        if found is not None and k[p.i] in ("U", "C") and not (bounded and k[p.i + 1] in ("SLASH", "PER", "ADV", "A", "IN")):
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
    while k[i] in ("NOTE", "UPWARD", "A", "PRN", "OF") or (k[i] == "C" and p.v[i] == "{dose}") or (k[i] == "ADV" and k[i + 1] in ("TO", "BY", "UPTO")):
        i += 1
    if k[i] == "BY":
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
