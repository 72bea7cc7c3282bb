"""Amounts a day of articles that are beyond all that labels and authorities of any country give.

No label of the country judges acetaminophen in general: its maxima are those of boxes that are sold freely, of products
or of other countries. An article above every one of them is told all the same, as R110 tells of a regimen.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.articles.compare import in_unit
from doseref.checks.article.comparison import Comparison
from doseref.limits import Limit
from doseref.names import names
from doseref.quantities import DAY, Range
from doseref.regimen.bench import Bench
from doseref.regimen.labelled import beyond_all, given_anywhere
from doseref.statements import Statement

_MARGIN = Decimal("1.1")
"""The most of a box is a number of tablets (12 of 325 mg), where prescribers say a round figure (4 g): that is no other."""


def beyond_labels(comparison: Comparison, statement: Statement, substance: str, amount: Range) -> Limit | None:
    """The highest of what labels give adults in a day, where the low end of ``amount`` (per day) is more than a tenth
    beyond all of them.

    ``None`` where it is not, or where no label states a maximum.
    """
    data = comparison.reference
    taken = comparison.taken(substance, statement)
    if len(taken.kinds) != 1 or statement.context.population not in (None, "", "adults"):
        return None
    unit = next((limit.unit for limit in data.limits.get(taken.substance, ()) if limit.unit and limit.amount), "")
    own = in_unit(amount, unit, substance, data) if unit else None
    if own is None:
        return None
    anywhere = given_anywhere(taken, DAY, unit, Bench(country=comparison.country, otc=True), data, names(data))
    if not beyond_all(own.low / _MARGIN, anywhere):
        return None
    here = comparison.country
    return max(anywhere, key=lambda each: (each[1], each[0].country == here))[0]
