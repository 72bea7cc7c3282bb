"""Every JSON document that a command writes is as its shipped schema says, and nothing in it goes undescribed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import doseref
from decks.deck import DECKS, Row, read
from doseref import schemas
from doseref.cli.main import run
from outputs.schemas import faults, validator

ROOT = Path(__file__).resolve().parents[2]
ROWS = [row for path in DECKS.values() for row in read(path)]
SIGS = sorted((ROOT / "tests" / "sigs").glob("*.tsv"))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run(list(words))
    assert ended.value.code in (0, 1), words
    return capsys.readouterr().out


@pytest.mark.parametrize("document", [*schemas.DOCUMENTS, *schemas.ALIASES])
def test_every_schema_is_sound_and_complete_in_itself(document: str) -> None:
    whole = schemas.schema(document)
    Draft202012Validator.check_schema(whole)
    assert whole["$id"].startswith("urn:doseref:schema:doseref.")
    assert {name for part in whole["$defs"].values() for name in schemas.referred(part)} <= set(whole["$defs"])


def test_every_definition_is_used_and_every_object_described() -> None:
    used = {name for document in schemas.DOCUMENTS for name in schemas.schema(document)["$defs"]}
    assert used == set(schemas.definitions())
    objects = [part for part in schemas.definitions().values() if part.get("type") == "object"]
    assert all(part["description"] for part in objects)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_the_decks(row: Row) -> None:
    document = json.loads(json.dumps(row.check().to_json()))
    assert faults("check", document) == []


@pytest.mark.parametrize("path", SIGS, ids=[path.stem for path in SIGS])
def test_the_tables_of_instructions(path: Path) -> None:
    texts = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    assert texts
    for text in texts:
        assert faults("parse", json.loads(json.dumps(doseref.parse(text).to_json()))) == [], text


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("check", ["check", "--format", "json", "-f", "examples/regimen.csv", "-f", "examples/bundle.json"]),
        ("check", ["check", "--format", "json", "--otc", "zzyzx 5 mg daily", "Tylenol 2 tablets q6h", "methotrexate 10 mg daily"]),
        ("parse", ["parse", "--format", "json", "500 mg q6h"]),
        ("parse", ["parse", "--format", "json", "500 mg q6h", "zzyzx"]),
        ("statements", ["show", "--all", "--format", "json"]),
        ("show", ["show", "acetaminophen", "levothyroxine", "Norco", "--format", "json"]),
        ("sources", ["show", "--sources", "--format", "json"]),
        ("extract", ["extract", "examples/article.md", "--format", "json"]),
        ("reconcile", ["reconcile", "--format", "json", "--fail-on", "never"]),
        ("reconcile", ["reconcile", "examples/article.md", "--format", "json", "--fail-on", "never"]),
        ("validate", ["validate", "--format", "json"]),
        ("convert", ["convert", "5000 IU", "mcg", "--of", "vitamin D", "--format", "json"]),
        ("convert", ["convert", "0.5 g", "mg", "--format", "json"]),
        ("rules", ["rules", "--format", "json"]),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else value,
)  # fmt: skip
def test_what_the_commands_write(
    document: str, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert faults(document, json.loads(said(capsys, *words))) == []


def test_who_it_is_and_what_fits_now() -> None:
    result = doseref.check(
        ["acetaminophen 1 g every 6 hours as needed"], now="14:30", taken=["08:00 1 g, 12:00 1 g"], age=70, weight=60, sex="female", creatinine=Decimal("1.2"),
    )  # fmt: skip
    document = json.loads(json.dumps(result.to_json()))
    assert faults("check", document) == []
    assert document["regimens"][0]["as_of"][0]["next"][0]["at"] == "18:00"
    assert document["regimens"][0]["patient"]["sex"] == "female"


def test_the_lines_of_jsonl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = said(capsys, "check", "--format", "jsonl", "-f", "examples/regimen.csv").splitlines()
    assert [faults("check-line", json.loads(line)) for line in lines] == [[] for _ in lines]


def test_a_document_of_another_shape_is_refused() -> None:
    document: dict[str, Any] = json.loads(json.dumps(doseref.check(["ibuprofen 400 mg q8h"]).to_json()))
    assert faults("check", document) == []
    for path, value in (
        (("regimens", 0, "totals", 0, "high"), "1200"),
        (("regimens", 0, "items", 0, "status"), "fine"),
        (("regimens", 0, "items", 0, "dosage", "phases", 0, "options", 0, "every"), 8),
        (("summary", "errors"), -1),
    ):
        spoilt = json.loads(json.dumps(document))
        place = spoilt
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert len(faults("check", spoilt)) >= 1, path
    new = {**document, "a_field_of_next_year": 1}
    assert list(validator("check", strict=False).iter_errors(new)) == []
    assert faults("check", new)


def test_the_command_prints_the_list_and_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert [line.split()[0] for line in said(capsys, "schema").splitlines()] == list(schemas.DOCUMENTS)
    assert json.loads(said(capsys, "schema", "show")) == schemas.schema("statements")
    with pytest.raises(SystemExit) as ended:
        run(["schema", "nothing"])
    assert ended.value.code == 2
    assert "'nothing' is no document with a schema; there are check, " in capsys.readouterr().err
