"""R201 duplicate-ingredient (warning)

What. The same substance comes from two or more items, under whatever names: information. A warning where two items hold
one drug under different names, by the same route and on a schedule (Lantus and Toujeo, Exforge and Norvasc, Advair and
Serevent): then two prescribers may each have meant the whole dose. One finding names all drugs that the items share.
Supplements, laxatives, remedies for day and night, a long- and a short-acting form where that is meant, and dates that
do not meet are no warning.

Why. It is a fault only by what it adds up to (R101, R102). Two strengths of one drug, or an immediate- and an
extended-release form, can be meant; the finding tells which it is.

Passes:
    Acetaminophen 500 mg every 6 hours
    Ibuprofen 400 mg every 8 hours

Fires:
    Lantus 20 units at bedtime
    Toujeo 30 units at bedtime
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, decided, listed
from doseref.refdata import Reference
from doseref.regimen.dates import dated
from doseref.regimen.model import Item
from doseref.regimen.overlaps import acts_in_body, airway, eyes, lineage
from doseref.regimen.scope import sold_freely

_RELEASES = {"IR": "immediate-release", "ER": "extended-release", "DR": "delayed-release", "EC": "enteric-coated"}


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance that several items name, read or not; what the same items hold twice is one finding."""
    named: dict[str, list[Item]] = {}
    for item in case.items:
        for substance in item.substances:
            named.setdefault(substance, []).append(item)
    several = {substance: items for substance, items in named.items() if len(items) > 1}
    doubled = {
        substance: twice
        for substance, items in several.items()
        if not any(t.substance == substance and decided(case, t) in ("over", "possible") for t in case.totals)
        and (twice := _by_two_names(case, substance, items))
    }  # what a total tells is not told again
    for together in _sharing_items(doubled):
        yield _doubled(case, together, doubled, several)
    for substance, items in several.items():
        if substance in doubled:
            continue
        name = case.name(substance)
        yield Finding(
            "R201",
            "duplicate-ingredient",
            Severity.INFO,
            f"{name} comes from {_count(len(items))} items ({listed(str(item.n) for item in items)})"
            f"{_meant(case, substance, items)}",
            items=tuple(item.n for item in items),
            substances=(name,),
            working=_working(substance, items),
            mend="",
        )


def _doubled(
    case: Case, together: tuple[str, ...], doubled: dict[str, list[Item]], several: dict[str, list[Item]]
) -> Finding:
    """What two items or more hold twice, by the names under which they hold it."""
    twice = {item.n: item for substance in together for item in doubled[substance]}
    items = {item.n: item for substance in together for item in several[substance]}
    brands = list({item.matched.lower(): item.matched for _, item in sorted(twice.items())}.values())
    names = [case.name(substance) for substance in together]
    alone = len(together) == 1 and all(len(item.substances) == 1 for item in twice.values())
    what = "are one drug" if alone else f"hold the same drug{'s' if len(together) > 1 else ''}"
    numbers = sorted(items)
    return Finding(
        "R201",
        "duplicate-ingredient",
        Severity.WARNING,
        f"{listed(names)} come{'' if len(names) > 1 else 's'} from {_count(len(numbers))} items "
        f"({listed(str(n) for n in numbers)}): {listed(brands)} {what}",
        items=tuple(numbers),
        substances=tuple(names),
        working="; ".join(filter(None, (_working(substance, several[substance]) for substance in together))),
        mend="ask whether both are meant",
    )


def _sharing_items(doubled: dict[str, list[Item]]) -> Iterator[tuple[str, ...]]:
    """The substances whose items meet, together: what Trelegy and Breo, and Trelegy and Anoro, hold is one matter."""
    groups: list[tuple[list[str], set[int]]] = []
    for substance, items in doubled.items():
        numbers = {item.n for item in items}
        meeting = [group for group in groups if group[1] & numbers]
        names = [name for group in meeting for name in group[0]]
        groups = [group for group in groups if group not in meeting]
        groups.append(([*names, substance], numbers.union(*(group[1] for group in meeting))))
    yield from (tuple(names) for names, _ in groups)


def _working(substance: str, items: list[Item]) -> str:
    return "; ".join(f"item {e.item}: {e.working}" for i in items for e in i.exposures if e.substance == substance)


_SEVERAL_MEANT = frozenset({"laxative", "antacid"})
"""Classes of which several are usual, so that one of them from two boxes is no question."""


def _by_two_names(case: Case, substance: str, items: list[Item]) -> list[Item]:
    """The items by which one drug is taken twice on a schedule by one route under different names; empty where it is
    not.

    A long- and a short-acting form are no such pair in a class of which both are meant.
    """
    known = case.data.substances.get(substance)
    classes = lineage(substance, case.data)
    if known is None or known.kind == "supplement" or classes & _SEVERAL_MEANT:
        return []
    both_forms = any(case.data.classes[each].by_release for each in classes)
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if not _on_a_schedule(item, substance) or item.longest_days is not None or dated(item.given.text):
            continue
        own = [e for e in item.exposures if e.substance == substance]
        release = own[0].release or "IR" if own and both_forms else ""
        for where in _where(item, substance, case.data):
            found.setdefault((where, release), []).append(item)
    twice = next((each for each in found.values() if len({item.matched.lower() for item in each}) > 1), [])
    return [] if _remedies(case, substance, classes, twice) else twice


def _remedies(case: Case, substance: str, classes: frozenset[str], items: list[Item]) -> bool:
    """Whether these are remedies for the day and for the night that are sold freely and hold the same among others."""
    one_at_a_time = any(case.data.classes[each].allowed == 1 for each in classes)
    mixed = all(len(item.substances) > 1 for item in items)
    return mixed and not one_at_a_time and sold_freely(substance, case.data)


def _on_a_schedule(item: Item, substance: str) -> bool:
    """Whether an item is taken regularly: neither as needed nor once."""
    own = [e for e in item.exposures if e.substance == substance]
    options = item.dosage.options if item.dosage else ()
    return not any(e.prn or e.once for e in own) if own else bool(options) and not any(o.prn for o in options)


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


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))


def _meant(case: Case, substance: str, items: list[Item]) -> str:
    """What may be meant: two release forms, two routes, two strengths."""
    exposures = [e for item in items for e in item.exposures if e.substance == substance]
    kinds = {e.route for e in exposures}
    if len(kinds) == 1 and len({e.release or "IR" for e in exposures}) > 1:
        forms = listed(sorted(_RELEASES[e] for e in {e.release or "IR" for e in exposures}))
        return f": {forms} forms, which can be meant"
    if len({e.route for e in exposures}) > 1:
        return f": by different routes ({listed(sorted({e.route for e in exposures}))}), which are not added up"
    if len({e.per_dose for e in exposures}) > 1 and all(len(item.substances) == 1 for item in items):
        return ": two strengths or doses, which can be meant"
    return ""
