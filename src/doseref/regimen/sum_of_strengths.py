"""What is called by the sum of its strengths: levodopa with its companion ("Sinemet Plus 125 mg tds" is one tablet of 25
and 100 mg each time), and the British co-names ("co-amoxiclav 625 mg" are 500 and 125 mg). Of no other combination is that
the custom.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Strength
from doseref.quantities import ONE, Range
from doseref.records import replace
from doseref.tables.entries import Product

_PIECES = ("{tablet}", "{capsule}")
_CALLED_SO = "levodopa"
_CO_NAME = "co-"


def summing_to(candidates: Iterable[Product], dosage: Dosage) -> list[Product]:
    """The products of a brand whose strengths come to the one amount in milligrams that the dosage states; none where a
    product has that amount of an ingredient itself.
    """
    products = list(candidates)
    stated = {_stated(option) for option in dosage.options}
    amount = stated.pop() if len(stated) == 1 else None
    if amount is None or any(i.strength == amount for product in products for i in product.ingredients):
        return []
    return [product for product in products if _sum(product) == amount]


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


def _sum(product: Product) -> Decimal | None:
    """What a tablet or capsule of several ingredients holds in all, in mg; ``None`` of anything else."""
    own = product.ingredients
    if not (product.name.lower().startswith(_CO_NAME) or any(i.substance == _CALLED_SO for i in own)):
        return None
    if len(own) != 2 or product.per_unit not in _PIECES or any(i.unit != "mg" for i in own):
        return None
    return sum((i.strength for i in own), Decimal(0))


def _stated(option: Option) -> Decimal | None:
    """The one amount in mg that an option states, as its dose or as the strength of what it counts."""
    if option.dose is not None:
        alone = option.dose.single and option.dose.unit == "mg" and option.count is None and not option.strengths
        return option.dose.low if alone and not option.per_day else None
    if option.count is None or len(option.strengths) != 1 or option.strengths[0].per is not None:
        return None
    return option.strengths[0].amount if option.strengths[0].unit == "mg" else None
