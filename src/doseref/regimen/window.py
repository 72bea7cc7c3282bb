"""The worst 24 hours by the clock: a window slides over the times of the doses, not over calendar days.

It matters where the pattern changes from day to day: weekdays, and phases that follow each other. A late dose of one
day and an early dose of the next fall into one window although no calendar day holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.dosage.occasions import apart
from doseref.quantities import Range
from doseref.records import record, replace
from doseref.regimen.calendar import TURNS
from doseref.regimen.days import WEEKDAYS, by_item, on_day, summed
from doseref.regimen.model import Exposure

DAY_MINUTES = 24 * 60
DAYS_LOOKED_AT = 15
"""Two weeks and a day: every weekday meets its neighbours, and phases longer than that do not change from day to
day.
"""

DAY_PARTS: dict[str, str] = {
    "WAKE": "07:00",
    "ACM": "07:30",
    "CM": "08:00",
    "MORN": "08:00",
    "PCM": "08:30",
    "ACD": "12:00",
    "NOON": "12:00",
    "CD": "12:30",
    "PCD": "13:00",
    "AFT": "15:00",
    "ACV": "18:00",
    "EVE": "18:00",
    "CV": "18:30",
    "PCV": "19:00",
    "NIGHT": "21:00",
    "HS": "22:00",
}
"""Day part → the clock time taken for it; only the order and the distance to stated clock times matter."""


@record
class Dose:
    """One administration: minutes from the first midnight, the amount, and the exposure it belongs to."""

    minute: int
    amount: Range
    exposure: Exposure


@record
class Window:
    """The worst 24 hours: where it begins (day from 1, ``HH:MM``) and what falls into it."""

    day: int
    clock: str
    amount: Range
    exposures: tuple[Exposure, ...]

    @property
    def words(self) -> str:
        """``24 hours from 22:00 on day 1``."""
        return f"24 hours from {self.clock} on day {self.day}"


def worst_window(exposures: Iterable[Exposure]) -> Window | None:
    """The window with the highest sum; ``None`` where no two days differ in their clock times.

    Items without clock times ("every 6 hours") bring to every window what the worst of its days holds of them.
    One pass over the doses in the order of their times: n log n in their number.
    """
    items = by_item(exposures)
    timed = {item: own for item, own in items.items() if all(each.clock for each in own)}
    if not any(each.weekdays or each.phase_name for own in timed.values() for each in own):
        return None  # every day is like the other: any 24 hours hold each time of day just once
    doses = sorted((dose for own in timed.values() for dose in _of_item(own)), key=lambda dose: dose.minute)
    others = _Others([own for item, own in items.items() if item not in timed])
    sums = _Sums(timed)
    best: tuple[Decimal, int, int] | None = None
    end = 0
    for first, lead in enumerate(doses):
        while end < len(doses) and doses[end].minute < lead.minute + DAY_MINUTES:
            sums.add(doses[end], 1)
            end += 1
        high = sums.high + others.of(lead.minute)[1].high if others else sums.high
        if best is None or high > best[0]:
            best = high, first, end
        sums.add(lead, -1)
    return _told(doses[best[1] : best[2]], timed, others) if best else None


class _Sums:
    """The sum of the doses in a window as it slides, each item's cut at its own stated maximum."""

    def __init__(self, timed: dict[int, list[Exposure]]) -> None:
        self.caps = {item: _cap(own) for item, own in timed.items()}
        self.by_item = dict.fromkeys(timed, Decimal(0))
        self.high = Decimal(0)

    def add(self, dose: Dose, sign: int) -> None:
        """A dose enters (``sign`` 1) or leaves (-1)."""
        item = dose.exposure.item
        before = self.by_item[item]
        after = self.by_item[item] = before + sign * dose.amount.high
        cap = self.caps[item]
        if cap is not None:
            before, after = min(before, cap), min(after, cap)
        self.high += after - before


class _Others:
    """What the items without clock times bring to a window: that of the worst of the two days it touches."""

    def __init__(self, items: list[list[Exposure]]) -> None:
        self.items = items
        self.known: dict[int, tuple[tuple[Exposure, ...], Range]] = {}

    def __bool__(self) -> bool:
        return bool(self.items)

    def of(self, minute: int) -> tuple[tuple[Exposure, ...], Range]:
        """The exposures and their sum in the 24 hours from ``minute``."""
        day, clock = divmod(minute, DAY_MINUTES)
        if clock == 0:
            return self.on(day + 1)
        one, other = self.on(day + 1), self.on(day + 2)
        worst = max((one, other), key=lambda found: found[1].high)
        return worst[0], Range(min(one[1].low, other[1].low), worst[1].high, worst[1].unit)

    def on(self, day: int) -> tuple[tuple[Exposure, ...], Range]:
        """The exposures of one day and their sum."""
        if day not in self.known:
            parts = [part for own in self.items for part in on_day(own, day, _kind(day))]
            none = Range(Decimal(0), Decimal(0), self.items[0][0].per_dose.unit)
            self.known[day] = tuple(each for _, each in parts), summed(parts) or none
        return self.known[day]


