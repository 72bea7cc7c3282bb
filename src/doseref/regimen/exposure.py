"""What an item delivers: per substance, route and phase, an interval per period, with its working.

Low end: lowest dose, fewest administrations, as-needed doses not taken. High end: highest dose, most
administrations, as-needed doses taken as often as allowed, cut at the item's own stated maximum.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Phase
from doseref.dosage.rates import Rate, rate
from doseref.items.model import Part, Trouble
from doseref.limits import ROUTE_KIND
from doseref.quantities import DAY, ONE, Amount, Period, Range, printed
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen import patches
from doseref.regimen.alternatives import UNLIKE, comparable, hulled
from doseref.regimen.amounts import amounts
from doseref.regimen.calendar import PhaseDays, rising, spans
from doseref.regimen.caps import Stated, cap, in_pieces, of_weight, one_dose, unit_cap
from doseref.regimen.delivered import Delivered
from doseref.regimen.in_place import SPREAD
from doseref.regimen.infusions import by_the_day, worked
from doseref.regimen.meals import counting_meals
from doseref.regimen.model import Exposure
from doseref.regimen.own_maxima import (
    below_regular,
    told_below_longer_period,
    told_below_one_dose,
    told_uncounted_pieces,
)
from doseref.regimen.reached import goal
from doseref.regimen.sides import on_both_sides
from doseref.regimen.telling import told_unit
from doseref.regimen.unsaid import no_frequency
from doseref.regimen.window import clock_times
from doseref.tables.entries import Product


@record
class Contents:
    """What exposures are computed from besides the dosage: the item's number, its ingredients, its product."""

    n: int
    parts: tuple[Part, ...]
    product: Product | None
    data: Reference
    weight_kg: Decimal | None = None


class Exposed:
    """The outcome, filled option by option: exposures, why some are missing, most product units in 24 hours,
    least days.
    """

    def __init__(self) -> None:
        self.exposures: list[Exposure] = []
        self.troubles: list[Trouble] = []
        self.count_high: Decimal | None = None
        self.longest_days: Decimal | None = None
        self.uncounted = False
        """Whether an amount is known, and only how often it is taken is not."""
        self.lone: list[Exposure] = []
        """One dose of each, where that is so."""

    def add(self, trouble: Trouble) -> None:
        """One more trouble, each told once."""
        if trouble not in self.troubles:
            self.troubles.append(trouble)


def expose(dosage: Dosage, contents: Contents) -> Exposed:
    """The exposures of one item. Never raises for what a dosage may hold: troubles say what is not assessed."""
    result = Exposed()
    dosage = counting_meals(dosage)
    timing = spans(dosage)
    result.longest_days = timing.least_days
    made = _of_phases(dosage, timing.spans, contents, result)
    regular = _of_phases(replace(dosage, maximum=()), timing.spans, contents, Exposed()) if dosage.maximum else made
    trouble = below_regular(made, regular)
    if trouble is not None:
        result.add(trouble)
        dosage, made = replace(dosage, maximum=()), regular
    result.exposures = made
    result.exposures = sharing_a_maximum(result.exposures)
    if result.exposures and rising(dosage):
        end = goal(dosage)
        if end is not None:
            beside = _beside_last(dosage, timing.spans, contents, result.exposures)
            result.exposures += [*_at_goal(*end, dosage, contents, result), *_going_on(beside, *end)]
        else:
            result.add(
                Trouble(
                    "unreadable-dosage",
                    "the dose is raised step by step and no end of it is stated",
                    "state the highest dose",
                )
            )
    return result


def _of_phases(dosage: Dosage, timing: tuple[PhaseDays, ...], contents: Contents, result: Exposed) -> list[Exposure]:
    """The exposures of all phases; what is amiss goes to the result's troubles."""
    found: list[Exposure] = []
    for phase, span in zip(dosage.phases, timing, strict=True):
        found += _of_phase(phase, span, dosage, contents, result)
    return found


