"""A dose that looks like a slip is told though no source states a maximum; no labelled dose ever is."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.limits import ROUTE_KIND
from doseref.quantities import Range
from doseref.refdata import reference
from doseref.regimen.amounts import to_unit
from doseref.regimen.plausible import FAR_TIMES, largest_expected


@pytest.mark.parametrize(
    "item",
    ["Synthroid 25 mg daily", "digoxin 2.5 mg daily", "lisinopril 400 mg daily", "atorvastatin 800 mg daily"],
)
def test_a_slip_is_told(item: str) -> None:
    assert {f.code for f in doseref.check([item]).findings if f.severity.word != "info"} & {"R109", "R101"}


@pytest.mark.parametrize(
    "item",
    ["levothyroxine 300 mcg daily", "digoxin 250 mcg daily", "warfarin 10 mg daily", "lisinopril 40 mg daily",
     "gabapentin 1200 mg three times daily", "metformin 1000 mg twice daily", "prednisone 60 mg daily"],
)  # fmt: skip
def test_a_usual_dose_is_not(item: str) -> None:
    assert "R109" not in {finding.code for finding in doseref.check([item]).findings}


def test_no_labelled_amount_is_far_from_what_is_expected() -> None:
    data = reference()
    tried = 0
    for substance, limits in data.limits.items():
        for limit in limits:
            kind = ROUTE_KIND.get(limit.route, "systemic")
            if limit.amount is None:
                continue
            turned = to_unit(data, substance, Range(limit.amount, limit.amount, limit.unit), "mg")
            expected = largest_expected(substance, kind, data)
            if turned is not None and expected is not None:
                tried += 1
                assert turned.high < FAR_TIMES * expected.amount_mg, limit.statement
    assert tried > 500


def test_a_single_dose_is_compared_not_a_day() -> None:
    """Eight tablets of 65 mg in a day are 520 mg of caffeine: each of them is the usual tablet."""
    findings = doseref.check(["Excedrin Migraine 2 caplets every 6 hours"]).findings
    assert "R109" not in {finding.code for finding in findings}
    assert Decimal(65) * 8 == 520
