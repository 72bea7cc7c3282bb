"""A slip by ten in a product's strength or in a limit is found by what else the tables say of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dataset.slips import AS_OF, SHIPPED, apart, changed, with_cells
from doseref.checks.dataset import d302_above_own_maximum, d313_product_strength, d314_limit_slip
from doseref.checks.dataset.data import Dataset, open_dataset
from doseref.findings import Finding
from doseref.tables.write import canonical_number


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return open_dataset(SHIPPED, shown="data", as_of=AS_OF)


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
    # No spelling of Tylenol Extra Strength says 500; the strongest other tablet has 1,000 mg.
    (found,) = strength_of(shipped, "tylenol-extra-strength", "acetaminophen", "5000")
    assert found.message == "acetaminophen 5,000 mg is far from the other products' at most 1,000 mg"


@pytest.mark.parametrize("factor", ["10", "1000"])
def test_slips_in_strengths_are_found_on_their_line(shipped: Dataset, factor: str) -> None:
    rows = shipped.rows("products")[::7]
    missed = []
    for group in apart(rows, lambda row: row["substance"]):
        data = with_cells(shipped, [(row, "strength", times(row["strength"], factor)) for row in group])
        told = {found.locations[0].line for found in d313_product_strength.check(data)}
        missed += [f"{row['id']} {row['substance']} {row['strength']}" for row in group if row.line not in told]
    assert len(missed) <= len(rows) * 0.1, missed


def limit_of(data: Dataset, limit: str, column: str, cell: str) -> list[Finding]:
    (row,) = [each for each in data.rows("limits") if each["id"] == limit]
    return list(d314_limit_slip.check(changed(data, row, column, cell)))


def test_a_total_against_the_single_dose(shipped: Dataset) -> None:
    # 1,000 mg at most 4 times are 4,000 mg; the second finding holds it against the other labels.
    found = limit_of(shipped, "acetaminophen-gb-otc", "amount", "40000")
    assert [each.message for each in found] == [
        "amount 40000 mg does not fit 4 single doses of 1000 mg",
        "acetaminophen 40000 mg is far from every other limit, the nearest is 4000 mg of acetaminophen-us-rx-with-codeine",
    ]


def test_a_total_against_other_limits_of_the_substance(shipped: Dataset) -> None:
    messages = [each.message for each in limit_of(shipped, "vitamin-a-eu-2024", "amount", "30000")]
    assert messages == [
        "vitamin-a 3000 ug is far from every other limit, the nearest is 30000 ug of vitamin-a-eu-2024",
        "vitamin-a 30000 ug is far from every other limit, the nearest is 3000 ug of vitamin-a-us-2001",
    ]


def test_international_units_are_held_against_a_mass(shipped: Dataset) -> None:
    # 40,000 IU of vitamin D are 1,000 mcg, ten times the 100 mcg of the EU.
    (found,) = limit_of(shipped, "vitamin-d-us-2011", "amount", "40000")
    assert found.message == (
        "vitamin-d 40000 [IU] is far from every other limit, the nearest is 100 ug of vitamin-d-eu-2023"
    )


def test_a_total_against_the_note(shipped: Dataset) -> None:
    (row,) = [each for each in shipped.rows("limits") if each["id"] == "docosahexaenoic-acid-eu-2012"]
    assert row["note"].endswith("about 1 g")
    (found,) = limit_of(shipped, "docosahexaenoic-acid-eu-2012", "amount", "10")
    assert found.message == "amount 10 g, but the note says '1 g'"


def test_a_count_of_tablets_against_what_they_hold(shipped: Dataset) -> None:
    # 60 tablets of 200 mg of ibuprofen and 500 mg of acetaminophen; the largest limits are 3,200 and 4,000 mg.
    (found,) = limit_of(shipped, "nuromol-gb", "amount", "60")
    assert found.message == "60 units hold 30,000 mg of acetaminophen, far above the 4,000 mg of its largest limit"


@pytest.mark.parametrize(("factor", "share"), [("10", 0.85), ("1000", 0.85), ("0.1", 0.8)])
def test_slips_in_totals_are_found_on_their_line(shipped: Dataset, factor: str, share: float) -> None:
    """All but totals that nothing else in the tables speaks of: the only limit of a nutrient, without a single dose.

    Of the rows that were typed by hand; those with a number of readings are made from the readers' sheets.
    """
    rows = [row for row in shipped.rows("limits") if row["amount"] and not row["readings"]]
    missed = []
    for group in apart(rows, lambda row: row["substance"]):
        data = with_cells(shipped, [(row, "amount", times(row["amount"], factor)) for row in group])
        found = [*d314_limit_slip.check(data), *d302_above_own_maximum.check(data)]
        told = {each.locations[0].line for each in found if "limits" in each.locations[0].path}
        missed += [row["id"] for row in group if row.line not in told]
    assert len(missed) <= (1 - share) * len(rows), missed


def test_figures_too_long_for_arithmetic_are_no_end(shipped: Dataset) -> None:
    for column in ("amount", "single", "interval_hours", "doses", "period"):
        for cell in ("9" * 39, "0." + "0" * 36 + "1", "-5", "0", "1e99"):
            limit_of(shipped, "acetaminophen-gb-otc", column, cell)
    for column in ("strength", "per", "max_count", "position"):
        for cell in ("9" * 39, "0." + "0" * 36 + "1", "-5", "0", "1e99"):
            data = changed(shipped, shipped.rows("products")[0], column, cell)
            list(d313_product_strength.check(data))
            list(d314_limit_slip.check(data))
