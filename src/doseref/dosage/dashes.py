"""Productions for two numbers with a dash: a range, the strengths of two ingredients, or a count and a strength."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.model import Strength
from doseref.dosage.parts import clause_for, form_after
from doseref.dosage.state import Mass, State
from doseref.dosage.words import FORM_OF
from doseref.quantities import ONE
from doseref.units import UNITS

VOLUMES = frozenset(("mL", "L", "uL"))
SOLID_DIMENSIONS = frozenset(("mass", "international units", "equivalents"))
"""Dimensions of what a tablet may hold."""
_MOST_COUNTED, _MOST_COUNTED_FALLING = 4, 12
"""More tablets than this at one time are not written with a dash."""
_NO_RANGE, _NEVER_A_RANGE = 10, 40
"""A range of doses whose top is ten times its bottom is rare, and of one tablet impossible;
forty times is none at all.
"""


def in_volume(p: State) -> tuple[Decimal, str] | None:
    """in-volume ::= ("/" | PER) [NUM] U-volume, behind strengths of a liquid: "/15 mL";
    ``None``, and nothing read, where it is none.
    """
    kinds, values = p.kinds, p.values
    i = p.i + 1
    if kinds[p.i] not in ("SLASH", "PER"):
        return None
    value = ONE
    if kinds[i] == "NUM":
        value = values[i]
        i += 1
    if kinds[i] != "U" or values[i] not in VOLUMES or value <= 0:
        return None
    p.i = i + 1
    return value, values[i]


def dashed(p: State) -> bool:
    """dashed-strengths ::= NUM "-" NUM U: two ingredients of a combination, where it can be no range ("120-12 mg/5 mL",
    "5-325 mg").

    Also asks for: C, PER, SLASH.
    """
    kinds, values = p.kinds, p.values
    i = p.i
    low, high = values[i], values[i + 2]
    unit = values[i + 3] if kinds[i + 3] == "U" else ""
    if two_units(p):
        return True
    if unit and UNITS[unit].dimension not in SOLID_DIMENSIONS:
        return False
    known = unit in ("", "mg") and pair(p, low, high, i + 3 + bool(unit))
    known = known and (bool(unit) or (kinds[i + 3] in _COUNT_NEXT and not p.clause.dosed))
    p.i = i + 3 + bool(unit)
    per = in_volume(p) if unit else None
    known = known or (bool(unit) and (per is not None or _no_range(p, low, high, i)))
    if not known:
        p.i = i
        return False
    if (
        low >= high
        and low <= _MOST_COUNTED_FALLING
        and low == low.to_integral_value()
        and per is None
        and kinds[p.i] == "C"
        and values[p.i] in FORM_OF
        and kinds[p.i + 1] not in NUMBER_KINDS
        and p.clause.count is None
        and not two_names(p, i)
    ):
        return _either(p, i)  # "4 - 2.5 mg tablets": four of them, or two ingredients?
    if kinds[p.i] in ("PER", "SLASH") and kinds[p.i + 1] == "C":
        p.clause.form = p.clause.form or FORM_OF.get(values[p.i + 1])
        p.i += 2
    p.clause.strengths += [Strength(low, unit or "mg", per=per), Strength(high, unit or "mg", per=per)]
    form_after(p, p.clause, None)
    return True


def two_units(p: State) -> bool:
    """two-units ::= NUM DASH NUM U (DASH | SLASH) U before a form or a count: "0.25-35 mg-mcg", the strengths of two
    ingredients with the unit of each.

    Also asks for: U.
    """
    kinds, values, i = p.kinds, p.values, p.i
    units = [values[i + 3]] if kinds[i + 3] == "U" else []
    end = i + 4 + (kinds[i + 4] in ("DASH", "SLASH"))
    signed = p.tokens.raw[p.tokens.first[end] - 1] in ("-", "/")
    if not units or not signed or kinds[end] != "U" or values[end] == units[0] or kinds[end + 1] not in _COUNT_NEXT:
        return False
    units.append(values[end])
    if any(UNITS[unit].dimension not in SOLID_DIMENSIONS for unit in units) or p.clause.dosed or "kg" in units:
        return False  # "5-10 mg/kg 3 times daily" goes by weight
    p.clause.strengths += [Strength(values[i], units[0]), Strength(values[i + 2], units[1])]
    p.i = end + 1
    form_after(p, p.clause, None)
    return True


def _no_range(p: State, low: Decimal, high: Decimal, start: int) -> bool:
    """Whether two amounts with a dash are those of two ingredients: they fall (or are equal) beside a count, a form or
    a name of two ingredients; or they rise behind such a name."""
    kinds = p.kinds
    after = kinds[p.i]
    if low > high and (kinds[start - 1] in ("C", "FORM") or (after == "COMMA" and kinds[p.i + 2] == "C")):
        return True  # "film 8-2 mg, 2 films"
    if after in ("PER", "SLASH"):
        return kinds[p.i + 1] == "C" and (low >= high or p.values[p.i + 1] == "{puff}")
    if low < high:
        return two_names(p, start)
    if after == "COMMA" and kinds[p.i + 1 : p.i + 3] == ["NUM", "C"]:
        return p.clause.form is not None  # "film 8-2 mg, 2 films"
    counted = p.clause.count is not None and not _behind_a_dose(p)
    return after in ("C", "FORM", "A", "HALF", "TAKE", "NUM") or counted or two_names(p, start)


def _behind_a_dose(p: State) -> bool:
    """Whether "and" joins what is at hand to a dose with its time: it is no strength of that one."""
    return p.link == "and" and p.clause.dosed and p.clause.timed_beside_total()


_PREFIXES = frozenset(
    "acetyl hydroxy methyl sodium potassium extended delayed enteric immediate modified sustained".split()
)
_LONG_NAME = 6
"""Shorter words before a hyphen are no ingredient of their own: alpha-lipoic, beta-carotene, co-codamol."""


def two_names(p: State, start: int) -> bool:
    """Whether the name right before ``start`` joins two ingredients: "a/b", "a and b", "carbidopa-levodopa"."""
    kinds = p.kinds
    i = start
    if _behind_a_dose(p):
        return False  # "prn n/v plus 500-1000 mg daily"
    while i > 0 and kinds[i - 1] in ("WORD", "SUBST", "ID", "SLASH", "PLUS", "AND"):
        i -= 1
    if i == start:
        return False
    raw = p.tokens.raw[p.tokens.first[i] : p.tokens.first[start]]
    for before, sign, after in zip(raw, raw[1:], raw[2:], strict=False):
        if sign in ("/", "+", "and", "&") and before.isalpha() and after.isalpha():
            return True
        if (
            sign == "-"
            and before.isalpha()
            and after.isalpha()
            and before not in _PREFIXES
            and len(before) >= _LONG_NAME
            and len(after) >= _LONG_NAME
        ):
            return True
    return False


def count_of_strength(p: State, low: Decimal, high: Decimal, unit: str, start: int) -> bool:
    """count-of-strength ::= small whole number DASH NUM U C: "2 - 500 mg tablets" are two of 500 mg; what could be
    either is refused.

    Also asks for: REL, ROUTE.
    """
    if low != low.to_integral_value() or low > _MOST_COUNTED or UNITS[unit].dimension not in SOLID_DIMENSIONS:
        return False
    ratio = high / low if low else ONE
    i = p.i
    while p.kinds[i] in ("REL", "ROUTE") and i < p.i + 3:
        i += 1
    solid = p.kinds[i] == "C" and p.values[i] in FORM_OF
    if solid and ratio >= _NO_RANGE and p.clause.count is None:
        clause = clause_for(p, start)
        mass = Mass(high, high, unit, start)
        form_after(p, clause, mass)
        clause.count = (low, low, mass.tag or "{dose}")
        clause.count_index = start
        clause.strengths.append(Strength(high, unit))
        return True
    return (ratio >= _NEVER_A_RANGE or (solid and p.clause.count is None)) and _either(p, start)


def _either(p: State, start: int) -> bool:
    p.tell("a count and a strength, or two amounts?", start, p.i - 1, "ambiguous")
    p.fatal = True
    return True


_COUNT_NEXT = frozenset(("NUM", "A", "HALF", "C", "FORM", "TAKE", "COMMA", "STOP"))
"""What stands behind the strengths of a product: its form, or how many of it."""
_WIDEST_RANGE = 12
"""No range of doses is so many times as wide from its low to its high end, where two such strengths exist."""


def pair(p: State, low: Decimal, high: Decimal, after: int) -> bool:
    """Whether "5-325 mg" are the strengths of two ingredients and no range: a combination has just these, and a form or
    a count stands ``after`` them, or nobody would write such a range (too wide, or its ends no multiple of each
    other; the long dash of printers is that of a range).
    """
    if not p.tokens.vocabulary.is_pair(low, high):
        return False
    if p.kinds[after] in _COUNT_NEXT or high > low * _WIDEST_RANGE:
        return True
    dash = after - 2 - (p.kinds[after - 1] == "U")
    return high % low != 0 and p.tokens.text[slice(*p.tokens.span(dash))] != "–"
