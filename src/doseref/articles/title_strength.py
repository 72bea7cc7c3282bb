"""What one piece holds, where only the heading of a dose says it: "Cetirizine 10 mg tablets" above "one tablet once daily"."""

from __future__ import annotations

import re

from doseref.articles.extracted import Draft
from doseref.articles.instruction import Parse
from doseref.dosage.model import Dosage
from doseref.patterns import regex
from doseref.records import replace

_MASS = regex(r"\d[\d.,]*\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?|grams?|units?|IU|m[lL]|%)(?![A-Za-z])", re.I)
_STRENGTH = regex(
    r"(?P<mass>\d[\d.,]*\s?(?:mg|mcg|[µμ]g|micrograms?|milligrams?|g))(?![A-Za-z/])"
    r"(?:[\s-]+(?:[a-z]+[\s-]+)?(?P<form>tablet|capsule|caplet|sachet|lozenge|suppositor)(?:s|ies|y)?\b)?",
    re.I,
)
_PIECES = {
    "tablet": "{tablet}",
    "caplet": "{tablet}",
    "capsule": "{capsule}",
    "sachet": "{sachet}",
    "lozenge": "{lozenge}",
}
PRODUCT = regex(
    r"(?<=[a-z)])\s+\d[\d.,]*\s?(?:mg|mcg|[µμ]g|micrograms?|g)[\s-]+(?:[a-z]+[\s-]+)?(?:tablets?|capsules?|caplets?|sachets?|lozenges)\.?\Z",
    re.I,
)
"""Behind the name of a product: what one piece of it holds ("Cetirizine 10 mg tablets")."""
_COUNTED = ("{tablet}", "{capsule}")
"""What a strength without a form is taken for: "Ibuprofen 200 mg"."""


def with_strength_of_title(dosage: Dosage, draft: Draft, parse: Parse) -> Dosage:
    """A dosage in pieces alone with what one of them holds by its heading, where that says one amount."""
    if dosage.status != "read" or dosage.problems or len(draft.substances) != 1 or draft.bands:
        return dosage
    hit = _STRENGTH.search(draft.heading)
    if hit is None or len(_MASS.findall(draft.heading)) != 1:
        return dosage
    counted = [option.count for option in dosage.options]
    silent = all(option.dose is None and not option.strengths for option in dosage.options)
    units = {each.unit for each in counted if each is not None}
    wanted = (_PIECES.get(hit["form"].lower(), ""),) if hit["form"] else _COUNTED
    if not silent or None in counted or len(units) != 1 or not units <= set(wanted):
        return dosage
    piece = next(iter(units)).strip("{}")
    told = parse(f"{hit['mass']} {piece}: {dosage.text}")
    held = told.status == "read" and not told.problems and all(option.strengths for option in told.options)
    return replace(told, text=dosage.text) if held and len(told.options) == len(dosage.options) else dosage
