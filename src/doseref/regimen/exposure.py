"""What an item delivers: per substance, route and phase, an interval per period, with its working.

Low end: lowest dose, fewest administrations, as-needed doses not taken. High end: highest dose, most
administrations, as-needed doses taken as often as allowed, cut at the item's own stated maximum.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Phase
from doseref.limits import ROUTE_KIND
from doseref.quantities import DAY, Period, Range, printed
from doseref.records import record, replace
from doseref.refdata import Product, Reference
from doseref.regimen.amounts import SPREAD, Delivered, amounts, canonical_unit
from doseref.regimen.calendar import Span, rising, spans
from doseref.regimen.caps import cap
from doseref.regimen.model import Exposure, Part, Trouble
from doseref.regimen.window import clock_times
from doseref.statements import long_period, per_day
from doseref.units import convert, convertible
from doseref.units import printed as unit_word

_ONE = Decimal(1)


@record
class Basis:
    """What exposures are computed from besides the dosage: the item's number, its ingredients, its product."""

    n: int
    parts: tuple[Part, ...]
    product: Product | None
    data: Reference
    weight_kg: Decimal | None = None


class Exposed:
    """The outcome, filled option by option: exposures, why some are missing, most product units in 24 hours, least days."""

    def __init__(self) -> None:
        self.exposures: list[Exposure] = []
        self.troubles: list[Trouble] = []
        self.count_high: Decimal | None = None
        self.longest_days: Decimal | None = None
        self.uncounted = False
        """Whether an amount is known, and only how often it is taken is not."""


@record
class Frequency:
    """Administrations per period, and how many can fall into any 24 hours."""

    low: Decimal
    high: Decimal
    per: Period
    daily_high: Decimal
    once: bool = False


def expose(dosage: Dosage, basis: Basis) -> Exposed:
    """The exposures of one item. Never raises for what a dosage may hold: troubles say what is not assessed."""
    result = Exposed()
    timing = spans(dosage)
    result.longest_days = timing.least_days
    for phase, span in zip(dosage.phases, timing.spans, strict=True):
        found: list[Exposure] = []
        for option in phase.options:
            made, trouble = _of_option(option, phase, span, dosage, basis, result)
            if trouble and trouble not in result.troubles:
                result.troubles.append(trouble)
            found += made
        result.exposures += _hulled(found, len(phase.options))
    if dosage.target is not None and result.exposures:
        result.exposures += _at_target(dosage, basis, result.exposures)
    elif rising(dosage) and result.exposures:
        top = _at_top(dosage, basis, result.exposures)
        if top is None:
            result.troubles.append(
                Trouble("R403", "the dose is raised step by step and no end of it is stated", "state the highest dose")
            )
        else:
            result.exposures.append(top)
    return result


def frequency(option: Option, dosage: Dosage) -> Frequency | None:
    """How often an option is taken; ``None`` where the text does not say (and no daily maximum bounds it)."""
    if option.days:
        each = per_day(replace(option, days=())) or (_ONE, _ONE)
        count = Decimal(len(option.days))
        on_a_day = each[1]
        if option.doses_total is not None and option.every is not None:
            each = (option.doses_total.low, option.doses_total.high)  # "every 12 hours for 3 doses on Mondays"
            on_a_day = min(on_a_day, each[1])
        return Frequency(each[0] * count, each[1] * count, Period(_ONE, "wk"), on_a_day)
    daily = per_day(option)
    if daily is not None:
        low, high = daily
        if option.doses_total and not option.per_day:
            low, high = min(low, option.doses_total.low), min(high, option.doses_total.high)
        return Frequency(low, high, DAY, high)
    longer = long_period(option)
    if longer is not None:
        period, low, high = longer
        return Frequency(low, high, period, _ONE)
    if option.times is not None:
        times = option.times
        longest = times.period_high or times.period
        return Frequency(times.low * times.period / longest, times.high, Period(times.period, times.unit), _ONE)
    if option.every is not None:
        return Frequency(option.every.low / option.every.high, _ONE, Period(option.every.low, option.every.unit), _ONE)
    if option.doses_total is not None and option.doses_total.high == 1:
        return Frequency(option.doses_total.low, option.doses_total.high, DAY, option.doses_total.high, once=True)
    return None


def _of_option(
    option: Option, phase: Phase, span: Span, dosage: Dosage, basis: Basis, result: Exposed
) -> tuple[list[Exposure], Trouble | None]:
    """The exposures of one option, one per ingredient."""
    delivered = amounts(option, basis.parts, basis.product, basis.data, basis.weight_kg)
    if isinstance(delivered, Trouble):
        return [], delivered
    often = frequency(option, dosage)
    if often is None and phase.from_day and not option.prn:
        often = Frequency(_ONE, _ONE, DAY, _ONE)  # "24 mg on day 1": that day's dose
    made: list[Exposure] = []
    for each in delivered:
        if often is None:
            exposure = _bounded_only(each, option, span, phase, dosage, basis)
            if exposure is None:
                result.uncounted = True
                return [], _no_frequency(option)
        else:
            exposure = _exposure(each, option, often, span, phase, dosage, basis)
        made.append(exposure)
    if delivered and delivered[0].units is not None and often is not None and often.per.is_day:
        top = delivered[0].units.high * often.high
        result.count_high = max(result.count_high or Decimal(0), cap_count(top, dosage))
    return made, None


