"""``doseref extract``: the dosing statements in articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.cli import common
from doseref.errors import ExitCode, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doseref.articles.extracted import Extraction
    from doseref.refdata import Reference

FORMATS = ("text", "json", "csv")
KINDS = ("text", "markdown", "html", "docx")
_ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".docx")


def extract(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Files (.txt, .md, .html, .docx) or directories; - is standard input."),
    ] = None,
    output_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or csv.")] = "text",
    output: common.OutputOption = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="ID", help="Id of the source (default: the file's name without its ending)."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="Read as text, markdown, html or docx, whatever the ending."),
    ] = None,
    fail_on: common.FailOnOption = "error",
    data: common.DataOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="A dose that is tied to no substance is an error.")] = False,
) -> None:
    """The dosing statements in articles, each with the place it stands at.

    What looks like a dose but stands next to no known substance is told as a warning, never dropped and never guessed.
    csv gives rows with the columns of data/drugs.csv.

    Example: doseref extract examples/article.md --format json
    """
    common.one_of("--format", output_format, FORMATS)
    common.one_of("--fail-on", fail_on, common.FAIL_ON)
    if not articles:
        raise UsageError("nothing to extract from: give an ARTICLE ('-' is standard input)")
    from doseref.cli.dataset import dataset

    loaded = dataset(data)
    found, unreadable = read_all(articles, source=source, kind=kind, data=loaded)
    from doseref.reports import extract as report

    if output_format == "json":
        text = report.render_json(found)
    elif output_format == "csv":
        text = report.render_csv(found, loaded)
    else:
        text = report.render_text(found, width=common.width())
    common.write(text, output)
    if output_format == "csv":  # rows are statements; what is none is told beside them
        for extraction in found:
            for each in extraction.loose:
                print(
                    f"doseref: {each.location}: {each.text!r} is tied to no substance or could not be read",
                    file=sys.stderr,
                )
    exit_unreadable(unreadable)
    loose = any(extraction.loose for extraction in found)
    floor = {"error": 3, "warning": 2, "info": 1, "never": 4}[fail_on]
    if loose and (3 if strict else 2) >= floor:
        raise typer.Exit(int(ExitCode.FINDINGS))


def read_all(
    paths: Sequence[str], *, source: str | None = None, kind: str | None = None, data: Reference
) -> tuple[list[Extraction], tuple[str, ...]]:
    """Every article read and extracted, and the files that could not be read (told on standard error).

    A directory stands for the articles in it. Two files of one name get their path as id.
    """
    from doseref.articles.extract import extract as extract_statements
    from doseref.articles.read import read_article

    if kind is not None:
        common.one_of("--as", kind, KINDS)
    files = _files(paths)
    if source is not None and len(files) > 1:
        raise UsageError("--source names one source, but there are several articles")
    stems = [Path(each).stem for each in files]
    found: list[Extraction] = []
    unreadable = []
    for each, stem in zip(files, stems, strict=True):
        name = source or (each if stems.count(stem) > 1 else None)
        try:
            article = read_article(each, source=name, known=data.sources, kind=kind)
        except InputError as error:
            if len(files) == 1:
                raise
            print(f"doseref: {error}", file=sys.stderr)  # the others are read all the same
            unreadable.append(each)
            continue
        found.append(extract_statements(article, data))
    return found, tuple(unreadable)


def exit_unreadable(unreadable: Sequence[str]) -> None:
    """End with exit code 2 where a file could not be read, after what could be read was told."""
    if unreadable:
        raise typer.Exit(int(ExitCode.UNUSABLE))


def _files(paths: Sequence[str]) -> list[str]:
    files: list[str] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            inside = sorted(
                str(each) for each in Path(path).rglob("*") if each.suffix.lower() in _ENDINGS and each.is_file()
            )
            if not inside:
                raise InputError("holds no article (.txt, .md, .html, .docx)", path=path)
            files += inside
        else:
            files.append(path)
    return list(dict.fromkeys(files))
