"""Identities from compositions: combinations by their ingredients, brands with their own composition.

A brand and its own composition ("Norco (hydrocodone/acetaminophen 5 mg/325 mg)") are one item; where they disagree,
that is told and nothing is counted. A composition whose names are not all known is not assessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.items.assign import assigned, fitted, same_ingredients
from doseref.items.composition import Component, Composition, Reader, Strong, holds
from doseref.items.identity import Identity, class_named, described, part_of, parts_of, without
from doseref.items.model import Part, Trouble
from doseref.items.sums import by_the_sum
from doseref.names import Found, Named, Names
from doseref.patterns import regex
from doseref.quantities import printed
from doseref.records import replace
from doseref.tables.entries import Ingredient, Product
from doseref.units import UNITS

FAR_APART = 10
"""From this ratio on two figures with a hyphen are the strengths of two ingredients and no range of doses."""


def composed(reader: Reader, found: Found) -> Identity | None:
    """Several ingredients named together, or one with the strengths of a known combination ("oxycodone 5/325")."""
    read = reader.composition(found.start)
    if read is None:
        return None
    if read.known and not read.strong and "+" in reader.text[read.start : read.end + 12]:
        figured = reader.composition(found.start, figures=True)  # "olmesartan 20 + HCTZ 12.5"
        if figured is not None and figured.known and figured.strong and len(figured.components) > 1:
            read = figured
    if len(read.components) == 1:
        return _by_figures(reader, found, read)
    if read.known and len(set(read.substances)) < len(read.components):
        return None  # one substance by two of its names
    sig = without(reader.text, read.start, read.end)
    if not read.known:
        if (found.entry.products or found.entry.mixture) and _inside(reader.text, read, found):
            return None  # the name of a product, which is not to be taken apart ("Senokot-S 8.6-50 mg")
        return partly_known(read, sig, reader.names)
    by = next(each.entry.by for each in read.components if each.entry)
    other = reader.another_behind(read)
    if other is not None:
        trouble = Trouble(
            "ambiguous-name",
            f"names two drugs, {read.written} and {other.name}; write one item for each",
            "split the item",
        )
        return Identity(bare(parts_read(read)), by=by, matched=read.written, sig=sig, trouble=trouble)
    if not any(each.strength is not None for each in read.components):
        if found.entry.products and (found.end > read.end or _own_name(read, found)):
            return None  # the label of a product
        if read.alias is not None and (only := _of_one_kind(read)) is not None:
            return Identity(product=only, by=by, matched=read.alias.name, sig=sig, strong="/" in only.label)
        return Identity(parts_read(read), by=by, matched=read.written, sig=sig)
    return _settled(read, sig, by, reader.names, found.entry if found.end >= read.end else read.alias)


def _own_name(read: Composition, found: Found) -> bool:
    """Whether names joined are themselves the name of one product, which begins with a brand: "Coloxyl with Senna"."""
    first = read.components[0].entry
    one = len({product.composition for product in found.entry.products}) == 1
    return found.end == read.end and one and first is not None and first.by == "brand"


def _inside(text: str, read: Composition, found: Found) -> bool:
    """Whether every name that is not known is only a piece of the known one that begins there."""
    return all(text.find(each.written, read.start) < found.end for each in read.components if each.entry is None)


def _settled(read: Composition, sig: str, by: str, names: Names, brand: Named | None) -> Identity:
    """A composition with its strengths, as the product it is where a brand or label says so."""
    parts = parts_read(read)
    if not read.strong and (called := by_the_sum(parts, names)):
        return Identity(called, by=by, matched=read.written, sig=sig, strong=True)
    if not read.strong:
        return Identity(parts, by=by, matched=read.written, sig=sig, trouble=_not_stated(read.written))
    found = assigned(parts, names, grouped=read.group)
    if isinstance(found, Trouble):
        return Identity(parts, by=by, matched=read.written, sig=sig, trouble=found)
    products = brand.products if brand else ()
    fitting = [product for product in products if fitted(found, product)]
    if fitting:
        chosen = next((product for product in fitting if not product.withdrawn), fitting[0])
        matched = brand.name if brand else chosen.label
        return Identity(product=chosen, by=by, matched=matched, sig=sig, strong=True)
    if products and brand is not None:
        marketed = any(fitted(found, each) for each in same_ingredients(found, names) if not each.withdrawn)
        labelled = brand.name[-1:].isdigit()  # "(Norco 5/325) 10-325 mg" are two strengths
        if labelled or not (
            marketed and holds(brand, read.substances)
        ):  # "(HYZAAR) 100-25 mg": not each of a brand is known
            return _disagreeing(brand, read, sig)
    return Identity(found, by=by, matched=read.written, sig=sig)


def _of_one_kind(read: Composition) -> Product | None:
    """The product of the brand behind names without strengths, where all of that brand with these ingredients are of
    one composition: "insulin aspart protamine-insulin aspart (Novolog Mix 70-30)".
    """
    products = read.alias.products if read.alias else ()
    fitting = [each for each in products if {i.substance for i in each.ingredients} == set(read.substances)]
    return fitting[0] if len({_amounts(each) for each in fitting}) == 1 else None


def _not_stated(matched: str) -> Trouble:
    return Trouble("ambiguous-name", f"{matched} is a combination and its strength is not stated", "name the strength")


def parts_read(read: Composition) -> tuple[Part, ...]:
    """The known ingredients of a composition, each with its strength where one is stated."""
    return tuple(_component_part(each) for each in read.components if each.entry is not None)


def _component_part(each: Component) -> Part:
    part = part_of(each.entry) if each.entry else Part("", each.written)
    if each.strength is None:
        return part
    return replace(part, strength=each.strength, unit=each.unit, per=each.per, per_unit=each.per_unit)


def bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts without strengths: named, though not counted."""
    return tuple(Part(part.substance, part.as_named) for part in parts)


