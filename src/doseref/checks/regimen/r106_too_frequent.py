"""R106 too-frequent (warning)

What. An item is taken at shorter intervals, or more often in 24 hours, than every source that says how often allows.
Beyond a label's stated shortest interval: a warning, unless the label states none for another indication. Beyond the
articles' usual frequency alone: information. A scheduled dose that is swallowed more often than every 2 hours, night
and day, is asked about whatever the sources say. What either the prescription or the over-the-counter label of the
country allows is not too often, whichever of them judges. A depot injection given again before it wears off is a
warning (``cautions.csv``), and so is a patch that is changed too often, whichever strength it is.

Why. The shortest interval is a limit of its own: the day's total may be fine while doses pile up.

Passes:
    Ibuprofen 400 mg every 6 hours

Fires:
    Ketorolac 10 mg every 2 hours as needed
    Haloperidol decanoate 100 mg IM once weekly
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from doseref.checks.regimen.case import Case, Finding, Severity, by_policy, printed
from doseref.limits import Limit
from doseref.quantities import Period
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.courts import courts_of
from doseref.regimen.model import Exposure, Item
from doseref.regimen.patches import changed_as_told, changed_early
from doseref.regimen.scope import informs, judges, label_of, other_status, other_thing, speaking, stated_for
from doseref.regimen.spans import by_days, runs_beyond
from doseref.regimen.taken import Taken
from doseref.regimen.ways import too_often
from doseref.tables.entries import Caution, Product
from doseref.units import convert, convertible

_WEEK_HOURS = 168
MOST_SWALLOWED = 12
"""More scheduled doses in 24 hours need no label to be asked about: oftener than every 2 hours, night and day."""
_INJECTED = frozenset(("subcutaneous", "injection"))
_HOURS = {"mo": Decimal(672), "a": Decimal(8736)}
"""Hours of the shortest month (28 days) and of 52 weeks, for comparing intervals only."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per item and substance that is taken too often."""
    for item in case.items:
        yield from (_depot(case, item, *each) for each in too_often(item, case.data))
        yield from (_patch(case, item, *each) for each in changed_early(item, case.data))
        if item.product is not None and item.exposures:
            yield from _by_label(case, item, item.product)
    for exposure in case.exposures:
        if _hourly(exposure):
            yield _all_day(case, exposure)
            continue
        stated = _allowed(case.taken((exposure,)), case.bench, case.data)
        taken = _interval(exposure) if stated else None
        if taken is None:
            continue
        known = [(hours, limit) for hours, limit in stated if not _of_another_dose(limit, exposure)]
        found = by_policy(
            case, [_against(case, exposure, taken, each) for each in courts_of(known, itemgetter(1)) if each]
        )
        if found is not None:
            yield found


def _against(case: Case, exposure: Exposure, taken: Decimal, known: list[tuple[Decimal, Limit]]) -> Finding | None:
    """A finding where the hours between two doses are fewer than each of the known limits allows."""
    spoken = by_days([(limit, (hours, limit)) for hours, limit in known], exposure)
    allowed = max(spoken, key=lambda each: min(hours for hours, _ in each), default=[])
    if not allowed:
        return None
    shortest = min(hours for hours, _ in allowed)
    if exposure.route == "transdermal" and shortest > 24 and not changed_as_told(case.item(exposure.item)):
        return None
    if exposure.per.is_day and shortest > 24 and max(hours for hours, _ in allowed) >= _WEEK_HOURS:
        return None  # a weekly drug taken daily is told by the wrong-period rule
    # A frequency per day is spread by the patient; only clearly more than the sources' frequency counts.
    if taken >= shortest or (
        exposure.interval_hours is None
        and exposure.per.is_day
        and exposure.doses[1] <= _most(allowed, shortest)
        and not _crowded(exposure, shortest)
    ):
        return None
    if not exposure.per.is_day and (taken >= shortest * Decimal("0.9") or _given_daily(case, exposure)):
        return None
    nearly = shortest >= 48 and taken * 3 >= shortest * 2  # a patch for three days that is changed after two
    told = _labelled(case, exposure, allowed) and not nearly and not _split(case, exposure, taken, shortest)
    severity = Severity.WARNING if told else Severity.INFO
    return _finding(case, exposure, taken, shortest, allowed, severity)


def _depot(case: Case, item: Item, caution: Caution, substance: str, hours: Decimal) -> Finding:
    """A depot injection that is given before the one before it has worn off."""
    name, source = case.told(substance), case.data.sources[caution.source]
    return Finding(
        "R106",
        "too-frequent",
        Severity.from_word(caution.severity),
        f"item {item.n}: {name} is given every {_words(hours)}: {caution.advice} ({source.short})",
        items=(item.n,),
        substances=(case.name(substance),),
        sources=(caution.source,),
        working=f"item {item.n}: {_words(hours)} < {_words(caution.unless_hours or Decimal(0))}",
        mend="lengthen the interval",
        extra={"caution": caution.id},
    )


