"""Everyday lists as a pharmacist judged them: every danger is heard, and what is clean stays quiet (``tests/decks/lists.jsonl``)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.findings import Finding, Severity
from doseref.names import names
from doseref.refdata import reference

DECKS = Path(__file__).with_name("decks")
LISTS = [json.loads(line) for line in (DECKS / "lists.jsonl").read_text(encoding="utf-8").splitlines()]
OPEN = {
    (line.split("\t")[0], line.split("\t")[1])
    for line in (DECKS / "lists_open.tsv").read_text(encoding="utf-8").splitlines()[1:]
}
"""Lists that do not come out as the pharmacist expects: each with the reason."""
NOT_READ = ("R401", "R402", "R403", "R404")
FACTS = {
    "age": "age",
    "weight_kg": "weight",
    "egfr": "egfr",
    "pregnant": "pregnant",
    "hepatic": "hepatic",
    "sex": "sex",
    "creatinine_mg_dl": "creatinine",
}


def loud(row: dict[str, Any]) -> list[Finding]:
    """The errors and warnings of a list, for the person it is of."""
    known = {FACTS[key]: value for key, value in row["patient"].items()}
    facts = {key: value if isinstance(value, bool | str) else Decimal(str(value)) for key, value in known.items()}
    return [each for each in doseref.check(row["items"], **facts).findings if each.severity > Severity.INFO]


def called(name: str) -> str:
    """The name under which the program tells of a substance: divalproex is told as valproate."""
    entry = names().lookup(name)
    return reference().name_of(entry.substance) if entry is not None and entry.substance else name


def holds(told: set[str], wanted: str) -> bool:
    """Whether a finding is about a substance; the amphetamines are told as mixed amphetamine salts."""
    return wanted in told or any(wanted in name.split() for name in told)


@pytest.mark.parametrize(
    "row", [r for r in LISTS if r["dangers"] and (r["id"], "missed") not in OPEN], ids=lambda r: r["id"]
)
def test_every_danger_is_heard(row: dict[str, Any]) -> None:
    told = [set(each.substances) for each in loud(row) if each.code not in NOT_READ]
    for danger in row["dangers"]:
        wanted = {called(each) for each in danger["substances"]}
        assert any(all(holds(each, name) for name in wanted) for each in told), danger["why"]


@pytest.mark.parametrize(
    "row", [r for r in LISTS if r["clean"] and (r["id"], "loud") not in OPEN], ids=lambda r: r["id"]
)
def test_a_clean_list_is_quiet(row: dict[str, Any]) -> None:
    assert [each.message for each in loud(row)] == []


def test_what_is_open_is_a_list_and_has_a_reason() -> None:
    known = {row["id"] for row in LISTS}
    lines = (DECKS / "lists_open.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(len(line.split("\t")) == 3 and line.split("\t")[0] in known and line.split("\t")[2] for line in lines)
    assert len(LISTS) == 1815
