"""The sheets of an ``.xlsx`` workbook as rows of text. Nothing in it is computed or followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from doseref import archives
from doseref.errors import InputError, MissingExtraError

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes a workbook may unpack to in all, by what its archive declares; more is never unpacked."""
MOST_PARTS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 64
"""Rows and columns that are read; a regimen has far fewer, and a stray cell far away must not make millions of rows."""


def sheets(path: str, content: bytes) -> Iterator[tuple[str, bool, list[list[str]], dict[int, str]]]:
    """Title, whether it is hidden, and rows of every sheet of cells: empty rows too (so that rows can be counted),
    without empty cells at the end.

    With them which rows are hidden or struck through, by number from 1: what is in them is not taken any more.

    Raises :class:`InputError` with the cell for what cannot be read, for a formula that was never computed, and for an
    archive that would unpack to too much; :class:`MissingExtraError` where openpyxl is not installed.
    """
    archives.guard(
        content,
        path,
        kind="a workbook of items",
        no_archive="not an .xlsx workbook (no zip archive); an old .xls must be saved as .xlsx first",
        most_bytes=MOST_UNPACKED,
        most_parts=MOST_PARTS,
    )
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("reading .xlsx", "xlsx") from None
    try:
        # Twice: the values for what is read, the formulas to see where a value was never computed.
        values, formulas = (
            load_workbook(io.BytesIO(content), read_only=True, data_only=computed, keep_links=False)
            for computed in (True, False)
        )
        if not values.worksheets:
            raise InputError("the workbook has no sheet of cells", path=path)
        unseen = _hidden_rows(content)
        for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
            marks = dict.fromkeys(unseen.get(shown.title, ()), "its row is hidden in the workbook")
            yield shown.title, shown.sheet_state != "visible", list(_rows(path, shown, written, marks)), marks
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part makes it: KeyError, ValueError, ParseError …
        raise InputError(f"not a workbook that can be read ({type(error).__name__})", path=path) from None


_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*hidden=[\"'](?:1|true)[\"']")


def _hidden_rows(content: bytes) -> dict[str, list[int]]:
    """Title of a sheet → numbers of its hidden rows; the whole workbook is read for them only where its parts speak of
    any.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        if not any(_HIDDEN_ROW.search(archive.read(name)) for name in parts):
            return {}
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), keep_links=False)
    return {
        sheet.title: [number for number, row in sheet.row_dimensions.items() if row.hidden] for sheet in book.worksheets
    }


def _struck(cells: Any) -> bool:
    """Whether every cell with something in it is struck through."""
    filled = [cell for cell in cells if cell.value not in (None, "")]
    return bool(filled) and all(getattr(getattr(cell, "font", None), "strike", False) for cell in filled)


def _rows(path: str, values: Any, formulas: Any, marks: dict[int, str]) -> Iterator[list[str]]:
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what the file declares of its own size is not to be trusted
    bounds = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS}
    pairs = zip(values.iter_rows(**bounds), formulas.iter_rows(**bounds), strict=True)
    for number, (shown, written) in enumerate(pairs, start=1):
        if number > MOST_ROWS:
            raise InputError(f"more than {MOST_ROWS:,} rows", path=path, line=number)
        if _struck(shown):
            marks.setdefault(number, "it is struck through")
        cells = []
        for value, formula in zip(shown, written, strict=True):
            if value.value is None and formula.value is not None:
                raise InputError(
                    f"cell {formula.coordinate} is a formula without a value; save the workbook with values",
                    path=path,
                    line=number,
                )
            cells.append(_text(value.value))
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value: object) -> str:
    """A cell as a person sees it; 5.0 is ``5``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).strip()
