"""Doses that are exactly 1,000 times apart: micrograms for milligrams, whatever else sets the two places apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doseref import units
from doseref.articles.values import slip_of
from doseref.articles.views import View
from doseref.errors import QuantityError

_THOUSAND = 1000
_NO_DOSE = ("infusion", "toxic threshold")


def slipped(seen: Sequence[View], usual: str) -> Iterator[tuple[View, View]]:
    """The pairs of views by one route whose doses are exactly 1,000 times apart, though they may be for other people or
    another use: hardly two doses of a drug are, and the unit of one may have slipped.
    """
    dosed = [view for view in seen if view.dose is not None and _is_mass(view.dose.unit)]
    for position, a in enumerate(dosed):
        for b in dosed[position + 1 :]:
            if a.statement.id == b.statement.id or a.combination != b.combination:
                continue
            if (a.route or usual) == (b.route or usual) and _thousand(a, b):
                yield a, b


def _is_mass(unit: str) -> bool:
    return units.convertible(unit, "mg") or units.convertible(unit, "mg/kg")


def _thousand(a: View, b: View) -> bool:
    """Whether the doses of two views are that far apart; a rate that is set to effect is no dose."""
    if a.dose is None or b.dose is None or any(each.statement.context.purpose in _NO_DOSE for each in (a, b)):
        return False
    try:
        return slip_of(a.dose, b.dose.to(a.dose.unit)) == _THOUSAND
    except QuantityError:
        return False
