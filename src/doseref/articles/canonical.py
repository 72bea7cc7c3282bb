"""What a statement's words say of whom and when, in one way of writing, before it is held against others.

"Days 1 to 21" are "the first 3 weeks", who weighs 30 to 35 lb is a child, and the dose to reach is the same whether the sentence
comes before or after the one that starts.
"""

from __future__ import annotations

from decimal import Decimal

from doseref.context import Context, is_counter, same_band
from doseref.patterns import regex
from doseref.records import replace
from doseref.refdata import Reference
from doseref.statements import Statement

_FREELY = "over the counter"
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_FIRST = regex(
    rf"(?:for\s+|in\s+|on\s+|during\s+|over\s+)?(?:the\s+)?first\s+(?:({_NUMBER})\s+)?(day|week|fortnight|month)s?\Z"
)
_FROM_ONE = regex(rf"(day|week|month)s?\s+(?:1|one)\s?(?:–|-|to|through|and|&|,)\s?({_NUMBER})\Z")
_AFTERWARDS = regex(
    r"(?:from|after|since)\s+(?:the\s+)?(?:(?:first\s+)?(?:day|week|month)s?\s+)?(?:\d{1,3}|first|second|third|fourth)\b.*\Z"
)
_EDGE = regex(
    r"(?:(?P<low>\d+(?:\.\d+)?) to |(?P<side>below|above) )?(?P<high>\d+(?:\.\d+)?) (?P<unit>year|month|week|day|kg|lb)\Z"
)
_GROWN = {
    "year": Decimal(17),
    "month": Decimal(215),
    "week": Decimal(930),
    "day": Decimal(6500),
    "kg": Decimal(44),
    "lb": Decimal(97),
}
"""The highest age, and the highest weight, of which a band speaks of children alone: adults' doses begin at 18 years, at 100 lb or 50 kg."""


def canonical(statement: Statement) -> Statement:
    """A statement with what its context says in one way of writing."""
    told = statement.context
    context = replace(told, condition=_stage(told)) if told.condition else told
    if told.band and told.population in (None, "adults") and statement.scope is None and _of_children(told.band):
        return replace(statement, scope="children", context=replace(context, population="children"))
    return statement if context is told or context == told else replace(statement, context=context)


def without_setting(statement: Statement) -> Statement:
    """A statement about a drug that is only sold freely: that its page says so sets its dose apart from nobody's."""
    told = statement.context
    if not is_counter(told) and statement.scope != _FREELY:
        return statement
    scope = None if statement.scope == _FREELY else statement.scope
    return replace(statement, scope=scope, context=replace(told, setting=None))


def only_sold_freely(substance: str, reference: Reference) -> bool:
    """Whether labels state maxima of a substance (its id), and all of them are of boxes sold without a prescription."""
    limits = (
        each
        for each in reference.limits.get(substance, ())
        if each.amount is not None and each.kind == "maximum" and not each.superseded
    )
    return {each.status for each in limits} == {"otc"}


def _stage(context: Context) -> str | None:
    """The condition of a context; a stretch of the treatment from its first day on is told in days."""
    condition = context.condition or ""
    if context.purpose == "target" and condition in ("start", "later"):
        return None  # the dose to reach, whenever that is
    if (hit := _FIRST.match(condition)) and (hit[1] or not condition.endswith("s")):
        return f"first {_days(hit[1] or '1', hit[2])} days"
    if hit := _FROM_ONE.match(condition):
        return f"first {_days(hit[2], hit[1])} days"
    return "later" if _AFTERWARDS.match(condition) else condition


def _days(number: str, unit: str) -> int:
    return int(_NUMBERS.get(number, number)) * _DAYS[unit]


def _of_children(band: str) -> bool:
    """Whether a band of ages or weights is of children alone."""
    parts = [_EDGE.match(each) for each in same_band(band).split(", ")]
    return all(hit and hit["side"] != "above" and Decimal(hit["high"]) <= _GROWN[hit["unit"]] for hit in parts)
