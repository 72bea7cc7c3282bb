"""What a FHIR medication is called and holds: its texts, its ingredients and their strengths."""

from __future__ import annotations

from typing import Any

from doseref.dosage.fhir_quantity import Notes, as_dict, as_list, read_quantity
from doseref.dosage.vocabulary import Vocabulary
from doseref.quantities import Amount

Json = dict[str, Any]


def ingredients_of(medication: Json) -> list[tuple[str, Amount | None]]:
    """Names and strengths per unit of a Medication's ingredients; a strength per several units or per volume is
    ``None``.
    """
    found: list[tuple[str, Amount | None]] = []
    for entry in as_list(medication.get("ingredient")):
        item = as_dict(as_dict(entry).get("itemCodeableConcept")) or as_dict(
            as_dict(as_dict(entry).get("item")).get("concept")
        )
        names_ = texts_of(item)
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


def strengths_of(named: list[tuple[str, Amount | None]]) -> str:
    """The strengths alone, as a name writes them: ``5 mg / 325 mg``."""
    return " / ".join(str(amount) for _, amount in named if amount)


def described(named: list[tuple[str, Amount | None]]) -> str:
    """Each ingredient with its strength where one is known."""
    return " / ".join(f"{name} {amount}" if amount else name for name, amount in named)


def texts_of(concept: Json) -> list[str]:
    """What a concept is called: its text first, then the displays of its codings."""
    codings = concept.get("coding")
    words = [concept.get("text")]
    words += (
        [coding.get("display") for coding in codings if isinstance(coding, dict)] if isinstance(codings, list) else []
    )
    return [word.strip() for word in words if isinstance(word, str) and word.strip()]