def _cap(own: list[Exposure]) -> Decimal | None:
    """The most of an item in any 24 hours by its own maxima; ``None`` where a part of it is not bounded."""
    caps = [each.day_cap for each in own]
    return max((cap for cap in caps if cap is not None), default=None) if None not in caps else None


def _told(inside: list[Dose], timed: dict[int, list[Exposure]], others: _Others) -> Window:
    """The window with its exposures and their workings."""
    lead = inside[0]
    day, minute = divmod(lead.minute, DAY_MINUTES)
    low = high = Decimal(0)
    held: dict[int, list[Dose]] = {}
    for dose in inside:
        held.setdefault(dose.exposure.item, []).append(dose)
    for item, own in held.items():
        cap = _cap(timed[item])
        sums = [sum((getattr(dose.amount, end) for dose in own), Decimal(0)) for end in ("low", "high")]
        low += sums[0] if cap is None else min(sums[0], cap)
        high += sums[1] if cap is None else min(sums[1], cap)
    window = Window(day + 1, f"{minute // 60:02d}:{minute % 60:02d}", Range(low, high, lead.amount.unit), ())
    exposures = tuple(_members(inside, window.words))
    if others:
        beside, amount = others.of(lead.minute)
        return replace(window, amount=window.amount + amount, exposures=exposures + beside)
    return replace(window, exposures=exposures)


def _members(inside: list[Dose], words: str) -> Iterator[Exposure]:
    """The exposures of the doses inside a window, with how many doses of each it holds as their working."""
    counts: dict[int, dict[Range, int]] = {}
    known: dict[int, Exposure] = {}
    for dose in inside:
        known.setdefault(id(dose.exposure), dose.exposure)
        amounts = counts.setdefault(id(dose.exposure), {})
        amounts[dose.amount] = amounts.get(dose.amount, 0) + 1
    for which, amounts in counts.items():
        for each, count in amounts.items():
            part = f"{each} × {count} = {each.scaled(count)} in the {words}"
            yield replace(known[which], working=part)


def _of_item(own: list[Exposure]) -> Iterator[Dose]:
    """The administrations of one item in the days looked at; day 1 is taken for a Monday.

    Phases that follow each other never run on one day together: of those that may be running the highest counts,
    and with several it is not known that any dose of it is taken.
    """
    for day in range(1, DAYS_LOOKED_AT + 1):
        running: dict[int, list[Dose]] = {}
        for exposure in own:
            running.setdefault(exposure.phase, []).extend(_doses(exposure, day))
        phases = [doses for doses in running.values() if doses]
        if len(phases) == 1:
            yield from phases[0]
        elif phases:
            highest = max(phases, key=lambda doses: sum((dose.amount.high for dose in doses), Decimal(0)))
            for dose in highest:
                yield Dose(dose.minute, Range(Decimal(0), dose.amount.high, dose.amount.unit), dose.exposure)


def _doses(exposure: Exposure, day: int) -> Iterator[Dose]:
    """The administrations of an exposure on one day."""
    if day < exposure.from_day or (exposure.to_day is not None and day > exposure.to_day):
        return
    if exposure.weekdays and set(exposure.weekdays).isdisjoint(_kind(day)):
        return
    amount = Range(
        Decimal(0) if exposure.prn else exposure.per_dose.low, exposure.per_dose.high, exposure.per_dose.unit
    )
    for clock in exposure.clock:
        hours, minutes = clock.split(":")
        yield Dose((day - 1) * DAY_MINUTES + int(hours) * 60 + int(minutes), amount, exposure)


def _kind(day: int) -> tuple[str, str]:
    """Which weekday a day is, and which of two days that take turns."""
    return WEEKDAYS[(day - 1) % len(WEEKDAYS)], TURNS[(day - 1) % len(TURNS)]


def clock_times(at: tuple[str, ...], when: tuple[str, ...]) -> tuple[str, ...]:
    """Clock times of an option: as stated, and those of the day parts that no stated one is;
    empty where a general meal code leaves them open.
    """
    return (*at, *(DAY_PARTS[code] for code in apart(at, when) if code in DAY_PARTS))
