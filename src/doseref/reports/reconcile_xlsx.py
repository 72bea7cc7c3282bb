"""``reconcile`` as a workbook: one sheet of conflicts, one of all statements; cells are text, never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from doseref.articles.attributes import timing_words
from doseref.checks.article.run import Reconciliation
from doseref.quantities import json_number
from doseref.refdata import Reference
from doseref.reports.reconcile_rows import source_name
from doseref.reports.sheets import WorkbookSheet, workbook


def render(result: Reconciliation, reference: Reference) -> bytes:
    """The workbook. Raises :class:`MissingExtraError` where XlsxWriter is not installed."""
    heads = (
        "id",
        "source",
        "line",
        "place",
        "section",
        "name",
        "substances",
        "class",
        "dosage",
        "daily low",
        "daily high",
        "daily unit",
        "maximum",
        "maximum unit",
        "route",
        "as needed",
        "timing",
        "side effects",
    )
    return workbook(
        (
            WorkbookSheet(
                "Conflicts",
                ("severity", "code", "rule", "substance", "message", "to agree", "working", "sources", "places"),
                (10, 8, 24, 24, 80, 60, 60, 20, 50),
                _conflicts(result),
            ),
            WorkbookSheet(
                "Statements",
                heads,
                (22, 10, 8, 24, 12, 34, 28, 24, 60, 10, 10, 10, 10, 10, 18, 10, 26, 40),
                _statements(result, reference),
            ),
        )
    )


def _conflicts(result: Reconciliation) -> Iterable[Sequence[Any]]:
    for found in result.findings:
        yield (
            found.severity.word,
            found.code,
            found.rule,
            ", ".join(found.substances),
            found.message,
            found.mend,
            found.working,
            ", ".join(found.sources),
            "\n".join(str(location) for location in found.locations),
        )


def _statements(result: Reconciliation, reference: Reference) -> Iterable[Sequence[Any]]:
    for statement in result.statements:
        for number, substance in enumerate(statement.substances):
            figure = next((each for each in statement.daily if each.substance == substance), None)
            stated = next((each for each in statement.maximum if each.substance == substance), None)
            yield (
                statement.id,
                source_name(statement.source, reference),
                statement.line,
                statement.cell or "",
                statement.section,
                statement.name,
                substance,
                statement.drug_class or "",
                statement.dosage_text if number == 0 else "(same statement)",
                json_number(figure.amount.low) if figure else None,
                json_number(figure.amount.high) if figure else None,
                figure.amount.unit if figure else "",
                json_number(stated.amount) if stated else None,
                stated.unit if stated else "",
                statement.route or "",
                "yes" if statement.prn else "",
                ", ".join(map(timing_words, statement.timing)),
                ", ".join(effect.phrase for effect in statement.side_effects),
            )