def partly_known(read: Composition, sig: str, names: Names) -> Identity:
    """A combination of which one name is not known: not assessed, whatever its figures."""
    unknown = [each.written for each in read.components if each.entry is None]
    told = " and ".join(f"'{each}'" for each in unknown)
    asked = [names.asked(each, most=1) for each in unknown if not class_named(each, names)]
    close = tuple(name for each in asked for name in each)
    kind = class_named(unknown[0], names) if len(unknown) == 1 else ""
    message = kind or f"{told} {'is not a name' if len(unknown) == 1 else 'are no names'} known here"
    if close:
        message += f"; did you mean {' or '.join(said for each in asked for said in each.values())}?"
    trouble = Trouble(
        "unknown-name", message, "check the spelling, or use the name of the active ingredient", suggestions=close
    )
    return Identity(bare(parts_read(read)), matched=read.written, sig=sig, suggestions=close, trouble=trouble)


def _by_figures(reader: Reader, found: Found, read: Composition) -> Identity | None:
    """One substance with the strengths of exactly one known combination of it ("oxycodone 5/325",
    "hydrocodone 10-325").
    """
    only = read.components[0]
    group = reader.group(found.end) if only.strength is None and only.entry is not None else None
    if group is None or only.entry is None or any(strong.per_unit for strong in group):
        return None
    slashed = "/" in reader.text[found.end : group[-1].end]
    if not slashed and not (group[0].amount * FAR_APART <= group[1].amount or group[1].amount < group[0].amount):
        return None  # "amlodipine 5-10 mg" is a range of doses, though 5/10 is a combination of it too
    combinations: dict[tuple[str, ...], Product] = {}
    for product in reader.names.data.products_with(only.entry.substance):
        if product.withdrawn or len(product.ingredients) != len(group):
            continue
        if _has_in_order(product, only.entry.substance, group):
            combinations.setdefault(tuple(sorted(i.substance for i in product.ingredients)), product)
    if len(combinations) != 1:
        return None
    product = next(iter(combinations.values()))
    parts = parts_of(product, reader.names)
    matched = "/".join(part.as_named for part in parts)
    plain = tuple(replace(part, per_unit="" if part.per_unit.startswith("{") else part.per_unit) for part in parts)
    return Identity(plain, by=only.entry.by, matched=matched, sig=without(reader.text, read.start, group[-1].end))


def _has_in_order(product: Product, substance: str, group: list[Strong]) -> bool:
    """Whether a product has the first strength of the named substance and the others of its others."""
    first = [i for i in product.ingredients if i.substance == substance]
    parts = tuple(
        Part(i.substance, i.as_named, strong.amount, strong.unit, strong.per, strong.per_unit)
        for i, strong in zip(
            (*first, *(i for i in product.ingredients if i.substance != substance)), group, strict=True
        )
    )
    return fitted(parts, product) is not None


_MASS = regex(r"\s?m(?:c)?g\b", re.I)
_GAP = regex(r"[\s,:–-]*(?:\bmg\b)?[\s,:–-]*")


def with_own_composition(reader: Reader, found: Found) -> Identity | None:
    """A brand or product with its composition or its strengths behind it."""
    entry, text = found.entry, reader.text
    end = _past_unit(text, found.end) if _digit_before(text, found.end) else found.end
    inside = reader.bracket(end)
    if inside is not None:
        read = reader.composition(inside[0], listed=True)
        if read is None or text[read.end : inside[1]].strip(" ®™.,;"):
            return None
        return _same_or_told(reader, found, replace(read, start=found.start, end=inside[1] + 1))
    if not entry.products:
        return None
    gap = _GAP.match(text, found.end)
    read = reader.composition(gap.end() if gap else found.end)
    if read is not None and len(read.components) > 1 and read.known and holds(entry, read.substances):
        return _same_or_told(reader, found, replace(read, start=found.start))
    return _by_group(reader, found)


