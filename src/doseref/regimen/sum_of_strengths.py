"""What is called by the sum of its strengths: levodopa with its companion ("Sinemet Plus 125 mg tds" is one tablet of 25
and 100 mg each time), the British co-names ("co-amoxiclav 625 mg" are 500 and 125 mg, 1.2 g 1 g and 200 mg), and antibiotics with
what keeps them from being broken down ("Tazocin 4.5 g" are 4 g and 0.5 g). Of no other combination is that the custom.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Strength
from doseref.items.sums import in_mg, sum_mg
from doseref.quantities import ONE, Range
from doseref.records import replace
from doseref.tables.entries import Product


def summing_to(candidates: Iterable[Product], dosage: Dosage) -> list[Product]:
    """The products of a brand whose strengths come to the one amount in milligrams that the dosage states; none where a
    product has that amount of an ingredient itself.
    """
    products = list(candidates)
    stated = {_stated(option) for option in dosage.options}
    amount = stated.pop() if len(stated) == 1 else None
    if amount is None or any(in_mg(i.strength, i.unit) == amount for product in products for i in product.ingredients):
        return []
    return [product for product in products if sum_mg(product) == amount]


def by_the_piece(dosage: Dosage, product: Product) -> Dosage:
    """The dosage in pieces of the product, where each amount in it is the sum of the product's strengths; the dosage itself
    otherwise.
    """
    if not dosage.options or not summing_to((product,), dosage):
        return dosage
    held = tuple(Strength(i.strength, i.unit, i.as_named) for i in product.ingredients)
    phases = tuple(
        replace(
            phase,
            options=tuple(
                replace(option, dose=None, count=option.count or Range.of(ONE, product.per_unit), strengths=held)
                for option in phase.options
            ),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


def _stated(option: Option) -> Decimal | None:
    """The one amount that an option states, in mg, as its dose or as the strength of what it counts."""
    if option.dose is not None:
        alone = option.dose.single and option.count is None and not option.strengths
        return in_mg(option.dose.low, option.dose.unit) if alone and not option.per_day else None
    if option.count is None or len(option.strengths) != 1 or option.strengths[0].per is not None:
        return None
    return in_mg(option.strengths[0].amount, option.strengths[0].unit)
