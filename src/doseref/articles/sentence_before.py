"""What a sentence takes from the one before it: the dose that is the most ("Nobody takes more than the latter."), and
how often ("It is taken once a day, with supper. You would start on 500 mg.").
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.contexts import context_of
from doseref.articles.dose_groups import RawDose
from doseref.articles.doses import dose_words, has_frequency, has_limit
from doseref.articles.instruction import Parse
from doseref.articles.spoken_words import often_words
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
    rf"(?:as\s+(?:far|high|much)\s+as\s+(?:it|{_WHO})\s+(?:\w+\s+)?(?:goes?|gets?|takes?|gives?)\b|the\s+(?:very\s+)?most\s+(?:that\s+)?{_WHO}\b|"
    r"(?:the|its|your)\s+(?:absolute\s+|daily\s+|upper\s+)?(?:maximum|limit|ceiling|top)(?:\s+dose)?(?=\s*(?:[.,;!)\"”]|\Z))|"
    r"the\s+end\s+of\s+the\s+(?:road|line))",
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
    if not words or words[-1].end > last.end or not whole or options[-1].dose is None or not options[-1].dose.single:
        return None
    said = text[low:high]
    return replace(
        last,
        start=words[-1].start,
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


_IS_TAKEN = regex(
    r"\b(?:is|are)\s+(?:best\s+|usually\s+|always\s+|only\s+)?(?:taken|swallowed|given|used|applied|drunk|chewed)\b|"
    r"\b(?:take|swallow|use|give|have|need)s?\s+(?:it|them|this|one)\b",
    re.I,
)
_OFTEN = regex(
    rf"\b(?:(?:{often_words()})\s+(?:a|per|each)\s+day|(?:{often_words()})\s+daily|once\s+(?:a|per)\s+week|every\s+(?:\d{{1,2}}|two|three|four|six|"
    r"eight|twelve)\s+hours|every\s+(?:other\s+)?(?:day|night|morning|evening)|at\s+(?:night|bedtime)|in\s+the\s+(?:morning|evening)|"
    r"nightly|daily)\b",
    re.I,
)
_NEVER = regex(r"\b(?:not|never|no|nor|if|when|unless|was|were)\b|n['’]t\b", re.I)


def often_of(sentence: str) -> str:
    """How often a drug is taken, where a sentence without an amount says only that; else empty."""
    if any(char.isdigit() for char in sentence) or has_limit(sentence) or _NEVER.search(sentence):
        return ""
    told = {" ".join(hit.group().lower().split()) for hit in _OFTEN.finditer(sentence)}
    return f" {told.pop()}" if len(told) == 1 and _IS_TAKEN.search(sentence) else ""


def as_often(text: str, doses: list[RawDose], often: str, parse: Parse) -> list[RawDose]:
    """``doses`` of a sentence, the one without a frequency given as often as the sentence before it says."""
    if len(doses) != 1 or not often or doses[0].shared or doses[0].prefix:
        return doses
    own = doses[0]
    told = text[own.start : own.end]
    if has_frequency(told) or has_limit(told) or len(dose_words(told)) != 1 or parse(f"{told}{often}").status != "read":
        return doses
    return [replace(own, shared=often, given=True)]


_ORDINARY = regex(
    r"\b(?:ordinary|normal|standard|plain|usual|regular|immediate[\s-]release)\s+(?:tablets?|capsules?|kind|form|release|one)\b",
    re.I,
)
_CHANGES = regex(
    r"\b(?:to|onto|on|try|take|prescribe[sd]?|given?|have|use)\s+(?:\w+\s+){0,2}?(?=(?:\w+[\s-]release|ER|XR|SR|MR)\b)",
    re.I,
)


def release_after(sentence: str, before: str) -> str:
    """The release form that the sentences after this one speak of: the one that it turns to ("we may change you to the
    prolonged-release kind"), else that of the sentences ``before``.
    """
    told = context_of(sentence).release
    if told == "ER":
        return told if _CHANGES.search(sentence) or not _ORDINARY.search(sentence) else ""
    return "" if told or _ORDINARY.search(sentence) else before
