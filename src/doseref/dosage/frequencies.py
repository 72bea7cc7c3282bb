"""How often in a period: twice daily, 3 times a week, daily to twice daily."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.day_totals import within
from doseref.dosage.dayparts import drops
from doseref.dosage.pairs import eye
from doseref.dosage.routes import route
from doseref.dosage.sites import spread_elsewhere
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.timing import beyond, period, set_every, set_times
from doseref.quantities import ONE, Range


def once(p: State) -> bool:
    """once ::= ONCE [(OR | TO | DASH) ONCE] [period]: once daily, once or twice a week; bare "once" is one dose.

    Also asks for: ADV, NUM, TIMES, X.
    """
    kinds, values = p.kinds, p.values
    start = p.i
    low = high = values[start]
    p.i = start + 1
    if kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "ONCE":
        high = max(high, values[p.i + 1])
        p.i += 2
    elif kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] in ("TIMES", "X"):
        high = max(high, values[p.i + 1])
        p.i += 3
    elif (
        kinds[p.i] == "ADV"
        and kinds[p.i + 1] == "OR"
        and kinds[p.i + 2] == "ONCE"
        and kinds[p.i + 3] == "ADV"
        and values[p.i] == values[p.i + 3]
    ):
        high = max(high, values[p.i + 2])
        p.i += 3
    return _frequency(p, low, high, start)


def times_after(p: State, low: Decimal, high: Decimal) -> bool:
    """times ::= span (TIMES | X) [period]: three times daily, 3x/day; "× 5 days" is a duration and no frequency.

    Also asks for: COMMA, DASH, END, NUM, OR, POW, RP, STOP, T, TO.
    """
    kinds = p.kinds
    start = p.i
    if (
        kinds[start] == "X"
        and kinds[start + 1] == "T"
        and p.values[start + 1] == "d"
        and p.tokens.raw[p.tokens.first[start + 1]] == "day"
    ):
        p.i = start + 2
        set_times(p, low, high, ONE, "d", start)
        return True
    if kinds[start] == "X" and kinds[start + 1] in ("NUM", "T", "POW", "END", "COMMA", "STOP", "RP"):
        return False
    p.i = start + 1
    if kinds[p.i] in ("OR", "TO", "DASH") and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] in ("TIMES", "X"):
        high = max(high, p.values[p.i + 1])
        p.i += 3
    return _frequency(p, low, high, start)


def _in_a_row(p: State) -> bool:
    """Whether so many times stand before their length, behind times of a day with theirs: the next step of a row.

    Also asks for: FOR, T, X.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    daily = clause.times is not None and clause.times.unit == "d" and clause.times.period == ONE
    length = kinds[i] in ("X", "FOR") and kinds[i + 1 : i + 3] == ["NUM", "T"] and p.values[i + 2] in ("d", "wk")
    return daily and length and clause.duration is not None


