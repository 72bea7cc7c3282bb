"""The rows that every report of ``reconcile`` is made of: one substance, one attribute, one value with its mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from doseref.articles.compare import Group
from doseref.articles.values import Attribute, Value
from doseref.checks.article.run import Reconciliation
from doseref.findings import Finding, Severity
from doseref.records import record
from doseref.refdata import Reference
from doseref.statements import Statement

MARKS = {"conflict": "≠", "agree": "=", "compatible": "~"}
"""A sign for each relation, so that none is told by colour alone."""
LEGEND = "= the same in all, ~ compatible (one inside the other, or one silent), ≠ conflict"
WORDS = {"side-effects": "side effects", "daily": "per day"}
"""Attributes that are called otherwise in print."""


@record
class Cell:
    """What one source says about one attribute, in the order of its statements."""

    text: str
    conflict: bool
    statement: Statement


def attribute_word(name: str) -> str:
    """The name of an attribute in print."""
    return WORDS.get(name, name)


def cells(attribute: Attribute) -> list[Cell]:
    """The values of an attribute, each with whether it is one of those in conflict."""
    clashing = {id(value) for clash in attribute.clashes for value in (clash.a, clash.b)}
    often = Counter(id(value.statement) for value in attribute.values)
    return [
        Cell(value_text(value, often[id(value.statement)] > 1), id(value) in clashing, value.statement)
        for value in attribute.values
    ]


def value_text(value: Value, several: bool) -> str:
    """A value in words, with the use it holds for where the statement speaks of ``several``."""
    entry = f" ({value.statement.name} entry)" if len(value.statement.substances) > 1 else ""
    return (f"{value.text}, {value.use}" if several and value.use else value.text) + entry


def ordered(result: Reconciliation) -> list[Group]:
    """The groups: those with findings first, by their worst, then by name."""
    worst = worst_by_substance(result.findings)
    return sorted(result.groups, key=lambda group: (-worst.get(group.substance, 0), group.substance.lower()))


def worst_by_substance(findings: Sequence[Finding]) -> dict[str, int]:
    """The highest severity of the findings on each substance."""
    worst: dict[str, int] = {}
    for found in findings:
        for substance in found.substances:
            worst[substance] = max(worst.get(substance, 0), int(found.severity))
    return worst


def findings_of(result: Reconciliation, group: Group) -> list[Finding]:
    """The findings on one substance."""
    return [found for found in result.findings if group.substance in found.substances]


def source_name(source: str, reference: Reference) -> str:
    """What a source is called: ``L4–L5`` for an article of the reference, else its id."""
    known = reference.sources.get(source)
    return known.short if known else source


def place(statement: Statement, reference: Reference) -> str:
    """``L4–L5 line 398``."""
    where = statement.cell if statement.cell else f"line {statement.line}"
    return f"{source_name(statement.source, reference)} {where}"


def count_words(result: Reconciliation) -> str:
    """The last line of a report: ``5 errors, 20 warnings, 4 notes in 160 statements of 4 sources``."""
    counts = [
        sum(found.severity is severity for found in result.findings)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ]
    parts = [_plural(counts[0], "error"), _plural(counts[1], "warning"), _plural(counts[2], "note")]
    sources = len({statement.source for statement in result.statements})
    return f"{', '.join(parts)} in {_plural(len(result.statements), 'statement')} of {_plural(sources, 'source')}"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
