"""R107 wrong-period (error)

What. A drug that the sources give weekly, monthly or yearly is taken daily, and no source allows that daily amount.
The finding carries the sum over the longer period.

An overlay that gives a day's amount of what the shipped tables give in weeks or longer alone allows nothing.

Why. Weekly methotrexate or alendronate taken daily is a classic fatal mix-up; each single dose looks ordinary.

Passes:
    Alendronate 70 mg once weekly

Fires:
    Alendronate 70 mg once daily
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from doseref.checks.regimen.case import Case, Finding, Severity, working
from doseref.limits import Limit
from doseref.quantities import Period, Range
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.judge import amount_in
from doseref.regimen.model import Total
from doseref.regimen.other_sources import benches_elsewhere
from doseref.regimen.scope import asked, may_be_its_form, other_thing, speaking
from doseref.regimen.taken import Taken

_DAYS = {"mo": Decimal(28), "a": Decimal(365)}
"""Days of the shortest month and of a year: the sum over that period is at least this many daily doses."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per daily total of a substance that is given at longer intervals."""
    for total in case.totals:
        if not total.per.is_day or not any(exposure.per.is_day for exposure in total.exposures):
            continue
        longer = _given_seldom(case, total, case.taken(total.exposures))
        if not longer:
            continue
        repeating = [
            e
            for e in total.exposures
            if e.per.is_day
            and not (e.from_day == e.to_day and (e.once or e.from_day == 1))
            and (e.interval_hours or 24) <= 24
        ]
        if not repeating:
            continue
        yield _finding(case, total, longer)


def _given_seldom(case: Case, total: Total, taken: Taken) -> tuple[Limit, ...]:
    """The limits that make daily use a mistake: of whom is asked, or of every country where the one that is asked says
    nothing of how much a day or how often. None where any of them allows so much every day.
    """
    if not _ever_seldom(taken.substance, case.data):
        return ()
    bench = case.bench
    longer = _seldom(taken, bench, case.data)
    if longer:
        return () if _allowed_daily(case, total, taken, bench) else longer
    if bench.source is not None or _says_how_much(taken, bench, case.data):
        return ()
    elsewhere = benches_elsewhere(taken.substance, bench, case.data)
    if any(_allowed_daily(case, total, taken, each) for each in elsewhere):
        return ()
    return tuple(limit for each in elsewhere for limit in _seldom(taken, each, case.data))


@lru_cache(maxsize=4096)
def _says_how_much(taken: Taken, bench: Bench, data: Reference) -> bool:
    """Whether anybody who is asked states an amount a day of what is taken."""
    return not _only_seldom(taken, data) and any(
        limit.amount is not None and limit.per is not None and limit.per.is_day
        for limit in speaking(taken, bench, data, "period", either_status=True)
    )


@lru_cache(maxsize=4096)
def _only_seldom(taken: Taken, data: Reference) -> bool:
    """Whether there is an overlay, and the tables below it give what is taken per more than a day and never per day: a
    day's amount in the overlay is then likelier a slip of the period than news.
    """
    if data.overlay is None:
        return False
    below = _below(data.directory).limits.get(taken.substance, ())
    stated = [
        limit
        for limit in below
        if limit.amount is not None and limit.per is not None and not other_thing(limit, taken, data, "period")
    ]
    return bool(stated) and all(_longer(limit) is not None for limit in stated)


@lru_cache(maxsize=4)
def _below(directory: Path) -> Reference:
    """The tables under an overlay."""
    return Reference(directory)


@lru_cache(maxsize=4096)
def _ever_seldom(substance: str, data: Reference) -> bool:
    """Whether anybody gives a substance at longer intervals than a day: of nearly all nobody does."""
    return any(_longer(limit) is not None for limit in data.limits.get(substance, ()))


