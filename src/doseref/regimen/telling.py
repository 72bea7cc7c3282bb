"""In which unit an amount is told to a person: as it was written, whatever it is added up in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.units import convert

_FROM_MG = Decimal(1000)
"""From so many micrograms on an amount is told in mg, where its limits are in mg."""


def told_unit(written: Iterable[str], unit: str, most: Decimal) -> str:
    """The unit in which amounts up to ``most`` of ``unit`` are told.

    All that is added up in one unit was written in mg or mcg: where everybody wrote the other one, that is told, but for
    1,000 mcg and more of what is limited in mg. Nothing else is turned: 0.5 g are 500 mg.
    """
    kinds = set(written)
    if len(kinds) != 1:
        return unit
    (one,) = kinds
    if (one, unit) == ("mg", "ug") or ((one, unit) == ("ug", "mg") and convert(most, unit, one) < _FROM_MG):
        return one
    return unit
