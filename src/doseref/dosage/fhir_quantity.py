"""FHIR ``Quantity`` and ``Range`` as exact amounts, and the careful getters under :mod:`doseref.dosage.fhir_read`.

The JSON comes from other systems, so nothing in it is trusted to be of the type it should be.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from doseref import units
from doseref.dosage.fhir_terms import BASE, UCUM, UCUM_SYNONYMS
from doseref.dosage.vocabulary import Vocabulary
from doseref.quantities import Amount, Range

Json = dict[str, Any]


class Notes:
    """What could not be read, in order, each once; and the ``vocabulary`` that texts inside a resource are read
    with.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.messages: list[str] = []

    def add(self, message: str) -> None:
        """Tell of one thing."""
        if message not in self.messages:
            self.messages.append(message)


def as_dict(value: Any) -> Json:
    """``value`` where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """``value`` where it is a list, a list of it where it is anything else but null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def as_text(value: Any) -> str:
    """``value`` where it is a string, else ``""``."""
    return value if isinstance(value, str) else ""


def read_number(holder: Json, name: str, notes: Notes) -> Decimal | None:
    """The exact, finite, non-negative number ``holder[name]``; ``None`` and a note where it is something else."""
    value = holder.get(name)
    if value is None:
        return None
    for extension in map(as_dict, as_list(as_dict(holder.get(f"_{name}")).get("extension"))):
        if extension.get("url") == BASE + "exact":
            value = as_text(extension.get("valueString"))
    if not isinstance(value, bool) and isinstance(value, int | float | str | Decimal):
        text = repr(value) if isinstance(value, float) else str(value)
        try:
            number = Decimal(text) if len(text) <= 400 and text.isascii() else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and number >= 0 and abs(number.adjusted()) < 100:
            return number
    notes.add(f"{name} is not a usable number: {str(value)[:40]}")
    return None


def read_unit(code: str, word: str, system: str) -> str | None:
    """The project's unit code for a FHIR quantity's ``code`` and ``unit``, or ``None``.
    "Mg" is UCUM's megagram and refused.
    """
    for text in (code, word.removesuffix("(s)")):
        if not text:
            continue
        known = UCUM_SYNONYMS.get(text, text)
        if known in units.UNITS:
            return known
        if system == UCUM and text is code and text.startswith("Mg"):
            return None
        bare = known.strip("{}")
        found = None if bare.startswith("Mg") else units.lookup(bare)
        if found:
            return found
    return None


def read_quantity(quantity: Json, notes: Notes, *, time: bool = False) -> Amount | None:
    """A FHIR ``Quantity`` as an Amount (``time``: of a UCUM time code); ``None`` and a note where it cannot be read."""
    value = read_number(quantity, "value", notes)
    code, word = as_text(quantity.get("code")), as_text(quantity.get("unit"))
    if quantity.get("comparator"):
        notes.add(f"a quantity with a comparator ({quantity['comparator']}) is not read")
        return None
    if value is None:
        notes.add("a quantity without a value is not read")
        return None
    if time:
        unit = _time_unit(code) or _time_unit(word)
    else:
        unit = read_unit(code, word, as_text(quantity.get("system")))
        other = read_unit("", word, "") if code and word else None
        if unit and other and not _one_unit(unit, other):
            notes.add(f"the unit '{word}' and its code '{code}' differ")
            return None
    if unit is None:
        notes.add(f"unknown unit {code or word or '(none)'}")
        return None
    return Amount(value, unit)


def _one_unit(code: str, word: str) -> bool:
    """Whether code and unit of a quantity say one thing; "dose" and "tablet" may both stand for what is counted."""
    if code == word or {code, word} & {"{dose}", "1"}:
        return True
    return units.convertible(code, word) and units.convert(Decimal(1), code, word) == 1


def _time_unit(word: str) -> str | None:
    if word in units.TIME_WORDS:
        return word
    plain = word.lower()
    return next((code for code, words in units.TIME_WORDS.items() if plain in words), None)


def read_range(ends: Json, notes: Notes, *, time: bool = False) -> Range | None:
    """A FHIR ``Range``; without a low end it starts at 0, without a high end it cannot be read."""
    high = read_quantity(as_dict(ends.get("high")), notes, time=time)
    if high is None:
        return None
    if ends.get("low") is None:
        return Range(Decimal(0), high.value, high.unit)
    low = read_quantity(as_dict(ends["low"]), notes, time=time)
    if low is None:
        return None
    if not time and low.unit != high.unit and units.convertible(low.unit, high.unit):
        low = low.to(high.unit)
    if low.unit != high.unit or low.value > high.value:
        notes.add(f"not a range: {low} to {high}")
        return None
    return Range(low.value, high.value, high.unit)
