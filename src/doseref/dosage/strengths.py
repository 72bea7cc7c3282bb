"""Productions for strengths: several ingredients, 5/325, 2 × 500 mg, two 500 mg tablets."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.amounts import number, span
from doseref.dosage.model import Strength
from doseref.dosage.parts import form_after, name_before, place, substance
from doseref.dosage.state import Mass, State
from doseref.dosage.timing import set_times
from doseref.dosage.words import FORM_OF

ONE = Decimal(1)
VOLUMES = frozenset(("mL", "L", "uL"))


def strength_list(p: State, first: Mass, start: int) -> bool:
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
        if (
            value is None
            or k[p.i] != "U"
            or p.v[p.i] in VOLUMES
            or (sign == "DASH" and value != 325)
            or (sign in ("AND", "WITH") and not (first_name and (name or k[p.i + 1] == "SUBST")))
        ):
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
    if (
        len(found) == 2
        and not (first_name or found[1].substance)
        and found[1].unit == first.unit
        and found[1].high in (first.high, 2 * first.high)
    ):
        p.tell("two strengths or two doses", start, p.i - 1, "ambiguous")
        p.fatal = True
    c = place(p, start)
    c.strengths += [Strength(part.high, part.unit, part.substance) for part in found]
    if any(part.low != part.high for part in found):
        p.tell("a strength that is a range", start, p.i - 1, "ambiguous")
        p.fatal = True
    form_after(p, c, None)
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
    if len(numbers) == 2 and numbers[1] in (numbers[0], 2 * numbers[0]) and not p.named:
        return False
    unit = v[j] if with_unit else "mg"
    p.i = j + 1 if with_unit else j
    per = in_volume(p) if with_unit else None
    if with_unit and per is None and k[j + 1] == "SLASH":
        p.i = i
        return False
    p.c.strengths += [Strength(value, unit, per=per) for value in numbers]
    form_after(p, p.c, None)
    return True


def in_volume(p: State) -> tuple[Decimal, str] | None:
    """in-volume ::= ("/" | PER) [NUM] U-volume, behind strengths of a liquid: "/15 mL"; ``None``, and nothing read, where it is none."""
    k, v = p.k, p.v
    i = p.i + 1
    if k[p.i] not in ("SLASH", "PER"):
        return None
    value = ONE
    if k[i] == "NUM":
        value = v[i]
        i += 1
    if k[i] != "U" or v[i] not in VOLUMES or value <= 0:
        return None
    p.i = i + 1
    return value, v[i]


def _unitless_strengths(p: State, numbers: list[Decimal], after: int) -> bool:
    """Whether numbers with a slash and no unit are strengths: one of them is in the hundreds, or a name stands before them."""
    if p.c.timed or sum(numbers) == 100 or max(numbers) >= 1000:
        return False
    if max(numbers) >= 100:
        return True
    return p.named and len(numbers) == 2 and p.k[after] in ("NUM", "A", "C", "TAKE", "COMMA", "HALF", "STOP")


def dashed(p: State) -> bool:
    """dashed-strengths ::= NUM "-" NUM U, far apart ("5-325 mg") or falling in a volume ("120-12 mg/5 mL"): two ingredients of a combination, no range."""
    k, v = p.k, p.v
    i = p.i
    low, high = v[i], v[i + 2]
    unit = k[i + 3] == "U" and v[i + 3] == "mg"
    far_apart = high == 325 and low * 5 <= high
    known = far_apart and (unit or (k[i + 3] in ("NUM", "A", "HALF", "C", "TAKE", "COMMA") and not p.c.dosed))
    p.i = i + 3 + unit
    per = in_volume(p) if unit and (known or low > high) else None
    if not known and per is None:  # "120-12 mg/5 mL" falls, and is no range either
        p.i = i
        return False
    if k[p.i] in ("PER", "SLASH") and k[p.i + 1] == "C":
        p.c.form = p.c.form or FORM_OF.get(v[p.i + 1])
        p.i += 2
    p.c.strengths += [Strength(low, "mg", per=per), Strength(high, "mg", per=per)]
    form_after(p, p.c, None)
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
        form_after(p, c, mass)
        if unit in VOLUMES:
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
        p.i = start
        return False
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


def sized_amount(p: State, low: Decimal, high: Decimal, start: int) -> bool:
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
    form_after(p, c, mass)
    if not mass.attached or c.count is not None:
        p.i = start
        return False
    c.count = (low, high, mass.tag)
    c.count_index = start
    c.count_bracketed = p.depth > 0
    c.strengths.append(Strength(value, unit))
    return True
