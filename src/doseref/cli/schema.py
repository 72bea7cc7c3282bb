"""``doseref schema``: the JSON Schema of a document that a command writes."""

from __future__ import annotations

from typing import Annotated

import typer

from doseref.cli import common


def schema(
    document: Annotated[
        str | None,
        typer.Argument(metavar="DOCUMENT", help="check, parse, statements, reconcile …; without one, a list."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
    ] = None,
) -> None:
    """The JSON Schema (2020-12) of a document that a command writes; docs/stability.md says what may change when.

    Example: doseref schema check
    """
    from doseref import schemas

    if document is None:
        width = max(map(len, schemas.DOCUMENTS))
        lines = [f"{name:<{width}}  {identity}  ({by})" for name, (_, identity, by) in schemas.DOCUMENTS.items()]
        common.write("\n".join(lines), output)
        return
    import json

    common.write(json.dumps(schemas.schema(document), ensure_ascii=False, indent=2), output)
