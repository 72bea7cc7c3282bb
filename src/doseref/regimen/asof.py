"""As of now: what was taken in the last 24 hours, and when the next dose fits, by the window arithmetic of the totals.

A dose taken at 14:30 falls out of the window at 14:30 of the next day. The next dose fits at the first time at which
the doses of the 24 hours before it and the dose itself are within the maximum, and which is no sooner after the last
one than the item's own interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from doseref.errors import UsageError
from doseref.names import Names
from doseref.quantities import Amount, Range, json_number
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.delivered import to_unit
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.said_taken import SaidDose, clock_of, minute_of, sorted_to_items
from doseref.regimen.window import DAY_MINUTES


@record
class TakenDose:
    """One dose that was taken: minutes before (negative) or at the moment asked about (0), how much, of which item."""

    minute: int
    amount: Decimal
    item: int = 0
    yesterday: bool = False
    """Whether it is yesterday's only because its time is later than now."""


@record
class AsOf:
    """One substance at one moment: ``taken`` of ``unit`` in the 24 hours before, and the next dose of each item."""

    substance: str
    now: str
    taken: Amount
    maximum: Decimal | None
    next_doses: tuple[tuple[int, Amount, int | None, str], ...]
    """Item, its dose, minutes from now until it fits (``None``: no single dose of it ever fits), and why then."""
    untold: tuple[int, ...] = ()
    """Items with it of which nothing is told as taken: they count as not taken."""
    doses: tuple[TakenDose, ...] = ()
    """What was taken, in the order of time."""
    sources: tuple[str, ...] = ()
    """Whose the maximum is."""

    def at(self, dose: TakenDose) -> str:
        """The time of a dose: ``22:00 yesterday``."""
        at = minute_of(self.now) + dose.minute
        return f"{clock_of(at % DAY_MINUTES)}{' yesterday' if at < 0 else ''}"

    def clock(self, minutes: int) -> str:
        """``18:30``, ``02:00 tomorrow``: the time so many minutes from now."""
        at = minute_of(self.now) + minutes
        day = {0: "", 1: " tomorrow"}.get(at // DAY_MINUTES, f" in {at // DAY_MINUTES} days")
        return f"{clock_of(at % DAY_MINUTES)}{day}"

    def to_json(self, name: str) -> dict[str, Any]:
        """``{"substance", "now", "taken", "maximum", "next"}``."""
        return {
            "substance": name,
            "now": self.now,
            "taken": {"amount": json_number(self.taken.value), "unit": self.taken.unit},
            "maximum": json_number(self.maximum) if self.maximum is not None else None,
            "next": [
                {
                    "item": n,
                    "dose": json_number(dose.value),
                    "at": self.clock(wait) if wait is not None else None,
                    "in_minutes": wait,
                    "why": why,
                }
                for n, dose, wait, why in self.next_doses
            ],
        }


def as_of(
    items: Sequence[Item], totals: Iterable[Total], taken: Sequence[str], now: str, names: Names, widest: bool
) -> tuple[AsOf, ...]:
    """Each substance that was taken, at ``now``; ``taken`` has one text for each item, empty where nothing is said (a dose
    that is named is of the item of that name).

    ``widest``: the highest stated maximum decides, not the lowest. A product of several substances fits when all of
    them do. Raises :class:`UsageError` for what cannot be counted.
    """
    now = clock_of(minute_of(now))  # however it was written, it is told as the times beside it
    found = list(_each(items, totals, taken, now, names, widest))
    latest: dict[int, tuple[int | None, str]] = {}
    for n, _, wait, why in (each for one in found for each in one.next_doses):
        known = latest.get(n)
        if known is None or (known[0] is not None and (wait is None or wait > known[0])):
            latest[n] = (wait, why)
    return tuple(
        replace(one, next_doses=tuple((n, dose, *latest[n]) for n, dose, _, _ in one.next_doses)) for one in found
    )


def _each(
    items: Sequence[Item], totals: Iterable[Total], taken: Sequence[str], now: str, names: Names, widest: bool
) -> Iterator[AsOf]:
    """One for each substance, its next doses by it alone."""
    given, data = sorted_to_items(items, taken, now, names), names.data
    for total in totals:
        if not total.per.is_day or total.route != "systemic":
            continue
        own = {item.n: [e for e in item.exposures if e.substance == total.substance] for item in items}
        doses = [
            dose
            for n, each in given.items()
            if own.get(n) or (not items[n - 1].exposures and items[n - 1].substances == (total.substance,))
            for dose in _doses(items[n - 1], own[n][0] if own[n] else None, each, total, data)
        ]
        if not doses and not any(own.get(n) for n in given):
            continue
        maxima = [v.amount for v in total.judged if v.limit.basis == "maximum" and v.amount is not None]
        maximum = (max if widest else min)(maxima) if maxima else None
        whose = (v.limit.source for v in total.judged if v.limit.basis == "maximum" and v.amount == maximum)
        recent = sum((dose.amount for dose in doses if dose.minute > -DAY_MINUTES), Decimal(0))
        following = tuple(
            (
                n,
                Amount(exposures[0].per_dose.high, total.amount.unit),
                *_next(exposures[0], doses, given.get(n, []), maximum, total.gaps),
            )
            for n, exposures in own.items()
            if exposures and exposures[0].per_dose.unit == total.amount.unit
        )
        untold = tuple(n for n, *_ in following if n not in given)
        in_order = tuple(sorted(doses, key=lambda dose: dose.minute))
        amount = Amount(recent, total.amount.unit)
        yield AsOf(total.substance, now, amount, maximum, following, untold, in_order, tuple(dict.fromkeys(whose)))


def _doses(
    item: Item, exposure: Exposure | None, taken: list[SaidDose], total: Total, data: Reference
) -> Iterator[TakenDose]:
    """What was taken of one item, as amounts of the substance in the total's unit; without an exposure, by the amounts
    that are told alone.
    """
    count = next((option.count for option in item.dosage.options if option.count), None) if item.dosage else None
    for said in taken:
        minute, amount = said.minute, said.amount
        if (
            amount.unit == "{dose}"
            and not said.strengths
            and exposure is not None
            and (count is None or count.unit != "{dose}")
        ):
            yield TakenDose(minute, _of_doses(item, exposure, said, count), item.n, said.supposed)
            continue
        if said.strengths and len(item.substances) == 1:
            value, unit = said.strengths[0]
            amount = Amount(amount.value * value, unit)
        if exposure is not None and count is not None and amount.unit == count.unit and count.high:
            yield TakenDose(minute, exposure.per_dose.high * amount.value / count.high, item.n, said.supposed)
            continue
        turned = to_unit(data, total.substance, Range(amount.value, amount.value, amount.unit), total.amount.unit)
        if turned is None or len(item.substances) > 1:
            raise UsageError(
                f"taken: how much {data.name_of(total.substance)} is in {amount} of item {item.n} is not known"
            )
        yield TakenDose(minute, turned.high, item.n, said.supposed)


def _of_doses(item: Item, exposure: Exposure, said: SaidDose, count: Range | None) -> Decimal:
    """How much so many doses of an item are ("07:00 1 dose"); a bare number counts the tablets or the like that its
    instruction counts.

    Raises :class:`UsageError` where that is not one amount.
    """
    if not said.doses:
        if count is None or not count.high:
            raise UsageError(
                f"taken: '{said.text}': {said.amount.value:f} of what? Write '1 dose', '2 tablets' or '1 g'"
            )
        return exposure.per_dose.high * said.amount.value / count.high
    several = {each.per_dose for each in item.exposures if each.substance == exposure.substance}
    if len(several) > 1 or not exposure.per_dose.single:
        raise UsageError(f"taken: '{said.text}': one dose of item {item.n} is not one amount; say how much was taken")
    return exposure.per_dose.high * said.amount.value


def _next(
    exposure: Exposure,
    doses: list[TakenDose],
    own: list[SaidDose],
    maximum: Decimal | None,
    gaps: tuple[int, ...],
) -> tuple[int | None, str]:
    """Minutes from now until one more dose fits, and why then."""
    if gaps:
        return None, "another item with it is not counted"
    dose = exposure.per_dose.high
    if maximum is not None and dose > maximum:
        return None, "one dose alone is above the maximum"
    last = max((each.minute for each in own), default=None)
    earliest, why = 0, "now"
    if last is not None and exposure.interval_hours is not None and last + int(exposure.interval_hours * 60) > 0:
        earliest, why = (
            last + int(exposure.interval_hours * 60),
            f"{exposure.interval_hours:f} hours after the last one",
        )
    moments = {earliest, *(each.minute + DAY_MINUTES for each in doses if each.minute + DAY_MINUTES > earliest)}
    at = next(at for at in sorted(moments) if maximum is None or _in_the_day_before(at, doses) + dose <= maximum)
    return at, why if at == earliest else "then an earlier dose is 24 hours ago"


def _in_the_day_before(at: int, doses: list[TakenDose]) -> Decimal:
    """What was taken in the 24 hours up to a moment; nothing once the last dose is a day ago."""
    return sum((each.amount for each in doses if at - DAY_MINUTES < each.minute <= at), Decimal(0))
