"""Eight more articles written with their gold by somebody who had not seen the reader: four in prose, four in tables and lists.

``fresh3/statements.csv`` has one row for each dose (a row's start beside its usual dose is ``statement=start``: it may be told too),
``findings.csv`` the conflicts that were planted and what only looks like one, ``not_statements.csv`` figures that are no dose.
``python tools/score_articles.py fresh tests/articles/fresh3 -v`` shows what is not read right.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from doseref.articles.resolve import resolver
from doseref.refdata import reference

HERE = Path(__file__).parent
FRESH = HERE / "fresh3"
NOT_READ = {
    ("p1.md", 32, "hydrocortisone"),  # "a thin smear of 1% cream": no amount
    ("p2.html", 23, "metformin"),  # a maximum behind "should be reduced to", for weak kidneys
    ("p4.md", 47, "meclizine"),  # how often stands in the next sentence
}
"""Rows of which something is not read: file, line, substance."""
OTHERS_TOLD = {("A103", "aspirin"), ("A107", "ondansetron")}
"""Comparisons told that the gold does not have: 81 mg once a day against twice after an operation; by mouth against into a vein."""


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """tools/score_articles.py as a module."""
    path = HERE.parents[1] / "tools" / "score_articles.py"
    spec = importlib.util.spec_from_file_location("score_articles", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_articles"] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def read() -> tuple:
    score = scorer()
    rows = score.rows_of(FRESH / "statements.csv", resolver(reference()))
    extractions = score.read_all(score._articles(FRESH))
    statements = [each for extraction in extractions for each in extraction.statements]
    return rows, statements, score.findings(extractions)


def test_the_doses_are_read_with_figures_frequency_route_and_maximum() -> None:
    rows, statements, _ = read()
    wanted = [row for row in rows if row.asked]
    scorer().score_rows(wanted, statements)
    assert {(row.file, row.line, next(iter(row.substance))) for row in wanted if row.found != "right"} <= NOT_READ
    assert len(wanted) == 165


def test_every_statement_is_one_of_the_gold() -> None:
    rows, statements, _ = read()
    wrong = [(each.path, each.line, each.dosage_text) for each in statements if scorer().verdict(each, rows)]
    assert [each for each in wrong if (Path(each[0]).name, each[1]) != ("p4.md", 47)] == []


def test_figures_that_are_no_dose_are_none() -> None:
    rows, statements, _ = read()
    assert scorer().taken(FRESH / "not_statements.csv", rows, statements) == []


def planted(kind: str) -> list[dict[str, str]]:
    with (FRESH / "findings.csv").open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["kind"] == kind]


def told_of(row: dict[str, str]) -> list:
    rows, _, told = read()
    names, _ = scorer()._names(row["substance"], resolver(reference()))
    places = scorer()._places(row["places"])
    return [
        each
        for each in told
        if each.code.startswith("A1") and names <= set(each.substances) and scorer()._covers(each, places, rows, 2)
    ]


@pytest.mark.parametrize("row", planted("conflict"), ids=lambda row: row["substance"])
def test_every_planted_conflict_is_told(row: dict[str, str]) -> None:
    assert told_of(row), row["what"]


@pytest.mark.parametrize("row", planted("non-conflict"), ids=lambda row: f"{row['substance']} {row['places']}")
def test_what_is_no_conflict_is_not_told(row: dict[str, str]) -> None:
    assert [each.message for each in told_of(row)] == []


def test_no_other_comparison_is_told() -> None:
    _, _, told = read()
    covered = [each for row in planted("conflict") for each in told_of(row)]
    rest = {(each.code, each.substances[0]) for each in told if each.code.startswith("A1") and each not in covered}
    assert rest <= OTHERS_TOLD


def test_what_an_antacid_weighs_is_not_held_against_a_limit_of_calcium() -> None:
    _, statements, told = read()
    (antacid,) = [each for each in statements if each.substances == ("calcium",)]
    assert (antacid.line, antacid.scope) == (38, "calcium carbonate")
    assert [each.message for each in told if "calcium" in each.substances] == []
