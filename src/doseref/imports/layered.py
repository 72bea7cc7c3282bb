"""The shipped tables with the rows of a book over them, before these are written anywhere."""

from __future__ import annotations

from doseref.imports.book import Book
from doseref.refdata import Reference
from doseref.tables.lines import Lines, cells_of, line_of
from doseref.tables.load import load_lines
from doseref.tables.overlay import layered
from doseref.tables.schema import Table


class BookReference(Reference):
    """A :class:`~doseref.refdata.Reference` over the shipped tables and the rows of ``book`` as they are when first
    asked for.
    """

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book

    def _loaded(self, table: Table) -> Lines:
        shipped = load_lines(table, self.directory)
        rows = self._book.rows.get(table.name)
        if not rows:
            return shipped
        places = {name: position for position, name in enumerate(table.header)}
        own = [line_of(row[name] for name in table.header) for row in rows]
        return Lines(layered(table, shipped.lines, own, lambda line, name: cells_of(line)[places[name]]))
