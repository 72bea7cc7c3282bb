"""A judged regimen as one HTML file to hand over: no script, no font, no image, no request; complete when opened from a
disk.

The answer first, in a sentence for each person; then a picture of every total, of the day and of shared side effects;
the working folded away; sources, what was not assessed, and what it was judged by at the end. The verdict is a word and
a sign, colour only comes on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from doseref.findings import Finding, Severity
from doseref.quantities import Amount
from doseref.records import replace
from doseref.regimen.judged import Judged
from doseref.regimen.model import RANK, Total, Verdict
from doseref.regimen.unjudged import OTC_OPTION
from doseref.reports import drawings, pictures
from doseref.reports.answer import belongs, gravity, sentence
from doseref.reports.check_tables import amount_of, limit_of, substance_of, unjudged_amount
from doseref.reports.check_words import (
    as_of_lines,
    gap_lines,
    headroom,
    item_name,
    load_words,
    many,
    no_effects_known,
    place,
    verdict_lines,
    verdict_words,
    word_of,
)
from doseref.reports.page import moment
from doseref.reports.page import render as page
from doseref.reports.references import ListedSource, References
from doseref.result import Result, printed_there, scope_words

MANY_PEOPLE = 40
"""From so many people on one file holds an index with filters and short sections; ``folder`` writes a file for each."""

_WORDS = {
    "OVER": ("bad", "✖"),
    "MAY EXCEED": ("warn", "▲"),
    "ABOVE RANGE": ("warn", "▲"),
    "MAY EXCEED RANGE": ("warn", "▲"),
    "INCOMPLETE": ("warn", "?"),
    "WITHIN": ("good", "✔"),
}
_SEVERITY = {"error": ("bad", "✖"), "warning": ("warn", "▲"), "info": ("soft", "ℹ")}
_JUDGED = {"over": "bad", "possible": "warn", "within": "good", "not-assessed": "soft"}
_PICTURED = ("R103", "R301", "R405")
"""Information that stands in a section of its own: each source's verdict, shared side effects,
what was not assessed.
"""


def render(result: Result, made: datetime | None = None) -> str:
    """The whole page, made at ``made`` (now); every text is escaped."""
    refs = References(result.data)
    short = len(result.regimens) >= MANY_PEOPLE
    people = [
        _person(result, regimen, number, refs, short=short) for number, regimen in enumerate(result.regimens, start=1)
    ]
    return _page(result, people, refs, made, "index.html.j2" if short else "check.html.j2")


def folder(result: Result, made: datetime | None = None) -> Iterable[tuple[str, str]]:
    """File name and page of an index and of each person, for a directory."""
    names = [f"person-{number:04d}.html" for number in range(1, len(result.regimens) + 1)]
    people = [
        {**_head(result, regimen, number), "href": name}
        for (number, regimen), name in zip(enumerate(result.regimens, start=1), names, strict=True)
    ]
    yield "index.html", _page(result, people, References(result.data), made, "index.html.j2")
    for name, regimen in zip(names, result.regimens, strict=True):
        refs, own = References(result.data), replace(result, regimens=(regimen,))
        yield name, _page(own, [_person(own, regimen, 1, refs)], refs, made, "check.html.j2")


def _page(
    result: Result, people: Sequence[dict[str, Any]], refs: References, made: datetime | None, template: str
) -> str:
    counts = result.summary()
    outside = any(regimen.patient.outside() for regimen in result.regimens if regimen.patient)
    told = ", ".join(
        (
            many(len(people), "person").replace("persons", "people"),
            *(many(counts[f"{word}s"], word) for word in ("item", "error", "warning")),
        )
    )
    unassessed = sum(len(regimen.unassessed) for regimen in result.regimens)
    told += f"; {unassessed:,} of {many(counts['items'], 'item')} not assessed" if unassessed else "; all assessed"
    return page(
        template,
        title="Regimen check",
        told=told,
        counts=counts,
        people=people,
        several=len(people) > 1,
        scope=scope_words(outside),
        policy=result.policy,
        left_aside=result.left_aside,
        data=result.data.described,
        made=moment(made),
        sources=refs.listed(),
        bench=_bench(result),
    )


def _bench(result: Result) -> str:
    """The options that chose the judges, in words."""
    bench, patient = result.bench, result.bench.patient
    parts = [f"country {bench.country}", "over-the-counter labels" if bench.otc else "prescription labels"]
    if bench.as_of:
        parts.append(f"figures as of {bench.as_of}")
    for value, words in (
        (patient.age, "age {} years"),
        (patient.weight, "weight {} kg"),
        (patient.egfr, "eGFR {} mL/min/1.73 m²"),
        (patient.crcl, "creatinine clearance {} mL/min"),
    ):
        if value is not None:
            parts.append(words.format(value))
    if patient.pregnant:
        parts.append("pregnant")
    return ", ".join(parts)


def views(result: Result) -> tuple[list[dict[str, Any]], list[ListedSource]]:
    """What the templates say of every person, and the sources they number:
    for a page that holds more than the report.
    """
    refs = References(result.data)
    people = [_person(result, regimen, number, refs) for number, regimen in enumerate(result.regimens, start=1)]
    return people, refs.listed()


@printed_there
def _head(result: Result, regimen: Judged, number: int) -> dict[str, Any]:
    """What the index says of a person."""
    grave = gravity(regimen)
    css, sign = _SEVERITY[grave] if grave != "info" else ("good", "✔") if not regimen.not_assessed else ("soft", "?")
    word = {"error": "error", "warning": "warning"}.get(
        grave, "not all assessed" if regimen.not_assessed else "no finding"
    )
    marks = [f"has-{grave}"] + (["has-unassessed"] if regimen.not_assessed else [])
    return {
        "number": number,
        "id": regimen.id,
        "word": word,
        "css": css,
        "sign": sign,
        "answer": sentence(result, regimen),
        "marks": " ".join(marks),
        "href": f"#p{number}",
    }


@printed_there
def _person(result: Result, regimen: Judged, number: int, refs: References, *, short: bool = False) -> dict[str, Any]:
    """Everything a template says of a person; ``short`` leaves the pictures to the person's own page."""
    judged = sorted((t for t in regimen.totals if t.judged), key=lambda total: list(_WORDS).index(word_of(total)))
    beside: set[int] = set()
    cards = []
    for total in judged:
        own = [f for f in regimen.findings if belongs(f, result.data.name_of(total.substance)) and id(f) not in beside]
        beside |= {id(finding) for finding in own}
        cards.append(_card(result, regimen, total, own, refs, short))
    unassessed = _not_assessed(result, regimen, beside, refs)
    others = [f for f in regimen.findings if f.severity > Severity.INFO and id(f) not in beside]
    errors = [f for f in others if f.severity is Severity.ERROR]
    # The gravest first: errors, the totals that are over, warnings, the other totals.
    grave = [card for card in cards if card["side"] == "grave"]
    notes = [f for f in regimen.findings if f.severity is Severity.INFO and f.code not in _PICTURED]
    return {
        **_head(result, regimen, number),
        "errors": [_finding(each, refs) for each in errors],
        "grave": grave,
        "findings": [_finding(each, refs) for each in others if each not in errors],
        "who": regimen.patient.words if regimen.patient else "",
        "now": list(as_of_lines(result, regimen)),
        "notes": [_finding(each, refs) for each in notes],
        "cards": [card for card in cards if card not in grave],
        "loads": [_load(result, load, refs) for load in sorted(regimen.loads, key=lambda each: -RANK[each.judgement])],
        "unassessed": unassessed,
        "items": [_item(result, item) for item in regimen.items],
        "grid": _grid(result, regimen),
        "silent": no_effects_known(result, regimen) if len(_substances(regimen)) > 1 else [],
        "day": None if short else _day(regimen),
    }


