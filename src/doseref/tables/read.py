"""The strict reader: every cell with the physical line and column on which it stands.

A small RFC 4180 scanner. Nothing in a file makes it stop: what is wrong becomes a :class:`Flaw` with its place, and
reading goes on behind it, so that one run tells of everything. One pass over the text, so its time is linear in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Literal

from doseref.records import record
from doseref.streams import marked
from doseref.tables.schema import Table

FlawKind = Literal["encoding", "form", "quote"]
"""``encoding``: bytes that are no UTF-8; ``form``: readable but not canonical (the writer mends it);
``quote``: quoting gone wrong.
"""


@record
class Flaw:
    """Something wrong with the text of a file as such, at a physical line and column (both from 1)."""

    kind: FlawKind
    line: int
    column: int
    message: str


class Row:
    """One record: its cells without stray blanks (:attr:`cells`), as they stand (:attr:`raw`), and where they stand."""

    __slots__ = ("_marks", "_starts", "cells", "line", "raw", "sheet")

    def __init__(self, sheet: Sheet, line: int, raw: tuple[str, ...], marks: list[tuple[int, int]] | None) -> None:
        self.sheet = sheet
        self.line = line
        """Physical line of the file on which the record starts, from 1."""
        self.raw = raw
        self._marks = marks
        self._starts: list[int] | None = None
        together = "\x1f".join(raw)
        if (
            "  " in together
            or " \x1f" in together
            or "\x1f " in together
            or together[:1] == " "
            or together[-1:] == " "
        ):
            cleaned = tuple(map(tidy, raw))
        elif together.isascii() and "\n" not in together and "\t" not in together:
            cleaned = raw
        else:
            cleaned = tuple(map(tidy, raw))
        self.cells = raw if cleaned == raw else cleaned

    def __getitem__(self, name: str) -> str:
        """The cell of the column called ``name``; empty where the row or the file has no such cell."""
        index = self.sheet.index.get(name)
        return self.cells[index] if index is not None and index < len(self.cells) else ""

    def place(self, column: str | int) -> tuple[int, int, int]:
        """Line, first column and end column (exclusive; all from 1) of a cell, by column name or position."""
        index = self.sheet.index.get(column, 0) if isinstance(column, str) else column
        index = min(index, len(self.raw) - 1)
        if self._marks is not None:
            line, start = self._marks[index]
            cell = self.raw[index]
            return line, start, start + (len(cell) if "\n" not in cell else 0)
        if self._starts is None:
            self._starts = list(accumulate((len(cell) + 1 for cell in self.raw), initial=1))
        start = self._starts[index]
        return self.line, start, start + len(self.raw[index])


@dataclass(slots=True)
class Sheet:
    """One table's file as read: header, rows and flaws."""

    table: Table
    path: str
    """The path as it is to be shown to a person."""
    header: Row | None = None
    rows: list[Row] = field(default_factory=list)
    """The rows of the right width."""
    misshapen: list[Row] = field(default_factory=list)
    """The rows that are too short or too long."""
    flaws: list[Flaw] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    """Position of each column, by name, as the file's own header has them."""

    def every_row(self) -> list[Row]:
        """The header and all rows, but for rows so long that they are no rows (they are told of as misshapen)."""
        most = 2 * self.width + 10
        return [row for row in (self.header, *self.rows, *self.misshapen) if row is not None and len(row.raw) <= most]

    @property
    def width(self) -> int:
        """How many cells a row is to have: as many as the file's header."""
        return len(self.header.cells) if self.header else len(self.table.columns)

    @property
    def header_sound(self) -> bool:
        """Whether the header is the schema's, column by column."""
        return self.header is not None and self.header.cells == self.table.header


def tidy(cell: str) -> str:
    """The canonical spelling of a cell's blanks: none at the ends, single spaces inside (tabs,
    line breaks and no-break spaces too).
    """
    return " ".join(cell.split())


def read(table: Table, path: Path, shown: str = "") -> Sheet:
    """The file at ``path`` as a sheet of ``table``; raises ``OSError`` where it cannot be opened."""
    return scan(table, path.read_bytes(), shown or str(path))


def scan(table: Table, content: bytes, shown: str) -> Sheet:
    """The bytes of a file as a sheet of ``table``; never raises, whatever the bytes."""
    sheet = Sheet(table, shown)
    lines = _lines(_decoded(content, sheet), sheet)
    at = 0
    one_line = False
    while at < len(lines):
        line = lines[at]
        first = at + 1
        marks: list[tuple[int, int]] | None = None
        if '"' in line:
            cells, marks, at, unterminated = _quoted(lines, at, one_line, sheet)
            one_line = one_line or unterminated
        else:
            cells = tuple(line.split(","))
            at += 1
        if cells == ("",) and sheet.header is not None:
            sheet.flaws.append(Flaw("form", first, 1, "a blank line"))
            continue
        _add(sheet, Row(sheet, first, cells, marks))
    return sheet


