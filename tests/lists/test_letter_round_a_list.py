"""A list in a letter or a visit summary: letterhead, furniture, sentences about what was stopped, what was changed, and
instructions on the line below the medicine.
"""

from __future__ import annotations

import pytest

import doseref
from doseref.lists.files import read_file
from doseref.regimen.model import Given


def _read(*rows: str) -> list[tuple[str | None, list[Given]]]:
    return list(read_file("letter.txt", ("\n".join(rows) + "\n").encode()))


def _items(*rows: str) -> list[str]:
    return [each.text for _, given in _read(*rows) for each in given if not each.left_out]


def _left(*rows: str) -> dict[str, str]:
    return {each.text: each.left_out for _, given in _read(*rows) for each in given if each.left_out}


AMLODIPINE = "Amlodipine 5 mg once daily"


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        (
            ("cephalexin (KEFLEX) 500 MG capsule", "  Take 1 capsule (500 mg total) by mouth 4 (four) times daily for 7 days."),
            ["cephalexin (KEFLEX) 500 MG capsule Take 1 capsule (500 mg total) by mouth 4 (four) times daily for 7 days."],
        ),
        # pasted without its blanks: an instruction that is read whole
        (("lisinopril 10 MG tablet", "Take 1 tablet by mouth daily."), ["lisinopril 10 MG tablet Take 1 tablet by mouth daily."]),
        # a long one goes on on the next line
        (
            ("acetaminophen 500 MG tablet", "  Take 2 tablets (1,000 mg total) by mouth every 6 (six)", "  hours as needed for pain."),
            ["acetaminophen 500 MG tablet Take 2 tablets (1,000 mg total) by mouth every 6 (six) hours as needed for pain."],
        ),
        # two instructions are both of it
        (
            ("prednisone 5 mg tablet", "Take 2 tablets in the morning.", "Take 1 tablet at night."),
            ["prednisone 5 mg tablet Take 2 tablets in the morning. Take 1 tablet at night."],
        ),
        # what stands between them is told
        (
            ("lisinopril 10 MG tablet", "Commonly known as: PRINIVIL,ZESTRIL", "  Take 1 tablet by mouth daily."),
            ["lisinopril 10 MG tablet Take 1 tablet by mouth daily."],
        ),
        # a medicine with its own instruction takes none from below
        (("Amlodipine 5 mg once daily", "Take 1 tablet at night."), ["Amlodipine 5 mg once daily", "Take 1 tablet at night."]),
        # an instruction that names a medicine is its own
        (("lisinopril 10 MG tablet", "  Take 1 tablet of warfarin daily."), ["lisinopril 10 MG tablet", "Take 1 tablet of warfarin daily."]),
        # neither over a blank line nor over a heading
        (("lisinopril 10 MG tablet", "", "Take 1 tablet daily."), ["lisinopril 10 MG tablet", "Take 1 tablet daily."]),
        (("lisinopril 10 MG tablet", "Current:", "Take 1 tablet daily."), ["lisinopril 10 MG tablet", "Take 1 tablet daily."]),
        # medicines below each other stay apart, however far in they stand
        (("lisinopril 10 mg daily", "  zinc 50 mg daily"), ["lisinopril 10 mg daily", "zinc 50 mg daily"]),
        (("Aspirin", "  75 mg od", "Clopidogrel", "  75 mg od"), ["Aspirin 75 mg od", "Clopidogrel 75 mg od"]),
        (("Allopurinol 300 mg od", "  for gout", "Prednisolone 30 mg od", "  for 5 days"), ["Allopurinol 300 mg od for gout", "Prednisolone 30 mg od for 5 days"]),
        (("Allopurinol 300 mg od", "for gout"), ["Allopurinol 300 mg od", "for gout"]),
        # comments, persons, facts and furniture are none, however far in they stand
        (("metformin 500 mg tablets", "  # ask about this", "  eGFR 22", "  Dr A. Lim, FY1"), ["metformin 500 mg tablets"]),
        (("metformin 500 mg tablets", "  eGFR 22 and falling", "  Weight: 60 kg"), ["metformin 500 mg tablets", "eGFR 22 and falling"]),
        # no instruction that is understood, and not further in
        (("lisinopril 10 MG tablet", "use as before, see my letter"), ["lisinopril 10 MG tablet", "use as before, see my letter"]),
    ],
)  # fmt: skip
def test_an_instruction_below_its_medicine_is_joined_to_it(rows: tuple[str, ...], items: list[str]) -> None:
    assert _items(*rows) == items