def _not_assessed(result: Result, regimen: Judged, beside: set[int], refs: References) -> list[dict[str, Any]]:
    """What was not assessed, by its reason where several have the same one.

    A finding that says why stands once, with the entry whose reason it tells (else with the first of its items);
    ``beside`` gathers them.
    """
    entries_of: dict[tuple[int, ...], list[int]] = {}
    for n, (numbers, _, _) in enumerate(regimen.not_assessed):
        entries_of.setdefault(numbers, []).append(n)
    findings: dict[int, list[Finding]] = {}
    for finding in filter(_says_why, regimen.findings):
        own = entries_of.get(finding.items, [])
        tells = [n for n in own if _tells(finding, regimen.not_assessed[n][2])]
        for at in (tells or own)[:1]:
            findings.setdefault(at, []).append(finding)
            beside.add(id(finding))
    groups: dict[str, list[dict[str, Any]]] = {}
    for n, (numbers, what, told) in enumerate(regimen.not_assessed):
        reason = told.replace(OTC_OPTION, "")  # who is handed the sheet has no command line
        own_findings = findings.get(n, [])
        why = "" if any(_tells(finding, reason) for finding in own_findings) else reason
        groups.setdefault(why, []).append(
            {
                "items": ", ".join(map(str, numbers)),
                "what": what,
                "amount": unjudged_amount(result, regimen, numbers, what),
                "findings": [_finding(each, refs) for each in own_findings],
            }
        )
    return [{"why": why, "entries": entries} for why, entries in groups.items()]


def _says_why(finding: Finding) -> bool:
    return finding.code in _SAY_WHY and finding.severity > Severity.INFO


def _tells(finding: Finding, reason: str) -> bool:
    return all(part in finding.message for part in reason.split("; "))


_SAY_WHY = ("R401", "R402", "R403", "R404", "R409")
"""Rules that say why an item was not read."""


