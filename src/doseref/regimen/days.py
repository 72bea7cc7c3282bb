"""What a day holds: the phases of each item that may be running on it, a single first dose with what follows it,
weekdays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil

from doseref.errors import QuantityError
from doseref.quantities import Range, printed
from doseref.records import record, replace
from doseref.regimen.calendar import TURNS
from doseref.regimen.model import Exposure

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_WORDS = dict(zip(WEEKDAYS, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), strict=True))
_ZERO = Decimal(0)
Share = tuple[Range, Exposure]
Measure = Callable[[Exposure], Range]


@record
class Day:
    """What one day holds: its number, the amounts, the exposures that make them, and the phases' names."""

    number: int
    amount: Range
    exposures: tuple[Exposure, ...]
    names: tuple[str, ...]


def by_item(exposures: Iterable[Exposure]) -> dict[int, list[Exposure]]:
    """Exposures by the number of their item, in the order given."""
    found: dict[int, list[Exposure]] = {}
    for each in exposures:
        found.setdefault(each.item, []).append(each)
    return found


def days(exposures: list[Exposure]) -> Iterator[Day]:
    """The days on which something begins: no other day can be worse than all of these.

    Where weekdays are named, each weekday of such a day is looked at: it is not known on which of them the regimen
    begins.
    """
    if len(exposures) == 1 and _always(exposures[0]):
        own = exposures[0]
        yield Day(own.from_day, own.peak, (on_its_day(own),), (own.phase_name,) if own.phase_name else ())
        return
    items = by_item(exposures)
    kinds = kinds_of_day(exposures)
    for number in starts(exposures):
        found: list[Day] = []
        for kind in kinds:
            parts = [part for own in items.values() for part in on_day(own, number, kind)]
            amount = summed(parts)
            if amount is not None:
                names = tuple(dict.fromkeys(each.phase_name for _, each in parts if each.phase_name))
                label = tuple(_WEEKDAY_WORDS[each] for each in kind if each in _WEEKDAY_WORDS)
                found.append(Day(number, amount, tuple(each for _, each in parts), names + label))
        if kinds != ((),) and len({(day.amount, day.exposures) for day in found}) == 1:
            named = len(found[0].names) - any(each in _WEEKDAY_WORDS for each in kinds[0])
            found = [replace(found[0], names=found[0].names[:named])]  # every weekday of it is alike
        yield from found


def kinds_of_day(exposures: list[Exposure]) -> tuple[tuple[str, ...], ...]:
    """The kinds of day to look at: each weekday where some are named, each of two days that take turns."""
    named = {day for each in exposures for day in each.weekdays}
    weekdays = WEEKDAYS if named.intersection(WEEKDAYS) else ("",)
    turns = TURNS if named.intersection(TURNS) else ("",)
    return tuple(tuple(each for each in (day, turn) if each) for day in weekdays for turn in turns)


def _always(each: Exposure) -> bool:
    """Whether something is taken on every day alike from one day on, which is known: as nearly everything is."""
    return each.from_day == each.surely_from and not each.once and not each.weekdays and _surely_on(each, each.from_day)


def starts(exposures: Iterable[Exposure]) -> list[int]:
    """The days (from 1) on which an exposure can begin, or surely has begun."""
    known = list(exposures)
    return sorted({each.from_day for each in known} | {each.surely_from for each in known if each.surely_from})


def on_day(own: list[Exposure], day: int, kind: tuple[str, ...] = ()) -> list[Share]:
    """What one item brings on ``day``: of the sequences that may be running, the highest high and the lowest low.

    ``kind`` says which weekday it is, and which of two days that take turns; empty where nothing hangs on it.
    """
    if len(own) == 1 and _surely_on(own[0], day) and not own[0].once:
        return [(own[0].peak, on_its_day(own[0]))] if _of_kind(own[0], kind) else []
    running: dict[int, list[Exposure]] = {}
    for each in own:
        if each.from_day <= day and (each.to_day is None or day <= each.to_day):
            running.setdefault(each.phase, []).append(each)
    if kind:
        running = {
            phase: taken
            for phase, group in running.items()
            if (taken := [each for each in group if _of_kind(each, kind)])
        }
    if not running:
        return []
    return _loading(own, running) or _worst_of(running, day, lambda each: each.peak, on_its_day)


def _of_kind(each: Exposure, kind: tuple[str, ...]) -> bool:
    """Whether an exposure is one of such a day."""
    return not kind or not each.weekdays or not set(each.weekdays).isdisjoint(kind)


def _surely_on(each: Exposure, day: int) -> bool:
    """Whether an exposure runs on a day and nothing says that it may have ended before."""
    return each.from_day <= day and (
        (each.to_day is None or day <= each.to_day) and (each.surely_to is None or day <= each.surely_to)
    )


