"""D308 continuation (error)

What. The rows of one statement agree on source, line and name; the dosage text and the other columns that belong to the
statement as a whole are filled on its first row only, those of an ingredient on the ingredient's first row only. The
phases of an ingredient run from 1 without a gap, and so do the options of a phase.

Why. A maximum written twice is counted twice, and one that stands on the wrong row is never found.

Passes:
    dosage on the row of phase 1, blank on the row of phase 2

Fires:
    dosage on both rows
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import STATEMENT_TABLES, Dataset, Rule, differing, number
from doseref.findings import Finding
from doseref.tables.read import Row
from doseref.tables.schema import DRUGS

RULE = Rule("D308", "continuation")

_STATEMENT = tuple(column.name for column in DRUGS.columns if column.first_of == "statement")
_INGREDIENT = tuple(column.name for column in DRUGS.columns if column.first_of == "ingredient")
_SAME = ("source", "line", "name")


def check(data: Dataset) -> Iterator[Finding]:
    """Rows that continue a statement and contradict or repeat its first row."""
    # A statement that has a row of the wrong width (D102) lacks that row here: what follows it is not at fault.
    lacking = {row["id"] for name in STATEMENT_TABLES if name in data.sheets for row in data.sheets[name].misshapen}
    for name, rows in data.statements().items():
        if name in lacking:
            continue
        first = rows[0]
        for column in ("dosage", "computable"):
            if not first[column]:
                yield RULE.at(first, column, f"{column} is blank on the first row of {first['id']}", "fill it in")
        by_substance: dict[str, list[Row]] = {}
        for row in rows:
            by_substance.setdefault(row["substance"], []).append(row)
        for row in rows[1:]:
            yield from differing(RULE, row, first, _SAME, "on the statement's first row", "a statement")
            yield from _repeated(row, _STATEMENT, "the first row of a statement")
        for its_rows in by_substance.values():
            for row in its_rows[1:]:
                yield from _repeated(row, _INGREDIENT, "the first row of an ingredient")
            yield from _counted(its_rows)


def _repeated(row: Row, columns: tuple[str, ...], where: str) -> Iterator[Finding]:
    for column in columns:
        if row[column]:
            yield RULE.at(row, column, f"{column} belongs on {where} only", "clear it here")


def _counted(rows: list[Row]) -> Iterator[Finding]:
    phase, option = 0, 0
    for row in rows:
        here = int(number(row, "phase") or 0), int(number(row, "option") or 0)
        if here not in ((phase, option + 1), (phase + 1, 1)) or (not phase and here != (1, 1)):
            wanted = (
                "phase 1, option 1"
                if not phase
                else f"phase {phase}, option {option + 1} or phase {phase + 1}, option 1"
            )
            yield RULE.at(
                row, "phase", f"phase {here[0]}, option {here[1]} where {wanted} follows", "number them without a gap"
            )
        phase, option = here
