"""Markdown (CommonMark with tables), read by markdown-it-py; HTML inside it is passed over, its text is not.

markdown-it-py tells the lines of a block; the columns are found by looking for its words in those lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doseref.articles.markdown_parser import is_one_piece, parser, parts_of
from doseref.articles.model import Block, TextBuilder
from doseref.articles.plain_markdown import PlainRow, PlainText, plain_blocks, stretches
from doseref.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_markdown(text: str) -> list[Block]:
    """The blocks of a Markdown text.

    Raises :class:`~doseref.errors.MissingExtraError` where markdown-it-py is not installed.
    """
    parse = parser().parse
    lines = _with_whole_tables(text.split("\n"))
    walker = _MarkdownWalker(lines)
    for first, last in stretches(lines):
        plain = plain_blocks(lines, first, last)
        if plain is None:
            walker.walk(parse("\n".join(lines[first:last])), first)
        else:
            walker.take(plain)
    return walker.blocks


_COMMENT = regex(r"\s{0,3}<!--(?:[^-]|-(?!->))*-->\s*\Z")


def _with_whole_tables(lines: list[str]) -> list[str]:
    """The lines, with an empty row for each comment between two rows of a table: it would end the table there."""
    return [
        "|"
        if 0 < n < len(lines) - 1 and _COMMENT.match(line) and _is_row(lines[n - 1]) and _is_row(lines[n + 1])
        else line
        for n, line in enumerate(lines)
    ]


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


class _MarkdownWalker:
    """Walks what the lines hold and keeps the lists, the table and the places."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.above = 0
        """Lines above the stretch that is walked."""
        self.blocks: list[Block] = []
        self.items = 0
        self.fresh = False
        """Whether no text of the open list item was read yet."""
        self.tables = 0
        self.heading = 0
        self.row: list[Block] | None = None
        self.header = False
        self.row_column = 0

    def walk(self, tokens: Sequence[Any], above: int) -> None:
        """The tokens of a stretch that has ``above`` lines above it."""
        self.above = above
        for token in tokens:
            self._token(token)

    def take(self, blocks: Sequence[PlainText | PlainRow]) -> None:
        """The blocks of a stretch without anything but plain paragraphs, lists, headings and tables."""
        for block in blocks:
            if isinstance(block, PlainRow):
                self.tables += block.header
                self.row, self.row_column, self.header = [], 0, block.header
                for cell in block.cells:
                    self._text(cell, parts_of(cell), block.line, block.line + 1)
                self._end_row()
                continue
            self.items, self.heading = block.items, block.heading
            self.fresh = block.opens or (self.fresh and not block.leaves)
            self._text(block.content, None, block.first, block.last)
        self.items = self.heading = 0
        self.fresh = False

    def _token(self, token: Any) -> None:
        kind = token.type
        if kind == "heading_open":
            self.heading = int(token.tag[1])
        elif kind == "heading_close":
            self.heading = 0
        elif kind == "list_item_open":
            self.items += 1
            self.fresh = True
        elif kind == "list_item_close":
            self.items -= 1
            self.fresh = False
        elif kind == "table_open":
            self.tables += 1
        elif kind == "tr_open":
            self.row, self.row_column = [], 0
        elif kind in ("th_open", "td_open"):
            self.header = kind == "th_open"
        elif kind == "tr_close":
            self._end_row()
        elif kind == "inline":
            self._inline(token)
        elif kind == "html_block":
            self._html(token)

    def _inline(self, token: Any) -> None:
        first = (token.map[0] if token.map else 0) + self.above
        last = token.map[1] + self.above if token.map else len(self.lines)
        self._text(token.content, token.children, first, last)

    def _text(self, content: str, parts: Sequence[Any] | None, first: int, last: int) -> None:
        """A text that stands in the lines ``first`` to ``last`` (not included), of these parts."""
        in_row = self.row is not None
        finder = _Finder(self.lines, first, last, self.row_column if in_row else 0)
        if is_one_piece(content):  # most texts: there is nothing to put together
            builders = [TextBuilder()]
            builders[0].add(content.strip(), *finder.find(content))
        else:
            builders = _inline_blocks(parts or parts_of(content), finder, breaks=not in_row)
        self.row_column = finder.column
        if self.row is not None:
            block = builders[0].block("cell") if builders else None
            self.row.append(block or Block("cell", "", ()))
            return
        for position, builder in enumerate(builders):
            kind = "heading" if self.heading else "item" if self.items and not position else "text"
            depth = self.items + (not self.fresh) if self.items else 0
            block = builder.block(kind, level=self.heading, depth=depth)  # type: ignore[arg-type]
            if block:
                self.blocks.append(block)
                self.fresh = False

    def _end_row(self) -> None:
        cells = tuple(self.row or ())
        self.row = None
        if any(cell.text for cell in cells):
            text = " | ".join(cell.text for cell in cells)
            pieces = next(cell.pieces for cell in cells if cell.text)
            self.blocks.append(Block("row", text, pieces[:1], cells=cells, header=self.header, table=self.tables))

    def _html(self, token: Any) -> None:
        """Raw HTML in Markdown: a table or a paragraph in it may hold a dose."""
        from doseref.articles.markup import without_link_targets
        from doseref.articles.read_html import read_html

        first = (token.map[0] if token.map else 0) + self.above
        found = [_moved(block, first, self.tables) for block in read_html(without_link_targets(token.content))]
        self.blocks += found
        self.tables = max([self.tables, *(block.table for block in found)])


