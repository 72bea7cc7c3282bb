"""The largest amount that anybody in the data expects of a substance at once or in a day:
a label's dose, or a marketed strength.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from doseref.limits import ROUTE_KIND, Limit
from doseref.quantities import Period, Range
from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.calendar import days_of
from doseref.regimen.delivered import to_unit
from doseref.regimen.model import Total
from doseref.regimen.overlaps import narrow
from doseref.regimen.scope import elsewhere
from doseref.regimen.strengths import marketed
from doseref.units import printed as unit_word

UNSAID = frozenset(("",))
"""The routes of what does not say by which it is given."""
FAR_TIMES = 4
"""How many times the largest expected amount a dose must be to look like a slip:
no labelled dose of the data comes near it.
"""
BEYOND_BOUND = Decimal("2.5")
"""How many times the largest amount that any source allows in a day one dose must be."""
FAR_FROM_A_DAY = 5
"""How many times the most that any source gives in a day the sum of a day must be."""
MANY_PIECES, TWICE = 10, 2
"""So many of the largest tablets at once, and so many times the largest dose that anybody gives,
look like a slip too.
"""


NONE_READ_TIMES = 10
"""How many of the largest tablets it must be where no label's dosing was read:
some doses are many tablets (capecitabine).
"""


def routes_of(total: Total) -> frozenset[str]:
    """The routes by which a total is said to be given; ``""`` among them where one of its doses does not say."""
    return frozenset(route for each in total.exposures for route in (each.routes or ("",)))


@record
class Expected:
    """An amount in the unit that was asked for, and what it is: "the largest tablet is 0.3 mg", "the largest dose a
    source here gives is 40 mg"."""

    amount: Decimal
    words: str
    bound: bool = False
    """Whether a source gives it as the end of what may be given, not as what is usual."""

    @property
    def far(self) -> Decimal:
        """The dose from which on a slip is likelier than a high dose."""
        return self.amount * (BEYOND_BOUND if self.bound else FAR_TIMES)


@lru_cache(maxsize=4096)
def plain_unit(unit: str, substance: str, data: Reference) -> str:
    """The unit in which doses of a substance are compared: mg of what has a mass, else its own (units, mEq)."""
    return "mg" if to_unit(data, substance, Range(Decimal(1), Decimal(1), unit), "mg") is not None else unit


def looks_like_a_slip(
    dose: Decimal,
    unit: str,
    substance: str,
    route_kind: str,
    data: Reference,
    routes: frozenset[str] = UNSAID,
    weight_kg: Decimal | None = None,
) -> Expected | None:
    """What a dose of ``dose`` in its plain unit at once is far beyond; ``None`` where it is not, or nothing is known.

    ``routes`` are those by which it is said to be given, with ``""`` for one that is not said; ``weight_kg`` is that of
    the person, where it is known. The table of marketed strengths is read only for a dose that is well beyond all else.
    """
    expected = largest_expected(substance, route_kind, unit, data, routes, weight_kg)
    if expected is not None and dose <= expected.amount:
        return None
    strength = largest_strength(substance, unit, data) if route_kind == "systemic" else None
    piece = _larger(largest_piece(substance, route_kind, unit, data), strength)
    largest = _larger(expected, piece)
    if largest is None:
        return None
    if not data.limits.get(substance):
        return largest if dose >= NONE_READ_TIMES * largest.amount else None
    if dose >= largest.far:
        return largest
    if dose >= TWICE * largest.amount and narrow(substance, data):
        return largest
    if dose > largest.amount and (slipped := _a_zero_too_many(dose, unit, substance, route_kind, routes, data)):
        return Expected(largest.amount, f"{slipped}, and {largest.words}", largest.bound)
    many = piece is not None and dose >= MANY_PIECES * piece.amount
    return piece if many and dose >= TWICE * largest.amount else None


