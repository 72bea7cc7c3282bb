"""What the cells beside an amount say that it is: the first, the usual, the most; and columns of maxima and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.doses import dose_words, has_limit
from doseref.articles.model import Block
from doseref.patterns import regex
from doseref.records import replace

_QUALIFIER = regex(
    r"\s*(?:start(?:ing)?(?:\s+(?:dose|at|with))?|initial(?:\s+dose)?|first\s+dose|usual(?:\s+dose)?|typical|normal|"
    r"standard|target|maintenance|"
    r"(?:daily\s+)?max(?:imum|\.)?(?:\s+(?:dose|daily\s+dose|per\s+day))?|most|ceiling|limit|top(?:\s+dose)?|"
    r"highest)\s*:?\s*",
    re.I,
)


def mark_qualifiers(roles: list[str], body: list[list[Block]]) -> None:
    """Mark the column that says of each row what its amount is ("start", "usual", "maximum")."""
    for column, role in enumerate(roles):
        cells = [row[column].text for row in body if column < len(row)]
        if role in ("", "dosage", "class") and len(cells) > 1 and all(_QUALIFIER.fullmatch(cell) for cell in cells):
            roles[column] = "qualifier"


_MOST = regex(
    r"\W*(?:the\s+)?(?:(?:highest|maximum|max\.?|largest|top|biggest)(?:\s+(?:daily\s+)?(?:dose|amount))?|(?:upper\s+)?limit|ceiling)(?:\s+(?:per|a)\s+day)?\W*",
    re.I,
)
_BESIDE = ("", "about", "use", "who", "class")
"""Columns whose cells may say besides other things that the row gives the most."""


def without_most(cells: Sequence[Block], roles: Sequence[str]) -> tuple[list[Block], bool]:
    """The cells of a row of which one says between commas that its amount is the most ("Prevention, highest dose, adults"),
    without those words; and whether one does.
    """
    found: list[Block] = []
    most = False
    for at, cell in enumerate(cells):
        parts = cell.text.split(",") if "," in cell.text and at < len(roles) and roles[at] in _BESIDE else []
        kept = [part for part in parts if not _MOST.fullmatch(part)]
        if kept and len(kept) < len(parts) and not dose_words(cell.text):
            cell, most = replace(cell, text=",".join(kept).strip()), True
        found.append(cell)
    return (found, True) if most else (list(cells), False)


_NOTED = regex(r"\b(?:notes?|remarks?|comments?|cautions?|advice|tips?)\b", re.I)


def role_in(role: str, cell: Block, header: str) -> str:
    """The role of a cell in its column: below "Daily limit or note" it is the one or the other."""
    if role != "maximum" or not _NOTED.search(header):
        return role
    words = dose_words(cell.text)
    told = bool(words) and (words[0].start <= _AT_ONCE or has_limit(cell.text))
    return "maximum" if told else "more"


_AT_ONCE = 2
"""Characters in front of the amount of a cell that begins with it."""


def has_notes(header: str) -> bool:
    """Whether a header says that notes stand below it."""
    return _NOTED.search(header) is not None


IS_BAND = regex(
    r"\bage[sd]?\s+\d|\A\W*(?:over|under|above|below)\s+\d{1,2}\W*\Z|\d\s{0,2}\+?\s{0,2}(?:kg|lbs?|pounds|years?|yrs?|months?|mos?|weeks?\s+old)\b",
    re.I,
)
"""A header that is an age or a weight."""


def people_first(roles: list[str], grid: list[list[Block]]) -> None:
    """Make a first column of ages or weights one of whom its rows are for, whatever its header is taken for ("Your
    child").
    """
    cells = [row[0].text for row in grid[1:] if row and row[0].text]
    people = cells and all(IS_BAND.search(cell) and not dose_words(cell) for cell in cells)
    if roles and roles[0] == "dosage" and people:
        roles[0] = "who"