def _moved(block: Block, lines: int, tables: int) -> Block:
    from doseref.records import replace

    pieces = tuple(piece._replace(line=piece.line + lines) for piece in block.pieces)
    cells = tuple(_moved(cell, lines, 0) for cell in block.cells)
    return replace(block, pieces=pieces, cells=cells, table=block.table + tables if block.table else 0)


class _Finder:
    """Finds the words of inline tokens in the lines they come from, going forward only."""

    def __init__(self, lines: Sequence[str], first: int, last: int, column: int) -> None:
        self.lines, self.line, self.last, self.column = lines, first, max(last, first + 1), column

    def find(self, text: str) -> tuple[int, int]:
        """Line and column (from 1) of ``text``; where the source writes it otherwise, of the place reached."""
        wanted = text.strip()
        line, column = self.line, self.column
        while line < min(self.last, len(self.lines)):
            found = self.lines[line].find(wanted, column) if wanted else -1
            if found >= 0:
                self.line, self.column = line, found + len(wanted)
                return line + 1, found + 1
            line, column = line + 1, 0
        return self.line + 1, self.column + 1


def _inline_blocks(children: Sequence[Any], finder: _Finder, *, breaks: bool) -> list[TextBuilder]:
    """The texts of an inline token: one, or several where the paragraph's lines are label lines of their own."""
    builders = [TextBuilder()]
    bold: list[int] = []
    struck = raised = False
    for child in children:
        builder = builders[-1]
        if child.type in ("text", "code_inline", "text_special"):
            content = child.content
            if struck or not content:
                continue
            line, column = finder.find(content)
            if "[^" in content:
                builder.marks += [
                    (builder.length + mark.start(), mark.group().strip("[]")) for mark in _FOOTNOTE.finditer(content)
                ]
                content = _FOOTNOTE.sub(lambda mark: " " * len(mark.group()), content)
            if not content.strip():
                builder.space()
                continue
            if raised:
                content = builder.raised(content, _SUPERSCRIPT)
                if not content:
                    continue
            lead = len(content) - len(content.lstrip())
            if lead:
                builder.space()
            builder.add(content.lstrip(), line, column)
        elif child.type == "strong_open":
            bold.append(builder.length)
        elif child.type == "strong_close" and bold:
            builder.strong.append((bold.pop(), builder.length))
        elif child.type in ("s_open", "s_close"):
            struck = child.type == "s_open"
        elif child.type in ("softbreak", "hardbreak"):
            builder.space()
            if breaks and child.type == "hardbreak":
                builders.append(TextBuilder())
            elif breaks:
                builders.append(_SoftBreak())
        elif child.type == "html_inline":
            tag = child.content.lower()
            if tag.startswith("<br"):
                if breaks:
                    builders.append(TextBuilder())
                else:
                    builder.new_line()
            elif tag.startswith(("<sup", "</sup")):
                raised = tag.startswith("<sup")
        elif child.type == "image":
            finder.find(child.content)
    return _joined(builders)


_FOOTNOTE = regex(r"\[\^[^\]\s]{1,20}\](?!:)")
"""The mark of a footnote, which is no part of a dose."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _SoftBreak(TextBuilder):
    """A line of a paragraph after a plain line end: part of the line before it, unless it begins with a label."""


def _bold_label(builder: TextBuilder) -> bool:
    """Whether a line begins with bold words and a colon ("**First-line:** …")."""
    if not builder.strong or builder.strong[0][0] != 0:
        return False
    end = builder.strong[0][1]
    return ":" in builder.text[max(0, end - 1) : end + 2]


def _joined(builders: list[TextBuilder]) -> list[TextBuilder]:
    """Lines of one paragraph put together again, unless the next one is a label line ("Dosage: …")."""
    from doseref.articles.labels import begins_with_label

    joined: list[TextBuilder] = []
    for builder in builders:
        if (
            joined
            and isinstance(builder, _SoftBreak)
            and not begins_with_label(builder.text)
            and not _bold_label(builder)
        ):
            before = joined[-1]
            before.space()
            offset = before.length + (1 if before.length else 0)
            for start, end in builder.strong:
                before.strong.append((start + offset, end + offset))
            before.marks += [(at + offset, mark) for at, mark in builder.marks]
            text = builder.text
            for number, piece in enumerate(builder.pieces):
                stop = builder.pieces[number + 1].start if number + 1 < len(builder.pieces) else len(text)
                part = text[piece.start : stop]
                before.add(part, piece.line, piece.column)
                if part.endswith(" "):
                    before.space()
        else:
            joined.append(builder)
    return joined
