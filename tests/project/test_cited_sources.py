"""Sources are named as a pharmacist would name them, listed once a report, and explained by ``show``."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.main import build
from doseref.refdata import reference
from doseref.reports import check_text, show_sources
from outputs.schemas import faults


def test_a_label_is_cited_with_section_set_id_and_date() -> None:
    known = next(each for each in reference().sources.values() if each.tier == "label" and each.set_id and each.date)
    cited = known.cited("2.1")
    assert cited.startswith("US label, ") and ", section 2.1, set id " in cited and cited.endswith(known.date)


def test_an_article_is_no_abbreviation() -> None:
    assert reference().sources["l2-l3"].cited() == "article, L2–L3 Nerve Root Compression, 2025-05-20"


def test_what_only_restates_says_so() -> None:
    source = next(each for each in reference().sources.values() if each.tier == "secondary")
    assert source.cited().startswith("page that restates a label (informs only), ")


def test_a_report_lists_each_source_once() -> None:
    result = doseref.check(["acetaminophen 1 g every 6 hours", "lisinopril 160 mg daily"])
    document = result.to_json()
    ids = [source["id"] for source in document["sources"]]
    assert len(ids) == len(set(ids)) and "l5-s1" in ids
    assert {key for finding in result.findings for key in finding.sources} <= set(ids)
    assert all(source["cited"] and source["where"] for source in document["sources"])
    shown = check_text.render(result, width=200, explain=True)
    assert shown.count("L5–S1: article, ") == 1
    assert "SOURCES" not in check_text.render(result, width=200)


@pytest.mark.parametrize("output_format", ["text", "json", "csv", "markdown", "html"])
def test_show_explains_a_source_in_every_format(output_format: str) -> None:
    done = CliRunner().invoke(build(["show"]), ["show", "l5-s1", "--format", output_format])
    assert done.exit_code == 0
    assert "Team Rxharun" in done.output and "2025" in done.output and "errors, warnings and information" in done.output


def test_a_source_that_restates_raises_information_only() -> None:
    source = next(each for each in reference().sources.values() if each.tier == "secondary")
    document = show_sources.to_json(reference(), [source])
    assert faults("sources", document) == []
    (shown,) = document["sources"]
    assert shown["raises"] == "information only"
    assert json.dumps(shown)


def test_a_word_that_is_near_a_brand_is_not_taken_for_its_substance() -> None:
    done = CliRunner().invoke(build(["show"]), ["show", "nothere"])
    assert done.exit_code != 0 and "droxidopa" not in done.output
