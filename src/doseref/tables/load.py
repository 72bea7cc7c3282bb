"""The fast, trusting reader of ``data/`` and the place where the data are.

It expects a dataset that ``doseref validate`` finds sound: it looks at the header and at the width of a row
and at nothing else. The strict reader, which keeps the line and column of every cell, is
:mod:`doseref.tables.read`.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from doseref.errors import DataError
from doseref.tables.lines import Lines, are_rows, line_of
from doseref.tables.schema import SOURCES, Table

PACKAGE_FILE = "datapackage.json"
"""The file that describes the tables and carries the data's version."""

_MEND = "run 'doseref validate' to see what is wrong with the data"


def data_directory() -> Path:
    """The directory of the tables: ``doseref/data`` in an installed wheel, ``<repository>/data`` in a checkout.

    Raises :class:`DataError` where neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "data", package.parents[1] / "data"):
        if directory.is_dir():
            return directory
    raise DataError("the data directory of doseref is missing; install doseref again")


class OutsideError(OSError):
    """A file of a dataset that is a link to somewhere else: what is not in the directory is not read."""


def own_file(directory: Path, name: str) -> Path:
    """The file of this name in ``directory``; raises :class:`OutsideError` where it is a link that leads out of it.

    A dataset may come from anybody, and a finding shows what stands in a cell: a link to a file elsewhere would print
    it.
    """
    path = directory / name
    if path.is_symlink() and not path.resolve().is_relative_to(directory.resolve()):
        raise OutsideError("it is a link that leads out of the directory")
    return path


def load(table: Table, directory: Path) -> list[dict[str, str]]:
    """The rows of ``table`` in ``directory``, in file order, each cell a string by column name;
    raises as :func:`load_cells`.
    """
    header = table.header
    return [dict(zip(header, row, strict=True)) for row in load_cells(table, directory)]


def load_lines(table: Table, directory: Path) -> Lines:
    """The rows of ``table`` in ``directory``, each taken apart when it is asked for; raises as :func:`load_cells`."""
    header = table.header
    try:
        content = own_file(directory, table.file).read_bytes()
        lines = _lines(content)
    except (OSError, UnicodeDecodeError):
        content, lines = b"", [""]
    if lines[0] == ",".join(header) and b"\r" not in content:
        del lines[0]
        if lines and lines[-1] == "":
            lines.pop()
        if are_rows(lines, len(header)):
            return Lines(lines)
    return Lines([line_of(row) for row in load_cells(table, directory)])  # line breaks in cells, or something is wrong


def _lines(content: bytes) -> list[str]:
    """The lines of a file, without their ends; raises :class:`UnicodeDecodeError` where it is not UTF-8."""
    if content.isascii():
        return content.decode("ascii").split("\n")
    # One other letter in a whole text makes every character of it wider, and each line narrow again.
    return [line.decode("utf-8") for line in content.split(b"\n")]


def load_cells(table: Table, directory: Path) -> list[list[str]]:
    """The cells of every row of ``table`` in ``directory``, in file order and in the order of the table's columns.

    Raises :class:`DataError` for a file that is missing or not readable as UTF-8, a header that is not the
    schema's, or a row that is too short or too long.
    """
    path = directory / table.file
    header = list(table.header)
    width = len(header)
    rows: list[list[str]] = []
    try:
        with own_file(directory, table.file).open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            if next(reader, None) != header:
                raise DataError(f"{path}:1: the header is not that of table {table.name}; {_MEND}")
            for row in reader:
                if len(row) != width:
                    raise DataError(f"{path}:{reader.line_num}: {len(row)} cells instead of {width}; {_MEND}")
                rows.append(row)
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing; {_MEND}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: {error}; {_MEND}") from None
    return rows


def data_digest(directory: Path) -> str:
    """SHA-256 (hexadecimal) over the names and bytes of all ``*.csv`` files of ``directory``, in the order of their
    names.

    Each file counts as its name, a NUL, its length in bytes, a NUL and its bytes, so that no two datasets share a
    digest by moving bytes from one file to the next. Raises :class:`DataError` where a file cannot be read.
    """
    import hashlib

    digest = hashlib.sha256()
    try:
        for name in sorted(each for each in os.listdir(directory) if each.endswith(".csv")):  # noqa: PTH208  no paths yet
            content = own_file(directory, name).read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    except OSError as error:
        raise DataError(f"{directory}: {error}") from None
    return digest.hexdigest()


def data_version(directory: Path) -> str:
    """The ``version`` of ``datapackage.json`` in ``directory``, ``unknown`` where there is none to be read."""
    try:
        content = own_file(directory, PACKAGE_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return "unknown"
    # The file is generated and has one "version" of its own; loading all of it to read ten characters costs a start-up.
    _, found, rest = content.partition('"version": "')
    version = rest.partition('"')[0]
    return version if found and version else "unknown"


def data_vintage(directory: Path) -> str:
    """How old the data in ``directory`` are: how many sources, the day one was last read,
    the first day one is due for review.
    """
    rows = load(SOURCES, directory)
    read, due = max(row["retrieved"] for row in rows), min(row["review_by"] for row in rows)
    return f"{len(rows):,} sources, last read {read}, due for review from {due}"
