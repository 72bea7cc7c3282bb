"""Whom a dose in running text is for: the words of its sentence that can limit it, and those of the sentence before."""

from __future__ import annotations

import re

from doseref.articles.contexts import context_of, is_indication
from doseref.articles.doses import dose_words
from doseref.articles.instruction import DoseGroup
from doseref.articles.kinds import AnyCase
from doseref.articles.resolve import Mention
from doseref.articles.terms import scope_of
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace
from doseref.same_use import alike

_BRACKETS = regex(r"\([^()]{0,120}(?:\bif\b|\bwhen\b|\d)[^()]{0,120}\)")
"""What a bracket says of other people or other amounts ("(3 g/day if you drink alcohol)") does not limit the dose
before it.
"""


def text_without_brackets(text: str) -> str:
    """``text`` without what its brackets say of other people or other amounts; a bracket in front of the first amount
    that says whose dose it is ("In severe kidney disease (CrCl below 30) …") is kept.
    """

    def said(hit: re.Match[str]) -> str:
        inside = hit.group()
        whose = context_of(inside).band and not dose_words(text, 0, hit.end()) and not _OTHERS.search(inside)
        return inside if whose else " "

    return _BRACKETS.sub(said, text)


_OTHERS = regex(r"\b(?:if|when|unless|reduce|halve|avoid|less|lower|not\s+(?:for|in))\b", re.I)
THERE = regex(
    r"\b(?:at|with|below|in|for)\s+(?:that|this|such(?:\s+an?)?)\s+(?:levels?|function|clearance|"
    r"e?GFR|range|case|group|"
    r"age|weight)\b|\bin\s+(?:such|these|those)\s+(?:people|patients)\b",
    re.I,
)
"""Words that point to whom the sentence before is about."""
_THEY = regex(r"\b(?:they|them)\b", re.I)


_EXAMPLE = regex(
    r"\W*(?:(?:for\s+)?example|e\.?g|say|suppose|imagine|let['’]?s\s+say|take|here['’]?s\s+(?:an?\s+)?example)\b", re.I
)


def opens_example(before: str, text: str) -> bool:
    """Whether the sentence before tells of somebody by age or weight, for whom this one works out the dose ("Say your child
    weighs 50 lb. … Give 200 mg").
    """
    return (
        bool(_EXAMPLE.match(before))
        and not dose_words(before)
        and not context_of(text).band
        and bool(context_of(before).band)
    )


def is_of_them(before: str, text: str) -> bool:
    """Whether a sentence speaks of "them" whom the sentence before it names ("In children we go by the scales. Above 30
    kg they get 10 mg"), where that holds no dose.
    """
    if not _THEY.search(text) or whom(text) or dose_words(before):
        return False
    return whom(before) not in (None, "adults")


_WITH = regex(
    r"\W*(?:but\s+|and\s+)?(?:with|alongside|together\s+with|combined\s+with|in\s+(?:people|patients|those)\s+(?:on|"
    r"taking)|(?:if|when)\s+(?:you\s+|it\s+is\s+)?(?:also\s+|already\s+)?(?:take|taken\s+with|on))\s+(?:\w+\s+)?\Z",
    re.I,
)


def company_of(text: str, low: int, mentions: list[Mention], own: tuple[str, ...]) -> str:
    """The other drug that a sentence begins with: "With amlodipine, the maximum for simvastatin is 20 mg"."""
    first = mentions[0] if mentions else None
    if first is None or set(first.substances) & set(own) or text[first.end : first.end + 1] != ",":
        return ""
    return f"with {' and '.join(first.substances)}" if _WITH.fullmatch(text, low, first.start) else ""


def _turn(text: str, groups: list[DoseGroup], position: int) -> int:
    """Where the words about a group begin: at its name, or where the sentence turns to others in front of it."""
    anchor, behind = groups[position].anchor, groups[position - 1].words[-1].end
    return max((behind + hit.end() for hit in TURNED.finditer(text[behind:anchor])), default=anchor)


TURNED = regex(r"[,;]\s+and\s+(?=(?:for|in)\s)|;\s+")
"""Where a sentence turns to others, in front of the name: "…, and for those over 75 a tramadol ceiling"."""


def around_of(text: str, groups: list[DoseGroup], position: int, low: int, high: int) -> str:
    """The words of the sentence that can limit one group: its own, and for the first those before it."""
    begin = low if position == 0 else _turn(text, groups, position)
    stop = _turn(text, groups, position + 1) if position + 1 < len(groups) else high
    own = text_without_brackets(text[begin:stop])
    if position and {group.substances for group in groups} == {groups[position].substances}:
        told = _FOR_WHOM.match(text_without_brackets(text[low : groups[0].words[0].start]))
        if told is not None and _says_whom(told.group()) and not _says_whom(own):
            return f"{told.group()} {own}"
    return own


