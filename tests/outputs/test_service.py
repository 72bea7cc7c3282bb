"""The service: CDS Hooks, the JSON API and the page say what the command says; it is bounded, and its log holds no content."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.service.bounds import Bounds, RefusedError
from outputs import browser
from outputs.schemas import faults

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the service cannot be asked")

from starlette.testclient import TestClient

from doseref.service import app as service

TYLENOL = "Tylenol Extra Strength 500 mg"
TWO = [
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
]


def asking(bounds: Bounds | None = None, **more: Any) -> TestClient:
    return TestClient(service.application(bounds=bounds, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return asking()


def request(identity: str, drug: str, sig: str, status: str = "active", patient: str = "p1") -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest", "id": identity, "status": status, "intent": "order", "subject": {"reference": f"Patient/{patient}"},
        "medicationCodeableConcept": {"text": drug}, "dosageInstruction": [{"text": sig}],
    }  # fmt: skip


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}


def hook(drafts: list[dict[str, Any]], active: list[dict[str, Any]] | None, name: str = "order-sign") -> dict[str, Any]:
    field = "medications" if name == "medication-prescribe" else "draftOrders"
    body: dict[str, Any] = {
        "hook": name, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "fhirServer": "https://ehr.example/fhir",
        "context": {"userId": "Practitioner/1", "patientId": "p1", field: bundle(*drafts)},
    }  # fmt: skip
    if name == "order-select":
        body["context"]["selections"] = [f"MedicationRequest/{each['id']}" for each in drafts]
    if active is not None:
        body["prefetch"] = {
            "patient": {"resourceType": "Patient", "id": "p1"},
            "medications": bundle(*active),
            "statements": bundle(),
        }
    return body


def asked(client: TestClient, body: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(f"/cds-services/doseref-{body['hook']}", json=body)
    assert answer.status_code == 200, answer.text
    cards: list[dict[str, Any]] = answer.json()["cards"]
    return cards


# CDS Hooks ----------------------------------------------------------------------------------------------------------


def test_discovery_lists_the_hooks_with_their_prefetch(client: TestClient) -> None:
    services = client.get("/cds-services").json()["services"]
    assert [each["hook"] for each in services] == ["order-select", "order-sign", "medication-prescribe"]
    for each in services:
        assert each["id"] and each["title"] and each["description"]
        assert each["prefetch"]["medications"] == "MedicationRequest?patient={{context.patientId}}&status=active"


@pytest.mark.parametrize("name", ["order-select", "order-sign", "medication-prescribe"])
def test_an_order_that_takes_the_total_over_is_a_critical_card(client: TestClient, name: str) -> None:
    body = hook(
        [request("d1", "Norco 5/325", "1 tablet every 4 hours", "draft")],
        [request("a1", TYLENOL, "2 tablets every 6 hours")],
        name,
    )
    card = next(each for each in asked(client, body) if each["indicator"] == "critical")
    # 2 × 500 mg × 4 = 4,000 mg and 325 mg × 6 = 1,950 mg
    assert "acetaminophen" in card["summary"] and "5,950 mg" in card["summary"]
    assert "4,000 mg" in card["detail"] and "1,950 mg" in card["detail"]
    assert card["source"]["topic"]["code"] == "R101" and card["source"]["label"].startswith("doseref ")
    assert {"code", "system", "display"} <= set(card["overrideReasons"][0])


def test_every_card_has_the_shape_of_the_standard(client: TestClient) -> None:
    drafts = [request("d1", "naproxen", "500 mg three times daily", "draft"), request("d2", "zzyzx", "5 mg daily", "draft"),
              request("d3", "alendronate", "70 mg once daily", "draft")]  # fmt: skip
    cards = asked(
        client,
        hook(drafts, [request("a1", "ibuprofen", "800 mg every 6 hours"), request("a2", "warfarin", "5 mg daily")]),
    )
    assert len(cards) > 3
    assert len({card["uuid"] for card in cards}) == len(cards)
    for card in cards:
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"] and card["source"].get("url", "https://").startswith("https://")
        for link in card.get("links", ()):
            assert link["type"] == "absolute" and link["url"].startswith("http") and link["label"]
    assert any(card["summary"].startswith("Not assessed") and "zzyzx" in card["summary"] for card in cards)


def test_what_the_active_medications_do_among_themselves_is_no_news(client: TestClient) -> None:
    active = [request("a1", "acetaminophen", "1 g every 4 hours")]
    assert asked(client, hook([request("d1", "lisinopril", "10 mg daily", "draft")], active)) == []
    assert any(
        card["indicator"] == "critical"
        for card in asked(client, hook([request("d1", "acetaminophen", "500 mg every 6 hours", "draft")], active))
    )


def test_an_order_that_is_changed_counts_once(client: TestClient) -> None:
    before = request("m1", "ibuprofen", "800 mg every 6 hours")
    cards = asked(client, hook([request("m1", "ibuprofen", "400 mg every 8 hours", "draft")], [before]))
    assert cards == []  # 1,200 mg, not 4,400


def test_missing_prefetch_is_said_and_never_taken_for_nothing(client: TestClient) -> None:
    (card,) = asked(client, hook([request("d1", "ibuprofen", "400 mg every 8 hours", "draft")], None))
    assert card["summary"] == "Not all active medications were sent: the order was checked without them"
    assert card["indicator"] == "info" and "medications, statements" in card["detail"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda body: body.pop("hookInstance"), 400),
        (lambda body: body.update(hook="order-select"), 400),
        (lambda body: body["context"].pop("patientId"), 400),
        (lambda body: body["context"].update(draftOrders=[1, 2]), 400),
        (lambda body: body["context"].update(draftOrders=bundle()), 400),
        (lambda body: body["prefetch"]["medications"]["entry"].append({"resource": request("x", "aspirin", "81 mg daily", patient="other")}), 422),
        (lambda body: body["context"]["draftOrders"]["entry"].append({"resource": {"resourceType": "MedicationRequest"}}), 422),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_a_reason(client: TestClient, change: Any, status: int) -> None:
    body = hook([request("d1", "ibuprofen", "400 mg every 8 hours", "draft")], [])
    change(body)
    answer = client.post("/cds-services/doseref-order-sign", json=body)
    assert answer.status_code == status and answer.json()["error"]
    assert client.post("/cds-services/nothing", json=body).status_code == 404


def test_the_exchange_of_the_documentation_is_what_happens(client: TestClient) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "ehr.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:text|json)\n(.*?)```", page, re.S)
    sent = json.loads(blocks[0].partition("\n")[2])
    shown = json.loads(blocks[1])["cards"]
    cards = asked(client, sent)
    assert len(cards) == len(shown)
    for field in ("summary", "detail", "indicator", "source"):
        assert cards[0][field] == shown[0][field]
    told = json.loads(blocks[2].partition("\n")[2])
    assert client.post("/cds-services/doseref-order-sign/feedback", json=told).status_code == 200


def test_feedback_is_taken(client: TestClient) -> None:
    told = {
        "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "outcome": "overridden",
        "overrideReason": {"reason": {"code": "benefit"}, "userComment": "Ann X"},
    }
    assert client.post("/cds-services/doseref-order-sign/feedback", json={"feedback": [told]}).status_code == 200
    assert client.post("/cds-services/doseref-order-sign/feedback", json={"feedback": [{"card": 1}]}).status_code == 400


# JSON API -----------------------------------------------------------------------------------------------------------


def test_check_says_what_the_command_says(client: TestClient) -> None:
    answer = client.post("/check", json={"items": [*TWO, "zzyzx"], "options": {"policy": "most-permissive", "age": 70}})
    document = answer.json()
    assert faults("check", document) == []
    expected = json.loads(json.dumps(doseref.check([*TWO, "zzyzx"], policy="most-permissive", age=70).to_json()))
    for regimen in document["regimens"]:
        for item in regimen["items"]:
            item.pop("place")
    assert document == expected


def test_who_it_is_is_taken(client: TestClient) -> None:
    body = {"items": ["aspirin 81 mg daily"], "options": {"age": 70, "weight": 60, "sex": "female", "creatinine": 1.2}}
    document = client.post("/check", json=body).json()
    assert faults("check", document) == []
    assert document["regimens"][0]["patient"]["creatinine"] == 1.2
    assert client.post("/check", json={"items": ["a"], "options": {"sex": 1}}).status_code == 400


def test_text_regimens_and_fhir_are_taken_too(client: TestClient) -> None:
    for body in (
        {"text": "[ann]\n" + "\n".join(TWO)},
        {"regimens": [{"id": "ann", "items": TWO}]},
        bundle(request("a", TYLENOL, "2 tablets every 6 hours", patient="ann"), request("b", "Norco 5/325", "1 tablet every 4-6 hours as needed for pain", patient="ann")),
    ):  # fmt: skip
        (regimen,) = client.post("/check", json=body).json()["regimens"]
        assert regimen["id"] in ("ann", "Patient/ann")
        total = regimen["totals"][0]
        assert (total["substance"], total["low"], total["high"]) == ("acetaminophen", 4000, 5950)


def test_the_report_and_the_bundle_by_accept(client: TestClient) -> None:
    page = client.post("/check", json={"items": TWO}, headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html") and "Acetaminophen is over 3 of 4 maxima" in page.text
    made = client.post("/check", json={"items": TWO}, headers={"accept": "application/fhir+json"}).json()
    assert made["resourceType"] == "Bundle"


def test_parse_gives_a_dosage_for_every_instruction(client: TestClient) -> None:
    sigs = ["1 tablet every 6 hours", "zzyzx"]
    document = client.post("/parse", json={"sigs": sigs}).json()
    assert document == {"dosages": json.loads(json.dumps([doseref.parse(sig).to_json() for sig in sigs]))}


def test_the_description_is_that_of_the_routes_and_schemas(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    wanted = {path: set(methods) for path, methods in document["paths"].items()}
    assert (
        wanted["/check"] == {"post"}
        and wanted["/cds-services"] == {"get"}
        and wanted["/cds-services/doseref-order-sign"] == {"post"}
    )
    text = json.dumps(document)
    assert "#/$defs/" not in text
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]


def test_it_is_live_and_ready(client: TestClient) -> None:
    assert client.get("/health/live").json()["status"] == "live"
    assert client.get("/health/ready").json()["status"] == "ready"


# Bounds -------------------------------------------------------------------------------------------------------------


def plain_post(client: TestClient, body: bytes, kind: str = "application/json") -> tuple[int, dict[str, Any]]:
    answer = client.post("/check", content=body, headers={"content-type": kind})
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "not JSON"),
        (b"\xff\xfe", 400, "not UTF-8"),
        (b"[" * 100_000, 400, "levels deep"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, 400, "levels deep"),
        (b'{"items":["' + b"x" * 2_000_000 + b'"]}', 413, "larger than 1,000,000 bytes"),
        (b'{"items":["' + b"x" * 5_000 + b'"]}', 413, "longer than 4,000 characters"),
        (json.dumps({"items": ["a 1 mg daily"] * 501}).encode(), 413, "501 items"),
        (b'{"items":[]}', 422, "no items"),
        (b'{"items":[{"a":{"b":1}}]}', 422, "not an item"),
        (b'{"items":["a"],"options":{"policy":"nobody"}}', 400, "no policy or source"),
        (b'{"items":["a"],"options":{"frobnicate":1}}', 400, "there is no option"),
        (b'{"items":["a"],"options":{"age":1e400}}', 400, "option 'age'"),
        (b'{"items":["a"],"options":{"age":NaN}}', 400, "not JSON"),
        (b"[1]", 400, "JSON object"),
        (b'{"items":[' + b"9" * 10_000 + b"]}", 400, "not JSON"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_bad_bodies_are_refused_in_words(client: TestClient, body: bytes, status: int, said: str) -> None:
    code, document = plain_post(client, body)
    assert (code, said in document["error"]) == (status, True), document
    assert "Traceback" not in document["error"]


def test_other_types_hosts_and_routes_are_refused(client: TestClient) -> None:
    assert plain_post(client, b"{}", "text/plain")[0] == 415
    assert client.get("/cds-services", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/nothing").json() == {"error": "Not Found"}
    assert client.get("/check").status_code == 405


def test_an_answer_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "checked", lambda *_: time.sleep(1))
    answer = asking(Bounds(seconds=0.05)).post("/check", json={"items": ["aspirin 81 mg daily"]})
    assert answer.status_code == 503 and answer.json()["error"] == "no answer within 0.05 seconds; nothing was assessed"


def test_neither_the_log_nor_an_answer_holds_content_or_a_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("SECRETNAME took zorblax")

    monkeypatch.setattr(logging.getLogger("doseref.service"), "propagate", True)
    with caplog.at_level(logging.DEBUG):
        client = asking()
        client.post("/check?patient=SECRETNAME", json={"regimens": [{"id": "SECRETNAME", "items": ["zorblax 5 mg"]}]})
        client.get("/SECRETNAME/zorblax")
        monkeypatch.setattr(service, "checked", broken)
        answer = client.post("/check", json={"items": ["zorblax 5 mg"]})
    own = [each for each in caplog.records if not each.name.startswith("http")]
    told = "\n".join(each.getMessage() + str(each.exc_info or "") for each in own)
    assert answer.status_code == 500 and answer.json() == {
        "error": "the service could not answer; nothing was assessed"
    }
    assert "SECRETNAME" not in told and "zorblax" not in told
    assert "POST /check 200" in told and "fault ValueError at broken:" in told


def test_a_browser_elsewhere_may_ask_only_where_it_is_allowed() -> None:
    origin = {"origin": "https://sandbox.example"}
    assert "access-control-allow-origin" not in asking().get("/cds-services", headers=origin).headers
    allowed = asking(origins=["https://sandbox.example"]).get("/cds-services", headers=origin)
    assert allowed.headers["access-control-allow-origin"] == "https://sandbox.example"


# The page -----------------------------------------------------------------------------------------------------------


def typed(client: TestClient, text: str, **more: str) -> Any:
    return client.post("/", data={"text": text, **more})


def test_the_page_shows_the_answer_and_the_pictures(client: TestClient) -> None:
    assert "<textarea" in client.get("/").text
    page = typed(client, "\n".join(TWO)).text
    assert "Acetaminophen is over 3 of 4 maxima" in page and "<svg class='bullet'" in page and "<script" not in page


def test_problems_are_underlined_where_they_stand_and_a_suggestion_is_put_in(client: TestClient) -> None:
    text = "- ibuprophen 400 mg every 8 hours\nibuprofen 200 mg q6h frobnicate"
    page = typed(client, text).text
    assert "- <mark title='this name'>ibuprophen</mark> 400 mg every 8 hours" in page
    assert "ibuprofen 200 mg q6h <mark title='not understood'>frobnicate</mark>" in page
    value = page.partition("name='replace' value='")[2].partition("'")[0]
    after = typed(client, text, replace=value).text
    assert "- ibuprofen 400 mg every 8 hours\n" in after and "ibuprophen" not in after


def test_the_report_and_the_json_are_downloads(client: TestClient) -> None:
    for wanted, kind in (("html", "text/html"), ("json", "application/json")):
        answer = typed(client, "\n".join(TWO), wanted=wanted)
        assert answer.headers["content-disposition"] == f'attachment; filename="regimen-check.{wanted}"'
        assert answer.headers["content-type"].startswith(kind)
    assert faults("check", answer.json()) == []


def test_the_page_of_hostile_text_is_plain_text(client: TestClient) -> None:
    text = "<script>alert(1)</script> 5 mg daily\n</textarea><img src=x onerror=alert(1)>\n\u202e[red]x =cmd() 5 mg"
    for page in (typed(client, text).text, typed(client, text, replace="1:0:5:<b>").text):
        assert (
            "<script" not in page and "<img" not in page and "</textarea><" not in page.replace("</textarea>\n<p", "")
        )
    for bad in ("x", "1:9999:1:a", "0:0:0:a", "²:0:0:a", ":::"):
        assert typed(client, "aspirin 81 mg daily", replace=bad).status_code == 200
    assert typed(client, "").status_code == 422 and "there are no items in the request" in typed(client, "").text


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_page(client: TestClient, width: int, tmp_path: Any) -> None:
    text = "\n".join([*TWO, "ibuprophen 400 mg tid", "aspirin 81 mg daily", "zzyzx"])
    for page in (client.get("/").text, typed(client, text).text):
        assert browser.axe(page, tmp_path, width) == []


def test_the_page_fits_a_telephone(client: TestClient, tmp_path: Any) -> None:
    assert (
        browser.overflow(
            typed(client, "\n".join([*TWO, "ibuprophen 400 mg tid", "aspirin 81 mg daily"])).text, tmp_path
        )
        == 0
    )


def test_who_finds_no_room_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are worked on, one waits; the fourth hears so at once, with 429 and not with 503: the service is not at fault."""
    busy, done = threading.Semaphore(0), threading.Event()

    def slow(*_: Any) -> None:
        busy.release()
        done.wait(20)
        raise RefusedError(422, "slow")

    monkeypatch.setattr(service, "checked", slow)
    body = {"items": ["aspirin 81 mg daily"]}
    guard: Any = service.application(bounds=Bounds(waiting=3))
    with TestClient(guard) as client, ThreadPoolExecutor(3) as people:
        waiting = [people.submit(client.post, "/check", json=body) for _ in range(3)]
        try:
            assert busy.acquire(timeout=20) and busy.acquire(timeout=20)
            end = time.monotonic() + 20
            while not guard.full() and time.monotonic() < end:
                time.sleep(0.01)  # the third is on its way
            answer = client.post("/parse", json={"sigs": ["1 daily"]})
            assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
            assert answer.json() == {"error": "too many requests at once; ask again in 1 second; nothing was assessed"}
            assert client.get("/health/live").status_code == 200
            assert client.get("/cds-services").status_code == 200
        finally:
            done.set()
        assert [each.result(20).status_code for each in waiting] == [422, 422, 422]
        assert client.post("/parse", json={"sigs": ["1 daily"]}).status_code == 200  # the places are free again


def test_who_waits_in_vain_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun and takes too long is the service's fault (503); what was not begun is that of the crowd (429)."""
    done = threading.Event()
    monkeypatch.setattr(service, "checked", lambda *_: done.wait(20))
    body = {"items": ["aspirin 81 mg daily"]}
    guard: Any = service.application(bounds=Bounds(seconds=0.5))
    with TestClient(guard) as client, ThreadPoolExecutor(4) as people:
        try:
            asked = [people.submit(client.post, "/check", json=body) for _ in range(4)]
            answers = sorted(each.result(20).status_code for each in asked)
        finally:
            done.set()
    assert answers == [429, 429, 503, 503]
