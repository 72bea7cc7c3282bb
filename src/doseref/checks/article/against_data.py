"""One article's statement against all statements of the articles in the data, attribute by attribute.

The articles in the data disagree among themselves; only what contradicts every one of them that speaks of it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.articles.attributes import DAYS
from doseref.articles.compare import compare
from doseref.articles.values import Attribute, Value
from doseref.checks.article.comparison import Comparison
from doseref.records import record
from doseref.statement_rows import statements
from doseref.statements import Statement

NOUNS = {
    "class": "the class",
    "duration": "the duration",
    "route": "the route",
    "frequency": "the frequency",
    "timing": "the timing",
}
"""Attributes that are held against the data → how a finding calls them."""


@record
class Apart:
    """What one statement says of one attribute, and what the articles in the data say instead."""

    attribute: str
    own: Value
    known: tuple[Value, ...]


def apart(comparison: Comparison) -> Iterator[Apart]:
    """Everything in which a statement contradicts all articles in the data that speak of it."""
    of_data: dict[tuple[str, ...], list[Statement]] = {}
    for known in statements(comparison.reference):
        of_data.setdefault(known.substances, []).append(known)
    for statement in comparison.statements:
        if statement.source in comparison.reference.sources or statement.scope or len(statement.substances) != 1:
            continue
        others = of_data.get(statement.substances, [])
        routed = _marketed(statement, comparison)
        for group in compare((statement, *others), comparison.reference) if others else ():
            for attribute in group.attributes:
                if attribute.name in NOUNS and not (attribute.name == "route" and routed):
                    yield from _apart(statement, attribute)


def _marketed(statement: Statement, comparison: Comparison) -> bool:
    """Whether the substance is marketed for the statement's routes: a way of giving that exists contradicts nobody."""
    data = comparison.reference
    known = data.substances.get(data.substance_ids.get(statement.substances[0], ""))
    return known is not None and bool(statement.routes) and set(statement.routes) <= set(known.routes)


def _apart(statement: Statement, attribute: Attribute) -> Iterator[Apart]:
    own = [value for value in attribute.values if value.statement is statement]
    known = [value for value in attribute.values if value.statement is not statement]
    against = _clashing(statement, attribute)
    if not own or not against or not _same_matter(statement, attribute.name, len(known)):
        return
    if attribute.name == "class":
        wrong = any(clash.a.statement is statement for clash in attribute.clashes)
        if wrong:
            yield Apart(attribute.name, own[0], tuple(known))
    elif attribute.name in ("duration", "frequency"):
        # Shorter or less often is within what the others say; only beyond all of them is against them.
        if all(_size(value) < _size(own[0], low=True) for value in known):
            yield Apart(attribute.name, own[0], tuple(known))
    elif {value.statement.id for value in known} == against:
        yield Apart(attribute.name, own[0], tuple(known))


def _same_matter(statement: Statement, name: str, known: int) -> bool:
    """Whether the articles in the data speak of what this statement does.

    A single dose in an emergency has another route than the doses of a day. How often and how long are told only where
    the statement names no indication of its own, or several articles agree.
    """
    if name == "route":
        return known > 1 and bool(statement.rates) and not statement.context.condition
    if name in ("frequency", "duration"):
        return known > 1 or not (statement.context.indication or statement.context.condition)
    return True


_SIZES = {**DAYS, "/d": DAYS["a"], "/a": Decimal(1)}
"""Lengths in days, frequencies per year; for comparing only."""


def _size(value: Value, *, low: bool = False) -> Decimal:
    """The high (or low) end of a duration or a frequency as one number."""
    figure = value.low if low else value.high
    return (figure or Decimal(0)) * _SIZES.get(value.unit or "", Decimal(1))


def _clashing(statement: Statement, attribute: Attribute) -> set[str]:
    """Ids of the statements that contradict this one altogether; ranges that overlap in part do not count."""
    sides: Iterable[tuple[Statement, Statement]] = (
        (clash.a.statement, clash.b.statement) for clash in attribute.clashes if clash.disjoint
    )
    return {(b if a is statement else a).id for a, b in sides if (a is statement) != (b is statement)}
