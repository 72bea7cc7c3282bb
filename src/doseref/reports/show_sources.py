"""One or more sources explained: what each is, who publishes it, its date, where it is, and what it can raise."""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Sequence
from html import escape
from typing import Any

from doseref.refdata import Reference
from doseref.reports.check_words import many
from doseref.reports.sheets import inert
from doseref.tables import schema
from doseref.tables.entries import Source

COLUMNS = ("id", "what", "title", "kind", "publisher", "tier", "raises", "country", "date", "set id", "where", "limits")


def _row(data: Reference, source: Source) -> tuple[str, ...]:
    raises = "information only" if source.tier in schema.INFORMING_TIERS else "errors, warnings and information"
    count = sum(row["source"] == source.id for row in data.rows(schema.LIMITS))
    said = sum(statement.source == source.id for statement in data.statements.values())
    figures = many(count, "limit") if not said else many(said, "statement")
    return (
        source.id,
        source.cited(),
        source.title,
        source.kind,
        source.publisher,
        source.tier,
        raises,
        source.country,
        source.date,
        source.set_id,
        source.where,
        figures,
    )


def text(data: Reference, sources: Sequence[Source]) -> str:
    """A paragraph per source."""
    parts = []
    for source in sources:
        cells = dict(zip(COLUMNS, _row(data, source), strict=True))
        lines = [cells.pop("what")]
        lines += [f"  {name:<10}{cell}" for name, cell in cells.items() if cell]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def to_json(data: Reference, sources: Sequence[Source]) -> dict[str, Any]:
    """``doseref.sources/1`` with what each source is."""
    keys = [name.replace(" ", "_") for name in COLUMNS]
    return {
        "schema": "doseref.sources/1",
        "sources": [dict(zip(keys, _row(data, source), strict=True)) for source in sources],
    }


def csv(data: Reference, sources: Sequence[Source]) -> str:
    """A row per source; cells that a spreadsheet would take for a formula are guarded."""
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) for cell in _row(data, source)] for source in sources)
    return out.getvalue()


def markdown(data: Reference, sources: Sequence[Source]) -> str:
    """A list of fields per source."""
    parts = []
    for source in sources:
        cells = zip(COLUMNS, _row(data, source), strict=True)
        parts.append("\n".join(f"- **{name}**: {escape(cell, quote=False)}" for name, cell in cells if cell))
    return "\n\n".join(parts) + "\n"


def html(data: Reference, sources: Sequence[Source]) -> str:
    """A page with a definition list per source."""
    body = []
    for source in sources:
        cells = zip(COLUMNS, _row(data, source), strict=True)
        body.append(
            "<dl>" + "".join(f"<dt>{name}</dt><dd>{escape(cell)}</dd>" for name, cell in cells if cell) + "</dl>"
        )
    return (
        "<!DOCTYPE html>\n<html lang='en'><meta charset='utf-8'><title>doseref: "
        f"sources</title>{''.join(body)}</html>\n"
    )
