"""How often the doses of a table are given, where only a sentence below it says so: "Salbutamol is repeated every 20
minutes until there is a response."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words, sentences
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.spoken_words import often_words
from doseref.patterns import regex

_GIVEN = regex(
    r"\b(?:is|are)\s+(?:then\s+|to\s+be\s+|usually\s+|always\s+)?(?:repeated|given|taken|used|dosed|swallowed|inhaled|injected|"
    r"applied)\b[^.;\d]{0,40}?",
    re.I,
)
_OFTEN = regex(
    rf"\bevery\s+\d{{1,2}}(?:\s?(?:–|-|to)\s?\d{{1,2}})?\s+(?:hours?|minutes?|days?|weeks?)\b|\b(?:{often_words()})\s+(?:daily|"
    r"(?:a|per|each|every)\s+(?:day|week))\b|\bat\s+(?:night|bedtime)\b",
    re.I,
)
_INTERVALS = regex(
    r"\bat\s+intervals\s+of\s+(?P<span>\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:hours?|minutes?|days?))\b", re.I
)
_TIMES_IN_ALL = regex(
    r"\b(?:makes|means|is|comes\s+to)\s+(?P<often>(?:one|two|three|four|five|six|\d)\s+times|once|twice)\s+(?:a|per)\s+day\b",
    re.I,
)


def said_below(block: Block, drafts: Sequence[Draft], resolver: Resolver) -> None:
    """Let each sentence of ``block`` that says how often one drug of the table above is given, and no dose, say so of
    that drug's doses in it which are silent.
    """
    for first, last in sentences(block.text):
        text = block.text[first:last]
        span = _often(block, first, last)
        if span is None or dose_words(text):
            continue
        named = {each.substances for each in resolver.mentions(text)}
        owner = named.pop() if len(named) == 1 else None
        if owner is None and (named or not (owner := _alone(text, drafts))):
            continue
        people = context_of(text)
        for draft in drafts:
            own = draft.context.population or "adults"
            if draft.substances != owner or draft.bands or has_frequency(draft.dosage_text):
                continue
            if people.population is None or people.population == own:
                draft.dosage = [draft.dosage[0], span, *draft.dosage[1:]]
                draft.joined = " "


def _often(block: Block, first: int, last: int) -> Span | None:
    """Where a sentence says how often, as a part of an instruction."""
    text = block.text
    if hit := _INTERVALS.search(text, first, last):
        return Span(block, *hit.span("span"), "every ")
    if hit := _TIMES_IN_ALL.search(text, first, last):
        return Span(block, *hit.span("often"), "", " a day")
    given = _GIVEN.search(text, first, last)
    hit = _OFTEN.search(text, given.end(), last) if given else None
    return Span(block, *hit.span()) if hit else None


def _alone(text: str, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The one drug whose row a sentence means by its form ("The liquid is taken …")."""
    hit = _FORM.match(text)
    if hit is None:
        return ()
    form = hit.group(1).lower()
    owners = {draft.substances for draft in drafts if form in draft.heading.lower()}
    return owners.pop() if len(owners) == 1 else ()


_FORM = regex(
    r"\W*the\s+(liquid|syrup|suspension|drops|spray|patch|cream|gel|sachets?|powder|granules|injection)\b", re.I
)
