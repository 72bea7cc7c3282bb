"""D302 above-own-maximum (error)

What. A single dose or a titration target is not above the maximum that the same row states.

Why. An article's daily arithmetic may exceed its own daily maximum, and six do; that one administration does is a slip
of a digit or of a unit.

Passes:
    400–800 mg, at most 3,200 mg a day

Fires:
    4,000–8,000 mg, at most 3,200 mg a day
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref import units
from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, number, place
from doseref.errors import QuantityError
from doseref.findings import Finding
from doseref.tables.read import Row

RULE = Rule("D302", "above-own-maximum")


def check(data: Dataset) -> Iterator[Finding]:
    """Doses and targets of statements, and single doses of limits, above the row's own maximum."""
    for name in STATEMENT_TABLES:
        for row in data.rows(name):
            maximum = number(row, "maximum")
            if maximum is None:
                continue
            for column, unit in (("dose_high", "dose_unit"), ("target_high", "target_unit")):
                yield from _above(row, column, unit, maximum, "maximum", "maximum_unit")
    for row in data.rows("limits"):
        maximum = number(row, "amount")
        if maximum is not None:
            yield from _above(row, "single", "single_unit", maximum, "amount", "unit")


def _above(row: Row, column: str, unit: str, maximum: Decimal, top: str, top_unit: str) -> Iterator[Finding]:
    value = number(row, column)
    if value is None or not row[unit] or not row[top_unit]:
        return
    try:
        same = units.convert(value, row[unit], row[top_unit])
    except QuantityError:
        return
    if same > maximum:
        yield RULE.at(
            row,
            column,
            f"{column} {row[column]} {row[unit]} is above {top} {row[top]} {row[top_unit]}",
            "correct the figure or the unit that is wrong",
            also=(place(row, top),),
        )
