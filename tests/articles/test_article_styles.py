"""The tables' own 160 statements in other clothes: tables, lists, headings, definition lists, sentences.

Statements without a dose that can be computed need a label or a table; a sentence about them is no instruction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import pytest

from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.refdata import reference
from doseref.statement_rows import statements as of_the_tables
from doseref.statements import Statement


def name(statement: Statement) -> str:
    return reference().statements[statement.id].name


def each(line: str, before: str = "", after: str = "") -> Callable[[Iterable[Statement]], str]:
    return lambda found: (
        before + "".join(line.format(name=escape(name(s)), dosage=escape(s.dosage_text)) for s in found) + after
    )


STYLES = [
    pytest.param("markdown", each("| {name} | {dosage} |\n", "| Drug | Dosage |\n|---|---|\n"), False, 160, id="table"),
    pytest.param("markdown", each("### {name}\n\n**Dose:** {dosage}\n\n"), False, 160, id="labels under headings"),
    pytest.param(
        "html",
        each("<tr><td><b>{name}</b><td>{dosage}", "<table><thead><tr><th>Name<th>Dose</thead>", "</table>"),
        False,
        160,
        id="html table",
    ),
    pytest.param("markdown", each("- **{name}**: {dosage}\n"), False, 153, id="list"),
    pytest.param("markdown", each("### {name}\n\n{dosage}.\n\n"), False, 153, id="headings"),
    pytest.param("html", each("<dt>{name}</dt><dd>{dosage}</dd>", "<dl>", "</dl>"), False, 153, id="definition list"),
    pytest.param(
        "text", each("For many people {name} helps; the usual dose is {dosage}.\n\n"), True, 129, id="sentences"
    ),
    pytest.param(
        "text",
        each("Doctors often prescribe {name} at {dosage} and review it later.\n\n"),
        True,
        129,
        id="more sentences",
    ),
]


@pytest.mark.parametrize(("kind", "dress", "computable_only", "least"), STYLES)
def test_found_whatever_the_style(
    kind: str, dress: Callable[[Iterable[Statement]], str], computable_only: bool, least: int
) -> None:
    found = 0
    wrong = []
    for source in ("l1-l2", "l2-l3", "l4-l5", "l5-s1"):
        own = [s for s in of_the_tables(reference()) if s.source == source and (s.computable or not computable_only)]
        extraction = extract(Article(source, source, tuple(read_string(dress(own), kind))))
        figures = {(frozenset(s.substances), s.daily, frozenset(s.maximum), s.target) for s in own}
        for statement in extraction.statements:
            known = (
                frozenset(statement.substances),
                statement.daily,
                frozenset(statement.maximum),
                statement.target,
            ) in figures
            if not known:
                wrong.append((statement.substances, statement.dosage_text, statement.daily))
        got = [(frozenset(s.substances), s.daily, frozenset(s.maximum), s.target) for s in extraction.statements]
        for s in own:
            found += (frozenset(s.substances), s.daily, frozenset(s.maximum), s.target) in got
    assert wrong == []
    assert found >= least
