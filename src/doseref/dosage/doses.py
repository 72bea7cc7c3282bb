"""Productions for amounts: quantities with a measured unit, counts, strengths, concentrations."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.cycles import on_off, stretch
from doseref.dosage.dayparts import amount_follows, clocks, schedule
from doseref.dosage.lengths import NIGHTS, sevenths
from doseref.dosage.model import Step, Strength
from doseref.dosage.parts import adjective, each, form_after, place, substance
from doseref.dosage.state import Mass, State
from doseref.dosage.strengths import VOLUMES, dashed, multiplied, sized_amount, slashed, strength_list
from doseref.dosage.timing import set_every, set_times, times_after
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range

ONE = Decimal(1)
_PER_SOMETHING = ("SLASH", "PER", "OF", "A", "EVERY", "IN")
_BARE_NEXT = frozenset(
    ("FREQ", "ADV", "ONCE", "EVERY", "WHEN", "AT", "PRN", "BEFORE", "AFTER", "WITH", "ROUTE", "IN", "STAT", "END", "STOP", "COMMA", "THEN",
     "AND", "FOR", "X", "DAYW", "ON", "RP", "T", "NOTE", "OR", "MAX", "UPTO", "TAKE")
)  # fmt: skip
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
_MOST_TABLETS = 20
"""More than this at once, with no unit, is no count that anybody means."""


def amount(p: State) -> bool:
    """amount ::= schedule | fixed-strengths | span (U quantity | HH | C count | T time | TIMES … | hourly | clock | bare)."""
    start = p.i
    k = p.k
    after = k[start + 1]
    if (after == "DASH" or after == "PLUS") and k[start + 3] == after and schedule(p):
        return True
    if k[start] == "NUM":
        if after == "SLASH" and k[start + 3] == "DASH" and k[start + 5] == "DASH" and schedule(p):
            return True
        if after == "SLASH" and k[start + 2] == "NUM" and (slashed(p) or sevenths(p)):
            return True
        if after == "DASH" and k[start + 2] == "NUM" and dashed(p):
            return True
        if after == "X" and k[start + 2] in NUMBER_KINDS and k[start + 2] != "POW" and multiplied(p):
            return True
    found = span(p)
    if found is None:
        return False
    low, high = found
    if k[p.i] == "LP" and k[p.i + 1] == "NUM" and p.v[p.i + 1] == low == high and k[p.i + 2] == "RP":
        p.i += 3  # "6 (six) hours"
    kind = k[p.i]
    if kind == "U":
        return quantity(p, low, high, start)
    if kind == "C":
        return count(p, low, high, start)
    if kind == "FORM" or kind == "REL" or (kind == "ROUTE" and k[p.i + 1] == "C"):
        if adjective(p):
            return count(p, low, high, start)
        kind = k[p.i]
    if kind == "HH":
        return household(p, low, high, start)
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
        noon = p.v[p.i] == ("NOON",) and low == high == 12
        if (noon or p.v[p.i] in (("MORN",), ("EVE",))) and low == high and clock(p, start):
            return True
    elif (kind == "PER" or kind == "SLASH" or kind == "A") and per_period(p, low, high, start):
        return True
    return bare(p, low, high, start)


def quantity(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """quantity ::= span U [(DASH | TO | OR) number U] [per] [SUBST …] [("/" | PLUS) quantity …] [C | FORM]."""
    k, v = p.k, p.v
    unit = v[p.i]
    p.i += 1
    if k[p.i] == "U" and v[p.i] == unit:
        p.tell("the unit stands twice", p.i, kind="ambiguous")
        p.i += 1
    if k[p.i] in ("DASH", "TO", "OR", "ARROW") and k[p.i + 1] in NUMBER_KINDS:
        second = _second(p, low, high, unit)
        if second is not None:
            low, high, unit = second
    if high == 0:
        p.tell("a dose of nothing", start, p.i - 1, "implausible")
        p.fatal = True
    if unit == "kg":
        p.tell("a weight, which is no dose", start, p.i - 1)
        return True
    mass = Mass(low, high, unit, start)
    mass.bracketed = p.depth > 0
    if unit == "%":
        c = place(p, start)
        c.strengths.append(Strength(low, "%"))
        form_after(p, c, None)
        return True
    after = k[p.i]
    if (after == "SLASH" and k[p.i + 1] in ("ID", "WORD")) or (after == "PER" and k[p.i + 1] == "ID"):
        p.tell("an amount per something that is not understood", start, p.i + 1, "ambiguous")
        p.fatal = True
        p.i += 2
        return True
    if after == "SLASH" or after == "PER" or after == "A" or after == "IN" or after == "OF" or after == "EVERY":
        done = _per(p, mass, start)
        if done:
            return True
    mass.substance = substance(p)
    if k[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH") and strength_list(p, mass, start):
        return True
    c = place(p, start)
    if c.count is not None and p.k[start - 1] == "OF":
        mass.tag = "strength"
    after = k[p.i]
    if after == "TOTAL":
        p.i += 1
        mass.tag = "total"
    elif after == "EVERY" and each(p):
        p.i += 1
        mass.tag = "strength"
    elif after == "EACHW" or after == "EQ":
        p.i += 1
        mass.tag = "strength" if after == "EACHW" else ""
    if k[start - 1] == "EQ":
        mass.tag = "total"
    if k[p.i] == "ALLDAY":
        p.i += 1
        c.per_day = True
    form_after(p, c, mass)
    c.masses.append(mass)
    return True


def _second(p: State, low: Decimal, high: Decimal, unit: str) -> tuple[Decimal, Decimal, str] | None:
    """The upper end with its own unit: 500 mg to 1 g, 10 mg or 20 mg; an arrow goes down: 24 mg → 4 mg."""
    here = p.i
    arrow = p.k[here] == "ARROW"
    p.i += 1
    top = number(p)
    if top is None or p.k[p.i] != "U" or not units.convertible(unit, p.v[p.i]):
        p.i = here
        return None
    if p.k[here] == "DASH" and top == 325 and low == high and low * 5 <= 325 and unit == "mg":
        p.i = here
        return None
    other = p.v[p.i]
    bottom = units.convert(low, unit, other)
    if arrow or (top < bottom and p.c.step is not None):
        p.i += 1
        p.c.step = Step(None, None, Range.of(top, other), "up" if top > bottom else "down")
        p.c.per_day = True
        return min(bottom, top), max(bottom, top), other
    top_here = units.convert(top, other, unit)
    if top_here < high:
        p.i = here
        return None
    p.i += 1
    return low, top_here, unit


def _per(p: State, mass: Mass, start: int) -> bool:
    """per ::= ("/" | PER | A | IN | EVERY) (number? U-volume | kg | T | C | session) — may repeat for mg/kg/day."""
    k, v = p.k, p.v
    here = p.i
    sign = k[here]
    at = here + 1
    kind = k[at]
    if sign == "IN" or sign == "OF":
        return False
    if kind == "T" and sign in ("SLASH", "PER", "A", "EVERY"):
        return _per_time(p, mass, v[at], ONE, at + 1, start)
    if kind == "NUM" and k[at + 1] == "T" and sign in ("SLASH", "PER"):
        return _per_time(p, mass, v[at + 1], v[at], at + 2, start)
    if sign == "A" or sign == "EVERY":
        return False
    if kind == "U" and v[at] == "kg":
        code = mass.unit + "/kg"
        if code not in units.UNITS:
            return False
        mass.unit = code
        p.i = at + 1
        if k[p.i] in ("SLASH", "PER") and k[p.i + 1] in ("T", "C"):
            return _per(p, mass, start) or _keep(p, mass, start)
        return _keep(p, mass, start)
    if kind == "U" and v[at] in VOLUMES:
        return _concentration(p, mass, ONE, v[at], at + 1, start)
    if kind in ("NUM",) and k[at + 1] == "U" and v[at + 1] in VOLUMES and v[at]:
        return _concentration(p, mass, v[at], v[at + 1], at + 2, start)
    if kind == "C":
        p.i = at + 1
        c = place(p, start)
        if v[at] in ("{dose}", "{injection}", "{session}", "{application}"):
            c.masses.append(mass)
        else:
            c.strengths.append(Strength(mass.high, mass.unit))
            c.form = c.form or FORM_OF.get(v[at])
        return True
    if kind == "SITE" and sign == "PER":
        return False
    return False


def _keep(p: State, mass: Mass, start: int) -> bool:
    place(p, start).masses.append(mass)
    return True


def _per_time(p: State, mass: Mass, unit: str, value: Decimal, after: int, start: int) -> bool:
    """Amount per time: per day is a total of the day; per hour or minute is a rate; else once in that time."""
    if unit in ("h", "min", "s") and "/kg" in mass.unit:
        p.tell("a rate by body weight", start, after - 1)
        p.fatal = True
        p.i = after
        return True
    if unit in ("h", "min") and value == 1 and f"{mass.unit}/{unit}" in units.UNITS:
        mass.unit = f"{mass.unit}/{unit}"
        p.i = after
        c = place(p, start)
        form_after(p, c, mass)
        c.masses.append(mass)
        return True
    p.i = after
    if p.depth and p.c.dosed and p.c.timed and unit == "d" and value == 1:
        p.c.daily = Range(mass.low, mass.high, mass.unit)
        return True
    c = place(p, start)
    if p.k[p.i] == "U" or p.k[p.i] == "SUBST":
        mass.substance = substance(p)
    c.masses.append(mass)
    if (unit == "d" and value == 1) or (unit == "h" and value == 24):
        c.per_day = True
        if p.k[p.i] == "FREQ" or p.k[p.i] == "ONCE":
            pass
    elif unit == "h":
        set_every(p, value, value, unit, start)
    else:
        set_times(p, ONE, ONE, value, unit, start)
    return True


def _concentration(p: State, mass: Mass, value: Decimal, unit: str, after: int, start: int) -> bool:
    """concentration ::= quantity "/" [number] U-volume: the strength of a liquid."""
    p.i = after
    c = p.c if not (p.c.timed and p.c.dosed) or p.depth else place(p, start)
    c.strengths.append(Strength(mass.high, mass.unit, None, (value, unit)))
    form_after(p, c, None)
    return True


def count(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """count ::= span C [(OR | TO | DASH) span C] [PER T | OF strength | "/" T]."""
    k, v = p.k, p.v
    code = v[p.i]
    p.i += 1
    if (
        k[p.i] in ("OR", "TO", "DASH")
        and k[p.i + 1] in NUMBER_KINDS
        and k[p.i + 2] == "C"
        and v[p.i + 2] == code
        and v[p.i + 1] >= high
    ):
        high = v[p.i + 1]
        p.i += 3
    if (
        code == "{session}"
        or (code == "{injection}" and high > 1)
        or (code == "{dose}" and (p.c.dosed or k[start - 1] in ("X", "FOR")))
    ):
        return total(p, low, high)
    if k[p.i] == "TAPER":
        p.c.form = p.c.form or FORM_OF.get(code)
        return True
    if k[start - 1] == "LP" and p.c.count is not None:
        if p.c.count[:2] != (low, high):
            p.tell("another number of them", start, p.i - 1)  # "2 four times a day for 5 days (20 tablets)"
        return True
    if code == "{spoonful}":
        p.tell("a spoonful of no stated size", start, p.i - 1, "ambiguous")
        p.fatal = True
        return True
    c = place(p, start)
    if c.count is not None:
        if c.count[:2] != (low, high):
            p.tell("a second count of the same dose", start, p.i - 1, "contradiction")
            p.fatal = True
        return True
    c.count = (low, high, code)
    c.count_index = start
    c.count_bracketed = p.depth > 0
    if high == 0:
        p.fatal = True
        p.tell("a dose of nothing", start, p.i - 1, "implausible")
    c.form = c.form or FORM_OF.get(code)
    if k[p.i] == "EVERY" and each(p):
        p.i += 1
    if k[p.i] in ("SLASH", "PER", "A") and k[p.i + 1] == "T":
        p.i += 2
        set_times(p, ONE, ONE, ONE, v[p.i - 1], start)
    elif k[p.i] == "OF" and k[p.i + 1] in ("WORD", "ID", "SUBST"):
        p.i += 2
        while k[p.i] in ("WORD", "ID", "SUBST"):
            p.i += 1
    elif k[p.i] == "SUBST":
        substance(p)
    elif k[p.i] == "OF" and k[p.i + 1] in ("FORM", "NUM", "LP"):
        p.i += 1
        if k[p.i] == "FORM":
            c.form = c.form or v[p.i]
            p.i += 1
    return True


def total(p: State, low: Decimal, high: Decimal) -> bool:
    """total ::= span ("doses" | "injections" | "sessions"): how many administrations in all."""
    p.c.doses_total = Range(low, high, "{dose}")
    return True


def household(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """household ::= span HH: teaspoons and tablespoons in mL."""
    each = p.v[p.i]
    p.i += 1
    mass = Mass(low * each, high * each, "mL", start)
    mass.bracketed = p.depth > 0
    c = place(p, start)
    c.masses.append(mass)
    if p.k[p.i] == "OF" and p.k[p.i + 1] in ("WORD", "SUBST", "ID", "FORM"):
        p.i += 2
    return True


def per_period(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """per-period ::= span ("/" | PER) T: "2 per day" is a frequency where the dose is known, else a count per day."""
    k, v = p.k, p.v
    if k[p.i + 1] != "T":
        return False
    unit = v[p.i + 1]
    p.i += 2
    if p.c.dosed or p.c.strengths:
        set_times(p, low, high, ONE, unit, start)
        return True
    c = place(p, start)
    c.count = (low, high, None)
    c.count_index = start
    if unit == "d":
        c.per_day = True
    else:
        set_times(p, ONE, ONE, ONE, unit, start)
    return True


def hours(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """hours ::= span (HLY | hourly) | span T (ON span T OFF | BEFORE … | "course") | span weekly."""
    k, v = p.k, p.v
    kind = k[p.i]
    if kind == "HLY" or (kind == "FREQ" and v[p.i] == ("every", ONE, ONE, "h")):
        p.i += 1
        set_every(p, low, high, "h", start)
        return True
    if kind == "ADV" and v[p.i] in ("mo", "wk", "a") and (p.c.dosed or p.c.strengths):
        unit = v[p.i]
        p.i += 1
        set_every(p, low, high, unit, start)
        return True
    if kind == "T":
        return stretch(p, low, high, start)
    return False


def clock(p: State, start: int) -> bool:
    """clock ::= NUM (AM | PM): a time of day on the hour."""
    hour = p.v[start]
    word = p.tokens.raw[p.tokens.first[p.i]]
    if (
        word not in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m")
        or k_number(p, start)
        or not 1 <= hour <= 12
        or hour != int(hour)
        or _counts_go_on(p)
    ):
        return False
    value = int(hour) % 12 + (12 if word[0] == "p" else 0)
    p.i += 1
    if p.c.time_first and p.c.dosed and not p.depth and amount_follows(p, p.i):
        p.clause("and").start = start
    if not p.c.dosed:
        p.c.time_first = True
    add_at(p, f"{value:02d}:00")
    return clocks(p)


def _counts_go_on(p: State) -> bool:
    """Whether a day part with its own count follows: "2 AM 2 noon 3 HS" are counts, not two o'clock."""
    i = p.i + 1
    while p.k[i] in ("COMMA", "AND", "PLUS"):
        i += 1
    return p.k[i] == "NUM" and p.k[i + 1] == "WHEN" and p.tokens.raw[p.tokens.first[i + 1]][:1] not in ("a", "p")


