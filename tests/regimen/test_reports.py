"""Reports of a check: figures in every format, and text of a user that stays text."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from doseref.api import check
from doseref.lists.files import read_file
from doseref.regimen.model import Given
from doseref.reports import check_findings, check_html, check_tables
from doseref.result import Person, Result

ROOT = Path(__file__).parents[2]
CASE = (
    Given("Tylenol Extra Strength 500 mg, 2 tablets every 6 hours", place="r.txt:3"),
    Given("Norco 5/325 1 tablet every 4-6 hours as needed for pain", place="r.txt:4"),
    Given("docusate 100 mg twice daily", place="r.txt:5"),
    Given("frobnicol 3 mg daily", place="r.txt:6"),
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("x")']
NASTY = "<script>alert(1)</script> | `x` \x1b[31m\x07 \u202e ![i](u) 5 mg daily"


@pytest.fixture(scope="module")
def result() -> Result:
    return check([Person("ann", CASE)])


def of(text: str, person: str | None = None) -> Result:
    return check([Person(person, (Given(text),))])


def table(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(check_tables.csv(result))))


# CSV ----------------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_per_total_and_limit(result: Result) -> None:
    rows = [row for row in table(result) if row["substance"] == "acetaminophen" and row["kind"] == "total"]
    # 2 × 500 × 4 = 4,000; with 0 to 6 × 325 = 1,950 more.
    assert {(row["person"], row["low"], row["high"], row["unit"], row["per"], row["items"]) for row in rows} == {
        ("ann", "4000", "5950", "mg", "24 hours", "1, 2")
    }
    judged = {
        (row["source"], row["line"], row["limit"], row["basis"], row["verdict"])
        for row in rows
        if row["judges"] == "yes"
    }
    assert judged == {
        ("L2–L3", "492", "3000", "maximum", "over"),
        ("L4–L5", "398", "3000", "maximum", "over"),
        ("L5–S1", "321", "3000", "maximum", "over"),
        ("L4–L5", "277", "4000", "maximum", "possible"),
    }


def test_csv_has_a_row_for_what_is_not_assessed(result: Result) -> None:
    rows = [row for row in table(result) if row["kind"] == "not assessed"]
    assert [(row["substance"], row["low"], row["verdict"]) for row in rows] == [
        ("docusate", "200", "not-assessed"),
        ("frobnicol 3 mg daily", "", "not-assessed"),
    ]
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_begins_like_a_formula(name: str) -> None:
    for row in csv.reader(io.StringIO(check_tables.csv(of(f"{name} 5 mg daily", name)))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row), row
    assert check_tables.inert("=1") == "'=1"


# Workbook -----------------------------------------------------------------------------------------------------------


def test_workbook_figures_are_numbers(result: Result) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(check_tables.workbook(result)))
    assert book.sheetnames == ["Findings", "Totals", "Items"]
    totals = [row for row in book["Totals"].iter_rows(values_only=True) if row[2] == "acetaminophen"]
    assert {(row[4], row[5]) for row in totals} == {(4000, 5950)}
    assert [cell.value for cell in book["Items"]["B"]] == ["item", 1, 2, 3, 4]
    assert book["Findings"]["C2"].value == "R101"


@pytest.mark.parametrize("name", FORMULAS)
def test_no_workbook_cell_is_a_formula(name: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(check_tables.workbook(of(f"{name} 5 mg daily", name))))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert not str(cell.value or "").startswith(("=", "+", "-", "@")), cell.value


def test_workbook_of_text_that_no_workbook_can_hold() -> None:
    pytest.importorskip("openpyxl")
    assert check_tables.workbook(of("x\x00\x01\x1b\ufffe" + "y" * 40_000))[:2] == b"PK"


# Markdown -----------------------------------------------------------------------------------------------------------


def test_markdown_tables_keep_their_columns(result: Result) -> None:
    text = check_tables.markdown(result)
    assert "| OVER | acetaminophen | 4,000 to 5,950 mg in 24 hours |" in text
    assert "| 3 | docusate | 200 mg in 24 hours |" in text.partition("### Not assessed")[2]


def test_markdown_shows_markup_as_it_is() -> None:
    text = check_tables.markdown(of(NASTY, NASTY))
    assert "<script" not in text
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 5, 6)
        assert line.isprintable()
    markdown_it = pytest.importorskip("markdown_it")
    page = markdown_it.MarkdownIt("commonmark").enable("table").render(text)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# HTML ---------------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Tags, attributes and text of a page; checks that tags are closed in order."""

    VOID = frozenset(("meta", "br"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_one_closed_accessible_file(result: Result) -> None:
    page = Page(check_html.render(result))
    assert page.open == []
    names = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "iframe", "object", "form", "input"} & set(names)
    for _, attributes in page.tags:
        assert not any(key.startswith("on") or key in ("src", "action") for key in attributes)
        assert (attributes.get("href") or "#").startswith(
            ("#", "https://")
        )  # the sources may be looked up, nothing is fetched
    assert "url(" not in check_html.render(result)
    assert dict(page.tags)["html"]["lang"] == "en"
    assert names.count("h1") == 1
    assert names.count("table") == names.count("caption")
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    targets = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(targets) == len(set(targets))


def test_html_has_figures_verdicts_and_working(result: Result) -> None:
    text = Page(check_html.render(result)).text
    assert "OVER acetaminophen\n4,000 to 5,950 mg in 24 hours" in text
    assert "2 tablets × 500 mg × 4 = 4,000 mg" in text
    assert "L4–L5 line 277" in text
    assert "frobnicol" in text


def test_html_escapes_what_people_wrote() -> None:
    page = check_html.render(
        check([Person(NASTY, (Given(NASTY),)), Person("\"'><b>", (Given("aspirin 81 mg daily"),))])
    )
    parsed = Page(page)
    assert {tag for tag, _ in parsed.tags}.isdisjoint({"script", "b", "img"})
    assert "<script>alert(1)</script>" in parsed.text
    assert not any(char in page for char in "\x1b\x07\u202e")


# Findings -----------------------------------------------------------------------------------------------------------


def test_github_points_at_the_line(result: Result) -> None:
    lines = check_findings.render(result, "github").splitlines()
    over = next(line for line in lines if "R101" in line)
    assert over.startswith("::error file=r.txt,line=3,title=R101 over-maximum::ann: ")
    assert any(line.startswith("::warning file=r.txt,line=6,title=R401") for line in lines)
    assert len(lines) == len(result.findings)


def test_github_names_the_item_where_there_is_no_place() -> None:
    listed = check_findings.render(check(["naproxen 5000 mg daily"]), "github")
    over = next(line for line in listed.splitlines() if "R101" in line)
    assert over.startswith("::error title=R101 over-maximum::item 1: ")
    assert "file=" not in listed


def test_github_cannot_be_broken_out_of() -> None:
    listed = check_findings.render(of("x\n::error::y\r\n 5 mg daily", "z\n::warning::w"), "github")
    assert all(line.startswith("::") and "title=R" in line for line in listed.splitlines())
    assert not re.search(r"^::error::y|^::warning::w", listed, re.M)


def test_sarif_has_the_shape_of_2_1_0(result: Result) -> None:
    log = json.loads(check_findings.render(result, "sarif"))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({finding.code for finding in result.findings})
    marks = set()
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["level"] in ("error", "warning", "note")
        assert each["message"]["text"]
        assert re.fullmatch(r"[0-9a-f]{32}(-\d+)?", each["partialFingerprints"]["doseref/v1"])
        marks.add(each["partialFingerprints"]["doseref/v1"])
    assert len(marks) == len(run["results"])
    over = next(each for each in run["results"] if each["ruleId"] == "R101")
    where = over["locations"][0]["physicalLocation"]
    assert (where["artifactLocation"]["uri"], where["region"]["startLine"]) == ("r.txt", 3)
    assert over["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 4


def test_sarif_fingerprints_outlive_moved_lines(result: Result) -> None:
    moved = check([Person("ann", tuple(Given(each.text, place=f"new.txt:{90 + n}") for n, each in enumerate(CASE)))])

    def marks(judged: Result) -> list[str]:
        log = json.loads(check_findings.render(judged, "sarif"))
        return [each["partialFingerprints"]["doseref/v1"] for each in log["runs"][0]["results"]]

    assert marks(moved) == marks(result)


def test_places_in_json_are_paths_in_it() -> None:
    people = read_file(str(ROOT / "examples/bundle.json"))
    judged = check([Person(name, tuple(given)) for name, given in people])
    place = check_findings.location_of(judged.regimens[0], 1)
    assert place is not None
    assert (place.path.endswith("bundle.json"), place.line, place.cell) == (True, 0, "Bundle.entry[1].resource")
    windows = check([Given("aspirin 81 mg daily", place="C:\\a#b[1].txt:7")]).regimens[0]
    assert str(check_findings.location_of(windows, 1)) == "C:\\a#b[1].txt:7"


# The command --------------------------------------------------------------------------------------------------------

ENVIRONMENT = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8"}


def test_a_closed_pipe_is_no_error() -> None:
    words = (
        f"{sys.executable} -m doseref check --file examples/regimen.txt --format csv | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", words], capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT, timeout=60, check=False
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("person,kind,")
    assert lines[1] in ("0", "1")  # the pipe may be closed after all is written
    assert done.stderr == ""


def test_nothing_a_user_writes_drives_a_terminal() -> None:
    words = [sys.executable, "-m", "doseref", "check", "--fail-on", "never", "x\x1b[2Jy \x07\x9b31m 5 mg daily"]
    for more in ((), ("--format", "csv"), ("--format", "markdown"), ("--format", "github")):
        done = subprocess.run(
            [*words, *more],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**ENVIRONMENT, "NO_COLOR": "1"},
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout) & {"\x1b", "\x07", "\x9b"}, more


def test_no_color_on_a_terminal() -> None:
    pty = pytest.importorskip("pty")

    def shown(**more: str) -> bytes:
        parent, child = pty.openpty()
        words = [sys.executable, "-m", "doseref", "check", "aspirin 81 mg daily"]
        with subprocess.Popen(
            words, stdout=child, stderr=child, cwd=ROOT, env={**ENVIRONMENT, "TERM": "xterm", **more}
        ) as running:
            os.close(child)
            seen = b""
            try:
                while chunk := os.read(parent, 65536):
                    seen += chunk
            except OSError:
                pass  # Linux: the other end was closed
            running.wait(60)
        os.close(parent)
        return seen

    assert b"\x1b[" in shown()
    assert b"\x1b[" not in shown(NO_COLOR="1")


def test_a_workbook_is_written_whole(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    target = tmp_path / "r.xlsx"
    words = [sys.executable, "-m", "doseref", "check", "aspirin 81 mg daily", "--format", "xlsx"]
    for place, code in ((target, 0), (tmp_path / "no" / "r.xlsx", 2)):
        done = subprocess.run(
            [*words, "--output", str(place)], capture_output=True, cwd=ROOT, env=ENVIRONMENT, timeout=60, check=False
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told() -> None:
    words = [sys.executable, "-m", "doseref", "check", "aspirin 81 mg daily", "--format", "markdown"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            words, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, timeout=60, check=False
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_labels_that_say_the_same_are_one_line() -> None:
    """A label of alendronate gives 10 mg for two uses, and 40 mg, by which it judges, for another: one line each."""
    from doseref.reports.check_words import verdict_lines

    alendronate = of("alendronate 70 mg once daily")
    lines = list(verdict_lines(alendronate, alendronate.regimens[0].totals[0]))
    assert [line.split("  ")[0].rpartition(" ")[0].split()[-1] for line in lines] == ["40", "10"]
