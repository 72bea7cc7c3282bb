"""Productions for amounts: quantities with a measured unit, counts, strengths, concentrations."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.asides import extra_amount, letter_count
from doseref.dosage.bare import bare, torn_decimal
from doseref.dosage.clock_lists import listed
from doseref.dosage.cycles import on_off
from doseref.dosage.dashes import count_of_strength, dashed, pair
from doseref.dosage.dayparts import schedule
from doseref.dosage.doses_said import at_once
from doseref.dosage.frequencies import times_after
from doseref.dosage.hours import clock, hours
from doseref.dosage.lengths import sevenths
from doseref.dosage.model import Step, Strength
from doseref.dosage.packs import ACTUATIONS, bottle, device_pack, handed_out, heads_quantity, pack, pack_before, packs
from doseref.dosage.parts import adjective, clause_for, each, form_after, roman, substance
from doseref.dosage.per import per
from doseref.dosage.phases import descending
from doseref.dosage.state import Mass, State
from doseref.dosage.strengths import (
    another_strength,
    multiplied,
    slashed,
    strength_list,
)
from doseref.dosage.timing import set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range

ONE = Decimal(1)
_FORMS = frozenset(
    (
        "tablet",
        "capsule",
        "patch",
        "suppository",
        "cream",
        "gel",
        "ointment",
        "lotion",
        "syrup",
        "suspension",
        "solution",
    )
)
"""Forms of which a thing has only one."""


def amount(p: State) -> bool:
    """amount ::= listed | schedule | fixed-strengths | span (U quantity | HH | C count | T time | TIMES … | hourly |
    clock | bare).

    Also asks for: A, ADV, COMMA, DASH, DISP, FORM, FR, FREQ, HALF, HLY, LP, NUM, ON, PER, PLUS, POW, REL, ROUTE,
    RP, SLASH, STOP, WHEN, WORD, X.
    """
    start = p.i
    kinds = p.kinds
    after = kinds[start + 1]
    if p.clause.times is not None and listed(p):
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
    if kind == "T" or kind == "HLY" or kind == "FREQ" or kind == "ADV":
        here = p.i
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


_JOINING = frozenset(("DASH", "PLUS", "SLASH", "X", "COMMA", "STOP", "NUM", "NEG", "WORD"))
"""What may make more of a number than one number: a schedule, two strengths, packs, a torn decimal, an extra dose."""


def joined(p: State, start: int, after: str) -> bool:
    """joined ::= schedule | fixed-strengths | sevenths | dashed | packs | descending | torn-decimal | multiplied |
    extra | handed-out.

    Also asks for: C, COMMA, DASH, FR, HALF, NEG, NUM, PLUS, POW, SLASH, STOP, WORD, X.
    """
    kinds = p.kinds
    if (after == "DASH" or after == "PLUS") and kinds[start + 3] == after and schedule(p):
        return True
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
        both = kinds[start + 3] == "DASH" and kinds[start + 5] == "DASH" and schedule(p)
        return both or (kinds[start + 2] == "NUM" and (slashed(p) or sevenths(p)))
    if after == "DASH":
        return kinds[start + 2] == "NUM" and dashed(p)
    if after == "X":
        return packs(p) or (kinds[start + 2] in NUMBER_KINDS and kinds[start + 2] != "POW" and multiplied(p))
    return (after == "COMMA" and descending(p)) or (after in ("STOP", "COMMA", "NUM") and torn_decimal(p, start))


def quantity(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """quantity ::= span U [(DASH | TO | OR) number U] [per] [SUBST …] [("/" | PLUS) quantity …] [C | FORM].

    Also asks for: A, ALLDAY, AND, ARROW, EACHW, EQ, EVERY, ID, IN, NUM, OF, PER, TOTAL, WITH, WORD.
    """
    kinds, values = p.kinds, p.values
    unit = values[p.i]
    p.i += 1
    if kinds[p.i] == "U" and values[p.i] == unit:
        p.tell("the unit stands twice", p.i, kind="ambiguous")
        p.i += 1
    if kinds[p.i] in ("DASH", "TO", "OR", "ARROW") and kinds[p.i + 1] in NUMBER_KINDS:
        second = _second(p, low, high, unit)
        if second is not None:
            low, high, unit = second
    if low < high and p.kinds[start + 1] != "U" and count_of_strength(p, low, high, unit, start):
        return True
    if bottle(p, low, high, unit, start) or pack_before(p, low, high, unit):
        return True
    if high == 0:
        p.tell("a dose of zero", start, p.i - 1, "implausible")
        p.fatal = True
    if unit == "kg":
        p.tell("a weight, which is no dose", start, p.i - 1)
        return True
    mass = Mass(low, high, unit, start)
    mass.bracketed = p.depth > 0
    if unit == "%":
        clause = clause_for(p, start)
        clause.strengths.append(Strength(low, "%"))
        while kinds[p.i] == "SLASH" and kinds[p.i + 1] == "NUM" and kinds[p.i + 2] == "U" and values[p.i + 2] == "%":
            clause.strengths.append(Strength(values[p.i + 1], "%"))  # "2%/0.5%": of two ingredients
            p.i += 3
        if kinds[p.i] == "DASH" and kinds[p.i + 1] in NUMBER_KINDS and kinds[p.i + 2] == "C":
            p.i += 1  # "0.005% - 1 drop": no percentage is a range of drops
        form_after(p, clause, None)
        return True
    after = kinds[p.i]
    per_unknown = (after == "SLASH" and kinds[p.i + 1] in ("ID", "WORD")) or (after == "PER" and kinds[p.i + 1] == "ID")
    if per_unknown and p.tokens.raw[p.tokens.first[p.i + 1]] in ACTUATIONS:
        p.i += 2
        clause = clause_for(p, start)
        clause.strengths.append(Strength(mass.high, mass.unit))
        form_after(p, clause, None)
        return True
    if per_unknown and not another_strength(p, p.i + 1):
        p.tell("an amount per something that is not understood", start, p.i + 1, "ambiguous")
        p.fatal = True
        p.i += 2
        return True
    if after == "SLASH" or after == "PER" or after == "A" or after == "IN" or after == "OF" or after == "EVERY":
        done = per(p, mass, start)
        if done:
            return True
    mass.substance = substance(p)
    if kinds[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH") and strength_list(p, mass, start):
        return True
    clause = clause_for(p, start)
    if clause.count is not None and p.kinds[start - 1] == "OF":
        mass.tag = "strength"
    after = kinds[p.i]
    if after == "TOTAL":
        p.i += 1
        mass.tag = "total"
    elif after == "EVERY" and each(p):
        p.i += 1
        mass.tag = "strength"
    elif after == "EACHW" or after == "EQ":
        p.i += 1
        mass.tag = "strength" if after == "EACHW" else ""
    if kinds[start - 1] == "EQ":
        mass.tag = "total"
    if kinds[p.i] == "ALLDAY":
        p.i += 1
        clause.per_day = True
    form_after(p, clause, mass)
    clause.masses.append(mass)
    return True


def _second(p: State, low: Decimal, high: Decimal, unit: str) -> tuple[Decimal, Decimal, str] | None:
    """The upper end with its own unit: 500 mg to 1 g, 10 mg or 20 mg; an arrow goes down: 24 mg → 4 mg."""
    here = p.i
    arrow = p.kinds[here] == "ARROW"
    p.i += 1
    top = number(p)
    if top is None or p.kinds[p.i] != "U" or not units.convertible(unit, p.values[p.i]):
        p.i = here
        return None
    if p.kinds[here] == "DASH" and low == high and unit == p.values[p.i] == "mg" and pair(p, low, top, p.i + 1):
        p.i = here
        return None
    other = p.values[p.i]
    bottom = units.convert(low, unit, other)
    if arrow or (top < bottom and p.clause.step is not None):
        p.i += 1
        p.clause.step = Step(None, None, Range.of(top, other), "up" if top > bottom else "down")
        p.clause.per_day = True
        return min(bottom, top), max(bottom, top), other
    top_here = units.convert(top, other, unit)
    if top_here < high:
        p.i = here
        return None
    p.i += 1
    return low, top_here, unit


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
    clause = p.clause if _of_product(p, start) else clause_for(p, start)
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
    if kinds[p.i] == "EVERY" and each(p):
        p.i += 1
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
    return True


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


def total(p: State, low: Decimal, high: Decimal) -> bool:
    """total ::= span ("doses" | "injections" | "sessions"): how many administrations in all."""
    p.clause.doses_total = Range(low, high, "{dose}")
    return True


def household(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """household ::= span HH: teaspoons and tablespoons in mL.

    Also asks for: FORM, ID, OF, SUBST, WORD.
    """
    each = p.values[p.i]
    p.i += 1
    mass = Mass(low * each, high * each, "mL", start)
    mass.bracketed = p.depth > 0
    clause = clause_for(p, start)
    clause.masses.append(mass)
    if p.kinds[p.i] == "OF" and p.kinds[p.i + 1] in ("WORD", "SUBST", "ID", "FORM"):
        p.i += 2
    return True


def per_period(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """per-period ::= span ("/" | PER) T: "2 per day" is a frequency where the dose is known, else a count per day."""
    kinds, values = p.kinds, p.values
    if kinds[p.i + 1] != "T":
        return False
    unit = values[p.i + 1]
    p.i += 2
    if p.clause.dosed or p.clause.strengths:
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
    """article ::= A [C | HH | half … | T after a bracket or a name]: "a tablet" is one, "25 mcg (1,000 units) a day",
    "60 mg of zinc a day" per day; before anything else the word means nothing.

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
    if after == "T" and kinds[start - 1] in ("RP", "SUBST") and p.clause.masses and not p.clause.timed:
        unit = p.values[p.i]
        p.i += 1
        if unit == "d":
            p.clause.per_day = True  # "25 mcg (1,000 units) a day"
        else:
            set_times(p, ONE, ONE, ONE, unit, start)
    return True


def form_word(p: State) -> bool:
    """form-word ::= C | FORM: a form named without a number."""
    kind, value = p.kinds[p.i], p.values[p.i]
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
