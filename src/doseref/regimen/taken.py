"""What a limit is held against: one substance as it is taken, by route, release, strength, product and period."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from doseref.quantities import Period
from doseref.records import Kept, record, replace
from doseref.refdata import Reference
from doseref.regimen.model import Exposure

StatedStrength = tuple[Decimal, str]


@record
class Taken(Kept):
    """What a limit is held against: one substance by kinds of route, in words of route, release, strength and product.

    An empty word among ``routes`` or ``releases`` is one that is not stated.
    """

    substance: str
    kinds: frozenset[str]
    routes: frozenset[str]
    releases: frozenset[str]
    strengths: tuple[tuple[StatedStrength, ...], ...]
    products: frozenset[str]
    periods: frozenset[Period]

    @classmethod
    def of(cls, exposures: Iterable[Exposure]) -> Taken:
        """What these exposures of one substance have in common as far as limits are scoped by it."""
        known = tuple(exposures)
        if len(known) == 1:  # nearly always; a regimen is asked about many limits
            one = known[0]
            product = one.product.id if one.product else ""
            return _of_one(one.substance, one.route, one.routes, one.release, one.strengths, product, one.per.usual())
        return cls(
            known[0].substance,
            frozenset(each.route for each in known),
            frozenset(route for each in known for route in (each.routes or ("",))),
            frozenset(each.release for each in known),
            tuple(each.strengths for each in known),
            frozenset(each.product.id for each in known if each.product),
            frozenset(each.per.usual() for each in known),
        )


@lru_cache(maxsize=8192)
def _of_one(
    substance: str,
    route: str,
    routes: tuple[str, ...],
    release: str,
    strengths: tuple[StatedStrength, ...],
    product: str,
    per: Period,
) -> Taken:
    """What one exposure is; the same drug is taken alike by many."""
    products = frozenset((product,)) if product else frozenset[str]()
    return Taken(
        substance,
        frozenset((route,)),
        frozenset(routes or ("",)),
        frozenset((release,)),
        (strengths,),
        products,
        frozenset((per,)),
    )


def taken_as(exposures: Iterable[Exposure], data: Reference) -> Taken:
    """:meth:`Taken.of`, without the strengths where no limit of the substance is about one:
    what is asked is then the same.
    """
    known = tuple(exposures)
    if not _of_strengths(known[0].substance, data):
        if len(known) == 1:
            one = known[0]
            product = one.product.id if one.product else ""
            return _of_one(one.substance, one.route, one.routes, one.release, (), product, one.per.usual())
        return replace(Taken.of(known), strengths=())
    return Taken.of(known)


@lru_cache(maxsize=4096)
def _of_strengths(substance: str, data: Reference) -> bool:
    return any(limit.strengths for limit in data.limits.get(substance, ()) if not limit.article)
