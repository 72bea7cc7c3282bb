"""``doseref bulk``: a file of prescriptions to a directory of tables, in parts that are whole or not there."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import doseref
from doseref import __version__
from doseref.api import reference
from doseref.bulk import tables
from doseref.bulk.work import JOINED, Work, digest, put, write_whole
from doseref.bulk.workers import Options, Workers, bench_of, give_back, judge_of
from doseref.errors import InputError, UsageError
from doseref.units import printed_for

CHUNK = 1_000
"""Instructions that a worker reads before it writes them down."""
SHARD_ROWS = 50_000
"""Rows of one shard, about; whole people."""
FORMATS = ("parquet", "csv")
LAYOUT = 4
"""Of the work directory: work of another layout is never taken up."""


OnProgress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""


def run(path: Path, out: Path, mapping: Mapping[str, str], options: Options, progress: OnProgress) -> dict[str, Any]:
    """Judge every person of ``path`` and write the tables to ``out``; returns the summary, which is written too.

    Raises :class:`InputError` for an input that cannot be read and :class:`UsageError` for one that bulk does not take.
    """
    source = tables.open_source(path, mapping)
    with Workers(options.jobs) as workers:
        data = reference(options.overlay or None)
        bench_of(options, data)  # an unknown policy is told before anything is done
        stamp = data.stamp()
        work = _work(source, out, stamp, options)
        shards, instructions = _spread(source, work, options, workers, progress)
        chunks = _read(instructions, source, work, options, workers, progress)
        if not chunks:
            raise InputError("there are no items of a person in the input", path=str(path))
        _join(chunks, workers)
        parts = [
            (str(work.directory), str(out), shard, len(chunks), options)
            for shard in range(shards)
            if not (work.directory / f"done-{shard:05}.json").exists()
        ]
        for count, _ in enumerate(workers.each(_judge_part, parts), start=shards - len(parts) + 1):
            progress("judging", count, shards)
    summary = _summary(work, shards, stamp, options)
    rejected = work.directory / "rejected.csv"
    if summary["rejected"]:
        put(out / "rejected.csv", rejected.read_bytes())
    put(out / "summary.json", (json.dumps(summary, indent=2, sort_keys=True) + "\n").encode())
    work.finish()
    return summary


def _work(source: tables.InputFile, out: Path, stamp: Any, options: Options) -> Work:
    """The work directory of this run; that of an earlier one is taken up where it was asked the same."""
    out.mkdir(parents=True, exist_ok=True)
    return Work(
        out,
        {
            "layout": LAYOUT,
            "program": [__version__, _program()],
            "data": json.loads(json.dumps(stamp, default=str)),
            "input": digest(source.path),
            "columns": {str(role): list(places) for role, places in source.columns.places.items()},
            "day": str(date.today()) if "birth date" in source.columns.places and not options.as_of else "",
            "options": json.loads(json.dumps(options.judging, default=str)),
        },
    )


def _spread(
    source: tables.InputFile, work: Work, options: Options, workers: Workers, progress: OnProgress
) -> tuple[int, int]:
    """The rows in shards, once; how many shards and how many instructions there are."""
    done = work.directory / "spread.json"
    if not done.exists():
        progress("reading the input", 0, 1)
        shards = max(1, -(-_rows(source) // SHARD_ROWS))
        instructions = workers.apart(tables.spread, source, work.directory, shards, options.jobs)
        put(done, json.dumps([shards, instructions]).encode())
    shards, instructions = json.loads(done.read_text("utf-8"))
    return shards, instructions


def _program() -> str:
    """The digest of the program's own modules: work of another program is never taken up."""
    files = sorted(Path(doseref.__file__).parent.rglob("*.py"))
    return hashlib.sha256("".join(map(digest, files)).encode()).hexdigest()


def _rows(source: tables.InputFile) -> int:
    """About how many rows there are: by its metadata, or by the length of a CSV row of some sixty characters."""
    if source.kind == "csv":
        return source.path.stat().st_size // 60
    engine = tables.connect()
    found = engine.execute(f"SELECT count(*) FROM {tables.scan(engine, source.path, source.kind)}").fetchone()
    return int(found[0]) if found else 0


def _join(chunks: list[Path], workers: Workers) -> None:
    """Put the chunks together, once."""
    if not (chunks[0].parent / JOINED).exists():
        workers.apart(_join_chunks, chunks)


def _join_chunks(chunks: list[Path]) -> None:
    from doseref.bulk.instructions import join

    join(chunks)


