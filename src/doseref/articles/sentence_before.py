"""What a sentence takes from the one before it: the dose that is the most ("Nobody takes more than the latter."), and
how often ("It is taken once a day, with supper. You would start on 500 mg.").
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.by_clause import is_split, often_in_front, often_of_clause, takes_the_place
from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words, has_limit
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse
from doseref.articles.misspelled import DoseWord
from doseref.articles.raw_dose import RawDose
from doseref.articles.terms import scope_of
from doseref.figures import per_day
from doseref.patterns import regex
from doseref.records import replace

_WHO = r"(?:you|we|i|they|anyone|anybody|one|people|doctors|adults)"
_NO_MORE = regex(
    r"(?:\b(?:nobody|no\s+one|no\s+\w+|never|not|cannot|rarely|seldom|without)|n['’]t)\b[^.;:\d]{0,50}?\b"
    r"(?:(?:take|taking|need|have|having|give|giving|use|using|get|prescribe)s?\s+(?:any\s+)?more\s+than|"
    r"(?:go|goes|going|climb|dose|prescribe)\s+(?:any\s+)?(?:higher\s+than|further\s+than|above|beyond|over|past)|exceed(?:s|ing)?)"
    r"\s+(?:the\s+latter|that|this|it)\b"
    r"(?=\s*(?:[.,;!)\"”]|\Z))|"
    r"\b(?:it|that|this|which|the\s+latter)(?:\s+is|['’]s)\s+(?:also\s+|already\s+|then\s+)?"
    rf"(?:as\s+(?:far|high|much)\s+as\s+(?:it|{_WHO})\s+(?:\w+\s+)?(?:go(?:es)?|gets?|takes?|gives?)\b|the\s+(?:very\s+)?most\s+(?:that\s+)?{_WHO}\b|"
    r"(?:the|its|your)\s+(?:absolute\s+|daily\s+|upper\s+)?(?:maximum|limit|ceiling|top)(?:\s+dose)?(?=\s*(?:[.,;!)\"”]|\Z))|"
    r"the\s+end\s+of\s+the\s+(?:road|line))|"
    r"(?P<upper>the\s+(?:latter|(?:upper|higher)\s+(?:figure|amount|one|end))\s+(?:being|is)\s+(?:also\s+|already\s+)?(?:the|its|your)\s+(?:\w+\s+)?"
    r"(?:maximum|limit|ceiling|top|most)\b|\b(?:going|goes|go)\s+(?:beyond|above|past|over)\s+the\s+(?:upper|higher)\s+(?:figure|amount|one|end)\b)",
    re.I,
)
"""A limit without a figure: the dose told last is the most."""


def limit_of_last(
    text: str, low: int, high: int, doses: list[RawDose], subject: tuple[str, ...], parse: Parse
) -> RawDose | None:
    """The most of a day that ``text[low:high]`` makes of the last dose before its words; ``None`` where it makes none,
    or where that dose is not the whole of a day.
    """
    hit = _NO_MORE.search(text, low, high)
    last = next((each for each in reversed(doses) if hit and each.start < hit.start() and not each.prefix), None)
    if hit is None or last is None or last.substances != subject:
        return None
    words = [word for word in dose_words(text, last.start, hit.start()) if word.strong]
    options = parse(f"{text[last.start : last.end]}{last.shared}").options
    whole = bool(options) and (options[-1].per_day or per_day(options[-1]) == (Decimal(1), Decimal(1)))
    if not words or words[-1].end > last.end or not whole or options[-1].dose is None:
        return None
    if not (options[-1].dose.single or hit["upper"]):
        return None
    said = text[low:high]
    return replace(
        last,
        start=_high_end(text, words[-1]),
        end=words[-1].end,
        scope=scope_of(said),
        sentence=(low, high),
        around=said,
        prefix="max ",
        shared="/day",
        later=False,
        given=False,
        label="",
        topic="",
    )


_HIGH_END = regex(r"\d[\d.,]*\s?[^\d\s]{1,13}\Z")


def _high_end(text: str, word: DoseWord) -> int:
    """Where the high end of an amount begins ("15 to 45 mg")."""
    told = _HIGH_END.search(text[word.start : word.end])
    return word.start + told.start() if told else word.start


_IS_TAKEN = regex(
    r"\b(?:is|are)\s+(?:best\s+|usually\s+|always\s+|only\s+)?(?:taken|swallowed|given|used|applied|drunk|chewed)\b|"
    r"\b(?:take|swallow|use|give|have|need)s?\s+(?:it|them|this|one)\b",
    re.I,
)
_NEVER = regex(r"\b(?:not|never|no|nor|if|when|unless|was|were)\b|n['’]t\b", re.I)


def often_of(sentence: str) -> str:
    """How often a drug is taken, where a sentence without an amount says only that; else empty."""
    if any(char.isdigit() for char in sentence) or has_limit(sentence) or _NEVER.search(sentence):
        return ""
    told = often_of_clause(sentence)
    return f" {told}" if told and _IS_TAKEN.search(sentence) else ""


_TO_BEGIN = regex(r"\b(?:at\s+first|to\s+(?:begin|start)\s+with)\b", re.I)


def _says_often(told: str) -> bool:
    """Whether an instruction says how often; that it is the first dose says nothing of it."""
    return has_frequency(_TO_BEGIN.sub("", told))


def as_often(text: str, doses: list[RawDose], often: str, parse: Parse) -> list[RawDose]:
    """``doses`` of a sentence, the one without a frequency given as often as the sentence before it says."""
    if len(doses) != 1 or not often or doses[0].shared or doses[0].prefix:
        return doses
    own = doses[0]
    told = text[own.start : own.end]
    if _says_often(told) or has_limit(told) or len(dose_words(told)) != 1 or parse(f"{told}{often}").status != "read":
        return doses
    return [replace(own, shared=often, given=True)]


def as_often_as_before(text: str, doses: list[RawDose], often: str, floor: int, parse: Parse) -> list[RawDose]:
    """``doses``, those without a frequency of their own that take the place of the dose before them given as often as
    that one ("10 mg daily. With weak kidneys we cut that to 5 mg.").
    """
    found: list[RawDose] = []
    for own in doses:
        told = text[own.start : own.end]
        silent = not (own.shared or own.prefix or _says_often(told) or has_limit(told)) and len(dose_words(told)) == 1
        amount = next((word.start for word in dose_words(text, own.start, own.end)), own.start)
        whole = not is_split(text, own.end, own.sentence[1])
        if silent and whole and often and takes_the_place(text[max(own.sentence[0], amount - 60) : amount]):
            if parse(f"{told} {often}").status == "read":
                own = replace(own, shared=f" {often}", given=True)
        elif not own.prefix and (front := in_front(text, own, found, floor, parse)):
            own = front
            often = own.shared.strip()
        elif not own.prefix:
            often = often_of_clause(f"{told}{own.shared}") or often
        found.append(own)
    return found


_BEFORE_THAT = regex(
    r"\s+(?:(?:about|some)\s+)?(?:half\s+an|an|one|two|\d{1,2}|twenty|thirty)\s+(?:hours?|minutes?)\s+before\Z", re.I
)
"""Behind the dose of a second drug: before what the first one's sentence said ("… before going to bed, doxylamine as
25 mg half an hour before")."""