def _finding(finding: Finding, refs: References) -> dict[str, str]:
    """``refs`` numbers the sources that it rests on."""
    css, sign = _SEVERITY[finding.severity.word]
    return {
        "css": css,
        "sign": sign,
        "severity": finding.severity.word,
        "code": finding.code,
        "message": finding.message,
        "mend": finding.mend,
        "refs": ",".join(str(refs.of(each)) for each in finding.sources),
    }


def _card(
    result: Result, regimen: Judged, total: Total, found: list[Finding], refs: References, short: bool
) -> dict[str, Any]:
    word = word_of(total)
    css, sign = _WORDS[word]
    verdicts = _verdicts(result, total, refs)
    picture = None if short else pictures.bullet(result, total, refs.number)
    told = [line for line in verdict_lines(result, total) if line.startswith("for information")]
    lines = [*gap_lines(regimen, total), *headroom(result, regimen, total)]
    return {
        "word": word,
        "css": css,
        "sign": sign,
        "name": substance_of(result, total),
        "amount": amount_of(total),
        "side": {"bad": "grave", "warn": "doubt"}.get(css, ""),
        "findings": [_finding(each, refs) for each in found],
        "svg": drawings.bullet(picture) if picture else "",
        "verdicts": verdicts,
        "lines": [line[:1].upper() + line[1:] for line in lines],
        "told": [line[:1].upper() + line[1:] for line in told],
        "working": [f"Item {each.item}, {item_name(regimen, each)}: {each.working}" for each in total.exposures],
    }


def _verdicts(result: Result, total: Total, refs: References) -> list[dict[str, Any]]:
    """What each source says, the gravest first; sources that say the same stand together."""
    grouped: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for v in sorted(total.judged, key=lambda v: (-RANK[v.judgement], v.limit.basis != "maximum", v.amount or 0)):
        css = "soft" if total.gaps and v.judgement == "within" else _JUDGED[v.judgement]
        key = (css, _words(total, v), limit_of(total, v), v.reason)
        grouped.setdefault(key, {})[f"{place(result, v)} [{refs.number(v)}]"] = None
    return [
        {"css": css, "words": words, "limit": limit, "reason": reason, "places": " · ".join(places)}
        for (css, words, limit, reason), places in grouped.items()
    ]


def _words(total: Total, verdict: Verdict) -> str:
    words = verdict_words(verdict.judgement, verdict.limit.basis, any(exposure.prn for exposure in total.exposures))
    if total.gaps and verdict.judgement == "within":
        words = f"so far {words}"
    return words.removesuffix(" to")  # the limit stands in a column of its own


def _load(result: Result, load: Any, refs: References) -> dict[str, Any]:
    """A product against its own label."""
    word, amount, _ = load_words(result, load)
    css, sign = _WORDS[word]
    limit = f"its own label allows {Amount(load.allowed, load.taken.unit)}"
    return {"word": word, "css": css, "sign": sign, "amount": amount, "limit": limit, "ref": refs.of(load.source)}


def _item(result: Result, item: Any) -> dict[str, str]:
    taken = item.product.label if item.product else ", ".join(map(result.told, item.substances))
    taken = item.told if item.care else taken
    name = (
        item.given.place.partition("#")[0].replace("\\", "/").rpartition("/")[2]
    )  # no directories on a sheet to hand over
    return {"n": str(item.n), "text": item.given.whole, "status": item.status, "taken": taken, "place": name}


def _substances(regimen: Judged) -> list[str]:
    return list(dict.fromkeys(s for item in regimen.items for s in item.substances))


def _grid(result: Result, regimen: Judged) -> dict[str, Any] | None:
    """Side effects that add up, by substance: a row for each class that two or more share."""
    if not regimen.overlaps:
        return None
    columns = [s for s in _substances(regimen) if any(s in overlap.substances for overlap in regimen.overlaps)]
    rows: list[dict[str, Any]] = [
        {"label": overlap.label, "cells": [s in overlap.substances for s in columns], "count": len(overlap.substances)}
        for overlap in sorted(regimen.overlaps, key=lambda each: (-len(each.substances), each.label))
    ]
    names = [result.told(s) for s in columns]
    for row in rows:
        row["names"] = [name for name, cell in zip(names, row["cells"], strict=True) if cell]
    return {"columns": names, "rows": rows}


def _day(regimen: Judged) -> dict[str, Any] | None:
    found = pictures.day(regimen)
    if found is None:
        return None
    draw: Callable[[pictures.DoseLine], str] = lambda row: drawings.strip(row, found)  # noqa: E731
    return {
        "hours": drawings.hours(found),
        "worst": found.worst,
        "rows": [
            {"item": row.item, "name": row.name, "note": row.note, "svg": draw(row) if row.marks else ""}
            for row in found.rows
        ],
    }
