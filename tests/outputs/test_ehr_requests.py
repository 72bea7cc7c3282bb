"""Requests as electronic health records really send them: the reference sandbox's shapes, DSTU2, failed and paged prefetch, other orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the service cannot be asked")

from starlette.testclient import TestClient

from doseref.service.app import application
from outputs import readers
from outputs.serving import served

Json = dict[str, Any]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
IBUPROFEN = ("Ibuprofen 800 MG Oral Tablet", "197807")
NOTHING: Json = {"resourceType": "Bundle", "type": "searchset", "total": 0}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application())  # type: ignore[arg-type]


def chosen(medication: tuple[str, str], pills: int, times: int, **more: Any) -> Json:
    """An order as the CDS Hooks sandbox builds it: code and name of RxNorm, so many pills, so many times a day; no words."""
    name, code = medication
    return {
        "resourceType": "MedicationRequest", "id": "request-123", "status": "draft", "intent": "order", "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": name, "coding": [{"display": name, "system": RXNORM, "code": code}]},
        "dosageInstruction": [{
            "doseQuantity": {"value": pills, "system": "http://unitsofmeasure.org", "code": "{pill}"},
            "timing": {"repeat": {"frequency": times, "period": 1, "periodUnit": "d"}},
        }],
        **more,
    }  # fmt: skip


def active(drug: str, sig: str, identity: str = "a1", **more: Any) -> Json:
    return {
        "resourceType": "MedicationRequest", "id": identity, "status": "active", "intent": "order", "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": drug}, "dosageInstruction": [{"text": sig}], **more,
    }  # fmt: skip


def page(*resources: Json, **more: Any) -> Json:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources], **more}


def cards(client: TestClient, order: Json, hook: str = "order-sign", **prefetch: Any) -> list[Json]:
    """The cards for one order; the prefetch is empty lists unless it is given. What the sandbox sends beside is sent too."""
    field = "medications" if hook == "medication-prescribe" else "draftOrders"
    body = {
        "hookInstance": "c9b1a2f0-0b8e-4a52-9f0c-2d9a4f7b6e11", "hook": hook, "fhirServer": "https://ehr.example/fhir",
        "context": {"patientId": "p1", "userId": "Practitioner/1", field: {"resourceType": "Bundle", "entry": [{"resource": order}]}},
        "fhirAuthorization": {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read", "subject": "client"},
        "prefetch": {"medications": NOTHING, "statements": NOTHING, **prefetch},
        "extension": {"com.example.timestamp": "2026-11-29"},
    }  # fmt: skip
    if hook == "order-select":
        body["context"]["selections"] = [f"MedicationRequest/{order.get('id')}"]  # type: ignore[index]
    headers = {"authorization": "Bearer a.b.c", "accept": "application/json"}
    answer = client.post(f"/cds-services/doseref-{hook}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert readers.cds_hooks("response", answer.json()) == []
    found: list[Json] = answer.json()["cards"]
    return found


def test_the_discovery_is_of_the_standard(client: TestClient) -> None:
    assert readers.cds_hooks("discovery", client.get("/cds-services").json()) == []
    assert readers.cds_hooks("discovery", {"services": [{"id": "a b", "hook": "x"}]})
    assert readers.cds_hooks("response", {"cards": [{"summary": "x" * 140, "indicator": "hard-stop", "source": {}}]})


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_an_order_of_the_sandbox_is_added_up(client: TestClient, hook: str) -> None:
    # 2 pills of 800 mg, four times a day: 6,400 mg; the articles and labels give at most 3,200 mg
    card, *_ = cards(client, chosen(IBUPROFEN, 2, 4), hook)
    assert card["indicator"] == "critical" and "6,400 mg in 24 hours against 3,200 mg" in card["summary"]
    assert cards(client, chosen(IBUPROFEN, 1, 3), hook) == []  # 2,400 mg


def test_an_order_without_a_dose_yet_is_not_assessed(client: TestClient) -> None:
    (card,) = cards(client, chosen(IBUPROFEN, 1, 3, dosageInstruction=[]), "order-select")
    assert card["indicator"] == "info" and card["summary"] == "Not assessed: ibuprofen"


def test_an_order_of_dstu2_is_read(client: TestClient) -> None:
    order = chosen(IBUPROFEN, 2, 4, resourceType="MedicationOrder", dateWritten="2026-11-29")
    order["patient"] = order.pop("subject")
    repeat = order["dosageInstruction"][0]["timing"]["repeat"]
    repeat["periodUnits"] = repeat.pop("periodUnit")
    card, *_ = cards(client, order, "medication-prescribe")
    assert "6,400 mg in 24 hours against 3,200 mg" in card["summary"]
    another = {**active("ibuprofen", "800 mg four times daily", "request-123"), "resourceType": "MedicationOrder"}
    assert len(cards(client, order, "medication-prescribe", medications=page(another))) == len(
        cards(client, order, "medication-prescribe")
    )  # the same order, changed


def test_orders_that_are_no_medications_have_no_cards(client: TestClient) -> None:
    test = {
        "resourceType": "ServiceRequest",
        "id": "s1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
    }
    assert cards(client, test, medications=page(active("ibuprofen", "800 mg six times daily"))) == []  # fmt: skip


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]},
        page({"resourceType": "OperationOutcome", "issue": [{"severity": "fatal", "code": "exception"}]}),
        page(active("docusate", "100 mg daily"), link=[{"relation": "next", "url": "https://ehr.example/fhir?page=2"}]),
        page(active("docusate", "100 mg daily"), total=12),
    ],
    ids=["null", "error", "error inside", "first of several pages", "fewer than there are"],
)
def test_a_part_of_what_is_taken_is_never_the_whole(client: TestClient, sent: Any) -> None:
    (card,) = cards(client, chosen(IBUPROFEN, 1, 3), medications=sent)
    assert card["summary"] == "Not all active medications were sent: the order was checked without them"
    assert "not whole there: medications." in card["detail"]


def test_a_remark_of_the_server_is_no_failure(client: TestClient) -> None:
    remark = {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]}
    assert cards(client, chosen(IBUPROFEN, 1, 3), medications=page(remark, total=1)) == []


def test_an_order_that_replaces_another_counts_once(client: TestClient) -> None:
    before = page(active("ibuprofen", "800 mg three times daily", "old"))
    assert cards(client, chosen(IBUPROFEN, 1, 3), medications=before)  # 2,400 + 2,400 mg
    order = chosen(IBUPROFEN, 1, 3, priorPrescription={"reference": "https://ehr.example/fhir/MedicationRequest/old"})
    assert cards(client, order, medications=before) == []


def test_a_child_is_not_judged_as_an_adult(client: TestClient) -> None:
    child = {"resourceType": "Patient", "id": "p1", "birthDate": "2999-01-01", "gender": "female"}
    asked, card = cards(client, chosen(IBUPROFEN, 1, 3), patient={**child, "birthDate": "2020-06"})
    assert "weight" in asked["detail"]  # a child's dose goes by it
    assert card["summary"] == "Not assessed: ibuprofen" and "the limits are for adults" in card["detail"]
    assert cards(client, chosen(IBUPROFEN, 1, 3), patient={**child, "birthDate": "1980-06-01"}) == []


def test_another_patient_is_refused(client: TestClient) -> None:
    with pytest.raises(AssertionError, match="another patient"):
        cards(client, chosen(IBUPROFEN, 1, 3), patient={"resourceType": "Patient", "id": "p2"})


def test_a_client_library_asks_and_reads_the_cards(tmp_path: Path) -> None:
    readers.installed("healthchain", "bin", "python")
    cases = [
        {"hook": hook, "draft": chosen(IBUPROFEN, 2, 4), "medications": [active("naproxen", "500 mg twice daily")]}
        for hook in ("order-select", "order-sign")
    ]
    with served(tmp_path / "log") as address:
        made = readers.ehr_client(address, cases)
    assert made["services"] == ["doseref-order-select", "doseref-order-sign", "doseref-medication-prescribe"]
    for cards_of_one in made["cards"]:
        assert cards_of_one[0]["indicator"] == "critical" and "6,400 mg" in cards_of_one[0]["summary"]
        assert any("naproxen" in card["summary"] for card in cards_of_one)
