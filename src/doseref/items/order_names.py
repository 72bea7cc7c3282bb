"""What order systems write into the name of a product: its amount again in another unit, the tablets of a pack behind a
brand, the base behind a salt, the class behind a brand of insulin.

Nothing is left out but what says the same again: ``112 mcg (0.112 mg)``, ``(SPRINTEC, 28,)``, ``3 mg(2.5 mg base)/3 mL``,
``(NovoLIN R Regular U-100 Insulin)``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.patterns import regex

_NUMBER = r"[0-9]{1,6}(?:,[0-9]{3})*(?:\.[0-9]{1,5})?"
_AGAIN = regex(rf"({_NUMBER})\s?(mcg|mg|g)\s?\(\s?({_NUMBER})\s?(mcg|mg|g)\s?\)", re.I)
_IN_MCG = {"mcg": Decimal(1), "mg": Decimal(1000), "g": Decimal(1_000_000)}
_TABLETS = regex(r"\((?P<brand>[A-Za-z][A-Za-z0-9 ./-]{2,30}?)(?:,\s?(?:21|24|28|84|91),?|\s(?:21|28|91))\s?\)")
"""The tablets of a pack of contraceptives, behind its brand."""
_BASE = regex(rf"({_NUMBER})\s?mg\s?\(\s?({_NUMBER})\s?mg\s(?:of\s)?base\s?\)(?=\s?/\s?[0-9.]*\s?ml)", re.I)
"""A salt with its base, in so much of a solution: the products are named by the base."""
_CLASS = regex(
    r"\((?P<brand>(?:novolin|humulin)\s(?:[rn]|70/30))\s(?:(?:regular|nph)\s)?(?:u-?100\s)?(?:insulin|insuln)\)", re.I
)
_SALTS = regex(r"\b(fluticasone)\s(?:propion|prop)(?=[/-]salm)", re.I)
"""The salt cut short before the second drug of an inhaler, whose products are named without it."""
_PER_BREATH = regex(r"(?<=mcg/)inh(?=\s)(?:\s(?:inhalation\s)?aerosol\b)?", re.I)
"""So much in one inhalation: "90 mcg/inh inhalation aerosol"."""
_IRON = regex(rf"(?<=mg)\s?\(\s?({_NUMBER})\s?mg\s(?:of\s)?(?:elemental\s)?Fe\+{{0,2}}\s?\)")
"""The iron of a salt, by its symbol."""
_TWO_UNITS = regex(rf"(?<![0-9.])({_NUMBER})\s?-\s?({_NUMBER})\s?(mg|mcg|g)-(mg|mcg|g|unit)\b", re.I)
"""Two strengths with their units behind both: "0.25-35 mg-mcg"."""
_CANISTER = regex(r"(?:\s?\((?:CFC-F|HFA)\))?\s(?:[0-9]{2,3}D\s)?ORAL\sINHL?(?![A-Za-z])")
"""How a canister is told in the names of a formulary: "90MCG (CFC-F) 200D ORAL INHL"."""
_TURNED_INSULIN = regex(r"\b(insulin,\s?[a-z]+),\s?human(?:\s?\(rec\))?(?=\s)", re.I)
_WITH_MEALS = regex(r"\b(BID|TID|QID)(AC|PC|WM)\b", re.I)
"""A frequency and the meals in one word: "TIDAC"."""
_SIGNS = (
    "oral inh",
    "insulin,",
    "idac",
    "idpc",
    "idwm",
    "-mcg",
    "-mg",
    "-unit",
    "/inh ",
    "(",
    "propion",
    "prop-",
    "prop/",
)


def plainly(text: str) -> str:
    """``text`` without what only says again what stands before it."""
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return text
    text = _AGAIN.sub(_once, text)
    text = _TABLETS.sub(r"(\g<brand>)", text)
    text = _BASE.sub(r"\2 mg", text)
    text = _CLASS.sub(r"(\g<brand>)", text)
    text = _IRON.sub(r" (\1 mg elemental iron)", text)
    text = _CANISTER.sub(" inhaler", text)
    text = _WITH_MEALS.sub(r"\1 \2", _TURNED_INSULIN.sub(r"\1", text))
    text = _TWO_UNITS.sub(r"\1 \3-\2 \4", text)
    text = _PER_BREATH.sub("actuation inhaler", text)
    return _SALTS.sub(r"\1", text)


def _once(found: re.Match[str]) -> str:
    """The first of two equal amounts in different units; both where they differ."""
    first, unit, second, other = found.groups()
    one = Decimal(first.replace(",", "")) * _IN_MCG[unit.lower()]
    two = Decimal(second.replace(",", "")) * _IN_MCG[other.lower()]
    return f"{first} {unit}" if one == two and unit.lower() != other.lower() else found.group()
