"""Productions for days on which nothing is taken: "200 mg BD Mon-Fri, none at weekends"."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import dayparts, lengths
from doseref.dosage.model import Times
from doseref.dosage.state import State
from doseref.quantities import ONE

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OTHER_DAYS = Decimal(6)
_NONE = frozenset(("not", "nil", "no", "none", "nothing", "omit", "skip"))


def one_left_out(p: State) -> bool:
    """one-left-out ::= ["("] NEG [ON] DAYW [WHEN] [")"] behind several doses a day, or with the time of the one that is
    left out: "2 bd (not Sunday morning)". No day holds more by it; it is noted.

    Also asks for: COMMA, END, LP, RP, STOP.
    """
    kinds, clause, start = p.kinds, p.clause, p.i
    i = start + (kinds[start] == "LP")
    if kinds[i] != "NEG" or p.tokens.said(i, i + 1) not in _LEFT_OUT or not clause.dosed or clause.days:
        return False
    i += 1 + (kinds[i + 1] == "ON")
    if kinds[start] == "LP" and (_whole_days(p, i) or (day_of_another(p, i) and p.skip("RP"))):
        return True
    timed = kinds[i + 1] == "WHEN"
    several = clause.times is not None and clause.times.unit == "d" and clause.times.low > 1
    if kinds[i] != "DAYW" or not (several or (timed and (clause.times or clause.when))):
        return False
    i += 1 + timed
    if kinds[i] != "RP" if kinds[start] == "LP" else kinds[i] not in ("END", "STOP", "COMMA", "RP"):
        return False
    p.remarks.append((start + (kinds[start] == "LP"), i - 1))
    p.i = i + (kinds[start] == "LP")
    return True


def _whole_days(p: State, i: int) -> bool:
    """whole-days ::= DAYW … ")" behind one dose a day: "1 od (not Sundays)"; on these it is left out.

    Also asks for: RP.
    """
    clause, start = p.clause, p.i
    times = clause.times
    if times is None or not times.low == times.high == times.period == 1 or times.unit != "d" or p.kinds[i] != "DAYW":
        return False
    p.i = i
    dayparts.weekday(p)
    off, clause.days = clause.days, ()
    if p.kinds[p.i] != "RP" or len(off) == len(_WEEK):
        p.i = start
        return False
    clause.days = tuple(day for day in _WEEK if day not in off)
    p.i += 1
    return True


def day_of_another(p: State, i: int) -> bool:
    """day-of-another ::= ["the"] ["day" OF] SUBST ["dose"] ["day"], behind one dose a day, at the end of what is said: a drug
    that has a day of its own is taken once a week ("daily except methotrexate day"), and this one on the six others.

    Also asks for: A, C, COMMA, DISP, END, FOR, HASH, RP, STOP, T.
    """
    kinds, clause = p.kinds, p.clause
    times = clause.times
    if (
        times is None
        or not times.low == times.high == times.period == 1
        or times.unit != "d"
        or clause.cycle is not None
    ):
        return False
    i += kinds[i] == "A"
    of = kinds[i : i + 2] == ["T", "OF"]
    i += 2 * of
    i += kinds[i] == "A"
    if kinds[i] != "SUBST":
        return False
    i += 1 + (kinds[i + 1] == "C" and p.values[i + 1] == "{dose}")
    day = kinds[i] == "T" and p.values[i] == "d"
    i += day
    if not (of or day) or kinds[i] not in ("END", "STOP", "COMMA", "RP", "FOR", "DISP", "HASH"):
        return False
    clause.times = Times(_OTHER_DAYS, _OTHER_DAYS, ONE, "wk")
    p.i = i
    return True


_LEFT_OUT = frozenset(("except", "excluding", "omit", "skip", "not", "nil", "no", "none"))


def days_off(p: State) -> bool:
    """days-off ::= (HOLD | NEG) ["dose"] [ON | AT] DAYW …, behind doses on other days: "Mon-Fri, none at weekends".

    The days are none of those before; behind a daily dose HOLD leaves them out.

    Also asks for: C, TIME, WHEN.
    """
    kinds, i, clause = p.kinds, p.i, p.clause
    if kinds[i] == "NEG" and p.tokens.said(i, i + 1) not in _NONE:
        return False
    if kinds[i] == "HOLD" and clause.form == "patch" and kinds[i + 1] in ("AT", "WHEN", "TIME") and clause.timed:
        return lengths.remove(p)  # "on in the morning, off at bedtime"
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
