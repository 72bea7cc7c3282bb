"""What is put on the skin: a strength in per cent and how often, and no amount ("hydrocortisone cream 1 %, thinly, twice a
day").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doseref.articles.doses import advised, dose_words, sentences
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse
from doseref.articles.resolve import Resolver
from doseref.patterns import regex

_FORM = r"(?:creams?|gels?|ointments?|lotions?|foams?|shampoos?|solution|drops|paste|spray|nail\s+lacquer)"
_STRONG = regex(rf"(?:\b{_FORM}\s{{0,2}})?\(?\b\d{{1,2}}(?:[.,]\d{{1,3}})?\s?%\)?(?:\s{{0,2}}{_FORM}\b)?", re.I)
_OF_SKIN = regex(rf"\b{_FORM}\b", re.I)


class Cream(NamedTuple):
    """An instruction for the skin: whose it is, and its offsets in the block's text."""

    substances: tuple[str, ...]
    first: int
    last: int


def creams_in(text: str, start: int, end: int, subject: tuple[str, ...], found: Resolver, parse: Parse) -> list[Cream]:
    """The instructions for the skin in ``text[start:end]``: sentences of one drug with a strength in per cent, a form for
    the skin and how often, and no amount. ``subject`` is whom the text is about where it names nobody.
    """
    if "%" not in text[start:end]:
        return []
    told = []
    for low, high in sentences(text[start:end]):
        first, last = start + low, start + high
        sentence = text[first:last]
        strength = _STRONG.search(text, first, last)
        if strength is None or not _OF_SKIN.search(sentence) or not has_frequency(sentence) or dose_words(sentence):
            continue
        named = {each.substances for each in found.mentions(sentence)}
        owner = named.pop() if len(named) == 1 else subject if not named else ()
        if not owner or advised(sentence) != [(0, len(sentence))] or sentence.count("%") > 1:
            continue
        reading = parse(text[strength.start() : last])
        if reading.status == "read" and any(option.strengths and option.times for option in reading.options):
            told.append(Cream(owner, strength.start(), last))
    return told
