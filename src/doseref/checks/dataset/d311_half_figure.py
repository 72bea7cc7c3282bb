"""D311 half-figure (error)

What. A number that needs a unit has one, and a unit has its number.

Why. A number alone is read with whatever unit stands nearest.

Passes:
    maximum 3000, maximum_unit mg

Fires:
    maximum 3000, maximum_unit blank
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule
from doseref.findings import Finding

RULE = Rule("D311", "half-figure")

_STATEMENT = (
    ("dose_low", "dose_unit"),
    ("count_low", "count_unit"),
    ("times_low", "times_period"),
    ("times_period", "times_unit"),
    ("every_low", "every_unit"),
    ("daily_low", "daily_unit"),
    ("duration_low", "duration_unit"),
    ("target_low", "target_unit"),
    ("maximum", "maximum_unit"),
    ("maximum_period", "maximum_period_unit"),
    ("longest_high", "longest_unit"),
)
_PAIRS = {
    **dict.fromkeys(STATEMENT_TABLES, _STATEMENT),
    "limits": (("single", "single_unit"), ("amount", "unit"), ("period", "period_unit"), ("longest", "longest_unit")),
    "names": (("salt_amount", "base_amount"),),
}


def check(data: Dataset) -> Iterator[Finding]:
    """Numbers without their unit and units without their number."""
    for table, pairs in _PAIRS.items():
        for row in data.rows(table):
            for number, unit in pairs:
                if bool(row[number]) != bool(row[unit]):
                    filled, blank = (number, unit) if row[number] else (unit, number)
                    yield RULE.at(
                        row, blank, f"{filled} {row[filled]} without {blank}", f"fill in {blank}, or clear {filled}"
                    )
