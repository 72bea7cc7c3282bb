"""R404 unit-mismatch (warning; error with --strict)

What. An amount is in a unit that does not fit: mL of a product counted in tablets, a dose per kilogram without a
weight, international units of a substance for which no factor is known, units of one substance that do not add up.
Puffs and other pieces of a strength that is not said are information.

Why. A unit is converted only exactly: international units are per substance, and without a factor there is no guess.

Passes:
    Vitamin D 1,000 IU daily

Fires:
    Norco 5/325 10 mL every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.checks.regimen.troubles import findings
from doseref.regimen.left_open import hangs_on
from doseref.units import printed as unit_word


def check(case: Case) -> Iterator[Finding]:
    """One finding per item or total whose units do not meet."""
    yield from findings(case, "R404", "unit-mismatch", case.unread_severity())
    for total in case.totals:
        refused = [verdict for verdict in total.verdicts if "not convertible" in verdict.reason]
        if refused:
            name = case.name(total.substance)
            if total.amount.unit == "mL":
                asked = case.strict or any(
                    hangs_on(case.item(n), "how-much", case.items, case.bench, case.data) for n in total.items
                )
                yield Finding(
                    "R404",
                    "unit-mismatch",
                    case.unread_severity() if asked else Severity.INFO,
                    f"{name} is given in mL, and how much is in one mL is not said",
                    items=total.items,
                    substances=(name,),
                    sources=tuple(dict.fromkeys(v.limit.source for v in refused)),
                    mend="state the concentration, for example '160 mg/5 mL'",
                )
                continue
            counted = total.amount.unit.startswith(
                "{"
            )  # puffs of an inhaler whose strength is not said: not held against mg
            yield Finding(
                "R404",
                "unit-mismatch",
                Severity.INFO if counted and not case.strict else case.unread_severity(),
                f"{name} is given in {unit_word(total.amount.unit)} and limited in "
                f"{listed(dict.fromkeys(unit_word(v.limit.unit) for v in refused))}; no factor between them is known "
                "for it",
                items=total.items,
                substances=(name,),
                sources=tuple(dict.fromkeys(v.limit.source for v in refused)),
                mend="give the amount in the unit of the limit",
            )
    units: dict[tuple[str, str], dict[str, set[int]]] = {}
    for exposure in case.exposures:
        units.setdefault((exposure.substance, exposure.route), {}).setdefault(exposure.amount.unit, set()).add(
            exposure.item
        )
    for (substance, _), by_unit in units.items():
        if len(by_unit) > 1:
            items = tuple(sorted({n for numbers in by_unit.values() for n in numbers}))
            name = case.name(substance)
            yield Finding(
                "R404",
                "unit-mismatch",
                case.unread_severity(),
                f"{name} is given in {listed(unit_word(unit) for unit in by_unit)}, which do not add up; its total is "
                "not assessed",
                items=items,
                substances=(name,),
                mend="give all items in one unit",
            )