def test_a_visit_summary_adds_up() -> None:
    """Acetaminophen 4 x 1,000 mg and Percocet 6 x 2 x 325 mg as needed: 4,000 to 7,900 mg; of metformin the new dose."""
    ((_, given),) = _read(
        "START taking these medications",
        "oxyCODONE-acetaminophen (PERCOCET) 5-325 MG tablet",
        "  Take 1-2 tablets by mouth every 4 (four) hours as needed for severe pain.",
        "CONTINUE taking these medications",
        "acetaminophen (TYLENOL) 500 MG tablet",
        "  Take 2 tablets (1,000 mg total) by mouth every 6 (six) hours.",
        "CHANGE how you take these medications",
        "metFORMIN 500 MG tablet",
        "  Take 2 tablets (1,000 mg total) by mouth 2 (two) times daily with meals.",
        "  What changed: how much to take",
        "STOP taking these medications",
        "naproxen 500 MG tablet",
    )
    regimen = doseref.check(given).to_json()["regimens"][0]
    assert {each["substance"]: (each["low"], each["high"]) for each in regimen["totals"]} == {
        "acetaminophen": (4000, 7900),
        "oxycodone": (0, 60),
        "metformin": (2000, 2000),
    }
    assert [each["status"] for each in regimen["items"]] == ["read"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "Admitted: 11/11/2026  Discharged: 20/11/2026", "Consultant: Dr R Okafor", "Dr A. Lim, FY1", "Dr Sarah Jones (GP registrar)",
        "bleep 2214", "Tel: 01234 567890 ext 22", "Please could you recheck U&Es", "GP to repeat bloods in 2 weeks",
        "What changed: how much to take", "Medicines on discharge (TTO):", "Medicines on discharge", "START taking these medications",
        "No current facility-administered medications on file prior to visit.", "Plan:", "1. Please recheck U&Es in 1 week", "Clinical summary:", "She went home on 20/11/2026.", "The patient lives alone with her cat.",
        "Jane Brown, PharmD", "Specialist pharmacist", "Next appointment: 3 March", "Ward: 14B",
    ],
)  # fmt: skip
def test_the_furniture_of_a_letter_is_no_item(line: str) -> None:
    assert _items(AMLODIPINE, line) == [AMLODIPINE]


@pytest.mark.parametrize(
    "line",
    [
        "She takes warfrin at night.", "He is on zorblax.", "Her zorblax was doubled.", "The patient tolerated zorblax well.", "She was treated with zorblax.", "Plan: warfarin 3 mg daily", "The patient needs zorblax.",
        "Please monitor lithium", "Dr Reddy's omeprazole 20 mg daily", "GP to continue warfarin 3 mg daily", "Ward: clexane 40 mg",
        "Lisinipril, 10 mg daily", "Please review in clinic and give 5 mg daily", "Discharged on: prednisolone 30 mg daily", "lisinipril",
    ],
)  # fmt: skip
def test_what_may_be_a_medicine_stays_an_item(line: str) -> None:
    assert len(_items(AMLODIPINE, line)) == 2


