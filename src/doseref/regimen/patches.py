"""A patch that is put on the skin to act in the body: "apply 1 patch to skin" is no topical treatment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from doseref.dosage.model import Dosage, Option
from doseref.dosage.rates import Rate, rate
from doseref.items.model import Part
from doseref.limits import Limit
from doseref.patterns import regex
from doseref.quantities import ONE
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.delivered import Delivered
from doseref.regimen.model import Item
from doseref.units import UNITS


def through_the_skin(dosage: Dosage, substances: Iterable[str], data: Reference) -> Dosage:
    """The dosage with the transdermal route for such patches: those told by a rate, and of drugs that have no other."""
    named = tuple(substances)
    if not named or not any(_on_skin(option) for option in dosage.options):
        return dosage
    systemic = not any("topical" in _routes(substance, data) for substance in named)
    phases = tuple(
        replace(phase, options=tuple(_through(option, systemic) for option in phase.options)) for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


_DAILY = regex(
    r"\b(?:daily|(?:every|each)\s(?:day|morning|evening|night)|once a day|[oq]d|every 24\s?(?:h|hours?))\b", re.I
)


def changed_as_told(item: Item) -> bool:
    """Whether an item says how often its patch is changed; "0.05 mg/24 h" tells what it gives, not how long it is
    worn.
    """
    options = item.dosage.options if item.dosage else ()
    given = any(option.per_day and option.times is None and option.every is None for option in options)
    return not given or _DAILY.search(item.given.text) is not None


def _through(option: Option, systemic: bool) -> Option:
    rate = option.dose is not None and UNITS[option.dose.unit].dimension == "mass per hour"
    return replace(option, route="transdermal") if _on_skin(option) and (systemic or rate) else option


def _on_skin(option: Option) -> bool:
    counted = option.count.unit if option.count is not None else ""
    return option.route == "topical" and (option.form == "patch" or counted == "{patch}")


def _routes(substance: str, data: Reference) -> set[str]:
    """The routes by which the tables know a substance."""
    known = data.substances.get(substance)
    routes = {limit.route for limit in data.limits.get(substance, ())}
    return routes | ({known.usual_route, *known.routes} if known else set())


def renewed(often: Rate | None, delivered: list[Delivered]) -> Rate | None:
    """One where a rate per hour is renewed several times in some days: "50 mcg/h, 1 patch on Mon and Thu" is never 100
    mcg/h.
    """
    if often is None or often.per.is_day or not all(each.amount.unit.endswith("/h") for each in delivered):
        return often
    return replace(often, low=min(often.low, ONE), high=min(often.high, ONE))


def put_on(option: Option, often: Rate | None) -> Rate | None:
    """How many patches a day give their amount per day where one is put on several times a day: from one, where it takes
    the place of the last, to all of them ("21 mg/24 h, 1 patch twice daily" is 21 to 42 mg); else ``often`` itself.
    """
    if often is None or option.form != "patch" or not option.per_day or option.cycle is not None:
        return often
    told = rate(replace(option, per_day=False))
    if told is None or not told.per.is_day or told.day_high <= 1:
        return often
    return replace(often, high=told.day_high, day_high=told.day_high)


def changed_after(option: Option) -> Decimal | None:
    """Hours after which a patch is changed whose amount is per day ("0.1 mg/24 h, 1 patch weekly",
    "a new one twice daily"); ``None`` for all else.
    """
    told = option.per_day and (option.times or option.days)
    often = rate(replace(option, per_day=False)) if told else None
    if often is None or option.form != "patch" or (often.per.is_day and often.high <= 1):
        return None
    hours = often.per.hours()
    return hours / often.high if hours else None


_NUMBERED = regex(r"\s*(?P<number>[0-9]{1,3}(?:\.[0-9])?)\s(?=patch(?:es)?\b)", re.I)
_MOST_PATCHES = Decimal(4)


def without_number_of_patch(sig: str, parts: tuple[Part, ...]) -> str:
    """An instruction without the number by which a brand of patches calls its strengths ("Estradot 50 patch twice weekly"):
    so many nobody puts on, and its unit is not said. Of which strength the patch is, is then left open.
    """
    found = _NUMBERED.match(sig)
    if found is None or not parts or any(part.route != "transdermal" for part in parts):
        return sig
    return sig[found.end() :] if Decimal(found["number"]) > _MOST_PATCHES else sig


def changed_early(item: Item, data: Reference) -> Iterator[tuple[str, Decimal, Limit]]:
    """The substances of a patch of which no amount is said and that is changed more often than every label changes one:
    id, hours after which it is changed, and the label of the shortest interval.

    A patch for three days that is changed after two is not told.
    """
    options = item.dosage.options if item.dosage is not None and not item.exposures else ()
    rates = [rate(option) for option in options if option.form == "patch" and option.dose is None]
    spans = [each.per.hours() for each in rates if each is not None]
    if not options or len(spans) < len(options):
        return
    hours = min((span or Decimal(0)) / each.high for span, each in zip(spans, rates, strict=True) if each)
    for substance in item.substances:
        known = [each for each in data.limits.get(substance, ()) if each.route == "transdermal" and each.interval_hours]
        shortest = min(known, key=lambda each: each.interval_hours or 0, default=None)
        if shortest is None or shortest.interval_hours is None or hours * 3 >= shortest.interval_hours * 2:
            continue
        yield substance, hours, shortest
