"""R202 duplicate-class (warning)

What. More different substances of one class are taken than the class allows (two NSAIDs, two opioids, two
benzodiazepines). What is put on the skin does not count; several laxatives are no finding. An opioid patch or
extended-release tablet with one short-acting opioid beside it is information: that is how breakthrough pain is treated.
Aspirin of up to 100 mg a day beside another NSAID is no duplicate (it adds bleeding), nor is a switch whose dates do
not meet. What is only inhaled, only sprayed into the nose or put into an eye counts among its like: an inhaled
corticosteroid beside a tablet is meant, two prostaglandin drops for one eye are not.

Why. Two drugs of such a class add their harm and not their benefit.

Passes:
    Ibuprofen 400 mg every 8 hours
    Gabapentin 300 mg three times daily

Fires:
    Ibuprofen 400 mg every 8 hours
    Naproxen 250 mg twice daily
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.dates import apart
from doseref.regimen.overlaps import acts_in_body, for_platelets, long_acting, places
from doseref.tables.entries import DrugClass


def check(case: Case) -> Iterator[Finding]:
    """One finding per class with too many different substances; a parent is told only for what its children do not
    tell.
    """
    members: dict[tuple[str, str], dict[str, list[int]]] = {}
    for item in case.items:
        for substance in item.substances:
            if for_platelets(item, substance):
                continue
            for where in places(item, substance, case.data):
                for class_id in _counted_classes(substance, case.data):
                    numbers = members.setdefault((class_id, where), {}).setdefault(substance, [])
                    if item.n not in numbers:
                        numbers.append(item.n)
    told: set[frozenset[str]] = set()
    found: dict[tuple[tuple[int, ...], Severity], list[Finding]] = {}
    classes = case.data.classes
    many = [each for each in members.items() if len(each[1]) > (classes[each[0][0]].allowed or 0)]
    for (class_id, _), substances in sorted(many, key=lambda each: (-len(case.data.ancestry(each[0][0])), each[0])):
        known = classes[class_id]
        if frozenset(substances) in told:
            continue
        numbers = [n for each in substances.values() for n in each]
        if apart(case.item(n).given.text for n in numbers):
            continue  # a switch with its dates
        told.add(frozenset(substances))
        each = _finding(case, known, substances)
        found.setdefault((each.items, each.severity), []).append(each)
    yield from (_together(findings) for findings in found.values())


def _together(findings: list[Finding]) -> Finding:
    """What the same items have of several classes as one finding: two inhalers of two drugs each are one matter."""
    first, *others = findings
    if not others:
        return first
    return replace(
        first,
        message="; ".join(each.message for each in findings),
        substances=tuple(dict.fromkeys(name for each in findings for name in each.substances)),
        working="; ".join(each.working for each in findings),
    )


def _finding(case: Case, known: DrugClass, substances: dict[str, list[int]]) -> Finding:
    items = tuple(sorted({n for numbers in substances.values() for n in numbers}))
    names = [case.name(substance) for substance in substances]
    message = f"{len(names)} substances of one class ({known.label}): {listed(names)} ({items_words(items)})"
    severity = Severity.from_word(known.severity or "warning")
    if known.by_release and _different_kinds(case, substances, known.allowed or 0):
        message += "; a long-acting and a short-acting one, which can be meant"
        severity = Severity.INFO
    return Finding(
        "R202",
        "duplicate-class",
        severity,
        message,
        items=items,
        substances=tuple(names),
        working="; ".join(f"{case.name(s)}: {items_words(n)}" for s, n in substances.items())
        + f"; allowed together: {known.allowed}",
        mend="ask whether both are meant",
    )


def _different_kinds(case: Case, substances: dict[str, list[int]], allowed: int) -> bool:
    """Whether no more than ``allowed`` of them are long-acting and no more than that are not."""
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for item in case.items:
        for substance in item.substances:
            if substance in substances and acts_in_body(item, substance, case.data):
                kind = long_acting(item, substance)
                for each in (True, False) if kind is None else (kind,):
                    kinds[each].add(substance)
    return all(len(members) <= allowed for members in kinds.values())


@lru_cache(maxsize=4096)
def _counted_classes(substance: str, data: Reference) -> tuple[str, ...]:
    """The classes of a substance, and their parents, of which only so many may be taken together."""
    known = data.substances.get(substance)
    found = [parent for class_id in (known.classes if known else ()) for parent in data.ancestry(class_id)]
    return tuple(each for each in dict.fromkeys(found) if data.classes[each].allowed is not None)
