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

from doseref.checks.regimen.case import Case, Finding, Severity, listed, sources_of
from doseref.checks.regimen.troubles import findings
from doseref.regimen.model import Total, Verdict
from doseref.units import printed as unit_word


def check(case: Case) -> Iterator[Finding]:
    """One finding per item or total whose units do not meet."""
    yield from findings(case, "R404", "unit-mismatch", case.unread_severity())
    told = set()
    for total in case.totals:
        refused = [verdict for verdict in total.verdicts if "not convertible" in verdict.reason]
        if refused:
            told.add((total.substance, total.route))
            yield _volume(case, total, refused) if total.amount.unit == "mL" else _pieces(case, total, refused)
    yield from _apart(case, told)


def _volume(case: Case, total: Total, refused: list[Verdict]) -> Finding:
    """Millilitres of a liquid whose concentration is not said."""
    from doseref.regimen.left_open import hangs_on

    name = case.told(total.substance)
    asked = case.strict or any(
        hangs_on(case.item(n), "how-much", case.items, case.bench, case.data) for n in total.items
    )
    return Finding(
        "R404",
        "unit-mismatch",
        case.unread_severity() if asked else Severity.INFO,
        f"{name} is given in mL, and how much is in one mL is not said",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=sources_of(refused),
        mend="state the concentration, for example '160 mg/5 mL'",
    )


def _pieces(case: Case, total: Total, refused: list[Verdict]) -> Finding:
    """A unit that the limits are not in; puffs of an inhaler whose strength is not said, and units against
    applications, are information.
    """
    name = case.told(total.substance)
    pieces = total.amount.unit.startswith("{") or all(verdict.limit.unit.startswith("{") for verdict in refused)
    counted = pieces and not case.strict
    limited = listed(dict.fromkeys(unit_word(verdict.limit.unit) for verdict in refused))
    return Finding(
        "R404",
        "unit-mismatch",
        Severity.INFO if counted else case.unread_severity(),
        f"{name} is given in {unit_word(total.amount.unit)} and limited in {limited}; "
        "no factor between them is known for it",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=sources_of(refused),
        mend="give the amount in the unit of the limit",
    )


def _apart(case: Case, told: set[tuple[str, str]]) -> Iterator[Finding]:
    """One finding per substance whose items do not add up, where it is not yet told of one of them."""
    units: dict[tuple[str, str], dict[str, set[int]]] = {}
    for exposure in case.exposures:
        by_unit = units.setdefault((exposure.substance, exposure.route), {})
        by_unit.setdefault(exposure.amount.unit, set()).add(exposure.item)
    for (substance, route), by_unit in units.items():
        if len(by_unit) > 1 and (substance, route) not in told:
            name = case.told(substance)
            yield Finding(
                "R404",
                "unit-mismatch",
                case.unread_severity(),
                f"{name} is given in {listed(unit_word(unit) for unit in by_unit)}, which do not add up; "
                "there is a total of each",
                items=tuple(sorted({n for numbers in by_unit.values() for n in numbers})),
                substances=(case.name(substance),),
                mend="give all items in one unit",
            )
