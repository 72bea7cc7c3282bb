"""A nutrient with what it is given as in brackets behind it: "Iron (Ferrograd 325 mg) 1 daily", "iron (ferrous sulfate) 325 mg".

The figure is of the salt, and of the element it is only a part. The item is then that salt's or that brand's, as if its name
stood alone. Where a figure stands between ("Iron 65 mg (as ferrous sulfate)"), it is the element's, and nothing changes.
"""

from __future__ import annotations

import re

from doseref.items.other_names import of_all
from doseref.names import Found, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_BRACKET = regex(
    r"(?:\s+(?:tablets?|tabs?|capsules?|caps?|supplements?|pills?|salts?))?\s*\((?P<inside>[^()]{3,40})\)", re.I
)
_REST = regex(r"[\s®™]*(?P<strength>[0-9]{1,5}(?:\.[0-9]{1,3})?\s?(?:mg|mcg|g|iu|units?)?)?\s*", re.I)


def without_nutrient(text: str, found: Found, names: Names) -> str:
    """``text`` with the salt or brand in the place of the nutrient before it; ``text`` itself where there is none."""
    known = names.data.substances.get(found.entry.substance)
    if known is None or known.kind != "supplement" or found.entry.compound or found.entry.by == "brand":
        return text
    bracket = _BRACKET.match(text, found.end)
    if bracket is None:
        return text
    inside = bracket["inside"].strip()
    tokens = tokenize(inside)
    given = names.at(tokens, 0)
    if given is None or given.start or _REST.fullmatch(inside, given.end) is None:
        return text
    holds = found.entry.substance in of_all(given.entry)
    if not holds or not (given.entry.compound or given.entry.products or given.entry.mixture):
        return text
    return f"{text[: found.start]}{inside}{text[bracket.end() :]}"