def _add(sheet: Sheet, row: Row) -> None:
    if sheet.header is None:
        sheet.header = row
        known = [name for name in row.cells if name in sheet.table.header]
        # A first line without any column's name is a row whose header was lost, if it is wide enough for one.
        lost = not known and len(row.cells) >= len(sheet.table.header)
        names = sheet.table.header if lost else row.cells
        for position, name in enumerate(names):
            sheet.index.setdefault(name, position)
    elif len(row.raw) == sheet.width:
        sheet.rows.append(row)
    else:
        sheet.misshapen.append(row)


def _decoded(content: bytes, sheet: Sheet) -> str:
    """The text of the bytes without a byte order mark; bytes that are no UTF-8 stay as lone surrogates."""
    encoding, content = marked(content)
    if encoding == "utf-8":
        sheet.flaws.append(Flaw("form", 1, 1, "the file starts with a byte order mark"))
    elif encoding:
        sheet.flaws.append(Flaw("encoding", 1, 1, f"the file is {encoding[:6].upper()}, not UTF-8"))
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        bad = [position for position, char in enumerate(line) if "\udc80" <= char <= "\udcff"]
        if bad:
            many = f" (and {len(bad) - 1} more on this line)" if len(bad) > 1 else ""
            byte = ord(line[bad[0]]) - 0xDC00
            sheet.flaws.append(Flaw("encoding", number, bad[0] + 1, f"byte 0x{byte:02X} is not UTF-8{many}"))
    return text


def _lines(text: str, sheet: Sheet) -> list[str]:
    """The physical lines of a file, without their ends."""
    if not text:
        return []
    old_mac = "\r" in text and "\n" not in text
    lines = text.split("\r" if old_mac else "\n")
    if lines[-1] == "":
        lines.pop()
    else:
        sheet.flaws.append(Flaw("form", len(lines), len(lines[-1]) + 1, "no line end after the last row"))
    if old_mac:
        sheet.flaws.append(Flaw("form", 1, len(lines[0]) + 1, "carriage returns (CR) end the lines"))
    elif "\r" in text:
        ended = [number for number, line in enumerate(lines, 1) if line.endswith("\r")]
        if ended:
            where = "this line" if len(ended) == 1 else f"{len(ended)} lines, from here on"
            sheet.flaws.append(Flaw("form", ended[0], len(lines[ended[0] - 1]), f"CRLF ends {where}; LF is wanted"))
            lines = [line[:-1] if line.endswith("\r") else line for line in lines]
    return lines


def _quoted(
    lines: list[str], at: int, one_line: bool, sheet: Sheet
) -> tuple[tuple[str, ...], list[tuple[int, int]], int, bool]:
    """A record that has quotes in it: its cells, their places, the line behind it, and whether a quote was never
    closed.

    A quote that no later one closes would swallow the rest of the file: its cell ends with its line instead, and from
    then on (``one_line``) no cell may go over a line's end, which keeps the whole scan linear.
    """
    cells: list[str] = []
    marks: list[tuple[int, int]] = []
    start, position = at, 0
    unterminated = False
    while True:
        line = lines[at]
        marks.append((at + 1, position + 1))
        if not line.startswith('"', position):
            comma = line.find(",", position)
            cell = line[position:] if comma < 0 else line[position:comma]
            if '"' in cell:
                where = position + cell.index('"') + 1
                sheet.flaws.append(Flaw("quote", at + 1, where, "a quotation mark inside a cell that is not quoted"))
            cells.append(cell)
            if comma < 0:
                break
            position = comma + 1
            continue
        cell, ended_at, behind = _quoted_cell(lines, at, position, one_line)
        if behind < 0:
            unterminated = one_line = True
            sheet.flaws.append(Flaw("quote", at + 1, position + 1, "a quotation mark that is never closed"))
            cells.append(line[position + 1 :])
            break
        if ended_at != at:
            sheet.flaws.append(Flaw("form", at + 1, len(line) + 1, "a line break inside a cell"))
        elif not ("," in cell or '"' in cell):
            sheet.flaws.append(Flaw("form", at + 1, position + 1, f"needless quotation marks around {cell[:40]!r}"))
        at, line = ended_at, lines[ended_at]
        if behind < len(line) and line[behind] != ",":
            comma = line.find(",", behind)
            end = len(line) if comma < 0 else comma
            sheet.flaws.append(Flaw("quote", at + 1, behind + 1, "text behind the closing quotation mark of a cell"))
            cell += line[behind:end]
            behind = end
        cells.append(cell)
        if behind >= len(line):
            break
        position = behind + 1
    return tuple(cells), marks, max(at, start) + 1, unterminated


def _quoted_cell(lines: list[str], at: int, position: int, one_line: bool) -> tuple[str, int, int]:
    """A quoted cell from its opening mark: its text, the line on which it ends and the position behind it (-1:
    never closed).
    """
    parts: list[str] = []
    line = lines[at]
    position += 1
    while True:
        end = line.find('"', position)
        if end < 0:
            if one_line or at + 1 >= len(lines):
                return "", at, -1
            parts.append(line[position:] + "\n")
            at, position = at + 1, 0
            line = lines[at]
        elif line.startswith('"', end + 1):
            parts.append(line[position : end + 1])
            position = end + 2
        else:
            parts.append(line[position:end])
            return "".join(parts), at, end + 1
