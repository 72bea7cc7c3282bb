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

from doseref.articles.compare import Group
from doseref.articles.values import Value, base_figures
from doseref.articles.views import views
from doseref.checks.article.comparison import Comparison, finding, sided
from doseref.findings import Finding, Severity
from doseref.limits import ROUTE_KIND
from doseref.quantities import Range
from doseref.statements import Statement

CODE, RULE = "A203", "missing-maximum"


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each statement that goes above what others state, one for all others of a substance together."""
    for group in comparison.groups:
        attribute = group.attribute("maximum")
        if attribute is None:
            continue
        with_maximum = {value.statement.source for value in attribute.values}
        quiet: list[tuple[Statement, list[Value]]] = []
        for statement in group.statements:
            if statement.source in with_maximum or len(statement.substances) > 1 or statement.scope:
                continue
            stated = [value for value in attribute.values if _comparable(statement, value)]
            top = _top(group, statement)
            reached = base_figures(Value(statement, "", top.low, top.high, top.unit)) if top is not None else None
            unit = reached[2] if reached is not None else None
            limits = [figures[0] for value in stated if (figures := base_figures(value)) and figures[2] == unit]
            if not limits or len(limits) != len(stated) or top is None:
                continue
            if reached is not None and reached[1] > min(limits):
                yield _finding(
                    comparison, group, [statement], stated, f"; what it allows comes to {top}/day", Severity.WARNING
                )
            elif len({value.statement.source for value in stated}) >= 2 and len(set(limits)) == 1:
                quiet.append((statement, stated))
        if quiet:
            yield _finding(comparison, group, [statement for statement, _ in quiet], quiet[0][1], "", Severity.INFO)


def _comparable(statement: Statement, value: Value) -> bool:
    other = value.statement
    kinds = [
        {ROUTE_KIND.get(route, "systemic") for route in each.routes} or {"systemic"} for each in (statement, other)
    ]
    per_day = any(
        stated.per is not None and stated.per.is_day and stated.amount == value.low for stated in other.maximum
    )
    return (
        per_day
        and bool(kinds[0] & kinds[1])
        and (statement.release == "ER") == (other.release == "ER")
        and not other.scope
    )


def _top(group: Group, statement: Statement) -> Range | None:
    """The most that a statement allows per day by dose × frequency or by its target."""
    top: Range | None = None
    for view in views(statement, group.substance):
        for amount in (view.daily, view.target):
            if amount is not None and (top is None or amount.high > top.high):
                top = amount
    return top


def _finding(
    comparison: Comparison, group: Group, silent: list[Statement], stated: list[Value], more: str, severity: Severity
) -> Finding:
    places = ", ".join(comparison.place(statement) for statement in silent)
    own = [Value(statement, "no maximum") for statement in silent]
    return finding(
        CODE,
        RULE,
        severity,
        f"{group.substance}: no maximum is stated in {places}, while others state {sided(comparison, stated)}{more}",
        substances=(group.substance,),
        values=(*own, *stated),
        comparison=comparison,
        mend=(
            f"It agrees if {places} states a maximum too ({' or '.join(dict.fromkeys(value.text for value in stated))})"
        ),
    )
