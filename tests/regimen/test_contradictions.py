"""What an item says against itself: frequency and interval, maximum and dose, length and dates, quantity and days supply."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import doseref
from doseref.lists.files import read_file
from doseref.result import Person

CONTRADICTORY = [
    "oxycodone 10 mg every 4 hours, max 5 mg per day",
    "acetaminophen 1000 mg q6h max 4 mg/day",
    "ibuprofen 400 mg twice daily (every 6 hours)",
    "amoxicillin 500 mg three times daily for 7 days, 11/01/2026 to 11/20/2026",
    "amoxicillin 500 mg three times daily for 7 days, start 2026-11-01, stop 2026-11-20",
]
SOUND = [
    "oxycodone 10 mg every 4 hours, max 60 mg per day",
    "ibuprofen 400 mg three times daily (every 8 hours)",
    "amoxicillin 500 mg three times daily for 7 days, 11/01/2026 to 11/08/2026",
    "amoxicillin 500 mg three times daily for 7 days, 1/11/2026 to 7/11/2026",  # day first: 6 days apart
    "amoxicillin 500 mg three times daily, 11/01/2026 to 11/20/2026",
]
SHORT_OR_LONG = [
    # item, pieces, how long they last by hand
    ("lisinopril 10 mg 1 tablet twice daily #30 (30 days supply)", "30 pieces last 15 days"),  # 30 / 2
    ("metformin 500 mg take 1 tablet twice daily, 90 tablets, 90 days", "90 pieces last 45 days"),
    ("amoxicillin 500 mg capsule 1 capsule three times daily for 10 days, #14", "14 pieces last 4.7 days"),  # 14 / 3
    ("methotrexate 2.5 mg tablet, 1 tablet once weekly, #30, 30 days supply", "30 pieces last 210 days"),  # 30 × 7
    ("lisinopril 10 mg tablet 1 tablet daily, #90, 30 days supply", "90 pieces last 90 days"),
]
ENOUGH = [
    "lisinopril 10 mg tablet, 1 tab daily, disp #30, refills 2",
    "metformin 500 mg take 1 tablet three times daily, 90 tablets, 30 days",
    "metformin 500 mg take 1 tablet three times daily, 60 tablets, 30 days",  # 20 days: more than half
    "lisinopril 10 mg tablet 1 tablet daily, #60, 30 days supply",  # just twice
    "amoxicillin 500 mg capsule 1 capsule three times daily for 10 days, #90",  # a course, not a supply
    "alendronate 70 mg tablet 1 tablet once weekly #4 28 day supply",
    "ibuprofen 600 mg 1 tablet every 6 hours as needed #20 30 days supply",
    "oxycodone 5 mg tablet 1 tablet every 4-6 hours #20",
    "amoxicillin 250 mg/5 mL suspension 5 mL three times daily qty 150 10 days supply",
]


def _told(item: str, code: str) -> list[str]:
    return [f"{f.severity.word} {f.message}" for f in doseref.check([item]).findings if f.code == code]


@pytest.mark.parametrize("item", CONTRADICTORY)
def test_a_contradiction_is_a_warning_told_once(item: str) -> None:
    told = _told(item, "R409")
    assert len(told) == 1
    assert told[0].startswith("warning item 1: ")


def test_the_length_and_the_dates_are_both_named() -> None:
    assert _told(CONTRADICTORY[3], "R409") == [
        "warning item 1: it is to be taken for 7 days, but the dates are 19 days apart"
    ]


@pytest.mark.parametrize("item", SOUND)
def test_what_fits_together_is_no_contradiction(item: str) -> None:
    result = doseref.check([item])
    assert [f for f in result.findings if f.code in ("R403", "R409")] == []


@pytest.mark.parametrize(("item", "words"), SHORT_OR_LONG)
def test_a_supply_that_does_not_fit_is_told_with_how_long_it_lasts(item: str, words: str) -> None:
    told = _told(item, "R410")
    assert len(told) == 1
    assert told[0].startswith(f"warning item 1: {words} by this dosage")


@pytest.mark.parametrize("item", ENOUGH)
def test_a_supply_that_may_fit_is_quiet(item: str) -> None:
    assert _told(item, "R410") == []


def test_what_was_dispensed_is_no_dose() -> None:
    total = doseref.check(["lisinopril 10 mg 1 tablet daily, 30 tablets, 30 days"]).regimens[0].totals[0]
    assert (total.amount.low, total.amount.high) == (Decimal(10), Decimal(10))


def test_the_columns_of_a_pharmacy_are_held_against_the_sig(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("drug,sig,qty,days supply\nlisinopril 10 mg tablet,1 tablet twice daily,30,30\n", encoding="utf-8")
    people = [Person(name, tuple(given)) for name, given in read_file(str(file), None, doseref.reference(), {})]
    assert [f.code for f in doseref.check(people).findings if f.code == "R410"] == ["R410"]