def _frequency(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """frequency ::= [period], after how many times have been read.

    Also asks for: A, ADV, AFTER, AT, BEFORE, DAYW, DIV, EVERY, FORM, FREQ, NUM, ON, OR, PER, ROUTE, SLASH, T, U,
    WHEN, WITH.
    """
    found = period(p)
    clause = p.clause
    if found is not None:
        if found[0] == ONE and found[1] == "d" and p.kinds[p.i] == "DIV":
            clause.per_day = True
        if low == high == ONE and found[0] != ONE:
            set_every(p, found[0], found[0], found[1], start)
        else:
            set_times(p, low, high, found[0], found[1], start)
        return True
    if (
        low == high == ONE
        and p.kinds[p.i] == "WHEN"
        and p.tokens.raw[p.tokens.first[p.i]] in ("nightly", "every", "each")
    ):
        set_times(p, ONE, ONE, ONE, "d", start)
        return True
    if low == high == ONE:
        if p.kinds[p.i] not in ("WHEN", "EVERY", "FREQ", "AT", "BEFORE", "AFTER", "WITH", "ON", "DAYW", "OR"):
            clause.doses_total = clause.doses_total or Range(ONE, ONE, "{dose}")
        return True
    if (p.kinds[p.i] == "ON" and p.kinds[p.i + 1] == "T" and p.kinds[p.i + 2] == "NUM") or clause.from_day is not None:
        set_times(p, low, high, ONE, "d", start)
        return True
    if p.kinds[p.i] == "ROUTE":
        back = p.i
        route(p)
        found = period(p)
        if found is not None:
            set_times(p, low, high, found[0], found[1], start)
            return True
        p.i = back
    if (
        p.kinds[p.i] == "NUM"
        and p.kinds[p.i + 1] == "U"
        and not clause.dosed
        and p.kinds[p.i + 2] in ("A", "PER", "SLASH", "ADV", "EVERY")
    ):
        back = p.i  # "3 times 1 g a day"
        p.i += 2
        found = period(p)
        if found is not None:
            clause.masses.append(Mass(p.values[back], p.values[back], p.values[back + 1], back))
            set_times(p, low, high, found[0], found[1], start)
            return True
        p.i = back
    if _in_a_row(p):
        set_times(p, low, high, ONE, "d", start)  # "6 times/day x 1 wk, 4 times x 1 wk"
        return True
    p.tell("how many times, but not in which period", start, max(start, p.i - 1), "ambiguous")
    return True


def freq(p: State) -> bool:
    """freq ::= FREQ [(DASH | TO | OR | "/") FREQ]: bid, q.i.d., every other day, tds-qds; OD with drops is the right
    eye.

    Also asks for: ADV, CHANGE, COMMA, DIV, EVERY, WHEN.
    """
    start = p.i
    right_eye = p.tokens.raw[p.tokens.first[start]] in ("od", "o.d.") and not p.clause.site and drops(p)
    if right_eye and not spread_elsewhere(p, start + 1):
        p.values[start] = "right eye"
        return eye(p)
    how, low, value, unit = p.values[start]
    p.i = start + 1
    stated = bool(p.clause.masses) and (p.kinds[p.i] in _HOW_OFTEN or p.clause.timed)  # what the patch gives is said
    if (
        p.tokens.raw[p.tokens.first[start]] in ("td", "t.d.")
        and _patch(p.clause)
        and (p.kinds[p.i] == "EVERY" or stated or p.kinds[p.i : p.i + 2] == ["COMMA", "CHANGE"])
    ):
        p.clause.routes = p.clause.routes or ("transdermal",)  # "1 patch TD q72h", "21 mg/24 h, 1 patch TD daily"
        return True
    if p.tokens.raw[p.tokens.first[start]] in ("td", "t.d.") and _transdermal(p):
        p.i = beyond(p, p.i)
        p.tell("td can be three times a day or through the skin", start, p.i - 1, "ambiguous")
        return True
    if how == "times":
        high = low
        if p.kinds[p.i] in ("DASH", "TO", "OR", "SLASH") and p.kinds[p.i + 1] == "FREQ":
            other = p.values[p.i + 1]
            if other[0] == "times" and other[3] == unit:
                low, high = min(low, other[1]), max(low, other[1])
                p.i += 2
        if (
            low == high == ONE
            and p.clause.times is not None
            and p.clause.times.unit == unit
            and p.clause.times.period == 1
            and unit == "d"
            and p.kinds[start - 1] == "WHEN"
        ):
            return True
        if p.kinds[p.i] == "ADV" and p.values[p.i] == unit:
            p.i += 1
        if p.kinds[p.i] == "DIV" and unit == "d" and low == ONE == high:
            p.clause.per_day = True
            return True
        set_times(p, low, high, value, unit, start)
    else:
        set_every(p, low, low, unit, start)
    return True


_BEFORE_D = frozenset(("U", "C", "FORM", "REL", "HH", "SITE", "WATER", "WHEN", "NOTE", "HALF", "FR"))
_BEHIND_D = frozenset("END COMMA STOP RP LP PRN FOR X WITH BEFORE AFTER WHEN NOTE IN NEG TO UNTIL THEN".split())


def letter_d(p: State) -> bool:
    """letter-d ::= "d" behind a dose with its unit or form, where nothing else says how often: daily ("10 mg d", "1 cap
    d prn").

    Also asks for: T.
    """
    clause, i = p.clause, p.i
    if p.tokens.raw[p.tokens.first[i]] != "d" or p.kinds[i - 1] not in _BEFORE_D or not _ends_d(p, i + 1):
        return False
    if i == 0 or clause.times or clause.every or clause.per_day or len(clause.when) > 1:
        return False
    if not (clause.masses or clause.count is not None or clause.form):
        return False
    p.i += 1
    set_times(p, ONE, ONE, ONE, "d", i)
    return True


def _ends_d(p: State, i: int) -> bool:
    """Whether what stands at ``i`` may stand behind a "d" that is daily: a sign, a condition, a length ("d 5/7").

    Also asks for: DASH, NUM, SLASH.
    """
    length = p.kinds[i : i + 3] == ["NUM", "SLASH", "NUM"] and p.values[i + 2] in (7, 52, 12)
    return length or p.kinds[i] in _BEHIND_D or (p.kinds[i] == "DASH" and p.kinds[i + 1] not in ("NUM", "T"))


def one_d(p: State, start: int, many: Decimal) -> bool:
    """one-d ::= ("1" | HALF) "d" behind the strength or form of a product: one daily ("1000 IU cap, 1 d"). Were it for
    one day, no more would be taken; "2 d" may be two days.

    Also asks for: COMMA.
    """
    clause, i = p.clause, p.i
    before = start - 1 - (p.kinds[start - 1] == "COMMA")
    if start == 0 or p.kinds[before] not in _BEFORE_D or not _ends_d(p, i + 1):
        return False
    if p.tokens.raw[p.tokens.first[i]] != "d" or clause.timed or clause.count is not None or len(clause.masses) != 1:
        return False
    clause.count, clause.count_index = (many, many, None), start
    p.i += 1
    set_times(p, ONE, ONE, ONE, "d", i)
    return True


def only_one_d(p: State) -> None:
    """only-one-d ::= "1 d" as all that stands behind a name: one daily ("Levlen ED 1 d").

    Also asks for: END, NUM, PRN, T.
    """
    alone = p.kinds[:2] == ["NUM", "T"] and p.values[0] == ONE and p.tokens.raw[p.tokens.first[1]] == "d"
    if alone and p.kinds[2] in ("END", "PRN"):
        p.kinds[1] = "ADV"


def _transdermal(p: State) -> bool:
    """Whether "td" stands beside a patch or another frequency, where it may be the route."""
    return _patch(p.clause) or p.clause.cycle is not None or p.kinds[p.i] in _HOW_OFTEN


_HOW_OFTEN = frozenset(("ADV", "FREQ", "EVERY", "ONCE"))


def _patch(clause: Clause) -> bool:
    """Whether a patch is named."""
    return clause.form == "patch" or (clause.count is not None and clause.count[2] == "{patch}")


def daily_to(p: State, low: Decimal, unit: str, start: int) -> bool:
    """daily-to ::= (TO | DASH | OR) (NUM TIMES ADV | FREQ), behind "daily": "daily to four times daily".

    Also asks for: X.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if kinds[i] not in ("TO", "DASH", "OR"):
        return False
    if kinds[i + 1] == "NUM" and kinds[i + 2] in ("TIMES", "X") and kinds[i + 3] == "ADV" and values[i + 3] == unit:
        high, end = values[i + 1], i + 4
    elif kinds[i + 1] == "FREQ" and values[i + 1][0] == "times" and values[i + 1][2:] == (1, unit):
        high, end = values[i + 1][1], i + 2
    else:
        return False
    if high <= low or p.clause.timed_beside_total():
        return False
    p.i = end
    set_times(p, low, high, ONE, unit, start)
    return True


def adverb(p: State) -> bool:
    """adverb ::= ADV: daily, weekly, monthly, yearly; beside a frequency of the day "daily" says nothing new.

    Also asks for: ALLDAY, C, DIV, FREQ, IN, ONCE, OR.
    """
    start = p.i
    unit = p.values[start]
    p.i = start + 1
    clause = p.clause
    if p.kinds[p.i] == "ALLDAY" or p.kinds[start - 1] == "ALLDAY":
        p.i += p.kinds[p.i] == "ALLDAY"
        clause.per_day = True
        return True
    if p.kinds[p.i] == "DIV" and unit == "d":
        clause.per_day = True
        return True
    if p.kinds[p.i] == "IN" and p.kinds[p.i + 1] in NUMBER_KINDS and unit == "d":
        back = p.i
        if within(p) and clause.per_day:
            return True
        p.i = back
    if clause.doses_total is not None and unit == "d" and p.kinds[start - 1] == "C" and p.values[start - 1] == "{dose}":
        low, high = clause.doses_total.low, clause.doses_total.high  # "x 6 doses daily"
        clause.doses_total = None
        set_times(p, low, high, ONE, "d", start)
        return True
    if clause.times is not None and clause.times.unit == unit:
        return True
    if clause.every is not None and clause.every.unit == "h" and unit == "d":
        return True
    if clause.per_day and unit == "d":
        return True
    if daily_to(p, ONE, unit, start):
        return True
    if (
        p.kinds[p.i] == "OR"
        and p.kinds[p.i + 1] == "FREQ"
        and p.values[p.i + 1][0] == "times"
        and p.values[p.i + 1][3] == unit
    ):
        high = p.values[p.i + 1][1]
        p.i += 2
        set_times(p, ONE, high, ONE, unit, start)
        return True
    if p.kinds[p.i] == "OR" and p.kinds[p.i + 1] == "ONCE" and p.kinds[p.i + 2] == "ADV" and p.values[p.i + 2] == unit:
        high = p.values[p.i + 1]
        p.i += 3
        set_times(p, ONE, high, ONE, unit, start)
        return True
    set_times(p, ONE, ONE, ONE, unit, start)
    return True
