"""A comment silences only the rules it names, and a column of times a day is a frequency."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.articles.model import Ignore


@pytest.mark.parametrize("codes", [(), ("A101",)])
def test_a_comment_silences_only_what_it_names(codes: tuple[str, ...]) -> None:
    comment = Ignore(codes, "agreed", 1, 3)
    assert not comment.covers("A102", 2)
    assert comment.covers("A101", 2) is bool(codes)


def test_times_a_day_is_a_frequency(tmp_path: Path) -> None:
    import json
    import subprocess
    import sys

    page = tmp_path / "table.md"
    page.write_text(
        "# Table\n\n| Drug | Dose (mg) | Times a day |\n|---|---|---|\n| Gabapentin | 300 | 3 |\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "doseref", "extract", str(page), "--format", "json"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    (statement,) = json.loads(done.stdout)["statements"]
    # 300 mg three times a day: 900 mg, not three doses of 300 mg at once
    assert statement["daily"] == [{"substance": "gabapentin", "low": 900, "high": 900, "unit": "mg"}]
    assert "3 times daily" in statement["dosage"]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("<!-- doseref: ingore A102 agreed -->", "'doseref: ingore' is not understood"),
        ("<!-- doseref: ignore agreed with the pharmacist -->", "names no rule and silences nothing"),
        ("<!-- doseref: ignore A1O2 agreed -->", "'A1O2' is no code of a rule"),
        ("<!-- doseref: ignore A999 agreed -->", "'A999' is no code of a rule"),
        ("<!-- doseref: ignore A102 agreed -->", "the comment silences nothing: no A102 is found there"),
        ("{/* doseref: ingore A102 agreed */}", "'doseref: ingore' is not understood"),
        ("<!-- doseref: ignore A102,A101 agreed -->", "A101 in the comment silences nothing: no A101 is found there"),
        ("<!-- doseref: disable A101 ok -->", "'doseref: disable' is not understood; write 'doseref: ignore'"),
        ("<!-- doseref: off A101 -->", "'doseref: off' is not understood"),
        ("<!-- doseref: ignore a101 agreed -->", "'a101' silences nothing; codes are in capitals, write 'A101'"),
        ("<!-- doseref: disable it -->", ""),
        ("<!-- doseref is a program -->", ""),
    ],
)
def test_a_comment_that_silences_nothing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], comment: str, told: str
) -> None:
    import typer

    from doseref.cli.reconcile import reconcile

    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{comment}\n- Ibuprofen: 400 mg three times daily\n", encoding="utf-8")
    try:
        reconcile([str(page)], output_format="json", output=str(tmp_path / "out.json"), fail_on="never")
    except typer.Exit:
        pytest.fail("nothing here is a finding that ends the run")
    messages = capsys.readouterr().err
    if told:
        assert f"{page}:3: " in messages
        assert told in messages
    else:
        assert messages == ""


def test_one_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "good.md").write_text("# Drugs\n\n- Ibuprofen: 400 mg three times daily\n", encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"no archive")
    for command in ("extract", "reconcile"):
        done = subprocess.run(
            [sys.executable, "-m", "doseref", command, str(tmp_path), "--format", "json"],
            capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 2
        assert "bad.docx" in done.stderr
        assert "ibuprofen" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "## Diclofenac\n\n**Dosage:** 50 mg thre times daily\n",
        "## Diclofenac\n\n**Dosage:** 50 mg tweice daily\n",
        "Take diclofenac 50 mg evrery 6 hours.\n",
        "Take diclofenac 50 mg bidd.\n",
        "Ibuprofen 400 mq every six hours is enough.\n",
        "Vitamin B12: 1,000 Âµg daily\n",
    ],
)
def test_a_misspelled_unit_or_frequency_is_told_and_makes_no_figure(tmp_path: Path, text: str) -> None:
    from doseref.articles.extract import extract
    from doseref.articles.read import read_article
    from doseref.checks.article.run import reconcile as judge

    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    found = extract(read_article(str(page)))
    assert [statement.daily for statement in found.statements if statement.daily] == []
    assert "A302" in {each.code for each in judge(found.statements, extractions=[found]).findings}


def test_a_comment_in_one_article_does_not_silence_two_others(tmp_path: Path) -> None:
    from doseref.articles.extract import extract
    from doseref.articles.read import read_article
    from doseref.checks.article.run import reconcile as judge

    line = "## Acetaminophen\n\n{comment}Dosage: 500 mg every 6 hours. Maximum: {most} mg per day\n"
    for name, most, comment in (("a", 4000, ""), ("b", 3000, ""), ("c", 3500, "<!-- doseref: ignore A101 ours -->\n")):
        (tmp_path / f"{name}.md").write_text(line.format(most=most, comment=comment), encoding="utf-8")
    found = {name: extract(read_article(str(tmp_path / f"{name}.md"))) for name in "abc"}

    def told(names: str) -> list[set[str]]:
        chosen = [found[name] for name in names]
        findings = judge([s for each in chosen for s in each.statements], extractions=chosen).findings
        return [set(each.sources) for each in findings if each.code == "A101"]

    assert told("abc") == [{"a", "b"}]
    assert told("ac") == told("bc") == []


def test_a_substance_is_headed_by_its_gravest_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import typer

    from doseref.cli.reconcile import reconcile

    page = tmp_path / "page.md"
    # 1,000 mg × 6 = 6,000 mg against its own 4,000: an error, and no conflict between sources
    page.write_text("- Acetaminophen: 1,000 mg every 4 hours, max 4,000 mg/day\n", encoding="utf-8")
    with pytest.raises(typer.Exit):
        reconcile([str(page)])
    assert "acetaminophen  ERROR" in capsys.readouterr().out


def test_what_another_article_says_by_itself_is_told_once_beside_a_silenced_one(tmp_path: Path) -> None:
    from doseref.articles.extract import extract
    from doseref.articles.read import read_article
    from doseref.checks.article.run import reconcile as judge

    # 6 × 1,000 mg against 4,000 mg in both; the first is silenced
    line = "- Acetaminophen: 1,000 mg every 4 hours, max 4,000 mg/day\n"
    (tmp_path / "a.md").write_text(f"<!-- doseref: ignore A201 known -->\n{line}", encoding="utf-8")
    (tmp_path / "b.md").write_text(line, encoding="utf-8")
    found = [extract(read_article(str(tmp_path / name))) for name in ("a.md", "b.md")]
    result = judge([s for each in found for s in each.statements], extractions=found)
    assert [each.sources for each in result.findings if each.code == "A201"] == [("b",)]
    assert [each.sources for each in result.silenced if each.code == "A201"] == [("a",)]
