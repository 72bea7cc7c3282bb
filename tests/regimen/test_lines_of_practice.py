"""Whole lines as practices, care homes and pharmacies of Britain, Australia and India write them (``lines_of_practice.tsv``),
and rows of the exports of their systems (``export_rows.tsv``, "\\t" for a tab): the totals worked out by hand, and what must
give none.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import doseref
from doseref.items.export_fields import Field, Kind
from doseref.items.export_taken import value_of

ROWS = [
    (row["line"].replace("\\t", "\t"), row["totals"])
    for name in ("lines_of_practice.tsv", "export_rows.tsv")
    for row in csv.DictReader(
        (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
]


@pytest.mark.parametrize(("line", "totals"), ROWS, ids=[row[0] for row in ROWS])
def test_totals(line: str, totals: str) -> None:
    (regimen,) = doseref.check([line]).regimens
    read = all(item.status == "read" for item in regimen.items)
    data, made = doseref.reference(), []
    for each in regimen.totals:
        low, high = each.amount.low, each.amount.high  # 0..0 is one figure
        ends = dict.fromkeys(f"{each.normalize():f}" for each in (low, high) if each is not None)
        amount = "..".join(ends)
        period = f"{each.per.value.normalize():f}".removeprefix("1") if each.per.value == 1 else f"{each.per.value:f}"
        made.append(f"{data.name_of(each.substance)} {amount} {each.amount.unit}/{period}{each.per.unit}")
    if totals == "-":
        assert not read or not made
    else:
        assert read
        assert sorted(made) == sorted(totals.split("; "))


@pytest.mark.parametrize(
    ("text", "value"), [("1,000", "1000"), ("12,500 mg", "12500"), ("0,125", "0.125"), ("10,5", "10.5"), ("1/2", "0.5")]
)
def test_the_figure_of_a_field_knows_thousands(text: str, value: str) -> None:
    assert value_of(Field(text, Kind.NUMBER, ())) == Decimal(value)
