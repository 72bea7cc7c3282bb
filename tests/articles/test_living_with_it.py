"""Formats for other programs, quiet runs, comments that silence nothing, the baseline pruned, and the articles of the data."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from test_finding_files import HIGH, LOW, put, ran  # type: ignore[import-not-found]


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return put(tmp_path, {"a.md": LOW, "b.md": "# Pain\n\n" + HIGH})


def test_concise(pages: Path) -> None:
    code, text, _ = ran("reconcile", "a.md", "b.md", "--format", "concise")
    # "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)": the maximum's number begins at column 38
    assert (code, text) == (
        1,
        "a.md:1:38: A101 error: ibuprofen: stated maximum differs: 1,200 mg/day (a.md line 1) against 2,400 mg/day (b.md line 3)\n",
    )
    assert ran("reconcile", "a.md", "--format", "concise")[1] == ""
    code, text, _ = ran("extract", "a.md", "--format", "concise")
    assert (code, text) == (0, "a.md:1:12: ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)\n")


def test_concise_of_a_regimen_and_of_the_data(pages: Path) -> None:
    (pages / "r.txt").write_text("Ibuprofen 800 mg every 4 hours\n", encoding="utf-8")
    code, text, _ = ran("check", "--file", "r.txt", "--format", "concise")
    assert code == 1
    assert text.startswith("r.txt:1: R101 ")
    (pages / "data").mkdir()
    code, text, _ = ran("validate", "--format", "concise")
    assert code == 0


def test_gitlab(pages: Path) -> None:
    (found,) = json.loads(ran("reconcile", "a.md", "b.md", "--format", "gitlab")[1])
    assert found["check_name"] == "A101 conflicting-maximum"
    assert found["severity"] == "critical"
    assert found["location"] == {"path": "a.md", "lines": {"begin": 1}}
    moved = put(pages, {"a.md": "\n\n" + LOW})
    assert moved
    (again,) = json.loads(ran("reconcile", "a.md", "b.md", "--format", "gitlab")[1])
    assert (again["fingerprint"], again["location"]["lines"]["begin"]) == (found["fingerprint"], 3)


def test_junit(pages: Path) -> None:
    suites = ElementTree.fromstring(ran("reconcile", "a.md", "b.md", "--format", "junit")[1])
    failed = [case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None]
    assert failed == ["A101 conflicting-maximum"]
    assert suites.get("failures") == "1"


def test_columns_of_sarif_count_units_of_utf_16(pages: Path) -> None:
    put(pages, {"a.md": "first 😀\n\n😀 é 💊 " + LOW})
    log = json.loads(ran("reconcile", "a.md", "b.md", "--format", "sarif")[1])["runs"][0]
    assert log["columnKind"] == "utf16CodeUnits"
    region = log["results"][0]["locations"][0]["physicalLocation"]["region"]
    # six characters before "Ibuprofen", two of them of two units: 38 + 6 + 2
    assert (region["startLine"], region["startColumn"]) == (3, 46)
    assert "a.md:3:44: A101" in ran("reconcile", "a.md", "b.md", "--format", "concise")[1]


def test_quiet(pages: Path) -> None:
    assert ran("reconcile", "a.md", "--quiet") == (0, "", "")
    code, text, error = ran("reconcile", "a.md", "b.md", "-q")
    assert code == 1
    assert "A101" in text and "statements of" not in text
    assert error == ""
    put(pages, {"c.rst": "x", "d.md": "Zorblaxin: 400 mg twice daily\n\nIbuprofen: 200 mg twice daily, 17 zumbles"})
    assert "A3" not in ran("reconcile", ".", "--quiet", "--format", "concise")[1]
    assert "A3" in ran("reconcile", ".", "--quiet", "--format", "concise", "--fail-on", "info")[1]


def test_only(pages: Path) -> None:
    assert ran("reconcile", "a.md", "b.md", "--only", "A2")[0] == 0
    assert ran("reconcile", "a.md", "b.md", "--only", "A101")[0] == 1


@pytest.mark.parametrize("comment", ["<!-- doseref: ignore A101 agreed -->", "{/* doseref: ignore A101 agreed */}"])
def test_a_comment_that_is_needed_and_one_that_is_not(pages: Path, comment: str) -> None:
    put(pages, {"b.mdx": f"{comment}\n\n{HIGH}", "b.md": "x"})
    code, _, error = ran("reconcile", "a.md", "b.mdx")
    assert (code, error) == (0, "")
    put(pages, {"b.mdx": f"{comment}\n\n{LOW}"})
    code, _, error = ran("reconcile", "a.md", "b.mdx")
    assert code == 0
    assert "b.mdx:1: the comment silences nothing: no A101 is found there" in error
    assert ran("reconcile", "a.md", "b.mdx", "--ignore", "A101")[2] == ""  # the rule did not run


@pytest.mark.parametrize("comment", ["<!-- doseref ignore A101 agreed -->", "{/* doseref-ignore A101 */}"])
def test_a_comment_without_its_colon_is_told(pages: Path, comment: str) -> None:
    put(pages, {"b.mdx": f"{comment}\n\n{HIGH}", "b.md": "x"})
    code, _, error = ran("reconcile", "a.md", "b.mdx")
    assert code == 1
    assert "b.mdx:1: a colon is missing behind 'doseref' and nothing is silenced" in error


@pytest.mark.parametrize(
    ("name", "begins", "what"),
    [
        ("a.pdf", b"%PDF-1.4\nnaproxen 500 mg", "a PDF"),
        ("a.txt", b"{\\rtf1 naproxen 500 mg}", "an RTF document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Word"),
    ],
)
def test_a_document_without_a_reader_is_not_taken_for_a_clean_text(
    pages: Path, name: str, begins: bytes, what: str
) -> None:
    (pages / name).write_bytes(begins)
    for files in ([name], ["a.md", name]):
        code, _, error = ran("reconcile", *files)
        assert (code, f"{name}: is {what}" in error) == (2, True)


def test_a_country_without_labels_is_told(pages: Path) -> None:
    (pages / "doseref.toml").write_text('country = "UK"\n', encoding="utf-8")
    for options in ((), ("--country", "UK")):
        code, _, error = ran("reconcile", "a.md", *options)
        assert (code, "the United Kingdom is GB" in error) == (2, True)
    assert ran("reconcile", "a.md", "--country", "gb")[0] == 0


def test_a_run_on_one_file_says_nothing_of_the_others(pages: Path) -> None:
    """What is accepted of files that were not read stays: nobody looked for it; that of a file that is gone goes."""
    put(pages, {"c.md": "Ibuprofen: 400 mg every 8 hours (max 800 mg/day)\n"})
    ran("reconcile", ".", "--baseline", "base.json", "--update-baseline")
    accepted = json.loads((pages / "base.json").read_text(encoding="utf-8"))["findings"]
    assert {name for each in accepted for name in each["files"]} == {"a.md", "b.md", "c.md"}
    for option in ((), ("--prune-baseline",), ("--update-baseline",)):
        _, text, _ = ran("reconcile", "a.md", "--baseline", "base.json", *option)
        assert "no longer found" not in text
        assert json.loads((pages / "base.json").read_text(encoding="utf-8"))["findings"] == accepted
    (pages / "c.md").unlink()
    ran("reconcile", "a.md", "b.md", "--baseline", "base.json", "--prune-baseline")
    left = json.loads((pages / "base.json").read_text(encoding="utf-8"))["findings"]
    assert all("c.md" not in each["files"] for each in left)


def test_entries_without_files_go_by_their_message(pages: Path) -> None:
    old = {
        "fingerprint": "1",
        "code": "A101",
        "message": "ibuprofen: differs: 1 g/day (a.md line 1) against 2 g/day (z.md line 1)",
    }
    text = json.dumps({"schema": "doseref.baseline/1", "findings": [old]})
    put(pages, {"base.json": text})
    assert "no longer found" not in ran("reconcile", "a.md", "--baseline", "base.json")[1]
    put(pages, {"base.json": text.replace("z.md", "b.md")})
    assert "no longer found" in ran("reconcile", "a.md", "b.md", "--baseline", "base.json")[1]


def test_a_pruned_baseline_accepts_nothing_new(pages: Path) -> None:
    ran("reconcile", "a.md", "b.md", "--baseline", "base.json", "--update-baseline")
    put(
        pages,
        {
            "c.md": "Naproxen: 250 mg twice daily (max 1,000 mg/day)\n",
            "d.md": "Naproxen: 250 mg twice daily (max 1,250 mg/day)\n",
        },
    )
    everything = ["a.md", "b.md", "c.md", "d.md", "--baseline", "base.json"]
    code, text, _ = ran("reconcile", *everything, "--prune-baseline", "--format", "concise")
    assert code == 1 and "naproxen" in text and "ibuprofen" not in text
    put(pages, {"b.md": LOW})
    code, text, _ = ran("reconcile", *everything, "--prune-baseline", "--format", "concise")
    assert code == 1 and "naproxen" in text
    assert json.loads((pages / "base.json").read_text(encoding="utf-8"))["findings"] == []
    assert "--prune-baseline needs --baseline" in ran("reconcile", "a.md", "--prune-baseline")[2]


def test_with_data_tells_what_touches_the_given_articles(pages: Path) -> None:
    code, text, _ = ran("reconcile", "a.md", "--with-data", "--format", "json")
    document = json.loads(text)
    assert document["findings"]
    assert all("a" in found["sources"] for found in document["findings"])
    assert [group["substance"] for group in document["substances"]] == ["ibuprofen"]
    assert code == int(any(found["severity"] == "error" for found in document["findings"]))


def test_one_source_agrees_with_nobody(pages: Path) -> None:
    def counts(*names: str) -> tuple[int, int]:
        summary = json.loads(ran("reconcile", *names, "--format", "json")[1])["summary"]
        return summary["agree"], summary["compatible"]

    # dose, frequency, amount a day and maximum
    assert counts("a.md") == (0, 4)
    put(pages, {"c.md": LOW})
    assert counts("a.md", "c.md") == (4, 0)


def test_a_comment_before_a_row_silences_that_row_alone(pages: Path) -> None:
    rows = ["| Drug | Dose |", "|---|---|", "| Celecoxib | 1,800 mg daily |", "| Meloxicam | 30 mg daily |"]
    put(pages, {"t.md": "\n".join(rows)})
    # both are above every label of adults: 600 mg and 15 mg a day
    assert [line.split(": ")[0] for line in ran("reconcile", "t.md", "--format", "concise")[1].splitlines()] == [
        "t.md:3:15",
        "t.md:4:15",
    ]
    put(pages, {"t.md": "\n".join((*rows[:2], "<!-- doseref: ignore A202 as our hospital gives it -->", *rows[2:]))})
    assert [line.split(": ")[0] for line in ran("reconcile", "t.md", "--format", "concise")[1].splitlines()] == [
        "t.md:5:15",
    ]


def test_standard_input_takes_the_place_of_the_file_it_goes_by(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a.md on disk says 1,200 mg, what is written in the editor 2,400 mg, as b.md does: nothing is left to be told
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(HIGH.encode()), encoding="utf-8"))
    assert ran("reconcile", "-", ".", "--stdin-filename", "a.md", "--format", "concise")[:2] == (0, "")


def test_a_name_of_standard_input_without_it_is_refused(pages: Path) -> None:
    for words in (["reconcile"], ["reconcile", "b.md"], ["extract", "b.md"]):
        code, _, told = ran(*words, "--stdin-filename", "a.md")
        assert code == 2
        assert "'-' (standard input)" in told


@pytest.mark.parametrize("command", ["reconcile", "extract"])
def test_a_report_does_not_overwrite_an_article_that_is_read(pages: Path, command: str) -> None:
    code, _, told = ran(command, "a.md", "b.md", "--format", "text", "--output", "./b.md")
    assert code == 2
    assert "is one of the articles" in told
    assert (pages / "b.md").read_text(encoding="utf-8").endswith(HIGH)
