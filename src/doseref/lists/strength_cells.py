"""A column of the strength beside the name of a drug: whether the name holds it already, or another one."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.errors import QuantityError
from doseref.patterns import regex
from doseref.quantities import decimal
from doseref.units import UNITS, convert, lookup

_NUMBER = regex(r"(?<![\w.,])([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*([^\W\d_]+|%)?")
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
    return (f"{strength} {unit}", "") if re.fullmatch(r"[0-9][0-9,]*(?:\.[0-9]+)?", strength) else (strength, unit)
