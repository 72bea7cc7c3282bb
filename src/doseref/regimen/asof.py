"""As of now: what was taken in the last 24 hours, and when the next dose fits, by the window arithmetic of the totals.

A dose taken at 14:30 falls out of the window at 14:30 of the next day. The next dose fits at the first time at which
the doses of the 24 hours before it and the dose itself are within the maximum, and which is spaced
from the doses before (:mod:`~doseref.regimen.next_dose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from doseref.errors import UsageError
from doseref.names import Names
from doseref.quantities import Amount, Range, json_number
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.delivered import to_unit
from doseref.regimen.judged import ProductLoad
from doseref.regimen.model import Exposure, Item, Total
from doseref.regimen.next_dose import Fit, TakenDose, next_dose, soonest
from doseref.regimen.said_taken import SaidDose, clock_of, minute_of, sorted_to_items
from doseref.regimen.window import DAY_MINUTES
from doseref.units import convert, convertible


@record
class AsOf:
    """One substance at one moment: ``taken`` of ``unit`` in the 24 hours before, and the next dose of each item."""

    substance: str
    now: str
    taken: Amount
    maximum: Decimal | None
    next_doses: tuple[tuple[int, Amount, int | None, str], ...]
    """Item, its dose, minutes from now until it fits (``None``: no single dose of it ever fits, or it cannot be said),
    and why then.
    """
    untold: tuple[int, ...] = ()
    """Items with it of which nothing is told as taken: they count as not taken."""
    doses: tuple[TakenDose, ...] = ()
    """What was taken, in the order of time."""
    sources: tuple[str, ...] = ()
    """Whose the maximum is."""
    unsaid: frozenset[int] = frozenset()
    """Items of which nobody can say whether one more dose fits."""

    told_in: str = ""
    """The unit in which it is told to a person."""

    def tell(self, value: Decimal) -> Amount:
        """So much of the substance, in the unit in which it is told to a person."""
        return Amount(value, self.taken.unit).to(self.told_in or self.taken.unit)

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
                    **({"unsaid": True} if n in self.unsaid else {}),
                }
                for n, dose, wait, why in self.next_doses
            ],
        }


def as_of(
    items: Sequence[Item],
    totals: Iterable[Total],
    loads: Iterable[ProductLoad],
    taken: Sequence[str],
    now: str,
    names: Names,
    bench: Bench,
) -> tuple[AsOf, ...]:
    """Each substance that was taken, at ``now``; ``taken`` has one text for each item, empty where nothing is said (a dose
    that is named is of the item of that name).

    By the most permissive policy the highest stated maximum decides, else the lowest; where no maximum of a substance is
    known, that of the product which alone holds it. A product of several substances
    fits when all of them do. Raises :class:`UsageError` for what cannot be counted.
    """
    given = sorted_to_items(items, taken, now, names, bench.country)
    now = clock_of(minute_of(now))  # however it was written, it is told as the times beside it
    found = list(_each(items, totals, tuple(loads), given, now, names.data, bench))
    fits: dict[int, list[Fit]] = {}
    for n, fit in (each for _, own in found for each in own):
        fits.setdefault(n, []).append(fit)
    whole = {n: soonest(each) for n, each in fits.items()}
    unsaid = frozenset(n for n, fit in whole.items() if fit.unsaid)
    return tuple(
        replace(
            one, next_doses=tuple((n, dose, *_told(one, whole[n])) for n, dose, _, _ in one.next_doses), unsaid=unsaid
        )
        for one, _ in found
    )


def _told(one: AsOf, fit: Fit) -> tuple[int | None, str]:
    """Minutes until a dose fits and why; where that cannot be said, why not, and what holds it back all the same."""
    if not fit.unsaid:
        return fit.wait, fit.why
    back = f"; not before {one.clock(fit.wait)}: {fit.why}" if fit.wait else ""
    return None, f"{fit.unsaid}{back}"


def _each(
    items: Sequence[Item],
    totals: Iterable[Total],
    loads: Sequence[ProductLoad],
    given: Mapping[int, list[SaidDose]],
    now: str,
    data: Reference,
    bench: Bench,
) -> Iterator[tuple[AsOf, list[tuple[int, Fit]]]]:
    """One for each substance, and when each item's next dose fits by it alone."""
    for total in totals:
        if not total.per.is_day or total.route != "systemic":
            continue
        own = {item.n: [e for e in item.exposures if e.substance == total.substance] for item in items}
        doses = [
            dose
            for n, each in given.items()
            if own.get(n) or (not items[n - 1].exposures and items[n - 1].substances == (total.substance,))
            for dose in _doses(items[n - 1], own[n][0] if own[n] else None, each, total, data, bench.country)
        ]
        if not doses and not any(own.get(n) for n in given):
            continue
        maxima = [v.amount for v in total.judged if v.limit.basis == "maximum" and v.amount is not None]
        maximum = (max if bench.policy == MOST_PERMISSIVE else min)(maxima) if maxima else None
        by_product = _of_product(own, loads, total.amount.unit) if maximum is None else None
        whose = [v.limit.source for v in total.judged if v.limit.basis == "maximum" and v.amount == maximum]
        if by_product is not None:
            maximum, whose = by_product[0], [by_product[1]]
        recent = sum((dose.amount for dose in doses if dose.minute > -DAY_MINUTES), Decimal(0))
        following = tuple(
            (n, Amount(exposures[0].per_dose.high, total.amount.unit), None, "")
            for n, exposures in own.items()
            if exposures and exposures[0].per_dose.unit == total.amount.unit
        )
        held = {n: exposures for n, exposures in own.items() if exposures}
        fits = [
            (
                n,
                Fit(None, "another item with it is not counted")
                if total.gaps
                else next_dose(n, held, doses, maximum, bench, data),
            )
            for n, *_ in following
        ]
        untold = tuple(n for n, *_ in following if n not in given)
        in_order = tuple(sorted(doses, key=lambda dose: dose.minute))
        amount = Amount(recent, total.amount.unit)
        sources, unit = tuple(dict.fromkeys(whose)), total.told_amount.unit
        told = AsOf(total.substance, now, amount, maximum, following, untold, in_order, sources, told_in=unit)
        yield told, fits


