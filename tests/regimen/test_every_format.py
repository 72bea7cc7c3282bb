"""Every format of ``check`` and the Python interface say the same: people, items, totals, verdicts, findings, what was not assessed."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

import doseref
from decks.deck import DECKS, Row, _keywords, read
from doseref.api import check
from doseref.findings import Severity
from doseref.quantities import printed
from doseref.regimen.model import Given
from doseref.regimen.totals import covered
from doseref.reports import check_findings, check_html, check_tables, check_text, for_programs
from doseref.result import Person, Result

ROWS = [row for path in DECKS.values() for row in read(path)][::4]


def _plain(text: str) -> str:
    """Words alone: no markup, no escapes, single spaces."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u200b", "")
    return re.sub(r"\s+", "", re.sub(r"\\(.)", r"\1", text))


def _called(name: str, result: Result | None) -> str:
    """The name as a person of the country asked reads it; in tables for programs the canonical one."""
    return result.renamed(name) if result else name


def _totals_of(document: dict[str, Any], result: Result | None = None) -> set[tuple[str, str, str, str]]:
    return {
        (str(regimen["id"] or ""), _called(total["substance"], result), printed(Decimal(str(total["low"]))), printed(Decimal(str(total["high"]))))
        for regimen in document["regimens"] for total in regimen["totals"]
    }  # fmt: skip


def _verdicts_of(document: dict[str, Any], result: Result | None = None) -> set[tuple[str, str, str]]:
    return {
        (_called(total["substance"], result), limit["statement"], limit["verdict"])
        for regimen in document["regimens"] for total in regimen["totals"] for limit in total["limits"]
    }  # fmt: skip


def _findings_of(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(f["code"], f["severity"], f["message"]) for regimen in document["regimens"] for f in regimen["findings"]}


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_every_format_says_what_the_json_says(row: Row) -> None:
    result = row.check()
    document = json.loads(json.dumps(result.to_json(), default=str))
    rows = list(csv.DictReader(io.StringIO(check_tables.csv(result))))
    totals = {
        (r["person"], r["substance"], printed(Decimal(r["low"])), printed(Decimal(r["high"])))
        for r in rows if r["low"] and r["kind"] in ("total", "not assessed")
    }  # fmt: skip
    assert totals == _totals_of(document, result)
    assert {(r["substance"], r["statement"], r["verdict"]) for r in rows if r["statement"]} == _verdicts_of(
        document, result
    )
    assert {(r["code"], r["severity"], r["message"]) for r in rows if r["kind"] == "finding"} == {
        (code, severity, check_tables.inert(message)) for code, severity, message in _findings_of(document)
    }
    assert [(r["items"], r["status"]) for r in rows if r["kind"] == "item"] == [
        (str(item["n"]), item["status"]) for regimen in document["regimens"] for item in regimen["items"]
    ]
    reasons = {r["reason"] for r in rows}
    for name, text in {
        "text": check_text.render(result, 80, False),
        "markdown": check_tables.markdown(result),
        "html": check_html.render(result),
        "csv": "\n".join(" ".join(r.values()) for r in rows),
    }.items():
        words = _plain(text)
        for regimen, judged in zip(document["regimens"], result.regimens, strict=True):
            for total, own in zip(regimen["totals"], judged.totals, strict=True):
                if covered(own, judged.totals):
                    continue  # a week's sum beside the day's that judges it
                high = Decimal(str(total["high"]))
                figures = [
                    printed(high),
                    *([printed(high * 1000)] if total["unit"] == "mg" else []),
                ]  # as it was written
                assert any(each in text.replace("&#x27;", "'") for each in figures) or name == "csv", (name, total)
            for finding in regimen["findings"]:
                if finding["severity"] == "info" and name in ("text", "html"):
                    continue  # a section of its own says it: what was not assessed, shared side effects
                assert finding["code"] in text, (name, finding)
                message = finding["message"]
                if (
                    name == "text"
                    and finding["code"] in ("R401", "R402", "R403", "R404")
                    and "taken for" not in finding["message"]
                ):
                    message = message.partition(": ")[2]  # one line for all, and why in the section NOT ASSESSED
                assert _plain(message) in words, (name, message)
            for entry in regimen["not_assessed"]:
                assert _plain(entry["reason"]) in words or entry["reason"] in reasons, (name, entry)
    _for_programs(result)
    _with_everything(result, document)
    lines = [json.loads(json.dumps(result.regimen_json(each), default=str)) for each in result.regimens]
    assert lines == document["regimens"]  # what jsonl writes, a line a person


def _for_programs(result: Result) -> None:
    """Every finding, whatever its severity, with its whole message, in every format for programs."""
    findings = [finding for regimen in result.regimens for finding in regimen.findings]
    for kind in for_programs.FORMATS:
        marks = check_findings.render(result, kind)
        if kind == "sarif":
            told = [f"{each['ruleId']} {each['message']['text']}" for each in json.loads(marks)["runs"][0]["results"]]
        elif kind == "gitlab":
            told = [each["description"] for each in json.loads(marks)]
        elif kind == "junit":
            texts = [text for case in ElementTree.fromstring(marks).iter() for text in (case.text, case.get("message"))]
            told = [" ".join(filter(None, texts)).replace("<", " ")] * len(findings)  # "2 hours < 4 hours" is no tag
        elif kind == "concise":
            told = marks.splitlines()
        else:
            told = [
                each.replace("%0A", "\n").replace("%25", "%") for each in marks.splitlines() if each.startswith("::")
            ]
        assert len(told) == len(findings), kind
        words = _plain("\n".join(told))
        for finding in findings:
            if kind == "junit" and finding.severity is Severity.INFO:
                continue  # a test that failed tells its failures
            assert finding.code in words, (kind, finding.code)
            assert _plain(check_findings.clean(finding.message, keep="\n")) in words, (kind, finding.message)


