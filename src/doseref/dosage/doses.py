"""Productions for what a number begins: a schedule, a quantity, a count, a time."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.alternating import pair
from doseref.dosage.amounts import NUMBER_KINDS, span
from doseref.dosage.asides import extra_amount, letter_count
from doseref.dosage.bare import bare, torn_decimal
from doseref.dosage.canisters import doses_of_device, patch_of_days
from doseref.dosage.clock_lists import listed, of_a_part, short_times
from doseref.dosage.counts import count, per_period
from doseref.dosage.cycles import on_off
from doseref.dosage.dashes import dashed
from doseref.dosage.day_totals import in_its_volume
from doseref.dosage.dayparts import schedule
from doseref.dosage.falling_rows import descending
from doseref.dosage.frequencies import times_after
from doseref.dosage.hours import clock, from_another, hours
from doseref.dosage.lengths import sevenths
from doseref.dosage.measured import household, quantity
from doseref.dosage.of_each import made_up, of_each, pieces_of_each
from doseref.dosage.packs import handed_out, heads_quantity, packs
from doseref.dosage.parts import adjective
from doseref.dosage.rows import parallel
from doseref.dosage.state import State
from doseref.dosage.strengths import (
    multiplied,
    slashed,
)


def amount(p: State) -> bool:
    """amount ::= in-its-volume | listed | of-a-part | pair | of-each | made-up | pieces-of-each | short-times | schedule | fixed-strengths | span (U quantity | HH |
    C count | T time | TIMES … | hourly | clock | bare).

    Also asks for: A, ADV, AND, APART, BETWEEN, COMMA, DASH, DISP, EQ, EVERY, FORM, FR, FREQ, HALF, HLY, LP, NUM, OF, ON, PER, PLUS, POW,
    REL, ROUTE, RP, SLASH, STOP, T, WHEN, WORD, X.
    """
    start = p.i
    kinds = p.kinds
    after = kinds[start + 1]
    if kinds[start - 1] == "EQ" and in_its_volume(p):
        return True
    if (p.clause.times is not None and listed(p)) or (kinds[start - 1] == "WHEN" and of_a_part(p)):
        return True
    if ("AND" in kinds[start + 1 : start + 6] or "T" in kinds[start + 2 : start + 6]) and pair(p):
        return True
    if "SLASH" in kinds[start + 1 : start + 3] and (p.ingredients == 1 or after == "C") and pair(p):
        return True
    if (after == "OF" or after == "EVERY") and of_each(p):
        return True
    if (after == "X" or after == "C") and p.clause.masses and made_up(p):
        return True
    if (after == "X" or (after == "U" and kinds[start + 2] in _COUNTED_BEHIND)) and pieces_of_each(p):
        return True
    if after in _ROWS and p.clause.dosed and short_times(p):
        return True
    if (after in _ROWS or kinds[start + 2] in _ROWS) and kinds[start] in ("NUM", "FR") and parallel(p):
        return True
    if after in _JOINING and joined(p, start, after):
        return True
    if p.trace is None and kinds[start] == "NUM" and after in ("U", "C", "T"):
        low = high = p.values[start]  # by far the most are a span of one number: no need to ask
        p.i += 1
    else:
        found = span(p)
        if found is None:
            return False
        low, high = found
    if kinds[p.i] == "LP" and kinds[p.i + 1] == "NUM" and p.values[p.i + 1] == low == high and kinds[p.i + 2] == "RP":
        p.i += 3  # "6 (six) hours"
    elif kinds[p.i] == "LP" and (base := _as_base(p)) is not None:
        low = high = base
    kind = kinds[p.i]
    if kind == "T" and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "DISP" and p.values[p.i] == "d":
        p.i += 1
        return p.clause.dosed  # "90 days 3 refills"
    if (kind == "DISP" and not heads_quantity(p, p.i)) or (
        kind == "T" and kinds[p.i + 1] == "DISP" and not heads_quantity(p, p.i + 1)
    ):
        p.i += 1 if kind == "DISP" else 2
        return p.clause.dosed  # "3 refills", "30 days supply"
    if kind == "U":
        return quantity(p, low, high, start)
    if kind == "C":
        return count(p, low, high, start)
    if kind == "FORM" or kind == "REL" or (kind == "ROUTE" and kinds[p.i + 1] == "C"):
        if adjective(p):
            return count(p, low, high, start)
        kind = kinds[p.i]
    if kind == "HH":
        return household(p, low, high, start)
    if kind == "X" and kinds[p.i + 1] in ("FREQ", "WHEN"):
        return bare(p, low, high, start)
    if kind in ("TIMES", "X") and times_after(p, low, high):
        return True
    if kind == "PLUS" and kinds[p.i + 1 : p.i + 4] == ["T", "APART", "BETWEEN"]:
        p.i += 1
        if from_another(p):
            return True  # "4+ h apart from the prenatal"
        p.i -= 1
    if kind == "T" or kind == "HLY" or kind == "FREQ" or kind == "ADV":
        here = p.i
        if kind == "T" and (doses_of_device(p, high) or patch_of_days(p)):
            return True
        if hours(p, low, high, start):
            return True
        p.i = here
    elif kind == "ON":
        if low == high and on_off(p, low):
            return True
    elif kind == "WHEN":
        noon = p.values[p.i] == ("NOON",) and low == high == 12
        if (noon or p.values[p.i] in (("MORN",), ("EVE",))) and low == high and clock(p, start):
            return True
    elif ((kind == "PER" or kind == "SLASH" or kind == "A") and per_period(p, low, high, start)) or (
        kind == "WORD" and letter_count(p, low, high, start)
    ):
        return True
    return bare(p, low, high, start)


def _as_base(p: State) -> Decimal | None:
    """as-base ::= "(" NUM "base" ")" U, behind the amount of a salt: "108 (90 Base) MCG/ACT" is 90 mcg as products are
    named.

    Also asks for: LP, NOTE, RP.
    """
    kinds, i = p.kinds, p.i
    if kinds[i + 1 : i + 4] != ["NUM", "NOTE", "RP"] or kinds[i + 4] != "U":
        return None
    if p.tokens.raw[p.tokens.first[i + 2]] != "base":
        return None
    p.i = i + 4
    return Decimal(p.values[i + 1])


_COUNTED_BEHIND = frozenset(("X", "ROMAN", "NUM"))
_ROWS = frozenset(("DASH", "SLASH", "COMMA", "PLUS"))
"""What joins the doses of a row."""
_JOINING = frozenset(("DASH", "PLUS", "SLASH", "X", "COMMA", "STOP", "NUM", "NEG", "WORD", "FR"))
"""What may make more of a number than one number: a schedule, two strengths, packs, a torn decimal, an extra dose."""


def joined(p: State, start: int, after: str) -> bool:
    """joined ::= schedule | fixed-strengths | sevenths | dashed | packs | descending | torn-decimal | multiplied |
    extra | handed-out.

    Also asks for: C, COMMA, DASH, FR, HALF, NEG, NUM, PLUS, POW, SLASH, STOP, WORD, X.
    """
    kinds = p.kinds
    if (after == "DASH" or after == "PLUS") and kinds[start + 3] == after and schedule(p):
        return True
    if after == "FR" and kinds[start + 2] == kinds[start + 4] == "DASH" and schedule(p):
        return True  # "1½-0-0"
    if kinds[start] in ("HALF", "FR") and after == "NUM" and kinds[start + 2] == "C":
        p.tell("half of how many?", start, start + 2, "ambiguous")
        p.fatal = True
        p.i = start + 3
        return True
    if kinds[start] != "NUM":
        return False
    if after == "NEG":
        return extra_amount(p)
    if (after == "WORD" or after == "COMMA") and handed_out(p):
        return True
    if after == "SLASH":
        both = kinds[start + 3] == "DASH" and "DASH" in kinds[start + 5 : start + 8] and schedule(p)
        return both or (kinds[start + 2] == "NUM" and (slashed(p) or sevenths(p)))
    if after == "DASH":
        return kinds[start + 2] == "NUM" and dashed(p)
    if after == "X":
        return packs(p) or (kinds[start + 2] in NUMBER_KINDS and kinds[start + 2] != "POW" and multiplied(p))
    return (after == "COMMA" and descending(p)) or (after in ("STOP", "COMMA", "NUM") and torn_decimal(p, start))
