"""The bundle of a check: valid in both versions by somebody else's models, and read again it comes to the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import doseref
from decks.deck import DECKS, Row, _keywords, read
from doseref.api import Person, Result
from doseref.cli.main import run
from doseref.findings import Severity
from doseref.lists.fhir import people_of
from doseref.regimen.model import Given
from doseref.reports.check_fhir import bundle

ROWS = [row for path in DECKS.values() for row in read(path)]
NOT_KEPT = {"f159", "f160"}
"""An elemental amount beside a compound's name; a name that was taken for its suggestion (docs/fhir.md)."""
MODELS = {"R5": "fhir.resources.bundle", "R4": "fhir.resources.R4B.bundle"}
MADE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TWO = [
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
]


def written(result: Result, version: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(bundle(result, version, MADE)))  # type: ignore[arg-type]
    return made


def of_kind(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in document["entry"] if entry["resource"]["resourceType"] == kind]


def summed(result: Result) -> list[tuple[Any, ...]]:
    return [(t.substance, t.route, t.amount, t.per) for regimen in result.regimens for t in regimen.totals]


def loud(result: Result) -> list[str]:
    return sorted(finding.code for finding in result.findings if finding.severity > Severity.INFO)


@pytest.mark.parametrize("version", MODELS)
@pytest.mark.parametrize("row", ROWS[::2], ids=[row.id for row in ROWS[::2]])
def test_the_decks_are_valid_and_come_back(row: Row, version: str) -> None:
    pytest.importorskip("fhir.resources")
    result = row.check()
    document = written(result, version)
    import_module(MODELS[version]).Bundle.model_validate(document)
    assert len(of_kind(document, "MedicationStatement")) == len(row.items)
    assert len(of_kind(document, "DetectedIssue")) == len(result.findings)
    if row.id in NOT_KEPT:
        return
    people = [Person(name, tuple(items)) for name, items in people_of(document, "bundle.json")]
    again = doseref.check(people, **_keywords(row.options))
    assert summed(again) == summed(result)
    assert loud(again) == loud(result)


@pytest.mark.parametrize("version", MODELS)
def test_an_issue_says_what_the_finding_says(version: str) -> None:
    result = doseref.check([Person("ann", tuple(map(Given, TWO)))])
    document = written(result, version)
    issue = next(each for each in of_kind(document, "DetectedIssue") if each["code"]["coding"][0]["code"] == "R101")
    assert issue["severity"] == "high" and issue["status"] == "final"
    assert issue["detail"].startswith("acetaminophen is over the maximum of 3 of 4 statements")
    urls = {entry["fullUrl"]: entry["resource"] for entry in document["entry"]}
    assert [urls[each["reference"]]["id"] for each in issue["implicated"]] == ["p1-m1", "p1-m2"]
    assert urls[issue["subject" if version == "R5" else "patient"]["reference"]]["id"] == "ann"
    assert any("working: " in each["code"][0]["text"] for each in issue["evidence"])
    assert issue["mitigation"][0]["action"]["text"].startswith("proposed: reduce or stop one of items 1 and 2")


def test_what_was_not_assessed_is_an_outcome_with_its_reason() -> None:
    (outcome,) = of_kind(
        written(doseref.check(["zzyzx 5 mg daily", "docusate 100 mg twice daily"]), "R5"), "OperationOutcome"
    )
    told = [(issue["severity"], issue["details"]["text"].split(":")[1].strip()) for issue in outcome["issue"]]
    assert told == [("warning", "zzyzx 5 mg daily"), ("information", "docusate")]
    assert outcome["issue"][0]["expression"] == ["Bundle.entry.where(resource.id = 'p1-m1').resource"]
    (whole,) = of_kind(written(doseref.check(["ibuprofen 400 mg q8h"]), "R5"), "OperationOutcome")
    assert [issue["details"]["text"] for issue in whole["issue"]] == ["every item was assessed"]


@pytest.mark.parametrize("version", MODELS)
def test_hostile_names_and_nobody_named_are_valid(version: str) -> None:
    pytest.importorskip("fhir.resources")
    names = ["<script>alert(1)</script>", "\x1b[31m\u202e 5 mg", "=cmd()", " ", "x" * 3000, "aspirin\x0081 mg daily"]
    for person in ("<b>\x00", "Patient/a b", None):
        result = doseref.check([Person(person, tuple(map(Given, names)))])
        document = written(result, version)
        import_module(MODELS[version]).Bundle.model_validate(document)
        assert "\x1b" not in json.dumps(document, ensure_ascii=False)


def test_the_command_writes_either_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.json"
    for version, field in (("R5", "medication"), ("r4", "medicationCodeableConcept")):
        with pytest.raises(SystemExit) as ended:
            run(["check", *TWO, "--format", "fhir", "--fhir-version", version, "--output", str(path)])
        assert ended.value.code == 1
        assert field in of_kind(json.loads(path.read_text(encoding="utf-8")), "MedicationStatement")[0]
        with pytest.raises(SystemExit) as ended:
            run(["check", "-f", str(path), "--format", "json"])
        assert ended.value.code == 1
        total = json.loads(capsys.readouterr().out)["regimens"][0]["totals"][0]
        assert (total["substance"], total["low"], total["high"]) == ("acetaminophen", 4000, 5950)
    with pytest.raises(SystemExit) as ended:
        run(["check", *TWO, "--format", "fhir", "--fhir-version", "R9"])
    assert ended.value.code == 2
