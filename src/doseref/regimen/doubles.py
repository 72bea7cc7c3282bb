"""What is taken twice: one drug by two names, and more substances of one class than it allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from doseref.records import record
from doseref.refdata import Reference
from doseref.regimen.dates import apart, dated
from doseref.regimen.model import Item
from doseref.regimen.overlaps import (
    Member,
    acts_in_body,
    airway,
    bridging,
    counted_classes,
    eyes,
    lineage,
    members_of,
)
from doseref.regimen.sold import sold_freely
from doseref.tables.entries import DrugClass


@record
class Doubled:
    """Drugs that the same items hold under different names, and what of one class these items hold beside them."""

    substances: tuple[str, ...]
    items: tuple[Item, ...]
    beside: tuple[Crowd, ...]


@record
class Crowd:
    """More different substances of a class than it allows, and the items that each comes from."""

    drug_class: DrugClass
    substances: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def items(self) -> tuple[int, ...]:
        """The items' numbers, in order."""
        return tuple(sorted({n for _, numbers in self.substances for n in numbers}))


def doubled(
    items: Collection[Item], told: Collection[str], data: Reference, full: Collection[str] = ()
) -> list[Doubled]:
    """The drugs that are taken twice on a schedule by one route under different names, by the items that meet; those
    that are ``told`` otherwise are left out. Of those that are ``full``, at their maximum already, as needed counts too.
    """
    named: dict[str, list[Item]] = {}
    for item in items:
        for substance in item.substances:
            named.setdefault(substance, []).append(item)
    twice = {
        substance: found
        for substance, own in named.items()
        if len(own) > 1 and substance not in told and (found := _by_two_names(substance, own, data, substance in full))
    }
    return [_together(names, twice, data) for names in _sharing_items(twice)]


def _together(names: tuple[str, ...], twice: dict[str, list[Item]], data: Reference) -> Doubled:
    items = {item.n: item for name in names for item in twice[name]}
    own = tuple(item for _, item in sorted(items.items()))
    one_matter = (crowd for crowd in crowds(takings(own, data), data) if not crowd.drug_class.by_release)
    return Doubled(names, own, tuple(crowd for crowd in one_matter if not _settled(crowd.drug_class)))


def _settled(drug_class: DrugClass) -> bool:
    """Whether the class has a gravity of its own, which a warning of something else cannot tell."""
    return drug_class.severity not in ("", "warning")


Taking = tuple[int, tuple[Member, ...], str]
"""All of an item that is asked about its classes: its number, its substances that count, and its text where that says
when it is taken (:func:`when_taken`).
"""


def takings(items: Iterable[Item], data: Reference) -> list[Taking]:
    """The items that have substances of classes of which only so many may be taken together."""
    return [(item.n, own, when_taken(item.given.text)) for item in items if (own := members_of(item, data))]


def when_taken(text: str) -> str:
    """The text of an item where it names days, or another drug that is to act first; else empty."""
    return text if dated(text) or bridging(text) else ""


def crowds(taken: Iterable[Taking], data: Reference) -> list[Crowd]:
    """The classes of which too many different substances are taken in one place; a parent is told only for what its
    children do not tell, and a switch with its dates is none.
    """
    members: dict[tuple[str, str], dict[str, list[int]]] = {}
    texts: dict[int, str] = {}
    for n, own, text in taken:
        texts[n] = text
        for substance, where, for_platelets, _, _ in own:
            if for_platelets:
                continue
            for place in where:
                for class_id in counted_classes(substance, data):
                    members.setdefault((class_id, place), {}).setdefault(substance, []).append(n)
    found: list[Crowd] = []
    done: set[frozenset[str]] = set()
    many = [each for each in members.items() if len(each[1]) > (data.classes[each[0][0]].allowed or 0)]
    for (class_id, _), substances in sorted(many, key=lambda each: (-len(data.ancestry(each[0][0])), each[0])):
        if len({n for own in substances.values() for n in own}) == 1:
            continue  # both are in one product (Deriphyllin), which is made so
        if frozenset(substances) in done or apart(texts[n] for own in substances.values() for n in own):
            continue
        done.add(frozenset(substances))
        found.append(Crowd(data.classes[class_id], tuple((each, tuple(own)) for each, own in substances.items())))
    return found


