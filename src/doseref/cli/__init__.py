"""The command line: parse the words, call, render, exit. Only here is anything printed."""

from __future__ import annotations


def main() -> None:
    """The console script ``doseref``."""
    from doseref.cli.main import run

    run()
