"""D109 null-word (error)

What. A cell that says nothing is blank; it does not say NA, N/A, null, none, nan, -, ? or TBD.

Why. Every tool reads such words its own way: one as missing, one as a name. There is one spelling of "nothing":
nothing.

Passes:
    (a blank cell)

Fires:
    NA
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, shown
from doseref.findings import Finding

RULE = Rule("D109", "null-word")

WORDS = frozenset(
    "na n/a n.a. n.a #n/a #na #value! #ref! #name? #div/0! <na> nan null nil nul none undefined unknown tbd todo xxx - "
    "-- --- – — . … ? ??".split()
)
"""What people and programs write for "nothing", lower case."""


def check(data: Dataset) -> Iterator[Finding]:
    """Cells that are a word for nothing, in all rows of the right width."""
    for sheet in data.sheets.values():
        names = {position: name for name, position in sheet.index.items()}
        for row in sheet.rows:
            for position, cell in enumerate(row.cells):
                if len(cell) <= 9 and cell and cell.lower() in WORDS:
                    yield RULE.at(
                        row,
                        position,
                        f"{names.get(position, 'the cell')} says {shown(cell)}",
                        "leave the cell blank, or write out what is meant",
                    )
