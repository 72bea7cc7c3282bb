"""Doses of articles that a slip of the unit or of the decimal point would make, by the tables that judge a regimen.

Levothyroxine 100 mg daily is above no stated maximum: its label gives none. The largest tablet and the largest labelled
dose say what is meant (:mod:`doseref.regimen.plausible`), and a drug that is given once a week and taken daily is told as
such.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from doseref.articles.compare import in_unit
from doseref.articles.values import Value
from doseref.checks.article.comparison import Comparison
from doseref.figures import doses, per_day
from doseref.limits import ROUTE_KIND
from doseref.quantities import Amount, Range
from doseref.refdata import Reference
from doseref.regimen.plausible import far_beyond_a_day, looks_like_a_slip, plain_unit
from doseref.statements import Statement

_PURPOSES = frozenset(("loading", "single", "repeat", "infusion", "reversal", "premedication", "toxic threshold"))
"""What a dose may be for that is none of an ordinary day."""
_INSULIN = "insulin"


class Implausible(NamedTuple):
    """A dose far beyond all that is known of its drug: the value, and what it is beyond, in words; ``seldom`` where it is
    one of a drug that nobody gives every day.
    """

    substance: str
    value: Value
    words: str
    seldom: bool = False


def implausible(comparison: Comparison, statement: Statement) -> Iterator[Implausible]:
    """What of a statement for adults looks like a slip, once for each substance."""
    context = statement.context
    if context.purpose in _PURPOSES or context.population not in (None, "", "adults") or len(statement.substances) != 1:
        return
    substance = statement.substances[0]
    own = comparison.reference.substance_ids.get(substance, "")
    kinds = {ROUTE_KIND.get(route, "systemic") for route in statement.routes} or {"systemic"}
    if not own or own.startswith(_INSULIN) or len(kinds) != 1:
        return
    if any(
        limit.unit.endswith("/kg") or limit.single_unit.endswith("/kg")
        for limit in comparison.reference.limits.get(own, ())
    ):
        return  # enoxaparin 120 mg is right for somebody of 120 kg
    [kind] = kinds
    routes = frozenset(statement.routes) or frozenset(("",))
    for stated in statement.maximum:
        if stated.substance != substance or stated.per is None or not stated.per.is_day:
            continue
        unit = plain_unit(stated.unit, own, comparison.reference)
        most = in_unit(Range.of(stated.amount, stated.unit), unit, substance, comparison.reference)
        beyond = most and far_beyond_a_day(most.low, unit, own, kind, comparison.reference, routes=routes)
        if beyond:
            said = Range.of(stated.amount, stated.unit)
            text = f"a maximum of {said}/day"
            yield Implausible(substance, Value(statement, text, said.low, said.high, said.unit), beyond.words)
            return
    for option in statement.dosage.options:
        times = per_day(option)
        for name, amount in doses(option, statement.substances):
            unit = plain_unit(amount.unit, own, comparison.reference)
            least = in_unit(amount, unit, name, comparison.reference)
            if least is None or times is None:
                continue
            if option.duration is None and times[0] >= 1 and (longer := _given_seldom(own, kind, comparison.reference)):
                text = f"{amount} every day"
                yield Implausible(substance, Value(statement, text, amount.low, amount.high, amount.unit), longer, True)
                return
            at_once = least.low / times[1] if option.per_day else least.low
            beyond = looks_like_a_slip(at_once, unit, own, kind, comparison.reference, routes) or far_beyond_a_day(
                least.low * (Decimal(1) if option.per_day else times[0]),
                unit,
                own,
                kind,
                comparison.reference,
                routes=routes,
            )
            if beyond is not None:
                said = Range(amount.low, amount.high, amount.unit)
                yield Implausible(substance, Value(statement, str(said), said.low, said.high, said.unit), beyond.words)
                return


def _given_seldom(substance: str, kind: str, data: Reference) -> str:
    """Per what a drug is given of which nobody states an amount a day by this kind of route; empty for any other."""
    stated = [
        limit
        for limit in data.limits.get(substance, ())
        if limit.per and ROUTE_KIND.get(limit.route, "systemic") == kind
    ]
    if any(limit.per is not None and limit.per.is_day for limit in stated):
        return ""
    return next(
        (
            f"{Amount(each.amount, each.unit)} {each.per.words}"
            for each in stated
            if each.amount is not None and each.per
        ),
        "",
    )
