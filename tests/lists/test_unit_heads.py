"""Heads of columns that say the unit of their cells ("dose (mg)", "times per day") are read; a cell that says another is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from doseref.api import check
from doseref.errors import InputError
from doseref.lists.columns import read_mapping
from doseref.lists.files import read_file
from doseref.lists.heads import ROLES
from doseref.lists.unit_heads import read_head
from doseref.regimen.facts import FACTS
from doseref.regimen.model import Given
from doseref.result import Person, Result


def _check(people: list[tuple[str | None, list[Given]]]) -> Result:
    return check([Person(name, tuple(given)) for name, given in people])


def _one(table: str, mapping: dict[str, str] | None = None) -> tuple[Given, list[str]]:
    """The only item of a table, and its totals in words."""
    people = read_file("t.csv", table.encode(), mapping=mapping or {})
    ((_, (given,)),) = people
    result = _check(people)
    return given, [f"{total.substance} {total.amount} {total.per.words}" for total in result.regimens[0].totals]


@pytest.mark.parametrize(
    ("table", "totals"),
    [
        # 400 × 3 and 1,000 × 4
        ("drug,dose (mg),times per day\nibuprofen,400,3\n", ["ibuprofen 1,200 mg in 24 hours"]),
        ("drug,dose_mg,doses/day\nacetaminophen,1000,4\n", ["acetaminophen 4,000 mg in 24 hours"]),
        ("drug,Dose [g],frequency (times/day)\nacetaminophen,1,4\n", ["acetaminophen 4,000 mg in 24 hours"]),
        ("drug,dose in mg,frequency\nibuprofen,400,TDS\n", ["ibuprofen 1,200 mg in 24 hours"]),
        # every 6 hours is 4 times: 4 × 650; every 6 to 8 hours 3 to 4 times: 1,200 to 1,600
        ("drug,dose (mg),interval (hours)\nacetaminophen,650,6\n", ["acetaminophen 2,600 mg in 24 hours"]),
        ("drug,dose (mg),every (hours)\nibuprofen,400,6-8\n", ["ibuprofen 1,200 to 1,600 mg in 24 hours"]),
        ("drug,dose (mg),frequency\nibuprofen,200-400,TDS\n", ["ibuprofen 600 to 1,200 mg in 24 hours"]),
        # a cell with the unit of its head, and a column of units that says the same
        ("drug,dose (mg),frequency\nibuprofen,400 mg,TDS\n", ["ibuprofen 1,200 mg in 24 hours"]),
        ("drug,dose (mg),unit,frequency\nibuprofen,400,mg,TDS\n", ["ibuprofen 1,200 mg in 24 hours"]),
        ("drug,dose (tablets),strength (mg),frequency\nibuprofen,2,200,TDS\n", ["ibuprofen 1,200 mg in 24 hours"]),
        # 70 mg once a week
        ("drug,dose (mg),times per week\nalendronate,70,1\n", ["alendronate 70 mg per week"]),
        # "BID" says it itself
        ("drug,dose (mg),times per day\nibuprofen,400,BID\n", ["ibuprofen 800 mg in 24 hours"]),
        # at most 1,200 of 4 × 400
        (
            "drug,dose (mg),frequency,prn,max daily dose (mg)\nibuprofen,400,q6h,yes,1200\n",
            ["ibuprofen 0 to 1,200 mg in 24 hours"],
        ),
    ],
)
def test_a_bare_number_has_the_unit_of_its_head(table: str, totals: list[str]) -> None:
    given, found = _one(table)
    assert not given.refused
    assert found == totals


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (
            "drug,dose (mg),frequency\nlevothyroxine,50 mcg,daily\n",
            "its dose is '50 mcg' in the column 'dose (mg)': which unit is meant?",
        ),
        (
            "drug,dose (mg),frequency\nibuprofen,one,daily\n",
            "its dose is 'one' in the column 'dose (mg)': which unit is meant?",
        ),
        (
            "drug,dose (mg),unit,frequency\nibuprofen,400,mcg,TDS\n",
            "its dose is in the column 'dose (mg)' and its unit is 'mcg': which is meant?",
        ),
    ],
)
def test_a_cell_with_another_unit_is_refused(table: str, why: str) -> None:
    given, totals = _one(table)
    assert (given.refused, totals) == (why, [])


@pytest.mark.parametrize(
    "head",
    [
        "dose (h)",
        "dose (mg/kg)",
        "strength (tablets)",
        "strength units",
        "per day (mg)",
        "frequency (x)",
        "dose (per day)",
    ],
)
def test_what_is_no_unit_of_the_column_refuses_the_file(head: str) -> None:
    with pytest.raises(InputError, match="not known, and what is in it may change a dose"):
        read_file("t.csv", f"drug,sig,{head}\nibuprofen,400 mg daily,2\n".encode())


def test_a_column_of_units_is_one_still() -> None:
    assert read_head("dose (units)", {"dose": "dose"}) == ("dose", "{} units")
    given, totals = _one("drug,dose,dose units,frequency\nibuprofen,400,mg,TDS\n")
    assert (given.refused, totals) == ("", ["ibuprofen 1,200 mg in 24 hours"])


def test_facts_of_the_person() -> None:
    people = read_file("t.csv", b"drug,sig,age (years),Weight (lb),eGFR (mL/min)\nibuprofen,400 mg daily,70,132,55\n")
    patient = _check(people).regimens[0].patient
    assert (patient.age, patient.weight, patient.egfr) == (70, Decimal("59.9"), 55)  # 132 × 0.45359237 = 59.87


@pytest.mark.parametrize(
    ("heads", "cells", "patient"),
    [
        # 114 × 0.45359237 = 51.7 kg; 132 / 88.4 = 1.49 mg/dL; 18 / 12 years
        ("weight (lb)", "114", {"weight": 51.7}),
        ("Weight lb", "114 lbs", {"weight": 51.7}),
        ("creatinine (umol/L)", "132", {"creatinine": 1.49}),
        ("creatinine (µmol/L)", "132 umol/l", {"creatinine": 1.49}),
        ("creatinine (mg/dL)", "25", {"creatinine": 25}),
        ("age (months)", "18", {"age": 1.5}),
        ("eGFR (mL/min/1.73m2)", "<15", {"egfr": 14.9}),
        ("eGFR", "> 90 mL/min", {"egfr": 90}),
        ("eGFR", "n/a", None),
        ("weight (kg)", "unknown", None),
        ("pregnant", "20 weeks", {"pregnant": True}),
        ("pregnant", "28/40", {"pregnant": True}),
        ("pregnant", "n/a", None),
        ("weight (kg)", "150 lb", {"unclear": ["the weight is '150 lb' in the column 'weight (kg)': which unit is meant?"]}),
        ("weight (lb)", "heavy", {"unclear": ["weight: 'heavy' is not a number"]}),
        ("creatinine", "132", {"unclear": ["creatinine 132 without its unit: write '132 umol/L'"]}),
        ("creatinine", "25", {"unclear": ["creatinine 25 without its unit: write '25 umol/L' or '25 mg/dL'"]}),
        ("creatinine", "19", {"creatinine": 19}),
        ("creatinine (mg/dL)", "132", {"unclear": ["creatinine 132 mg/dL is out of range; 132 umol/L is 1.49 mg/dL"]}),
        ("creatinine (umol/L)", "1.3", {"unclear": ["creatinine 0.01 mg/dL is out of range"]}),
        ("pregnant", "6 weeks postpartum", {"unclear": ["pregnant: '6 weeks postpartum' is neither yes nor no"]}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("dose", ["125", "125 mcg"])
def test_a_fact_of_the_person_whatever_else_the_row_says(
    heads: str, cells: str, patient: dict[str, object] | None, dose: str
) -> None:
    """Beside a dose that was refused ("125 mcg" below "dose (mg)") 114 lb were 114 kg."""
    people = read_file("t.csv", f"drug,dose (mg),frequency,{heads}\ndigoxin,{dose},od,{cells}\n".encode())
    told = _check(people).to_json()["regimens"][0]
    assert told.get("patient") == patient
    assert [each["severity"] for each in told["findings"] if each["code"] == "R413"] == (
        ["warning"] if patient and "unclear" in patient else []
    )


def test_a_row_that_only_says_who_it_is() -> None:
    people = read_file("t.csv", b"patient,drug,sig,weight (lb)\nA,ibuprofen,400 mg daily,\nA,,,114\n")
    told = _check(people).to_json()["regimens"][0]
    assert (told["patient"], len(told["items"])) == ({"weight": 51.7}, 1)


def test_a_head_that_the_user_maps_keeps_its_unit() -> None:
    mapping = read_mapping(["Einzeldosis (mg)=dose"])
    assert _one("drug,Einzeldosis (mg),frequency\nibuprofen,400,TDS\n", mapping)[1] == [
        "ibuprofen 1,200 mg in 24 hours"
    ]


def test_keys_of_json() -> None:
    ((_, (given,)),) = read_file(
        "t.json", json.dumps([{"drug": "ibuprofen", "dose_mg": 400, "times_per_day": 3}]).encode()
    )
    assert given.columns == (("dose", "400 mg"), ("frequency", "3 times a day"))


def test_a_header_is_found_below_titles() -> None:
    table = b"Ward list\n\nDrug,Dose (mg),Times per day\nibuprofen,400,3\n"
    ((_, (given, title)),) = read_file("t.csv", table)
    assert (given.text, title.left_out) == ("ibuprofen", "it stands before the header")


def test_the_tutorial_names_every_role() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "check-a-list.md").read_text(encoding="utf-8")
    assert [role for role in ROLES if role not in FACTS and f"`{role}`" not in page] == []
