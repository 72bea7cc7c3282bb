"""A slip by ten in a product's strength or in a limit is found by what else the tables say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from doseref.checks.dataset import d313_product_strength
from doseref.checks.dataset.data import Dataset, open_dataset
from doseref.findings import Finding
from doseref.tables.load import data_directory
from doseref.tables.read import Row, scan
from doseref.tables.write import canonical_number, render

SHIPPED = data_directory()
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return open_dataset(SHIPPED, shown="data", as_of=AS_OF)


def changed(data: Dataset, row: Row, column: str, cell: str) -> Dataset:
    """The dataset with one cell changed."""
    table = row.sheet.table
    rows = [list(each.cells) for each in row.sheet.rows]
    rows[row.sheet.rows.index(row)][row.sheet.index[column]] = cell
    made = open_dataset(SHIPPED, as_of=AS_OF, tables=())
    made.sheets = {**data.sheets, table.name: scan(table, render(table, rows).encode(), row.sheet.path)}
    return made


def times(cell: str, factor: str) -> str:
    return canonical_number(format(Decimal(cell) * Decimal(factor), "f")) or ""


def strength_of(data: Dataset, product: str, substance: str, cell: str) -> list[Finding]:
    (row,) = [each for each in data.rows("products") if (each["id"], each["substance"]) == (product, substance)]
    return list(d313_product_strength.check(changed(data, row, "strength", cell)))


def test_a_strength_against_its_own_label(shipped: Dataset) -> None:
    (found,) = strength_of(shipped, "nalocet-2-5-300", "acetaminophen", "3000")
    assert found.message == "acetaminophen 3,000 mg in 1 tablet is not what label 'Nalocet 2.5/300' says"
    assert found.substances == ("acetaminophen",)


def test_a_strength_against_another_spelling(shipped: Dataset) -> None:
    (found,) = strength_of(shipped, "tylenol-with-codeine-3", "codeine", "300")
    assert found.message == "codeine 300 mg in 1 tablet is not what also 'Tylenol with Codeine 30/300' says"


def test_a_strength_per_volume(shipped: Dataset) -> None:
    # Prolate 10/300 per 5 mL is 2/60 in 1 mL.
    (found,) = strength_of(shipped, "prolate-2-60-per-ml-solution", "acetaminophen", "600")
    assert found.message == "acetaminophen 600 mg in 1 mL is not what label 'Prolate 2/60 per mL solution' says"


def test_a_strength_against_other_products(shipped: Dataset) -> None:
    # No spelling of Tylenol Extra Strength says 500; the strongest other tablet has 750 mg.
    (found,) = strength_of(shipped, "tylenol-extra-strength", "acetaminophen", "5000")
    assert found.message == "acetaminophen 5,000 mg is far from the other products' at most 750 mg"


@pytest.mark.parametrize("factor", ["10", "1000"])
def test_slips_in_strengths_are_found_on_their_line(shipped: Dataset, factor: str) -> None:
    rows = shipped.rows("products")[::7]
    missed = []
    for row in rows:
        data = changed(shipped, row, "strength", times(row["strength"], factor))
        if not any(found.locations[0].line == row.line for found in d313_product_strength.check(data)):
            missed.append(f"{row['id']} {row['substance']} {row['strength']}")
    assert len(missed) <= len(rows) * 0.1, missed
