"""Thousands of items with hostile names (``DOSEREF_HOSTILE_ITEMS=10000`` for ten), in every format that ``check`` writes: plain text, all of them, and others' readers see nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.cli.check import FORMATS, _render
from doseref.regimen.model import Given
from doseref.reports.check_fhir import bundle
from doseref.result import Person, Result
from outputs import readers
from outputs.test_hostile_deck import NAMES

MANY = int(os.environ.get("DOSEREF_HOSTILE_ITEMS", "1200"))
EVERY = tuple(f"{NAMES[n % len(NAMES)]} {n} mg daily" for n in range(max(MANY, 4000)))
ITEMS = EVERY[:MANY]
DRIVES = set("\u202e\u2066\x1b\x07")


@pytest.fixture(scope="module")
def result() -> Result:
    return doseref.check([Person(NAMES[0], tuple(map(Given, ITEMS)))])


def text(made: bytes) -> None:
    shown = made.decode()
    assert not DRIVES & set(shown)
    assert "<script>alert(1)</script> 0 mg daily" in " ".join(shown.split())
    assert f"{MANY:,} of {MANY:,} items not assessed" in shown or f"all of {MANY:,} items" in shown


def whole(made: bytes) -> None:
    (regimen,) = json.loads(made)["regimens"]
    assert [item["text"] for item in regimen["items"]] == list(ITEMS)


def lines(made: bytes) -> None:
    (line,) = made.decode().splitlines()
    assert [item["text"] for item in json.loads(line)["items"]] == list(ITEMS)


def table(made: bytes) -> None:
    header, *rows = csv.reader(io.StringIO(made.decode()))
    assert {len(row) for row in rows} == {len(header)} and sum(row[1] == "item" for row in rows) == MANY
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def markdown(made: bytes) -> None:
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
    shown = reader.render(made.decode())
    assert not re.search(r"<(?!/?(?:h[1-6]|p|table|thead|tbody|tr|th|td|br|strong|em)\b)[a-z/!]", shown)
    assert shown.count("<tr>") >= 2 * MANY  # not assessed, and why


def page(made: bytes) -> None:
    shown = made.decode()
    assert not re.search(r"<(?:script|img|a href='javascript)", shown) and not DRIVES & set(shown)
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= MANY // len(NAMES)


def workbook(made: bytes) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheets = openpyxl.load_workbook(io.BytesIO(made), read_only=True).worksheets
    rows = {sheet.title: list(sheet.iter_rows()) for sheet in sheets}
    assert len(rows["Items"]) == MANY + 1
    assert {cell.data_type for sheet in rows.values() for row in sheet[1:] for cell in row} <= {"s", "n"}
    assert not DRIVES & {char for sheet in rows.values() for row in sheet for cell in row for char in str(cell.value)}
    texts = [str(row[2].value) for row in rows["Items"][1:]]
    assert [each.lstrip("'")[:12] for each in texts[2:3]] == ["=cmd()|'/c c"]


def resources(made: bytes) -> None:
    entries = json.loads(made)["entry"]
    kinds = [entry["resource"]["resourceType"] for entry in entries]
    assert kinds.count("MedicationStatement") == MANY
    few = {"resourceType": "Bundle", "type": "collection", "entry": entries[: 2 * len(NAMES)]}
    pytest.importorskip("fhir.resources")
    model: Any = import_module("fhir.resources.bundle")
    model.Bundle.model_validate(few)


def annotations(made: bytes) -> None:
    found = made.decode().splitlines()
    assert len(found) >= MANY and all(re.match(r"::(?:error|warning|notice) (?:file|title)=", line) for line in found)


def concise(made: bytes) -> None:
    found = made.decode().splitlines()
    assert len(found) >= MANY and all(re.match(r"(?:\S+: )?R[0-9]{3} ", line) for line in found)


def code_quality(made: bytes) -> None:
    found = json.loads(made)
    assert len(found) >= MANY and len({each["fingerprint"] for each in found}) == len(found)


def junit(made: bytes) -> None:
    tree = ET.fromstring(made.decode())
    assert {each.tag for each in tree.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    assert "<script>alert(1)</script>" in "".join(tree.itertext())


def sarif(made: bytes) -> None:
    document = json.loads(made)
    results = document["runs"][0]["results"]
    assert len(results) >= MANY
    document["runs"][0]["results"] = results[:200]
    assert readers.sarif(json.dumps(document)) == []


READ: dict[str, Callable[[bytes], None]] = {
    "text": text, "json": whole, "jsonl": lines, "csv": table, "markdown": markdown, "html": page, "xlsx": workbook, "concise": concise,
    "github": annotations, "gitlab": code_quality, "junit": junit, "sarif": sarif,
}  # fmt: skip


@pytest.mark.parametrize("output_format", FORMATS)
def test_it_is_plain_text(output_format: str, result: Result, tmp_path: Path) -> None:
    if output_format == "fhir":
        resources(json.dumps(bundle(result)).encode())
        return
    path = tmp_path / "made"
    _render(result, output_format, str(path), "error")
    made = path.read_bytes()
    if output_format not in ("json", "jsonl", "xlsx"):  # they keep what was given, escaped; the last is packed
        assert b"\x1b" not in made and "\u202e".encode() not in made
    READ[output_format](made)


@pytest.mark.parametrize("made_as", ["text", "html", "markdown", "json", "csv"])
def test_a_longer_list_takes_no_more_time_an_item(made_as: str, tmp_path: Path) -> None:
    """Eight times the items take about eight times as long; comparing each with each other took sixty times."""

    def seconds(many: int) -> float:
        told = doseref.check([Person("one", tuple(map(Given, EVERY[:many])))])
        begun = time.process_time()
        _render(told, made_as, str(tmp_path / "out"), "never")
        return time.process_time() - begun

    seconds(50)  # templates are made once
    short = min(seconds(500), seconds(500))
    assert seconds(4000) < 30 * short + 0.5
