"""Requests of the JSON API as regimens and options: the same words as the command and its JSON files."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from doseref.api import check
from doseref.errors import InputError, UsageError
from doseref.lists.files import read_file
from doseref.refdata import Reference
from doseref.result import Person, Result
from doseref.service.bounds import Bounds, RefusedError

WHERE = "request"
"""What the place of an item begins with."""
_WORDS = {
    "policy": str,
    "country": str,
    "otc": bool,
    "as_of": str,
    "strict": bool,
    "accept_suggestions": bool,
    "pregnant": bool,
    "hepatic": bool,
    "sex": str,
}
_NUMBERS = ("age", "weight", "egfr", "crcl", "creatinine")


def people(document: Any, data: Reference, bounds: Bounds) -> list[Person]:
    """Everybody's items in ``{"text"}``, ``{"items"}``, ``{"regimens"}`` or a FHIR resource;
    raises :class:`RefusedError`.
    """
    if not isinstance(document, dict):
        raise RefusedError(
            400, "the body has to be a JSON object with 'text', 'items' or 'regimens', or a FHIR resource"
        )
    if isinstance(document.get("text"), str) and "resourceType" not in document:
        content, name = document["text"].encode("utf-8", "replace"), f"{WHERE}.txt"
    else:
        content, name = json.dumps(document, default=_number).encode(), f"{WHERE}.json"
    try:
        found = read_file(name, content, data)
    except InputError as error:
        raise RefusedError(422, str(error)) from None
    return bounded([Person(who, tuple(items)) for who, items in found], bounds)


def bounded(found: list[Person], bounds: Bounds) -> list[Person]:
    """The people, where they are not more than is answered in one request; raises :class:`RefusedError`."""
    count = sum(len(person.items) for person in found)
    if count == 0:
        raise RefusedError(422, "there are no items in the request")
    if count > bounds.items:
        raise RefusedError(413, f"{count:,} items: at most {bounds.items} are checked in one request")
    if any(len(item.text) > bounds.item_characters for person in found for item in person.items):
        raise RefusedError(413, f"an item is longer than {bounds.item_characters:,} characters")
    return found


def checked(found: list[Person], options: Any, data: Reference) -> Result:
    """The check with the options of the request; raises :class:`RefusedError` for an option that is not one."""
    try:
        return check(found, data=data, **_options(options))
    except UsageError as error:
        raise RefusedError(400, str(error)) from None


def _options(options: Any) -> dict[str, Any]:
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise RefusedError(400, "'options' has to be an object")
    taken: dict[str, Any] = {}
    for name, value in options.items():
        if name in _NUMBERS:
            taken[name] = _measure(name, value)
        elif name in _WORDS:
            if not isinstance(value, _WORDS[name]):
                raise RefusedError(
                    400, f"option '{name}' has to be a {'yes or no (true, false)' if _WORDS[name] is bool else 'text'}"
                )
            taken[name] = value
        else:
            raise RefusedError(400, f"there is no option '{name}'; there are {', '.join((*_WORDS, *_NUMBERS))}")
    if "as_of" in taken:
        try:
            taken["as_of"] = date.fromisoformat(taken["as_of"]).isoformat()
        except ValueError:
            raise RefusedError(400, "option 'as_of' has to be a day like 2026-01-31") from None
    return taken


def _measure(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 < value <= 1000:
        raise RefusedError(400, f"option '{name}' has to be a number above 0, at most 1,000")
    return Decimal(value)


def _number(value: Any) -> Any:
    """A decimal number on its way back into JSON text: exact where a binary float is."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
