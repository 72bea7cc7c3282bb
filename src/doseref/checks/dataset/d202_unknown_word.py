"""D202 unknown-word (error)

What. Units and routes are written with the codes and words that the program knows (mg, ug, [IU], {tablet}; oral,
topical).

Why. A unit that is not known cannot be converted, and a dose in it is not judged.

Passes:
    ug

Fires:
    mcg
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref import units
from doseref.checks.dataset.data import Dataset, Rule, columns_of, shown
from doseref.dosage.model import ROUTES
from doseref.findings import Finding
from doseref.tables.schema import Column

RULE = Rule("D202", "unknown-word")


def check(data: Dataset) -> Iterator[Finding]:
    """Unit codes and route words that are none; a conversion that is not marked usable may name what it likes."""
    for sheet in data.sheets.values():
        columns = [(position, column) for position, column in columns_of(sheet) if column.vocabulary]
        conversions = sheet.table.name == "conversions"
        for row in sheet.rows if columns else ():
            for position, column in columns:
                cell = row.cells[position]
                if not cell or (conversions and not row["usable"]):
                    continue
                wrong, mend = _judged(column, cell)
                if wrong:
                    yield RULE.at(row, position, f"{column.name} {shown(cell)} {wrong}", mend)


def _judged(column: Column, cell: str) -> tuple[str, str]:
    if column.vocabulary == "route":
        if cell in ROUTES:
            return "", ""
        return "is no route word", f"use one of {', '.join(ROUTES)}"
    if cell not in units.UNITS:
        meant = units.lookup(cell)
        return (
            "is no unit code",
            f"write {meant}, which is the code of {cell} in the tables"
            if meant
            else "use a unit code such as mg, ug, g, mL, [IU], {tablet}",
        )
    if column.vocabulary == "count" and not cell.startswith("{"):
        return "is no counted unit", "use a counted unit such as {tablet}, {patch}, {injection}"
    return "", ""
