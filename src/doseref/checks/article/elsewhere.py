"""What the articles say elsewhere of a drug whose amount at one place is above the reference: an editor wants to see both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from doseref.articles.compare import in_unit
from doseref.articles.values import Value, at_figure
from doseref.articles.views import one_route
from doseref.checks.article.comparison import Comparison, same_route_kind
from doseref.context import same_people
from doseref.limits import Limit
from doseref.quantities import Range
from doseref.same_use import alike
from doseref.statements import Statement

_MOST_TOLD = 3
FigureOf = Callable[[Statement, str], tuple[Range, str] | None]
"""What a statement allows of a substance in a day, and what that is ("a stated maximum")."""


def within(
    comparison: Comparison, substance: str, limit: Limit, above: Statement, what: str, told: FigureOf
) -> list[Value]:
    """What other statements allow the same people in a day, as the same kind of figure, where that is within ``limit``.

    A place that is for another known use is left out; of the others those of the same file come first, three at most.
    """
    found = [
        value
        for statement in comparison.statements
        if statement.id != above.id and _of_the_same(above, statement)
        for value in _within(comparison, substance, limit, statement, what, told)
    ]
    found.sort(key=lambda value: (value.statement.path != above.path, value.statement.path, value.statement.line))
    return found[:_MOST_TOLD]


def _of_the_same(above: Statement, other: Statement) -> bool:
    """Whether two statements are of the same people, way and release form, as far as they say, and not of two uses."""
    if above.scope != other.scope or (above.release == "ER") != (other.release == "ER"):
        return False
    if not same_people(above.context, other.context) or not same_route_kind(above, other):
        return False
    if not one_route(above.routes, other.routes):
        return False
    ours, theirs = above.context.use, other.context.use
    return not ours or not theirs or alike(ours, theirs)


def _within(
    comparison: Comparison, substance: str, limit: Limit, statement: Statement, what: str, told: FigureOf
) -> Iterator[Value]:
    figure = told(statement, substance) if substance in statement.substances else None
    if figure is None or figure[1] != what or limit.amount is None:
        return
    same = in_unit(figure[0], limit.unit, substance, comparison.reference)
    if same is not None and same.high <= limit.amount:
        amount = figure[0]
        yield Value(at_figure(statement, amount.high), f"{amount}/day", amount.low, amount.high, amount.unit)
