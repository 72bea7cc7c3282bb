"""A judged regimen as a FHIR Bundle (R5 or R4): what was read, an issue for every finding, and what was not assessed.

Each person has a ``Patient`` (where named), an ``Observation`` for every fact that is known (age, weight, kidneys …), a
``MedicationStatement`` for every item with its parsed ``Dosage``, a ``DetectedIssue`` for every finding that points at
the statements it implicates, and one ``OperationOutcome`` that lists what was not assessed. ``doseref check -f`` reads
the bundle again and comes to the same totals (``docs/fhir.md``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from doseref import __version__
from doseref.dosage.fhir import Version, to_fhir
from doseref.findings import Finding, Severity
from doseref.lists.fhir_notes import AS_GIVEN
from doseref.lists.fhir_resource import RXNORM
from doseref.quantities import Amount, json_number
from doseref.regimen.judged import Judged
from doseref.regimen.model import Item
from doseref.reports.characters import clean
from doseref.result import Result, printed_there

Json = dict[str, Any]

PERSON = "urn:doseref:person"
"""The system of people's names, and of the facts of a person that LOINC has no code for here."""
RULES = "urn:doseref:rule"
"""The system of the codes of findings (R101 …)."""
_SEVERITY = {Severity.ERROR: "high", Severity.WARNING: "moderate", Severity.INFO: "low"}
_FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


@printed_there
def bundle(result: Result, version: Version = "R5", made: datetime | None = None) -> Json:
    """The whole Bundle (``collection``), made at ``made`` (now); ``version`` is ``"R5"`` or ``"R4"``."""
    at = (made or datetime.now(UTC)).isoformat(timespec="seconds")
    entries: list[Json] = []
    for number, regimen in enumerate(result.regimens, start=1):
        entries += _Person(result, regimen, number, version, at).entries()
    return {
        "resourceType": "Bundle",
        "meta": {
            "tag": [
                {"system": "urn:doseref:program", "code": __version__},
                {"system": "urn:doseref:data", "code": result.data.version, "display": clean(result.data.described)},
                {"system": "urn:doseref:policy", "code": clean(result.policy)},
            ]
        },
        "type": "collection",
        "timestamp": at,
        "entry": entries,
    }


