"""The line at the head of a list that says whose it is, with the day of birth; and the numbers that a list gives its lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.lists.fhir_person import fact_of_observation
from doseref.lists.files import read_file
from doseref.lists.headings import facts_in
from doseref.lists.who_it_is import facts_of_head
from doseref.reports import check_text

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "line",
    [
        "Mrs J. Smith, DOB 3/4/1948",
        "Mr O'Neil (born 1948-03-04)",
        "Pt Jane Doe D.O.B. 03-04-1948",
        "Ms de la Cruz; date of birth: 3.4.1948.",
        "DOB 3/4/1948",
    ],
)
def test_whose_list_it_is(line: str) -> None:
    ((role, day),) = facts_in(line, TODAY) or ((), ())
    assert (role, day[-4:] == "1948" or day[:4] == "1948") == ("birth date", True)


@pytest.mark.parametrize(
    "line",
    [
        "warfarin, DOB 3/4/1948",  # a drug: an item that is not read, and told
        "Mrs Smith warfarin 5 mg daily DOB 3/4/1948",
        "Mrs J. Smith, DOB unknown",
        "Mrs J. Smith",
    ],
)
def test_anything_else_stays_an_item(line: str) -> None:
    assert facts_in(line, TODAY) is None


def test_the_age_counts_and_the_line_is_no_item(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Mrs J. Smith, DOB 1/1/1940\nibuprofen 400 mg three times daily\n", encoding="utf-8")
    ((_, given),) = read_file(str(path))
    assert [each.text for each in given if not each.left_out] == ["ibuprofen 400 mg three times daily"]
    assert given[0].facts == (("birth date", "1/1/1940"),)


def test_a_number_of_the_list_is_not_taken_for_that_of_the_item() -> None:
    items = ["ibuprofen 400 mg daily", "1. lisinipril 10 mg daily", "2) metformn 500 mg bd", "1.5 mg zorblax daily"]
    text = check_text.render(doseref.check(items), 400, False)
    assert (
        "3 items not (wholly) read: (2) lisinipril 10 mg daily, (3) metformn 500 mg bd, (4) 1.5 mg zorblax daily"
        in text
    )
    assert "  2    lisinipril 10 mg daily: 'lisinipril' is not a name known here" in text


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Pt: John Doe   Age 6   Wt 20kg", {"age": "6 years", "weight": "20kg"}),
        ("Patient: John Doe (6 y/o, 20 kg)", {"age": "6 years", "weight": "20 kg"}),
        ("Patient: Mary, 18 months old", {"age": "18 months"}),
        ("Patient: J Doe DOB 3/4/2019, aged 7", {"birth date": "3/4/2019"}),
        ("[Ann, 81F, eGFR 25]", {"age": "81 years", "sex": "F", "egfr": "25"}),
        ("[Bed 12F]", {}),
        ("[Room 3]", {}),
        ("Patient: John Doe, age 600", {"age": "600 years"}),  # told as not understood
    ],
)
def test_what_is_said_beside_the_name_of_a_person(tmp_path: Path, line: str, facts: dict[str, str]) -> None:
    """A child's age was a part of the name and nothing else, and the list was judged as an adult's."""
    path = tmp_path / "list.txt"
    path.write_text(f"{line}\nibuprofen 400 mg three times daily\n", encoding="utf-8")
    ((whose, given),) = read_file(str(path))
    head = line.strip("[]").removeprefix("Patient: ").removeprefix("Pt: ").replace(" DOB 3/4/2019", "")
    assert whose == " ".join(head.split())
    assert dict(given[0].facts) == facts
    assert [each.text for each in given if not each.left_out] == ["ibuprofen 400 mg three times daily"]


AT_THE_HEAD = "at the head of the list"


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Bed 2, 34 years, pregnant", {"age": "34 years", "pregnant": "yes"}),
        ("Mrs X, pregnant", {"pregnant": "yes"}),
        ("Jane, 29F, 20/40 pregnant", {"age": "29 years", "sex": "F", "pregnant": "yes"}),
        ("Jane, 29F, breastfeeding", {"age": "29 years", "sex": "F", "said": "breast-feeding"}),
        ("Jane, 38F, smoker", {"age": "38 years", "sex": "F", "said": "smoking"}),
        ("Jane, 38F, ex-smoker, not pregnant", {"age": "38 years", "sex": "F"}),
        ("Jane, 30F, pregnancy test negative", {"age": "30 years", "sex": "F"}),
        ("John, 60M, cirrhosis", {"age": "60 years", "sex": "M", "hepatic": "yes"}),
        ("Mr B, 55M, no renal impairment", {"age": "55 years", "sex": "M"}),
        ("Bed 1 - Ann Jones, 84F, 41kg, eGFR 22", {"age": "84 years", "sex": "F", "egfr": "22", "weight": "41kg"}),
        ("Bed 7 F 84y 41kg", {"age": "84 years", "sex": "F", "weight": "41kg"}),
        ("Room 3, 79M", {"age": "79 years", "sex": "M"}),
        ("Ward 7, Ann Jones, 84F", {"age": "84 years", "sex": "F"}),
        ("Ward 7, 12F", {}),  # a bed of it
        ("Bay 2 bed 4, M, 70 yrs", {"age": "70 years", "sex": "M"}),
        ("John (F/84)", {"age": "84 years", "sex": "F"}),
        ("Ann, 84 yr old lady", {"age": "84 years", "sex": "female"}),
        ("Ann Stone, creatinine 1.9", {"creatinine": "1.9"}),
        ("Ann, creat 132 umol/L", {"creatinine": "132 umol/L"}),
        ("John, 11 st 4 lb", {"unclear": f"'11 st 4 lb' {AT_THE_HEAD}"}),
        ("John, weight 60-70 kg", {"unclear": f"'weight 60-70 kg' {AT_THE_HEAD}"}),
        ("Ann, 52 kg, 79", {"weight": "52 kg", "unclear": f"'79' {AT_THE_HEAD}"}),
        ("John, 60M, CKD 4", {"age": "60 years", "sex": "M", "unclear": f"'CKD 4' {AT_THE_HEAD}"}),
        ("John, 60M, CKD 4, eGFR 22", {"age": "60 years", "sex": "M", "egfr": "22"}),
        ("Renal Ward, Tom", {}),
    ],
)
def test_all_that_is_said_in_brackets(line: str, facts: dict[str, str]) -> None:
    """Pregnancy, the creatinine and "84F" were dropped without a word."""
    assert dict(facts_of_head(line, TODAY)) == facts


@pytest.mark.parametrize("head", ["[Bed 2, 34 years, {}]", "Patient: Jane Roe, 34 years, {}", "34 years, {}", "{}"])
@pytest.mark.parametrize(
    ("said", "item"), [("pregnant", "lisinopril 10 mg daily"), ("breastfeeding", "codeine 30 mg four times daily")]
)
def test_what_is_said_of_her_is_heard_wherever_it_stands(tmp_path: Path, head: str, said: str, item: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"{head.format(said)}\n{item}\n", encoding="utf-8")
    ((_, given),) = read_file(str(path))
    assert "R303" in {each.code for each in doseref.check(given).findings}


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "age 84, female, 41 kg, creatinine 160 umol/L",
            {"age": "84 years", "sex": "female", "weight": "41 kg", "creatinine": "160 umol/L"},
        ),
        ("34F, pregnant, eGFR 70", {"age": "34 years", "sex": "F", "egfr": "70", "pregnant": "yes"}),
        ("45M, smoker, asthma", {"age": "45 years", "sex": "M", "said": "smoking"}),
        ("Age 6, weight 20 kg", {"age": "6 years", "weight": "20 kg"}),
        ("81F, eGFR 22", {"age": "81 years", "sex": "F", "egfr": "22"}),
        ("Mrs J. Smith, DOB 3/4/1948, weight 30 kg", {"birth date": "3/4/1948", "weight": "30 kg"}),
        ("Mr Hale 67 years old male", {"age": "67 years", "sex": "male"}),
        ("81F, CKD 4, eGFR 22", {"age": "81 years", "sex": "F", "egfr": "22"}),
        ("81 yo F, CKD stage 4 (eGFR 22)", {"age": "81 years", "sex": "F", "egfr": "22"}),
        ("Mr Hale, 81M, T2DM, CKD3b and hypertension, eGFR 38", {"age": "81 years", "sex": "M", "egfr": "38"}),
        ("72 year old man with AF, wt 80 kg", {"age": "72 years", "sex": "male", "weight": "80 kg"}),
    ],
)
def test_several_facts_of_one_line(line: str, facts: dict[str, str]) -> None:
    assert dict(facts_in(line, TODAY) or ()) == facts


@pytest.mark.parametrize(
    "line",
    [
        "John Doe, age 6",
        "81F, zorblaxin 4, eGFR 22",
        "80F on warfarin",
        "62M, insulin, eGFR 40",
        "81F, CKD 4, 20 units",
        "45M, smokes 20 a day, asthma",
        "zorblaxin 6 years, 20 kg",
        "20 kg",
    ],
)
def test_a_line_with_more_than_facts_stays_an_item(line: str) -> None:
    assert facts_in(line, TODAY) is None


@pytest.mark.parametrize(
    ("observed", "fact"),
    [
        ({"code": {"text": "eGFR"}, "valueQuantity": {"value": 28, "unit": "mL/min"}}, ("egfr", "28")),
        (
            {
                "code": {"coding": [{"display": "eGFR (CKD-EPI 2021)"}]},
                "valueQuantity": {"value": 41, "unit": "mL/min/1.73m2"},
            },
            ("egfr", "41"),
        ),
        ({"code": {"text": "Body weight"}, "valueQuantity": {"value": 70, "unit": "kg"}}, ("weight", "70 kg")),
        (
            {"code": {"text": "Serum creatinine"}, "valueQuantity": {"value": 1.2, "unit": "mg/dL"}},
            ("creatinine", "1.2 mg/dl"),
        ),
        ({"code": {"text": "Birth weight"}, "valueQuantity": {"value": 3, "unit": "kg"}}, None),
        ({"code": {"text": "Urine creatinine"}, "valueQuantity": {"value": 90, "unit": "mg/dL"}}, None),
        ({"code": {"text": "Creatinine"}, "valueQuantity": {"value": 9, "unit": "mmol"}}, None),
    ],
)
def test_an_observation_without_a_code_goes_by_its_name_and_unit(observed: dict[str, Any], fact: Any) -> None:
    """An eGFR that no LOINC code named was dropped in silence, and metformin's contraindication with it."""
    found = fact_of_observation({"resourceType": "Observation", "status": "final", **observed})
    assert (found and found[:2]) == fact


