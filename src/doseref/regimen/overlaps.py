"""Side effects that two or more different substances share, with the phrases that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from doseref.limits import ROUTE_KIND
from doseref.patterns import regex
from doseref.refdata import Reference
from doseref.regimen.delivered import to_unit
from doseref.regimen.in_place import SPREAD
from doseref.regimen.judged import Overlap
from doseref.regimen.model import Item

Acting = tuple[int, tuple[str, ...]]
"""An item's number and those of its substances that act in the whole body (see :func:`acting`)."""


def acting(items: Iterable[Item], data: Reference) -> list[Acting]:
    """What of each item acts in the whole body. An unread dosage hides nothing: what an item names counts.
    Topical use does not. A substance of more mg a day than a stack names is there once more, as ``simvastatin>20``;
    one that bridges is there as ``enoxaparin~bridging``, eye drops that a stack names as ``timolol>eye``.
    """
    return [(item.n, acting_of(item, data)) for item in items]


def acting_of(item: Item, data: Reference) -> tuple[str, ...]:
    """What of one item acts in the whole body, as :func:`acting` tells it."""
    own = tuple(s for s in item.told_of if acts_in_body(item, s, data))
    if bridging(item.given.text):
        own = tuple(f"{s}{_BRIDGING}" if bridges(s, data) else s for s in own)
    marks, drops = data.stack_amounts, data.stack_eye_drops
    into_an_eye = (drops[s] for s in item.substances if s in drops and s not in own and eyes(item, s, data))
    above = (
        mark
        for s in own
        if s in marks
        for mark, amount, less in marks[s]
        if (0 < _day_mg(item, s, data) < amount if less else _day_mg(item, s, data) > amount)
    )
    return (*own, *into_an_eye, *above)


def substance_of(acting: str) -> str:
    """The substance of what :func:`acting` tells: ``simvastatin`` of ``simvastatin>20``."""
    return acting.removesuffix(_BRIDGING).partition(">")[0]


_BRIDGING = "~bridging"
_BRIDGE_WORDS = regex(r"\bbridg(?:e|es|ed|ing)\b|\b(?:un)?till?\s(?:the\s)?INR\b", re.I)


def bridging(text: str) -> bool:
    """Whether a line says that it is taken until another anticoagulant acts ("as bridge until INR above 2")."""
    lower = text.lower()
    return ("bridg" in lower or "inr" in lower) and _BRIDGE_WORDS.search(text) is not None


def bridges(substance: str, data: Reference) -> bool:
    """Whether a substance is one that is injected until a vitamin K antagonist acts (a heparin, fondaparinux)."""
    return substance == "fondaparinux" or "heparin" in lineage(substance, data)


def only_bridging(acting: str) -> bool:
    """Whether it is no second one of its kind: it is taken until the other acts."""
    return acting.endswith(_BRIDGING)


def _day_mg(item: Item, substance: str, data: Reference) -> Decimal:
    """The most that an item gives of a substance in a day, in mg, by its own factor where it is taken in units; where
    its dosage was not read, the largest amount in its line. A dose that is taken once is no dose of every day.
    """
    if len(item.told_of) == 1 and not any(each.substance == substance for each in item.exposures):
        return max((Decimal(each) for each in _MG.findall(item.given.text)), default=Decimal(0))
    known = [
        to_unit(data, substance, exposure.amount, "mg")
        for exposure in item.exposures
        if exposure.substance == substance and exposure.per.is_day and not exposure.once
    ]
    return max((each.high for each in known if each is not None), default=Decimal(0))


def overlaps(items: Iterable[Item], data: Reference) -> Iterator[Overlap]:
    """Every class that adds up and that at least two substances share, by class.

    What a corticosteroid does in the whole body is not told of one that is breathed in or sprayed into the nose.
    """
    known = list(items)
    taken = [
        (n, tuple(each for each in own if not _breathed_steroid(item, each, data)))
        for item, (n, own) in zip(known, acting(known, data), strict=True)
    ]
    return shared(taken, data)


def _breathed_steroid(item: Item, acting: str, data: Reference) -> bool:
    substance = substance_of(acting)
    return "corticosteroid" in lineage(substance, data) and bool(airway(item, substance, data))


