"""The words of a report: each figure once, in English, and what to do next."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity
from doseref.lists.files import read_file
from doseref.lookup import look_up, of_country
from doseref.names import names
from doseref.regimen.model import Given
from doseref.reports.check_findings import render as render_findings
from doseref.reports.check_text import render
from doseref.result import Person


def text_of(*items: str, **options: object) -> str:
    return " ".join(render(doseref.check(list(items), **options), 200).split())


def test_a_range_with_gaps_is_no_least() -> None:
    """1 to 2 tablets of 500 mg four times are 2 to 4 g; of the second item nobody knows."""
    told = text_of("acetaminophen 500 mg 1-2 tablets four times daily", "paracetamol some drops")
    assert "2,000 to 4,000 mg in 24 hours and an amount that is not known" in told and "at least 2,000 to" not in told


def test_what_was_read_in_part_says_so() -> None:
    told = text_of("codeine 30 mg 1-2 tablets four times daily zork")
    assert "at least" not in told


def test_lines_that_are_left_out_stand_apart_from_the_items() -> None:
    people = read_file("l.txt", b"Zopiclone 7.5 mg nocte\n\nStopped:\nDigoxin 125 mcg OD\n")
    told = render(doseref.check([Person(None, tuple(given)) for _, given in people]), 200)
    left = told.split("LEFT OUT\n")[1].split("\n\n")[0]
    assert "Digoxin 125 mcg OD (l.txt:4): it stands below the heading 'Stopped:'" in left
    assert "Digoxin" not in told.split("NOT ASSESSED")[1].split("LEFT OUT")[0]


def test_a_line_that_is_not_taken_is_printed_as_it_was_written() -> None:
    assert "1 Omeprazole 20 mg OD -- HELD (not taken)" in text_of("Omeprazole 20 mg OD -- HELD")


def test_a_figure_that_a_source_gives_for_several_uses_is_told_once() -> None:
    told = text_of("sertraline 400 mg daily", country="HK")
    assert told.count("Sertraline hydrochloride tablets, openFDA label record") == 1
    assert "(major depressive disorder, obsessive-compulsive disorder," in told


def test_a_dose_of_weeks_is_told_once() -> None:
    told = text_of("medroxyprogesterone 150 mg im every 12 weeks")
    assert "(150 mg per 12 weeks)" in told and "150 mg in 24 hours" not in told


def test_as_many_limits_in_g_as_in_mg_are_told_in_mg() -> None:
    assert "chlorpromazine (300 mg in 24 hours)" in text_of("chlorpromazine 100 mg three times daily")


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("celebrix 200 mg bd", "did you mean Celebrex (celecoxib)? (not accepted: 'Celexa' is listed as looking like it)"),
        ("amlodapine 5 mg od", "(not accepted: it is nearly as like 'amoxapine')"),
        ("asprin 75 mg od", "did you mean aspirin? (not accepted: so short a name may be another one)"),
        ("clonodine 0.1 mg bd", "did you mean clonidine? (not accepted: it is nearly as like 'Lodine')"),
        ("To restart metformin 500 mg bd on Monday", "did you mean metformin?"),
    ],
)  # fmt: skip
def test_why_a_suggestion_is_not_accepted(item: str, why: str) -> None:
    assert why in text_of(item, accept_suggestions=True)
    assert "not accepted" not in text_of(item)


def test_people_with_findings_are_listed_and_may_be_shown_alone() -> None:
    people = [
        Person("Ann", (Given("ibuprofen 1200 mg four times daily"),)),
        Person("Ben", (Given("ibuprofen 400 mg three times daily"),)),
        Person("Cleo", (Given("zork 5 mg daily"),)),
    ]
    result = doseref.check(people)
    whole = render(result, 200)
    assert "Errors: 1 person: Ann.\nWarnings: 1 person: Cleo.\n" in whole and "== Ben ==" in whole
    errors = render(result, 200, only=Severity.ERROR)
    assert "== Ann ==" in errors and "== Ben ==" not in errors and "== Cleo ==" not in errors
    assert "3 regimens, 3 items: 2 errors, 1 warning." in errors
    assert "== Cleo ==" in render(result, 200, only=Severity.WARNING)


def test_one_line_a_finding_says_how_grave_it_is() -> None:
    result = doseref.check(["ibuprofen 1200 mg four times daily", "ibuprofen 200 mg daily"])
    told = render_findings(result, "concise").splitlines()
    assert told[0].startswith("R101 error: ") and any(line.startswith("R201 info: ") for line in told)
    assert not any("info: " in line for line in render_findings(result, "concise", quiet=True).splitlines())


LETTER = """Dear Dr Smith,
Re: Mrs Margaret Hollis, DOB 14/03/1946, NHS No 485 777 3456
Thank you for referring this 79 year old lady. U&Es: eGFR 34. Weight 52 kg.
CHANGES:
Drug      Dose      Freq    GP to continue?
1. Apixaban 5 mg bd
2. Naproxen 250 mg bd - started 1/52 ago for knee pain
3. Furosemide 40 mg OD started
"""


def test_a_letter_round_a_list_is_no_item() -> None:
    ((_, given),) = read_file("l.txt", LETTER.encode())
    assert [each.text[:2] for each in given if not each.left_out] == ["1.", "2.", "3."]
    why = {each.text.split()[0]: each.left_out for each in given if each.left_out}
    assert why["Re:"] == "it says who it is" and why["CHANGES:"] == why["Drug"] == "it is a heading"
    assert why["Thank"].startswith(
        "it belongs to a letter; what it says of the person (age 79 years, egfr 34, weight 52 kg"
    )
    judged = doseref.check([Person(None, tuple(given))]).regimens[0]
    assert [item.status for item in judged.items] == ["read", "read", "read"]
    assert judged.patient.egfr is None and judged.patient.age is not None  # the day of birth alone is a fact


@pytest.mark.parametrize(
    "line",
    ["Re: ibuprofen 400 mg tds", "Thank you for giving her ibuprofen 400 mg tds", "Drug  ibuprofen  400 mg  tds"],
)
def test_a_line_that_names_what_is_taken_is_never_part_of_a_letter(line: str) -> None:
    ((_, (given,)),) = read_file("l.txt", line.encode())
    assert not given.left_out


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("Patient is pregnant (28/40).", True),
        ("She's pregnant, 12 weeks", True),
        ("currently pregnant", True),
        ("pregnant sister takes it", False),
        ("trying to become pregnant", False),
    ],
)
def test_pregnancy_in_a_line_of_its_own(line: str, taken: bool) -> None:
    ((_, (given,)),) = read_file("l.txt", line.encode())
    assert (given.facts == (("pregnant", "yes"),)) is taken


def test_a_list_with_numbers_of_its_own_is_told_to_be_counted_anew() -> None:
    assert "number 1 of the list is item 2." in text_of("zork 5 mg daily", "1. Naproxen 250 mg bd")
    assert "numbers of their own" not in text_of("1. Naproxen 250 mg bd", "2. zork 5 mg daily")


@pytest.mark.parametrize(
    ("sig", "status"),
    [
        ("naproxen 250 mg bd, started yesterday", "read"),
        ("naproxen 250 mg bd recently commenced for back pain", "read"),
        ("naproxen 250 mg bd started 3 days ago for 5 days", "unread"),  # for how long is no remark
        ("naproxen 250 mg bd started at 125 mg", "partly-read"),
    ],
)
def test_when_it_was_begun_is_a_remark(sig: str, status: str) -> None:
    assert doseref.check([sig]).regimens[0].items[0].status == status


def test_one_country_is_shown_alone() -> None:
    names_index = names(doseref.reference())
    (found,) = look_up("paracetamol", names_index)
    british = of_country(found, "GB", doseref.reference())
    assert british.limits and {limit.country for limit in british.limits} <= {"", "GB"}
    assert not british.statements and not british.disputes and found.statements


@pytest.mark.parametrize("item", ["insulin 40 units daily", "NSAIDs twice daily", "statin 20 mg at night"])
def test_a_kind_of_medicine_is_told_as_one(item: str) -> None:
    """Nothing is suggested: a statin is not nystatin, and no NSAID is Ansaid."""
    told = text_of(item, accept_suggestions=True)
    assert "is a kind of medicine, and which of them is not said" in told and "did you mean" not in told


def test_a_range_that_a_total_is_within_is_the_one_that_is_told() -> None:
    """40 mg was "WITHIN (usual range to 10 mg)": the widest of the ranges is the one it is in."""
    said = text_of("prednisone 40 mg daily")
    assert "WITHIN prednisone 40 mg in 24 hours (usual range to 10 mg)" not in said
    assert "WITHIN prednisone 40 mg in 24 hours (usual range to " in said


def test_a_patch_is_told_by_how_often_it_is_changed() -> None:
    said = text_of("fentanyl 75 mcg/h patch every 72 hours", "buprenorphine 10 mcg/h patch weekly")
    assert "75 mcg/h, changed every 3 days" in said and "10 mcg/h, changed every week" in said
    assert "mcg/h per" not in said


def test_an_opioid_load_says_what_to_do() -> None:
    assert "ask the prescriber whether so much in all is meant" in text_of("morphine 60 mg every 8 hours")


def test_one_item_that_is_not_assessed_is_no_fraction() -> None:
    assert "no errors or warnings; 1 item, which is not assessed" in text_of("levothyroxine 50 mcg daily")
