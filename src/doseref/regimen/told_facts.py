"""What a line of a list says of the person beside what is taken: pregnancy, breast-feeding, smoking, migraine with aura.

Only what is said counts ("smokes 20 a day", "while breastfeeding"); what is denied, past, wished for or a condition ("ex-smoker",
"stop if pregnant", "to quit smoking") does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from doseref.patterns import regex

FACTS = ("pregnancy", "breast-feeding", "smoking", "migraine-aura")
"""The facts, as ``told`` of ``cautions.csv`` names them."""
_SAID = (
    (
        "pregnancy",
        regex(
            r"\bpregnant\b|\b[0-9]{1,2}\s?(?:weeks?|wks?|/40)\s(?:of\s)?gestation\b|\bgravid\b|"
            r"\b(?:in|during|weeks?\sof|current)\spregnancy\b"
        ),
    ),
    (
        "breast-feeding",
        regex(r"\bbreast[\s-]?fe(?:eding|eds|ed)\b|\blactating\b|\bnursing\s(?:mother|mum|mom|her|an?)\b"),
    ),
    ("smoking", regex(r"\bsmok(?:es|er|ing)\b|\bcigarettes\s(?:a|per)\sday\b|\bpack[\s-]years?\b")),
    ("migraine-aura", regex(r"\bmigraines?\s(?:with|w/|&|and|\+)\s?(?:visual\s)?aura\b")),
)
_IN = ("pregnan", "gestation", "gravid", "breast", "lactating", "nursing", "smok", "cigarettes", "pack", "aura")
"""Of which each of them has one."""
_DENIED = regex(
    r"(?:\b(?:not?|non|never|ex|former(?:ly)?|denies|denied|quit(?:ting)?|stop(?:s|ped|ping)?|give\sup|gave\sup|avoid|if|unless|past|"
    r"previous(?:ly)?|until|before|after|planning|trying|may\sbe|become|prevent(?:s|ion)?|without|against|passive|when)\b"
    r"[\s,/-]{0,2}(?:[a-z]{1,9}[\s,]){0,3})$"
)
"""Words before them by which nothing is said of today."""
_NOT_BEHIND = regex(
    r"[\s-](?:cessation|status|history|prevention|test|vitamins?|multivitamins?|planned|wish|plan|advice|aid|withdrawal|"
    r"ceased|stopped|in\sthe\spast|cabin|category)\b"
)
_NEAR = 40


@lru_cache(maxsize=8192)
def told_facts(text: str) -> frozenset[str]:
    """Which of :data:`FACTS` a line says."""
    low = text.lower()
    if not any(word in low for word in _IN):
        return frozenset()
    return frozenset(fact for fact, _, _ in _places(low))


def without_told_facts(text: str) -> str:
    """A line without the words that say a fact of :data:`FACTS`."""
    rest = text
    for _, start, end in sorted(_places(text.lower()), key=lambda each: -each[1]):
        rest = f"{rest[:start]}, {rest[end:]}"
    return rest


def _places(low: str) -> Iterator[tuple[str, int, int]]:
    """The facts that a line in small letters says, each with its place."""
    for fact, said in _SAID:
        for found in said.finditer(low):
            denied = _DENIED.search(low[max(0, found.start() - _NEAR) : found.start()])
            if not denied and not _NOT_BEHIND.match(low, found.end()):
                yield fact, found.start(), found.end()
