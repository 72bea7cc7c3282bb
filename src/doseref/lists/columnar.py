"""A Parquet file as rows of text: what :mod:`doseref.lists.table` reads as a table.
pyarrow comes with the extra ``bulk``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from doseref.errors import InputError, MissingExtraError

MAGIC = b"PAR1"
"""What a Parquet file begins and ends with."""
_BATCH = 10_000


def rows(path: str, content: bytes | None) -> Iterator[tuple[int, list[str]]]:
    """The heads as row 0, then every row with its number (from 1); ``content`` where the bytes are already there.

    A missing value is an empty cell, 5.0 is ``5``. Raises :class:`InputError` for what is no Parquet file and
    :class:`MissingExtraError` without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError("reading .parquet", "bulk") from None
    try:
        with parquet.ParquetFile(path if content is None else io.BytesIO(content)) as file:
            yield 0, list(file.schema_arrow.names)
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield number, [_cell(value) for value in row]
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"not a Parquet file that can be read ({type(error).__name__})", path=path) from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
