"""A strength as patients say it: "Gabapentin 300's: 1 am, 1 noon", "Co-codamol 30/500's".

Behind the plain name of a drug, where it is a strength in which that drug is made in one unit and no other amount is written;
behind a strength, or a brand in front of which its form stands ("Tab Amlong 10's"), it is how many are in a strip.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.items.name_strengths import marketed_units
from doseref.names import Names
from doseref.patterns import regex

_PLURAL = regex(
    r"(?P<name>[A-Za-z][A-Za-z -]{3,40}?)\s(?P<figure>[0-9]{1,4}(?:\.[0-9]{1,2})?(?P<others>(?:/[0-9]{1,4})*))\s?['’]?s(?![a-z])",
    re.I,
)
_AMOUNT = regex(r"[0-9]\s?(?:mg|mcg|µg|micrograms?|g|units?|iu|ml)\b", re.I)
_UNITS = {"mg": "mg", "g": "g", "ug": "mcg", "[IU]": "units"}


def strength_in_plural(text: str, names: Names) -> str:
    """``text`` with the strength and its unit in place of such a plural; ``text`` itself elsewhere."""
    found = _PLURAL.match(text)
    if found is None or _AMOUNT.search(text):
        return text
    rest = text[found.end() :]
    if found["others"]:
        whole = f"{found['name']} {found['figure']}"
        return f"{whole}{rest}" if names.lookup(whole) is not None else text
    named = names.lookup(found["name"])
    known = names.data.substances.get(named.substance) if named is not None else None
    if named is None or named.by == "brand" or known is None or known.kind == "supplement":
        return text  # vitamins come in several units, and people leave them out
    units = marketed_units(named.substance, Decimal(found["figure"]), names)
    unit = _UNITS.get(units.pop(), "") if len(units) == 1 else ""
    return f"{found['name']} {found['figure']} {unit}{rest}" if unit else text
