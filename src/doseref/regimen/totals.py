"""Exposures added up: per substance, kind of route and period, at the worst overlap of the phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.errors import QuantityError
from doseref.quantities import DAY, Period, Range, printed
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.window import worst_window


@record
class Day:
    """What one day holds: its number, the amounts, the exposures that make them, and the phases' names."""

    number: int
    amount: Range
    exposures: tuple[Exposure, ...]
    names: tuple[str, ...]


def totals(items: Iterable[Item], data: Reference) -> Iterator[tuple[Total, tuple[Day, ...]]]:
    """Every total with the days it was looked at on; the total's amount is that of the worst day.

    A drug taken at longer intervals has a total of its own period; what it brings on its day is in the daily
    total too where something is taken daily, or where the sources limit a drug per day and not per longer period.
    """
    groups: dict[tuple[str, str], list[Exposure]] = {}
    for item in items:
        for exposure in item.exposures:
            groups.setdefault((exposure.substance, exposure.route), []).append(exposure)
    for (substance, route), exposures in groups.items():
        daily = [each for each in exposures if each.per.is_day]
        longer: dict[Period, list[Exposure]] = {}
        for each in exposures:
            if not each.per.is_day:
                longer.setdefault(each.per.usual(), []).append(each)
        unlimited: list[Exposure] = []
        kind = data.substances.get(substance)
        if _limited(data, substance, DAY) and kind is not None and kind.kind == "drug":
            # Upper intake levels of nutrients are about habitual daily intake; a drug's daily maximum is about any day.
            # Where sources limit it per week or year, another long period is not held against what is for every day.
            rare = any(limit.per is not None and not limit.per.is_day for limit in data.limits.get(substance, ()))
            unlimited = [] if rare else [each for group in longer.values() for each in group]
        drug = data.substances.get(substance)
        if daily and drug is not None and drug.kind == "drug":
            on_day = [*daily, *(each for group in longer.values() for each in group)]
        else:
            on_day = daily or unlimited
        if on_day:
            days = tuple(_days(on_day))
            if days:
                worst = _worst(substance, route, DAY, days)
                window = worst_window(on_day if daily else exposures)
                if window is not None and window.amount.high > worst.amount.high:
                    worst = Total(substance, route, window.amount, DAY, window.exposures, when=window.words)
                yield worst, days
        for period, group in longer.items():
            amount = _summed([(each.amount, each) for each in group])
            if amount is not None:
                yield Total(substance, route, amount, period, tuple(group)), ()


def covered(total: Total, all_totals: Iterable[Total]) -> bool:
    """Whether the same doses are judged in the total of a day: their weekly sum is then no gap in the assessment."""
    own = {(exposure.item, exposure.per) for exposure in total.exposures}
    return any(
        other is not total
        and other.substance == total.substance
        and other.route == total.route
        and other.judged
        and other.per.is_day
        and own <= {(exposure.item, exposure.per) for exposure in other.exposures}
        for other in all_totals
    )


def _limited(data: Reference, substance: str, period: Period) -> bool:
    """Whether any source limits this substance per just this period."""
    return any(limit.per is not None and limit.per.usual() == period for limit in data.limits.get(substance, ()))


def _days(exposures: list[Exposure]) -> Iterator[Day]:
    """The days on which something begins: no other day can be worse than all of these."""
    starts = sorted(
        {each.from_day for each in exposures} | {each.surely_from for each in exposures if each.surely_from}
    )
    for number in starts:
        parts: list[tuple[Range, Exposure]] = []
        for item in dict.fromkeys(each.item for each in exposures):
            own = [each for each in exposures if each.item == item]
            parts += _on(own, number)
        amount = _summed(parts)
        if amount is not None:
            names = tuple(dict.fromkeys(each.phase_name for _, each in parts if each.phase_name))
            yield Day(number, amount, tuple(each for _, each in parts), names)


