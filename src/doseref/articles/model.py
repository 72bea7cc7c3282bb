"""What an article is once it is read: blocks of plain text that know where in the file each character stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

from doseref.findings import Location
from doseref.patterns import regex
from doseref.records import record

FILLER = "\x1f"
"""Stands for a character of the file that is no text of the article; white space to every reader,
but no indent to Markdown.
"""
_SPACE = " \t\n\r\f\v" + FILLER
_STRETCH = regex(rf"[{_SPACE}]+|[^{_SPACE}]+")
_UNEVEN = regex(rf"\A[{_SPACE}]|[{_SPACE}]\Z|[{_SPACE[1:]}]|  |\A\Z")
"""What keeps a text from standing in the block as it stands in the file, with single spaces between its words."""

_MARKS = frozenset(("*", "**", "†", "‡", "§", "¶"))
"""Signs of footnotes."""
_CITED = regex(r"\[(?:citation needed|clarification needed|note \d{1,3}|\d{1,3})\](?!\()", re.I)
"""The marks of an encyclopedia: no part of a sentence."""
REMEMBERED = 4096
"""Texts of which an answer is kept in mind: a line is asked about several times, and then never again."""
BlockKind = Literal["heading", "item", "text", "row", "cell"]


TERM = 7
"""Level of a term that the lines below it define: what stands there is about it, whatever the labels say."""


class Piece(NamedTuple):
    """From offset ``start`` of a block's text on, the characters stand at ``line``:``column`` (from 1) of the file."""

    start: int
    line: int
    column: int


@record
class Block:
    """One heading, paragraph, list item, table row or table cell; ``text`` is free of markup and line ends."""

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...]
    level: int = 0
    """Depth of a heading (1 is the highest); of what defines a term, that of the term; 0 for everything else."""
    cells: tuple[Block, ...] = ()
    """The cells of a row, one for each column: a cell that spans several is given for each of them."""
    header: bool = False
    table: int = 0
    """Number of the table a row belongs to (from 1)."""
    cell: str | None = None
    """In words where the block stands, for files in which lines mean nothing ("table 2, row 3, cell 1")."""
    strong: tuple[tuple[int, int], ...] = ()
    """Offsets of bold text: where a paragraph begins in bold, that may be its heading."""
    depth: int = 0
    """How deep in lists it stands: 1 in an item, 2 in an item of a list inside one,
    and below the first line of an item one more.
    """
    breaks: tuple[int, ...] = ()
    """Offsets at which the file begins a new line inside a cell."""
    marks: tuple[tuple[int, str], ...] = ()
    """Marks of footnotes that were raised or in brackets and are no part of the text: offset and sign ("1", "†")."""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of the character at ``offset``."""
        if not self.pieces:
            return 0, 0
        piece = self.pieces[max(0, bisect_right(self.pieces, offset, key=lambda each: each.start) - 1)]
        return piece.line, piece.column + offset - piece.start

    def location(self, path: str, source: str | None, start: int, end: int) -> Location:
        """Where ``text[start:end]`` stands; ``end_column`` is 0 where it ends on another line."""
        line, column = self.place(start)
        last_line, last_column = self.place(max(start, end - 1))
        return Location(path, line, column, last_column + 1 if last_line == line else 0, source, self.cell)


@record
class Ignore:
    """An inline ``doseref: ignore CODE… reason``: it silences those rules (none named:
    none) on the lines ``first``..``last``.
    """

    codes: tuple[str, ...]
    reason: str
    first: int
    last: int

    def covers(self, code: str, line: int) -> bool:
        """Whether a finding of rule ``code`` on ``line`` is silenced."""
        return self.first <= line <= self.last and code in self.codes


@record
class Article:
    """A file that was read: its blocks in reading order."""

    path: str
    source: str
    """The id of the source it is, else the file's name without its ending."""
    blocks: tuple[Block, ...]
    ignores: tuple[Ignore, ...] = ()
    known: bool = False
    """Whether ``source`` is the id of a source of the reference."""
    mistakes: tuple[tuple[int, str], ...] = ()
    """Comments that were meant to silence a rule and silence none: line and message."""
    wide: tuple[tuple[int, int], ...] = ()
    """Line and column (from 1) of every character that takes two units of UTF-16, such as an emoji; in order."""


class TextBuilder:
    """Puts a block's text together from pieces of a file; runs of white space become one space."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.strong: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        self.marks: list[tuple[int, str]] = []
        self.length = 0
        self._space = False

    def add(self, text: str, line: int, column: int, *, verbatim: bool = True) -> None:
        """Append ``text`` that begins at ``line``:``column``. ``verbatim`` is false where the file writes it
        otherwise.
        """
        if "[" in text:
            text = _CITED.sub(lambda mark: " " * len(mark.group()), text)
        if verbatim and not _UNEVEN.search(text):
            self._word(text, line, column)
            return
        for found in _STRETCH.finditer(text):
            start = found.start()
            if text[start] not in _SPACE:
                self._word(found.group(), line, column + (start if verbatim else 0))
                continue
            self._space = True
            for at, char in enumerate(found.group(), start):
                if char == "\n":
                    line, column = line + 1, -at

    def _word(self, word: str, line: int, column: int) -> None:
        if self._space and self.length:
            self.parts.append(" ")
            self.length += 1
        self._space = False
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.line != line or last.column + self.length - last.start != column:
            self.pieces.append(Piece(self.length, line, column))
        self.parts.append(word)
        self.length += len(word)

    def space(self) -> None:
        """Let the next text be parted from what stands here."""
        self._space = True

    def new_line(self) -> None:
        """Let the next text begin a line of its own in a cell."""
        self.space()
        self.breaks.append(self.length)

    def raised(self, digits: str, superscript: dict[int, int]) -> str:
        """Raised text: a number, a letter or a sign behind a whole word is a footnote's mark and gives nothing,
        any other number a power.
        """
        before = "".join(self.parts[-2:]).split()[-1:] or [""]
        word = before[0].rstrip(".,;:)")
        mark = digits.strip(" ,[]()")
        if (mark.isdigit() or (len(mark) == 1 and mark.isalpha()) or mark in _MARKS) and (
            not word or (word[-3:].isalpha() and len(word) > 2)
        ):
            self.marks.append((self.length, mark))
            return ""
        return digits.translate(superscript)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def block(self, kind: BlockKind, **more: object) -> Block | None:
        """The block, ``None`` where there is no text."""
        if not self.length:
            return None
        pieces, strong, breaks = tuple(self.pieces), tuple(self.strong), tuple(self.breaks)
        marks = tuple(self.marks)
        return Block(kind, self.text, pieces, strong=strong, breaks=breaks, marks=marks, **more)  # type: ignore[arg-type]
