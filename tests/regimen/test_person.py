"""Who takes it: the facts, the clearance with its working, and what they do to the verdicts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.main import build
from doseref.errors import UsageError
from doseref.lists.files import read_file
from doseref.regimen.facts import fact, told
from doseref.regimen.person import Patient, cockcroft_gault
from doseref.result import Person


def test_the_clearance_is_that_of_cockcroft_and_gault() -> None:
    """(140 - 77) × 60 / (72 × 1.4) = 37.5; × 0.85 = 31.9."""
    found = cockcroft_gault(Decimal(77), Decimal(60), Decimal("1.4"), female=True)
    assert found.value == 32
    assert found.working == "(140 − 77) × 60 kg / (72 × 1.4 mg/dL) × 0.85 = 32 mL/min (Cockcroft–Gault)"
    assert cockcroft_gault(Decimal(40), Decimal(72), Decimal(1), female=False).value == 100


def test_facts_are_read_in_their_units() -> None:
    facts = [("age", "77 y"), ("weight", "132 lb"), ("sex", "F"), ("creatinine", "124 µmol/L"), ("pregnant", "no")]
    # 132 × 0.45359237 = 59.9 kg; 124 / 88.4 = 1.40 mg/dL
    assert told(facts, date(2026, 11, 28)) == {
        "age": 77, "weight": Decimal("59.9"), "sex": "female", "creatinine": Decimal("1.40"),
    }  # fmt: skip
    assert told([("birth date", "1950-11-29")], date(2026, 11, 28)) == {"age": 75}
    assert told([("birth date", "1950-11-28")], date(2026, 11, 28)) == {"age": 76}


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("1950-12-31", 75), ("1950/12/31", 75), ("19501231", 75), ("1950-12-31T00:00:00Z", 75), ("1950-12-31 00:00", 75),
        ("1950-12", 75), ("1950", 76), ("3/4/1950", 76), ("31.12.1950", 75), ("2026", 0), ("2024-02-29", 2),
        ("1950-02-30", None), ("1950-13-45", None), ("1950-00-10", None), ("19501345", None), ("30/02/1950", None),
        ("2023-02-29", None), ("2030-01-01", None), ("1850-01-01", None), ("1950-12-311", None),
    ],
)  # fmt: skip
def test_a_day_of_birth_is_one_of_the_calendar(written: str, age: int | None) -> None:
    if age is not None:
        assert told([("birth date", written)], date(2026, 11, 28)) == {"age": age}
        return
    with pytest.raises(UsageError, match="write it like 1950-03-31"):
        told([("birth date", written)], date(2026, 11, 28))


@pytest.mark.parametrize(
    "fact", [("age", "old"), ("weight", "60 stone"), ("pregnant", "perhaps"), ("birth date", "31/31/1950")]
)
def test_a_fact_that_is_not_understood_is_refused(fact: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match=fact[0]):
        told([fact], date(2026, 11, 28))


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"age": -1}, "age -1 is out of range"),
        ({"age": 131}, "age 131 is out of range"),
        ({"age": "old"}, "age 'old' is not a number"),
        ({"weight": 0}, "weight 0 is out of range"),
        ({"egfr": float("nan")}, "egfr nan is out of range"),
        ({"creatinine": 132}, "creatinine 132 mg/dL is out of range; 132 umol/L is 1.49 mg/dL"),  # micromoles per litre
        ({"creatinine": Decimal("0.05")}, "creatinine 0.05 mg/dL is out of range"),
        ({"egfr": 301}, "egfr 301 is out of range"),
        ({"sex": "x"}, "sex 'x': female or male"),
        ({"sex": "mf"}, "sex 'mf': female or male"),
        ({"sex": None}, "sex None: female or male"),
    ],
)
def test_a_fact_that_nobody_has_is_refused_in_python_too(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        doseref.check(["ibuprofen 400 mg three times daily"], **facts)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("written", "meant"),
    [("M", "male"), ("male", "male"), ("Man", "male"), ("F", "female"), (" Female ", "female"), ("woman", "female")],
)
def test_the_words_for_the_sexes_are_the_same_in_python_at_the_prompt_and_in_a_file(written: str, meant: str) -> None:
    found = doseref.check(["ibuprofen 400 mg daily"], sex=written).to_json()["regimens"][0]["patient"]
    assert found == {"sex": meant}
    assert told([("sex", written)], date(2026, 11, 28)) == {"sex": meant}
    words = ["check", "ibuprofen 400 mg daily", "--sex", written, "--format", "json"]
    done = CliRunner().invoke(build(words), words)
    assert json.loads(done.stdout)["regimens"][0]["patient"] == {"sex": meant}


def test_a_fact_at_the_edge_is_taken_and_a_float_is_what_it_shows() -> None:
    for facts in ({"age": 0}, {"age": 130}, {"weight": 1000}):
        assert doseref.check(["ibuprofen 400 mg daily"], **facts).regimens
    shown = doseref.check(["ibuprofen 400 mg daily"], weight=70.1).to_json()["regimens"][0]["patient"]
    assert shown == {"weight": 70.1}
    assert told([("age", "0")], date(2026, 11, 28)) == {"age": 0}


def test_within_the_limits_of_others_a_person_with_weak_kidneys_is_not_assessed_and_above_them_it_is_over() -> None:
    within = doseref.check(["acetaminophen 500 mg every 6 hours"], egfr=45)
    assert [f.code for f in within.findings if f.severity.word != "info"] == []
    assert within.regimens[0].totals[0].reason == "eGFR 45 mL/min: the limits are for normal kidneys"
    over = doseref.check(["acetaminophen 1.5 g every 6 hours"], egfr=45)
    assert [f.severity.word for f in over.findings if f.code == "R101"] == ["error"]
    child = doseref.check(["acetaminophen 1.5 g every 6 hours"], age=8)
    assert [f.severity.word for f in child.findings if f.code == "R101"] == ["error"]


def test_the_patient_stands_in_the_json_with_the_working() -> None:
    result = doseref.check(["acetaminophen 500 mg daily"], age=77, weight=60, sex="female", creatinine=Decimal("1.4"))
    shown = result.to_json()["regimens"][0]["patient"]
    assert shown["creatinine_clearance"]["value"] == 32
    assert (shown["age"], shown["weight"], shown["sex"]) == (77, 60, "female")
    assert "patient" not in doseref.check(["acetaminophen 500 mg daily"]).to_json()["regimens"][0]


def _checked(file: Path) -> Any:
    people = [Person(name, tuple(given)) for name, given in read_file(str(file), None, doseref.reference(), {})]
    return doseref.check(people).to_json()["regimens"]


def test_columns_say_who_it_is(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "patient,age,weight,sex,creatinine,drug,sig\nA,77,60,F,1.4,tramadol 50 mg,100 mg four times daily\nB,40,,,,tramadol 50 mg,100 mg four times daily\n",
        encoding="utf-8",
    )
    first, second = _checked(file)
    assert first["patient"]["creatinine_clearance"]["value"] == 32
    assert second["patient"] == {"age": 40}


def test_lines_of_a_list_say_who_it_is(tmp_path: Path) -> None:
    lines = "age: 77 y/o", "weight 61 kg", "eGFR 22", "Sex: F", "Metformin 1 g twice daily"
    (tmp_path / "list.txt").write_text("\n".join(lines), "utf-8")
    ((_, givens),) = read_file(str(tmp_path / "list.txt"))
    assert [given.text for given in givens if not given.left_out] == ["Metformin 1 g twice daily"]
    assert dict(fact for given in givens for fact in given.facts) == {
        "age": "77 years", "weight": "61 kg", "egfr": "22", "sex": "F",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("pregnant", "it says who it is"),
        ("eGFR: not done", "it says who it is"),
        ("eGFR: poor", "what it says of the person is not understood"),
        ("age of onset 5", ""),
        ("weight gain formula 1 scoop daily", ""),
        ("Cr: 20 mg daily", ""),  # may be a tablet
        ("Sex hormone tablets 1 daily", ""),
    ],
)
def test_what_may_be_taken_is_no_fact(tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "list.txt").write_text(line, "utf-8")
    ((_, (given,)),) = read_file(str(tmp_path / "list.txt"))
    assert given.left_out == why


def test_fhir_says_who_it_is(tmp_path: Path) -> None:
    subject = {"reference": "Patient/p1"}

    def observed(code: str, value: float, unit: str, day: str) -> dict[str, Any]:
        return {"resourceType": "Observation", "status": "final", "subject": subject, "effectiveDateTime": day,
                "code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "valueQuantity": {"value": value, "code": unit}}  # fmt: skip

    resources = [
        {"resourceType": "Patient", "id": "p1", "birthDate": "1940-01-31", "gender": "female"},
        observed("29463-7", 60, "kg", "2026-10-01"),
        observed("2160-0", 0.9, "mg/dL", "2026-01-01"),
        observed("2160-0", 1.4, "mg/dL", "2026-10-01"),
        {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": subject,
         "medicationCodeableConcept": {"text": "acetaminophen 500 mg"}, "dosageInstruction": [{"text": "500 mg every 6 hours"}]},
    ]  # fmt: skip
    file = tmp_path / "bundle.json"
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}
    file.write_text(json.dumps(bundle), encoding="utf-8")
    (regimen,) = _checked(file)
    assert (regimen["patient"]["weight"], regimen["patient"]["creatinine"], regimen["patient"]["sex"]) == (
        60,
        1.4,
        "female",
    )
    assert regimen["patient"]["age"] >= 86
    assert regimen["patient"]["creatinine_clearance"]["value"] <= 27  # 54 × 60 / 100.8 × 0.85 = 27.3 at 86


def test_who_weighs_as_a_child_is_not_held_against_limits_for_adults() -> None:
    """2,000 mg a day are 167 mg/kg at 12 kg; that they are below 3,000 mg is no verdict."""
    regimen = doseref.check(["acetaminophen 500 mg every 6 hours"], weight=Decimal(12)).to_json()["regimens"][0]
    assert regimen["totals"][0]["limits"] == []
    assert regimen["totals"][0]["not_assessed"] == "weight 12 kg, no age given: the limits are for adults"
    (told,) = [each for each in regimen["findings"] if each["severity"] == "error"]
    assert told["code"] == "R303"
    assert "2,000 mg in 24 hours against 75 mg/kg, 900 mg for this weight" in told["message"]


def test_a_light_adult_and_a_grown_person_are() -> None:
    for facts in ({"weight": Decimal(38), "age": 80}, {"weight": Decimal(40)}):
        regimen = doseref.check(["acetaminophen 500 mg every 6 hours"], **facts).to_json()["regimens"][0]
        assert {each["verdict"] for each in regimen["totals"][0]["limits"]} & {"within"}


@pytest.mark.parametrize(
    ("items", "too_much"),
    [
        # 15 × 12 × 6 = 1,080 mg and 30 × 12 × 6 = 2,160 mg, above 75 × 12 = 900 mg
        (["acetaminophen 15 mg/kg every 4 hours, weight 12 kg"], "1,080 mg in 24 hours against 75 mg/kg, 900 mg"),
        (["acetaminophen 30 mg/kg every 4 hours (12 kg)"], "2,160 mg in 24 hours against 75 mg/kg, 900 mg"),
        # 15 × 12 × 4 + 500 × 4 = 2,720 mg: the weight of one line is that of the person
        (["acetaminophen 15 mg/kg every 6 hours, weight 12 kg", "acetaminophen 500 mg every 6 hours"], "2,720 mg in 24 hours"),
        # two weights: the lighter one, 10 × 12 × 6 + 10 × 14 × 6 = 1,560 mg
        (["acetaminophen 10 mg/kg q4h, weight 14 kg", "acetaminophen 10 mg/kg q4h, weight 12 kg"], "1,560 mg in 24 hours"),
    ],
)  # fmt: skip
def test_the_weight_that_a_line_says_is_the_persons(items: list[str], too_much: str) -> None:
    """Held against 3,000 mg for adults, all of these were within."""
    regimen = doseref.check(items).to_json()["regimens"][0]
    (told,) = [each for each in regimen["findings"] if each["severity"] == "error"]
    assert told["code"] == "R303"
    assert too_much in told["message"]
    assert regimen["totals"][0]["limits"] == []
    assert regimen["patient"] == {"weight": 12}


def test_a_grown_persons_weight_in_a_line_leaves_the_limits_for_adults() -> None:
    regimen = doseref.check(["acetaminophen 10 mg/kg every 6 hours, weight 70 kg"]).to_json()["regimens"][0]
    assert regimen["totals"][0]["high"] == 2800
    assert {each["verdict"] for each in regimen["totals"][0]["limits"]} == {"within"}


def test_facts_of_the_person_are_not_told_as_left_out(tmp_path: Path) -> None:
    """What was understood stands in the person's line; only what was not is told."""
    (tmp_path / "list.txt").write_text("age: 77\nweight: heavy\nibuprofen 400 mg three times daily\n", "utf-8")
    regimen = _checked(tmp_path / "list.txt")[0]
    assert regimen["patient"] == {"age": 77, "unclear": ["'weight: heavy'"]}
    assert [each["what"].split(" (")[0] for each in regimen["not_assessed"]] == ["weight: heavy"]