def _on(own: list[Exposure], day: int) -> list[tuple[Range, Exposure]]:
    """What one item brings on ``day``: of the sequences that may be running, the highest high and the lowest low."""
    running: dict[int, list[Exposure]] = {}
    for each in own:
        if each.from_day <= day and (each.to_day is None or day <= each.to_day):
            running.setdefault(each.phase, []).append(each)
    if not running:
        return []
    loading = _loading(own, running)
    if loading:
        return loading
    high = max(running.values(), key=lambda group: sum((each.peak.high for each in group), Decimal(0)))
    low = min((sum((each.peak.low for each in group), Decimal(0)) for group in running.values()), default=Decimal(0))
    if (
        not any(each.surely_to is None or day <= each.surely_to for group in running.values() for each in group)
        and len(running) == 1
    ):
        low = Decimal(0)
    top = sum((each.peak.high for each in high), Decimal(0))
    lead = high[0]
    if len({each.peak.unit for each in high}) != 1:
        return [(each.peak, each) for each in high]
    if len(high) == 1:
        shown = _on_its_day(lead)
        if low < lead.peak.low:
            shown = replace(lead, working=f"{_least(running.values(), low)} or {shown.working}")
        return [(Range(min(low, top), top, lead.peak.unit), shown)]
    return [(each.peak, _on_its_day(each)) for each in high] if low == sum((e.peak.low for e in high), Decimal(0)) else [
        (Range(min(low, top), top, lead.peak.unit), lead), *((Range(Decimal(0), Decimal(0), lead.peak.unit), e) for e in high[1:])
    ]  # fmt: skip


def _loading(own: list[Exposure], running: dict[int, list[Exposure]]) -> list[tuple[Range, Exposure]]:
    """A single dose and what of the next phase can follow in its 24 hours: "2 tablets now, then 1 every 8 hours" are 2 + 2.

    Empty where no single dose begins, or where the next phase by itself holds more.
    """
    for phase, group in sorted(running.items()):
        after = [each for each in own if each.phase == phase + 1]
        if len(group) != 1 or len(after) != 1 or not group[0].once or after[0].once or not after[0].per.is_day:
            continue
        lead, following = group[0], after[0]
        times = following.doses[1] - 1
        rest = Range(Decimal(0), following.per_dose.high * times, following.peak.unit)
        if times < 1 or lead.peak.unit != rest.unit or lead.peak.high + rest.high <= following.peak.high:
            continue
        words = (
            f"{following.per_dose} × 0 to {printed(times)}{', as needed' if following.prn else ''} = {rest} in 24 hours"
        )
        return [(lead.peak, lead), (rest, replace(following, working=words))]
    return []


def _on_its_day(exposure: Exposure) -> Exposure:
    """An exposure of a longer period with the working of what it brings on a day on which it is taken."""
    if exposure.per.is_day or not exposure.per_dose.high:
        return exposure
    times = exposure.peak.high / exposure.per_dose.high
    needed = ", as needed" if exposure.prn else ""
    return replace(exposure, working=f"{exposure.per_dose} × {printed(times)}{needed} = {exposure.peak} in 24 hours")


def _least(running: Iterable[list[Exposure]], low: Decimal) -> str:
    """The working of the phase that may be running as well and brings the least; ``none`` where none may be."""
    for group in running:
        if len(group) == 1 and group[0].peak.low == low:
            return _on_its_day(group[0]).working
    return "none"


def _summed(parts: list[tuple[Range, Exposure]]) -> Range | None:
    """The sum of ranges; ``None`` for none, and where their units do not meet (each is then told as not convertible)."""
    if not parts:
        return None
    total = parts[0][0]
    for amount, _ in parts[1:]:
        try:
            total = total + amount
        except QuantityError:
            return None
    return total


def _worst(substance: str, route: str, per: Period, days: tuple[Day, ...]) -> Total:
    """The total of the worst day: the highest high, then the highest low; it names its phases where there are several days."""
    day = max(days, key=lambda each: (each.amount.high, each.amount.low, -each.number))
    when = ""
    if len(days) > 1 and day.names:
        when = ", ".join(day.names)
    return Total(substance, route, day.amount, per, day.exposures, when=when)
