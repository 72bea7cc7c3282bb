"""Plain text: one block a line. What is a heading is for the extractor to judge."""

from __future__ import annotations

from doseref.articles.model import Block, Piece, TextBuilder

_BLANK = " \t\u00a0\u3000\f\v"


def read_text(text: str) -> list[Block]:
    """The lines of ``text`` that hold anything, without their indent."""
    blocks: list[Block] = []
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip(_BLANK)
        if not bare:
            continue
        indent = len(line) - len(line.lstrip(_BLANK))
        if "    " in bare or "\t" in bare:
            builder = TextBuilder()
            builder.add(bare, number, indent + 1)
            block = builder.block("text")
        else:
            block = Block("text", bare, (Piece(0, number, indent + 1),))
        if block is not None:
            blocks.append(block)
    return blocks
