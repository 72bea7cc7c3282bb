"""Every output is what the files of ``golden/out`` hold, line by line, and programs that are not ours read it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from outputs import browser, readers, schemas
from outputs.golden.make import CASES, GIVEN, HERE, MADE, neutral

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the service cannot be asked")
pytest.importorskip("openpyxl", reason="openpyxl is not installed")
pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")

NAMES = sorted(path.name for path in MADE.iterdir())
PAGES = [name for name in NAMES if name.endswith(".html")]
MEND = "python tests/outputs/golden/make.py writes them anew; read the difference before it is committed"


def kept(name: str) -> str:
    return (MADE / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All outputs written today, by a process of its own."""
    out = tmp_path_factory.mktemp("golden") / "out"
    code = f"import sys; sys.path[:0] = [{str(HERE.parents[1])!r}]; from outputs.golden.make import write; from pathlib import Path; write(Path({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, f"{done.stderr[-2000:]}\nwhere columns have changed: make.py --data"
    return out


def test_all_are_there() -> None:
    assert {*CASES, "cards.json", "discovery.json", "page.html"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_as_it_was_read(name: str, written: Path) -> None:
    found = (written / name).read_text(encoding="utf-8")
    assert found.splitlines() == kept(name).splitlines(), MEND
    assert neutral(found) == found


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".sarif")])
def test_sarif(name: str, tmp_path: Path) -> None:
    assert readers.sarif(kept(name)) == []
    assert json.loads(kept(name))["runs"][0]["results"]


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".sarif")])
def test_sarif_by_its_makers_validator(name: str, tmp_path: Path) -> None:
    assert readers.sarif_multitool(kept(name), tmp_path) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_html(name: str) -> None:
    assert readers.html_parser(kept(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_pass_the_html_checker(name: str, tmp_path: Path) -> None:
    assert readers.html_checker(kept(name), tmp_path) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, width: int, tmp_path: Path) -> None:
    assert browser.axe(kept(name), tmp_path, width) == []


@pytest.mark.parametrize(
    ("name", "model"),
    [("check-r5.fhir.json", "fhir.resources.bundle"), ("check-r4.fhir.json", "fhir.resources.R4B.bundle")],
)
def test_bundles(name: str, model: str) -> None:  # fmt: skip
    pytest.importorskip("fhir.resources")
    read: Any = import_module(model).Bundle.model_validate(json.loads(kept(name)))
    kinds = [entry.resource.get_resource_type() for entry in read.entry]
    assert kinds.count("MedicationStatement") == 3 and "DetectedIssue" in kinds and kinds[-1] == "OperationOutcome"


def test_dosages() -> None:
    pytest.importorskip("fhir.resources")
    model: Any = import_module("fhir.resources.dosage").Dosage
    document = json.loads(kept("parse.fhir.json"))
    assert [model.model_validate(each).text for each in _dosages(document)]


def _dosages(document: Any) -> list[Any]:
    """Every object with a ``sequence`` in what ``parse --format fhir`` writes."""
    if isinstance(document, list):
        return [found for each in document for found in _dosages(each)]
    if isinstance(document, dict):
        return (
            [document] if "sequence" in document else [found for each in document.values() for found in _dosages(each)]
        )
    return []


@pytest.mark.parametrize(
    ("name", "failures"), [("check.junit.xml", 2), ("reconcile.junit.xml", 2), ("validate.junit.xml", 3)]
)
def test_junit(name: str, failures: int) -> None:  # fmt: skip
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    suites = junitparser.JUnitXml.fromstring(kept(name).encode())
    assert (
        suites.failures
        == failures
        == sum(bool(case.result) and not case.is_passed for suite in suites for case in suite)
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".gitlab.json")])
def test_code_quality_has_what_gitlab_reads(name: str) -> None:
    issues = json.loads(kept(name))
    assert issues and len({each["fingerprint"] for each in issues}) == len(issues)
    for each in issues:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert set(each["location"]) == {"path", "lines"} and each["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".csv")])
def test_csv_is_a_table(name: str) -> None:
    header, *rows = csv.reader(io.StringIO(kept(name)))
    assert rows and {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize(
    ("name", "document"),
    [("check.json", "check"), ("parse.json", "parse"), ("show.json", "show"), ("extract.json", "extract"), ("reconcile.json", "reconcile"),
     ("validate.json", "validate"), ("convert.json", "convert"), ("rules.json", "rules")],
)  # fmt: skip
def test_json_is_as_its_schema_says(name: str, document: str) -> None:
    text = kept(name).replace("SHA256", "0" * 64)
    assert schemas.faults(document, json.loads(text)) == []


def test_cards_and_discovery() -> None:
    assert readers.cds_hooks("response", json.loads(kept("cards.json"))) == []
    assert readers.cds_hooks("discovery", json.loads(kept("discovery.json"))) == []
    assert json.loads((GIVEN / "order.json").read_text(encoding="utf-8"))["hook"] == "order-sign"


@pytest.mark.parametrize(("name", "rows"), [("check.jsonl", 3), ("parse.jsonl", None)])
def test_lines_of_json_are_read_by_pandas(name: str, rows: int | None) -> None:
    frame = pytest.importorskip("pandas").read_json(io.StringIO(kept(name)), lines=True)
    assert len(frame) == len(kept(name).splitlines()) >= (rows or 1)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".md")])
def test_markdown_has_the_tables_that_are_written(name: str) -> None:
    """By markdown-it: a row with a cell too many or too few would be cut, or end its table."""
    tokens = import_module("markdown_it").MarkdownIt("commonmark").enable("table").parse(kept(name))
    written = [line for line in kept(name).splitlines() if line.startswith("|")]
    rules = [line for line in written if not line.strip("|-: ")]
    assert [each.type for each in tokens].count("tr_open") == len(written) - len(rules)
    assert [each.type for each in tokens].count("table_open") == len(rules)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".github.txt")])
def test_annotations_have_the_form_of_workflow_commands(name: str) -> None:
    """``::error file=…,line=…,title=…::message``, the values escaped, as GitHub's runner takes them apart."""
    lines = kept(name).splitlines()
    assert lines
    for line in lines:
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*(?:%3A[^:]*)*)::(.+)", line)
        assert found, line
        settings = dict(each.split("=", 1) for each in found[2].split(","))
        assert set(settings) <= {"file", "line", "endLine", "col", "endColumn", "title"} and settings.get("title"), line


READ_BY = {
    "txt": "people", "concise.txt": "people and editors (file:line:column)", "github.txt": "the form of workflow commands",
    "json": "the JSON Schema of the command, by jsonschema", "fhir.json": "fhir.resources", "gitlab.json": "GitLab's fields",
    "jsonl": "pandas", "csv": "csv", "md": "markdown-it", "html": "html5lib, the Nu checker and axe in Chromium",
    "xlsx.tsv": "openpyxl, which made the lines that are kept", "junit.xml": "junitparser", "sarif": "the schema of SARIF and its makers' validator",
}  # fmt: skip
"""Ending of a golden file → who reads it, in the tests of this file."""


def test_every_format_has_a_file_and_a_reader() -> None:
    assert {name.split(".", 1)[1] for name in NAMES} == set(READ_BY)
