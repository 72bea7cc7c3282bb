"""The rows of a table as items: where its header is, whose each row is, and which rows are no items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from doseref.lists.columns import Columns, is_header, patient_of, read_columns, read_row
from doseref.lists.headings import is_listed, is_total, person, stops, without_marks
from doseref.records import record, replace
from doseref.regimen.model import Given

PersonItem = tuple[str | None, Given]
TableRow = tuple[str | None, Given, tuple[str, str], int]
"""A person, an item without its place (one object for all rows that say the same), and the place: what stands before
and behind the line, and the line."""
MOST_ALIKE = 200_000
"""Different rows of a table, at most, that are known again."""
MOST_LINES_BEFORE = 20
"""How many rows of titles may stand before the header of a table."""


_ABOVE = "it stands as a line of a list above the table: put it into the table, or into a file of its own"


@record
class FilePlace:
    """The file, what is told of it after the line, and what its columns were said to hold."""

    path: str
    mapping: Mapping[str, str]
    sheet: str = ""

    def at(self, line: int) -> str:
        """``file:line`` and the sheet."""
        return f"{self.path}:{line}{self.sheet}"


def placed(rows: Iterable[TableRow]) -> Iterator[PersonItem]:
    """The rows, each item with its place."""
    for name, given, (before, behind), line in rows:
        yield name, replace(given, place=f"{before}:{line}{behind}")


def read_rows(numbered: Iterable[tuple[int, list[str]]], where: FilePlace) -> Iterator[TableRow]:
    """The items of a table's rows, each with its line; titles, totals and the like are told as left out. What stands before
    the header as a line of a list ("- metformin 500 mg bd") may be one, and is refused.

    A row that says whose the next ones are ("Patient: John Smith") does so where there is no column for it; a header
    may come again, on the next page or for the next person.
    """
    around = (where.path, where.sheet)
    first: str | None = None
    found = False
    aside: list[tuple[list[str], int, str]] = []
    under: _Under | None = None
    waiting: list[tuple[int, list[str]]] = []
    whose: str | None = None
    stopped = ""
    for number, cells in numbered:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled or (filled[0][0] in "-:" and not "".join(filled).strip("-:=")):
            continue  # "|---|---|" below the header of a Markdown table
        named = person(" ".join(filled))
        if under is None and len(waiting) < MOST_LINES_BEFORE and not is_header(cells, where.mapping):
            waiting.append((number, cells))
            whose = named or whose
        elif under is None or is_header(cells, where.mapping):
            under, stopped = _Under(read_columns(cells, where.mapping, where.path, number)), ""
        elif len(filled) == 1 and (heads := stops(filled[0])) is not None:
            stopped = filled[0] if heads else ""
            aside.append((cells, number, "it is a heading"))
        elif stopped and not named:
            aside.append((cells, number, f"it stands below the heading '{stopped}'"))
        elif named and not under.apart:
            whose = named
        elif is_total(cells):
            aside.append((cells, number, "it is no item"))
        elif (given := under.item(cells)) is not None:
            named_in_row = patient_of(cells, under.columns) if under.apart else whose
            first, found = (first if found else named_in_row), True
            yield named_in_row, given, around, number
    if under is None and waiting:
        read_columns(waiting[0][1], where.mapping, where.path, waiting[0][0])  # says what is wrong with the header
    titles: list[tuple[list[str], int, str]] = []
    for number, cells in waiting:
        written = ", ".join(filter(None, map(str.strip, cells)))
        if is_listed(written):
            yield first, Given(without_marks(written), refused=_ABOVE), around, number
        elif not _separator(cells) and not person(" ".join(cells)):
            titles.append((cells, number, "it stands before the header"))
    for cells, number, why in (*titles, *aside):
        yield first, Given(" | ".join(filter(None, cells)), left_out=why), around, number


class _Under:
    """Reads the rows under one header; rows that say the same of what is taken are read once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.apart = columns.places.get("patient", ())
        self._alike: dict[tuple[str, ...], Given] = {}

    def item(self, cells: list[str]) -> Given | None:
        """The item of a row, without its place; ``None`` where the row says nothing."""
        key = tuple(cell for place, cell in enumerate(cells) if place not in self.apart)
        known = self._alike.get(key) if len(cells) == self.columns.width else None
        if known is not None:
            return known
        read = read_row(cells, self.columns, "")
        given = read[1] if read else None
        whole = given is not None and not given.refused and len(cells) == self.columns.width
        if given is not None and whole and len(self._alike) < MOST_ALIKE:
            self._alike[key] = given  # what is refused may be told with the person's cell
        return given


def _separator(cells: list[str]) -> bool:
    """``sep=;``: a line that tells spreadsheets how the cells are separated."""
    return cells[0].strip().lower() in ("sep=", "sep=,", "sep=;", "sep=|", "sep=\t")


def whose(rows: Iterable[PersonItem]) -> Iterator[PersonItem]:
    """The rows, each with its person; where some name one and others do not, the others are nobody's and refused.

    An empty cell may mean the person above (a merged cell) or nobody known: what is taken must not be added up for the
    wrong one, nor be missing where it belongs. So the person above is told that there is such a row. What is left out
    anyway (a heading) is told with the person above.
    """
    known = list(rows)
    names = [name for name, given in known if name is not None and not given.left_out]
    if not names:
        yield from known
        return
    above, begun = names[0], False
    for name, given in known:
        above, begun = (name, True) if name is not None else (above, begun)
        if name is not None or given.left_out:
            yield above, given
            continue
        yield None, given if given.refused else replace(given, refused=WITHOUT_PERSON)
        if begun:
            yield above, replace(PERHAPS_OF_THIS_ONE, place=given.place)


WITHOUT_PERSON = "its row names no person and others do: write the name in every row"
"""Why a row is refused that names nobody where others do."""
PERHAPS_OF_THIS_ONE = Given("a row below that names no person", left_out="whether it is this person's is not known")
"""What the person above such a row is told of it."""
