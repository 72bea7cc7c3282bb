"""Heads of columns that say the unit of their cells: ``dose (mg)``, ``times per day``, ``weight (lb)``.

The unit belongs to a bare number only. A cell that has a unit of its own, another one than its head, is refused: which
of the two is right, nobody here can tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from doseref.patterns import regex
from doseref.units import UNITS, lookup

_BRACKET = regex(r"(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*")
_NUMBER = regex(r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(?:\s*(?:-|–|to)\s*(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+))?")
_STRENGTH = regex(r"[0-9]+(?:\.[0-9]+)?(?:\s*[/-]\s*[0-9]+(?:\.[0-9]+)?)*")
_SAYS_UNIT = frozenset(("unit", "units", "uom"))
"""Words that head a column of units, and are units of activity too: only in brackets are they the unit of the cells."""
AMOUNTS = ("dose", "strength", "max", "max per day")
"""Roles whose bare numbers take a unit of an amount."""
_PER = {
    "per day": "{} times a day", "a day": "{} times a day", "day": "{} times a day", "daily": "{} times a day",
    "times per day": "{} times a day", "times a day": "{} times a day", "times day": "{} times a day",
    "times daily": "{} times a day", "per week": "{} times a week", "times per week": "{} times a week",
    "hours": "every {} hours", "hour": "every {} hours", "hrs": "every {} hours", "h": "every {} hours",
}  # fmt: skip
"""What stands behind "frequency" → what its bare numbers say."""
_OFTEN = {
    "times per day": "per day", "times a day": "per day", "times day": "per day", "times daily": "per day",
    "doses per day": "per day", "doses a day": "per day", "doses day": "per day", "daily frequency": "per day",
    "number of times per day": "per day", "no of times per day": "per day", "administrations per day": "per day",
    "times per week": "per week", "doses per week": "per week",
    "every hours": "hours", "interval hours": "hours", "every x hours": "hours",
}  # fmt: skip
"""Heads of a column of how often that name no frequency."""
_LENGTHS = {word: f"{{}} {unit}s" for unit in ("day", "week", "month") for word in (unit, f"{unit}s")}
_FACTS = {
    "weight": ("kg", "lb", "lbs"),
    "creatinine": ("mg/dl", "umol/l", "µmol/l", "μmol/l"),
    "age": ("years", "yrs", "y", "months", "mths", "weeks"),
    "crcl": ("ml/min",),
    "egfr": ("ml/min", "ml/min/1.73m2", "ml/min/1.73m²", "ml/min/1.73 m2", "ml/min/1.73 m²"),
}


def plain(head: str) -> str:
    """A head as it is looked up: small letters, single spaces."""
    return re.sub(r"[\s_\-./:]+", " ", head.replace("\ufeff", "")).strip(" ?*()").lower()


def read_head(head: str, roles: Mapping[str, str]) -> tuple[str, str] | None:
    """The role that a head with a unit has, and what its bare numbers say (``{} mg``, ``{} times a day``);
    ``None`` for any other head. ``roles`` are the heads that are known without one.
    """
    found = _BRACKET.fullmatch(head)
    joined = plain(re.sub(r"[()\[\]]", " ", head))
    if joined in _OFTEN:
        return "frequency", _PER[_OFTEN[joined]]
    if found is None:
        base, _, unit = joined.rpartition(" ")
        return None if unit in _SAYS_UNIT else _with_unit(roles.get(base.removesuffix(" in"), ""), unit)
    role = roles.get(plain(found[1]), "")
    said = _with_unit(role, found[2])
    return said or ((roles[joined], "") if joined in roles and roles[joined] == role else None)


def unit_of_mapped(head: str, role: str) -> str:
    """What the bare numbers say below a head that the user gave its role (``--map 'Dosis (mg)=dose'``); empty where it
    says no unit.
    """
    found = _BRACKET.fullmatch(head)
    return (_with_unit(role, found[2]) or ("", ""))[1] if found else ""


def _with_unit(role: str, unit: str) -> tuple[str, str] | None:
    """A role and the unit behind it, where they go together."""
    small = " ".join(unit.lower().split())
    if role in AMOUNTS and _is_amount(role, lookup(small)):
        return role, f"{{}} {small}"
    if role == "frequency" and plain(small) in _PER:
        return role, _PER[plain(small)]
    if role == "duration" and small in _LENGTHS:
        return role, _LENGTHS[small]
    return (role, f"{{}} {small}") if small in _FACTS.get(role, ()) else None


def _is_amount(role: str, code: str | None) -> bool:
    """Whether a dose can be in this unit: no time, and of a strength nothing that is counted."""
    if code is None or UNITS[code].dimension == "time":
        return False
    return role != "strength" or not code.startswith("{")


def with_its_unit(role: str, cell: str, said: str) -> str | None:
    """A cell with what its head says of a bare number; ``None`` where it has another unit than its head."""
    number = _STRENGTH if role == "strength" else _NUMBER
    if not cell or number.fullmatch(cell):
        return said.format(cell) if cell and said else cell
    if role not in AMOUNTS:
        return cell  # "BID" under "times per day" says it itself
    code = lookup(said.removeprefix("{} "))
    own = [lookup(word) or word for word in re.findall(r"[^\W\d_]+", cell)]
    return cell if own and all(each == code for each in own) else None


_FACT_CELL = regex(r"([<>~≈]?\s*[0-9]+(?:\.[0-9]+)?)\s*(.*)")
_ONE_UNIT = {
    word: words[0]
    for words in (
        ("kg", "kgs"),
        ("lb", "lbs", "pound", "pounds"),
        ("years", "year", "yrs", "yr", "y"),
        ("months", "month", "mths", "mth", "mos", "mo"),
        ("weeks", "week", "wks", "wk"),
    )
    for word in words
}


def fact_with_its_unit(cell: str, said: str) -> str | None:
    """A fact of the person with the unit that its head says of a bare number, behind "<" or ">" too; ``None`` where the
    cell has another unit. What is no number ("n/a") stays as it is.
    """
    found = _FACT_CELL.fullmatch(cell)
    if found is None:
        return cell
    if not found[2]:
        return said.format(found[1])
    own, heads = (_one_unit(unit) for unit in (found[2], said.removeprefix("{} ")))
    return cell if own == heads or heads.startswith(f"{own}/") else None


def _one_unit(unit: str) -> str:
    """A unit of a fact in one way of writing: ``umol/l``, ``ml/min/1.73m2``."""
    small = re.sub(r"\s", "", unit.lower()).replace("µ", "u").replace("μ", "u").replace("²", "2")
    return _ONE_UNIT.get(small, small)
