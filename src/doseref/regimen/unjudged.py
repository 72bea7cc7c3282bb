"""Why a label that is known judges nothing: it states no maximum, it is for over-the-counter use,
or a page only restates it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.limits import Limit
from doseref.quantities import DAY, Amount
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.model import Total
from doseref.regimen.scope import informs, other_thing
from doseref.regimen.taken import Taken
from doseref.units import convert, convertible

_NO_FIGURE = {
    "titrated": "the label states no maximum; the dose is set by response or blood level",
    "schedule-only": "the label gives a fixed schedule and no maximum",
}
_FIGURE = {
    "not-recommended-above": "the label states no maximum; above {} is not recommended or was not studied",
    "usual-top": "the label states no maximum; its usual dose is at most {}",
    "therapeutic": "an upper intake level is for supplements; as a medicine a label gives up to {}",
}


def label_reason(total: Total, limits: Iterable[Limit], bench: Bench, data: Reference) -> str:
    """What the country's labels by this kind of route say instead of a maximum that judges;
    empty where they say nothing.
    """
    if total.amount.unit.startswith("{") or total.amount.unit == "mL":
        return ""  # what is in one puff or mL is not known: that is the reason
    taken = Taken.of(total.exposures)
    own = [limit for limit in limits if _general(limit, bench) and not other_thing(limit, taken, data, "period")]
    near = [limit for limit in own if limit.kind != "maximum" and _near(limit, data)]
    for kind, words in _FIGURE.items():
        top = _highest((limit for limit in near if limit.kind == kind), total)
        if top is not None:
            return words.format(_amount(top)) + _beyond(top, total)
    for kind, words in _NO_FIGURE.items():
        if any(limit.kind == kind for limit in near):
            return words
    sold = _highest((limit for limit in own if limit.status == "otc" and not informs(limit, data)), total)
    if sold is not None and not bench.otc:
        return (
            f"only over-the-counter labels give a maximum, {_amount(sold)}{_beyond(sold, total)}; --otc judges by them"
        )
    told = _highest((limit for limit in own if limit.kind == "maximum" and informs(limit, data)), total)
    if told is not None:
        return f"only pages that restate a label give a maximum, {_amount(told)}{_beyond(told, total)}"
    return "only pages that restate a label speak of it" if own and not any(_near(limit, data) for limit in own) else ""


def _general(limit: Limit, bench: Bench) -> bool:
    """Whether a limit is the country's word on any product, adult and day."""
    return (
        not limit.article
        and not limit.products
        and limit.adult
        and not limit.superseded
        and limit.to_day is None
        and limit.country in ("", bench.country)
    )


def _near(limit: Limit, data: Reference) -> bool:
    source = data.sources.get(limit.source)
    return source is not None and source.tier not in ("secondary", "machine-read")


def _highest(limits: Iterable[Limit], total: Total) -> Limit | None:
    """The highest of the limits that are per the total's period and in a unit that meets its own."""
    fitting = [
        limit
        for limit in limits
        if limit.amount is not None
        and limit.per is not None
        and limit.per.usual() == total.per.usual()
        and convertible(limit.unit, total.amount.unit)
    ]
    return max(
        fitting, key=lambda limit: convert(limit.amount or Decimal(0), limit.unit, total.amount.unit), default=None
    )


def _amount(limit: Limit) -> str:
    per = limit.per or DAY
    return f"{Amount(limit.amount or Decimal(0), limit.unit)} {'in 24 hours' if per.is_day else f'per {per}'}"


def _beyond(limit: Limit, total: Total) -> str:
    value = convert(limit.amount or Decimal(0), limit.unit, total.amount.unit)
    return ", and this is above it" if total.amount.high > value else ""
