"""What a day of an everyday product holds, worked out by hand from the composition on its label (everyday_products.tsv)."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import doseref
from doseref.units import convert

ROWS = list(csv.DictReader(Path(__file__).with_name("everyday_products.tsv").open(encoding="utf-8"), delimiter="\t"))


def _amounts(text: str) -> dict[str, tuple[Decimal, str]]:
    found = {}
    for each in text.split("; "):
        name, amount, unit = each.rsplit(" ", 2)
        found[name] = (Decimal(amount), {"mcg": "ug", "units": "[IU]"}.get(unit, unit))
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["item"] for row in ROWS])
def test_a_day_of_the_product(row: dict[str, str]) -> None:
    data = doseref.reference()
    (regimen,) = doseref.check([row["item"]]).regimens
    totals = {data.name_of(each.substance): each.amount for each in regimen.totals}
    wanted = _amounts(row["per_day"])
    assert set(wanted) <= set(totals)
    for name, (amount, unit) in wanted.items():
        assert totals[name].single
        assert convert(totals[name].high, totals[name].unit, unit) == amount, name


@pytest.mark.parametrize("row", [row for row in ROWS if row["limit"]], ids=lambda row: row["item"])
def test_its_own_limit_stands_in_the_data(row: dict[str, str]) -> None:
    amount, unit = row["limit"].split(" ")
    (regimen,) = doseref.check([row["item"]]).regimens
    product = regimen.items[0].product
    assert product is not None
    assert (product.max_count, product.per_unit) == (Decimal(amount), unit)
