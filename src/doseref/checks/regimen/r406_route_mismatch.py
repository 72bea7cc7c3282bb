"""R406 route-mismatch (warning)

What. An item names a route by which no source here gives the substance. Where even the kind of route differs (a skin cream
taken by mouth), it is a warning; otherwise information.

Why. Limits are per route; a wrong route is either a mistake or outside what the sources judge.

Passes:
    Capsaicin cream apply topically three times daily

Fires:
    Lidocaine 5% 1 patch by mouth once daily
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.limits import ROUTE_KIND

_ANY_INJECTION = {"intravenous", "intramuscular", "subcutaneous"}


def check(case: Case) -> Iterator[Finding]:
    """One finding per item and substance with a stated route that no source knows."""
    for item in case.items:
        if item.dosage is None:
            continue
        stated = {option.route for option in item.dosage.options if option.route}
        if not stated:
            continue
        for substance in item.substances:
            known = _known(case, substance)
            wrong = {route for route in stated if route not in known}
            if not known or not wrong:
                continue
            if "injection" in known and wrong <= _ANY_INJECTION:
                continue
            kinds = {ROUTE_KIND.get(route, "systemic") for route in known}
            severity = (
                Severity.WARNING
                if all(ROUTE_KIND.get(route, "systemic") not in kinds for route in wrong)
                else Severity.INFO
            )
            name = case.name(substance)
            yield Finding(
                "R406", "route-mismatch", severity,
                f"{name} is given by the {listed(sorted(wrong))} route; the sources here give it {listed(sorted(known))}",
                items=(item.n,), substances=(name,), mend="check the route",
            )  # fmt: skip


def _known(case: Case, substance: str) -> set[str]:
    """Every route that a statement, a product, the substance's usual use or the list of what is marketed names."""
    routes = {limit.route for limit in case.data.limits.get(substance, ()) if limit.route}
    routes |= {
        rows[0]["route"]
        for rows in case.data.product_rows.values()
        if any(row["substance"] == substance for row in rows)
    } - {""}
    usual = case.data.substances.get(substance)
    if usual:
        routes |= {usual.usual_route, *usual.routes} - {""}
    return routes
