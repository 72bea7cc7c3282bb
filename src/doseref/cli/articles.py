"""What ``extract`` and ``reconcile`` share: which files to read, and reading them.

A file that cannot be read is told on standard error and leaves the others as they are; so does a file whose reader is not
installed, with the line that installs it. The command then ends with exit code 2.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.cli import common
from doseref.errors import ExitCode, InputError, MissingExtraError, UsageError
from doseref.records import record

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


@record
class Requested:
    """Which articles to read, and how."""

    files: tuple[str, ...]
    source: str | None = None
    kind: str | None = None
    stdin_name: str | None = None
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
) -> Requested:
    """The files of the articles named on the command line, else of ``paths`` in the settings; what has no reader is told.

    Raises :class:`UsageError` for options that do not go together and :class:`InputError` for paths without an article.
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
    if stdin_name is not None and "-" not in found.files:
        raise UsageError("--stdin-filename needs '-' (standard input) among the articles")
    if found.said() and not quiet:
        print(f"doseref: {found.said()}", file=sys.stderr)
    return Requested(found.files, source, kind, stdin_name, found.unreadable)


def read_all(reading: Requested, data: Reference) -> tuple[list[Extraction], tuple[str, ...]]:
    """Every article read and extracted, and the files that could not be read (told on standard error).

    Two files of one name get their path as id. Raises the error itself where there is only one file.
    """
    from doseref.articles.extract import extract as extract_statements
    from doseref.articles.read import read_article

    stems = [Path(each).stem for each in reading.files]
    found: list[Extraction] = []
    unreadable = list(reading.unlisted)
    missing: dict[str, list[str]] = {}
    alone = len(reading.files) == 1
    for each, stem in zip(reading.files, stems, strict=True):
        name = reading.source or (each if stems.count(stem) > 1 else None)
        try:
            article = read_article(
                each, source=name, known=data.sources, kind=reading.kind, stdin_name=reading.stdin_name
            )
        except MissingExtraError as error:
            if alone:
                raise
            missing.setdefault(str(error), []).append(each)
        except InputError as error:
            if alone:
                raise
            unreadable.append((each, str(error)))
        else:
            found.append(extract_statements(article, data))
    for path, reason in unreadable:
        print(f"doseref: {reason if reason.startswith(path) else f'{path}: {reason}'}", file=sys.stderr)
    for reason, paths in missing.items():
        others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        print(f"doseref: {paths[0]}{others}: left out; {reason}", file=sys.stderr)
    return found, (*(path for path, _ in unreadable), *(path for paths in missing.values() for path in paths))


def exit_unreadable(unreadable: Sequence[str]) -> None:
    """End with exit code 2 where a file could not be read, after what could be read was told."""
    if unreadable:
        raise typer.Exit(int(ExitCode.UNUSABLE))
