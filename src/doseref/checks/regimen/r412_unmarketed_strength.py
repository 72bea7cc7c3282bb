"""R412 unmarketed-strength (info)

What. An item counts tablets or capsules of one prescription drug in a strength that none of the known lists of marketed
products has ("metformin 300 mg, 1 tablet"). Only drugs with a list are looked at, and none that is sold without
prescription.

Why. A strength that does not exist is often a slip of the drug (look-alike names differ in their strengths) or of a
digit. The lists are those of the FDA and of the NHS and are some years old, so this is for information.

Passes:
    Metformin 500 mg, 1 tablet twice daily

Fires:
    Metformin 300 mg, 1 tablet twice daily
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.checks.regimen.case import Case, Finding, Severity, listed
from doseref.quantities import Range
from doseref.refdata import Reference
from doseref.regimen.model import Item
from doseref.regimen.sold import sold_freely
from doseref.regimen.strengths import MarketedStrength, marketed
from doseref.units import convert, convertible
from doseref.units import printed as unit_word

_SOLID = ("{tablet}", "{capsule}", "{film}", "{lozenge}")


def check(case: Case) -> Iterator[Finding]:
    """One finding per item with such a strength."""
    for item in case.items:
        stated = _stated(item)
        if stated is None:
            continue
        part = item.parts[0]
        amount, unit, form = stated
        known = _known(part.substance, case.bench.country, case.data)
        if not known or _marketed(amount, unit, part.substance, case.bench.country, case.data):
            continue
        name = case.told(part.substance)
        yield Finding(
            "R412",
            "unmarketed-strength",
            Severity.INFO,
            f"item {item.n}: {name} {Range.of(amount, unit)} is not a strength known here; known: "
            f"{_words(part.substance, case.bench.country, case.data)}",
            items=(item.n,),
            substances=(case.name(part.substance),),
            sources=tuple(sorted({each.source for each in known})),
            mend=f"check the drug and the strength of the {unit_word(form, plural=False)}",
        )


def _stated(item: Item) -> tuple[Decimal, str, str] | None:
    """Strength, its unit and what is counted, of an item of one drug that is no product; ``None`` for all others."""
    if item.product is not None or len(item.parts) != 1 or item.parts[0].compound or item.dosage is None:
        return None
    for option in item.dosage.options:
        if option.count is not None and option.count.unit in _SOLID and len(option.strengths) == 1:
            strength = option.strengths[0]
            if strength.per is None and convertible(strength.unit, "mg"):
                return strength.amount, strength.unit, option.count.unit
    return None


@lru_cache(maxsize=4096)
def _known(substance: str, country: str, data: Reference) -> tuple[MarketedStrength, ...]:
    """The marketed strengths of a prescription drug; none for what is sold freely,
    and for other countries than those of the lists.
    """
    if data.substances[substance].kind != "drug" or sold_freely(substance, data):
        return ()
    known = marketed(substance, data)
    free = any(each.status == "otc" for each in known)
    return () if free or country not in {each.market for each in known} else known


@lru_cache(maxsize=4096)
def _of_products(substance: str, data: Reference) -> tuple[tuple[Decimal, str], ...]:
    """The strengths in which the products with a substance have it, each once."""
    found = {
        (i.strength, i.unit): None
        for product in data.products_with(substance)
        for i in product.ingredients
        if i.substance == substance and i.per == 1
    }
    return tuple(found)


@lru_cache(maxsize=4096)
def _marketed(amount: Decimal, unit: str, substance: str, country: str, data: Reference) -> bool:
    """Whether a strength is on the lists, or is that of a product."""
    lists = ((each.amount, each.unit) for each in _known(substance, country, data))
    return any(_same(amount, unit, *each) for each in (*lists, *_of_products(substance, data)))


def _same(amount: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    return convertible(other_unit, unit) and convert(other, other_unit, unit) == amount


@lru_cache(maxsize=4096)
def _words(substance: str, country: str, data: Reference) -> str:
    """``500 mg, 850 mg and 1,000 mg``, each once, the smallest first."""
    known = reversed(_known(substance, country, data))
    amounts = {convert(each.amount, each.unit, "mg"): Range.of(each.amount, each.unit) for each in known}
    return listed(str(amounts[amount]) for amount in sorted(amounts))
