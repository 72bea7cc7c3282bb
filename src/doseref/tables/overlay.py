"""Overlays: a directory of the project's own tables, layered over the shipped ones.

A row replaces the shipped row of the same key, and every other row is added. The rows of one product (its ingredients)
and of one statement (its phases and alternatives) belong together and are replaced together: a new composition never
keeps an ingredient of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from doseref.errors import DataError
from doseref.records import record
from doseref.tables.load import PACKAGE_FILE, data_digest, own_file
from doseref.tables.schema import TABLES, Table

OVERLAY_FILE = "overlay.json"
"""What may stand beside an overlay's tables: an object with the overlay's ``version`` (a string)."""

_TOGETHER = ("products", "drugs", "supplements")
"""Tables in which several rows make one thing; its id is their first column."""

T = TypeVar("T")


@record
class Overlay:
    """A directory of tables to be layered: where it is, its version (``unversioned`` where it states none),
    its SHA-256.
    """

    directory: Path
    version: str
    digest: str

    def to_json(self) -> dict[str, str]:
        """Path, version and hash."""
        return {"path": str(self.directory), "version": self.version, "sha256": self.digest}

    def __str__(self) -> str:
        return f"{self.directory} {self.version} ({self.digest[:7]})"


def open_overlay(directory: Path) -> Overlay:
    """The overlay in ``directory``; raises :class:`DataError` where there is no directory, or no table in it."""
    if not directory.is_dir():
        what = "this is no directory" if directory.exists() else "there is no such directory"
        raise DataError(f"{directory}: {what}")
    if not any((directory / table.file).is_file() for table in TABLES):
        raise DataError(f"{directory}: no table of the dataset is here (sources.csv, products.csv, limits.csv …)")
    return Overlay(directory, _version(directory), data_digest(directory))


def _version(directory: Path) -> str:
    import json

    for name in (OVERLAY_FILE, PACKAGE_FILE):
        path = directory / name
        if not path.is_file():
            continue
        try:
            content = json.loads(own_file(directory, name).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise DataError(f"{path}:1: cannot be read: {error}") from None
        version = content.get("version") if isinstance(content, dict) else None
        if not isinstance(version, str) or not version.isprintable() or not 0 < len(version) <= 40:
            raise DataError(f'{path}:1: "version" must be a text of 1 to 40 characters')
        return version
    return "unversioned"


def is_overlay(directory: Path) -> bool:
    """Whether a directory is meant as an overlay: it says so, or it describes no whole dataset and lacks tables."""
    if (directory / OVERLAY_FILE).is_file():
        return True
    present = [table for table in TABLES if (directory / table.file).is_file()]
    return bool(present) and len(present) < len(TABLES) and not (directory / PACKAGE_FILE).exists()


def identity(table: Table) -> tuple[str, ...]:
    """The columns by which a row of an overlay replaces shipped ones."""
    return table.key[:1] if table.name in _TOGETHER else table.key


def layered(table: Table, below: Iterable[T], above: Iterable[T], cell: Callable[[T, str], str]) -> list[T]:
    """The rows of both, where those of ``above`` replace those of the same :func:`identity`;
    ``cell`` gives a row's cell.
    """
    columns = identity(table)

    def key(row: T) -> tuple[str, ...]:
        return tuple(cell(row, column) for column in columns)

    added = list(above)
    replaced = {key(row) for row in added}
    return [*(row for row in below if key(row) not in replaced), *added]