def per_period(own: list[Exposure], day: int) -> list[Share]:
    """What one item brings per its own longer period, with the phases that may be running on ``day``."""
    running: dict[int, list[Exposure]] = {}
    for each in own:
        if each.from_day <= day and (each.to_day is None or day <= each.to_day):
            running.setdefault(each.phase, []).append(each)
    return _worst_of(running, day, lambda each: each.amount, lambda each: each) if running else []


def _worst_of(
    running: dict[int, list[Exposure]], day: int, measure: Measure, shown_as: Callable[[Exposure], Exposure]
) -> list[Share]:
    """Of the sequences that may be running the highest high and the lowest low; each exposure with its working."""
    high = max(running.values(), key=lambda group: _top(group, measure))
    low = min((sum((measure(each).low for each in group), _ZERO) for group in running.values()), default=_ZERO)
    sure = any(each.surely_to is None or day <= each.surely_to for group in running.values() for each in group)
    if not sure and len(running) == 1:
        low = _ZERO
    lead, top = high[0], _top(high, measure)
    unit = measure(lead).unit
    if len({measure(each).unit for each in high}) != 1:
        return [(measure(each), each) for each in high]
    if len(high) == 1:
        shown = shown_as(lead)
        if low < measure(lead).low:
            shown = replace(shown, working=f"{_least(running.values(), low)} or {shown.working}")
        return [(Range(min(low, top), top, unit), shown)]
    if low == sum((measure(each).low for each in high), _ZERO):
        return [(measure(each), shown_as(each)) for each in high]
    return [(Range(min(low, top), top, unit), lead), *((Range(_ZERO, _ZERO, unit), each) for each in high[1:])]


def _top(group: Iterable[Exposure], measure: Measure) -> Decimal:
    return sum((measure(each).high for each in group), _ZERO)


def _loading(own: list[Exposure], running: dict[int, list[Exposure]]) -> list[Share]:
    """Single doses and what of the next phase follows in their 24 hours: "2 tablets now, then 1 every 8 hours" are 2 +
    2.

    Empty where no single dose begins, or where the next phase by itself holds more.
    """
    for phase, group in sorted(running.items()):
        lead: list[Exposure] = []
        following = group
        while following and all(each.once for each in following):
            lead += following
            phase += 1
            following = [each for each in own if each.phase == phase]
        if not lead or len({each.peak.unit for each in (*lead, *following)}) != 1:
            continue
        if any(not each.per.is_day for each in following):
            continue
        rest = _following(lead, following)
        top = _top(lead, lambda each: each.peak) + sum((amount.high for amount, _ in rest), _ZERO)
        if (len(lead) == 1 and not rest) or top <= _top(following, lambda each: each.peak):
            continue
        return [*((each.peak, each) for each in lead), *rest]
    return []


def _following(lead: list[Exposure], following: list[Exposure]) -> list[Share]:
    """What of the phase after single doses can fall into the same 24 hours, within the item's own maximum.

    A maximum that counts doses of several sizes is so many of the largest; one that not all parts have bounds none here.
    """
    shares: list[Share] = []
    caps = [each.day_cap for each in (*lead, *following)]
    cap = None if None in caps else max((each for each in caps if each is not None), default=None)
    taken = _top(lead, lambda each: each.peak)
    for each in following:
        times = _times_after(each)
        high = each.per_dose.high * times
        if cap is not None:
            high = min(high, max(cap - taken, _ZERO))
        taken += high
        if high:
            amount = Range(_ZERO, high, each.peak.unit)
            words = f"{each.per_dose} × 0 to {printed(times)}{', as needed' if each.prn else ''} = {amount} in 24 hours"
            shares.append((amount, replace(each, working=words)))
    return shares


def _times_after(each: Exposure) -> Decimal:
    """How many of its doses can follow a first one within 24 hours: all of named moments,
    of an interval all but one.
    """
    if each.clock:
        return each.doses[1]
    if each.interval_hours:
        return min(each.doses[1], Decimal(ceil(Fraction(24) / Fraction(each.interval_hours)) - 1))
    return each.doses[1] - 1


def on_its_day(exposure: Exposure) -> Exposure:
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
            return on_its_day(group[0]).working
    return "none"


def summed(parts: Iterable[Share]) -> Range | None:
    """The sum of ranges; ``None`` for none, and where their units do not meet
    (each is then told as not convertible).
    """
    total: Range | None = None
    for amount, _ in parts:
        try:
            total = amount if total is None else total + amount
        except QuantityError:
            return None
    return total
