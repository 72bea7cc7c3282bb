"""What cells of the tables hold, as values."""

from __future__ import annotations

from decimal import Decimal


def terms(cell: str) -> tuple[str, ...]:
    """The terms of a list cell (``"a; b"``)."""
    return tuple(term for term in (part.strip() for part in cell.split(";")) if term) if cell else ()


def number(cell: str) -> Decimal | None:
    """The decimal in a cell, ``None`` for an empty one."""
    return Decimal(cell) if cell else None
