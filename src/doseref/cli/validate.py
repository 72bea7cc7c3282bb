"""``doseref validate``: check the dataset."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.cli.common import (
    BY_ENDING,
    FAIL_ON,
    FailOnOption,
    OutputOption,
    colour,
    day,
    exit_by,
    format_of,
    one_of,
    tell,
    write,
)
from doseref.errors import DataError, InputError, UsageError

if TYPE_CHECKING:
    from doseref.checks.dataset.data import Dataset
    from doseref.findings import Finding
    from doseref.tables.read import Sheet

FORMATS = ("text", "json", "concise", "github", "gitlab", "junit", "sarif")


def validate(
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="The directory of the tables; default: the data that doseref uses."),
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option("--articles", metavar="DIR", help="Look each dosage text up on its line of these articles."),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS) + ".", show_default=BY_ENDING),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=(
                "Write canonical form and order, and nothing else, then check; in an overlay, columns that are left "
                "out are added."
            ),
        ),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="DIR|REV", help="Say which figures changed since another copy or a git revision."
        ),
    ] = None,
    fail_on: FailOnOption = "error",
    output: OutputOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day that review dates are held against; default: today."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Write nothing where there is no finding (text).")
    ] = False,
) -> None:
    """Check the dataset: shape, references, sense, the double entry of text and figures, provenance.

    All findings of a run are told, at file:line:column, each with what mends it. Exit code 1 where there are any at or
    above --fail-on. An overlay (a directory with some of the tables, or with an overlay.json) is checked as it will be
    used: its rows among the shipped ones.

    Example: doseref validate data
    """
    output_format = format_of(output_format, output, FORMATS)
    one_of("--fail-on", fail_on, FAIL_ON)
    from doseref.checks.dataset import run
    from doseref.checks.dataset.data import open_dataset
    from doseref.tables.overlay import is_overlay

    where, shown = _directory(directory)
    held_against = day("--as-of", as_of) or date.today()
    if directory is not None and is_overlay(where):
        _overlay(where, shown, held_against, output_format, fix, fail_on, output, against, articles)
        return
    if articles is not None and not articles.is_dir():
        raise InputError("there is no such directory", path=str(articles))
    older = _older(against, where) if against else None
    data = open_dataset(where, shown=shown, articles=articles, articles_shown=_shown(articles), as_of=held_against)
    if len(data.unreadable) == len(data.sheets) + len(data.unreadable):
        raise InputError("no table of the dataset is here", path=shown)
    if fix:
        for path in _fixed(data):
            tell(f"written: {path}", begin="")
        data = open_dataset(where, shown=shown, articles=articles, articles_shown=_shown(articles), as_of=held_against)
    data.older = older
    findings = _for(shown, run.check(data)) if directory is not None else run.check(data)
    text = (
        "" if quiet and output_format == "text" and not findings else _rendered(data, findings, output_format, fail_on)
    )
    if text or output:
        write(text, output)
    exit_by(findings, fail_on)


def _overlay(
    where: Path,
    shown: str,
    as_of: date,
    output_format: str,
    fix: bool,
    fail_on: str,
    output: str | None,
    against: str | None,
    articles: Path | None,
) -> None:
    """The findings about an overlay's own rows."""
    from doseref.checks.dataset.overlay import check_overlay
    from doseref.tables.overlay import open_overlay

    if against or articles is not None:
        raise UsageError("--against and --articles are for a whole dataset; this is an overlay")
    opened = open_overlay(where)
    data, findings = check_overlay(where, shown=shown, as_of=as_of)
    if fix:
        for path in _fixed(data, completed=True):
            tell(f"written: {path}", begin="")
        data, findings = check_overlay(where, shown=shown, as_of=as_of)
    text = _rendered(data, _for(shown, findings), output_format, fail_on)
    if output_format == "text":
        text = f"{text.rstrip()}; overlay {opened.version}, checked over the shipped tables\n"
    if text or output:
        write(text, output)
    exit_by(findings, fail_on)


def _for(shown: str, findings: list[Finding]) -> list[Finding]:
    """The findings with the directory in the command that mends them: without it the shipped tables would be meant."""
    import shlex

    from doseref.checks.dataset.data import FIX
    from doseref.records import replace

    own = f"run 'doseref validate {shlex.quote(shown)} --fix'"
    return [replace(each, mend=own) if each.mend == FIX else each for each in findings]


