"""``doseref bulk``: judge a file of many people into tables."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from doseref.cli import common
from doseref.errors import ExitCode, MissingExtraError, UsageError
from doseref.findings import Severity


def bulk(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="csv, tsv, parquet or arrow: a row per item, with a column for the person."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The directory that the tables are written to.")],
    output_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="parquet or csv.")] = "parquet",
    mapping: common.MappingOption = None,
    jobs: Annotated[
        str | None,
        typer.Option("--jobs", metavar="N", help="Processes; default: one a core. No outcome depends on it."),
    ] = None,
    policy: common.PolicyOption = "strictest",
    country: common.CountryOption = None,
    otc: common.OtcOption = False,
    as_of: common.AsOfOption = None,
    accept_suggestions: common.AcceptSuggestionsOption = False,
    strict: common.StrictOption = False,
    data: common.DataOption = None,
    fail_on: common.FailOnOption = "never",
) -> None:
    """Judge a file of many people into tables: totals, verdicts, findings and items, with a summary.

    Says row for row what 'doseref check -f' says, reads each distinct instruction once, and keeps what is finished: run
    it again after an interruption. Needs the extra 'bulk'. Exit code 0 when everything is written, whatever was found; with
    --fail-on error (warning, info) 1 where something so grave was found.

    Example: doseref bulk prescriptions.csv judged
    """
    _demand_extra()
    from doseref.bulk.run import FORMATS, jobs_of, run
    from doseref.bulk.workers import Options
    from doseref.cli.dataset import dataset, judging_country
    from doseref.lists.columns import read_mapping

    common.one_of("--format", output_format, FORMATS)
    common.one_of("--fail-on", fail_on, common.FAIL_ON)
    overlay = dataset(data).overlay
    options = Options(
        output_format,
        jobs_of(jobs),
        policy,
        judging_country(country),
        otc,
        str(common.day("--as-of", as_of) or ""),
        strict,
        accept_suggestions,
        str(overlay.directory) if overlay else "",
    )
    if common.directory(out).exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a directory for the tables")
    progress = _Progress()
    try:
        summary = run(source, out, read_mapping(mapping or []), options, progress)
    except KeyboardInterrupt:
        progress.clear()
        typer.echo(f"stopped; what is finished is kept in {out}: run the same command again to go on", err=True)
        raise typer.Exit(130) from None
    progress.clear()
    counts = summary["counts"]
    common.write(
        f"{_counted(counts.get('people', 0), 'person', 'people')}, "
        f"{_counted(sum(n for word, n in counts.items() if word.startswith('items')), 'item')}: "
        f"{_counted(counts.get('findings error', 0), 'error')}, "
        f"{_counted(counts.get('findings warning', 0), 'warning')}, "
        f"{_counted(counts.get('items unread', 0) + counts.get('items partly-read', 0), 'item')} not (wholly) read"
        + (
            f"; {_counted(summary['rejected'], 'row')} rejected, see {out / 'rejected.csv'}"
            if summary["rejected"]
            else ""
        )
        + f"\n{out}: {json.dumps(summary['format'])[1:-1]} files totals, verdicts, findings, items; summary.json",
        None,
    )
    found = [each for each in Severity if counts.get(f"findings {each.word}", 0)]
    if fail_on != "never" and any(each >= Severity.from_word(fail_on) for each in found):
        raise typer.Exit(int(ExitCode.FINDINGS))


def _demand_extra() -> None:
    """Raises :class:`MissingExtraError` before anything is begun: a process of the work could only end in a traceback."""
    from importlib.util import find_spec

    if not all(map(find_spec, ("duckdb", "pyarrow", "numpy"))):
        raise MissingExtraError("bulk", "bulk")


def _counted(number: int, word: str, several: str = "") -> str:
    return f"{number:,} {word if number == 1 else several or f'{word}s'}"


class _Progress:
    """What is being done, on a terminal only: how much of it, and how long it may still take."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.what, self.begun = "", time.monotonic()

    def __call__(self, what: str, done: int, of: int) -> None:
        if not self.shown:
            return
        if what != self.what:
            self.what, self.begun = what, time.monotonic()
        passed = time.monotonic() - self.begun
        left = f", about {passed * (of - done) / done:.0f} s left" if done and done < of and passed > 1 else ""
        sys.stderr.write(f"\r\x1b[K{what}: {done:,} of {of:,}{left}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line empty."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
