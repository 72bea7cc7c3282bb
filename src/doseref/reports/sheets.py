"""Workbooks: text of a user stays text, in a workbook as in a CSV file;
rows are written as they come, never held together.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from doseref.errors import MissingExtraError
from doseref.quantities import json_number
from doseref.records import record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 32_767
"""Characters a spreadsheet cell can hold."""
_COLOURS = {"error": "#A40E26", "over": "#A40E26", "warning": "#7A4E00", "possible": "#7A4E00"}
"""Words that stand alone in a cell and are coloured; the word itself always stays."""


def inert(text: str, keep: str = "") -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe in front, and no control characters but those to
    ``keep``.

    White space in front of the sign is skipped as spreadsheets skip it.
    """
    guarded = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char in keep else " " for char in text)
    return ("'" + text if guarded else text)[:MOST]


@record
class WorkbookSheet:
    """One sheet: its title, the names of its columns, their widths in characters, and its rows, which are read once."""

    title: str
    header: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Iterable[WorkbookSheet]) -> bytes:
    """The ``.xlsx`` file: bold frozen headers, filters, numbers as numbers, no formula; prints across, one page wide,
    header on each.

    Raises :class:`MissingExtraError` without XlsxWriter, and :class:`OSError` where a temporary file cannot be
    finished.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("writing .xlsx", "xlsx") from None
    out = io.BytesIO()
    spare = _temporary_files()
    options = {
        "constant_memory": spare,
        "in_memory": not spare,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with xlsxwriter.Workbook(out, options) as book:
            looks = _Looks(book)
            for sheet in sheets:
                _write(book.add_worksheet(sheet.title), sheet, looks)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(f"no temporary file can be written ({error})") from None
    return out.getvalue()


def _temporary_files() -> bool:
    """Whether temporary files can be written here; without them a workbook is made in memory."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"?")
    except OSError:
        return False
    return True


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.short = book.add_format({"valign": "top"})
        self.whole = book.add_format({"valign": "top", "num_format": "#,##0"})
        self.broken = book.add_format({"valign": "top", "num_format": "#,##0.####"})
        self.words = {
            word: book.add_format({"bold": True, "valign": "top", "font_color": colour})
            for word, colour in _COLOURS.items()
        }


def _write(sheet: Any, content: WorkbookSheet, looks: _Looks) -> None:
    for column, width in enumerate(content.widths):
        sheet.set_column(column, column, width)
    for column, name in enumerate(content.header):
        sheet.write_string(0, column, name, looks.head)
    last = 0
    for last, row in enumerate(content.rows, start=1):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                text = inert(value, keep="\n")
                long = len(text) > content.widths[column] or "\n" in text
                sheet.write_string(last, column, text, looks.words.get(text) or (looks.text if long else looks.short))
            else:
                number = json_number(value) if isinstance(value, Decimal) else value
                sheet.write_number(last, column, number, looks.broken if number != int(number) else looks.whole)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(content.header) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
