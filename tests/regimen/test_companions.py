"""Items that are taken with another one of the list, and are whole only beside it."""

from __future__ import annotations

import pytest

import doseref
from steps import steps

WHOLE = [
    (
        "Warfarin 5 mg tablet: take one every evening, together with a 2 mg tablet"
        "|Warfarin 2 mg tablet: take one every evening, together with the 5 mg tablet",
        7,
    ),
    ("Sertraline 100 mg 1 tab daily with 50 mg tab for total 150 mg|Sertraline 50 mg 1 tab daily", 150),
    (
        "Venlafaxine XR 150 mg 1 cap daily, take with 75 mg capsule for a total of 225 mg|Venlafaxine XR 75 mg daily",
        225,
    ),
    ("Lithium carbonate 300 mg 1 cap qam|Lithium carbonate 300 mg 2 caps at bedtime (in addition to AM dose)", 900),
]
PARTLY = [
    "Sertraline 100 mg 1 tab daily with 50 mg tab",  # nowhere
    "Sertraline 100 mg 1 tab daily with 50 mg tab|Sertraline 25 mg 1 tab daily",  # another strength
    "Sertraline 100 mg 1 tab daily with 50 mg tab for total 200 mg|Sertraline 50 mg 1 tab daily",  # they come to 150
    "Sertraline 100 mg 1 tab daily with 50 mg tab for total 120 mg|Sertraline 50 mg 1 tab daily",  # 20 mg is no tablet of it
    "Sertraline 100 mg 1 tab daily with 50 mg tab|Losartan 50 mg 1 tab daily",  # another drug
]


@pytest.mark.parametrize(("lines", "total"), WHOLE, ids=[lines for lines, _ in WHOLE])
def test_whole_beside_the_other(lines: str, total: int) -> None:
    (regimen,) = doseref.check(lines.split("|")).to_json()["regimens"]
    assert [item["status"] for item in regimen["items"]] == ["read", "read"]
    assert [(each["low"], each["high"], each["unit"]) for each in regimen["totals"]] == [(total, total, "mg")]


@pytest.mark.parametrize("lines", PARTLY)
def test_in_part_without_it(lines: str) -> None:
    (regimen,) = doseref.check(lines.split("|")).to_json()["regimens"]
    assert regimen["items"][0]["status"] == "partly-read"
    assert any(each["code"] == "R403" and each["items"] == [1] for each in regimen["findings"])


def test_a_long_list_of_companions_takes_no_square_time() -> None:
    """Each asks for an item that is not there: what is looked up is the strength, and not every other item."""
    line = "levothyroxine 25 mcg tablets, one daily with the 100 mcg tablet"
    doseref.check([line] * 50)  # what is worked out once
    short, long = _steps([line] * 100), _steps([line] * 400)
    assert long < 4 * short * 1.25


def _steps(items: list[str]) -> int:
    return steps(lambda: doseref.check(items))