def shared(taken: Iterable[Acting], data: Reference, only: str | None = None) -> Iterator[Overlap]:
    """The overlaps of what acts in the body; ``only`` asks for one class of side effects."""
    sharing: dict[str, dict[str, list[int]]] = {}
    for n, substances in taken:
        for substance in map(substance_of, (each for each in substances if ">" not in each)):
            adding = adding_up(substance, data)
            for class_id in adding if only is None else (only,) if only in adding else ():
                sharing.setdefault(class_id, {}).setdefault(substance, []).append(n)
    for class_id in sorted(sharing):
        members = sharing[class_id]
        if len(members) < 2:
            continue
        together = sorted({n for each in members.values() for n in each})
        told = tuple(adding_up(s, data)[class_id] for s in members)
        label = data.side_effect_classes[class_id].label
        yield Overlap(class_id, label, tuple(members), tuple(together), told)


_MG = regex(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)\s?mg\b", re.I)
_LOCAL = regex(
    r"\b(?:(?:eye|ear)[\s-]?(?:drops?|ointment|gel)|ophth(?:almic)?|otic|eye|ears?|vaginal|cream|ointment|lotion|"
    r"shampoo|(?:mouth|face|body)?wash|(?:mouth\s?)?rinse|gargle)\b",
    re.I,
)
"""Words of forms and places that a drug acts in, whatever route it usually has."""
_IN_LOCAL = (
    "eye",
    "ear",
    "ophth",
    "otic",
    "vaginal",
    "cream",
    "ointment",
    "lotion",
    "shampoo",
    "wash",
    "rinse",
    "gargle",
)
"""Of which each of them has one."""


@lru_cache(maxsize=4096)
def _says_where(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _IN_LOCAL) and _LOCAL.search(text) is not None


LOW_DOSE_ASPIRIN_MG = 100
"""Aspirin of up to so many mg a day keeps platelets apart: with an NSAID it adds bleeding,
and no second pain reliever.
"""


def for_platelets(item: Item, substance: str) -> bool:
    """Whether an item is low-dose aspirin."""
    own = [exposure for exposure in item.exposures if exposure.substance == substance]
    return (
        substance == "aspirin"
        and bool(own)
        and all(e.amount.unit == "mg" and e.per.is_day and e.amount.high <= LOW_DOSE_ASPIRIN_MG for e in own)
    )


def acts_in_body(item: Item, substance: str, data: Reference) -> bool:
    """Whether a substance acts in the whole body as this item takes it.

    Where no amount is known the dosage's route or form decides, then the product's and the substance's usual route:
    grams of a gel of unknown strength are still a gel.
    """
    if _says_where(item.given.text):
        return False
    routes = {exposure.route for exposure in item.exposures if exposure.substance == substance}
    if routes:
        return bool(routes & {"systemic", "transdermal"})
    options = item.dosage.options if item.dosage else ()
    stated = {
        option.route or ("topical" if option.form in SPREAD and option.form != "solution" else "") for option in options
    } - {""}
    if stated:
        return any(ROUTE_KIND.get(route, "systemic") in ("systemic", "transdermal") for route in stated)
    known = data.substances.get(substance)
    usual = (
        item.product.route if item.product is not None and item.product.route else known.usual_route if known else ""
    )
    return ROUTE_KIND.get(usual, "systemic") in ("systemic", "transdermal")


_AIRWAY = {"{puff}": "inhalation", "{inhalation}": "inhalation", "{actuat}": "inhalation", "{spray}": "nasal"}
"""What is counted so is taken by that route, where the sig names none."""


def airway(item: Item, substance: str, data: Reference) -> str:
    """``inhalation`` or ``nasal`` where a substance is taken by that route alone, else empty.

    An inhaled and a swallowed corticosteroid act in different places and are given together on purpose; two inhaled
    ones are a duplication.
    """
    options = item.dosage.options if item.dosage else ()
    routes = {option.route or (_AIRWAY.get(option.count.unit, "") if option.count else "") for option in options} - {""}
    if not routes:
        known = data.substances.get(substance)
        routes = {known.usual_route if known else ""}
    return next(iter(routes)) if len(routes) == 1 and routes <= {"inhalation", "nasal"} else ""


_EYES = ("left eye", "right eye")
_EYE = regex(r"\b(?:eye|ophth(?:almic)?)", re.I)


def eyes(item: Item, substance: str, data: Reference) -> tuple[str, ...]:
    """The eyes into which an item puts a substance: both where it names neither; none where it goes elsewhere.

    What is put into one eye is no duplicate of what is put into the other.
    """
    options = item.dosage.options if item.dosage else ()
    routes = {option.route or "" for option in options}
    known = data.substances.get(substance)
    usual = known is not None and known.usual_route == "ophthalmic"
    if "ophthalmic" not in routes and (routes - {""} or not (usual or _EYE.search(item.given.text))):
        return ()
    named = {option.site for option in options}
    return tuple(eye for eye in _EYES if named == {eye}) or _EYES


