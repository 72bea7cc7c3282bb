"""Before or after meals and at bedtime: the three meals of a day, and the bedtime.

Source: US label, metoclopramide tablets, section 2.2 "Dosage for diabetic gastroparesis": 10 mg four times daily is
given "30 minutes before each meal and at bedtime". Without the bedtime, and "with food", meals say nothing of how
often.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Phase, Times
from doseref.dosage.rates import rate
from doseref.records import replace

MEALS_A_DAY = Decimal(3)


def counting_meals(dosage: Dosage) -> Dosage:
    """The dosage whose doses before or after meals, beside one at bedtime, are three a day; others as they are."""
    if not any(_at_meals(option) for option in dosage.options):
        return dosage
    return replace(dosage, phases=tuple(_counted(phase, dosage) for phase in dosage.phases))


def _counted(phase: Phase, dosage: Dosage) -> Phase:
    beside = (each for other in dosage.phases if other.sequence == phase.sequence for each in other.options)
    if not any(option.when == ("HS",) and option.times is None for option in beside):
        return phase
    times = Times(MEALS_A_DAY, MEALS_A_DAY, Decimal(1), "d")
    options = tuple(replace(each, times=times) if _at_meals(each) else each for each in phase.options)
    return replace(phase, options=options)


def _at_meals(option: Option) -> bool:
    """Whether meals in general are all that is said of when and how often it is taken."""
    return option.when in (("AC",), ("PC",)) and rate(option) is None
