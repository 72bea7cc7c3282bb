"""One resource of a FHIR document as an item: who takes it, what drug it names, how it is taken."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from doseref.dosage.fhir_read import from_fhir
from doseref.dosage.model import Dosage, Problem, Strength
from doseref.dosage.said_twice import doses_meet
from doseref.errors import InputError
from doseref.items.identify import identify
from doseref.items.identity import parts_of
from doseref.lists.fhir_medication import Json, described, ingredients_of, strengths_of, texts_of
from doseref.lists.fhir_notes import instructions_beside, notes_beside, objects_of
from doseref.names import Names, names
from doseref.quantities import Range, printed
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.merged import strength_in
from doseref.regimen.model import Given
from doseref.tables.entries import Product

RXNORM = ("http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88")
"""The systems under which FHIR knows RxNorm codes."""

_NO_TEXT = "(structured, without text)"


def instructions_of(kind: str) -> str:
    """The field of a resource that holds its instructions."""
    return "dosage" if kind == "MedicationStatement" else "dosageInstruction"


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


class NamesNothing(InputError):
    """A resource that names no drug, or refers to one that is not there: it is not read, and keeps nobody else from
    being judged.
    """


class UnknownCode(NamesNothing):
    """A resource whose drug is a code alone that the data do not know; ``drug`` is the code in words."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the RxNorm code {code} is not known here, and no name stands beside it")
        self.drug = f"RxNorm {code}"