def cap_count(top: Decimal, dosage: Dosage) -> Decimal:
    """``top`` product units in 24 hours, cut at a maximum that the item states in units."""
    for stated in dosage.maximum:
        if stated.per is not None and stated.per.is_day and stated.unit.startswith("{") and stated.unit != "{dose}":
            top = min(top, stated.amount)
    return top


def _no_frequency(option: Option) -> Trouble:
    if option.prn:
        return Trouble("R403", "as needed, but how often at most is not said", "add an interval or a daily maximum")
    return Trouble("R403", "how often it is taken is not said", "add, for example, 'every 6 hours' or 'twice daily'")


def _route(option: Option, basis: Basis, substance: str) -> str:
    if option.route:
        return option.route
    if option.form in SPREAD and option.form != "solution":
        return "topical"
    if option.dose is not None and option.dose.unit.endswith("/h") and option.every and option.every.unit in ("h", "d"):
        hours = Period(option.every.high, option.every.unit).hours()
        if hours is not None and hours >= 24:
            return "transdermal"  # "25 mcg/h every 72 hours": a rate that is renewed every few days is a patch's
    if option.form == "patch" and not (basis.product and basis.product.route):
        known = basis.data.substances.get(substance)
        return known.usual_route if known and known.usual_route in ("topical", "transdermal") else "transdermal"
    if basis.product is not None and basis.product.route:
        return basis.product.route
    known = basis.data.substances.get(substance)
    return known.usual_route if known else ""


def _exposure(
    each: Delivered, option: Option, often: Frequency, span: Span, phase: Phase, dosage: Dosage, basis: Basis
) -> Exposure:
    """One ingredient of one option: the interval arithmetic and its working."""
    per_dose = each.amount
    full = per_dose.scaled(often.low, often.high)
    factor = _factor_words(often, option)
    words = each.working + factor
    limited = cap(per_dose, each, dosage, often.per, len(basis.parts) == 1, basis.data)
    high = min(full.high, limited.high) if limited else full.high
    low = Decimal(0) if option.prn else min(full.low, high)
    amount = Range(low, high, full.unit)
    tail = ", as needed" if option.prn else ""
    if limited and limited.high < full.high:
        tail += f", at most {printed(limited.high)} {unit_word(full.unit)} ({limited.words})"
    working = f"{words}{tail} = {amount} {_per_words(often.per)}"
    peak = (
        amount
        if often.per.is_day
        else Range(Decimal(0) if option.prn else per_dose.low, per_dose.high * often.daily_high, full.unit)
    )
    route = _route(option, basis, each.part.substance)
    interval = Period(option.every.low, option.every.unit).hours() if option.every else None
    return Exposure(
        item=basis.n, substance=each.part.substance, route=ROUTE_KIND.get(route, "systemic"), routes=(route,) if route else (),
        amount=amount, per=often.per, per_dose=per_dose, doses=(often.low, often.high), peak=peak, working=working,
        prn=option.prn, release=option.release or each.part.release or (basis.product.release if basis.product else ""), product=basis.product,
        phase=phase.sequence, phase_name=span.name, from_day=span.from_day, surely_from=span.surely_from,
        to_day=1 if often.once and not span.name else span.to_day, surely_to=1 if often.once else span.surely_to,
        interval_hours=interval, once=often.once, strengths=_strengths(each, option), at=option.at, clock=() if option.per_day else clock_times(option.at, option.when), weekdays=option.days, scheduled=Range(min(full.low, high), high, full.unit),
    )  # fmt: skip


def _strengths(each: Delivered, option: Option) -> tuple[tuple[Decimal, str], ...]:
    if each.part.strength is not None:
        return ((each.part.strength, each.part.unit),)
    if (
        not option.strengths
        and option.form in ("tablet", "capsule")
        and option.dose
        and option.dose.single
        and not option.count
    ):
        return ((option.dose.low, option.dose.unit),)  # "Fosamax 70 mg tablet once daily"
    return tuple((strength.amount, strength.unit) for strength in option.strengths if strength.per is None)


def _factor_words(often: Frequency, option: Option) -> str:
    if option.per_day or often.once or (often.low == often.high == 1):
        return "" if option.per_day or often.once else " × 1"
    if often.low == often.high:
        return f" × {printed(often.high)}"
    return f" × {printed(often.low)} to {printed(often.high)}"


def _per_words(per: Period) -> str:
    return "in 24 hours" if per.is_day else f"per {per}"


