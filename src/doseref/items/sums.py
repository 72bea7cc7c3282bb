"""Products of two ingredients that are called by the sum of both: "co-amoxiclav 625 mg", "piperacillin/tazobactam 4.5 g"."""

from __future__ import annotations

from decimal import Decimal

from doseref.items.assign import same_ingredients
from doseref.items.model import Part
from doseref.names import Names
from doseref.records import replace
from doseref.tables.entries import Product

_PIECES = ("{tablet}", "{capsule}", "{vial}")
_CALLED_SO = frozenset(("levodopa", "tazobactam", "clavulanate"))
_CO_NAME = "co-"
_MG = {"mg": Decimal(1), "g": Decimal(1000)}


def in_mg(amount: Decimal, unit: str) -> Decimal | None:
    """An amount in milligrams; ``None`` of any unit but mg and g."""
    return amount * _MG[unit] if unit in _MG else None


def sum_mg(product: Product) -> Decimal | None:
    """What a tablet, capsule or vial of two ingredients holds in all, in mg, where it is called by that; else ``None``."""
    own = product.ingredients
    if not (product.name.lower().startswith(_CO_NAME) or any(i.substance in _CALLED_SO for i in own)):
        return None
    held = [in_mg(i.strength, i.unit) for i in own]
    if len(own) != 2 or product.per_unit not in _PIECES or None in held:
        return None
    return sum((each for each in held if each is not None), Decimal(0))


def by_the_sum(parts: tuple[Part, ...], names: Names) -> tuple[Part, ...]:
    """The ingredients with their strengths, where the one amount that is written is what one product of them holds in all, and
    none holds so much of one of them; empty elsewhere.
    """
    written = [each for each in parts if each.strength is not None]
    whole = in_mg(written[0].strength, written[0].unit) if len(written) == 1 and written[0].strength else None
    if len(parts) != 2 or whole is None or written[0].per_unit:
        return ()
    made = [each for each in same_ingredients(parts, names) if not each.withdrawn]
    if any(in_mg(i.strength, i.unit) == whole for each in made for i in each.ingredients):
        return ()
    fitting = {each.composition: each for each in made if sum_mg(each) == whole}
    if len(fitting) != 1:
        return ()
    own = {i.substance: i for i in next(iter(fitting.values())).ingredients}
    return tuple(replace(each, strength=own[each.substance].strength, unit=own[each.substance].unit) for each in parts)
