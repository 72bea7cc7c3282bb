"""In which strengths the tablets and capsules of one drug alone are marketed (``strengths.csv``)."""

from __future__ import annotations

from decimal import Decimal

from doseref.records import record
from doseref.refdata import Reference


@record
class MarketedStrength:
    """``amount`` of ``unit`` in one ``per_unit`` (a tablet, a capsule), by the list of the country ``market``."""

    amount: Decimal
    unit: str
    per_unit: str
    release: str
    market: str
    status: str
    source: str


def marketed(substance: str, data: Reference) -> tuple[MarketedStrength, ...]:
    """The marketed strengths of a substance (id), in the order of the table; the lists are not complete."""
    return tuple(
        MarketedStrength(
            Decimal(row["strength"]),
            row["unit"],
            row["per_unit"],
            row["release"],
            row["market"],
            row["status"],
            row["source"],
        )
        for row in data.strength_rows.get(substance, ())
    )
