"""Eight more articles by somebody who had not seen the reader: an earlier pregnancy, grades of a disease, prevention beside treatment.

``fresh6`` has the tables of ``fresh5``. The gold was written with one row for a combination of two; it has one for each amount here.
``python tools/score_articles.py fresh tests/articles/fresh6 -v`` shows what is not read right.
"""

from __future__ import annotations

import pytest

from articles.gold import Gold

GOLD = Gold("fresh6")
NOT_READ = {
    (
        "p1.md",
        13,
        "acetaminophen",
    ),  # "provided the whole day's tally, cold remedies included, stays at or below 4,000 mg"
    ("p1.md", 39, "levonorgestrel"),
    ("p1.md", 54, "estradiol"),  # "an estradiol patch delivering 0.05 mg a day"
    ("p2.html", 57, "amoxicillin"),  # how often stands a sentence before
    ("p2.html", 61, "doxycycline"),  # "one 200 mg dose of doxycycline, taken within 72 hours"
    ("p3.txt", 20, "heparin"),  # a bolus and an infusion in one sentence
    ("p3.txt", 21, "heparin"),
    ("p3.txt", 29, "vancomycin"),  # "which must not exceed 3,000 mg", over two lines
    ("p3.txt", 45, "pantoprazole"),  # "continue at 8 mg/hour": read, but as a dose of 72 hours
    ("p3.txt", 53, "furosemide"),  # "double it to 80 mg intravenously"
    ("p4.md", 16, "sumatriptan"),  # "The pen:" may be the name of another drug
    ("p4.md", 48, "melatonin"),
    ("t2.html", 39, "rivaroxaban"),  # doses in a column of notes
    ("t2.html", 44, "rivaroxaban"),
    ("t2.html", 49, "aspirin"),
    ("t4.html", 31, "zinc"),  # a maximum in a column of remarks
}
"""Rows of which something is not read: file, line, substance."""
NOT_TOLD = {
    "ferrous sulfate",  # one place speaks of a deficiency, the other of a salt
    "sumatriptan",  # one page speaks of headaches, the other of migraine
    "melatonin",
}
"""Substances whose planted conflict is not told."""
NOT_RIGHT = {
    ("p1.md", 45),  # "half a tablet, or 12.5 mg, at bedtime"
    ("p2.html", 57),
    ("p3.txt", 45),
    ("p4.md", 48),  # "half a milligram to three"
}
"""Statements of which something is not the gold's: file, line."""


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    assert GOLD.not_right() <= NOT_READ
    assert len(GOLD.wanted()) == 173


def test_every_statement_but_a_few_is_one_of_the_gold() -> None:
    assert set(GOLD.wrong()) <= NOT_RIGHT


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
