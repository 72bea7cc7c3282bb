"""``doseref reconcile``: conflicts between articles, inside a statement, and with the reference."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from doseref.cli import common
from doseref.cli.articles import (
    ConfigOption,
    ExcludeOption,
    IsolatedOption,
    StdinOption,
    beside,
    exit_unreadable,
    read_all,
    to_read,
)
from doseref.cli.settings import load
from doseref.errors import UsageError
from doseref.records import record
from doseref.streams import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doseref.articles.extracted import Extraction
    from doseref.checks.article.run import Reconciliation
    from doseref.cli.articles import Requested
    from doseref.refdata import Reference
    from doseref.statements import Statement

FORMATS = ("text", "json", "markdown", "html", "xlsx", "github", "sarif")


def reconcile(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Files or directories; none: the articles in the data."),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, markdown, html, xlsx, github or sarif.")
    ] = "text",
    output: common.OutputOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="CODES",
            help="Only these rules (A101, or A1 for all that begin so); repeat or join with commas.",
        ),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules.")] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="Exit 1 from this severity on: error (default), warning, info or never.",
        ),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Findings that are accepted for now.")
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help="Write all present findings into the baseline, and drop what is no longer found."
        ),
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show the substances without findings too (text, markdown).")
    ] = False,
    with_data: Annotated[
        bool, typer.Option("--with-data", help="Compare the given articles with the articles in the data as well.")
    ] = False,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="CODE", help="Hold doses against labels of this country (ISO code; US)."),
    ] = None,
    exclude: ExcludeOption = None,
    stdin_filename: StdinOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    overlay: common.DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="What could not be read or tied to a substance is an error.")
    ] = False,
) -> None:
    """Conflicts between articles, inside a statement, and with the reference.

    Equal things written differently agree; one range inside another, or one article silent, is compatible. A finding names
    all places with their figures and says what would make them agree.

    A comment "doseref: ignore A102 reason" silences a rule on the lines it stands before; a baseline silences what is known.

    Example: doseref reconcile examples/article.md --format html --output conflicts.html
    """
    common.one_of("--format", output_format, FORMATS)
    listed = list(articles or ())
    settings = load(config, isolated=isolated, beside=beside(listed, stdin_filename))
    floor = common.one_of("--fail-on", fail_on or settings.fail_on or "error", common.FAIL_ON)
    from doseref.cli.dataset import dataset

    data = dataset(overlay, settings)
    rules = _Bar(
        _codes(select) or settings.select,
        _codes(ignore) or settings.ignore,
        settings.severity,
        (country or settings.country or "US").upper(),
    )
    if listed or settings.paths:
        reading = to_read(listed, settings, exclude=exclude or (), stdin_name=stdin_filename)
        result, unreadable = _of_files(reading, data, with_data, rules)
    else:
        result, unreadable = _of_the_data(data, rules), ()
    if strict:
        result = _stricter(result)
    chosen = baseline or (str(settings.directory / settings.baseline) if settings.baseline else None)
    if update_baseline and chosen is None:
        raise UsageError("--update-baseline needs --baseline FILE")
    if chosen is not None:
        result = _with_baseline(result, chosen, update_baseline)
    _write(result, data, output_format, output, show_all)
    exit_unreadable(unreadable)
    common.exit_by(result.findings, floor)


def _codes(words: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for word in words or () for code in word.split(",") if code.strip())


@record
class _Bar:
    """Which rules run, as what they count, and whose labels they hold doses against."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[tuple[str, str], ...]
    country: str

    def judged(
        self, statements: Sequence[Statement], data: Reference, found: Sequence[Extraction] = ()
    ) -> Reconciliation:
        """The statements, judged by these rules."""
        from doseref.checks.article.run import reconcile as judge

        return judge(
            statements, extractions=found, data=data, select=self.select, ignore=self.ignore, severity=self.severity,
            country=self.country,
        )  # fmt: skip


def _of_the_data(data: Reference, rules: _Bar) -> Reconciliation:
    from doseref.statement_rows import statements as of_the_tables

    return rules.judged(of_the_tables(data), data)


def _of_files(
    reading: Requested, data: Reference, with_data: bool, rules: _Bar
) -> tuple[Reconciliation, tuple[str, ...]]:
    found, unreadable = read_all(reading, data)
    _tell_mistakes(found)
    statements = [statement for extraction in found for statement in extraction.statements]
    if with_data:
        from doseref.statement_rows import statements as of_the_tables

        given = {extraction.article.source for extraction in found}
        statements += [statement for statement in of_the_tables(data) if statement.source not in given]
    return rules.judged(statements, data, found), unreadable


def _tell_mistakes(found: Sequence[Extraction]) -> None:
    """Comments that silence nothing, on standard error: whoever wrote them believes that they do."""
    from doseref.checks.runner import codes

    known = codes("article")
    for extraction in found:
        article = extraction.article
        unknown = [
            (ignore.first, f"{code!r} is no code of a rule; it silences nothing")
            for ignore in article.ignores
            for code in ignore.codes
            if code not in known
        ]
        for line, message in sorted({*article.mistakes, *unknown}):
            print(f"doseref: {article.path}:{line}: {message}", file=sys.stderr)


def _stricter(result: Reconciliation) -> Reconciliation:
    from doseref.findings import Severity
    from doseref.records import replace

    return replace(
        result,
        findings=tuple(
            replace(found, severity=Severity.ERROR) if found.code in ("A301", "A302") else found
            for found in result.findings
        ),
    )


def _with_baseline(result: Reconciliation, path: str, update: bool) -> Reconciliation:
    from doseref.checks.article.baseline import apply, dump, read_baseline
    from doseref.errors import InputError

    if update:
        try:
            write_whole(path, dump(result.findings).encode("utf-8"))
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", path=path) from None
    return apply(result, read_baseline(path))


def _write(result: Reconciliation, data: Reference, output_format: str, output: str | None, show_all: bool) -> None:
    if output_format == "xlsx":
        from doseref.reports import reconcile_xlsx

        common.write_bytes(reconcile_xlsx.render(result, data), output)
        return
    common.write(_text(result, data, output_format, output, show_all), output)


def _text(result: Reconciliation, data: Reference, output_format: str, output: str | None, show_all: bool) -> str:
    if output_format == "json":
        from doseref.reports import reconcile_json

        return reconcile_json.render(result)
    if output_format == "markdown":
        from doseref.reports import reconcile_markdown

        return reconcile_markdown.render(result, data, everything=show_all)
    if output_format == "html":
        from doseref.reports import reconcile_html

        return reconcile_html.render(result, data)
    if output_format == "github":
        from doseref.reports import github

        return github.render(result.findings)
    if output_format == "sarif":
        from doseref import __version__
        from doseref.checks.registry import rules
        from doseref.reports import sarif

        return sarif.render(result.findings, rules("article"), __version__)
    from doseref.reports import reconcile_text

    return reconcile_text.render(
        result, data, width=common.width(), colour=output is None and common.colour(), everything=show_all
    )
