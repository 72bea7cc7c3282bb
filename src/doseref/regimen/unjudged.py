"""Why a label that is known judges nothing: it states no maximum, it is for over-the-counter use,
or a page only restates it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from doseref.limits import Limit
from doseref.quantities import DAY, Amount, Period
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.bench import Bench
from doseref.regimen.model import Total, Verdict
from doseref.regimen.scope import asked, informs, other_person, other_status, other_thing
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

_BY_WEIGHT = "it is also dosed by the body weight, and no label here states a maximum that is not"


OTC_OPTION = "; --otc judges by them"
"""What a reader of the command's text is told to do."""


def why_none(total: Total, verdicts: Sequence[Verdict], bench: Bench, data: Reference) -> str:
    """Why nothing judges a total: another route, another period, none determinable, not convertible,
    none researched.
    """
    for verdict in verdicts:
        if verdict.reason and verdict.judgement == "not-assessed":
            return verdict.reason  # beside a judgement it says which part or days were judged
    known = data.limits.get(total.substance, ())
    if bench.as_of and known:
        return f"no limit for it is dated {bench.as_of} or before"
    if bench.source is not None and known:
        return f"{data.sources[bench.source].short} gives no limit for it"
    if any(limit.kind == "none-determinable" for limit in known):
        return "no upper level could be determined by the authorities; that is not the same as no limit"
    label = label_reason(total, bench, data)
    if label:
        return label
    if any(
        limit.per is not None and limit.per.usual() == total.per.usual() and limit.amount is not None for limit in known
    ):
        return not_about_this(total, bench, data)
    periods = sorted({str(limit.per) for limit in known if limit.per is not None and limit.article})
    if periods:
        return f"the sources give limits per {', '.join(periods)} only"
    if any(limit.article for limit in known):
        return "the sources give no amount per time for it"
    known = tuple(limit for limit in known if not limit.products)
    if known and all(limit.kind in ("top-of-initial-range", "tolerance-threshold", "schedule-only") for limit in known):
        return "the labels here give a starting range, a threshold or a schedule for it, but no maximum"
    if known:
        return not_about_this(total, bench, data)
    return "no source here gives a limit"


def not_about_this(total: Total, bench: Bench, data: Reference) -> str:
    """Which of country, form, person and way of sale keeps the limits that are known from speaking, in words: what those
    that come nearest fail at.
    """
    taken = Taken.of(total.exposures)
    taken = replace(taken, periods=frozenset((total.per.usual(),)))
    known = [limit for limit in data.limits.get(total.substance, ()) if not limit.article and limit.amount is not None]
    known = [limit for limit in known if not limit.products] or known
    here = [limit for limit in known if not asked(limit, bench, data)]
    if not here:
        others = ", ".join(sorted({limit.country for limit in known if limit.country not in ("", bench.country)}))
        return f"no limit here is for {bench.country}; those known are for {others}" if others else _NONE_ABOUT
    of_this = [limit for limit in here if not other_thing(limit, taken, data)]
    if not of_this:
        return f"no limit here is for this form: {other_thing(here[0], taken, data)}"
    for_them = [limit for limit in of_this if not other_person(limit, bench.patient)]
    if not for_them:
        people = "; ".join(dict.fromkeys(limit.population for limit in of_this if limit.population))
        return f"no limit here is for this person; those known are for {people or 'others'}"
    sold = next((why for limit in for_them if (why := other_status(limit, bench, data))), "")
    return f"the only limit here is {sold}" if sold else _NONE_ABOUT


_NONE_ABOUT = "no limit here is for this country, form or population"


def label_reason(total: Total, bench: Bench, data: Reference) -> str:
    """What the country's labels by this kind of route say instead of a maximum that judges;
    empty where they say nothing.
    """
    if total.amount.unit.startswith("{") or total.amount.unit == "mL":
        return ""  # what is in one puff or mL is not known: that is the reason
    before, figure, behind = _said(
        Taken.of(total.exposures), total.per.usual(), total.amount.unit, total.told_amount.unit, bench, data
    )
    return before if figure is None else before + _beyond(figure, total) + behind


@lru_cache(maxsize=4096)
def _said(
    taken: Taken, per: Period, unit: str, told_in: str, bench: Bench, data: Reference
) -> tuple[str, Limit | None, str]:
    """What labels say of what is taken, however much of it: words up to the figure that is named, that figure,
    and the words behind it; amounts are told in the unit ``told_in``.
    """
    limits = data.limits.get(taken.substance, ())
    own = [limit for limit in limits if _general(limit, bench) and not other_thing(limit, taken, data, "period")]
    near = [limit for limit in own if limit.kind != "maximum" and _near(limit, data)]
    if any(limit.unit.endswith("/kg") and not other_thing(limit, taken, data, "period") for limit in limits):
        near = [
            limit for limit in near if limit.kind not in _FIGURE
        ]  # 40 mg is the dose of one use, 1 mg/kg of another
        if not any(limit.kind == "maximum" and not informs(limit, data) for limit in own):
            return _BY_WEIGHT, None, ""
    for kind, words in _FIGURE.items():
        top = _highest((limit for limit in near if limit.kind == kind), per, unit)
        if top is not None:
            return words.format(_amount(top, told_in)), top, ""
    for kind, words in _NO_FIGURE.items():
        if any(limit.kind == kind for limit in near):
            return words, None, ""
    sold = _highest((limit for limit in own if limit.status == "otc" and not informs(limit, data)), per, unit)
    if sold is not None and not bench.otc:
        return f"only over-the-counter labels give a maximum, {_amount(sold, told_in)}", sold, OTC_OPTION
    told = _highest((limit for limit in own if limit.kind == "maximum" and informs(limit, data)), per, unit)
    if told is not None:
        return f"only pages that restate a label give a maximum, {_amount(told, told_in)}", told, ""
    restated = own and not any(_near(limit, data) for limit in own)
    return "only pages that restate a label speak of it" if restated else "", None, ""


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


def _highest(limits: Iterable[Limit], per: Period, unit: str) -> Limit | None:
    """The highest of the limits that are per this period and in a unit that meets this one."""
    fitting = [
        limit
        for limit in limits
        if limit.amount is not None
        and limit.per is not None
        and limit.per.usual() == per
        and convertible(limit.unit, unit)
    ]
    return max(fitting, key=lambda limit: convert(limit.amount or Decimal(0), limit.unit, unit), default=None)


def _amount(limit: Limit, told_in: str) -> str:
    per, figure = limit.per or DAY, Amount(limit.amount or Decimal(0), limit.unit)
    if {limit.unit, told_in} == {"mg", "ug"}:
        figure = figure.to(told_in)
    amount = f"{figure} {'in 24 hours' if per.is_day else f'per {per}'}"
    return f"{amount} {limit.days_words}".strip()


def _beyond(limit: Limit, total: Total) -> str:
    value = convert(limit.amount or Decimal(0), limit.unit, total.amount.unit)
    return ", and this is above it" if total.amount.high > value else ""
