"""D310 limit-figures (error)

What. A limit that acts as a maximum gives at least one figure, and a total comes with its period, which is a year at
most. A total in millilitres is that of a product, or of a substance of which some other limit is in them. Two
verified maxima of one source for the very same differ in nothing.

Why. A total without a period would be compared with the wrong one; of two maxima of one source, one is a slip.

Passes:
    amount 3200, unit mg, period 1, period_unit d

Fires:
    amount 3200, unit mg, period blank
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.dataset.data import Dataset, Rule, number, place
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D310", "limit-figures")

_FIGURES = ("single", "amount", "interval_hours", "doses", "longest")
_SCOPE = (
    *("substance", "product", "source", "route", "form", "release", "salt", "country", "status", "population", "adult"),
    *("indication", "section", "age_low_years", "age_high_years", "egfr_low", "egfr_high", "from_day", "to_day"),
    *("period", "period_unit"),
)
"""What a maximum is about: two rows that differ in none of it are about the very same."""
_YEAR_DAYS = 366
_DAYS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal(30), "a": Decimal(366)}


def check(data: Dataset) -> Iterator[Finding]:
    """Limits without a figure, totals or counts without a period that fits, and maxima of one source that differ."""
    yield from _twice(data)
    yield from _in_millilitres(data)
    for row in data.rows("limits"):
        if row["kind"] == "maximum" and not any(row[column] for column in _FIGURES):
            yield RULE.at(row, "kind", "a maximum without any figure", "fill in a figure, or choose another kind")
        for column in ("amount", "doses"):
            if row[column] and not row["period"]:
                yield RULE.at(
                    row, "period", f"{column} {row[column]} without a period", "fill in period and period_unit"
                )
        period, unit = number(row, "period"), _DAYS.get(row["period_unit"])
        if period and unit and period * unit > _YEAR_DAYS:
            message = f"a period of {row['period']} {row['period_unit']} is longer than a year"
            yield RULE.at(row, "period", message, "correct period or period_unit")
        if row["kind"] == "maximum" and row["period"] and not (row["amount"] or row["doses"]):
            yield RULE.at(
                row, "period", "a period without a total or a number of doses", "fill in the total, or clear the period"
            )


def _twice(data: Dataset) -> Iterator[Finding]:
    """Maxima of one source that are about the very same, and give two totals."""
    known: dict[tuple[str, ...], Row] = {}
    for row in data.rows("limits"):
        if row["kind"] != "maximum" or row["verification"] != "verified" or not row["amount"] or row["superseded"]:
            continue
        first = known.setdefault(tuple(row[name] for name in _SCOPE), row)
        if (first["amount"], first["unit"]) != (row["amount"], row["unit"]):
            message = (
                f"another maximum of the same source for the very same: {row['amount']} {row['unit']} beside "
                f"{first['amount']} {first['unit']} of {first['id']}"
            )
            mend = "keep the one that the source gives, or say what sets them apart (population, indication, form …)"
            yield RULE.at(row, "amount", message, mend, also=(place(first, "amount"),))


def _in_millilitres(data: Dataset) -> Iterator[Finding]:
    """Totals in mL of a substance of which all other limits are in something else, and that name no product."""
    units: dict[str, set[str]] = {}
    for row in data.rows("limits"):
        units.setdefault(row["substance"], set()).add(row["unit"] if row["amount"] else "")
    for row in data.rows("limits"):
        if row["unit"] != "mL" or row["product"] or not row["amount"]:
            continue
        if (
            units[row["substance"]] - {"mL", ""}
            and sum(other["unit"] == "mL" for other in data.rows("limits") if other["substance"] == row["substance"])
            == 1
        ):
            message = f"a total in mL, and every other limit of {row['substance']} is in something else"
            yield RULE.at(row, "unit", message, "correct the unit, or name the product that is meant")
