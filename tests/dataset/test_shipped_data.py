"""The dataset that is shipped: no finding, and a slip in any figure of it is found on its line."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from dataset.slips import AS_OF, SHIPPED, apart, with_cells
from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, open_dataset
from doseref.checks.dataset.run import check
from doseref.tables.read import Row
from doseref.tables.schema import TABLES
from doseref.tables.write import canonical_number

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
FIGURES = (
    "dose_low", "dose_high", "count_low", "times_low", "every_low", "daily_low", "daily_high", "duration_high", "target_low",
    "target_high", "maximum", "longest_high",
)  # fmt: skip

if any(not (SHIPPED / table.file).is_file() for table in TABLES):
    pytest.skip("not all tables are here", allow_module_level=True)


def test_the_shipped_dataset_gives_no_finding() -> None:
    articles = ARTICLES if ARTICLES.is_dir() else None
    assert check(open_dataset(SHIPPED, articles=articles, as_of=AS_OF)) == []


def test_a_page_that_restates_labels_is_secondary_and_so_raises_no_error() -> None:
    sources = open_dataset(SHIPPED, as_of=AS_OF).rows("sources")
    assert [row["id"] for row in sources if "droracle" in row["where"] and row["tier"] != "secondary"] == []


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


class Slip(NamedTuple):
    """A cell of a statement with what is written into it instead."""

    row: Row
    column: str
    cell: str


def missed(data: Dataset, slips: Iterable[Slip]) -> list[str]:
    """The slips of which no finding speaks on their line; slips in different substances are looked at together."""
    silent = []
    known = sorted(slips, key=lambda slip: slip.row.sheet.table.name)
    for _, of_table in groupby(known, key=lambda slip: slip.row.sheet.table.name):
        for group in apart(of_table, lambda slip: slip.row["substance"]):
            found = check(with_cells(data, group))
            lines = {(Path(each.locations[0].path).name, each.locations[0].line) for each in found}
            silent += [
                f"{slip.row['id']} {slip.column} {slip.row[slip.column]} → {slip.cell}"
                for slip in group
                if (slip.row.sheet.table.file, slip.row.line) not in lines
            ]
    return silent


@pytest.mark.parametrize("factor", ["10", "0.1", "1000"])
def test_a_slip_in_any_figure_of_a_statement_is_found_on_its_line(factor: str) -> None:
    """Every 7th of the roughly 1,000 filled figures, ten times, a tenth and a thousand times as much."""
    data = open_dataset(SHIPPED, as_of=AS_OF)
    check(data)  # fills the readings
    places = [
        (row, column) for name in STATEMENT_TABLES for row in data.rows(name) for column in FIGURES if row[column]
    ]
    assert len(places) > 700
    slips = [
        Slip(row, column, canonical_number(format(Decimal(row[column]) * Decimal(factor), "f")) or "")
        for row, column in places[:: 7 if factor == "10" else 31]
    ]
    assert missed(data, slips) == []


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
    assert missed(data, [Slip(row, column, swap[row[column]]) for row, column in places[::13]]) == []
