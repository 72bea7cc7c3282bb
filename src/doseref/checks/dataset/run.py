"""All dataset rules over one dataset, and the mending of what is only a matter of form."""

from __future__ import annotations

from doseref.checks.dataset.data import Dataset, uncollected
from doseref.checks.runner import run
from doseref.findings import Finding
from doseref.tables.write import canonical, mendable, write


def check(data: Dataset) -> list[Finding]:
    """The findings of every rule, by file, line, column and code."""
    with uncollected():
        found = run("dataset", data)
    found.sort(key=_order)
    return found


def _order(finding: Finding) -> tuple[str, int, int, str]:
    where = finding.locations[0]
    return where.path, where.line, where.column, finding.code


def fix(data: Dataset, *, completed: bool = False) -> list[str]:
    """Write every file that is not in canonical form or order anew; returns the paths written, as shown to a person.

    A file is left alone where writing it would lose something (rows too short or long, bytes that are no UTF-8,
    quotation marks gone wrong, columns missing unless ``completed``: then they are added, blank). Raises ``OSError``
    where a file cannot be written.
    """
    written = []
    for sheet in data.sheets.values():
        if not mendable(sheet, completed=completed):
            continue
        path = data.directory / sheet.table.file
        text = canonical(sheet, completed=completed)
        if path.read_bytes() != text.encode("utf-8"):
            write(path, text)
            written.append(sheet.path)
    return written
