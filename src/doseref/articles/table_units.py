"""The unit that a table's heading, the sentence beside it or its corner gives for all its figures ("All doses are in mg"),
written into the cells: "20 once daily" is "20 mg once daily".
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.doses import dose_words, sentences
from doseref.articles.model import Block, Piece
from doseref.articles.table_cells import HAS_UNIT, header_unit
from doseref.articles.table_columns import role_of
from doseref.articles.table_headers import is_figures
from doseref.patterns import regex
from doseref.records import replace

_WORD = r"(?P<unit>mg|milligrams?|mcg|[µμ]g|micrograms?|g|grams?|IU|units|m[lL]|millilit(?:re|er)s?)(?P<kg>\s?(?:/|per)\s?kg)?\b"
_TOLD = regex(
    r"\b(?:(?:all|the|these|every)\s+)?(?:dos(?:es|ages?)|figures?|amounts?|numbers?|values?|quantit(?:ies|y)|everything|entries)\b"
    rf"[^.;:\d]{{0,60}}?(?:\bin|\bas|,|\()\s+?(?:in\s+)?{_WORD}(?!\s+(?:per|a)\b|\s?/)",
)
"""A sentence that says in which unit the figures of its table are."""
_IN_HEADING = regex(rf"(?:[(\[]|,\s|\bin\s)\s*(?:in\s+)?(?:[a-z ]{{2,30}},\s)?{_WORD}(?=\s*(?:[)\],;]|\Z))")
"""The unit in the heading or the caption of a table: "What adults are prescribed (mg, by mouth)", "Doses in mg"."""
_LONG = {"milligram": "mg", "microgram": "micrograms", "gram": "g", "millilitre": "mL", "milliliter": "mL"}
_IDLE = frozenset(
    (
        "name",
        "frequency",
        "duration",
        "timing",
        "ignore",
        "use",
        "who",
        "more",
        "class",
        "route",
        "unit",
        "side effects",
    )
)
"""Columns and rows whose figures are no amounts."""
_OTHER_HEADER = regex(r"\b(?:age|weight|kg|days?|weeks?|months?|hours?|volume|tablets?|times|how\s+long)\W*\Z", re.I)
_BARE = regex(
    r"(?<![\w.,/%])\d[\d.,]*(?<=\d)(?:\s?(?:–|-|to|or)\s?\d[\d.,]*(?<=\d))?(?![\w/%]|[.,]\d|\s?(?:–|-|×|x\s|kg|%|:|times|h\b|hours?|hrs?|"
    r"min|days?|weeks?|months?|years?|doses|divided|tablets?|puffs?|m[lL]\b))",
    re.I,
)
"""A number or a range of an amount whose unit stands elsewhere."""
_NOT_BEHIND = regex(r"\b(?:every|for|after|in|over|day|days|week|weeks|from|until|age|aged|q)\s+\Z", re.I)
_PERIOD_IN_LABEL = regex(r"\b24\s?h(?:ours?)?\b|\bday\b|\bdaily\b", re.I)


def unit_of_table(heading: str, sentences_beside: str, corner: str) -> str:
    """The unit of all figures of a table, as its heading, the sentences beside it or its corner say; empty without."""
    for first, last in sentences(sentences_beside):
        each = sentences_beside[first:last]
        if not dose_words(each) and (hit := _TOLD.search(each[:1].lower() + each[1:])):
            return _short(hit["unit"], hit["kg"])
    for text in (heading, corner):
        if text and not dose_words(text) and (hit := _IN_HEADING.search(text)):
            return _short(hit["unit"], hit["kg"])
    return ""


def _short(unit: str, kilo: str | None) -> str:
    word = _LONG.get(unit.lower().removesuffix("s"), unit)
    return f"{word}/kg" if kilo else word


def with_units(grid: list[list[Block]], unit: str) -> list[list[Block]]:
    """The table with ``unit`` behind every bare amount, and the unit of a column's header where its cells go on in words
    ("12.5, the night before"); columns and rows of times, lengths and the like stay.
    """
    head = [cell.text for cell in grid[0]]
    open_columns = {
        column: "" if header_unit(header) else unit
        for column, header in enumerate(head)
        if column and role_of(header) not in _IDLE and (role_of(header) == "maximum" or not _of_another_kind(header))
    }
    done: dict[int, Block] = {}
    dosed = [
        column
        for column, header in enumerate(head)
        if role_of(header) in ("", "dosage") and header_unit(header) in _AMOUNTS
    ]
    rows = [grid[0]]
    for row in grid[1:]:
        if not row or role_of(row[0].text) in _IDLE - {"name"}:
            rows.append(row)
            continue
        alone = row[dosed[0]].text if len(dosed) == 1 and dosed[0] < len(row) else ""
        told = open_columns | {
            column: header_unit(head[dosed[0]])
            for column, open_to in open_columns.items()
            if alone and not open_to and column < len(row) and _as_much(row[column].text, alone, head[column])
        }
        rows.append(
            [
                done.setdefault(id(cell), _filled(cell, told[column], head[column])) if column in told else cell
                for column, cell in enumerate(row)
            ]
        )
    return rows


def _as_much(most: str, dose: str, header: str) -> bool:
    """Whether a bare maximum is in the unit of the bare dose beside it ("10" | "30"): it is no less than that, and too
    much to be a number of doses.
    """
    if role_of(header) != "maximum" or header_unit(header) or not _NUMBER.fullmatch(most):
        return False
    high = [Decimal(number.replace(",", "")) for number in _NUMBERS.findall(dose)]
    limit = Decimal(most.strip().replace(",", ""))
    return bool(high) and limit >= max(high) and limit > _MOST_DOSES


_NUMBER = regex(r"\s*\d[\d,]*(?:\.\d+)?\s*")
_NUMBERS = regex(r"\d[\d,]*(?:\.\d+)?")
_MOST_DOSES = 12
"""Doses of a day: a greater number is no number of doses."""


def _filled(cell: Block, unit: str, header: str) -> Block:
    own = header_unit(header)
    if own in _AMOUNTS and cell.text[:1].isdigit() and cell.text[-1:].isalpha():
        return with_unit(cell, own)
    return with_unit(cell, unit) if unit else cell


_AMOUNTS = frozenset(("mg", "mcg", "µg", "μg", "g", "micrograms", "milligrams", "grams", "units", "IU"))


def _of_another_kind(header: str) -> bool:
    return not any(map(str.isdigit, header)) and bool(_OTHER_HEADER.search(header))


def with_unit(cell: Block, unit: str) -> Block:
    """A cell with ``unit`` behind each of its bare amounts; a cell that has a unit, or begins with no number, stays."""
    text = cell.text
    if HAS_UNIT.search(text):
        return cell
    places = [hit.end() for hit in _BARE.finditer(text) if not _NOT_BEHIND.search(text, 0, hit.start())]
    if not places or (not text[:1].isdigit() and not is_figures(text) and len(places) > 2):
        return cell
    return inserted(cell, places, f" {unit}")


def inserted(cell: Block, places: list[int], words: str) -> Block:
    """A cell with ``words`` at each of the offsets; every other character keeps its place in the file."""
    text, pieces, marks = cell.text, list(cell.pieces), list(cell.marks)
    for at in reversed(places):
        text = f"{text[:at]}{words}{text[at:]}"
        line, column = cell.place(max(0, at - 1))
        before = [piece for piece in pieces if piece.start < at]
        after = [piece._replace(start=piece.start + len(words)) for piece in pieces if piece.start >= at]
        held = [Piece(at + step, line, column) for step in range(len(words))]
        if cell.pieces and not any(piece.start == at + len(words) for piece in after):
            held.append(Piece(at + len(words), *cell.place(at)))
        pieces = [*before, *(held if cell.pieces else ()), *after]
        marks = [(place + len(words) * (place >= at), sign) for place, sign in marks]
    strong = tuple((0, len(text)) for first, last in cell.strong if (first, last) == (0, len(cell.text)))
    breaks = tuple(place + len(words) * sum(at <= place for at in places) for place in cell.breaks)
    return replace(cell, text=text, pieces=tuple(pieces), marks=tuple(marks), strong=strong, breaks=breaks)
