"""Eight more articles by somebody who had not seen the reader: what sets a dose apart (age, kidneys, company, use) and what does not.

``fresh5`` has the tables of ``fresh4``. ``python tools/score_articles.py fresh tests/articles/fresh5 -v`` shows what is not read right.
"""

from __future__ import annotations

import pytest

from articles.gold import Gold

GOLD = Gold("fresh5")
NOT_READ = {
    ("p1.md", 9, "acetaminophen"),  # "1,000 mg of it (Tylenol), every eight hours will see most grown-ups through"
    ("p2.html", 20, "clopidogrel"),  # "a single loading dose of 600 mg is given": only the section names the drug
    ("p2.html", 39, "nitroglycerin"),  # "You can repeat it every 5 minutes"
    ("p3.txt", 18, "levothyroxine"),  # "will end up near 1.6 mcg/kg once daily", behind "has been removed"
    ("p3.txt", 23, "metformin"),  # "and climbs by 500 mg a week"
    ("t3.md", 22, "atropine"),  # the most of an attack is none of a day
    ("t3.md", 23, "metoprolol"),
    ("t3.md", 30, "nitroglycerin"),  # "3 doses at most": how many there are in all
    ("t3.md", 32, "albuterol"),
}
"""Rows of which something is not read: file, line, substance."""
NOT_TOLD = {"semaglutide"}  # that it is injected stands two sentences before
"""Substances whose planted conflict is not told."""


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    assert GOLD.not_right() <= NOT_READ
    assert len(GOLD.wanted()) == 148


def test_every_statement_is_one_of_the_gold() -> None:
    assert GOLD.wrong() == []


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
