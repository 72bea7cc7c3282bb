"""What a FHIR resource says beside its instruction: told where it may change the dose, silent where it says it again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from doseref.api import check
from doseref.lists.files import read_file
from doseref.result import Person


def judged(drug: str, dosage: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": drug}, "dosageInstruction": [dosage], **more,
    }  # fmt: skip
    people = read_file("r.json", json.dumps(body).encode())
    return check([Person(name, tuple(given)) for name, given in people]).to_json()["regimens"][0]


def twice_daily(**more: Any) -> dict[str, Any]:
    return {
        "text": "Take 1 tablet by mouth twice daily",
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
        **more,
    }


def loud(regimen: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in regimen["findings"] if finding["severity"] != "info"]


@pytest.mark.parametrize(
    ("dosage", "more"),
    [
        (twice_daily(patientInstruction="take three times daily if bad"), {}),
        (twice_daily(patientInstruction="Take 2 tablets by mouth twice daily"), {}),
        (twice_daily(additionalInstruction=[{"text": "double the dose after one week"}]), {}),
        (twice_daily(additionalInstruction=[{"coding": [{"display": "Stop when better"}]}]), {}),
        (twice_daily(), {"note": [{"text": "now taking 1,000 mg tid"}]}),
        (twice_daily(), {"note": [{"text": "ok"}, {"text": "hold before surgery"}]}),
    ],
)
def test_words_that_may_change_the_dose_are_a_warning(dosage: dict[str, Any], more: dict[str, Any]) -> None:
    regimen = judged("Naproxen 500 mg tablet", dosage, **more)
    assert [item["status"] for item in regimen["items"]] == ["partly-read"]
    assert loud(regimen) == ["R403"]


@pytest.mark.parametrize(
    ("dosage", "more"),
    [
        (twice_daily(patientInstruction="Take 1 tablet by mouth 2 times a day"), {}),
        (twice_daily(patientInstruction="Take 1 tablet by mouth twice daily"), {}),
        (twice_daily(additionalInstruction=[{"text": "with or after food"}]), {}),
        (twice_daily(), {"note": [{"text": "for the back"}]}),
        (twice_daily(), {"note": [{"text": "as given: naproxen 500 mg, 1 tablet twice daily"}]}),
    ],
)
def test_words_that_say_it_again_or_something_else_are_not(dosage: dict[str, Any], more: dict[str, Any]) -> None:
    regimen = judged("Naproxen 500 mg tablet", dosage, **more)
    assert [item["status"] for item in regimen["items"]] == ["read"]
    assert loud(regimen) == []
