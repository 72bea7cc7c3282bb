"""Where a rising dose arrives: at its titration target, or at the end of its steps.
A phase of its own, open to the end.
"""

from __future__ import annotations

from doseref.dosage.model import Dosage, Option, Phase, Strength, Target, Times
from doseref.quantities import Range
from doseref.records import replace
from doseref.regimen.calendar import PhaseDays

_AFTER = 2
"""The first day on which the goal can have been reached: not on the day it begins."""


def goal(dosage: Dosage) -> tuple[Phase, PhaseDays] | None:
    """The phase at the titration target, or at the top of rising steps;
    ``None`` where neither has an end that is stated.
    """
    if not dosage.phases:
        return None
    last = dosage.phases[-1]
    sequence = max(phase.sequence for phase in dosage.phases) + 1
    if dosage.target is not None:
        options = tuple(_at_target(option, dosage.target) for option in last.options)
        return Phase(sequence, options), PhaseDays("at the titration target", _AFTER, None, None, None)
    ends = [phase.step.to for phase in dosage.phases if phase.step is not None and phase.step.to is not None]
    if ends:
        options = tuple(_taking(option, ends[-1], option.per_day, None) for option in last.options)
    else:
        daily = [stated for stated in dosage.maximum if stated.per is not None and stated.per.is_day]
        if not daily or daily[0].unit == "{dose}":
            return None
        top = Range.of(daily[0].amount, daily[0].unit)
        options = tuple(_taking(option, top, True, None) for option in last.options)
    return Phase(sequence, options), PhaseDays("at the top of the steps", _AFTER, None, None, None)


def _at_target(option: Option, target: Target) -> Option:
    return _taking(option, Range(target.low, target.high, target.unit), target.per_day, target.times)


def _taking(option: Option, amount: Range, per_day: bool, times: Times | None) -> Option:
    """The option with another amount, a count of units or a dose; and how often, where that is stated anew."""
    taken = replace(option, per_day=per_day, duration=None, doses_total=None)
    if times is not None:
        taken = replace(taken, times=times, every=None, at=(), when=(), days=())
    if not amount.unit.startswith("{"):
        strengths = tuple(strength for strength in option.strengths if strength.per is not None)
        return replace(taken, dose=amount, count=None, strengths=strengths)
    strengths = option.strengths
    dose = option.dose
    named = "{" + (option.form or "") + "}"
    if not strengths and dose is not None and dose.single and option.count is None and named == amount.unit:
        strengths = (Strength(dose.low, dose.unit),)  # "300 mg capsule": what one of them holds
    return replace(taken, dose=None, count=amount, strengths=strengths)
