"""Fourteen more articles, written and read by hand before the program saw them: every dose is read or told, every planted fault found.

``read``: a statement with just these figures. ``told``: no figure is made of it, and it is reported at its line. Where an
extraction keeps the maximum of a dose that it tells, the row has both.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.read import read_article
from doseref.checks.article.run import reconcile
from doseref.findings import Finding
from doseref.quantities import json_number
from doseref.statements import Statement

HERE = Path(__file__).parent
FILES = sorted((HERE / "planted").iterdir())


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def extractions() -> dict[str, Extraction]:
    return {path.name: extract(read_article(str(path))) for path in FILES}


@lru_cache(maxsize=2)
def findings(group: str) -> tuple[Finding, ...]:
    """All articles of one group against each other."""
    found = [each for name, each in extractions().items() if name.startswith(group)]
    return reconcile([s for each in found for s in each.statements], extractions=found).findings


def figures(statement: Statement, with_line: bool) -> tuple[str, ...]:
    substance = statement.substances[0]
    daily = next((each.amount for each in statement.daily if each.substance == substance), None)
    stated = next((each for each in statement.maximum if each.substance == substance), None)
    return (
        str(statement.line) if with_line else "",
        substance,
        *((str(json_number(daily.low)), str(json_number(daily.high)), daily.unit) if daily else ("", "", "")),
        *((str(json_number(stated.amount)), stated.unit) if stated else ("", "")),
    )


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_every_dose_is_read_or_told_and_no_other(name: str) -> None:
    in_lines = not name.endswith(".docx")
    own = [row for row in rows("planted_statements.csv") if row["file"] == name]
    columns = ("substance", "daily_low", "daily_high", "unit", "maximum", "maximum_unit")
    wanted = Counter(
        (row["line"] if in_lines else "", *(row[column] for column in columns)) for row in own if row["substance"]
    )
    got = Counter(figures(statement, in_lines) for statement in extractions()[name].statements)
    assert sorted((wanted - got).elements()) == []
    assert sorted((got - wanted).elements()) == []
    told = Counter(row["line"] for row in own if row["outcome"] == "told")
    assert Counter(str(each.location.line) for each in extractions()[name].loose) == told


@pytest.mark.parametrize(
    "row", rows("planted_findings.csv"), ids=lambda row: f"{row['code']}-{row['substance']}-{row['files']}"
)
def test_every_planted_fault_is_found(row: dict[str, str]) -> None:
    files = set(row["files"].split("; "))
    assert any(
        found.code == row["code"]
        and (not row["substance"] or found.substances == (row["substance"],))
        and files <= {Path(location.path).name for location in found.locations}
        for found in findings(row["set"])
    )
