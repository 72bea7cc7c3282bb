"""Amounts that say the one before them once more, in other units ("50 micrograms (2,000 IU) a day")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.misspelled import DoseWord
from doseref.articles.resolve import Mention
from doseref.patterns import regex

_IN_OTHER_UNITS = regex(
    r"(?:\s+of\s+[a-z]{3,15}(?:\s[a-z]\d{0,2})?)?(?:\s*\((?:that\s+is\s+|about\s+|or\s+|=\s*)?|\s*,\s+or\s+|\s+or\s+)\Z",
    re.I,
)
_OF_VITAMINS = regex(r"(?:IU|i\.u\.|international\s+units|units?)\Z", re.I)


def without_equals(text: str, words: list[DoseWord]) -> list[DoseWord]:
    """``words`` without amounts that say the one before them in other units ("50 micrograms (2,000 IU) a day",
    "100 micrograms, or 4,000 IU, in a day").
    """
    kept: list[DoseWord] = []
    last: DoseWord | None = None
    for word in words:
        other = last is not None and bool(_OF_VITAMINS.search(text, last.start, last.end)) != bool(
            _OF_VITAMINS.search(text, word.start, word.end)
        )
        if last is None or not other or not _equal(text, last, word):
            kept.append(word)
            last = word
    return kept


_COUNT = regex(r"\b(?:an?|one|two|three|four|half\s+an?|\d)(?:\s+(?:or|to)\s+(?:two|three|four|\d))?\s+\Z", re.I)
_FORM = regex(r"\s+(?:tablets?|capsules?|caplets?|sachets?|lozenges?|sprays?|puffs?|plasters?|patch(?:es)?)\b", re.I)


def with_named(text: str, words: list[DoseWord], mentions: Sequence[Mention], low: int) -> list[DoseWord]:
    """``words`` and the numbers of tablets, sprays or plasters with the drug's name between ("two senna tablets at night")."""
    found = list(words)
    for each in mentions:
        count, form = _COUNT.search(text[max(low, each.start - 20) : each.start]), _FORM.match(text, each.end)
        if count and form and not any(w.start < form.end() and each.start < w.end for w in words):
            found.append(DoseWord(max(low, each.start - 20) + count.start(), form.end(), False))
    return sorted(found, key=lambda word: word.start)


def _equal(text: str, last: DoseWord, word: DoseWord) -> bool:
    """Whether an amount stands in a bracket or between commas of its own behind another one."""
    lead = _IN_OTHER_UNITS.match(text, last.end, word.start) if last.strong and word.strong else None
    close = ")" if lead and "(" in lead.group() else "," if lead and "," in lead.group() else ""
    return lead is not None and (not close or text.startswith(close, word.end))
