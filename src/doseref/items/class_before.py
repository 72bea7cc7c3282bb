"""The word "insulin" before a brand of insulin: "Insulin Lantus 20 units nocte", "Inj. Insulin Mixtard 30/70"."""

from __future__ import annotations

import re

from doseref.names import Named, Names
from doseref.patterns import regex

_INSULIN = regex(
    r"(?P<lead>^\W*(?:inj(?:ection)?\.?\s+)?)insulin\s+(?P<brand>[A-Z][A-Za-z]{3,}(?:\s[A-Z0-9][A-Za-z0-9]+){0,2})",
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


def _of_insulin(named: Named) -> bool:
    """Whether a name stands for insulin, alone or mixed."""
    parts = [i.substance for product in named.products for i in product.ingredients]
    return all(each.startswith("insulin") for each in (named.substance or "", *parts) if each) and bool(
        named.substance or parts
    )
