"""Charts of a day: each time with its own dose, one after the other, as wards, blister packs and families write them.

"0800 - 40 mg; 1200 - 20 mg", "06:00=1;10:00=1;14:00=0.5", "breakfast 2, dinner 3", "1 TAB 0800 1 TAB 1200". A chart is read
only as a whole: every time with its dose, all doses of one unit, no time twice, and nothing of either kind left behind it.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import fraction
from doseref.dosage.bare_hours import hour_at
from doseref.dosage.clock_lists import four_digits, rising
from doseref.dosage.state import Mass, State
from doseref.dosage.words import FORM_OF

BEGINS = frozenset("NUM BAD FR HALF WHEN TIME MEAL BEFORE AFTER WITH AT".split())
"""What a time or an amount may begin with."""

ChartEntry = tuple[str, str, Decimal, str, int]
"""An event-timing code or "", a clock time or "", how much, its unit or "", and where the amount stands."""

_PARTS = {"MORN": "08:00", "NOON": "12:00", "AFT": "15:00", "EVE": "18:00", "NIGHT": "22:00", "HS": "22:00"}
"""Parts of the day and about when each is, to see whether clock times beside them can be in the order of a day."""
_HALVES = frozenset("am pm a p qam qpm".split())
_BETWEEN = frozenset(("COMMA", "STOP", "AND", "PLUS"))
_SIGNS = frozenset(("STOP", "EQ", "DASH", "X"))
_BEHIND_DOSE = frozenset(("MEAL", "NUM", "BAD", "LP"))
"""What a time behind a dose with its unit may begin with; nearly every dose has something else there."""
_BEFORE_MEAL = frozenset(("BEFORE", "AFTER", "WITH"))
_GOES_ON = frozenset(
    "NUM BAD FR HALF ROMAN A U C HH T TIMES X DASH SLASH WHEN TIME MEAL AT TO OR PRN EQ MILL POW".split()
)
"""What may not follow the last entry: it could be of one more."""
_TIMES = frozenset("WHEN TIME MEAL AT BEFORE AFTER WITH BAD".split())
_MOST = 8
_MOST_PIECES = 20


def chart(p: State) -> bool:
    """chart ::= moment [sign] dose ([sign] moment [sign] dose)+ | dose moment ([sign] dose moment)+, where nothing is said
    yet of how many or when: "0800 - 40 mg; 1200 - 20 mg", "breakfast 2, dinner 3".

    Also asks for: C, NUM, U.
    """
    clause, kinds, i = p.clause, p.kinds, p.i
    if kinds[i] == "NUM" and kinds[i + 1] in ("U", "C") and kinds[i + 2] not in _BEHIND_DOSE:
        return False  # nearly every dose
    if clause.count is not None or p.depth or clause.timed or clause.prn or not _may_begin(p):
        return False
    found, end = _time_first(p)
    if not found:
        found, end = _dose_first(p)
    if not found or not _one_day(p, found) or not _ends(p, end):
        return False
    units = {unit for *_, unit, _ in found if unit}
    measured = bool(units) and not next(iter(units)).startswith("{")
    if measured and clause.masses and clause.form is None:
        return False  # "10 mg, 0600 5 mg, …": another dose
    _lay(p, [entry for entry in found if entry[2]], measured)
    p.i = end
    return True


def _may_begin(p: State) -> bool:
    """Whether a time and a dose stand side by side here, looked at cheaply."""
    kinds, i = p.kinds, p.i
    return kinds[i] not in ("NUM", "FR", "HALF") or kinds[i + 1] not in ("DASH", "FREQ", "END", "T", "TIMES", "FORM")


def _time_first(p: State) -> tuple[list[ChartEntry], int]:
    """The entries of a chart that begins with a time, and where it ends."""
    found: list[ChartEntry] = []
    i = end = p.i
    apart = True
    while len(found) < _MOST and (moment := _moment(p, i, bool(found))) is not None:
        code, clock, after = moment
        sign = after
        while p.kinds[after] in _SIGNS:
            after += 1
        dose = _dose(p, after) or _nothing(p, sign, after)
        if dose is None:
            return [], end
        value, unit, end = dose
        found.append((code, clock, value, unit, after))
        i = end
        while p.kinds[i] in _BETWEEN:
            i += 1
        apart = apart and (i > end or after > sign or _moment(p, i, True) is None)
    halves = any(not clock and _half(p, at) for _, clock, _, _, at in found)
    return (found, end) if len(found) > 1 and (apart or not halves) else ([], end)


def _dose_first(p: State) -> tuple[list[ChartEntry], int]:
    """The entries of a chart that begins with a dose, of times of four digits or meals without "at" or "with"."""
    found: list[ChartEntry] = []
    i = end = p.i
    while len(found) < _MOST and (dose := _dose(p, i)) is not None:
        value, unit, after = dose
        bare = p.kinds[after] == "MEAL" or bool(four_digits(p, after))
        bracket = p.kinds[after] == "LP" and bool(four_digits(p, after + 1))
        moment = _moment(p, after + bracket, True) if bare or bracket else None
        if moment is None or (bracket and p.kinds[moment[2]] != "RP"):
            return [], end
        code, clock, end = moment
        end += bracket
        found.append((code, clock, value, unit, i))
        i = end
        while p.kinds[i] in _BETWEEN:
            i += 1
        if p.kinds[i] not in ("NUM", "FR", "HALF"):
            break
    return (found, end) if len(found) > 1 else ([], end)


def _half(p: State, i: int) -> bool:
    """Whether a bare "am" or "pm" stands before the dose at ``i``."""
    i -= 1
    while p.kinds[i] in _SIGNS:
        i -= 1
    return p.tokens.raw[p.tokens.first[i]] in _HALVES


def _moment(p: State, i: int, inside: bool) -> tuple[str, str, int] | None:
    """moment ::= [AT] (TIME [AM | PM] | four-digits ["h"] | NUM (AM | PM) | "12" NOON | WHEN | [how] MEAL |
    "bed"): an event-timing code or a clock time, and where it ends. "Bed" alone is a time of day ``inside`` a chart.

    Also asks for: AC, C, EVE, PC, T, WORD.
    """
    kinds, values = p.kinds, p.values
    i += kinds[i] == "AT"
    if time := four_digits(p, i):
        return "", time, i + 1 + (kinds[i + 1] == "T" and values[i + 1] == "h")
    if (hour := hour_at(p, i)) is not None:
        return "", f"{hour[0]:02d}:00", hour[1]
    if kinds[i] == "TIME":
        half = kinds[i + 1] == "WHEN" and p.tokens.raw[p.tokens.first[i + 1]] in _HALVES
        later = half and values[i + 1] == ("EVE",) and values[i] < "12:00"
        return "", f"{int(values[i][:2]) + 12 * later:02d}{values[i][2:]}", i + 1 + half
    if kinds[i] == "NUM" and values[i] == 12 and kinds[i + 1] == "WHEN" and values[i + 1] == ("NOON",):
        return "NOON", "", i + 2
    if kinds[i] == "WHEN" and len(values[i]) == 1 and values[i][0] not in ("C", "AC", "PC"):
        return values[i][0], "", i + 1
    how = values[i] if kinds[i] in _BEFORE_MEAL else "C"
    at = i + (kinds[i] in _BEFORE_MEAL)
    if kinds[at] == "MEAL" and values[at]:
        return how + values[at], "", at + 1
    bed = inside and kinds[i] == "WORD" and p.tokens.raw[p.tokens.first[i]] == "bed"
    return ("HS", "", i + 1) if bed else None


def _dose(p: State, i: int) -> tuple[Decimal, str, int] | None:
    """dose ::= (NUM [FR] | NUM "/" NUM | FR | HALF) [U | C]: how much at one time, its unit or "", and where it ends.

    Never a range, a concentration or a length of time.

    Also asks for: A, DASH, PER.
    """
    kinds, values = p.kinds, p.values
    if kinds[i] in ("FR", "HALF"):
        value, i = Decimal(values[i]), i + 1 + (kinds[i] == "HALF" and kinds[i + 1] == "A")
    elif kinds[i] == "NUM" and (part := fraction(p, i)) is not None:
        value, i = part, i + 3
    elif kinds[i] == "NUM":
        value, i = Decimal(values[i]), i + 1
        if kinds[i] == "FR" and value == int(value):
            value, i = value + values[i], i + 1
    else:
        return None
    if kinds[i] in ("U", "C") and kinds[i + 1] not in ("SLASH", "PER"):
        return value, str(values[i]), i + 1
    if kinds[i] == "NUM" and value <= _MOST_PIECES and _moment(p, i, True) is not None:
        return value, "", i  # "8am 2 8pm 3"
    if kinds[i] in _NO_COUNT or value > _MOST_PIECES or (kinds[i] == "DASH" and kinds[i + 1] in ("NUM", "FR")):
        return None
    return value, "", i


_NO_COUNT = frozenset(
    ("U", "C", "HH", "T", "TIMES", "X", "SLASH", "TO", "OR", "NUM", "FR", "HALF", "FORM", "MILL", "POW")
)


def _nothing(p: State, sign: int, i: int) -> tuple[Decimal, str, int] | None:
    """nothing ::= DASH+ | "nil" | "none": no dose at that time ("2200: --"), where a sign stands before the next one or the
    end.

    Also asks for: END, STOP, COMMA.
    """
    nil = p.tokens.raw[p.tokens.first[i]] in ("nil", "none")
    if not nil and (i == sign or "-" not in p.tokens.text[p.tokens.span(sign)[0] : p.tokens.span(i - 1)[1]]):
        return None
    i += nil
    ends = p.kinds[i] in ("END", "COMMA", "STOP") or (not nil and p.kinds[i - 1] == "STOP")
    return (Decimal(0), "", i) if ends else None


def _one_day(p: State, found: list[ChartEntry]) -> bool:
    """Whether the entries can be those of one day: each time once, clock times in their order, one unit."""
    named = [code for code, *_ in found if code]
    clocks = [clock or _PARTS.get(code, "") for code, clock, *_ in found]
    units = {unit for *_, unit, _ in found if unit}
    bare = any(not unit and value for _, _, value, unit, _ in found)
    mixed = bool(named) and len(named) < len(found)
    if len(units) > 1 or (bare and units and not next(iter(units)).startswith("{") and not _unit_behind(found)):
        return False
    if len(set(named)) < len(named) or (len(named) < len(found) and not rising(clocks)):
        return False
    halves = any(_half(p, at) for code, *_, at in found if code)
    return any(entry[2] for entry in found) and not (mixed and halves)


def _unit_behind(found: list[ChartEntry]) -> bool:
    """Whether one unit stands behind the last of all doses: "breakfast 8, lunch 6, dinner 10 units"."""
    return bool(found[-1][3]) and not any(unit for *_, unit, _ in found[:-1])


def _ends(p: State, i: int) -> bool:
    """Whether nothing that could be of one more entry stands behind the chart."""
    kinds = p.kinds
    if kinds[i] in ("DASH", "X") and kinds[i + 1] not in ("NUM", "FR"):
        return True
    if kinds[i] in _GOES_ON:
        return False
    joint = i
    while kinds[i] in _BETWEEN:
        i += 1
    if i == joint:
        return True
    tied = any(kinds[at] in ("AND", "PLUS") for at in range(joint, i))
    return kinds[i] not in _TIMES and not (tied and kinds[i] in ("NUM", "FR", "HALF", "A"))


def _lay(p: State, found: list[ChartEntry], measured: bool) -> None:
    """Each dose with its times; equal doses are one clause."""
    groups: dict[Decimal, list[ChartEntry]] = {}
    for entry in found:
        groups.setdefault(entry[2], []).append(entry)
    unit = next((entry[3] for entry in found if entry[3]), "")
    for number, (value, entries) in enumerate(groups.items()):
        clause = p.clause if not number else p.new_clause("and")
        at = entries[0][4]
        if measured:
            clause.masses.append(Mass(value, value, unit, at))
        else:
            clause.count, clause.count_index = (value, value, unit or None), at
            clause.form = clause.form or FORM_OF.get(unit)
        clause.when = tuple(code for code, *_ in entries if code)
        clause.at = tuple(sorted(clock for _, clock, *_ in entries if clock))
        clause.in_row(len(groups), len(found), len(found))
