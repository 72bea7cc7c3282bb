"""``doseref rules``: what a rule means."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A rule's code or name; all of them without one.")
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="text, json or markdown.", show_default=common.BY_ENDING),
    ] = None,
    output: common.OutputOption = None,
) -> None:
    """What a rule means, why it is there, and an example that passes and one that fires.

    Example: doseref rules R107
    """
    output_format = common.format_of(output_format, output, ("text", "json", "markdown"))
    from doseref.checks import registry
    from doseref.reports import rules as report

    chosen = registry.rules() if code is None else (registry.rule(code),)
    if output_format == "json":
        import json

        common.write(json.dumps(report.to_json(chosen), ensure_ascii=False, indent=2), output)
    elif output_format == "markdown":
        common.write(report.markdown(chosen), output)
    elif code is None:
        common.write(report.listing(chosen, common.width()), output)
    else:
        common.write(report.explanation(chosen[0], common.width()), output)
