"""R201 duplicate-ingredient (warning)

What. The same substance comes from two or more items, under whatever names: information. A warning where two items hold
one drug under different names, by the same route and on a schedule (Lantus and Toujeo, Exforge and Norvasc, Advair and
Serevent): then two prescribers may each have meant the whole dose. One finding names all drugs that the items share,
and what they hold of one class beside them (the two corticosteroids of Symbicort and Fostair).
Tablets of two strengths of a drug of which one is to be dispensed (methotrexate) are a warning too.
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

from doseref.checks.regimen.case import Case, Finding, Severity, listed, told_by_totals
from doseref.regimen.doubles import Doubled, doubled
from doseref.regimen.labelled import at_the_end, given_anywhere
from doseref.regimen.model import Item
from doseref.regimen.stacks import belongs, kinds_of
from doseref.tables.entries import Caution

_RELEASES = {"IR": "immediate-release", "ER": "extended-release", "DR": "delayed-release", "EC": "enteric-coated"}


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance that several items name, read or not; what the same items hold twice is one finding."""
    named: dict[str, list[Item]] = {}
    for item in case.items:
        for substance in item.substances:
            named.setdefault(substance, []).append(item)
    several = {substance: items for substance, items in named.items() if len(items) > 1}
    if not several:
        return
    twice = doubled(case.items, told_by_totals(case), case.data, _full(case))
    for each in twice:
        yield _doubled(case, each, several)
    known = {substance for each in twice for substance in each.substances}
    for substance, items in several.items():
        if substance in known:
            continue
        name, mixed = case.told(substance), _two_strengths(case, substance, items)
        told = f": {mixed.advice} ({case.data.sources[mixed.source].short})" if mixed else ""
        yield Finding(
            "R201",
            "duplicate-ingredient",
            Severity.WARNING if mixed else Severity.INFO,
            f"{name} comes from {_count(len(items))} items ({listed(str(item.n) for item in items)})"
            f"{told or _meant(case, substance, items)}",
            items=tuple(item.n for item in items),
            substances=(case.name(substance),),
            sources=(mixed.source,) if mixed else (),
            working=_working(substance, items),
            mend="ask for tablets of one strength" if mixed else "",
        )


def _two_strengths(case: Case, substance: str, items: list[Item]) -> Caution | None:
    """The caution that a drug is given in tablets of one strength only, where the items state two."""
    stated = {each for item in items for e in item.exposures if e.substance == substance for each in e.strengths}
    if len(stated) < 2:
        return None
    kinds = kinds_of(substance, case.data)
    return next((c for c in case.data.cautions if c.given == "two-strengths" and belongs(kinds, c.about)), None)


def _full(case: Case) -> set[str]:
    """The substances of which what is surely taken leaves no room for a dose as needed, by any country's labels."""
    return {
        total.substance
        for total in case.totals
        if len(total.items) > 1
        and at_the_end(
            total.amount.low,
            given_anywhere(
                case.taken(total.exposures), total.per.usual(), total.amount.unit, case.bench, case.data, case.names
            ),
        )
    }


def _doubled(case: Case, twice: Doubled, several: dict[str, list[Item]]) -> Finding:
    """What two items or more hold twice, by the names under which they hold it, and what of one class beside it."""
    items = {item.n: item for substance in twice.substances for item in several[substance]}
    brands = list({item.matched.lower(): item.matched for item in twice.items}.values())
    names = [case.told(substance) for substance in twice.substances]
    alone = len(names) == 1 and all(len(item.substances) == 1 for item in twice.items)
    if len(brands) == 1:
        what = "in two release forms, of which one is taken at a time"
    else:
        what = "are one drug" if alone else f"hold the same drug{'s' if len(names) > 1 else ''}"
    beside = [[case.told(each) for each, _ in crowd.substances] for crowd in twice.beside]
    also = "".join(
        f"; {listed(crowded)} are of one class ({crowd.drug_class.label})"
        for crowded, crowd in zip(beside, twice.beside, strict=True)
    )
    numbers = sorted(items)
    return Finding(
        "R201",
        "duplicate-ingredient",
        Severity.WARNING,
        f"{listed(names)} come{'' if len(names) > 1 else 's'} from {_count(len(numbers))} items "
        f"({listed(str(n) for n in numbers)}): {listed(brands)} {what}{also}",
        items=tuple(numbers),
        substances=tuple(
            dict.fromkeys(
                map(case.name, (*twice.substances, *(s for crowd in twice.beside for s, _ in crowd.substances)))
            )
        ),
        working="; ".join(filter(None, (_working(substance, several[substance]) for substance in twice.substances))),
        mend="ask whether both are meant",
    )


def _working(substance: str, items: list[Item]) -> str:
    return "; ".join(f"item {e.item}: {e.working}" for i in items for e in i.exposures if e.substance == substance)


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