def _digit_before(text: str, end: int) -> bool:
    return text[end - 1 : end].isdigit()


def _past_unit(text: str, end: int) -> int:
    """Where a label ends with the unit behind its strength ("Norco 5/325 mg")."""
    unit = _MASS.match(text, end)
    return unit.end() if unit else end


def _same_or_told(reader: Reader, found: Found, read: Composition) -> Identity | None:
    """A brand with its composition: one item, or the two disagree."""
    entry, names = found.entry, reader.names
    sig = without(reader.text, read.start, read.end)
    if not read.known:
        return None if len(read.components) == 1 else partly_known(read, sig, names)
    if entry.mixture and set(read.substances) == set(entry.mixture):
        return Identity(bare(parts_read(read)), by=entry.by, matched=entry.name, sig=sig, mixture=True)
    if _of_many(entry, names) and read.strong:  # a multivitamin is what its label says is in it
        held = assigned(parts_read(read), names, grouped=read.group)
        if not isinstance(held, Trouble):
            return Identity(held, by=entry.by, matched=entry.name, sig=sig)
    if entry.substance:
        if read.substances == (entry.substance,) and len(read.components) == 1:
            only = read.components[0]
            if only.strength is None or only.entry is None or only.entry.compound:
                return None  # "Advil (ibuprofen) 400 mg", as ever
            per = f"/{printed(only.per)} {only.per_unit}".replace("/1 {puff}", "/puff") if only.per_unit else ""
            unit = UNITS[only.unit].singular if only.unit in UNITS else only.unit
            strength = f"{printed(only.strength)} {unit}{per}"
            before = without(reader.text[: found.start], found.start, found.start)
            after = without(reader.text[read.end :], 0, 0)
            counted = f"{before} x {strength} {after}" if before[-1:].isdigit() else f"{before} {strength}, {after}"
            return Identity(
                (replace(part_of(only.entry), release=entry.release),),
                by=entry.by,
                matched=entry.name,
                sig=counted.strip(" ,"),
            )
        return _disagreeing(entry, read, sig)
    fitting = [
        product for product in entry.products if {i.substance for i in product.ingredients} == set(read.substances)
    ]
    if not fitting:
        return _disagreeing(entry, read, sig)
    if not any(each.strength is not None for each in read.components):
        return _chosen(entry, tuple(fitting), sig, reader, read)
    parts = assigned(parts_read(read), names, grouped=read.group) if read.strong else _not_stated(read.written)
    if isinstance(parts, Trouble):
        return Identity(bare(parts_read(read)), by=entry.by, matched=entry.name, sig=sig, trouble=parts)
    exact = [product for product in fitting if fitted(parts, product) or fitted(_of_nebule(parts, product), product)]
    if not exact:
        return _disagreeing(entry, read, sig)
    chosen = next((product for product in exact if not product.withdrawn), exact[0])
    return Identity(product=chosen, by=entry.by, matched=entry.name, sig=sig, strong=True)


def _of_nebule(parts: tuple[Part, ...], product: Product) -> tuple[Part, ...]:
    """The parts as those of a whole nebule, where a product is one and they name no volume ("1.25 mg + 500 mcg")."""
    if product.route != "inhalation" or product.per_unit != "mL" or any(part.per_unit for part in parts):
        return parts
    return tuple(replace(part, per=product.ingredients[0].per, per_unit="mL") for part in parts)


def _of_many(entry: Named, names: Names) -> bool:
    """Whether a name stands for products of many nutrients ("vitamin B complex")."""
    known = names.data.substances.get(entry.substance)
    return known is not None and "multivitamin" in known.classes


def _chosen(entry: Named, fitting: tuple[Product, ...], sig: str, reader: Reader, read: Composition) -> Identity:
    """A brand with the names of its ingredients behind it: their strengths are in its label,
    behind the bracket or not said.
    """
    if len({_amounts(product) for product in fitting}) == 1:
        return Identity(
            product=fitting[0], by=entry.by, matched=entry.name, sig=sig, strong=any(c.isdigit() for c in entry.name)
        )
    grouped = _by_group_at(reader, entry, read.start, read.end)
    return grouped or Identity(candidates=fitting, by=entry.by, matched=entry.name, sig=sig)


def _by_group(reader: Reader, found: Found) -> Identity | None:
    return _by_group_at(reader, found.entry, found.start, found.end)


