"""Productions for how far apart doses are at least, and between which hours of the clock they are taken."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import dayparts, mealtimes
from doseref.dosage.amounts import span
from doseref.dosage.body_weight import weight
from doseref.dosage.state import Clause, State
from doseref.quantities import Range

_DAY_HOURS = 24


def spaced(p: State) -> bool:
    """spaced ::= weight | (MAX | GT) [EVERY] span (T [APART | BETWEEN [EVERY] C] | "hourly") | GT span T (BEFORE | AFTER) meal:
    the doses are at least so far apart.

    Behind MAX "every" must stand, behind GT what the time is between. How often it is taken is left open then: as
    needed.
    """
    kinds = p.kinds
    start = p.i
    if weight(p):
        return True
    p.i += 1
    every = p.skip("EVERY")
    found = span(p)
    if found is not None and _hourly(p, p.i):
        return _hourly_at_most(p, found[0], start)
    if found is not None and kinds[p.i] == "T" and kinds[p.i + 1] in ("BEFORE", "AFTER") and kinds[start] == "GT":
        p.i += 1
        return mealtimes.meal(p)  # "at least 30 minutes before breakfast"
    least = found is not None and kinds[p.i] == "T" and kinds[start] == "GT" and not every and p.clause.dosed
    if least and p.values[p.i] in ("d", "wk", "mo"):
        p.i += 1
        return True  # "for at least 6 weeks": how long at least bounds nothing
    every = every or p.tokens.said(start, start + 1).endswith(("often than", "frequently than"))
    if found is None or kinds[p.i] != "T" or p.values[p.i] != "h" or (kinds[start] == "MAX" and not every):
        p.i = start
        return False
    p.i += 1
    if kinds[p.i] == "APART":
        p.i += 1
    elif kinds[p.i] == "BETWEEN" and (kinds[p.i + 1] == "C" or (kinds[p.i + 1] == "EVERY" and kinds[p.i + 2] == "C")):
        p.i += 2 if kinds[p.i + 1] == "C" else 3
    elif not every:
        p.i = start
        return False
    hours = found[1] if kinds[start] == "GT" else found[0]
    if not _hours_apart(p.clause, hours):
        p.i = start
        return False
    return True


def _hourly(p: State, i: int) -> bool:
    """Whether "hourly" or "-hourly" stands at ``i``, of which a number of hours stands before it."""
    return p.kinds[i] == "HLY" or (p.kinds[i] == "FREQ" and p.tokens.said(i, i + 1) == "hourly")


def _hourly_at_most(p: State, hours: Decimal, start: int) -> bool:
    """ "No more often than 4 hourly", "minimum 4 hourly": told where it does not go with what is said of how often; never
    every hour.
    """
    p.i += 1
    if not _hours_apart(p.clause, hours):
        p.tell("the least time between doses, which does not fit how often they are taken", start, p.i - 1, "ambiguous")
    return True


def least(p: State) -> bool:
    """least ::= "min" NUM T-hours (APART | BETWEEN [EVERY] C): "Min 6hrs between doses" is no length of six minutes.

    Also asks for: BETWEEN, EVERY.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if values[i] != "min" or kinds[i + 1 : i + 3] != ["NUM", "T"] or values[i + 2] != "h":
        return False
    end = i + 4 if kinds[i + 3] == "APART" else i + 5 + (kinds[i + 4] == "EVERY")
    between = kinds[i + 3] == "BETWEEN" and kinds[end - 1] == "C"
    if not (between or kinds[i + 3] == "APART") or not _hours_apart(p.clause, values[i + 1]):
        return False
    p.i = end
    return True


def _hours_apart(clause: Clause, hours: Decimal) -> bool:
    """Note that two doses are at least so many hours apart; whether that goes with what is said of how often."""
    if clause.dosed and clause.every is not None and clause.every.unit == "h":
        return clause.every.low >= hours  # "every 6 hours, at least 4 hours apart" says nothing new
    if not clause.dosed or clause.every is not None or clause.when or clause.at:
        return False
    if clause.times is not None:
        often = clause.times
        # "twice a day, at least 4 hours apart" is nothing that the frequency does not say
        return often.unit == "d" and often.period == 1 and often.high * hours <= _DAY_HOURS
    clause.every = Range(hours, hours, "h")
    clause.prn = True
    return True


def gap(p: State) -> bool:
    """gap ::= GAP [GT | EVERY] NUM T: the least time between two doses ("gap of 6 hrs").

    Also asks for: OF, STOP.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    while kinds[i] in ("GT", "EVERY", "OF", "STOP"):
        i += 1
    if kinds[i] != "NUM" or kinds[i + 1] != "T" or values[i + 1] != "h" or not _hours_apart(p.clause, values[i]):
        return False
    p.i = i + 2
    return True


def between_clock(p: State) -> bool:
    """between-clock ::= BETWEEN clock (AND | TO | DASH) clock: "every 4 hours between 8 am and 8 pm" is at 8, 12,
    16 and 20.
    """
    clause = p.clause
    every = clause.every
    start = p.i
    if every is None or every.low != every.high or every.unit != "h" or clause.at or every.low != int(every.low):
        return False
    p.i += 1
    hours: list[int] = []
    for _ in range(2):
        if not dayparts.clock_time(p) or not clause.at[0].endswith(":00"):
            break
        hours.append(int(clause.at[0][:2]))
        clause.at = ()
        if len(hours) == 1 and not p.skip("AND", "TO", "DASH"):
            break
    if len(hours) != 2 or hours[0] >= hours[1]:
        clause.at = ()
        p.i = start
        return False
    clause.at = tuple(f"{hour:02d}:00" for hour in range(hours[0], hours[1] + 1, int(every.low)))
    clause.every = None
    return True
