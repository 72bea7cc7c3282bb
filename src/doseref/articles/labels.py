"""The words with which articles label what follows ("Dosage:", "• Timing:**",
"Side effects –") and name their sections.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doseref.articles.kinds import AnyCase
from doseref.articles.model import REMEMBERED
from doseref.patterns import regex

_WORDS = {
    "name": "drug|drug name|medicine|medication|supplement|generic name|active ingredient|ingredient|substance",
    "dosage": "dosage|dose|doses|dosing|usual dose|usual dosage|usual adult dose|usual adult dosage|typical dose|"
    "typical dosage|recommended dose|recommended dosage|suggested dose|standard dose|adult dose|adult dosage|"
    "adults|daily dose|common dose|common dosage|how much|how much to take|dosage and administration|"
    "starting dose|initial dose|maintenance dose|initial|maintenance|loading dose|posology|regimen|amount",
    "frequency": "frequency|how often|interval",
    "maximum": "maximum|max|maximum dose|max dose|maximum daily dose|max daily dose|daily maximum|daily max|"
    "maximum single dose|max single dose|maximum dose per day|maximum total daily dose|upper limit|"
    "daily limit|ceiling|top dose|most in a day|most per day|maximum per day|limit",
    "class": "class|drug class|category|type|drug type|family",
    "timing": "timing|when|when to take|when to take it|how to take|how to take it|best time|administration",
    "side effects": "side effects|side effect|key side effects|common side effects|possible side effects|main side "
    "effects|"
    "adverse effects|adverse reactions|watch for|watch out for",
    "duration": "duration|how long|length of treatment|course|treatment length",
    "route": "route|given|route of administration",
    "other": "function|mechanism|mechanism of action|description|purpose|procedure|benefits|benefit|note|notes|"
    "warning|warnings|interactions|evidence|how it works|what it does|uses|use|used for|monitoring|"
    "contraindications|cautions|source|brand names|brands|brand name|role|tips|goal|rationale",
}
LABELS: dict[str, tuple[str, ...]] = {meaning: tuple(words.split("|")) for meaning, words in _WORDS.items()}
"""What a label means → the words for it, lower case."""

DOSING = AnyCase(
    r"\b(?:dos(?:e|es|ing|ages?)|treatments?|regimens?|medications?|medicines?|drugs?|pharmac\w{0,8}|management|"
    r"antibiotics?|analges\w{1,4}|opioids?|nsaids?|therapy)\b",
)
"""Headings below which doses are listed."""
_MEANING = {word: meaning for meaning, words in LABELS.items() for word in words}
_LONGEST = max(len(word) for word in _MEANING)
STRENGTHS = regex(r"\bstrengths?\Z", re.I)
"""A label of what the products hold ("Tablet strengths: ciprofloxacin 250, 500 and 750 mg"): nobody's dose."""
_BULLET = regex(r"(?:[•\-*–—·▪◦‣●○►+]|\(?\d{1,3}[.)])(?:[ \t\u00a0]{1,8}|(?=\*\*))|[•▪◦‣●○►]")
_LABEL_END = regex(
    r"\*{0,3}[ \t\u00a0]{0,3}[:：]\*{0,3}[ \t\u00a0]{0,8}|\*{0,3}[ \t\u00a0]{1,8}(?:->|=>|[–—→⇒=-])[ \t\u00a0]{1,8}"
)
_LETTER = regex(r"[^\W_]")
_INLINE = regex(
    r"(?:[.;|,](?:[ \t\u00a0]{1,8}|(?=\*\*))|[ \t\u00a0]{2,8}|"
    r"\)[ \t\u00a0]{1,8})\*{0,3}([A-Za-z][A-Za-z ]{2,30}?)\*{0,3}[:：]"
)


_QUALIFIED = regex(
    r"\A(?:otc|over-the-counter|prescription|rx|adults?|pa?ediatric|child(?:ren)?(?:['’]s)?|oral|by mouth|po|p\.o\.|pr|rectal|iv|im|sc|intravenous|absolute|"
    r"recommended|total|usual)\s+(?=(?:daily\s+)?(?:max|limit|ceiling|upper))"
)


