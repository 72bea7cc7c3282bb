"""When one more dose fits: no sooner than it is spaced from what was taken, and within the maximum of 24 hours.

Where the line says no interval ("four times a day"), that of a label holds, or the item's own doses spread evenly over
the day, whichever is shorter. What nobody says is told as not said, never as "now".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from doseref.quantities import printed
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.model import Exposure
from doseref.regimen.scope import informs, speaking
from doseref.regimen.taken import taken_as
from doseref.regimen.window import DAY_MINUTES

_HOUR = 60
_DAY_HOURS = Decimal(24)


@record
class TakenDose:
    """One dose that was taken: minutes before (negative) or at the moment asked about (0), how much, of which item."""

    minute: int
    amount: Decimal
    item: int = 0
    yesterday: bool = False
    """Whether it is yesterday's only because its time is later than now."""


@record
class Fit:
    """When one more dose fits, as far as one substance goes: minutes from now (``None``: no single dose ever fits)."""

    wait: int | None
    why: str
    unsaid: str = ""
    """Why nobody can say whether it fits then."""


@record
class _Gap:
    """Hours between two doses, and who says so."""

    hours: Decimal
    whose: str = ""

    def after(self, minute: int, what: str) -> tuple[int, str]:
        """Minutes from now at which they are over, and that in words."""
        return minute + int(self.hours * _HOUR), f"{printed(self.hours)} hours after {what}{self.whose}"


def next_dose(
    n: int,
    own: Mapping[int, Sequence[Exposure]],
    doses: Sequence[TakenDose],
    maximum: Decimal | None,
    bench: Bench,
    data: Reference,
) -> Fit:
    """When one more dose of item ``n`` fits; ``own`` are all items' exposures to the substance, ``maximum`` and the
    doses are in the unit of its total.
    """
    exposure = own[n][0]
    dose = exposure.per_dose.high
    if maximum is not None and dose > maximum:
        return Fit(None, "one dose alone is above the maximum")
    label = _of_labels(exposure, bench, data)
    others = _beside(n, own, data)
    gaps = [*_from_own(n, own[n], doses, label), *_from_others(own[n], others, doses, label)]
    unsaid = next((each for each in gaps if isinstance(each, str)), "")
    earliest, why = max((each for each in gaps if not isinstance(each, str)), default=(0, "now"))
    if earliest <= 0:
        earliest, why = 0, "now"
    if maximum is None:
        unsaid = f"no maximum of {data.name_of(exposure.substance, bench.country)} is known here"
    moments = {earliest, *(each.minute + DAY_MINUTES for each in doses if each.minute + DAY_MINUTES > earliest)}
    bounds = [(maximum, doses)] if maximum is not None else []
    if len(own[n]) == 1 and dose <= exposure.amount.high:  # no more of an item in a day than it says itself
        bounds.append((exposure.amount.high, [each for each in doses if each.item == n]))
    at = next(at for at in sorted(moments) if all(_in_the_day_before(at, of) + dose <= most for most, of in bounds))
    return Fit(at, why if at == earliest else "then an earlier dose is 24 hours ago", unsaid)


def soonest(fits: Iterable[Fit]) -> Fit:
    """When a product of several substances fits: when all of them do."""
    known = list(fits)
    never = next((each for each in known if each.wait is None), None)
    if never is not None:
        return never
    latest = max(known, key=lambda each: each.wait or 0)
    return Fit(latest.wait, latest.why, next((each.unsaid for each in known if each.unsaid), ""))


def _in_the_day_before(at: int, doses: Iterable[TakenDose]) -> Decimal:
    """What was taken in the 24 hours up to a moment; nothing once the last dose is a day ago."""
    return sum((each.amount for each in doses if at - DAY_MINUTES < each.minute <= at), Decimal(0))


