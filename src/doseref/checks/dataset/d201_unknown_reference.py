"""D201 unknown-reference (error)

What. Every id that points at another table (substance, source, class, product, side-effect class) stands there.

Why. A figure of an unknown substance or source is a figure of nothing: no total counts it and nobody can look it up.

Passes:
    substance ibuprofen, with a row ibuprofen in substances.csv

Fires:
    substance ibuprofin
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, columns_of, shown, terms
from doseref.findings import Finding

RULE = Rule("D201", "unknown-reference")


def check(data: Dataset) -> Iterator[Finding]:
    """Ids without a row in the table that they point at; a table whose file is missing is not asked."""
    for sheet in data.sheets.values():
        columns = [
            (position, column, data.ids(column.table))
            for position, column in columns_of(sheet)
            if column.table and column.table in data.sheets
        ]
        for row in sheet.rows:
            for position, column, known in columns:
                cell = row.cells[position]
                if not cell or cell in known:
                    continue
                for name in terms(cell) if column.kind == "refs" else [cell]:
                    if name not in known:
                        yield RULE.at(
                            row,
                            position,
                            f"{column.name} {shown(name)} is not in {column.table}.csv",
                            _mend(data, column.table, name),
                        )


def _mend(data: Dataset, table: str, name: str) -> str:
    """What to write instead: the id that is meant, where the name is that of one substance and of no other."""
    other = f"correct the id, or add a row to {table}.csv"
    if table != "substances":
        return other
    wanted = _folded(name)
    meant = {row["substance"] for row in data.rows("names") if _folded(row["name"]) == wanted}
    meant |= {row["id"] for row in data.rows("substances") if _folded(row["name"]) == wanted}
    if len(meant) != 1 or not meant <= data.ids("substances").keys():
        return other
    return f"write {shown(min(meant))}, the id of the substance that has this name"


def _folded(name: str) -> str:
    """A name as it is compared with others: case, hyphens and underscores make no difference."""
    return " ".join(name.lower().replace("-", " ").replace("_", " ").split())
