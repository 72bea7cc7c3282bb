"""The plain parts of a Markdown text, read without the Markdown library: paragraphs, lists, headings, tables.

Nine in ten lines of an article are of these kinds. A text is cut into stretches that mean the same wherever they stand;
what is plain for certain is read here, line by line, and every stretch in which there is anything else is left to
markdown-it-py. Both ways give the same blocks (``tests/articles/test_plain_markdown.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doseref.patterns import regex

_EVERYWHERE = regex(r"[\t\r\0]|\]:")
"""What takes a whole text to the library: tabs move the columns, a link's target may stand anywhere."""
_STAYS_OPEN = regex(r"^ {0,3}(?:```|~~~|<(?:[!?]|script|pre|style|textarea))", re.I | re.M)
"""What begins at the margin and may go on behind an empty line: code, and some of what HTML has."""
_COMMENT = regex(r"^ {0,3}<!--.*?-->", re.S | re.M)
_LINE = regex(r"( *)(?:([-+*]|\d{1,9}[.)])( {1,4})(?! ))?")
"""The indent of a line, a list's mark, and the space behind it."""
_MARKED = regex(r"(?:[-+*]|\d{1,9}[.)]) ")
_BEGINS = regex(
    r"(?!\d{1,9}[.)](?: |$))(?:\w|[!\"$%&'(),./;?@\[\\\]^{}]|\*\*?[^\s*_-]|`(?!`)|<(?![A-Za-z/!?])|\x1f|"
    r"[^\x00-\x7f\s])(?<!_)|_{1,2}[^\W_]"
)
"""How a line begins that is text and nothing else, whatever stands before it; markup that was blanked out is text."""
_HEADING = regex(r"(#{1,6}) +(?! )(.*[^#\s])\s*\Z")
_RULE = regex(r"(?:-(?: *-){2,}|\*(?: *\*){2,}|_(?: *_){2,}) *\Z")
_BELOW_HEAD = regex(r" {0,3}(?:[|:]|-[-:|])[-:| ]*\Z")
_COLUMN = regex(r":?-+:?")
_DEEPEST = 15
_MOST_CELLS = 30_000
"""Lists inside lists, and cells of a table, that are read here: the library has bounds further on."""


class PlainText(NamedTuple):
    """A heading, a paragraph or the text of an item, in the lines ``first`` to ``last`` (from 0, not included)."""

    content: str
    first: int
    last: int
    heading: int = 0
    """Depth of a heading, 0 for other texts."""
    items: int = 0
    """How many list items it stands in."""
    opens: bool = False
    """Whether an item begins with it."""
    leaves: bool = False
    """Whether an item ended before it."""


class PlainRow(NamedTuple):
    """A row of a table in line ``line`` (from 0)."""

    cells: tuple[str, ...]
    line: int
    header: bool


def stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a text, as lines from and to (not included), that can be read one by one.

    Each but the first begins at the margin behind an empty line, where everything before it has ended; an item of the
    list before it is then an item of a new one.
    """
    if any(map(_EVERYWHERE.search, lines)):
        yield 0, len(lines)
        return
    first = 0
    for number in range(1, len(lines)):
        if lines[number][:1].strip(" ") and not lines[number - 1].strip(" "):
            if _is_open(lines, first, number):
                break
            if number + 1 < len(lines) and _BELOW_HEAD.match(lines[number + 1]) and _MARKED.match(lines[number]):
                continue  # a table by itself, an item where a list is open
            yield first, number
            first = number
    yield first, len(lines)


def _is_open(lines: Sequence[str], first: int, last: int) -> bool:
    """Whether something in these lines may go on behind them."""
    text = "\n".join(lines[first:last])
    return ("<" in text or "```" in text or "~~~" in text) and bool(_STAYS_OPEN.search(_COMMENT.sub("", text)))


def plain_blocks(lines: Sequence[str], first: int, last: int) -> list[PlainText | PlainRow] | None:
    """The blocks of a stretch, ``None`` where it holds anything but plain text, lists, headings and tables."""
    if any(map(_EVERYWHERE.search, lines[first:last])):
        return None
    reader = _Reader(lines)
    number = first
    while number < last:
        read = reader.line(number, last)
        if not read:
            return None
        number += read
    reader.end_text()
    return reader.found


class _Reader:
    """Reads a stretch line by line and keeps the items and the paragraph that are open."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.found: list[PlainText | PlainRow] = []
        self.items: list[int] = []
        """The columns at which the open items' texts begin."""
        self.text: list[str] = []
        self.begun = 0
        self.opens = self.leaves = False

    def line(self, number: int, last: int) -> int:
        """Read the line ``number``; how many lines were read, 0 where it is none that is read here."""
        line = self.lines[number]
        hit = _LINE.match(line)
        if hit is None or hit.end() == len(line):
            self.end_text()
            return int(not line.strip(" "))
        indent, begin = hit.end(1), hit.end()
        if not indent and line[0] == "#":
            return self._heading(number)
        if not indent and not hit[2] and not self.text:
            if number + 1 < last and _BELOW_HEAD.match(self.lines[number + 1]):
                return self._table(number, last)
            if _RULE.match(line):
                self._leave(0)
                return 1
        if not _BEGINS.match(line, begin):
            return 0
        if hit[2]:
            inside = len(self.items)
            if not self._leave(indent) or inside >= _DEEPEST:
                return 0
            if self.text and inside == len(self.items) and hit[2][0].isdigit() and int(hit[2][:-1]) != 1:
                return 0  # inside a paragraph only a list from 1 on begins
            self.end_text()
            self.items.append(begin)
            self.opens = True
        elif self.text:
            self.text.append(line[begin:])
            return 1
        elif not self._leave(indent):
            return 0
        self.text, self.begun = [line[begin:]], number
        return 1

    def _leave(self, indent: int) -> bool:
        """End the items that a line with this indent does not stand in; whether it is no code inside of them."""
        ended = [begin for begin in self.items if begin > indent]
        if ended:
            self.end_text()
            del self.items[-len(ended) :]
            self.leaves = True
        return indent - (self.items[-1] if self.items else 0) < 4

    def end_text(self) -> None:
        """End the open paragraph."""
        if self.text:
            content = "\n".join(self.text).strip()
            last = self.begun + len(self.text)
            self.found.append(PlainText(content, self.begun, last, 0, len(self.items), self.opens, self.leaves))
            self.text, self.opens, self.leaves = [], False, False

    def _heading(self, number: int) -> int:
        hit = _HEADING.match(self.lines[number])
        if hit is None:
            return 0
        self._leave(0)
        self.end_text()
        self.found.append(PlainText(hit[2].strip(), number, number + 1, len(hit[1])))
        return 1

    def _table(self, number: int, last: int) -> int:
        """A table that begins here, up to an empty line."""
        end = number + 2
        while end < last and (self.lines[end].startswith("|") or _BEGINS.match(self.lines[end])):
            end += 1
        rows = [self.lines[number], *self.lines[number + 2 : end]]
        columns = self.lines[number + 1].strip().strip("|").split("|")
        head = _cells(rows[0])
        if (
            (end < last and self.lines[end].strip(" "))
            or any("\\" in row for row in rows)
            or "|" not in rows[0]
            or not (rows[0][0] == "|" or _BEGINS.match(rows[0]))
            or not all(_COLUMN.fullmatch(column.strip()) for column in columns)
            or len(head) != len(columns)
            or len(rows) * len(columns) > _MOST_CELLS
        ):
            return 0
        self._leave(0)
        for place, row in enumerate(rows):
            cells = (_cells(row) + [""] * len(columns))[: len(columns)]
            self.found.append(PlainRow(tuple(cells), number + 1 + place if place else number, not place))
        return end - number


def _cells(row: str) -> list[str]:
    """The cells between the bars of a row."""
    cells = row.strip().split("|")
    return [cell.strip() for cell in cells[not cells[0] : len(cells) - (not cells[-1])]]
