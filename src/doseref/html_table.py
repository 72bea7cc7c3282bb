"""A small HTML table for notebooks: every cell is plain text, no style but the notebook's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def html_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a caption and column headers."""
    heads = "".join(f"<th scope='col'>{_text(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{_text(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _text(text: str) -> str:
    from html import escape  # reads all entities' names when it is imported

    return escape("".join(char if char.isprintable() else " " for char in text), quote=True)
