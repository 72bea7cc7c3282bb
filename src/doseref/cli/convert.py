"""``doseref convert``: unit conversion with the working."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common


def convert(
    quantity: Annotated[str, typer.Argument(metavar="QUANTITY", help="A number and a unit: '5000 IU', '0.5 g'.")],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The unit wanted: mg, mcg, IU …")],
    of: Annotated[
        str | None, typer.Option("--of", metavar="SUBSTANCE", help="The substance, where units meet only for it.")
    ] = None,
    output_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    output: common.OutputOption = None,
    data: common.DataOption = None,
) -> None:
    """Convert a quantity, with the working and, where a substance's factor is used, its source.

    Example: doseref convert "5000 IU" mcg --of "vitamin D"
    """
    common.one_of("--format", output_format, ("text", "json"))
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
