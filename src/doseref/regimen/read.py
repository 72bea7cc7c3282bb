"""One item: its name settled with its strength, its sig parsed, its exposures computed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.dosage.checks import BELOW_ONE_DOSE
from doseref.dosage.model import Dosage
from doseref.items.beside import IN_MASS
from doseref.items.bracket_behind import with_bracket
from doseref.items.elemental import as_element
from doseref.items.identify import identify
from doseref.items.identity import Identity, parts_of
from doseref.items.mangled import cut_off, dated_count, told, unwrapped, written_twice
from doseref.items.model import Part, Trouble
from doseref.items.not_taken import left_out
from doseref.items.run_together import apart
from doseref.names import Names
from doseref.records import replace
from doseref.regimen import by_a_scale, by_inr
from doseref.regimen.amounts import MANY, of_many
from doseref.regimen.bare_units import unit_left_out
from doseref.regimen.by_turns import by_ingredients
from doseref.regimen.dates import without_dates
from doseref.regimen.exposure import Contents, expose
from doseref.regimen.in_place import LOCAL_UNITS, only_spread
from doseref.regimen.model import Given, Item, ItemStatus
from doseref.regimen.notes import may_change_the_dose, only_a_maximum
from doseref.regimen.own_strengths import without_own_strengths
from doseref.regimen.own_weight import without_weight
from doseref.regimen.patches import through_the_skin, without_number_of_patch
from doseref.regimen.sum_of_strengths import by_the_piece
from doseref.regimen.supply import far_too_short, without_supply
from doseref.regimen.unsaid import NO_DOSE, unread
from doseref.regimen.which_strength import (
    another_form,
    as_range,
    by_strength,
    dosed_by_mass,
    in_all,
    named_by_strength,
    of_another_country,
    one_piece,
    strength_differs,
    strengths_of_parts,
    summed,
    with_strengths,
)
from doseref.tables.entries import Product


def read_item(
    n: int, given: Given, names: Names, accept_suggestions: bool = False, weight_kg: Decimal | None = None
) -> Item:
    """Item ``n`` (from 1) of a regimen as understood; whatever is not understood is in its troubles."""
    dated = dated_count(given.text)
    cut = cut_off(given.text)
    if given.refused or given.unnamed or dated or cut:
        reason = given.refused or cut or told(dated, "where a count must stand")
        return _refused(n, replace(given, refused=reason))
    if given.note and given.dosage is None and only_a_maximum(given.note, names.data):
        given = replace(given, note="", columns=(*given.columns, ("max", given.note)))
    for less, trouble in _set_aside(given, names):
        rest = read_item(n, less, names, accept_suggestions, weight_kg)
        rest = _EASED[trouble](rest) if trouble in _EASED else rest
        status = "partly-read" if rest.status == "read" else rest.status
        return replace(rest.with_troubles(trouble, status=status), given=given)
    named = _named(given, names, accept_suggestions)
    sig, differs = _whole_sig(given, named, names)
    if differs:
        return _refused(n, replace(given, refused=differs))
    sig = without_number_of_patch(without_own_strengths(sig, named.product), named.parts)
    sig, own_kg, clash = without_weight(sig, weight_kg)
    dosage = given.dosage or by_ingredients(_read_sig(sig, names), sig, named, names)
    if named.care:
        return _nothing_to_add(n, given, named, dosage)
    found = _Found(named, sig, dosage, names, own_kg)
    found.troubles += [each for each in (named.trouble, clash) if each]
    _settle(found)
    base = Item(
        n,
        given,
        "unread",
        found.parts,
        found.product,
        named.by if (found.parts or found.product) else "none",
        named.matched,
        named.suggestions,
        found.dosage,
        own_weight_kg=own_kg if weight_kg is None else None,
    )
    return _outcome(base, found)


class _Found:
    """What is known of an item while it is read: filled step by step."""

    def __init__(self, named: Identity, sig: str, dosage: Dosage, names: Names, weight_kg: Decimal | None) -> None:
        self.named = named
        self.sig = sig
        self.dosage = dosage
        self.names = names
        self.weight_kg = weight_kg
        self.parts: tuple[Part, ...] = named.parts
        self.product: Product | None = named.product
        self.troubles: list[Trouble] = []
        self.harmless = False
        """Whether it harms nobody that its strength is not known."""


def _set_aside(given: Given, names: Names) -> Iterator[tuple[Given, Trouble]]:
    """The item without what is only told beside its reading, and what is told: a note that may change the dose, the
    line a second time, a scale by which an insulin is dosed.
    """
    noted = may_change_the_dose(given.note) if given.note else None
    if noted is not None:
        yield replace(given, note=""), noted
    half = written_twice(given.text) if given.drug is None and not given.columns else ""
    if half:
        yield replace(given, text=half), _TWICE
    if given.drug is not None or given.columns:
        return
    less = by_a_scale.without_scale(given.text, names)
    if less:
        yield replace(given, text=less), by_a_scale.BY_A_SCALE
    less = by_inr.without_inr(given.text, names)
    if less:
        yield replace(given, text=less), by_inr.BY_THE_INR


_EASED = {by_a_scale.BY_A_SCALE: by_a_scale.eased, by_inr.BY_THE_INR: by_inr.eased}


def _nothing_to_add(n: int, given: Given, named: Identity, dosage: Dosage) -> Item:
    """What is no medicine: however it is applied, there is nothing to add up."""
    nothing = Trouble("nothing-to-add", f"{named.care}: nothing to add up")
    return Item(
        n, given, "read", match_by=named.by, matched=named.matched, dosage=dosage, troubles=(nothing,), care=named.care
    )


def _settle(found: _Found) -> None:
    """Which product it is and how much of each ingredient is in it, with what is not clear of that."""
    named, troubles = found.named, found.troubles
    if named.candidates:
        found.product, trouble = by_strength(named, found.dosage, found.weight_kg)
        if trouble:
            found.parts = in_all(named.candidates)
            if not dosed_by_mass(named.candidates, found.dosage):
                troubles.append(trouble)
    if found.product is not None and of_another_country(found.product, found.dosage, found.names):
        found.parts = tuple(replace(each, strength=None, per_unit="") for each in parts_of(found.product, found.names))
        found.product = None
    elif found.product is not None:
        found.parts = parts_of(found.product, found.names)
        found.dosage = by_the_piece(found.dosage, found.product)
        if named.strong or named_by_strength(named, found.product):
            found.dosage = with_strengths(found.dosage, found.product)
        troubles += strength_differs(found.product, found.dosage) or another_form(named, found.product, found.dosage)
    elif named.mixture and len(found.parts) == 1:
        troubles.append(Trouble("no-limit-known", _LASTING.format(named.matched)))
    elif len(found.parts) > 1 and not named.candidates and named.trouble is None:
        _settle_parts(found)
    elif len(found.parts) == 1 and found.dosage.options and not named.candidates and "+" in found.sig:
        found.dosage = summed(found.dosage, found.parts[0].substance, found.names)
    parts, names = found.parts, found.names
    found.harmless = bool(parts) and (
        _supplements(parts, names) or _fixed(parts, names) or _breathed(found.dosage) or named.mixture
    )
    if found.harmless:
        found.troubles = [replace(each, kind="no-limit-known") if _of_strength(each) else each for each in troubles]
    found.dosage = through_the_skin(found.dosage, (part.substance for part in parts), names.data)


def _settle_parts(found: _Found) -> None:
    """The strengths of several ingredients that are named, one for each."""
    named = found.named
    found.parts, trouble = strengths_of_parts(found.parts, found.dosage, found.names, named.unordered)
    if trouble and named.mixture:
        trouble = Trouble("no-limit-known", _UNSAID.format(named.matched))
    if trouble is None and as_range(found.dosage, len(found.parts)):
        found.dosage = one_piece(found.dosage)
    if trouble:
        found.troubles.append(trouble)


def _outcome(base: Item, found: _Found) -> Item:
    """The item with what it comes to, or with why it comes to nothing."""
    named, dosage, parts, troubles, names = found.named, found.dosage, found.parts, found.troubles, found.names
    if named.written and parts:
        as_allowed = f"'{named.written}' was taken for {named.matched}, as you allowed"
        troubles.append(Trouble("ambiguous-name", as_allowed, "check that this is the drug meant"))
    unclear = named.trouble is not None and not named.written and not (found.harmless and _of_strength(named.trouble))
    unnamed = any(trouble.kind in ("unknown-name", "ambiguous-name") and not named.written for trouble in troubles)
    if unclear or unnamed or not parts:
        return base.with_troubles(*troubles)
    quiet = dosage.status == "unread" and not IN_MASS.search(found.sig)
    if quiet and (named.mixture or _of_many(parts, names)):  # an implant, a cream, a multivitamin: no figure is missed
        unsaid = _UNSAID if len(parts) > 1 else _LASTING
        what = Trouble("no-limit-known", unsaid.format(named.matched)) if named.mixture else MANY
        return base.with_troubles(*(troubles or (what,)), status="partly-read")
    unitless = unit_left_out(named, found.sig, names) if not base.given.columns else None
    if unitless is not None:
        return base.with_troubles(*troubles, unitless)
    if dosage.status == "unread" and only_spread(found.sig):
        return base.with_troubles(*troubles, _SPREAD, status="partly-read")
    if dosage.status == "unread":
        return base.with_troubles(*troubles, unread(dosage))
    if found.harmless and any(each.kind == "no-limit-known" for each in troubles):
        whole = dosage.status == "read" and _fixed(parts, names) and all(option.count for option in dosage.options)
        return base.with_troubles(*troubles, status="read" if whole else "partly-read")
    mistimed = far_too_short(base)
    if mistimed:
        troubles.append(Trouble("contradictory-dosage", mistimed, "check dose and frequency against the quantity"))
    made = _exposed(base, troubles, dosage, parts, found.product, names, found.weight_kg)
    return replace(made, status="partly-read") if mistimed and made.status == "read" else made


def _named(given: Given, names: Names, accept_suggestions: bool) -> Identity:
    """What an item names; a drug whose sig says that it is not taken is left out as one line of both is."""
    if given.drug is None:
        return with_bracket(identify(given.text, names, accept_suggestions), given.text, names)
    if given.sig and given.dosage is None and not given.columns:
        stopped = left_out(f"{given.drug} {given.sig}".strip(), names)
        if stopped is not None:
            return stopped
    return with_bracket(identify(given.drug, names, accept_suggestions), given.drug, names)


_TWICE = Trouble(
    "contradictory-dosage",
    "the line stands twice in this item, word for word; it was counted once",
    "if both are taken, write two items",
)


@lru_cache(maxsize=4096)
def _read_sig(sig: str, names: Names) -> Dosage:
    """The instruction; without what was dispensed and from when to when, where only so it is read whole ("90 tablets,
    30 days").
    """
    dosage = names.data.parse(sig, nameless=True)
    if dosage.status == "read":
        return dosage
    less = without_dates(without_supply(without_dates(sig)))
    own = names.data.parse(less, nameless=True) if less != sig else dosage
    if own.status == "read":
        return own
    from doseref.regimen.fields_behind import without_fields
    from doseref.regimen.written_behind import shorter

    for each in (*shorter(sig), *without_fields(sig)):
        bare = names.data.parse(each, nameless=True)
        if bare.status == "read":
            return bare
    if (line := apart(unwrapped(sig))) != sig:
        whole = _read_sig(line, names)
        if whole.status == "read":
            return whole
    return own if own.status != dosage.status == "unread" else dosage


_LASTING = "{} acts for weeks or longer, so it is not added up with what is taken by the day"
_SPREAD = Trouble("no-limit-known", "the amount applied is not said, so nothing is added up")
_UNSAID = "how much of each ingredient is in {} is not in the data, so nothing is added up"


def _of_strength(trouble: Trouble) -> bool:
    """Whether the name is clear and only its strength is not."""
    return trouble.kind == "ambiguous-name" and "strength" in trouble.message


def _breathed(dosage: Dosage) -> bool:
    """Whether it is counted in puffs or drops: which strength of them is told, not warned of,
    since no mg are added up.
    """
    counts = [option.count.unit for option in dosage.options if option.count]
    return bool(counts) and all(unit in LOCAL_UNITS for unit in counts)


def _supplements(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names are vitamins, minerals and their like:
    which calcium with vitamin D is meant harms nobody.
    """
    known = [names.data.substances.get(part.substance) for part in parts]
    return all(each is not None and each.kind == "supplement" for each in known)


_FIXED = (
    frozenset(("estrogen", "progestin")),
    frozenset(("stool-softener", "stimulant-laxative", "laxative")),
)
"""Classes whose combinations are taken as the pack says: which strength of a contraceptive it is, is told,
not warned of.
"""


def _fixed(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names is of one of these groups, and more than one of it."""
    known = [names.data.substances.get(part.substance) for part in parts]
    return len(parts) > 1 and any(
        all(each is not None and group & {*each.classes} for each in known) for group in _FIXED
    )


def _of_many(parts: tuple[Part, ...], names: Names) -> bool:
    """Whether all that an item names are products of many nutrients or germs, of which one says nothing."""
    return bool(parts) and all(of_many(part.substance, names.data) for part in parts)


def _whole_sig(given: Given, named: Identity, names: Names) -> tuple[str, str]:
    """The instruction of an item, what stands behind its name and in its columns included; and what in it differs."""
    if not given.columns:
        return (named.sig if given.drug is None or not given.sig else f"{named.sig} {given.sig}".strip()), ""
    from doseref.regimen.merged import merged_sig

    if given.drug is None:
        return merged_sig(named.sig, given.columns, names.data.parse)
    sig, differs = merged_sig(given.sig or "", given.columns, names.data.parse, named.sig)
    return f"{named.sig} {sig}".strip(), differs


def _refused(n: int, given: Given) -> Item:
    """An item that its file or its columns leave unread; nothing of it is counted."""
    unread = Trouble("unreadable-dosage", f"'{given.text}' could not be read: {given.refused}", "mend the row")
    trouble = Trouble("unknown-name", given.unnamed, "give the name of the drug") if given.unnamed else unread
    return Item(n, given, "unread", (), None, "none", "", (), None).with_troubles(trouble)


def _exposed(
    base: Item,
    troubles: list[Trouble],
    dosage: Dosage,
    parts: tuple[Part, ...],
    product: Product | None,
    names: Names,
    weight_kg: Decimal | None,
) -> Item:
    """The item with its exposures; partly read dosages are computed as far as read, and said to be partly read."""
    counted, by_element = as_element(parts, dosage, names.data)
    contents = Contents(base.n, counted, product, names.data, weight_kg)
    result = expose(by_element, contents)
    if not result.exposures and not result.troubles:
        result.troubles.append(NO_DOSE)
    told_twice = any(trouble.kind == "contradictory-dosage" for trouble in result.troubles) and all(
        problem.message == BELOW_ONE_DOSE for problem in dosage.problems if not problem.noted
    )
    if dosage.status == "partly-read" and not told_twice:
        troubles.append(unread(dosage))
    troubles += result.troubles
    # read, but there is nothing to compute; where another part of the instruction counts, that part is not all
    unsaid = not result.exposures and all(trouble.kind == "no-limit-known" for trouble in result.troubles)
    status: ItemStatus = "partly-read" if dosage.status == "partly-read" or (result.troubles and not unsaid) else "read"
    if not result.exposures and not (unsaid and result.troubles):
        status = "partly-read" if result.uncounted else "unread"
    return replace(
        base,
        status=status,
        dosage=dosage,
        exposures=tuple(result.exposures),
        lone=() if result.exposures else tuple(result.lone),
        troubles=tuple(troubles),
        count_high=result.count_high,
        longest_days=result.longest_days,
    )
