"""D303 unit-dimension (error)

What. All amounts of one row that are compared with each other are of one dimension: dose, daily amount, target and
maximum of a statement, single dose and total of a limit.

Why. Milligrams do not add up with millilitres; such a row cannot be judged.

Passes:
    dose_unit mg, maximum_unit g

Fires:
    dose_unit mg, maximum_unit mL
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, place
from doseref.findings import Finding
from doseref.units import UNITS

RULE = Rule("D303", "unit-dimension")

_COLUMNS = {
    **dict.fromkeys(STATEMENT_TABLES, ("dose_unit", "daily_unit", "target_unit", "maximum_unit")),
    "limits": ("single_unit", "unit"),
}


def check(data: Dataset) -> Iterator[Finding]:
    """Units of a row that differ in dimension from the row's first unit."""
    for table, columns in _COLUMNS.items():
        for row in data.rows(table):
            first = ""
            for column in columns:
                code = row[column]
                if code not in UNITS:
                    continue
                if not first:
                    first = column
                elif UNITS[code].dimension != UNITS[row[first]].dimension:
                    yield RULE.at(
                        row,
                        column,
                        f"{column} {code} ({UNITS[code].dimension}) does not go with {first} {row[first]} "
                        f"({UNITS[row[first]].dimension})",
                        "correct the unit that is wrong",
                        also=(place(row, first),),
                    )
