"""HTML, read by the standard library's parser, which tells the place of every piece of text.

Navigation, page headers and footers, scripts and the like are skipped; what stands inside the article is kept, also
in boxes and tables. Any start or end of a block ends the one before, so that missing end tags do no harm.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from doseref.articles.model import TERM, Block, BlockKind, TextBuilder
from doseref.patterns import regex

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section summary table tbody tfoot "
    "thead tr ul caption colgroup html br".split()
)
_SKIPPED = frozenset(
    "script style noscript template head nav select button datalist svg math object audio video canvas iframe del s "
    "strike".split()
)
_PAGE = frozenset(["header", "footer", "aside", "form"])
"""Boilerplate where they are the page's; the article's own (inside ``main`` or ``article``) are kept."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog"])
_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs cookie cookies cookie-banner cookie-consent "
    "advert advertisement "
    "ads ad ad-banner sponsored promo newsletter social share sharing sidebar related related-articles related-posts "
    "comments site-header site-footer page-footer footer skip-link".split()
)
_IMPLIED = {"li": ("li",), "p": ("p",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",)}
_SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NO_CHARACTER = regex(r"&#(?=[0-9]{10}|[xX][0-9a-fA-F]{9})")
_LEFT_AS_IT_STANDS = "&\ufffd"
"""For a number that is longer than any character's: Python refuses to convert a very long one. It keeps its length."""
_MAIN = regex(r"<(?:main|article)\b", re.I)
_MOST_SPAN = 100
"""Columns or rows a cell may span; more is a mistake in the file."""


def read_html(text: str) -> list[Block]:
    """The blocks of an HTML text, in order."""
    reader = _HtmlReader()
    reader.whole = _MAIN.search(text) is None
    reader.feed(_NO_CHARACTER.sub(_LEFT_AS_IT_STANDS, _closed(text)))
    reader.close()
    reader.finish()
    return reader.blocks


def _closed(text: str) -> str:
    """``text`` with tags and comments that never end made harmless (same length), so that parsing stays linear."""
    last = text.rfind(">")
    tail = text[last + 1 :]
    if "<" in tail:
        text = text[: last + 1] + tail.replace("<", "\u2039")
    for begin, end in (("<!--", "-->"), ("<![", "]>"), ("<?", ">")):
        last = text.rfind(end)
        tail = text[last + 1 :] if last >= 0 else text
        if begin in tail:
            text = text[: len(text) - len(tail)] + tail.replace(begin, "\u2039" + begin[1:])
    return re.sub(r"<(?=[^\s<>]{5000})", "\u2039", text)


class _Table:
    """One table while it is read: rows of cells, with what hangs down from rows above."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row: list[tuple[Block, int, int, bool]] | None = None
        self.cell: TextBuilder | None = None
        self.spans = (1, 1)
        self.header = False
        self.hanging: dict[int, tuple[int, Block]] = {}
        self.rows = 0


class _HtmlReader(HTMLParser):
    """Turns tags and text into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self.builder = TextBuilder()
        self.stack: list[tuple[str, bool]] = []
        """Open elements that matter, each with whether its content is skipped."""
        self.skipping = self.held = 0
        self.inside = 0
        """How many ``main``/``article`` elements are open."""
        self.whole = False
        """Whether the page is the article: a box at its side is the article's own then, unless it is named as another's."""
        self.tables: list[_Table] = []
        self.count = 0
        self.heading = 0
        self.item = False
        self.fresh = False
        """Whether no text of the open list item was read yet."""
        self.defining = False
        """Whether what a term means is read."""
        self.raised = ""
        self.bold: list[int] = []

    # -- tags ------------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _IMPLIED and not self.tables:
            self._imply_end(_IMPLIED[tag])
        if self.skipping and tag == "h1" and next(name for name, skip in self.stack if skip) == "header":
            self.held, self.skipping = self.skipping, 0  # the title of the page
        if self.skipping:
            if tag not in _VOID:
                self._push(tag, True)
            return
        if tag in _BLOCKS or tag in ("td", "th"):
            self._flush()
        if tag in _VOID:
            return
        skip = tag in _SKIPPED or (
            tag not in ("html", "body", "main", "article")
            and _boilerplate(tag, dict(attrs), self.inside > 0 or (tag == "aside" and self.whole))
        )
        if skip:
            self._push(tag, True)
            return
        if tag in ("main", "article"):
            self.inside += 1
        if tag in ("table", "tr", "td", "th"):
            self._open_table(tag, dict(attrs))
        elif tag in ("sup", "sub"):
            self.raised = tag
        elif tag in ("b", "strong"):
            self.bold.append(self._target.length)
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.heading = int(tag[1])
        elif tag == "dt":
            self.heading = TERM
        elif tag in ("summary", "caption"):
            self.heading = 6
        elif tag == "li":
            self.item = self.fresh = True
        elif tag == "dd":
            self.defining = True
        self._push(tag, False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>`` and its kin; a self-closed element without content opens nothing."""
        if not self.skipping and tag in _BLOCKS:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost open element of this name, and all inside it."""
        if tag == "br" or (tag == "p" and not any(name == "p" for name, _ in self.stack[-8:])):
            self._flush()
            return
        if not any(name == tag for name, _ in reversed(self.stack)):
            return
        while self.stack:
            name = self._pop()
            if name == tag:
                break

    def _push(self, tag: str, skip: bool) -> None:
        if len(self.stack) < 2000:
            self.stack.append((tag, skip))
            self.skipping += skip

    def _pop(self) -> str:
        tag, skip = self.stack[-1]
        if not skip and tag in _BLOCKS:
            self._flush()  # while it is known how deep the text stands
        self.stack.pop()
        if skip:
            self.skipping -= 1
            return tag
        if tag == "h1" and self.held:
            self.skipping, self.held = self.held, 0
        if tag in ("main", "article"):
            self.inside -= 1
        elif tag in ("table", "tr", "td", "th"):
            self._close_table(tag)
        elif tag in ("sup", "sub"):
            self.raised = ""
        elif tag in ("b", "strong") and self.bold:
            self._target.strong.append((min(self.bold.pop(), self._target.length), self._target.length))
        elif (len(tag) == 2 and tag[0] == "h") or tag in ("dt", "summary", "caption"):
            self.heading = 0
        elif tag == "li":
            self.item = False
        elif tag == "dd":
            self.defining = False
        return tag

    def _imply_end(self, tags: tuple[str, ...]) -> None:
        """``<li>`` ends an open ``<li>`` of the same list, and so on."""
        for name, _ in reversed(self.stack[-4:]):
            if name in tags:
                self.handle_endtag(name)
                return
            if name in ("ul", "ol", "dl", "table", "div", "section", "article"):
                return

    # -- text ------------------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        """Text as it stands in the file."""
        self._text(data, verbatim=True)

    def handle_entityref(self, name: str) -> None:
        """``&nbsp;`` and its kin."""
        self._text(unescape(f"&{name};"), verbatim=False)

    def handle_charref(self, name: str) -> None:
        """``&#8211;`` and its kin."""
        self._text(unescape(f"&#{name};"), verbatim=False)

    def unknown_decl(self, data: str) -> None:
        """``<![CDATA[…]]>`` outside of XML is nothing."""

    def _text(self, data: str, *, verbatim: bool) -> None:
        if self.skipping:
            return
        line, column = self.getpos()
        if self.raised == "sup":
            data = self._target.raised(data, _SUPERSCRIPT)
        elif self.raised:
            data = data.translate(_SUBSCRIPT)
        self._target.add(data, line, column + 1, verbatim=verbatim)

    @property
    def _target(self) -> TextBuilder:
        if self.tables and self.tables[-1].cell is not None:
            return self.tables[-1].cell
        return self.builder

    def _flush(self) -> None:
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.new_line()
            return
        kind: BlockKind = "heading" if self.heading else "item" if self.item else "text"
        lists = sum(name == "li" for name, _ in self.stack[-40:])
        level = self.heading or (TERM if self.defining else 0)
        block = self.builder.block(kind, level=level, depth=lists + (not self.fresh) if lists else 0)
        if block:
            self.blocks.append(block)
            self.fresh = False
        self.builder = TextBuilder()
        self.bold = [0 for _ in self.bold]

    # -- tables ----------------------------------------------------------------------------------------------------

    def _open_table(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "table":
            self.count += 1
            self.tables.append(_Table(self.count))
            return
        if not self.tables:
            return
        table = self.tables[-1]
        if table.cell is not None:
            self._end_cell(table)
        if tag == "tr":
            if table.row is not None:
                self._end_row(table)
            table.row = []
            return
        if table.row is None:
            table.row = []
        table.cell = TextBuilder()
        table.header = tag == "th"
        table.spans = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")))

    def _close_table(self, tag: str) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        if table.cell is not None:
            self._end_cell(table)
        if tag in ("tr", "table") and table.row is not None:
            self._end_row(table)
        if tag == "table":
            self.tables.pop()

    def _end_cell(self, table: _Table) -> None:
        builder, table.cell = table.cell, None
        block = (builder.block("cell") if builder else None) or Block("cell", "", ())
        if table.row is not None and len(table.row) < 1000:
            table.row.append((block, *table.spans, table.header))

    def _end_row(self, table: _Table) -> None:
        """Lay the row's cells out in columns, with what hangs down from the rows above."""
        row, table.row = table.row or [], None
        cells: list[Block] = []
        headers = 0
        hanging: dict[int, tuple[int, Block]] = {}
        waiting = list(row)
        column = 0
        while waiting or column in table.hanging:
            if column in table.hanging:
                left, block = table.hanging.pop(column)
                cells.append(block)
                if left > 1:
                    hanging[column] = (left - 1, block)
                column += 1
                continue
            block, wide, high, header = waiting.pop(0)
            headers += header
            for _ in range(wide):
                cells.append(block)
                if high > 1:
                    hanging[column] = (high - 1, block)
                column += 1
        table.hanging.update(hanging)
        table.rows += 1
        filled = next((cell for cell in cells if cell.text), None)
        if filled is None:
            return
        unique = [cell for position, cell in enumerate(cells) if position == 0 or cell is not cells[position - 1]]
        is_header = bool(row) and headers == len(row)
        self.blocks.append(
            Block(
                "row",
                " | ".join(cell.text for cell in unique),
                filled.pieces[:1],
                cells=tuple(cells),
                header=is_header,
                table=table.number,
            )
        )

    def finish(self) -> None:
        """End what the file left open."""
        while self.stack:
            self._pop()
        self._flush()


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return max(1, min(_MOST_SPAN, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _boilerplate(tag: str, attrs: dict[str, str | None], inside: bool) -> bool:
    """Whether an element is the page's furniture, or hidden."""
    if tag in _PAGE and not inside:
        return True
    if "hidden" in attrs or (attrs.get("aria-hidden") or "").lower() == "true":
        return True
    if "display:none" in (attrs.get("style") or "").replace(" ", "").lower():
        return True
    if (attrs.get("role") or "").lower() in _ROLES:
        return True
    names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}".lower().split()
    return any(name in _NAMES for name in names)
