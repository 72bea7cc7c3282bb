"""A sig and the dosing columns beside it (dose, route, frequency …) as one instruction:
put together, or told to disagree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from doseref.dosage.model import Dosage, Option
from doseref.dosage.rates import same_rate
from doseref.dosage.said_twice import one_dose
from doseref.quantities import Range
from doseref.units import convert, convertible

Parse = Callable[[str], Dosage]
"""Reads one instruction."""

_ORDER = ("dose", "route", "frequency", "prn", "duration", "max", "max per day")
_BEFORE = frozenset(("dose",))
"""Columns whose words stand before the sig; the others follow it."""

_YES = frozenset(("y", "yes", "true", "t", "1", "x", "prn", "as needed", "when required", "as required", "if needed"))
_NO = frozenset(("n", "no", "false", "f", "0", "-", "scheduled", "regular"))


def merged_sig(sig: str, columns: Iterable[tuple[str, str]], parse: Parse, strength: str = "") -> tuple[str, str]:
    """The whole instruction and, where a column contradicts the sig, what differs (then the text is the sig alone).

    ``strength`` is what stands behind the drug's name ("500 mg"): two tablets of it and a dose of 1,000 mg are one
    thing. A column that says what the sig already says changes nothing; one that says what the sig leaves open is added
    to it.
    """
    cells = dict(columns)
    if cells.get("dose") and not any(letter.isalpha() for letter in cells["dose"]):
        cells["dose"] = f"{cells['dose']} {cells.get('dose unit') or cells.get('form', '')}".strip()
    read = parse(sig) if sig.strip() else None
    if cells.get("dose unit") and not cells.get("dose") and not _said("dose", read):
        return sig, f"the column of the unit says '{cells['dose unit']}' and that of the dose is empty"
    before: list[str] = []
    behind: list[str] = []
    for role in _ORDER:
        words = as_words(role, cells[role]) if cells.get(role) else ""
        if role == "prn" and cells.get(role) and not words and read is not None and any(o.prn for o in read.options):
            return sig, f"the sig says as needed, the column '{cells[role]}'"
        if not words:
            continue
        said = _said(role, read)
        if said:
            if not _agrees(role, words, read, parse, strength):
                return sig, f"the sig '{sig}' and the column of the {role} ('{cells[role]}') do not agree"
            if role not in ("max", "max per day"):
                continue
        (before if role in _BEFORE else behind).append(words)
    return " ".join(word for word in (*before, sig.strip(), *behind) if word), ""


def as_words(role: str, cell: str) -> str:
    """What a cell of a dosing column says as words of a sig; empty where it says nothing ("no" under "as needed")."""
    word = re.sub(r"\s+", " ", cell).strip()
    low = word.lower()
    if role == "prn":
        if low in _NO:
            return ""
        return "as needed" if low in _YES else f"as needed for {word.removeprefix('for ')}"
    if role in ("max", "max per day"):
        stated = word if low.startswith(("max", "not more", "do not", "no more", "up to")) else f"max {word}"
        period = re.search(r"\b(?:per|in|daily|day|every|each|a)\b|/", low)
        return stated if role == "max" or period else f"{stated} per day"
    if role == "duration":
        return word if low.startswith(("for ", "x ", "x", "until")) else f"for {word}"
    return word


def _said(role: str, read: Dosage | None) -> bool:
    """Whether a sig already says what a column of this role is about."""
    if read is None:
        return False
    if role in ("max", "max per day"):
        return bool(read.maximum)
    return any(_field(role, option) for option in read.options)


def _field(role: str, option: Option) -> object:
    if role == "dose":
        return option.dose or option.count
    if role == "frequency":
        return option.times or option.every or option.when or option.at or option.days or option.doses_total
    return option.route if role == "route" else option.prn if role == "prn" else option.duration


def _agrees(role: str, words: str, read: Dosage | None, parse: Parse, strength: str) -> bool:
    """Whether a column says the same as the sig; two maxima, and as needed beside as needed, always go together."""
    if role in ("prn", "max", "max per day"):
        return True
    if read is None or len(read.options) != 1:
        return role == "route"  # parts and alternatives: nothing to hold one cell against, but for the route
    other = parse(f"1 mg {words}" if role == "route" else words)  # a route alone is no instruction
    if other.status != "read" or len(other.options) != 1:
        return role == "route" and read.options[0].route is not None and words.lower() in read.text.lower()
    have, said = read.options[0], other.options[0]
    if role == "dose":
        return bool(same_dose(have, said, strength_in(strength, parse)))
    if role == "frequency":
        return _same_rate(have, said)
    if role == "route":
        return said.route in (None, have.route)
    return said.duration in (None, have.duration)


def strength_in(text: str, parse: Parse) -> Range | None:
    """The one strength that a text behind a drug's name states."""
    read = parse(text) if text else None
    if read is None or len(read.options) != 1 or read.status == "unread":
        return None
    option = read.options[0]
    if len(option.strengths) == 1 and option.strengths[0].per is None:
        return Range(option.strengths[0].amount, option.strengths[0].amount, option.strengths[0].unit)
    return option.dose


def same_dose(have: Option, said: Option, strength: Range | None) -> bool | None:
    """Whether two doses are the very same (:func:`doseref.dosage.said_twice.one_dose`)."""
    return one_dose(have, said, strength, _same)


def _same(one: Range, other: Range) -> bool:
    """Whether two amounts are one, whatever unit they are written in."""
    if not convertible(one.unit, other.unit):
        return False
    return convert(one.low, one.unit, other.unit) == other.low and convert(one.high, one.unit, other.unit) == other.high


def _same_rate(have: Option, said: Option) -> bool:
    same = same_rate(have, said)
    return (have.when, have.at, have.days) == (said.when, said.at, said.days) if same is None else same
