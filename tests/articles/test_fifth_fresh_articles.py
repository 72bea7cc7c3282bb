"""Eight more articles by somebody who had not seen the reader: what sets a dose apart (age, kidneys, company, use) and what does not.

``fresh5`` has the tables of ``fresh4``. ``python tools/score_articles.py fresh tests/articles/fresh5 -v`` shows what is not read right.
"""

from __future__ import annotations

import pytest

from articles.gold import Gold

GOLD = Gold("fresh5")
NOT_READ = {
    ("p1.md", 9, "acetaminophen"),
    ("p2.html", 20, "clopidogrel"),
    ("p2.html", 39, "nitroglycerin"),
    ("p3.txt", 18, "levothyroxine"),
    ("p3.txt", 23, "metformin"),
    ("p3.txt", 47, "lisinopril"),
    ("p4.md", 31, "naloxone"),
    ("p4.md", 35, "ondansetron"),
    ("p4.md", 49, "amiodarone"),
    ("t2.html", 9, "acetaminophen"),
    ("t2.html", 10, "ibuprofen"),
    ("t2.html", 22, "acetaminophen"),
    ("t2.html", 71, "vitamin D"),
    ("t3.md", 22, "atropine"),
    ("t3.md", 23, "metoprolol"),
    ("t3.md", 30, "nitroglycerin"),
    ("t3.md", 32, "albuterol"),
    ("t3.md", 38, "epinephrine"),
}
"""Rows of which something is not read: file, line, substance."""
NOT_TOLD = {"epinephrine", "ketorolac", "ibuprofen", "semaglutide", "lisinopril", "acetaminophen", "amiodarone"}
"""Substances whose planted conflict is not told."""


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    assert GOLD.not_right() <= NOT_READ
    assert len(GOLD.wanted()) == 148


def test_every_statement_is_one_of_the_gold() -> None:
    assert GOLD.wrong() == [("p1.md", 37), ("p3.txt", 48)]


def test_figures_that_are_no_dose_are_none() -> None:
    assert GOLD.no_doses_taken() == []


@pytest.mark.parametrize("row", GOLD.planted("conflict"), ids=lambda row: row["substance"])
def test_every_planted_conflict_is_told(row: dict[str, str]) -> None:
    assert bool(GOLD.told_of(row)) is (row["substance"] not in NOT_TOLD), row["what"]


@pytest.mark.parametrize("row", GOLD.planted("non-conflict"), ids=lambda row: f"{row['substance']} {row['places']}")
def test_what_is_no_conflict_is_not_told(row: dict[str, str]) -> None:
    assert [each.message for each in GOLD.told_of(row)] == []


def test_no_other_comparison_is_told() -> None:
    assert [each.message for each in GOLD.others()] == []
