"""``show`` says the same in every format: statements, what the sources disagree on, labels' limits, products."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest

from doseref.cli.main import run
from doseref.limits import Limit
from doseref.lookup import look_up
from doseref.names import names
from doseref.refdata import reference
from doseref.reports import show

NAMES = (
    "acetaminophen", "ibuprofen", "Norco 5/325", "Norco", "vitamin D", "methotrexate", "fentanyl", "paracetamol", "pregabalin", "amoxicillin",
    "magnesium", "glucosamine", "tramadol", "warfarin", "fish oil", "methylprednisolone", "ozone",
)  # fmt: skip


def made(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run(["show", *words])
    assert not ended.value.code
    return capsys.readouterr().out


def flat(text: str) -> str:
    if text.lower().startswith("<!doctype"):
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return re.sub(r"\s+", "", text.replace("\\|", "|"))


@pytest.mark.parametrize("name", NAMES)
def test_every_format_shows_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(made(capsys, name, "--format", "csv"))))
    assert rows
    document: dict[str, Any] = json.loads(made(capsys, name, "--format", "json"))
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in ("statement", "limit", "product", "dispute")}
    assert counts == {
        "statement": len(document["statements"]),
        "limit": len(document.get("limits", [])),
        "product": len(document.get("products", [])),
        "dispute": len(document.get("disputes", [])),
    }
    for made_as in ("markdown", "html", "text"):
        words = flat(made(capsys, name, "--format", made_as, *["-v"] * (made_as == "text")))
        for row in rows:
            for column, cell in row.items():
                if column == "kind" or (made_as == "text" and column in ("substance", "source", "entry", "route")):
                    continue  # the text groups by these
                assert flat(cell.removeprefix("'")) in words, (made_as, column, cell)
    table = [line for line in made(capsys, name, "--format", "markdown").splitlines() if line.startswith("| ")]
    assert len(table) == len(rows) + 2
    assert len(re.findall(r"<tr[ >]", made(capsys, name, "--format", "html"))) == len(rows) + 1


def test_what_every_format_must_hold() -> None:
    """Among the names above: disputes, products, limits, and statements of which no dose can be computed."""
    index = names(reference())
    found = [each for name in NAMES for each in look_up(name, index)]
    assert any(each.disputes for each in found)
    assert any(not statement.computable for each in found for statement in each.statements)
    assert any(each.products for each in found) and any(each.limits for each in found)


def test_a_limit_of_the_first_days_says_so() -> None:
    days = [
        limit for limits in reference().limits.values() for limit in limits if limit.days_words and not limit.article
    ]
    assert days
    assert all(limit.days_words in show.limit_words(limit) for limit in days)
    assert not any("day" in show.limit_words(limit) for limit in _plain())


def _plain() -> list[Limit]:
    return [
        limit
        for limit in reference().limits["acetaminophen"]
        if not limit.days_words and limit.longest is None and not limit.article
    ][:3]


def test_sources_are_json_where_json_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(made(capsys, "--sources", "--format", "json"))["sources"]
    text = made(capsys, "--sources")
    assert len(listed) == len(text.splitlines()) > 20
    assert all(source["id"] in text for source in listed)


def test_a_long_list_is_grouped_and_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Acetaminophen stands in some 240 products: as text they are grouped by what is in them, and ``-v`` shows each."""
    short, whole = made(capsys, "tylenol"), made(capsys, "tylenol", "-v")
    assert len(short.splitlines()) < 200 < len(whole.splitlines())
    words = " ".join(short.split())
    assert "of single products: add -v to see them" in words
    assert re.search(r"add -v to see each of the \d+ with its strengths", words)
    data = reference()
    for product in data.products_with("acetaminophen"):
        if not product.withdrawn:
            assert all(
                i.substance == "acetaminophen" or data.name_of(i.substance) in words for i in product.ingredients
            )
            assert product.label in " ".join(whole.split())


def test_a_limit_of_a_product_says_of_which(capsys: pytest.CaptureFixture[str]) -> None:
    words = " ".join(made(capsys, "aluminum hydroxide", "-v").split())
    assert "; for Gaviscon Extra Strength tablets" in words


def test_every_format_says_what_a_substance_is(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("--format", "csv"), ("--format", "markdown"), ("--format", "html")):
        told = flat(made(capsys, "lisinopril", *words))
        for fact in ("ACEinhibitor", "RxCUI29046", "UNIIE7199S1YWR", "Hyperkalaemia"):
            assert fact in told, (words, fact)
    (identity,) = json.loads(made(capsys, "lisinopril", "--format", "json"))["identity"]
    assert identity["classes"] == [{"id": "ace-inhibitor", "label": "ACE inhibitor"}]
    assert identity["codes"] == {"rxcui": "29046", "unii": "E7199S1YWR", "atc": None}
    assert "hyperkalaemia" in {each["class"] for each in identity["side_effects"]}


def test_a_side_effect_is_told_with_the_line_of_its_article(capsys: pytest.CaptureFixture[str]) -> None:
    assert "dyspepsia(L1–L2line423)" in flat(made(capsys, "ibuprofen", "-v"))
