"""Every figure of docs/performance.md in one command.

Run: python benchmarks/performance.py [--rows 1000000] [--runs 3] [--only NAME …]; names: start, parse, check, file, bulk, growth, spark.
Prints Markdown: the machine, versions and day, then a table a subject. Runs alternate and medians are told; processor seconds stand
beside wall seconds, since a machine that does other things makes the wall slower and not the work.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import bench_bulk
import bench_parse
import bench_startup
import prescriptions

PYTHON = sys.executable
PAIRS_A_ROW, PEOPLE_A_ROW = 0.05, 0.2
"""The mixture: 50,000 instructions and 200,000 people in a million rows."""


class Run:
    """One process: wall and processor seconds of all it began, and the peak memory of its tree in MiB."""

    def __init__(self, command: list[str], ok: tuple[int, ...] = (0, 1)) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        peak = 0
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            while run.poll() is None:
                peak = max(peak, bench_bulk.tree_bytes(run.pid))
                time.sleep(bench_bulk.LOOK_SECONDS)
        if run.returncode not in ok:
            raise SystemExit(f"failed ({run.returncode}): {' '.join(command)[:200]}")
        bench_bulk.wait_for_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.wall = time.perf_counter() - begun
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.peak = peak / 2**20


def median(runs: list[Run], what: str) -> float:
    """The median of one figure."""
    return statistics.median(getattr(run, what) for run in runs)


def alternating(commands: dict[str, Callable[[], list[str]]], runs: int) -> dict[str, list[Run]]:
    """Each command in turn, ``runs`` times."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(Run(command()))
    return found


