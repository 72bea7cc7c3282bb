"""Cells for spreadsheets: text of a user stays text, in a workbook as in a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from doseref.quantities import json_number

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 32_767
"""Characters a spreadsheet cell can hold."""


def inert(text: str, keep: str = "") -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe in front, and no control characters but those to ``keep``.

    White space in front of the sign is skipped as spreadsheets skip it.
    """
    guarded = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    cleaned = "".join(char if char.isprintable() or char in keep else " " for char in text)
    return ("'" + cleaned if guarded else cleaned)[:MOST]


def fill(sheet: Any, header: Sequence[str], body: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
    """Write a table into an openpyxl sheet: bold frozen header, filter, numbers as numbers, text as text and never a formula."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, (name, width) in enumerate(zip(header, widths, strict=True), start=1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    wrapped, single = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    last = 1
    for last, row in enumerate(body, start=2):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(last, column)
            cell.alignment = wrapped if isinstance(value, str) else single
            if isinstance(value, str):
                cell.value = inert(value, keep="\n")
                cell.data_type = "s"  # set after the value, which might have made the cell something else
            else:
                cell.value = json_number(value) if isinstance(value, Decimal) else value
                cell.number_format = "#,##0.####" if value != int(value) else "#,##0"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"
