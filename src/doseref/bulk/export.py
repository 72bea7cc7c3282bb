"""The tables of the dataset for plain joins elsewhere: Parquet files, a DuckDB database, or SQL statements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from doseref.bulk.work import write_whole
from doseref.errors import MissingExtraError
from doseref.refdata import Reference
from doseref.tables import schema

TABLES = (
    schema.LIMITS,
    schema.PRODUCTS,
    schema.SUBSTANCES,
    schema.NAMES,
    schema.CLASSES,
    schema.SOURCES,
    schema.CONVERSIONS,
)
"""What is exported, under the names of the tables."""
FORMATS = ("parquet", "duckdb", "sql")
_TYPES = {"integer": "INTEGER", "decimal": "DECIMAL(24, 6)", "flag": "BOOLEAN"}
"""Type in SQL by the kind of a column; everything else is text (dates may be a year alone)."""


def export(data: Reference, out: Path, output_format: str) -> list[Path]:
    """Write the tables below ``out`` (a directory; for ``duckdb`` and ``sql`` one file in it);
    returns what was written.
    """
    out.mkdir(parents=True, exist_ok=True)
    if output_format == "sql":
        path = out / "doseref.sql"
        write_whole(path, lambda beside: beside.write_text("".join(_statements(data)), "utf-8"))
        return [path]
    if output_format == "duckdb":
        path = out / "doseref.duckdb"
        write_whole(path, lambda beside: _database(data, beside))
        return [path]
    return [_parquet(data, table, out) for table in TABLES]


def _database(data: Reference, path: Path) -> None:
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("export to DuckDB", "bulk") from None

    path.touch()  # where nothing can be written, the system says so in its own words
    path.unlink()
    with duckdb.connect(str(path)) as engine:
        for table in TABLES:
            engine.execute(_create(table))
            marks = ", ".join("?" for _ in table.columns)
            engine.executemany(f"INSERT INTO {table.name} VALUES ({marks})", list(_rows(data, table)))


def _parquet(data: Reference, table: schema.Table, out: Path) -> Path:
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError("export to Parquet", "bulk") from None

    types = {"integer": pa.int64(), "decimal": pa.decimal128(24, 6), "flag": pa.bool_()}
    fields = pa.schema([(column.name, types.get(column.kind, pa.string())) for column in table.columns])
    columns = [list(each) for each in zip(*_rows(data, table), strict=True)]
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, fields, strict=True)]
    path = out / f"{table.name}.parquet"
    write_whole(path, lambda beside: parquet.write_table(pa.Table.from_arrays(arrays, schema=fields), beside))
    return path


def _statements(data: Reference) -> Iterator[str]:
    for table in TABLES:
        yield _create(table) + ";\n"
        for row in _rows(data, table):
            yield f"INSERT INTO {table.name} VALUES ({', '.join(map(_literal, row))});\n"


def _create(table: schema.Table) -> str:
    columns = ", ".join(f'"{column.name}" {_TYPES.get(column.kind, "VARCHAR")}' for column in table.columns)
    return f"CREATE TABLE {table.name} ({columns})"


def _rows(data: Reference, table: schema.Table) -> Iterator[list[Any]]:
    kinds = [column.kind for column in table.columns]
    for cells in data.cells(table):
        yield [_typed(cell, kind) for cell, kind in zip(cells, kinds, strict=True)]


def _typed(cell: str, kind: schema.ColumnKind) -> Any:
    if kind == "flag":
        return cell == "yes"
    if not cell:
        return None
    return {"integer": int, "decimal": Decimal}.get(kind, str)(cell)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | Decimal):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
