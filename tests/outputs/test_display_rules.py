"""How a dose may be printed, so that nobody misreads it: held over every message that the decks and the rules produce.

The rules are those of safe medication lists: a space before the unit, a zero before the point and none behind the last
digit, commas from 1,000, "mcg" and "units" in full, no abbreviation that is on a list of error-prone ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import doseref
from decks.deck import DECKS, read

SAID = ("message", "mend", "working", "reason", "to_do")
"""Keys whose texts the program writes itself; what people wrote stands in quotation marks in them, or under other keys."""
_UNIT = r"(?:mg|mcg|g|kg|mL|L|mmol|mEq|units?|tablets?|capsules?|patch(?:es)?|puffs?|drops?)"
RULES = {
    "a zero behind the last digit": re.compile(rf"\d\.\d*0(?= {_UNIT}\b)"),
    "no zero before the point": re.compile(r"(?<![\d.,])\.\d"),
    "no comma from 1,000": re.compile(rf"(?<![\d.,/-])\d{{4,}}(?:\.\d+)?(?= {_UNIT}\b)"),
    "no space before the unit": re.compile(r"(?<![\w.,-])\d[\d,.]*(?:mg|mcg|g|mL|units?)\b"),
    "a sign for micro": re.compile(r"[µμ]g"),
    "an abbreviation that is misread": re.compile(r"(?<!\w)(?:IU|U|qd|q\.d\.|qod|QD|QOD|cc|ug)(?!\w)"),
    "a number with an exponent": re.compile(r"\d[eE][+-]?\d"),
}


def broken(text: str) -> list[str]:
    """The rules that a text of the program breaks; what it quotes is not its own."""
    own = re.sub(r"'[^']*'", "''", text)
    return [rule for rule, pattern in RULES.items() if pattern.search(own)]


def said(document: Any, names: tuple[str, ...]) -> Iterator[str]:
    """Every text that the program wrote in a document of ``check``, but for names, which are as they were typed or printed."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in SAID and isinstance(value, str):
                for name in names:
                    value = value.replace(name, "…")
                yield value
            else:
                yield from said(value, names)
    elif isinstance(document, list):
        for each in document:
            yield from said(each, names)


@pytest.mark.parametrize("country", ["US", "GB"])
def test_every_report_of_the_decks_keeps_the_display_rules(country: str) -> None:
    told: dict[str, list[str]] = {}
    texts = 0
    for deck in DECKS.values():
        for row in read(deck):
            document = doseref.check(list(row.items), country=country).to_json()
            for text in said(document, _names(document)):
                texts += 1
                for rule in broken(text):
                    told.setdefault(rule, []).append(f"{row.id}: {text}")
    assert texts > 500
    assert {rule: texts[:3] for rule, texts in told.items()} == {}


def _names(document: Any) -> tuple[str, ...]:
    """Items as they were typed, products as their boxes say and sources as they are titled, the longest first."""
    found = {source.title for source in doseref.reference().sources.values()}
    for regimen in document["regimens"]:
        for item in regimen["items"]:
            found |= {str(item.get(key) or "") for key in ("text", "drug", "name", "sig", "product")}
            found |= set(re.split(r"\s+(?=\d)", str(item.get("text") or ""), maxsplit=1)[:1])
    return tuple(sorted(found - {""}, key=len, reverse=True))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("5.0 mg in 24 hours", "a zero behind the last digit"),
        ("take .5 mg", "no zero before the point"),
        ("3000 mg in 24 hours", "no comma from 1,000"),
        ("500mg", "no space before the unit"),
        ("100 µg", "a sign for micro"),
        ("4,000 IU", "an abbreviation that is misread"),
        ("1E+3 mg", "a number with an exponent"),
    ],
)
def test_a_broken_rule_is_seen(text: str, rule: str) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize(
    "text", ["3,900 mg in 24 hours (2 tablets × 325 mg × 6)", "0.5 mg", "'500mg' is not a name known here", "10 mcg"]
)
def test_what_is_written_well_passes(text: str) -> None:
    assert broken(text) == []
