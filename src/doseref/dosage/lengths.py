"""Productions for how long and how many in all: durations, series, single doses, what is handed out."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.around import reason, site
from doseref.dosage.model import Cycle, Strength, Times
from doseref.dosage.state import State
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range
from doseref.units import UNITS

ONE = Decimal(1)
NIGHTS = ("nights", "mornings", "evenings")
"""Plurals that count days: "for 3 nights"."""
SOLID = frozenset(("{tablet}", "{capsule}", "{pill}"))


def for_(p: State) -> bool:
    """for ::= FOR ([UPTO | LE | MAX] span T | A T | sevenths | span doses | reason | site)."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    if k[p.i] == "A" and k[p.i + 1] == "MAX":
        p.i += 1
    bound = p.skip("UPTO") or p.skip("LE") or p.skip("MAX")
    if p.k[p.i] == "A" and k[p.i + 1] == "COURSE":
        p.i += 2
    if k[p.i] == "NUM" and k[p.i + 1] == "SLASH" and k[p.i + 2] == "NUM" and sevenths(p):
        return True
    if k[p.i] == "A" and k[p.i + 1] == "T":
        p.i += 2
        return _length(p, ONE, ONE, v[p.i - 1], bound, start)
    if k[p.i] in NUMBER_KINDS:
        found = span(p)
        if found is not None:
            if k[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
                p.i += 1
                return _length(p, found[0], found[1], "d", bound, start)
            if k[p.i] == "T":
                p.i += 1
                unit = v[p.i - 1]
                p.skip("COURSE")
                p.skip("TOTAL")
                return _length(p, found[0], found[1], unit, bound, start)
            if k[p.i] == "C" and v[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
                p.i += 1
                p.c.doses_total = Range(found[0], found[1], "{dose}")
                return True
        p.i = start
        return False
    words = reason(p, False)
    if words:
        p.c.prn_for = p.c.prn_for or words
        return True
    p.i = start
    return site(p)


def _length(p: State, low: Decimal, high: Decimal, unit: str, bound: bool, start: int) -> bool:
    """length ::= … [IN | EVERY | PER | OUT OF 24 hours]: a duration, a longest duration, or hours on in a day."""
    k, v = p.k, p.v
    c = p.c
    if unit == "h" and k[p.i] in ("IN", "EVERY", "PER", "OF", "A"):
        i = p.i + 1
        if k[i] == "A" or k[i] == "EVERY":
            i += 1
        if k[i] == "NUM" and v[i] == 24 and k[i + 1] == "T":
            i += 1
        elif k[i] != "T" or v[i] != "d":
            i = 0
        if i:
            p.i = i + 1
            p.skip("PERIOD")
            c.cycle = Cycle(high, 24 - high, "h")
            if c.times is None and c.every is None:
                c.times = Times(ONE, ONE, ONE, "d")
            return True
    if unit in ("s", "min", "h") and p.k[start] == "FOR" and p.tokens.raw[p.tokens.first[start]] == "over":
        p.tell("how long one dose runs in", start, p.i - 1)
        return True
    if unit in ("s", "min"):
        p.i = start
        return False
    if unit == "h" and high < 24 and c.form == "patch":
        c.cycle = Cycle(high, 24 - high, "h")
        return True
    if k[p.i] == "MAX" and k[p.i + 1] in ("END", "COMMA", "STOP", "RP"):
        p.i += 1
        bound = True
    if bound:
        p.longest = Range(low, high, unit)
        return True
    made = Range(low, high, unit)
    if c.doses_total is not None and not c.timed_beside_total():
        c.times = Times(c.doses_total.low, c.doses_total.high, high, unit)
        return True
    if c.duration is not None and c.duration != made:
        p.tell("a second, different duration", start, p.i - 1, "contradiction")
        return True
    c.duration = made
    return True


def times_sign(p: State) -> bool:
    """times-sign ::= X (span T | sevenths | span doses | span C | quantity | 1): × 5 days, x7d, x 3 doses, 200 mg x 4 tabs."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    if k[p.i] == "NUM" and k[p.i + 1] == "SLASH" and sevenths(p):
        return True
    found = span(p)
    if found is not None:
        low, high = found
        if k[p.i] == "T":
            p.i += 1
            return _length(p, low, high, v[p.i - 1], False, start)
        if k[p.i] == "C" and v[p.i] in ("{dose}", "{injection}", "{session}", "{application}"):
            p.i += 1
            p.c.doses_total = Range(low, high, "{dose}")
            return True
        if k[p.i] == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
            p.i += 1
            return _length(p, low, high, "d", False, start)
        if low == high == 1:
            p.c.doses_total = Range(ONE, ONE, "{dose}")
            return True
        if _product_of(p, low, high):
            return True
    p.i = start
    return False


def _product_of(p: State, low: Decimal, high: Decimal) -> bool:
    """product-of ::= a strength X span C | a count X NUM U: "200 mg x 4 tabs", "4 tabs x 200 mg"."""
    c = p.c
    kind, code = p.k[p.i], p.v[p.i]
    if kind == "C" and code in SOLID and c.count is None and len(c.masses) == 1 and not c.strengths:
        c.count = (low, high, code)
        c.count_index = p.i
        c.form = c.form or FORM_OF.get(code)
    elif (
        kind == "U" and low == high and UNITS[code].dimension == "mass"
        and c.count is not None and (c.count[2] is None or c.count[2] in SOLID) and not (c.masses or c.strengths)
    ):  # fmt: skip
        c.strengths.append(Strength(low, code))
    else:
        return False
    p.i += 1
    return True


def series(p: State) -> bool:
    """series ::= SERIES OF? span injections."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    p.skip("OF")
    found = span(p)
    if found is not None and k[p.i] == "ADV":
        p.c.times = Times(ONE, ONE, ONE, v[p.i])
        p.i += 1
    if found is None or k[p.i] != "C" or v[p.i] not in ("{dose}", "{injection}", "{session}", "{application}"):
        p.i = start
        return False
    if v[p.i] == "{injection}":
        p.c.routes = p.c.routes or ("injection",)
    p.i += 1
    p.c.doses_total = Range(found[0], found[1], "{dose}")
    return True


def remove(p: State) -> bool:
    """remove ::= REMOVE [FORM] AFTER NUM hours: how long a patch stays on in each day."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    while k[p.i] in ("C", "FORM"):
        p.i += 1
    if k[p.i] == "AFTER" and k[p.i + 1] == "NUM" and k[p.i + 2] == "T" and v[p.i + 2] == "h" and v[p.i + 1] < 24:
        p.c.cycle = Cycle(v[p.i + 1], 24 - v[p.i + 1], "h")
        p.i += 3
        return True
    if k[p.i] == "AT" and k[p.i + 1] in ("WHEN", "TIME"):
        p.i += 1
    if k[p.i] in ("WHEN", "TIME"):
        p.i += 1
        p.tell("when it is removed", start, p.i - 1)
        return True
    p.i = start
    return False


def dispense(p: State) -> bool:
    """dispense ::= DISP ["#"] NUM [C]: how many are handed out, which is no dose."""
    start = p.i
    p.i += 1
    while p.k[p.i] in ("HASH", "STOP", "DISP"):
        p.i += 1
    if p.k[p.i] == "NUM":
        p.i += 1
        p.skip("C") or p.skip("U")
        return True
    p.i = start
    return False


def number_of(p: State) -> bool:
    """number-of ::= "#" NUM [C] at the end, or before the count that is taken ("#120 1 tab"): how many are handed out."""
    if p.k[p.i + 1] == "NUM" and p.k[p.i + 2] == "NUM" and p.k[p.i + 3] == "C" and p.c.count is None:
        p.i += 2
        return True
    if p.k[p.i + 1] != "NUM" or not p.c.dosed or p.k[p.i + 2] not in ("END", "C", "COMMA", "STOP", "DISP"):
        return False
    p.i += 2
    p.skip("C")
    return True


def after(p: State) -> bool:
    """after ::= AFTER span T: when the next step or phase begins; what was read so far lasts so long."""
    k, v = p.k, p.v
    start = p.i
    p.i += 1
    found = span(p)
    if found is None or k[p.i] != "T" or v[p.i] not in ("d", "wk", "mo") or p.c.empty:
        p.i = start
        return False
    unit = v[p.i]
    p.i += 1
    p.skip("COMMA")
    if k[p.i] in ("TITR", "RAISE", "STEPBY"):
        return True
    if k[p.i] == "TITRDN" or k[p.i] in NUMBER_KINDS:
        if p.c.duration is None:
            p.c.duration = Range(found[0], found[1], unit)
        if k[p.i] in NUMBER_KINDS:
            p.clause("then")
        return True
    p.i = start
    return False


def single(p: State) -> bool:
    """single ::= SINGLE | STAT: one administration; "immediately after food" is no dose at once."""
    p.i += 1
    if p.k[p.i - 1] == "STAT" and p.k[p.i] in ("BEFORE", "AFTER"):
        return True
    if p.k[p.i - 1] == "STAT":
        if p.c.timed_beside_total():
            if p.k[p.i - 2] == "C" and p.v[p.i - 2] == "{dose}":
                p.c.doses_total = None  # "every 6 hours, 1 dose now"
            return True  # "every 6 hours, start now": when it begins, not how many
        p.c.stat = p.c.doses_total is None
    p.c.doses_total = p.c.doses_total or Range(ONE, ONE, "{dose}")
    return True


def until(p: State) -> bool:
    """until ::= UNTIL word*: an open end in words."""
    k = p.k
    said = p.v[p.i]
    p.i += 1
    if said:
        p.c.until = said
        return True
    if k[p.i] == "T" and p.v[p.i] == "d" and k[p.i + 1] == "NUM" and p.v[p.i + 1] == int(p.v[p.i + 1]) > 0:
        p.c.from_day, p.c.to_day = p.c.from_day or 1, int(p.v[p.i + 1])  # "until day 3"
        p.i += 2
        return True
    first = i = p.i
    while k[i] not in ("END", "COMMA", "STOP", "LP", "RP", "NUM", "THEN", "MAX"):
        i += 1
    if i == first:
        return False
    p.c.until = p.tokens.said(first, i)
    p.i = i
    return True


def sevenths(p: State) -> bool:
    """sevenths ::= NUM "/" (7 | 52 | 12): days, weeks, months of treatment."""
    unit = {Decimal(7): "d", Decimal(52): "wk", Decimal(12): "mo"}.get(p.v[p.i + 2])
    if unit is None or not (p.c.timed or p.k[p.i - 1] in ("FOR", "X", "COMMA")):
        return False
    p.c.duration = Range.of(p.v[p.i], unit)
    p.i += 3
    return True
