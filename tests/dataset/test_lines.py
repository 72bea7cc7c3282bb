"""The rows of a table as lines: taken apart when asked for, and refused as a whole where one is no row."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.errors import DataError
from doseref.refdata import FEW_SOUGHT, Reference
from doseref.tables import schema
from doseref.tables.lines import Lines, are_rows, line_of
from doseref.tables.load import data_directory, load_cells, load_lines


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_lines_say_what_the_cells_say(table: schema.Table) -> None:
    cells, lines = load_cells(table, data_directory()), load_lines(table, data_directory())
    assert list(lines) == cells
    for place in range(len(table.header)):
        assert list(lines.column(place)) == [row[place] for row in cells]


def test_a_cell_may_hold_marks_commas_and_line_breaks() -> None:
    row = ["plain", 'a "word"', "one, two", "above\nbelow", ""]
    lines = Lines([line_of(row)])
    assert lines[0] == row
    assert [list(lines.column(place)) for place in range(5)] == [[cell] for cell in row]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["a,b", '"a,b",c', '"say ""a""",c'], True),
        (["a,b,c"], False),
        (["a"], False),
        ([""], False),
        (['"a,b"'], False),
        (['"a', 'b",c'], False),  # one row of two lines
        (['"a"b,c'], False),
        (['a,"b'], False),
    ],
)
def test_a_row_has_all_its_cells_in_its_own_line(lines: list[str], whole: bool) -> None:
    assert are_rows(lines, 2) is whole


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("salbutamol,albuterol\n", "2 cells instead of 6"),
        ('"salbutamol,albuterol,synonym,,,x\n', "unexpected end of data"),
        ("a,b,synonym,,,x\n\nc,d,synonym,,,x\n", "0 cells instead of 6"),
    ],
)
def test_a_table_with_a_line_that_is_no_row_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "names.csv").write_text(",".join(schema.NAMES.header) + "\n" + rows, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_lines(schema.NAMES, tmp_path)


def test_a_row_over_two_lines_is_one_row(tmp_path: Path) -> None:
    rows = '"Slow\nFe",iron,compound,,,x\r\nother,iron,synonym,,,x\r\n'
    (tmp_path / "names.csv").write_bytes((",".join(schema.NAMES.header) + "\r\n" + rows).encode())
    assert [row[0] for row in load_lines(schema.NAMES, tmp_path)] == ["Slow\nFe", "other"]


def test_groups_are_the_first_of_rows_with_one_first_cell() -> None:
    lines = Lines(["a,1,x", "a,2,y", "ab,3,z", '"a",4,w', "a,5,v"])
    assert [row[:2] for row in lines.groups(2)] == [["a", "1"], ["ab", "3"], ["a", "4"]]


def test_products_of_a_substance_are_the_same_looked_for_and_sorted() -> None:
    """The first few substances asked are looked for line by line, the others in the rows sorted by substance."""
    sought, sorted_rows = Reference(), Reference()
    sorted_rows._sought = {str(each): [] for each in range(FEW_SOUGHT)}
    substances = list(sought.substance_rows)
    for begin in range(0, len(substances), FEW_SOUGHT):
        sought._sought.clear()
        for substance in substances[begin : begin + FEW_SOUGHT]:
            assert list(sought._products_of(substance)) == list(sorted_rows._products_of(substance)), substance
