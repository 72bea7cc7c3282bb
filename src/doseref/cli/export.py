"""``doseref export``: the tables of the dataset for joins elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from doseref.cli import common


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The directory that is written to.")],
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="parquet, duckdb or sql.")
    ] = "parquet",
    data: common.DataOption = None,
) -> None:
    """Write limits, products, substances, names, classes, sources and conversions for joins elsewhere.

    A join of amounts is no check: which limits speak to what is taken is decided by 'doseref check' and 'doseref bulk'.
    Parquet and duckdb need the extra 'bulk'.

    Example: doseref export tables --format duckdb
    """
    from doseref.bulk.export import FORMATS
    from doseref.bulk.export import export as write_tables
    from doseref.cli.dataset import dataset

    common.one_of("--format", output_format, FORMATS)
    for path in write_tables(dataset(data), common.directory(out), output_format):
        common.write(str(path), None)
