"""Reports of ``extract`` and ``reconcile``: complete, safe, readable on a narrow terminal; baseline and settings."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.baseline import Baseline, apply, dump, read_baseline
from doseref.checks.article.run import Reconciliation, reconcile
from doseref.checks.registry import rules
from doseref.cli.main import build
from doseref.cli.settings import load
from doseref.errors import InputError
from doseref.findings import Finding, Severity
from doseref.refdata import reference
from doseref.reports import extract as extract_report
from doseref.reports import github, reconcile_html, reconcile_markdown, reconcile_text, reconcile_xlsx, sarif
from doseref.statement_rows import statements as of_the_tables
from outputs.schemas import faults

EVIL = "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)"


def judged(**texts: str) -> Reconciliation:
    found = [extract(Article(f"{name}.md", name, tuple(read_string(text, "markdown")))) for name, text in texts.items()]
    return reconcile([statement for each in found for statement in each.statements], extractions=found)


@pytest.fixture(scope="module")
def tables() -> Reconciliation:
    return reconcile(of_the_tables(reference()))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_text_fits_and_cuts_nothing(tables: Reconciliation, width: int) -> None:
    text = reconcile_text.render(tables, reference(), width=width, everything=True)
    longest = max(len(word) for word in text.split())
    assert max(len(line) for line in text.splitlines()) <= max(width, longest + 20)
    if width >= 60:
        assert max(len(line) for line in text.splitlines()) <= width
    together = " ".join(text.split())
    for words in (
        "methylsulfonylmethane",
        "≠ 3,000 mg/day",
        "≠ 4,000 mg/day",
        "mesenchymal stem cells",
        "10,000,000 to 50,000,000 cells",
    ):
        assert words in together
    assert "\x1b" not in text


def test_text_marks_without_colour_what_it_marks_with_colour(tables: Reconciliation) -> None:
    plain = reconcile_text.render(tables, reference(), width=100)
    coloured = reconcile_text.render(tables, reference(), width=100, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_text_ends_with_the_counts(tables: Reconciliation) -> None:
    assert "6 errors, 13 warnings, 8 notes in 160 statements of 4 sources" in reconcile_text.render(
        tables, reference(), width=100
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_html_is_one_file_without_any_request(tables: Reconciliation) -> None:
    text = reconcile_html.render(tables, reference())
    page = _Page()
    page.feed(text)
    assert not {"script", "img", "iframe", "link", "object", "video"} & {tag for tag, _ in page.tags}
    assert "@import" not in text and "url(" not in text
    assert [
        attrs["href"]
        for _, attrs in page.tags
        if (attrs.get("href") or "").startswith(("http:", "https:", "//", "javascript:"))
    ] == []
    assert ("html", {"lang": "en"}) in page.tags
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    targets = {attrs["id"] for _, attrs in page.tags if attrs.get("id")}
    assert {attrs["href"][1:] for _, attrs in page.tags if (attrs.get("href") or "").startswith("#")} <= targets


def test_html_and_markdown_take_no_markup_from_articles() -> None:
    result = judged(a='Drug: Ibuprofen <img src=x onerror=alert(1)>. Dosage: 400 mg "daily" <script>alert(2)</script>')
    text = reconcile_html.render(result, reference())
    assert "<img" not in text and "<script" not in text
    assert "<img" not in reconcile_markdown.render(result, reference(), everything=True)


def test_workbook_has_two_sheets_and_no_formula(tables: Reconciliation) -> None:
    import openpyxl

    found = extract(
        Article("=cmd.md", "=cmd", tuple(read_string("Drug: Ibuprofen. Class: =1+1. Dosage: =400 mg daily", "text")))
    )
    evil = reconcile(found.statements)
    for result in (tables, evil):
        book = openpyxl.load_workbook(io.BytesIO(reconcile_xlsx.render(result, reference())))
        assert book.sheetnames == ["Conflicts", "Statements"]
        assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    book = openpyxl.load_workbook(io.BytesIO(reconcile_xlsx.render(tables, reference())))
    assert book["Conflicts"].max_row == 1 + len(tables.findings)
    assert book["Statements"].max_row == 1 + sum(len(statement.substances) for statement in tables.statements)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Over-the-counter ibuprofen 200 mg every 4 hours.", "→ 1,200 mg/day, over the counter"),
        ("Children: ibuprofen 100 mg every 8 hours.", "→ 300 mg/day, for children"),
        ("Ibuprofen 400 mg every 8 hours.", "→ 1,200 mg/day"),
    ],
)
def test_extract_says_for_whom_and_how_it_is_sold(text: str, line: str) -> None:
    """6 × 200 mg, 3 × 100 mg and 3 × 400 mg a day."""
    found = extract(Article("a.md", "a", tuple(read_string(text, "markdown"))))
    assert line in [each.strip() for each in extract_report.render_text([found]).splitlines()]


def test_sarif_and_github(tables: Reconciliation) -> None:
    log = json.loads(sarif.render(tables.findings, rules("article"), "0"))
    results = log["runs"][0]["results"]
    assert len(results) == len(tables.findings)
    keys = [result["partialFingerprints"]["doseref/v1"] for result in results]
    assert len(set(keys)) == len(keys)
    assert len(github.render(tables.findings).splitlines()) == len(tables.findings)


def test_baseline_knows_findings_again_when_lines_move_and_tells_what_is_gone(tmp_path: Path) -> None:
    a, b = "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)", "Ibuprofen: 400 mg every 8 hours (max 2,400 mg/day)"
    first = judged(a=a, b=b)
    path = tmp_path / "baseline.json"
    path.write_text(dump(first.findings, Baseline({})), encoding="utf-8")
    moved = apply(judged(a="\n\n\n" + a, b="# Drugs\n\n" + b), read_baseline(str(path)))
    assert (moved.findings, len(moved.silenced), moved.stale) == ((), 1, ())
    changed = apply(judged(a=a, b=b.replace("2,400", "3,200")), read_baseline(str(path)))
    assert [found.code for found in changed.findings] == ["A101"]
    assert len(changed.stale) == 1 and "2,400 mg/day" in changed.stale[0]


def test_broken_baseline_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    for text in ("", "[]", '{"schema": "x"}', '{"schema": "doseref.baseline/1", "findings": [1]}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            read_baseline(str(path))


def test_settings(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[tool.doseref]\nignore = ["A303"]\nfail-on = "warning"\nbaseline = "b.json"\narticles = ["*.md"]\n',
        encoding="utf-8",
    )
    settings = load(str(path))
    assert (settings.ignore, settings.fail_on, settings.baseline, settings.paths, settings.directory) == (
        ("A303",),
        "warning",
        "b.json",
        ("*.md",),
        tmp_path,
    )
    path.write_text("[tool.doseref]\nignroe = []\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown key 'ignroe'"):
        load(str(path))


def run(*arguments: str) -> tuple[int, str]:
    words = list(arguments)
    outcome = CliRunner().invoke(build(words), words)
    return outcome.exit_code, outcome.output


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("Ibuprofen: 400 mg every 8 hours (max 2,400 mg/day)\n", encoding="utf-8")
    assert run("reconcile", "a.md", "b.md")[0] == 1
    assert run("reconcile", "a.md")[0] == 0
    assert run("reconcile", "a.md", "b.md", "--ignore", "A101")[0] == 0
    assert run("reconcile", "a.md", "b.md", "--select", "A2,A3")[0] == 0
    assert run("reconcile", "a.md", "b.md", "--fail-on", "never")[0] == 0
    assert run("reconcile", "a.md", "b.md", "--baseline", "b.json", "--update-baseline")[0] == 0
    assert faults("baseline", json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))) == []
    assert run("reconcile", "a.md", "b.md", "--baseline", "b.json")[0] == 0
    code, text = run("reconcile", ".", "--format", "json")
    document = json.loads(text)
    assert code == 1 and document["findings"][0]["locations"][1]["path"] == "b.md"
    code, text = run("extract", "a.md", "--format", "json")
    statement = json.loads(text)["statements"][0]
    assert code == 0
    assert {key: statement[key] for key in ("id", "source", "line", "column", "substances", "daily", "maximum", "computable")} == {
        "id": "a/text/01", "source": "a", "line": 1, "column": 12, "substances": ["ibuprofen"], "computable": True,
        "daily": [{"substance": "ibuprofen", "low": 1200, "high": 1200, "unit": "mg"}],
        "maximum": [{"substance": "ibuprofen", "amount": 1200, "unit": "mg", "per": {"value": 1, "unit": "d"}}],
    }  # fmt: skip


def test_csv_rows_have_the_columns_of_the_tables() -> None:
    found = extract(
        Article(
            "a.md",
            "a",
            tuple(
                read_string(
                    "Drug: Codeine/APAP. Dosage: 30 mg codeine/300 mg APAP every 4–6 hours (max APAP 3000 mg/day)",
                    "text",
                )
            ),
        )
    )
    rows = list(csv.DictReader(io.StringIO(extract_report.render_csv([found], reference()))))
    assert [
        (
            row["substance"],
            row["dose_low"],
            row["every_low"],
            row["every_high"],
            row["daily_low"],
            row["daily_high"],
            row["maximum"],
        )
        for row in rows
    ] == [
        ("acetaminophen", "300", "4", "6", "1200", "1800", "3000"),
        ("codeine", "30", "4", "6", "120", "180", ""),
    ]
    assert rows[0]["dosage"] and not rows[1]["dosage"]


@pytest.mark.parametrize("width", range(44, 90, 5))
def test_findings_never_part_a_figure_from_its_unit_or_a_range(width: int) -> None:
    message = (
        "ibuprofen: dose × frequency comes to 2 to 6 g/day, at its high end above the 3 g/day that the same statement gives; "
        "4 to 6 times in 24 hours against 500 to 1,000 mg, 3 of 4 statements (2 tablets) and 1,200 mg/day"
    )
    found = Finding("A201", "x", Severity.WARNING, message, mend=message, substances=("ibuprofen",))
    lines = reconcile_text._finding(found, width, colour=False)
    assert all(len(line) <= width for line in lines) and not any("\u00a0" in line for line in lines)
    assert " ".join(" ".join(lines).split()).count(message) == 2
    parted = [
        each
        for each in pairwise(lines)
        if re.search(r"[0-9]( to)?$", each[0]) and each[1].split()[0] not in ("of", "statements")
    ]
    assert not parted
