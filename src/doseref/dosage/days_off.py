"""Productions for days on which nothing is taken: "200 mg BD Mon-Fri, none at weekends"."""

from __future__ import annotations

from doseref.dosage import dayparts
from doseref.dosage.state import State

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NONE = frozenset(("not", "nil", "no", "none", "nothing", "omit", "skip"))


def days_off(p: State) -> bool:
    """days-off ::= (HOLD | NEG) ["dose"] [ON | AT] DAYW …, behind doses on other days: "Mon-Fri, none at weekends".

    The days are none of those before; behind a daily dose HOLD leaves them out.

    Also asks for: C.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if kinds[i] == "NEG" and p.tokens.said(i, i + 1) not in _NONE:
        return False
    i += 1
    i += kinds[i] == "C" and p.values[i] == "{dose}"
    i += kinds[i] in ("ON", "AT")
    taken = {day for each in p.clauses for day in each.days}
    daily = kinds[p.i] == "HOLD" and bool(clause.times or clause.when or clause.at)
    if kinds[i] != "DAYW" or not clause.dosed or not (taken or daily):
        return False
    start = p.i
    own, clause.days = clause.days, ()
    p.i = i
    dayparts.weekday(p)
    off, clause.days = clause.days, own
    if taken.intersection(off):
        p.tell("a day on which it is taken, and is not", start, p.i - 1, "contradiction")
        p.fatal = True
    elif not taken:
        clause.days = tuple(day for day in _WEEK if day not in off)
    return True
