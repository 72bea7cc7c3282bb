"""The tables of an overlay that is being filled, and beside them what an import read and from where.

Tables that judge lie in the overlay's directory; the record of the import lies in ``imported/``: ``labels.csv`` (every
label with version, date and labeller), ``products.csv`` (every product with NDC and UNII) and ``readings.csv`` (every
dosage figure beside the sentence it was read from).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from doseref.errors import DataError, InputError
from doseref.streams import write_whole
from doseref.tables.load import load_cells
from doseref.tables.overlay import OVERLAY_FILE
from doseref.tables.schema import LIMITS, NAMES, PRODUCTS, SOURCES, SUBSTANCES, Table
from doseref.tables.write import quoted, render

TABLES = (SOURCES, SUBSTANCES, NAMES, PRODUCTS, LIMITS)
RECORD = "imported"
LABELS = tuple("set_id version date kind labeller title file products readings limits left_out".split())
LISTED = tuple(
    "set_id version ndc name generic product known_as form route position as_named unii moiety moiety_unii substance "
    "strength unit per per_unit reason".split()
)
READINGS = tuple("set_id version section title status substances read limit figures population sentence".split())
RECORDS = {"labels": LABELS, "products": LISTED, "readings": READINGS}

RawRow = dict[str, str]


class Book:
    """The rows of an overlay by table, with what was imported into it before; nothing is written before :meth:`save`.

    The tables are held in memory. The record of the import is not: what was noted is added to its files when it is
    saved.
    """

    def __init__(self, directory: Path, version: str) -> None:
        """Open or start the overlay in ``directory``; raises :class:`DataError` for tables that cannot be loaded."""
        self.directory = directory
        self.version = version
        self.rows: dict[str, list[RawRow]] = {}
        self.noted: dict[str, list[RawRow]] = {name: [] for name in RECORDS}
        if directory.exists() and not directory.is_dir():
            raise InputError("this is no directory", path=str(directory))
        for table in TABLES:
            there = (directory / table.file).is_file()
            cells = load_cells(table, directory) if there else []
            self.rows[table.name] = [dict(zip(table.header, row, strict=True)) for row in cells]

    def record(self, name: str) -> Iterator[RawRow]:
        """The saved rows of one record of the import; raises :class:`DataError` for a file that is none."""
        path = self.directory / RECORD / f"{name}.csv"
        columns = RECORDS[name]
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                reader = csv.reader(lines, strict=True)
                if tuple(next(reader, ())) != columns:
                    raise DataError(
                        f"{path}:1: this is no record of an import; remove the directory to import all again"
                    )
                for row in reader:
                    if len(row) != len(columns):
                        raise DataError(f"{path}:{reader.line_num}: {len(row)} cells instead of {len(columns)}")
                    yield dict(zip(columns, row, strict=True))
        except FileNotFoundError:
            return
        except (OSError, ValueError, csv.Error) as error:
            raise DataError(f"{path}: {error}") from None

    def imported(self) -> dict[str, int]:
        """Version of each label that was imported, by set id."""
        return {row["set_id"]: int(row["version"]) for row in self.record("labels") if row["version"].isdigit()}

    def add(self, table: Table, **cells: str) -> None:
        """Add a row; cells that are not named are blank."""
        self.rows[table.name].append({name: cells.get(name, "") for name in table.header})

    def note(self, record: str, **cells: str) -> None:
        """Add a row to the record of the import."""
        self.noted[record].append({name: cells.get(name, "") for name in RECORDS[record]})

    def forget(self, sources: set[str]) -> set[str]:
        """Take away the rows of these sources; returns those of them with a limit that a person had confirmed."""
        if not sources & {row["id"] for row in self.rows["sources"]}:
            return set()
        confirmed = {row["source"] for row in self.rows["limits"] if row["source"] in sources and row["confirmed"]}
        for table in (PRODUCTS, LIMITS, NAMES):
            self.rows[table.name] = [row for row in self.rows[table.name] if row["source"] not in sources]
        self.rows["sources"] = [row for row in self.rows["sources"] if row["id"] not in sources]
        return confirmed

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Take away the rows of a table with these ids."""
        gone = set(keys)
        first = next(each for each in TABLES if each.name == table).columns[0].name
        self.rows[table] = [row for row in self.rows[table] if row[first] not in gone]

    def save(self) -> None:
        """Write every table that has rows, then the record of the import: a run that was cut short is taken up again.

        Raises :class:`InputError` where a file cannot be written.
        """
        try:
            (self.directory / RECORD).mkdir(parents=True, exist_ok=True)
            for table in TABLES:
                rows = self.rows[table.name]
                if not rows:
                    (self.directory / table.file).unlink(missing_ok=True)
                else:
                    text = render(table, ([row[name] for name in table.header] for row in rows))
                    _put(self.directory / table.file, text)
            _put(self.directory / OVERLAY_FILE, json.dumps({"version": self.version}) + "\n")
            for name in ("products", "readings", "labels"):  # the labels last: they say what need not be read again
                self._append(name)
        except OSError as error:
            path = str(error.filename or self.directory)
            raise InputError(f"cannot be written: {error.strerror or error}", path=path) from None

    def _append(self, name: str) -> None:
        """Write the record anew with what was noted, line by line, without what an older version of the same labels
        left.
        """
        columns, noted = RECORDS[name], self.noted[name]
        path = self.directory / RECORD / f"{name}.csv"
        if not noted and path.exists():
            return
        anew = {row["set_id"] for row in noted}
        beside = path.with_suffix(".new")
        with beside.open("w", encoding="utf-8", errors="replace", newline="") as out:
            out.write(",".join(columns) + "\n")
            for row in chain((old for old in self.record(name) if old["set_id"] not in anew), noted):
                out.write(",".join(quoted(row[column]) for column in columns) + "\n")
        beside.replace(path)
        noted.clear()


def _put(path: Path, text: str) -> None:
    write_whole(str(path), text.encode("utf-8", "replace"))
