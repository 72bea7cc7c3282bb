"""Which product of a brand and which strengths an instruction means, and why where that is not clear."""

from __future__ import annotations

from decimal import Decimal

from doseref.dosage.model import Dosage, Option, Strength
from doseref.items.assign import assigned, same_ingredients
from doseref.items.identity import Identity, described
from doseref.items.model import Part, Trouble
from doseref.items.name_strengths import marketed_units
from doseref.names import Names
from doseref.patterns import regex
from doseref.quantities import Range, printed
from doseref.records import replace
from doseref.regimen.in_place import acts_in_place
from doseref.regimen.sum_of_strengths import summing_to
from doseref.tables.entries import Product
from doseref.units import convert, convertible
from doseref.units import printed as unit_word


def with_strengths(dosage: Dosage, product: Product) -> Dosage:
    """The dosage with the strengths that the name says, where nothing else says what is taken: one piece each time."""
    strengths = tuple(Strength(i.strength, i.unit, i.as_named) for i in product.ingredients)
    if product.per_unit == "mL":
        return dosage
    phases = tuple(
        replace(
            phase,
            options=tuple(
                replace(option, strengths=strengths)
                if option.dose is None and option.count is None and not option.strengths
                else option
                for option in phase.options
            ),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


_FIGURE = regex(r"[0-9]+(?:\.[0-9]+)?")


def named_by_strength(named: Identity, product: Product) -> bool:
    """Whether the name holds what one piece of the product does: "Augmentin 625" are 500 mg and 125 mg, and one of it
    is taken where nothing else is said.
    """
    if product.per_unit not in ("{tablet}", "{capsule}") or len(product.ingredients) < 2:
        return False
    if len({each.unit for each in product.ingredients}) > 1:
        return False
    strengths = [each.strength for each in product.ingredients]
    written = [Decimal(figure) for figure in _FIGURE.findall(named.matched)]
    return written == [sum(strengths)]


def _stated(dosage: Dosage) -> tuple[Strength, ...]:
    """The strengths that the sig states."""
    for option in dosage.options:
        if option.strengths:
            return option.strengths
    return ()


_GROWN_KG = 40
"""From this weight on (kg) a strength that a label gives to children only is not meant where none is named."""


def by_strength(
    named: Identity, dosage: Dosage, weight_kg: Decimal | None = None
) -> tuple[Product | None, Trouble | None]:
    """The one product of a brand that has the strength the sig states; otherwise why there is none.

    Where none is stated, those for children only are not meant, unless the person weighs as a child does.
    """
    stated = _stated(dosage)
    amounts = [(strength.amount, strength.unit) for strength in stated]
    if not amounts:
        single = [
            o.dose
            for o in dosage.options
            if o.dose and o.dose.single and o.count is None and o.dose.unit in ("mg", "ug", "g")
        ]
        amounts = [(dose.low, dose.unit) for dose in single[:1]]
    fitting = [product for product in named.candidates if amounts and _fits(product, amounts)]
    if amounts and not fitting:
        fitting = summing_to(named.candidates, dosage)
    if not amounts:
        fitting = _in_form(named.candidates, dosage)
    if not amounts and not fitting and (weight_kg is None or weight_kg >= _GROWN_KG):
        grown = [product for product in named.candidates if "for children" not in product.form]
        fitting = grown if len(grown) < len(named.candidates) else []
    if not amounts and not fitting:
        fitting = _one_in_all_pieces(named.candidates)
    alive = [product for product in fitting if not product.withdrawn] or fitting
    if alive and len({_held(product) for product in alive}) == 1:
        return alive[0], None
    known = " · ".join(sorted({described(product) for product in named.candidates if not product.withdrawn}))
    if amounts and not fitting:
        given = "/".join(printed(amount) for amount, _ in amounts)
        return None, Trouble(
            "ambiguous-name",
            f"{named.matched} is not known in the strength {given}; known: {known}",
            "check the strength",
        )
    return None, Trouble(
        "ambiguous-name",
        f"{named.matched} comes in several strengths or compositions and none is named; known: {known}",
        "name the strength",
        left_open="how-much",
    )


def _held(product: Product) -> tuple[object, ...]:
    """What a product holds; a tablet and a capsule of the same strengths and release hold the same."""
    held = tuple((*each[:4], "" if each[4] in _PIECES else each[4]) for each in product.composition)
    return (held, product.release) if product.per_unit in _PIECES else held


def _one_in_all_pieces(candidates: tuple[Product, ...]) -> list[Product]:
    """The products of a brand that is sold in tablets and capsules of one composition alone (Zapain 30/500): which of
    them is taken is all the same.
    """
    alive = [product for product in candidates if not product.withdrawn] or list(candidates)
    alike = len({_held(product) for product in alive}) == 1 and all(product.per_unit in _PIECES for product in alive)
    return alive if alike else []


_PIECES = ("{tablet}", "{capsule}")


def _in_form(candidates: tuple[Product, ...], dosage: Dosage) -> list[Product]:
    """The products of a brand that are counted as the text counts, where the brand has others that are not ("DayQuil 2
    capsules").

    All of one form must hold the same: the caller refuses several compositions. Liquids on prescription come in so many
    concentrations that one which is known is no reason to take it.
    """
    counted = {o.count.unit for o in dosage.options if o.count} | {
        "mL" for o in dosage.options if o.dose and o.dose.unit == "mL"
    }
    if len(counted) != 1:
        return []
    own = [p for p in candidates if p.per_unit in counted and (p.per_unit != "mL" or p.status == "otc")]
    return own if len(own) < len(candidates) else []


def dosed_by_mass(candidates: tuple[Product, ...], dosage: Dosage) -> bool:
    """Whether a brand of one substance is dosed in that: which of its strengths makes up the 60 mg is then all the
    same.
    """
    return len({tuple(i.substance for i in product.ingredients) for product in candidates}) == 1 and all(
        len(candidates[0].ingredients) == 1
        and option.dose is not None
        and option.dose.unit in ("mg", "ug", "g")
        and option.count is None
        and not option.strengths
        for option in dosage.options
    )


def in_all(candidates: tuple[Product, ...]) -> tuple[Part, ...]:
    """The ingredients that every product of a brand has, without a strength: named, though not counted."""
    common = set.intersection(*({i.substance for i in product.ingredients} for product in candidates))
    return tuple(Part(i.substance, i.as_named) for i in candidates[0].ingredients if i.substance in common)


def _fits(product: Product, amounts: list[tuple[Decimal, str]]) -> bool:
    """Whether a product has just these strengths, in the order they are written in or the reverse of it.

    A single strength fits where it is that of the first-named ingredient ("Percocet 10 mg" does not say the rest
    and fits only if the brand has one product with it); the caller refuses several fitting compositions.
    """
    own = [(i.strength, i.unit) for i in product.ingredients]
    if len(amounts) == len(own):
        return any(_equal(amounts, order) for order in (own, own[::-1]))
    return False


def _equal(one: list[tuple[Decimal, str]], other: list[tuple[Decimal, str]]) -> bool:
    return all(
        convertible(unit_a, unit_b) and convert(a, unit_a, unit_b) == b
        for (a, unit_a), (b, unit_b) in zip(one, other, strict=True)
    )


def strength_differs(product: Product, dosage: Dosage) -> list[Trouble]:
    """The sig states a strength that the named product does not have."""
    stated = [(s.amount, s.unit) for s in _stated(dosage) if s.per is None]
    if product.per_unit == "g":  # "1% gel 5 g packet": grams of a gel are how much of it there is
        stated = [each for each in stated if each[1] != "g"]
    if not stated or _fits(product, stated) or product.per_unit == "mL" or _of_all_pieces(product, dosage):
        return []
    given = "/".join(f"{printed(amount)}{'' if unit == '%' else ' '}{unit_word(unit)}" for amount, unit in stated)
    return [
        Trouble(
            "ambiguous-name", f"{described(product)} does not come as {given}", "check the product and its strength"
        )
    ]


def _of_all_pieces(product: Product, dosage: Dosage) -> bool:
    """Whether each amount stated beside so many pieces is what they hold together: "half a tablet 12.5 mg" of one with 25
    mg, "2 tablets 1000 mg" of 500 mg.
    """
    if len(product.ingredients) != 1:
        return False
    own = product.ingredients[0]
    return all(
        option.count is not None
        and option.count.single
        and option.count.low != 1
        and [(each.amount, each.unit) for each in option.strengths] == [(own.strength * option.count.low, own.unit)]
        for option in dosage.options
    )


def of_another_country(product: Product, dosage: Dosage, names: Names) -> bool:
    """Whether the one ingredient of a product is made in the strength stated, though not in the product's countries:
    "Senokot 7.5 mg" is that of Britain, and counted as written.
    """
    stated = {(s.amount, s.unit) for s in _stated(dosage) if s.per is None}
    if len(product.ingredients) != 1 or len(stated) != 1 or _fits(product, list(stated)):
        return False
    rows = names.data.strength_rows.get(product.ingredients[0].substance, ())
    markets = {row["market"] for row in rows if (Decimal(row["strength"]), row["unit"]) in stated}
    return bool(markets - {""}) and bool(product.market) and not markets & {"", *product.market}


def another_form(named: Identity, product: Product, dosage: Dosage) -> list[Trouble]:
    """Capsules of a prescription combination that is known as a tablet only may hold other strengths,
    and none is written.
    """
    if named.strong or _stated(dosage) or product.status != "rx" or len(product.ingredients) < 2:
        return []
    own, pieces = product.per_unit, ("{tablet}", "{capsule}")
    other = {o.count.unit for o in dosage.options if o.count and o.count.unit in pieces and o.count.unit != own}
    if own not in pieces or not other or any(figure.isdigit() for figure in named.matched):
        return []
    message = (
        f"{described(product)} is known here in {unit_word(own)} only; {unit_word(other.pop())} may have other "
        "strengths"
    )
    return [Trouble("ambiguous-name", message, "name the strength")]


def strengths_of_parts(
    parts: tuple[Part, ...], dosage: Dosage, names: Names, unordered: bool = False
) -> tuple[tuple[Part, ...], Trouble | None]:
    """Ingredients named together get the strengths of the sig (:func:`doseref.items.assign.assigned`)."""
    matched = "/".join(part.as_named for part in parts)
    if all(part.strength is not None for part in parts):
        return parts, None
    stated = _stated(dosage) or as_range(dosage, len(parts))
    if all(s.unit == "%" for s in stated) and all(
        acts_in_place(option, parts, names.data) for option in dosage.options
    ):
        return parts, None
    placed = _in_order(stated, parts, names, unordered)
    if len(stated) != len(parts) or len({strength.per for strength in stated}) != 1 or not placed:
        known = sorted({described(p) for p in same_ingredients(parts, names) if not p.withdrawn and p.per_unit != "mL"})
        listed = f"; known: {' · '.join(known[:8])}" if known else ""
        return parts, Trouble(
            "ambiguous-name",
            f"{matched} is a combination and its strength is not stated{listed}",
            "name the strength",
            left_open="" if stated else "how-much",
        )
    filled = tuple(
        Part(
            part.substance,
            part.as_named,
            strength.amount,
            strength.unit,
            *(strength.per or (Decimal(1), "")),
            part.ratio,
        )
        for part, strength in zip(parts, placed, strict=True)
    )
    grouped = not any(strength.substance for strength in stated)
    found = assigned(filled, names, grouped, unordered=unordered and grouped)
    return (parts, found) if isinstance(found, Trouble) else (found, None)


def as_range(dosage: Dosage, parts: int) -> tuple[Strength, ...]:
    """ "CR 25-100 mg twice daily" of two drugs: two strengths, written as a range of one dose; empty for all else."""
    options = dosage.options
    dose = options[0].dose if options else None
    if (
        parts != 2
        or len(options) != 1
        or dose is None
        or dose.single
        or options[0].count is not None
        or options[0].strengths
    ):
        return ()
    return Strength(dose.low, dose.unit), Strength(dose.high, dose.unit)


def one_piece(dosage: Dosage) -> Dosage:
    """The dosage of one piece at a time, its strengths being those of the two drugs in it."""
    phases = tuple(
        replace(
            phase,
            options=tuple(
                replace(option, dose=None, count=Range.of(Decimal(1), "{tablet}"), strengths=as_range(dosage, 2))
                for option in phase.options
            ),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


def summed(dosage: Dosage, substance: str, names: Names) -> Dosage:
    """The dosage of one drug with its dose where that is written as several pieces: "100 mcg + 25 mcg daily".

    Only where the drug comes in each of these strengths, and in no combination with them ("losartan 50 mg + 12.5 mg").
    """
    combined = {
        tuple(i.strength for i in product.ingredients)
        for product in names.data.products_with(substance)
        if len(product.ingredients) > 1
    }
    for option in dosage.options:
        amounts = tuple(each.amount for each in option.strengths)
        if not _pieces(option) or amounts in combined or amounts[::-1] in combined:
            return dosage
        if not all(_marketed(substance, each, names) for each in option.strengths):
            return dosage
    phases = tuple(
        replace(
            phase,
            options=tuple(replace(option, dose=_sum(option.strengths), strengths=()) for option in phase.options),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


def _marketed(substance: str, strength: Strength, names: Names) -> bool:
    """Whether a drug comes in pieces of a strength, in whichever unit the data state it."""
    return any(
        unit in marketed_units(substance, convert(strength.amount, strength.unit, unit), names)
        for unit in ("mg", "ug", "g", "[IU]")
        if convertible(strength.unit, unit)
    )


def _sum(strengths: tuple[Strength, ...]) -> Range:
    return Range.of(sum((each.amount for each in strengths), Decimal(0)), strengths[0].unit)


def _pieces(option: Option) -> bool:
    """Whether an option holds nothing but several strengths in one unit, and when they are taken."""
    own = option.strengths
    return (
        len(own) > 1
        and option.dose is None
        and option.count is None
        and bool(option.times or option.when or option.at or option.every)
        and all(each.unit == own[0].unit and each.per is None and not each.substance for each in own)
    )


def _in_order(
    stated: tuple[Strength, ...], parts: tuple[Part, ...], names: Names, unordered: bool
) -> tuple[Strength, ...]:
    """Strengths in the order of the parts: by the ingredient each names where it does, else as written; none where only
    some name theirs, and stand at another place or the name says no order.
    """
    by_name: dict[str, Strength] = {}
    substances = [part.substance for part in parts]
    for strength in stated:
        entry = names.lookup(strength.substance) if strength.substance else None
        if entry is not None and entry.substance:
            by_name[entry.substance] = strength
    if set(by_name) == set(substances):
        return tuple(by_name[substance] for substance in substances)
    elsewhere = any(
        substance in by_name and each is not by_name[substance]
        for substance, each in zip(substances, stated, strict=False)
    )
    return () if by_name and (elsewhere or unordered) else stated
