"""The four articles the tables were made from: all 160 statements with the tables' figures, and what is to be found in them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.read import read_article
from doseref.checks.article.run import Reconciliation, reconcile
from doseref.refdata import reference
from doseref.statement_rows import statements as of_the_tables

ARTICLES = Path(__file__).resolve().parents[2].parent / "shared" / "articles"
needs_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the articles are not beside the repository (../shared/articles)"
)
NAMES = ("l1-l2", "l2-l3", "l4-l5", "l5-s1", "l5-s1-guide")


@lru_cache(maxsize=1)
def extractions() -> tuple[Extraction, ...]:
    known = reference().sources
    return tuple(extract(read_article(str(ARTICLES / f"{name}.txt"), known=known)) for name in NAMES)


@lru_cache(maxsize=1)
def from_articles() -> Reconciliation:
    found = extractions()
    return reconcile([statement for each in found for statement in each.statements], extractions=found)


@lru_cache(maxsize=1)
def from_tables() -> Reconciliation:
    return reconcile(of_the_tables(reference()))


@needs_articles
def test_160_statements_and_none_in_the_guide() -> None:
    counts = {extraction.article.source: len(extraction.statements) for extraction in extractions()}
    assert counts == {"l1-l2": 40, "l2-l3": 40, "l4-l5": 40, "l5-s1": 40, "l5-s1-guide": 0}
    assert [loose for extraction in extractions() for loose in extraction.loose] == []


@needs_articles
def test_every_figure_is_the_tables() -> None:
    data = reference()
    differences = []
    for statement in (statement for extraction in extractions() for statement in extraction.statements):
        known = data.statements[statement.id]
        if (statement.line, statement.dosage_text) != (known.line, known.dosage):
            differences.append((statement.id, statement.line, statement.dosage_text))
        for substance in known.substances:
            own = known.of(substance)
            daily = [dose.daily for dose in own if dose.daily]
            wanted = (min(each.low for each in daily), max(each.high for each in daily)) if daily else (None, None)
            name = data.name_of(substance)
            figure = next((figure.amount for figure in statement.daily if figure.substance == name), None)
            got = (figure.low, figure.high) if figure else (None, None)
            top = [dose.maximum.value for dose in own if dose.maximum]
            stated = [each.amount for each in statement.maximum if each.substance == name]
            if got != wanted or stated != top:
                differences.append((statement.id, substance, got, wanted, stated, top))
        if len(statement.substances) == 1:
            target = known.doses[0].target
            ends = (target.low, target.high) if target else None
            if ends != ((statement.target.low, statement.target.high) if statement.target else None):
                differences.append((statement.id, "target"))
    assert differences == []


def told(result: Reconciliation, code: str) -> set[str]:
    return {substance for found in result.findings if found.code == code for substance in found.substances}


def check_acceptance(result: Reconciliation) -> None:
    maximum = [found for found in result.findings if found.code == "A101"]
    assert [found.substances for found in maximum] == [("acetaminophen",)]
    assert {(location.source, location.line) for location in maximum[0].locations} == {
        ("l2-l3", 492),
        ("l4-l5", 277),
        ("l4-l5", 398),
        ("l5-s1", 321),
    }
    own = sorted((found.substances[0], found.sources[0]) for found in result.findings if found.code == "A201")
    assert own == [
        ("acetaminophen", "l2-l3"), ("acetaminophen", "l5-s1"), ("ketorolac", "l4-l5"),
        ("tramadol", "l2-l3"), ("tramadol", "l4-l5"), ("tramadol", "l5-s1"),
    ]  # fmt: skip
    missing = [found for found in result.findings if found.code == "A203" and found.substances == ("tramadol",)]
    first = missing[0].locations[0]
    assert (first.source, first.line) == ("l1-l2", 468)
    assert told(result, "A102") == {"mesenchymal stem cells", "methocarbamol"}
    assert told(result, "A103") == {"hyaluronic acid", "vitamin B12"}
    assert told(result, "A104") == {
        "alpha-lipoic acid",
        "curcumin",
        "gamma-linolenic acid",
        "methylsulfonylmethane",
        "prednisone",
    }
    assert told(result, "A105") == set()
    assert told(result, "A106") == {"prednisone"}
    assert told(result, "A107") == {"hyaluronic acid", "ketorolac"}
    assert told(result, "A108") == told(result, "A109") == set()
    assert [(found.substances, found.sources) for found in result.findings if found.code == "A204"] == [
        (("cyclobenzaprine",), ("l4-l5",))
    ]
    quiet = {"naproxen", "glucosamine", "chondroitin", "alendronate", "zoledronic acid"}
    assert not [found.message for found in result.findings if quiet & set(found.substances)]
    for group in result.groups:
        if group.substance in quiet:
            assert "conflict" not in {attribute.relation for attribute in group.attributes}


@needs_articles
def test_what_is_found_in_the_articles() -> None:
    check_acceptance(from_articles())


def test_what_is_found_in_the_tables() -> None:
    check_acceptance(from_tables())


def test_json_has_the_shape_of_the_contract() -> None:
    document = from_tables().to_json()
    assert document["schema"] == "doseref.reconcile/1"
    group = next(each for each in document["substances"] if each["substance"] == "acetaminophen")
    assert group["sources"] == ["l2-l3", "l4-l5", "l5-s1"]
    maximum = next(each for each in group["attributes"] if each["attribute"] == "maximum")
    assert maximum["relation"] == "conflict"
    assert {
        "source": "l5-s1",
        "statement": "l5-s1/drug/06",
        "line": 321,
        "text": "3,000 mg/day",
        "low": 3000,
        "high": 3000,
        "unit": "mg",
    } in maximum["values"]
    finding = document["findings"][0]
    assert set(finding) >= {"code", "rule", "severity", "message", "substances", "locations"}
    assert set(finding["locations"][0]) >= {"path", "line", "column", "end_column", "source"}