def _from_own(
    n: int, own: Sequence[Exposure], doses: Sequence[TakenDose], label: _Gap | None
) -> Iterator[tuple[int, str] | str]:
    """When the item's own last dose lets another follow, or that nobody says."""
    last = max((each.minute for each in doses if each.item == n), default=None)
    if last is None:
        return
    gap = _own_gap(own, label)
    if gap is not None:
        yield gap.after(last, "the last one")
    elif last > -DAY_MINUTES:
        yield "how far apart its doses are to be is not said"


def _beside(n: int, own: Mapping[int, Sequence[Exposure]], data: Reference) -> dict[int, Sequence[Exposure]]:
    """The other items with the substance whose doses hold back those of item ``n``: all, but of an opioid not those of
    another release, for a dose for breakthrough pain is meant beside the twelve-hourly one.
    """
    first = own[n][0]
    known = data.substances.get(first.substance)
    opioid = known is not None and any("opioid" in data.ancestry(each) for each in known.classes)
    return {
        m: others
        for m, others in own.items()
        if m != n and not (opioid and any(each.release != first.release for each in others))
    }


def _from_others(
    own: Sequence[Exposure], beside: Mapping[int, Sequence[Exposure]], doses: Sequence[TakenDose], label: _Gap | None
) -> Iterator[tuple[int, str] | str]:
    """When what was taken of the same substance by other items lets a dose follow, or that nobody says: two items
    taken day by day may be meant for one time (two strengths of warfarin).
    """
    first = own[0]
    gap = label or _own_gap(own, None)
    for m, others in beside.items():
        last = max((each.minute for each in doses if each.item == m), default=None)
        if last is None or last <= -DAY_MINUTES:
            continue
        meant = not first.prn and not any(each.prn for each in others)
        if gap is None or (meant and (label is None or gap.hours >= _DAY_HOURS)):
            if gap is None or last + gap.hours * _HOUR > 0:
                yield f"item {m} holds the same and was taken; how far apart the two are to be is not said"
        else:
            yield gap.after(last, f"that of item {m}, which holds the same")


def _own_gap(own: Sequence[Exposure], label: _Gap | None) -> _Gap | None:
    """Between an item's own doses: as it says, else as a label says or as its doses of a day lie, what is shorter."""
    stated = [each.interval_hours for each in own if each.interval_hours is not None]
    if len(stated) == len(own):
        return _Gap(min(stated))
    even = _even(own)
    known = [each for each in (label, even) if each is not None]
    return min(known, key=lambda each: each.hours) if known else None


def _even(own: Sequence[Exposure]) -> _Gap | None:
    """The least between an item's own times of the day, or its doses spread evenly over the day."""
    if all(each.clock for each in own):
        minutes = sorted({int(clock[:2]) * 60 + int(clock[3:]) for each in own for clock in each.clock})
        between = [later - one for one, later in pairwise(minutes)] + [minutes[0] + DAY_MINUTES - minutes[-1]]
        return _Gap(Decimal(min(between)) / _HOUR, ", as its times of the day lie")
    phases: dict[int, Decimal] = {}  # those that follow each other are never of one day
    for each in own:
        phases[each.phase] = phases.get(each.phase, Decimal(0)) + each.doses[1]
    count = min(phases.values())
    if not count or not all(each.per.is_day for each in own):
        return None
    return _Gap(_DAY_HOURS / count, f": {printed(count)} a day spread evenly, for the line says no interval")


def _of_labels(exposure: Exposure, bench: Bench, data: Reference) -> _Gap | None:
    """The interval that those who speak of the substance state: the longest, or by the most permissive policy the
    shortest; prescribed or not, for a dose too soon is one either way.
    """
    stated = [
        (limit.interval_hours, limit)
        for limit in speaking(taken_as((exposure,), data), bench, data, "interval", either_status=True)
        if limit.interval_hours and not limit.products and (limit.kind == "schedule-only" or not informs(limit, data))
    ]
    if not stated:
        return None
    pick = min if bench.policy == MOST_PERMISSIVE else max
    hours, limit = pick(stated, key=lambda each: each[0])
    source = data.sources.get(limit.source)
    return _Gap(hours, f": {source.short if source else limit.source}")
