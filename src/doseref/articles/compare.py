"""Statement against statement, substance by substance: what agrees, what is compatible, what is in conflict.

Two ranges agree when they are equal, are compatible when one lies inside the other, and are in conflict when they
overlap in part or not at all. Whoever says nothing about an attribute is compatible with everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from doseref.articles.answered import unanswered
from doseref.articles.attributes import classes, durations, maxima, routes, side_effects, timings
from doseref.articles.banded import band_by_band
from doseref.articles.canonical import canonical, only_sold_freely, without_setting
from doseref.articles.settled import settled
from doseref.articles.slips import slipped
from doseref.articles.spaced import spacings
from doseref.articles.values import (
    Attribute,
    Clash,
    Value,
    at_figure,
    base_figures,
    compare_ranges,
    pairs,
    relation_of,
    slip_of,
    use_of,
)
from doseref.articles.views import PER_YEAR, View, opens, views
from doseref.errors import QuantityError
from doseref.quantities import Range
from doseref.records import record
from doseref.refdata import Reference
from doseref.statements import StatedMaximum, Statement

_NEARLY = Decimal("0.05")
"""Two amounts over a year this close are one: weeks and months are no whole number of days."""
_CALENDAR = Decimal("1.1")
"""A week-based and a month-based frequency this close are the same in words ("every 4 weeks", "monthly")."""


@record
class Group:
    """All that is said about one substance."""

    substance: str
    statements: tuple[Statement, ...]
    attributes: tuple[Attribute, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that speak of it, sorted."""
        return tuple(sorted({statement.source for statement in self.statements}))

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, ``None`` where nobody states it."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """``{"substance", "sources", "attributes"}``."""
        return {
            "substance": self.substance,
            "sources": list(self.sources),
            "attributes": [attribute.to_json() for attribute in self.attributes],
        }


def compare(statements: Iterable[Statement], reference: Reference) -> tuple[Group, ...]:
    """The groups of all substances that the statements speak of, by name."""
    by_name: dict[str, list[Statement]] = {}
    for statement in statements:
        for name in dict.fromkeys(statement.substances):
            by_name.setdefault(name, []).append(statement)
    return tuple(_group(name, by_name[name], reference) for name in sorted(by_name, key=str.lower))


def _group(substance: str, statements: Sequence[Statement], reference: Reference) -> Group:
    statements = tuple(map(canonical, statements))
    identity = reference.substance_ids.get(substance, "")
    if only_sold_freely(identity, reference):
        statements = tuple(map(without_setting, statements))
    known = reference.substances.get(identity)
    usual = known.usual_route if known else ""
    seen = [
        view
        for statement in settled(tuple(map(canonical, band_by_band(statements))))
        for view in views(statement, substance)
    ]
    compared = unanswered(pairs(seen, usual), lambda a, b: _differ(a, b, substance, reference))
    compared = [(a, b) for a, b in compared if not _comes_to_the_same(a, b)]
    found = [
        maxima(substance, statements, usual, lambda amount, unit: in_unit(amount, unit, substance, reference)),
        _ranges("dose", seen, compared, substance, reference, _dose_of, pairwise=_start_or_span, usual=usual),
        _frequency(seen, compared),
        spacings(statements),
        _ranges(
            "daily",
            seen,
            compared,
            substance,
            reference,
            lambda view: view.daily,
            pairwise=_both_capped,
        ),
        _ranges("target", seen, compared, substance, reference, lambda view: view.target),
        durations(seen, compared),
        routes(statements, seen),
        timings(statements),
        classes(statements, known.classes if known else (), reference),
        side_effects(statements),
    ]
    return Group(substance, tuple(statements), tuple(each for each in found if each is not None))


def in_unit(amount: Range, unit: str, substance: str, reference: Reference) -> Range | None:
    """``amount`` in ``unit``, by the substance's own factor where units do not meet by themselves;
    ``None`` without one.
    """
    try:
        return amount.to(unit)
    except QuantityError:
        factor = reference.factor(reference.substance_ids.get(substance, ""), amount.unit, unit)
        if factor is None:
            return None
        return Range(amount.low * factor[0] / factor[1], amount.high * factor[0] / factor[1], unit)


def _dose_of(view: View) -> Range | None:
    return view.start_dose if view.titrated else view.dose


def _start_or_span(a: View, b: View) -> tuple[Range | None, Range | None]:
    """Doses to compare: two titrations by their starts, a titration and a fixed dose by its whole span."""
    if opens(a, b):
        return a.dose, b.first_dose
    if opens(b, a):
        return a.first_dose, b.dose
    if a.titrated == b.titrated:
        return _dose_of(a), _dose_of(b)
    return a.dose, b.dose


def _ranges(
    name: str,
    seen: Sequence[View],
    compared: Sequence[tuple[View, View]],
    substance: str,
    reference: Reference,
    pick: Callable[[View], Range | None],
    pairwise: Callable[[View, View], tuple[Range | None, Range | None]] | None = None,
    usual: str = "",
) -> Attribute | None:
    """An attribute that is an amount; ``compared`` are the views that can contradict each other."""
    values = {id(view): amount_value(view, amount, name) for view in seen if (amount := pick(view))}
    if not values:
        return None
    clashes: list[Clash] = []
    for a, b in compared:
        first, second = pairwise(a, b) if pairwise else (pick(a), pick(b))
        if first is None or second is None or id(a) not in values or id(b) not in values:
            continue
        same = in_unit(second, first.unit, substance, reference)
        if same is None:
            continue
        relation, apart = compare_ranges(first, same)
        if relation == "conflict":
            clashes.append(Clash(values[id(a)], values[id(b)], apart, slip_of(first, same)))
    if name == "dose":
        known = {(id(clash.a), id(clash.b)) for clash in clashes}
        sides = ((values[id(a)], values[id(b)]) for a, b in slipped(seen, usual) if id(a) in values and id(b) in values)
        clashes += [Clash(one, other, True, 1000) for one, other in sides if (id(one), id(other)) not in known]
    listed = tuple(values.values())
    total = len({view.statement.id for view in seen})
    return Attribute(name, relation_of(listed, clashes, total, _amount_key), listed, tuple(clashes))


def _amount_key(value: Value) -> object:
    return base_figures(value) or value.text


def amount_value(view: View, amount: Range, name: str) -> Value:
    """The value that an amount is, in the words of its attribute."""
    text = str(amount)
    if name in ("daily", "target"):
        text += "/day"
    own = at_figure(view.statement, amount.low) if name == "dose" else view.statement
    return Value(own, text, amount.low, amount.high, amount.unit, use_of(view))


def _frequency(seen: Sequence[View], compared: Sequence[tuple[View, View]]) -> Attribute | None:
    values = {
        id(view): Value(view.statement, view.times_text, *_per_day_or_year(view.times), use_of(view))
        for view in seen
        if view.times
    }
    if not values:
        return None
    clashes: list[Clash] = []
    for a, b in compared:
        if _as_often(a, b):
            continue
        for each in (a, b):
            values.setdefault(id(each), Value(each.statement, "every day", Decimal(1), None, "/d", use_of(each)))
        apart = a.times is None or b.times is None or compare_ranges(a.times, b.times)[1]
        clashes.append(Clash(values[id(a)], values[id(b)], apart))
    listed = tuple(values.values())
    total = len({view.statement.id for view in seen})
    return Attribute(
        "frequency", relation_of(listed, clashes, total, lambda value: (value.low, value.high)), listed, tuple(clashes)
    )


def _as_often(a: View, b: View) -> bool:
    """Whether two views do not contradict each other in how often it is taken."""
    if a.times is None or b.times is None:
        return not (_daily_for_weekly(a, b) or _daily_for_weekly(b, a))
    if compare_ranges(a.times, b.times)[0] != "conflict":
        return True
    return _same_in_words(a.times, b.times) or _same_day(a, b)


def _every_day(view: View) -> bool:
    """Whether it is an amount of each day, whose split is open ("7.5 mg every day")."""
    return view.times is None and view.daily is not None and view.period is None and not view.titrated


def _seldom(view: View) -> bool:
    """Whether it is taken once a week or more seldom."""
    return view.times is not None and view.times.high <= _CALENDAR * PER_YEAR["wk"]


def _daily_for_weekly(daily: View, seldom: View) -> bool:
    """Whether one takes every day what the other takes once a week or more seldom: 7.5 mg of methotrexate."""
    amounts = daily.daily, seldom.dose
    return _every_day(daily) and _seldom(seldom) and amounts[0] == amounts[1]


def _comes_to_the_same(a: View, b: View) -> bool:
    """Whether a dose for each day and one for a week or longer come to the same amount: two ways of taking one drug
    ("10 mg once a day", "70 mg once a week").
    """
    for daily, seldom in ((a, b), (b, a)):
        each_day = (
            daily.daily
            if _every_day(daily)
            else daily.dose
            if daily.times and daily.times.low >= PER_YEAR["d"]
            else None
        )
        if each_day is None or seldom.dose is None or not _seldom(seldom) or each_day.unit != seldom.dose.unit:
            continue
        times = Decimal(1) if daily.times is None else daily.times.low / PER_YEAR["d"]
        over_a_year = each_day.low * times * PER_YEAR["d"]
        if seldom.times and over_a_year and abs(seldom.dose.low * seldom.times.low / over_a_year - 1) < _NEARLY:
            return True
    return False


def _differ(a: View, b: View, substance: str, reference: Reference) -> bool:
    """Whether two views contradict each other in the dose, in how often it is taken or in the amount of a day."""
    if not _as_often(a, b):
        return True
    for first, second in (_start_or_span(a, b), _both_capped(a, b)):
        same = in_unit(second, first.unit, substance, reference) if first and second else None
        if first and same and compare_ranges(first, same)[0] == "conflict":
            return True
    return False


def _same_day(a: View, b: View) -> bool:
    """Whether the amount of a day is the same or one inside the other:
    the day is then split otherwise, which contradicts nothing.
    """
    ours, theirs = _both_capped(a, b)
    if ours is None or theirs is None or ours.unit != theirs.unit or a.dose is None or b.dose is None:
        return False
    return compare_ranges(ours, theirs)[0] != "conflict"


def _both_capped(a: View, b: View) -> tuple[Range | None, Range | None]:
    """The amounts of a day of two statements, each no higher than its own maximum.

    Where one of them is above its maximum altogether, that is told by itself (A201), and neither is cut.
    """
    days = [view.daily for view in (a, b) if view.daily is not None]
    most = [_most(view) for view in (a, b)]
    if len(days) < 2 or any(limit < day.low for day, limits in zip(days, most, strict=True) for limit in limits):
        return a.daily, b.daily
    cut = [Range(day.low, min([day.high, *limits]), day.unit) for day, limits in zip(days, most, strict=True)]
    return cut[0], cut[1]


def _most(view: View) -> list[Decimal]:
    """The most of a day that a statement allows, in the unit of its amount a day."""
    return [
        amount.high
        for each in view.statement.maximum
        if view.daily and each.per and each.per.hours() == 24 and (amount := _as(each, view.daily.unit))
    ]


def _as(stated: StatedMaximum, unit: str) -> Range | None:
    try:
        return Range.of(stated.amount, stated.unit).to(unit)
    except QuantityError:
        return None


def _per_day_or_year(times: Range) -> tuple[Decimal, Decimal, str]:
    """Administrations per day, or for rarer ones per year."""
    if times.low >= PER_YEAR["d"]:
        return times.low / PER_YEAR["d"], times.high / PER_YEAR["d"], "/d"
    return _short(times.low), _short(times.high), "/a"


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")).normalize()


def _same_in_words(a: Range, b: Range) -> bool:
    low, high = min(a.low, b.low), max(a.high, b.high)
    return low > 0 and high / low <= _CALENDAR and high < PER_YEAR["wk"]
