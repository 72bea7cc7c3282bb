"""One filler for all workbooks: what a user wrote is text in every cell, never a formula."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from doseref.reports.characters import clean, escaped
from doseref.reports.sheets import WorkbookSheet, inert, workbook


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [(f"{sign}1+1", Decimal("2.5")), (f"  {sign}HYPERLINK(1)", 3), ("https://example.org", None), ("1e5", 0)]
    book = openpyxl.load_workbook(io.BytesIO(workbook([WorkbookSheet("One", ("text", "figure"), (10, 10), rows)])))
    sheet = book["One"]
    texts = [cell for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row]
    assert {cell.data_type for cell in texts} == {"s"} and not any(cell.hyperlink for cell in texts)
    assert sheet["A2"].value == f"'{sign}1+1"
    assert sheet["A3"].value == f"'  {sign}HYPERLINK(1)"
    assert [sheet[f"B{n}"].value for n in (2, 3, 4, 5)] == [2.5, 3, None, 0]


def test_a_sheet_has_a_frozen_header_a_filter_widths_and_prints_one_page_wide() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    content = workbook([WorkbookSheet("One", ("severity", "what"), (12, 40), [("error", "x"), ("within", "y" * 100)])])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["One"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert round(sheet.column_dimensions["B"].width) == 41
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A2"].font.color.rgb == "FFA40E26" and sheet["A3"].font.b is False
    assert (sheet["B2"].alignment.wrap_text, sheet["B3"].alignment.wrap_text) == (None, True)


def test_line_breaks_stay_only_where_they_are_kept() -> None:
    assert inert("a\nb\x07") == "a b "
    assert inert("a\nb\x07", keep="\n") == "a\nb "
    assert clean("a\x1b[31mb\nc") == "a [31mb c"
    assert clean("a\x1b[31mb\nc", keep="\n") == "a [31mb\nc"
    assert escaped("a\x1bb\nc") == "a\\x1bb\nc"
