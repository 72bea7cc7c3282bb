"""Which strength of a group belongs to which ingredient, and in which unit: by the products that are known.

A group is written in the order of the names ("hydrocodone/acetaminophen 5/325"), but often enough the other way round.
Where only another order is that of a known product it is taken in that order: 325 mg of hydrocodone with 5 mg of
acetaminophen does not exist. A figure without a unit has the unit of the product, never simply milligrams:
norethindrone with ethinyl estradiol 1/20 is 1 mg with 20 mcg.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from doseref.items.model import Part, Trouble
from doseref.names import Names
from doseref.records import replace
from doseref.tables.entries import Ingredient, Product
from doseref.units import convert, convertible

MOST_INGREDIENTS = 5
"""Up to how many ingredients every order is tried."""
LEAST_FIGURE = 10
"""The largest figure of a group without units is at least this, or it may be a count ("1-2 tablets", "1/2 tablet")."""


def assigned(
    parts: tuple[Part, ...], names: Names, grouped: bool, unordered: bool = False
) -> tuple[Part, ...] | Trouble:
    """The parts with the strengths and units that are theirs, or why that cannot be told.

    ``grouped`` says that the strengths stood in a group behind the names, so that their order may be another;
    ``unordered`` that the name says no order, so that only a known product tells whose each is.
    """
    known = list(same_ingredients(parts, names))
    orders = [tuple(parts)]
    if len(parts) <= MOST_INGREDIENTS:
        orders += [order for order in _orders(parts) if order != tuple(parts)]
    if unordered and len(orders) > 1:
        fits = {found for order in orders for product in known if (found := fitted(order, product)) is not None}
        matched = "/".join(part.as_named for part in parts)
        unsaid = f"which strength of {matched} is whose is not said"
        return fits.pop() if len(fits) == 1 else Trouble("ambiguous-name", unsaid, "write each strength with its drug")
    for product in known:
        found = fitted(orders[0], product)
        if found is not None:
            return found
    turned = {found for order in orders[1:] for product in known if (found := fitted(order, product)) is not None}
    if not turned and not any(_in_proportion(orders[0], product) for product in known):
        turned = {order for order in orders[1:] if any(_in_proportion(order, product) for product in known)}
    matched = "/".join(part.as_named for part in parts)
    if len(turned) == 1 and grouped:
        return turned.pop()
    if turned:
        return Trouble(
            "ambiguous-name",
            f"the strengths of {matched} look swapped",
            "write the strengths in the order of the names",
        )
    return _by_shape(parts, names, matched)


def _by_shape(parts: tuple[Part, ...], names: Names, matched: str) -> tuple[Part, ...] | Trouble:
    """The parts as written where no known product has these strengths."""
    if any(not part.unit for part in parts):
        figures = [part.strength for part in parts if part.strength is not None]
        if max(figures) < LEAST_FIGURE or not all(_in_milligrams(part, names) for part in parts):
            return Trouble(
                "ambiguous-name", f"the strengths of {matched} have no unit", "write each strength with its unit"
            )
        parts = tuple(replace(part, unit=part.unit or "mg") for part in parts)
    if any(part.unit == "mg" and _never_in_milligrams(part, names) for part in parts):
        return Trouble(
            "ambiguous-name", f"the strengths of {matched} have no unit", "write each strength with its unit"
        )
    return parts


def _never_in_milligrams(part: Part, names: Names) -> bool:
    """Whether a substance is stated here in units, and in micrograms at most:
    "calcium-D 600/400" is no 400 mg of vitamin D.
    """
    stated = _stated_in(part.substance, names)
    return "[IU]" in stated and stated <= {"[IU]", "ug"}


def _in_milligrams(part: Part, names: Names) -> bool:
    """Whether the substance is stated in milligrams wherever its strength or its limit is stated here."""
    if part.unit:
        return True
    units = _stated_in(part.substance, names)
    return bool(units) and units <= {"mg", "g"}


def _stated_in(substance: str, names: Names) -> set[str]:
    """The units in which products and limits here state a substance."""
    units = {i.unit for p in names.data.products_with(substance) for i in p.ingredients if i.substance == substance}
    return units | {limit.unit for limit in names.data.limits.get(substance, ()) if limit.unit and not limit.products}


def _orders(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """The parts with their strengths in every order."""
    for order in permutations(parts):
        yield tuple(
            replace(part, strength=other.strength, unit=other.unit, per=other.per, per_unit=other.per_unit)
            for part, other in zip(parts, order, strict=True)
        )


def same_ingredients(parts: tuple[Part, ...], names: Names) -> Iterator[Product]:
    """The known products that hold just these ingredients."""
    wanted = sorted(part.substance for part in parts)
    for product in names.data.products_with(parts[0].substance):
        if len(product.ingredients) == len(wanted) and sorted(i.substance for i in product.ingredients) == wanted:
            yield product


def fitted(parts: tuple[Part, ...], product: Product) -> tuple[Part, ...] | None:
    """The parts with the product's units where their strengths are just its strengths, else ``None``."""
    own = {i.substance: i for i in product.ingredients}
    found = [_fits(part, own[part.substance]) for part in parts if part.substance in own]
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(parts) == len(product.ingredients) else None


def _in_proportion(parts: tuple[Part, ...], product: Product) -> bool:
    """Whether a liquid holds its ingredients in the proportion of a known product, whatever that is counted in: the
    tablet of 400 and 57 mg tells whose each is in "400/57 mg per 5 mL".
    """
    own = {i.substance: i for i in product.ingredients}
    if any(part.strength is None or part.per_unit != "mL" or part.substance not in own for part in parts):
        return False
    if not all(part.unit and convertible(part.unit, own[part.substance].unit) for part in parts):
        return False
    pairs = [
        (convert(part.strength or Decimal(0), part.unit, own[part.substance].unit), own[part.substance].strength)
        for part in parts
    ]
    return all(amount * pairs[0][1] == pairs[0][0] * strength for amount, strength in pairs)


def _fits(part: Part, own: Ingredient) -> Part | None:
    """The part where its strength is that of an ingredient of a product."""
    if part.strength is None or (not part.per_unit and own.per_unit == "mL"):
        return None
    sprayed = part.per_unit == "{puff}" and own.per_unit == "{spray}"
    per_unit = own.per_unit if sprayed else part.per_unit  # "125 mcg + 50 mcg per spray": any actuation is a puff there
    if per_unit and not convertible(per_unit, own.per_unit):
        return None
    unit = part.unit or own.unit
    if not convertible(unit, own.unit):
        return None
    amount = convert(part.strength, unit, own.unit)
    per = convert(part.per, per_unit, own.per_unit) if per_unit else Decimal(1)
    return replace(part, unit=unit, per_unit=per_unit) if amount * own.per == own.strength * per else None
