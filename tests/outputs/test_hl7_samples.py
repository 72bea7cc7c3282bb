"""The requests that HL7's library of hooks shows as examples, rebuilt: a diet and a suspension of amoxicillin with clavulanate.

Also what the Inferno test kit for payers' services sends: the same, with the context of another patient, and with
``doseAndRate`` as an object where R4 has a list. The answers are held against HL7's own logical models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the service cannot be asked")

from starlette.testclient import TestClient

from doseref.service.app import application
from outputs.readers import hl7_model

Json = dict[str, Any]
NAME = "Amoxicillin 120 MG/ML / clavulanate potassium 8.58 MG/ML Oral Suspension"
DOSE: Json = {"value": 5, "unit": "mL", "system": "http://unitsofmeasure.org", "code": "mL"}
OUT = Path(__file__).parent / "golden" / "out"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application())  # type: ignore[arg-type]


def suspension(**dose: Any) -> Json:
    timing = {"repeat": {"boundsPeriod": {"start": "2005-01-04"}, "frequency": 2, "period": 1, "periodUnit": "d"}}
    coding = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "617993", "display": NAME}
    one = {"value": 1, "unit": "mL", "system": "http://unitsofmeasure.org", "code": "mL"}
    days = {"value": 10, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}
    return {
        "resourceType": "MedicationRequest",
        "id": "smart-MedicationRequest-103",
        "meta": {"lastUpdated": "2018-04-30T13:25:40.845-04:00"},
        "status": "draft",
        "intent": "order",
        "medicationCodeableConcept": {"coding": [coding], "text": NAME},
        "subject": {"reference": "Patient/1288992"},
        "dosageInstruction": [{"text": "5 mL bid x 10 days", "timing": timing, **dose}],
        "dispenseRequest": {"numberOfRepeatsAllowed": 1, "quantity": one, "expectedSupplyDuration": days},
    }


def diet() -> Json:
    return {
        "resourceType": "NutritionOrder",
        "id": "pureeddiet-simple",
        "status": "draft",
        "patient": {"reference": "Patient/1288992"},
        "dateTime": "2014-09-17",
        "oralDiet": {"type": [{"text": "Pureed diet"}], "schedule": [{"repeat": {"frequency": 3, "period": 1}}]},
        "supplement": [{"productName": "a pudding", "instruction": "at breakfast, lunch, supper"}],
    }


def asked(hook: str, *orders: Json, patient: str = "1288992") -> Json:
    context: Json = {
        "userId": "PractitionerRole/123",
        "patientId": patient,
        "encounterId": "89284",
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": each} for each in orders]},
    }
    if hook == "order-select":
        context["selections"] = [f"{each['resourceType']}/{each['id']}" for each in orders]
    token = {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read", "subject": "s"}
    return {
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "fhirServer": "https://example.org/r4",
        "hook": hook,
        "fhirAuthorization": token,
        "context": context,
    }


@pytest.mark.parametrize("hook", ["order-sign", "order-select"])
@pytest.mark.parametrize(
    "dose",
    [{"doseQuantity": DOSE}, {"doseAndRate": {"doseQuantity": DOSE}}, {"doseAndRate": [{"doseQuantity": DOSE}]}],
    ids=["as DSTU2 and STU3", "as the samples have it", "as R4 has it"],
)
def test_hl7s_sample_is_answered(client: TestClient, hook: str, dose: Json) -> None:
    answer = client.post(f"/cds-services/doseref-{hook}", json=asked(hook, diet(), suspension(**dose)))
    assert answer.status_code == 200 and hl7_model.faults("response", answer.json()) == []
    (card,) = answer.json()["cards"]  # 1,200 mg a day is within what labels give; the sample has no prefetch
    assert card["summary"] == "Not all active medications were sent: the order was checked without them"


def test_what_is_in_it_is_added_up(client: TestClient) -> None:
    # 5 mL × 120 mg/mL × 2 = 1,200 mg of amoxicillin; the text says so, and the structure
    (regimen,) = client.post("/check", json=suspension(doseAndRate=[{"doseQuantity": DOSE}])).json()["regimens"]
    amounts = {each["substance"]: (each["low"], each["high"]) for each in regimen["totals"]}
    assert amounts["amoxicillin"] == (1200, 1200), amounts


def test_the_test_kits_sample_is_of_two_patients(client: TestClient) -> None:
    answer = client.post("/cds-services/doseref-order-sign", json=asked("order-sign", suspension(), patient="example"))
    assert answer.status_code == 422
    assert answer.json() == {"error": "a resource is of another patient than context.patientId"}


def test_what_the_service_says_is_of_hl7s_models(client: TestClient) -> None:
    assert hl7_model.faults("discovery", client.get("/cds-services").json()) == []
    for name, kind in (("cards.json", "response"), ("discovery.json", "discovery")):
        assert hl7_model.faults(kind, json.loads((OUT / name).read_text(encoding="utf-8"))) == []


def test_the_models_refuse_what_they_do_not_know() -> None:
    card: Json = {"summary": "x" * 140, "indicator": "hard-stop", "source": {"label": "x", "link": "y"}, "title": "z"}
    told = hl7_model.faults("response", {"cards": [card]})
    assert {each.partition(":")[0] for each in told} == {
        "cards.summary",
        "cards.indicator",
        "cards.source.link",
        "cards.title",
    }
    assert hl7_model.faults("discovery", {"services": [{"id": "a", "hook": "order-sign"}]}) == [
        "services.description: missing"
    ]


def test_feedback_as_the_model_has_it_is_taken(client: TestClient) -> None:
    card = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
    reason = {"reason": {"code": "monitored", "system": "urn:doseref:override-reason"}, "userComment": "seen weekly"}
    body = {
        "feedback": [
            {
                "card": card,
                "outcome": "overridden",
                "overrideReason": reason,
                "outcomeTimestamp": "2026-11-29T09:00:00Z",
            },
            {
                "card": card,
                "outcome": "accepted",
                "acceptedSuggestions": [{"id": card}],
                "outcomeTimestamp": "2026-11-29T09:00:00Z",
            },
        ]
    }
    assert hl7_model.faults("feedback", body) == []
    assert client.post("/cds-services/doseref-order-sign/feedback", json=body).status_code == 200
