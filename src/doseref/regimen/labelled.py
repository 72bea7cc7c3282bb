"""What labels and authorities of any country give in a day at most, and whether an amount is beyond all of it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from doseref.limits import Limit
from doseref.names import Names
from doseref.quantities import Period
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.judge import amount_in
from doseref.regimen.scope import asked, upper_ends
from doseref.regimen.taken import Taken

LabelledDoses = tuple[tuple[Limit, Decimal], ...]
"""Limits with their amounts in a total's unit."""
FAR_TIMES = Decimal("1.5")
"""More than this multiple of the dose above which a label recommends none, or of what any country allows,
is asked about.
"""


@lru_cache(maxsize=4096)
def given_anywhere(
    taken: Taken, per: Period, unit: str, bench: Bench, data: Reference, names: Names, any_strength: bool = False
) -> LabelledDoses:
    """What labels and authorities of any country give of what is taken per period at most, each in ``unit``.

    None of a nutrient: its upper level has a policy of its own.
    """
    known_as = data.substances.get(taken.substance)
    if known_as is not None and known_as.kind == "supplement":
        return ()
    known = (
        (limit, amount_in(limit, limit.amount, limit.unit, unit, data, names))
        for limit in upper_ends(taken, data, any_strength)
        if limit.amount is not None
        and limit.per is not None
        and limit.per.usual() == per
        and not asked(limit, bench, data, own_label=True)
    )
    return tuple((limit, value) for limit, value in known if value is not None)


def beyond_all(amount: Decimal, anywhere: LabelledDoses) -> bool:
    """Whether an amount is above every figure, a maximum among them: of two sources, or half as much again as one's."""
    several = len({limit.source for limit, _ in anywhere}) > 1
    return (_stated(anywhere) and several and amount > max(value for _, value in anywhere)) or far_beyond(
        amount, anywhere
    )


def far_beyond(amount: Decimal, anywhere: LabelledDoses) -> bool:
    """Whether an amount is half as much again as every figure, a maximum among them."""
    return _stated(anywhere) and amount >= FAR_TIMES * max(value for _, value in anywhere)


def at_the_end(amount: Decimal, anywhere: LabelledDoses) -> bool:
    """Whether an amount leaves no room below the highest figure, a maximum among them."""
    return _stated(anywhere) and amount >= max(value for _, value in anywhere)


def _stated(anywhere: LabelledDoses) -> bool:
    return any(limit.kind == "maximum" for limit, _ in anywhere)
