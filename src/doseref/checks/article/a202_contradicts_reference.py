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
from doseref.checks.article.case import Case, finding, sided
from doseref.findings import Finding, Severity
from doseref.limits import Limit
from doseref.quantities import Range
from doseref.statements import Statement, target_per_day

CODE, RULE = "A202", "contradicts-reference"


def check(case: Case) -> Iterable[Finding]:
    """One finding for each substance and label that statements go above, naming all of them."""
    above: dict[tuple[str, str], list[tuple[Value, Range, str]]] = {}
    limits: dict[tuple[str, str], Limit] = {}
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
            if same is not None and same.high > limit.amount:
                key = (substance, limit.statement)
                limits[key] = limit
                above.setdefault(key, []).append((Value(statement, f"{amount}/day", amount.low, amount.high, amount.unit), same, what))
    for key, told_ in above.items():
        yield _finding(case, key[0], limits[key], told_)


def _finding(case: Case, substance: str, limit: Limit, told: list[tuple[Value, Range, str]]) -> Finding:
    values = [value for value, _, _ in told]
    worst = any(limit.amount is not None and same.low > limit.amount for _, same, _ in told)
    what = " or ".join(dict.fromkeys(each for _, _, each in told))
    return finding(
        CODE, RULE, Severity.ERROR if worst else Severity.WARNING,
        f"{substance}: {what} above {case.cited(limit)}: {sided(case, values).replace(' against ', ', ')}",
        substances=(substance,), values=values, case=case,
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
