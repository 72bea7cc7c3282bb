"""The age groups that limits are stated for, read from the ``population`` column: ``19-50 y``, ``>=51 y``, ``age >75``."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.records import record

ADULT_AGE_YEARS = 18
_BAND = re.compile(r"([0-9]{1,3})-([0-9]{1,3})y")
_FROM = re.compile(r"(>=|>)([0-9]{1,3})(y?)")


@record
class AgeGroup:
    """Ages in years from ``low`` (included, or above it where ``above``) to ``high`` (included, ``None``: open).

    ``general`` is true where the group is one of several that together are all adults, as upper intake levels are
    stated ("19-50 y" and ">=51 y"); false for a label's exception ("age >75", "age>=65 or <50 kg or renal").
    """

    low: int
    above: bool
    high: int | None
    general: bool

    def holds(self, age_years: Decimal | None) -> bool:
        """Whether a person of this age is in the group; with the age unknown, any adult may be in a general one."""
        if age_years is None:
            return self.general and self.low >= ADULT_AGE_YEARS
        enough = age_years > self.low if self.above else age_years >= self.low
        # "19-50 y" holds until the 51st birthday.
        return enough and (self.high is None or age_years < self.high + 1)


def age_group(population: str) -> AgeGroup | None:
    """The age group that a population is, or begins with; ``None`` where it names none."""
    words = population.lower().replace(" ", "")
    band = _BAND.fullmatch(words)
    if band:
        return AgeGroup(int(band[1]), False, int(band[2]), general=True)
    start = _FROM.match(words.removeprefix("age"))
    if start is None:
        return None
    return AgeGroup(int(start[2]), start[1] == ">", None, general=start[3] == "y" and not words.startswith("age"))
