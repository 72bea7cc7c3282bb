"""D317 limit-pieces (error)

What. What a limit allows of a substance that is swallowed, in its period or at once, is at most ten of the largest tablets
or capsules that the tables of products and strengths have of it (fewer than ten where no other limit stands beside it), and at
least one of the smallest (a nutrient's intake level may be less). It is not five times the largest of all other limits,
and not a fifth of the least of them, but where a single tablet is so far from them. Figures that look like slips and are
so stand in ``odd_limits.tsv``; in other tables the row's note gives the figure with its unit, in the source's words.

Why. A figure ten or a thousand times too high, or g for mg, calls an overdose within limits, and silences the warning
that the dose is far from all tablets there are.

Passes:
    metformin amount 2550 mg, the largest tablet 1000 mg

Fires:
    metformin amount 25500 mg, the largest tablet 1000 mg
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.dataset.data import Dataset, Rule, number, place
from doseref.checks.dataset.odd_limits import is_odd_but_so
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.units import UNITS
from doseref.units import printed as unit_word

RULE = Rule("D317", "limit-pieces")

MOST_PIECES = 10
"""The largest tablets in one period; of the shipped limits some twenty are above."""
FAR = 5
"""Times apart from the nearest of all other limits of the substance."""
FEW_SMALLEST = 6
"""Below so many of the smallest tablets a limit far below all others is told; above, it is a low one of many."""
_SWALLOWED = frozenset(("", "oral", "sublingual", "buccal", "enteral"))
_PIECES = frozenset(("{tablet}", "{capsule}", "{caplet}", "{lozenge}", "{sachet}"))
_Held = tuple[Decimal, Row]
"""An amount in mg (of one tablet, or of a limit in its period) and the row that says so."""


def check(data: Dataset) -> Iterator[Finding]:
    """Totals and single doses that no number of tablets makes, or far too many."""
    smallest, largest = _pieces(data)
    nutrients = {row["id"] for row in data.rows("substances") if row["kind"] == "supplement"}
    limits: dict[str, list[_Held]] = {}
    for row in data.rows("limits"):
        if row["route"] in _SWALLOWED and row["substance"] in largest and (total := _mg(row, "amount", "unit")):
            limits.setdefault(row["substance"], []).append((total, row))
    for row in data.rows("limits"):
        key = row["substance"]
        single = _mg(row, "single", "single_unit")
        if single and row["route"] in _SWALLOWED and key in largest:
            why = _by_pieces(single, smallest[key], largest[key], key in nutrients, alone=False)
            yield from _told(row, "single", "single_unit", why)
    for key, group in limits.items():
        for total, row in group:
            others = [each for each in group if each[1] is not row]
            why = _by_pieces(total, smallest[key], largest[key], key in nutrients, alone=not others)
            if why is None and others:
                why = _by_others(total, others, smallest[key][0], largest[key][0], key in nutrients)
            yield from _told(row, "amount", "unit", why)


def _by_pieces(
    mg: Decimal, smallest: _Held, largest: _Held, nutrient: bool, *, alone: bool
) -> tuple[str, Row, str] | None:
    """Why a figure does not fit the tablets there are: in words, with the row and the column to compare."""
    if mg > MOST_PIECES * largest[0] or (alone and mg == MOST_PIECES * largest[0]):
        most = f"{'' if mg == MOST_PIECES * largest[0] else 'more than '}{MOST_PIECES}"
        return f"is {most} of the largest {_piece(largest[1])}", largest[1], "strength"
    if mg < smallest[0] and not nutrient:
        return f"is less than one of the smallest {_piece(smallest[1])}", smallest[1], "strength"
    return None


def _by_others(
    mg: Decimal, others: list[_Held], smallest_mg: Decimal, largest_mg: Decimal, nutrient: bool
) -> tuple[str, Row, str] | None:
    """Why a figure does not fit the other limits: in words, with the row and the column to compare."""
    top, least = max(others, key=lambda each: each[0]), min(others, key=lambda each: each[0])
    if mg >= FAR * top[0] and mg > largest_mg:
        return f"is {FAR} times every other limit or more, the largest is {_limit(top[1])}", top[1], "amount"
    if mg * FAR <= least[0] and mg < FEW_SMALLEST * smallest_mg and not nutrient:
        return f"is a fifth of every other limit or less, the least is {_limit(least[1])}", least[1], "amount"
    return None


def _told(row: Row, column: str, unit: str, why: tuple[str, Row, str] | None) -> Iterator[Finding]:
    if why is None or is_odd_but_so(row, column, unit):
        return
    words, beside, other = why
    mend = (
        "compare figure and unit with the source; where they are so, give the figure with its unit in the note, in the "
        "source's words"
    )
    message = f"{row['substance']} {column} {row[column]} {row[unit]} {words}"
    yield RULE.at(row, column, message, mend, also=(place(beside, other),))


def _piece(row: Row) -> str:
    """The tablets of a row: "tablets here, of 1000 mg"."""
    return f"{unit_word(row['per_unit'])} here, of {row['strength']} {row['unit']}"


def _limit(row: Row) -> str:
    return f"{row['amount']} {row['unit']} of {row['id']}"


def _mg(row: Row, column: str, unit: str) -> Decimal | None:
    """A figure of a limit in mg; ``None`` where there is none, or it is no mass."""
    amount, known = number(row, column), UNITS.get(row[unit])
    return amount * known.factor if amount and known is not None and known.dimension == "mass" else None


def _pieces(data: Dataset) -> tuple[dict[str, _Held], dict[str, _Held]]:
    """The smallest and the largest tablet or capsule of each substance."""
    smallest: dict[str, _Held] = {}
    largest: dict[str, _Held] = {}
    for table in ("products", "strengths"):
        for row in data.rows(table):
            strength, known = number(row, "strength"), UNITS.get(row["unit"])
            if not strength or known is None or known.dimension != "mass" or row["per_unit"] not in _PIECES:
                continue
            if table == "products" and row["per"] != "1":
                continue
            piece = (strength * known.factor, row)
            key = row["substance"]
            smallest[key] = min(smallest.get(key, piece), piece, key=lambda each: each[0])
            largest[key] = max(largest.get(key, piece), piece, key=lambda each: each[0])
    return smallest, largest
