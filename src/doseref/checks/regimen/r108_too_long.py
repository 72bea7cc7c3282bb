"""R108 too-long (error)

What. An item runs longer than the maximum duration that a source states. All routes of a substance count together where
the source says so (ketorolac: 5 days). Beyond the longest: an error; beyond the short end of "2–3 weeks": a warning; an
item without an end, where a source states a maximum duration: information. A substance of which no label of the country
asked is known is held against the longest that labels of other countries give: a warning.

Why. Some drugs are safe only briefly; the dose alone does not show it.

Passes:
    Ketorolac 10 mg every 6 hours for 5 days

Fires:
    Ketorolac 10 mg every 6 hours for 10 days
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, printed
from doseref.limits import ROUTE_KIND, Limit
from doseref.quantities import Period, Range
from doseref.refdata import Reference
from doseref.regimen.abroad import elsewhere
from doseref.regimen.bench import Bench
from doseref.regimen.calendar import days
from doseref.regimen.courts import courts
from doseref.regimen.model import Exposure, Item
from doseref.regimen.overlaps import airway
from doseref.regimen.scope import asked, informs, speaking
from doseref.regimen.taken import Taken


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance whose items run longer than a source allows, or have no end although one is stated."""
    substances: dict[str, list[Exposure]] = {}
    for exposure in case.exposures:
        substances.setdefault(exposure.substance, []).append(exposure)
    yield from _not_counted(case)
    for substance, own in substances.items():
        limits = _lengths(case.taken(tuple(own)), case.bench, case.data)
        if not limits:
            continue
        items = [item for item in case.items if any(e.substance == substance for e in item.exposures)]
        systemic = [
            item for item in items if any(e.substance == substance and e.route == "systemic" for e in item.exposures)
        ]
        yield from _judge(case, substance, systemic or items, limits)


def _not_counted(case: Case) -> Iterator[Finding]:
    """Of items whose amount is not known: how long something is sprayed into the nose does not hang on that."""
    for item in case.items:
        if item.longest_days is None or item.exposures:
            continue
        for substance in item.substances:
            routes = _routes(item, substance, case.data)
            if not routes:
                continue
            kinds = frozenset(ROUTE_KIND.get(route, "systemic") for route in routes)
            taken = Taken(substance, kinds, routes, frozenset(("",)), ((),), frozenset(), _DAILY)
            known = _lengths(taken, case.bench, case.data)
            # What is put into an eye is no part of a course that counts the tablets and the injections.
            limits = tuple(each for each in known if "systemic" in kinds or not each.longest_all_routes)
            if limits:
                yield from _judge(case, substance, [item], limits)


_DAILY = frozenset((Period(Decimal(1), "d"),))


def _routes(item: Item, substance: str, data: Reference) -> frozenset[str]:
    """The routes that an item states, else that of its puffs or sprays, else the substance's usual one."""
    options = item.dosage.options if item.dosage else ()
    stated = frozenset(option.route for option in options if option.route)
    known = data.substances.get(substance)
    usual = airway(item, substance, data) or (known.usual_route if known else "")
    return stated or frozenset(filter(None, (usual,)))


@lru_cache(maxsize=4096)
def _lengths(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """The articles' limits of a length, and the labels' where every label for this use states one
    (the narrowest never decides), and so a house's.
    """
    known = [
        limit for limit in speaking(taken, bench, data, "longest") if not limit.products and not informs(limit, data)
    ]
    articles = [limit for limit in known if limit.article]
    labels, *houses = courts(limit for limit in known if not limit.article)
    if not all(limit.longest is not None for limit in labels):
        labels = []
    told = (*articles, *labels, *(limit for house in houses for limit in house))
    return tuple(limit for limit in told if limit.longest is not None) or _abroad(taken, bench, data)


def _abroad(taken: Taken, bench: Bench, data: Reference) -> tuple[Limit, ...]:
    """The longest that labels of other countries give, where none of the country asked is known at all."""
    known = [(bounds, limit) for limit in elsewhere(taken, bench, data, "longest") if (bounds := _bounds(limit))]
    longest = max(known, key=lambda each: each[0][1], default=None)
    return () if longest is None else (longest[1],)


def _judge(case: Case, substance: str, items: list[Item], limits: tuple[Limit, ...]) -> Iterator[Finding]:
    ended = [item for item in items if item.longest_days is not None]
    together = len(ended) > 1 and any(limit.longest_all_routes for limit in limits)
    length = (
        sum((item.longest_days or Decimal(0) for item in ended), Decimal(0))
        if together
        else max((item.longest_days or Decimal(0) for item in ended), default=Decimal(0))
    )
    name = case.told(substance)
    numbers = tuple(item.n for item in items)
    over = [(limit, bounds) for limit in limits if (bounds := _bounds(limit)) and length > bounds[0]]
    if over:
        worst = [limit for limit, bounds in over if length > bounds[1]]
        abroad = all(asked(limit, case.bench, case.data) for limit, _ in over)
        severity = Severity.ERROR if worst and not abroad else Severity.WARNING
        told = worst or [limit for limit, _ in over]
        yield Finding(
            "R108",
            "too-long",
            severity,
            f"{name} is taken for {printed(length)} days{' in all' if together else ''}, longer than "
            + "; ".join(dict.fromkeys(f"{_length_words(limit)} ({case.label(limit)})" for limit in told)),
            items=numbers,
            substances=(case.name(substance),),
            sources=tuple(dict.fromkeys(limit.source for limit in told)),
            working=" + ".join(f"{printed(item.longest_days or Decimal(0))} days (item {item.n})" for item in ended)
            + (f" = {printed(length)} days" if together else ""),
            mend="shorten the course",
        )
    elif not ended:
        yield Finding(
            "R108",
            "too-long",
            Severity.INFO,
            f"no end is stated for {name} ({items_words(numbers)}); sources state a maximum duration: "
            + "; ".join(dict.fromkeys(f"{_length_words(limit)} ({case.label(limit)})" for limit in limits)),
            items=numbers,
            substances=(case.name(substance),),
            sources=tuple(dict.fromkeys(limit.source for limit in limits)),
            mend="state how long",
        )


def _bounds(limit: Limit) -> tuple[Decimal, Decimal] | None:
    if limit.longest is None:
        return None
    low = limit.longest_low if limit.longest_low is not None else limit.longest
    return days(Range(low, limit.longest, limit.longest_unit))


def _length_words(limit: Limit) -> str:
    low, high = limit.longest_low, limit.longest or Decimal(0)
    words = Range(low if low is not None else high, high, limit.longest_unit)
    return f"{words}{' by all routes together' if limit.longest_all_routes else ''}"
