"""What a sentence of a page is about that does not say it: where a page knows a drug for one use, what it says below of
the start of the treatment or of older people is for that use.
"""

from __future__ import annotations

from collections.abc import Sequence

from doseref.articles.contexts import is_indication
from doseref.context import AS_SOLD, begun, is_counter, is_idle, same_people
from doseref.records import replace
from doseref.same_use import alike
from doseref.statements import Statement

_FEW = ("older adults", "kidney impairment", "liver impairment", "pregnancy")


def settled(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements about one substance; sentences that say no use of their own have the one that the page names before
    them for the same part of a treatment and the same people, where it names no other.

    An adult's usual dose is left where its sentence has words that are not understood: they may say what it is for.
    """
    pages: dict[str, list[Statement]] = {}
    for each in statements:
        pages.setdefault(each.source, []).append(each)
    return tuple(_settled(_as_sold(each, pages[each.source]), pages[each.source]) for each in statements)


def _as_sold(statement: Statement, page: Sequence[Statement]) -> Statement:
    """A statement with its setting, where the only most of a day that its page states is that without a prescription."""
    own = statement.context
    most = [each for each in page if each.maximum and same_people(each.context, own)]
    if own.setting or statement.maximum or not most or any(not is_counter(each.context) for each in most):
        return statement
    return replace(statement, context=replace(own, setting=AS_SOLD))


def _settled(statement: Statement, page: Sequence[Statement]) -> Statement:
    own = statement.context
    if own.summary and (use := _summed_up(statement, page)):
        return replace(statement, context=replace(own, indication=use))
    if own.plain and not own.use and (use := _only_use(statement, page)):
        return replace(statement, context=replace(own, indication=use))
    if own.indication or not (own.condition is None or is_idle(own.condition) or begun(own)):
        return statement
    sentence = statement.name in statement.substances  # and no row or label, of whose words some may not be understood
    if not sentence or not (begun(own) or own.purpose or own.population in _FEW):
        return statement
    named = [each for each in page if each.context.use and _is_use(each)]
    if not named or not all(alike(each.context.indication, named[0].context.indication) for each in named):
        return statement
    like = [
        each
        for each in named
        if each.line < statement.line
        and same_people(each.context, own)
        and begun(each.context) == begun(own)
        and each.context.purpose == own.purpose
        and each.scope == statement.scope
    ]
    return replace(statement, context=replace(own, indication=like[0].context.indication)) if like else statement


def _summed_up(statement: Statement, page: Sequence[Statement]) -> str | None:
    """The one use for which a page gives a drug to the same people; what its summary says of the drug is for that."""
    own = statement.context
    if own.indication or (own.condition and not is_idle(own.condition) and not begun(own)):
        return None
    uses = [
        _use_of(each)
        for each in page
        if not each.context.summary
        and each.scope == statement.scope
        and same_people(each.context, own)
        and begun(each.context) == begun(own)
    ]
    return uses[0] if uses and all(use and alike(use, uses[0]) for use in uses) else None


def _only_use(statement: Statement, page: Sequence[Statement]) -> str | None:
    """The one use that a page names anywhere for a drug, for the same people and the same part of a treatment."""
    own = statement.context
    uses = [
        use
        for each in page
        if (use := _use_of(each))
        and each.scope == statement.scope
        and same_people(each.context, own)
        and begun(each.context) == begun(own)
        and each.context.purpose == own.purpose
    ]
    return uses[0] if uses and all(alike(use, uses[0]) for use in uses) else None


def _use_of(statement: Statement) -> str | None:
    told = statement.context
    return told.indication or (told.condition if told.condition and is_indication(told.condition) else None)


def _is_use(statement: Statement) -> bool:
    return statement.context.indication is not None