def test_no_room_is_told_where_the_low_end_is_at_the_maximum_already() -> None:
    """4 × 1 g and 4 × 325 mg as needed: nothing more fits under 4,000 mg."""
    items = ["Tylenol 1 g qid", "Norco 10/325 1 tab q6h prn"]
    found = doseref.check(items, policy="most-permissive").findings
    [told] = [each for each in found if each.code == "R102" and each.substances == ("acetaminophen",)]
    assert told.mend == "the low end is at or above 4,000 mg already: ask the prescriber"


@pytest.mark.parametrize(
    ("item", "age", "against"),
    [
        ("citalopram 40 mg daily", 85, "40 mg in 24 hours against 20 mg"),  # 40 mg below 60 years, 20 mg above
        ("tramadol 100 mg four times daily", 80, "400 mg in 24 hours against 300 mg"),  # above 75 years
        ("acetaminophen 1 g every 6 hours", 50, "4,000 mg in 24 hours against 3,000 mg"),
    ],
)
@pytest.mark.parametrize("more", [{}, {"egfr": 59}, {"egfr": 10}, {"hepatic": True}, {"hepatic": True, "egfr": 20}])
def test_weak_kidneys_or_liver_raise_no_maximum(item: str, age: int, against: str, more: dict[str, Any]) -> None:
    """What is above the limit for an age is so whatever the kidneys and the liver do."""
    found = doseref.check([item], age=age, **more).findings
    (told,) = [each for each in found if each.code == "R101"]
    assert told.severity.word == "error"
    assert against in told.message or "against 200 mg" in told.message  # tramadol below 30 mL/min


