"""Tables with a weight or an age in front of each row."""

from __future__ import annotations

import re

from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft
from doseref.articles.model import Block
from doseref.articles.table_cells import (
    dose_span,
    unit_added,
)
from doseref.articles.terms import scope_of
from doseref.context import Context

_BAND_HEADER = re.compile(r"\b(?:weight|wt|age)\b", re.I)
_BAND_CELL = re.compile(r"\d\s{0,2}\+?\s{0,2}(?:kg|lbs?|pounds|years?|yrs?|months?|mos?|weeks?)\b", re.I)


def by_bands(
    grid: list[list[Block]], subject: tuple[str, ...], section: str, heading: str, around: Context
) -> Draft | None:
    """A table with a weight or an age in front of each row as one statement with its bands;
    ``None`` for any other table.
    """
    if len(grid) < 3 or len(grid[0]) < 2 or not _BAND_HEADER.search(grid[0][0].text):
        return None
    body = [row for row in grid[1:] if len(row) > 1]
    if not all(_BAND_CELL.search(row[0].text) for row in body):
        return None
    columns = range(1, min(len(row) for row in body))
    scored = [
        column
        for column in columns
        if all(dose_words(unit_added(row[column].text, grid[0][column].text)) for row in body)
    ]
    strong = [
        column
        for column in scored
        if any(word.strong for word in dose_words(unit_added(body[0][column].text, grid[0][column].text)))
    ]
    if not strong:
        return None
    column = strong[0]
    spans = [dose_span(row[column], grid[0][column].text, 0, len(row[column].text)) for row in body]
    bands = tuple((row[0].text, span.text) for row, span in zip(body, spans, strict=True))
    draft = Draft(heading, subject, section, spans, True, scope=scope_of(heading), context=around, bands=bands)
    draft.text = "; ".join(f"{band}: {dose}" for band, dose in bands)
    return draft
