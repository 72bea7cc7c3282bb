"""How often something is taken in any 24 hours: one rule for every way of saying a rate.

Everything that multiplies by a frequency asks :func:`rate`. Ratios are exact (:class:`fractions.Fraction`), so that
"every 360 minutes" is the very "every 6 hours", however the period is written.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from doseref.dosage.model import Option
from doseref.dosage.occasions import occasions
from doseref.quantities import DAY, ONE, Period
from doseref.records import record, replace

_DAY_HOURS = 24
_WEEK = Period(ONE, "wk")
_HOURS = {"mo": (28 * 24, 31 * 24), "a": (365 * 24, 366 * 24)}
"""Fewest and most hours of a month and a year: only for how many administrations can fall into one day."""


@record
class Rate:
    """Administrations per ``per`` (fewest, most), and how many fall into 24 hours on a day on which it is taken.

    ``day_low``..``day_high`` equal ``low``..``high`` where ``per`` is a day. ``once`` is a single administration and no
    rate.
    """

    low: Decimal
    high: Decimal
    per: Period
    day_low: Decimal
    day_high: Decimal
    once: bool = False


@lru_cache(maxsize=4096)
def rate(option: Option) -> Rate | None:
    """How often ``option`` is taken; ``None`` where the text does not say, or says something no rate can be made of.

    A total per day is one. Stated times come before an interval, an interval before times of day. A rate that comes to
    a whole number of administrations each day ("28 times a week", "8 per 48 hours") is one of a day; any other longer
    period stays what it is, since its sum is compared with limits of that period.
    """
    if option.per_day:
        return _daily(ONE, ONE)
    if option.days:
        return _on_weekdays(option)
    if option.times is not None:
        times = option.times
        found = _spread(times.low, times.high, times.period, times.period_high or times.period, times.unit)
    elif option.every is not None:
        found = _spread(ONE, ONE, option.every.low, option.every.high, option.every.unit)
    else:
        named = occasions(option.at, option.when)
        found = _daily(Decimal(named[0]), Decimal(named[1])) if named else None
        if found is None and option.doses_total is not None and option.doses_total.high == 1:
            low, high = option.doses_total.low, option.doses_total.high
            return Rate(low, high, DAY, low, high, once=True)
    return _bounded(found, option) if found is not None else None


def same_rate(one: Option, other: Option) -> bool | None:
    """Whether two options are taken equally often (every 8 hours is three times a day);
    ``None`` where one does not say.
    """
    first, second = rate(replace(one, per_day=False)), rate(replace(other, per_day=False))
    if first is None or second is None:
        return None
    return (first.low, first.high, first.per) == (second.low, second.high, second.per)


@lru_cache(maxsize=4096)
def in_any_day(
    low: Decimal, high: Decimal, shortest_hours: Fraction, longest_hours: Fraction
) -> tuple[Decimal, Decimal]:
    """Fewest and most administrations in any 24 hours, of ``low``..``high`` spread evenly over a period of so many
    hours.

    "Every n hours" is one in n hours: floor(24/n) to ceil(24/n). Both periods must be above zero.
    """
    return (
        Decimal(floor(Fraction(low) * _DAY_HOURS / longest_hours)),
        Decimal(ceil(Fraction(high) * _DAY_HOURS / shortest_hours)),
    )


@lru_cache(maxsize=4096)
def period_hours(value: Decimal, unit: str) -> tuple[Fraction, Fraction]:
    """Fewest and most hours of a length of time; they differ for months and years only."""
    hours = Period(value, unit).exact_hours()
    if hours is not None:
        return hours, hours
    least, most = _HOURS[unit]
    return Fraction(value) * least, Fraction(value) * most


def _daily(low: Decimal, high: Decimal) -> Rate:
    return Rate(low, high, DAY, low, high)


def _spread(low: Decimal, high: Decimal, period: Decimal, period_high: Decimal, unit: str) -> Rate | None:
    """``low``..``high`` administrations per ``period``..``period_high``, spread evenly."""
    if period <= 0 or period_high < period:
        return None
    shortest, longest = period_hours(period, unit)[0], period_hours(period_high, unit)[1]
    if shortest == longest == _DAY_HOURS:
        return _daily(low, high)
    fewest, most = in_any_day(low, high, shortest, longest)
    if longest <= _DAY_HOURS or _whole(low, high, shortest, longest):
        return _daily(fewest, most)
    return Rate(
        low * period / period_high,
        high,
        Period(period, unit).usual(),
        max(fewest, ONE) if low else low,
        max(most, ONE) if high else high,
    )


def _whole(low: Decimal, high: Decimal, shortest: Fraction, longest: Fraction) -> bool:
    """Whether both ends come to a whole number of administrations each day, one at least."""
    if shortest != longest:
        return False
    each = [Fraction(count) * _DAY_HOURS / shortest for count in (low, high)]
    return all(count >= 1 and count.denominator == 1 for count in each)


def _on_weekdays(option: Option) -> Rate:
    """Named weekdays: the rate of such a day, as often as there are days; all seven are every day."""
    count = Decimal(len(option.days))
    base = rate(replace(option, days=(), doses_total=None)) or _daily(ONE, ONE)
    if base.per == _WEEK:  # "10 times a week, Monday to Friday": two on each of them
        low, high = in_any_day(base.low, base.high, Fraction(count * 24), Fraction(count * 24))
        day_low, day_high = max(low, ONE), max(high, ONE)
        return Rate(max(base.low, count), max(base.high, count), _WEEK, day_low, day_high)
    if not base.per.is_day:
        hours = base.per.exact_hours()
        if hours is not None and hours > 7 * _DAY_HOURS:  # "every 2 weeks on Monday"
            return replace(base, low=max(base.low, count), high=max(base.high, count))
        base = _daily(base.day_low, base.day_high)
    on_a_day = base.low, base.high
    total = option.doses_total
    if total is not None and option.every is not None:
        # "every 12 hours for 3 doses on Mondays": the three doses of each Monday
        base = replace(base, low=total.low, high=total.high)
        on_a_day = min(on_a_day[0], total.low), min(on_a_day[1], total.high)
    if len(set(option.days)) == 7:
        return _daily(*on_a_day)
    return Rate(base.low * count, base.high * count, _WEEK, *on_a_day)


def _bounded(found: Rate, option: Option) -> Rate:
    """No more administrations in a day than there are in all."""
    total = option.doses_total
    if total is None:
        return found
    day = min(found.day_low, total.low), min(found.day_high, total.high)
    if found.per.is_day:
        return _daily(*day)
    return replace(found, day_low=day[0], day_high=day[1])
