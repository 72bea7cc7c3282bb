"""R201 duplicate-ingredient (warning)

What. The same substance comes from two or more items, under whatever names: information. A warning where two items of
one drug alone go by different names, in the same form and on a schedule (Lantus and Toujeo, lisinopril and Zestril):
then two prescribers may each have meant the whole dose. Supplements and dates that do not meet are no warning.

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
from doseref.regimen.dates import dated
from doseref.regimen.model import Item

_RELEASES = {"IR": "immediate-release", "ER": "extended-release", "DR": "delayed-release", "EC": "enteric-coated"}


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance that several items name, read or not."""
    named: dict[str, list[Item]] = {}
    for item in case.items:
        for substance in item.substances:
            named.setdefault(substance, []).append(item)
    for substance, items in named.items():
        if len(items) < 2:
            continue
        name = case.name(substance)
        workings = [f"item {e.item}: {e.working}" for item in items for e in item.exposures if e.substance == substance]
        over = any(t.substance == substance and decided(case, t) in ("over", "possible") for t in case.totals)
        twice = [] if over else _by_two_names(case, substance, items)  # what the total tells is not told again
        which = f": {listed(twice)} are one drug" if twice else _meant(case, substance, items)
        yield Finding(
            "R201",
            "duplicate-ingredient",
            Severity.WARNING if twice else Severity.INFO,
            f"{name} comes from {_count(len(items))} items ({listed(str(item.n) for item in items)}){which}",
            items=tuple(item.n for item in items),
            substances=(name,),
            working="; ".join(workings),
            mend="ask whether both are meant" if twice else "",
        )


def _by_two_names(case: Case, substance: str, items: list[Item]) -> list[str]:
    """The names by which one drug alone is taken twice on a schedule in the same form and time;
    empty where it is not.
    """
    known = case.data.substances.get(substance)
    if known is None or known.kind == "supplement":
        return []
    found: dict[tuple[tuple[str, ...], str], dict[str, str]] = {}
    for item in items:
        own = [e for e in item.exposures if e.substance == substance]
        if len(item.substances) > 1 or not own or any(e.prn or e.once for e in own) or item.longest_days is not None:
            continue
        if dated(item.given.text):
            continue
        form = found.setdefault((own[0].routes, own[0].release), {})
        form.setdefault(item.matched.lower(), item.matched)
    return next((list(names.values()) for names in found.values() if len(names) > 1), [])


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
