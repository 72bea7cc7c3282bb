"""What stands before a drug and a colon: an occasion, a diagnosis, a heading ("Day 4 after knee replacement: enoxaparin 40 mg").

introduced ::= words ":" drug sig, where the words name no drug, give no amount, no time and no condition, and say of nothing
that it is not taken, taken otherwise, or by somebody else, or is an allergy; behind the colon stands a drug with what is taken of it.

Only asked where the line begins with no drug. A line with any other word stays as it is, and is told as not known.
"""

from __future__ import annotations

import re

from doseref.dosage import asides, note_words, remark_list
from doseref.dosage.note_words import SOMEBODY
from doseref.dosage.words import LEXICON
from doseref.items.not_taken import names_in
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_BEFORE = regex(r"(?P<words>[A-Za-z][A-Za-z0-9 /&+()',.–-]{1,58}?)\s?:\s+(?=[A-Za-z])")
_AMOUNT = regex(
    r"[0-9]\s?(?:mg|mcg|µg|μg|ug|micrograms?|milligrams?|iu|units?|meq|mmol|ml|g|tabs?|caps?|puffs?|drops?|%)\b", re.I
)
_TURNED = regex(
    r"\b(?:not?|never|non|without|stop\w*|ceas\w*|discont\w*|d/?c|withh\w*|withdr\w*|held|holds?|suspend\w*|paus\w*|avoid\w*|"
    r"allerg\w*|adrs?|intoleran\w*|reactions?|sensitiv\w*|anaphyla\w*|previous\w*|prior|past|former\w*|old|was|were|had|history|hx|"
    r"declin\w*|refus\w*|consider\w*|if|unless|when\w*|until|till|once|instead|except|only|either|or|versus|vs|options?|change\w*|"
    r"switch\w*|replac(?!ement)\w*|increas\w*|reduc\w*|decreas\w*|wean\w*|taper\w*|miss\w*|overdose|interact\w*|contraindic\w*|caution|"
    r"failed|tried|complet\w*|finish\w*|expired|levels?|monitor\w*|bloods|tests?|for\s(?:mum|dad|wife|husband|son|daughter|partner))\b",
    re.I,
)
"""Words by which what follows is not, or not so, taken by this person."""
_OF_TIME = frozenset("FREQ ADV EVERY DAYW WHEN PRN ONCE TIMES COND UNTIL THEN STAT MAX MAXD SINGLE MEAL AMPM".split())
"""Words that could be part of the instruction: "Sundays: methotrexate 10 mg"."""


_ONESELF = r"(?:(?:the\s)?(?:pt|patient|he|she)\s(?:is\s|also\s|self[\s-])*)"
_TAKES = r"(?:currently\s|also\s|still\s|regularly\s)*(?:taking|takes|using|uses|on|use\sof)\s"
_SAID = regex(
    rf"(?=[a-z])(?:{_ONESELF}?(?:reports?|states?|says|endorses|admits(?:\sto)?|confirms?)\s(?:that\s)?{_ONESELF}?{_TAKES}|{_ONESELF}{_TAKES})?"
    r"(?:(?:otc|over[\s-]the[\s-]counter|non-?prescription)\s)?",
    re.I,
)
"""What a note says before a drug that somebody takes: "Pt reports taking OTC …"; nobody else is named, and no other time."""


_KIND_OF_ISSUE = regex(r"\s*(?:(?-i:ACUTE|REPEAT|RPT)|acute|repeat\stemplate)\s?[:–-]?\s+(?=[A-Za-z])", re.I)


def behind_kind_of_issue(text: str, names: Names) -> str:
    """The line without what a British practice's list puts before a drug, whether it is issued once or again: "ACUTE Prednisolone
    5mg tablets 6 om"; ``text`` itself where no drug stands right behind it.
    """
    found = _KIND_OF_ISSUE.match(text)
    if found is None:
        return text
    named = names.at(tokenize(text[found.end() :]), 0, head=True)
    return text if named is None or named.entry.care else text[found.end() :]


def behind_introduction(text: str, names: Names) -> str:
    """The line without such words before its drug; ``text`` itself where there are none."""
    reported = _SAID.match(text)
    if reported is not None and reported.end():
        rest = text[reported.end() :]
        found = names.at(tokenize(rest), 0, head=True)
        return rest if found is not None and not found.entry.care else text
    match = _BEFORE.match(text) if ":" in text[:60] else None
    if match is None:
        return text
    words, rest = match["words"], text[match.end() :]
    if _AMOUNT.search(words) or _TURNED.search(words) or names_in(words, names):
        return text
    said = [token.text for token in tokenize(words)]
    if not _TURNING.isdisjoint(said) or not SOMEBODY.isdisjoint(word.removesuffix("'s") for word in said):
        return text
    if len(said) == 1 and said[0] not in _HEADS and said[0] not in LEXICON and said[0] not in remark_list.words():
        return text  # "Lozartan: …": maybe a drug
    if any(LEXICON.get(token.text, ("",))[0] in _OF_TIME for token in tokenize(words)):
        return text
    named = names_in(rest, names)
    if not named or named[0].start > _FURTHEST or named[0].entry.care or not _DOSED.search(rest, named[0].end):
        return text
    return rest


_TURNING = (
    asides.TURNING
    | note_words.REVERSING
    | note_words.ADDED
    | frozenset("half double triple treble quarter borrowed shared theirs".split())
) - {"replacement"}
"""Words by which more, less or something else may be taken, or by somebody else ("Double: …", "Wife: …")."""
_HEADS = frozenset(
    "discharge current regular repeat repeats acute home new meds medicines medications today rx tto tta webster websterpak dosette blister daa nomad".split()
)
"""Headings of lists, of one word that says nothing of what is taken."""
_FURTHEST = len("capsules ")
"""Characters before the drug: its form."""
_DOSED = regex(r"[0-9½]")
