"""Productions for numbers without a unit: counts that name no tablet, numbers that belong to nothing, torn decimals."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.lengths import NIGHTS
from doseref.dosage.packs import pack_in_front
from doseref.dosage.parts import clause_for, more_at_the_end
from doseref.dosage.series import LEAST_PACK
from doseref.dosage.state import Mass, State
from doseref.dosage.strengths import sized_amount
from doseref.quantities import is_whole

_BARE_NEXT = frozenset(
    "FREQ ADV ONCE EVERY WHEN AT PRN BEFORE AFTER WITH ROUTE IN STAT SINGLE END STOP COMMA THEN TODAY INIT ANEXT AND "
    "FOR X DAYW ON RP T NOTE OR MAX UPTO TAKE".split()
)
_HOURLY = frozenset(("hourly", "hrly", "hly", "h'ly"))
_TORN_HOURS = frozenset(("12", "24", "36", "48", "72"))
"""Intervals that may have been torn by a space: "2 4 hourly" is two every 4 hours, or every 24 hours."""
_SIGNS = frozenset(("END", "STOP", "COMMA", "RP"))
_LEAST_STRENGTH = Decimal("2.5")
"""From here on a decimal without a unit behind an amount ("5 mg 7.5 MWF") is more likely another strength."""
_MOST_TABLETS = 20
"""More than this at once, with no unit, is no count that anybody means."""


def torn_decimal(p: State, start: int) -> bool:
    """torn-decimal ::= NUM ("." | ",") NUM (U | C | HH | FORM): "2. 5 mL" is 2.5 mL or a list; refused."""
    kinds = p.kinds
    if kinds[start + 1] == "NUM":
        if p.tokens.raw[p.tokens.first[start + 1]][0] != ".":
            return False
        p.tell("two numbers, or one with a space in it?", start, start + 1, "ambiguous")
        p.fatal = True
        p.i = start + 2
        return True
    if kinds[start + 1 : start + 4] == ["COMMA", "COMMA", "NUM"]:
        p.tell("two numbers, or one with a comma too many?", start, start + 3, "ambiguous")
        p.fatal = True
        p.i = start + 4
        return True
    if kinds[start + 2] != "NUM" or kinds[start + 3] not in ("U", "C", "HH", "FORM"):
        return False
    sign = p.tokens.raw[p.tokens.first[start + 1]]
    if sign not in ".,·•∙⋅‧" or (sign == "," and p.values[start + 2] >= 100 and kinds[start + 4] == "C"):
        return False  # "Take 2, 500 mg tablets"
    p.tell("two numbers, or one with a decimal point and a space in it?", start, start + 2, "ambiguous")
    p.fatal = True
    p.i = start + 4
    return True


def bare(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """bare ::= span: a count without its unit ("take 2 bd", "1-2 q4h"); a number that stands by a name is none.

    Also asks for: AFTER, AND, ANEXT, BEFORE, COMMA, DASH, END, FORM, FREQ, ID, LP, MEAL, NUM, OF, REL, SLASH, STAR,
    STOP, SUBST, T, TAKE, TIMES, U, WHEN, WORD, X.
    """
    kinds = p.kinds
    clause = p.clause
    if pack_in_front(p, low, start) or _units_at_meal(p, low, high, start):
        return True
    if kinds[p.i] in ("X", "DASH") and kinds[p.i + 1] in ("FREQ", "WHEN") and low == high:
        p.i += 1  # "2-bd", "1 xHS"
    named = p.i
    while kinds[named] == "SUBST":
        named += 1
    if named > p.i and kinds[start - 1] in ("TAKE", "END", "COMMA", "STOP") and clause.count is None:
        p.i = named  # "take 1 codeine 3 times a day"
    after = kinds[p.i]
    sized = (after == "NUM" and kinds[p.i + 1] == "U") or (
        after == "OF" and (kinds[p.i + 1] == "NUM" or kinds[p.i + 2] == "NUM")
    )
    if stray(p, low, high, start) or _no_count(p, sized, start):
        p.i = start
        return False
    if sized or after == "LP":
        here = p.i
        if sized_amount(p, low, high, start):
            return True
        p.i = here
        taken = kinds[start - 1] == "TAKE" and clause.count is None and (clause.masses or clause.strengths)
        if after != "LP" or not taken:
            p.i = start
            return False  # "2.5 mg tablets: take FOUR (10 mg)" goes on
    behind_bar = after == "END" and p.tokens.raw[p.tokens.first[start - 1]] == "|"
    if behind_bar and low == high >= LEAST_PACK and clause.dosed and clause.timed_beside_total():
        return True  # "TWICE A DAY|180": how many are handed out
    if clause.at and clause.count is not None and kinds[start - 1] in ("COMMA", "AND", "SLASH") and after in _SIGNS:
        p.tell("another time of day, or how many?", start, p.i - 1, "ambiguous")
        p.fatal = True
        return True
    return _counted(p, low, high, start)


def _no_count(p: State, sized: bool, start: int) -> bool:
    """Whether what stands around a number says that it counts nothing: a name, a sign, another number, a time."""
    kinds = p.kinds
    after, next_ = kinds[p.i], kinds[p.i + 1]
    goes_on = sized or after in _BARE_NEXT or after in ("NUM", "REL", "FORM") or (after == "LP" and next_ == "NUM")
    goes_on = goes_on or (after == "SIDE" and next_ == "SITE" and _of_drops(p, start))
    if not goes_on or kinds[start - 1] in ("SLASH", "STAR") or after == "T":
        return True
    if kinds[start - 1] == "DASH" and not _behind_product(p, start - 1):
        return True
    if after == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS:
        return True
    if p.named and kinds[start - 1] in ("WORD", "ID", "SUBST"):
        return True
    before_something = next_ == "T" and kinds[p.i + 2] in ("BEFORE", "AFTER")
    so_often = p.i + 3 if next_ == "DASH" and kinds[p.i + 2] == "NUM" else p.i + 1
    raw, first = p.tokens.raw, p.tokens.first
    hourly = raw[first[so_often]] in _HOURLY  # "one 8 hourly", "2 4-6 hourly"
    if hourly and next_ != "DASH" and raw[first[start]] + raw[first[p.i]] in _TORN_HOURS:
        hourly = False
    return after == "NUM" and not sized and next_ not in ("TIMES", "X") and not before_something and not hourly


def _of_drops(p: State, start: int) -> bool:
    """Whether the product in front is drops: "eye drops 1 left eye nocte"."""
    raw, first = p.tokens.raw, p.tokens.first
    return any(word in ("drops", "drop") for word in raw[: first[start]])


def _behind_product(p: State, i: int) -> bool:
    """Whether the dash at ``i``, with a space on both sides, stands between product and count: "5 mg tab - 1 PO
    daily".
    """
    begin, end = p.tokens.span(i)
    spaced = p.tokens.text[begin - 1 : begin] == p.tokens.text[end : end + 1] == " "
    clause = p.clause
    before = i - 1
    if p.kinds[before] == "RP":
        while before and p.kinds[before] != "LP":
            before -= 1
        before -= 1  # "tablets (Teva UK Ltd) - 1 bd"
    formed = p.kinds[before] in ("C", "FORM") and clause.count is None
    one = len(clause.masses) == 1 or (not clause.masses and (bool(clause.strengths) or before == 0))
    return spaced and formed and one and not clause.timed


def _counted(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """The number as the count of its clause, where there is none yet and it can be one."""
    strength = high >= _LEAST_STRENGTH and not is_whole(high)
    if strength and p.clause.masses and p.kinds[start - 1] != "TAKE":
        p.tell("so many tablets, or another dose?", start, p.i - 1, "ambiguous")
        p.fatal = True
        return True
    before = p.clause
    clause = clause_for(p, start)
    more_at_the_end(p, before, high, before.count[1] if before.count is not None else None, start)
    if clause.count is None and high > _MOST_TABLETS:
        p.tell("a number without a unit, too large for a count", start, p.i - 1, "implausible")
        p.fatal = True
        return True
    if clause.count is not None or high == 0:
        p.i = start
        return False
    clause.count = (low, high, None)
    clause.count_index = start
    p.skip("ANEXT")
    return True


def _units_at_meal(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """Whether a bare number before a named meal is again so many units: "6 units breakfast, 8 lunch, 10 dinner", "6
    units before breakfast, 8 before lunch".

    Of units alone, which nobody counts in pieces; the clause before must be just such a one.

    Also asks for: AT.
    """
    clause = p.clause
    at = p.i + (p.kinds[p.i] in ("BEFORE", "AFTER", "WITH", "AT"))
    if _pieces_at_meal(p, low, high, start):
        return True
    if (
        p.kinds[at] != "MEAL"
        or not p.values[at]
        or len(clause.masses) != 1
        or clause.masses[0].unit != "[IU]"
        or clause.count is not None
    ):
        return False
    if p.depth or len(clause.when) != 1 or clause.when[0][-1:] not in ("M", "D", "V") or clause.times or clause.every:
        return False
    if p.kinds[start - 1] not in ("COMMA", "AND", "SLASH", "MEAL"):
        return False
    made = p.new_clause("and")
    made.start = start
    made.masses.append(Mass(low, high, "[IU]", start))
    return True


def _pieces_at_meal(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """Whether a bare number before a named meal is so many of what is counted: "caps 1 breakfast", or again so many: "2
    mane and 1 lunchtime", "2 mane 1 lunchtime".

    Also asks for: AND, C, COMMA, FORM, MEAL, PLUS, STOP, TAKE, WHEN.
    """
    clause = p.clause
    named = p.kinds[p.i] == "MEAL" and bool(p.values[p.i])
    if not named or high > _MOST_TABLETS or (start and p.kinds[start - 1] not in _BEFORE_A_MEAL):
        return False
    if clause.count is None:
        product = bool(clause.masses or clause.strengths) or start == 1
        first = product and p.kinds[start - 1] in ("C", "FORM", "STOP", "TAKE")
        return first and not clause.timed and not p.depth and is_whole(high * 4) and _counted(p, low, high, start)
    if p.kinds[start - 1] in ("C", "FORM", "STOP", "TAKE"):
        return False
    if p.depth or not clause.when or clause.times or clause.every or clause.at or not is_whole(high * 4):
        return False
    made = p.new_clause("and")
    made.start = made.count_index = start
    made.count = (low, high, None)
    return True


_BEFORE_A_MEAL = frozenset(("AND", "COMMA", "PLUS", "WHEN", "MEAL", "C", "FORM", "STOP", "TAKE"))


def stray(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """Whether a bare number belongs to nothing: no quarter of a tablet, alone in brackets, or left over at the end."""
    clause = p.clause
    after = p.kinds[p.i]
    if not (is_whole(low * 4) and is_whole(high * 4)):
        return after not in ("NUM", "OF", "LP")
    told = bool(clause.masses) and clause.timed_beside_total()
    if p.kinds[start - 1] == "LP" and after == "RP":
        return told
    last = after in ("END", "RP") or (p.depth > 0 and clause.prn)  # "as needed for pain (4-6 now)": how bad it is
    return told and clause.count is None and last and p.kinds[start - 1] not in ("WHEN", "AT", "TAKE")
