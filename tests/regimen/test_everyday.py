"""What is prescribed and bought most, with a usual instruction (``everyday.tsv``): known by name, with the right substances.

``not_read`` says why an instruction is not read as a whole; such an item is told of, and never given a strength by default. A row
whose cell is empty is read. A cell is emptied when the program learns to read its row, never filled again without a reason.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import doseref
from doseref.findings import Severity

ROWS = [
    (row["name"], row["sig"], row["substances"], row["not_read"])
    for row in csv.DictReader(
        (Path(__file__).parent / "everyday.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
]


@pytest.mark.parametrize(("name", "sig", "substances", "not_read"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_known(name: str, sig: str, substances: str, not_read: str) -> None:
    (regimen,) = doseref.check([f"{name} {sig}"]).regimens
    (item,) = regimen.items
    names = {doseref.reference().name_of(each) for each in item.substances}
    assert names == {each for each in substances.split("; ") if each}
    if not not_read:
        assert item.status == "read"
    elif item.status != "read":
        told = {finding.code for finding in regimen.findings}
        supplements = all(doseref.reference().substances[each].kind == "supplement" for each in item.substances)
        assert regimen.not_assessed
        assert told & {"R401", "R402", "R403", "R404", "R405"} or supplements


def test_most_of_them_are_read() -> None:
    assert len(ROWS) >= 378
    assert sum(not row[3] for row in ROWS) >= 361


def test_the_mineral_in_a_compound_of_a_product_is_not_the_weight_of_the_compound() -> None:
    """800 mg of calcium carbonate hold less calcium; how much the source does not say, and the famotidine beside it counts."""
    found = doseref.check(["Pepcid Complete 1 tablet twice daily", "calcium 500 mg daily"]).to_json()
    totals = {total["substance"]: total for total in found["regimens"][0]["totals"]}
    assert (totals["calcium"]["high"], totals["calcium"]["not_counted"]) == (500, [1])
    assert totals["famotidine"]["high"] == 20


def test_what_its_label_says_of_the_element_counts() -> None:
    """Rolaids Regular Strength: each tablet contains 220 mg of calcium."""
    (regimen,) = doseref.check(["Rolaids Regular Strength 2 tablets twice daily"]).regimens
    assert {total.substance: total.amount.high for total in regimen.totals}["calcium"] == 880


@pytest.mark.parametrize(
    "item",
    [
        "clindamycin 1% gel apply topically twice daily",
        "timolol 10 mg by mouth twice daily",
        "metronidazole 500 mg by mouth twice daily",
        "erythromycin 250 mg by mouth four times daily",
        "prednisolone 1% 1 drop into the left eye four times daily",
        "methotrexate 15 mg subcutaneously once weekly",
        "testosterone 100 mg intramuscularly every 2 weeks",
    ],
)
def test_a_marketed_route_is_no_mismatch(item: str) -> None:
    assert [f.message for f in doseref.check([item]).findings if f.code == "R406"] == []


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("Percocet 10/650 1 tablet every 6 hours", "Percocet 10/650"),
        ("hydrocodone/acetaminophen 5/500 1 tablet daily", "hydrocodone/acetaminophen 5/500"),
    ],
)
def test_a_withdrawn_strength_is_known_and_told(item: str, label: str) -> None:
    found = [f for f in doseref.check([item]).findings if f.code == "R408"]
    assert [(f.severity, f.message) for f in found] == [(Severity.INFO, f"{label} is no longer sold in this strength")]


def test_a_british_strength_is_not_withdrawn() -> None:
    assert [f for f in doseref.check(["co-codamol 30/500 1 tablet daily"]).findings if f.code == "R408"] == []
