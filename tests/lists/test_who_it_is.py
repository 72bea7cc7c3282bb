"""The line at the head of a list that says whose it is, with the day of birth; and the numbers that a list gives its lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import doseref
from doseref.lists.files import read_file
from doseref.lists.headings import facts_in
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
        "Mrs J. Smith, DOB 3/4/1948, weight 30 kg",
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
    assert "3 items not (wholly) read: 2 lisinipril 10 mg daily, 3 metformn 500 mg bd, 4 1.5 mg zorblax daily" in text
    assert "  2    lisinipril 10 mg daily: 'lisinipril' is not a name known here" in text
