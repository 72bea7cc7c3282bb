"""What a FHIR resource says of its taking beside the instruction itself: notes and instructions in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from doseref.dosage.model import Dosage
from doseref.dosage.rates import same_rate
from doseref.lists.fhir_medication import Json, texts_of
from doseref.regimen.merged import same_dose
from doseref.regimen.notes import may_change_the_dose

AS_GIVEN = "as given: "
"""Begins the note in which a report of this program keeps the words of an item; it is read again as no note."""


def objects_of(body: Json, field: str) -> list[Json]:
    """The objects of a field that is a list."""
    listed = body.get(field)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def notes_beside(body: Json) -> str:
    """The notes of a resource, as they are written."""
    return "; ".join(text for text in _texts(objects_of(body, "note")) if not text.startswith(AS_GIVEN))


def instructions_beside(dosages: list[Json], read: Dosage, parse: Callable[[str], Dosage]) -> str:
    """The words for the patient and the additional instructions that may change the dose that the instruction gives;
    what only says it again is left out.
    """
    told = [text for each in dosages for text in _instructions(each)]
    return "; ".join(text for text in told if may_change_the_dose(text) and not _again(text, read, parse))


def _instructions(dosage: Json) -> Iterator[str]:
    patient = dosage.get("patientInstruction")
    if isinstance(patient, str) and patient.strip():
        yield patient.strip()
    for concept in objects_of(dosage, "additionalInstruction"):
        yield from texts_of(concept)[:1]


def _texts(annotations: list[Json]) -> Iterator[str]:
    for each in annotations:
        text: Any = each.get("text")
        if isinstance(text, str) and text.strip():
            yield text.strip()


def _again(text: str, read: Dosage, parse: Callable[[str], Dosage]) -> bool:
    """Whether a text says the same amount at the same rate as what was read."""
    said = parse(text)
    if text == read.text:
        return True
    if said.status != "read" or len(said.options) != 1 or len(read.options) != 1 or said.maximum != read.maximum:
        return False
    have, again = read.options[0], said.options[0]
    return same_dose(have, again, None) is not False and same_rate(have, again) is not False