class ResourceReader:
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

    @cached_property
    def coded_substances(self) -> dict[str, str]:
        """Names of substances by RxNorm code."""
        return {each.rxcui: each.name for each in self.data.substances.values() if each.rxcui}

    def based_on(self, node: Node) -> set[str]:
        """What a statement says it is based on or derived from."""
        found: set[str] = set()
        for field in ("basedOn", "derivedFrom", "authorizingPrescription"):
            where = f"{node.where}.{field}"
            for index, entry in enumerate(list_at(node.body.get(field), self.path, where)):
                target = object_at(entry, self.path, f"{where}[{index}]").get("reference")
                if isinstance(target, str):
                    known = self.targets.get(target)
                    found |= {target, known.name} if known else {target}
        return found

    def person(self, node: Node) -> str | None:
        """Who takes it: the reference to the subject, in the same words however it is written."""
        subject = node.body.get("subject")
        if subject is None:
            return None
        subject = object_at(subject, self.path, f"{node.where}.subject")
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

    def given(self, node: Node, *, alone: bool = False) -> Given:
        """The item of one resource; one that names no drug is refused, and told as an error where it is ``alone``."""
        try:
            drug, product = self._drug(node)
        except UnknownCode as unknown:
            return Given(unknown.drug, place=f"{self.path}#{node.where}", unnamed=str(unknown))
        except NamesNothing as unnamed:
            if alone:
                raise
            place = f"{self.path}#{node.where}"
            return Given(node.name or node.kind, place=place, refused=str(unnamed).removeprefix(f"{self.path}: "))
        if node.body.get("modifierExtension"):
            why = "a modifierExtension is not understood, and it may change or negate what the resource says"
            return Given(drug, place=f"{self.path}#{node.where}", refused=why)
        dosage = self._dosage(node)
        place = f"{self.path}#{node.where}"
        if dosage is None:
            sig = node.body.get("renderedDosageInstruction")
            words = sig if isinstance(sig, str) else ""
            return Given(f"{drug} {words}".strip(), drug, words, place, note=notes_beside(node.body))
        said = instructions_beside(objects_of(node.body, instructions_of(node.kind)), dosage, self.index.data.parse)
        if self._contradicts(dosage, drug, product):
            problem = Problem("the text and the structured dose differ", 0, len(dosage.text))
            dosage = replace(dosage, status="unread", problems=tuple(dict.fromkeys((*dosage.problems, problem))))
        elif product is None:
            dosage = self._with_strength(dosage, drug)
        note = "; ".join(filter(None, (said, notes_beside(node.body))))
        return Given(f"{drug} {dosage.text}".strip(), drug, dosage.text, place, dosage, note=note)

    def left_out(self, node: Node, why: str) -> Given:
        """A resource that is not judged, by its name; one that was entered in error may have none."""
        try:
            drug = self._drug(node)[0]
        except UnknownCode as unknown:
            drug = unknown.drug
        except InputError:
            drug = node.kind
        return Given(drug, place=f"{self.path}#{node.where}", left_out=why)

    def _dosage(self, node: Node) -> Dosage | None:
        """All instructions taken together; ``None`` where there is none."""
        field = instructions_of(node.kind)
        where = f"{node.where}.{field}"
        listed = list_at(node.body.get(field), self.path, where)
        objects = [object_at(each, self.path, f"{where}[{index}]") for index, each in enumerate(listed)]
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
        """Whether the text counts other units than the structure's amount makes of the strength:
        2 tablets of 500 mg are not 500 mg.
        """
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
        return doses_meet(have, said, strength) is False

    def _with_strength(self, dosage: Dosage, drug: str) -> Dosage:
        """The strength that only the drug's name states ("ibuprofen 200 MG Oral Tablet"),
        put where the dosage counts units.
        """
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
        texts = texts_of(concept)
        codes = self._codes(concept, where)
        product = next((known for code in codes if (known := self._product(code))), None)
        if product is None:
            if not texts and codes:
                ingredient = next((name for code in codes if (name := self.coded_substances.get(code))), None)
                if ingredient is None:
                    raise UnknownCode(codes[0])
                return ingredient, None
            if not texts:
                raise NamesNothing(
                    f"{where}: names no medication (no text, no display, no RxNorm code)", path=self.path
                )
            return texts[0], None
        if other := self._other_drug(product, texts):
            # Two names for one item: taking either would be a guess.
            return f"contradiction: {product.label} by its code {product.rxcui}, '{other}' by its text", None
        return product.label, product

    def _codes(self, concept: Json, where: str) -> list[str]:
        """The RxNorm codes of a concept."""
        codes = []
        for index, entry in enumerate(list_at(concept.get("coding"), self.path, f"{where}.coding")):
            coding = object_at(entry, self.path, f"{where}.coding[{index}]")
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
            return object_at(body["medicationCodeableConcept"], self.path, where), where
        if "medicationReference" in body:
            where = f"{where}.medicationReference"
            return self._referred(object_at(body["medicationReference"], self.path, where), node, where)
        if "medication" in body:
            where = f"{where}.medication"
            medication = object_at(body["medication"], self.path, where)
            if "concept" in medication:
                return object_at(medication["concept"], self.path, f"{where}.concept"), f"{where}.concept"
            if "reference" in medication:
                where = f"{where}.reference"
                return self._referred(object_at(medication["reference"], self.path, where), node, where)
            raise InputError(f"{where}: has neither concept nor reference", path=self.path)
        raise InputError(f"{where}: has no medication", path=self.path)

    def _referred(self, link: Json, node: Node, where: str) -> tuple[Json, str]:
        """The concept of the Medication behind a reference, or the reference's own display where it leads out of the
        file.
        """
        target = link.get("reference")
        if isinstance(target, str) and target:
            found = self._contained(target[1:], node) if target.startswith("#") else self.targets.get(target)
            if found is not None and found.kind == "Medication":
                return self._of_medication(found), f"{found.where}.code"
            if found is not None:
                raise NamesNothing(
                    f"{where}: leads to a {found.kind or 'resource without a type'}, not to a Medication",
                    path=self.path,
                )
        display = link.get("display")
        if isinstance(display, str) and display.strip():
            return {"text": display}, where
        raise NamesNothing(f"{where}: '{target}' is not in the file, and there is no display", path=self.path)

    def _contained(self, identity: str, node: Node) -> Node | None:
        where = f"{node.where}.contained"
        for index, entry in enumerate(list_at(node.body.get("contained"), self.path, where)):
            body = object_at(entry, self.path, f"{where}[{index}]")
            if body.get("id") == identity:
                return Node(body, f"{where}[{index}]")
        return None

    def _of_medication(self, found: Node) -> Json:
        """The code of a Medication resource, with the strengths of its ingredients where its name states none."""
        code = found.body.get("code")
        named = ingredients_of(found.body)
        if code is None and not named:
            raise NamesNothing(f"{found.where}: the Medication has no code", path=self.path)
        if code is None:
            return {"text": described(named)}
        concept = object_at(code, self.path, f"{found.where}.code")
        texts = texts_of(concept)
        if not texts or not named or self._codes(concept, f"{found.where}.code"):
            return concept
        numbers = set(re.findall(r"[0-9]+(?:\.[0-9]+)?", texts[0].replace(",", "")))
        if not numbers:
            return (
                {"text": f"{texts[0]} {strengths_of(named)}".strip()} if len(named) == 1 else {"text": described(named)}
            )
        if not all(printed(amount.value) in numbers for _, amount in named if amount):
            return {"text": f"contradiction: '{texts[0]}' by its name, {described(named)} by its ingredients"}
        return concept


def object_at(value: object, path: str, where: str) -> Json:
    """A value that must be a JSON object; raises :class:`InputError` with its place where it is none."""
    if not isinstance(value, dict):
        raise InputError(f"{where}: is not a JSON object", path=path)
    return value


def list_at(value: object, path: str, where: str) -> list[Any]:
    """A value that must be a JSON array or missing (``[]``); raises :class:`InputError` with its place where it is
    none.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"{where}: is not a JSON array", path=path)
    return value
