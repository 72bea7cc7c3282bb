"""Whoever reads that one place is above every label wants to see the place that is not."""

from __future__ import annotations

from doseref.articles.extract import extract
from doseref.articles.read import article_of
from doseref.checks.article.run import Reconciliation, reconcile
from doseref.findings import Finding
from doseref.refdata import reference


def _told(*texts: str) -> Reconciliation:
    found = [extract(article_of(text, f"p{number}.md"), reference()) for number, text in enumerate(texts, 1)]
    return reconcile([each for page in found for each in page.statements], extractions=found)


def _a202(result: Reconciliation) -> Finding:
    return next(each for each in result.findings if each.code == "A202")


LABELLED = "# Knees\n\nFor arthritis, celecoxib up to a maximum of 200 mg a day.\n"
ABOVE = "# Backs\n\nFor arthritis, celecoxib up to a maximum of 1,200 mg a day.\n"


def test_what_another_page_allows_is_set_beside_it() -> None:
    finding = _a202(_told(ABOVE, LABELLED))
    assert "1,200 mg/day (p1.md line 3); elsewhere 200 mg/day (p2.md line 3)" in finding.message
    assert [(each.path, each.line) for each in finding.locations] == [("p1.md", 3), ("p2.md", 3)]
    assert [each.path for each in finding.own_locations] == ["p1.md"]


def test_a_comment_at_the_other_place_silences_nothing() -> None:
    comment = " <!-- doseref: ignore A202 checked -->"
    assert "elsewhere" in _a202(_told(ABOVE, LABELLED.replace("day.", f"day.{comment}"))).message
    silenced = _told(ABOVE.replace("day.", f"day.{comment}"), LABELLED)
    assert not any(each.code == "A202" for each in silenced.findings)


def test_another_use_other_people_and_another_way_are_not_set_beside_it() -> None:
    for other in (
        "# Polyps\n\nFor familial adenomatous polyposis, celecoxib up to a maximum of 800 mg a day.\n",
        "# Children\n\nIn children with arthritis, celecoxib up to a maximum of 100 mg a day.\n",
    ):
        assert "elsewhere" not in _a202(_told(ABOVE, other)).message


def test_above_what_another_country_allows_is_a_warning() -> None:
    """Levocetirizine: 5 mg by its US label; no British one is here."""
    page = extract(
        article_of("# Notes\n\nLevocetirizine: adults take up to a maximum of 40 mg a day.\n", "p1.md"), reference()
    )
    here, abroad = (_a202(reconcile(page.statements, extractions=(page,), country=country)) for country in ("US", "GB"))
    assert (here.severity.word, abroad.severity.word) == ("error", "warning")
    assert "above all that is known, of any country: 5 mg/day" in abroad.message
