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
from doseref.regimen.model import Exposure

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
DAYS_LOOKED_AT = 15
"""Two weeks and a day: every weekday meets its neighbours, and phases longer than that do not change from day to day."""

DAY_PARTS: dict[str, str] = {
    "WAKE": "07:00", "ACM": "07:30", "CM": "08:00", "MORN": "08:00", "PCM": "08:30", "ACD": "12:00", "NOON": "12:00",
    "CD": "12:30", "PCD": "13:00", "AFT": "15:00", "ACV": "18:00", "EVE": "18:00", "CV": "18:30", "PCV": "19:00",
    "NIGHT": "21:00", "HS": "22:00",
}  # fmt: skip
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
    """The window with the highest sum; ``None`` unless every exposure has clock times and the days differ."""
    timed = list(exposures)
    if not timed or not all(each.clock for each in timed):
        return None
    if not any(each.weekdays or each.phase_name for each in timed):
        return None  # every day is like the other: any 24 hours hold each time of day just once
    doses = sorted(
        (dose for item in dict.fromkeys(each.item for each in timed) for dose in _of_item(timed, item)),
        key=lambda dose: dose.minute,
    )
    best: Window | None = None
    for first, lead in enumerate(doses):
        inside = [dose for dose in doses[first:] if dose.minute < lead.minute + DAY_MINUTES]
        if len({dose.amount.unit for dose in inside}) != 1:
            return None
        low = sum((dose.amount.low for dose in inside), Decimal(0))
        high = sum((dose.amount.high for dose in inside), Decimal(0))
        if best is None or high > best.amount.high:
            day, minute = divmod(lead.minute, DAY_MINUTES)
            window = Window(day + 1, f"{minute // 60:02d}:{minute % 60:02d}", Range(low, high, lead.amount.unit), ())
            best = replace(window, exposures=tuple(_members(inside, window.words)))
    return best


def _members(inside: list[Dose], words: str) -> Iterator[Exposure]:
    """The exposures of the doses inside a window, with how many doses of each it holds as their working."""
    for exposure in dict.fromkeys(dose.exposure for dose in inside):
        amounts = [dose.amount for dose in inside if dose.exposure is exposure]
        parts = [
            f"{each} × {amounts.count(each)} = {each.scaled(Decimal(amounts.count(each)))} in the {words}"
            for each in dict.fromkeys(amounts)
        ]
        yield from (replace(exposure, working=part) for part in parts)


def _of_item(timed: list[Exposure], item: int) -> Iterator[Dose]:
    """The administrations of one item in the days looked at; day 1 is taken for a Monday.

    Phases that follow each other never run on one day together: of those that may be running the highest counts,
    and with several it is not known that any dose of it is taken.
    """
    own = [each for each in timed if each.item == item]
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
    if exposure.weekdays and WEEKDAYS[(day - 1) % 7] not in exposure.weekdays:
        return
    amount = Range(
        Decimal(0) if exposure.prn else exposure.per_dose.low, exposure.per_dose.high, exposure.per_dose.unit
    )
    for clock in exposure.clock:
        hours, minutes = clock.split(":")
        yield Dose((day - 1) * DAY_MINUTES + int(hours) * 60 + int(minutes), amount, exposure)


def clock_times(at: tuple[str, ...], when: tuple[str, ...]) -> tuple[str, ...]:
    """Clock times of an option: as stated, and those of the day parts that no stated one is; empty where a general meal code leaves them open."""
    return (*at, *(DAY_PARTS[code] for code in apart(at, when) if code in DAY_PARTS))
