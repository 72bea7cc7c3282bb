"""Eight articles and twenty pages about something else, written with their gold by people who had not seen the reader.

``fresh2/statements.csv`` has one row for each dose that a reader would take, ``fresh2/findings.csv`` the conflicts that were planted and what only
looks like one. ``python tools/score_articles.py fresh tests/articles/fresh2 -v`` shows what is not read right.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest
import score_articles

from doseref.articles.resolve import resolver
from doseref.findings import Severity
from doseref.refdata import reference

HERE = Path(__file__).parent
FRESH = HERE / "fresh2"
PAGES = sorted((HERE / "off_topic").iterdir())
NOT_READ = {
    ("p1.md", 25, "ibuprofen"),  # "the day's total may climb to 3,200 mg"
    ("p1.md", 39, "diclofenac"),  # "Four grams of diclofenac 1% gel … is rubbed over the joint four times a day"
    ("p1.md", 47, "tramadol"),  # "In patients older than 75 it is 300 mg": "it" is the limit
    ("p2.txt", 38, "gabapentin"),  # "and no more": the dose is its own maximum
    ("p3.html", 13, "metformin"),  # "taken once a day with supper, starting at 500 mg"
    ("p3.html", 23, "clopidogrel"),  # what one patient was given
    ("p4.md", 19, "vitamin D"),  # "one such capsule": the strength stands in another sentence
    ("p4.md", 29, "zinc"),  # "Men need 11 mg and women 8 mg a day"
    ("p4.md", 31, "magnesium"),  # "350 mg daily is also the most you should take"
    ("t1.md", 20, "gabapentin"),  # a footnote of the row
}
"""Rows of which something is not read: file, line, substance."""


@lru_cache(maxsize=1)
def read() -> tuple:
    rows = score_articles.rows_of(FRESH / "statements.csv", resolver(reference()))
    extractions = score_articles.read_all(score_articles._articles(FRESH))
    return rows, extractions, score_articles.findings(extractions)


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    rows, extractions, _ = read()
    score_articles.score_rows(rows, [each for extraction in extractions for each in extraction.statements])
    missed = {(row.file, row.line, next(iter(row.substance))) for row in rows if row.found != "right"}
    assert missed <= NOT_READ
    assert sum(row.found == "right" for row in rows) * 100 >= len(rows) * 92


def test_every_statement_is_one_of_the_gold() -> None:
    rows, extractions, _ = read()
    statements = [each for extraction in extractions for each in extraction.statements]
    assert [(each.path, each.line, each.dosage_text) for each in statements if score_articles.verdict(each, rows)] == []


def planted(kind: str) -> list[dict[str, str]]:
    with (FRESH / "findings.csv").open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["kind"] == kind]


@pytest.mark.parametrize("row", planted("conflict"), ids=lambda row: row["substance"])
def test_every_planted_conflict_is_told(row: dict[str, str]) -> None:
    _, _, told = read()
    places = score_articles._places(row["places"])
    near = [
        each
        for each in told
        if row["substance"].lower() in {name.lower() for name in each.substances}
        and score_articles._covers(each, places, [], 2)
    ]
    assert near, row["what"]


@pytest.mark.parametrize("row", planted("non-conflict"), ids=lambda row: f"{row['substance']} {row['places']}")
def test_what_is_no_conflict_is_not_told(row: dict[str, str]) -> None:
    rows, _, told = read()
    places = score_articles._places(row["places"])
    names, _ = score_articles._names(row["substance"], resolver(reference()))
    assert [
        each.message
        for each in told
        if each.code.startswith("A1")
        and names <= set(each.substances)
        and score_articles._covers(each, places, rows, 2)
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_about_something_else_is_told_nothing(page: Path) -> None:
    (found,) = score_articles.read_all([page])
    assert [each.message for each in score_articles.findings([found]) if each.severity > Severity.INFO] == []
    assert [(each.line, each.dosage_text) for each in found.statements] == []
