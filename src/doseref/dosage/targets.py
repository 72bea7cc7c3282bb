"""Productions for goals: the dose that a titration ends at, per day or each time."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import span
from doseref.dosage.bounds import UNSAID, limit_period
from doseref.dosage.happenings import READINGS, one_reading
from doseref.dosage.maxima import maximum
from doseref.dosage.model import Target, Times
from doseref.dosage.parts import substance
from doseref.dosage.remarks import complete
from doseref.dosage.routes import route
from doseref.dosage.state import State
from doseref.dosage.timing import own_times
from doseref.dosage.what_amounts_are import unit_of
from doseref.quantities import ONE

_DONE = frozenset(("increased", "raised"))


def _begins(p: State, start: int) -> bool:
    """Whether an instruction begins with the word at ``start``, but for remarks and signs."""
    before = zip(p.kinds[:start], p.values[:start], strict=True)
    return not p.clause.dosed and all(
        kind in ("NOTE", "DASH", "COMMA", "STOP") or (kind, value) == ("C", "{dose}") for kind, value in before
    )


def _is_done(p: State, start: int) -> bool:
    """Whether an instruction begins with what a dose was raised to ("increased to 750 mg bd"): that is what is taken now."""
    return p.tokens.raw[p.tokens.first[start]] in _DONE and p.kinds[p.i] == "NUM" and _begins(p, start)


def to_come(p: State, start: int) -> bool:
    """Whether the only dose is one that "will be" taken: then nothing says what is taken now, which is told."""
    if (
        p.clause.dosed
        or "will" not in p.tokens.raw[p.tokens.last[start - 1] + 1 if start else 0 : p.tokens.first[start]]
    ):
        return False
    p.tell("a dose to come, or the one that is taken now?", start, p.i, "ambiguous")
    p.fatal = True
    return True


def titrate(p: State) -> bool:
    """titrate ::= TITR ((quantity | count) [per | times | route | DIV]… | up-to-maximum): where the dose is to end.

    Also asks for: A, ADV, C, DASH, END, FREQ, MAX, MAXD, NOTE, NUM, OF, ONCE, OR, RP, STOP, TO, U, UPTO, WHEN.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    p.i += 1
    while kinds[p.i] in ("A", "NOTE", "OF", "UPTO"):
        p.i += 1
    if kinds[p.i] in ("MAX", "MAXD"):
        return up_to_maximum(p, start)
    if to_come(p, start) or _is_done(p, start):
        return True
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
        if _of_a_reading(p, start) or _pieces(p, low, high, start):
            return True
        if kinds[p.i] in ("ADV", "FREQ", "ONCE", "END", "STOP", "RP") and p.clause.masses:
            p.tell("a target without a unit", start, p.i - 1, "ambiguous")
            p.i = p.i
            return True
        p.i = start
        return False
    unit = values[p.i]
    p.i += 1
    substance(p)
    if kinds[p.i] == "WHEN" and _begins(p, start):
        p.tell("the new dose, or where it is to end?", start, p.i - 1, "ambiguous")
        return True
    per_day, times = target_rest(p)
    if p.target is not None:
        p.tell("a second target", start, p.i - 1, "ambiguous")
        p.target = None
        return True
    p.target = Target(low, high, unit, per_day, times)
    return True


def up_to_maximum(p: State, start: int) -> bool:
    """up-to-maximum ::= maximum behind a word of raising at ``start``: "increasing as needed to a maximum of 200 mg daily"
    says where the dose may end as well.
    """
    told = len(p.maximum)
    if not maximum(p):
        p.i = start
        return False
    top = p.maximum[-1] if len(p.maximum) == told + 1 else None
    if top is None or top.unit == UNSAID or p.target is not None:
        p.tell("to which dose it is raised is not understood", start, p.i - 1, "ambiguous")
    else:
        day = top.per is not None and top.per.is_day
        times = None if top.per is None or day else Times(ONE, ONE, top.per.value, top.per.unit)
        p.target = Target(top.amount, top.amount, top.unit, day, times)
    return True


def _pieces(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """pieces ::= span [times] as a target of what is counted in pieces: "1 od, increase to 2 od if needed"."""
    count = p.clause.count
    if count is None or high > _MOST_PIECES or p.kinds[p.i] not in _BEHIND_PIECES or p.target is not None:
        return False
    per_day, times = target_rest(p)
    p.target = Target(low, high, count[2] or unit_of(p.clause, p), per_day, times)
    return True


_MOST_PIECES = 8
_BEHIND_PIECES = frozenset("ADV COMMA COND END FREQ IF NOTE ONCE PRN RP STOP WHEN".split())


def _of_a_reading(p: State, start: int) -> bool:
    """Whether a target in a bracket is that of the reading named before it in the bracket: "(INR 2.4, target 2-3)".

    Also asks for: LP, RP.
    """
    i = start - 1
    while p.kinds[i] in ("WORD", "NUM", "COMMA") and start - i < _LONGEST_READING:
        i -= 1
    named = any(p.tokens.raw[p.tokens.first[at]] in READINGS for at in range(i + 1, start))
    return named and p.kinds[i] == "LP" and p.kinds[p.i] == "RP"


_LONGEST_READING = 6
_STOOLS = frozenset("bm bms stool stools movement movements".split())


def _stools(p: State) -> bool:
    """stools ::= ["soft" | "loose" | "bowel"] stools [per T]: so many a day are aimed at ("titrate to 3 BMs/day"),
    and no dose.

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


def aimed(p: State) -> bool:
    """aimed ::= ("aim" | "aiming" | "goal") [FOR | OF] span stools | "aim" [FOR] reading: what a dose is to reach, behind
    a whole dosage ("aim 2-3 stools", "aim for INR 2.5").

    Also asks for: COMMA, END, FOR, OF, RP, STOP, TO.
    """
    start = p.i
    if p.tokens.raw[p.tokens.first[p.i]] not in _AIMS or not complete(p):
        return False
    p.i += 1
    p.skip("FOR") or p.skip("OF") or p.skip("TO")
    end = one_reading(p, p.i) if p.tokens.raw[p.tokens.first[p.i]] in READINGS else 0
    if end:
        p.i = end
    elif span(p) is None or not _stools(p):
        p.i = start
        return False
    if p.kinds[p.i] in ("END", "RP", "STOP", "COMMA"):
        return True
    p.i = start
    return False


_AIMS = frozenset(("aim", "aiming", "goal"))


def _titrate_times(p: State, start: int) -> bool:
    """titrate-times ::= TITR (ONCE | FREQ …): the dose stays, the frequency rises."""
    p_c = p.clause
    if p_c.masses and p.kinds[p.i] in ("FREQ", "ONCE"):
        per_day, times = target_rest(p)
        if times is not None and p.target is None:
            mass = p_c.masses[-1]
            p.target = Target(mass.low, mass.high, mass.unit, per_day, times)
            return True
    p.i = start
    return False


def target_rest(p: State) -> tuple[bool, Times | None]:
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
