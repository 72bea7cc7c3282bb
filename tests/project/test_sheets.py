"""One filler for all workbooks: what a user wrote is text in every cell, never a formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from doseref.reports.characters import clean, escaped
from doseref.reports.sheets import fill, inert


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.Workbook().active
    fill(sheet, ("text", "figure"), [(f"{sign}1+1", Decimal("2.5")), (f"  {sign}HYPERLINK(1)", 3)], (10, 10))
    assert [cell.data_type for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row] == ["s", "s"]
    assert sheet["A2"].value == f"'{sign}1+1"
    assert sheet["A3"].value == f"'  {sign}HYPERLINK(1)"
    assert (sheet["B2"].value, sheet["B3"].value) == (2.5, 3)


def test_line_breaks_stay_only_where_they_are_kept() -> None:
    assert inert("a\nb\x07") == "a b "
    assert inert("a\nb\x07", keep="\n") == "a\nb "
    assert clean("a\x1b[31mb\nc") == "a [31mb c"
    assert clean("a\x1b[31mb\nc", keep="\n") == "a [31mb\nc"
    assert escaped("a\x1bb\nc") == "a\\x1bb\nc"
