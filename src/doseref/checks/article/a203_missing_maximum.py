"""A203 missing-maximum (warning; info where its own dose stays within what the others state)

What. A statement gives no maximum per day although another source gives one for the same substance, route and release
form, and what it allows (dose × frequency, target) goes above that. Where it does not go above, and at least two
others agree on a maximum, that is information.

Why. "50–100 mg every 4–6 hours, as needed" without its 400 mg/day lets a reader take 600.

Passes:
    a.md: Naproxen: 250–500 mg twice daily
    b.md: Naproxen: 250–500 mg twice daily (max 1,000 mg/day)

Fires:
    a.md: Tramadol: 50–100 mg every 4–6 hours as needed
    b.md: Tramadol: 50–100 mg every 4–6 hours (max 400 mg/day)
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.compare import Group, Value
from doseref.articles.views import views
from doseref.checks.article.case import Case, finding, sided
from doseref.errors import QuantityError
from doseref.findings import Finding, Severity
from doseref.limits import ROUTE_KIND
from doseref.quantities import Range
from doseref.statements import Statement

CODE, RULE = "A203", "missing-maximum"


def check(case: Case) -> Iterable[Finding]:
    """One finding for each statement that lacks a maximum which others state."""
    for group in case.groups:
        attribute = group.attribute("maximum")
        if attribute is None:
            continue
        with_maximum = {value.statement.source for value in attribute.values}
        for statement in group.statements:
            if statement.source in with_maximum or len(statement.substances) > 1 or statement.scope:
                continue
            stated = [value for value in attribute.values if _comparable(statement, value)]
            found = _told(case, group, statement, stated)
            if found is not None:
                yield found


def _comparable(statement: Statement, value: Value) -> bool:
    other = value.statement
    kinds = [{ROUTE_KIND.get(route, "systemic") for route in each.routes} or {"systemic"} for each in (statement, other)]
    per_day = any(stated.per is not None and stated.per.is_day and stated.amount == value.low for stated in other.maximum)
    return per_day and bool(kinds[0] & kinds[1]) and (statement.release == "ER") == (other.release == "ER") and not other.scope


def _told(case: Case, group: Group, statement: Statement, stated: list[Value]) -> Finding | None:
    top: Range | None = None
    for view in views(statement, group.substance):
        for amount in (view.daily, view.target):
            if amount is not None and (top is None or amount.high > top.high):
                top = amount
    if top is None or not stated:
        return None
    try:
        limits = [Range.of(value.low or 0, value.unit or top.unit).to(top.unit).low for value in stated]
    except QuantityError:
        return None
    above = top.high > min(limits)
    agreed = len({value.statement.source for value in stated}) >= 2 and len(set(limits)) == 1
    if not above and not agreed:
        return None
    own = Value(statement, "no maximum")
    message = f"{group.substance}: no maximum is stated in {case.place(statement)}, while others state {sided(case, stated)}"
    if above:
        message += f"; what it allows comes to {top}/day"
    return finding(
        CODE, RULE, Severity.WARNING if above else Severity.INFO, message, substances=(group.substance,), values=(own, *stated), case=case,
        mend=f"It agrees if {case.place(statement)} states a maximum too ({' or '.join(dict.fromkeys(value.text for value in stated))})",
    )  # fmt: skip
