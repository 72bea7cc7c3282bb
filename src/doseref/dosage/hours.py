"""Productions for a number before a word of time: every so many hours, a clock time on the hour, an age."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.cycles import stretch
from doseref.dosage.dayparts import amount_follows, clocks
from doseref.dosage.state import State
from doseref.dosage.timing import set_every
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE

_EARLY = 4
"""Nobody takes a medicine at one to four in the morning without a reason told."""


def _said(p: State, i: int) -> str:
    return p.tokens.said(i, i + 1)


_APART_ENDS = frozenset(("END", "STOP", "COMMA", "RP"))


_MEDICINES = frozenset("med meds medication medications medicine medicines drug drugs".split())


_TAKEN_TOO = frozenset(
    "prenatal prenatals multivitamin multivitamins vitamin vitamins antacid antacids mineral minerals supplement supplements".split()
)
"""What is kept apart besides drugs that have a name."""


def from_another(p: State) -> bool:
    """from-another ::= T (BEFORE | AFTER | APART BETWEEN) [(AND | OR) (BEFORE | AFTER)] (SUBST | WORD) up to the
    sign, behind a whole instruction: how far from another drug it is taken ("4 h before calcium", "4 hours apart
    from iron").

    Also asks for: EVERY, OTHER, SLASH, SUBST.
    """
    kinds, i = p.kinds, p.i + 1
    clause = p.clause
    if not clause.dosed or not (clause.timed_beside_total() or clause.prn):
        return False
    if kinds[i] == "APART":
        i += 1
        if kinds[i] != "BETWEEN":
            return False
        i += 1
        if kinds[i] == "EVERY":
            i += 1  # "from any other medicine"
        if kinds[i] == "OTHER" and p.tokens.raw[p.tokens.first[i + 1]] in _MEDICINES and kinds[i + 2] in _APART_ENDS:
            p.i = i + 2
            return True
    elif kinds[i] in ("BEFORE", "AFTER"):
        i += 1
        if kinds[i] in ("AND", "OR", "SLASH") and kinds[i + 1] in ("BEFORE", "AFTER"):
            i += 2
    else:
        return False
    if kinds[i] != "SUBST" and p.tokens.raw[p.tokens.first[i]] not in _TAKEN_TOO:
        return False
    while kinds[i] in ("SUBST", "WORD"):
        i += 1
    if kinds[i] not in _APART_ENDS:
        return False
    p.i = i
    return True


def one_hour(p: State) -> None:
    """one-hour ::= A T(hour) (BEFORE | AFTER | WHEN): "an hour before food" is one hour before it, and no dose an hour.

    Also asks for: HALF, NUM.
    """
    kinds, values = p.kinds, p.values
    if "A" not in kinds:
        return
    for i, kind in enumerate(kinds[:-2]):
        if kind != "A" or kinds[i - 1] == "HALF" or kinds[i + 1] != "T" or values[i + 1] != "h":
            continue
        timed = kinds[i + 2] == "WHEN" and p.tokens.raw[p.tokens.first[i + 2]] in ("before", "after", "prior")
        if timed or kinds[i + 2] in ("BEFORE", "AFTER"):
            kinds[i], values[i] = "NUM", ONE


def hours(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """hours ::= span (HLY | hourly) | span ["+"] from-another | span T ("intervals" | ON span T OFF | BEFORE … | "course") | span weekly.

    Also asks for: ADV, C, FREQ, T, TAKE, WORD.
    """
    kinds, values = p.kinds, p.values
    if kinds[p.i] == "T" and values[p.i] == "h" and from_another(p):
        return True
    kind = kinds[p.i]
    if kind == "T" and values[p.i] == "h" and kinds[p.i + 1] == "WORD" and _said(p, p.i + 1) == "intervals":
        p.i += 2
        set_every(p, low, high, "h", start)
        return True  # "at eight-hour intervals"
    hourly = kind == "FREQ" and values[p.i] == ("every", ONE, ONE, "h") and _said(p, p.i) == "hourly"
    if kind == "HLY" or hourly:
        p.i += 1
        set_every(p, low, high, "h", start)
        return True
    if kind == "ADV" and values[p.i] in ("mo", "wk", "a") and (p.clause.dosed or p.clause.strengths):
        unit = values[p.i]
        p.i += 1
        if unit == "wk" and high > 1 and not _of_an_interval(p, start):
            p.tell("every so many weeks, or so many a week?", start, p.i - 1, "ambiguous")
            p.fatal = True
        if (
            low == high == 1
            and p.clause.count is None
            and len(p.clause.masses) == 1
            and p.clause.form in FORM_OF.values()
        ):
            p.clause.count, p.clause.count_index = (ONE, ONE, None), start  # "70 mg tablets one weekly"
        set_every(p, low, high, unit, start)
        return True
    if kind == "ADV" and values[p.i] in ("mo", "wk", "a") and low > 1:
        hyphen = "-" in p.tokens.raw[p.tokens.first[start] : p.tokens.first[p.i]]
        if hyphen or (kinds[p.i + 1] == "C" and values[p.i + 1] == "{injection}"):
            p.i += 1
            set_every(p, low, high, values[p.i - 1], start)
            return True  # "3 monthly injection", "12-weekly"
        if values[p.i] != "wk" and "TAKE" not in kinds[:start]:
            p.i += 1
            p.tell("so many a month, or every so many months?", start, p.i - 1, "ambiguous")
            p.fatal = True
            return True
    if kind == "T":
        return _of_age(p, high, start) or stretch(p, low, high, start)
    return False


_INJECTED = frozenset(("intramuscular", "subcutaneous", "intravenous", "injection"))


def _of_an_interval(p: State, start: int) -> bool:
    """Whether "2 weekly" can only be every two weeks: with its hyphen, or of an injection; "2.5 mg 6 weekly" may be six
    tablets.
    """
    clause = p.clause
    hyphen = "-" in p.tokens.raw[p.tokens.first[start] : p.tokens.first[p.i - 1]]
    injected = clause.count is not None and clause.count[2] == "{injection}"
    return hyphen or injected or not _INJECTED.isdisjoint(clause.routes)


_GROWN = 18


def _of_age(p: State, high: Decimal, start: int) -> bool:
    """of-age ::= span T(years) before the strength of a liquid: for whom the product is ("5-12 yrs 240 mg/5 mL").

    Also asks for: AFTER, BEFORE, EVERY, FOR, MAX, NUM, SLASH, U, UNTIL, UPTO, X.
    """
    if (
        p.values[p.i] != "a"
        or p.clause.dosed
        or p.clause.timed
        or high > _GROWN
        or p.kinds[p.i + 1 : p.i + 4] != ["NUM", "U", "SLASH"]
    ):
        return False
    p.i += 1
    return p.kinds[start - 1] not in ("FOR", "EVERY", "X", "AFTER", "BEFORE", "UPTO", "MAX", "UNTIL")


def clock(p: State, start: int) -> bool:
    """clock ::= NUM (AM | PM): a time of day on the hour."""
    hour = p.values[start]
    word = p.tokens.raw[p.tokens.first[p.i]]
    if (
        word not in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m", "a", "p")
        or k_number(p, start)
        or not 1 <= hour <= 12
        or hour != int(hour)
        or _counts_go_on(p)
    ):
        return False
    if _counts_or_hours(p, start):
        return False
    if _another_amount(p, start) or _of_another_part(p, start):
        p.tell("hours, or how much?", start, p.i, "ambiguous")
        p.fatal = True
        p.i += 1
        return True
    value = int(hour) % 12 + (12 if word[0] == "p" else 0)
    p.i += 1
    if p.clause.time_first and p.clause.dosed and not p.depth and amount_follows(p, p.i):
        p.new_clause("and").start = start
    if not p.clause.dosed:
        p.clause.time_first = True
    add_at(p, f"{value:02d}:00")
    return clocks(p)


_HALVES = frozenset(("am", "pm", "a", "p", "qam", "qpm", "a.m.", "p.m."))


def _another_amount(p: State, start: int) -> bool:
    """Whether a bare number before "pm" can be the amount at that half of the day: "20 units am, 10 pm".

    Behind an amount in front of a bare "am" or "pm" only; "1 tablet in the morning and 8 pm" is an hour.
    """
    before = start - 1
    while before > 0 and p.kinds[before] in ("COMMA", "AND", "PLUS", "SLASH", "STOP"):
        before -= 1
    return (
        p.kinds[before] == "WHEN"
        and p.tokens.raw[p.tokens.first[before]] in _HALVES
        and bool(p.clause.masses)
        and p.kinds[before - 1] == "U"
        and not p.clause.at
        and p.values[before] != p.values[p.i]
    )


_HOURS_OF = {
    "MORN": ("am", range(4, 12)),
    "NOON": ("pm", (11, 12, 1, 2, 3)),
    "AFT": ("pm", (12, *range(1, 7))),
    "EVE": ("pm", range(4, 12)),
    "NIGHT": ("pm", range(6, 13)),
    "HS": ("pm", range(6, 13)),
}
"""The hours of a twelve-hour clock that a part of the day has."""
_NEAR = 4
"""So many tokens behind a count its part of the day has been read: "1 tab OD morning"."""


def _of_another_part(p: State, start: int) -> bool:
    """Whether an hour right behind a count and its part of the day is none of that part: "1 morning 2 pm" is two at that
    half of the day, or another time; "am 2 pm 3" likewise. "1 OD morning 8 AM" says again when.

    Also asks for: FR, HALF, NUM.
    """
    clause = p.clause
    counted = 0 <= clause.count_index >= start - _NEAR
    if p.kinds[start - 1] != "WHEN" or clause.at or (clause.dosed and not counted):
        return False
    if not clause.dosed and p.kinds[p.i + 1] not in ("NUM", "FR", "HALF"):
        return False
    parts = [_HOURS_OF[code] for code in p.values[start - 1] if code in _HOURS_OF]
    half = p.tokens.raw[p.tokens.first[p.i]][0] + "m"
    return bool(parts) and not any(half == each and p.values[start] in hours for each, hours in parts)


def _counts_or_hours(p: State, start: int) -> bool:
    """Whether "1 am 2 pm" are counts: nothing is said of how many, and nobody takes anything at so early an hour.

    Behind a dose it could be either, which is refused.
    """
    i = p.i + 1
    while p.kinds[i] in ("COMMA", "AND", "PLUS", "SLASH"):
        i += 1
    before = start - 1
    while before > 0 and p.kinds[before] in ("COMMA", "AND", "PLUS", "SLASH", "STOP"):
        before -= 1
    half = p.tokens.raw[p.tokens.first[before]] in _HALVES
    if (
        half
        and p.kinds[before] == "WHEN"
        and p.clause.count_index >= 0
        and before - 2 <= p.clause.count_index <= before - 1
    ):
        return True  # the second of "1 am, 2 pm"
    low = p.values[start] <= _EARLY and p.values[p.i] == ("MORN",)
    if not low or p.kinds[i] != "NUM" or p.kinds[i + 1] != "WHEN" or p.values[i] > _EARLY:
        return False
    if p.clause.count is None and not p.clause.timed and not (p.clause.masses and not p.clause.masses[-1].attached):
        return True
    if p.clause.count is None:
        p.tell("hours, or how many?", start, i + 1, "ambiguous")
        p.fatal = True
    return False


def _counts_go_on(p: State) -> bool:
    """Whether a day part with its own count follows: "2 AM 2 noon 3 HS" are counts, not two o'clock."""
    i = p.i + 1
    while p.kinds[i] in ("COMMA", "AND", "PLUS"):
        i += 1
    if p.clause.dosed and p.kinds[i : i + 2] == ["NUM", "WHEN"] and (p.values[i], p.values[i + 1]) == (12, ("NOON",)):
        return False  # "4 mg (8am and 12 noon)"
    return (
        p.kinds[i] == "NUM" and p.kinds[i + 1] == "WHEN" and p.tokens.raw[p.tokens.first[i + 1]][:1] not in ("a", "p")
    )


def k_number(p: State, start: int) -> bool:
    """Whether more than one token makes the number."""
    return p.i != start + 1


def add_at(p: State, time: str) -> None:
    """Note a clock time, each once."""
    clause = p.clause
    if time not in clause.at:
        clause.at = tuple(sorted((*clause.at, time)))
