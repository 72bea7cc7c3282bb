"""Productions for clock times of four digits without a colon, as hospitals write them:
"TID 0730 1130 1630", "Q0600".
"""

from __future__ import annotations

import itertools

from doseref.dosage import tails
from doseref.dosage.dayparts import clock_time, clocks
from doseref.dosage.state import State

_BETWEEN = frozenset(("COMMA", "DASH", "SLASH", "AND"))
_NO_END = frozenset(("NUM", "BAD", "FR", "HALF", "U", "C", "HH", "T", "TIMES", "X", "DASH", "SLASH", "FORM"))
"""What may not follow the last of them: it could then be a number of something."""
_STEP = 5
"""Times of a ward stand on full five minutes."""


def four_digits(p: State, i: int) -> str:
    """The clock time ``HH:MM`` that the token at ``i`` writes in four digits, or an empty text."""
    if p.kinds[i] not in ("NUM", "BAD"):
        return ""
    raw = p.tokens.raw[p.tokens.first[i]]
    if len(raw) != 4 or not (raw.isdigit() and raw.isascii()):
        return ""
    hour, minute = int(raw[:2]), int(raw[2:])
    return f"{hour % 24:02d}:{minute:02d}" if hour < 25 and minute < 60 and minute % _STEP == 0 else ""


def short_time(p: State, i: int) -> str:
    """The clock time ``HH:MM`` that the token at ``i`` writes as two digits ("06") or with a point ("06.00"), or an empty
    text.
    """
    if p.kinds[i] not in ("NUM", "BAD"):
        return ""
    hour, point, minute = p.tokens.raw[p.tokens.first[i]].partition(".")
    if len(hour) != 2 or not hour.isdigit() or int(hour) > 24 or (point and minute not in _MINUTES):
        return ""
    return f"{int(hour) % 24:02d}:{minute or '00'}"


_MINUTES = frozenset(f"{minute:02d}" for minute in range(0, 60, _STEP))


def rising(times: list[str]) -> bool:
    """Whether clock times ``HH:MM`` stand in the order of a day, each once; midnight may be its end."""
    last = len(times) - 1
    ends = ["24:00" if number == last and time == "00:00" else time for number, time in enumerate(times)]
    return all(before < after for before, after in itertools.pairwise(ends))


def clock(p: State) -> bool:
    """clock-item ::= listed | short-times | of-a-part."""
    return listed(p) or short_times(p) or of_a_part(p)


_HOURS = {
    "MORN": ("04:00", "12:00"),
    "NOON": ("11:00", "15:00"),
    "AFT": ("12:00", "18:00"),
    "EVE": ("16:00", "23:00"),
    "NIGHT": ("19:00", "24:00"),
    "HS": ("19:00", "24:00"),
}
"""From and to when a part of the day can be."""


def of_a_part(p: State) -> bool:
    """of-a-part ::= four-digits behind the one part of the day that it is in, up to a sign: "nocte 2200" says it once more.

    Also asks for: WHEN.
    """
    clause, time = p.clause, four_digits(p, p.i)
    if not time or p.kinds[p.i - 1] != "WHEN" or len(clause.when) != 1 or not clause.dosed or clause.at:
        return False
    first, last = _HOURS.get(clause.when[0], ("24:00", ""))
    if not first <= time <= last or p.kinds[p.i + 1] not in _BEHIND_ONE:
        return False
    p.i += 1
    return True


def short_times(p: State) -> bool:
    """short-times ::= short-time (sign short-time)+ behind a dose: "5X/DAY 06-09-12-15-18",
    "06.00/09.00". The first has its leading zero or all have a point; they are as many as the frequency of a day says.

    Also asks for: LP, RP.
    """
    clause, kinds, raw, first = p.clause, p.kinds, p.tokens.raw, p.tokens.first
    if clause.at or clause.when or clause.every or clause.days or not clause.dosed or not short_time(p, p.i):
        return False
    found, i = [short_time(p, p.i)], p.i + 1
    while kinds[i] in _BETWEEN and (time := short_time(p, i + 1)):
        found.append(time)
        i += 2
    pointed = all("." in raw[first[at]] for at in range(p.i, i, 2))
    often = clause.times
    said = often is not None and often.unit == "d" and often.period == 1 and often.low == often.high == len(found)
    if not 1 < len(found) <= _MOST_A_DAY or not rising(found) or kinds[i] in _NO_END:
        return False
    if not (raw[first[p.i]].startswith("0") or pointed) or not (said or (often is None and pointed)):
        return False
    if p.depth and (kinds[p.i - 1] != "LP" or kinds[i] != "RP"):
        return False
    clause.at = tuple(sorted(found))
    p.i = i
    return True


def listed(p: State) -> bool:
    """listed ::= four-digits ([sign] four-digits)*, exactly as many as the frequency of a day says, or two and more
    where none is said.

    A single one must have its leading zero ("daily 0900"): "daily 1000" could be how many are handed out. Without a
    frequency the first must have it ("1 tab 0600 1400 2200").

    Also asks for: BAD, LP, NOTE, RP, WORD.
    """
    clause, kinds = p.clause, p.kinds
    often = clause.times
    packed = (
        kinds[p.i - 1] in ("WORD", "NOTE") and p.tokens.raw[p.tokens.first[p.i - 1]] in _PACKED
    )  # "(packed 0800/2000)"
    bracketed = p.depth == 1 and kinds[p.i - 1 - packed] == "LP"  # "five times a day (0600, 1000, …)"
    if clause.at or not (clause.dosed or often is not None) or (p.depth and not bracketed):
        return False  # of a product the name has the strength: "Tazocin 4.5 g TDS (0600/1400/2200)"
    if often is None:
        return _spaced(p) or _unnamed(p)
    if often.unit != "d" or often.period != 1 or often.low != often.high:
        return False
    found, i = _times_at(p)
    if len(found) != often.high or not rising(found) or kinds[i] in _NO_END:
        return False
    if bracketed and kinds[i] != "RP":
        return False
    if len(found) == 1 and kinds[p.i] != "BAD":
        return False
    clause.at = tuple(sorted(found))
    p.i = i
    return True


