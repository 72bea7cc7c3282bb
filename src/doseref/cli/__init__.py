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
    finally:
        gc.freeze()  # at its end Python looks twice through all there is for cycles: a third of a short command's time
