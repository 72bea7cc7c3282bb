"""Alternatives of one phase ("1 tablet, or 2 at night"): the hull of them, where they can be compared."""

from __future__ import annotations

from itertools import combinations

from doseref.items.model import Trouble
from doseref.quantities import Period
from doseref.records import replace
from doseref.regimen.model import Exposure
from doseref.units import convertible

UNLIKE = Trouble(
    "unreadable-dosage",
    "its alternatives are in units that cannot be compared, so none of them is added up",
    "write the one that is taken, or one item for each",
)
"""What is told of "10 units daily or 100 mg at night"."""


def comparable(found: list[Exposure]) -> bool:
    """Whether the alternatives of each substance are amounts of one kind."""
    return all(
        one.substance != other.substance or convertible(one.amount.unit, other.amount.unit)
        for one, other in combinations(found, 2)
    )


def hulled(found: list[Exposure]) -> list[Exposure]:
    """Alternatives of one phase as one exposure per substance, route and period: the hull of them."""
    merged: dict[tuple[str, str, Period], Exposure] = {}
    for exposure in found:
        key = (exposure.substance, exposure.route, exposure.per)
        known = merged.get(key)
        if known is None:
            merged[key] = exposure
            continue
        amount = known.amount.hull(exposure.amount)
        merged[key] = replace(
            known,
            amount=amount,
            per_dose=known.per_dose.hull(exposure.per_dose),
            peak=known.peak.hull(exposure.peak),
            doses=(min(known.doses[0], exposure.doses[0]), max(known.doses[1], exposure.doses[1])),
            routes=tuple(dict.fromkeys(known.routes + exposure.routes)),
            working=f"{known.working} or {exposure.working}",
            prn=known.prn or exposure.prn,
            release=known.release if known.release == exposure.release else "",
            interval_hours=min(
                (h for h in (known.interval_hours, exposure.interval_hours) if h is not None), default=None
            ),
            scheduled=known.scheduled.hull(exposure.scheduled) if known.scheduled and exposure.scheduled else None,
        )
    return list(merged.values())