def _of_phase(phase: Phase, span: PhaseDays, dosage: Dosage, contents: Contents, result: Exposed) -> list[Exposure]:
    """The exposures of one phase, its alternatives as one; what is amiss goes to the result's troubles."""
    found: list[Exposure] = []
    for option in phase.options:
        made, trouble = _of_option(option, phase, span, dosage, contents, result)
        if trouble:
            result.add(trouble)
        found += made
    if not comparable(found):
        result.add(UNLIKE)
        return []
    return hulled(found)


def _beside_last(
    dosage: Dosage, timing: tuple[PhaseDays, ...], contents: Contents, made: list[Exposure]
) -> list[Exposure]:
    """Of what was made of a dosage, the parts that are taken together with its last one."""
    last = dosage.phases[-1]
    if not any(phase.sequence == last.sequence for phase in dosage.phases[:-1]):
        return []
    own = len(_of_phase(last, timing[-1], dosage, contents, Exposed()))
    return [each for each in made[: len(made) - own] if each.phase == last.sequence]


def _going_on(beside: list[Exposure], phase: Phase, span: PhaseDays) -> list[Exposure]:
    """The parts that are taken on unchanged where the last one rises to its goal; a goal of the whole day holds them."""
    if all(option.per_day for option in phase.options):
        return []
    return [
        replace(each, phase=phase.sequence, phase_name=span.name, from_day=span.from_day, surely_from=span.surely_from)
        for each in beside
    ]


def _at_goal(phase: Phase, span: PhaseDays, dosage: Dosage, contents: Contents, result: Exposed) -> list[Exposure]:
    """The exposures once a rising dose has arrived. A goal per day says nothing of a single dose:
    that of before stands.
    """
    before = {each.substance: each for each in result.exposures}
    reached = _of_phase(phase, span, dosage, contents, result)
    single = all(not option.per_day for option in dosage.phases[-1].options)
    if single and any(option.per_day for option in phase.options):
        reached = [
            replace(each, per_dose=before[each.substance].per_dose, doses=before[each.substance].doses)
            if each.substance in before
            else each
            for each in reached
        ]
    return reached


def _of_option(
    option: Option, phase: Phase, span: PhaseDays, dosage: Dosage, contents: Contents, result: Exposed
) -> tuple[list[Exposure], Trouble | None]:
    """The exposures of one option, one per ingredient."""
    rated, option = option, by_the_day(option)
    found = amounts(option, contents.parts, contents.product, contents.data, contents.weight_kg)
    if isinstance(found, Trouble):
        return [], found
    found = worked(found, rated, option)
    stated = _stated(option, dosage, contents, found)
    delivered = in_pieces(one_dose(on_both_sides(found, option), option, stated), option, stated)
    trouble = told_below_one_dose(delivered, stated) or told_uncounted_pieces(delivered, stated)
    often = patches.renewed(patches.put_on(option, rate(option)), delivered)
    if often is None and phase.from_day and not option.prn:
        often = Rate(ONE, ONE, DAY, ONE, ONE)  # "24 mg on day 1": that day's dose
    if often is not None and span.to_day is None and not (option.prn or option.every or often.once):
        trouble = trouble or told_below_longer_period(delivered, stated, often)
    made: list[Exposure] = []
    for each in delivered:
        if often is None:
            exposure = _bounded_only(each, option, span, phase, stated, contents)
            if exposure is None:
                result.uncounted = True
                result.lone += [_exposure(e, option, _ONE_DOSE, span, phase, stated, contents) for e in delivered]
                return [], no_frequency(option, each.part.substance, contents.data)
        else:
            exposure = _exposure(each, option, often, span, phase, stated, contents)
        made.append(exposure)
    if delivered and delivered[0].units is not None and often is not None:
        top = delivered[0].units.high * often.day_high
        limited = unit_cap(delivered, stated)
        result.count_high = max(result.count_high or Decimal(0), top if limited is None else min(top, limited))
    return made, trouble


