"""How fast articles are read and their statements found, in megabytes a second of processor time.

``python benchmarks/bench_articles.py FILE…`` reads the files (default: the articles of ``tests/articles``) in one process
that is warm: all modules, tables and patterns are loaded. Each file is measured by its best of several rounds, once with
everything forgotten that an earlier round worked out about the same texts, once with it remembered.
"""

from __future__ import annotations

import gc
import sys
import time
from functools import _lru_cache_wrapper
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from doseref.articles.extract import extract  # noqa: E402 - the path must be set first
from doseref.articles.read import ENDINGS, read_article  # noqa: E402
from doseref.articles.resolve import resolver  # noqa: E402
from doseref.refdata import reference  # noqa: E402

ROUNDS = 5
_FEW = 64
"""Caches of no more entries hold tables and parsers, and nothing about a text."""


def forget() -> None:
    """Empty every cache that holds something about a text."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and (each.cache_parameters()["maxsize"] or 0) > _FEW:
            each.cache_clear()
    for data in (None, reference()):
        resolver(data)._mentions.clear()
        resolver(data)._headings.clear()


def seconds(path: str) -> float:
    """Processor time to read one file and find its statements."""
    start = time.process_time()
    extract(read_article(path), reference())
    return time.process_time() - start


def main() -> None:
    places = [Path(each) for each in sys.argv[1:]] or sorted((ROOT / "tests" / "articles").rglob("*"))
    files = [str(each) for each in places if each.is_file() and each.suffix and each.suffix in ENDINGS]
    size = sum(Path(each).stat().st_size for each in files) / 1e6
    for each in files:
        seconds(each)
    for name, forgetful in (("each text new", True), ("texts remembered", False)):
        best = dict.fromkeys(files, float("inf"))
        for _ in range(ROUNDS):
            for each in files:
                if forgetful:
                    forget()
                best[each] = min(best[each], seconds(each))
        took = sum(best.values())
        print(f"{name:18} {len(files)} files, {size:.3f} MB, {took * 1000:.0f} ms: {size / took:.2f} MB/s")


if __name__ == "__main__":
    main()
