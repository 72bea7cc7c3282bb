"""Start-up: whole processes of doseref against a typer hello-world in the same environment.

Run: python benchmarks/bench_startup.py [RUNS]. Prints processor time, which a busy machine lengthens less than wall time:
medians and lowest of alternating runs (default 20 each), and their ratios.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELLO = """import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    print(f"hello {name}")


app()
"""
ITEMS = (
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
    "Docusate 100 mg twice daily",
)


def seconds(command: list[str]) -> float:
    """Processor time of one process, in seconds."""
    # Byte code is written as in any installation; without it every run would compile the sources anew.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=surroundings)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    doseref = [sys.executable, "-m", "doseref"]
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        commands = {
            "typer hello-world": [sys.executable, str(hello)],
            "doseref check (3 items)": [*doseref, "check", *ITEMS],
            "doseref --help": [*doseref, "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            seconds(command)  # byte code and file caches
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(seconds(command))
    for told, choose in (("median", statistics.median), ("lowest", min)):
        base = choose(times["typer hello-world"])
        for name, values in times.items():
            print(f"{told} {name:<26} {choose(values) * 1000:7.1f} ms   {choose(values) / base:5.2f} × hello-world")


if __name__ == "__main__":
    main()
