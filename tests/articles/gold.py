"""Articles with their gold, as ``tools/score_articles.py`` scores them: what is read, and what is told of it."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path
from typing import Any

import score_articles

from doseref.articles.resolve import resolver
from doseref.findings import Finding
from doseref.refdata import reference
from doseref.statements import Statement

HERE = Path(__file__).parent


class Gold:
    """A directory of articles with ``statements.csv``, ``findings.csv`` and ``not_statements.csv``."""

    def __init__(self, name: str) -> None:
        self.directory = HERE / name

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the gold."""
        return score_articles.rows_of(self.directory / "statements.csv", resolver(reference()))

    @cached_property
    def extractions(self) -> list[Any]:
        """What is read of each article."""
        return score_articles.read_all(score_articles._articles(self.directory))

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements of all articles."""
        return [each for extraction in self.extractions for each in extraction.statements]

    @cached_property
    def told(self) -> list[Finding]:
        """All findings of the articles together."""
        return score_articles.findings(self.extractions)

    def wanted(self) -> list[Any]:
        """The rows that must be found, each with what was found of it."""
        wanted = [row for row in self.rows if row.asked]
        score_articles.score_rows(wanted, self.statements)
        return wanted

    def not_right(self) -> set[tuple[str, int, str]]:
        """The wanted rows that are not read right: file, line, substance."""
        return {(row.file, row.line, next(iter(row.substance))) for row in self.wanted() if row.found != "right"}

    def wrong(self) -> list[tuple[str, int]]:
        """The statements that are none of the gold: file and line."""
        return [
            (Path(each.path).name, each.line) for each in self.statements if score_articles.verdict(each, self.rows)
        ]

    def no_doses_taken(self) -> list[Any]:
        """The figures that are no dose and were taken for one."""
        return score_articles.taken(self.directory / "not_statements.csv", self.rows, self.statements)

    def planted(self, kind: str) -> list[dict[str, str]]:
        """The conflicts that were planted, or what only looks like one."""
        with (self.directory / "findings.csv").open(encoding="utf-8", newline="") as handle:
            return [row for row in csv.DictReader(handle) if row["kind"] == kind]

    def told_of(self, row: dict[str, str]) -> list[Finding]:
        """The comparisons told that are about a planted row."""
        names, _ = score_articles._names(row["substance"], resolver(reference()))
        places = score_articles._places(row["places"])
        return [
            each
            for each in self.comparisons()
            if names <= set(each.substances) and score_articles._covers(each, places, self.rows, 2)
        ]

    def comparisons(self) -> list[Finding]:
        """The findings that set figures beside each other."""
        return [each for each in self.told if each.code.startswith("A1")]

    def others(self) -> list[Finding]:
        """The comparisons told that were not planted."""
        covered = [each for row in self.planted("conflict") for each in self.told_of(row)]
        return [each for each in self.comparisons() if each not in covered]
