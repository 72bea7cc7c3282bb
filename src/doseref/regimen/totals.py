"""Exposures added up: per substance, kind of route and period, at the worst overlap of the phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doseref.quantities import DAY, Period
from doseref.refdata import Reference
from doseref.regimen.days import Day, by_item, days, per_period, starts, summed
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.window import worst_window
from doseref.units import convertible


def totals(items: Iterable[Item], data: Reference) -> Iterator[tuple[Total, tuple[Day, ...]]]:
    """Every total with the days it was looked at on; the total's amount is that of the worst day.

    What is in units that do not meet (mg and mL) has a total each: what is known of the one is not lost for the other.
    A drug taken at longer intervals has a total of its own period; what it brings on its day is in the daily
    total too where something is taken daily, or where the sources limit a drug per day and not per longer period.
    """
    for substance, route, exposures in _groups(items):
        daily = [each for each in exposures if each.per.is_day]
        longer: dict[Period, list[Exposure]] = {}
        for each in exposures:
            if not each.per.is_day:
                longer.setdefault(each.per.usual(), []).append(each)
        on_day = daily
        kind = data.substances.get(substance)
        if longer and kind is not None and kind.kind == "drug":
            # Upper intake levels of nutrients are about habitual daily intake; a drug's daily maximum is about any day.
            # Where sources limit it per week or year, another long period is not held against what is for every day.
            rare = any(limit.per is not None and not limit.per.is_day for limit in data.limits.get(substance, ()))
            if daily or (not rare and _limited(data, substance, route, DAY)):
                on_day = [*daily, *(each for group in longer.values() for each in group)]
        if on_day:
            found = tuple(days(on_day))  # never none: every exposure runs at least on its own first day
            worst = _worst(substance, route, DAY, found)
            window = worst_window(on_day if daily else exposures)
            if window is not None and window.amount.high > worst.amount.high:
                worst = Total(substance, route, window.amount, DAY, window.exposures, when=window.words)
            yield worst, found
        for period, group in longer.items():
            yield _per_longer(substance, route, period, group), ()


def _groups(items: Iterable[Item]) -> Iterator[tuple[str, str, list[Exposure]]]:
    """What can be added up: exposures of one substance, one kind of route and units that meet."""
    groups: dict[tuple[str, str], list[list[Exposure]]] = {}
    for item in items:
        for exposure in item.exposures:
            alike = groups.setdefault((exposure.substance, exposure.route), [])
            for group in alike:
                if convertible(group[0].amount.unit, exposure.amount.unit):
                    group.append(exposure)
                    break
            else:
                alike.append([exposure])
    for (substance, route), alike in groups.items():
        for group in alike:
            yield substance, route, group


def covered(total: Total, all_totals: Iterable[Total]) -> bool:
    """Whether the same doses are judged in the total of a day: their weekly sum is then no gap in the assessment. Nor is
    what they come to on their day, where nothing judges that and the total of their own period tells of them.
    """
    own = {(exposure.item, exposure.per) for exposure in total.exposures}
    if total.per.is_day:
        return not (total.judged or any(exposure.per.is_day for exposure in total.exposures)) and any(
            not other.per.is_day
            and (other.substance, other.route) == (total.substance, total.route)
            and own <= {(exposure.item, exposure.per) for exposure in other.exposures}
            for other in all_totals
        )
    return any(
        other is not total
        and other.substance == total.substance
        and other.route == total.route
        and other.judged
        and other.per.is_day
        and own <= {(exposure.item, exposure.per) for exposure in other.exposures}
        for other in all_totals
    )


def _limited(data: Reference, substance: str, route: str, period: Period) -> bool:
    """Whether any source limits this substance by this kind of route per just this period."""
    return any(
        limit.per is not None and limit.per.usual() == period and limit.route_kind == route
        for limit in data.limits.get(substance, ())
    )


def _per_longer(substance: str, route: str, period: Period, group: list[Exposure]) -> Total:
    """The total of a longer period: phases that follow each other are not added up, the worst overlap of them counts."""
    items = by_item(group)
    found = ([part for own in items.values() for part in per_period(own, number)] for number in starts(group))
    sums = ((amount, parts) for parts in found if (amount := summed(parts)) is not None)
    worst, parts = max(sums, key=lambda each: each[0].high)
    names = ", ".join(dict.fromkeys(each.phase_name for _, each in parts if each.phase_name))
    return Total(substance, route, worst, period, tuple(each for _, each in parts), when=names)


def _worst(substance: str, route: str, per: Period, found: tuple[Day, ...]) -> Total:
    """The total of the worst day: the highest high, then the highest low;
    it names its phases where there are several days.
    """
    day = max(found, key=lambda each: (each.amount.high, each.amount.low, -each.number))
    when = ""
    if len(found) > 1 and day.names:
        when = ", ".join(day.names)
    return Total(substance, route, day.amount, per, day.exposures, when=when)
