"""A202 contradicts-reference (error; warning where only the high end is above)

What. A maximum that an article states, or the daily amount or target of a statement without one, is above the highest
maximum that US prescription labels or authorities for supplements give adults for that route and release form.

Why. A label maximum is researched and dated; an article above it needs a reason.

Passes:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 3,200 mg/day)

Fires:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 4,800 mg/day)
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles.compare import Value, in_unit
from doseref.checks.article.case import Case, finding
from doseref.findings import Finding, Severity
from doseref.quantities import Range
from doseref.statements import Statement, target_per_day

CODE, RULE = "A202", "contradicts-reference"


def check(case: Case) -> Iterable[Finding]:
    """One finding for each ingredient of a statement that goes above the label or the authority."""
    for statement in case.statements:
        if statement.scope:
            continue
        for substance in statement.substances:
            limit = case.label_limit(substance, statement)
            told = _told(statement, substance)
            if limit is None or limit.amount is None or told is None:
                continue
            amount, what = told
            same = in_unit(amount, limit.unit, substance, case.reference)
            if same is None or same.high <= limit.amount:
                continue
            value = Value(statement, f"{amount}/day", amount.low, amount.high, amount.unit)
            yield finding(
                CODE, RULE, Severity.ERROR if same.low > limit.amount else Severity.WARNING,
                f"{substance}: {what} of {amount}/day ({case.place(statement)}) is above {case.cited(limit)}",
                substances=(substance,), values=(value,), case=case,
                working=f"{statement.dosage_text}: {amount}/day against {case.cited(limit)}",
                mend=f"It agrees if it stays within {case.cited(limit)}, or if the text says whom the higher figure is for",
            )  # fmt: skip


def _told(statement: Statement, substance: str) -> tuple[Range, str] | None:
    """What a statement allows per day: its maximum, else its target, else its range."""
    for stated in statement.maximum:
        if stated.substance == substance and stated.per is not None and stated.per.is_day:
            return Range.of(stated.amount, stated.unit), "a stated maximum"
    target = target_per_day(statement.dosage)
    if target is not None and len(statement.substances) == 1:
        return target, "a titration target"
    for figure in statement.daily:
        if figure.substance == substance:
            return figure.amount, "a daily amount"
    return None
