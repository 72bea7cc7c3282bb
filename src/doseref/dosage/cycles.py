"""Productions for stretches of time: hours on and off, weeks on and off, how long before a meal, how far apart."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import plain_remarks
from doseref.dosage.asides import later
from doseref.dosage.bare_hours import clock_hour
from doseref.dosage.dayparts import when
from doseref.dosage.frequencies import one_d
from doseref.dosage.mealtimes import meal
from doseref.dosage.model import Cycle
from doseref.dosage.moments import add_when
from doseref.dosage.state import State
from doseref.dosage.timing import set_every
from doseref.quantities import Range


def on_off(p: State, hours_on: Decimal) -> bool:
    """on-off ::= NUM ON [COMMA | "/" | AND] NUM OFF, without unit: hours that make a day.

    Also asks for: HOLD.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    while kinds[i] in ("COMMA", "SLASH", "AND"):
        i += 1
    if kinds[i] != "NUM" or kinds[i + 1] != "HOLD" or values[i] + hours_on != 24:
        return False
    p.clause.cycle = Cycle(hours_on, values[i], "h")
    p.i = i + 2
    return True


def wear(p: State) -> bool:
    """wear ::= ON [FOR | UPTO] NUM hours [[COMMA | "/" | AND | THEN] OFF [FOR] NUM hours]: less than a day on, the rest
    off.

    Also asks for: A, HOLD, T.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    if _from_hour_to_hour(p, i):
        return True
    while kinds[i] in ("FOR", "UPTO"):
        i += 1
    if kinds[i] != "NUM" or kinds[i + 1] != "T" or values[i + 1] != "h" or values[i] >= 24:
        return False
    hours_on = values[i]
    off = i = i + 2
    while kinds[i] in ("COMMA", "SLASH", "AND", "THEN"):
        i += 1
    if kinds[i] == "HOLD":
        i += 1 + (kinds[i + 1] == "FOR")
        if kinds[i] != "NUM" or kinds[i + 1] != "T" or values[i + 1] != "h" or hours_on + values[i] != 24:
            return False
        off = i + 2
    elif kinds[off] == "A" and kinds[off + 1] == "T" and values[off + 1] == "d":
        off += 2  # "on for 12 hours a day"
    p.clause.cycle = Cycle(hours_on, 24 - hours_on, "h")
    p.i = off
    return True


def _from_hour_to_hour(p: State, i: int) -> bool:
    """from-hour-to-hour ::= ON [AT] clock [COMMA | "/" | AND | THEN] OFF [AT] clock: "on 8 am off 8 pm", each day.

    Also asks for: HOLD.
    """
    kinds, clause = p.kinds, p.clause
    on = clock_hour(p, i + (kinds[i] == "AT"))
    if on is None or not clause.dosed or clause.timed:
        return False
    i = on[1]
    while kinds[i] in ("COMMA", "SLASH", "AND", "THEN"):
        i += 1
    off = clock_hour(p, i + 1 + (kinds[i + 1] == "AT")) if kinds[i] == "HOLD" else None
    if off is None or off[0] == on[0]:
        return False
    hours_on = Decimal((off[0] - on[0]) % 24)
    clause.at, clause.cycle = (f"{on[0]:02d}:00",), Cycle(hours_on, 24 - hours_on, "h")
    p.i = off[1]
    return True


def stretch(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """stretch ::= span T (ON [COMMA | "/" | AND] span T OFF | (BEFORE | AFTER) meal | COURSE | PER T | A T).

    Also asks for: APART, BETWEEN, DASH, DISP, END, EVERY, FOR, HASH, HOLD, LP, MEAL, NUM, OF, ONLY, OR, PRN, RP, SIDE, STOP, STOPIT,
    SUBST, THEN, TO, TOTAL, WHEN, WORD, X.
    """
    kinds = p.kinds
    unit = p.values[p.i]
    if low == high <= 1 and one_d(p, start, low):
        return True
    i = p.i + 1
    if kinds[i] == "ON" and low == high and _on_and_off(p, low, unit, i):
        return True
    p.i = i
    if low == high and later(p, unit, start):
        return True
    p.i = i - 1
    if kinds[i] == "BEFORE" and unit in ("min", "h", "d") and _event(p, i + 1):
        return True
    if (
        kinds[i] == "BEFORE"
        and unit in ("min", "h")
        and p.clause.prn
        and kinds[i + 1] in ("END", "STOP", "COMMA", "RP")
    ):
        p.i = i + 1
        return True  # "50 mg prn 1hr before": before what it is needed for
    if kinds[i] == "APART":
        once = len(p.clause.when) == 1 and p.clause.times is None
        if unit == "h" and (once or kinds[i + 1 : i + 3] in (["BETWEEN", "SUBST"], ["BETWEEN", "WORD"])):
            return False  # "in the morning, 4 hours apart": from what? "4 hours apart from iron" says not how often
        p.i = i + 1
        set_every(p, low, high, unit, start)
        return True
    gap = kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] == "gap" and unit in ("d", "wk")
    if (kinds[i] == "HOLD" or gap) and low == high and pause(p, low, unit, i):
        return True
    if kinds[i] in ("BEFORE", "AFTER"):
        return _from_meal(p, start, i)
    if kinds[i] == "WHEN" and p.tokens.raw[p.tokens.first[i]] in ("before", "prior", "ac"):
        p.i = i
        return when(p)
    end = _lasts(p, unit, start, i + (kinds[i] == "TOTAL"))  # "7 days total"
    if end:
        p.i = end
        p.clause.duration = Range(low, high, unit)
        return True
    if kinds[i] in ("PER", "A", "EVERY", "SLASH", "OF", "OUT") and kinds[i + 1] == "T" and low == high:
        return _part_of(p, low, unit, i + 1)
    return False


def _on_and_off(p: State, low: Decimal, unit: str, i: int) -> bool:
    """ "21 days on, 7 days off", "3 weeks on 1 off"."""
    kinds, values = p.kinds, p.values
    j = i + 1
    while kinds[j] in ("COMMA", "SLASH", "AND", "THEN", "FOR", "DASH"):
        j += 1
    if kinds[j] != "NUM":
        return False
    end = j + 2 if kinds[j + 1] == "T" and values[j + 1] == unit else j + 1
    if kinds[end] != "HOLD":
        return False
    p.clause.cycle = Cycle(low, values[j], unit)
    p.i = end + 1
    return True


def pause(p: State, low: Decimal, unit: str, i: int) -> bool:
    """ "for 21 days, 7 days off", "D1 to D14, 7 days gap": the pause of the days before it."""
    source = p.clause if p.clause.duration is not None or len(p.clauses) == 1 else p.clauses[-2]
    if source.from_day == 1 and source.to_day is not None and source.duration is None and unit == "d" and source.dosed:
        source.cycle = Cycle(Decimal(source.to_day), low, unit)
        p.i = i + 1
        return True
    if source.duration is None or source.duration.unit != unit or not source.duration.single:
        return False
    source.cycle = Cycle(source.duration.low, low, unit)
    source.duration = None
    p.i = i + 1
    return True


def _from_meal(p: State, start: int, i: int) -> bool:
    """ "30 minutes before meals", "1 hour before or 2 hours after food"."""
    kinds, values = p.kinds, p.values
    if (
        kinds[i + 1] in ("OR", "AND")
        and kinds[i + 2] == "NUM"
        and kinds[i + 3] == "T"
        and kinds[i + 4] in ("BEFORE", "AFTER")
        and kinds[i + 5] == "MEAL"
    ):
        p.link = "or"
        add_when(p, (values[i] + values[i + 5], values[i + 4] + values[i + 5]))
        p.i = i + 6
        return True
    p.i = i
    if meal(p):
        return True
    p.i = start
    return False


def _lasts(p: State, unit: str, start: int, i: int) -> int:
    """Where a length ends that is the duration, told by what stands around it; 0 where it is none."""
    kinds, clause = p.kinds, p.clause
    if unit in ("d", "wk", "mo") and clause.timed_beside_total() and clause.duration is None:
        remaining = kinds[i] in ("WORD", "SIDE") and p.tokens.raw[p.tokens.first[i]] in _LEFT
        if remaining and kinds[i + 1] in ("END", "STOP", "COMMA", "RP", "TO"):
            return i + 1 + 2 * (kinds[i + 1] == "TO")  # "3 days remaining"
        ends = kinds[i] in ("END", "STOP", "COMMA", "RP", "THEN", "PRN", "STOPIT", "DISP", "HASH", "ONLY")
        ends = ends or (kinds[i] == "FOR" and kinds[i + 1] == "WORD")  # "bd 3 days for UTI"
        ends = ends or kinds[i] == "LP"  # "tds with food 5 days (ankle sprain)"
        ends = ends or bool(plain_remarks.stretch(p, i, True))  # "bd 7 days chest infection"
        ends = ends or (kinds[i] == "WORD" and _after_surgery(p, i))  # "28 days post-op"
        if ends and not _glued(p, start - 1) and (clause.dosed or clause.form is not None):
            return i  # "1 tab bid 7 days", "1% cream bd to groin 14 days"
    if kinds[i] == "COURSE":
        return i + 1
    return i if kinds[i] == "END" and kinds[start - 1] in ("COMMA", "LP", "STOP", "X") and clause.timed else 0


def _after_surgery(p: State, i: int) -> bool:
    """Whether "post-op" stands at ``i``: from when on the days are counted."""
    raw, first = p.tokens.raw, p.tokens.first
    return raw[first[i]] in ("postop", "postoperatively") or (
        raw[first[i]] == "post" and raw[first[i + 1]] in ("op", "operatively")
    )


def _glued(p: State, i: int) -> bool:
    """Whether a dash at ``i`` could join two numbers: it stands without spaces around it, unlike in "bd - 5 days".

    Also asks for: DASH.
    """
    begin, end = p.tokens.span(i)
    text = p.tokens.text
    return p.kinds[i] == "DASH" and not (text[begin - 1 : begin] == text[end : end + 1] == " ")


_LEFT = frozenset("remaining remain left".split())
_ONCE_ONLY = frozenset(
    "appointment procedure surgery operation scan departure extraction imaging mri colonoscopy visit".split()
)
_JOURNEYS = frozenset("travel board sail fly leave depart".split())
"""What a person does, before which something is taken each time."""
_AGAIN = _JOURNEYS | frozenset(
    "change exercise sport sports gym activity intercourse sex exposure flight travelling performance chemo chemotherapy physio "
    "physiotherapy".split()
)
"""Events before which something is taken once; and those that come again and again, so that it is taken as needed."""


def before_event(p: State) -> bool:
    """before-event ::= BEFORE [a] [word] event: "before exercise", as needed; "before the procedure", once."""
    return _event(p, p.i + 1)


def _event(p: State, i: int) -> bool:
    """event ::= "before" [a] [word] event: "1 hour before the appointment" once, "before exercise" as needed.

    Also asks for: A, EVERY, SITE, WORD.
    """
    kinds, raw, first = p.kinds, p.tokens.raw, p.tokens.first
    while kinds[i] in ("A", "EVERY"):
        i += 1
    begin = i
    if raw[first[i]] in ("you", "they") and raw[first[i + 1]] in _JOURNEYS and p.clause.dosed:
        i += 1
    if kinds[i] in ("WORD", "SITE") and raw[first[i + 1]] in _ONCE_ONLY | _AGAIN:
        i += 1
    if raw[first[i]] not in _ONCE_ONLY | _AGAIN or not p.clause.dosed:
        return False
    p.i = i + 1
    if raw[first[i]] in _AGAIN:
        p.clause.prn = True
        p.clause.prn_for = p.clause.prn_for or p.tokens.said(begin, i + 1)
    elif not p.clause.timed:
        p.clause.doses_total = Range(Decimal(1), Decimal(1), "{dose}")
    return True


def _part_of(p: State, low: Decimal, unit: str, i: int) -> bool:
    """part-of ::= NUM T PER T: 3 weeks per month is a cycle of 3 on, 1 off; 5 days a week is 5 times per week."""
    whole = p.values[i]
    p.i = i + 1
    length = {("d", "wk"): 7, ("wk", "mo"): 4}.get((unit, whole))
    if length is None or low >= length:
        return False
    p.clause.cycle = Cycle(low, length - low, unit)
    return True