def _patch(case: Case, item: Item, substance: str, hours: Decimal, limit: Limit) -> Finding:
    """A patch that is changed too often, whichever strength it is."""
    name, source, least = case.name(substance), case.data.sources[limit.source], limit.interval_hours or Decimal(0)
    return Finding(
        "R106",
        "too-frequent",
        Severity.WARNING,
        f"item {item.n}: a patch of {name} is changed every {_words(hours)}; no source here changes it more often than every "
        f"{_words(least)} ({source.short})",
        items=(item.n,),
        substances=(name,),
        sources=(limit.source,),
        working=f"item {item.n}: {_words(hours)} < {_words(least)}",
        mend="lengthen the interval",
    )


def _hourly(exposure: Exposure) -> bool:
    """Whether something is swallowed on a schedule so often that one would have to stay awake for it;
    as needed is another thing.
    """
    return (
        exposure.doses[0] > MOST_SWALLOWED
        and exposure.per.is_day
        and not exposure.prn
        and exposure.routes in (("oral",), ())
        and exposure.route == "systemic"
    )


def _all_day(case: Case, exposure: Exposure) -> Finding:
    name = case.told(exposure.substance)
    return Finding(
        "R106",
        "too-frequent",
        Severity.WARNING,
        f"{name} is to be taken {printed(exposure.doses[0])} times in 24 hours: nobody swallows a dose that often, "
        "day and night",
        items=(exposure.item,),
        substances=(case.name(exposure.substance),),
        working=f"item {exposure.item}: {_words(Decimal(24) / exposure.doses[0])} < 2 hours",
        mend="check how often it is meant",
    )


def _by_label(case: Case, item: Item, product: Product) -> Iterator[Finding]:
    """A product taken at shorter intervals than its own label allows ("Norco 5/325 every 2 hours")."""
    known = [
        (limit.interval_hours, limit)
        for limit in label_of(product.id, (each.substance for each in product.ingredients), case.bench, case.data)
        if limit.interval_hours
    ]
    exposure = item.exposures[0]
    taken = _interval(exposure)
    if not known or taken is None:
        return
    shortest = max(min(hours for hours, _ in each) for each in courts_of(known, itemgetter(1)) if each)
    spread = exposure.interval_hours is None and exposure.doses[1] <= Decimal(24) / shortest
    if taken >= shortest or (spread and not exposure.at):
        return
    who = [limit for hours, limit in known if hours == shortest]
    yield Finding(
        "R106",
        "too-frequent",
        Severity.WARNING,
        f"{product.label} is taken {_how(exposure, taken)}; its label allows it every {_words(shortest)} at most "
        f"({case.places(who)})",
        items=(item.n,),
        substances=tuple(case.name(part.substance) for part in item.parts),
        sources=tuple(dict.fromkeys(limit.source for limit in who)),
        working=f"item {item.n}: {_taken(exposure, taken)} < {_words(shortest)}",
        mend="lengthen the interval",
    )


def _how(exposure: Exposure, taken: Decimal) -> str:
    if exposure.interval_hours or exposure.at or not exposure.per.is_day:
        return f"every {_words(taken)}" if not exposure.at else f"{_words(taken)} apart"
    return f"{printed(exposure.doses[1])} times in 24 hours" if exposure.doses[1] != 1 else "once in 24 hours"


def _finding(
    case: Case,
    exposure: Exposure,
    taken: Decimal,
    shortest: Decimal,
    allowed: list[tuple[Decimal, Limit]],
    severity: Severity,
) -> Finding:
    who = [limit for hours, limit in allowed if hours == shortest]
    name = case.told(exposure.substance)
    whose = "a source that judges by itself gives it no" if who[0].house else "no source here gives it"
    return Finding(
        "R106",
        "too-frequent",
        severity,
        f"{name} is taken {_how(exposure, taken)}; {whose} more often than every {_words(shortest)} "
        f"({case.places(who)})",
        items=(exposure.item,),
        substances=(case.name(exposure.substance),),
        sources=tuple(dict.fromkeys(limit.source for limit in who)),
        working=f"item {exposure.item}: {_taken(exposure, taken)} < {_words(shortest)}",
        mend="lengthen the interval",
    )


def _taken(exposure: Exposure, hours: Decimal) -> str:
    """The interval as stated, or the period by the number of doses in it."""
    count = exposure.doses[1]
    if exposure.interval_hours is not None or count == 1 or len(exposure.at) > 1:
        return _words(hours)
    return f"{_words(_length(exposure.per))} / {printed(count)}"


def _words(hours: Decimal) -> str:
    if hours >= 48:
        return f"{printed(hours / 24)} days"
    return f"{printed(hours)} hours" if hours != 1 else "1 hour"