def table(title: str, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """A Markdown table on standard output, at once."""
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")
    sys.stdout.flush()


def machine() -> None:
    """What it ran on."""
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    names = ("duckdb", "pyarrow", "numpy", "typer", "pyspark")
    print(f"{date.today()}, {model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning; "
          f"Python {platform.python_version()}, {', '.join(f'{name} {_version(name)}' for name in names)}.")  # fmt: skip


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not there"


def start(runs: int) -> None:
    """A process that checks three items against a typer hello-world."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as in any installation
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(bench_startup.HELLO, encoding="utf-8")
        commands = {
            "typer hello-world": lambda: [PYTHON, str(hello)],
            "check of three items": lambda: [PYTHON, "-m", "doseref", "check", *bench_startup.ITEMS],
        }
        alternating(commands, 1)
        found = alternating(commands, 5 * runs)
    base = median(found["typer hello-world"], "cpu")
    table("Start-up", ("process", "processor ms", "× hello-world"),
          [(name, f"{median(each, 'cpu') * 1000:.0f}", f"{median(each, 'cpu') / base:.2f}") for name, each in found.items()])  # fmt: skip


def parse() -> None:
    """Instructions a second against ``re.findall`` over the same lines."""
    import re

    from doseref import parse as read

    lines = bench_parse.lines([])
    plain = bench_parse.best(lambda line: re.findall(r"\w+|\S", line), lines)
    ours = bench_parse.best(read, lines)
    table("Reading instructions", ("lines", "lines a second", "× re.findall"),
          [(len(lines), f"{len(lines) / ours:,.0f}", f"{ours / plain:.1f}")])  # fmt: skip


def check() -> None:
    """Checks a second in one process, tables loaded: three items each, half of them new."""
    import doseref

    rng = random.Random(1)
    pairs = prescriptions.pairs(20_000, 1)
    for name, pool in (("12 items, again and again", pairs[100:112]), ("20,000 items", pairs)):
        regimens = [rng.sample(pool, 3) for _ in range(3_000)]
        for regimen in regimens[:300]:
            doseref.check(regimen)
        begun = time.process_time()
        for regimen in regimens:
            doseref.check(regimen).to_json()
        spent = time.process_time() - begun
        table(f"Checks of three items, {name}", ("checks", "processor ms a check", "checks a second"),
              [(len(regimens), f"{spent / len(regimens) * 1000:.2f}", f"{len(regimens) / spent:,.0f}")])  # fmt: skip


def file(rows: int, scratch: Path) -> None:
    """``check -f`` of files that grow: flat memory, the same time an item."""
    found = []
    for count in (rows // 100, rows // 10):
        path = _written(scratch / f"file-{count}.csv", count)
        run = Run([PYTHON, "-m", "doseref", "check", "-f", str(path), "--format", "jsonl"])
        found.append((f"{count:,}", f"{run.cpu:.1f}", f"{run.cpu / count * 1e6:,.0f}", f"{run.peak:,.0f}"))
    table("check -f to JSONL", ("rows", "processor s", "µs a row", "peak MiB"), found)


def _written(path: Path, count: int) -> Path:
    prescriptions.write(path, count, max(100, int(count * PAIRS_A_ROW)), max(10, int(count * PEOPLE_A_ROW)))
    return path


def _bulk(path: Path, out: Path) -> list[str]:
    shutil.rmtree(out, ignore_errors=True)
    return [PYTHON, "-m", "doseref", "bulk", str(path), str(out)]


def bulk(rows: int, runs: int, scratch: Path) -> None:
    """``bulk`` against a toy join of the same file in DuckDB."""
    path = _written(scratch / "bulk.csv", rows)
    found = alternating({
        "DuckDB toy join": lambda: bench_bulk.toy(path, scratch / "toy.parquet"), "doseref bulk": lambda: _bulk(path, scratch / "out"),
    }, runs)  # fmt: skip
    base = found["DuckDB toy join"]
    table(f"bulk of {rows:,} rows", ("what", "wall s", "processor s", "× wall", "× processor", "peak MiB"),
          [(name, f"{median(each, 'wall'):.1f}", f"{median(each, 'cpu'):.1f}", f"{median(each, 'wall') / median(base, 'wall'):.1f}",
            f"{median(each, 'cpu') / median(base, 'cpu'):.1f}", f"{median(each, 'peak'):,.0f}") for name, each in found.items()])  # fmt: skip


def growth(rows: int, scratch: Path) -> None:
    """``bulk`` of Parquet files that grow by ten, with as many more people and instructions."""
    found = []
    for count in (rows // 100, rows // 10, rows):
        path = _written(scratch / f"growth-{count}.parquet", count)
        run = Run(_bulk(path, scratch / "out"))
        found.append(
            (f"{count:,}", f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.cpu / count * 1e6:,.0f}", f"{run.peak:,.0f}")
        )
        path.unlink()
    table("bulk from Parquet", ("rows", "wall s", "processor s", "processor µs a row", "peak MiB"), found)


SPARK = """
import sys
from pyspark.sql import SparkSession
from doseref.bulk.batch import spark
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
frame = session.read.parquet(sys.argv[1])
if sys.argv[2] == "doseref":
    made = spark(frame, "patient")
else:
    made = frame.repartition(frame["patient"]).mapInArrow(lambda batches: batches, frame.schema)
made.write.mode("overwrite").parquet(sys.argv[3])
"""


def spark(rows: int, scratch: Path) -> None:
    """Spark on two local workers against an identity over the same rows; nothing without Java and pyspark."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        print("\n## Spark\n\nNot measured: Java or pyspark is not there.")
        return
    path = _written(scratch / "spark.parquet", rows // 10)
    os.environ["PYSPARK_PYTHON"] = PYTHON
    found = [
        (name, Run([PYTHON, "-c", SPARK, str(path), name, str(scratch / "spark")])) for name in ("identity", "doseref")
    ]
    table(f"Spark, {rows // 10:,} rows", ("what", "wall s", "processor s", "peak MiB"),
          [(name, f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.peak:,.0f}") for name, run in found])  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--only", nargs="*", default=["start", "parse", "check", "file", "bulk", "growth", "spark"])
    given = asked.parse_args()
    machine()
    bench_bulk.adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        parts: dict[str, Callable[[], None]] = {
            "start": lambda: start(given.runs), "parse": parse, "check": check, "file": lambda: file(given.rows, scratch),
            "bulk": lambda: bulk(given.rows, given.runs, scratch), "growth": lambda: growth(given.rows, scratch),
            "spark": lambda: spark(given.rows, scratch),
        }  # fmt: skip
        for name in given.only:
            parts[name]()


if __name__ == "__main__":
    main()
