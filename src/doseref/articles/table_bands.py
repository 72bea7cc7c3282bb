"""Tables with a weight or an age in front of each row."""

from __future__ import annotations

import re

from doseref.articles.doses import dose_words, sentences
from doseref.articles.extracted import Draft
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.spoken_words import often_words
from doseref.articles.table_cells import dose_span, frequency_span, header_unit, often_in, unit_added
from doseref.articles.table_columns import role_of
from doseref.articles.table_headers import is_figures, labelled
from doseref.articles.terms import scope_of
from doseref.context import Context
from doseref.patterns import regex

_BAND_HEADER = regex(r"\b(?:weight|wt|age)\b", re.I)
_STRENGTH = regex(r"\d\s?m?c?g\s?(?:/|per|in)\s?\d?[\d.]*\s?m[Ll]\b", re.I)
"""What a liquid holds, in the header above its volumes."""
_PIECES = frozenset(("tablets", "capsules", "caplets", "sachets", "suppositories"))
_BAND_CELL = regex(r"\d\s{0,2}\+?\s{0,2}(?:kg|lbs?|pounds|years?|yrs?|months?|mos?|weeks?)\b", re.I)


def by_bands(
    grid: list[list[Block]],
    subject: tuple[str, ...],
    section: str,
    heading: str,
    around: Context,
    found: Resolver,
    above: tuple[str, str] = ("", ""),
) -> list[Draft]:
    """A table with a weight or an age in front of each row as one statement with its bands, or one for each drug
    over a column; empty for any other table.

    ``above`` is the heading or caption and the sentences in front of the table: they may say how often, and the most.
    """
    if len(grid) < 3 or len(grid[0]) < 2 or not _BAND_HEADER.search(grid[0][0].text):
        return []
    body = [row for row in grid[1:] if len(row) > 1]
    if not all(_BAND_CELL.search(labelled(grid[0][0].text, row[0].text)) for row in body):
        return []
    headers = [cell.text for cell in grid[0]]
    if any(role_of(header) == "maximum" for header in headers):
        return []  # each band has a maximum of its own
    columns = range(1, min(len(headers), *(len(row) for row in body)))
    named = [(column, found.heading(headers[column].split(",")[0])) for column in columns]
    owned = [(column, owner, headers[column]) for column, owner in named if owner]
    scored = [
        each
        for each in owned or [(column, subject, heading) for column in columns]
        if each[1] and all(_dosed(row[each[0]].text, headers[each[0]]) for row in body if _told(row[each[0]].text))
    ]
    strong = [
        each
        for each in scored
        if _STRENGTH.search(headers[each[0]])
        or any(word.strong for row in body for word in dose_words(unit_added(row[each[0]].text, headers[each[0]])))
    ]
    drafts = []
    if not strong and not owned:  # nothing but pieces: "Tablets once a day" | "2"
        strong = [each for each in scored if header_unit(headers[each[0]]).lower() in _PIECES]
    volumes = (
        [each for each in scored if each not in strong and header_unit(headers[each[0]]) == "mL"] if strong else []
    )
    for column, owner, title in (*(strong if owned else strong[:1]), *volumes):
        rows = [row for row in body if _told(row[column].text)]
        spans = [dose_span(row[column], headers[column], 0, len(row[column].text)) for row in rows]
        bands = tuple((labelled(headers[0], row[0].text), span.text) for row, span in zip(rows, spans, strict=True))
        draft = Draft(title, owner, section, spans, True, scope=scope_of(heading), context=around, bands=bands)
        draft.text = "; ".join(f"{band}: {dose}" for band, dose in bands)
        told = _column_of_often(headers, rows)
        if told is None:
            return []  # each row says how often itself
        draft.often = told or (
            often_in(headers[column]) or _said_above(above[1], owner, found) or _said_above(above[0], owner, found)
        )
        drafts.append(draft)
    return drafts


def _column_of_often(headers: list[str], rows: list[list[Block]]) -> str | None:
    """How often the doses of all rows are given, as a column of the table says; ``None`` where rows differ, empty without
    such a column.
    """
    column = next((at for at, header in enumerate(headers) if role_of(header) == "frequency"), 0)
    told = {frequency_span(row[column], headers[column]).text for row in rows if column < len(row)}
    if not column or not told:
        return ""
    return told.pop() if len(told) == 1 else None


def turned_bands(grid: list[list[Block]]) -> bool:
    """Whether ages or weights stand side by side over the doses of one drug."""
    corner, *others = grid[0]
    return (
        bool(_BAND_HEADER.search(corner.text))
        and len(others) > 1
        and all(is_figures(cell.text) or _BAND_CELL.search(cell.text) for cell in others)
        and all(len(row) == len(grid[0]) and _AMOUNT_ROW.search(row[0].text) for row in grid[1:])
    )


_AMOUNT_ROW = regex(r"\b(?:dos(?:e|es|age)|volume|amount|how\s+(?:much|often)|mg|m[lL]|frequency|max\w*)\b", re.I)


def _told(cell: str) -> bool:
    """Whether a cell gives any figure: a dash does not, nor "use the adult tablet"."""
    return any(map(str.isdigit, cell)) or bool(dose_words(cell))


def _dosed(cell: str, header: str) -> bool:
    return bool(dose_words(unit_added(cell, header)))


def _said_above(above: str, owner: tuple[str, ...], found: Resolver) -> str:
    """What the sentences above a table say of how often a drug is given: the one that names it, else one that names
    none.
    """
    told = [above[first:last] for first, last in sentences(above)]
    whose = [[mention.substances for mention in found.mentions(each)] for each in told]
    fits = [
        each for each, names in zip(told, whose, strict=True) if {one for name in names for one in name} == set(owner)
    ]
    fits += [each for each, names in zip(told, whose, strict=True) if not names]
    for each in fits:
        hit = _OFTEN_FROM.search(each)
        if hit is not None and not dose_words(each[hit.start() :]):
            return each[hit.start() :].strip().rstrip(".:")
    return ""


_OFTEN_FROM = regex(rf"\b(?:every|each|{often_words()}|q\s?\d)\b", re.I)
