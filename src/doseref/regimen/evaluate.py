"""One person's regimen from the items as given to totals with verdicts: everything before the rules speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from doseref.names import Names
from doseref.records import replace
from doseref.regimen.bench import MOST_PERMISSIVE, Bench
from doseref.regimen.common_totals import with_common_totals
from doseref.regimen.companions import with_companions
from doseref.regimen.judge import judged
from doseref.regimen.model import Given, Item, Total
from doseref.regimen.perhaps import may_be
from doseref.regimen.read import read_item
from doseref.regimen.totals import totals
from doseref.units import convertible


def read_items(
    given: Sequence[Given], names: Names, bench: Bench, accept_suggestions: bool = False
) -> tuple[Item, ...]:
    """Every item, numbered from 1, read on its own; what is written alike is read once."""

    def alone(each: Given) -> Item:
        return read_once(_from_nowhere(each), names, accept_suggestions, bench.patient.weight)

    items = [numbered(alone(each), n, each) for n, each in enumerate(given, start=1)]
    return with_companions(with_common_totals(items, alone))


def _from_nowhere(given: Given) -> Given:
    """An item without what does not change how it is read."""
    return replace(given, place="", facts=(), taken="") if given.place or given.facts or given.taken else given


@lru_cache(maxsize=4096)
def read_once(given: Given, names: Names, accept_suggestions: bool, weight_kg: Decimal | None) -> Item:
    """An item as number 1, from nowhere: lists of many people repeat the same few instructions."""
    return read_item(1, given, names, accept_suggestions, weight_kg)


def numbered(item: Item, n: int, given: Given) -> Item:
    """The same item as number ``n``, given so."""
    if n == item.n and given is item.given and type(n) is type(item.n):
        return item
    return replace(
        item,
        n=n,
        given=given,
        exposures=tuple(replace(each, item=n) for each in item.exposures),
        lone=tuple(replace(each, item=n) for each in item.lone),
    )


def judge_all(items: Sequence[Item], names: Names, bench: Bench) -> tuple[Total, ...]:
    """The totals of the items, each judged, those with the gravest verdict first."""
    perhaps = {item.n: meant for item in items if (meant := may_be(item, names))}
    found = [
        replace(
            judged(total, days, bench, names.data, names),
            lenient=bench.policy == MOST_PERMISSIVE,
            missing=_missing(total, items, perhaps),
            partial=tuple(n for n in total.items if items[n - 1].status == "partly-read"),
        )
        for total, days in totals(items, names.data)
    ]
    if len(found) == 1:
        return (found[0],)
    return tuple(sorted(found, key=lambda total: (-_gravity(total), min(total.items))))


def _missing(total: Total, items: Sequence[Item], perhaps: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """Items that name the total's substance, or perhaps mean it by a name that is not known, without an exposure of it,
    or with one in a unit that does not meet the total's.
    """
    counted = {exposure.item for exposure in total.exposures}
    return tuple(
        item.n
        for item in items
        if item.n not in counted
        and (total.substance in item.substances or total.substance in perhaps.get(item.n, ()))
        and not any(
            exposure.substance == total.substance
            and (exposure.route != total.route or convertible(exposure.amount.unit, total.amount.unit))
            for exposure in item.exposures
        )
    )


def _gravity(total: Total) -> int:
    ranks = {"over": 4, "possible": 3, "within": 2}
    maxima = [ranks[v.judgement] for v in total.judged if v.limit.basis == "maximum"]
    return max(maxima, default=2 if total.judged else 1)
