"""One item: its name settled with its strength, its sig parsed, its exposures computed."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from doseref.dosage.checks import BELOW_ONE_DOSE
from doseref.dosage.model import Dosage, Strength
from doseref.items.assign import assigned, same_ingredients
from doseref.items.beside import IN_MASS
from doseref.items.elemental import as_element
from doseref.items.identify import identify
from doseref.items.identity import Identity, described, parts_of
from doseref.items.mangled import dated_count, told
from doseref.items.model import Part, Trouble
from doseref.names import Names
from doseref.quantities import Range, printed
from doseref.records import replace
from doseref.regimen.amounts import LOCAL_UNITS, MANY, acts_in_place, of_many
from doseref.regimen.dates import without_dates
from doseref.regimen.exposure import Contents, expose
from doseref.regimen.merged import merged_sig
from doseref.regimen.model import Given, Item, ItemStatus
from doseref.regimen.supply import without_supply
from doseref.tables.entries import Product
from doseref.units import convert, convertible
from doseref.units import printed as unit_word


def read_item(
    n: int, given: Given, names: Names, accept_suggestions: bool = False, weight_kg: Decimal | None = None
) -> Item:
    """Item ``n`` (from 1) of a regimen as understood; whatever is not understood is in its troubles."""
    dated = dated_count(given.text)
    if given.refused or dated:
        return _refused(n, given if given.refused else replace(given, refused=told(dated, "where a count must stand")))
    named = identify(given.drug if given.drug is not None else given.text, names, accept_suggestions)
    sig, differs = _whole_sig(given, named, names)
    if differs:
        return _refused(n, replace(given, refused=differs))
    troubles: list[Trouble] = [named.trouble] if named.trouble else []
    dosage = given.dosage or _read_sig(sig, names)
    if named.care:  # however it is applied, there is nothing to add up
        nothing = Trouble("nothing-to-add", f"{named.care}: nothing to add up")
        return Item(
            n,
            given,
            "read",
            match_by=named.by,
            matched=named.matched,
            dosage=dosage,
            troubles=(nothing,),
            care=named.care,
        )
    parts, product = named.parts, named.product
    if named.candidates:
        product, trouble = _by_strength(named, dosage, weight_kg)
        if trouble and _dosed_by_mass(named.candidates, dosage):
            parts = _in_all(named.candidates)
        elif trouble:
            troubles.append(trouble)
            parts = _in_all(named.candidates)
    if product is not None:
        parts = parts_of(product, names)
        if named.strong:
            dosage = _with_strengths(dosage, product)
        troubles += _strength_differs(product, dosage) or _another_form(named, product, dosage)
    elif named.mixture and len(parts) == 1:
        troubles.append(Trouble("no-limit-known", _LASTING.format(named.matched)))
    elif len(parts) > 1 and not named.candidates and named.trouble is None:
        parts, trouble = _strengths_of_parts(parts, dosage, names)
        if trouble and named.mixture:
            trouble = Trouble("no-limit-known", _UNSAID.format(named.matched))
        if trouble is None and _as_range(dosage, len(parts)):
            dosage = _one_piece(dosage)
        if trouble:
            troubles.append(trouble)
    harmless = bool(parts) and (
        _supplements(parts, names) or _fixed(parts, names) or _breathed(dosage) or named.mixture
    )
    if harmless and any(_of_strength(each) for each in troubles):
        troubles = [replace(each, kind="no-limit-known") if _of_strength(each) else each for each in troubles]
    base = Item(
        n,
        given,
        "unread",
        parts,
        product,
        named.by if (parts or product) else "none",
        named.matched,
        named.suggestions,
        dosage,
    )
    if named.written and parts:
        troubles.append(
            Trouble(
                "ambiguous-name",
                f"'{named.written}' was taken for {named.matched}, as you allowed",
                "check that this is the drug meant",
            )
        )
    unclear = named.trouble is not None and not named.written and not (harmless and _of_strength(named.trouble))
    if (
        unclear
        or any(trouble.kind in ("unknown-name", "ambiguous-name") and not named.written for trouble in troubles)
        or not parts
    ):
        return base.with_troubles(*troubles)
    quiet = dosage.status == "unread" and not IN_MASS.search(sig)
    if quiet and (named.mixture or _of_many(parts, names)):  # an implant, a cream, a multivitamin: no figure is missed
        unsaid = _UNSAID if len(parts) > 1 else _LASTING
        what = Trouble("no-limit-known", unsaid.format(named.matched)) if named.mixture else MANY
        return base.with_troubles(*(troubles or (what,)), status="partly-read")
    if dosage.status == "unread":
        return base.with_troubles(*troubles, _unread(dosage))
    if harmless and any(each.kind == "no-limit-known" for each in troubles):
        return base.with_troubles(*troubles, status="partly-read")
    if any(
        trouble.kind in ("ambiguous-name", "unit-mismatch") and not (named.written and trouble.kind == "ambiguous-name")
        for trouble in troubles
    ):
        return base.with_troubles(*troubles)
    return _exposed(base, troubles, dosage, parts, product, names, weight_kg)


@lru_cache(maxsize=4096)
def _read_sig(sig: str, names: Names) -> Dosage:
    """The instruction; without what was dispensed and from when to when, where only so it is read whole ("90 tablets, 30 days")."""
    dosage = names.data.parse(sig, nameless=True)
    shorter = sig if dosage.status == "read" else without_dates(without_supply(without_dates(sig)))
    if shorter == sig:
        return dosage
    own = names.data.parse(shorter, nameless=True)
    return own if own.status == "read" or own.status != dosage.status == "unread" else dosage


_LASTING = "{} acts for weeks or longer, so it is not added up with what is taken by the day"
_UNSAID = "how much of each ingredient is in {} is not in the data, so nothing is added up"


def _of_strength(trouble: Trouble) -> bool:
    """Whether the name is clear and only its strength is not."""
    return trouble.kind == "ambiguous-name" and "strength" in trouble.message


def _breathed(dosage: Dosage) -> bool:
    """Whether it is counted in puffs or drops: which strength of them is told, not warned of, since no mg are added up."""
    counts = [option.count.unit for option in dosage.options if option.count]
    return bool(counts) and all(unit in LOCAL_UNITS for unit in counts)


def _supplements(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names are vitamins, minerals and their like: which calcium with vitamin D is meant harms nobody."""
    known = [names.data.substances.get(part.substance) for part in parts]
    return all(each is not None and each.kind == "supplement" for each in known)


