"""A row of doses beside the row of times that they are for: "300-300-600 mg (am-noon-hs)", "6/8/10 units before
breakfast/lunch/dinner".

Each number belongs to the time in its place. What is said of when or how often behind such a row says it again, or contradicts it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import phases
from doseref.dosage.amounts import fraction
from doseref.dosage.bare_hours import hour_at
from doseref.dosage.clock_lists import four_digits
from doseref.dosage.dashes import two_names
from doseref.dosage.occasions import GENERAL_MEALS
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.words import FORM_OF

Moment = tuple[str, str]
"""An event-timing code and "", or "" and a clock time."""

_SIGNS = frozenset(("DASH", "SLASH", "COMMA", "PLUS"))
_BETWEEN = frozenset(("DASH", "SLASH", "COMMA", "AND", "PLUS"))
_PLACES = {3: ("MORN", "NOON", "NIGHT"), 4: ("MORN", "NOON", "EVE", "NIGHT")}
_FEWEST, _MOST = 2, 6
_MOST_PIECES = 10
_PARTS_OF_ONE = frozenset((2, 3, 4, 8))
"""Behind a slash these make a fraction of a tablet."""


def parallel(p: State) -> bool:
    """parallel ::= number [U | C] (sign number [U | C])+ [ROUTE] [LP] times [RP], as many times as numbers, all signs one of
    DASH, SLASH, COMMA, PLUS.

    Also asks for: LP, ROUTE, U.
    """
    kinds, clause, start = p.kinds, p.clause, p.i
    sign, numbers, unit, i = _numbers(p)
    if (
        len(numbers) < _FEWEST
        or i < 0
        or clause.count is not None
        or clause.times is not None
        or clause.every is not None
    ):
        return False
    measured = bool(unit) and not unit.startswith("{")
    if (measured and clause.masses) or (not measured and _volume(clause)) or clause.when or clause.at:
        return False
    routes: tuple[str, ...] = ()
    behind = i
    while kinds[i] == "ROUTE":
        routes, i = (p.values[i],), i + 1
    times, end = times_at(p, i)
    if len(times) < _FEWEST and sign == "DASH" and measured and kinds[start + 1] == "U" and len(numbers) in _PLACES:
        p.i = behind - 1  # "8 units - 8 units - 6 units s/c before meals": as "8-8-6 units"
        return phases.day_parts(p, numbers, _PLACES[len(numbers)], start)
    if len(times) < _FEWEST:
        return False
    places = len(numbers)
    if len(times) == sum(number > 0 for number in numbers):
        numbers = [number for number in numbers if number]  # "1-0-1 morning and night"
    if len(times) != len(numbers):
        if places == _FEWEST or sign in ("SLASH", "COMMA"):
            return False
        return _refuse(p, start, end, "as many doses as times of day?")
    if places == _FEWEST and not _two(p, sign, numbers, unit, start, p.tokens.said(i, end)):
        return False
    if p.fatal:
        p.i = end
        return True
    if sign == "SLASH" and two_names(p, start):
        return False
    clause.routes = clause.routes or routes
    _lay(p, numbers, times, unit, start)
    p.i = end
    return True


def _numbers(p: State) -> tuple[str, list[Decimal], str, int]:
    """The sign of a row, its numbers (NUM [FR] | FR | NUM "/" NUM between dashes), their one unit, and where it ends; -1 where
    it is none.

    Also asks for: C, FR, NUM, U.
    """
    kinds, values, i = p.kinds, p.values, p.i
    numbers: list[Decimal] = []
    units: set[str] = set()
    sign = ""
    while kinds[i] in ("NUM", "FR") and len(numbers) < _MOST:
        part = fraction(p, i) if sign == "DASH" or kinds[i + 3] == "DASH" else None
        mixed = kinds[i] == "NUM" and kinds[i + 1] == "FR"
        numbers.append(part if part is not None else values[i] + values[i + 1] if mixed else values[i])
        i += 3 if part is not None else 1 + mixed
        last = kinds[i] in ("U", "C")
        if last:
            units.add(values[i])
            i += 1
        if kinds[i] not in _SIGNS or kinds[i + 1] not in ("NUM", "FR") or (sign and kinds[i] != sign):
            break
        sign = kinds[i]
        i += 1
    unit = units.pop() if units else ""
    bare = not unit and (sign not in ("DASH", "SLASH") or max(numbers, default=Decimal(0)) > _MOST_PIECES)
    whole = bool(numbers) and bool(sign) and not units and not bare and any(numbers)
    return sign, numbers, unit, i if whole and (unit == "" or kinds[i - 1] in ("U", "C")) else -1


def _volume(clause: Clause) -> bool:
    """Whether a volume stands before the row, so that a count of it is meant ("5 mL 1-0-1")."""
    return any(mass.unit in ("mL", "L") for mass in clause.masses)


def _two(p: State, sign: str, numbers: list[Decimal], unit: str, start: int, said: str) -> bool:
    """Whether two numbers and two times are one each: never a range, a fraction or the strengths of two ingredients."""
    low, high = numbers
    if low != high and (p.tokens.vocabulary.is_pair(low, high) or two_names(p, start)):
        return False
    joined = "-" in said or "/" in said or _hyphened(p, start, said)
    if sign == "DASH" and low < high:
        return joined and "/" not in said and _refuse(p, start, p.i, "a range, or one dose for each time of day?")
    if sign == "SLASH":
        return joined and not ((unit.startswith("{") or not unit) and high in _PARTS_OF_ONE and low < high)
    return sign == "DASH"


def _hyphened(p: State, start: int, said: str) -> bool:
    """Whether two words for times stand with a hyphen between them, which the tokens do not keep ("am-hs")."""
    words = said.strip("( )").split()
    return len(words) == _FEWEST and "-".join(words) in p.tokens.text[p.tokens.span(start)[0] :].lower()


def times_at(p: State, i: int) -> tuple[list[Moment], int]:
    """times ::= [LP] [WITH | BEFORE | AFTER | AT] time (sign time)* [RP]: the times named at ``i``, in the order in which they
    stand, and where they end.

    Also asks for: MEAL, STOP, WHEN.
    """
    kinds, values = p.kinds, p.values
    bracket = kinds[i] == "LP"
    i += bracket
    i += kinds[i] == "AT"
    how = values[i] if kinds[i] in ("WITH", "BEFORE", "AFTER") and kinds[i + 1] == "MEAL" else ""
    i += bool(how)
    found: list[Moment] = []
    end = i
    while len(found) < _MOST:
        if kinds[i] == "WHEN" and not GENERAL_MEALS.intersection(values[i]):
            found += [(code, "") for code in values[i]]
            i += 1
        elif kinds[i] == "MEAL" and values[i]:
            found.append(((how or "C") + values[i], ""))
            i += 1
        elif (hour := hour_at(p, i)) is not None:
            found.append(("", f"{hour[0]:02d}:00"))
            i = hour[1]
        elif found and found[-1][1] and (next_hour := _hour_behind(p, i, found[-1][1])) is not None:
            found.append(("", f"{next_hour:02d}:00"))
            i += 1
        elif four_digits(p, i):
            raw = p.tokens.raw[p.tokens.first[i]]
            found.append(("", f"{raw[:2]}:{raw[2:]}"))
            i += 1
        else:
            break
        end = i
        while kinds[i] in _BETWEEN or (bracket and kinds[i] == "STOP"):
            i += 1
        if how and kinds[i] in ("WITH", "BEFORE", "AFTER") and kinds[i + 1] == "MEAL":
            how, i = values[i], i + 1
    if bracket and kinds[end] != "RP":
        return [], end
    return found, end + bracket


_HALF_DAY = 12


def _hour_behind(p: State, i: int, before: str) -> int | None:
    """The bare hour at ``i`` as the next such hour of the day behind a clock time: the 12 of "8am/12/4pm".

    Also asks for: NUM, RP, SLASH.
    """
    hour = p.values[i]
    if p.kinds[i] != "NUM" or p.kinds[i - 1] != "SLASH" or p.kinds[i + 1] not in ("SLASH", "RP"):
        return None
    if hour != int(hour) or not 1 <= hour <= _HALF_DAY:
        return None
    first = int(hour) % _HALF_DAY
    return next((each for each in (first, first + _HALF_DAY) if each > int(before[:2])), None)


def _lay(p: State, numbers: list[Decimal], times: list[Moment], unit: str, start: int) -> None:
    """Each dose with its times; equal doses are one clause."""
    groups: dict[Decimal, list[Moment]] = {}
    for value, moment in zip(numbers, times, strict=True):
        if value:
            groups.setdefault(value, []).append(moment)
    for number, (value, moments) in enumerate(groups.items()):
        clause = p.clause if number == 0 else p.new_clause("and")
        if unit and not unit.startswith("{"):
            clause.masses.append(Mass(value, value, unit, start))
        else:
            clause.count = (value, value, unit or None)
            clause.count_index = start
            clause.form = clause.form or FORM_OF.get(unit)
        clause.when = tuple(code for code, _ in moments if code)
        clause.at = tuple(clock for _, clock in moments if clock)
        clause.in_row(len(groups), sum(len(each) for each in groups.values()), len(numbers))


def _refuse(p: State, start: int, end: int, message: str) -> bool:
    p.tell(message, start, max(start, end - 1), "ambiguous")
    p.fatal = True
    p.i = max(end, start + 1)
    return True


def _seldom(clause: Clause) -> bool:
    """Whether it is taken once in several days, in a week or a month, and at no other time of the day than its row says."""
    times, every, row = clause.times, clause.every, clause.row
    if row is None or {*clause.at} - {*row[4]} or {*clause.when} - {*row[3]} - GENERAL_MEALS:
        return False
    if every is not None:
        return times is None and every.single and every.unit in ("d", "wk", "mo")
    return times is not None and times.low == times.high == 1 and (times.unit in ("wk", "mo") or times.period > 1)


def row_again(p: State, clause: Clause) -> None:
    """ "10-10-12 units TID": how often is said again; another frequency, or other times, behind a row of doses are refused."""
    if clause.row is None:
        return
    clauses, given, places, when, at = clause.row
    times, every = clause.times, clause.every
    fits = times is None or (
        times.low == times.high and times.unit == "d" and times.period == 1 and times.high in (given, places)
    )
    if given == clauses == 1 and _seldom(clause):
        return  # "1-0-0 on alternate days", "0-0-1 once a week": the row says at what time of such a day
    fits = fits and (every is None or (every.unit == "h" and every.low * given == 24))
    if given == 1 and not at and len(clause.at) == 1:
        clause.at = at  # "0-0-16 units at 10 pm": the one part of the day, by the clock
    more = {code[:2] if code[:2] in GENERAL_MEALS else code for code in clause.when if code not in when}
    if not fits or {*clause.at} - {*at} or (clauses > 1 and more - GENERAL_MEALS):
        _refuse(p, 0, max(1, len(p.kinds) - 8), "times of day beside a row of them")
        return
    if clauses > 1:
        clause.times = clause.every = None
        clause.when = when
