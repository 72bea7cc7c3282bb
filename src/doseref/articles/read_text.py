"""Plain text: one block a line, lines that were only wrapped put together.
What is a heading is for the extractor to judge.
"""

from __future__ import annotations

import itertools
import re

from doseref.articles.doses import has_figure
from doseref.articles.labels import begins_with_label, bullet_end
from doseref.articles.model import FILLER, Block, Piece, TextBuilder
from doseref.patterns import regex
from doseref.records import replace

_BLANK = " \t\u00a0\u3000\f\v" + FILLER
_NARROWEST, _WIDEST = 50, 110
"""Widths, in characters, at which an editor or a mail program wraps lines."""
_Line = tuple[int, int, str]
"""Line number (from 1), indent, text without its indent."""


def read_text(text: str) -> list[Block]:
    """The lines of ``text`` that hold anything, without their indent; a wrapped paragraph is one block,
    columns are a table.
    """
    blocks: list[Block] = []
    run: list[_Line] = []
    tables = 0
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        bare = line.strip(_BLANK)
        if bare:
            run.append((number, len(line) - len(line.lstrip(_BLANK)), bare))
            continue
        if len(run) == 1 and _is_title(run[0][2]):
            number, indent, bare = run[0]
            # in small letters: "GOUT, AT THREE IN THE MORNING" says nothing of a nose
            blocks.append(replace(_block([(number, indent, bare.capitalize())]), kind="heading", level=_TITLE))
            run = []
            continue
        title = run[:1] if run and not _COLUMN.search(run[0][2]) and not (len(run) > 2 and _sign_of(run)) else []
        rows = _rows(run[len(title) :], tables + 1)
        if rows is not None:
            tables += 1
            blocks += [*_blocks(title), *rows]
        elif run:
            blocks += _blocks(run)
        run = []
    return blocks


_TITLE = 2
"""Level of a title in capitals."""
_CAPITALS = regex(r"[A-Z0-9][^a-z.!?:=]{3,58}[^a-z.!?:=,;-]")


def _is_title(bare: str) -> bool:
    """Whether a line that stands alone is a title: all in capitals ("PROPRANOLOL FOR THE SHAKES"), of more letters than
    figures.
    """
    if not bare.isupper() or _CAPITALS.fullmatch(bare) is None or _AMOUNT.search(bare.lower()):
        return False
    return sum(map(str.isalpha, bare)) * 2 > len(bare)


_LEADER = regex(r"[ \u00a0]*(?:\.{4,}|…{2,}|(?:\. ){3,}\.?)[ \u00a0]*")
"""The dots between a name and what is said of it."""
_COLUMN = regex(r"\t+|[ \u00a0]{3,}")
"""What parts the columns of a table in plain text."""
_CELL = regex(r"[^\t \u00a0](?:[^\t \u00a0]|[ \u00a0]{1,2}(?=[^\t \u00a0]))*")
_NO_CELL = regex(r"[\W\d_]{0,4}|.{1,40}:")
"""A bullet, the number of an item, or a label: a first column of these is none."""
_EMPTY = Block("cell", "", ())


def _rows(run: list[_Line], table: int) -> list[Block] | None:
    """Consecutive lines as the rows of a table where all have columns:
    parted by tabs, or by spaces below one another.
    """
    if len(run) < 3:
        return None
    sign = _sign_of(run)
    if not sign and not all(_COLUMN.search(bare) for _, _, bare in run):
        return None
    tabbed = sign != "" or all("\t" in bare for _, _, bare in run)
    single = sign or (tabbed and len({bare.count("\t") for _, _, bare in run}) == 1)
    parted = f"({re.escape(sign or chr(9))})" if single else "(\t+)"
    rows = [_by_tabs(line, parted) for line in run] if tabbed else _by_places(run)
    width = len(rows[0]) if rows else 0
    if width < 2 or any(len(row) > width or sum(bool(cell.text) for cell in row) < 2 for row in rows):
        return None
    if not tabbed and width < 3:
        return None  # two columns of spaces may be anything
    if all(_NO_CELL.fullmatch(row[0].text) for row in rows[1:]):
        return None  # a list, or labels with what they say
    blocks = []
    for row in rows:
        cells = (*row, *[_EMPTY] * (width - len(row)))
        text = " | ".join(cell.text for cell in cells)
        first = next(cell for cell in cells if cell.text)
        blocks.append(Block("row", text, first.pieces[:1], cells=cells, table=table))
    return blocks


_AMOUNT = regex(r"\d\s?(?:m?c?g|m[lL]|units?|tab|cap|IU)\b")


def _sign_of(run: list[_Line]) -> str:
    """The sign that parts the cells of every line: ";" or "|", or a comma without a space behind it; empty where lines
    have different numbers of it, or the first one is no header.
    """
    head = run[0][2]
    if _AMOUNT.search(head):
        return ""
    for sign, least in (("|", 1), (";", 1), (",", 2)):
        counts = {bare.count(sign) for _, _, bare in run}
        if len(counts) == 1 and counts.pop() >= least and (sign != "," or not any(", " in bare for _, _, bare in run)):
            return sign
    return ""