def _bounded_only(
    each: Delivered, option: Option, span: Span, phase: Phase, dosage: Dosage, basis: Basis
) -> Exposure | None:
    """As needed without a frequency, bounded by nothing but the item's own daily maximum."""
    limited = cap(each.amount, each, dosage, DAY, len(basis.parts) == 1, basis.data)
    if limited is None or not option.prn:
        return None
    unbounded = Frequency(Decimal(0), _ONE, DAY, _ONE)
    made = _exposure(each, option, unbounded, span, phase, replace(dosage, maximum=()), basis)
    amount = Range(Decimal(0), limited.high, each.amount.unit)
    working = (
        f"as needed, at most {printed(limited.high)} {unit_word(amount.unit)} ({limited.words}) = {amount} in 24 hours"
    )
    return replace(made, amount=amount, peak=amount, working=working, scheduled=amount)


def _hulled(found: list[Exposure], options: int) -> list[Exposure]:
    """Alternatives of one phase as one exposure per substance, route and period: the hull of them."""
    merged: dict[tuple[str, str, Period], Exposure] = {}
    for exposure in found:
        key = (exposure.substance, exposure.route, exposure.per)
        known = merged.get(key)
        if known is None:
            merged[key] = exposure
            continue
        amount = known.amount.hull(exposure.amount)
        merged[key] = replace(
            known,
            amount=amount,
            per_dose=known.per_dose.hull(exposure.per_dose),
            peak=known.peak.hull(exposure.peak),
            doses=(min(known.doses[0], exposure.doses[0]), max(known.doses[1], exposure.doses[1])),
            routes=tuple(dict.fromkeys(known.routes + exposure.routes)),
            working=f"{known.working} or {exposure.working}",
            prn=known.prn or exposure.prn,
            release=known.release if known.release == exposure.release else "",
            interval_hours=min(
                (h for h in (known.interval_hours, exposure.interval_hours) if h is not None), default=None
            ),
            scheduled=known.scheduled.hull(exposure.scheduled) if known.scheduled and exposure.scheduled else None,
        )
    return list(merged.values())


def _at_top(dosage: Dosage, basis: Basis, before: list[Exposure]) -> Exposure | None:
    """The exposure at the end of rising steps: the dose they go to, else the stated maximum per day; ``None`` without one."""
    first = before[-1]
    if len(basis.parts) != 1 or not first.per.is_day:
        return None
    unit = first.amount.unit
    steps = [phase.step for phase in dosage.phases if phase.step is not None and phase.step.to is not None]
    daily = [
        stated
        for stated in dosage.maximum
        if stated.per is not None and stated.per.is_day and convertible(stated.unit, unit)
    ]
    if steps and steps[0].to is not None and convertible(steps[0].to.unit, unit):
        top = steps[0].to.to(unit)
        amount = top.scaled(*first.doses)
        words = f"{top} × {printed(first.doses[0])}" + (
            f" to {printed(first.doses[1])}" if first.doses[0] != first.doses[1] else ""
        )
        per_dose = top
    elif daily:
        value = min(convert(stated.amount, stated.unit, unit) for stated in daily)
        amount = Range(value, value, unit)
        words, per_dose = f"own maximum {amount}", first.per_dose
    else:
        return None
    return replace(
        first, amount=Range(Decimal(0), amount.high, unit) if first.prn else amount, peak=amount, per_dose=per_dose,
        working=f"{words} = {amount} in 24 hours", phase=first.phase + 1, phase_name="at the top of the steps",
        from_day=2, surely_from=None, to_day=None, surely_to=None, scheduled=amount,
    )  # fmt: skip


def _at_target(dosage: Dosage, basis: Basis, before: list[Exposure]) -> list[Exposure]:
    """The exposure once the titration target is reached: a phase of its own, open to the end."""
    target = dosage.target
    if target is None or len(basis.parts) != 1:
        return []
    first = before[-1]
    unit = canonical_unit(basis.data, first.substance, target.unit)
    stated = amounts(
        Option(dose=Range(target.low, target.high, target.unit)), basis.parts, None, basis.data, basis.weight_kg
    )
    if isinstance(stated, Trouble) or stated[0].amount.unit != unit or not first.per.is_day:
        return []
    times = target.times
    often = (times.low, times.high) if times and times.unit == "d" and times.period == 1 else first.doses
    amount = stated[0].amount if target.per_day else stated[0].amount.scaled(*often)
    words = stated[0].working if target.per_day else f"{stated[0].working} × {printed(often[0])}" + (
        f" to {printed(often[1])}" if often[0] != often[1] else "")  # fmt: skip
    limited = cap(stated[0].amount, stated[0], dosage, DAY, True, basis.data)
    if limited:
        amount = amount.capped(limited.high)
    per_dose = first.per_dose if target.per_day else stated[0].amount
    return [replace(
        first, amount=Range(Decimal(0), amount.high, unit) if first.prn else amount, peak=amount, per_dose=per_dose, doses=often,
        working=f"{words} = {amount} in 24 hours", phase=first.phase + 1, phase_name="at the titration target",
        from_day=2, surely_from=None, to_day=None, surely_to=None, scheduled=amount,
    )]  # fmt: skip
