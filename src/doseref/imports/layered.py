"""The shipped tables with the rows of a book over them, before these are written anywhere."""

from __future__ import annotations

from doseref.imports.book import Book
from doseref.refdata import Reference
from doseref.tables.load import load_cells
from doseref.tables.overlay import layered
from doseref.tables.schema import Table


class BookReference(Reference):
    """A :class:`~doseref.refdata.Reference` over the shipped tables and the rows of ``book`` as they are when first
    asked for.
    """

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book

    def _loaded(self, table: Table) -> list[list[str]]:
        cells = load_cells(table, self.directory)
        rows = self._book.rows.get(table.name)
        if not rows:
            return cells
        places = {name: position for position, name in enumerate(table.header)}
        above = [[row[name] for name in table.header] for row in rows]
        return layered(table, cells, above, lambda row, name: row[places[name]])
