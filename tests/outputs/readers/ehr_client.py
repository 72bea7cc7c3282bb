"""Run by an interpreter that has ``healthchain``: its models build requests of CDS Hooks, and read the cards.

``ehr_client.py ADDRESS`` reads cases from standard input, as JSON: ``[{"hook", "draft", "medications"}]``; it prints the cards of each as its models hold them.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import httpx
from healthchain.models import CDSRequest, CDSResponse
from healthchain.models.hooks import OrderSelectContext, OrderSignContext
from healthchain.models.responses.cdsdiscovery import CDSServiceInformation

CONTEXTS = {"order-select": OrderSelectContext, "order-sign": OrderSignContext}


def asked(address: str, case: dict[str, Any]) -> list[dict[str, Any]]:
    hook, draft = case["hook"], case["draft"]
    words = {
        "userId": "Practitioner/1",
        "patientId": "p1",
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft}]},
    }
    if hook == "order-select":
        words["selections"] = [f"MedicationRequest/{draft['id']}"]
    listed = {"resourceType": "Bundle", "entry": [{"resource": each} for each in case["medications"]]}
    prefetch = {"medications": listed, "statements": {"resourceType": "Bundle", "entry": []}}
    request = CDSRequest(hook=hook, context=CONTEXTS[hook](**words), prefetch=prefetch)
    # Its own sender leaves out what a hook adds to the context (serialised as the base class): sent here, whole.
    body = request.model_dump(mode="json", exclude_none=True, serialize_as_any=True)
    answer = httpx.post(f"{address}/cds-services/doseref-{hook}", json=body).raise_for_status().json()
    for card in answer["cards"]:
        for link in card.get("links", ()):
            link.setdefault("autoLaunchable", False)  # the library demands what the standard leaves open
    return [card.model_dump(mode="json", exclude_none=True) for card in CDSResponse(**answer).cards]


def main() -> None:
    address = sys.argv[1]
    services = CDSServiceInformation(**httpx.get(f"{address}/cds-services").json()).services
    made = {
        "services": [each.id for each in services],
        "cards": [asked(address, case) for case in json.load(sys.stdin)],
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
