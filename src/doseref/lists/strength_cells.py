"""A column of the strength beside the name of a drug: whether the name holds it already, or another one."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.errors import QuantityError
from doseref.patterns import regex
from doseref.quantities import decimal
from doseref.units import UNITS, convert, lookup

_NUMBER = regex(r"(?<![\w.,])([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*([^\W\d_]+|%)?")
_BARE = r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+"
_MOST_PIECES = 10
"""At once; more is no count that two columns agree by."""
_BASE = {"mass": "mg", "volume": "mL"}


def _read(text: str) -> tuple[set[tuple[Decimal, str]], set[Decimal]]:
    """The amounts of a text (each in one unit of its dimension) and its numbers without a unit."""
    amounts: set[tuple[Decimal, str]] = set()
    bare: set[Decimal] = set()
    for written, word in _NUMBER.findall(text):
        try:
            value = decimal(written.replace(",", ""))
        except QuantityError:
            continue
        code = lookup(word) if word else None
        if code is None or code not in UNITS or code.startswith("{"):
            bare.add(value)
            continue
        base = _BASE.get(UNITS[code].dimension, code)
        amounts.add((convert(value, code, base), base))
    return amounts, bare


def says(named: str, strength: str) -> bool:
    """Whether a drug's name already holds its strength: "325 mg" does not hold "25 mg"."""
    amounts, bare = _read(strength)
    own, numbers = _read(named)
    if not amounts and not bare:
        return bool(re.search(rf"(?<!\w){re.escape(strength.lower())}(?!\w)", named.lower()))
    if own or not amounts:
        return amounts <= own and bare <= numbers | {value for value, _ in own}
    return bool(bare) and bare | {value for value, _ in amounts} <= numbers


def differs(named: str, strength: str) -> bool:
    """Whether a drug's name holds another strength than its column says."""
    amounts, _ = _read(strength)
    own, _ = _read(named)
    return bool(own and amounts) and not says(named, strength) and not own <= amounts


def with_unit(strength: str, unit: str) -> tuple[str, str]:
    """Strength and unit of a row without a dose: a bare number of a mass or activity takes the unit;
    else both as they are.
    """
    code = lookup(unit)
    if code is None or code.startswith("{") or UNITS[code].dimension == "volume":
        return strength, unit
    return (f"{strength} {unit}", "") if re.fullmatch(_BARE, strength) else (strength, unit)


def of_dose(strength: str, dose: str, unit: str) -> str | None:
    """A bare number of strength beside a dose that has a unit of mass or activity: the strength in that unit where the
    dose is some quarters of it ("20" and "40 mEq": two pieces), None where it is not; else as it is written.
    """
    amount = re.fullmatch(rf"({_BARE})\s*([^\W\d_]*)", f"{dose} {unit}".strip())
    if amount is None or not re.fullmatch(_BARE, strength):
        return strength
    code = lookup(amount[2]) if amount[2] else None
    if code is None or code.startswith("{") or UNITS[code].dimension == "volume":
        return strength
    each = decimal(strength.replace(",", ""))
    pieces = decimal(amount[1].replace(",", "")) / each if each else Decimal(0)
    return f"{strength} {amount[2]}" if 0 < pieces <= _MOST_PIECES and pieces * 4 % 1 == 0 else None
