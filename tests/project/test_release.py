"""One version: what names it names the same one, the change log has its section, and the citation is valid."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

import doseref
from doseref.cli.main import run
from doseref.tables.load import data_digest, data_vintage
from doseref.tables.schema import DATA_VERSION

ROOT = Path(__file__).resolve().parents[2]


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_place_names_the_same_version() -> None:
    version = doseref.__version__
    assert tomllib.loads(_text("pyproject.toml"))["project"]["version"] == version
    assert str(yaml.safe_load(_text("CITATION.cff"))["version"]) == version
    assert json.loads(_text("data/datapackage.json"))["version"] == DATA_VERSION


def test_no_page_pins_a_tag_that_may_not_be_there() -> None:
    for path in (
        "docs/articles.md",
        "examples/pre-commit/.pre-commit-config.yaml",
        "examples/github-action/workflow.yml",
    ):
        assert re.findall(r"(?:rev: |doseref@)(v[0-9.]+|COMMIT)\b", _text(path)) == ["COMMIT"], path


def test_the_change_log_has_a_section_for_it_of_the_day_that_the_citation_names() -> None:
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", _text("CHANGELOG.md"), flags=re.MULTILINE)
    day = str(yaml.safe_load(_text("CITATION.cff"))["date-released"])
    assert released[0] == (doseref.__version__, day)


def test_the_citation_is_valid() -> None:
    citation = json.loads(json.dumps(yaml.safe_load(_text("CITATION.cff")), default=str))
    schema = json.loads((Path(__file__).parent / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(citation)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**citation, "licence": "MIT"})


def test_version_says_how_old_the_data_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--version"])
    assert ended.value.code == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"doseref {doseref.__version__}, data {DATA_VERSION} ({data_digest(ROOT / 'data')[:7]})"
    with (ROOT / "data/sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    last, due = sorted(row["retrieved"] for row in rows)[-1], sorted(row["review_by"] for row in rows)[0]
    assert second == f"{len(rows):,} sources, last read {last}, due for review from {due}"


def test_the_vintage_of_a_small_dataset(tmp_path: Path) -> None:
    header = _text("data/sources.csv").splitlines()[0]
    rows = [
        "a,A,label,,,2026-01-05,2028-01-05,x,verified,,label,US,",
        "b,B,label,,,2025-03-01,2027-03-01,x,verified,,label,US,",
    ]
    (tmp_path / "sources.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert data_vintage(tmp_path) == "2 sources, last read 2026-01-05, due for review from 2027-03-01"
