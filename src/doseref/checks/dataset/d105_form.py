"""D105 form (error)

What. A file is written in the one canonical form: UTF-8 without byte order mark, LF at the end of every line, no blank
lines, no tabs, no blanks at the ends of a cell or twice inside, quotation marks only where needed, numbers without
needless zeros, signs or exponents.

Why. Two spellings of one fact make needless differences, and stray blanks make names that look alike and do not match.

Passes:
    7.5

Fires:
    7.50
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import FIX, Dataset, Rule, columns_of, shown
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.tables.write import canonical_cell, canonical_number

RULE = Rule("D105", "form")


def check(data: Dataset) -> Iterator[Finding]:
    """Everything that the canonical writer would write otherwise, but for the order of the rows."""
    for sheet in data.sheets.values():
        for flaw in sheet.flaws:
            if flaw.kind == "form":
                yield RULE.flaw(sheet, flaw, FIX)
        for row in sheet.every_row():
            if row.raw is not row.cells:
                yield from _blanks(row)
        numbers = [
            (position, column) for position, column in columns_of(sheet) if column.kind in ("decimal", "integer")
        ]
        lists = [(position, column) for position, column in columns_of(sheet) if column.kind in ("list", "refs")]
        for row in sheet.rows:
            cells = row.cells
            for position, column in numbers:
                cell = cells[position]
                plain = canonical_number(cell) if cell else None
                if plain is not None and plain != cell:
                    yield RULE.at(row, position, f"{column.name} is written {shown(cell)} instead of {plain}", FIX)
            for position, column in lists:
                cell = cells[position]
                if ";" in cell and canonical_cell(column, cell) != cell:
                    wanted = canonical_cell(column, cell)
                    yield RULE.at(
                        row, position, f"{column.name} is written {shown(cell)} instead of {shown(wanted)}", FIX
                    )


def _blanks(row: Row) -> Iterator[Finding]:
    for position, (raw, cell) in enumerate(zip(row.raw, row.cells, strict=True)):
        if raw == cell or "\n" in raw:
            continue
        if "\t" in raw:
            what = "a tab"
        elif any(char.isspace() and char != " " for char in raw):
            what = "a blank that is no plain space"
        elif raw.endswith(" "):
            what = "a trailing blank"
        elif raw.startswith(" "):
            what = "a leading blank"
        else:
            what = "two blanks in a row"
        yield RULE.at(row, position, f"{what} in {shown(raw)}", FIX)
