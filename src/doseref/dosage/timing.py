"""Setting how often and how far apart, once only; the periods that both are said in."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.model import Times
from doseref.dosage.state import State
from doseref.quantities import ONE, Range

_WEEK = Decimal(7)


def set_times(p: State, low: Decimal, high: Decimal, period: Decimal, unit: str, start: int) -> None:
    """Set administrations per period; a second, different frequency is a contradiction that is told."""
    clause = p.clause
    if high == 0:
        p.tell("no times at all", start, max(start, p.i - 1), "implausible")
        p.fatal = True
        return
    if period == _WEEK and unit == "d":
        period, unit = ONE, "wk"
    made = Times(low, high, period, unit)
    once_a_day_in_all = clause.per_day and clause.times == Times(ONE, ONE, ONE, unit)
    before = clause.times
    if (
        before is not None
        and before != made
        and (before.unit, before.period) == (unit, period)
        and (clause.duration is not None or clause.to_day is not None)
        and any(each.dosed for each in p.clauses)
        and p.link == ","
        and not p.depth
    ):
        p.new_clause("then").times = made  # "qid x 1 wk, tid x 1 wk", "qid wk 1, tds wk 2": the same dose less often
        return
    if clause.times is not None and clause.times != made and not once_a_day_in_all:
        p.tell("a second, different frequency", start, max(start, p.i - 1), "contradiction")
        return
    clause.times = made


def set_every(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> None:
    """Set the interval; once per whole week, day, month or year is the frequency of that period instead."""
    if low == high:
        if unit == "d" and low == _WEEK:
            set_times(p, ONE, ONE, ONE, "wk", start)
            return
        if low == 1 and unit in ("d", "wk", "mo", "a"):
            set_times(p, ONE, ONE, ONE, unit, start)
            return
    if low == 0:
        p.tell("an interval of zero", start, p.i - 1, "implausible")
        return
    made = Range(low, high, unit)
    if p.clause.every is not None and p.clause.every != made:
        p.tell("a second, different interval", start, max(start, p.i - 1), "contradiction")
        return
    p.clause.every = made


def period(p: State) -> tuple[Decimal, str] | None:
    """period ::= ADV | (PER | "/" | A | EVERY | IN | FOR) [NUM | A] T | "every day"; what a frequency is per.

    Also asks for: DASH, FREQ, ON.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    if kinds[i] == "DASH":
        i += 1
    kind = kinds[i]
    if kind == "ADV":
        p.i = i + 1
        return ONE, values[i]
    if kind == "FREQ" and values[i][:3] == ("times", ONE, ONE):
        p.i = i + 1
        return ONE, values[i][3]
    if kind in ("PER", "SLASH", "A", "EVERY", "IN", "ON"):
        j = i + 1
        if kinds[j] == "A" or kinds[j] == "EVERY":
            j += 1
        if kinds[j] == "T" and (kind != "ON" and (kind != "IN" or j > i + 1)):
            p.i = j + 1
            return ONE, values[j]
        if kinds[j] == "NUM" and kinds[j + 1] == "T" and kind in ("PER", "SLASH", "IN", "EVERY"):
            p.i = j + 2
            if values[j + 1] == "h" and values[j] == 24:
                return ONE, "d"
            return values[j], values[j + 1]
    return None


def _of_a_day(p: State, start: int) -> None:
    """Tells where what is divided is the total of a week or longer: it is none of a day."""
    times = p.clause.times
    longer = times is not None and (times.unit in ("wk", "mo", "a") or (times.unit == "d" and times.period > 1))
    if longer or p.clause.days:
        p.tell("a total of more than a day is divided; write how much is taken each time", start, p.i - 1, "ambiguous")
        p.fatal = True


def beyond(p: State, i: int) -> int:
    """Where a frequency that begins at token ``i`` ends (``i`` where none begins):
    it belongs to a word that was not understood.
    """
    kinds = p.kinds
    if kinds[i] in ("ADV", "T", "TIMES", "FREQ", "HLY"):
        return i + 1
    if kinds[i] == "EVERY":
        j = i + 1
        while kinds[j] in NUMBER_KINDS or (kinds[j] in ("DASH", "TO", "OTHER", "ORDN") and j < i + 6):
            j += 1
        return j + 1 if kinds[j] in ("T", "WHEN", "DAYW", "HLY") else i
    if kinds[i] == "ONCE" or (kinds[i] == "NUM" and kinds[i + 1] in ("TIMES", "X")):
        here = p.i
        p.i = i + (1 if kinds[i] == "ONCE" else 2)
        period(p)
        j = p.i
        p.i = here
        return j
    return i


def own_times(p: State) -> Times | None:
    """own-times ::= FREQ | (ONCE [OR ONCE] | span TIMES) period: a frequency that belongs to a bound or a target.

    Also asks for: DASH, TO, X.
    """
    start = p.i
    if p.kinds[start] == "FREQ":
        how, many, value, unit = p.values[start]
        if how != "times":
            return None
        p.i += 1
        return Times(many, many, value, unit)
    if p.kinds[start] == "ONCE":
        low = high = p.values[start]
        p.i += 1
        if p.kinds[p.i] in ("OR", "TO", "DASH") and p.kinds[p.i + 1] == "ONCE":
            high = max(high, p.values[p.i + 1])
            p.i += 2
    else:
        found = span(p)
        if found is None or p.kinds[p.i] not in ("TIMES", "X"):
            p.i = start
            return None
        low, high = found
        p.i += 1
    per = period(p)
    if per is None or low <= 0:
        p.i = start
        return None
    return Times(low, high, per[0], per[1])
