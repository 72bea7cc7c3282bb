"""Hostile names in what is not ``check``: instructions, articles, cards and the page show them as plain text."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from doseref.cli.main import run
from outputs.test_hostile_deck import NAMES

DRIVES = set("\u202e\u2066\x1b\x07")
"""Characters that move, turn or colour a terminal's text."""


def said(words: list[str], capsys: pytest.CaptureFixture[str], path: Path) -> bytes:
    """What a command writes; whatever it says on either stream drives nothing."""
    with pytest.raises(SystemExit) as ended:
        run([*words, "--output", str(path)])
    assert ended.value.code in (None, 0, 1), words
    told = capsys.readouterr()
    assert not DRIVES & set(told.out + told.err)
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("made_as", ["text", "json", "jsonl", "fhir"])
def test_instructions(made_as: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sigs = tmp_path / "sigs.txt"
    sigs.write_text("".join(f"{name} 5 mg daily\n" for name in NAMES), encoding="utf-8")
    made = said(["parse", "-f", str(sigs), "--format", made_as], capsys, tmp_path / "out").decode()
    if made_as == "text":
        assert not DRIVES & set(made) and "<script>alert(1)</script>" in made and "[red]x[/red]" in made
    elif made_as == "jsonl":
        assert [json.loads(line)["text"] for line in made.splitlines()][1] == "[red]x[/red] 5 mg daily"
    else:
        assert len(json.loads(made)) >= len(NAMES) - 1  # the name that begins with '#' would be a comment


def article(directory: Path) -> list[str]:
    """Two articles whose names, figures and headings are hostile, and that contradict each other."""
    names = [name for name in NAMES if "\x1b" not in name]
    found = []
    for title, most in (("one", 3000), ("two", 4000)):
        lines = [f"# {names[0]} {names[6]}", ""]
        lines += [f"- **Acetaminophen {name}**: 500 mg every 6 hours (max {most} mg/day)." for name in names]
        lines += ["", f"- **Acetaminophen**: 1,000 mg every 6 hours (max {most} mg/day) {names[8]}."]
        path = directory / f"{title}.md"
        path.write_text("\n".join(lines), encoding="utf-8")
        found.append(str(path))
    return found


@pytest.mark.parametrize(
    "made_as", ["text", "json", "markdown", "html", "xlsx", "concise", "github", "gitlab", "junit", "sarif"]
)
def test_articles(made_as: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["reconcile", *article(tmp_path), "--format", made_as]
    made = said(words, capsys, tmp_path / "out")
    assert made
    if made_as == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        cells = [
            cell for sheet in openpyxl.load_workbook(io.BytesIO(made)) for row in sheet.iter_rows() for cell in row
        ]
        assert {cell.data_type for cell in cells} <= {"s", "n"}  # no formula, no link
        return
    text = made.decode()
    if made_as in ("json", "gitlab", "sarif"):
        json.loads(text)
        return
    assert not DRIVES & set(text)
    if made_as == "html":
        assert not re.search(r"<(?:script(?! nonce|>\n)|img|b|red)\b[^>]*(?:alert|onerror)", text)
    elif made_as == "junit":
        ET.fromstring(text)
    elif made_as == "github":
        assert all(re.match(r"::(?:error|warning|notice) (?:file|title)=", line) for line in text.splitlines())
    elif made_as == "markdown":
        reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
        assert not re.search(r"<(?:script|img|a)\b", reader.render(text))


@pytest.mark.parametrize("made_as", ["text", "json", "csv", "concise"])
def test_statements(made_as: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = said(["extract", article(tmp_path)[0], "--format", made_as], capsys, tmp_path / "out").decode()
    if made_as == "csv":
        header, *rows = csv.reader(io.StringIO(made))
        assert {len(row) for row in rows} == {len(header)}
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    elif made_as == "json":
        assert json.loads(made)["statements"]
    else:
        assert not DRIVES & set(made)


def test_a_name_that_is_not_known_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    for name in NAMES:
        with pytest.raises(SystemExit) as ended:
            run(["show", "--", name])
        assert ended.value.code == 2
        told = capsys.readouterr()
        assert not DRIVES & set(told.out + told.err) and "is not a name known here" in told.err


def test_cards_and_the_page() -> None:
    pytest.importorskip("starlette", reason="the extra serve is not installed")
    pytest.importorskip("httpx2", reason="httpx2 is not installed: the service cannot be asked")
    from starlette.testclient import TestClient

    from doseref.service.app import application

    client = TestClient(application())  # type: ignore[arg-type]
    orders: list[dict[str, Any]] = [
        {
            "resourceType": "MedicationRequest", "id": f"d{n}", "status": "draft", "intent": "order",
            "subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": f"ibuprofen {name}"},
            "dosageInstruction": [{"text": f"800 mg six times daily {name}"}],
        }
        for n, name in enumerate(NAMES)
    ]  # fmt: skip
    bundle = {"resourceType": "Bundle", "entry": [{"resource": each} for each in orders]}
    context = {"userId": "Practitioner/1", "patientId": "p1", "draftOrders": bundle}
    body = {"hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context}
    cards = client.post("/cds-services/doseref-order-sign", json=body).json()["cards"]
    assert cards and not DRIVES & set(json.dumps(cards, ensure_ascii=False))
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True})
    for card in cards:
        shown = reader.render(card["detail"])
        assert not re.search(r"<(?!/?(?:p|ul|li|strong|em|br)\b)[a-z/!]", shown), shown[:500]
    typed = "\n".join(f"ibuprofen {name} 800 mg six times daily" for name in NAMES)
    page = client.post("/", data={"text": typed}).text
    assert not DRIVES & set(page) and not re.search(r"<(?:script|img)\b", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
