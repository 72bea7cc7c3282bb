"""R302 opioid-load (warning)

What. The opioids of a regimen add up to 50 or more oral morphine milligram equivalents in 24 hours (information), or to
90 or more (a warning; where only as-needed doses reach it, more than 90), by the table named in the finding; a patch
counts by its rate. An opioid for which that table has no factor is told as not counted.

Why. Overdose risk rises with the total opioid dose whatever the drug; 50 and 90 are the levels of the CDC guideline,
which asks to avoid 90 or more. Exactly 90 with every as-needed dose taken is a usual instruction of morphine (15 mg
every 4 hours as needed).

Passes:
    Norco 5/325 1 tablet every 6 hours as needed for pain

Fires:
    Oxycodone 10 mg every 4 hours
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from doseref.checks.regimen.case import Case, Finding, Severity, listed, printed
from doseref.errors import QuantityError
from doseref.quantities import Range
from doseref.regimen.model import Total
from doseref.regimen.overlaps import acts_in_body
from doseref.tables.entries import OpioidFactor

LEVELS_MME = (Decimal(90), Decimal(50))
"""Morphine milligram equivalents per day that the CDC guideline names, the higher first."""


_SWALLOWED = ("sublingual", "buccal", "enteral")
"""Most of an opioid's solution under the tongue or into a cheek is swallowed; what is absorbed there is no less. Opioids
that are made to be absorbed there (fentanyl, buprenorphine) have no factor by mouth.
"""


def check(case: Case) -> Iterator[Finding]:
    """At most one finding per regimen."""
    if case.bench.patient.child:
        return
    load = Range(Decimal(0), Decimal(0), "mg")
    parts: list[str] = []
    items: set[int] = set()
    opioids: list[str] = []
    sources: list[str] = []
    vintage = ""
    for total in case.totals:
        factor = _factor(case, total)
        if factor is None:
            continue
        try:
            amount = _worn(total) if factor.unit.startswith("mcg/h") else total.amount.to("mg")
        except QuantityError:
            continue
        own = Range(amount.low * factor.factor, amount.high * factor.factor, "mg")
        load = load + own
        parts.append(f"{case.told(total.substance)}: {amount} × {printed(factor.factor)} = {own}")
        items.update(total.items)
        opioids.append(total.substance)
        sources.append(factor.source)
        vintage = factor.vintage
    level = next((each for each in LEVELS_MME if load.high >= each), None)
    left = _uncounted(case, opioids)
    named = listed(map(case.told, opioids))
    without = listed(map(case.told, left))
    if level is None:
        if opioids and left:
            yield Finding(
                "R302",
                "opioid-load",
                Severity.INFO,
                f"opioids add up to {load} oral morphine equivalents in 24 hours ({named}), without "
                f"{without}: "
                f"no amount or no factor of it is known, so the whole is not",
                items=tuple(sorted(items)),
                substances=tuple(map(case.name, (*opioids, *left))),
                sources=tuple(dict.fromkeys(sources)),
                working="; ".join(parts) + (f"; total {load} in 24 hours" if len(parts) > 1 else ""),
            )
        return
    surely = "" if load.low >= level else " if all as-needed doses are taken" if load.low == 0 else " at the high end"
    yield Finding(
        "R302",
        "opioid-load",
        Severity.WARNING if load.low >= LEVELS_MME[0] or load.high > LEVELS_MME[0] else Severity.INFO,
        f"opioids add up to {load} oral morphine equivalents in 24 hours ({named}), at or above "
        f"{printed(level)} mg"
        f"{surely}; factors: {vintage}" + (f"; not counted: {without}" if left else ""),
        items=tuple(sorted(items)),
        substances=tuple(map(case.name, opioids)),
        sources=tuple(dict.fromkeys(sources)),
        working="; ".join(parts) + (f"; total {load} in 24 hours" if len(parts) > 1 else ""),
        mend="ask the prescriber whether so much in all is meant",
    )


def _uncounted(case: Case, counted: list[str]) -> list[str]:
    """The opioids that are named and not in the sum, for want of an amount or of a factor."""
    found = []
    for item in case.items:
        for substance in item.substances:
            known = case.data.substances.get(substance)
            opioid = known is not None and any("opioid" in case.data.ancestry(each) for each in known.classes)
            if opioid and substance not in counted and acts_in_body(item, substance, case.data):
                found.append(substance)
    return list(dict.fromkeys(found))


def _factor(case: Case, total: Total) -> OpioidFactor | None:
    """The current factor for a daily total by its route; ``None`` for what is no opioid or has none."""
    if not total.per.is_day and total.amount.unit != "ug/h":
        return None
    known = case.data.substances.get(total.substance)
    if known is None or not any("opioid" in case.data.ancestry(each) for each in known.classes):
        return None
    routes = {route for exposure in total.exposures for route in exposure.routes}
    for factor in case.data.opioid_factors:
        if not factor.current or factor.substance != total.substance:
            continue
        if factor.route == "transdermal":
            if total.route == "transdermal":
                return factor
        elif total.route == "systemic" and routes <= {
            "",
            factor.route,
            *(_SWALLOWED if factor.route == "oral" else ()),
        }:
            return factor
    return None


def _worn(total: Total) -> Range:
    """The rate of the patches worn at one time, in mcg/h: it holds all day, however seldom they are changed."""
    rate = Range(Decimal(0), Decimal(0), "ug/h")
    for exposure in total.exposures:
        worn = exposure.per_dose.to("ug/h")
        rate = rate + (Range(Decimal(0), worn.high, worn.unit) if exposure.prn else worn)
    return rate