def _stated(option: Option, dosage: Dosage, contents: Contents, found: list[Delivered]) -> Stated:
    weighed = option.dose is not None and option.dose.unit.endswith("/kg")
    maxima = tuple(of_weight(each, contents.weight_kg) for each in dosage.maximum)
    return Stated(maxima, contents.data, len(contents.parts) == 1, weighed, tuple(found))


_LOCAL = frozenset(("topical", "ophthalmic", "otic"))
"""Usual routes of what is given in drops or spread, never in milligrams."""


def _route(option: Option, contents: Contents, part: Part) -> str:
    substance = part.substance
    if option.route:  # "AndroGel, apply to the skin": through it
        return part.route if option.route == "topical" and part.route == "transdermal" else option.route
    if option.form in SPREAD and option.form != "solution":
        return part.route or "topical"
    if option.dose is not None and option.dose.unit.endswith("/h") and option.every and option.every.unit in ("h", "d"):
        hours = Period(option.every.high, option.every.unit).hours()
        if hours is not None and hours >= 24:
            return "transdermal"  # "25 mcg/h every 72 hours": a rate that is renewed every few days is a patch's
    if option.form == "patch" and not (contents.product and contents.product.route):
        known = contents.data.substances.get(substance)
        return known.usual_route if known and known.usual_route in ("topical", "transdermal") else "transdermal"
    if contents.product is not None and contents.product.route:
        return contents.product.route
    if part.route:
        return part.route
    if _inserted(option):
        known = contents.data.substances.get(substance)
        routes = known.routes if known else ()
        return "vaginal" if option.form == "pessary" or ("vaginal" in routes and "rectal" not in routes) else "rectal"
    if option.count is not None and option.count.unit == "{puff}":
        return "inhalation"  # "2 puffs": not judged by what a nose or a mouth may have
    known = contents.data.substances.get(substance)
    usual = known.usual_route if known else ""
    if known and usual in _LOCAL and option.dose is not None and option.dose.unit in _AMOUNTS:
        # "gentamicin 80 mg tds" is no eye drop: which of its other routes it is, is not guessed.
        return "" if {"injection", "oral", "intravenous"} & set(known.routes) else usual
    if (
        known
        and usual == "transdermal"
        and "oral" in known.routes
        and option.dose is not None
        and not _for_days(option)
    ):
        return ""  # "selegiline 5 mg twice daily" is no patch
    return usual


_AMOUNTS = frozenset(("mg", "g", "mL", "mg/kg", "[IU]"))
"""Units in which what is swallowed or injected is measured, a drop or a layer of cream is not."""


def _for_days(option: Option) -> bool:
    """Whether it is changed every other day or more seldom, as a patch is."""
    every = option.every
    return every is not None and (
        every.unit in ("wk", "mo") or (every.unit == "d" and every.low > 1) or (every.unit == "h" and every.low >= 48)
    )


def _inserted(option: Option) -> bool:
    """Whether it is a suppository, a pessary or an enema."""
    counted = option.count.unit if option.count is not None else ""
    return option.form in ("suppository", "pessary", "enema") or counted in ("{suppository}", "{enema}")


