"""Eight more articles by somebody who had not seen the reader, with their gold: weekly and yearly doses, bands, maxima in words.

``fresh4/statements.csv`` has one row for each dose (a row's start beside its usual dose is ``statement=start``: it may be told too),
``findings.csv`` the conflicts that were planted and what only looks like one, ``not_statements.csv`` figures that are no dose.
``python tools/score_articles.py fresh tests/articles/fresh4 -v`` shows what is not read right.
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
FRESH = HERE / "fresh4"
NOT_READ = {
    ("p1.md", 11, "ibuprofen"),  # "if that does nothing you may take two": one tablet is read, and the most of a day
    ("p1.md", 27, "loperamide"),  # "after each trip to the bathroom": the most of a day is read
    ("p3.txt", 76, "colchicine"),  # "the total for the attack is 1.8 mg": an attack is no period
}
"""Rows of which something is not read: file, line, substance."""


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
    assert len(wanted) == 245


def test_every_statement_is_one_of_the_gold() -> None:
    rows, statements, _ = read()
    wrong = [(Path(each.path).name, each.line) for each in statements if scorer().verdict(each, rows)]
    assert wrong == [("p1.md", 11)]


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
    assert [each.message for each in told if each.code.startswith("A1") and each not in covered] == []


def test_a_maximum_is_that_of_its_own_clearance() -> None:
    _, statements, _ = read()
    told = {
        (each.context.band, stated.amount, stated.unit)
        for each in statements
        if each.substances == ("atenolol",) and Path(each.path).name == "p3.txt"
        for stated in each.maximum
    }
    assert told == {("clearance 15 to 35", 50, "mg"), ("clearance below 15", 25, "mg")}


def test_the_doses_of_a_table_of_weights_have_the_frequency_of_the_sentence_above_it() -> None:
    _, statements, _ = read()
    banded = {each.substances[0]: each for each in statements if each.bands}
    assert [dose for _, dose in banded["acetaminophen"].bands] == ["80 mg", "120 mg", "160 mg", "240 mg", "320 mg"]
    assert [dose for _, dose in banded["ibuprofen"].bands] == ["50 mg", "75 mg", "100 mg", "150 mg", "200 mg"]
    assert {name: [(each.amount, each.unit) for each in of.maximum] for name, of in banded.items()} == {
        "acetaminophen": [(5, "{dose}")],
        "ibuprofen": [(4, "{dose}")],
    }