def _sharing_items(twice: dict[str, list[Item]]) -> Iterator[tuple[str, ...]]:
    """The substances whose items meet, together: what Trelegy and Breo, and Trelegy and Anoro, hold is one matter."""
    groups: list[tuple[list[str], set[int]]] = []
    for substance, items in twice.items():
        numbers = {item.n for item in items}
        meeting = [group for group in groups if group[1] & numbers]
        names = [name for group in meeting for name in group[0]]
        groups = [group for group in groups if group not in meeting]
        groups.append(([*names, substance], numbers.union(*(group[1] for group in meeting))))
    yield from (tuple(names) for names, _ in groups)


_SEVERAL_MEANT = frozenset({"laxative", "antacid"})
"""Classes of which several are usual, so that one of them from two boxes is no question."""


def _by_two_names(substance: str, items: Iterable[Item], data: Reference, needed_too: bool) -> list[Item]:
    """The items by which one drug is taken twice on a schedule by one route under different names; empty where it is
    not.

    A long- and a short-acting form are no such pair in a class of which both are meant.
    """
    known = data.substances.get(substance)
    classes = lineage(substance, data)
    if known is None or known.kind == "supplement" or classes & _SEVERAL_MEANT:
        return []
    both_forms = any(data.classes[each].by_release for each in classes)
    one_form = not both_forms and any(data.classes[each].narrow and data.classes[each].allowed == 1 for each in classes)
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if (
            not (needed_too or _on_a_schedule(item, substance, data))
            or item.longest_days is not None
            or dated(item.given.text)
        ):
            continue
        own = [e for e in item.exposures if e.substance == substance]
        release = own[0].release or "IR" if own and both_forms else ""
        for where in _where(item, substance, data):
            found.setdefault((where, release), []).append(item)
    twice = next((each for each in found.values() if len(_apart_as(each, substance, one_form)) > 1), [])
    return [] if _remedies(substance, classes, twice, data) else twice


def _apart_as(items: Iterable[Item], substance: str, one_form: bool) -> set[tuple[str, str]]:
    """The names of items, with their release where only ``one_form`` of a drug is taken at a time (tacrolimus)."""
    return {
        (item.matched.lower(), release)
        for item in items
        for release in {e.release or "IR" for e in item.exposures if e.substance == substance and one_form} or {""}
    }


def _remedies(substance: str, classes: frozenset[str], items: list[Item], data: Reference) -> bool:
    """Whether these are remedies for the day and for the night that are sold freely and hold the same among others."""
    one_at_a_time = any(data.classes[each].allowed == 1 for each in classes)
    mixed = all(len(item.substances) > 1 for item in items)
    return mixed and not one_at_a_time and sold_freely(substance, data)


def _on_a_schedule(item: Item, substance: str, data: Reference) -> bool:
    """Whether an item is taken regularly: neither as needed nor once; where it could not be read how it is taken, a drug
    on prescription is taken to be.
    """
    own = [e for e in item.exposures if e.substance == substance]
    options = item.dosage.options if item.dosage else ()
    if own:
        return not any(e.prn or e.once for e in own)
    return not any(o.prn for o in options) if options else not sold_freely(substance, data)


def _where(item: Item, substance: str, data: Reference) -> tuple[str, ...]:
    """The route by which an item is taken, where none is stated the usual one; the eyes into which a drug is put of
    which one is given at a time; nothing for what is put on the skin.
    """
    by_air = airway(item, substance, data)
    if by_air or acts_in_body(item, substance, data):
        stated = {route for e in item.exposures if e.substance == substance for route in e.routes}
        known = data.substances.get(substance)
        return (by_air or next(iter(sorted(stated)), known.usual_route if known else ""),)
    one_at_a_time = any(data.classes[each].allowed == 1 for each in lineage(substance, data))
    return eyes(item, substance, data) if one_at_a_time else ()