def _by_tabs(line: _Line, tabs: str) -> list[Block]:
    """The cells of one line: where all lines have the same number of tabs each parts two cells, which may be empty;
    else a run of them does.
    """
    number, indent, bare = line
    cells, start = [], 0
    for part in re.split(tabs, bare):
        if not re.fullmatch(tabs, part):
            text = part.strip(_BLANK)
            lead = len(part) - len(part.lstrip(_BLANK))
            cells.append(Block("cell", text, (Piece(0, number, indent + 1 + start + lead),)) if text else _EMPTY)
        start += len(part)
    return cells


def _by_places(run: list[_Line]) -> list[list[Block]]:
    """The cells of lines whose columns stand below those of the first line; none where one cell stands below two."""
    head = [(hit.start() + run[0][1], hit.end() + run[0][1]) for hit in _CELL.finditer(run[0][2])]
    rows: list[list[Block]] = []
    for number, indent, bare in run:
        row = [_EMPTY] * len(head)
        for hit in _CELL.finditer(bare):
            start, end = hit.start() + indent, hit.end() + indent
            below = [column for column, (first, last) in enumerate(head) if start < last and end > first]
            if len(below) != 1 or row[below[0]] is not _EMPTY:
                return []
            row[below[0]] = Block("cell", hit.group(), (Piece(0, number, start + 1),))
        rows.append(row)
    return rows


def _blocks(run: list[_Line]) -> list[Block]:
    """The blocks of consecutive lines: each its own, or where they were wrapped at one width, one of all."""
    width = max((len(bare) for _, _, bare in run), default=0)
    broken = sum(one[2][-1] not in ".!?:;" and other[2][0].islower() for one, other in itertools.pairwise(run))
    prose = broken > 1 and broken * 2 >= len(run) - 1
    blocks: list[Block] = []
    paragraph: list[_Line] = []
    for line in run:
        if paragraph and not _continues(paragraph, line, width, prose):
            blocks.append(_block(paragraph))
            paragraph = []
        paragraph.append(line)
    return [*blocks, _block(paragraph)] if paragraph else blocks


def _continues(paragraph: list[_Line], line: _Line, width: int, prose: bool) -> bool:
    """Whether a line goes on with the paragraph before it: its last line had no room left for this one's first word,
    or broke off. Where most lines break off (``prose``), one that ends with its sentence goes on too.
    """
    before = paragraph[-1]
    if _is_row(before[2]) or _is_row(line[2]):
        return False  # each line of a list of names and doses is of its own
    if not _NARROWEST <= width <= _WIDEST or bullet_end(line[2]) or begins_with_label(line[2]):
        return False
    if line[1] < before[1]:
        return False
    if len(paragraph) > 1 and before[2][-1] not in ".!?;" and (line[2][0].islower() or line[2][0].isdigit()):
        return True  # inside a paragraph a line may be cut anywhere
    if len(before[2]) < _NARROWEST:
        return False
    if prose and before[2][-1] != ":" and len(before[2]) * 5 >= width * 3:
        return True
    if before[2][-1] == ":" and line[2][0].isdigit() and len(line[2]) >= _NARROWEST:
        return True  # "…, is starting it at full replacement:" / "1.6 mcg/kg daily, before breakfast. His mother …"
    full = len(before[2]) + 1 + len(line[2].split()[0]) > width
    wraps = line[2][0].islower() or (line[2][0].isdigit() and len(before[2]) * 5 >= width * 4)
    return full or (wraps and before[2][-1] not in ".!?:;")


def _is_row(bare: str) -> bool:
    """Whether a line has two columns, parted by dots or by a gap: one of them holds a figure."""
    if ("   " not in bare and "...." not in bare and "…" not in bare and ". . ." not in bare) or not has_figure(bare):
        return False
    return bool(_LEADER.search(bare) or _COLUMN.search(bare))


def _block(lines: list[_Line]) -> Block:
    number, indent, bare = lines[0]
    leader = _LEADER.search(bare) if len(lines) == 1 and _is_row(bare) else None
    if leader is not None and leader.start() > 1 and leader.end() < len(bare):
        builder = TextBuilder()
        builder.add(f"{bare[: leader.start()]}: ", number, indent + 1)
        builder.add(bare[leader.end() :], number, indent + 1 + leader.end())
        return builder.block("text") or Block("text", bare, (Piece(0, number, indent + 1),))
    if len(lines) == 1 and "    " not in bare and "\t" not in bare and FILLER not in bare:
        return Block("text", bare, (Piece(0, number, indent + 1),))
    builder = TextBuilder()
    for number, indent, bare in lines:
        builder.space()
        builder.add(bare, number, indent + 1)
    block = builder.block("text")
    return block or Block("text", bare, (Piece(0, number, indent + 1),))