def _of_product(
    own: Mapping[int, list[Exposure]], loads: Iterable[ProductLoad], unit: str
) -> tuple[Decimal, str] | None:
    """The most of a substance in 24 hours, and whose it is, by the label of the product that alone holds it."""
    holding = {n for n, exposures in own.items() if exposures}
    for load in loads:
        if holding != {item.n for item in load.items}:
            continue
        strengths = {each.strengths for n in holding for each in own[n]}
        if len(strengths) == 1 and len(one := next(iter(strengths))) == 1 and convertible(one[0][1], unit):
            return load.allowed * convert(one[0][0], one[0][1], unit), load.source
    return None


def _doses(
    item: Item, exposure: Exposure | None, taken: list[SaidDose], total: Total, data: Reference, country: str
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
            and (count is None or count.unit != "{dose}" or said.doses)
        ):
            yield TakenDose(minute, _of_doses(item, exposure, said, count), item.n, said.supposed)
            continue
        if said.strengths and len(item.substances) == 1:
            value, unit = said.strengths[0]
            amount = Amount(amount.value * value, unit)
        told = None if exposure is None else _by_its_measure(item, exposure, amount)
        if told is not None:
            yield TakenDose(minute, told, item.n, said.supposed)
            continue
        amount = _in_liquid(item, amount)
        turned = to_unit(data, total.substance, Range(amount.value, amount.value, amount.unit), total.amount.unit)
        if turned is None or len(item.substances) > 1:
            raise UsageError(
                f"taken: how much {data.name_of(total.substance, country)} is in {amount} of item {item.n} is not known"
            )
        yield TakenDose(minute, turned.high, item.n, said.supposed)


def _by_its_measure(item: Item, exposure: Exposure, amount: Amount) -> Decimal | None:
    """How much is in what is measured as the instruction measures it: tablets where it counts tablets, or counts without
    a word what it is ("2 qds"), mL where a dose is so many mL.
    """
    options = item.dosage.options if item.dosage else ()
    own = next((each for option in options for each in (option.count, option.dose) if each is not None), None)
    if own is None or not own.high:
        return None
    pieces = amount.unit.startswith("{") and own.unit in (amount.unit, "{dose}")
    volume = own.unit == "mL" and convertible(amount.unit, "mL")
    if not pieces and not volume:
        return None
    value = convert(amount.value, amount.unit, "mL") if volume else amount.value
    return exposure.per_dose.high * value / own.high


def _in_liquid(item: Item, amount: Amount) -> Amount:
    """What is in so many mL by the concentration that the line says, where it is one; else as it is told."""
    options = item.dosage.options if item.dosage else ()
    known = {(each.amount, each.unit, each.per) for option in options for each in option.strengths if each.per}
    if len(known) != 1:
        return amount
    value, unit, per = next(iter(known))
    if per is None or not convertible(amount.unit, per[1]):
        return amount
    return Amount(convert(amount.value, amount.unit, per[1]) / per[0] * value, unit)


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
    if count is not None and count.unit == "{dose}" and count.high != 1:  # "2 qds": is one dose one of them, or both?
        raise UsageError(f"taken: '{said.text}': one dose of item {item.n} may be {count} or one of them; say which")
    several = {each.per_dose for each in item.exposures if each.substance == exposure.substance}
    if len(several) > 1 or not exposure.per_dose.single:
        raise UsageError(f"taken: '{said.text}': one dose of item {item.n} is not one amount; say how much was taken")
    return exposure.per_dose.high * said.amount.value
