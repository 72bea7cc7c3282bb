"""Words of a place in the name of a complaint: "nasal congestion", "oral thrush", "vaginal dryness" say no route.

Taken for a route they would keep the limits for what is swallowed from speaking: pseudoephedrine for nasal congestion is no spray.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from doseref.dosage.reasons import ALONE, DIAGNOSES, DISEASE_ENDINGS, REASONS
from doseref.patterns import regex

_PLACES = frozenset("nasal oral vaginal rectal buccal anal ophthalmic otic aural dermal".split())
_COMPLAINTS = frozenset(
    "dryness polyp polyps stuffiness blockage obstruction bleeding discharge drip irritation atrophy candidiasis candida yeast "
    "hygiene ulceration lesions lesion sores sore thrush warts mucositis lichen passages symptoms symptom".split()
)
_COMMON = frozenset(
    "pain pains symptoms symptom relief sore moderate severe mild acute chronic of to or and breakthrough sleep".split()
)
"""Words that may stand behind a route as well ("5 mg oral pain prn")."""
_INNER = frozenset("nasal vaginal rectal anal".split())
"""Places of which a complaint that follows is told; what is "oral" or "buccal" may as well be how it is taken ("5 mg oral nausea")."""
_FOR = frozenset(("FOR", "PRN", "IF", "AGAINST", "WITH"))
_ALLERGIES = frozenset(("allergy", "allergies", "allergic"))


def complained_of(kinds: list[str], values: list[Any], words: Sequence[str]) -> None:
    """Make places of complaints of the routes in front of a complaint's name: behind "for" or "as needed" any, elsewhere what
    could be nothing else.
    """
    for i in range(len(words) - 1):
        if kinds[i] != "ROUTE" or words[i] not in _PLACES or not _is_complaint(words[i + 1]):
            continue
        if _behind_for(kinds, i) or words[i + 1] in _COMPLAINTS or (words[i] in _INNER and words[i + 1] not in _COMMON):
            kinds[i], values[i] = "SITE", None


def _behind_for(kinds: list[str], i: int) -> bool:
    """Whether "for" or "as needed" stands before token ``i``, or one word before that ("for severe nasal congestion")."""
    return i > 0 and (kinds[i - 1] in _FOR or (i > 1 and kinds[i - 1] in ("WORD", "A") and kinds[i - 2] in _FOR))


def _is_complaint(word: str) -> bool:
    known = word in REASONS or word in DIAGNOSES or word in ALONE or word in _COMPLAINTS or word in _ALLERGIES
    return known or (len(word) > len("ectomy") and word.endswith(DISEASE_ENDINGS))


_TOLD = regex(rf"\b(?:{'|'.join(sorted(_PLACES))})(?=\s+([a-z]+))", re.I)


def without_complaints(text: str) -> str:
    """``text`` less the words of a place in front of a complaint: what is left may say a route."""

    def kept(hit: re.Match[str]) -> str:
        complaint = hit[1].lower()
        return "" if _is_complaint(complaint) and complaint not in _COMMON else hit.group()

    return _TOLD.sub(kept, text)