@lru_cache(maxsize=4096)
def _seldom(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """The limits of this drug and route per more than a day; a schedule in weeks is one for every indication and age
    group.
    """
    return tuple(
        limit
        for limit in data.limits.get(taken.substance, ())
        if _longer(limit) is not None
        and not asked(limit, bench, data)
        and not bench.patient.otherwise_well.outside(limit)
        and not other_thing(limit, taken, data, "period")
    )


def _longer(limit: Limit) -> Period | None:
    """The period of a limit that is longer than a day, also where only a schedule is stated; ``None`` otherwise."""
    if limit.per is not None and not limit.per.is_day:
        hours = limit.per.hours()
        return limit.per if hours is None or hours > 24 else None
    if limit.per is None and limit.interval_hours is not None and limit.interval_hours >= 168:
        return Period(limit.interval_hours / 168, "wk")
    return None


def _allowed_daily(case: Case, total: Total, taken: Taken, bench: Bench) -> bool:
    """Whether some source that ``bench`` asks allows at least this much every day."""
    if _only_seldom(taken, case.data):
        return False
    for limit in speaking(taken, bench, case.data, "period", either_status=True):
        if limit.per is None or not limit.per.is_day or limit.amount is None:
            continue
        if not may_be_its_form(limit, total.exposures):
            continue
        allowed = amount_in(limit, limit.amount, limit.unit, total.amount.unit, case.data, case.names)
        if allowed is not None and total.amount.high <= allowed:
            return True
    return False


def _daily_alone(total: Total) -> Total:
    """The total without what is taken at longer intervals: only that is taken every day."""
    daily = tuple(exposure for exposure in total.exposures if exposure.per.is_day)
    if len(daily) == len(total.exposures):
        return total
    amount = daily[0].amount
    for exposure in daily[1:]:
        amount = amount + exposure.amount
    return replace(total, exposures=daily, amount=amount)


def _finding(case: Case, total: Total, longer: tuple[Limit, ...]) -> Finding:
    limit = min(longer, key=_a_day)
    period = _longer(limit) or Period(Decimal(1), "wk")
    days = _days(period)
    name = case.told(total.substance)
    alone = _daily_alone(total)
    worn = alone.amount.unit.endswith("/h")  # the rate of a patch does not add up over days
    sums = alone.amount if worn else alone.amount.scaled(days)
    nothing_there = f"; {case.bench.country} has no source for it here" if asked(limit, case.bench, case.data) else ""
    against = f" against {_most(limit, longer)} per {period}" if limit.amount is not None else ""
    return Finding(
        "R107",
        "wrong-period",
        Severity.ERROR,
        f"{name} is taken daily, but the sources give it per "
        f"{period}{'' if worn else f': {sums} per {period}{against}'} "
        f"({_who(case, limit, longer)}{nothing_there})",
        items=total.items,
        substances=(case.name(total.substance),),
        sources=tuple(dict.fromkeys(each.source for each in longer)),
        working=working(alone) + ("" if worn else f"; {alone.amount} × {days:f} days = {sums} per {period}"),
        mend=f"check whether once per {period} is meant; do not give it daily",
        extra={"per_period": {**sums.to_json(), "per": period.to_json()}},
    )


def _most(limit: Limit, longer: Iterable[Limit]) -> Range:
    """What the sources allow over the period of ``limit``: its amount, up to the largest stated maximum."""
    alike = [
        each.amount for each in longer if each.kind == "maximum" and (each.per, each.unit) == (limit.per, limit.unit)
    ]
    assert limit.amount is not None
    return Range(limit.amount, max([limit.amount, *(each for each in alike if each is not None)]), limit.unit)


def _days(period: Period) -> Decimal:
    """How many days a period has at least."""
    hours = period.hours()
    return hours / 24 if hours is not None else period.value * _DAYS[period.unit]


def _a_day(limit: Limit) -> tuple[bool, Decimal]:
    """The strictest first: by how much a day a limit comes to; one without an amount last."""
    if limit.amount is None:
        return True, -_days(_longer(limit) or Period(Decimal(1), "wk"))
    return False, limit.amount / _days(_longer(limit) or Period(Decimal(1), "wk"))


def _who(case: Case, first: Limit, longer: Iterable[Limit]) -> str:
    """The source whose figure is told, and how many more say so; the finding lists them all."""
    others = {case.label(each) for each in longer} - {case.label(first)}
    return f"{case.label(first)}{f', and {len(others)} more' if others else ''}"
