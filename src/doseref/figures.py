"""The figures of a dosage: amounts per administration, per 24 hours and per longer period.

Plain arithmetic of dose × times per 24 hours: as-needed doses are counted as taken, and the stated maximum is ignored
(so that the figures can be judged against it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from doseref.dosage.model import Dosage, Option
from doseref.dosage.rates import rate
from doseref.errors import QuantityError
from doseref.quantities import DAY, ONE, Period, Range
from doseref.records import record, replace

Resolve = Callable[[str], str | None]
"""From a name as a text writes it ("APAP") to the canonical name ("acetaminophen"), or ``None``."""

_HOUR = 60
"""Minutes below which an interval is that of a rescue dose."""


@record
class Figure:
    """An amount of one substance per administration (``per`` is ``None``) or per period, by one route."""

    substance: str
    amount: Range
    per: Period | None = None
    route: str | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"substance", "low", "high", "unit"}``: the shape of ``daily`` in ``doseref.statements/1``."""
        return {"substance": self.substance, **self.amount.to_json()}


def per_day(option: Option) -> tuple[Decimal, Decimal] | None:
    """Fewest and most administrations per 24 hours that ``option`` says; ``None`` where it says none or a longer
    period.

    The rule is that of :func:`doseref.dosage.rates.rate`; how many doses there are in all does not count here, but a
    dose that may be repeated fewer times than its interval fits into a day ("once more after 2 hours") is none of the
    day.
    """
    if option.days:
        return None
    if option.every is not None and option.every.unit == "min" and option.every.high < _HOUR:
        return None  # repeated in an emergency until it works: never a dose of the day
    found = rate(replace(option, doses_total=None) if option.doses_total is not None else option)
    if found is None or not found.per.is_day:
        return None
    total = option.doses_total
    if total is not None and option.prn and option.every is not None and found.low > total.high:
        return None
    return found.low, found.high


def long_period(option: Option) -> tuple[Period, Decimal, Decimal] | None:
    """The period longer than a day that ``option`` repeats in, and fewest and most administrations in it.

    Seven days are a week, twelve months a year. ``None`` for daily options, and for ranges of periods ("every 2–4
    weeks").
    """
    if option.days:
        return Period(ONE, "wk"), Decimal(len(option.days)), Decimal(len(option.days))
    if option.times:
        times = option.times
        if times.period_high is not None and times.period_high != times.period:
            return None
        found = rate(option)
        if found is None or found.per.is_day:
            return None
        return Period(times.period, times.unit).usual(), times.low, times.high
    if option.every and option.every.single:
        period = Period(option.every.low, option.every.unit).usual()
        hours = period.hours()
        return None if hours is not None and hours <= 24 else (period, ONE, ONE)
    return None


def doses(option: Option, substances: Sequence[str], resolve: Resolve | None = None) -> tuple[tuple[str, Range], ...]:
    """Per ingredient, the amount at one administration of ``option`` (per day where ``option.per_day``).

    A combination's strengths are tied to its ingredients by the names in the text, else by their order; a
    combination's dose without its parts gives nothing. A count without a strength is an amount of its own unit (1
    patch).
    """
    count = option.count or Range(ONE, ONE, "{dose}")
    strengths = option.strengths
    if len(substances) > 1:
        if len(strengths) != len(substances):
            return ()
        found: list[tuple[str, Range]] = []
        for position, strength in enumerate(strengths):
            named = resolved(strength.substance, resolve)
            name = named if named is not None and named in substances else substances[position]
            found.append((name, Range(strength.amount * count.low, strength.amount * count.high, strength.unit)))
        return tuple(found) if len({name for name, _ in found}) == len(found) else ()
    if len(substances) != 1:
        return ()
    if len(strengths) == 1 and strengths[0].per and option.dose and option.dose.unit == strengths[0].per[1]:
        strength = strengths[0]
        volume = strength.per[0] if strength.per else ONE
        return ((substances[0], option.dose.map(lambda value: value * strength.amount / volume, strength.unit)),)
    if option.dose:
        return ((substances[0], option.dose),)
    if len(strengths) == 1 and not strengths[0].per:
        return (
            (
                substances[0],
                Range(strengths[0].amount * count.low, strengths[0].amount * count.high, strengths[0].unit),
            ),
        )
    if option.count and not strengths and option.count.unit not in ("{injection}", "{session}", "{dose}"):
        return ((substances[0], option.count),)
    return ()


