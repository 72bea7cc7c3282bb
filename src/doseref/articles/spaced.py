"""The shortest times between two doses that several places ask for, held against each other."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.articles.values import Attribute, Clash, Value, relation_of
from doseref.context import apart, compatible
from doseref.errors import QuantityError
from doseref.records import replace
from doseref.statements import Statement


def spacings(statements: Sequence[Statement]) -> Attribute | None:
    """The shortest time between two doses: in conflict where two say another one for the same people and dose."""
    values = tuple(
        Value(
            replace(each, **dict(zip(("line", "column", "end_column"), told.place, strict=True)), spacing=()),
            f"{told.hours} hours between doses",
            told.hours,
            told.hours,
            "h",
        )
        for each in statements
        for told in each.spacing
    )
    clashes = [
        Clash(a, b)
        for position, a in enumerate(values)
        for b in values[position + 1 :]
        if a.low != b.low and _elsewhere(a.statement, b.statement) and _same_doses(a.statement, b.statement)
    ]
    relation = relation_of(values, clashes, len(statements), lambda value: value.low)
    return Attribute("spacing", relation, values, tuple(clashes)) if values else None


_ONE_PASSAGE = 3
"""Lines within which two times of one statement are one passage, which tells them apart itself."""


def _elsewhere(a: Statement, b: Statement) -> bool:
    """Whether two times between doses stand in two passages, be it about one and the same dose."""
    return a.id != b.id or abs(a.line - b.line) > _ONE_PASSAGE


def _same_doses(a: Statement, b: Statement) -> bool:
    """Whether two statements are about the same people, form and, where both say one, dose."""
    if a.scope != b.scope or (a.release == "ER") != (b.release == "ER") or a.substances != b.substances:
        return False
    if a.routes and b.routes and not set(a.routes) & set(b.routes):
        return False
    ours, theirs = (replace(each.context, condition=None, indication=None) for each in (a, b))
    if not compatible(ours, theirs, same_page=False) or apart(a.context, b.context, same_page=False):
        return False
    doses = [[option.dose for option in each.dosage.options if option.dose] for each in (a, b)]
    try:
        return not all(doses) or any(
            one.low <= (same := two.to(one.unit)).high and same.low <= one.high for one in doses[0] for two in doses[1]
        )
    except QuantityError:
        return False
