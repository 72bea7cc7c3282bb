"""What the dataset rules look at: all tables as read strictly, with what several rules ask for worked out once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from doseref.findings import Finding, Location, Severity
from doseref.records import record
from doseref.tables.load import own_file
from doseref.tables.read import Flaw, Row, Sheet, read
from doseref.tables.schema import TABLES, Column, Table
from doseref.tables.vocabulary import vocabulary
from doseref.tables.write import canonical_number

if TYPE_CHECKING:
    from doseref.dosage.model import Dosage
    from doseref.dosage.vocabulary import Vocabulary
    from doseref.tables.compare import Change

FIX = "run 'doseref validate --fix'"
"""The mend of everything that the canonical writer puts right."""

STATEMENT_TABLES = ("drugs", "supplements")


@record
class Rule:
    """Code, name and severity of one rule, and findings made in its name."""

    code: str
    name: str
    severity: Severity = Severity.ERROR

    def at(
        self,
        row: Row,
        column: str | int,
        message: str,
        mend: str = "",
        *,
        also: Iterable[Location] = (),
        working: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about one cell; ``also`` are further places that it speaks of."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message,
            substances=(row["substance"],) if row["substance"] else (),
            sources=(row["source"],) if row["source"] else (),
            working=working,
            locations=(place(row, column), *also),
            mend=mend,
        )

    def on(
        self, path: str, line: int, column: int, message: str, mend: str = "", severity: Severity | None = None
    ) -> Finding:
        """A finding about a place in a file (line 0: the file as a whole)."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message,
            locations=(Location(path, line, column),),
            mend=mend,
        )

    def flaw(self, sheet: Sheet, flaw: Flaw, mend: str) -> Finding:
        """A finding for what the reader saw."""
        return self.on(sheet.path, flaw.line, flaw.column, flaw.message, mend)

    def changed(self, data: Dataset, change: Change) -> Finding:
        """A finding for a difference from an older version; a row that is gone stands nowhere but in its file."""
        where = Location(f"{data.shown.rstrip('/')}/{change.table}.csv")
        return Finding(
            self.code,
            self.name,
            self.severity,
            change.words,
            substances=(change.substance,) if change.substance else (),
            sources=(change.source,) if change.source else (),
            locations=(where if change.row is None else place(change.row, change.column),),
        )


def place(row: Row, column: str | int) -> Location:
    """Where a cell stands."""
    line, start, end = row.place(column)
    return Location(row.sheet.path, line, start, end, row["source"] or None)


