"""One person's regimen from the items as given to totals with verdicts: everything before the rules speak."""

from __future__ import annotations

from collections.abc import Sequence

from doseref.names import Names
from doseref.records import replace
from doseref.regimen.judge import judged
from doseref.regimen.model import Given, Item, Total
from doseref.regimen.read import read_item
from doseref.regimen.scope import Bench
from doseref.regimen.totals import totals


def read_items(
    given: Sequence[Given], names: Names, bench: Bench, accept_suggestions: bool = False
) -> tuple[Item, ...]:
    """Every item, numbered from 1, read on its own."""
    return tuple(
        read_item(n, each, names, accept_suggestions, bench.patient.weight) for n, each in enumerate(given, start=1)
    )


def judge_all(items: Sequence[Item], names: Names, bench: Bench) -> tuple[Total, ...]:
    """The totals of the items, each judged, those with the gravest verdict first."""
    found = [
        replace(
            judged(total, days, bench, names.data, names),
            missing=_missing(total, items),
            partial=tuple(n for n in total.items if items[n - 1].status == "partly-read"),
        )
        for total, days in totals(items, names.data)
    ]
    return tuple(sorted(found, key=lambda total: (-_gravity(total), min(total.items))))


def _missing(total: Total, items: Sequence[Item]) -> tuple[int, ...]:
    """Items that name the total's substance without an exposure of it."""
    counted = {exposure.item for exposure in total.exposures}
    return tuple(
        item.n
        for item in items
        if item.n not in counted
        and total.substance in item.substances
        and not any(exposure.substance == total.substance for exposure in item.exposures)
    )


def _gravity(total: Total) -> int:
    ranks = {"over": 4, "possible": 3, "within": 2}
    maxima = [ranks[v.judgement] for v in total.judged if v.limit.basis == "maximum"]
    return max(maxima, default=2 if total.judged else 1)
