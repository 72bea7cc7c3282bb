"""Word documents (``.docx``), opened by python-docx: paragraphs, lists, tables, text boxes, in reading order.

A place in a Word document is a paragraph or a table cell. ``line`` is the running number of the paragraph or row, so
that places can be ordered; ``cell`` says it in words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from doseref import archives
from doseref.articles.model import Block, BlockKind, Piece
from doseref.errors import InputError, MissingExtraError

MOST_UNPACKED = 128 * 1024 * 1024
"""Bytes a document may unpack to in all."""
MOST_PARTS = 5000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def read_docx(content: bytes, path: str = "") -> list[Block]:
    """The blocks of a Word document. Raises :class:`InputError` for what is none, or unpacks to too much."""
    archives.guard(
        content,
        path,
        kind="a document",
        no_archive="is not a Word document (no .docx archive)",
        most_bytes=MOST_UNPACKED,
        most_parts=MOST_PARTS,
    )
    try:
        import docx
    except ImportError:
        raise MissingExtraError("reading Word documents", "docx") from None
    try:
        document = docx.Document(io.BytesIO(content))
        styles = {style.style_id: (style.name or "") for style in document.styles}
        return list(_DocxReader(styles).blocks(document.element.body))
    except InputError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever the broken part makes them
        raise InputError(f"is not a Word document that can be read ({type(error).__name__})", path=path) from None


class _DocxReader:
    """Numbers paragraphs and tables while walking the body."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.number = 0
        self.tables = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Blocks of the paragraphs and tables that are children of ``parent``."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        self.number += 1
        where = f"paragraph {self.number}"
        kind, level = self._kind(element)
        for text, strong in _lines(element):
            if text.strip():
                yield _block(kind, text, strong, self.number, where, level)
        for box in _boxes(element):
            yield from self.blocks(box)

    def _kind(self, element: Any) -> tuple[BlockKind, int]:
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return "text", 0
        style = properties.find(f"{_W}pStyle")
        name = self.styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        lowered = name.lower()
        if lowered.startswith("heading") or lowered in ("title", "subtitle"):
            digits = "".join(ch for ch in lowered if ch.isdigit())
            return "heading", int(digits[:1]) if digits else 1
        outline = properties.find(f"{_W}outlineLvl")
        if outline is not None and (outline.get(f"{_W}val") or "9") in "012345678":
            return "heading", int(outline.get(f"{_W}val")) + 1
        if properties.find(f"{_W}numPr") is not None or "list" in lowered:
            return "item", 0
        return "text", 0

    def _table(self, element: Any) -> Iterator[Block]:
        self.tables += 1
        table = self.tables
        above: dict[int, Block] = {}
        rows = [row for row in element.iter(f"{_W}tr") if _owner(row) is element]
        for row_number, row in enumerate(rows, start=1):
            self.number += 1
            cells: list[Block] = []
            for cell_number, cell in enumerate(_cells(row), start=1):
                where = f"table {table}, row {row_number}, cell {cell_number}"
                wide, merged = _cell_span(cell)
                block = above.get(len(cells)) if merged else None
                if block is None:
                    block = self._cell(cell, where)
                for _ in range(wide):
                    above[len(cells)] = block
                    cells.append(block)
            if any(block.text for block in cells):
                unique = [
                    block for position, block in enumerate(cells) if position == 0 or block is not cells[position - 1]
                ]
                marked = row.find(f"{_W}trPr/{_W}tblHeader") is not None
                yield Block(
                    "row",
                    " | ".join(block.text for block in unique),
                    (Piece(0, self.number, 1),),
                    cells=tuple(cells),
                    header=marked or (row_number == 1 and len(rows) > 1),
                    table=table,
                    cell=f"table {table}, row {row_number}",
                )

    def _cell(self, cell: Any, where: str) -> Block:
        texts = [text.strip() for paragraph in cell.iter(f"{_W}p") for text, _ in _lines(paragraph) if text.strip()]
        text = " ".join(texts)
        return Block("cell", text, (Piece(0, self.number, 1),) if text else (), cell=where)


def _block(kind: BlockKind, text: str, strong: list[tuple[int, int]], number: int, where: str, level: int) -> Block:
    bare = text.strip()
    lead = len(text) - len(text.lstrip())
    bold = tuple((max(0, start - lead), min(len(bare), end - lead)) for start, end in strong if end > lead)
    return Block(kind, bare, (Piece(0, number, lead + 1),), level=level, cell=where, strong=bold)


def _owner(element: Any) -> Any:
    """The table an element stands in."""
    parent = element.getparent()
    while parent is not None and parent.tag != f"{_W}tbl":
        parent = parent.getparent()
    return parent


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from (cell for cell in child.iter(f"{_W}tc"))


def _cell_span(cell: Any) -> tuple[int, bool]:
    """How many columns a cell is wide, and whether it continues the one above."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    wide = span.get(f"{_W}val") if span is not None else "1"
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    merged = merge is not None and (merge.get(f"{_W}val") or "continue") == "continue"
    return (min(100, int(wide)) if wide and wide.isascii() and wide.isdigit() else 1) or 1, merged


def _lines(paragraph: Any) -> list[tuple[str, list[tuple[int, int]]]]:
    """The texts of a paragraph, parted at line breaks, each with the offsets of its bold runs.

    Deleted revisions are left out; inserted ones, links and fields are read.
    """
    lines: list[tuple[str, list[tuple[int, int]]]] = [("", [])]
    for run in _runs(paragraph):
        properties = run.find(f"{_W}rPr")
        bold = properties is not None and _on(properties.find(f"{_W}b"))
        if properties is not None and (_on(properties.find(f"{_W}vanish")) or _on(properties.find(f"{_W}strike"))):
            continue
        raised = properties.find(f"{_W}vertAlign") if properties is not None else None
        position = raised.get(f"{_W}val") if raised is not None else ""
        for child in run:
            text = _text_of(child)
            if text is None:
                continue
            if position == "superscript":
                text = text.translate(_SUPERSCRIPT)
            elif position == "subscript":
                text = text.translate(_SUBSCRIPT)
            if text == "\n":
                lines.append(("", []))
                continue
            before, strong = lines[-1]
            if bold and text.strip():
                strong.append((len(before), len(before) + len(text)))
            lines[-1] = (before + text, strong)
    return lines


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag in tuple(
            f"{_W}{name}" for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
        ):
            yield from _runs(child)


def _text_of(child: Any) -> str | None:
    if child.tag == f"{_W}t":
        return child.text or ""
    if child.tag in (f"{_W}tab", f"{_W}ptab"):
        return " "
    if child.tag == f"{_W}noBreakHyphen":
        return "\u2011"
    if child.tag in (f"{_W}br", f"{_W}cr"):
        return "\n"
    return None


def _on(element: Any) -> bool:
    return element is not None and (element.get(f"{_W}val") or "true") not in ("0", "false", "none")


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph, each once (the fallback copy for old programs is left out)."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        parent = box.getparent()
        while parent is not None and parent is not paragraph and parent.tag != f"{_MC}Fallback":
            parent = parent.getparent()
        if parent is paragraph:
            yield box
