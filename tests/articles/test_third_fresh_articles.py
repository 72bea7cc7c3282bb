"""Eight more articles written with their gold by somebody who had not seen the reader: four in prose, four in tables and lists.

``fresh3/statements.csv`` has one row for each dose (a row's start beside its usual dose is ``statement=start``: it may be told too),
``findings.csv`` the conflicts that were planted and what only looks like one, ``not_statements.csv`` figures that are no dose.
``python tools/score_articles.py fresh tests/articles/fresh3 -v`` shows what is not read right.
"""

from __future__ import annotations

import pytest

from articles.gold import Gold

GOLD = Gold("fresh3")
NOT_READ = {
    ("p1.md", 32, "hydrocortisone"),  # "a thin smear of 1% cream": no amount
    ("p2.html", 23, "metformin"),  # a maximum behind "should be reduced to", for weak kidneys
    ("p4.md", 47, "meclizine"),  # how often stands in the next sentence
}
"""Rows of which something is not read: file, line, substance."""
OTHERS_TOLD = {("A103", "aspirin"), ("A107", "ondansetron")}
"""Comparisons told that the gold does not have: 81 mg once a day against twice after an operation; by mouth against into a vein."""


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    assert GOLD.not_right() <= NOT_READ
    assert len(GOLD.wanted()) == 165


def test_every_statement_is_one_of_the_gold() -> None:
    assert [each for each in GOLD.wrong() if each != ("p4.md", 47)] == []


def test_figures_that_are_no_dose_are_none() -> None:
    assert GOLD.no_doses_taken() == []


@pytest.mark.parametrize("row", GOLD.planted("conflict"), ids=lambda row: row["substance"])
def test_every_planted_conflict_is_told(row: dict[str, str]) -> None:
    assert GOLD.told_of(row), row["what"]


@pytest.mark.parametrize("row", GOLD.planted("non-conflict"), ids=lambda row: f"{row['substance']} {row['places']}")
def test_what_is_no_conflict_is_not_told(row: dict[str, str]) -> None:
    assert [each.message for each in GOLD.told_of(row)] == []


def test_no_other_comparison_is_told() -> None:
    assert {(each.code, each.substances[0]) for each in GOLD.others()} <= OTHERS_TOLD


def test_what_an_antacid_weighs_is_not_held_against_a_limit_of_calcium() -> None:
    (antacid,) = [each for each in GOLD.statements if each.substances == ("calcium",)]
    assert (antacid.line, antacid.scope) == (38, "calcium carbonate")
    assert [each.message for each in GOLD.told if "calcium" in each.substances] == []
