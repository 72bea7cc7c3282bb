"""Figures of limits that look like slips and are as their sources were read: each with how often it was read and what
it is for. Only the very figure, unit and period are known as odd; a slip in such a row is told as in any other.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from doseref.checks.dataset.data import number
from doseref.tables.read import Row
from doseref.units import UNITS, lookup

_FILE = Path(__file__).with_name("odd_limits.tsv")


def is_odd_but_so(row: Row, column: str, unit: str) -> bool:
    """Whether the figure in ``column`` of a limit, with its unit and period, is one of those,
    or one that the row's own note gives too.
    """
    figure = " ".join((row[column], row[unit], row["period"], row["period_unit"])).strip()
    return figure in known_odd().get(row["id"], ()) or _in_note(row, column, unit)


@lru_cache(maxsize=1)
def known_odd() -> dict[str, tuple[str, ...]]:
    """The figures of ``odd_limits.tsv`` by the limit's id: amount, unit and period as one text."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines()[1:]:
        limit, figure, _ = line.split("\t")
        found[limit] = (*found.get(limit, ()), figure)
    return found


def _in_note(row: Row, column: str, unit: str) -> bool:
    """Whether the note gives the very figure with a unit in which it is the same amount."""
    amount, known = number(row, column), UNITS.get(row[unit])
    if amount is None or known is None or not row["note"]:
        return False
    for found in re.finditer(r"([0-9][0-9,]{0,12}(?:\.[0-9]{1,6})?) ?([a-zµμ]{1,10})\b", row["note"]):
        other = UNITS.get(lookup(found[2]) or "")
        value = Decimal(found[1].replace(",", ""))
        if other is not None and (other.dimension, value * other.factor) == (known.dimension, amount * known.factor):
            return True
    return False
