"""What is not for this person (R303): the table of cases, the words of a finding, and the limits for weak kidneys."""

from __future__ import annotations

import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.refdata import reference

TABLE = Path(__file__).with_name("cautions.tsv")
CASES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def keywords(options: str) -> dict[str, Any]:
    """``--age 80 --pregnant`` as keywords of :func:`doseref.check`."""
    words, found = shlex.split(options), dict[str, Any]()
    while words:
        name = words.pop(0).removeprefix("--")
        if name in ("pregnant", "hepatic"):
            found[name] = True
        else:
            value = words.pop(0)
            found[name] = [value] if name == "taken" else value if name in ("sex", "now", "country") else Decimal(value)
    return found


@pytest.mark.parametrize(("items", "options", "substance", "severity", "note"), CASES, ids=[c[0] + c[1] for c in CASES])
def test_the_right_people_are_cautioned(items: str, options: str, substance: str, severity: str, note: str) -> None:
    result = doseref.check(items.split(" + "), **keywords(options))
    told = [(f.substances, f.severity.word) for f in result.findings if f.code == "R303"]
    assert told == ([] if severity == "nothing" else [((substance,), severity)]), note


def test_the_message_names_the_person_the_sum_and_the_source() -> None:
    (found,) = (
        f for f in doseref.check(["Tylenol 320 mg every 4 hours"], age=2, weight=11).findings if f.code == "R303"
    )
    assert found.message == (
        "acetaminophen at 2 years, 11 kg (item 1): too much: 320 mg at once against 15 mg/kg, 165 mg for this weight and "
        "1,920 mg in 24 hours against 75 mg/kg, 825 mg for this weight (Acetaminophen injection label, section 2, copy at ndrugs.com)"
    )
    assert "15 mg/kg × 11 kg = 165 mg" in found.working and found.extra == {"caution": "acetaminophen-children"}


def test_the_gravest_of_one_substance_and_fact_is_told_alone() -> None:
    found = doseref.check(["baclofen 10 mg daily", "baclofen 5 mg daily"], egfr=20, age=80).findings
    assert [f.items for f in found if f.code == "R303"] == [(1, 2)]


@pytest.mark.parametrize(
    ("item", "egfr", "codes"),
    [
        ("gabapentin 900 mg three times daily", 18, {"R101"}),  # 2,700 against 700 mg
        ("gabapentin 700 mg once daily", 18, set()),
        ("gabapentin 700 mg twice daily", 45, set()),  # 1,400 mg is the most from 30 to 59
        ("gabapentin 800 mg twice daily", 45, {"R101"}),
        ("gabapentin 400 mg once daily", 10, {"R101"}),  # 300 mg below 15
        ("dabigatran 150 mg twice daily", 24, {"R101", "R105"}),  # 75 mg twice daily from 15 to 30
        ("dabigatran 75 mg twice daily", 24, set()),
        ("dabigatran 150 mg twice daily", 45, set()),
        ("tramadol 100 mg three times daily", 20, {"R101"}),  # 200 mg below 30
    ],
)
def test_a_limit_for_weak_kidneys_speaks_where_the_kidneys_are_known(item: str, egfr: int, codes: set[str]) -> None:
    found = doseref.check([item], egfr=egfr).findings
    assert {f.code for f in found if f.severity.word != "info"} == codes


def test_every_caution_names_what_is_known() -> None:
    data = reference()
    for caution in data.cautions:
        for name in (*caution.about.members, *caution.about.without):
            assert name in data.classes or name in data.substances, (caution.id, name)
