"""Ways in which something is not given to anybody, as ``cautions.csv`` lists them: pushed into a vein undiluted, by a route
that its label forbids, a depot injection oftener than it lasts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from doseref.dosage.model import Option
from doseref.dosage.rates import rate
from doseref.patterns import regex
from doseref.refdata import Reference
from doseref.regimen.model import Item
from doseref.regimen.stacks import belongs, kinds_of
from doseref.tables.entries import Caution

_PUSHED = regex(
    r"\b(?:(?:i\.?\s?v\.?|intravenous(?:ly)?)[\s,]{1,2}(?:slow\s)?(?:push|bolus)|ivp|push(?:ed)?\siv|bolus\siv|undiluted)\b",
    re.I,
)
"""Words for what is pushed into a vein at once."""
_NOT = regex(r"\b(?:not?|never|don'?t|avoid|without)\b[^.;]{0,30}$")
"""Words before them that forbid it: "never IV push"."""
_IN_PUSHED = ("push", "bolus", "ivp", "undiluted")
"""Of which each of them has one."""
_HOURS = {"mo": Decimal(672), "a": Decimal(8736)}
"""Hours of the shortest month and of 52 weeks."""


@lru_cache(maxsize=4096)
def pushed(text: str) -> bool:
    """Whether a line says that it is pushed into a vein at once, or undiluted, and does not forbid it."""
    lower = text.lower()
    found = _PUSHED.search(lower) if any(word in lower for word in _IN_PUSHED) else None
    return found is not None and _NOT.search(lower[: found.start()]) is None


@lru_cache(maxsize=8192)
def suits(caution: Caution, text: str) -> bool:
    """Whether a line has one of the words that a caution asks for, and none of those that it is not about."""
    lower = f" {re.sub(r'[^a-z0-9]+', ' ', text.lower())} "
    return (not caution.said or any(f" {word} " in lower for word in caution.said)) and not any(
        f" {word} " in lower for word in caution.unsaid
    )


def wrongly_given(item: Item, data: Reference) -> tuple[tuple[Caution, str], ...]:
    """The cautions about the way in which an item is given, each with the substance: potassium chloride that is pushed
    into a vein, enoxaparin into a muscle.
    """
    routes = {option.route for option in item.dosage.options if option.route} if item.dosage else set()
    ways = routes | ({"pushed"} if pushed(item.given.text) else set())
    return _found(item, ways, data) if ways else ()


def too_often(item: Item, data: Reference) -> tuple[tuple[Caution, str, Decimal], ...]:
    """The cautions about depot injections that an item gives at shorter intervals than they allow, each with the substance
    and the hours between two.
    """
    if item.dosage is None or item.care:
        return ()
    return tuple(
        (caution, substance, hours)
        for caution, substance in _found(item, {"too-often"}, data)
        if (hours := _apart(item)) is not None and caution.unless_hours is not None and hours < caution.unless_hours
    )


def _found(item: Item, ways: set[str], data: Reference) -> tuple[tuple[Caution, str], ...]:
    return tuple(
        (caution, substance)
        for substance in item.substances
        for caution in about(substance, data)
        if caution.given in ways and suits(caution, item.given.text)
    )


@lru_cache(maxsize=4096)
def about(substance: str, data: Reference) -> tuple[Caution, ...]:
    """The cautions about ways of giving that concern a substance: of nearly all there is none."""
    return tuple(each for each in data.cautions if each.given and belongs(kinds_of(substance, data), each.about))


def _apart(item: Item) -> Decimal | None:
    """The fewest hours between two doses of what is given again and again; ``None`` where that is not said."""
    options = item.dosage.options if item.dosage else ()
    return min((hours for option in options if (hours := _between(option)) is not None), default=None)


def _between(option: Option) -> Decimal | None:
    often = rate(option)
    if often is None or often.once or option.doses_total is not None or not often.high:
        return None
    length = often.per.hours()
    return (length if length is not None else often.per.value * _HOURS[often.per.unit]) / often.high