def k_number(p: State, start: int) -> bool:
    """Whether more than one token makes the number."""
    return p.i != start + 1


def add_at(p: State, time: str) -> None:
    """Note a clock time, each once."""
    c = p.c
    if time not in c.at:
        c.at = tuple(sorted((*c.at, time)))


def bare(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """bare ::= span: a count without its unit ("take 2 bd", "1-2 q4h"); a number that stands by a name is none."""
    k = p.k
    after = k[p.i]
    c = p.c
    sized = (after == "NUM" and k[p.i + 1] == "U") or (after == "OF" and (k[p.i + 1] == "NUM" or k[p.i + 2] == "NUM"))
    if (
        not sized
        and after not in _BARE_NEXT
        and not (after == "LP" and k[p.i + 1] == "NUM")
        and after not in ("NUM", "REL", "FORM")
    ):
        p.i = start
        return False
    if k[start - 1] in ("SLASH", "DASH", "STAR") or (after == "WHEN" and p.tokens.raw[p.tokens.first[p.i]] in NIGHTS):
        p.i = start
        return False
    if (
        (p.named and k[start - 1] in ("WORD", "ID", "SUBST"))
        or (
            after == "NUM"
            and not sized
            and k[p.i + 1] not in ("TIMES", "X")
            and not (k[p.i + 1] == "T" and k[p.i + 2] in ("BEFORE", "AFTER"))
        )
        or (after == "T")
    ):
        p.i = start
        return False
    if sized or after == "LP":
        return sized_amount(p, low, high, start)
    c = place(p, start)
    if c.count is not None:
        p.i = start
        return False
    if high > _MOST_TABLETS:
        p.tell("a number without a unit, too large for a count", start, p.i - 1, "implausible")
        p.fatal = True
        return True
    if high == 0:
        p.i = start
        return False
    c.count = (low, high, None)
    c.count_index = start
    return True


def article(p: State) -> bool:
    """article ::= A [C | HH | half … | T after a bracket]: "a tablet" is one, "25 mcg (1,000 units) a day" per day; before anything else the word means nothing."""
    k = p.k
    start = p.i
    after = k[start + 1]
    p.i = start + 1
    if after == "C":
        if p.v[p.i] in ("{dose}", "{injection}", "{application}") and p.c.dosed:
            p.i += 1
            return True
        return count(p, ONE, ONE, start)
    if after == "HH":
        return household(p, ONE, ONE, start)
    if after == "T" and k[start - 1] == "RP" and p.c.masses and not p.c.timed:
        unit = p.v[p.i]
        p.i += 1
        if unit == "d":
            p.c.per_day = True  # "25 mcg (1,000 units) a day"
        else:
            set_times(p, ONE, ONE, ONE, unit, start)
    return True


def form_word(p: State) -> bool:
    """form-word ::= C | FORM: a form named without a number."""
    kind, value = p.k[p.i], p.v[p.i]
    p.i += 1
    c = p.c
    named = value if kind == "FORM" else FORM_OF.get(value)
    if c.form in _FORMS and named in _FORMS and c.form != named:
        p.tell("a second, different form", p.i - 1, kind="contradiction")
    if kind == "FORM":
        c.form = c.form or value
        return True
    if value == "{injection}":
        c.routes = c.routes or ("injection",)
        return True
    c.form = c.form or FORM_OF.get(value)
    return value not in ("{cells}",)
