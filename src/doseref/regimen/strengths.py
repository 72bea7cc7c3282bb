"""In which strengths the tablets and capsules of one drug alone are marketed (``strengths.csv``)."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Strength
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


def only_concentration(substance: str, data: Reference) -> Strength | None:
    """The one concentration in which a substance is sold as a liquid to be swallowed; ``None`` where there is none.

    Known where a product under the substance's own name says so ("lactulose oral solution": every one of the lists
    holds 10 g in 15 mL). A brand's liquid says nothing of others, and two concentrations say nothing of which is meant.
    """
    own = {
        (each.strength, each.unit, each.per, each.per_unit)
        for product in data.products_with(substance)
        if product.name.startswith(f"{data.name_of(substance)} ")
        and not product.withdrawn
        and len(product.ingredients) == 1
        for each in product.ingredients
        if each.per_unit == "mL"
    }
    if len(own) != 1:
        return None
    strength, unit, per, per_unit = own.pop()
    return Strength(strength, unit, per=(per, per_unit))
