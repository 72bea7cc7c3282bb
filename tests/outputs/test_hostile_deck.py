"""Names that are markup, formulas, escapes or marks of direction are plain text in every format, however many there are."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

import doseref
from doseref.cli.main import run
from doseref.regimen.model import Given
from doseref.reports import check_findings, check_html, check_tables, check_text
from doseref.reports.check_fhir import bundle
from doseref.result import Person, Result

NAMES = (
    "<script>alert(1)</script>", "[red]x[/red]", "=cmd()|'/c calc'!A1", "+1+1", "@SUM(A1)", "-2+3", "\u202eabc\u2066", "\x1b[31mred\x07",
    "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}{% raw %}", "| a | b |", "::error::x", "javascript:alert(1)", "%00%0a", "\ufeffx\u200b",
)  # fmt: skip
_DRIVES = set("\u202e\u2066\x1b\x07")


@pytest.fixture(scope="module")
def result() -> Result:
    items = tuple(Given(f"{NAMES[n % len(NAMES)]} {n} mg daily") for n in range(150))
    return doseref.check([Person(name, items[:n]) for n, name in ((150, NAMES[0]), (20, NAMES[2]), (20, NAMES[6]))])


def test_pages(result: Result) -> None:
    made = [check_html.render(result), *(page for _, page in check_html.folder(result))]
    for page in made:
        assert not re.search(r"<(script|img|b|red)\b", page) and not _DRIVES & set(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made[0] and "{{ 7*7 }}{% raw %}" in made[0]


def test_terminals_and_programs(result: Result) -> None:
    for text in (
        check_text.render(result, 80, False),
        *(check_findings.render(result, kind) for kind in ("github", "sarif")),
    ):
        assert not _DRIVES & set(text)
    for line in check_findings.render(result, "github").splitlines():
        assert line.startswith("::") and "title=R" in line


def test_sheets(result: Result) -> None:
    for row in csv.reader(io.StringIO(check_tables.csv(result))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row), row
    with zipfile.ZipFile(io.BytesIO(check_tables.workbook(result))) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/" in name]
        assert len(sheets) == 3 and not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_documents_keep_the_text_as_given_and_escape_it(result: Result) -> None:
    document = json.loads(json.dumps(result.to_json()))
    assert document["regimens"][0]["items"][0]["text"] == "<script>alert(1)</script> 0 mg daily"
    assert len(document["regimens"][0]["items"]) == 150
    made = bundle(result)
    for entry in made["entry"]:
        entry["resource"].pop("dosage", None)  # the instruction itself is kept as it was given: it has to be read again
    assert not _DRIVES & set(json.dumps(made, ensure_ascii=False))


def test_a_csv_file_begins_with_a_mark_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    for words, begins in (([], b"person,"), (["--bom"], b"\xef\xbb\xbfperson,")):
        with pytest.raises(SystemExit):
            run(["check", "aspirin 81 mg daily", "--format", "csv", "--output", str(path), *words])
        assert path.read_bytes().startswith(begins)
