"""``doseref validate``: the whole process against a typer hello-world, and whether checking time grows linearly.

Run: python benchmarks/bench_validate.py [RUNS] [TIMES]. Prints the ratio of medians over alternating runs (default 10; goal
at most 2.5) and how much longer checking a dataset TIMES as large takes (default 100; goal at most 1.1 × TIMES).

The larger dataset is the shipped one over and over, every id and name with a suffix of its own. Dosage texts repeat, and
the program reads each text once; the second growth figure is without that memory, so that reading texts counts in full.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from doseref.checks.dataset.data import open_dataset  # noqa: E402
from doseref.checks.dataset.run import check  # noqa: E402
from doseref.tables.load import data_directory, load  # noqa: E402
from doseref.tables.package import package_json  # noqa: E402
from doseref.tables.schema import TABLES, Table  # noqa: E402
from doseref.tables.write import TERMS, render  # noqa: E402

HELLO = """import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    print(f"hello {name}")


app()
"""
NAMES = {"name", "label", "name_a", "name_b", "phrase"}
"""Columns that are names of their own: they get a suffix, lest the copies collide."""


class Forgetful(dict[str, Any]):
    """A memory that keeps nothing."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Forget it."""


def enlarged(directory: Path, times: int) -> None:
    """Write the shipped tables ``times`` over into ``directory``."""
    for table in TABLES:
        rows = load(table, data_directory())
        made = [[_cell(table, row, name, number) for name in table.header] for number in range(times) for row in rows]
        (directory / table.file).write_text(render(table, made), encoding="utf-8")
    (directory / "datapackage.json").write_text(package_json(), encoding="utf-8")


def _cell(table: Table, row: dict[str, str], name: str, number: int) -> str:
    cell, column = row[name], table.column(name)
    if not cell:
        return cell
    suffix = f"-x{number}"
    if table.name in ("drugs", "supplements") and name == "id":
        source, _, rest = cell.partition("/")
        return f"{source}{suffix}/{rest}"
    if column.kind == "refs" or name in ("side_effects", "also"):
        return TERMS.join(f"{term}{suffix}" for term in cell.split(TERMS))
    if column.kind == "ref" or name == "id" or (name in NAMES and table.name not in ("drugs", "supplements")):
        return f"{cell}{suffix}"
    return cell


def seconds_to_check(directory: Path, remember: bool) -> tuple[float, int, int]:
    """Seconds of processor time for reading and checking (median of at least two runs), rows, findings."""
    rows, found = 0, 0
    times: list[float] = []
    while len(times) < 2 or sum(times) < 3:
        start = time.process_time()
        data = open_dataset(directory, as_of=date(2026, 1, 1))
        if not remember:
            data.readings = Forgetful()
        found = len(check(data))
        times.append(time.process_time() - start)
        rows = sum(len(sheet.rows) for sheet in data.sheets.values())
    return statistics.median(times), rows, found


def process_ratio(runs: int) -> None:
    """Whole processes, alternating."""
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        commands = {
            "typer hello-world": [sys.executable, str(hello)],
            "doseref validate": [sys.executable, "-m", "doseref", "validate", "data"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=_environment())
                if run:  # the first run fills the caches of byte code and files
                    times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:20} {median * 1000:7.0f} ms")
    print(f"{'ratio':20} {medians['doseref validate'] / medians['typer hello-world']:7.2f}   (goal: at most 2.5)")


def _environment() -> dict[str, str]:
    import os

    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src")}


def growth(times: int) -> None:
    """Checking time of a larger dataset over that of the same one once."""
    with tempfile.TemporaryDirectory() as folder:
        once, many = Path(folder) / "once", Path(folder) / "many"
        for directory, number in ((once, 1), (many, times)):
            directory.mkdir()
            enlarged(directory, number)
        for remember, words in ((True, "each text read once"), (False, "every text read anew")):
            small, small_rows, small_found = seconds_to_check(once, remember)
            large, large_rows, large_found = seconds_to_check(many, remember)
            print(f"{small_rows:,} rows {small * 1000:.0f} ms, {large_rows:,} rows {large:.2f} s ({words})")
            print(
                f"  {large / small:.1f} times as long for {times} times as much (goal: at most {times * 1.1:.0f}); findings {small_found}, {large_found}"
            )


def main() -> None:
    """Both measurements."""
    process_ratio(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
    growth(int(sys.argv[2]) if len(sys.argv) > 2 else 100)


if __name__ == "__main__":
    main()
