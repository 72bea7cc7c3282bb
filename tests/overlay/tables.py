"""Small overlays for the tests: tables with the schema's header and the cells that a test names."""

from __future__ import annotations

from pathlib import Path

from doseref.tables.schema import LIMITS, NAMES, PRODUCTS, SOURCES, SUBSTANCES, Table
from doseref.tables.write import render

HOUSE = {
    "id": "house", "title": "House formulary", "kind": "guideline", "date": "2026-01-01", "retrieved": "2026-01-02",
    "review_by": "2099-01-01", "where": "formulary.pdf", "verification": "verified", "tier": "guideline", "country": "US",
}  # fmt: skip
DOCUSATE = {
    "id": "house-docusate", "substance": "docusate", "source": "house", "kind": "maximum", "route": "oral", "country": "US",
    "adult": "yes", "amount": "300", "unit": "mg", "period": "1", "period_unit": "d", "verification": "verified",
}  # fmt: skip


def put(directory: Path, table: Table, *rows: dict[str, str]) -> Path:
    """Write ``rows`` as ``table`` into ``directory``; cells that are not named are blank."""
    directory.mkdir(exist_ok=True)
    text = render(table, [[row.get(name, "") for name in table.header] for row in rows])
    (directory / table.file).write_text(text, encoding="utf-8")
    return directory


def house(directory: Path) -> Path:
    """An overlay with one source and one limit: docusate, at most 300 mg a day."""
    put(directory, SOURCES, HOUSE)
    return put(directory, LIMITS, DOCUSATE)


__all__ = ["DOCUSATE", "HOUSE", "LIMITS", "NAMES", "PRODUCTS", "SOURCES", "SUBSTANCES", "house", "put"]