_PACKED = frozenset("packed given charted due".split())


def second_of_two(p: State) -> bool:
    """second-of-two ::= DASH clock behind the first of two times of what is taken twice a day: "BD 8am-4pm".

    Also asks for: NUM, TIME, WHEN.
    """
    clause, kinds, start = p.clause, p.kinds, p.i
    often = clause.times
    twice = often is not None and often.low == often.high == _TWO and often.period == 1 and often.unit == "d"
    if not twice or len(clause.at) != 1 or kinds[start - 1] not in ("WHEN", "TIME"):
        return False
    before = clause.at
    p.i += 1
    if (
        kinds[p.i] in ("NUM", "TIME")
        and clock_time(p)
        and kinds[p.i] not in _NO_END
        and rising([*before, clause.at[-1]])
    ):
        return True
    clause.at, p.i = before, start
    return False


_TWO = 2


def dash(p: State) -> bool:
    """dash-item ::= second-of-two | dash."""
    return second_of_two(p) or tails.dash(p)


def boxed(p: State) -> bool:
    """boxed ::= ("[" (four-digits | TIME) "]")+, two and more: the boxes of a chart, "[0900] [1700]", as many as the frequency
    of a day says, or where none is said how often it is.

    Also asks for: LP, RP, TIME.
    """
    clause, kinds, found, i = p.clause, p.kinds, [], p.i
    while kinds[i] == "LP" and kinds[i + 2] == "RP" and p.tokens.raw[p.tokens.first[i]] == "[":
        time = p.values[i + 1] if kinds[i + 1] == "TIME" else four_digits(p, i + 1)
        if not time:
            break
        found.append(time)
        i += 3
    often, every = clause.times, clause.every
    told = often is None or (often.unit == "d" and often.period == 1 and often.low == often.high == len(found))
    if len(found) < 2 or not told or not clause.dosed or clause.at or not rising(found) or p.depth:
        return False
    if every is None:
        clause.at = tuple(sorted(found))
    elif every.unit != "h" or not every.single or len(found) * every.high != _DAY:
        return False  # "Q8H [0600] [1400] [2200]": the interval says it all
    p.i = i
    return True


def _times_at(p: State) -> tuple[list[str], int]:
    """The times of four digits from here on, and where they end."""
    found: list[str] = []
    i = p.i
    while time := four_digits(p, i):
        found.append(time)
        i += 1
        if p.kinds[i] in _BETWEEN and four_digits(p, i + 1):
            i += 1
    return found, i


def _unnamed(p: State) -> bool:
    """unnamed ::= four-digits ([sign] four-digits)+ | four-digits [T], the first with its leading zero, where nothing else
    says how often.

    Also asks for: BAD.
    """
    clause, kinds = p.clause, p.kinds
    if clause.timed or clause.prn or kinds[p.i] != "BAD" or not four_digits(p, p.i):
        return False
    found, i = _times_at(p)
    if len(found) == 1:
        i += kinds[i] == "T" and p.tokens.raw[p.tokens.first[i]] in _OF_THE_CLOCK
        if kinds[p.i - 1] not in _BEFORE_ONE or kinds[i] not in _BEHIND_ONE:
            return False
    elif len(found) > _MOST_A_DAY or not rising(found) or kinds[i] in _NO_END:
        return False
    clause.at = tuple(sorted(found))
    p.i = i
    return True


_OF_THE_CLOCK = frozenset(("h", "hrs", "hr", "hours"))
_BEFORE_ONE = frozenset(("U", "C", "ROUTE", "FORM"))
_BEHIND_ONE = frozenset(("END", "STOP", "COMMA", "LP", "RP", "DASH", "WITH", "BEFORE", "AFTER"))
"""Between what one time alone stands ("50 mcg PO 0600"): it says as much as "at 0600"."""


def _spaced(p: State) -> bool:
    """spaced ::= four-digits ([sign] four-digits)+ behind an interval that lies between them and fills the day: "Q8H 0600
    1400 2200"; the interval says it all.
    """
    every = p.clause.every
    if every is None or every.unit != "h" or not every.single:
        return False
    found, i = _times_at(p)
    minutes = [int(time[:2]) * 60 + int(time[3:]) for time in found]
    apart = {later - earlier for earlier, later in itertools.pairwise(minutes)}
    if len(found) * every.high != _DAY or apart != {every.high * 60} or p.kinds[i] in _NO_END:
        return False
    p.i = i
    return True


_DAY = 24
_MOST_A_DAY = 8
"""A dose more often than every three hours is told as an interval."""


def every(p: State) -> bool:
    """every-clock ::= EVERY four-digits ((COMMA | AND | "/") four-digits)*: "Q0600", each day at that time."""
    clause, start = p.clause, p.i
    if clause.times is not None or clause.every is not None or clause.at or not four_digits(p, start + 1):
        return False
    p.i += 1
    if p.kinds[p.i + 1] in _NO_END or not clock_time(p):
        p.i = start
        return False
    return clocks(p)