@dataclass(slots=True)
class Dataset:
    """All tables of one directory."""

    directory: Path
    shown: str
    """The directory as it is to be shown to a person."""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """The files that are there, by table name."""
    unreadable: dict[str, str] = field(default_factory=dict)
    """Tables whose file is not there or cannot be opened, and why."""
    articles: Path | None = None
    """The directory of the article texts, where it is at hand."""
    articles_shown: str = ""
    as_of: date = date.min
    """The day that review dates are held against."""
    older: dict[str, Sheet] | None = None
    """The tables of an older version to compare with, where one was asked for."""
    readings: dict[str, Dosage] = field(default_factory=dict)
    """The machine's reading of each dosage text that was asked for."""
    _vocabulary: Vocabulary | None = None
    _ids: dict[str, dict[str, Row]] = field(default_factory=dict)
    _statements: dict[str, list[Row]] | None = None
    _changes: list[Change] | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The names that the dosage texts are read with: those of this dataset."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary(lambda table: self.rows(table.name))
        return self._vocabulary

    def rows(self, name: str) -> list[Row]:
        """The rows of the right width of one table; none where its file is missing."""
        sheet = self.sheets.get(name)
        return sheet.rows if sheet else []

    def ids(self, name: str) -> dict[str, Row]:
        """The rows of a table by their first column; misshapen rows count,
        so that one fault does not look like many.
        """
        known = self._ids.get(name)
        if known is None:
            known = {}
            sheet = self.sheets.get(name)
            if sheet:
                first = sheet.table.columns[0].name
                for row in (*sheet.rows, *sheet.misshapen):
                    known.setdefault(row[first], row)
            self._ids[name] = known
        return known

    def statements(self) -> dict[str, list[Row]]:
        """The rows of each statement by its id, in file order."""
        if self._statements is None:
            self._statements = {}
            for name in STATEMENT_TABLES:
                for row in self.rows(name):
                    self._statements.setdefault(row["id"], []).append(row)
        return self._statements

    def changes(self) -> list[Change]:
        """Every difference from the older version; none where there is no such version."""
        if self._changes is None:
            self._changes = []
            if self.older is not None:
                from doseref.tables.compare import changes

                self._changes = list(changes(self.older, self.sheets))
        return self._changes


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for garbage: a dataset is many small objects that all stay, and looking through them again and
    again is what would make the checking time grow faster than the dataset."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_dataset(
    directory: Path,
    *,
    shown: str = "",
    articles: Path | None = None,
    articles_shown: str = "",
    as_of: date | None = None,
    tables: Iterable[Table] = TABLES,
) -> Dataset:
    """Everything in ``directory`` as read; a file that cannot be opened is noted, not raised."""
    shown = shown or str(directory)
    data = Dataset(directory, shown, articles=articles, articles_shown=articles_shown or str(articles or ""))
    data.as_of = as_of or date.today()
    with uncollected():
        for table in tables:
            try:
                path = own_file(directory, table.file)
                data.sheets[table.name] = read(table, path, f"{shown.rstrip('/')}/{table.file}")
            except FileNotFoundError:
                data.unreadable[table.name] = "the file is missing"
            except OSError as error:
                data.unreadable[table.name] = f"the file cannot be read: {error.strerror or error}"
    return data


def number(row: Row, column: str) -> Decimal | None:
    """The number in a cell; ``None`` where it is blank or no number (which D103 tells)."""
    cell = row[column]
    if not cell:
        return None
    plain = canonical_number(cell)
    return Decimal(plain) if plain is not None and len(plain) <= 40 else None


def dose_stem(row: Row) -> str:
    """What the daily amount is made of: ``dose``, or ``count`` where the row has nothing but a count (one patch)."""
    return "dose" if row["dose_low"] or not row["count_low"] else "count"


def terms(cell: str) -> list[str]:
    """The terms of a ``list`` or ``refs`` cell."""
    return [term for term in (part.strip() for part in cell.split(";")) if term] if cell else []


def shown(cell: str, most: int = 120) -> str:
    """A cell for a message: in quotation marks, control characters escaped, a long one cut in the middle."""
    text = "".join(char if char.isprintable() else _escaped(char) for char in cell)
    if len(text) > most:
        text = f"{text[: most // 2]} … {text[-most // 3 :]}"
    return f"'{text}'"


def _escaped(char: str) -> str:
    """A character that cannot be shown; a lone surrogate is a byte that is no UTF-8."""
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape", "replace").decode("ascii")


def differing(rule: Rule, row: Row, first: Row, columns: Iterable[str], where: str, whole: str) -> Iterator[Finding]:
    """Cells of ``columns`` that differ from those of the ``first`` row of ``whole`` ("a product"),
    which must say the same.
    """
    for column in columns:
        if row[column] != first[column]:
            yield rule.at(
                row,
                column,
                f"{column} {shown(row[column])} differs from {shown(first[column])} {where}",
                f"write the same on all rows of {whole}",
                also=(place(first, column),),
            )


def columns_of(sheet: Sheet) -> list[tuple[int, Column]]:
    """Position and column of every known column of the file's own header."""
    by_name = {column.name: column for column in sheet.table.columns}
    return [(position, by_name[name]) for name, position in sheet.index.items() if name in by_name]
