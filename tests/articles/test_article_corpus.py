"""Eight articles in eight styles, with contradictions planted in them and look-alikes that are none, against tables made by hand."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.read import read_article
from doseref.checks.article.run import Reconciliation, reconcile

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"

Row = tuple[str, int, str, Decimal | None, Decimal | None, str, Decimal | None, str]


@lru_cache(maxsize=1)
def extractions() -> tuple[Extraction, ...]:
    return tuple(extract(read_article(str(path))) for path in sorted(CORPUS.iterdir()))


@lru_cache(maxsize=1)
def result() -> Reconciliation:
    found = extractions()
    return reconcile([statement for each in found for statement in each.statements], extractions=found)


def expected() -> list[Row]:
    with (HERE / "expected_statements.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                row["file"], int(row["line"]), row["substance"],
                Decimal(row["daily_low"]) if row["daily_low"] else None, Decimal(row["daily_high"]) if row["daily_high"] else None, row["unit"],
                Decimal(row["maximum"]) if row["maximum"] else None, row["maximum_unit"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def actual() -> list[Row]:
    found: list[Row] = []
    for extraction in extractions():
        for statement in extraction.statements:
            for substance in statement.substances:
                daily = next((figure.amount for figure in statement.daily if figure.substance == substance), None)
                stated = next((each for each in statement.maximum if each.substance == substance), None)
                found.append(
                    (
                        Path(statement.path).name, statement.line, substance,
                        daily.low if daily else None, daily.high if daily else None, daily.unit if daily else "",
                        stated.amount if stated else None, stated.unit if stated else "",
                    )
                )  # fmt: skip
    return found


def test_every_statement_and_no_other() -> None:
    wanted, got = Counter(expected()), Counter(actual())
    assert list((wanted - got).elements()) == []
    assert list((got - wanted).elements()) == []
    assert sum(wanted.values()) == 70


def test_planted_findings_and_no_other() -> None:
    with (HERE / "expected_findings.csv").open(encoding="utf-8", newline="") as file:
        wanted = {(row["code"], row["substance"], row["files"]) for row in csv.DictReader(file)}
    got = {
        (
            found.code,
            ", ".join(found.substances),
            "; ".join(sorted({Path(location.path).name for location in found.locations})),
        )
        for found in result().findings
    }
    assert got == wanted


def test_inline_comment_silences_one_rule_at_one_place() -> None:
    assert [(found.code, found.substances) for found in result().silenced] == [("A102", ("methocarbamol",))]


def test_doses_of_children_and_older_people_are_not_compared_with_those_of_adults() -> None:
    scopes = {
        (statement.substances[0], statement.scope)
        for extraction in extractions()
        for statement in extraction.statements
        if statement.scope
    }
    assert scopes == {("acetaminophen", "children"), ("tizanidine", "older adults")}


def test_what_is_tied_to_no_substance_is_told() -> None:
    loose = [(loose.heading, loose.text) for extraction in extractions() for loose in extraction.loose]
    assert loose == [("Zorbanol", "250 mg twice daily")]


def test_targets() -> None:
    found = {
        (Path(statement.path).name, statement.substances[0]): (
            statement.target.low,
            statement.target.high,
            statement.target.per_day,
        )
        for extraction in extractions()
        for statement in extraction.statements
        if statement.target
    }
    assert found == {
        ("headings.md", "gabapentin"): (900, 1800, True),
        ("prose.txt", "gabapentin"): (2400, 3600, True),
        ("nerve.md", "gabapentin"): (900, 3600, True),
        ("headings.md", "duloxetine"): (120, 120, False),
        ("nerve.md", "duloxetine"): (60, 60, False),
        ("clinic.html", "pregabalin"): (150, 150, False),
        ("handout.docx", "baclofen"): (80, 80, True),
        ("nerve.md", "baclofen"): (80, 80, True),
    }