def in_front(text: str, own: RawDose, before: list[RawDose], floor: int, parse: Parse) -> RawDose | None:
    """A dose that was read without a frequency, with the one that its clause says in front of it ("is started at night
    with 25 mg for a week"); ``None`` where there is none.
    """
    told = text[own.start : own.end]
    options = parse(told).options
    if own.shared or not options or any(each.times or each.every or each.per_day or each.when for each in options):
        return None
    low = max([own.sentence[0], floor, *(each.end for each in before)])
    if cut := _BEFORE_THAT.search(told):
        often = often_in_front(text, own.sentence[0], own.start)
        return replace(own, end=own.start + cut.start(), shared=" at bedtime") if often == "at bedtime" else None
    often = often_in_front(text, low, own.start)
    if not often or has_limit(told) or parse(f"{told} {often}").status != "read":
        return None
    return replace(own, shared=f" {often}", given=True)


_ORDINARY = regex(
    r"\b(?:ordinary|normal|standard|plain|usual|regular|immediate[\s-]release)\s+(?:tablets?|capsules?|kind|form|release|one)\b",
    re.I,
)
_CHANGES = regex(
    r"\b(?:to|onto|on|try|take|prescribe[sd]?|given?|have|use)\s+(?:\w+\s+){0,2}?(?=(?:\w+[\s-]release|ER|XR|SR|MR)\b)",
    re.I,
)


_OPENING = regex(r"\W*(?:(?:but|and)\s+)?(?:with|on|for|as)\s+(?:the\s+|an?\s+)?([A-Za-z][A-Za-z -]{4,50}),", re.I)
"""What a sentence begins with, up to its first comma."""


def opening_release(sentence: str) -> str:
    """The release form that a sentence begins with and that all its doses are of ("With the modified-release form, you
    start on 30 mg once daily and stop at 120 mg daily"); empty where it begins with none or names another one behind.
    """
    hit = _OPENING.match(sentence)
    told = context_of(hit.group(1)).release if hit else None
    if hit is None or not told or _ORDINARY.search(sentence, hit.end()) or context_of(sentence[hit.end() :]).release:
        return ""
    return told


def release_after(sentence: str, before: str) -> str:
    """The release form that the sentences after this one speak of: the one that it turns to ("we may change you to the
    prolonged-release kind"), else that of the sentences ``before``.
    """
    told = context_of(sentence).release
    if told == "ER":
        return told if _CHANGES.search(sentence) or not _ORDINARY.search(sentence) else ""
    return "" if told or _ORDINARY.search(sentence) else before
