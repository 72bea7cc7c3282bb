"""Results of the laboratory in a list, with their dates and in a row; and what a letter's sentences say of the person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import doseref
from doseref.lists.files import read_file
from doseref.lists.headings import facts_in
from doseref.lists.results import results, unread_kidneys

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("eGFR 22 (18/11/26)", {"egfr": "22"}),
        ("eGFR: 22 (18/11/26)", {"egfr": "22"}),
        ("eGFR 22 ml/min/1.73m2 on 18 Nov 2026", {"egfr": "22"}),
        ("eGFR (CKD-EPI) 22 mL/min/1.73 m² [2026-11-18 08:40]", {"egfr": "22"}),
        ("18/11/26 eGFR 22", {"egfr": "22"}),
        ("Her latest eGFR was 31", {"egfr": "31"}),
        ("eGFR >60", {"egfr": ">60"}),
        ("Creatinine: 3.9 mg/dL (11/19/2026)", {"creatinine": "3.9 mg/dL"}),
        ("Her creatinine clearance is estimated at 40 ml/min", {"crcl": "40"}),
        ("Cr 132 (umol/L)", {"creatinine": "132 umol/L"}),
        ("SCr 2.4 mg/dL (0.6-1.2) H", {"creatinine": "2.4 mg/dL"}),
        ("CrCl 22 ml/min (C&G)", {"crcl": "22"}),
        ("CrCl (C&G) 22 mL/min", {"crcl": "22"}),
        ("U&E: Na 138, K 4.2, Cr 345, eGFR 22", {"creatinine": "345", "egfr": "22"}),
        ("U&Es 18/11/26: Na 138 K 4.2 Ur 12.3 Cr 145 umol/L eGFR 31", {"creatinine": "145 umol/L", "egfr": "31"}),
        ("BMP: Na 140, K 4.1, Cl 101, CO2 24, BUN 38, Cr 2.4 (H), Glu 130", {"creatinine": "2.4"}),
        ("Bloods (18/11/2026): Hb 112, WCC 6.1, CRP <5, eGFR 45", {"egfr": "45"}),
        ("BP 140/80, HR 72, eGFR 55", {"egfr": "55"}),
        # two of one thing: both are given on, and told as a contradiction
        ("eGFR 45 (01/03/26), eGFR 22 (18/11/26)", {"egfr": "22"}),
        # nothing of the kidneys, no figure, or something else beside it
        ("Na 138, K 4.2", None),
        ("eGFR in 2 weeks", None),
        ("eGFR 3/12", None),
        ("creatinine 3 monthly", None),
        ("Recheck U&Es in 1 week", None),
        ("eGFR 45-50", None),
        ("eGFR 45 -> 22", None),
        ("eGFR 22 and falling", None),
        ("eGFR 22 metformin 500 mg bd", None),
        ("Ca 600 mg bd", None),
        ("K 10 mg daily", None),
        ("Sinemet CR 50/200", None),
        ("Cr 345 tablets", None),
    ],
)
def test_a_row_of_results_is_read_whole_or_not_at_all(line: str, facts: dict[str, str] | None) -> None:
    found = results(line)
    assert (found if found is None else dict(found)) == facts


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("eGFR 22 and falling", True),
        ("eGFR 45-50", True),
        ("creatinine around 300", True),
        ("BMP: Na 140, Cr 2.4 rising", True),
        ("PMH: CKD stage 5", True),
        ("PMH: AF, CKD 3b, HTN", True),
        ("ESRD on haemodialysis Mon/Wed/Fri", True),
        ("PMH: CKD stage 2", False),
        ("eGFR in 2 weeks", False),
        ("creatinine 3 monthly", False),
        ("no renal impairment", False),
        ("FH: mother on dialysis", False),
        ("attends renal unit", False),
        ("PMH: kidney stones", False),
    ],
)
def test_what_is_said_of_weak_kidneys_and_not_read_is_told(line: str, told: bool) -> None:
    assert bool(unread_kidneys(line)) is told


METFORMIN = "metformin 1000 mg bid"


def _codes(tmp_path: Path, *lines: str) -> dict[str, str]:
    path = tmp_path / "list.txt"
    path.write_text("\n".join((*lines, METFORMIN)) + "\n", encoding="utf-8")
    ((_, given),) = read_file(str(path))
    return {each.code: each.message for each in doseref.check(given).findings}


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("Age: 76", "eGFR 22 (18/11/26)"), {"R303"}),
        (("76M, weight 70 kg", "Creatinine: 3.9 mg/dL (11/19/2026)"), {"R303"}),
        (("Age 76, eGFR 22 (18/11/26)",), {"R303"}),
        # the creatinine has no unit: it is asked, and the eGFR counts
        (("U&E: Na 138, K 4.2, Cr 345, eGFR 22",), {"R303", "R413"}),
        (("PMH: CKD stage 5",), {"R413"}),
        (("PMH: CKD stage 5", "eGFR 12"), {"R303"}),
        (("eGFR: 22 and falling",), {"R413"}),
        (("eGFR 45 (01/03/26), eGFR 22 (18/11/26)",), {"R413"}),  # which of them holds nobody says
        (("Weight: 11 st 4 lb",), {"R413"}),
        (("PMH: asthma",), set()),
        (("eGFR in 2 weeks",), set()),
        (("Thank you for seeing this 84-year-old lady (eGFR 31, 47 kg).",), {"R413"}),
        (("Thank you for seeing this 84-year-old lady.", "84F"), set()),
        (("Thank you for seeing this lady.",), set()),
        (("She weighs 47 kg.", "Her eGFR is 21."), {"R303"}),
    ],
)
def test_metformin_is_never_within_beside_weak_kidneys_without_a_word(
    tmp_path: Path, lines: tuple[str, ...], codes: set[str]
) -> None:
    """A dated eGFR of 22 was set aside as a test, and metformin was within."""
    assert set(_codes(tmp_path, *lines)) & {"R303", "R413"} == codes


def test_the_words_of_what_is_not_used(tmp_path: Path) -> None:
    told = _codes(tmp_path, "PMH: CKD stage 5")["R413"]
    assert told.endswith(
        "'PMH: CKD stage 5': no figure of the kidneys is read, so that they count as normal (write: eGFR 28)"
    )
    told = _codes(tmp_path, "Thank you for seeing this 84-year-old lady (eGFR 31, 47 kg).")["R413"]
    assert told.endswith("a sentence says age 84 years, eGFR 31, weight 47 kg (write each on a line of its own)")
    told = _codes(tmp_path, "Dear Dr Jones, thank you for seeing this lady, weight 47 kg.")["R413"]
    assert told.endswith("a sentence says weight 47 kg (write it on a line of its own)")


def test_results_among_the_items_count_too() -> None:
    """At the prompt, in JSON and in columns a result is an item; it is one that says who it is."""
    found = doseref.check(["eGFR 22 (18/11/26)", METFORMIN]).regimens[0]
    assert "R303" in {each.code for each in found.findings}
    for said in (
        "Her creatinine clearance is thought to be creatinine clearance 40 now",
        "creatinine rising, now creatinine 300",
        "known CKD 4",
        "on dialysis",
    ):
        found = doseref.check([said, METFORMIN]).regimens[0]
        assert "R413" in {each.code for each in found.findings}, said
    for not_said in ("25 mg daily if CrCl < 30 mL/min", "hold on dialysis days", "known hypertension"):
        found = doseref.check([not_said, METFORMIN]).regimens[0]
        assert "R413" not in {each.code for each in found.findings}, not_said
    found = doseref.check(["PMH: CKD stage 5", METFORMIN], egfr=70).regimens[0]
    assert "R413" not in {each.code for each in found.findings}


def test_a_clearance_is_called_one() -> None:
    found = doseref.check(["CrCl 24", "eGFR 35", METFORMIN])
    patient = found.regimens[0].patient
    assert patient is not None
    assert patient.words == "CrCl 24 mL/min, eGFR 35 mL/min"
    assert patient.to_json() == {"egfr": 35, "crcl": 24}
    (told,) = (each.message for each in found.findings if each.code == "R303")
    assert told.startswith("metformin at creatinine clearance 24 mL/min")
    given = doseref.check([METFORMIN], crcl=24)
    assert given.bench.patient.words == "CrCl 24 mL/min"


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Weight: 212 lb   Height: 5'10\"", {"weight": "212 lb"}),
        ("Weight 60 kg, height 170 cm", {"weight": "60 kg"}),
        ("Wt 71kg Ht 1.68 m BMI 25.2", {"weight": "71kg"}),
        ("Weight 52 kg (18/11/26)", {"weight": "52 kg"}),
        ("She is 84 years old and weighs 47 kg.", {"age": "84 years", "weight": "47 kg"}),
        ("Her weight is 47 kg and her eGFR is 31.", {"egfr": "31", "weight": "47 kg"}),
        ("The patient is an 84-year-old woman.", {"age": "84 years", "sex": "female"}),
        ("Her mother is 84 years old and weighs 47 kg.", None),
        ("Her weight was 60 kg last year, now 47 kg", None),
        ("He weighs 80 kg and takes warfarin 5 mg", None),
        ("20 kg", None),
    ],
)
def test_sentences_about_the_person(line: str, facts: dict[str, str] | None) -> None:
    found = facts_in(line, TODAY)
    assert (found if found is None else dict(found)) == facts
