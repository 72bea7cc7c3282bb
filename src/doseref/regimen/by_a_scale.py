"""Insulin that is dosed by the blood sugar or by what is eaten: "insulin lispro per sliding scale with meals".

How much that is nobody writes into a list, and the list is whole without it: the scale is set aside and told, what is said
beside it is read, and a dose that is not said is information. A figure that is not wholly one of a scale stays where it is.
"""

from __future__ import annotations

import re

from doseref.items.model import Trouble
from doseref.items.not_taken import names_in
from doseref.names import Found, Names
from doseref.patterns import regex
from doseref.records import replace
from doseref.regimen.model import Item

BY_A_SCALE = Trouble("no-limit-known", "what is given by a scale or by what is eaten is not said and not added up")
_STEP = r"(?:<|>|≥|>=)?\s?[0-9]{2,3}(?:\s?(?:-|–|to)\s?[0-9]{2,3})?(?:\s?mg/dl)?(?:\s?[:=-]\s?[0-9]{1,2}\b(?:\s?(?:units?|u)\b)?|\s[0-9]{1,2}\s?(?:units?|u)\b)"
_STRENGTH = r"(?:(?:very\s)?(?:low|moderate|medium|mild|high|aggressive|resistant|sensitive|standard)(?:[\s-](?:dose|intensity|sensitivity))?\s)?"
_PHRASES = regex(
    r"[\s,;(]*(?:\b(?:plus|and|with|then)\s+|[+&]\s*)?(?:"
    r"(?:1|one)\sunits?\s(?:per|for(?:\s(?:every|each))?|every)\s[0-9]{1,3}\s?(?:g|gm|grams?)\s?(?:of\s)?(?:carb(?:ohydrate)?s?|cho)\b"
    r"|(?:1|one)\sunits?\s(?:per|for(?:\s(?:every|each))?|every)\s[0-9]{2,3}(?:\s?mg/dl)?\s?(?:over|above|>)\s?[0-9]{2,3}(?:\s?mg/dl)?"
    r"|(?:correction(?:\s(?:factor|of))?|isf|cf)\s1\s?:\s?[0-9]{2,3}(?:\s?(?:over|above|>)\s?[0-9]{2,3})?"
    r"|(?:per\s|by\s|using\s)?(?:carb(?:ohydrate)?\s(?:ratio|count(?:ing|s)?)|icr|i:c(?:\sratio)?)(?:\s(?:of\s)?1\s?:\s?[0-9]{1,2})?"
    r"|(?:as\s)?(?:per\s|on\s(?:a\s)?|by\s|via\s|using\s|according\sto\s)?(?:the\s|a\s)?(?:prandial\s)?"
    rf"{_STRENGTH}(?:(?:sliding|correction(?:al)?|corrective|supplemental)\s(?:insulin\s)?(?:scale|dose|factor|algorithm)"
    rf"(?:\s(?:insulin|coverage))?|correction(?:al)?(?:\sinsulin)?|ssi|iss|scale)\b(?!\sof\b)(?:\s?:\s?{_STEP}(?:\s?[,;]\s?{_STEP})*)?"
    r")\s*\)?",
)
"""All that says by what it is dosed, and no more."""
_SIGNS = ("scale", "correct", "ssi", "iss", "carb", "cho", "ratio", "icr", "i:c", " over ", " above ", ">", "isf")
_LONGEST = 240


def without_scale(text: str, names: Names) -> str:
    """A line of an insulin without its scale; empty for any other line."""
    lower = text.lower()
    if len(text) > _LONGEST or not any(sign in lower for sign in _SIGNS) or _PHRASES.search(lower) is None:
        return ""
    named = names_in(text, names)
    if not named or named[0].start > _FURTHEST or not all(map(_insulin, named)):
        return ""
    rest = lower[named[0].end :]
    kept, end = "", 0
    for found in _PHRASES.finditer(rest):
        kept += text[named[0].end :][end : found.start()] + " "
        end = found.end()
    kept += text[named[0].end :][end:]
    if not any(map(str.isdigit, kept)):
        kept = _ROUND_THE_DAY.sub(" ACHS", kept)
    return f"{text[: named[0].end]}{kept}".rstrip(" ,;(") if end else ""


_ROUND_THE_DAY = regex(r"[\s,(]*\bAC\s?(?:and|&|\+|/)\s?(?:at\s)?(?:HS|bedtime)\b\)?", re.I)
"""When the blood sugar is looked at; where no dose is said, four times a day."""


_FURTHEST = len("inject ")
"""Characters before the name."""


def _insulin(found: Found) -> bool:
    """Whether a name is that of an insulin, or of a product of one."""
    held = {found.entry.substance, *(part.substance for each in found.entry.products for part in each.ingredients)}
    return all(each.startswith("insulin") for each in held - {""}) and held != {""}


def eased(item: Item) -> Item:
    """An item whose dose is left to a scale: that it is not said is information."""
    troubles = tuple(
        replace(each, kind="no-limit-known", left_open="") if each.left_open else each for each in item.troubles
    )
    return replace(item, troubles=troubles, status="partly-read" if item.parts else item.status)
