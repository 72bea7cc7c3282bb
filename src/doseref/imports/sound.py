"""Only sound rows stay in an overlay that is filled by a program: what a rule of the dataset refuses is taken away and
told.
"""

from __future__ import annotations

from pathlib import Path

from doseref.checks.dataset.overlay import check_overlay
from doseref.findings import Severity
from doseref.imports.book import Book

_MOST_ROUNDS = 4
"""A row that goes may leave another one without what it points at."""


def only_sound(book: Book, told: list[tuple[str, str]]) -> None:
    """Take away rows with errors, so that the overlay can always be used;
    ``(row, why)`` of each is added to ``told``.
    """
    for _ in range(_MOST_ROUNDS):
        _, findings = check_overlay(book.directory)
        wrong: dict[str, dict[str, str]] = {}
        for finding in findings:
            where = finding.locations[0]
            table = Path(where.path).stem
            if finding.severity is Severity.ERROR and where.line > 1 and table in book.rows:
                key = _key_at(book.directory / f"{table}.csv", where.line)
                wrong.setdefault(table, {})[key] = f"{finding.message} ({finding.code})"
        if not wrong:
            return
        for table, keys in wrong.items():
            book.drop(table, keys)
            told.extend((f"{table}.csv {key}", why) for key, why in keys.items())
        book.save()


def _key_at(path: Path, line: int) -> str:
    """The first cell of a line of a canonical table."""
    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        for number, text in enumerate(lines, 1):
            if number == line:
                return next(iter(csv.reader([text])))[0]
    return ""
