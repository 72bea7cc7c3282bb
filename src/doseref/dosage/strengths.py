"""Productions for strengths: several ingredients, 5/325, 2 × 500 mg, two 500 mg tablets."""

from __future__ import annotations

from decimal import Decimal

from doseref import units
from doseref.dosage.amounts import number, span
from doseref.dosage.dashes import VOLUMES, in_volume, pair
from doseref.dosage.model import Strength
from doseref.dosage.packs import tube
from doseref.dosage.parts import clause_for, form_after, name_before, substance
from doseref.dosage.state import Mass, State
from doseref.dosage.timing import set_times
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE


def strength_list(p: State, first: Mass, start: int) -> bool:
    """strengths ::= quantity [SUBST] (("/" | PLUS | AND | WITH) [SUBST] quantity [SUBST])+: several ingredients.

    Also asks for: DASH, EACHW, OF, U.
    """
    kinds = p.kinds
    here = p.i
    found = [first]
    named = first.substance or name_before(p, start)
    first_name = first.substance or named
    while kinds[p.i] in ("SLASH", "PLUS", "AND", "WITH", "DASH"):
        sign, back = kinds[p.i], p.i
        p.i += 1
        name = substance(p) or (_ingredient(p) if sign in ("SLASH", "PLUS", "DASH") else None)
        at = p.i
        value = number(p)
        if (
            value is None
            or kinds[p.i] != "U"
            or p.values[p.i] in VOLUMES
            or (
                sign == "DASH"
                and not (name or _falls(found[-1], value, p.values[p.i]))
                and not (first.unit == p.values[p.i] == "mg" and pair(p, first.high, value, p.i + 1))
            )
            or (sign in ("AND", "WITH") and not (first_name and (name or kinds[p.i + 1] == "SUBST")))
        ):
            p.i = back
            break
        part = Mass(value, value, p.values[p.i], at)
        p.i += 1
        part.substance = name or substance(p)
        found.append(part)
    if len(found) == 1:
        p.i = here
        return False
    if first_name is None and found[-1].substance:
        first_name = _name_words(p, start)
    found[0].substance = first_name
    told = kinds[p.i] == "EACHW" or (p.clause.count is not None and kinds[start - 1] == "OF")
    if kinds[p.i] == "EACHW":
        p.i += 1
    if (
        len(found) == 2
        and not told
        and not (first_name or found[1].substance)
        and found[1].unit == first.unit
        and found[1].high in (first.high, 2 * first.high)
    ):
        p.tell("two strengths or two doses", start, p.i - 1, "ambiguous")
        p.fatal = True
    clause = clause_for(p, start)
    clause.strengths += [Strength(part.high, part.unit, part.substance) for part in found]
    if p.depth and not _makes_the_dose(clause.masses, found):
        p.tell("the parts do not come to the dose", start, p.i - 1, "contradiction")
    if any(part.low != part.high for part in found):
        p.tell("a strength that is a range", start, p.i - 1, "ambiguous")
        p.fatal = True
    form_after(p, clause, None)
    return True


def of_insulin(p: State) -> bool:
    """of-insulin ::= "U" DASH (100 | 200 | 300 | 500), before a dose in units: how many units are in a millilitre.

    Also asks for: C, COMMA, FORM, NUM, SLASH, STOP, TAKE, U, WORD.
    """
    kinds, values, i = p.kinds, p.values, p.i
    if p.tokens.said(i, i + 1) != "u" or kinds[i + 1 : i + 3] != ["DASH", "NUM"] or values[i + 2] not in _OF_INSULIN:
        return False
    end = i = i + 3
    while kinds[i] in ("C", "FORM", "WORD", "STOP", "COMMA", "TAKE"):
        i += 1
    if p.clause.dosed or kinds[i : i + 2] != ["NUM", "U"] or values[i + 1] != "[IU]" or kinds[end] == "SLASH":
        return False
    p.clause.strengths.append(Strength(values[end - 1], "[IU]", per=(ONE, "mL")))
    p.i = end
    return True


