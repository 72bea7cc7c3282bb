"""A201 exceeds-own-maximum (error where even the low end is above; else warning)

What. A statement's own arithmetic (highest dose × most administrations in 24 hours, or its titration target) is above
the maximum that the same statement gives. Exactly the maximum is within.

Why. "500–1,000 mg every 4–6 hours (max 3,000 mg/day)" lets a reader who follows its first half take 6,000 mg a day.

Passes:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 3,200 mg/day)

Fires:
    a.md: Tramadol: 50–100 mg every 4–6 hours (max 400 mg/day)
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.articles.values import Value
from doseref.checks.article.comparison import Comparison, finding
from doseref.errors import QuantityError
from doseref.figures import doses, target_per_day
from doseref.findings import Finding, Severity
from doseref.quantities import Amount, Range
from doseref.statements import StatedMaximum, Statement

CODE, RULE = "A201", "exceeds-own-maximum"


def check(comparison: Comparison) -> Iterable[Finding]:
    """One finding for each stated maximum that the statement itself exceeds."""
    for statement in comparison.statements:
        for stated in statement.maximum:
            reached = _reached(statement, stated)
            if reached is None:
                continue
            amount, what = reached
            limit = Amount(stated.amount, stated.unit)
            per = "/day" if stated.per else " per dose"
            value = Value(statement, f"{limit}{per}", stated.amount, stated.amount, stated.unit)
            name = stated.substance or ", ".join(statement.substances)
            yield finding(
                CODE,
                RULE,
                Severity.ERROR if amount.low > stated.amount else Severity.WARNING,
                f"{name}: {what} comes to {amount}{per}, {_above(amount, stated)} the {limit}{per} that the same "
                f"statement gives as its maximum ({comparison.place(statement)})",
                substances=(name,),
                values=(value,),
                working=_working(statement, amount, limit, per),
                comparison=comparison,
                mend=(
                    f"It agrees if the dose or the frequency is lowered so that the most taken is {limit}{per}, or if "
                    f"the maximum is {Amount(amount.high, amount.unit)}{per}"
                ),
            )


def _above(amount: Range, stated: StatedMaximum) -> str:
    return "above" if amount.low > stated.amount else "at its high end above"


def _reached(statement: Statement, stated: StatedMaximum) -> tuple[Range, str] | None:
    """What the statement comes to where that is above its maximum, in the maximum's unit;
    ``None`` where it is within.
    """
    candidates: list[tuple[Range, str]] = []
    if stated.per is None:
        for option in statement.dosage.options:
            if not option.per_day:
                candidates += [
                    (amount, "the dose")
                    for name, amount in doses(option, statement.substances)
                    if name == stated.substance
                ]
    elif stated.per.is_day:
        candidates += [
            (figure.amount, "dose × frequency") for figure in statement.daily if figure.substance == stated.substance
        ]
        target = target_per_day(statement.dosage)
        if target is not None and len(statement.substances) == 1:
            candidates.append((target, "the titration target"))
    for amount, what in candidates:
        try:
            same = amount.to(stated.unit)
        except QuantityError:
            continue
        if same.high > stated.amount:
            return same, what
    return None


def _working(statement: Statement, amount: Range, limit: Amount, per: str) -> str:
    over = Amount(amount.high - Decimal(limit.value), limit.unit)
    return f"{statement.dosage_text}: {amount}{per}; {Amount(amount.high, amount.unit)} − {limit} = {over} too much"
