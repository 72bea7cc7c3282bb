"""What a table and one of its columns are: name, type, constraint and the words that describe it."""

from __future__ import annotations

from typing import Literal

from doseref.records import record

ColumnKind = Literal["string", "integer", "decimal", "date", "enum", "flag", "list", "ref", "refs"]
"""``flag`` is ``yes`` or empty; ``list`` is terms joined by ``; ``; ``ref``/``refs`` point at another table's id."""


@record
class Column:
    """One column. ``words`` says what a cell holds, in which unit, per what."""

    name: str
    kind: ColumnKind
    words: str
    required: bool = False
    values: tuple[str, ...] = ()
    table: str = ""
    """The table a ``ref``/``refs`` points at (its first column is the id)."""
    pattern: str = ""
    """A regular expression the whole cell must match (strings only)."""
    minimum: int | None = None
    vocabulary: Literal["", "unit", "count", "route"] = ""
    """Where the words of the cell come from: any unit code, a counted unit code, or a route word."""
    first_of: Literal["", "statement", "ingredient"] = ""
    """Filled on the first row of a statement (or of its ingredient) only; blank on the rows that continue it."""


@record
class Table:
    """One file: its columns in order, its key, and what one row is. Rows are sorted by ``order`` (default: the key)."""

    name: str
    words: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file name in ``data/``."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of this name; raises ``KeyError``."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