PLACES = ("", "inhalation", "nasal", *_EYES)
"""Where a substance may act, so that it is a second one of its class there: the whole body (as ``""``), the airways or
the nose where it is taken by that route alone, an eye. What is put on the skin acts in none of them.
"""


Member = tuple[str, tuple[str, ...], bool, bool, bool | None]
"""A substance as the rule of classes sees it: id, in which of :data:`PLACES`, whether only on platelets, whether
in the whole body, and whether for long there (``None``: not known).
"""


def members_of(item: Item, data: Reference) -> tuple[Member, ...]:
    """Those of an item's substances that are of a class of which only so many may be taken together."""
    return tuple(_member(item, each, data) for each in item.substances if counted_classes(each, data))


def _member(item: Item, substance: str, data: Reference) -> Member:
    acts = acts_in_body(item, substance, data)
    where = (airway(item, substance, data),) if acts else eyes(item, substance, data)
    return substance, where, for_platelets(item, substance), acts, long_acting(item, substance) if acts else None


@lru_cache(maxsize=4096)
def counted_classes(substance: str, data: Reference) -> tuple[str, ...]:
    """The classes of a substance, and their parents, of which only so many may be taken together."""
    known = data.substances.get(substance)
    found = [parent for class_id in (known.classes if known else ()) for parent in data.ancestry(class_id)]
    return tuple(each for each in dict.fromkeys(found) if data.classes[each].allowed is not None)


def long_acting(item: Item, substance: str) -> bool | None:
    """Whether a substance acts for long as this item takes it: an extended-release form or a patch;
    ``None``: not known.
    """
    own = [exposure for exposure in item.exposures if exposure.substance == substance]
    if own:
        return any(exposure.release == "ER" or exposure.route == "transdermal" for exposure in own)
    options = item.dosage.options if item.dosage else ()
    if not options:
        return None
    return any(option.release == "ER" or option.route == "transdermal" or option.form == "patch" for option in options)


@lru_cache(maxsize=4096)
def effects(substance: str, data: Reference) -> tuple[tuple[str, str], ...]:
    """Side-effect classes of a substance, each with its phrase and source; a reduced risk does not count.
    Above an amount (``simvastatin>20``) it has no others.
    """
    return () if ">" in substance else tuple(_effects(substance_of(substance), data))


@lru_cache(maxsize=4096)
def adding_up(substance: str, data: Reference) -> dict[str, str]:
    """What a substance is told to do by those of its side-effect classes that add up: its name and the phrases."""
    found: dict[str, dict[str, None]] = {}
    for class_id, phrase in effects(substance, data):
        known = data.side_effect_classes.get(class_id)
        if known is not None and known.adds_up:
            found.setdefault(class_id, {})[phrase] = None
    return {
        class_id: f"{data.name_of(substance_of(substance))}: {', '.join(phrases)}"
        for class_id, phrases in found.items()
    }


def _effects(substance: str, data: Reference) -> Iterator[tuple[str, str]]:
    for effect in data.side_effects.get(substance, ()):
        if effect.qualifier == "reduced":
            continue
        for class_id in effect.classes:
            yield class_id, f"{effect.phrase} ({effect.statement})"
    known = data.substances[substance]
    said: set[str] = set()
    for each in dict.fromkeys(parent for own in known.classes for parent in data.ancestry(own)):
        group = data.classes[each]
        labels = ", ".join(data.sources[source].short for source in group.side_effects_from)
        said |= set(group.side_effects)
        yield from ((class_id, f"as {group.label} ({labels})") for class_id in group.side_effects)
    for class_id in known.side_effects:
        if class_id not in said:
            yield class_id, "listed for its class"


@lru_cache(maxsize=4096)
def lineage(substance: str, data: Reference) -> frozenset[str]:
    """The classes of a substance and all their parents; above an amount (``simvastatin>20``) it is of none."""
    if ">" in substance:
        return frozenset()
    known = data.substances.get(substance_of(substance))
    return frozenset(parent for class_id in (known.classes if known else ()) for parent in data.ancestry(class_id))


def narrow(substance: str, data: Reference) -> bool:
    """Whether a substance is of a class of which one dose too many is dangerous."""
    return any(data.classes[class_id].narrow for class_id in lineage(substance, data))