class FieldLabel(NamedTuple):
    """A labelled stretch of a block's text: its meaning and where its content stands."""

    meaning: str
    word: str
    start: int
    end: int


def bullet_end(text: str) -> int:
    """Offset after a leading bullet or list number, 0 where there is none."""
    end = 0
    for _ in range(2):
        found = _BULLET.match(text, end)
        if not found:
            break
        end = found.end()
    return end


def is_separator(text: str) -> bool:
    """Whether a line holds nothing but rules and bullets."""
    return not _LETTER.search(text)


def content_end(text: str, end: int | None = None) -> int:
    """Offset at which the content of a line ends: without trailing white space and dangling dashes."""
    stop = len(text) if end is None else end
    while True:
        stop = len(text[:stop].rstrip())
        if stop < 2 or text[stop - 1] not in "-–—" or not text[stop - 2].isspace():
            return stop
        stop -= 1


@lru_cache(maxsize=REMEMBERED)
def labels_in(text: str) -> tuple[FieldLabel, ...]:
    """The labelled parts of a line, in order; empty where it does not begin with a label."""
    first = _label_at(text, bullet_end(text))
    if first is None:
        return ()
    meaning, word, start = first
    found: list[FieldLabel] = []
    position = start
    while True:
        following = _next_inline(text, position)
        stop = following[0] if following else len(text)
        found.append(FieldLabel(meaning, word, start, content_end(text, stop)))
        if following is None:
            return tuple(found)
        _, meaning, word, start = following
        position = start


def begins_with_label(text: str) -> bool:
    """Whether ``text`` begins with a known label."""
    return _label_at(text, bullet_end(text)) is not None


def label_word(text: str) -> str | None:
    """The meaning of a heading that is nothing but a label ("Dosage", "Side effects")."""
    return _MEANING.get(text.strip(" \t:*.").lower())


def _label_at(text: str, start: int) -> tuple[str, str, int] | None:
    begin = start
    while begin < len(text) and text[begin] in "*_ ":
        begin += 1
    window = text[begin : begin + _LONGEST + 8]
    for found in _LABEL_END.finditer(window):
        word = window[: found.start()].strip(" *_").lower()
        meaning = _MEANING.get(word) or _MEANING.get(_QUALIFIED.sub("", word))
        if meaning is None:
            paren = word.find(" (")
            meaning = _MEANING.get(word[:paren]) if paren > 0 else None
        if meaning is not None:
            if ":" not in found.group() and "：" not in found.group() and meaning == "other":
                return None
            return meaning, word, begin + found.end()
    return None


def _next_inline(text: str, position: int) -> tuple[int, str, str, int] | None:
    """The next label inside a line: offset of its beginning, meaning, word, offset of its content."""
    for found in _INLINE.finditer(text, position):
        word = found.group(1).strip().lower()
        meaning = _MEANING.get(word)
        if meaning is not None:
            start = found.end()
            while start < len(text) and text[start] in "* ":
                start += 1
            return found.start(), meaning, word, start
    return None


_SECTIONS: tuple[tuple[str, AnyCase], ...] = (
    ("advanced", AnyCase(r"\b(?:advanced|regenerative|biologic(?:al)?s?|injectables?|injection therapies)\b")),
    ("supplement", AnyCase(r"\b(?:supplements?|nutraceuticals?|vitamins? and minerals?)\b")),
    (
        "drug",
        AnyCase(
            r"\b(?:pharmacolog\w{0,8}|drugs?|medications?|medicines?|painkillers?|pain relievers?|prescriptions?)\b",
        ),
    ),
    (
        "",
        AnyCase(
            r"\b(?:surg\w{0,8}|prevent\w{0,8}|when to see|doctor|do['’”]?s|diet|foods?|exercises?|therap(?:y|ies)|"
            r"symptoms?|causes?|"
            r"diagnos\w{0,6}|frequently|faqs?|questions|references|conclusion|summary|outlook|risk factors|"
            r"complications|physical)\b",
        ),
    ),
)


@lru_cache(maxsize=REMEMBERED)
def section_of(text: str) -> str | None:
    """The section that a heading opens: drug, supplement, advanced, ``""`` for another one;
    ``None`` where it opens none.
    """
    for section, words in _SECTIONS:
        if words.search(text):
            return section
    return None
