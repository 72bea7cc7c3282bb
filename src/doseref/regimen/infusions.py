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


def worked(found: list[Delivered], option: Option, whole: Option) -> list[Delivered]:
    """The amounts with the rate and the hours in their working: "2 mg/h × 24 h"."""
    if whole is option:
        return found
    told = f"{option.dose} × {_HOURS} h"
    return [replace(each, working=each.working.replace(str(whole.dose), told, 1)) for each in found]
