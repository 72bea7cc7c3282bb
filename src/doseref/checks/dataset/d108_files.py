"""D108 files (error)

What. The data directory holds one file for every table of the schema, each with a row at least, and no CSV file beside
them.

Why. A missing table, or one cut to its header, is silently no limit, no name or no class; a stray one
("drugs (copy).csv") is edited by mistake.

Passes:
    drugs.csv, supplements.csv, limits.csv …

Fires:
    drug.csv
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule
from doseref.findings import Finding
from doseref.tables.schema import TABLES

RULE = Rule("D108", "files")


def check(data: Dataset) -> Iterator[Finding]:
    """Missing, unreadable and unknown files."""
    base = data.shown.rstrip("/")
    for name, why in data.unreadable.items():
        yield RULE.on(f"{base}/{name}.csv", 0, 0, why, f"add {name}.csv")
    for sheet in data.sheets.values():
        if sheet.header_sound and not (sheet.rows or sheet.misshapen):
            yield RULE.on(sheet.path, 1, 1, "the table has no row", "put its rows back below the header")
    known = {table.file for table in TABLES}
    for path in sorted(data.directory.glob("*.csv")):
        if path.name not in known:
            yield RULE.on(f"{base}/{path.name}", 0, 0, "no table of the schema has this file", "remove or rename it")
