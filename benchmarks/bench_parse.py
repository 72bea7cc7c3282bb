"""How long reading a dosage instruction takes, against one ``re.findall(r"\\w+|\\S", line)`` over the same lines.

``python benchmarks/bench_parse.py [FILE]`` prints lines a second and the ratio of the two times, both taken in this one
run as the best of several rounds. Without FILE the lines are the distinct texts of ``tests/sigs`` that are a sentence
(20 to 120 characters). The goal is a ratio of at most 60.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from doseref import parse  # noqa: E402 - the path must be set first

ROUNDS = 7


def lines(arguments: list[str]) -> list[str]:
    """The distinct lines to read."""
    if arguments:
        found = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    else:
        found = [
            row.split("\t")[0]
            for path in sorted((ROOT / "tests" / "sigs").glob("*.tsv"))
            for row in path.read_text(encoding="utf-8").splitlines()[1:]
            if not row.startswith("#")
        ]
        found = [line for line in found if 20 <= len(line) <= 120]
    return list(dict.fromkeys(line for line in found if line.strip()))


def best(job: Callable[[str], object], texts: list[str]) -> float:
    """The shortest of several rounds over all lines, in seconds of processor time."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            job(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    texts = lines(sys.argv[1:])
    find = re.compile(r"\w+|\S").findall
    base = best(find, texts)
    plain = best(lambda line: re.findall(r"\w+|\S", line), texts)
    ours = best(parse, texts)
    print(f"{len(texts)} distinct lines, {sum(map(len, texts)) / len(texts):.0f} characters on average")
    print(
        f"findall  {base / len(texts) * 1e6:8.2f} microseconds a line (re.findall with the pattern each time: {plain / len(texts) * 1e6:.2f})"
    )
    print(f"parse    {ours / len(texts) * 1e6:8.2f} microseconds a line, {len(texts) / ours:,.0f} lines a second")
    print(f"ratio    {ours / plain:8.1f}   (against the compiled pattern {ours / base:.1f}; goal: at most 60)")


if __name__ == "__main__":
    main()