def test_a_letterhead_is_no_second_person() -> None:
    rows = (
        "Royal Northshire NHS Foundation Trust",
        "Ward 14B",
        "Discharge letter",
        "",
        "Patient: Edith Bramley",
        AMLODIPINE,
    )
    assert [name for name, _ in _read(*rows)] == ["Edith Bramley"]
    assert _items(*rows) == [AMLODIPINE]
    # nor is that above a letter's greeting
    assert _items("Hospital NHS Trust", "Ward 14B", "Dear Dr Jones,", AMLODIPINE, "Kind regards") == [AMLODIPINE]
    assert len(_items("Warfrin", "zorblax 5 mg daily", "Dear Dr Jones,", AMLODIPINE)) == 3
    # a medicine above the name is somebody's, and is told
    assert [name for name, _ in _read("warfarin 3 mg daily", "Ward 14B", "Patient: Edith Bramley", AMLODIPINE)] == [
        None,
        "Edith Bramley",
    ]
    assert len(_items("Lisinipril 10 mg daily", "Patient: Edith Bramley", AMLODIPINE)) == 2
    assert len(_items("Warfrin", "Patient: Edith Bramley", AMLODIPINE)) == 2


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("Her ramipril and naproxen were stopped.", []),
        ("Ramipril was stopped on admission because of AKI. She was treated for a UTI.", []),
        ("His regular metformin, gliclazide and ramipril have been discontinued.", []),
        ("Her ramipril was withheld because of AKI.", []),
        ("Her ramipril was stopped. Amlodipine was reduced to 5 mg once daily.", []),  # in the list, in that dose
        ("Her ramipril was stopped. Amlodipine was increased to 10 mg once daily.", ["Amlodipine was increased to 10 mg once daily"]),
        ("Her ramipril was stopped. Digoxin was reduced to 62.5 micrograms daily.", ["Digoxin was reduced to 62.5 micrograms daily"]),
        # what may be taken again, or is replaced, or is not all of it, stays
        ("Her ramipril was stopped until Monday.", None),
        ("Her ramipril was stopped and losartan 50 mg daily started.", None),
        ("Her ramipril was stopped for 3 days.", None),
        ("Her ramipril was not stopped.", None),
        ("Her ramipril was stopped. Take warfarin 3 mg daily.", None),
        ("Her ramipril was stopped. Give 5 mg at night.", None),
    ],
)  # fmt: skip
def test_a_sentence_about_what_was_stopped_is_no_medicine_taken(line: str, items: list[str] | None) -> None:
    """Ramipril and naproxen "were stopped" and gave three warnings with what is taken."""
    assert _items(AMLODIPINE, line) == [AMLODIPINE, *([line] if items is None else items)]


def test_what_was_stopped_is_told_with_its_words() -> None:
    line = "Her ramipril and naproxen were stopped. Amlodipine was reduced to 5 mg once daily."
    assert _left(AMLODIPINE, line) == {
        line: "it tells what was stopped",
        "Amlodipine was reduced to 5 mg once daily": "it tells a change, and the list has the medicine besides",
    }


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        (("Digoxin 62.5 micrograms od", "", "Changed:", "Digoxin 125 micrograms -> 62.5 micrograms"), ["Digoxin 62.5 micrograms od"]),
        (("Changes to medication:", "Digoxin 125 micrograms od reduced to 62.5 micrograms od", "", "TTO:", "Digoxin 62.5 micrograms od"), ["Digoxin 62.5 micrograms od"]),
        # another dose than that of the list, and what the list has not
        (("Metformin 500 mg bd", "Changed:", "Metformin increased to 1 g bd"), ["Metformin 500 mg bd", "Metformin increased to 1 g bd"]),
        ((AMLODIPINE, "Changed:", "Atorvastatin 20mg increased to 40mg nocte"), [AMLODIPINE, "Atorvastatin 20mg increased to 40mg nocte"]),
        # the section of a visit summary holds what is taken
        (("CHANGE how you take these medications", "metformin 1 g bd"), ["metformin 1 g bd"]),
    ],
)  # fmt: skip
def test_what_was_changed_is_not_counted_on_top_of_the_list(rows: tuple[str, ...], items: list[str]) -> None:
    assert _items(*rows) == items


@pytest.mark.parametrize(
    ("line", "new", "alone"),
    [
        ("Atorvastatin 20mg increased to 40mg nocte", 40, True),
        ("Atorvastatin 20 mg reduced to 10 mg at night", 10, True),
        ("Amlodipine 5 mg increased to 10 mg in the morning", 10, True),
        ("Gabapentin 300 mg tid, increased to 600 mg at bedtime", 600, False),  # the others of the day go on
        ("Atorvastatin 20 mg increased to 40 mg nocte after 2 weeks", 40, False),
        ("Atorvastatin 20 mg increased to 40 mg nocte and 10 mg mane", 40, False),
    ],
)
def test_what_a_dose_was_raised_to_may_have_its_time_of_day(line: str, new: int, alone: bool) -> None:
    totals = doseref.check(line).to_json()["regimens"][0]["totals"]
    assert ([(each["low"], each["high"]) for each in totals] == [(new, new)]) is alone