SECTIONS = ("R301", "R405")
"""Information that the text says in a section of its own: SHARED SIDE EFFECTS and NOT ASSESSED."""


def _with_everything(result: Result, document: dict[str, Any]) -> None:
    """The text with ``-v`` and ``--explain``: every finding, every working, every figure that judges."""
    words = _plain(check_text.render(result, 80, False, verbose=True, explain=True))
    for regimen in document["regimens"]:
        for finding in regimen["findings"]:
            if finding["code"] not in ("R401", "R402", "R403", "R404") and (
                finding["severity"] != "info" or finding["code"] not in SECTIONS
            ):
                assert _plain(finding["message"]) in words, finding
        for total in regimen["totals"]:
            for limit in total["limits"]:
                if limit["verdict"] != "not-assessed" and limit["judges"]:
                    assert printed(Decimal(str(limit["amount"]))) in words, limit


@pytest.mark.parametrize("row", ROWS[::6], ids=[row.id for row in ROWS[::6]])
def test_the_workbook_says_what_the_json_says(row: Row) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    result = row.check()
    document = json.loads(json.dumps(result.to_json(), default=str))
    book = openpyxl.load_workbook(io.BytesIO(check_tables.workbook(result)))

    def sheet(title: str) -> list[dict[str, Any]]:
        head, *cells = book[title].iter_rows(values_only=True)
        return [dict(zip(head, (("" if each is None else each) for each in line), strict=True)) for line in cells]

    assert {(r["code"], r["severity"], r["message"]) for r in sheet("Findings")} == {
        (code, severity, check_tables.inert(message)) for code, severity, message in _findings_of(document)
    }
    totals = sheet("Totals")
    assert {
        (str(r["person"]), r["substance"], printed(Decimal(str(r["low"]))), printed(Decimal(str(r["high"]))))
        for r in totals if r["low"] != "" and r["kind"] in ("total", "not assessed")
    } == _totals_of(document, result)  # fmt: skip
    assert {(r["substance"], r["statement"], r["verdict"]) for r in totals if r["statement"]} == _verdicts_of(
        document, result
    )
    assert [(int(r["item"]), r["read"]) for r in sheet("Items")] == [
        (item["n"], item["status"]) for regimen in document["regimens"] for item in regimen["items"]
    ]
    reasons = _plain(" ".join(str(r["reason"]) for r in totals) + " ".join(str(r["not read"]) for r in sheet("Items")))
    assert all(
        _plain(entry["reason"]) in reasons for regimen in document["regimens"] for entry in regimen["not_assessed"]
    )


@pytest.mark.parametrize("row", ROWS[::3], ids=[row.id for row in ROWS[::3]])
def test_the_frame_says_what_the_json_says(row: Row) -> None:
    pandas = pytest.importorskip("pandas")
    document = json.loads(json.dumps(row.check().to_json(), default=str))
    from doseref.bulk import check_frame

    frame = check_frame(pandas.DataFrame({"item": list(row.items)}), **_keywords(row.options))
    made = frame.to_dict("records")
    totals = {("", r["substance"], printed(r["low"]), printed(r["high"])) for r in made if r["kind"] == "total"}
    assert totals == _totals_of(document)
    assert {(r["substance"], r["statement"], r["verdict"]) for r in made if r["statement"]} == _verdicts_of(document)
    assert {(r["code"], r["severity"], r["message"]) for r in made if r["kind"] == "finding"} == _findings_of(document)
    assert [(r["items"], r["status"]) for r in made if r["kind"] == "item"] == [
        (str(item["n"]), item["status"]) for regimen in document["regimens"] for item in regimen["items"]
    ]


def _two_people() -> Result:
    stopped = Given("naproxen 500 mg bid", place="l.csv:3", left_out="its status is stopped")
    return check(
        [
            Person("Ann", (Given("acetaminophen 1 g q6h"), Given("methotrexate 10 mg daily"))),
            Person("Bob", (Given("ibuprofen 400 mg tid"), stopped, Given("zzyzx 5 mg daily"))),
        ]
    )


@pytest.mark.parametrize("made", ["text", "markdown", "html", "csv"])
def test_people_and_what_was_left_out_are_in_every_format(made: str) -> None:
    result = _two_people()
    text = {
        "text": lambda: check_text.render(result, 60, False), "markdown": lambda: check_tables.markdown(result),
        "html": lambda: check_html.render(result), "csv": lambda: check_tables.csv(result),
    }[made]()  # fmt: skip
    words = _plain(text)
    for said in ("Ann", "Bob", "zzyzx", "naproxen500mgbid", "itsstatusisstopped", "R107", "R401"):
        assert said in words, said


def test_the_python_interface_says_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    from doseref.cli.main import run

    items = ["acetaminophen 1 g q6h", "methotrexate 10 mg daily", "zzyzx 5 mg daily"]
    with pytest.raises(SystemExit):
        run(["check", *items, "--format", "json"])
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(doseref.check(items).to_json(), default=str))