def test_what_is_stated_for_a_kidney_function_stays_when_the_liver_is_ill_too() -> None:
    """Gabapentin 1,400 mg from 30 to 59 mL/min; 3,600 mg for normal kidneys."""
    for more in ({}, {"hepatic": True}, {"pregnant": True}, {"age": 85}):
        found = doseref.check(["gabapentin 900 mg three times daily"], egfr=50, **more).findings
        assert ["against 1,400 mg" in each.message for each in found if each.code == "R101"] == [True]


@pytest.mark.parametrize(
    ("role", "written", "exact"),
    [
        ("age", "18 months", "1.5"),
        ("age", "1.50 years", "1.5"),
        ("age", "26 weeks", "0.5"),
        ("age", "80", "80"),
        ("weight", "44 lb", "20"),
        ("weight", "70.0 kg", "70"),
    ],
)
def test_a_fact_is_said_without_trailing_zeros(role: str, written: str, exact: str) -> None:
    """44 lb are 19.958 kg, told to a tenth."""
    assert str(fact(role, written)) == exact


def test_a_creatinine_alone_says_what_a_clearance_wants() -> None:
    """Cockcroft and Gault ask for age, weight and sex."""
    assert (
        Patient(creatinine=Decimal("1.2")).words == "creatinine 1.2 mg/dL (no clearance without age and weight and sex)"
    )
    known = Patient(creatinine=Decimal("1.2"), age=Decimal(70), weight=Decimal(70), sex="male")
    assert "no clearance" not in known.words


