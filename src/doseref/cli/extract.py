"""``doseref extract``: the dosing statements in articles."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common
from doseref.cli.articles import (
    ConfigOption,
    ExcludeOption,
    IsolatedOption,
    JobsOption,
    StdinOption,
    beside,
    exit_unreadable,
    read_all,
    to_read,
)
from doseref.cli.settings import load
from doseref.errors import ExitCode, UsageError

FORMATS = ("text", "json", "csv", "concise")


def extract(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Files (.txt, .md, .html, .docx) or directories; - is standard input."),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="text, json, csv or concise.", show_default=common.BY_ENDING),
    ] = None,
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
    exclude: ExcludeOption = None,
    stdin_filename: StdinOption = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """The dosing statements in articles, each with the place it stands at.

    What looks like a dose but stands next to no known substance is told as a warning, never dropped and never guessed.
    csv gives rows with the columns of data/drugs.csv.

    Example: doseref extract examples/article.md --format json
    """
    output_format = common.format_of(output_format, output, FORMATS)
    common.one_of("--fail-on", fail_on, common.FAIL_ON)
    settings = load(config, isolated=isolated, beside=beside(articles or (), stdin_filename))
    if not articles and not settings.paths:
        raise UsageError("nothing to extract from: give an ARTICLE ('-' is standard input), or 'paths' in the settings")
    from doseref.cli.dataset import dataset

    loaded = dataset(data, settings)
    reading = to_read(
        articles or (),
        settings,
        exclude=exclude or (),
        source=source,
        kind=kind,
        stdin_name=stdin_filename,
        jobs=jobs,
        output=output,
    )
    found, unreadable = read_all(reading, loaded)
    from doseref.reports import extract as report

    if output_format == "json":
        text = report.render_json(found)
    elif output_format == "csv":
        text = report.render_csv(found, loaded)
    elif output_format == "concise":
        text = report.render_concise(found)
    else:
        text = report.render_text(found, width=common.width())
    common.write(text, output)
    if output_format == "csv":  # rows are statements; what is none is told beside them
        for extraction in found:
            for each in extraction.loose:
                common.tell(f"{each.location}: {each.text!r} is tied to no substance or could not be read")
    exit_unreadable(unreadable)
    loose = any(extraction.loose for extraction in found)
    floor = {"error": 3, "warning": 2, "info": 1, "never": 4}[fail_on]
    if loose and (3 if strict else 2) >= floor:
        raise typer.Exit(int(ExitCode.FINDINGS))
