"""A statement: what one source says about one substance (or one combination), whatever it was read from.

Articles are read into statements, the tables are statements at rest, and both are compared as statements. The
figures are worked out here, once, from a :class:`~doseref.dosage.model.Dosage`: plain arithmetic of dose × times per
24 hours, as-needed doses counted as taken, the stated maximum ignored (so that it can be judged against it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from doseref.context import NOTHING, Context
from doseref.dosage.model import Dosage, Option, Target
from doseref.dosage.rates import rate
from doseref.errors import QuantityError
from doseref.findings import Location
from doseref.quantities import DAY, Period, Range, json_number
from doseref.records import record, replace

Resolve = Callable[[str], str | None]
"""From a name as a text writes it ("APAP") to the canonical name ("acetaminophen"), or ``None``."""

_ONE = Decimal(1)
_HOUR = 60
"""Minutes below which an interval is that of a rescue dose."""


@record
class SideEffect:
    """One side-effect phrase as written, and the ids of the side-effect classes it belongs to."""

    phrase: str
    classes: tuple[str, ...] = ()
    qualifier: str | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"phrase", "classes"}`` (and ``qualifier`` where there is one)."""
        data: dict[str, Any] = {"phrase": self.phrase, "classes": list(self.classes)}
        if self.qualifier:
            data["qualifier"] = self.qualifier
        return data


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


@record
class StatedMaximum:
    """A maximum that the source states: ``amount`` of ``unit`` per ``per`` (``None``: per single dose)."""

    substance: str | None
    """Canonical name; ``None`` where a combination's maximum names no ingredient."""
    amount: Decimal
    unit: str
    per: Period | None

    def to_json(self) -> dict[str, Any]:
        """``{"substance", "amount", "unit", "per"}``."""
        return {
            "substance": self.substance,
            "amount": json_number(self.amount),
            "unit": self.unit,
            "per": self.per.to_json() if self.per else None,
        }


