"""What ``extract`` and ``reconcile`` share: which files to read, and reading them.

A file that cannot be read is told on standard error and leaves the others as they are; so does a file whose reader is
not installed, with the line that installs it. The command then ends with exit code 2.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import typer

from doseref.cli import common
from doseref.errors import DoserefError, ExitCode, InputError, MissingExtraError, UsageError
from doseref.records import record, replace

if TYPE_CHECKING:
    from doseref.articles.extracted import Extraction
    from doseref.cli.settings import Settings
    from doseref.refdata import Reference

KINDS = ("text", "markdown", "html", "docx")

ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", help="Settings (default: the nearest doseref.toml or pyproject.toml upward)."
    ),
]
IsolatedOption = Annotated[bool, typer.Option("--isolated", help="Read no settings file.")]
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="PATTERN", help="Leave out of directories what fits (as in .gitignore); may be repeated."
    ),
]
StdinOption = Annotated[
    str | None,
    typer.Option("--stdin-filename", metavar="FILE", help="The name that standard input ('-') goes by."),
]
JobsOption = Annotated[
    str | None,
    typer.Option("--jobs", metavar="N", help="Processes that read; default: one a core where there are many files."),
]
_MANY = 32
"""Files from which on several processes are worth their start."""


@record
class Requested:
    """Which articles to read, and how."""

    files: tuple[str, ...]
    source: str | None = None
    kind: str | None = None
    stdin_name: str | None = None
    jobs: int = 0
    """Processes that read; 0: one a core where there are many files."""
    unlisted: tuple[tuple[str, str], ...] = ()
    """Directories that cannot be listed, and why."""


def beside(named: Sequence[str], stdin_name: str | None) -> tuple[str, ...]:
    """The paths that settings are looked for beside: standard input counts by the name it goes by."""
    return tuple(stdin_name or each if each == "-" else each for each in named)


def to_read(
    named: Sequence[str],
    settings: Settings,
    *,
    exclude: Sequence[str] = (),
    source: str | None = None,
    kind: str | None = None,
    stdin_name: str | None = None,
    quiet: bool = False,
    jobs: str | None = None,
    output: str | None = None,
) -> Requested:
    """The files of the articles named on the command line, else of ``paths`` in the settings; what has no reader is
    told. Standard input takes the place of the file whose name it goes by.

    Raises :class:`UsageError` for options that do not go together, an ``output`` that is one of the articles among them,
    and :class:`InputError` for paths without an article.
    """
    from doseref.articles.find import find_articles

    if kind is not None:
        common.one_of("--as", kind, KINDS)
    base = settings.directory if settings.file else Path()
    patterns = (*settings.exclude, *exclude)
    if named:
        found = find_articles(named, exclude=patterns, exclude_base=base)
    else:
        found = find_articles(settings.paths, exclude=patterns, base=base)
    if source is not None and len(found.files) > 1:
        raise UsageError("--source names one source, but there are several articles")
    stdin_among(found.files, stdin_name)
    if found.said() and not quiet:
        common.tell(found.said())
    files = found.files
    if stdin_name is not None:
        files = tuple(each for each in files if each == "-" or not _same_file(each, stdin_name))
    if output is not None and any(each != "-" and _same_file(each, output) for each in files):
        raise UsageError(f"--output {output} is one of the articles that are read; name another file")
    return Requested(files, source, kind, stdin_name, _number(jobs), found.unreadable)


def stdin_among(named: Sequence[str], stdin_name: str | None) -> None:
    """Raises :class:`UsageError` where standard input has a name and is not read."""
    if stdin_name is not None and "-" not in named:
        raise UsageError("--stdin-filename needs '-' (standard input) among the articles")


def _same_file(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _number(jobs: str | None) -> int:
    if jobs is None:
        return 0
    if not (jobs.isascii() and jobs.isdigit() and 0 < int(jobs[:4]) <= 256):
        raise UsageError(f"--jobs {jobs!r} is no number from 1 to 256")
    return int(jobs)


def read_all(reading: Requested, data: Reference) -> tuple[list[Extraction], tuple[str, ...]]:
    """Every article read and extracted, and the files that could not be read (told on standard error).

    Two files of one name get their path as id. Raises the error itself where there is only one file.
    """
    found: list[Extraction] = []
    unreadable = list(reading.unlisted)
    missing: dict[str, list[str]] = {}
    for path, outcome in _outcomes(reading, data):
        if not isinstance(outcome, _Failed):
            found.append(outcome)
        elif len(reading.files) == 1 and outcome.error is not None:
            raise outcome.error
        elif outcome.missing:
            missing.setdefault(outcome.reason, []).append(path)
        else:
            unreadable.append((path, outcome.reason))
    for path, reason in unreadable:
        common.tell(reason if reason.startswith(path) else f"{path}: {reason}")
    for reason, paths in missing.items():
        others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        common.tell(f"{paths[0]}{others}: left out; {reason}")
    return found, (*(path for path, _ in unreadable), *(path for paths in missing.values() for path in paths))


def _outcomes(reading: Requested, data: Reference) -> Iterator[tuple[str, Extraction | _Failed]]:
    """Path and extraction (or what went wrong) of every file, in their order, by one worker or several."""
    stems = [Path(each).stem for each in reading.files]
    twice = {stem for stem, number in Counter(stems).items() if number > 1}
    asked = [
        (path, reading.source or (path if stem in twice else None), reading.kind, reading.stdin_name)
        for path, stem in zip(reading.files, stems, strict=True)
    ]
    progress = common.Progress("articles", len(asked))
    jobs = min(reading.jobs or (os.cpu_count() or 1 if len(asked) >= _MANY else 1), len(asked))
    worker = _Worker(data)
    if jobs < 2 or "-" in reading.files or sys.platform != "linux":
        for each in asked:
            yield each[0], worker.read(each)
            progress.step()
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        _Worker.shared = worker  # a fork has the loaded data already; nothing of it is copied
        with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
            outcomes = pool.map(_in_a_worker, asked, chunksize=max(1, min(16, len(asked) // (jobs * 4))))
            for each, outcome in zip(asked, outcomes, strict=True):
                yield each[0], outcome
                progress.step()
    progress.end()


@record
class _Failed:
    """Why there is no extraction of a file; ``missing``: for want of an optional reader."""

    reason: str
    missing: bool
    error: DoserefError | None


_Asked = tuple[str, str | None, str | None, str | None]
"""Path, id of the source, kind and the name of standard input."""


class _Worker:
    """Reads and extracts one article after another with the same data."""

    shared: ClassVar[_Worker | None] = None

    def __init__(self, data: Reference) -> None:
        self.data = data

    def read(self, asked: _Asked) -> Extraction | _Failed:
        """The extraction, or why there is none."""
        from doseref.articles.extract import extract
        from doseref.articles.read import read_article

        path, source, kind, stdin_name = asked
        try:
            article = read_article(path, source=source, known=self.data.sources, kind=kind, stdin_name=stdin_name)
        except (InputError, MissingExtraError) as error:
            return _Failed(str(error), isinstance(error, MissingExtraError), error)
        return extract(article, self.data)


def _in_a_worker(asked: _Asked) -> Extraction | _Failed:
    outcome = cast("_Worker", _Worker.shared).read(asked)
    # An error does not travel between processes; what it says does.
    return replace(outcome, error=None) if isinstance(outcome, _Failed) else outcome


def exit_unreadable(unreadable: Sequence[str]) -> None:
    """End with exit code 2 where a file could not be read, after what could be read was told."""
    if unreadable:
        raise typer.Exit(int(ExitCode.UNUSABLE))
