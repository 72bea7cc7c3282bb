"""The regimen behind a request of CDS Hooks: the orders of its ``context``, and what its ``prefetch`` says that the
patient takes.

Nothing is fetched. Where the list of what is taken is missing, is an error of the EHR's server, or is one page of
several, that is remembered for a card: a part is never taken for the whole.
"""

from __future__ import annotations

from typing import Any

from doseref.errors import InputError
from doseref.lists.fhir import people_of
from doseref.lists.fhir_person import facts_of_patient
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.result import Person
from doseref.service.bounds import Bounds, RefusedError
from doseref.service.requests import bounded

Json = dict[str, Any]

PREFETCH = {
    "patient": "Patient/{{context.patientId}}",
    "medications": "MedicationRequest?patient={{context.patientId}}&status=active",
    "statements": "MedicationStatement?patient={{context.patientId}}&status=active",
}
_DRUGS = ("medications", "statements")
ORDERS = {"order-select": "draftOrders", "order-sign": "draftOrders", "medication-prescribe": "medications"}
"""Hook → where its context holds what is being ordered."""
_DSTU2_FIELDS = {"patient": "subject", "dateWritten": "authoredOn", "prescriber": "requester"}
_DSTU2_REPEAT = {"periodUnits": "periodUnit", "durationUnits": "durationUnit"}


@record
class Order:
    """The regimen of a request: the person, the numbers (from 1) of the items that are being ordered,
    what was not sent.
    """

    person: Person
    ordered: frozenset[int]
    missing: tuple[str, ...]


def order(service: str, body: Any, data: Reference, bounds: Bounds) -> Order | None:
    """The regimen behind a request; ``None`` where it orders no medication.
    Raises :class:`RefusedError` where it is no request of this service.
    """
    hook = service.removeprefix("doseref-")
    patient, context = _context(hook, body)
    found = _resources(context.get(ORDERS[hook]), f"context.{ORDERS[hook]}")
    if not found:
        raise RefusedError(400, f"'context.{ORDERS[hook]}' has to be a Bundle with the orders")
    orders = [modern(each) for each in found if each.get("resourceType") in ("MedicationRequest", "MedicationOrder")]
    if not orders:
        return None  # a laboratory test, a picture, a referral: nothing of ours
    beside = [each for each in found if each.get("resourceType") == "Medication"]
    prefetch = body.get("prefetch")
    sent = prefetch if isinstance(prefetch, dict) else {}
    replaced = {_name(each) for each in orders} | {_prior(each) for each in orders}
    active = [
        modern(each)
        for key in _DRUGS
        for each in _resources(sent.get(key), f"prefetch.{key}")
        if not _name(each) or _name(each) not in replaced
    ]
    missing = tuple(key for key in _DRUGS if not _whole(sent.get(key)))
    about = [each for each in _resources(sent.get("patient"), "prefetch.patient") if each["resourceType"] == "Patient"]
    if any(_name(each) not in ("", f"Patient/{patient}") for each in about):
        raise RefusedError(422, "prefetch.patient is another patient than context.patientId")
    read = _read(orders, [*beside, *active], patient, missing, data, bounds)
    facts = tuple(fact for each in about for fact in facts_of_patient(each))
    return replace(read, person=_with_facts(read.person, facts)) if facts else read


def _with_facts(person: Person, facts: tuple[tuple[str, str], ...]) -> Person:
    first, *rest = person.items
    return replace(person, items=(replace(first, facts=(*first.facts, *facts)), *rest))


def _context(hook: str, body: Any) -> tuple[str, Json]:
    """The patient's id and the context of a request for ``hook``; raises :class:`RefusedError` where it is none."""
    if not isinstance(body, dict):
        raise RefusedError(400, "the body has to be a JSON object")
    if body.get("hook") != hook:
        raise RefusedError(400, f"this service answers the hook '{hook}'")
    if not isinstance(body.get("hookInstance"), str) or not isinstance(body.get("context"), dict):
        raise RefusedError(400, "'hookInstance' (a text) and 'context' (an object) are required")
    patient = body["context"].get("patientId")
    if not isinstance(patient, str) or not patient:
        raise RefusedError(400, "'context.patientId' is required")
    return patient.removeprefix("Patient/"), body["context"]