def _directory(given: Path | None) -> tuple[Path, str]:
    """The directory of the tables, and how it is shown."""
    if given is None:
        from doseref.tables.load import data_directory

        given = data_directory()
    elif not given.is_dir():
        raise InputError("this is no directory" if given.exists() else "there is no such directory", path=str(given))
    return given, _shown(given)


def _shown(path: Path | None) -> str:
    """A path as people and annotations want it: relative to where they are, if it is below."""
    if path is None:
        return ""
    if not path.is_absolute():
        return path.as_posix()
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def _older(against: str, directory: Path) -> dict[str, Sheet]:
    """The tables of another directory or of a git revision."""
    from doseref.tables.read import read
    from doseref.tables.schema import TABLES

    beside = Path(against)
    if not beside.is_dir():
        return _revision(against, directory)
    found: dict[str, Sheet] = {}
    for table in TABLES:
        path = beside / table.file
        if path.is_file():
            try:
                found[table.name] = read(table, path)
            except OSError as error:
                raise InputError(error.strerror or str(error), path=str(path)) from None
    if not found:
        raise InputError("no table of the dataset is there", path=against)
    return found


def _revision(revision: str, directory: Path) -> dict[str, Sheet]:
    """The tables as a git revision of the directory's repository has them."""
    from doseref.tables.read import scan
    from doseref.tables.schema import TABLES

    if revision.startswith("-"):
        raise UsageError(f"--against {revision!r} is neither a directory nor a git revision")
    commit = _git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UsageError(
            f"--against {revision!r}: there is no such directory, and {directory} is in no git repository that has such a "
            "revision"
        )
    name = commit.decode("ascii", "replace").strip()
    found: dict[str, Sheet] = {}
    for table in TABLES:
        content = _git(directory, "show", f"{name}:./{table.file}")
        if content is not None:
            found[table.name] = scan(table, content, f"{revision}:{table.file}")
    if not found:
        raise DataError(f"revision {revision} has no table in {directory}")
    return found


def _git(directory: Path, *words: str) -> bytes | None:
    """What git says, or ``None`` where it fails."""
    import subprocess

    try:
        done = subprocess.run(["git", "-C", str(directory), *words], capture_output=True, check=False)
    except OSError:
        raise InputError("git is needed for --against with a revision, and cannot be run") from None
    return done.stdout if done.returncode == 0 else None


def _fixed(data: Dataset, *, completed: bool = False) -> list[str]:
    from doseref.checks.dataset import run

    try:
        return run.fix(data, completed=completed)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}", path=str(error.filename or data.shown)
        ) from None


def _rendered(data: Dataset, findings: list[Finding], output_format: str, fail_on: str) -> str:
    if output_format == "json":
        return _json(data, findings)
    if output_format == "text":
        return _text(data, findings)
    from doseref.reports import for_programs

    return for_programs.render(findings, output_format, "dataset", suite="doseref validate", fail_on=fail_on)


def _json(data: Dataset, findings: list[Finding]) -> str:
    import json

    from doseref.reports.findings_text import summary
    from doseref.tables.load import data_digest, data_version
    from doseref.tables.overlay import is_overlay, open_overlay

    overlay = open_overlay(data.directory).version if is_overlay(data.directory) else None

    document = {
        "schema": "doseref.validate/1",
        "data": {
            "path": data.shown,
            "version": overlay or data_version(data.directory),
            "sha256": data_digest(data.directory),
            "as_of": data.as_of.isoformat(),
            "overlay": overlay is not None,
        },
        "findings": [finding.to_json() for finding in findings],
        "summary": {**_size(data), **summary(findings)},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _size(data: Dataset) -> dict[str, int]:
    rows = sum(len(sheet.rows) + len(sheet.misshapen) for sheet in data.sheets.values())
    return {"tables": len(data.sheets), "rows": rows, "statements": len(data.statements())}


def _text(data: Dataset, findings: list[Finding]) -> str:
    from doseref.reports.findings_text import counted, render, summary

    size, counts = _size(data), summary(findings)
    looked_at = (
        f"{counted(size['tables'], 'table')}, {counted(size['rows'], 'row')}, "
        f"{counted(size['statements'], 'statement')}"
    )
    if data.articles is None and not any(finding.severity.word == "error" for finding in findings):
        looked_at += " (not looked up in the articles: no --articles)"
    said = ", ".join(counted(counts[f"{word}s"], word) for word in ("error", "warning", "info") if counts[f"{word}s"])
    return f"{render(findings, colour=colour())}{said or 'no findings'} in {looked_at}\n"
