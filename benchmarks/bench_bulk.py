"""Many people at once: ``doseref bulk`` against a DuckDB query that joins the same file with one maximum a drug.

Run: python benchmarks/bench_bulk.py [ROWS] [PAIRS] [PEOPLE] [RUNS]; default 1,000,000 rows of 50,000 instructions and 200,000 people,
3 alternating runs. Prints medians, their ratio, rows a second and the peak memory of the process tree.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import prescriptions

JOIN = """
WITH given AS (
  SELECT patient, split_part(drug, ' ', 1) AS drug, try_cast(regexp_extract(drug, '([0-9.]+) mg', 1) AS DOUBLE) AS mg,
    CASE WHEN sig LIKE '%every 6 hours%' THEN 4 WHEN sig LIKE '%twice%' THEN 2 WHEN sig LIKE '%three times%' THEN 3 ELSE 1 END
    * coalesce(try_cast(regexp_extract(sig, '^([0-9]+)', 1) AS DOUBLE), 1) AS times
  FROM read_csv('{rows}', all_varchar=true)),
limits AS (
  SELECT substance AS drug, max(try_cast(amount AS DOUBLE)) AS top FROM read_csv('{limits}', all_varchar=true)
  WHERE unit = 'mg' AND period = '1' GROUP BY 1)
SELECT patient, drug, sum(mg * times) AS daily, any_value(top) AS top, sum(mg * times) > any_value(top) AS over
FROM given JOIN limits USING (drug) GROUP BY patient, drug
"""
PR_SET_CHILD_SUBREAPER = 36
"""From Linux's ``prctl.h``."""
LOOK_SECONDS = 0.2
"""How often memory is looked at: a look costs some milliseconds a process."""
ROOT = Path(__file__).resolve().parents[1]


def toy(rows: Path, out: Path) -> list[str]:
    """The command that does the toy join and writes its rows."""
    query = JOIN.format(rows=rows, limits=ROOT / "data" / "limits.csv").replace("\n", " ")
    code = f"import duckdb; duckdb.connect(config={{'threads': 2}}).execute({f'COPY ({query}) TO {str(out)!r} (FORMAT parquet)'!r})"
    return [sys.executable, "-c", code]


def measured(command: list[str]) -> tuple[float, int]:
    """Seconds of wall time, and the peak of the memory of the whole process tree in bytes, looked at five times a second."""
    begun = time.perf_counter()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            peak = max(peak, tree_bytes(run.pid))
            time.sleep(LOOK_SECONDS)
        if run.returncode:
            raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - begun, peak


def adopt_orphans() -> None:
    """Processes that outlive the one that began them become children of this one (Linux), so that what they cost is
    counted: workers are children of a process that nobody waits for.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    """Until every process has ended that this one has."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def tree_bytes(root: int) -> int:
    """Memory of a process and all below it (Linux); a page that several of them share is counted once (Pss)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return sum(_bytes(process) for process in parents if root in _above(process, parents))


def _above(process: int, parents: dict[int, int]) -> list[int]:
    """A process and those that it comes from."""
    found = [process]
    while found[-1] > 1 and found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def _bytes(process: int) -> int:
    """Its own share of what it holds in memory; none of a process that is gone."""
    try:
        parts = Path(f"/proc/{process}/smaps_rollup").read_text().split()
        return int(parts[parts.index("Pss:") + 1]) * 1024
    except (OSError, ValueError):
        return 0


def main(rows: int = 1_000_000, pairs: int = 50_000, people: int = 200_000, runs: int = 3) -> None:
    """Alternating runs on one generated file."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "rows.csv"
        prescriptions.write(file, rows, pairs, people)
        print(f"{rows:,} rows, {pairs:,} instructions, {people:,} people, {file.stat().st_size / 1e6:.0f} MB")
        ours, theirs, peaks = [], [], []
        for _ in range(runs):
            theirs.append(measured(toy(file, Path(scratch) / "toy.parquet"))[0])
            out = Path(scratch) / "out"
            shutil.rmtree(out, ignore_errors=True)
            seconds, peak = measured([sys.executable, "-m", "doseref", "bulk", str(file), str(out)])
            ours.append(seconds)
            peaks.append(peak)
        ours_median, toy_median = statistics.median(ours), statistics.median(theirs)
        print(
            f"bulk {ours_median:.1f} s ({rows / ours_median:,.0f} rows/s), toy join {toy_median:.2f} s: {ours_median / toy_median:.1f} ×"
        )
        print(f"peak of the process tree {max(peaks) / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
