"""One batch in, one batch out: what column engines (Spark, DuckDB, Polars) call on whole people.

The function is pure, can be sent to other processes, and its schema never depends on the input.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from doseref.bulk import rows_of
from doseref.outcome_rows import COLUMNS

if TYPE_CHECKING:
    import duckdb
    import polars
    import pyspark.sql

_KINDS = {"low": pa.float64(), "high": pa.float64(), "limit": pa.float64()}
SCHEMA = pa.schema([(name, _KINDS.get(name, pa.string())) for name in COLUMNS])
"""The columns of the outcome (:data:`doseref.bulk.COLUMNS`); amounts are the nearest double of the exact decimal."""


def check_batch(batch: pa.RecordBatch, mapping: Mapping[str, str] | None = None, **options: Any) -> pa.RecordBatch:
    """Judge the people of a batch, each of them whole; columns are headed as in a file of items, ``options`` are those
    of :func:`doseref.check`. Returns a batch of :data:`SCHEMA`. Raises :class:`UsageError` for a column that is missing
    or not known.
    """
    heads = batch.schema.names
    cells = (
        [_cell(value) for value in row] for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    found = list(rows_of(heads, cells, mapping or {}, options))
    columns = [[_value(row.get(name), name) for row in found] for name in COLUMNS]
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _value(value: Any, name: str) -> Any:
    if value is None or name not in _KINDS:
        return value
    return float(value)


def check_batches(
    batches: Iterable[pa.RecordBatch], mapping: Mapping[str, str] | None = None, **options: Any
) -> Iterator[pa.RecordBatch]:
    """Each batch judged on its own: what ``mapInArrow`` and its like call on a partition that holds whole people.

    Batches of a partition are put together first, since an engine cuts them anywhere.
    """
    together = list(batches)
    if together:
        table = pa.Table.from_batches(together).combine_chunks()
        for batch in table.to_batches():
            yield check_batch(batch, mapping, **options)


def spark(frame: pyspark.sql.DataFrame, person: str, **options: Any) -> pyspark.sql.DataFrame:
    """A Spark data frame judged: every person's rows are brought together first (``person`` names the column).

    The Python of Spark's workers (``PYSPARK_PYTHON``) needs doseref too.
    """
    with warnings.catch_warnings():
        # Arrow batches alone pass: what Spark says of pandas is about something else.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return frame.repartition(frame[person]).mapInArrow(partial(check_batches, **options), _ddl())


def polars_frame(frame: polars.DataFrame, **options: Any) -> polars.DataFrame:
    """A Polars data frame judged, the people whole."""
    import polars

    return polars.from_arrow(
        pa.Table.from_batches(check_batches(frame.to_arrow().to_batches(), **options), schema=SCHEMA)
    )


def duckdb_query(connection: duckdb.DuckDBPyConnection, query: str, **options: Any) -> duckdb.DuckDBPyRelation:
    """The rows of a query judged, as a relation of the same connection."""
    rows = connection.sql(query).to_arrow_table()
    return connection.from_arrow(pa.Table.from_batches(check_batches(rows.to_batches(), **options), schema=SCHEMA))


def _ddl() -> str:
    return ", ".join(f"`{name}` {'double' if name in _KINDS else 'string'}" for name in COLUMNS)