def resolved(name: str | None, resolve: Resolve | None) -> str | None:
    """The canonical name of a name as written, or the name itself where it is not known."""
    if name is None:
        return None
    return (resolve(name) if resolve else None) or name


def daily(dosage: Dosage, substances: Sequence[str], resolve: Resolve | None = None) -> tuple[Figure, ...]:
    """Per ingredient, the amount per 24 hours: dose × times, as-needed counted as taken, the stated maximum ignored.

    Alternatives are hulled, phases of one sequence are added, phases that follow each other are hulled. Only daily
    options count, and a phase of a single day is taken once where it says no more. Where nothing but a titration target
    is stated, that is the amount. ``()`` where nothing daily can be derived.
    """
    by_sequence: dict[int, dict[str, Range]] = {}
    for phase in dosage.phases:
        hulled: dict[str, Range] = {}
        one_day = phase.from_day is not None and phase.from_day == phase.to_day
        for option in phase.options:
            times = per_day(option) or ((ONE, ONE) if one_day and long_period(option) is None else None)
            if times is None:
                continue
            for name, dose in doses(option, substances, resolve):
                _hull_into(hulled, name, dose.scaled(*times))
        together = by_sequence.setdefault(phase.sequence, {})
        for name, amount in hulled.items():
            _add_into(together, name, amount)
    total: dict[str, Range] = {}
    for parts in by_sequence.values():
        for name, amount in parts.items():
            _hull_into(total, name, amount)
    if not total and len(substances) == 1:
        reached = target_per_day(dosage)
        if reached is not None:
            total[substances[0]] = reached
    return tuple(Figure(name, total[name], DAY) for name in substances if name in total)


def target_per_day(dosage: Dosage) -> Range | None:
    """The titration target as an amount per 24 hours: a total per day, or × the times that the target itself or the
    instruction states; ``None`` where it cannot be worked out.
    """
    target = dosage.target
    if target is None:
        return None
    amount = Range(target.low, target.high, target.unit)
    if target.per_day:
        return amount
    if target.times and target.times.unit == "d" and target.times.period == 1:
        return amount.scaled(target.times.low, target.times.high)
    counts = [times for times in (per_day(option) for option in dosage.options) if times]
    if counts and not target.times:
        return amount.scaled(min(low for low, _ in counts), max(high for _, high in counts))
    return None


def rates(dosage: Dosage, substances: Sequence[str], resolve: Resolve | None = None) -> tuple[Figure, ...]:
    """Per ingredient, route and period, the amount per period; daily ones as in :func:`daily` but split by route."""
    kinds: dict[tuple[str, str | None, Period], Range] = {}
    daily_routes = list(dict.fromkeys(option.route for option in dosage.options if per_day(option))) or [None]
    if len(daily_routes) > 1 and all(len({o.route for o in phase.options}) == 1 for phase in dosage.phases):
        daily_routes = [None]  # phases by different routes: one after the other, not alternatives
    for route in daily_routes:
        chosen = dosage if len(daily_routes) == 1 else _of_route(dosage, route)
        for figure in daily(chosen, substances, resolve):
            kinds[(figure.substance, route, DAY)] = figure.amount
    for option in dosage.options:
        longer = long_period(option)
        if longer is None:
            continue
        period, fewest, most = longer
        for name, dose in doses(option, substances, resolve):
            key = (name, option.route, period)
            amount = dose.scaled(fewest, most)
            kinds[key] = _hull(kinds[key], amount) or kinds[key] if key in kinds else amount
    return tuple(Figure(name, amount, period, route) for (name, route, period), amount in kinds.items())


def _of_route(dosage: Dosage, route: str | None) -> Dosage:
    from doseref.records import replace

    phases = tuple(
        replace(phase, options=tuple(option for option in phase.options if option.route == route))
        for phase in dosage.phases
    )
    return replace(dosage, phases=tuple(phase for phase in phases if phase.options))


def _hull(a: Range, b: Range) -> Range | None:
    try:
        return a.hull(b)
    except QuantityError:
        return None


def _hull_into(into: dict[str, Range], name: str, amount: Range) -> None:
    if name not in into:
        into[name] = amount
        return
    into[name] = _hull(into[name], amount) or into[name]


def _add_into(into: dict[str, Range], name: str, amount: Range) -> None:
    if name not in into:
        into[name] = amount
        return
    try:
        into[name] = into[name] + amount
    except QuantityError:
        return
