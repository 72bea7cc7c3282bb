"""``doseref convert``: unit conversion with the working."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common
from doseref.errors import UsageError


def convert(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUANTITY UNIT", help="A number and its unit, then the unit wanted: 5000 IU mcg, or '0.5 g' mg."
        ),
    ],
    of: Annotated[
        str | None, typer.Option("--of", metavar="SUBSTANCE", help="The substance, where units meet only for it.")
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="text or json.", show_default=common.BY_ENDING),
    ] = None,
    output: common.OutputOption = None,
    data: common.DataOption = None,
) -> None:
    """Convert a quantity, with the working and, where a substance's factor is used, its source.

    Example: doseref convert 5000 IU mcg --of "vitamin D"
    """
    output_format = common.format_of(output_format, output, ("text", "json"))
    if len(words) < 2:
        raise UsageError(f"which unit is wanted? doseref convert '{words[0]}' mg")
    quantity, unit = " ".join(words[:-1]), words[-1]
    from doseref.cli.dataset import dataset
    from doseref.conversion import convert_quantity
    from doseref.names import names

    done = convert_quantity(quantity, unit, of, names(dataset(data)))
    if output_format == "json":
        import json

        common.write(json.dumps(done.to_json(), ensure_ascii=False, indent=2), output)
        return
    lines = [done.working]
    if done.source:
        lines.append(f"factor for {done.substance}: {done.source}")
    if done.note:
        lines.append(f"note: {done.note}")
    common.write("\n".join(lines), output)