class _Person:
    """The resources of one person; ids are made of the person's number, so that one result gives one bundle."""

    def __init__(self, result: Result, regimen: Judged, number: int, version: Version, at: str) -> None:
        self.result, self.regimen, self.number, self.version, self.at = result, regimen, number, version, at

    def entries(self) -> list[Json]:
        """Patient and what is known of the person, statements, issues, outcome."""
        about = [*self._patient(), *self._facts()]
        return [*about, *map(self._statement, self.regimen.items), *self._issues(), self._outcome()]

    def _entry(self, kind: str, name: str, body: Json) -> Json:
        return {"fullUrl": self._url(name), "resource": {"resourceType": kind, "id": name, **body}}

    def _url(self, name: str) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:doseref:{self.number}:{name}')}"

    def _name(self, kind: str, number: int) -> str:
        return f"p{self.number}-{kind}{number}"

    @property
    def _patient_id(self) -> str:
        """The person's own name where FHIR can take it for an id."""
        own = (self.regimen.id or "").removeprefix("Patient/")
        return own if _FHIR_ID.fullmatch(own) else f"p{self.number}"

    def _patient(self) -> Iterator[Json]:
        if self.regimen.id is not None:
            said = clean(self.regimen.id).strip() or "unnamed"
            sex = self.regimen.patient.sex if self.regimen.patient else ""
            body = {"identifier": [{"system": PERSON, "value": said}], **({"gender": sex} if sex else {})}
            yield self._entry("Patient", self._patient_id, body)

    def _facts(self) -> Iterator[Json]:
        """What is known of the person, as observations: what speaks for such people only speaks again when read."""
        patient = self.regimen.patient
        known = list(_observed(patient)) if patient else []
        if patient and patient.sex and self.regimen.id is None:  # there is no Patient that could say so
            known.append(("sex", "Sex", {"valueString": patient.sex}))
        for number, (code, name, value) in enumerate(known, start=1):
            system = PERSON if code.isalpha() else "http://loinc.org"
            body: Json = {
                "status": "final",
                "code": {"coding": [{"system": system, "code": code, "display": name}], "text": name},
                "subject": self._subject,
                "effectiveDateTime": self.at,
            }
            yield self._entry("Observation", self._name("o", number), {**body, **value})

    @property
    def _subject(self) -> Json:
        return {"display": "not named"} if self.regimen.id is None else {"reference": self._url(self._patient_id)}

    def _statement(self, item: Item) -> Json:
        unknown = any(each.code == "R401" and item.n in each.items for each in self.regimen.findings)
        concept = _concept(item, unknown)
        r5 = self.version == "R5"
        body: Json = {
            "status": "recorded" if r5 else "active",
            **({"medication": {"concept": concept}} if r5 else {"medicationCodeableConcept": concept}),
            "subject": self._subject,
            "note": [{"text": f"{AS_GIVEN}{clean(item.given.text).strip() or 'blank'}"}],
        }
        if item.dosage is not None:
            body["dosage"] = to_fhir(item.dosage, self.version)
        return self._entry("MedicationStatement", self._name("m", item.n), body)

    def _issues(self) -> Iterator[Json]:
        for number, finding in enumerate(self.regimen.findings, start=1):
            yield self._entry("DetectedIssue", self._name("f", number), self._issue(finding))

    def _issue(self, finding: Finding) -> Json:
        body: Json = {
            "status": "final",
            "code": {
                "coding": [{"system": RULES, "code": finding.code, "display": finding.rule}],
                "text": finding.rule,
            },
            "severity": _SEVERITY[finding.severity],
            "subject" if self.version == "R5" else "patient": self._subject,
            "identifiedDateTime": self.at,
            "detail": clean(finding.message),
        }
        if finding.items:
            body["implicated"] = [{"reference": self._url(self._name("m", n))} for n in finding.items]
        told = [
            *map(self._source, finding.sources),
            *([f"working: {clean(finding.working)}"] if finding.working else []),
        ]
        if told:
            body["evidence"] = [{"code": [{"text": text}]} for text in told]
        if finding.mend:
            body["mitigation"] = [{"action": {"text": f"proposed: {clean(finding.mend)}"}}]
        return body

    def _source(self, source: str) -> str:
        known = self.result.data.sources.get(source)
        return f"source: {clean(known.title if known else source)}"

    def _outcome(self) -> Json:
        issues = [
            {
                "severity": "warning"
                if any(self.regimen.items[n - 1].status != "read" for n in numbers)
                else "information",
                "code": "incomplete",
                "details": {"text": f"not assessed: {clean(what)}: {clean(reason) or 'no reason given'}"},
                **({"expression": [self._place(n) for n in numbers]} if numbers else {}),
            }
            for numbers, what, reason in self.regimen.not_assessed
        ]
        whole = {"severity": "information", "code": "informational", "details": {"text": "every item was assessed"}}
        return self._entry("OperationOutcome", f"p{self.number}-not-assessed", {"issue": issues or [whole]})

    def _place(self, number: int) -> str:
        return f"Bundle.entry.where(resource.id = '{self._name('m', number)}').resource"


def _observed(patient: Any) -> Iterator[tuple[str, str, Json]]:
    """Code, name and value of each fact that is known of a person."""
    measures = (
        ("30525-0", "Age", patient.age, "a", "years"),
        ("29463-7", "Body weight", patient.weight, "kg", "kg"),
        ("33914-3", "Glomerular filtration rate", patient.egfr, "mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("crcl", "Creatinine clearance", patient.crcl, "mL/min", "mL/min"),
        ("2160-0", "Creatinine in serum", patient.creatinine, "mg/dL", "mg/dL"),
    )
    for code, name, value, unit, words in measures:
        if value is not None:
            quantity = {"value": json_number(value), "unit": words, "system": "http://unitsofmeasure.org", "code": unit}
            yield code, name, {"valueQuantity": quantity}
    if patient.pregnant:
        yield "82810-3", "Pregnancy status", {"valueCodeableConcept": {"text": "pregnant"}}
    if patient.hepatic:
        yield "hepatic", "Liver disease", {"valueBoolean": True}


def _concept(item: Item, unknown: bool) -> Json:
    """The drug: the product with its RxNorm code, else the name as it was found, else what was written (``unknown``:
    without its instruction).
    """
    product = item.product
    if product is not None:
        coding = [{"system": RXNORM[0], "code": product.rxcui, "display": product.label}] if product.rxcui else []
        return {**({"coding": coding} if coding else {}), "text": product.label}
    if item.dosage is not None and len(item.parts) > 1 and all(part.strength is not None for part in item.parts):
        # A combination by its composition: the strengths stand in its name, not in the dosage.
        named = (
            f"{part.as_named} {Amount(part.strength, part.unit)}" for part in item.parts if part.strength is not None
        )
        return {"text": clean(" / ".join(named))}
    if item.dosage is not None and item.parts:
        return {"text": clean(item.matched or item.given.drug or item.given.text)}
    written = item.given.drug or item.given.text
    if unknown and item.dosage is not None and not item.given.drug:
        written = (
            written.removesuffix(item.dosage.text).rstrip(" ,:;") or written
        )  # the instruction stands in ``dosage``
    return {"text": clean(written).strip() or "blank"}
