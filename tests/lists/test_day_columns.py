"""Charts with a column for each time of the day. Every figure is worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from doseref.api import check
from doseref.lists.day_columns import clock, directions
from doseref.lists.files import read_file
from doseref.result import Person


def read(content: str, **mapping: str) -> dict[str, Any]:
    people = read_file("chart.csv", content.encode(), mapping=mapping)
    return check([Person(person, tuple(given)) for person, given in people]).to_json()["regimens"][0]


CHARTS = [
    # header and row, substance → least and most in 24 hours
    ("Item,Morning,Noon,Evening,Night\nmetformin 500 mg,1,0,1,\n", {"metformin": (1000, 1000, "mg")}),
    ("Drug,Strength,08:00,12:00,18:00,22:00\nParacetamol,500 mg,2,,1,2\n", {"acetaminophen": (2500, 2500, "mg")}),
    ("Drug;Dose;Breakfast;Lunch;Dinner;Bedtime\nMetformin;850 mg;x;;x;-\n", {"metformin": (1700, 1700, "mg")}),
    ("Drug,AM,PM\nPrednisolone 5 mg,1½,1/2\n", {"prednisolone": (10, 10, "mg")}),
    ("Drug,8 am,2 pm,8 pm\nFurosemide 40 mg,2,1,\n", {"furosemide": (120, 120, "mg")}),
    ("Drug,Noon,Night,PRN\nibuprofen 200 mg,2,1,y\n", {"ibuprofen": (0, 600, "mg")}),
    ("Drug,08:00,20:00,PRN\nmorphine 10 mg,1,1,for pain\n", {"morphine": (0, 20, "mg")}),
    ("Drug,Noon,Night,PRN\nibuprofen 200 mg,2,1,no\n", {"ibuprofen": (600, 600, "mg")}),
    ("Drug,Morgens,Abends\nmetformin 500 mg,1,2\n", {"metformin": (1500, 1500, "mg")}),
    ("Drug,Strength,Night\nInsulin glargine,100 units/mL,14 units\n", {"insulin glargine": (14, 14, "[IU]")}),
]  # fmt: skip


@pytest.mark.parametrize(("chart", "wanted"), CHARTS)
def test_what_stands_at_each_time_of_the_day_is_added_up(chart: str, wanted: dict[str, tuple[int, int, str]]) -> None:
    regimen = read(chart, morgens="morning", abends="evening")
    got = {each["substance"]: (float(each["low"]), float(each["high"]), each["unit"]) for each in regimen["totals"]}
    assert got == wanted
    assert [each["status"] for each in regimen["items"]] == ["read"]


def test_directions_beside_the_times_of_the_day_are_refused() -> None:
    regimen = read("Drug,Directions,Morning,Night\nmetformin 500 mg,1 twice daily,1,1\n")
    assert not regimen["totals"]
    [problem] = [each["message"] for each in regimen["findings"] if each["code"] == "R403"]
    assert "directions and columns for the times of a day: keep one" in problem


def test_a_chart_without_a_figure_leaves_the_directions_alone() -> None:
    regimen = read("Drug,Directions,Morning,Night\nmetformin 500 mg,1 twice daily,,\n")
    assert [(each["low"], each["high"]) for each in regimen["totals"]] == [(1000, 1000)]


@pytest.mark.parametrize("cell", ["see chart", "1?", "?"])
def test_what_is_no_certain_amount_is_not_read_as_one(cell: str) -> None:
    regimen = read(f"Drug,Morning,Night\nmetformin 500 mg,{cell},1\n")
    assert [each["status"] for each in regimen["items"]] != ["read"]


@pytest.mark.parametrize(
    ("head", "said"),
    [("08:00", "at 08:00"), ("8.30", "at 8:30"), ("0800 h", "at 0800 h"), ("10 PM", "at 10 pm"), ("25:00", ""), ("8", ""), ("2025", "")],
)  # fmt: skip
def test_a_head_that_is_a_time(head: str, said: str) -> None:
    assert clock(head) == said


def test_dashes_and_noughts_are_no_dose() -> None:
    cells = {"morning": "0", "noon": "–", "evening": "2"}
    assert directions(lambda role: cells.get(role, ""), [("at 22:00", "-")]) == ("2 in the evening", "")


def test_a_mark_beside_a_figure_is_no_figure() -> None:
    regimen = read("Drug,Morning,Night\nmetformin 500 mg,2,x\n")
    assert not regimen["totals"]
    [problem] = [each["message"] for each in regimen["findings"] if each["code"] == "R403"]
    assert "how much does a mark mean?" in problem
