"""Productions for what is counted: tablets, doses in all, so many a day, a form named alone."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage import pairs
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.doses_said import at_once, of_device
from doseref.dosage.measured import household
from doseref.dosage.packs import device_pack, pack
from doseref.dosage.parts import clause_for, each, more_at_the_end, roman, substance
from doseref.dosage.state import Clause, State
from doseref.dosage.timing import set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE, Range

_FORMS = frozenset("tablet capsule patch suppository cream gel ointment lotion syrup suspension solution".split())
"""Forms of which a thing has only one."""


def count(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """count ::= span C [(OR | TO | DASH) span C] [PER T | OF strength | "/" T].

    Also asks for: A, EVERY, FOR, FORM, ID, LP, NUM, SUBST, TAPER, WORD, X.
    """
    kinds, values = p.kinds, p.values
    code = values[p.i]
    p.i += 1
    if pack(p, low, high, start) or device_pack(p, low, high, code):
        return True
    if (
        kinds[p.i] in ("OR", "TO", "DASH")
        and kinds[p.i + 1] in NUMBER_KINDS
        and kinds[p.i + 2] == "C"
        and values[p.i + 2] == code
        and values[p.i + 1] >= high
    ):
        high = values[p.i + 1]
        p.i += 3
    if code == "{dose}" and high > 1 and kinds[p.i] == "OF" and "apart" in p.tokens.raw[p.tokens.first[p.i] :]:
        p.i += 1  # "four doses of 6 mg, 12 hours apart": how many in all, never how many at once
        return total(p, low, high)
    if code == "{dose}" and _each_day(p):
        p.i += 2
        set_times(p, low, high, ONE, "d", start)
        return True
    if (
        code == "{session}"
        or (code == "{injection}" and high > 1)
        or (code == "{dose}" and (p.clause.dosed or kinds[start - 1] in ("X", "FOR")) and not at_once(p, start))
    ):
        return total(p, low, high)
    if kinds[p.i] == "TAPER":
        p.clause.form = p.clause.form or FORM_OF.get(code)
        return True
    if kinds[start - 1] == "LP" and p.clause.count is not None:
        if p.clause.count[:2] != (low, high):
            p.tell("another number of them", start, p.i - 1)  # "2 four times a day for 5 days (20 tablets)"
        return True
    if code == "{spoonful}":
        p.tell("a spoonful of no stated size", start, p.i - 1, "ambiguous")
        p.fatal = True
        return True
    _beside_day(p, start)
    before = p.clause
    clause = p.clause if _of_product(p, start) else clause_for(p, start)
    more_at_the_end(p, before, high, before.count[1] if before.count is not None else None, start)
    if clause.count is not None:
        if clause.count[:2] != (low, high):
            p.tell("a second count of the same dose", start, p.i - 1, "contradiction")
            p.fatal = True
        return True
    clause.count = (low, high, code)
    clause.count_index = start
    clause.count_bracketed = p.depth > 0
    if high == 0:
        p.fatal = True
        p.tell("a dose of zero", start, p.i - 1, "implausible")
    clause.form = clause.form or FORM_OF.get(code)
    _behind_count(p, clause, start)
    return True


def _behind_count(p: State, clause: Clause, start: int) -> None:
    """What may stand right behind a count: "each", the period it is for, what it is of."""
    kinds, values = p.kinds, p.values
    pairs.both_eyes(p)
    if kinds[p.i] == "EVERY" and each(p) and p.tokens.raw[p.tokens.last[p.i] + 1] not in ("side", "sides"):
        p.i += 1
        if "nasal" in clause.routes and clause.count is not None and clause.count[2] == "{spray}":
            clause.site = clause.site or "nostrils"  # "2 sprays each": of one nostril, or all there are?
    if kinds[p.i] in ("SLASH", "PER", "A") and kinds[p.i + 1] == "T":
        p.i += 2
        set_times(p, ONE, ONE, ONE, values[p.i - 1], start)
    elif kinds[p.i] == "OF" and kinds[p.i + 1] in ("WORD", "ID", "SUBST"):
        p.i += 2
        while kinds[p.i] in ("WORD", "ID", "SUBST"):
            p.i += 1
    elif kinds[p.i] == "SUBST":
        substance(p)
    elif kinds[p.i] == "OF" and kinds[p.i + 1] in ("FORM", "NUM", "LP"):
        p.i += 1
        if kinds[p.i] == "FORM":
            clause.form = clause.form or values[p.i]
            p.i += 1


def _beside_day(p: State, start: int) -> None:
    """ "Day 1: 500 mg, take 2 tablets": are the tablets these 500 mg, or besides them? Refused.

    Also asks for: TAKE.
    """
    clause = p.clause
    if clause.from_day is None or clause.count is not None or not clause.masses or p.depth or p.link != ",":
        return
    if p.kinds[start - 1] == "TAKE" and clause.day_index < clause.masses[0].index and not clause.timed_beside_total():
        p.tell("so many as the dose is, or besides it?", start, p.i - 1, "ambiguous")
        p.fatal = True


def _of_product(p: State, start: int) -> bool:
    """Whether a count behind a day belongs to the amount before that day: "4 mg: day 1 take 6 tablets", six of 4 mg."""
    clause = p.clause
    return (
        clause.from_day is not None
        and clause.count is None
        and len(clause.masses) == 1
        and clause.day_index > clause.masses[0].index
        and not clause.timed_beside_total()
    )


def _each_day(p: State) -> bool:
    """Whether "a day" stands behind a number of doses of an amount that is known: "250 mg, three doses a day".

    Also asks for: A, PER, T.
    """
    kinds, clause = p.kinds, p.clause
    told = clause.times is not None or clause.every is not None or clause.when or clause.doses_total is not None
    return (
        clause.dosed
        and not told
        and not p.depth
        and not of_device(p)
        and kinds[p.i] in ("A", "PER")
        and kinds[p.i + 1] == "T"
        and p.values[p.i + 1] == "d"
    )


def total(p: State, low: Decimal, high: Decimal) -> bool:
    """total ::= span ("doses" | "injections" | "sessions"): how many administrations in all."""
    p.clause.doses_total = Range(low, high, "{dose}")
    if low != low.to_integral_value():
        p.tell("a part of a dose: of which?", max(0, p.i - 2), p.i - 1, "ambiguous")
        p.fatal = True
    return True


def per_period(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """per-period ::= span ("/" | PER) T: "2 per day" is a frequency where the dose is known, else a count per day.

    Also asks for: STOP.
    """
    kinds, values = p.kinds, p.values
    if kinds[p.i + 1] != "T":
        return False
    unit = values[p.i + 1]
    p.i += 2
    behind_dash = kinds[start - 1] == "STOP" and p.tokens.raw[p.tokens.first[start - 1]] == "-"
    if (p.clause.dosed or p.clause.strengths) and not behind_dash:  # "88 mcg - 1 a day" are so many pieces
        set_times(p, low, high, ONE, unit, start)
        return True
    clause = clause_for(p, start)
    clause.count = (low, high, None)
    clause.count_index = start
    if unit == "d" and not low == high == 1:
        clause.per_day = True
    else:
        set_times(p, ONE, ONE, ONE, unit, start)
    return True


def article(p: State) -> bool:
    """article ::= A [C | HH | half … | T after a bracket, a name or a form]: "a tablet" is one, "25 mcg (1,000 units) a day",
    "60 mg of zinc a day", "one 14 mg patch a day" per day; before anything else the word means nothing.

    Also asks for: RP, SUBST.
    """
    kinds = p.kinds
    start = p.i
    after = kinds[start + 1]
    p.i = start + 1
    if after == "C":
        if p.values[p.i] in ("{dose}", "{injection}", "{application}") and p.clause.dosed:
            p.i += 1
            return True
        return count(p, ONE, ONE, start)
    if after == "HH":
        return household(p, ONE, ONE, start)
    clause = p.clause
    if after == "T" and kinds[start - 1] == "C" and clause.count is not None and clause.strengths and not clause.timed:
        p.i += 1
        if p.values[start + 1] == "d" and not clause.count[0] == clause.count[1] == 1:
            clause.per_day = True  # "two 20 mg tablets a day", as "two 20 mg tablets per day"
        else:
            set_times(p, ONE, ONE, ONE, p.values[start + 1], start)
        return True
    if after == "T" and kinds[start - 1] in ("RP", "SUBST") and p.clause.masses and not p.clause.timed:
        unit = p.values[p.i]
        p.i += 1
        if unit == "d":
            p.clause.per_day = True  # "25 mcg (1,000 units) a day"
        else:
            set_times(p, ONE, ONE, ONE, unit, start)
    return True


_PIECE = frozenset("tab tab. tablet cap cap. capsule".split())
_LASTS = frozenset(("T", "SLASH"))


def one_piece(p: State) -> None:
    """one-piece ::= C in the singular ["."] in front of a name whose instruction says no more than how often: "Tab. Montair LC
    HS" is one tablet.

    Also asks for: A, ADV, AFTER, BEFORE, EVERY, FREQ, HALF, NUM, PRN, SLASH, STOP, U, WHEN.
    """
    kinds = p.kinds
    often = 1 + (kinds[1] == "STOP" and p.tokens.raw[p.tokens.first[1]] == ".")
    if p.tokens.raw[p.tokens.first[0]] not in _PIECE or kinds[often] not in (
        "FREQ", "WHEN", "PRN", "ADV", "EVERY", "BEFORE", "AFTER"
    ):  # fmt: skip
        return
    if any(kind in ("C", "U", "HALF", "A") for kind in kinds[1:]):
        return
    if any(kind == "NUM" and kinds[i + 1] not in _LASTS and kinds[i - 1] != "SLASH" for i, kind in enumerate(kinds)):
        return
    p.clause.count, p.clause.count_index = (ONE, ONE, p.values[0]), 0


def form_word(p: State) -> bool:
    """form-word ::= (C | FORM) ["/" (C | FORM) before NUM]: a form named without a number, or two of which it is one."""
    kind, value = p.kinds[p.i], p.values[p.i]
    either = p.kinds[p.i + 1] == "SLASH" and p.kinds[p.i + 2] in ("C", "FORM") and p.kinds[p.i + 3] == "NUM"
    if either and not p.clause.dosed and p.kinds[p.i - 1] not in NUMBER_KINDS:
        p.i += 3  # "Syp/Tab 20 mg": one or the other
        return True
    p.i += 1
    clause = p.clause
    named = value if kind == "FORM" else FORM_OF.get(value)
    if clause.form in _FORMS and named in _FORMS and clause.form != named:
        p.tell("a second, different form", p.i - 1, kind="contradiction")
    if kind == "FORM":
        clause.form = clause.form or value
        return True
    if value == "{injection}":
        clause.routes = clause.routes or ("injection",)
        return True
    clause.form = clause.form or FORM_OF.get(value)
    roman(p, clause, value)
    return value not in ("{cells}",)
