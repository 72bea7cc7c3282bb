"""A list as it is pasted from a letter or a GP system: greeting and signature, bare headings, the person's line."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref
from doseref.lists.files import read_file
from doseref.lists.headings import heads_alone, of_a_letter

LETTER = "it belongs to a letter"


def _read(path: Path, text: str) -> tuple[list[str], dict[str, str], list[str]]:
    """What is taken, why the others are left out, and what is taken as needed by its heading."""
    path.write_text(text, encoding="utf-8")
    givens = [given for _, own in read_file(str(path)) for given in own]
    taken = [g for g in givens if not g.left_out]
    return (
        [g.text for g in taken],
        {g.text: g.left_out for g in givens if g.left_out},
        [g.text for g in taken if g.columns],
    )


def test_a_letter_around_a_list(tmp_path: Path) -> None:
    text = "Dear Dr Smith,\n\nwarfarin 5 mg daily\n\nKind regards,\n\nJo Bloggs\nPractice Pharmacist\n"
    taken, left, _ = _read(tmp_path / "a.txt", text)
    assert taken == ["warfarin 5 mg daily"]
    assert left == dict.fromkeys(("Dear Dr Smith,", "Kind regards,", "Jo Bloggs", "Practice Pharmacist"), LETTER)


def test_a_medicine_below_the_signature_is_an_item(tmp_path: Path) -> None:
    """What is known, what has a dose, and a postscript may all be something that is taken."""
    below = ["St John's wort", "zorblaxin 5 mg", "PS also zorblaxin", "zorblaxin bd"]
    taken, _, _ = _read(tmp_path / "a.txt", "\n".join(["warfarin 5 mg daily", "Thanks!", *below]))
    assert taken == ["warfarin 5 mg daily", *below]


@pytest.mark.parametrize(
    "line",
    [
        "Hi Tech Iron",
        "Dear aspirin 75 mg daily,",
        "Best zinc 50 mg daily",
        "Thanks 5 mg",
        "Sent from my 2 doctors",
        "Thank you for seeing her: 5 mg daily",
        "Thanks for 5 tablets",
    ],
)
def test_no_part_of_a_letter(line: str) -> None:
    assert of_a_letter(line, ended=False) == ""


def test_a_bare_word_heads_a_paragraph(tmp_path: Path) -> None:
    """Behind a drug on the line before it, "Stopped" may be of that drug alone: nothing below is left out for it."""
    taken, left, _ = _read(tmp_path / "a.txt", "metformin 1 g bd\n\nStopped\nsimvastatin 40 mg nocte\n")
    assert (taken, left["simvastatin 40 mg nocte"]) == (["metformin 1 g bd"], "it stands below the heading 'Stopped'")
    taken, left, _ = _read(tmp_path / "b.txt", "metformin 1 g bd\nStopped\nsimvastatin 40 mg nocte\n")
    assert (taken, left) == (["metformin 1 g bd", "Stopped", "simvastatin 40 mg nocte"], {})


@pytest.mark.parametrize("line", ["Metformin", "aspirin 75 mg daily", "Co-codamol PRN", "Old Spice", "Vitamins"])
def test_no_heading_of_a_paragraph(line: str) -> None:
    assert heads_alone(line) is None


@pytest.mark.parametrize("heading", ["PRN", "PRN:", "As needed:", "When required medicines:", "## PRN"])
def test_what_stands_below_as_needed(tmp_path: Path, heading: str) -> None:
    """For the paragraph below it only: 4 g a day are a warning there, and an error in the next paragraph."""
    text = f"metformin 1 g bd\n\n{heading}\n\nparacetamol 1 g qds\nsenna 7.5 mg nocte\n\nnaproxen 500 mg bd\n"
    _, _, needed = _read(tmp_path / "a.txt", text)
    assert needed == ["paracetamol 1 g qds", "senna 7.5 mg nocte"]
    people = [doseref.Person(name, tuple(own)) for name, own in read_file(str(tmp_path / "a.txt"))]
    found = {f.code for f in doseref.check(people).findings if f.severity >= doseref.Severity.WARNING}
    assert found == {"R102"}


@pytest.mark.parametrize("heading", ["PRN and regular:", "Regular:", "OTC:"])
def test_another_heading_says_nothing_of_need(tmp_path: Path, heading: str) -> None:
    assert _read(tmp_path / "a.txt", f"PRN:\ncodeine 30 mg qds\n{heading}\nparacetamol 1 g qds\n")[2] == [
        "codeine 30 mg qds"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Mrs Edith Hargreaves   DOB 03/04/1948   NHS no 943 476 5919",
        "Mr Tom Hale (NHS number: 943-476-5919) born 3/4/1948",
        "Hospital no: 00123456, DOB 3.4.1948",
    ],
)
def test_the_number_of_the_person_beside_the_day_of_birth(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"{line}\nwarfarin 5 mg daily\n", encoding="utf-8")
    ((_, own),) = read_file(str(tmp_path / "a.txt"))
    assert [(g.left_out == "", g.facts[:1] and g.facts[0][0]) for g in own] == [(False, "birth date"), (True, ())]


@pytest.mark.parametrize(
    "line",
    [
        "Dear Dr Jones, thank you for seeing this lady.",
        "Dear colleague: many thanks for referring him with palpitations.",
        "Thank you for your letter.",
    ],
)
def test_the_first_sentence_of_a_letter(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"{line}\nramipril 5 mg daily\n", encoding="utf-8")
    ((_, own),) = read_file(str(tmp_path / "a.txt"))
    assert [(g.text, bool(g.left_out)) for g in own] == [(line, True), ("ramipril 5 mg daily", False)]


def test_a_letter_that_names_a_medicine_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Thank you for taking over her warfarin\n", encoding="utf-8")
    ((_, own),) = read_file(str(tmp_path / "a.txt"))
    assert not own[0].left_out
