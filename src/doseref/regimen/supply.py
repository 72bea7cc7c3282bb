"""What was dispensed and for how long, as written behind a sig ("#30, 30 days supply") or in the columns of a
pharmacy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.dosage.model import Dosage, Option
from doseref.dosage.rates import period_hours, rate
from doseref.patterns import regex
from doseref.quantities import printed
from doseref.records import record
from doseref.regimen.calendar import days
from doseref.regimen.model import Item

_PIECES = "tablets?|tabs?|capsules?|caps?|caplets?|pills?|patch(?:es)?|pieces?|ea|each|units? of use"
_NUMBER = r"(?P<count>[0-9]{1,4})"
_COUNT = (
    rf"(?:(?:disp(?:ense[d]?)?|qty|quantity|mitte|supply)\b\.?\s?[:#=]?\s?#?\s?|#\s?){_NUMBER}(?:\s?(?:{_PIECES})\b)?"
)
_DAYS = r"(?:for\s|x\s?)?\(?(?:[0-9]{1,3})[\s-]days?(?:['’]?s?['’]?\s?supply)?\)?"
_TAIL = regex(
    rf"[\s,;.(/-]+(?:{_COUNT}|(?P<pieces>[0-9]{{1,4}})\s?(?:{_PIECES})(?=[\s,;(/]+{_DAYS}))"
    rf"(?:[\s,;.(/-]*{_DAYS})?[\s,;.)]*(?:(?:refills?|rf|rfs|repeats?)\s?[:#x]?\s?[0-9]{{1,2}}|no refills)?[\s.;)]*$",
    re.I,
)
_IN_TAILS = ("disp", "qty", "quantity", "mitte", "supply", "#", "day")
"""No tail is without one of these."""
_SUPPLY_DAYS = regex(
    r"(?:days?\s?supply|supply for|ds)\s?[:=]?\s?([0-9]{1,3})\b|([0-9]{1,3})[\s-]days?['’]?s?['’]?\s?supply", re.I
)
_QUANTITY = regex(r"(?:\b(?:qty|quantity|disp(?:ensed?)?)|#)\s?[:=#]?\s?#?\s?([0-9]{1,4})\b(?!\s?(?:ml|g|gm)\b)", re.I)
"""How many were dispensed, in a field of its own wherever it stands ("QTY 24|DS 28")."""
_IN_QUANTITIES = ("qty", "quantity", "disp", "#")
"""No such field is without one of these."""
_TAIL_DAYS = regex(r"([0-9]{1,3})[\s-]days?\b")
_WHOLE = regex(rf"\s*#?\s?([0-9]{{1,4}})(?:\.0+)?\s?(?:{_PIECES})?\.?\s*", re.I)
_COUNTED = ("{tablet}", "{capsule}", "{caplet}", "{patch}", "{pill}")
_SOLID = ("tablet", "capsule", "patch")


@record
class Supply:
    """``count`` pieces that are to last ``for_days`` days; ``stated`` where that is called a supply,
    not just how long it is taken.
    """

    count: Decimal
    for_days: Decimal
    stated: bool


def without_supply(sig: str) -> str:
    """``sig`` without a tail that says only what was dispensed; ``sig`` itself where there is none."""
    found = _tail(sig)
    return sig[: found.start()] if found else sig


def _tail(text: str) -> re.Match[str] | None:
    """The tail of ``text`` that says what was dispensed."""
    lower = text.lower()
    return _TAIL.search(text) if any(word in lower for word in _IN_TAILS) else None


@lru_cache(maxsize=4096)
def _dispensed(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The tail, and the field of a number, that say what was dispensed: sigs come again and again."""
    lower = text.lower()
    return _tail(text), _QUANTITY.search(text) if any(word in lower for word in _IN_QUANTITIES) else None


def supply(item: Item) -> Supply | None:
    """What an item says of its supply; ``None`` where quantity or days are not said,
    or the quantity is no number of pieces.
    """
    text = item.given.sig or item.given.text
    tail, labelled = _dispensed(text)
    written = item.given.quantity or (tail and (tail["count"] or tail["pieces"])) or (labelled and labelled[1]) or ""
    whole = _WHOLE.fullmatch(written) if written else None
    if whole is None or not int(whole[1]):
        return None
    column = _WHOLE.fullmatch(item.given.days_supply)
    named = _SUPPLY_DAYS.search(text)
    beside = _TAIL_DAYS.search(tail.group()) if tail else None
    number = (column and column[1]) or (named and (named[1] or named[2])) or (beside and beside[1])
    if number and int(number):
        return Supply(Decimal(whole[1]), Decimal(number), stated=True)
    lasts = _course(item.dosage) if item.dosage else None
    return Supply(Decimal(whole[1]), lasts, stated=False) if lasts else None


_FAR = 5
"""From so many times on quantity and dosage cannot both be meant."""


def far_too_short(item: Item) -> str:
    """What is told where the stated supply lasts a fifth of its days or less by the dosage
    ("6 tablets daily, 24 for 28 days"); empty elsewhere.
    """
    given = supply(item)
    lasts = lasting_days(item, given.count) if given is not None and given.stated else None
    if given is None or lasts is None or lasts[1] * _FAR > given.for_days:
        return ""
    return (
        f"{printed(given.count)} pieces are to last {printed(given.for_days)} days, and by this dosage they last "
        f"{printed(lasts[1].quantize(Decimal('0.1')))}"
    )


def lasting_days(item: Item, count: Decimal) -> tuple[Decimal, Decimal] | None:
    """Fewest and most days that ``count`` pieces last by the dosage; ``None`` where that is not known or it is as
    needed.

    A dose without a number of pieces is taken for one piece.
    """
    dosage = item.dosage
    if (
        dosage is None
        or not dosage.phases
        or {phase.sequence for phase in dosage.phases} != {dosage.phases[0].sequence}
    ):
        return None
    low = high = Decimal(0)
    for phase in dosage.phases:
        if len(phase.options) != 1 or phase.step is not None:
            return None
        used = _per_day(phase.options[0])
        if used is None:
            return None
        low, high = low + used[0], high + used[1]
    return (count / high, count / low) if low else None


def _per_day(option: Option) -> tuple[Decimal, Decimal] | None:
    """Pieces that an option takes a day."""
    often = rate(option)
    if often is None or often.once or option.prn or option.doses_total or option.cycle:
        return None
    pieces = _pieces(option)
    if pieces is None:
        return None
    least, most = period_hours(often.per.value, often.per.unit)
    shortest, longest = Decimal(least.numerator) / least.denominator, Decimal(most.numerator) / most.denominator
    return pieces[0] * often.low * 24 / longest, pieces[1] * often.high * 24 / shortest


def _pieces(option: Option) -> tuple[Decimal, Decimal] | None:
    """Pieces of one dose: as counted, or one where a mass of a solid form is the dose."""
    if option.count is not None:
        return (option.count.low, option.count.high) if option.count.unit in _COUNTED else None
    if option.per_day or option.dose is None or option.dose.unit not in ("mg", "ug", "g") or not option.dose.single:
        return None
    return (Decimal(1), Decimal(1)) if option.form in _SOLID else None


def _course(dosage: Dosage) -> Decimal | None:
    """The stated length of a course in days, where it is one number."""
    lengths = {found for option in dosage.options if option.duration for found in _single(days(option.duration))}
    return lengths.pop() if len(lengths) == 1 else None


def _single(length: tuple[Decimal, Decimal] | None) -> Iterator[Decimal]:
    if length and length[0] == length[1]:
        yield length[0]
