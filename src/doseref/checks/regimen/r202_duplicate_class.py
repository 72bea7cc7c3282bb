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

from collections.abc import Iterable, Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.dates import apart, dated
from doseref.regimen.overlaps import Member, counted_classes, members_of
from doseref.tables.entries import DrugClass

Taking = tuple[int, tuple[Member, ...], str]
"""All of an item that this rule looks at: its number, its substances that count, and its text where that names days."""


def check(case: Case) -> Iterator[Finding]:
    """One finding per class with too many different substances; a parent is told only for what its children do not
    tell.
    """
    taken = [(item.n, members, item.given.text) for item in case.items if (members := members_of(item, case.data))]
    if taken:
        yield from told([(n, members, text if dated(text) else "") for n, members, text in taken], case.data)


def told(taken: Iterable[Taking], data: Reference) -> Iterator[Finding]:
    """The same of items of which only that is known which matters."""
    members: dict[tuple[str, str], dict[str, list[int]]] = {}
    known = list(taken)
    for n, own, _ in known:
        for substance, where, for_platelets, _, _ in own:
            if for_platelets:
                continue
            for place in where:
                for class_id in counted_classes(substance, data):
                    numbers = members.setdefault((class_id, place), {}).setdefault(substance, [])
                    if n not in numbers:
                        numbers.append(n)
    texts = {n: text for n, _, text in known}
    done: set[frozenset[str]] = set()
    found: dict[tuple[tuple[int, ...], Severity], list[Finding]] = {}
    many = [each for each in members.items() if len(each[1]) > (data.classes[each[0][0]].allowed or 0)]
    for (class_id, _), substances in sorted(many, key=lambda each: (-len(data.ancestry(each[0][0])), each[0])):
        if frozenset(substances) in done:
            continue
        if apart(texts[n] for each in substances.values() for n in each):
            continue  # a switch with its dates
        done.add(frozenset(substances))
        each = _finding(data.classes[class_id], substances, known, data)
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


def _finding(known: DrugClass, substances: dict[str, list[int]], taken: list[Taking], data: Reference) -> Finding:
    items = tuple(sorted({n for numbers in substances.values() for n in numbers}))
    names = [data.name_of(substance) for substance in substances]
    message = f"{len(names)} substances of one class ({known.label}): {listed(names)} ({items_words(items)})"
    severity = Severity.from_word(known.severity or "warning")
    if known.by_release and _different_kinds(taken, substances, known.allowed or 0):
        message += "; a long-acting and a short-acting one, which can be meant"
        severity = Severity.INFO
    return Finding(
        "R202",
        "duplicate-class",
        severity,
        message,
        items=items,
        substances=tuple(names),
        working="; ".join(f"{data.name_of(s)}: {items_words(n)}" for s, n in substances.items())
        + f"; allowed together: {known.allowed}",
        mend="ask whether both are meant",
    )


def _different_kinds(taken: list[Taking], substances: dict[str, list[int]], allowed: int) -> bool:
    """Whether no more than ``allowed`` of them are long-acting and no more than that are not."""
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for _, own, _ in taken:
        for substance, _, _, acts, kind in own:
            if acts and substance in substances:
                for each in (True, False) if kind is None else (kind,):
                    kinds[each].add(substance)
    return all(len(members) <= allowed for members in kinds.values())
