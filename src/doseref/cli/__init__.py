"""The command line: parse the words, call, render, exit. Only here is anything printed."""

from __future__ import annotations


def main() -> None:
    """The console script ``doseref``."""
    import gc

    # What a command makes are records without cycles: the collector would look for what is not there, all through the
    # start.
    gc.set_threshold(200_000, 20, 50)
    from doseref.cli.main import run

    try:
        run()
    except SystemExit as ended:
        _end_at_once(ended.code)
        raise
    finally:
        gc.freeze()  # at its end Python looks twice through all there is for cycles: a third of a short command's time


def _end_at_once(code: object) -> None:
    """End the process here if nobody waits for its end: else Python would first take all modules and tables apart,
    which takes it as long as judging three items.

    It returns where there is something left to do: other threads or processes, a function that is to run at the end, or
    output that cannot be written, which Python then tells in its own way.
    """
    import atexit
    import os
    import sys
    import threading

    waits = getattr(atexit, "_ncallbacks", lambda: 1)() or threading.active_count() > 1
    if waits or "multiprocessing" in sys.modules or not isinstance(code, int):
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
