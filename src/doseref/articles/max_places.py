"""Where a maximum stands that is told on another line than its dose."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.doses import dose_words
from doseref.articles.entries import Scene
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse
from doseref.articles.limit_clauses import limit_clauses
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.dosage.model import Dosage
from doseref.patterns import regex
from doseref.records import replace
from doseref.statements import Statement

_FIGURE = regex(r"\d[\d,]*(?:\.\d+)?")


_PERIOD = regex(
    r"\s*,?\s*(?:(?:a|per|each|in\s+any|in\s+an?|in|within|over)\s+)?(?:24[\s-]?h(?:ours?)?\b|day\b|one\s+day\b|daily\b|night\b)|\s*/\s*(?:day|d|24\s?h)\b",
    re.I,
)
_DAY = regex(r"\b(?:24\s?-?h(?:ours?|rs?)?|twenty-four\s+hours|day|daily)\b", re.I)
_WEEK = regex(r"\b(?:week|weekly)\b", re.I)
_DOSE = regex(r"\b(?:(?:per|each|single|one)\s+dose|at\s+(?:one|a)\s+(?:time|go))\b", re.I)


def limit_below(block: Block, start: int, end: int, label: str) -> Span | None:
    """The most that a line gives below or behind a label of it ("Ceiling in 24 hours" above "Adults: 90 mg"); ``None``
    where it does not begin with the one amount of it.
    """
    words = dose_words(block.text, start, end)
    if not words or block.text[start : words[0].start].strip(" *_"):
        return None
    period = _PERIOD.match(block.text, words[0].end, end)
    stop = period.end() if period else words[0].end
    if (len(words) > 1 and words[1].strong) or (not period and has_frequency(block.text[stop:end])):
        return None
    suffix = "" if period else _period_of(label)
    return Span(block, words[0].start, stop, "max ", suffix) if period or suffix else None


def limit_told(block: Block, start: int, end: int, label: str, scene: Scene, found: Resolver) -> Draft | None:
    """The most of a drug that a line gives below or behind a label of it: of the scene's, else of the one that it names
    in front of its amount.
    """
    owner, heading, begin = scene.substances, scene.heading, start
    if not owner:
        owner, heading, begin = _named_in_front(block, start, end, found)
    span = limit_below(block, begin, end, label) if owner else None
    return Draft(heading, owner, "", [span], False, listed=True) if span is not None else None


def _period_of(label: str) -> str:
    """What a label says that what stands behind it is the most of; empty where it does not say."""
    kinds = ((" per dose", _DOSE), ("/day", _DAY), ("/week", _WEEK))
    return next((per for per, words in kinds if words.search(label)), "")


def limit_alone(text: str, parse: Parse) -> Dosage | None:
    """The reading of a cell or a line that holds the most of a day and no dose ("daily total capped at 300 mg");
    ``None`` for any other.
    """
    words = dose_words(text)
    limits = limit_clauses(text, 0, len(text), words) if len(words) == 1 else []
    if not limits or not limits[0].per:
        return None
    told = parse(f"max {text[limits[0].first : limits[0].last]}{limits[0].per}")
    return replace(told, text=text) if told.status == "read" and told.maximum and not told.options else None


def _named_in_front(block: Block, start: int, end: int, found: Resolver) -> tuple[tuple[str, ...], str, int]:
    """The drug that a line begins with in front of its amount, as it is written there, and where the amount begins
    ("Loperamide 8 mg", "Paracetamol – 4 g"); nobody's where it begins otherwise.
    """
    text = block.text[start:end]
    words = dose_words(text)
    hit = _NAME_FIRST.fullmatch(text[: words[0].start]) if words else None
    owner = found.heading(hit[1]) if hit else ()
    return (owner, hit[1], start + words[0].start) if hit and owner else ((), "", start)


_NAME_FIRST = regex(r"[\s*_]*([A-Za-z][^:;|.\n]{2,60}?)[*_]*\s*(?:[:–—-]\s*)?[*_]*\s*", re.I)


def place_of(span: Span, line: int) -> tuple[int, int, int] | None:
    """Line, column and last column of a stretch from its figure on; ``None`` where that stands on ``line``."""
    figure = _FIGURE.search(span.block.text, span.start, span.end)
    at = span.block.location("", None, figure.start() if figure else span.start, span.end)
    return (at.line, at.column, at.end_column) if at.line != line else None


def _on_later_lines(statement: Statement, span: Span) -> tuple[tuple[str, int, int, int], ...]:
    """The figures of a dosage that goes on over several lines, as far as they stand below its first line only."""
    block, found, above = span.block, [], set()
    if block.place(span.start)[0] == block.place(max(span.start, span.end - 1))[0]:
        return ()
    for hit in _FIGURE.finditer(block.text, span.start, span.end):
        line, column = block.place(hit.start())
        if line == statement.line:
            above.add(hit.group())
        else:
            found.append((hit.group(), line, column, column + len(hit.group())))
    return tuple(each for each in found if each[0] not in above)


def with_places(statement: Statement, draft: Draft) -> Statement:
    """A statement whose figures on lines of their own, and whose maxima from cells, say where they stand."""
    statement = replace(statement, further=_on_later_lines(statement, draft.dosage[0]))
    apart = [(span, place) for span in draft.dosage[1:] if (place := place_of(span, statement.line)) is not None]
    if not apart or not statement.maximum:
        return statement
    maxima = []
    for each in statement.maximum:
        told = [place for span, place in apart if each.amount in _figures(span)]
        maxima.append(replace(each, place=told[0]) if told and each.place is None else each)
    return replace(statement, maximum=tuple(maxima))


def _figures(span: Span) -> set[Decimal]:
    text = span.block.text[span.start : span.end]
    return {Decimal(hit.group().replace(",", "")) for hit in _FIGURE.finditer(text)}
