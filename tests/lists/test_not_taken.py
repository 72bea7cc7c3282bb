"""What a list says is no longer taken is left out and told: rows below a heading, struck through or hidden in a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.lists.files import read_file
from doseref.lists.headings import stops


def _read(path: Path) -> tuple[list[str], dict[str, str]]:
    """What is taken, and why the others are left out."""
    givens = [given for _, own in read_file(str(path)) for given in own]
    return [g.text for g in givens if not g.left_out], {g.text: g.left_out for g in givens if g.left_out}


@pytest.mark.parametrize(
    "line",
    [
        "STOPPED:",
        "Stopped medications",
        "Discontinued meds:",
        "On hold:",
        "Past medications",
        "No longer taking:",
        "CEASED -",
    ],
)
def test_a_heading_of_what_is_not_taken(line: str) -> None:
    assert stops(line) is True


@pytest.mark.parametrize(
    "line",
    [
        "Current:",
        "Active medications:",
        "Continue:",
        "Home medications",
        "Medications on discharge",
        "Meds on admission:",
        "Drug history",
        "New and changed:",
    ],
)
def test_a_heading_of_what_is_taken(line: str) -> None:
    assert stops(line) is False


@pytest.mark.parametrize(
    "line", ["ibuprofen 400 mg tid", "Stop smoking patch 21 mg daily", "held: ibuprofen 400 mg", "Old Spice", "stopped"]
)
def test_no_heading(line: str) -> None:
    assert stops(line) is None


def test_items_below_such_a_heading_are_left_out_up_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "ibuprofen 400 mg tid\nSTOPPED:\nnaproxen 500 mg bid\n\naspirin 81 mg daily\nContinue:\nlisinopril 10 mg daily\n"
    )
    taken, left = _read(path)
    assert taken == ["ibuprofen 400 mg tid", "lisinopril 10 mg daily"]
    assert left["naproxen 500 mg bid"] == left["aspirin 81 mg daily"] == "it stands below the heading 'STOPPED:'"


@pytest.mark.parametrize("heading", ["## Stopped", "[Stopped]", "# Discontinued medications", "### STOPPED:"])
def test_a_marked_heading_is_no_comment_and_no_person(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"ibuprofen 400 mg tid\n{heading}\nnaproxen 500 mg bid\n# Current\nlisinopril 10 mg daily\n")
    taken, left = _read(path)
    assert taken == ["ibuprofen 400 mg tid", "lisinopril 10 mg daily"]
    assert list(left) == ["naproxen 500 mg bid"]


def test_another_person_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("[A]\nStopped:\nnaproxen 500 mg bid\n[B]\nibuprofen 400 mg tid\n")
    assert _read(path)[0] == ["ibuprofen 400 mg tid"]


def test_a_row_of_a_table_that_is_only_such_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "drug,sig\nibuprofen,400 mg tid\nSTOPPED:,\nnaproxen,500 mg bid\nCurrent:,\nlisinopril,10 mg daily\n"
    )
    givens = [given for _, own in read_file(str(path)) for given in own]
    assert [g.drug for g in givens if not g.left_out] == ["ibuprofen", "lisinopril"]
    assert [g.left_out for g in givens if g.left_out and "naproxen" in g.text] == [
        "it stands below the heading 'STOPPED:'"
    ]


def test_struck_through_and_hidden_rows_of_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["drug", "sig"], ["ibuprofen", "400 mg tid"], ["naproxen", "500 mg bid"], ["aspirin", "81 mg daily"]):
        sheet.append(row)
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[4].hidden = True
    path = tmp_path / "list.xlsx"
    book.save(path)
    givens = [given for _, own in read_file(str(path)) for given in own]
    assert [g.drug for g in givens if not g.left_out] == ["ibuprofen"]
    assert {g.text: g.left_out for g in givens if g.left_out} == {
        "naproxen | 500 mg bid": "it is struck through",
        "aspirin | 81 mg daily": "its row is hidden in the workbook",
    }
