"""Loads what every worker needs, when it is imported: by the process that workers are copies of, and nowhere else."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module

from doseref.bulk.workers import Options, judge_of
from doseref.errors import DoserefError
from doseref.regimen.model import Given

SIGS = ("1 tablet daily", "1 tablet every 4-6 hours as needed for pain")
"""Read and judged once: what every instruction needs is then loaded."""


def load() -> None:
    """Load the modules and the tables."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process that is copied has one thread
    for name in ("pyarrow.parquet", "doseref.bulk.instructions", "doseref.bulk.shards"):
        import_module(name)
    judge = judge_of(Options())
    for sig in SIGS:
        item = judge.read(Given("", "aspirin 81 mg", sig))
        judge.kinds(item)
        judge.together((item,))


with suppress(DoserefError, ImportError):  # tables or extras that are not there are told by who asked
    load()
