"""D101 header (error)

What. The first line of a table is the schema's column names, all of them, in the schema's order, each once.

Why. Every reader finds a figure by its column's name; a column that is missing, misspelt or moved puts a dose where
none is expected.

Passes:
    name_a,name_b,list,verification,source

Fires:
    name_a,nameb,list,verification,source
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import FIX, Dataset, Rule, shown
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D101", "header")


def check(data: Dataset) -> Iterator[Finding]:
    """Header findings of all files."""
    for sheet in data.sheets.values():
        if sheet.header is None:
            yield RULE.on(
                sheet.path, 1, 1, "the file is empty", f"start it with the header {','.join(sheet.table.header)}"
            )
            continue
        if sheet.header_sound:
            continue
        cells, wanted = sheet.header.cells, sheet.table.header
        mark = _other_mark(sheet.header)
        if mark:
            yield RULE.at(
                sheet.header, 0, f"{mark} separate the columns", "save the file with commas between its cells"
            )
            continue
        for position, cell in enumerate(cells):
            if cell not in wanted:
                yield RULE.at(
                    sheet.header,
                    position,
                    f"table {sheet.table.name} has no column {shown(cell)}",
                    "rename or remove it",
                )
            elif cell in cells[:position]:
                yield RULE.at(
                    sheet.header, position, f"column {cell} stands here a second time", "remove one of the two"
                )
        missing = [name for name in wanted if name not in cells]
        if missing:
            several = len(missing) > 1
            yield RULE.at(
                sheet.header,
                0,
                f"column{'s' * several} {', '.join(missing)} {'are' if several else 'is'} missing",
                f"add {'them' if several else 'it'} (in tables of your own 'doseref validate DIR --fix' does); "
                f"the header is {','.join(wanted)}",
            )
        if sorted(cells) == sorted(wanted):
            first = next(position for position, cell in enumerate(cells) if cell != wanted[position])
            yield RULE.at(sheet.header, first, f"column {cells[first]} stands where {wanted[first]} belongs", FIX)


def _other_mark(header: Row) -> str:
    """What stands between the columns instead of commas, as some spreadsheet programs save tables;
    empty where it is none.
    """
    for mark, words in ((";", "semicolons"), ("\t", "tabs")):
        names = [name.strip() for cell in header.raw for name in cell.split(mark)]
        if len(header.raw) == 1 and len(names) > 1 and any(name in header.sheet.table.header for name in names):
            return words
    return ""