def far_beyond_weeks(
    dose: Decimal,
    per: Period,
    unit: str,
    substance: str,
    route_kind: str,
    data: Reference,
    routes: frozenset[str] = UNSAID,
) -> Expected | None:
    """The largest that any source gives of a drug once a week or more seldom, where one ``dose`` for ``per`` is far beyond it,
    or ten times what is given; ``None`` where not, or where no source gives it so seldom.

    What is given for a shorter time than ``per`` is taken so many times as that fits: 10.8 mg for 12 weeks are 3.6 mg for
    4 weeks.
    """
    known: list[Expected] = []
    for limit in data.limits.get(substance, ()):
        systemic = ROUTE_KIND.get(limit.route, "systemic") == route_kind
        if limit.per is None or limit.per.is_day or not systemic or elsewhere(limit, routes):
            continue
        times = max(Decimal(1), days_of(per) / days_of(limit.per))
        known += [Expected(each.amount * times, each.words) for each in _labelled(limit, unit, substance, data, None)]
    largest = max(known, key=lambda each: each.amount, default=None)
    if largest is None:
        return None
    ten_times = any(dose == 10 * each.amount for each in known)
    return largest if dose >= BEYOND_BOUND * largest.amount or (ten_times and dose > largest.amount) else None


_SWALLOWED = UNSAID | {"oral", "enteral", "sublingual", "buccal"}
"""The routes by which a tablet may be taken, and none said: of these a tablet's strength says something."""


def _a_zero_too_many(
    dose: Decimal, unit: str, substance: str, route_kind: str, routes: frozenset[str], data: Reference
) -> str:
    """That a tenth of a dose is a tablet in which a drug is sold, in words: 750 mg of clopidogrel, which is sold as 75 mg.

    Empty where it is none, or where it is injected: tablets say nothing of an infusion. Of a supplement, which anybody may
    sell in any amount, nothing is said.
    """
    known = data.substances.get(substance)
    if route_kind != "systemic" or not routes <= _SWALLOWED or known is None or known.kind == "supplement":
        return ""
    for each in marketed(substance, data):
        if _in(unit, each.amount, each.unit, substance, data) == dose / 10:
            return f"a tenth of one dose is the {unit_word(each.per_unit, plural=False)} of {_words(each.amount, each.unit)}"
    return ""


def far_beyond_a_day(
    day: Decimal,
    unit: str,
    substance: str,
    route_kind: str,
    data: Reference,
    times: int = FAR_FROM_A_DAY,
    routes: frozenset[str] = UNSAID,
) -> Expected | None:
    """The most that any source gives in a day, where ``day`` is so many ``times`` that; ``None`` where not.

    Where no source gives an amount per day of a drug of which one dose too many is dangerous (warfarin, by its effect)
    the largest tablet stands for it. What is also given per week or longer is told by the wrong-period rule.
    """
    most = _most_in_a_day(substance, route_kind, unit, data, routes)
    return most if most is not None and day >= times * most.amount else None


@lru_cache(maxsize=4096)
def _most_in_a_day(
    substance: str, route_kind: str, unit: str, data: Reference, routes: frozenset[str]
) -> Expected | None:
    """The most that any source gives in a day; ``None`` where one gives it per week or longer, or none is known."""
    limits = data.limits.get(substance, ())
    if any(limit.per is not None and not limit.per.is_day for limit in limits):
        return None
    known = [
        Expected(amount, f"the most a source here gives in a day is {_words(limit.amount, limit.unit)}")
        for limit in limits
        if limit.amount is not None
        and limit.per is not None
        and limit.per.is_day
        and ROUTE_KIND.get(limit.route, "systemic") == route_kind
        and not elsewhere(limit, routes)
        and (amount := _in(unit, limit.amount, limit.unit, substance, data)) is not None
    ]
    most = max(known, key=lambda each: each.amount, default=None)
    if most is None and route_kind == "systemic" and limits and narrow(substance, data):
        return largest_strength(substance, unit, data)
    return most


def twice_of_a_narrow(day: Decimal, unit: str, substance: str, route_kind: str, data: Reference) -> bool:
    """Whether ``day`` of a drug of which one dose too many is dangerous is twice the most that any source gives.

    ``False`` where a source gives it by the body weight.
    """
    by_weight = any(limit.unit.endswith("/kg") for limit in data.limits.get(substance, ()))
    return (
        narrow(substance, data)
        and not by_weight
        and far_beyond_a_day(day, unit, substance, route_kind, data, TWICE) is not None
    )