_LEAST_STRENGTH = 20
"""Of figures behind a stroke, the last one is no less in a strength; "1/2" is how many are taken."""


def _by_group_at(reader: Reader, entry: Named, start: int, end: int) -> Identity | None:
    """A brand with a group of strengths behind it ("Ultracet 37.5-325 mg"): the product that has them."""
    group = reader.group(end)
    if group is None:
        return None
    fitting = [product for product in entry.products if _has(product, group, reader.names)]
    alive = [product for product in fitting if not product.withdrawn] or fitting
    sig = without(reader.text, start, group[-1].end)
    written = reader.text[end : group[-1].end]
    if not alive and _digit_before(reader.text, end) and "/" in written and group[-1].amount >= _LEAST_STRENGTH:
        given = "/".join(printed(strong.amount) for strong in group)
        message = f"'{entry.name}' and the strengths {given} behind it are two products"
        trouble = Trouble("ambiguous-name", message, "write the one that is meant")
        return Identity(by=entry.by, matched=entry.name, sig=sig, trouble=trouble)
    if not alive:
        return _of_another_time(reader, entry, group, sig)
    if len({_amounts(product) for product in alive}) > 1:
        return None
    return Identity(product=alive[0], by=entry.by, matched=alive[0].label, sig=sig, strong=True)


def _of_another_time(reader: Reader, entry: Named, group: list[Strong], sig: str) -> Identity | None:
    """A brand in strengths that it is not known in, each of which its ingredient is known in ("Vicodin 5/500"): as
    written.

    All products of the brand must hold the same ingredients, and the figures must be possible in this one order only.
    """
    names = reader.names
    if len({frozenset(i.substance for i in product.ingredients) for product in entry.products}) != 1:
        return None
    solid = next((product for product in entry.products if product.per_unit.startswith("{")), entry.products[0])
    own = solid.ingredients
    if len(own) != len(group) or len(own) != 2 or any(i.unit != "mg" or i.per_unit == "mL" for i in own):
        return None
    if any(strong.unit not in ("", "mg") or strong.per_unit for strong in group):
        return None
    figures = [strong.amount for strong in group]
    if not _all_known(own, figures, names) or _all_known(own, figures[::-1], names):
        return None
    parts = tuple(
        replace(part, strength=figure, unit="mg", per_unit="")
        for part, figure in zip(parts_of(solid, names), figures, strict=True)
    )
    matched = f"{entry.name} {'/'.join(printed(figure) for figure in figures)}"
    return Identity(parts, by=entry.by, matched=matched, sig=sig)


def _all_known(own: tuple[Ingredient, ...], figures: list[Decimal], names: Names) -> bool:
    """Whether each ingredient is known in the strength (mg, in one piece) of the same place."""
    return all(
        any(
            i.substance == mine.substance and (i.strength, i.unit) == (figure, "mg") and i.per_unit.startswith("{")
            for product in names.data.products_with(mine.substance)
            for i in product.ingredients
        )
        for mine, figure in zip(own, figures, strict=True)
    )


def _amounts(product: Product) -> tuple[tuple[object, ...], ...]:
    """What is in one piece, or in how many mL: a tablet and a capsule of the same strengths are alike."""
    return tuple(each if not each[-1].startswith("{") else each[:-1] for each in product.composition)


def _has(product: Product, group: list[Strong], names: Names) -> bool:
    """Whether a product has the strengths of a group, in whichever order."""
    if len(group) != len(product.ingredients):
        return False
    parts = tuple(
        Part(i.substance, i.as_named, strong.amount, strong.unit, strong.per, strong.per_unit)
        for i, strong in zip(product.ingredients, group, strict=True)
    )
    if fitted(parts, product):
        return True
    turned = tuple(
        replace(part, strength=other.strength, unit=other.unit) for part, other in zip(parts, parts[::-1], strict=True)
    )
    return fitted(turned, product) is not None


def _disagreeing(entry: Named, read: Composition, sig: str) -> Identity:
    """A brand and a composition that is not its own: told, and nothing is counted."""
    known = " · ".join(sorted({described(product) for product in entry.products if not product.withdrawn})[:8])
    stated = ", ".join(
        f"{each.written} {printed(each.strength)} {'mcg' if each.unit == 'ug' else each.unit}".strip()
        if each.strength is not None
        else each.written
        for each in read.components
    )
    message = f"{entry.name} is not known with {stated}"
    message += f"; known: {known}" if known else f"; {entry.name} is a name of another drug"
    trouble = Trouble("ambiguous-name", message, "check the product, its ingredients and its strength")
    named = (part_of(entry),) if entry.substance else ()
    return Identity((*named, *bare(parts_read(read))), by=entry.by, matched=entry.name, sig=sig, trouble=trouble)
