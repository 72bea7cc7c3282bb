"""``doseref validate`` as a process sees it: output, formats, exit codes, --fix, --against."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from seeded import ARTICLES, FAULTS, seeded, sound_copy

from doseref.cli.validate import validate
from doseref.errors import DoserefError, ExitCode
from doseref.tables.schema import DATA_VERSION

app = typer.Typer(rich_markup_mode=None)
app.command()(validate)
BY_NAME = {fault.name: fault for fault in FAULTS}
AS_OF = ("--as-of", "2026-06-01")


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, words, catch_exceptions=True)
    if isinstance(result.exception, DoserefError):
        return int(result.exception.exit_code), result.stdout, str(result.exception)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return sound_copy(tmp_path / "data")


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return seeded(BY_NAME["ten times the text"], tmp_path / "data")


def test_a_sound_dataset(sound: Path) -> None:
    assert run("data", "--articles", str(ARTICLES), *AS_OF) == (
        0,
        "no findings in 17 tables, 61 rows, 13 statements\n",
        "",
    )


def test_text(spoilt: Path) -> None:
    code, out, err = run("data", *AS_OF)
    assert code == 1
    assert err == ""
    assert out == (
        "data/drugs.csv:11:86: error D401 demo-a/drug/06: dose_high says 250 to 5,000 mg, the text says 250 to 500 mg\n"
        "    mend: compare both with the source; the text is '250–500 mg twice daily'\n"
        "data/drugs.csv:11:113: error D304 daily_high is 1,000 mg, but the row gives 10,000 mg\n"
        "    250 to 5000 mg × 2 in 24 hours\n"
        "    mend: correct the daily amount, the dose or the frequency\n"
        "2 errors in 17 tables, 61 rows, 13 statements\n"
    )


def test_json(spoilt: Path) -> None:
    code, out, _ = run("data", "--format", "json", *AS_OF)
    found = json.loads(out)
    assert code == 1
    assert found["schema"] == "doseref.validate/1"
    assert found["data"]["version"] == DATA_VERSION
    assert len(found["data"]["sha256"]) == 64
    assert found["summary"]["errors"] == len(found["findings"]) == 2
    assert {key: found["summary"][key] for key in ("tables", "rows", "statements", "warnings", "infos")} == {
        "tables": 17, "rows": 61, "statements": 13, "warnings": 0, "infos": 0,
    }  # fmt: skip
    (double,) = [each for each in found["findings"] if each["code"] == "D401" and "dose_high" in each["message"]]
    assert double["rule"] == "figures-disagree"
    assert double["substances"] == ["naproxen"]
    assert double["sources"] == ["demo-a"]
    assert double["locations"][0]["path"] == "data/drugs.csv"
    assert double["locations"][0]["line"] == 11
    assert double["mend"].startswith("compare both with the source")


def test_github(spoilt: Path) -> None:
    code, out, _ = run("data", "--format", "github", *AS_OF)
    assert code == 1
    lines = out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("::error file=data/drugs.csv,line=11,col=") for line in lines)
    assert (
        "title=D401 figures-disagree::demo-a/drug/06: dose_high says 250 to 5,000 mg, the text says 250 to 500 mg%0Acompare"
        in out
    )


def test_github_says_nothing_where_nothing_is_wrong(sound: Path) -> None:
    assert run("data", "--format", "github", *AS_OF) == (0, "", "")


def test_sarif(spoilt: Path) -> None:
    _, out, _ = run("data", "--format", "sarif", *AS_OF)
    log = json.loads(out)
    assert log["version"] == "2.1.0"
    (made,) = log["runs"]
    rules = made["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["D304", "D401"]
    assert all(rule["shortDescription"]["text"] for rule in rules)
    assert len(made["results"]) == 2
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "error"
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "data/drugs.csv"
        assert physical["region"]["startLine"] == 11


def test_junit(spoilt: Path) -> None:
    _, out, _ = run("data", "--format", "junit", *AS_OF)
    root = ET.fromstring(out)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert root.get("failures") == "2"
    assert int(root.get("tests") or 0) == len(cases) >= 38
    failure = cases["D304 daily-arithmetic"].find("failure")
    assert failure is not None
    assert "daily_high is 1,000 mg, but the row gives 10,000 mg" in (failure.get("message") or "")
    assert cases["D101 header"].find("failure") is None


def test_fail_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seeded(BY_NAME["review overdue"], tmp_path / "data")
    assert run("data", *AS_OF)[0] == 0
    assert run("data", *AS_OF, "--fail-on", "warning")[0] == 1
    assert run("data", *AS_OF, "--fail-on", "never")[0] == 0
    assert run("data", "--as-of", "2026-03-01", "--fail-on", "warning")[0] == 0


def test_output(spoilt: Path, tmp_path: Path) -> None:
    code, out, _ = run("data", "--format", "json", "--output", "report.json", *AS_OF)
    assert (code, out) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["summary"]["errors"] == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere",), "nowhere: there is no such directory"),
        (("data", "--articles", "nowhere"), "nowhere: there is no such directory"),
        (("data", "--format", "yaml"), "--format 'yaml' is none of text, json, concise, github, gitlab, junit, sarif"),
        (("data", "--fail-on", "all"), "--fail-on 'all' is none of error, warning, info, never"),
        (("data", "--as-of", "tomorrow"), "--as-of 'tomorrow' is not a day like 2026-01-31"),
        (("data", "--against", "--help"), "--against '--help' is neither a directory nor a git revision"),
        ((".",), ".: no table of the dataset is here"),
    ],
)
def test_wrong_usage_is_exit_code_2(sound: Path, words: tuple[str, ...], message: str) -> None:
    assert run(*words) == (int(ExitCode.UNUSABLE), "", message)


def test_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = seeded(BY_NAME["trailing blank"], tmp_path / "data")
    code, out, err = run("data", "--fix", *AS_OF)
    assert (code, err) == (0, "written: data/substances.csv\n")
    assert out == "no findings in 17 tables, 61 rows, 13 statements (not looked up in the articles: no --articles)\n"
    assert (data / "substances.csv").read_bytes() == (Path(__file__).with_name("sound") / "substances.csv").read_bytes()
    assert run("data", "--fix", *AS_OF)[2] == ""


def changed_figures(data: Path) -> None:
    drugs = data / "drugs.csv"
    text = drugs.read_text("utf-8")
    text = (
        text.replace("400–600 mg orally", "400–800 mg orally")
        .replace("400,600,mg", "400,800,mg")
        .replace("1200,2400,mg", "1200,3200,mg")
    )
    drugs.write_text(text, "utf-8")
    limits = data / "limits.csv"
    limits.write_text(limits.read_text("utf-8").replace(",1000,mg,4000,mg,1,d,4,", ",1000,mg,3250,mg,1,d,6,"), "utf-8")
    names = data / "names.csv"
    names.write_text(names.read_text("utf-8").replace("Advil,ibuprofen,brand,,,\n", ""), "utf-8")


WORDS = [
    "acetaminophen, demo-label, acetaminophen-us-otc: largest total 4,000 → 3,250 mg per day",
    "acetaminophen, demo-label, acetaminophen-us-otc: shortest interval in hours 4 → 6",
    "ibuprofen, Advil: no longer in names.csv",
    "ibuprofen, demo-b: daily amount 1,200–2,400 → 1,200–3,200 mg",
    "ibuprofen, demo-b: dosage 400–600 mg orally every 6–8 hours → 400–800 mg orally every 6–8 hours",
    "ibuprofen, demo-b: single dose 400–600 → 400–800 mg",
]


def test_against_a_directory(sound: Path, tmp_path: Path) -> None:
    changed_figures(sound_copy(tmp_path / "newer"))
    code, out, _ = run("newer", "--against", "data", "--format", "json", *AS_OF)
    assert code == 0
    found = json.loads(out)["findings"]
    assert sorted(finding["message"] for finding in found) == WORDS
    assert {(finding["code"], finding["severity"]) for finding in found} == {("D601", "info"), ("D602", "info")}
    assert [finding["message"] for finding in found if finding["code"] == "D602"] == [WORDS[4], WORDS[2]]
    (single,) = [finding for finding in found if "single dose" in finding["message"]]
    assert (single["locations"][0]["path"], single["locations"][0]["line"]) == ("newer/drugs.csv", 12)
    assert run("newer", "--against", "data", "--fail-on", "info", *AS_OF)[0] == 1
    assert run("data", "--against", "data", "--fail-on", "info", *AS_OF)[0] == 0


def test_against_a_git_revision(sound: Path, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        try:
            subprocess.run(
                ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", *words],
                cwd=tmp_path,
                check=True,
                capture_output=True,
            )
        except FileNotFoundError:
            pytest.skip("git is not here")

    git("init", "-q")
    git("add", "data")
    git("commit", "-q", "-m", "first")
    changed_figures(sound)
    code, out, _ = run("data", "--against", "HEAD", "--format", "json", *AS_OF)
    assert code == 0
    assert sorted(finding["message"] for finding in json.loads(out)["findings"]) == WORDS
    code, _, message = run("data", "--against", "no-such-revision")
    assert (code, message) == (
        2,
        "--against 'no-such-revision': there is no such directory, and data is in no git repository that has such a revision",
    )


def test_new_and_renamed_statements_in_words(sound: Path, tmp_path: Path) -> None:
    newer = sound_copy(tmp_path / "newer")
    path = newer / "supplements.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3]), "utf-8")
    code, out, _ = run("data", "--against", "newer", *AS_OF)
    assert code == 0
    message = "vitamin-b12, demo-b: new in supplements.csv (single dose 500–1,000 mcg, frequency 1 per day, daily amount 500–1,000 mcg)"
    assert f"data/supplements.csv:4:1: info D601 {message}\n" in out


def test_terminal_escapes_in_cells_are_shown_and_not_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = sound_copy(tmp_path / "data")
    path = data / "substances.csv"
    path.write_text(path.read_text("utf-8").replace("gene therapy", "gene \x1b[31mtherapy"), "utf-8")
    for output_format in ("text", "github", "junit", "sarif", "json"):
        code, out, _ = run("data", "--format", output_format, *AS_OF)
        assert code == 1
        assert "\x1b" not in out
