"""The rows of a table as items: where its header is, whose each row is, and which rows are no items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from doseref.lists.columns import Columns, is_header, read_columns, read_row
from doseref.lists.headings import is_total, person
from doseref.records import record, replace
from doseref.regimen.model import Given

PersonItem = tuple[str | None, Given]
MOST_LINES_BEFORE = 20
"""How many rows of titles may stand before the header of a table."""


@record
class FilePlace:
    """The file, what is told of it after the line, and what its columns were said to hold."""

    path: str
    mapping: Mapping[str, str]
    sheet: str = ""

    def at(self, line: int) -> str:
        """``file:line`` and the sheet."""
        return f"{self.path}:{line}{self.sheet}"


def read_rows(numbered: Iterable[tuple[int, list[str]]], where: FilePlace) -> list[PersonItem]:
    """The items of a table's rows, each with its line; titles, totals and the like are told as left out.

    A row that says whose the next ones are ("Patient: John Smith") does so where there is no column for it; a header may
    come again, on the next page or for the next person.
    """
    found: list[PersonItem] = []
    aside: list[Given] = []
    columns: Columns | None = None
    waiting: list[tuple[int, list[str]]] = []
    whose: str | None = None
    for number, cells in numbered:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        named = person(" ".join(filled))
        if columns is None and len(waiting) < MOST_LINES_BEFORE and not is_header(cells, where.mapping):
            waiting.append((number, cells))
            whose = named or whose
        elif columns is None or is_header(cells, where.mapping):
            columns = read_columns(cells, where.mapping, where.path, number)
        elif named and "patient" not in columns.places:
            whose = named
        elif is_total(cells):
            aside.append(_left(cells, where.at(number), "it is no item"))
        else:
            row = read_row(cells, columns, where.at(number))
            if row is not None:
                found.append((row[0] if "patient" in columns.places else whose, row[1]))
    if columns is None and waiting:
        read_columns(waiting[0][1], where.mapping, where.path, waiting[0][0])  # says what is wrong with the header
    titles = [
        _left(cells, where.at(number), "it stands before the header")
        for number, cells in waiting
        if not _separator(cells) and not person(" ".join(cells))
    ]
    first = found[0][0] if found else None
    return [*found, *((first, given) for given in (*titles, *aside))]


def _left(cells: list[str], place: str, why: str) -> Given:
    return Given(" | ".join(filter(None, cells)), place=place, left_out=why)


def _separator(cells: list[str]) -> bool:
    """``sep=;``: a line that tells spreadsheets how the cells are separated."""
    return cells[0].strip().lower() in ("sep=", "sep=,", "sep=;", "sep=|", "sep=\t")


def whose(rows: Iterable[PersonItem]) -> Iterator[PersonItem]:
    """The rows, each with its person; where some name one and others do not, the others are refused.

    An empty cell may mean the person above (a merged cell) or nobody known: what is taken must not be added up for the
    wrong one, nor be missing where it belongs. It is told with the person above.
    """
    known = list(rows)
    names = [name for name, given in known if name is not None and not given.left_out]
    if not names:
        yield from known
        return
    above = names[0]
    for name, given in known:
        above = name if name is not None else above
        if name is None and not given.left_out and not given.refused:
            given = replace(given, refused="its row names no person and others do: write the name in every row")
        yield above, given
