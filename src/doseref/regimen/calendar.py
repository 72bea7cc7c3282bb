"""When the phases of an instruction can run and when they surely do, in days from the start."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from doseref.dosage.model import Dosage, Option, Phase
from doseref.quantities import Period, Range
from doseref.records import record, replace

_DAYS = {"mo": Decimal(30), "a": Decimal(365)}
"""Days of a month and a year for laying phases on a calendar only (never for a dose)."""


TURNS = ("one", "other")
"""The two days of what is taken by turns: one dose on the one, another on the other."""


@record
class PhaseDays:
    """``from_day``..``to_day``: the phase may run; ``surely_from``..``surely_to``: it surely does.
    ``None`` = not known, open.
    """

    name: str
    from_day: int
    surely_from: int | None
    to_day: int | None
    surely_to: int | None
    turn: str = ""
    """Which of two days that take turns it is of, as :data:`TURNS` names them; empty where it is of every day."""


@record
class Timing:
    """The spans in the order of the phases; ``least_days`` is how long the whole runs at least, ``None`` if open."""

    spans: tuple[PhaseDays, ...]
    least_days: Decimal | None


def days(length: Range | None) -> tuple[Decimal, Decimal] | None:
    """A duration in days, both ends; ``None`` where there is none."""
    if length is None:
        return None
    return days_of(Period(length.low, length.unit)), days_of(Period(length.high, length.unit))


def days_of(period: Period) -> Decimal:
    """A period in days; a month as 30 days and a year as 365, which is for a calendar or a comparison, never for a dose."""
    hours = period.hours()
    return period.value * _DAYS[period.unit] if hours is None else hours / 24


def rising(dosage: Dosage) -> bool:
    """Whether the dose goes up after the first phases: to a titration target, or by steps."""
    return dosage.target is not None or any(
        phase.step is not None and phase.step.direction == "up" for phase in dosage.phases
    )


@lru_cache(maxsize=1024)
def spans(dosage: Dosage) -> Timing:
    """Lay the phases of a dosage one after the other; those of one sequence run together."""
    sequences = sorted({phase.sequence for phase in dosage.phases})
    several = len(sequences) > 1 or rising(dosage)
    made: dict[int, PhaseDays] = {}
    earliest: int = 1
    latest: int | None = 1
    total: Decimal | None = Decimal(0)
    for sequence in sequences:
        members = [phase for phase in dosage.phases if phase.sequence == sequence]
        last = sequence == sequences[-1]
        named = next((phase for phase in members if phase.from_day), None)
        if named is not None and named.from_day:
            earliest = latest = named.from_day
        length = _length(members)
        span, ends = _span(members, earliest, latest, length, last, several, dosage, sequence)
        made[sequence] = span
        if last or not _all_once(members):  # a first dose now is a part of the days that follow
            total = total + length[0] if total is not None and length else None
        earliest, latest = ends
    laid = tuple(made[phase.sequence] for phase in dosage.phases)
    if dosage.by_turns:
        laid = tuple(replace(span, turn=turn) for span, turn in zip(laid, TURNS, strict=True))
    return Timing(laid, total if dosage.phases else None)


def _all_once(members: list[Phase]) -> bool:
    return bool(members) and all(_once(option) for phase in members for option in phase.options)


def _once(option: Option) -> bool:
    """Whether an option is one single dose, which takes up the day it is given on."""
    timed = option.times or option.every or option.when or option.at or option.days or option.duration
    return option.doses_total is not None and option.doses_total.high == 1 and not timed


def _length(members: list[Phase]) -> tuple[Decimal, Decimal] | None:
    for phase in members:
        if phase.from_day and phase.to_day:
            whole = Decimal(phase.to_day - phase.from_day + 1)
            return whole, whole
    if _all_once(members):
        return Decimal(1), Decimal(1)
    known = [days(option.duration) for phase in members for option in phase.options]
    lengths = [each for each in known if each is not None]
    if not lengths:
        return None
    return max(each[0] for each in lengths), max(each[1] for each in lengths)


def _span(
    members: list[Phase],
    earliest: int,
    latest: int | None,
    length: tuple[Decimal, Decimal] | None,
    last: bool,
    several: bool,
    dosage: Dosage,
    sequence: int,
) -> tuple[PhaseDays, tuple[int, int | None]]:
    name = ""
    if several:
        first = members[0]
        if first.from_day and first.to_day:
            name = (
                f"day {first.from_day}"
                if first.from_day == first.to_day
                else f"days {first.from_day} to {first.to_day}"
            )
        else:
            name = f"phase {sequence}"
    if length is None:
        open_end = last and not rising(dosage)
        surely_to = None if open_end else earliest
        return PhaseDays(name, earliest, latest, None, surely_to), (earliest + 1, None)
    low, high = (int(each.to_integral_value(ROUND_CEILING)) for each in length)
    low, high = max(low, 1), max(high, 1)
    to_day = latest + high - 1 if latest is not None else None
    surely_to = earliest + low - 1
    return PhaseDays(name, earliest, latest, to_day, surely_to), (
        earliest + low,
        latest + high if latest is not None else None,
    )
