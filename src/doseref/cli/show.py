"""``doseref show``: what each source says of a substance or product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from doseref.cli import common
from doseref.errors import UsageError

if TYPE_CHECKING:
    from doseref.refdata import Reference

FORMATS = ("text", "json", "csv", "markdown", "html")


def show(
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="A substance, brand or product, or the id of a source.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All statements of all articles.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="List the sources instead.")] = False,
    country: common.CountryOption = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every limit and product on its own line (text).")
    ] = False,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS) + ".", show_default=common.BY_ENDING),
    ] = None,
    output: common.OutputOption = None,
    data: common.DataOption = None,
) -> None:
    """What each source says of a substance or product, side by side.

    Each article's entry with its line, the limits of labels and authorities with their scope, the products that
    contain it with their strengths, and what the sources disagree on. As text long lists are grouped, and -v shows
    all.

    Example: doseref show acetaminophen
    """
    output_format = common.format_of(output_format, output, FORMATS)
    from doseref.cli.dataset import dataset

    loaded = dataset(data)
    if sources:
        _sources(loaded, output_format, output)
        return
    if everything and wanted:
        raise UsageError("--all shows everything: give it or a NAME, not both")
    if not everything and not wanted:
        raise UsageError("nothing to show: give a NAME, --all or --sources")
    if wanted and all(cited := [_source(name, loaded) for name in wanted]):
        _explained(loaded, cited, output_format, output)
        return
    from doseref.lookup import look_up, of_country, shown
    from doseref.names import names
    from doseref.reports import show as report
    from doseref.statement_rows import statements as all_statements

    index = names(loaded)
    if everything:
        found = [shown(substance, loaded) for substance in loaded.substances if output_format == "text"]
        found = [each for each in found if each.statements]
        statements = list(all_statements(loaded))
    else:
        found = [each for name in wanted or [] for each in look_up(name, index)]
        if country is not None:
            found = [of_country(each, country.upper(), loaded) for each in found]
            common.tell(f"only what labels, authorities and articles of {country.upper()} say is shown")
        statements = list(dict.fromkeys(statement for each in found for statement in each.statements))
    if output_format == "text":
        common.write(report.text(loaded, found, common.width(), verbose), output)
    elif output_format == "json":
        import json

        common.write(json.dumps(report.to_json(loaded, found, statements), ensure_ascii=False, indent=2), output)
    elif output_format == "html":
        from doseref.reports import show_html

        common.write(show_html.render(loaded, statements, found), output)
    else:
        common.write(getattr(report, output_format)(loaded, statements, found), output)


def _source(name: str, data: Reference) -> str:
    """The id of the source that is meant: by its id, or as reports call it ("L2–L3", "L2–L3 line 492"); else empty."""
    if name in data.sources:
        return name
    called = name.partition(" line ")[0].replace("-", "–").casefold()
    found = [each.id for each in data.sources.values() if each.short.replace("-", "–").casefold() == called]
    return found[0] if len(found) == 1 else ""


def _explained(data: Any, wanted: list[str], output_format: str, output: str | None) -> None:
    """What each of some sources is."""
    from doseref.reports import show_sources as report

    chosen = [data.sources[name] for name in dict.fromkeys(wanted)]
    if output_format == "json":
        import json

        common.write(json.dumps(report.to_json(data, chosen), ensure_ascii=False, indent=2), output)
    else:
        common.write(getattr(report, output_format)(data, chosen), output)


def _sources(data: Any, output_format: str, output: str | None) -> None:
    """The list of sources, as text or JSON."""
    common.one_of("--format", output_format, ("text", "json"))
    from doseref.reports import show as report

    if output_format == "json":
        import json

        common.write(json.dumps(report.sources_json(data), ensure_ascii=False, indent=2), output)
    else:
        common.write(report.sources_text(data), output)