def _most(allowed: list[tuple[Decimal, Limit]], shortest: Decimal) -> Decimal:
    """Most doses in 24 hours that the shortest interval, or any source's own count, allows."""
    counted = [limit.doses for _, limit in allowed if limit.doses is not None]
    return max([*counted, Decimal(24) / shortest])


def _interval(exposure: Exposure) -> Decimal | None:
    """Hours between doses: as stated, the least between clock times, or by the number of doses in the period."""
    if exposure.interval_hours is not None:
        return exposure.interval_hours
    if len(exposure.at) > 1:
        return _least_apart(exposure.at)
    count = exposure.doses[1]
    if not count:
        return None
    return _length(exposure.per) / count


def _crowded(exposure: Exposure, shortest: Decimal) -> bool:
    """Whether stated clock times lie less than half the interval apart:
    8 am, 2 pm and 8 pm spread three doses over a day.
    """
    return len(exposure.at) > 1 and _least_apart(exposure.at) * 2 < shortest


def _least_apart(at: tuple[str, ...]) -> Decimal:
    """The shortest time between clock times of one day and the next, in hours."""
    minutes = sorted(int(clock[:2]) * 60 + int(clock[3:]) for clock in at)
    gaps = [later - one for one, later in pairwise(minutes)] + [minutes[0] + 1440 - minutes[-1]]
    return Decimal(min(gaps)) / 60


def _length(per: Period) -> Decimal:
    hours = per.hours()
    return hours if hours is not None else per.value * _HOURS[per.unit]


def _labelled(case: Case, exposure: Exposure, allowed: list[tuple[Decimal, Limit]]) -> bool:
    """Whether a label's stated interval is exceeded: one that judges, beside which no label for a wider use is
    silent.
    """
    stated = {
        limit.statement
        for _, limit in allowed
        if not limit.article
        and not other_status(limit, case.bench, case.data)
        and (limit.kind == "schedule-only" or not informs(limit, case.data))
    }
    if any(limit.house for _, limit in allowed):
        return bool(stated)
    beside = [
        limit
        for limit in case.data.limits.get(exposure.substance, ())
        if limit.labelled
        and not limit.products
        and limit.statement not in stated
        and limit.amount is not None
        and limit.indication
        and not _of_another_dose(limit, exposure)
        and not runs_beyond(limit, (exposure,))
        and judges(limit, case.taken((exposure,)), case.bench, case.data, "interval")
    ]
    return bool(stated) and not beside


def _split(case: Case, exposure: Exposure, taken: Decimal, shortest: Decimal) -> bool:
    """Whether what is injected and set by response, a basal insulin, is given as two doses for one: some people need
    that; three are no dose for a day's need any more.
    """
    injected = bool(exposure.routes) and set(exposure.routes) <= _INJECTED
    return (
        injected
        and exposure.doses[1] <= 2
        and taken * 2 >= shortest
        and any(limit.kind == "titrated" for limit in case.data.limits.get(exposure.substance, ()))
    )


def _given_daily(case: Case, exposure: Exposure) -> bool:
    """Whether a label gives such a dose every day, so that a weekly schedule of it is one use of several
    (azithromycin)."""
    dose, how = exposure.per_dose, case.taken((exposure,))
    return any(
        limit.per is not None
        and limit.per.is_day
        and limit.amount is not None
        and convertible(limit.unit, dose.unit)
        and convert(limit.amount, limit.unit, dose.unit) >= dose.high
        and limit.labelled
        and not other_status(limit, case.bench, case.data)
        and not other_thing(limit, how, case.data, "period")
        for limit in case.data.limits.get(exposure.substance, ())
    )


def _of_another_dose(limit: Limit, exposure: Exposure) -> bool:
    """Whether a schedule is that of another dose: 4 mg every 4 weeks is none of 5 mg,
    120 mg of Xgeva none of the 60 mg of Prolia.
    """
    dose = exposure.per_dose
    if limit.single is None or dose.unit != limit.single_unit:
        return False
    of_more = stated_for(limit, limit.single, limit.single_unit) and dose.high < limit.single
    return of_more or (limit.kind == "schedule-only" and dose.low > limit.single)


@lru_cache(maxsize=4096)
def _allowed(taken: Taken, bench: Bench, data: Reference) -> tuple[tuple[Decimal, Limit], ...]:
    """The shortest interval in hours that a statement allows, and whose it is:
    of each that says one and speaks here.
    """
    known = [
        (_interval_of(limit), limit)
        for limit in speaking(taken, bench, data, "interval", either_status=True)
        if not limit.products and (limit.kind == "schedule-only" or not informs(limit, data))
    ]
    return tuple((hours, limit) for hours, limit in known if hours)


def _interval_of(limit: Limit) -> Decimal | None:
    """The shortest interval in hours that a limit's statement allows; ``None`` where it says none."""
    if limit.interval_hours is not None:
        return limit.interval_hours
    if limit.doses:
        return Decimal(24) / limit.doses
    if limit.per is not None and not limit.per.is_day:
        return _length(limit.per)
    return None
