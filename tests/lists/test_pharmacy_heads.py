"""The columns of a pharmacy's export: item and directions, the parts of a name, and what is administration."""

from __future__ import annotations

import re

import pytest

import doseref
from doseref.errors import InputError
from doseref.lists.files import read_file
from doseref.regimen.model import Given

ROW = ("Paracetamol 500mg tablets", "TWO FOUR TIMES A DAY")


def _read(heads: str, *rows: str) -> list[tuple[str | None, list[Given]]]:
    return list(read_file("export.csv", "\n".join((heads, *rows)).encode()))


@pytest.mark.parametrize(
    "heads",
    ["Item,Directions", "Item,Dosage", "item,sig", "ITEM,Dosage Instructions", "Items,Instructions", "Drug,Directions"],
)
def test_an_item_beside_directions_is_the_drug(heads: str) -> None:
    """Every row was refused: "the row has an item and a drug", and there was no column for a drug."""
    ((_, given),) = _read(heads, ",".join(ROW))
    (total,) = doseref.check(given).to_json()["regimens"][0]["totals"]
    assert (total["substance"], total["high"]) == ("acetaminophen", 4000)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("Paracetamol 500mg 2 qds,", "read"),  # all of it in one cell
        ("Paracetamol 500mg 2 qds,1 daily", "unread"),  # which of the two?
        (",TWO DAILY", "unread"),
    ],
)
def test_what_an_item_says_itself_and_its_directions_are_never_both_taken(row: str, status: str) -> None:
    ((_, given),) = _read("Item,Directions", row)
    assert [each["status"] for each in doseref.check(given).to_json()["regimens"][0]["items"]] == [status]


def test_an_item_beside_a_drug_is_refused_as_ever() -> None:
    ((_, given),) = _read("Item,Drug,Directions", "1 paracetamol,ibuprofen,1 daily")
    assert given[0].refused == "the row has an item and a drug: fill one of the two"


@pytest.mark.parametrize(
    ("heads", "row", "whose"),
    [
        ("Surname,Forename,Drug,Sig", "Bramley,Edith,zinc,1 daily", "Bramley / Edith"),
        ("Last Name,First Name,Drug,Sig", "Bramley,Edith,zinc,1 daily", "Bramley / Edith"),
        ("NHS,Surname,Forename,Drug,Sig", "943 476,Bramley,Edith,zinc,1 daily", "943 476 / Bramley / Edith"),
        ("NHS Number,Surname,Forename,Drug,Sig", "943 476,Bramley,Edith,zinc,1 daily", "943 476"),
        ("MRN,Title,Forename,Drug,Sig", "77,Mrs,Edith,zinc,1 daily", "77"),
        ("Surname,Forename,Title,Drug,Sig,Repeat/Acute,Exemption", "Bramley,Edith,Mrs,zinc,1 daily,R,A", "Bramley / Edith"),
        ("Patient,Drug,Sig,Batch No,Expiry Date,Postcode", "a,zinc,1 daily,77,12/27,AB1", "a"),
    ],
)  # fmt: skip
def test_parts_of_a_name_say_whose_the_row_is(heads: str, row: str, whose: str) -> None:
    assert [name for name, _ in _read(heads, row)] == [whose]


@pytest.mark.parametrize(
    ("heads", "unknown"),
    [
        ("Surname,Drug,Sig", ["Surname"]),  # two of one name would be one person
        ("Forename,Drug,Sig", ["Forename"]),
        ("NHS,Drug,Sig", ["NHS"]),
        ("Surname,Drug,Sig,Pharmacy Comments", ["Surname"]),  # a note that may change a dose is told in its row
    ],
)
def test_what_may_change_a_dose_or_mix_people_up_is_asked(heads: str, unknown: list[str]) -> None:
    maps = " ".join(f"--map '{head}=ROLE'" for head in unknown)
    with pytest.raises(
        InputError, match=re.escape(f"say what {'each' if len(unknown) > 1 else 'it'} holds with {maps}, where")
    ):
        _read(heads, "a,zinc,1 daily,")
