"""A201 exceeds-own-maximum (error where even the low end is above; else warning, or information where a label has it so)

What. A statement's own arithmetic (highest dose × most administrations in 24 hours, or its titration target) is above
the maximum that the same statement gives. Exactly the maximum is within. Where only the high end is above, it is
information if a label allows a dose as high as often and sets the same maximum of a day, or if the highest dose at the
longest of the intervals is within: the maximum then says how often the shorter one may be taken.

Why. "500–1,000 mg every 4–6 hours (max 3,000 mg/day)" lets a reader who follows its first half take 6,000 mg a day.
"50–100 mg every 4–6 hours (max 400 mg/day)" is how labels and formularies say it.

Passes:
    a.md: Ibuprofen: 400–800 mg every 6–8 hours (max 3,200 mg/day)

Fires:
    a.md: Acetaminophen: 500–1,000 mg every 4–6 hours (max 3,000 mg/day)
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.articles.values import Value
from doseref.checks.article.comparison import Comparison, finding
from doseref.errors import QuantityError
from doseref.figures import doses, per_day, target_per_day
from doseref.findings import Finding, Severity
from doseref.limits import Limit
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
            partly = amount.low <= stated.amount
            label = _label(comparison, statement, stated) if partly else None
            bounded = partly and _bounded(statement, stated)
            as_there = f", as a label has it: {comparison.cited(label)}" if label else ""
            yield finding(
                CODE,
                RULE,
                Severity.ERROR if not partly else Severity.INFO if label or bounded else Severity.WARNING,
                f"{name}: {what} comes to {amount}{per}, {_above(amount, stated)} the {limit}{per} that the same "
                f"statement gives as its maximum ({comparison.place(statement)}){as_there}",
                substances=(name,),
                values=(value,),
                working=_working(statement, amount, limit, per),
                comparison=comparison,
                mend=(
                    f"It agrees if the dose or the frequency is lowered so that the most taken is {limit}{per}; if the "
                    "maximum is what is wrong, take it from the source"
                ),
            )


def _above(amount: Range, stated: StatedMaximum) -> str:
    return "above" if amount.low > stated.amount else "at its high end above"


def _bounded(statement: Statement, stated: StatedMaximum) -> bool:
    """Whether the highest dose at the longest of a range of intervals is within the most of a day; the range is no
    wider than "every 4 to 6 hours" or "every 8 to 12 hours".
    """
    options = statement.dosage.options
    every = options[0].every if len(options) == 1 else None
    if (
        every is None
        or every.single
        or every.high * 2 > every.low * 3
        or options[0].per_day
        or stated.per is None
        or not stated.per.is_day
    ):
        return False
    often = per_day(options[0])
    amounts = [amount for name, amount in doses(options[0], statement.substances) if name == stated.substance]
    if often is None or len(amounts) != 1:
        return False
    try:
        return amounts[0].to(stated.unit).high * often[0] <= stated.amount
    except QuantityError:
        return False


def _label(comparison: Comparison, statement: Statement, stated: StatedMaximum) -> Limit | None:
    """The label that allows the statement's highest dose as often as the statement does, with the same most of a
    day.
    """
    name = stated.substance
    options = statement.dosage.options
    if name is None or stated.per is None or not stated.per.is_day or len(options) != 1:
        return None
    amounts = [amount for substance, amount in doses(options[0], statement.substances) if substance == name]
    often = per_day(options[0])
    if len(amounts) != 1 or often is None or options[0].per_day:
        return None
    return comparison.label_with(name, statement, Amount(stated.amount, stated.unit), amounts[0], 24 / often[1])


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
            (_within_count(figure.amount, statement, stated.substance), "dose × frequency")
            for figure in statement.daily
            if figure.substance == stated.substance
        ]
        candidates += [(counted, "count × frequency") for counted in _counted(statement, stated)]
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


def _counted(statement: Statement, stated: StatedMaximum) -> Iterable[Range]:
    """What a day comes to in tablets, capsules or puffs, where the maximum is stated in them and there is one dose."""
    options = statement.dosage.options
    count = options[0].count if len(options) == 1 and options[0].count else None
    often = per_day(options[0]) if count is not None else None
    if count is not None and often is not None and count.unit == stated.unit and count.unit != "{dose}":
        times = (Decimal(1), Decimal(1)) if options[0].per_day else often
        yield Range(count.low * times[0], count.high * times[1], count.unit)


def _within_count(daily: Range, statement: Statement, substance: str | None) -> Range:
    """What a day comes to, with no more doses than the statement allows ("no more than 5 doses in 24 hours")."""
    counts = [each.amount for each in statement.maximum if each.unit == "{dose}" and each.per and each.per.is_day]
    given = [
        amount.high
        for option in statement.dosage.options
        for name, amount in doses(option, statement.substances)
        if name == substance and amount.unit == daily.unit
    ]
    if not counts or len(given) != 1 or given[0] * min(counts) >= daily.high:
        return daily
    most = given[0] * min(counts)
    return Range(min(daily.low, most), most, daily.unit)


def _working(statement: Statement, amount: Range, limit: Amount, per: str) -> str:
    over = Amount(amount.high - Decimal(limit.value), limit.unit)
    return f"{statement.dosage_text}: {amount}{per}; {Amount(amount.high, amount.unit)} − {limit} = {over} too much"
