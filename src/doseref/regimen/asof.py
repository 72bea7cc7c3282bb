"""As of now: what was taken in the last 24 hours, and when the next dose fits, by the window arithmetic of the totals.

A dose taken at 14:30 falls out of the window at 14:30 of the next day. The next dose fits at the first time at which
the doses of the 24 hours before it and the dose itself are within the maximum, and which is no sooner after the last
one than the item's own interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from doseref.errors import UsageError
from doseref.patterns import regex
from doseref.quantities import Amount, Range, json_number
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.delivered import to_unit
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.window import DAY_MINUTES

_CLOCK = regex(
    r"(?P<day>yesterday|today)?\s*(?P<hours>[0-9]{1,2}):(?P<minutes>[0-9]{2})\s*(?P<half>am|pm)?\s*:?\s*(?P<amount>.+)",
    re.I,
)


@record
class TakenDose:
    """One dose that was taken: minutes before (negative) or at the moment asked about (0), and how much."""

    minute: int
    amount: Decimal


@record
class AsOf:
    """One substance at one moment: ``taken`` of ``unit`` in the 24 hours before, and the next dose of each item."""

    substance: str
    now: str
    taken: Amount
    maximum: Decimal | None
    next_doses: tuple[tuple[int, Amount, int | None, str], ...]
    """Item, its dose, minutes from now until it fits (``None``: no single dose of it ever fits), and why then."""

    def clock(self, minutes: int) -> str:
        """``18:30``, ``02:00 tomorrow``: the time so many minutes from now."""
        at = minute_of(self.now) + minutes
        day = {0: "", 1: " tomorrow"}.get(at // DAY_MINUTES, f" in {at // DAY_MINUTES} days")
        return f"{at % DAY_MINUTES // 60:02d}:{at % 60:02d}{day}"

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


def minute_of(clock: str) -> int:
    """Minutes after midnight of ``14:30`` or ``2:30 pm``; raises :class:`UsageError`."""
    match = re.fullmatch(r"\s*([0-9]{1,2}):([0-9]{2})\s*(am|pm)?\s*", clock, re.I)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or (match[3] and not 1 <= int(match[1]) <= 12):
        raise UsageError(f"'{clock}' is not a time of day like 14:30")
    hours = int(match[1]) % 12 + (12 if match[3].lower() == "pm" else 0) if match[3] else int(match[1])
    return hours * 60 + int(match[2])


def read_taken(text: str, now: str, data: Reference) -> list[tuple[int, Amount]]:
    """``08:00 1 g, 12:00 1 g``: minutes before now (negative) and the amount of each; a later time is yesterday's.

    Raises :class:`UsageError` for what is no time with an amount.
    """
    found = []
    for part in re.split(r"[,;]\s+|;|,(?=\s*[0-9]{1,2}:)", text):
        match = _CLOCK.fullmatch(part.strip())
        dosage = data.parse(match["amount"]) if match else None
        amounts = [option.dose or option.count for option in dosage.options] if dosage else []
        if (
            match is None
            or dosage is None
            or dosage.status != "read"
            or len(amounts) != 1
            or amounts[0] is None
            or not amounts[0].single
        ):
            raise UsageError(f"taken: '{part.strip()}' is not a time and an amount like '08:00 1 g'")
        at = minute_of(f"{match['hours']}:{match['minutes']}{match['half'] or ''}") - minute_of(now)
        if at > 0 or (match["day"] or "").lower() == "yesterday":
            at -= DAY_MINUTES
        found.append((at, Amount(amounts[0].low, amounts[0].unit)))
    return found


def as_of(
    items: Sequence[Item], totals: Iterable[Total], taken: Sequence[str], now: str, data: Reference, widest: bool
) -> tuple[AsOf, ...]:
    """Each substance that was taken, at ``now``; ``taken`` has one text for each item, empty where nothing is said.

    ``widest``: the highest stated maximum decides, not the lowest. A product of several substances fits when all of
    them do. Raises :class:`UsageError` for what cannot be counted.
    """
    found = list(_each(items, totals, taken, now, data, widest))
    latest: dict[int, tuple[int | None, str]] = {}
    for n, _, wait, why in (each for one in found for each in one.next_doses):
        known = latest.get(n)
        if known is None or (known[0] is not None and (wait is None or wait > known[0])):
            latest[n] = (wait, why)
    return tuple(
        replace(one, next_doses=tuple((n, dose, *latest[n]) for n, dose, _, _ in one.next_doses)) for one in found
    )


def _each(
    items: Sequence[Item], totals: Iterable[Total], taken: Sequence[str], now: str, data: Reference, widest: bool
) -> Iterator[AsOf]:
    """One for each substance, its next doses by it alone."""
    given = {item.n: read_taken(text, now, data) for item, text in zip(items, taken, strict=False) if text.strip()}
    for total in totals:
        if not total.per.is_day or total.route != "systemic":
            continue
        own = {item.n: [e for e in item.exposures if e.substance == total.substance] for item in items}
        doses = [
            dose
            for n, each in given.items()
            if own.get(n)
            for dose in _doses(items[n - 1], own[n][0], each, total, data)
        ]
        if not doses and not any(own.get(n) for n in given):
            continue
        maxima = [v.amount for v in total.judged if v.limit.basis == "maximum" and v.amount is not None]
        maximum = (max if widest else min)(maxima) if maxima else None
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
        yield AsOf(total.substance, now, Amount(recent, total.amount.unit), maximum, following)


def _doses(
    item: Item, exposure: Exposure, taken: list[tuple[int, Amount]], total: Total, data: Reference
) -> Iterator[TakenDose]:
    """What was taken of one item, as amounts of the substance in the total's unit."""
    count = next((option.count for option in item.dosage.options if option.count), None) if item.dosage else None
    for minute, amount in taken:
        if count is not None and amount.unit == count.unit and count.high:
            yield TakenDose(minute, exposure.per_dose.high * amount.value / count.high)
            continue
        turned = to_unit(data, total.substance, Range(amount.value, amount.value, amount.unit), total.amount.unit)
        if turned is None or len(item.substances) > 1:
            raise UsageError(
                f"taken: how much {data.name_of(total.substance)} is in {amount} of item {item.n} is not known"
            )
        yield TakenDose(minute, turned.high)


def _next(
    exposure: Exposure,
    doses: list[TakenDose],
    own: list[tuple[int, Amount]],
    maximum: Decimal | None,
    gaps: tuple[int, ...],
) -> tuple[int | None, str]:
    """Minutes from now until one more dose fits, and why then."""
    if gaps:
        return None, "another item with it is not counted"
    dose = exposure.per_dose.high
    if maximum is not None and dose > maximum:
        return None, "one dose alone is above the maximum"
    last = max((minute for minute, _ in own), default=None)
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
