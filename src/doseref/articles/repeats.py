"""What a sentence allows sooner than the page's own schedule does: "It may be repeated after 4 hours", where the dose is
given every 8 hours.

Such a sentence names no amount. It is kept only where the page gives one dose of the drug at a fixed interval that is
longer, so that both can be told; beside anything else it says how a dose is spaced, which contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.contexts import context_of
from doseref.articles.doses import advised, dose_words, sentences
from doseref.articles.extracted import Draft, Span
from doseref.articles.instruction import Parse
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.patterns import regex

_REPEATED = regex(
    r"\b(?:may|can)\s+(?:then\s+)?be\s+(?:repeated|given\s+again|taken\s+again)\s+(?:after|in)\s+(?P<hours>(?P<number>\d{1,2})\s+hours)\b",
    re.I,
)


_EVERYBODY = "adults"
"""Whom a dose is for where that is not said."""


def repeats(blocks: Sequence[Block], drafts: Sequence[Draft], found: Resolver, parse: Parse) -> list[Draft]:
    """A draft for each sentence that allows a dose sooner than the one schedule of its drug on the page."""
    told: list[Draft] = []
    own: dict[tuple[tuple[str, ...], str], list[Draft]] = {}
    for draft in drafts:
        own.setdefault((draft.substances, draft.context.population or _EVERYBODY), []).append(draft)
    for block in blocks:
        if block.kind == "row" or ("again" not in block.text and "repeated" not in block.text):
            continue
        owner: tuple[str, ...] = ()
        for first, last in sentences(block.text):
            sentence = block.text[first:last]
            named = {mention.substances for mention in found.mentions(sentence)}
            owner = (named.pop() if len(named) == 1 else ()) if named else owner
            hit = _REPEATED.search(sentence)
            if not hit or not owner or dose_words(sentence) or not advised(sentence):
                continue
            there = own.get((owner, context_of(sentence).population or _EVERYBODY), [])
            like = there[0] if len(there) == 1 else None  # the one dose of the drug on the page for these people
            if like is not None and _hours(like, parse) > int(hit["number"]):
                span = Span(block, first + hit.start("hours"), first + hit.end("hours"), "every ")
                told.append(
                    Draft(
                        like.heading,
                        owner,
                        like.section,
                        [span],
                        True,
                        scope=like.scope,
                        context=like.context,
                        listed=True,
                    )
                )
    return told


def _hours(draft: Draft, parse: Parse) -> int:
    """The hours between two doses, where a draft is one dose at a fixed interval; else 0."""
    options = parse(draft.dosage_text).options
    every = options[0].every if len(options) == 1 and not draft.bands else None
    fixed = every is not None and every.unit == "h" and every.low == every.high
    return int(every.low) if every is not None and fixed else 0
