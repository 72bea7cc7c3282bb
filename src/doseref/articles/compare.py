"""Statement against statement, substance by substance: what agrees, what is compatible, what is in conflict.

Two ranges agree when they are equal, are compatible when one lies inside the other, and are in conflict when they
overlap in part or not at all. Whoever says nothing about an attribute is compatible with everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from doseref import units
from doseref.articles.views import PER_YEAR, View, same_use, views
from doseref.errors import QuantityError
from doseref.quantities import Range, json_number
from doseref.records import record
from doseref.refdata import Reference
from doseref.statements import Statement

Relation = Literal["agree", "compatible", "conflict"]
_CALENDAR = Decimal("1.1")
"""A week-based and a month-based frequency this close are the same in words ("every 4 weeks", "monthly")."""


@record
class Value:
    """What one statement says about one attribute; ``text`` is for people, the figures for machines."""

    statement: Statement
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    use: str = ""
    """The use it holds for, where a statement speaks of several ("intramuscular", "ER")."""

    def to_json(self) -> dict[str, Any]:
        """One object of ``values`` in ``doseref.reconcile/1``."""
        return {
            "source": self.statement.source,
            "statement": self.statement.id,
            "line": self.statement.line,
            "text": self.text,
            "low": None if self.low is None else json_number(self.low),
            "high": None if self.high is None else json_number(self.high),
            "unit": self.unit,
        }


@record
class Clash:
    """Two values that contradict each other."""

    a: Value
    b: Value
    disjoint: bool = True
    """False where the ranges overlap in part."""
    slip: int = 0
    """1000 or 10 where one figure is exactly that many times the other: the unit or the decimal point may have slipped."""

    @property
    def pair(self) -> frozenset[str]:
        """The ids of the two statements."""
        return frozenset((self.a.statement.id, self.b.statement.id))


@record
class Attribute:
    """One attribute of one substance over all statements."""

    name: str
    relation: Relation
    values: tuple[Value, ...]
    clashes: tuple[Clash, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """``{"attribute", "relation", "values"}``."""
        return {"attribute": self.name, "relation": self.relation, "values": [value.to_json() for value in self.values]}


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
    from doseref.articles.attributes import classes, durations, maxima, routes, side_effects, timings

    known = reference.substances.get(reference.substance_ids.get(substance, ""))
    usual = known.usual_route if known else ""
    seen = [view for statement in statements for view in views(statement, substance)]
    found = [
        maxima(substance, statements),
        _ranges("dose", seen, usual, substance, reference, _dose_of, pairwise=_start_or_span),
        _frequency(seen, usual),
        _ranges("daily", seen, usual, substance, reference, lambda view: view.daily),
        _ranges("target", seen, usual, substance, reference, lambda view: view.target),
        durations(seen, usual),
        routes(statements, seen),
        timings(statements),
        classes(statements, known.classes if known else (), reference),
        side_effects(statements),
    ]
    return Group(substance, tuple(statements), tuple(each for each in found if each is not None))


def relation_of(
    values: Sequence[Value], clashes: Sequence[Clash], total: int, key: Callable[[Value], object]
) -> Relation:
    """The relation over all values of an attribute that ``total`` statements could have stated."""
    if clashes:
        return "conflict"
    told = {value.statement.id for value in values}
    return "agree" if len({key(value) for value in values}) == 1 and len(told) == total else "compatible"


def pairs(seen: Sequence[View], usual: str) -> list[tuple[View, View]]:
    """The views that can contradict each other, each pair once; views of one statement never do."""
    count: dict[str, int] = {}
    for view in seen:
        count[view.statement.id] = count.get(view.statement.id, 0) + 1
    found: list[tuple[View, View]] = []
    for position, a in enumerate(seen):
        for b in seen[position + 1 :]:
            if a.statement.id == b.statement.id:
                continue
            alone = count[a.statement.id] == count[b.statement.id] == 1
            if same_use(a, b, usual, alone=alone):
                found.append((a, b))
    return found


def compare_ranges(a: Range, b: Range) -> tuple[Relation, bool]:
    """Relation of two ranges of one unit, and whether they are apart altogether."""
    if (a.low, a.high) == (b.low, b.high):
        return "agree", False
    if (a.low <= b.low and b.high <= a.high) or (b.low <= a.low and a.high <= b.high):
        return "compatible", False
    return "conflict", a.high < b.low or b.high < a.low


def slip_of(a: Range, b: Range) -> int:
    """1000 or 10 where both ends differ by exactly that factor, else 0."""
    for factor in (1000, 10):
        if (a.low * factor, a.high * factor) == (b.low, b.high) or (b.low * factor, b.high * factor) == (a.low, a.high):
            return factor
    return 0


def in_unit(amount: Range, unit: str, substance: str, reference: Reference) -> Range | None:
    """``amount`` in ``unit``, by the substance's own factor where units do not meet by themselves; ``None`` without one."""
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
    if a.titrated == b.titrated:
        return _dose_of(a), _dose_of(b)
    return a.dose, b.dose