_OF_INSULIN = frozenset((100, 200, 300, 500))


def _makes_the_dose(before: list[Mass], parts: list[Mass]) -> bool:
    """Whether amounts in a bracket without names ("6 mg (5 mg + 1 mg)") come to the one dose before it, or repeat
    it; of a volume they are what is in it, but not some of them.
    """
    if len(before) != 1 or any(part.substance for part in parts):
        return True
    dose = before[0]
    alike = [units.convertible(part.unit, dose.unit) for part in parts]
    if not all(alike):
        return not any(alike)
    each = [units.convert(part.high, part.unit, dose.unit) for part in parts]
    return dose.high in (sum(each), *each)


def _name_words(p: State, start: int) -> str | None:
    """The words of the name right before the first of several named strengths."""
    i = start
    while i > 0 and p.kinds[i - 1] in ("WORD", "SUBST", "ID"):
        i -= 1
    return " ".join(p.tokens.words(i, start)) or None if p.named or p.kinds[i - 1] == "OF" else None


def _ingredient(p: State) -> str | None:
    """An ingredient that is no known word, named between the sign and its strength: "/ hydrochlorothiazide 12.5 mg"."""
    i = another_strength(p, p.i)
    if not i:
        return None
    words = " ".join(p.tokens.words(p.i, i))
    p.i = i
    return words


def another_strength(p: State, first: int) -> int:
    """Where the amount behind the words of an ingredient at ``first`` stands; 0 where there is no such amount."""
    i = first
    while p.kinds[i] in ("WORD", "SUBST", "ID") and i < first + 4:
        i += 1
    return i if i > first and p.kinds[i] == "NUM" and p.kinds[i + 1] == "U" else 0


def _falls(before: Mass, value: Decimal, unit: str) -> bool:
    """Whether a second amount behind a dash is below the first ("160 mg-25 mg"): no range."""
    return units.convertible(unit, before.unit) and units.convert(value, unit, before.unit) < before.low


def slashed(p: State) -> bool:
    """fixed-strengths ::= NUM ("/" NUM)+ [U] [C]: 5/325, 50/325/40 mg, where no fraction and no "10/7" is meant."""
    kinds, values = p.kinds, p.values
    i = p.i
    numbers = [values[i]]
    j = i + 1
    while kinds[j] == "SLASH" and kinds[j + 1] == "NUM":
        numbers.append(values[j + 1])
        j += 2
    with_unit = kinds[j] == "U"
    if not with_unit and not _unitless_strengths(p, numbers, j):
        return False
    if len(numbers) == 2 and numbers[1] in (2, 4, 8) and numbers[0] < numbers[1]:
        return False
    if p.clause.dosed and p.clause.timed:
        return False
    if len(numbers) == 2 and numbers[1] in (numbers[0], 2 * numbers[0]) and not p.named:
        return False
    unit = values[j] if with_unit else "mg"
    p.i = j + 1 if with_unit else j
    per = in_volume(p) if with_unit else None
    if with_unit and per is None and kinds[j + 1] == "SLASH":
        p.i = i
        return False
    p.clause.strengths += [Strength(value, unit, per=per) for value in numbers]
    form_after(p, p.clause, None)
    return True


def _unitless_strengths(p: State, numbers: list[Decimal], after: int) -> bool:
    """Whether numbers with a slash and no unit are strengths: one of them is in the hundreds,
    or a name stands before them.
    """
    if p.clause.timed or sum(numbers) == 100 or max(numbers) >= 1000:
        return False
    if max(numbers) >= 100:
        return True
    return p.named and len(numbers) == 2 and p.kinds[after] in ("NUM", "A", "C", "TAKE", "COMMA", "HALF", "STOP")


_MOST_A_DAY = 6
"""More often than this "3 x 7" does not mean in a day."""


