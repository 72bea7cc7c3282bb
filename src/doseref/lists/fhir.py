"""Regimens from FHIR R4 and R5: a Bundle, a MedicationRequest or a MedicationStatement.

The drug is the product that an RxNorm code names, else the text or display as written. What is not (or no longer) taken is
left out, and told: entered-in-error, cancelled, stopped and not-taken resources, statements that are completed, and requests with
``doNotPerform``. A request that a statement in the same bundle is based on counts once, as the statement says it.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cached_property
from typing import Any

from doseref.dosage.fhir_quantity import Notes, as_dict, as_list, read_quantity
from doseref.dosage.fhir_read import from_fhir
from doseref.dosage.model import Dosage, Problem, Strength
from doseref.dosage.vocabulary import Vocabulary
from doseref.errors import InputError
from doseref.items.identify import identify
from doseref.items.identity import parts_of
from doseref.lists.fhir_person import fact_of_observation, facts_of_patient, latest
from doseref.names import Names, names
from doseref.quantities import Amount, Range, printed
from doseref.records import record, replace
from doseref.refdata import Reference, reference
from doseref.regimen.merged import same_dose, strength_in
from doseref.regimen.model import Given
from doseref.tables.entries import Product

Json = dict[str, Any]
People = list[tuple[str | None, list[Given]]]

RXNORM = ("http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88")
"""The systems under which FHIR knows RxNorm codes."""
KINDS = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")
_LEFT_OUT = frozenset(("entered-in-error", "cancelled", "stopped", "not-taken", "ended", "declined", "not-done"))
_NOT_TAKEN = ("not-taken", "stopped")
"""How the codes of R5's ``adherence`` begin that say the same."""
_NO_TEXT = "(structured, without text)"


@record
class Node:
    """A resource and where it stands, as a path that a person can follow: ``Bundle.entry[2].resource``."""

    body: Json
    where: str
    url: str = ""

    @property
    def kind(self) -> str:
        """``resourceType``."""
        return str(self.body.get("resourceType", ""))

    @property
    def name(self) -> str:
        """``Patient/p1``, as references write it; empty where the resource has no id."""
        identity = self.body.get("id")
        return f"{self.kind}/{identity}" if isinstance(identity, str) and identity else ""


def people_of(document: Json, path: str, data: Reference | None = None) -> People:
    """Every person's items, persons in the order of their first item; ``None`` where no resource names a subject.

    Raises :class:`InputError` with the file and the path inside the JSON where a resource is not what FHIR says it is.
    """
    nodes = _nodes(document, path)
    reader = _ResourceReader(path, nodes, data or reference())
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
        people.setdefault(reader.person(node), []).append(reader.given(node))
    for node in wanted:
        if why[node.where]:
            people.setdefault(reader.person(node), []).append(reader.left_out(node, why[node.where]))
    for person, facts in _facts(nodes, reader).items():
        if people.get(person):
            people[person][0] = replace(people[person][0], facts=facts)
    return list(people.items())


def _facts(nodes: list[Node], reader: _ResourceReader) -> dict[str | None, tuple[tuple[str, str], ...]]:
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
        for index, entry in enumerate(_list(node.body.get("entry"), path, f"{node.where}.entry")):
            where = f"{node.where}.entry[{index}]"
            resource = _object(entry, path, where).get("resource")
            if resource is None:
                continue
            body = _object(resource, path, f"{where}.resource")
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