def _read(
    orders: list[Json], others: list[Json], patient: str, missing: tuple[str, ...], data: Reference, bounds: Bounds
) -> Order:
    document = {"resourceType": "Bundle", "entry": [{"resource": each} for each in (*orders, *others)]}
    try:
        found = people_of(document, "request", data)
    except InputError as error:
        raise RefusedError(422, str(error)) from None
    own = {None, patient, f"Patient/{patient}"}
    for who, _ in found:
        if who not in own and not str(who).endswith(f"/Patient/{patient}"):
            raise RefusedError(422, "a resource is of another patient than context.patientId")
    items = [item for _, several in found for item in several if not item.left_out]
    items += [item for _, several in found for item in several if item.left_out]
    bounded([Person(None, tuple(items))], bounds)
    drafts = tuple(f"request#Bundle.entry[{n}].resource" for n in range(len(orders)))
    ordered = frozenset(n for n, item in enumerate(items, start=1) if item.place in drafts)
    return Order(Person(None, tuple(items)), ordered, missing)


def _resources(bundle: Any, where: str) -> list[Json]:
    """The resources of a Bundle, or the resource itself; none where there is none."""
    if bundle is None:
        return []
    if not isinstance(bundle, dict) or not isinstance(bundle.get("resourceType"), str):
        raise RefusedError(400, f"'{where}' is no FHIR resource")
    if bundle["resourceType"] != "Bundle":
        return [] if bundle["resourceType"] == "OperationOutcome" else [bundle]
    entries = bundle.get("entry") or []
    if not isinstance(entries, list):
        raise RefusedError(400, f"'{where}.entry' is no list")
    found = [entry.get("resource") for entry in entries if isinstance(entry, dict)]
    return [each for each in found if isinstance(each, dict) and each.get("resourceType") != "OperationOutcome"]


def _whole(bundle: Any) -> bool:
    """Whether a prefetch is all there is: a Bundle (or a resource) without an error in it and without a further
    page.
    """
    if not isinstance(bundle, dict) or bundle.get("resourceType") == "OperationOutcome":
        return False
    links, entries, total = bundle.get("link"), bundle.get("entry") or [], bundle.get("total")
    if isinstance(links, list) and any(isinstance(link, dict) and link.get("relation") == "next" for link in links):
        return False
    resources = [entry.get("resource") for entry in entries if isinstance(entry, dict)]
    outcomes = [each for each in resources if isinstance(each, dict) and each.get("resourceType") == "OperationOutcome"]
    if any(_failed(each) for each in outcomes):
        return False
    return not isinstance(total, int) or total <= len(resources)


def _failed(outcome: Json) -> bool:
    issues = outcome.get("issue")
    return isinstance(issues, list) and any(
        isinstance(issue, dict) and issue.get("severity") in ("error", "fatal") for issue in issues
    )


def _name(resource: Json) -> str:
    kind = "MedicationRequest" if resource.get("resourceType") == "MedicationOrder" else resource.get("resourceType")
    return f"{kind}/{resource['id']}" if isinstance(resource.get("id"), str) else ""


def _prior(resource: Json) -> str:
    """The request that this one replaces (``priorPrescription``), as ``MedicationRequest/a1``;
    empty where it names none.
    """
    prior = resource.get("priorPrescription")
    reference = prior.get("reference") if isinstance(prior, dict) else None
    return "/".join(reference.split("/")[-2:]) if isinstance(reference, str) else ""


def modern(resource: Json) -> Json:
    """A ``MedicationOrder`` of DSTU2 (the time of ``medication-prescribe``) as the ``MedicationRequest`` that it
    became; any other as it is.
    """
    if resource.get("resourceType") != "MedicationOrder":
        return resource
    made = {_DSTU2_FIELDS.get(name, name): value for name, value in resource.items()}
    made["resourceType"], made["intent"] = "MedicationRequest", "order"
    lines = made.get("dosageInstruction")
    if isinstance(lines, list):
        made["dosageInstruction"] = [_modern_line(line) if isinstance(line, dict) else line for line in lines]
    return made


def _modern_line(line: Json) -> Json:
    timing = line.get("timing")
    repeat = timing.get("repeat") if isinstance(timing, dict) else None
    if not isinstance(timing, dict) or not isinstance(repeat, dict):
        return line
    named = {_DSTU2_REPEAT.get(name, name): value for name, value in repeat.items()}
    if isinstance(named.get("when"), str):
        named["when"] = [named["when"]]
    return {**line, "timing": {**timing, "repeat": named}}
