"""Plain text: one block a line, lines that were only wrapped put together. What is a heading is for the extractor to judge."""

from __future__ import annotations

from doseref.articles.labels import begins_with_label, bullet_end
from doseref.articles.model import FILLER, Block, Piece, TextBuilder

_BLANK = " \t\u00a0\u3000\f\v" + FILLER
_NARROWEST, _WIDEST = 50, 110
"""Widths, in characters, at which an editor or a mail program wraps lines."""
_Line = tuple[int, int, str]
"""Line number (from 1), indent, text without its indent."""


def read_text(text: str) -> list[Block]:
    """The lines of ``text`` that hold anything, without their indent; a wrapped paragraph is one block."""
    blocks: list[Block] = []
    run: list[_Line] = []
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip(_BLANK)
        if bare:
            run.append((number, len(line) - len(line.lstrip(_BLANK)), bare))
        elif run:
            blocks += _blocks(run)
            run = []
    return blocks + _blocks(run)


def _blocks(run: list[_Line]) -> list[Block]:
    """The blocks of consecutive lines: each its own, or where they were wrapped at one width, one of all."""
    width = max((len(bare) for _, _, bare in run), default=0)
    blocks: list[Block] = []
    paragraph: list[_Line] = []
    for line in run:
        if paragraph and not _continues(paragraph[-1], line, width):
            blocks.append(_block(paragraph))
            paragraph = []
        paragraph.append(line)
    return [*blocks, _block(paragraph)] if paragraph else blocks


def _continues(before: _Line, line: _Line, width: int) -> bool:
    """Whether a line goes on with the one before it: that one had no room left for this one's first word, or broke off."""
    if not _NARROWEST <= width <= _WIDEST or bullet_end(line[2]) or begins_with_label(line[2]):
        return False
    if len(before[2]) < _NARROWEST or line[1] < before[1]:
        return False
    full = len(before[2]) + 1 + len(line[2].split()[0]) > width
    return full or (line[2][0].islower() and before[2][-1] not in ".!?:;")


def _block(lines: list[_Line]) -> Block:
    number, indent, bare = lines[0]
    if len(lines) == 1 and "    " not in bare and "\t" not in bare and FILLER not in bare:
        return Block("text", bare, (Piece(0, number, indent + 1),))
    builder = TextBuilder()
    for number, indent, bare in lines:
        builder.space()
        builder.add(bare, number, indent + 1)
    block = builder.block("text")
    return block or Block("text", bare, (Piece(0, number, indent + 1),))
