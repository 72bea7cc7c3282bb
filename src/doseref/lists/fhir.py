"""Regimens from FHIR R4 and R5: a Bundle, a MedicationRequest or a MedicationStatement.

The drug is the product that an RxNorm code names, else the text or display as written. What is not (or no longer) taken
is left out, and told: entered-in-error, cancelled, stopped, on-hold and not-taken resources, statements that are
completed, and requests with ``doNotPerform``. A row of a table whose status is "on hold" is left out likewise. A request that a statement in the same bundle is based on counts once, as the statement
says it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from doseref.errors import InputError
from doseref.lists.fhir_medication import Json
from doseref.lists.fhir_person import fact_of_observation, facts_of_patient, latest
from doseref.lists.fhir_resource import Node, ResourceReader, list_at, object_at
from doseref.records import replace
from doseref.refdata import Reference, reference
from doseref.regimen.model import Given

People = list[tuple[str | None, list[Given]]]

KINDS = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")
_LEFT_OUT = frozenset(
    ("entered-in-error", "cancelled", "stopped", "on-hold", "not-taken", "ended", "declined", "not-done")
)
_NOT_TAKEN = ("not-taken", "stopped")
"""How the codes of R5's ``adherence`` begin that say the same."""


def persons(document: object, data: Reference | None = None, path: str = "the document") -> People:
    """Every person's items of parsed JSON: a Bundle, one resource, or several; see :func:`people_of`.

    Raises :class:`InputError` for what is none of them.
    """
    if isinstance(document, Mapping):
        return people_of(dict(document), path, data)
    if isinstance(document, str | bytes) or not isinstance(document, Iterable):
        raise InputError(f"not a FHIR resource: {document!r:.80}", path=path)
    return people_of({"resourceType": "Bundle", "entry": [{"resource": each} for each in document]}, path, data)


def people_of(document: Json, path: str, data: Reference | None = None) -> People:
    """Every person's items, persons in the order of their first item; ``None`` where no resource names a subject.

    Raises :class:`InputError` with the file and the path inside the JSON where a resource is not what FHIR says it is.
    One of several that names no drug (its Medication is not in the file) is refused and keeps no other from being judged.
    """
    nodes = _nodes(document, path)
    reader = ResourceReader(path, nodes, data or reference())
    wanted = [node for node in nodes if node.kind in KINDS]
    if not wanted:
        kind = document.get("resourceType")
        raise InputError(f"{kind}: holds no MedicationRequest, MedicationStatement or MedicationDispense", path=path)
    why = {node.where: _not_taken(node, path) for node in wanted}
    taken = [node for node in wanted if not why[node.where]]
    told_by_statement = {name for node in taken if node.kind != "MedicationRequest" for name in reader.based_on(node)}
    people: dict[str | None, list[Given]] = {}
    for node in taken:
        if node.kind == "MedicationRequest" and told_by_statement & {node.name, node.url} - {""}:
            continue
        people.setdefault(reader.person(node), []).append(reader.given(node, alone=len(wanted) == 1))
    for node in wanted:
        if why[node.where]:
            people.setdefault(reader.person(node), []).append(reader.left_out(node, why[node.where]))
    for person, facts in _facts(nodes, reader).items():
        if people.get(person):
            people[person][0] = replace(people[person][0], facts=facts)
    return list(people.items())


def _facts(nodes: list[Node], reader: ResourceReader) -> dict[str | None, tuple[tuple[str, str], ...]]:
    """What the resources say of each person beside the drugs."""
    found: dict[str | None, list[tuple[str, str]]] = {}
    observed: dict[str | None, list[tuple[str, str, str]]] = {}
    for node in nodes:
        if node.kind == "Patient":
            found.setdefault(node.name or None, []).extend(facts_of_patient(node.body))
        elif node.kind == "Observation" and (fact := fact_of_observation(node.body)) is not None:
            observed.setdefault(reader.person(node), []).append(fact)
    return {who: (*found.get(who, ()), *latest(observed.get(who, ()))) for who in {**found, **observed}}


def _nodes(document: Json, path: str) -> list[Node]:
    """The resource itself, or those of a bundle (bundles in it included)."""
    found: list[Node] = []
    waiting = deque([Node(document, str(document.get("resourceType")))])
    while waiting:
        node = waiting.popleft()
        if node.kind != "Bundle":
            found.append(node)
            continue
        for index, entry in enumerate(list_at(node.body.get("entry"), path, f"{node.where}.entry")):
            where = f"{node.where}.entry[{index}]"
            resource = object_at(entry, path, where).get("resource")
            if resource is None:
                continue
            body = object_at(resource, path, f"{where}.resource")
            if not isinstance(body.get("resourceType"), str):
                raise InputError(f"{where}.resource: has no resourceType", path=path)
            url = entry.get("fullUrl")
            waiting.append(Node(body, f"{where}.resource", url if isinstance(url, str) else ""))
    return found


def _not_taken(node: Node, path: str) -> str:
    """How the resource says that the drug is not (or no longer) taken; empty where it is, or is to be, taken."""
    status = node.body.get("status")
    if status is not None and not isinstance(status, str):
        raise InputError(f"{node.where}.status: is not a string", path=path)
    if status in _LEFT_OUT:
        return f"its status is {status}"
    if node.body.get("doNotPerform") is True:
        return "it says doNotPerform"
    if node.kind == "MedicationAdministration":
        return "it records that a dose was given; what is to be taken stands in requests, statements and dispenses"
    if node.kind in ("MedicationRequest", "MedicationDispense"):
        return ""  # a completed dispense was handed over: it is what the person has at home
    adherence = node.body.get("adherence")
    code = adherence.get("code") if isinstance(adherence, dict) else None
    codings = code.get("coding") if isinstance(code, dict) else None
    for coding in codings if isinstance(codings, list) else ():
        if isinstance(coding, dict) and str(coding.get("code", "")).startswith(_NOT_TAKEN):
            return f"its adherence is {coding['code']}"
    # R4, MedicationStatement.status: completed means that the medication is no longer being taken.
    return "its status is completed: no longer taken" if status == "completed" else ""
