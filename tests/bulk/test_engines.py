"""One batch in, one batch out, and the engines that call it."""

from __future__ import annotations

import os
import pickle
import warnings
from pathlib import Path

import pytest

duckdb = pytest.importorskip("duckdb", reason="the extra 'bulk' is not installed")
pa = pytest.importorskip("pyarrow", reason="the extra 'bulk' is not installed")

ROWS = {
    "patient": ["a", "a", "b"],
    "drug": ["acetaminophen 500 mg", "Norco 5/325", "lisinopril 10 mg"],
    "sig": ["2 tablets every 6 hours", "1 tablet every 6 hours", "1 tablet daily"],
}


def over(table: object) -> list[tuple[str, str, float]]:
    """Person, substance and high end of what is over a limit, each once."""
    rows = table.to_pylist()  # type: ignore[attr-defined]
    return sorted({(row["patient"], row["substance"], row["high"]) for row in rows if row["verdict"] == "over"})


def test_a_batch_is_judged_and_its_schema_is_fixed() -> None:
    from doseref.bulk.batch import SCHEMA, check_batch

    batch = pa.RecordBatch.from_pydict(ROWS)
    judged = pickle.loads(pickle.dumps(check_batch))(batch)
    assert judged.schema == SCHEMA
    # 2 × 500 mg × 4 + 325 mg × 4 = 5,300 mg
    assert over(judged) == [("a", "acetaminophen", 5300.0)]
    assert check_batch(batch.slice(0, 0)).schema == SCHEMA


def test_duckdb_judges_a_query() -> None:
    from doseref.bulk.batch import duckdb_query

    engine = duckdb.connect()
    engine.register("given", pa.table(ROWS))
    judged = duckdb_query(engine, "SELECT patient, drug, sig FROM given WHERE patient = 'a'")
    assert over(judged.to_arrow_table()) == [("a", "acetaminophen", 5300.0)]


def test_polars_judges_a_frame() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    from doseref.bulk.batch import polars_frame

    assert over(polars_frame(polars.DataFrame(ROWS)).to_arrow()) == [("a", "acetaminophen", 5300.0)]


@pytest.mark.skipif(not os.environ.get("DOSEREF_SPARK"), reason="asked for by DOSEREF_SPARK=1: needs pyspark and Java")
def test_spark_judges_partitions_of_whole_people() -> None:
    import sys

    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from doseref.bulk.batch import spark

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = session.createDataFrame(list(zip(*ROWS.values(), strict=True)), list(ROWS))
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            judged = spark(frame, "patient")
        rows = [row.asDict() for row in judged.collect()]
        assert {(row["patient"], row["high"]) for row in rows if row["verdict"] == "over"} == {("a", 5300.0)}
    finally:
        session.stop()


def test_the_tables_are_exported_with_their_types(tmp_path: Path) -> None:
    from doseref.bulk.export import FORMATS, TABLES, export
    from doseref.refdata import reference

    data = reference()
    wanted = {table.name: len(data.cells(table)) for table in TABLES}
    for output_format in FORMATS:
        export(data, tmp_path / output_format, output_format)
    engine = duckdb.connect(str(tmp_path / "duckdb" / "doseref.duckdb"), read_only=True)
    script = duckdb.connect()
    script.execute((tmp_path / "sql" / "doseref.sql").read_text("utf-8"))
    for name, count in wanted.items():
        assert engine.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)
        assert script.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)
        path = str(tmp_path / "parquet" / f"{name}.parquet")
        assert engine.execute("SELECT count(*) FROM read_parquet(?)", [path]).fetchone() == (count,)
    # Norco 5/325 holds 325 mg of acetaminophen in a tablet, a number and not a text.
    query = "SELECT strength * 4 FROM products WHERE label = 'Norco 5/325' AND substance = 'acetaminophen'"
    assert engine.execute(query).fetchone() == (1300,)


@pytest.mark.parametrize(("output_format", "module"), [("parquet", "pyarrow"), ("duckdb", "duckdb")])
def test_an_export_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output_format: str, module: str
) -> None:
    import sys

    from doseref.bulk.export import export
    from doseref.errors import MissingExtraError
    from doseref.refdata import reference

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"doseref\[bulk\]"):
        export(reference(), tmp_path, output_format)
