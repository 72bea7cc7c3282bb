"""Where a maximum stands that is told on another line than its dose."""

from __future__ import annotations

from decimal import Decimal

from doseref.articles.extracted import Draft, Span
from doseref.patterns import regex
from doseref.records import replace
from doseref.statements import Statement

_FIGURE = regex(r"\d[\d,]*(?:\.\d+)?")


def place_of(span: Span, line: int) -> tuple[int, int, int] | None:
    """Line, column and last column of a stretch; ``None`` where it begins on ``line``."""
    at = span.block.location("", None, span.start, span.end)
    return (at.line, at.column, at.end_column) if at.line != line else None


def with_places(statement: Statement, draft: Draft) -> Statement:
    """A statement whose maxima from cells or lines of their own say where they stand."""
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
