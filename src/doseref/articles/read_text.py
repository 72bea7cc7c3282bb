"""Plain text: one block a line. What is a heading is for the extractor to judge."""

from __future__ import annotations

from doseref.articles.model import Block, Piece


def read_text(text: str) -> list[Block]:
    """The lines of ``text`` that hold anything, without their indent."""
    blocks: list[Block] = []
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip(" \t\u00a0\u3000\f\v")
        if bare:
            indent = len(line) - len(line.lstrip(" \t\u00a0\u3000\f\v"))
            blocks.append(Block("text", bare, (Piece(0, number, indent + 1),)))
    return blocks
