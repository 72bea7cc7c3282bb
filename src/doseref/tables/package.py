"""``datapackage.json`` (Frictionless Table Schema) and the data dictionary, both made from the schema.

``python -m doseref.tables.package`` writes both in a checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doseref.tables.schema import DATA_VERSION, TABLES, Column, Table

WRITE = "run 'python -m doseref.tables.package'"
"""What brings both files up to date."""

_TYPES = {"integer": "integer", "decimal": "number", "date": "date"}


def package(version: str = DATA_VERSION) -> dict[str, Any]:
    """The data package: one resource a table, with types, constraints, primary and foreign keys."""
    return {
        "profile": "tabular-data-package",
        "name": "doseref",
        "title": "Dosing statements of health articles, with the reference around them",
        "description": "Every figure with its source and line. "
        "All amounts are exact decimals; units are UCUM-style codes.",
        "version": version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.table == table.name else column.table,
                "fields": [_by_name(column.table).columns[0].name],
            },
        }
        for column in table.columns
        if column.kind == "ref"
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "title": table.name,
        "description": f"One row is {table.words}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _by_name(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    values = ("yes",) if column.kind == "flag" else tuple(value for value in column.values if value)
    if values:
        constraints["enum"] = list(values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.words,
    }
    if constraints:
        field["constraints"] = constraints
    return field


def package_json(version: str = DATA_VERSION) -> str:
    """The text of ``datapackage.json``."""
    import json

    return json.dumps(package(version), ensure_ascii=False, indent=1) + "\n"


def dictionary() -> str:
    """The data dictionary: every table and column in words, as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the schema by `python -m doseref.tables.package`; do not edit it by hand.",
        "",
        (
            "All files are CSV in UTF-8 with LF line ends, sorted by their key. A blank cell says nothing; there is "
            "no other word for it."
        ),
        (
            "The terms of a list are joined by a semicolon and a space. A flag is `yes` or blank. Numbers are plain "
            "decimals above zero."
        ),
        "",
    ]
    lines.extend(f"- [{table.file}](#{table.file.replace('.', '')}): one row is {table.words}" for table in TABLES)
    for table in TABLES:
        lines += ["", f"## {table.file}", "", f"One row is {table.words}. Key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | required | what it holds |", "|---|---|---|---|"]
        lines.extend(_line(column) for column in table.columns)
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    kind = {"refs": "list of ids", "ref": "id", "list": "list", "flag": "flag", "enum": "one of"}.get(
        column.kind, column.kind
    )
    if column.table:
        kind += f" of {column.table}"
    if column.kind == "enum":
        kind += ": " + ", ".join(f"`{value}`" for value in column.values if value)
    words = column.words.replace("|", "\\|")
    if column.pattern:
        words += f" (matches `{column.pattern}`)".replace("|", "\\|")
    return f"| `{column.name}` | {kind} | {'yes' if column.required else ''} | {words} |"


def write_generated(repository: Path) -> None:
    """Write both files of a checkout anew."""
    from doseref.tables.write import write

    write(repository / "data" / "datapackage.json", package_json())
    write(repository / "docs" / "data-dictionary.md", dictionary())


if __name__ == "__main__":
    write_generated(Path(__file__).resolve().parents[3])
