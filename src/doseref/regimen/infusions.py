"""A continuous infusion: what a rate per hour gives in 24 hours."""

from __future__ import annotations

from doseref.dosage.model import Option
from doseref.quantities import Range
from doseref.records import replace
from doseref.regimen.delivered import Delivered

_HOURS = 24
_ROUTES = frozenset(("intravenous", "subcutaneous", "epidural", "intrathecal", "enteral"))
_TOTALLED = frozenset(("mg/h", "g/h", "ug/h", "mL/h", "[IU]/h", "meq/h"))


def by_the_day(option: Option) -> Option:
    """The option as the total of a day where it runs all day at a rate; the option itself for all else.

    "2 mg/h infusion", "5 mL/h IV": only where it is called an infusion or goes into a vein or under the skin, and
    nothing says how often or for how many hours. A patch has a rate too, and is not one.
    """
    if (worn := _worn(option)) is not None:
        return worn
    dose = option.dose
    if dose is None or dose.unit not in _TOTALLED or option.form == "patch" or option.prn or option.count is not None:
        return option
    if option.form != "infusion" and option.route not in _ROUTES:
        return option
    length = option.duration
    timed = (
        option.times or option.every or option.when or option.at or option.days or option.doses_total or option.cycle
    )
    if timed or (length is not None and length.unit in ("s", "min", "h")):
        return option
    whole = Range(dose.low * _HOURS, dose.high * _HOURS, dose.unit.removesuffix("/h"))
    return replace(option, dose=whole, per_day=True)


def _worn(option: Option) -> Option | None:
    """The option as the total of a day where a rate runs for some hours of each: "0.4 mg/h patch, 12 hours on, 12 hours
    off"; ``None`` for all else.
    """
    cycle = option.cycle
    if cycle is None or option.prn:
        return None
    rate = _rate(option)
    if rate is None or rate.unit not in _TOTALLED:
        return None
    if cycle.unit != "h" or cycle.on + cycle.off != _HOURS or option.days or not _once_a_day(option):
        return None
    whole = Range(rate.low * cycle.on, rate.high * cycle.on, rate.unit.removesuffix("/h"))
    return replace(option, dose=whole, count=None, strengths=(), per_day=True)


def _once_a_day(option: Option) -> bool:
    """Whether it is put on once a day, or how often is not said: the hours on and off say it."""
    times, every = option.times, option.every
    whole = {"d": 1, "h": _HOURS}
    return (times is None or times.low == times.high == times.period == 1) and (
        every is None or every.low == every.high == whole.get(every.unit)
    )


def _rate(option: Option) -> Range | None:
    """The dose as a rate, or that of so many patches: of one, where only what it releases is said."""
    if option.dose is not None or len(option.strengths) != 1:
        return option.dose if option.count is None else None
    one, count = option.strengths[0], option.count or Range.of(1, "{patch}")
    return count.map(lambda value: value * one.amount, one.unit) if one.per is None else None


def worked(found: list[Delivered], option: Option, whole: Option) -> list[Delivered]:
    """The amounts with the rate and the hours in their working: "2 mg/h × 24 h"."""
    if whole is option:
        return found
    hours = option.cycle.on if option.cycle is not None and option.cycle.unit == "h" else _HOURS
    told = f"{_rate(option)} × {hours} h"
    return [replace(each, working=each.working.replace(str(whole.dose), told, 1)) for each in found]
