"""A kind, a form or an ingredient before the name it is of: "Insulin Lantus 20 units nocte", "Inj. Insulin Mixtard 30/70",
"Eye drops - Hylo-Forte 1 drop", "Iron - Ferro-Grad C 1 daily".
"""

from __future__ import annotations

import re

from doseref.names import Named, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_INSULIN = regex(
    r"(?P<lead>^\W*(?:inj(?:ection)?\.?\s+)?)insulin(?:\s*[-–:])?\s+(?P<brand>[A-Z][A-Za-z]{3,}(?:\s[A-Z0-9][A-Za-z0-9]+){0,2})",
    re.I,
)


def without_insulin_before(text: str, names: Names) -> str:
    """``text`` without "insulin" where a brand of insulin stands behind it; ``text`` itself elsewhere."""
    if "insulin" not in text[:24].lower() or (found := _INSULIN.match(text)) is None:
        return text
    words = found["brand"].split()
    if names.lookup(f"insulin {words[0]}") is not None:
        return text  # "insulin aspart"
    known = (names.lookup(" ".join(words[:count])) for count in range(len(words), 0, -1))
    if not any(each is not None and _of_insulin(each) for each in known):
        return text
    return found["lead"] + text[found.start("brand") :]


_PLACED = regex(r"\W*(?P<form>(?:eye|ear|nasal|nose)\s(?:drops?|oint(?:ment)?|spray|gel))\s*[-–:]\s*(?=[A-Z])", re.I)
_HOLDS = regex(r"\W*(?P<held>[A-Za-z][A-Za-z ]{2,24}?)(?:\s[-–]|\s?:)\s+(?=[A-Z])")


def without_heading_before(text: str, names: Names) -> str:
    """``text`` with a form of eye, ear or nose behind the name that it heads, or without a nutrient that heads a
    combination of it; ``text`` itself elsewhere.
    """
    placed = _PLACED.match(text)
    if placed is not None:
        rest = text[placed.end() :]
        found = names.at(tokenize(rest), 0, head=True)
        return f"{rest[: found.end]} {placed['form'].lower()}{rest[found.end :]}" if found else text
    headed = _HOLDS.match(text)
    entry = names.lookup(headed["held"]) if headed is not None else None
    known = names.data.substances.get(entry.substance) if entry is not None and entry.substance else None
    if headed is None or known is None or known.kind != "supplement":
        return text
    rest = text[headed.end() :]
    found = names.at(tokenize(rest), 0, head=True)
    if found is None or found.entry.substance:
        return text
    mixtures = [{part.substance for part in product.ingredients} for product in found.entry.products]
    mixtures += [set(found.entry.mixture)] if found.entry.mixture else []
    return rest if mixtures and all(known.id in each and len(each) > 1 for each in mixtures) else text


def _of_insulin(named: Named) -> bool:
    """Whether a name stands for insulin, alone or mixed."""
    parts = [i.substance for product in named.products for i in product.ingredients]
    return all(each.startswith("insulin") for each in (named.substance or "", *parts) if each) and bool(
        named.substance or parts
    )
