"""D305 implausible-jump (error)

What. A dose is not ten times as large or as small as every other source's dose of the same substance by the same kind
of route (with a margin: eight times), nor a daily amount eight times the largest known limit. Doses in cells are left
out: experimental therapies do differ so much.

Why. A lost or doubled zero is the commonest slip of a typist, and among the most dangerous.

Passes:
    ibuprofen 400–800 mg where others say 400–600 mg

Fires:
    ibuprofen 4,000–8,000 mg where others say 400–600 mg
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, number, place
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.tables.write import in_words
from doseref.units import UNITS

RULE = Rule("D305", "implausible-jump")

FACTOR = 8
"""How many times as much is implausible: below ten, so that a tenfold slip of one end of a range is seen."""

_SYSTEMIC = frozenset(
    ("", "oral", "sublingual", "buccal", "intravenous", "intramuscular", "subcutaneous", "rectal", "enteral")
)
_Key = tuple[str, str, str]


def check(data: Dataset) -> Iterator[Finding]:
    """Doses of statements far from all other sources' doses, and daily amounts far above every limit."""
    doses: dict[_Key, dict[str, list[tuple[Decimal, Row]]]] = {}
    for table in STATEMENT_TABLES:
        for row in data.rows(table):
            found = _amount(row, "dose_high", "dose_unit")
            if found and found[1] != "cells":
                kind = "day" if row["per_day"] or _daily(row) else "dose"
                key = (row["substance"], found[1], kind + _kind_of_route(row))
                doses.setdefault(key, {}).setdefault(row["source"], []).append((found[0], row))
    for by_source in doses.values():
        if len(by_source) > 1:
            yield from _among(by_source)
    yield from _limits(data)


def _among(by_source: dict[str, list[tuple[Decimal, Row]]]) -> Iterator[Finding]:
    """Rows of a source that stand apart from all rows of all other sources."""
    highest = sorted(((max(value for value, _ in found), source) for source, found in by_source.items()), reverse=True)
    lowest = sorted((min(value for value, _ in found), source) for source, found in by_source.items())
    for source, found in by_source.items():
        top = next(value for value, other in highest if other != source)
        bottom = next(value for value, other in lowest if other != source)
        # Of two sources that differ so much, either may be the wrong one: the higher one is told of, once.
        alone = len(by_source) == 2
        for value, row in found:
            if value >= top * FACTOR or (not alone and value * FACTOR <= bottom):
                other = highest[0] if highest[0][1] != source else highest[1]
                beside = by_source[other[1]][0][1]
                yield RULE.at(
                    row,
                    "dose_high",
                    f"{row['substance']} {row['dose_high']} {row['dose_unit']} is far from every other source's dose",
                    "compare it with the source; correct the figure or the unit",
                    also=(place(beside, "dose_high"),),
                    working=(
                        f"others: {in_words(bottom)} to {in_words(top)} {_base_unit(row)}; here {in_words(value)} "
                        f"{_base_unit(row)}"
                    ),
                )


def _limits(data: Dataset) -> Iterator[Finding]:
    largest: dict[_Key, tuple[Decimal, Row]] = {}
    for row in data.rows("limits"):
        if row["period_unit"] not in ("d", "h") or number(row, "period") not in (1, 24):
            continue
        found = _amount(row, "amount", "unit")
        if found:
            key = (row["substance"], found[1], _kind_of_route(row))
            if key not in largest or largest[key][0] < found[0]:
                largest[key] = (found[0], row)
    for table in STATEMENT_TABLES:
        for row in data.rows(table):
            found = _amount(row, "daily_high", "daily_unit")
            limit = largest.get((row["substance"], found[1], _kind_of_route(row))) if found else None
            if found and limit and found[0] >= limit[0] * FACTOR:
                yield RULE.at(
                    row,
                    "daily_high",
                    f"{row['substance']} {row['daily_high']} {row['daily_unit']} a day is far above every known limit",
                    "compare it with the source; correct the figure or the unit",
                    also=(place(limit[1], "amount"),),
                )


def _amount(row: Row, column: str, unit: str) -> tuple[Decimal, str] | None:
    """The amount in its dimension's base unit, and the dimension; ``None`` where there is none."""
    value, known = number(row, column), UNITS.get(row[unit])
    return None if value is None or known is None else (value * known.factor, known.dimension)


def _daily(row: Row) -> bool:
    """Whether the dose is a day's total too: taken once a day."""
    return row["times_high"] == "1" and row["times_period"] == "1" and row["times_unit"] == "d"


def _kind_of_route(row: Row) -> str:
    return "systemic" if row["route"] in _SYSTEMIC else row["route"]


def _base_unit(row: Row) -> str:
    dimension = UNITS[row["dose_unit"]].dimension
    return next(
        (code for code, unit in UNITS.items() if unit.dimension == dimension and unit.factor == 1), row["dose_unit"]
    )
