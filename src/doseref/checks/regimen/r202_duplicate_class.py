"""R202 duplicate-class (warning)

What. More different substances of one class are taken than the class allows (two NSAIDs, two opioids, two
benzodiazepines). What is put on the skin does not count; several laxatives are no finding. An opioid patch or
extended-release tablet with one short-acting opioid beside it is information: that is how breakthrough pain is treated.
Aspirin of up to 100 mg a day beside another NSAID is no duplicate (it adds bleeding), nor is a switch whose dates do
not meet; a heparin until warfarin acts, where its line says so, is information. What is only inhaled, only sprayed into the nose or put into an eye counts among its like: an inhaled
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

from collections.abc import Iterable, Iterator, Mapping

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.doubles import Crowd, Taking, crowds, takings
from doseref.regimen.overlaps import bridges, bridging, lineage


def check(case: Case) -> Iterator[Finding]:
    """One finding per class with too many different substances; a parent is told only for what its children do not
    tell.
    """
    if taken := takings(case.items, case.data):
        yield from told(taken, case.data, case.bench.country)


def told(taken: Iterable[Taking], data: Reference, country: str) -> Iterator[Finding]:
    """The same of items of which only that is known which matters; for a person of ``country`` (ISO code)."""
    known = list(taken)
    found: dict[tuple[tuple[int, ...], Severity], list[Finding]] = {}
    for crowd in crowds(known, data):
        each = _finding(crowd, known, data, country)
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


def _finding(crowd: Crowd, taken: list[Taking], data: Reference, country: str) -> Finding:
    known, substances, items = crowd.drug_class, dict(crowd.substances), crowd.items
    names = [data.name_of(substance, country) for substance in substances]
    message = f"{len(names)} substances of one class ({known.label}): {listed(names)} ({items_words(items)})"
    severity = Severity.from_word(known.severity or "warning")
    if known.by_release and _different_kinds(taken, substances, known.allowed or 0):
        message += "; a long-acting and a short-acting one, which can be meant"
        severity = Severity.INFO
    elif _until_it_acts(taken, substances, data):
        message += "; one of them until the other acts, which can be meant"
        severity = Severity.INFO
    return Finding(
        "R202",
        "duplicate-class",
        severity,
        message,
        items=items,
        substances=tuple(map(data.name_of, substances)),
        working="; ".join(f"{data.name_of(s, country)}: {items_words(n)}" for s, n in substances.items())
        + f"; allowed together: {known.allowed}",
        mend=f"ask whether {'both' if len(names) == 2 else 'all'} are meant",
    )


def _until_it_acts(taken: list[Taking], substances: Mapping[str, tuple[int, ...]], data: Reference) -> bool:
    """Whether a heparin is injected until a vitamin K antagonist acts, as its line says: the labels of both have them
    overlap for days.
    """
    begun = [each for each in substances if "vitamin-k-antagonist" in lineage(each, data)]
    others = [each for each in substances if each not in begun]
    if len(begun) != 1 or len(others) != 1 or not bridges(others[0], data):
        return False
    return all(bridging(text) for n, _, text in taken if n in substances[others[0]])


def _different_kinds(taken: list[Taking], substances: Mapping[str, tuple[int, ...]], allowed: int) -> bool:
    """Whether no more than ``allowed`` of them are long-acting and no more than that are not."""
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for _, own, _ in taken:
        for substance, _, _, acts, kind in own:
            if acts and substance in substances:
                for each in (True, False) if kind is None else (kind,):
                    kinds[each].add(substance)
    return all(len(members) <= allowed for members in kinds.values())