@record
class Statement:
    """What one source says about one substance or combination. Substances are canonical names."""

    id: str
    source: str
    line: int
    section: str
    """``drug``, ``supplement`` or ``advanced``; empty where the article does not tell."""
    name: str
    """The entry's heading, without its list number and class."""
    substances: tuple[str, ...]
    dosage_text: str
    dosage: Dosage
    computable: bool = True
    reason: str | None = None
    """Why it is not computable (a word of the ``reason`` column)."""
    drug_class: str | None = None
    column: int = 0
    """Column (from 1) at which the dosage text begins; 0 where it is not known."""
    end_column: int = 0
    path: str = ""
    cell: str | None = None
    daily: tuple[Figure, ...] = ()
    """Per ingredient, per 24 hours: the hull of all phases and alternatives that are daily."""
    rates: tuple[Figure, ...] = ()
    """Per ingredient, route and period (daily, weekly, yearly …): the hull of the alternatives of that kind."""
    period: Period | None = None
    target: Target | None = None
    maximum: tuple[StatedMaximum, ...] = ()
    longest: Range | None = None
    routes: tuple[str, ...] = ()
    """The routes stated; more than one are alternatives."""
    release: str | None = None
    """Release form (``ER``, ``IR`` …) of the whole statement, where heading or dosage states one for all of it."""
    prn: bool = False
    timing: tuple[str, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    heading: str = ""
    """The heading as written, where the class in its brackets was taken out of ``name``."""
    scope: str | None = None
    """Whom or what it is for, where not for adults in general ("children", "kidney impairment"): compared only within it."""
    context: Context = NOTHING
    """Population, route, form, indication, purpose and setting, as far as the text around it says."""
    bands: tuple[tuple[str, str], ...] = ()
    """Weight or age bands as written and the dose of each, where a table gives them."""

    @property
    def route(self) -> str | None:
        """The stated route, alternatives joined by ``"; "``; ``None`` where none is stated."""
        return "; ".join(self.routes) or None

    @property
    def location(self) -> Location:
        """Where the dosage stands."""
        return Location(self.path or self.source, self.line, self.column, self.end_column, self.source, self.cell)

    def to_json(self) -> dict[str, Any]:
        """One object of ``statements`` in ``doseref.statements/1``."""
        longest = None
        if self.longest:
            longest = {"value": json_number(self.longest.high), "unit": self.longest.unit}
        return {
            "id": self.id,
            "source": self.source,
            "line": self.line,
            "column": self.column,
            "section": self.section,
            "name": self.name,
            "substances": list(self.substances),
            "class": self.drug_class,
            "dosage": self.dosage_text,
            "computable": self.computable,
            "daily": [figure.to_json() for figure in self.daily],
            "period": self.period.to_json() if self.period else None,
            "target": self.target.to_json() if self.target else None,
            "maximum": [stated.to_json() for stated in self.maximum],
            "longest": longest,
            "route": self.route,
            "prn": self.prn,
            "timing": list(self.timing),
            "side_effects": [effect.to_json() for effect in self.side_effects],
            "bands": [{"band": band, "dose": dose} for band, dose in self.bands],
            "context": {"route": self.route, "release": self.release, **self.context.to_json()},
        }


def per_day(option: Option) -> tuple[Decimal, Decimal] | None:
    """Fewest and most administrations per 24 hours that ``option`` says; ``None`` where it says none or a longer period.

    The rule is that of :func:`doseref.dosage.rates.rate`; how many doses there are in all does not count here, but a dose
    that may be repeated fewer times than its interval fits into a day ("once more after 2 hours") is none of the day.
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

    Seven days are a week, twelve months a year. ``None`` for daily options, and for ranges of periods ("every 2–4 weeks").
    """
    if option.days:
        return Period(_ONE, "wk"), Decimal(len(option.days)), Decimal(len(option.days))
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
        return None if hours is not None and hours <= 24 else (period, _ONE, _ONE)
    return None


def doses(option: Option, substances: Sequence[str], resolve: Resolve | None = None) -> tuple[tuple[str, Range], ...]:
    """Per ingredient, the amount at one administration of ``option`` (per day where ``option.per_day``).

    A combination's strengths are tied to its ingredients by the names in the text, else by their order; a
    combination's dose without its parts gives nothing. A count without a strength is an amount of its own unit (1 patch).
    """
    count = option.count or Range(_ONE, _ONE, "{dose}")
    strengths = option.strengths
    if len(substances) > 1:
        if len(strengths) != len(substances):
            return ()
        found: list[tuple[str, Range]] = []
        for position, strength in enumerate(strengths):
            named = _resolved(strength.substance, resolve)
            name = named if named is not None and named in substances else substances[position]
            found.append((name, Range(strength.amount * count.low, strength.amount * count.high, strength.unit)))
        return tuple(found) if len({name for name, _ in found}) == len(found) else ()
    if len(substances) != 1:
        return ()
    if len(strengths) == 1 and strengths[0].per and option.dose and option.dose.unit == strengths[0].per[1]:
        strength = strengths[0]
        volume = strength.per[0] if strength.per else _ONE
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


def _resolved(name: str | None, resolve: Resolve | None) -> str | None:
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
            times = per_day(option) or ((_ONE, _ONE) if one_day and long_period(option) is None else None)
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


def period_of(dosage: Dosage) -> Period | None:
    """The period the first option that has one repeats in: a day, or longer; ``None`` for single doses and where none is said."""
    for option in dosage.options:
        if per_day(option) is not None:
            return DAY
        longer = long_period(option)
        if longer:
            return longer[0]
    return None


def stated_maxima(
    dosage: Dosage, substances: Sequence[str], resolve: Resolve | None = None
) -> tuple[StatedMaximum, ...]:
    """The maxima a dosage states, tied to canonical names: by the name in the text, else to the only substance."""
    found: list[StatedMaximum] = []
    for stated in dosage.maximum:
        name: str | None = _resolved(stated.substance, resolve)
        if name is None and len(substances) == 1:
            name = substances[0]
        found.append(StatedMaximum(name, stated.amount, stated.unit, stated.per))
    return tuple(found)


def routes_of(dosage: Dosage, fallback: str | None = None) -> tuple[str, ...]:
    """The routes of all options in order, each once; ``fallback`` (the heading's) where no option names one."""
    found = tuple(dict.fromkeys(option.route for option in dosage.options if option.route))
    return found or ((fallback,) if fallback else ())


def from_dosage(
    dosage: Dosage,
    *,
    id: str,
    source: str,
    line: int,
    section: str,
    name: str,
    substances: Sequence[str],
    resolve: Resolve | None = None,
    computable: bool | None = None,
    reason: str | None = None,
    drug_class: str | None = None,
    column: int = 0,
    end_column: int = 0,
    path: str = "",
    cell: str | None = None,
    route: str | None = None,
    release: str | None = None,
    prn: bool = False,
    longest: Range | None = None,
    timing: Iterable[str] = (),
    side_effects: Iterable[SideEffect] = (),
    scope: str | None = None,
) -> Statement:
    """The statement that ``dosage`` makes about ``substances`` (canonical names), every figure worked out.

    ``route`` and ``release`` are the heading's, ``prn`` and ``longest`` the timing line's: each counts where the dosage
    itself is silent.
    ``computable`` defaults to whether any amount per period could be worked out.
    """
    names = tuple(substances)
    worked_out = rates(dosage, names, resolve)
    releases = {option.release for option in dosage.options}
    if releases not in (set(), {None}):
        release = releases.pop() if len(releases) == 1 else None
    return Statement(
        id=id,
        source=source,
        line=line,
        section=section,
        name=name,
        substances=names,
        dosage_text=dosage.text,
        dosage=dosage,
        computable=bool(worked_out) if computable is None else computable,
        reason=reason,
        drug_class=drug_class,
        column=column,
        end_column=end_column,
        path=path,
        cell=cell,
        daily=daily(dosage, names, resolve),
        rates=worked_out,
        period=period_of(dosage),
        target=dosage.target,
        maximum=stated_maxima(dosage, names, resolve),
        longest=dosage.longest or longest,
        routes=routes_of(dosage, route),
        release=release,
        prn=prn or any(option.prn for option in dosage.options),
        timing=tuple(timing),
        side_effects=tuple(side_effects),
        scope=scope,
    )


def to_json(statements: Iterable[Statement]) -> dict[str, Any]:
    """The document ``doseref.statements/1``."""
    return {"schema": "doseref.statements/1", "statements": [statement.to_json() for statement in statements]}
