"""The paragraph right in front of a table that begins with a drug as a heading does: "**Paracetamol** (Calpol). By mouth."

The table is about that drug where it names none itself, in its headers or its first column.
"""

from __future__ import annotations

from collections.abc import Sequence

from doseref.articles.contexts import context_of, may_be_another_drug
from doseref.articles.leads import Lead
from doseref.articles.model import Block
from doseref.articles.resolve import Mention, Resolver
from doseref.articles.table_columns import role_of
from doseref.context import Context
from doseref.patterns import regex

_LIKE_A_HEADING = regex(r"[*_]*(?:,?\s*\([^()]{2,80}\))?[*_]*\s*(?:[.:–—]|,\s+(?:by\s+mouth|for|in|oral)\b|\Z)")
"""What follows a name that stands as a heading does: its brands in a bracket, and a full stop."""
_OPENING = 2
"""Characters of signs that may stand in front of the name."""


def table_lead(before: Block, rows: Sequence[Block], found: Resolver) -> Lead | None:
    """What the paragraph ``before`` a table without a drug says of it; ``None`` where it begins with no drug, or the table
    may be about others.
    """
    named = found.mentions(before.text) if before.kind == "text" else ()
    if not named or named[0].start > _OPENING or not _heads(before, named) or _names_drugs(rows, found):
        return None
    told = context_of(before.text)
    return Lead(0, named[0].substances, named[0].text, Context(route=told.route, release=told.release), True)


def _heads(before: Block, named: Sequence[Mention]) -> bool:
    """Whether a paragraph begins with its name as a heading: in bold, or with a full stop behind it and no other drug."""
    owner = named[0].substances
    first, last = before.strong[0] if before.strong else (0, 0)
    if first <= named[0].start and named[0].end <= last:
        return all(each.substances == owner for each in named if each.start < last)
    return all(each.substances == owner for each in named) and bool(_LIKE_A_HEADING.match(before.text, named[0].end))


def _names_drugs(rows: Sequence[Block], found: Resolver) -> bool:
    """Whether a table may name drugs: in a column of names, in its headers or in the first cells of its rows."""
    head = [cell.text for cell in rows[0].cells]
    labels = [row.cells[0].text for row in rows[1:] if row.cells]
    if any(role_of(text) in ("name", "class") for text in head):
        return True
    return any(found.mentions(text) or may_be_another_drug(text) for text in (*head[1:], *labels))