def multiplied(p: State) -> bool:
    """multiplied ::= number X span (U [C] | C | T | …): 2 × 500 mg; 1 x 3 is one, three times a day.

    Also asks for: ADV, FREQ, LP, PER, RP, SLASH, TIMES.
    """
    kinds = p.kinds
    start = p.i
    many = p.values[start]
    p.i = start + 2
    found = span(p)
    kind = kinds[p.i]
    if p.depth and kind == "RP" and kinds[start - 1] == "LP" and p.clause.dosed and p.clause.timed_beside_total():
        p.remarks.append((start, p.i - 1))
        return True  # "1-0-1 (30 x 2)": how many are handed out
    if found is not None:
        low, high = found
        if kind == "U" and low == high:
            return _pieces_of(p, many, low, start)
        if kind == "C" and many != 1:
            p.tell("two counts, of which one could be a frequency", start, p.i, "ambiguous")
            p.clause.form = p.clause.form or FORM_OF.get(p.values[p.i])
            p.i += 1
            return True
        if kind not in ("T", "TIMES", "SLASH", "PER", "ADV", "FREQ"):
            if high > _MOST_A_DAY:
                p.tell("so many times a day, or for so many days?", start, p.i - 1, "ambiguous")
                p.fatal = True
            clause = clause_for(p, start)
            clause.count = (many, many, p.values[p.i] if kind == "C" else None)
            clause.count_index = start
            if kind == "C":
                clause.form = clause.form or FORM_OF.get(p.values[p.i])
                p.i += 1
            set_times(p, low, high, ONE, "d", start)
            return True
    p.i = start
    return False


_HANDED_OUT = frozenset(("g", "mL"))
_LEAST_TUBE = 10
"""Grams or millilitres from which on it is a tube."""


def _pieces_of(p: State, many: Decimal, each: Decimal, start: int) -> bool:
    """ "2 × 500 mg": so many pieces of a strength; of a liquid ("2 x 5 mL") the amount of both."""
    unit = p.values[p.i]
    p.i += 1
    if p.values[p.i - 1] in _HANDED_OUT and each >= _LEAST_TUBE and tube(p, start):
        return True  # "cream 2 x 30 g apply bd"
    if p.clause.count is not None and p.depth and p.clause.count[:2] == (many, many):
        p.clause.strengths.append(Strength(each, unit))
        return True
    if unit == "{cells}" or p.clause.count is not None:
        p.i = start
        return False
    clause = clause_for(p, start)
    mass = Mass(each, each, unit, start + 2)
    form_after(p, clause, mass)
    if unit in VOLUMES:
        clause.masses.append(Mass(each * many, each * many, unit, start))
        return True
    clause.count = (many, many, mass.tag if mass.tag.startswith("{") else None)
    clause.count_index = start
    clause.count_bracketed = p.depth > 0
    clause.strengths.append(Strength(each, unit))
    return True


def sized_amount(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """sized ::= number quantity (C | spoonfuls) | number "(" quantity ")" C: two 500 mg tablets, 2 (500 mg) tablets.

    Also asks for: A, OF, PER, SLASH, T, U.
    """
    kinds, values = p.kinds, p.values
    here = p.i
    if p.skip("OF"):
        p.skip("A")
    bracket = p.skip("LP")
    value = number(p)
    if value is None or kinds[p.i] != "U":
        p.i = start
        return False
    unit = values[p.i]
    p.i += 1
    if kinds[p.i] in ("SLASH", "PER") and kinds[p.i + 1] == "T" and f"{unit}/{values[p.i + 1]}" in units.UNITS:
        unit = f"{unit}/{values[p.i + 1]}"
        p.i += 2
    if bracket and not p.skip("RP"):
        p.i = start
        return False
    if kinds[p.i] == "C" and values[p.i] == "{spoonful}":
        p.i += 1
        clause_for(p, start).masses.append(Mass(low * value, high * value, unit, start))
        return True
    clause = clause_for(p, start)
    mass = Mass(value, value, unit, here)
    form_after(p, clause, mass)
    if not mass.attached or clause.count is not None:
        p.i = start
        return False
    clause.count = (low, high, mass.tag)
    clause.count_index = start
    clause.count_bracketed = p.depth > 0
    clause.strengths.append(Strength(value, unit))
    return True