class _ResourceReader:
    """Reads resources of one document; knows what references in it lead to."""

    def __init__(self, path: str, nodes: list[Node], data: Reference) -> None:
        self.path, self.data = path, data
        self.targets = {key: node for node in nodes for key in (node.name, node.url) if key}

    @cached_property
    def index(self) -> Names:
        """All names, loaded when first needed."""
        return names(self.data)

    @cached_property
    def coded(self) -> dict[str, list[Product]]:
        """Products by RxNorm code."""
        found: dict[str, list[Product]] = {}
        for product in self.data.products.values():
            if product.rxcui:
                found.setdefault(product.rxcui, []).append(product)
        return found

    def based_on(self, node: Node) -> set[str]:
        """What a statement says it is based on or derived from."""
        found: set[str] = set()
        for field in ("basedOn", "derivedFrom", "authorizingPrescription"):
            where = f"{node.where}.{field}"
            for index, entry in enumerate(_list(node.body.get(field), self.path, where)):
                target = _object(entry, self.path, f"{where}[{index}]").get("reference")
                if isinstance(target, str):
                    known = self.targets.get(target)
                    found |= {target, known.name} if known else {target}
        return found

    def person(self, node: Node) -> str | None:
        """Who takes it: the reference to the subject, in the same words however it is written."""
        subject = node.body.get("subject")
        if subject is None:
            return None
        subject = _object(subject, self.path, f"{node.where}.subject")
        target = subject.get("reference")
        if isinstance(target, str) and target:
            known = self.targets.get(target)
            return (known.name or target) if known else target
        identifier = subject.get("identifier")
        number = identifier.get("value") if isinstance(identifier, dict) else None
        for word in (number, subject.get("display")):
            if isinstance(word, str) and word:
                return word
        return None

    def given(self, node: Node) -> Given:
        """The item of one resource."""
        drug, product = self._drug(node)
        if node.body.get("modifierExtension"):
            why = "a modifierExtension is not understood, and it may change or negate what the resource says"
            return Given(drug, place=f"{self.path}#{node.where}", refused=why)
        dosage = self._dosage(node)
        place = f"{self.path}#{node.where}"
        if dosage is None:
            sig = node.body.get("renderedDosageInstruction")
            words = sig if isinstance(sig, str) else ""
            return Given(f"{drug} {words}".strip(), drug, words, place)
        if self._contradicts(dosage, drug, product):
            words = "the text and the structured dose differ"
            dosage = replace(dosage, status="unread", problems=(*dosage.problems, Problem(words, 0, len(dosage.text))))
        elif product is None:
            dosage = self._with_strength(dosage, drug)
        return Given(f"{drug} {dosage.text}".strip(), drug, dosage.text, place, dosage)

    def left_out(self, node: Node, why: str) -> Given:
        """A resource that is not judged, by its name; one that was entered in error may have none."""
        try:
            drug = self._drug(node)[0]
        except InputError:
            drug = node.kind
        return Given(drug, place=f"{self.path}#{node.where}", left_out=why)

    def _dosage(self, node: Node) -> Dosage | None:
        """All instructions taken together; ``None`` where there is none."""
        field = "dosage" if node.kind == "MedicationStatement" else "dosageInstruction"
        where = f"{node.where}.{field}"
        listed = _list(node.body.get(field), self.path, where)
        objects = [_object(each, self.path, f"{where}[{index}]") for index, each in enumerate(listed)]
        if not objects:
            return None
        dosage = from_fhir(objects, self.index.data.vocabulary)
        if not dosage.text.strip():
            problems = tuple(replace(problem, start=0, end=len(_NO_TEXT)) for problem in dosage.problems)
            dosage = replace(dosage, text=_NO_TEXT, problems=problems)
        if any(each.get("doseAndRate") for each in objects) and not all(
            option.dose or option.count for option in dosage.options
        ):
            # An amount is stated and was not understood: without it, one unit would be taken for what may be two.
            return replace(dosage, status="unread")
        if any(problem.message.endswith(" differ") for problem in dosage.problems):
            # The text says one thing and the structure another: to reckon with either would be a guess.
            return replace(dosage, status="unread")
        return dosage

    def _contradicts(self, dosage: Dosage, drug: str, product: Product | None) -> bool:
        """Whether the text counts other units than the structure's amount makes of the strength: 2 tablets of 500 mg are not 500 mg."""
        read = self.index.data.parse(dosage.text)
        if len(dosage.options) != 1 or len(read.options) != 1 or read.status == "unread":
            return False
        have, said = dosage.options[0], read.options[0]
        if not (have.dose or have.count) or not (said.dose or said.count):
            return False
        strength = None
        if product is not None and len(product.ingredients) == 1:
            only = product.ingredients[0]
            strength = Range(only.strength, only.strength, only.unit) if product.per_unit != "mL" else None
        elif product is None:
            strength = strength_in(identify(drug, self.index).sig, self.index.data.parse)
        return same_dose(have, said, strength) is False

    def _with_strength(self, dosage: Dosage, drug: str) -> Dosage:
        """The strength that only the drug's name states ("ibuprofen 200 MG Oral Tablet"), put where the dosage counts units."""
        named = identify(drug, self.index)
        if named.product is not None or not named.sig:
            return dosage
        read = self.index.data.parse(named.sig)
        said = read.options[0] if len(read.options) == 1 else None
        if said is None or said.times or said.every or said.when:
            return dosage
        strengths = said.strengths
        if not strengths and said.dose is not None and said.dose.single and said.count is None:
            strengths = (Strength(said.dose.low, said.dose.unit),)
        phases = tuple(
            replace(
                phase,
                options=tuple(
                    replace(
                        option,
                        strengths=option.strengths or strengths,
                        form=option.form or said.form,
                        release=option.release or said.release,
                        route=option.route or said.route,
                    )
                    for option in phase.options
                ),
            )
            for phase in dosage.phases
        )
        return replace(dosage, phases=phases)

    def _drug(self, node: Node) -> tuple[str, Product | None]:
        """The name to look up, and the product where a code says which."""
        concept, where = self._concept(node)
        texts = _texts(concept)
        codes = self._codes(concept, where)
        product = next((known for code in codes if (known := self._product(code))), None)
        if product is None:
            if not texts and codes:
                return f"RxNorm {codes[0]}", None
            if not texts:
                raise InputError(f"{where}: names no medication (no text, no display, no RxNorm code)", path=self.path)
            return texts[0], None
        if other := self._other_drug(product, texts):
            # Two names for one item: taking either would be a guess.
            return f"contradiction: {product.label} by its code {product.rxcui}, '{other}' by its text", None
        return product.label, product

    def _codes(self, concept: Json, where: str) -> list[str]:
        """The RxNorm codes of a concept."""
        codes = []
        for index, entry in enumerate(_list(concept.get("coding"), self.path, f"{where}.coding")):
            coding = _object(entry, self.path, f"{where}.coding[{index}]")
            code = coding.get("code")
            if coding.get("system") in RXNORM and isinstance(code, str) and code:
                codes.append(code)
        return codes

    def _product(self, rxcui: str) -> Product | None:
        """The product with this code; ``None`` where there is none or several that differ."""
        found = self.coded.get(rxcui, [])
        return found[0] if found and len({product.composition for product in found}) == 1 else None

    def _other_drug(self, product: Product, texts: list[str]) -> str:
        """The first text that names other ingredients than the coded product has."""
        own = {part.substance for part in parts_of(product, self.index)}
        for text in texts:
            named = identify(text, self.index)
            said = {part.substance for part in named.parts}
            for candidate in (named.product, *named.candidates):
                if candidate is not None:
                    said |= {ingredient.substance for ingredient in candidate.ingredients}
            if said and said != own:
                return text
        return ""

    def _concept(self, node: Node) -> tuple[Json, str]:
        """The concept that names the drug: on the resource, or on the Medication it refers to."""
        body, where = node.body, node.where
        if "medicationCodeableConcept" in body:
            where = f"{where}.medicationCodeableConcept"
            return _object(body["medicationCodeableConcept"], self.path, where), where
        if "medicationReference" in body:
            where = f"{where}.medicationReference"
            return self._referred(_object(body["medicationReference"], self.path, where), node, where)
        if "medication" in body:
            where = f"{where}.medication"
            medication = _object(body["medication"], self.path, where)
            if "concept" in medication:
                return _object(medication["concept"], self.path, f"{where}.concept"), f"{where}.concept"
            if "reference" in medication:
                where = f"{where}.reference"
                return self._referred(_object(medication["reference"], self.path, where), node, where)
            raise InputError(f"{where}: has neither concept nor reference", path=self.path)
        raise InputError(f"{where}: has no medication", path=self.path)

    def _referred(self, link: Json, node: Node, where: str) -> tuple[Json, str]:
        """The concept of the Medication behind a reference, or the reference's own display where it leads out of the file."""
        target = link.get("reference")
        if isinstance(target, str) and target:
            found = self._contained(target[1:], node) if target.startswith("#") else self.targets.get(target)
            if found is not None and found.kind == "Medication":
                return self._of_medication(found), f"{found.where}.code"
            if found is not None:
                raise InputError(
                    f"{where}: leads to a {found.kind or 'resource without a type'}, not to a Medication",
                    path=self.path,
                )
        display = link.get("display")
        if isinstance(display, str) and display.strip():
            return {"text": display}, where
        raise InputError(f"{where}: '{target}' is not in the file, and there is no display", path=self.path)

    def _contained(self, identity: str, node: Node) -> Node | None:
        where = f"{node.where}.contained"
        for index, entry in enumerate(_list(node.body.get("contained"), self.path, where)):
            body = _object(entry, self.path, f"{where}[{index}]")
            if body.get("id") == identity:
                return Node(body, f"{where}[{index}]")
        return None

    def _of_medication(self, found: Node) -> Json:
        """The code of a Medication resource, with the strengths of its ingredients where its name states none."""
        code = found.body.get("code")
        named = _ingredients(found.body)
        if code is None and not named:
            raise InputError(f"{found.where}: the Medication has no code", path=self.path)
        if code is None:
            return {"text": _described(named)}
        concept = _object(code, self.path, f"{found.where}.code")
        texts = _texts(concept)
        if not texts or not named or self._codes(concept, f"{found.where}.code"):
            return concept
        numbers = set(re.findall(r"[0-9]+(?:\.[0-9]+)?", texts[0].replace(",", "")))
        if not numbers:
            return (
                {"text": f"{texts[0]} {_strengths(named)}".strip()} if len(named) == 1 else {"text": _described(named)}
            )
        if not all(printed(amount.value) in numbers for _, amount in named if amount):
            return {"text": f"contradiction: '{texts[0]}' by its name, {_described(named)} by its ingredients"}
        return concept


