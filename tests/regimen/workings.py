"""Does the sums of a finding's working again, from the printed text alone, with arithmetic of its own."""

from __future__ import annotations

import re
from fractions import Fraction

Interval = tuple[Fraction, Fraction]
_MASS = {"g": Fraction(1000), "mg": Fraction(1), "mcg": Fraction(1, 1000)}
_UNITS_PER_MCG = Fraction(40)
"""Vitamin D, the only substance here whose units are converted."""

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_RANGE = rf"({_NUMBER})(?: to ({_NUMBER}))?"
_PERIOD = r"(?:in 24 hours|in the 24 hours from [\d:]+ on day \d+|per [\w ]+?)"
_RIGHT = re.compile(rf"^{_RANGE} (.+?) ({_PERIOD})$")
_FACTOR = re.compile(rf"^{_RANGE}(?: ([^\d(][^()]*?))?(?: \(= {_RANGE} ([^()]+)\))?$")
_RATIO = re.compile(rf"^({_NUMBER})/({_NUMBER})$")
_CONCENTRATION = re.compile(rf"^({_NUMBER}) (\w+)/({_NUMBER}) (\w+)$")
_AT_MOST = re.compile(rf", at most ({_NUMBER}) [^()]+ \(own maximum [^()]+\)$")


class Wrong(AssertionError):
    """A working that cannot be done again, or comes out differently."""


def number(text: str) -> Fraction:
    """``4,000`` as an exact number."""
    return Fraction(text.replace(",", ""))


def interval(low: str, high: str | None) -> Interval:
    """``500 to 1,000`` as two numbers."""
    return number(low), number(high or low)


def right_side(text: str) -> tuple[Interval, str, str]:
    """``4,000 to 5,950 mg in 24 hours`` as amount, unit and period."""
    match = _RIGHT.match(text)
    if match is None:
        raise Wrong(f"no amount, unit and period: {text!r}")
    return interval(match[1], match[2]), _singular(match[3]), match[4]


def product(text: str) -> tuple[Interval, str]:
    """The value and the unit of ``2 tablets × 500 mg × 4``; the unit is that of the last measure before the frequency."""
    value: Interval = (Fraction(1), Fraction(1))
    unit = ""
    for factor in text.split(" × "):
        concentration, ratio = _CONCENTRATION.match(factor), _RATIO.match(factor)
        if concentration:
            if unit != concentration[4]:
                raise Wrong(f"{unit} by {factor}")
            each = number(concentration[1]) / number(concentration[3])
            value, unit = (value[0] * each, value[1] * each), concentration[2]
            continue
        if ratio:
            each = number(ratio[1]) / number(ratio[2])
            value = (value[0] * each, value[1] * each)
            continue
        match = _FACTOR.match(factor)
        if match is None:
            raise Wrong(f"not a factor: {factor!r}")
        own = interval(match[1], match[2])
        value = (value[0] * own[0], value[1] * own[1])
        if match[3] and not (unit.endswith("/kg") and match[3] == "kg"):
            unit = _singular(match[3])
        elif match[3]:
            unit = unit.removesuffix("/kg")
        if match[4]:
            stated, to = interval(match[4], match[5]), _singular(match[6])
            if convert(value, unit, to) != stated:
                raise Wrong(f"{value} {unit} is not {stated} {to}")
            value, unit = stated, to
    return value, unit


def convert(value: Interval, unit: str, wanted: str) -> Interval:
    """By this module's own table."""
    if unit == wanted:
        return value
    if unit in _MASS and wanted in _MASS:
        factor = _MASS[unit] / _MASS[wanted]
    elif unit == "mcg" and wanted == "unit":
        factor = _UNITS_PER_MCG
    else:
        raise Wrong(f"{unit} is not {wanted}")
    return value[0] * factor, value[1] * factor


def alternative(text: str) -> tuple[Interval, str, str]:
    """One ``… = …``: the left side done again must give the right side, which is returned."""
    left, equals, right = text.rpartition(" = ")
    if not equals:
        return right_side(text)
    amount, unit, period = right_side(right)
    top = None
    at_most = _AT_MOST.search(left)
    if at_most:
        top, left = number(at_most[1]), left[: at_most.start()]
    as_needed = left.endswith("as needed")
    left = left.removesuffix("as needed").removesuffix(", ")
    value, own = product(left) if left else ((Fraction(0), Fraction(0)), unit)
    if left == "none":
        raise Wrong(text)
    low, high = convert(value, own, unit)
    if not left and top is not None:
        high = top
    if top is not None:
        high = min(high, top)
    low = Fraction(0) if as_needed else min(low, high)
    if (low, high) != amount:
        raise Wrong(f"{text!r} comes to {float(low)} to {float(high)}")
    return amount, unit, period


def item(text: str) -> tuple[Interval, str, str]:
    """What one item brings: the hull of its alternatives (``… or …``)."""
    found = [
        (((Fraction(0), Fraction(0)), "", "") if each == "none" else alternative(each)) for each in text.split(" or ")
    ]
    units = {unit for _, unit, _ in found if unit}
    if len(units) != 1:
        raise Wrong(f"several units: {text!r}")
    return (min(f[0][0] for f in found), max(f[0][1] for f in found)), units.pop(), found[0][2]


def total(working: str) -> tuple[Interval, str, str]:
    """The sum of all items, which must be the stated total where there is one."""
    value: Interval = (Fraction(0), Fraction(0))
    unit = period = ""
    for part in working.split("; "):
        if part.startswith("total "):
            stated, to, period = right_side(part.removeprefix("total "))
            if convert(value, unit, to) != stated:
                raise Wrong(f"the items come to {value}, not to {part!r}")
            continue
        match = re.match(r"item \d+: (.+)$", part)
        if match is None:
            raise Wrong(f"no item: {part!r}")
        amount, own, period = item(match[1])
        unit = unit or own
        amount = convert(amount, own, unit)
        value = (value[0] + amount[0], value[1] + amount[1])
    return value, unit, period


def _singular(unit: str) -> str:
    unit = unit.strip()
    if unit.endswith("ches"):
        return unit[:-2]
    return unit[:-1] if unit.endswith("s") and len(unit) > 2 else unit
