"""D102 row-width (error)

What. Every row has as many cells as the header has columns; a blank line is no row.

Why. One comma too many or too few moves every figure behind it into the wrong column, and spreadsheet programs say
nothing about it.

Passes:
    a,b,c under the header x,y,z

Fires:
    a,b under the header x,y,z
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D102", "row-width")


def check(data: Dataset) -> Iterator[Finding]:
    """Rows that are too short or too long, in all files."""
    for sheet in data.sheets.values():
        for row in sheet.misshapen:
            have, want = len(row.raw), sheet.width
            last = row.place(min(have, want) - 1)
            if have > want:
                message = f"the row is too long: {have} cell{'' if have == 1 else 's'} under {want} columns"
                mend = "remove the surplus cells, or put quotation marks around a cell that holds a comma"
                line, column, _ = row.place(want)
            else:
                message = f"the row is too short: {have} cell{'' if have == 1 else 's'} under {want} columns"
                mend = "add the missing cells (a blank cell needs its comma)"
                line, column = last[0], last[1]
            yield RULE.on(sheet.path, line, column, message, mend)
