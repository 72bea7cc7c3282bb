"""Eight more articles by somebody who had not seen the reader, with their gold: weekly and yearly doses, bands, maxima in words.

``fresh4/statements.csv`` has one row for each dose (a row's start beside its usual dose is ``statement=start``: it may be told too),
``findings.csv`` the conflicts that were planted and what only looks like one, ``not_statements.csv`` figures that are no dose.
``python tools/score_articles.py fresh tests/articles/fresh4 -v`` shows what is not read right.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.gold import Gold

GOLD = Gold("fresh4")
NOT_READ = {
    ("p1.md", 11, "ibuprofen"),  # "if that does nothing you may take two": one tablet is read, and the most of a day
    ("p1.md", 27, "loperamide"),  # "after each trip to the bathroom": the most of a day is read
    ("p3.txt", 76, "colchicine"),  # "the total for the attack is 1.8 mg": an attack is no period
}
"""Rows of which something is not read: file, line, substance."""


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    assert GOLD.not_right() <= NOT_READ
    assert len(GOLD.wanted()) == 245


def test_every_statement_is_one_of_the_gold() -> None:
    assert GOLD.wrong() == [("p1.md", 11)]


def test_figures_that_are_no_dose_are_none() -> None:
    assert GOLD.no_doses_taken() == []


@pytest.mark.parametrize("row", GOLD.planted("conflict"), ids=lambda row: row["substance"])
def test_every_planted_conflict_is_told(row: dict[str, str]) -> None:
    assert GOLD.told_of(row), row["what"]


@pytest.mark.parametrize("row", GOLD.planted("non-conflict"), ids=lambda row: f"{row['substance']} {row['places']}")
def test_what_is_no_conflict_is_not_told(row: dict[str, str]) -> None:
    assert [each.message for each in GOLD.told_of(row)] == []


def test_no_other_comparison_is_told() -> None:
    assert [each.message for each in GOLD.others()] == []


def test_a_maximum_is_that_of_its_own_clearance() -> None:
    told = {
        (each.context.band, stated.amount, stated.unit)
        for each in GOLD.statements
        if each.substances == ("atenolol",) and Path(each.path).name == "p3.txt"
        for stated in each.maximum
    }
    assert told == {("clearance 15 to 35", 50, "mg"), ("clearance below 15", 25, "mg")}


def test_the_doses_of_a_table_of_weights_have_the_frequency_of_the_sentence_above_it() -> None:
    banded = {each.substances[0]: each for each in GOLD.statements if each.bands}
    assert [dose for _, dose in banded["acetaminophen"].bands] == ["80 mg", "120 mg", "160 mg", "240 mg", "320 mg"]
    assert [dose for _, dose in banded["ibuprofen"].bands] == ["50 mg", "75 mg", "100 mg", "150 mg", "200 mg"]
    assert {name: [(each.amount, each.unit) for each in of.maximum] for name, of in banded.items()} == {
        "acetaminophen": [(5, "{dose}")],
        "ibuprofen": [(4, "{dose}")],
    }
