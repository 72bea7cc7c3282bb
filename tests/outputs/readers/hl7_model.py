"""An answer of the service held against the elements of HL7's own logical models of CDS Hooks (``cds-hooks-model.tsv``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Element(NamedTuple):
    """One element: how often it stands there, of which type, with which values."""

    least: int
    most: str
    type: str
    values: frozenset[str]


@lru_cache(maxsize=1)
def _models() -> dict[str, dict[str, Element]]:
    found: dict[str, dict[str, Element]] = {}
    text = Path(__file__).with_name("cds-hooks-model.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    for kind, path, least, most, kind_of, values in csv.reader(rows, delimiter="\t"):
        element = Element(int(least), most, kind_of, frozenset(filter(None, values.split("|"))))
        found.setdefault(kind, {})[path] = element
    return found


def faults(kind: str, answer: Any) -> list[str]:
    """What of a ``response``, ``discovery`` or ``feedback`` is not as its model has it."""
    return [*_object(_models()[kind], "", answer), *(_rules(answer) if kind == "response" else ())]


def _object(model: dict[str, Element], path: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path or 'the answer'}: no object"
        return
    depth = path.count(".") + 1 if path else 0
    own = {
        name: element
        for name, element in model.items()
        if name.count(".") == depth and name.startswith(f"{path}." if path else "")
    }
    names = {name.rpartition(".")[2]: name for name in own}
    yield from (f"{path}.{unknown}: not of the model" for unknown in value.keys() - names.keys() - {"extension"})
    for short, name in names.items():
        element, given = own[name], value.get(short)
        if given is None:
            if element.least or short in value:
                yield f"{name}: missing"
        elif element.most == "*" and not isinstance(given, list):
            yield f"{name}: no list"
        else:
            for each in given if isinstance(given, list) and element.most == "*" else [given]:
                yield from _value(model, name, element, each)


def _value(model: dict[str, Element], name: str, element: Element, value: Any) -> Iterator[str]:
    if element.type == "object":
        yield from _object(model, name, value)
        return
    sound = {
        "boolean": isinstance(value, bool),
        "map": isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
        "resource": isinstance(value, dict) and "resourceType" in value,
        "coding": isinstance(value, dict) and isinstance(value.get("code"), str),
    }.get(element.type, isinstance(value, str) and bool(value))
    if sound and element.type == "uuid":
        sound = bool(_UUID.fullmatch(value))
    if sound and element.type == "url":
        sound = re.fullmatch(r"https?://\S+", value) is not None
    if not sound or (element.values and value not in element.values):
        yield f"{name}: {value!r} is no {element.type}"


def _rules(answer: Any) -> Iterator[str]:
    """The model's rules for cards: summaries under 140 characters, reasons with a display (cds-resp-4), suggestions with
    how many may be chosen (cds-resp-6), no context for a link that is no app (cds-resp-3)."""
    for card in answer.get("cards", ()):
        if len(card.get("summary", "")) >= 140:
            yield "cards.summary: 140 characters or more"
        if not all(reason.get("display") for reason in card.get("overrideReasons", ())):
            yield "cds-resp-4"
        if card.get("suggestions") and not card.get("selectionBehavior"):
            yield "cds-resp-6"
        if any(link.get("type") != "smart" and "appContext" in link for link in card.get("links", ())):
            yield "cds-resp-3"
