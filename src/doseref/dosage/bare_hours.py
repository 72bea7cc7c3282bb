"""Productions for hours without "am" or "pm": how many there are says how often, and not when."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from doseref.dosage.model import Times
from doseref.dosage.state import State

_HALF_DAY = 12
_DAY = 24
_ENDS = frozenset(("END", "STOP", "RP", "PRN"))


def hour_at(p: State, i: int) -> tuple[int, int] | None:
    """The hour of a day (0 to 23) that ``8 am``, ``8pm`` or ``20:00`` at ``i`` says, and where it ends."""
    kinds, values = p.kinds, p.values
    if kinds[i] == "TIME":
        hour, full = int(values[i][:2]), values[i][3:] == "00"
        afternoon = kinds[i + 1] == "WHEN" and values[i + 1] == ("EVE",)
        i += 2 if kinds[i + 1] == "WHEN" and values[i + 1] in (("MORN",), ("EVE",)) else 1
        return ((hour + _HALF_DAY if afternoon and hour < _HALF_DAY else hour), i) if full else None
    if kinds[i] != "NUM" or kinds[i + 1] != "WHEN" or values[i + 1] not in (("MORN",), ("EVE",)):
        return None
    hour = values[i]
    if not 1 <= hour <= _HALF_DAY or hour != int(hour):
        return None
    return int(hour) % _HALF_DAY + (_HALF_DAY if values[i + 1] == ("EVE",) else 0), i + 2


def clock_hour(p: State, i: int) -> tuple[int, int] | None:
    """The hour that stands at ``i`` in any of its dresses, "0800" too, and where it ends; for what is put on and taken
    off, where no amount is looked for.
    """
    raw = p.tokens.raw[p.tokens.first[i]] if p.kinds[i] in ("NUM", "BAD") else ""
    if len(raw) == _DIGITS and raw.isascii() and raw.isdigit() and raw.endswith("00") and int(raw) < _DAY * 100:
        return int(raw[:2]), i + 1
    return hour_at(p, i)


_DIGITS = 4
"""Of an hour and its minutes that are written together."""


def hours_apart(hours: list[Decimal]) -> Decimal:
    """From the first of some hours of a twelve-hour clock to the last, each the next such hour behind the one
    before.
    """
    steps = ((after - before - 1) % _HALF_DAY + 1 for before, after in pairwise(hours))
    return sum(steps, Decimal(0))


_MOST_A_DAY = 8


def _hours_at(p: State, least: int, most: int, units: tuple[str, ...] = ()) -> tuple[list[Decimal], int]:
    """The whole hours behind "at", signs between them and a word of ``units`` behind each, and where they end."""
    kinds, values = p.kinds, p.values
    hours: list[Decimal] = []
    i = p.i + 1
    while kinds[i] == "NUM" and values[i] == int(values[i]) and least <= values[i] <= most:
        hours.append(values[i])
        i += 1
        i += kinds[i] == "T" and p.tokens.raw[p.tokens.first[i]] in units
        j = i
        while kinds[j] in ("COMMA", "AND", "SLASH"):
            j += 1
        if kinds[j] != "NUM" or j == i:
            break
        i = j
    return hours, i


def full_hours(p: State) -> bool:
    """full-hours ::= AT NUM ["h"] ((COMMA | AND | SLASH)+ NUM ["h"])+ up to the sign: "at 7, 11, 15, 19h", rising, of
    which the last is behind noon.

    Also asks for: T.
    """
    kinds, clause = p.kinds, p.clause
    hours, i = _hours_at(p, 0, _DAY - 1, ("h", "hr", "hrs"))
    rising = hours == sorted(set(hours)) and len(hours) > 1 and hours[-1] > _HALF_DAY
    if not rising or len(hours) > _MOST_A_DAY or kinds[i] not in _ENDS or not clause.dosed:
        return False
    if clause.timed or clause.prn:
        return False
    clause.at = tuple(f"{int(hour):02d}:00" for hour in hours)
    p.i = i
    return True


def bare_hours(p: State) -> bool:
    """bare-hours ::= AT NUM ((COMMA | AND | SLASH)+ NUM)+ up to the sign: "at 8, 2 and 8" is three times a day, and
    told.

    Each is the next such hour behind the one before, and all of them fit into one day.
    """
    kinds, clause = p.kinds, p.clause
    hours, i = _hours_at(p, 1, _HALF_DAY)
    apart = hours_apart(hours)
    if len(hours) < 2 or kinds[i] not in _ENDS or apart >= _DAY or not clause.dosed or clause.when or clause.at:
        return False
    times = Times(Decimal(len(hours)), Decimal(len(hours)), Decimal(1), "d")
    if clause.every is not None or clause.days or clause.times not in (None, times):
        return False
    clause.times = times
    p.tell("which half of the day these hours are of, is not said", p.i, i - 1, "ambiguous")
    p.i = i
    return True