def test_prn_alone_between_items_is_no_guess(tmp_path: Path) -> None:
    """It may head the lines below or end the line above; with a colon, or behind an empty line, it heads."""
    for text, needed in (
        ("Amlodipine 5 mg od\nPRN\nParacetamol 1 g qds", False),
        ("Amlodipine 5 mg od\nPRN:\nParacetamol 1 g qds", True),
        ("Amlodipine 5 mg od\n\nPRN\nParacetamol 1 g qds", True),
    ):
        (tmp_path / "list.txt").write_text(text, "utf-8")
        ((_, givens),) = read_file(str(tmp_path / "list.txt"))
        assert any("may head the lines below" in each.refused for each in givens) != needed


@pytest.mark.parametrize("written", ["18 moths", "18 mow", "3 wks ago", "72 yards"])
def test_a_unit_of_age_that_is_misspelt_is_not_guessed(written: str) -> None:
    with pytest.raises(UsageError):
        fact("age", written)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"sex": "male"}, "pregnant and male"),
        ({"sex": "M", "age": 30}, "pregnant and male"),
        ({"age": 8}, "pregnant and 8 years old"),
        ({"age": 1}, "pregnant and 1 year old"),
        ({"age": 85}, "pregnant and 85 years old"),
    ],
)
def test_facts_that_exclude_each_other_are_refused(tmp_path: Path, facts: dict[str, Any], why: str) -> None:
    """By options the question is refused; by a list the two count for nothing and are told, and the others are judged."""
    with pytest.raises(UsageError, match=f"one person cannot be {why}"):
        doseref.check("lisinopril 10 mg daily", pregnant=True, **facts)
    said = "\n".join(f"{role}: {value}" for role, value in facts.items())
    (tmp_path / "list.txt").write_text(f"{said}\npregnant\nlisinopril 10 mg daily\n", "utf-8")
    regimen = _checked(tmp_path / "list.txt")[0]
    assert regimen["patient"]["unclear"] == [f"{why}: which is it?"]
    assert "pregnant" not in regimen["patient"]
    assert {finding["code"] for finding in regimen["findings"]} >= {"R413"}
    for allowed in ({"sex": "female", "age": 30}, {"age": 12}, {"age": 52}):
        assert doseref.check("lisinopril 10 mg daily", pregnant=True, **allowed)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("29/02/1991", "is no day that there was: write it like 1950-03-31"),
        ("1991-02-29", "is no day that there was: write it like 1950-03-31"),
        ("2050-01-01", "lies ahead, or too far back: write it like 1950-03-31"),
        ("1/1/1850", "lies ahead, or too far back: write it like 1950-03-31"),
        ("long ago", "is not a day: write it like 1950-03-31"),
        ("3/12/1950", "may be two days: write it like 1950-12-03"),  # 75 or 76 years on 5 June 2026
    ],
)
def test_a_day_of_birth_that_is_none_says_why(written: str, why: str) -> None:
    with pytest.raises(UsageError) as told_why:
        told([("birth date", written)], date(2026, 6, 5))
    assert str(told_why.value) == f"birth date: '{written}' {why}"