def _ingredients(medication: Json) -> list[tuple[str, Amount | None]]:
    """Names and strengths per unit of a Medication's ingredients; a strength per several units or per volume is ``None``."""
    found: list[tuple[str, Amount | None]] = []
    for entry in as_list(medication.get("ingredient")):
        item = as_dict(as_dict(entry).get("itemCodeableConcept")) or as_dict(
            as_dict(as_dict(entry).get("item")).get("concept")
        )
        names_ = _texts(item)
        strength = as_dict(as_dict(entry).get("strength") or as_dict(entry).get("strengthRatio"))
        quantity = as_dict(strength.get("numerator")) or as_dict(as_dict(entry).get("strengthQuantity"))
        under = as_dict(strength.get("denominator"))
        notes = Notes(Vocabulary())
        amount = read_quantity(quantity, notes) if quantity else None
        if under and (under.get("value", 1) != 1 or "mL" in (under.get("unit"), under.get("code"))):
            amount = None
        if names_:
            found.append((names_[0], amount))
    return found


def _strengths(named: list[tuple[str, Amount | None]]) -> str:
    return " / ".join(str(amount) for _, amount in named if amount)


def _described(named: list[tuple[str, Amount | None]]) -> str:
    return " / ".join(f"{name} {amount}" if amount else name for name, amount in named)


def _texts(concept: Json) -> list[str]:
    """What a concept is called: its text first, then the displays of its codings."""
    codings = concept.get("coding")
    words = [concept.get("text")]
    words += (
        [coding.get("display") for coding in codings if isinstance(coding, dict)] if isinstance(codings, list) else []
    )
    return [word.strip() for word in words if isinstance(word, str) and word.strip()]


def _object(value: object, path: str, where: str) -> Json:
    if not isinstance(value, dict):
        raise InputError(f"{where}: is not a JSON object", path=path)
    return value


def _list(value: object, path: str, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"{where}: is not a JSON array", path=path)
    return value
