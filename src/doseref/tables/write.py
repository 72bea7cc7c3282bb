"""The canonical writer: one way to write a table, so that a change to a dose is a small difference.

UTF-8 without byte order mark, LF, rows sorted by the schema's order, quotation marks only around cells that need them,
numbers without needless zeros, single spaces inside cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from doseref.quantities import printed
from doseref.streams import write_whole
from doseref.tables.read import Sheet, tidy
from doseref.tables.schema import Column, Table

TERMS = "; "
"""What joins the terms of a ``list`` or ``refs`` cell."""


def canonical_number(cell: str) -> str | None:
    """A plain decimal number (``+5``, ``5.0``, ``.5``, ``007`` too) in its one spelling; ``None`` for anything else.

    Only ASCII digits and one point: no thousands commas, exponents or words, whose meaning would be a guess.
    """
    if not cell.isascii():
        return None
    sign = "-" if cell[:1] == "-" else ""
    body = cell[1:] if cell[:1] in ("+", "-") else cell
    whole, point, rest = body.partition(".")
    if not (whole + rest).isdigit() or (point and not rest):
        return None
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    plain = f"{whole}.{rest}" if rest else whole
    return plain if plain == "0" else sign + plain


def in_words(value: Decimal) -> str:
    """A number for a person (thousands commas); one too long for that is written out plainly."""
    try:
        return printed(value)
    except InvalidOperation:
        return f"{value:f}"


def canonical_cell(column: Column, cell: str) -> str:
    """The one spelling of ``cell``; a cell that is not of its column's type is only rid of stray blanks."""
    if not cell:
        return cell
    kind = column.kind
    if kind in ("decimal", "integer"):
        return canonical_number(cell.strip()) or tidy(cell)
    cell = tidy(cell)
    if kind in ("list", "refs") and ";" in cell:
        return TERMS.join(term for term in (part.strip() for part in cell.split(";")) if term)
    return cell


def order_key(table: Table, cells: dict[str, str] | Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """What a row is sorted by: integers by value (blank first), everything else by code point.

    ``cells`` are by column name, or in the schema's order.
    """
    named = cells if isinstance(cells, dict) else dict(zip(table.header, cells, strict=False))
    key = []
    for name in table.order or table.key:
        cell = named.get(name, "")
        if table.column(name).kind == "integer" and cell.isascii() and cell.isdigit() and len(cell) < 19:
            key.append((0, int(cell), ""))
        else:
            key.append((1 if cell else -1, 0, cell))
    return tuple(key)


def quoted(cell: str) -> str:
    """A cell as it is written: in quotation marks only where it holds a comma, a quotation mark or a line break."""
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def render(table: Table, rows: Iterable[Sequence[str]]) -> str:
    """The whole canonical text of a table; ``rows`` hold their cells in the schema's order."""
    columns = table.columns
    made = [[canonical_cell(column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows]
    made.sort(key=lambda cells: (order_key(table, cells), cells))
    lines = [",".join(table.header)]
    lines.extend(",".join(quoted(cell) for cell in cells) for cells in made)
    return "\n".join(lines) + "\n"


def mendable(sheet: Sheet, *, completed: bool = False) -> bool:
    """Whether writing the sheet anew loses nothing: every byte was understood and every row has all its cells.

    With ``completed`` the header may also leave columns out; they are written blank. That is for a table that somebody
    begins, never for one in which a column went missing.
    """
    unsound = any(flaw.kind != "form" for flaw in sheet.flaws)
    cells = sheet.header.cells if sheet.header is not None else ()
    wanted = sheet.table.header
    known = sorted(cells) == sorted(wanted) or (
        completed and set(cells) <= set(wanted) and 0 < len(cells) == len(set(cells))
    )
    return known and not unsound and not sheet.misshapen


def canonical(sheet: Sheet, *, completed: bool = False) -> str:
    """The canonical text of a sheet that is :func:`mendable` (columns in the schema's order);
    raises ``ValueError`` otherwise.
    """
    if not mendable(sheet, completed=completed):
        raise ValueError(f"{sheet.path} cannot be written anew without loss")
    names = sheet.table.header
    return render(sheet.table, ([row[name] for name in names] for row in sheet.rows))


def write(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` as UTF-8, whole or not at all; raises ``OSError`` (a full disk leaves the old file)."""
    write_whole(str(path), text.encode("utf-8"))
