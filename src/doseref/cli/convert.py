"""``doseref convert``: unit conversion with the working."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common
from doseref.errors import UsageError

_TO = ("to", "in", "into", "as")
"""Words between a quantity and the unit that is wanted."""


def _asked(words: list[str]) -> tuple[str, str]:
    """The quantity and the unit wanted: "5 mg mcg" and "5 mg to mcg"."""
    quantity = words[:-2] if len(words) > 2 and words[-2].lower() in _TO else words[:-1]
    return " ".join(quantity), words[-1]


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
    if len(words) == 1 and len(words[0].split()) > 2:
        words = words[0].split()
    if len(words) < 2 or words[-1].lower() in _TO:
        raise UsageError(f"which unit is wanted? doseref convert '{' '.join(words)}' mg")
    quantity, unit = _asked(words)
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
