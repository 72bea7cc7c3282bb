"""The processes of a run: how they begin, what each of them loads once, and how they are given their tasks.

Where the system can do that, workers are copies of one process that has loaded the tables (:mod:`doseref.bulk.ready`):
they begin at once, and share the memory of what they only read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self, TypeVar

from doseref.api import reference
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.bench import Bench

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

    from doseref.bulk.local import Judge

T = TypeVar("T")


@record
class Options:
    """What a run is asked: plain values that can be sent to other processes."""

    output_format: str = "parquet"
    jobs: int = 1
    policy: str = "strictest"
    country: str = "US"
    otc: bool = False
    as_of: str = ""
    strict: bool = False
    accept_suggestions: bool = False
    overlay: str = ""

    @property
    def judging(self) -> dict[str, Any]:
        """Those that change what is said, for the digest of a run."""
        return {name: value for name, value in self.__dict__.items() if name != "jobs"}


def bench_of(options: Options, data: Reference) -> Bench:
    """Who judges; raises :class:`UsageError` for a policy or a country that nobody knows."""
    return Bench(options.policy, options.country.upper(), options.otc, options.as_of).checked(data)


@lru_cache(maxsize=2)
def judge_of(options: Options) -> Judge:
    """The judge of a run, once in each process."""
    from doseref.bulk.local import Judge
    from doseref.names import names

    data = reference(options.overlay or None)
    return Judge(names(data), bench_of(options, data), options.strict, options.accept_suggestions)


class Workers:
    """Runs tasks in processes of their own (in this one where there is one job);
    the outcome does not depend on how many.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.pool: ProcessPoolExecutor | None = None
        self._context = _context(jobs)

    def __enter__(self) -> Self:
        self._collecting = gc.isenabled()
        _collect_nothing()
        return self

    def apart(self, task: Callable[..., T], *arguments: Any) -> T:
        """The outcome of a task in a process of its own, whose memory is given back when it ends."""
        with self._pool(1) as pool:
            return pool.submit(task, *arguments).result()

    def each(self, task: Callable[[Any], int], over: Iterable[Any]) -> Iterator[int]:
        """The tasks' answers, as they come."""
        if self.jobs <= 1:
            return map(task, over)
        from concurrent.futures import as_completed

        if self.pool is None:
            self.pool = self._pool(self.jobs)
        started = [self.pool.submit(task, each) for each in over]
        return (each.result() for each in as_completed(started))

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(jobs, mp_context=self._context, initializer=_begin)

    def __exit__(self, *told: object) -> None:
        if self._collecting:
            gc.enable()
        if self.pool is not None:
            self.pool.shutdown(wait=not any(told), cancel_futures=True)


def _context(jobs: int) -> BaseContext:
    """How processes begin: as copies of one that is ready, which is begun here, where the system can do that and there
    is more than one job; else anew.
    """
    from multiprocessing import get_all_start_methods, get_context

    if jobs <= 1 or "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(["doseref.bulk.ready"])
    forkserver.ensure_running()
    return context


def _begin() -> None:
    """A process that works begins; memory that is free goes back to the system."""
    import pyarrow as pa

    _collect_nothing()
    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Memory that is free and still held goes back to the system: else what each part leaves free in between adds up."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def _collect_nothing() -> None:
    """Records refer to no cycles: the collector would only look for what is not there."""
    gc.disable()