_FIXED = (
    frozenset(("estrogen", "progestin")),
    frozenset(("stool-softener", "stimulant-laxative", "laxative")),
)
"""Classes whose combinations are taken as the pack says: which strength of a contraceptive it is, is told, not warned of."""


def _fixed(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names is of one of these groups, and more than one of it."""
    known = [names.data.substances.get(part.substance) for part in parts]
    return len(parts) > 1 and any(
        all(each is not None and group & {*each.classes} for each in known) for group in _FIXED
    )


def _of_many(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names are products of many nutrients or germs, of which one says nothing."""
    return bool(parts) and all(of_many(part.substance, names.data) for part in parts)


def _with_strengths(dosage: Dosage, product: Product) -> Dosage:
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


def _whole_sig(given: Given, named: Identity, names: Names) -> tuple[str, str]:
    """The instruction of an item, what stands behind its name and in its columns included; and what in it differs."""
    if given.drug is None or not (given.sig or given.columns):
        return merged_sig(named.sig, given.columns, names.data.parse) if given.columns else (named.sig, "")
    sig, differs = given.sig or "", ""
    if given.columns:
        sig, differs = merged_sig(sig, given.columns, names.data.parse, named.sig)
    return f"{named.sig} {sig}".strip(), differs


def _refused(n: int, given: Given) -> Item:
    """An item that its file or its columns leave unread; nothing of it is counted."""
    trouble = Trouble("unreadable-dosage", f"'{given.text}' could not be read: {given.refused}", "mend the row")
    return Item(n, given, "unread", (), None, "none", "", (), None).with_troubles(trouble)


def _exposed(
    base: Item, troubles: list[Trouble], dosage: Dosage, parts: tuple[Part, ...], product: Product | None, names: Names,
    weight_kg: Decimal | None,
) -> Item:  # fmt: skip
    """The item with its exposures; partly read dosages are computed as far as read, and said to be partly read."""
    counted, by_element = as_element(parts, dosage, names.data)
    contents = Contents(base.n, counted, product, names.data, weight_kg)
    result = expose(by_element, contents)
    if not result.exposures and not result.troubles:
        result.troubles.append(
            Trouble(
                "unreadable-dosage",
                "no dose is said",
                "say how much is taken each time, and how often",
                left_open="how-much",
            )
        )
    told_twice = any(trouble.kind == "contradictory-dosage" for trouble in result.troubles) and all(
        problem.message == BELOW_ONE_DOSE for problem in dosage.problems if problem.kind != "notation"
    )
    if dosage.status == "partly-read" and not told_twice:
        troubles.append(_unread(dosage))
    troubles += result.troubles
    # read, but there is nothing to compute; where another part of the instruction counts, that part is not all
    unsaid = not result.exposures and all(trouble.kind == "no-limit-known" for trouble in result.troubles)
    status: ItemStatus = "partly-read" if dosage.status == "partly-read" or (result.troubles and not unsaid) else "read"
    if not result.exposures and not (unsaid and result.troubles):
        status = "partly-read" if result.uncounted else "unread"
    return Item(
        base.n, base.given, status, base.parts, base.product, base.match_by, base.matched, base.suggestions, dosage,
        tuple(result.exposures), tuple(troubles), result.count_high, result.longest_days,
    )  # fmt: skip


def _unread(dosage: Dosage) -> Trouble:
    """What of a dosage was not understood, with the words themselves."""
    if not dosage.text.strip():
        return Trouble("unreadable-dosage", "no dosage is given", "say how much and how often", left_open="how-much")
    contradictions = [p for p in dosage.problems if p.kind == "contradiction"]
    told = [f"'{dosage.text[p.start : p.end].strip()}': {p.message}" for p in dosage.problems if p.kind != "notation"]
    what = "could not be read" if dosage.status == "unread" else "was read only in part"
    detail = f" ({'; '.join(told)})" if told else ""
    if contradictions and all(p.kind in ("contradiction", "notation") for p in dosage.problems):
        words = "; ".join(dict.fromkeys(p.message for p in contradictions))
        return Trouble(
            "contradictory-dosage",
            f"the dosage '{dosage.text}' contradicts itself: {words}",
            "ask which of the two is meant",
        )
    return Trouble(
        "unreadable-dosage",
        f"the dosage '{dosage.text}' {what}{detail}",
        "write it as, for example, '1 tablet every 6 hours as needed'",
    )


def _stated(dosage: Dosage) -> tuple[Strength, ...]:
    """The strengths that the sig states."""
    for option in dosage.options:
        if option.strengths:
            return option.strengths
    return ()


_GROWN_KG = 40
"""From this weight on (kg) a strength that a label gives to children only is not meant where none is named."""


def _by_strength(
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
    if not amounts:
        fitting = _in_form(named.candidates, dosage)
    if not amounts and not fitting and (weight_kg is None or weight_kg >= _GROWN_KG):
        grown = [product for product in named.candidates if "for children" not in product.form]
        fitting = grown if len(grown) < len(named.candidates) else []
    alive = [product for product in fitting if not product.withdrawn] or fitting
    if alive and len({product.composition for product in alive}) == 1:
        return alive[0], None
    known = " · ".join(sorted({described(product) for product in named.candidates if not product.withdrawn}))
    if amounts and not fitting:
        given = "/".join(printed(amount) for amount, _ in amounts)
        return None, Trouble(
            "ambiguous-name",
            f"{named.matched} is not known in the strength {given}; known: {known}",
            "check the strength",
        )
    return None, Trouble("ambiguous-name", f"{named.matched} comes in several strengths or compositions and none is named; known: {known}",
                         "name the strength", left_open="how-much")  # fmt: skip


def _in_form(candidates: tuple[Product, ...], dosage: Dosage) -> list[Product]:
    """The products of a brand that are counted as the text counts, where the brand has others that are not ("DayQuil 2 capsules").

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


def _dosed_by_mass(candidates: tuple[Product, ...], dosage: Dosage) -> bool:
    """Whether a brand of one substance is dosed in that: which of its strengths makes up the 60 mg is then all the same."""
    return len({tuple(i.substance for i in product.ingredients) for product in candidates}) == 1 and all(
        len(candidates[0].ingredients) == 1
        and option.dose is not None
        and option.dose.unit in ("mg", "ug", "g")
        and option.count is None
        and not option.strengths
        for option in dosage.options
    )


def _in_all(candidates: tuple[Product, ...]) -> tuple[Part, ...]:
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


def _strength_differs(product: Product, dosage: Dosage) -> list[Trouble]:
    """The sig states a strength that the named product does not have."""
    stated = [(s.amount, s.unit) for s in _stated(dosage) if s.per is None]
    if not stated or _fits(product, stated) or product.per_unit == "mL":
        return []
    given = "/".join(printed(amount) for amount, _ in stated)
    return [
        Trouble(
            "ambiguous-name", f"{described(product)} does not come as {given}", "check the product and its strength"
        )
    ]


def _another_form(named: Identity, product: Product, dosage: Dosage) -> list[Trouble]:
    """Capsules of a prescription combination that is known as a tablet only may hold other strengths, and none is written."""
    if named.strong or _stated(dosage) or product.status != "rx" or len(product.ingredients) < 2:
        return []
    own, pieces = product.per_unit, ("{tablet}", "{capsule}")
    other = {o.count.unit for o in dosage.options if o.count and o.count.unit in pieces and o.count.unit != own}
    if own not in pieces or not other or any(figure.isdigit() for figure in named.matched):
        return []
    message = f"{described(product)} is known here in {unit_word(own)} only; {unit_word(other.pop())} may have other strengths"
    return [Trouble("ambiguous-name", message, "name the strength")]


def _strengths_of_parts(
    parts: tuple[Part, ...], dosage: Dosage, names: Names
) -> tuple[tuple[Part, ...], Trouble | None]:
    """Ingredients named together get the strengths of the sig (:func:`doseref.items.assign.assigned`)."""
    matched = "/".join(part.as_named for part in parts)
    if all(part.strength is not None for part in parts):
        return parts, None
    stated = _stated(dosage) or _as_range(dosage, len(parts))
    if all(s.unit == "%" for s in stated) and all(
        acts_in_place(option, parts, names.data) for option in dosage.options
    ):
        return parts, None
    if len(stated) != len(parts) or len({strength.per for strength in stated}) != 1:
        known = sorted({described(p) for p in same_ingredients(parts, names) if not p.withdrawn and p.per_unit != "mL"})
        listed = f"; known: {' · '.join(known[:8])}" if known else ""
        return parts, Trouble(
            "ambiguous-name", f"{matched} is a combination and its strength is not stated{listed}", "name the strength",
            left_open="" if stated else "how-much",
        )  # fmt: skip
    filled = tuple(
        Part(
            part.substance,
            part.as_named,
            strength.amount,
            strength.unit,
            *(strength.per or (Decimal(1), "")),
            part.ratio,
        )
        for part, strength in zip(parts, _in_order(stated, parts, names), strict=True)
    )
    found = assigned(filled, names, grouped=not any(strength.substance for strength in stated))
    return (parts, found) if isinstance(found, Trouble) else (found, None)


def _as_range(dosage: Dosage, parts: int) -> tuple[Strength, ...]:
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


def _one_piece(dosage: Dosage) -> Dosage:
    """The dosage of one piece at a time, its strengths being those of the two drugs in it."""
    phases = tuple(
        replace(
            phase,
            options=tuple(
                replace(option, dose=None, count=Range.of(Decimal(1), "{tablet}"), strengths=_as_range(dosage, 2))
                for option in phase.options
            ),
        )
        for phase in dosage.phases
    )
    return replace(dosage, phases=phases)


def _in_order(stated: tuple[Strength, ...], parts: tuple[Part, ...], names: Names) -> tuple[Strength, ...]:
    """Strengths in the order of the parts: by the ingredient each names where it does, else as written."""
    by_name: dict[str, Strength] = {}
    for strength in stated:
        entry = names.lookup(strength.substance) if strength.substance else None
        if entry is None or not entry.substance:
            return stated
        by_name[entry.substance] = strength
    if set(by_name) != {part.substance for part in parts}:
        return stated
    return tuple(by_name[part.substance] for part in parts)