def test_a_report_names_a_person_without_day_of_birth_and_number(tmp_path: Path) -> None:
    """They stood in every line of a report; two of one name keep them."""
    path = tmp_path / "list.txt"
    one = "Patient: Mrs Edith Bramley DOB: 04/03/1941 NHS No: 943 476 5919"
    other = "Patient: Mrs Edith Bramley DOB: 04/03/1971 NHS No: 943 476 5000"
    path.write_text(f"{one}\nzinc 50 mg daily\nPatient: Bob (MRN 12345678)\nzinc 50 mg daily\n", encoding="utf-8")
    assert [name for name, _ in read_file(str(path))] == ["Mrs Edith Bramley", "Bob"]
    path.write_text(f"{one}\nzinc 50 mg daily\n{other}\nzinc 50 mg daily\n{one}\niron 65 mg daily\n", encoding="utf-8")
    found = list(read_file(str(path)))
    assert [name for name, _ in found] == [one.removeprefix("Patient: "), other.removeprefix("Patient: ")]
    path.write_text("Patient: NHS No: 943 476 5919\nzinc 50 mg daily\n", encoding="utf-8")
    assert [name for name, _ in read_file(str(path))] == ["NHS No: 943 476 5919"]


@pytest.mark.parametrize(
    "line", ["John Sample 76M, eGFR 22 (18/11/26)", "John Sample, 76M, eGFR 22", "SAMPLE, John 76M eGFR 22", "J Sample 76 y eGFR 22"]
)  # fmt: skip
def test_a_name_without_a_title_is_whose_list_it_is(tmp_path: Path, line: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"{line}\nmetformin 1000 mg twice daily\n", encoding="utf-8")
    [(_, given)] = read_file(str(path))
    assert [each.text for each in given if not each.left_out] == ["metformin 1000 mg twice daily"]
    assert {"age", "egfr"} <= {role for role, _ in given[0].facts}
    [person] = doseref.check(given).regimens
    assert any(each.code == "R303" and "eGFR 22" in each.message for each in person.findings)


@pytest.mark.parametrize(
    "line",
    [
        "Cough Mixture 6 years, 20 kg",  # words of forms
        "Junior Paracetamol 6 years, 20 kg",  # a drug
        "Zorbax Plus 76M eGFR 22",
        "Foobar Quux 20 mg 76M eGFR 22",  # an amount
        "John Sample 76",
        "blarg quux 76M eGFR 22",
    ],
)
def test_what_may_be_a_medicine_is_no_name(tmp_path: Path, line: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"{line}\nmetformin 1000 mg twice daily\n", encoding="utf-8")
    [(_, given)] = read_file(str(path))
    assert line in [each.text for each in given if not each.left_out]


def test_a_kidney_figure_in_a_line_that_is_not_understood_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("frail old man with eGFR 22 lives alone\nmetformin 1000 mg twice daily\n", encoding="utf-8")
    [(_, given)] = read_file(str(path))
    [person] = doseref.check(given).regimens
    assert [each.code for each in person.findings if each.code == "R413"] == ["R413"]
