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
from doseref.cli.main import run
from doseref.findings import Severity
from doseref.lists.fhir import people_of
from doseref.regimen.model import Given
from doseref.reports.check_fhir import bundle
from doseref.result import Person, Result

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


KNOWN: dict[str, tuple[list[str], dict[str, Any]]] = {
    "a child": (["Ibuprofen 100 mg/5 mL, 20 mL every 6 hours"], {"age": 6, "weight": 20}),
    "weak kidneys": (["Metformin 1000 mg twice daily", "Gabapentin 600 mg three times daily"], {"egfr": 22}),
    "pregnant": (["Lisinopril 10 mg daily"], {"pregnant": True, "sex": "female"}),
    "a liver": (["Acetaminophen 500 mg every 6 hours"], {"hepatic": True}),
    "creatinine": (
        ["Gabapentin 900 mg three times daily"],
        {"age": 80, "weight": 50, "sex": "female", "creatinine": 2},
    ),
}


@pytest.mark.parametrize("version", MODELS)
@pytest.mark.parametrize("who", [None, "ann"])
@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_of_a_person_comes_back(name: str, who: str | None, version: str) -> None:
    """Read again without it, a child's list would be judged by the limits for adults."""
    items, facts = KNOWN[name]
    result = doseref.check([Person(who, tuple(map(Given, items)))], **facts)
    document = written(result, version)
    if not pytest.importorskip("fhir.resources"):
        return
    import_module(MODELS[version]).Bundle.model_validate(document)
    again = doseref.check([Person(told, tuple(given)) for told, given in people_of(document, "bundle.json")])
    assert again.regimens[0].patient == result.regimens[0].patient
    assert loud(again) == loud(result) and summed(again) == summed(result)
    assert again.regimens[0].not_assessed == result.regimens[0].not_assessed


@pytest.mark.parametrize("version", MODELS)
def test_what_is_not_for_this_person_is_an_issue(version: str) -> None:
    # 20 mL × 100 mg/5 mL = 400 mg at once, 20 mg/kg for 20 kg; cautions.csv has 10 mg/kg
    items, facts = KNOWN["a child"]
    document = written(doseref.check(items, **facts), version)
    (issue,) = [each for each in of_kind(document, "DetectedIssue") if each["code"]["text"] == "not-for-this-person"]
    assert issue["code"]["coding"][0]["code"] == "R303" and issue["severity"] == "high"
    assert "at 6 years, 20 kg (item 1): too much" in issue["detail"]
    assert issue["evidence"][0]["code"][0]["text"].startswith("source: ")
    assert len(issue["implicated"]) == 1
