"""D110 quoting (error)

What. A quotation mark opens a cell at its start and closes it at its end; inside such a cell it is written twice.

Why. A mark that is never closed swallows the rows below it.

Passes:
    "oxycodone, immediate release"

Fires:
    "oxycodone, immediate release
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D110", "quoting")


def check(data: Dataset) -> Iterator[Finding]:
    """Quotation marks gone wrong, in all files."""
    for sheet in data.sheets.values():
        for flaw in sheet.flaws:
            if flaw.kind == "quote":
                yield RULE.flaw(sheet, flaw, "put the cell in quotation marks and write each mark inside it twice")
