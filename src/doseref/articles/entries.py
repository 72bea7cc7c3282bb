"""What the walk through an article keeps: the entry that is open, the scene of a line,
and what labels make of their content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from doseref.articles import labels
from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words, sentences
from doseref.articles.extracted import Draft, Span
from doseref.articles.model import Block
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import record, replace

_HAS_PERIOD = regex(r"\b(?:daily|day|hours?|dose|week|month|whichever)\b|/|\bh\b", re.I)
_DAILY = regex(r"\b(?:daily|day|24)\b", re.I)


def first_sentences(span: Span) -> tuple[Span, Span | None]:
    """The instruction of a labelled line, and what further sentences say after it."""
    text = span.block.text[span.start : span.end]
    parts = sentences(text)
    if len(parts) < 2 or not dose_words(text[parts[0][0] : parts[0][1]]):
        return span, None
    middle = span.start + parts[0][1]
    return Span(span.block, span.start, middle), Span(span.block, middle, span.end)


def depth_of(block: Block) -> int:
    """How deep in lists a block stands; a bullet of plain text is an item."""
    return block.depth or int(labels.bullet_end(block.text) > 0)


def label_context(word: str) -> Context:
    """What a dose's own label says; how a treatment goes on is settled when all its labels are known."""
    told = context_of(word, label=True)
    return replace(told, purpose=None if told.purpose in ("starting", "maintenance", "target") else told.purpose)


def limit(span: Span, word: str) -> Span:
    """A maximum on a line of its own, as an instruction: "max 3,000 mg/day"; its label may give the period."""
    text = span.text
    known = text.lower().startswith(("max", "no more", "not ", "up to", "do not", "never"))
    suffix = ""
    if text[-1:].isalpha() and not _HAS_PERIOD.search(text):
        suffix = " per dose" if "single" in word else "/day" if _DAILY.search(word) else ""
    return Span(span.block, span.start, span.end, "" if known else "max ", suffix)


@dataclass(slots=True)
class Entry:
    """What is being said about one heading."""

    heading: str
    block: Block | None
    substances: tuple[str, ...]
    level: int
    section: str
    scope: str | None
    drafts: list[Draft] = field(default_factory=list)
    class_text: str = ""
    timing: list[str] = field(default_factory=list)
    side_effects: list[str] = field(default_factory=list)
    extra: list[Span] = field(default_factory=list)
    """Maximum, duration and route lines that stand before the dosage line."""
    context: Context = NOTHING
    dosing: bool = False
    """Whether the heading says that doses follow."""
    most: str = ""
    """The heading, where it says that the most that may be taken of each drug follows."""


@record
class Scene:
    """Whom and what a stretch of text is about: from the headings, the lists and the labels around it."""

    substances: tuple[str, ...]
    heading: str
    scope: str | None
    context: Context
    dosing: bool
