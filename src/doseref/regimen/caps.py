"""The item's own stated maxima, in the unit and for the period of the exposure they cut."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from doseref.dosage.model import Maximum, Option
from doseref.dosage.rates import Rate, period_hours, rate
from doseref.names import names
from doseref.quantities import DAY, Amount, Period, Range, portion, printed
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.regimen.delivered import Delivered
from doseref.regimen.strengths import marketed
from doseref.units import UNITS, convert, convertible
from doseref.units import printed as unit_word


@record
class Stated:
    """An item's own maxima and what it takes to apply them.

    ``sole``: the item has one ingredient; ``weighed``: its dose is worked out from the body weight; ``data`` knows the
    names that a maximum may give an ingredient (APAP). ``together``: what one administration delivers of each
    ingredient.
    """

    maxima: tuple[Maximum, ...]
    data: Reference
    sole: bool
    weighed: bool = False
    together: tuple[Delivered, ...] = ()


@record
class Cap:
    """Cut at ``low``..``high`` (in the exposure's unit, per its period); ``words`` says which maximum does it.

    The ends differ where a maximum counts doses and the dose is a range: four doses of 500 to 1,000 mg are 2 to 4 g.
    """

    low: Decimal
    high: Decimal
    words: str


def cap(each: Delivered, own: Stated, per: Period) -> Cap | None:
    """The lowest stated maximum that bounds this ingredient in a period ``per``; ``None`` where none does.

    A maximum of a longer period bounds every part of it ("3 doses a week": no day holds more); one of a shorter period
    counts as often as it begins anew ("2 tablets in 8 hours": 6 in a day). A maximum without an ingredient bounds every
    ingredient when it counts units or doses; as an amount it bounds only an item of one ingredient.
    One that is below a single dose is a contradiction and bounds nothing (see :func:`below_one_dose`), unless the dose
    is worked out from the body weight.
    """
    found: list[Cap] = []
    for stated in own.maxima:
        bound = _in_unit(stated, each, own)
        if stated.per is None or bound is None or (bound.high < each.amount.low and not own.weighed):
            continue
        often = _periods(stated.per, per)
        words = f"own maximum {printed(stated.amount)} {unit_word(stated.unit, plural=stated.amount != 1)}"
        if stated.substance and not _about(stated.substance, each.part.substance, each.part.as_named, own.data):
            words += f" of {stated.substance}"
        if stated.per.usual() != per.usual() or not stated.per.is_day:
            words += f" per {stated.per}"
        found.append(Cap(bound.low * often, bound.high * often, words))
    return min(found, key=lambda each: each.high, default=None)


def of_weight(stated: Maximum, weight_kg: Decimal | None) -> Maximum:
    """A maximum per kilogram as that of so many kilograms; any other as it is."""
    if weight_kg is None or not stated.unit.endswith("/kg"):
        return stated
    return replace(stated, amount=stated.amount * weight_kg, unit=stated.unit.removesuffix("/kg"))


def one_dose(delivered: list[Delivered], option: Option, own: Stated) -> list[Delivered]:
    """The amounts cut at a maximum per single dose ("10 mg/kg, at most 500 mg a dose").

    An amount of a whole day is cut at so many doses as the day has, and not at all where that is not said.
    """
    doses = Decimal(1)
    if option.per_day:
        often = rate(replace(option, per_day=False))
        if often is None or not often.per.is_day:
            return delivered
        doses = often.high
    return [_cut(each, own, doses) for each in delivered]


PIECES = frozenset(("{tablet}", "{capsule}"))
"""What a maximum may count of a dose that is told in mg."""


def in_pieces(delivered: list[Delivered], option: Option, own: Stated) -> list[Delivered]:
    """The amounts with the tablets that they are, where a maximum counts these and the dose is told in mg alone.

    One tablet holds the stated strength; without one it is the dose itself where tablets of so much are marketed, or
    nothing is known of them: "10 mg, may repeat, at most 3 tablets in 24 hours".
    """
    if len(delivered) != 1 or option.count is not None or not any(each.unit in PIECES for each in own.maxima):
        return delivered
    each = delivered[0]
    dose, strengths = option.dose, [one for one in option.strengths if one.per is None and one.unit != "%"]
    if each.units is not None or dose is None or option.per_day:
        return delivered
    if len(strengths) == 1 and convertible(strengths[0].unit, dose.unit):
        piece = convert(strengths[0].amount, strengths[0].unit, dose.unit)
    else:
        known = [one for one in marketed(each.part.substance, own.data) if convertible(one.unit, dose.unit)]
        if strengths or (known and not any(convert(one.amount, one.unit, dose.unit) == dose.high for one in known)):
            return delivered
        piece = dose.high
    if not piece or dose.low / piece * piece != dose.low or dose.high / piece * piece != dose.high:
        return delivered
    return [replace(each, units=dose.map(lambda value: value / piece, "{tablet}"))]


def _cut(each: Delivered, own: Stated, doses: Decimal) -> Delivered:
    bounds = [_in_unit(stated, each, own) for stated in own.maxima if stated.per is None and stated.unit != "{dose}"]
    top = min((bound.high * doses for bound in bounds if bound is not None), default=None)
    if top is None or top >= each.amount.high or (top < each.amount.low and not own.weighed):
        return each
    words = f"{each.working}, at most {Amount(top / doses, each.amount.unit)} a dose"
    return replace(each, amount=each.amount.capped(top), working=words)


def below_one_dose(delivered: list[Delivered], own: Stated) -> Iterator[Maximum]:
    """The stated maxima that not even one dose keeps: contradictions, to be told and never obeyed."""
    if own.weighed:
        return
    for stated in own.maxima:
        bounds = [(each, _in_unit(stated, each, own)) for each in delivered]
        if any(bound is not None and bound.high < each.amount.low for each, bound in bounds):
            yield stated


def below_longer_period(delivered: list[Delivered], own: Stated, often: Rate) -> Iterator[Maximum]:
    """The stated maxima of a week or month that the regular doses do not keep: "daily, max 2 a week"."""
    for stated in () if own.weighed else own.maxima:
        if stated.per is None or stated.per.is_day:
            continue
        shortest, _ = period_hours(stated.per.value, stated.per.unit)
        periods = int(shortest / period_hours(often.per.value, often.per.unit)[1])
        bounds = [(each, _in_unit(stated, each, own)) for each in delivered]
        if any(bound is not None and bound.high < each.amount.low * often.low * periods for each, bound in bounds):
            yield stated


def unit_cap(delivered: list[Delivered], own: Stated) -> Decimal | None:
    """Most product units in 24 hours by the item's own maxima; ``None`` where none bounds them."""
    found: list[Decimal] = []
    for each in delivered:
        limited = cap(each, own, DAY)
        if limited is not None and each.units is not None and each.amount.high:
            found.append(portion(limited.high, each.units.high, each.amount.high))
    return min(found, default=None)


def _periods(stated: Period, per: Period) -> int:
    """How many periods of a maximum it takes to cover one period of the exposure;
    one where it is the longer of them.
    """
    if stated.usual() == per.usual() or stated.value <= 0:
        return 1
    return max(1, ceil(period_hours(per.value, per.unit)[1] / period_hours(stated.value, stated.unit)[0]))


def _in_unit(stated: Maximum, each: Delivered, own: Stated) -> Range | None:
    """A maximum as an amount of this ingredient per its own period; ``None`` where it says nothing about it."""
    if stated.substance and not _about(stated.substance, each.part.substance, each.part.as_named, own.data):
        return _of_companion(stated, each, own)
    unit = each.amount.unit
    if convertible(stated.unit, unit):
        if not (stated.substance or own.sole):
            return None
        value = convert(stated.amount, stated.unit, unit)
        return Range(value, value, unit)
    if stated.unit == "{dose}":  # "max 4 doses": four administrations, however many tablets each is
        return each.amount.scaled(stated.amount)
    volume = each.units if each.units is not None and each.units.unit not in ("", "{dose}") else None
    if volume is not None and volume.high and stated.unit in UNITS and convertible(stated.unit, volume.unit):
        value = portion(convert(stated.amount, stated.unit, volume.unit), each.amount.high, volume.high)
        return Range(value, value, unit)  # "max 60 mL in 24 hours" of so many mL
    if stated.unit.startswith("{") and each.units is not None and each.units.high:
        value = portion(stated.amount, each.amount.high, each.units.high)
        return Range(value, value, unit)
    return None


def _of_companion(stated: Maximum, each: Delivered, own: Stated) -> Range | None:
    """What a maximum of another ingredient of the same tablet leaves of this one: eight tablets of "5/325" where at
    most 2.6 g of the acetaminophen are taken.
    """
    for other in own.together:
        if not _about(stated.substance or "", other.part.substance, other.part.as_named, own.data):
            continue
        fixed = other.amount.high * each.amount.low == other.amount.low * each.amount.high
        if not fixed or not other.amount.high or not convertible(stated.unit, other.amount.unit):
            return None
        top = convert(stated.amount, stated.unit, other.amount.unit)
        value = portion(top, each.amount.high, other.amount.high)
        return Range(value, value, each.amount.unit)
    return None


def _about(written: str, substance: str, as_named: str, data: Reference) -> bool:
    """Whether a maximum that names an ingredient as ``written`` is about this one:
    by any name of it, or the head of one.
    """
    entry = names(data).lookup(written)
    if entry is not None and entry.substance:
        return entry.substance == substance
    word = written.lower()
    return any(
        name == word or (name.startswith(word) and not name[len(word)].isalpha())
        for name in (substance, substance.replace("-", " "), as_named.lower())
    )