def _exposure(
    each: Delivered, option: Option, often: Rate, span: PhaseDays, phase: Phase, own: Stated, contents: Contents
) -> Exposure:
    """One ingredient of one option: the interval arithmetic and its working."""
    per_dose, unit = each.amount, each.amount.unit
    full = per_dose.scaled(often.low, often.high)
    daily = often.day_low == often.low and often.day_high == often.high
    peak = full if daily else per_dose.scaled(often.day_low, often.day_high)
    limited, in_a_day = cap(each, own, often.per), cap(each, own, DAY)
    scheduled, tail = full, ", as needed" if option.prn else ""
    if limited and limited.high < full.high:
        scheduled = Range(min(full.low, limited.low), limited.high, unit)
        tail += f", at most {Amount(limited.high, unit)} ({limited.words})"
    elif limited:
        scheduled = Range(min(full.low, limited.low), full.high, unit)
    if in_a_day:
        peak = Range(min(peak.low, in_a_day.low), min(peak.high, in_a_day.high), unit)
    amount = Range(Decimal(0), scheduled.high, unit) if option.prn else scheduled
    if option.prn:
        peak = Range(Decimal(0), peak.high, unit)
    told = told_unit((each.written,), unit, amount.high)
    working = f"{each.working}{_factor_words(often, option)}{tail} = {amount.to(told)} {often.per.words}"
    route = _route(option, contents, each.part)
    interval = Period(option.every.low, option.every.unit).hours() if option.every else patches.changed_after(option)
    return Exposure(
        item=contents.n,
        substance=each.part.substance,
        route=ROUTE_KIND.get(route, "systemic"),
        routes=(route,) if route else (),
        amount=amount,
        per=often.per,
        per_dose=per_dose,
        doses=(often.low, often.high),
        peak=peak,
        working=working,
        prn=option.prn,
        release=option.release or each.part.release or (contents.product.release if contents.product else ""),
        product=contents.product,
        phase=phase.sequence,
        phase_name=span.name,
        from_day=span.from_day,
        surely_from=span.surely_from,
        to_day=span.from_day if often.once and not span.name else span.to_day,  # "once, day 2": on that day
        surely_to=(1 if span.name else span.from_day) if often.once else span.surely_to,
        interval_hours=interval,
        once=often.once,
        strengths=_strengths(each, option),
        at=option.at,
        clock=() if option.per_day else clock_times(option.at, option.when),
        weekdays=(span.turn,) if span.turn else option.days,
        scheduled=scheduled,
        day_cap=in_a_day.high if in_a_day else None,
        named=each.part.as_named,
        written=each.written,
    )


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


def _factor_words(often: Rate, option: Option) -> str:
    if often.once or (often.low == often.high == 1):
        return "" if option.per_day or often.once else " × 1"
    if often.low == often.high:
        return f" × {printed(often.high)}"
    return f" × {printed(often.low)} to {printed(often.high)}"


_ONE_DOSE = Rate(Decimal(0), ONE, DAY, Decimal(0), ONE)
"""At most one: as often as nothing says."""


def _bounded_only(
    each: Delivered, option: Option, span: PhaseDays, phase: Phase, own: Stated, contents: Contents
) -> Exposure | None:
    """As needed without a frequency, bounded by nothing but the item's own daily maximum."""
    limited = cap(each, own, DAY)
    if limited is None or not option.prn:
        return None
    made = _exposure(each, option, _ONE_DOSE, span, phase, replace(own, maxima=()), contents)
    amount = Range(Decimal(0), limited.high, each.amount.unit)
    words = f"at most {Amount(limited.high, amount.unit)} ({limited.words})"
    return replace(
        made,
        amount=amount,
        peak=amount,
        working=f"as needed, {words} = {amount} in 24 hours",
        scheduled=amount,
        day_cap=limited.high,
    )


def sharing_a_maximum(exposures: list[Exposure]) -> list[Exposure]:
    """Parts that are taken together share the item's maximum: what the first leaves of it is all that the next can
    be. Of a maximum that counts doses of several sizes, it is so many of the largest.
    """
    most: dict[tuple[str, str, int, Period], Decimal] = {}
    for each in exposures:
        if each.day_cap is not None:
            key = (each.substance, each.route, each.phase, each.per)
            most[key] = max(most.get(key, each.day_cap), each.day_cap)
    left: dict[tuple[str, str, int, Period], Decimal] = {}
    found: list[Exposure] = []
    for each in exposures:
        key = (each.substance, each.route, each.phase, each.per)
        if each.day_cap is None or not each.per.is_day:
            found.append(each)
            continue
        room = left.get(key, most[key])
        left[key] = max(room - each.amount.high, Decimal(0))
        if room < each.amount.high:
            cut = each.amount.capped(room)
            words = f"{each.working}, of which the shared maximum leaves {cut}"
            each = replace(each, amount=cut, peak=each.peak.capped(room), working=words, scheduled=cut)
        found.append(each)
    return found
