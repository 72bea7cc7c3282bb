"""Words of fields of exports as the sig language writes them: "BID.WM", "Filmtbl.", "1 per 1 d", "ON 0800 OFF 2000"."""

from __future__ import annotations

import re

from doseref.patterns import regex

_DOTTED = regex(r"(?<=[A-Za-z]{2})\.(?=[A-Za-z]{2})")
"""The point between a frequency and its addition: "BID.WM", "TID.AC"."""
_PER = regex(r"(?<![0-9])([0-9]{1,2})\s?(?:x\s?)?per\s1?\s?(d|day|wk|week)s?$", re.I)
_TIMES = {"d": "a day", "day": "a day", "wk": "a week", "week": "a week"}
_ON_OFF = regex(r"on\s(?:at\s)?([0-2][0-9]):?([0-5][0-9])[\s,;/]+off\s(?:at\s)?([0-2][0-9]):?([0-5][0-9])", re.I)
_AT_HOUR = regex(r"(daily|once daily|every day|qd|qday|q24h|od)\s([01][0-9]|2[0-3])([0-5][0-9])", re.I)
_VERB = regex(r"tk?(?=[0-9](?:\s?-\s?[0-9])?(?:t|tab|c|cap)s?\b)", re.I)
"""The letter T for "take": "T1-2T PO Q6H"."""
_PIECES = regex(r"([0-9]{1,4})\s?(?:st|stk|stck|stück)\.?", re.I)
_WORDS = {
    "gastro-res": "gastro-resistant",
    "filmtbl": "film-coated tablet",
    "filmtabl": "film-coated tablet",
    "filmtablette": "film-coated tablet",
    "filmtabletten": "film-coated tablets",
    "tbl": "tablet",
    "tabl": "tablet",
    "tablette": "tablet",
    "tabletten": "tablets",
    "kaps": "capsule",
    "kapsel": "capsule",
    "kapseln": "capsules",
    "hartkaps": "capsule",
    "retardtbl": "ER tablet",
    "retardtabl": "ER tablet",
    "stück": "tablets",
}
_WHOLE_WORD = regex(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b\.?", re.I)
"""Forms of the German exports; "Stück" only beside a form that is a tablet, which the fields decide."""


def in_full(text: str) -> str:
    """The field as the sig language writes it; ``text`` itself where it has no such words."""
    if (found := _ON_OFF.fullmatch(text)) is not None:
        return f"on at {found[1]}{found[2]}, off at {found[3]}{found[4]}"
    if (found := _AT_HOUR.fullmatch(text)) is not None:
        return f"{found[1]} at {found[2]}:{found[3]}"
    if (found := _PER.fullmatch(text)) is not None:
        return f"{found[1]} times {_TIMES[found[2].lower()]}"
    if (found := _PIECES.fullmatch(text)) is not None:
        return f"{found[1]} tablets"
    text = _DOTTED.sub(" ", text)
    if _VERB.match(text):
        text = _VERB.sub("TAKE ", text, count=1)
    return _WHOLE_WORD.sub(lambda found: _WORDS[found[1].lower()], text)
