"""``doseref reconcile``: conflicts between articles, inside a statement, and with the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
    stdin_among,
    to_read,
)
from doseref.cli.settings import load
from doseref.errors import UsageError
from doseref.records import record
from doseref.streams import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from doseref.articles.extracted import Extraction
    from doseref.checks.article.run import Reconciliation
    from doseref.refdata import Reference
    from doseref.reports.sarif import Wide
    from doseref.statements import Statement

FORMATS = ("text", "json", "markdown", "html", "xlsx", "concise", "github", "gitlab", "junit", "sarif")


def reconcile(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Files or directories; none: the articles in the data."),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS) + ".", show_default=common.BY_ENDING),
    ] = None,
    output: common.OutputOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            "--only",
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
    prune_baseline: Annotated[
        bool, typer.Option("--prune-baseline", help="Drop from the baseline what is no longer found; add nothing.")
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", help="Only the findings that --fail-on counts; no counts, no hints."),
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show the substances without findings too (text, markdown).")
    ] = False,
    with_data: Annotated[
        bool, typer.Option("--with-data", help="Compare the given articles with the articles in the data as well.")
    ] = False,
    here: Annotated[
        bool,
        typer.Option("--here", help="Where no article is named, here or in the settings: those of this directory."),
    ] = False,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="CODE", help="Hold doses against labels of this country (ISO code; US)."),
    ] = None,
    exclude: ExcludeOption = None,
    stdin_filename: StdinOption = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    overlay: common.DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="What could not be read or tied to a substance is an error.")
    ] = False,
) -> None:
    """Conflicts between articles, inside a statement, and with the reference.

    Equal things written differently agree; one range inside another, or one article silent, is compatible. A finding
    names all places with their figures and says what would make them agree.

    A comment "doseref: ignore A102 reason" silences a rule on the lines it stands before; a baseline silences what is
    known.

    Example: doseref reconcile examples/article.md --format html --output conflicts.html
    """
    output_format = common.format_of(output_format, output, FORMATS)
    listed = list(articles or ())
    settings = load(config, isolated=isolated, beside=beside(listed, stdin_filename))
    if here and not listed and not settings.paths:
        listed = ["."]
    floor = common.one_of("--fail-on", fail_on or settings.fail_on or "error", common.FAIL_ON)
    from doseref.cli.dataset import dataset
    from doseref.regimen.bench import demand_labels_of

    data = dataset(overlay, settings)
    judging = (country or settings.country or "US").upper()
    demand_labels_of(judging, data)
    rules = _Bar(
        _codes(select) or settings.select,
        _codes(ignore) or settings.ignore,
        settings.severity,
        judging,
    )
    chosen = baseline or (str(settings.directory / settings.baseline) if settings.baseline else None)
    if (update_baseline or prune_baseline) and chosen is None:
        raise UsageError(f"--{'update' if update_baseline else 'prune'}-baseline needs --baseline FILE")
    found: list[Extraction] = []
    unreadable: tuple[str, ...] = ()
    if listed or settings.paths:
        reading = to_read(
            listed,
            settings,
            exclude=exclude or (),
            stdin_name=stdin_filename,
            quiet=quiet,
            jobs=jobs,
            output=output,
        )
        found, unreadable = read_all(reading, data)
        result = _of_articles(found, data, with_data, rules)
        if not quiet:
            _tell_mistakes(found, result)
    else:
        stdin_among(listed, stdin_filename)
        result = _of_the_data(data, rules)
    if strict:
        result = _stricter(result)
    if chosen is not None:
        read = [each.article.path for each in found] if listed or settings.paths else None
        result = _with_baseline(result, chosen, read, update=update_baseline, prune=prune_baseline)
    shown = _counting(result, floor) if quiet else result
    report = _Report(output_format, output, show_all, quiet, floor)
    report.write(shown, data, {each.article.path: each.article.wide for each in found if each.article.wide})
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
            statements,
            extractions=found,
            data=data,
            select=self.select,
            ignore=self.ignore,
            severity=self.severity,
            country=self.country,
        )


def _of_the_data(data: Reference, rules: _Bar) -> Reconciliation:
    from doseref.statement_rows import statements as of_the_tables

    return rules.judged(of_the_tables(data), data)


def _of_articles(found: Sequence[Extraction], data: Reference, with_data: bool, rules: _Bar) -> Reconciliation:
    statements = [statement for extraction in found for statement in extraction.statements]
    if not with_data:
        return rules.judged(statements, data, found)
    from doseref.checks.article.run import touching
    from doseref.statement_rows import statements as of_the_tables

    given = {extraction.article.source for extraction in found}
    others = [statement for statement in of_the_tables(data) if statement.source not in given]
    return touching(rules.judged([*statements, *others], data, found), given)


def _idle(code: str, named: Sequence[str]) -> str:
    """What is told of a code in a comment that silences nothing; of several the others may silence something."""
    what = "the comment" if len(named) == 1 else f"{code} in the comment"
    return f"{what} silences nothing: no {code} is found there among the articles of this run"


def _tell_mistakes(found: Sequence[Extraction], result: Reconciliation) -> None:
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
        idle = [
            (ignore.first, _idle(code, ignore.codes))
            for path, ignore, code in result.idle
            if path == article.path and code in known
        ]
        for line, message in sorted({*article.mistakes, *unknown, *idle}):
            common.tell(f"{article.path}:{line}: {message}")


def _counting(result: Reconciliation, floor: str) -> Reconciliation:
    """The result with the findings alone that ``--fail-on`` counts."""
    from doseref.findings import Severity
    from doseref.records import replace

    least = Severity.ERROR if floor == "never" else Severity.from_word(floor)
    return replace(result, findings=tuple(found for found in result.findings if found.severity >= least))


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


def _with_baseline(
    result: Reconciliation, path: str, read: list[str] | None, *, update: bool, prune: bool
) -> Reconciliation:
    from doseref.checks.article.baseline import apply, dump, pruned, read_baseline
    from doseref.errors import InputError

    if update or prune:
        before = read_baseline(path, missing_is_empty=update)
        text = dump(result.findings, before, read) if update else pruned(result, before, read)
        try:
            write_whole(path, text.encode("utf-8"))
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", path=path) from None
        now, had = read_baseline(path), len(before.entries)
        gone = len(before.entries.keys() - now.entries.keys())
        common.tell(
            f"{path}: {len(now.entries):,} accepted, {len(now.entries) - had + gone:,} of them new, {gone:,} left it"
        )
    return apply(result, read_baseline(path), read)


@record
class _Report:
    """In which format the result is written, and where to."""

    output_format: str
    output: str | None
    show_all: bool
    quiet: bool
    fail_on: str

    def write(self, result: Reconciliation, data: Reference, wide: Mapping[str, Wide]) -> None:
        """Write it; with ``--quiet`` nothing at all where no finding counts (text)."""
        if self.output_format == "xlsx":
            from doseref.reports import reconcile_xlsx

            common.write_bytes(reconcile_xlsx.render(result, data), self.output)
        elif (
            self.output or self.output_format not in ("text", "concise", "github") or not self.quiet or result.findings
        ):
            common.write(self._text(result, data, wide), self.output)

    def _text(self, result: Reconciliation, data: Reference, wide: Mapping[str, Wide]) -> str:
        if self.output_format == "json":
            from doseref.reports import reconcile_json

            return reconcile_json.render(result)
        if self.output_format == "markdown":
            from doseref.reports import reconcile_markdown

            return reconcile_markdown.render(result, data, everything=self.show_all)
        if self.output_format == "html":
            from doseref.reports import reconcile_html

            return reconcile_html.render(result, data)
        if self.output_format == "text":
            from doseref.reports import reconcile_text

            return reconcile_text.render(
                result,
                data,
                width=common.width(),
                colour=self.output is None and common.colour(),
                everything=self.show_all,
                quiet=self.quiet,
            )
        from doseref.reports import for_programs

        return for_programs.render(
            result.findings, self.output_format, "article", suite="doseref reconcile", fail_on=self.fail_on, wide=wide
        )
