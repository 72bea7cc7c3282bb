"""Rounds of eight articles each by somebody who had not seen the reader, with their gold.

Each directory has one row for each dose in ``statements.csv`` (a row's start beside its usual dose is ``statement=start``: it may be told too),
planted conflicts and what only looks like one in ``findings.csv``, and figures that are no dose in ``not_statements.csv``.
``python tools/score_articles.py fresh tests/articles/fresh7 -v`` shows what is not read right.

Corrections of the gold, each with its reason: ``fresh6`` was written with one row for a combination of two; it has one for each amount here, and
so has ``fresh7``. In ``fresh7`` the most of one dose that a column or a bracket states (epinephrine, lorazepam, midazolam, alteplase, bismuth
subsalicylate) stood in the notes alone, and the 1.8 mg of a flare of gout stood as the most of a day, which it is not.
In ``fresh8`` "raise by 2 units every 3 days" stood as a dose: it is an increment.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from articles.gold import Gold


@dataclass
class Round:
    """One round: its directory, how many doses are wanted, and what of it is not read or told, with the reason."""

    name: str
    wanted: int
    not_read: set[tuple[str, int, str]]
    """Rows of which something is not read: file, line, substance."""
    not_told: set[str] = field(default_factory=set)
    """Substances whose planted conflict is not told."""
    not_right: set[tuple[str, int]] = field(default_factory=set)
    """Statements of which something is not the gold's: file, line."""

    def __post_init__(self) -> None:
        self.gold = Gold(self.name)


FIFTH = Round(
    "fresh5",
    148,
    {
        ("p1.md", 9, "acetaminophen"),  # "1,000 mg of it (Tylenol), every eight hours will see most grown-ups through"
        ("p2.html", 20, "clopidogrel"),  # "a single loading dose of 600 mg is given": only the section names the drug
        ("p2.html", 39, "nitroglycerin"),  # "You can repeat it every 5 minutes"
        ("p3.txt", 18, "levothyroxine"),  # "will end up near 1.6 mcg/kg once daily", behind "has been removed"
        ("p3.txt", 23, "metformin"),  # "and climbs by 500 mg a week"
        ("t3.md", 22, "atropine"),  # the most of an attack is none of a day
        ("t3.md", 23, "metoprolol"),
        ("t3.md", 30, "nitroglycerin"),  # "3 doses at most": how many there are in all
        ("t3.md", 32, "albuterol"),
    },
    {"semaglutide"},  # that it is injected stands two sentences before
)
SIXTH = Round(
    "fresh6",
    173,
    {
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
    },
    {
        "ferrous sulfate",  # one place speaks of a deficiency, the other of a salt
    },
    {
        ("p1.md", 45),  # "half a tablet, or 12.5 mg, at bedtime"
        ("p2.html", 57),
        ("p3.txt", 45),
        ("p4.md", 48),  # "half a milligram to three"
    },
)
SEVENTH = Round(
    "fresh7",
    159,
    {
        ("p4.md", 51, "scopolamine"),  # a patch that is stuck behind the ear
        ("p4.md", 55, "typhoid vi polysaccharide vaccine"),  # a name that is not known
        ("t2.html", 25, "dextrose"),
    },
    set(),
    {("p4.md", 51)},
)
EIGHTH = Round(
    "fresh8",
    155,
    {
        ("p1.md", 11, "melatonin"),
        ("p1.md", 23, "vitamin C"),
        ("p1.md", 27, "doxylamine"),
        ("p1.md", 31, "valerian"),
        ("p2.html", 13, "aspirin"),
        ("p2.html", 17, "clopidogrel"),
        ("p2.html", 45, "nitroglycerin"),
        ("p3.txt", 18, "fentanyl"),
        ("p3.txt", 27, "dexamethasone"),
        ("p3.txt", 29, "epinephrine"),
        ("p3.txt", 54, "ondansetron"),
        ("p4.md", 29, "naloxone"),
        ("p4.md", 37, "buprenorphine"),
        ("t1.md", 25, "insulin glargine"),
        ("t1.md", 32, "oral glucose"),
        ("t2.html", 19, "sulfamethoxazole and trimethoprim"),
        ("t2.html", 45, "vancomycin"),
        ("t2.html", 47, "amoxicillin and clavulanate"),
        ("t2.html", 55, "vancomycin"),
        ("t3.md", 11, "ashwagandha"),
        ("t3.md", 15, "vitamin D"),
        ("t3.md", 17, "vitamin D"),
    },  # sentences about what a patient was given, cells of two doses, doses of a spray or a patch: not mended yet
    set(),
    {("p4.md", 37), ("t2.html", 47), ("t2.html", 66), ("t3.md", 36)},
)
NINTH = Round(
    "fresh9",
    155,
    {
        ("p1.md", 36, "naproxen"),  # "then 250 mg after six to eight hours if needed": told as not read
        ("t2.html", 34, "albuterol"),  # the gold has "up to 4 times a day" as four times
    },
    set(),
    {("t1.md", 66), ("t1.md", 67), ("t2.html", 34)},  # plasters and a pea-sized amount, which the gold leaves out
)
ROUNDS = (FIFTH, SIXTH, SEVENTH, EIGHTH, NINTH)
EACH = pytest.mark.parametrize("each", ROUNDS, ids=lambda each: each.name)


def _planted(kind: str) -> list[object]:
    return [
        pytest.param(each, row, id=f"{each.name} {row['substance']} {row['places']}")
        for each in ROUNDS
        for row in each.gold.planted(kind)
    ]


@EACH
def test_the_doses_are_read_with_figures_frequency_route_and_maximum(each: Round) -> None:
    assert each.gold.not_right() <= each.not_read
    assert len(each.gold.wanted()) == each.wanted


@EACH
def test_every_statement_but_a_few_is_one_of_the_gold(each: Round) -> None:
    assert set(each.gold.wrong()) <= each.not_right


@EACH
def test_figures_that_are_no_dose_are_none(each: Round) -> None:
    assert {(file, line) for file, line, *_ in each.gold.no_doses_taken()} <= each.not_right


@pytest.mark.parametrize(("each", "row"), _planted("conflict"))
def test_every_planted_conflict_is_told(each: Round, row: dict[str, str]) -> None:
    assert bool(each.gold.told_of(row)) is (row["substance"] not in each.not_told), row["what"]


@pytest.mark.parametrize(("each", "row"), _planted("non-conflict"))
def test_what_is_no_conflict_is_not_told(each: Round, row: dict[str, str]) -> None:
    assert [told.message for told in each.gold.told_of(row)] == []


@EACH
def test_no_other_comparison_is_told(each: Round) -> None:
    assert [told.message for told in each.gold.others()] == []