def _ranges(
    name: str,
    seen: Sequence[View],
    usual: str,
    substance: str,
    reference: Reference,
    pick: Callable[[View], Range | None],
    pairwise: Callable[[View, View], tuple[Range | None, Range | None]] | None = None,
) -> Attribute | None:
    """An attribute that is an amount."""
    values = {id(view): amount_value(view, amount, name) for view in seen if (amount := pick(view))}
    if not values:
        return None
    clashes: list[Clash] = []
    for a, b in pairs(seen, usual):
        first, second = pairwise(a, b) if pairwise else (pick(a), pick(b))
        if first is None or second is None or id(a) not in values or id(b) not in values:
            continue
        same = in_unit(second, first.unit, substance, reference)
        if same is None:
            continue
        relation, apart = compare_ranges(first, same)
        if relation == "conflict":
            clashes.append(Clash(values[id(a)], values[id(b)], apart, slip_of(first, same)))
    listed = tuple(values.values())
    total = len({view.statement.id for view in seen})
    return Attribute(name, relation_of(listed, clashes, total, _amount_key), listed, tuple(clashes))


def _amount_key(value: Value) -> object:
    return base_figures(value) or value.text


def use_of(view: View) -> str:
    """The use of a view in words, where its statement has several."""
    return " ".join(part for part in (view.route, view.release) if part)


def amount_value(view: View, amount: Range, name: str) -> Value:
    """The value that an amount is, in the words of its attribute."""
    text = str(amount)
    if name in ("daily", "target"):
        text += "/day"
    return Value(view.statement, text, amount.low, amount.high, amount.unit, use_of(view))


def _frequency(seen: Sequence[View], usual: str) -> Attribute | None:
    values = {
        id(view): Value(view.statement, view.times_text, *_per_day_or_year(view.times), use_of(view))
        for view in seen
        if view.times
    }
    if not values:
        return None
    clashes: list[Clash] = []
    for a, b in pairs(seen, usual):
        if a.times is None or b.times is None:
            continue
        relation, apart = compare_ranges(a.times, b.times)
        if relation == "conflict" and not _same_in_words(a.times, b.times):
            clashes.append(Clash(values[id(a)], values[id(b)], apart))
    listed = tuple(values.values())
    total = len({view.statement.id for view in seen})
    return Attribute(
        "frequency", relation_of(listed, clashes, total, lambda value: (value.low, value.high)), listed, tuple(clashes)
    )


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


def base_figures(value: Value) -> tuple[Decimal, Decimal, str] | None:
    """A value's figures in one unit for each dimension (3 g and 3,000 mg are the same), ``None`` where it has none."""
    if value.low is None or value.high is None or value.unit is None:
        return None
    amount = Range(value.low, value.high, value.unit)
    if units.convertible(amount.unit, "mg"):
        amount = amount.to("mg")
    return amount.low, amount.high, amount.unit
