"""The main job, end to end: what ``doseref check`` must say of the regimens it was built for. All figures by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.findings import Severity
from doseref.quantities import Range
from doseref.regimen.judged import Judged
from doseref.regimen.model import Total

ROOT = Path(__file__).resolve().parents[2]
OPENING = (
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
    "Docusate 100 mg twice daily",
)


def judge(*items: str) -> Judged:
    return doseref.check(items).regimens[0]


def total(regimen: Judged, substance: str) -> Total:
    (found,) = (each for each in regimen.totals if each.substance == substance)
    return found


def mg(low: int, high: int | None = None) -> Range:
    return Range(Decimal(low), Decimal(low if high is None else high), "mg")


def codes(regimen: Judged, least: Severity = Severity.INFO) -> set[str]:
    return {finding.code for finding in regimen.findings if finding.severity >= least}


def command(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "doseref", *arguments], capture_output=True, text=True, encoding="utf-8", input=text,
        env=environment, timeout=60, check=False,
    )  # fmt: skip


def test_the_opening_regimen_is_over_three_of_four_statements() -> None:
    regimen = judge(*OPENING)
    acetaminophen = total(regimen, "acetaminophen")
    assert acetaminophen.amount == mg(4000, 5950)
    assert {(v.limit.statement, v.amount): v.judgement for v in acetaminophen.judged} == {
        ("l2-l3/drug/06", Decimal(3000)): "over",
        ("l4-l5/drug/05", Decimal(4000)): "possible",
        ("l4-l5/drug/16", Decimal(3000)): "over",
        ("l5-s1/drug/06", Decimal(3000)): "over",
    }
    hydrocodone = total(regimen, "hydrocodone")
    assert hydrocodone.amount == mg(0, 30)
    assert [(v.limit.statement, v.limit.basis, v.amount, v.judgement) for v in hydrocodone.judged] == [
        ("l4-l5/drug/18", "range", Decimal(30), "within")
    ]
    assert total(regimen, "docusate").judged == ()
    assert [(items, what) for items, what, _ in regimen.not_assessed] == [((3,), "docusate")]
    assert codes(regimen, Severity.ERROR) == {"R101"}
    assert "R201" in codes(regimen)


def test_the_opening_regimen_exits_with_1_and_prints_the_verdict_first() -> None:
    done = command("check", *OPENING)
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith(
        "1 error; 1 of 3 items not assessed\n\nerror    R101  acetaminophen is over the maximum"
    )
    assert "\nOVER   acetaminophen  4,000 to 5,950 mg in 24 hours\n" in done.stdout
    assert "2 tablets × 500 mg × 4 = 4,000 mg" in done.stdout
    assert "1 tablet × 325 mg × 4 to 6, as needed = 0 to 1,950 mg" in " ".join(done.stdout.split())
    assert "NOT ASSESSED" in done.stdout


def test_a_clean_regimen_raises_nothing_above_information_and_exits_with_0() -> None:
    items = (
        "Naproxen 500 mg twice daily with food",
        "Gabapentin 300 mg three times daily",
        "Amitriptyline 10 mg at bedtime",
    )
    regimen = judge(*items)
    assert codes(regimen, Severity.WARNING) == set()
    naproxen = total(regimen, "naproxen")
    assert naproxen.amount == mg(1000)
    assert {v.judgement for v in naproxen.judged} == {"within"}
    assert any(v.limit.basis == "maximum" and v.amount == 1000 for v in naproxen.judged)
    assert command("check", *items).returncode == 0


@pytest.mark.parametrize(
    ("items", "grams"),
    [
        (("paracetamol 1 g q6h", "paracetamol 500 mg q6h"), 6),
        (("paracetamol 1 g q6h", "co-codamol 30/500 2 tablets q6h"), 8),
        (("4 paracetamol 500 mg tablets q6h",), 8),
    ],
)
def test_the_regimens_that_another_checker_passed(items: tuple[str, ...], grams: int) -> None:
    regimen = judge(*items)
    assert total(regimen, "acetaminophen").amount == mg(grams * 1000)
    assert "R101" in codes(regimen, Severity.ERROR)


def test_equal_units_give_identical_results() -> None:
    outcomes = []
    for dose in ("0.5 g", "500 mg", "500000 mcg"):
        regimen = doseref.check([f"Acetaminophen {dose} every 6 hours"]).to_json()["regimens"][0]
        outcomes.append(
            (regimen["totals"], regimen["overlaps"], [(f["code"], f["message"]) for f in regimen["findings"]])
        )
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][0][0]["high"] == 2000


def test_a_misspelling_is_unread_with_the_right_name_suggested_first() -> None:
    regimen = judge("Aceteminophen 500 mg q6h")
    (item,) = regimen.items
    assert item.status == "unread"
    assert item.exposures == ()
    assert item.suggestions[0] == "acetaminophen"
    assert regimen.totals == ()
    assert codes(regimen, Severity.WARNING) == {"R401"}


def test_capital_mg_is_milligram() -> None:
    assert total(judge("Diazepam 5 MG twice daily"), "diazepam").amount == mg(10)


def test_items_come_from_a_text_file_and_from_standard_input(tmp_path: Path) -> None:
    lines = "# as listed\n" + "\n".join(OPENING) + "\n"
    file = tmp_path / "regimen.txt"
    file.write_text(lines, encoding="utf-8")
    by_file = command("check", "-f", str(file), "--format", "json")
    by_input = command("check", "-", "--format", "json", text=lines)
    assert by_file.returncode == by_input.returncode == 1
    totals = [json.loads(done.stdout)["regimens"][0]["totals"] for done in (by_file, by_input)]
    assert totals[0] == totals[1]
    assert totals[0][0]["high"] == 5950


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check",), 2),
        (("check", "-f", "no-such-file.txt"), 2),
        (("check", "Ibuprofen 400 mg tid", "--policy", "no-such-source"), 2),
        (("check", "Docusate 100 mg daily", "--fail-on", "info"), 1),
        (("check", "Aceteminophen 500 mg q6h"), 0),
        (("check", "Aceteminophen 500 mg q6h", "--fail-on", "warning"), 1),
        (("check", "Aceteminophen 500 mg q6h", "--strict"), 1),
        (("check", "Acetaminophen 2 g q6h", "--fail-on", "never"), 0),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = command(*arguments)
    assert done.returncode == code
    if code == 2:
        assert done.stdout == ""
        assert done.stderr


def test_the_json_is_doseref_check_1_to_the_letter() -> None:
    document = doseref.check(OPENING).to_json()
    assert document["schema"] == "doseref.check/1"
    assert list(document) == ["schema", "data", "policy", "scope", "regimens", "sources", "summary"]
    assert set(document["data"]) == {"version", "sha256"}
    assert len(document["data"]["sha256"]) == 64
    assert document["policy"] == "strictest"
    assert document["scope"] == "adults, normal renal and hepatic function"
    (regimen,) = document["regimens"]
    assert {"id", "items", "totals", "overlaps", "findings"} <= set(regimen)
    assert regimen["id"] is None
    _item(regimen["items"][1])
    _total(regimen["totals"][0])
    _finding(regimen["findings"][0])
    # No substance of the three shares a side effect with another; the exact counts are those of the worked example.
    assert regimen["overlaps"] == []
    summary = document["summary"]
    assert {key: summary[key] for key in ("regimens", "items", "unread", "errors", "warnings", "not_assessed")} == {
        "regimens": 1, "items": 3, "unread": 0, "errors": 1, "warnings": 0, "not_assessed": 1,
    }  # fmt: skip
    assert summary["infos"] == sum(f["severity"] == "info" for f in regimen["findings"])


def _item(item: dict[str, Any]) -> None:
    assert {"n", "text", "status", "product", "substances", "match", "dosage", "exposure"} <= set(item)
    assert item["n"] == 2
    assert item["text"] == OPENING[1]
    assert item["status"] == "read"
    assert item["product"] == "Norco 5/325"
    assert sorted(item["substances"]) == ["acetaminophen", "hydrocodone"]
    assert item["match"] == {"by": "brand", "suggestions": []}
    assert set(item["dosage"]) == {"text", "status", "phases", "target", "maximum", "longest", "problems"}
    (exposure,) = (each for each in item["exposure"] if each["substance"] == "acetaminophen")
    wanted = {
        "substance": "acetaminophen", "route": "systemic", "low": 0, "high": 1950, "unit": "mg", "per": {"value": 1, "unit": "d"},
        "per_dose": {"low": 325, "high": 325, "unit": "mg"},
        "working": "1 tablet × 325 mg × 4 to 6, as needed = 0 to 1,950 mg in 24 hours",
    }  # fmt: skip
    assert {key: exposure[key] for key in wanted} == wanted


def _total(found: dict[str, Any]) -> None:
    wanted = {
        "substance": "acetaminophen",
        "route": "systemic",
        "low": 4000,
        "high": 5950,
        "unit": "mg",
        "per": {"value": 1, "unit": "d"},
        "items": [1, 2],
    }
    assert {key: found[key] for key in wanted} == wanted
    (limit,) = (each for each in found["limits"] if each["statement"] == "l5-s1/drug/06")
    wanted = {
        "source": "l5-s1", "statement": "l5-s1/drug/06", "amount": 3000, "unit": "mg", "per": {"value": 1, "unit": "d"},
        "basis": "maximum", "verdict": "over",
    }  # fmt: skip
    assert {key: limit[key] for key in wanted} == wanted


def _finding(finding: dict[str, Any]) -> None:
    assert {"code", "rule", "severity", "message", "items", "substances", "sources", "working"} <= set(finding)
    assert (finding["code"], finding["rule"], finding["severity"]) == ("R101", "over-maximum", "error")
    assert finding["items"] == [1, 2]
    assert finding["substances"] == ["acetaminophen"]
    assert finding["sources"] == ["l2-l3", "l4-l5", "l5-s1"]
    assert finding["working"].endswith("total 4,000 to 5,950 mg in 24 hours")


def test_overlaps_in_the_json_name_class_substances_and_items() -> None:
    (regimen,) = doseref.check(
        ["Ibuprofen 400 mg every 8 hours", "Omeprazole 20 mg daily", "Aspirin 81 mg daily"]
    ).to_json()["regimens"]
    (overlap,) = (each for each in regimen["overlaps"] if each["class"] == "gi-bleeding")
    assert {key: overlap[key] for key in ("class", "substances", "items")} == {
        "class": "gi-bleeding", "substances": ["ibuprofen", "aspirin"], "items": [1, 3],
    }  # fmt: skip


def test_json_numbers_carry_no_noise() -> None:
    (regimen,) = doseref.check(["Clonidine 0.1 mg three times daily"]).to_json()["regimens"]
    assert json.dumps(regimen["totals"][0]["high"]) == "0.3"


def test_the_json_of_the_command_is_that_of_the_interface() -> None:
    done = command("check", *OPENING, "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == json.loads(json.dumps(doseref.check(OPENING).to_json()))


def test_the_text_keeps_names_and_doses_whole_in_sixty_columns() -> None:
    environment_width = {"COLUMNS": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "doseref", "check", *OPENING], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, **environment_width, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}, timeout=60, check=False,
    )  # fmt: skip
    assert max(len(line) for line in done.stdout.splitlines()) <= 60
    for words in (
        "acetaminophen",
        "hydrocodone",
        "docusate",
        "4,000 to 5,950 mg",
        "Tylenol Extra Strength",
        "Norco 5/325",
    ):
        assert words in done.stdout
    assert "…" not in done.stdout


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("the water pill", ""),
        ("MEDICATION LIST — printed", ""),
        ("walk 10 mg daily", ""),
        ("my pain tablets", ""),
        ("potasium gummies", "did you mean potassium?"),
        ("warfrin 5 mg daily", "did you mean warfarin?"),  # and not Afrin, which is two letters away
        ("Protim 20 mg daily", "did you mean Protium (pantoprazole)?"),
        ("losarten 50 mg daily", "did you mean losartan?"),
    ],
)
def test_ordinary_words_bring_no_drug_to_mind(line: str, asked: str) -> None:
    (item,) = judge(line).items
    assert item.status == "unread" and not item.exposures
    assert (asked in item.told) if asked else ("did you mean" not in item.told and not item.suggestions)
