"""The dataset that is shipped: no finding, and a slip in any figure of it is found on its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, open_dataset
from doseref.checks.dataset.run import check
from doseref.tables.load import data_directory
from doseref.tables.read import Row, scan
from doseref.tables.schema import TABLES
from doseref.tables.write import canonical_number, render

SHIPPED = data_directory()
ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
AS_OF = date(2026, 11, 21)
FIGURES = (
    "dose_low", "dose_high", "count_low", "times_low", "every_low", "daily_low", "daily_high", "duration_high", "target_low",
    "target_high", "maximum", "longest_high",
)  # fmt: skip

if any(not (SHIPPED / table.file).is_file() for table in TABLES):
    pytest.skip("not all tables are here", allow_module_level=True)


def test_the_shipped_dataset_gives_no_finding() -> None:
    articles = ARTICLES if ARTICLES.is_dir() else None
    assert check(open_dataset(SHIPPED, articles=articles, as_of=AS_OF)) == []


def test_articles_are_looked_up() -> None:
    if not ARTICLES.is_dir():
        pytest.skip("the articles are not beside the checkout")
    data = open_dataset(SHIPPED, articles=ARTICLES, as_of=AS_OF)
    drugs = data.sheets["drugs"]
    drugs.rows = [row for row in drugs.rows if row["id"] != "l5-s1/drug/06"]
    (found,) = [finding for finding in check(data) if finding.code == "D405"]
    assert (Path(found.locations[0].path).name, found.locations[0].line) == ("l5-s1.txt", 321)


def test_fewer_than_three_in_a_hundred_rows_are_exceptions() -> None:
    data = open_dataset(SHIPPED, as_of=AS_OF)
    rows = [row for name in STATEMENT_TABLES for row in data.rows(name)]
    assert len(data.statements()) == 160
    assert sum(1 for row in rows if row["exception"]) < 0.03 * len(rows)


def spoilt(data: Dataset, row: Row, column: str, cell: str) -> Dataset:
    """The dataset with one cell changed; everything else is read only once."""
    table = row.sheet.table
    rows = [list(each.cells) for each in row.sheet.rows]
    rows[row.sheet.rows.index(row)][row.sheet.index[column]] = cell
    changed = open_dataset(SHIPPED, as_of=AS_OF, tables=())
    changed.sheets = {**data.sheets, table.name: scan(table, render(table, rows).encode(), row.sheet.path)}
    changed.readings = data.readings
    return changed


@pytest.mark.parametrize("factor", ["10", "0.1", "1000"])
def test_a_slip_in_any_figure_of_a_statement_is_found_on_its_line(factor: str) -> None:
    """Every 7th of the roughly 1,000 filled figures, ten times, a tenth and a thousand times as much."""
    data = open_dataset(SHIPPED, as_of=AS_OF)
    check(data)  # fills the readings
    places = [
        (row, column) for name in STATEMENT_TABLES for row in data.rows(name) for column in FIGURES if row[column]
    ]
    assert len(places) > 700
    missed = []
    for row, column in places[:: 7 if factor == "10" else 31]:
        cell = canonical_number(format(Decimal(row[column]) * Decimal(factor), "f")) or ""
        found = [finding for finding in check(spoilt(data, row, column, cell)) if finding.locations[0].line == row.line]
        if not any(Path(finding.locations[0].path).name == row.sheet.table.file for finding in found):
            missed.append(f"{row['id']} {column} {row[column]} → {cell}")
    assert missed == []


def test_a_slip_of_unit_is_found_on_its_line() -> None:
    data = open_dataset(SHIPPED, as_of=AS_OF)
    check(data)
    swap = {"mg": "ug", "ug": "mg", "g": "mg", "[IU]": "mg", "mL": "mg", "{cells}": "[IU]"}
    places = [
        (row, column)
        for name in STATEMENT_TABLES
        for row in data.rows(name)
        for column in ("dose_unit", "daily_unit", "target_unit", "maximum_unit")
        if row[column] in swap
    ]
    missed = []
    for row, column in places[::13]:
        found = [
            finding
            for finding in check(spoilt(data, row, column, swap[row[column]]))
            if finding.locations[0].line == row.line
        ]
        if not found:
            missed.append(f"{row['id']} {column}")
    assert missed == []
