"""All articles of a project at hand while one of them is written: what an editor's language server asks for.

Nothing here knows the protocol; paths are absolute, lines and columns count characters from 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.read import article_of, read_article
from doseref.checks.article.run import Reconciliation, reconcile
from doseref.errors import InputError, MissingExtraError
from doseref.findings import Finding, Location
from doseref.records import record
from doseref.refdata import Reference
from doseref.statements import Statement


@record
class House:
    """The rules of the house, as the settings have them (see :func:`doseref.checks.article.run.reconcile`)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    country: str = "US"


class Desk:
    """The articles of a project, those that are open as they stand in the editor."""

    def __init__(
        self, data: Reference, rules: House | None = None, files: Iterable[str] = (), root: Path | None = None
    ) -> None:
        self.data, self.rules, self.root = data, rules or House(), root
        self.read: dict[str, Extraction] = {}
        """Path → what the article says."""
        self._judged: Reconciliation | None = None
        for path in files:
            self.close(path)

    def write(self, path: str, text: str) -> None:
        """The article at ``path`` now reads ``text``."""
        article = article_of(text, path, source=self._source(path), known=self.data.sources)
        self.read[path] = extract(article, self.data)
        self._judged = None

    def add(self, files: Iterable[str]) -> None:
        """Read further articles, those not at hand yet."""
        for path in files:
            if path not in self.read:
                self.close(path)

    def short(self, text: str) -> str:
        """A message with paths as seen from the project's directory."""
        return text.replace(f"{self.root}{os.sep}", "") if self.root else text

    def close(self, path: str) -> None:
        """The article at ``path`` is as it is on the disk; one that cannot be read is none."""
        self._judged = None
        try:
            article = read_article(path, source=self._source(path), known=self.data.sources)
        except (InputError, MissingExtraError):
            self.read.pop(path, None)
            return
        self.read[path] = extract(article, self.data)

    def _source(self, path: str) -> str | None:
        """The file's name as its id, or its path where another file has that name."""
        stem = Path(path).stem
        return path if any(Path(each).stem == stem for each in self.read if each != path) else None

    @property
    def judged(self) -> Reconciliation:
        """All articles against each other, worked out when it is asked for."""
        if self._judged is None:
            found = list(self.read.values())
            self._judged = reconcile(
                [statement for each in found for statement in each.statements],
                extractions=found,
                data=self.data,
                select=self.rules.select,
                ignore=self.rules.ignore,
                severity=self.rules.severity,
                country=self.rules.country,
            )
        return self._judged

    def findings(self, path: str) -> list[tuple[Finding, Location]]:
        """Every finding with a place in the article, at each such place."""
        return [(found, place) for found in self.judged.findings for place in found.own_locations if place.path == path]

    def statement(self, path: str, line: int, column: int) -> Statement | None:
        """The dose that stands at a place: the one around the column, else the nearest of the line."""
        here = [each for each in self.read[path].statements if each.line == line] if path in self.read else []
        around = [each for each in here if each.column <= column <= (each.end_column or column)]
        return min(around or here, key=lambda each: abs(each.column - column), default=None)

    def others(self, statement: Statement) -> list[Statement]:
        """What is said of the same substances elsewhere: first what a finding holds against it, then the rest."""
        shared = set(statement.substances)
        places = {
            (place.path, place.line)
            for found in self.judged.findings
            if shared & set(found.substances) and any(_at(place, statement) for place in found.locations)
            for place in found.locations
        }
        all_others = [
            each
            for extraction in self.read.values()
            for each in extraction.statements
            if each is not statement and shared & set(each.substances)
        ]
        return sorted(all_others, key=lambda each: (each.path, each.line) not in places)

    def explained(self, path: str, line: int, column: int) -> str:
        """What is said elsewhere of the dose at a place, as Markdown; empty where there is no dose."""
        statement = self.statement(path, line, column)
        if statement is None:
            return ""
        lines = [f"**{' + '.join(statement.substances)}**"]
        lines += [
            f"{found.severity.word} {found.code}: {found.message}"
            for found, place in self.findings(path)
            if _at(place, statement)
            and not set(statement.substances).isdisjoint(found.substances or statement.substances)
        ]
        elsewhere = self.others(statement)
        count = len(self.read)
        read = "this article, the only one that was read" if count == 1 else f"the {count:,} articles that were read"
        lines += [_listed(elsewhere)] if elsewhere else [f"Nothing else is said of it in {read}."]
        return self.short("\n\n".join(lines))


_MOST_LISTED = 20


def _listed(statements: Sequence[Statement]) -> str:
    lines = [
        f"- {Path(each.path).name}, {each.cell or f'line {each.line}'}: {each.dosage_text}"
        for each in statements[:_MOST_LISTED]
    ]
    more = len(statements) - _MOST_LISTED
    return "\n".join([*lines, *([f"- and {more} more"] if more > 0 else [])])


def _at(place: Location, statement: Statement) -> bool:
    return (place.path, place.line) == (statement.path, statement.line)