_FOR_WHOM = regex(
    r"\W*(?:in|for|with|if|when|from|under|over|past|patients?|people|those|adults?)\b.{0,90}?(?=,|\s(?:it|we|you|the|"
    r"start|begin|take|give|get)|\Z)",
    re.I,
)
"""How a sentence begins that says of whom all of it is ("In severe kidney disease it's 5 mg, and … 10 mg at most")."""


def whom(text: str) -> str | None:
    """The population that a text names; ``None`` for adults in general."""
    return scope_of(text) or context_of(text).population


def _says_whom(text: str) -> bool:
    told = context_of(text)
    return bool(told.population or told.band or scope_of(text))


_COMPARED_TO = regex(
    r"\b(?P<how>lighter|smaller|younger|older|heavier|bigger)\s+(?:ones|children|kids|people|patients|adults)\b[^.;:,\d]{0,30}\Z",
    re.I,
)
_EDGE = regex(r"(?:below|under|above|over)\s+(?=\d)")


def others_of(text: str, low: int, start: int) -> tuple[str | None, str] | None:
    """The population and the band of those whom a sentence sets against the ones before them ("Children over 30 kg get
    10 mg; lighter ones 5 mg"): below the edge that was told, above it, or only how they differ.
    """
    hit = _COMPARED_TO.search(text, max(low, start - 60), start)
    if hit is None:
        return None
    before, how = context_of(text[low : hit.start()]), hit["how"].lower()
    if not before.band:
        return None
    heavy, less = how in ("lighter", "heavier"), how in ("lighter", "smaller", "younger")
    bands = before.band.split(", ")
    own = [each for each in bands if each.endswith(("kg", "lb")) == heavy]
    figures = re.findall(r"\d+(?:\.\d)?", own[0]) if own else []
    if not figures:
        return before.population, f"{before.band}, {how}"
    edge = f"{'below' if less else 'above'} {figures[0] if less else figures[-1]} {own[0].split()[-1]}"
    return before.population, ", ".join(edge if each is own[0] else each for each in bands)


def own_use(told: Context, around: Context) -> Context:
    """What a sentence says, within what stands around it: the disease that it names is not that of the label in front of
    another sentence ("Otitis media: 45 mg/kg twice a day. For a proven strep throat give 50 mg/kg once a day.").
    """
    use = told.condition
    if use and around.indication and not told.indication and is_indication(use) and not alike(use, around.indication):
        told = replace(told, indication=use)
    return told.within(around)


_SUMMARY = AnyCase(
    r"\A\W*(?:the\s+|a\s+|our\s+)?(?:summary|in\s+short|in\s+brief|recap|reminder|at\s+a\s+glance|conclusion|bottom\s+line|"
    r"to\s+sum\s+up|short\s+version)\b[^()]*"
)


_BOX = AnyCase(
    r"\A\W*(?:the\s+|a\s+|our\s+|your\s+)?(?:(?:key|main|quick|fast|essential)\s+(?:facts?|points?|figures?|doses?|messages?|take-?aways?|reference)|"
    r"at\s+a\s+glance|in\s+(?:short|brief|a\s+nutshell|summary)|take[\s-]?(?:away|home)s?(?:\s+(?:messages?|points?))?|remember|(?:worked\s+)?examples?|"
    r"cheat[\s-]?sheet|check-?list|(?:summary|reminder)\s+(?:box|card|table|list|sheet))\W*\Z"
)


def sums_up(title: str) -> bool:
    """Whether a title is that of a box or a section which says again what the page says ("Key points", "Summary")."""
    return bool(_BOX.match(title) or (_SUMMARY.match(title) and not without_summary(title)))


def without_summary(label: str) -> str:
    """A label less that it is a summary: what stands in its bracket ("Summary for the letter (regimen A)"), or nothing."""
    hit = _SUMMARY.match(label)
    return label[hit.end() :].strip(" ()") if hit else label


_ALLERGY = AnyCase(
    r"\b(?:no\s+|not\s+|non-?|without\s+|with\s+|known\s+|true\s+)*(?:[a-z]+[\s-]+)(?:allerg(?:y|ies|ic)|hypersensitivity|intoleran(?:t|ce))\b"
)


def of_the_allergic(label: str) -> bool:
    """Whether a label says who is or is not allergic, and nothing that its doses are for ("no penicillin allergy")."""
    rest = _ALLERGY.blank(label)
    return rest != label and not is_indication(rest)