def _read(
    total: int, source: tables.InputFile, work: Work, options: Options, workers: Workers, progress: OnProgress
) -> list[Path]:
    """Every chunk of the instructions (``total`` of them), read and judged alone."""
    starts = range(0, total, CHUNK)
    paths = [work.directory / f"read-{place:05}.pickle" for place in range(len(starts))]
    wanted = [(str(work.directory), place, source, options) for place, path in enumerate(paths) if not path.exists()]
    before = len(paths) - len(wanted)
    for count, _ in enumerate(workers.each(_read_chunk, wanted), start=before + 1):
        progress("reading instructions", min(count * CHUNK, total), total)
    return paths


def _read_chunk(task: tuple[str, int, tables.InputFile, Options]) -> int:
    """One chunk of instructions, in a worker."""
    import pickle

    import pyarrow.parquet as parquet

    from doseref.bulk.instructions import read_chunk

    directory, place, source, options = task
    table = parquet.read_table(Path(directory) / "instructions.parquet").slice(place * CHUNK, CHUNK)
    told = source.told
    columns = [table.column(f"t{n}").to_pylist() for n in range(len(told))]
    given = [source.given(dict(zip(told, cells, strict=True))) for cells in zip(*columns, strict=True)]
    with printed_for(options.country.upper()):
        chunk, items = read_chunk(judge_of(options), given)
    put(Path(directory) / f"read-{place:05}.items", items)  # first: the other file says that both are there
    put(Path(directory) / f"read-{place:05}.pickle", pickle.dumps(chunk, protocol=5))
    return place


def _judge_part(task: tuple[str, str, int, int, Options]) -> int:
    """One shard of people, in a worker: four tables and what they count."""
    import pyarrow.parquet as parquet

    from doseref.bulk.shards import judge_shard

    directory, out, shard, chunks, options = task
    rows = parquet.read_table(Path(directory) / "rows" / f"{shard:05}.parquet")
    with printed_for(options.country.upper()):
        found = judge_shard(rows, judge_of(options), _instructions(directory, chunks))
    for name, table in found.items():
        path = Path(out) / f"{name}-{shard:05}.{options.output_format}"
        write_whole(path, partial(_write, table, output_format=options.output_format))
    counts = _counted("items", found["items"].column("status"))
    counts.update(_counted("findings", found["findings"].column("severity")))
    counts["people"] = len(found["items"].column("patient").unique())
    counts["totals"] = found["totals"].num_rows
    counts["verdicts"] = found["verdicts"].num_rows
    del rows, found
    give_back()
    put(Path(directory) / f"done-{shard:05}.json", json.dumps(counts, sort_keys=True).encode())
    return shard


def _counted(what: str, words: Any) -> Counter[str]:
    """How often each word stands in a column, with what it is said of: ``findings error``."""
    return Counter({f"{what} {each['values']}": each["counts"] for each in words.value_counts().to_pylist()})


def _write(table: Any, path: Path, *, output_format: str) -> None:
    if output_format == "parquet":
        import pyarrow.parquet as parquet

        parquet.write_table(table, path, compression="zstd")
        return
    from pyarrow import csv

    csv.write_csv(_flat(table), path)


def _flat(table: Any) -> Any:
    """A table whose lists and periods are JSON texts, for CSV."""
    import pyarrow as pa

    for place, each in enumerate(table.schema):
        if pa.types.is_nested(each.type):
            texts = [None if value is None else json.dumps(value) for value in table.column(place).to_pylist()]
            table = table.set_column(place, each.name, pa.array(texts, type=pa.string()))
    return table


@lru_cache(maxsize=1)
def _instructions(directory: str, chunks: int) -> Any:
    """All instructions of a run, once in each process."""
    from doseref.bulk.instructions import Instructions

    return Instructions([Path(directory) / f"read-{place:05}.pickle" for place in range(chunks)])


def _summary(work: Work, shards: int, stamp: Any, options: Options) -> dict[str, Any]:
    """What was judged, by what, and how much of it was read."""
    counts: Counter[str] = Counter()
    for shard in range(shards):
        counts.update(json.loads((work.directory / f"done-{shard:05}.json").read_text("utf-8")))
    with (work.directory / "rejected.csv").open(encoding="utf-8", newline="") as rows:
        rejected = max(0, sum(1 for _ in csv.reader(rows)) - 1)  # a row may hold several lines
    return {
        "schema": "doseref.bulk/1",
        "program": __version__,
        "data": json.loads(json.dumps(stamp, default=str)),
        "options": json.loads(json.dumps(options.judging, default=str)),
        "counts": dict(sorted(counts.items())),
        "rejected": rejected,
        "shards": shards,
        "format": options.output_format,
    }


def jobs_of(word: str | None) -> int:
    """How many processes: as asked, else one a core."""
    if word is None:
        return os.cpu_count() or 1
    if not word.isdigit() or not 1 <= int(word) <= 256:
        raise UsageError(f"--jobs {word!r} is not a number from 1 to 256")
    return int(word)
