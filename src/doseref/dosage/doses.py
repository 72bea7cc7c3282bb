"""Productions for amounts: quantities with a measured unit, counts, strengths, concentrations."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.amounts import NUMBER_KINDS, number, span
from doseref.dosage.model import Strength, Times
from doseref.dosage.state import Clause, Mass, State
from doseref.dosage.timing import _amount_follows, clocks, schedule, set_every, set_times, times_after
from doseref.dosage.words import FORM_OF
from doseref.quantities import Range

ONE = Decimal(1)
_VOLUMES = frozenset(("mL", "L", "uL"))
_PER_SOMETHING = ("SLASH", "PER", "OF", "A", "EVERY", "IN")
_BARE_NEXT = frozenset(
    ("FREQ", "ADV", "ONCE", "EVERY", "WHEN", "AT", "PRN", "BEFORE", "AFTER", "WITH", "ROUTE", "IN", "STAT", "END", "STOP", "COMMA", "THEN",
     "AND", "FOR", "X", "DAYW", "ON", "RP", "T", "NOTE", "OR", "MAX", "UPTO", "TAKE")
)  # fmt: skip
_FORMS = frozenset(("tablet", "capsule", "patch", "suppository", "cream", "gel", "ointment", "lotion", "syrup", "suspension", "solution"))
"""Forms of which a thing has only one."""
_MOST_TABLETS = 20
"""More than this at once, with no unit, is no count that anybody means."""


def amount(p: State) -> bool:
    """amount ::= schedule | fixed-strengths | span (U quantity | HH | C count | T time | TIMES … | hourly | clock | bare)."""
    start = p.i
    k = p.k
    after = k[start + 1]
    if after == "DASH" and k[start + 3] == "DASH" and schedule(p):
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
    elif (kind == "WHEN" and p.v[p.i] in (("MORN",), ("EVE",)) and low == high and clock(p, start)) or kind == "PER" or kind == "SLASH" or (kind == "A" and k[p.i + 1] == "T"):
        if p.k[p.i - 1] == "WHEN" or per_period(p, low, high, start):
            return True
    return bare(p, low, high, start)


def adjective(p: State) -> bool:
    """adjective ::= (REL | ROUTE | FORM)+ C: what kind of tablet is counted; a powder counted is a sachet."""
    k, v = p.k, p.v
    start = i = p.i
    while k[i] in ("REL", "ROUTE", "FORM") and k[i + 1] in ("REL", "ROUTE", "FORM", "C"):
        i += 1
    if k[i] == "FORM" and v[i] == "powder":
        k[i], v[i] = "C", "{sachet}"
    if k[i] != "C":
        return False
    for j in range(start, i):
        if k[j] == "REL":
            p.c.release = v[j]
        elif k[j] == "ROUTE":
            p.c.routes = p.c.routes or (v[j],)
    p.i = i
    return True


def place(p: State, start: int) -> Clause:
    """The clause that an amount belongs to: a new one where the one at hand has its amount and its time."""
    c = p.c
    if not c.dosed or p.depth:
        return c
    if c.from_day is not None or (c.timed and c.duration is not None and p.link == ","):
        made = p.clause("then")
    elif c.timed and (p.link == "and" or c.when or c.at or c.days):
        made = p.clause("then" if p.link == "and" and c.doses_total is not None and not c.when else "and")
    elif c.timed:
        made = p.clause("?")
    else:
        return c
    made.start = start
    return made


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
        _form_after(p, c, None)
        return True
    after = k[p.i]
    if after == "SLASH" or after == "PER" or after == "A" or after == "IN" or after == "OF" or after == "EVERY":
        done = _per(p, mass, start)
        if done:
            return True
    mass.substance = substance(p)
    if k[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH") and _strength_list(p, mass, start):
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
    _form_after(p, c, mass)
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
        p.c.step = step_to(bottom, top, other)
        p.c.per_day = True
        return min(bottom, top), max(bottom, top), other
    top_here = units.convert(top, other, unit)
    if top_here < high:
        p.i = here
        return None
    p.i += 1
    return low, top_here, unit


def step_to(bottom: Decimal, top: Decimal, unit: str):  # type: ignore[no-untyped-def]
    """The step that an arrow writes: from the first amount to the second."""
    from doseref.dosage.model import Step

    return Step(None, None, Range.of(top, unit), "up" if top > bottom else "down")


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
    if kind == "U" and v[at] in _VOLUMES:
        return _concentration(p, mass, ONE, v[at], at + 1, start)
    if kind in ("NUM",) and k[at + 1] == "U" and v[at + 1] in _VOLUMES and v[at]:
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
        _form_after(p, c, mass)
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
    _form_after(p, c, None)
    return True


def _strength_list(p: State, first: Mass, start: int) -> bool:
    """strengths ::= quantity [SUBST] (("/" | PLUS | AND | WITH) [SUBST] quantity [SUBST])+: several ingredients."""
    k = p.k
    here = p.i
    found = [first]
    named = first.substance or name_before(p, start)
    first_name = first.substance or named
    while k[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH"):
        sign, back = k[p.i], p.i
        p.i += 1
        name = substance(p)
        at = p.i
        value = number(p)
        if value is None or k[p.i] != "U" or p.v[p.i] in _VOLUMES or (sign == "DASH" and value != 325) or (sign in ("AND", "WITH") and not (first_name and (name or k[p.i + 1] == "SUBST"))):
            p.i = back
            break
        part = Mass(value, value, p.v[p.i], at)
        p.i += 1
        part.substance = name or substance(p)
        found.append(part)
    if len(found) == 1:
        p.i = here
        return False
    found[0].substance = first_name
    c = place(p, start)
    c.strengths += [Strength(part.high, part.unit, part.substance) for part in found]
    if any(part.low != part.high for part in found):
        p.tell("a strength that is a range", start, p.i - 1, "ambiguous")
        p.fatal = True
    _form_after(p, c, None)
    return True


def each(p: State) -> bool:
    """Whether the word at hand is "each" in the sense of "apiece"."""
    return p.tokens.raw[p.tokens.first[p.i]] == "each" and p.k[p.i + 1] not in ("NUM", "T", "WHEN", "DAYW", "MEAL", "HALF", "DASH", "SITE", "SIDE", "ORDN")


def name_before(p: State, start: int) -> str | None:
    """The ingredient named right before an amount, or ``None``."""
    i = start
    while i > 0 and p.k[i - 1] == "SUBST":
        i -= 1
    return " ".join(p.tokens.words(i, start)) if i < start else None


def substance(p: State) -> str | None:
    """substance ::= [OF] SUBST [ID] (("/" | PLUS | AND | DASH) SUBST)*; the words as written."""
    k = p.k
    i = p.i + 1 if k[p.i] == "OF" and k[p.i + 1] == "SUBST" else p.i
    if k[i] != "SUBST":
        return None
    first = i
    while True:
        while k[i] == "SUBST" or k[i] == "ID":
            i += 1
        if k[i] in ("SLASH", "PLUS", "DASH") and k[i + 1] == "SUBST":
            i += 1
        else:
            break
    p.i = i
    return " ".join(p.tokens.words(first, i))


def _form_after(p: State, c: Clause, mass: Mass | None) -> None:
    """form-after ::= [SIDE] (C | FORM | ROUTE C): the form right after an amount makes it a strength where a count is given."""
    k = p.k
    i = p.i
    if k[i] == "WORD" or k[i] == "ID":
        j = i
        while k[j] in ("WORD", "ID", "SUBST") and j < i + 4:
            j += 1
        if k[j] in ("C", "FORM") and k[j - 1] != "OF":
            i = j
    while k[i] in ("REL", "ROUTE", "FORM") and k[i + 1] in ("C", "FORM", "REL", "ROUTE") and (k[i + 1] in ("C", "FORM") or k[i + 2] in ("C", "FORM")):
        if k[i] == "REL":
            c.release = p.v[i]
        elif k[i] == "ROUTE":
            c.routes = c.routes or (p.v[i],)
        i += 1
    if k[i] == "C":
        code = p.v[i]
        if code in FORM_OF:
            c.form = c.form or FORM_OF[code]
            if mass is not None:
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
        elif code == "{injection}":
            c.routes = c.routes or ("injection",)
            p.i = i + 1
        elif code in ("{dose}", "{vial}", "{ampule}", "{puff}", "{spray}", "{drop}", "{syringe}", "{pen}", "{spoonful}", "{pill}"):
            if mass is not None and code != "{dose}":
                mass.attached = True
                mass.tag = mass.tag or code
            p.i = i + 1
    elif k[i] == "FORM":
        c.form = c.form or p.v[i]
        p.i = i + 1


def count(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """count ::= span C [(OR | TO | DASH) span C] [PER T | OF strength | "/" T]."""
    k, v = p.k, p.v
    code = v[p.i]
    p.i += 1
    if k[p.i] in ("OR", "TO", "DASH") and k[p.i + 1] in NUMBER_KINDS and k[p.i + 2] == "C" and v[p.i + 2] == code and v[p.i + 1] >= high:
        high = v[p.i + 1]
        p.i += 3
    if code == "{session}" or (code == "{injection}" and high > 1) or (code == "{dose}" and (p.c.dosed or k[start - 1] in ("X", "FOR"))):
        return total(p, low, high)
    if k[p.i] == "TAPER":
        p.c.form = p.c.form or FORM_OF.get(code)
        return True
    if k[start - 1] == "LP" and p.c.count is not None:
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


def slashed(p: State) -> bool:
    """fixed-strengths ::= NUM ("/" NUM)+ [U] [C]: 5/325, 50/325/40 mg, where no fraction and no "10/7" is meant."""
    k, v = p.k, p.v
    i = p.i
    numbers = [v[i]]
    j = i + 1
    while k[j] == "SLASH" and k[j + 1] == "NUM":
        numbers.append(v[j + 1])
        j += 2
    with_unit = k[j] == "U"
    if not with_unit and not _unitless_strengths(p, numbers, j):
        return False
    if len(numbers) == 2 and numbers[1] in (2, 4, 8) and numbers[0] < numbers[1]:
        return False
    if p.c.dosed and p.c.timed:
        return False
    unit = v[j] if with_unit else "mg"
    if with_unit and k[j + 1] == "SLASH":
        return False
    p.i = j + 1 if with_unit else j
    p.c.strengths += [Strength(value, unit) for value in numbers]
    _form_after(p, p.c, None)
    return True


def _unitless_strengths(p: State, numbers: list[Decimal], after: int) -> bool:
    """Whether numbers with a slash and no unit are strengths: one of them is in the hundreds, or a name stands before them."""
    if p.c.timed or sum(numbers) == 100 or max(numbers) >= 1000:
        return False
    if max(numbers) >= 100:
        return True
    return p.named and len(numbers) == 2 and p.k[after] in ("NUM", "A", "C", "TAKE", "COMMA", "HALF", "STOP")


def dashed(p: State) -> bool:
    """dashed-strengths ::= NUM "-" NUM U, far apart ("5-325 mg"): two ingredients of a combination, no range."""
    k, v = p.k, p.v
    i = p.i
    low, high = v[i], v[i + 2]
    unit = k[i + 3] == "U" and v[i + 3] == "mg"
    if high != 325 or low * 5 > high or not (unit or (k[i + 3] in ("NUM", "A", "HALF", "C", "TAKE", "COMMA") and not p.c.dosed)):
        return False
    p.i = i + 3 + unit
    if k[p.i] in ("PER", "SLASH") and k[p.i + 1] == "C":
        p.c.form = p.c.form or FORM_OF.get(v[p.i + 1])
        p.i += 2
    p.c.strengths += [Strength(low, "mg"), Strength(high, "mg")]
    _form_after(p, p.c, None)
    return True


def sevenths(p: State) -> bool:
    """sevenths ::= NUM "/" (7 | 52 | 12): days, weeks, months of treatment."""
    unit = {Decimal(7): "d", Decimal(52): "wk", Decimal(12): "mo"}.get(p.v[p.i + 2])
    if unit is None or not (p.c.timed or p.k[p.i - 1] in ("FOR", "X", "COMMA")):
        return False
    p.c.duration = Range.of(p.v[p.i], unit)
    p.i += 3
    return True


def multiplied(p: State) -> bool:
    """multiplied ::= number X span (U [C] | C | T | …): 2 × 500 mg; 1 x 3 is one, three times a day."""
    k = p.k
    start = p.i
    many = p.v[start]
    p.i = start + 2
    found = span(p)
    if found is None:
        p.i = start
        return False
    low, high = found
    kind = k[p.i]
    if kind == "U" and low == high:
        unit = p.v[p.i]
        p.i += 1
        if unit == "{cells}" or p.c.count is not None:
            if p.c.count is not None and p.depth and p.c.count[:2] == (many, many):
                p.c.strengths.append(Strength(low, unit))
                return True
            p.i = start
            return False
        c = place(p, start)
        mass = Mass(low, low, unit, start + 2)
        _form_after(p, c, mass)
        if unit in _VOLUMES:
            c.masses.append(Mass(low * many, low * many, unit, start))
            return True
        if mass.tag.startswith("{"):
            c.count = (many, many, mass.tag)
        else:
            c.count = (many, many, None)
        c.count_index = start
        c.count_bracketed = p.depth > 0
        c.strengths.append(Strength(low, unit))
        return True
    if kind == "T":
        p.i = start + 1
        return bare(p, many, many, start)
    if kind == "C":
        if many != 1:
            p.tell("two counts, of which one could be a frequency", start, p.i, "ambiguous")
            p.c.form = p.c.form or FORM_OF.get(p.v[p.i])
            p.i += 1
            return True
        c = place(p, start)
        c.count = (many, many, p.v[p.i])
        c.count_index = start
        c.form = c.form or FORM_OF.get(p.v[p.i])
        p.i += 1
        set_times(p, low, high, ONE, "d", start)
        return True
    if kind in ("C", "TIMES", "SLASH", "PER", "ADV", "FREQ"):
        p.i = start
        return False
    c = place(p, start)
    c.count = (many, many, None)
    c.count_index = start
    set_times(p, low, high, ONE, "d", start)
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
        c.times = Times(ONE, ONE, ONE, unit)
    return True


def hours(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """hours ::= span (HLY | hourly) | span T (ON span T OFF | BEFORE … | "course") | span weekly."""
    from doseref.dosage.timing import stretch

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
    if word not in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m") or k_number(p, start) or not 1 <= hour <= 12 or hour != int(hour):
        return False
    value = int(hour) % 12 + (12 if word[0] == "p" else 0)
    p.i += 1
    if p.c.time_first and p.c.dosed and not p.depth and _amount_follows(p, p.i):
        p.clause("and").start = start
    if not p.c.dosed:
        p.c.time_first = True
    add_at(p, f"{value:02d}:00")
    return clocks(p)


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
    if not sized and after not in _BARE_NEXT and not (after == "LP" and k[p.i + 1] == "NUM") and after not in ("NUM", "REL", "FORM"):
        p.i = start
        return False
    if k[start - 1] in ("SLASH", "DASH", "STAR"):
        p.i = start
        return False
    if p.named and k[start - 1] in ("WORD", "ID", "SUBST") or (after == "NUM" and not sized and k[p.i + 1] not in ("TIMES", "X") and not (k[p.i + 1] == "T" and k[p.i + 2] in ("BEFORE", "AFTER"))) or (after == "T"):
        p.i = start
        return False
    if sized or after == "LP":
        return _sized(p, low, high, start)
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


def _sized(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """sized ::= number quantity (C | spoonfuls) | number "(" quantity ")" C: two 500 mg tablets, 2 (500 mg) tablets."""
    k, v = p.k, p.v
    here = p.i
    if p.skip("OF"):
        p.skip("A")
    bracket = p.skip("LP")
    value = number(p)
    if value is None or k[p.i] != "U":
        p.i = start
        return False
    unit = v[p.i]
    p.i += 1
    if k[p.i] in ("SLASH", "PER") and k[p.i + 1] == "T" and f"{unit}/{v[p.i + 1]}" in units.UNITS:
        unit = f"{unit}/{v[p.i + 1]}"
        p.i += 2
    if bracket and not p.skip("RP"):
        p.i = start
        return False
    if k[p.i] == "C" and v[p.i] == "{spoonful}":
        p.i += 1
        place(p, start).masses.append(Mass(low * value, high * value, unit, start))
        return True
    c = place(p, start)
    mass = Mass(value, value, unit, here)
    _form_after(p, c, mass)
    if not mass.attached or c.count is not None:
        p.i = start
        return False
    c.count = (low, high, mass.tag)
    c.count_index = start
    c.count_bracketed = p.depth > 0
    c.strengths.append(Strength(value, unit))
    return True


def article(p: State) -> bool:
    """article ::= A [C | HH | half …]: "a tablet" is one; before anything else the word means nothing."""
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