def _larger(one: Expected | None, other: Expected | None) -> Expected | None:
    return max((each for each in (one, other) if each is not None), key=lambda each: each.amount, default=None)


@lru_cache(maxsize=4096)
def largest_strength(substance: str, unit: str, data: Reference) -> Expected | None:
    """The largest marketed tablet or capsule of a substance alone, in any country; ``None`` where none is known."""
    found = []
    for each in marketed(substance, data):
        amount = _in(unit, each.amount, each.unit, substance, data)
        if amount is not None:
            words = f"the largest {unit_word(each.per_unit, plural=False)} is {_words(each.amount, each.unit)}"
            found.append(Expected(amount, words))
    return max(found, key=lambda each: each.amount, default=None)


@lru_cache(maxsize=4096)
def largest_piece(substance: str, route_kind: str, unit: str, data: Reference) -> Expected | None:
    """The largest tablet, capsule or caplet of a substance by one kind of route; ``None`` where the data know none.

    What a product of many nutrients holds says nothing of a tablet of one (riboflavin 15 mg in it, 400 mg alone).
    """
    found: list[Expected] = []
    for product in (each for each in data.products_with(substance) if not each.of_many):
        for each in product.ingredients:
            systemic = ROUTE_KIND.get(product.route, "systemic") == route_kind
            if (
                each.substance == substance
                and systemic
                and each.per_unit in ("{tablet}", "{capsule}", "{caplet}")
                and each.per == 1
            ):
                amount = _in(unit, each.strength, each.unit, substance, data)
                if amount is not None:
                    form = unit_word(each.per_unit, plural=False)
                    found.append(Expected(amount, f"the largest {form} is {_words(each.strength, each.unit)}"))
    return max(found, key=lambda each: each.amount, default=None)


@lru_cache(maxsize=4096)
def largest_expected(
    substance: str,
    route_kind: str,
    unit: str,
    data: Reference,
    routes: frozenset[str] = UNSAID,
    weight_kg: Decimal | None = None,
) -> Expected | None:
    """The largest of strengths and labelled doses of a substance by one kind of route;
    ``None`` where the data know none.
    """
    piece = largest_piece(substance, route_kind, unit, data)
    found = [piece] if piece else []
    for limit in data.limits.get(substance, ()):
        if ROUTE_KIND.get(limit.route, "systemic") == route_kind and not elsewhere(limit, routes):
            found += _labelled(limit, unit, substance, data, weight_kg)
    return max(found, key=lambda each: each.amount, default=None)


_PER_KG = "/kg"
HEAVY_KG = Decimal(100)
"""The weight that is taken where a dose goes by it and it is not known: more than most have."""


def _labelled(limit: Limit, wanted: str, substance: str, data: Reference, weight_kg: Decimal | None) -> list[Expected]:
    """The amounts that one limit names, whatever its kind; what it gives for each kilogram, for the person's weight."""
    pairs = [(limit.amount, limit.unit), (limit.single, limit.single_unit)]
    made = []
    for value, unit in pairs:
        if value is not None and unit.endswith(_PER_KG):
            kg = weight_kg if weight_kg is not None else HEAVY_KG
            whole = unit.removesuffix(_PER_KG)
            amount = _in(wanted, value * kg, whole, substance, data)
            if amount is not None:
                words = f"a source here gives {_words(value, unit)}, {_words(value * kg, whole)} at {kg:f} kg"
                made.append(Expected(amount, words))
            continue
        amount = _in(wanted, value, unit, substance, data) if value is not None else None
        if value is not None and amount is not None:
            words = f"the largest dose a source here gives is {_words(value, unit)}"
            bound = (
                limit.kind in ("maximum", "not-recommended-above") and limit.basis == "maximum" and unit == limit.unit
            )
            made.append(Expected(amount, words, bound and value == limit.amount))
    return made


def _in(wanted: str, value: Decimal, unit: str, substance: str, data: Reference) -> Decimal | None:
    turned = to_unit(data, substance, Range(value, value, unit), wanted) if unit else None
    return turned.high if turned else None


def _words(value: Decimal, unit: str) -> str:
    return str(Range(value, value, unit))
