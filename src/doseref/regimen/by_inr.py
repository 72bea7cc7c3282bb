"""A vitamin K antagonist whose dose follows the INR: "warfarin as per yellow book", "as directed by the INR clinic".

The dose is deliberately not written, because it changes from test to test: the words are set aside and told, what is said
beside them is read, and that no dose is said is information. Without such words a dose that is missing is asked for.
"""

from __future__ import annotations

import re

from doseref.dosage.model import Dosage
from doseref.items.model import Trouble
from doseref.items.not_taken import names_in
from doseref.names import Found, Names
from doseref.patterns import regex
from doseref.regimen import by_a_scale
from doseref.regimen.model import Item

BY_THE_INR = Trouble("no-limit-known", "what is given by the INR is not said and not added up")
_DOSED = r"(?:(?:take|takes|given|variable|dose[sd]?|dosing|dosage|adjust(?:ed)?|titrated?|varies|according)\s)*"
_BY = r"(?:(?:as\s)?(?:per|by|to|in|on|from|depending\son|based\son|guided\sby|(?:directed|advised|instructed|dosed)(?:\s(?:by|in|per))?)\s)"
_BOOK = (
    r"(?:(?:the|his|her|your|their|latest|current|last)\s)?(?:"
    r"inrs?(?:\s(?:result|clinic|book|chart|nurse|level|dosing|record)s?)?"
    r"|(?:yellow|anticoag(?:ulant|ulation)?|warfarin|coag(?:ulation)?|coumadin)\s(?:book(?:let)?|card|clinic|service|team|chart|record|nurse)s?"
    r")"
)
_ALONE = r"as\s(?:dir(?:ected)?|advised|instructed|indicated)|(?:dose\s)?variable(?:\sdose)?|mdu|dose\svaries"
_TARGET = (
    r"(?:(?:target|range|goal|aim)\s(?:of\s)?(?:inr\s)?(?:range\s)?|inr\s(?:target|range|goal|aim)?\s?(?:of\s|:\s?|=\s?)?)"
    r"[1-4](?:\.[0-9])?\s?(?:-|–|to)\s?[1-4](?:\.[0-9])?"
)
_PHRASES = regex(rf"[\s,;(-]*\b(?:{_DOSED}{_BY}{_BOOK}|{_DOSED}(?:{_ALONE}))(?:[\s,;(-]*{_TARGET})?\b\s*\)?", re.I)
"""All that says by what it is dosed, the INR that is aimed at included, and no more."""
_IN_STOCK = regex(
    r"[\s,;(-]*(?:[0-9](?:\.[0-9])?(?:\s?mg)?\s?(?:\([a-z]{3,6}\)\s?)?(?:[&+,/]|and)\s?)+[0-9](?:\.[0-9])?\s?mg"
    r"(?:\s?\([a-z]{3,6}\))?\s?tab(?:let)?s?[\s,;.-]*",
    re.I,
)
"""The strengths of which a dose is put together ("1mg & 3mg tabs")."""
_LONGEST = 160
_CLASS = "vitamin-k-antagonist"


def without_inr(text: str, names: Names) -> str:
    """A line of a vitamin K antagonist without that its dose follows the INR; empty for any other line."""
    if len(text) > _LONGEST or _PHRASES.search(text) is None:
        return ""
    named = names_in(text, names)
    if not named or named[0].start or not all(_antagonist(each, names) for each in named):
        return ""
    rest = text[named[0].end :]
    less = _PHRASES.sub(" ", rest)
    if less == rest or _says_a_dose(names.data.parse(rest, nameless=True)):
        return ""
    less = "" if _IN_STOCK.fullmatch(less.strip()) else less
    return f"{text[: named[0].end]}{less}".rstrip(" ,;(")


def _says_a_dose(dosage: Dosage) -> bool:
    """Whether a line is read whole as it stands, with how much is taken ("5 mg daily, adjust per INR")."""
    return dosage.status == "read" and any(each.dose or each.count for each in dosage.options)


def eased(item: Item) -> Item:
    """An item whose dose is left to the INR: that it is not said is information, unless tablets are counted."""
    counted = item.dosage is not None and any(option.count is not None for option in item.dosage.options)
    return item if counted else by_a_scale.eased(item)


def _antagonist(found: Found, names: Names) -> bool:
    """Whether a name is that of a vitamin K antagonist, or of a product of one."""
    held = {found.entry.substance, *(part.substance for each in found.entry.products for part in each.ingredients)}
    known = [names.data.substances.get(each) for each in held - {""}]
    return bool(known) and all(each is not None and _CLASS in each.classes for each in known)
