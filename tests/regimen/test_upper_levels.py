"""Upper intake levels judge supplements; what a label gives as a medicine they only inform of."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity

MEDICINES = [
    "niacin ER 500 mg daily",
    "niacin ER 2000 mg at bedtime",
    "niacin 1 g three times daily",
    "iron 65 mg daily",
    "ferrous sulfate 325 mg (65 mg elemental iron) three times daily",  # 195 mg, as the British leaflet gives it
    "ferrous fumarate 324 mg (106 mg iron) daily",
    "folic acid 5 mg daily",
    "vitamin D 50,000 units weekly",
    "potassium chloride 20 mEq daily",
]
OVER = [
    ("niacin 7 g daily", 7000, "mg", "error"),
    ("niacin ER 3000 mg daily", 3000, "mg", "error"),
    ("iron 195 mg daily", 195, "mg", "error"),  # named as the nutrient, it may be a supplement
    ("ferrous sulfate 325 mg (65 mg elemental iron) four times daily", 260, "mg", "error"),
    ("folic acid 6 mg daily", 6000, "ug", "error"),
    ("vitamin D 50,000 units daily", 50000, "[IU]", "error"),
    ("vitamin D3 5,000 units daily", 5000, "[IU]", "error"),  # the level is 4,000
    ("vitamin A 50,000 units daily", 15000, "ug", "error"),  # 0.3 mcg of retinol in each unit, by NIH's table
    ("zinc 50 mg daily", 50, "mg", "error"),
]
WITHIN = ["folic acid 1 mg daily", "vitamin A 8,000 units daily", "vitamin A 10,000 units daily", "iron 45 mg daily"]


@pytest.mark.parametrize("item", MEDICINES)
def test_as_a_medicine_within_its_label_it_is_information(item: str) -> None:
    result = doseref.check([item])
    assert [f.message for f in result.findings if f.severity > Severity.INFO] == []
    assert [f.code for f in result.findings if f.code == "R405"] == ["R405"]


def test_the_reason_names_the_level_and_the_label() -> None:
    total = doseref.check(["iron 65 mg daily"]).regimens[0].totals[0]
    assert total.reason == (
        "an upper intake level is for supplements; as a medicine up to 65 mg in 24 hours is given (Ferrous sulfate tablets label (Marlex))"
    )
    assert {v.judgement for v in total.verdicts if v.limit.amount == 45} == {"over"}


@pytest.mark.parametrize(("item", "amount", "unit", "severity"), OVER, ids=[each[0] for each in OVER])
def test_beyond_the_label_or_as_a_supplement_the_level_judges(item: str, amount: int, unit: str, severity: str) -> None:
    result = doseref.check([item])
    assert [f.severity.word for f in result.findings if f.code == "R101"] == [severity]
    assert (result.regimens[0].totals[0].amount.high, result.regimens[0].totals[0].amount.unit) == (amount, unit)


@pytest.mark.parametrize("item", WITHIN)
def test_within_the_level_it_is_assessed(item: str) -> None:
    result = doseref.check([item])
    assert result.regimens[0].totals[0].judged
    assert [f.message for f in result.findings if f.severity > Severity.INFO] == []
