"""What one source says about an attribute, what contradicts what, and the relation over all:
shared by all comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal

from doseref import units
from doseref.articles.views import View, same_use
from doseref.quantities import Range, json_number
from doseref.records import record, replace
from doseref.statements import Statement

Relation = Literal["agree", "compatible", "conflict"]


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
    """1000 or 10 where one figure is exactly that many times the other:
    the unit or the decimal point may have slipped.
    """

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


def relation_of(
    values: Sequence[Value], clashes: Sequence[Clash], total: int, key: Callable[[Value], object]
) -> Relation:
    """The relation over all values of an attribute that ``total`` statements could have stated.

    One source alone agrees with nobody: it is compatible with those that say nothing.
    """
    if clashes:
        return "conflict"
    told = {value.statement.id for value in values}
    several = len({value.statement.source for value in values}) > 1
    same = len({key(value) for value in values}) == 1
    return "agree" if several and same and len(told) == total else "compatible"


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


def use_of(view: View) -> str:
    """The use of a view in words, where its statement has several."""
    return " ".join(part for part in (view.route, view.release) if part)


def at_figure(statement: Statement, figure: Decimal) -> Statement:
    """A statement as it stands where one of its figures stands that is on a line below its first."""
    for text, line, column, end in statement.further:
        if Decimal(text.replace(",", "")) == figure:
            return replace(statement, line=line, column=column, end_column=end, further=())
    return statement


def base_figures(value: Value) -> tuple[Decimal, Decimal, str] | None:
    """A value's figures in one unit for each dimension (3 g and 3,000 mg are the same), ``None`` where it has none."""
    if value.low is None or value.high is None or value.unit is None:
        return None
    amount = Range(value.low, value.high, value.unit)
    if units.convertible(amount.unit, "mg"):
        amount = amount.to("mg")
    return amount.low, amount.high, amount.unit
