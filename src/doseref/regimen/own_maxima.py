"""Stated maxima that cannot be followed beside the dose: each is told, and not applied."""

from __future__ import annotations

from doseref.dosage.rates import Rate
from doseref.items.model import Trouble
from doseref.quantities import DAY, Amount, Range
from doseref.regimen.caps import PIECES, Stated, below_longer_period, below_one_dose
from doseref.regimen.delivered import Delivered
from doseref.regimen.model import Exposure


def below_regular(capped: list[Exposure], regular: list[Exposure]) -> Trouble | None:
    """A stated maximum below what is taken so many times a day: the two cannot both be followed.

    An interval ("2 every 6 hours, no more than 6 in 24 hours", as labels write) is the least time between doses, and
    leaves the last word to the maximum. ``capped`` are the exposures under the item's own maxima, ``regular`` those
    without them.
    """
    caps = {_place(each): each.day_cap for each in capped if each.day_cap is not None and each.per.is_day}
    least: dict[tuple[str, str, int], Range] = {}
    for each in regular:
        if each.per.is_day and not each.prn and each.interval_hours is None and _place(each) in caps:
            known = least.get(_place(each))
            least[_place(each)] = each.amount if known is None else known + each.amount
    for place, amount in least.items():
        top = caps[place]
        if top is not None and top < amount.low:
            return Trouble(
                "contradictory-dosage",
                f"the stated maximum of {Amount(top, amount.unit)} in 24 hours is below what is taken regularly "
                f"({Amount(amount.low, amount.unit)} in 24 hours), so it was not applied",
                "ask which of the two is meant",
            )
    return None


def _place(each: Exposure) -> tuple[str, str, int]:
    return each.substance, each.route, each.phase


def told_below_one_dose(delivered: list[Delivered], own: Stated) -> Trouble | None:
    """A stated maximum that not even one dose keeps: told, and the doses are counted without it."""
    for stated in below_one_dose(delivered, own):
        maximum = Amount(stated.amount, stated.unit)
        return Trouble(
            "contradictory-dosage",
            f"the stated maximum of {maximum} is below one dose ({delivered[0].amount}), so it was not applied",
            "check the unit of the maximum and of the dose",
        )
    return None


def told_uncounted_pieces(delivered: list[Delivered], own: Stated) -> Trouble | None:
    """A stated maximum in tablets of a dose of which it is not known how many tablets it is: told, not applied."""
    counted = next((each for each in own.maxima if each.unit in PIECES), None)
    if counted is None or not delivered or any(each.units is not None for each in delivered):
        return None
    return Trouble(
        "unreadable-dosage",
        f"the stated maximum of {Amount(counted.amount, counted.unit)} was not applied: how much is in one is not said",
        "state the maximum in the unit of the dose",
    )


def told_below_longer_period(delivered: list[Delivered], own: Stated, often: Rate) -> Trouble | None:
    """A stated maximum of a week or month that so many doses a day, day after day, do not keep."""
    for stated in below_longer_period(delivered, own, often):
        return Trouble(
            "contradictory-dosage",
            f"the stated maximum of {Amount(stated.amount, stated.unit)} {(stated.per or DAY).words} is below what is "
            "taken day after day",
            "ask which of the two is meant",
        )
    return None
