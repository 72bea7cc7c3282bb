"""What a regimen comes to, in words: the sentence on the first screen of a report and the line of a card.

It says what is over first, then what may be, then what else was found, and always what was not assessed; where nothing
was found it speaks of what was assessed only.
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.findings import Finding, Severity
from doseref.quantities import Amount
from doseref.regimen.judged import Judged
from doseref.regimen.model import Total
from doseref.reports.characters import clean
from doseref.reports.check_words import many, word_of
from doseref.result import Result, printed_there

OF_A_TOTAL = ("R101", "R102", "R105", "R106", "R107", "R108", "R109")
"""Rules that speak of one substance's amount, single dose, interval, period or length: told beside its total."""
_TOLD = 3


@printed_there
def sentence(result: Result, regimen: Judged) -> str:
    """The whole answer: one to three sentences."""
    found = list(_totals(result, regimen)) + list(_loads(regimen))
    said = _said(regimen)
    beside = (*_UNREAD, *(_SUMS if found else ()))  # a sum over a limit is told above, an item that was not read below
    more = [f for f in regimen.findings if f.severity > Severity.INFO and f.code not in beside]
    parts = [f"{_first(text)}." for text in found[:_TOLD]]
    if len(found) > _TOLD:
        parts.append(f"{len(found) - _TOLD} more totals are over a limit or may be.")
    unread = sum(f.severity > Severity.INFO and f.code in _UNREAD for f in regimen.findings)
    if more:
        besides = f", and {many(unread, 'warning')} of what was not read" if unread else ""
        parts.append(f"{_first(_counted(result, more, also=bool(found)))}{besides}.")
    if not found and not more:
        count = len(regimen.items)
        whole = (
            f"No error or warning in {'the item' if count == 1 else f'the {count} items'}."
            if count
            else "There are no items."
        )
        parts.append("Nothing was found in what was assessed." if said else whole)
    if said:
        parts.append(f"Not assessed: {said}.")
    return " ".join(parts)


_UNREAD = ("R401", "R402", "R403", "R404")
_SUMS = ("R101", "R102")


def gravity(regimen: Judged) -> str:
    """``error``, ``warning``, or ``info`` where neither was found."""
    worst = max((finding.severity for finding in regimen.findings), default=Severity.INFO)
    return worst.word


def belongs(finding: Finding, name: str) -> bool:
    """Whether a finding is about the total of the substance ``name`` alone."""
    return finding.code in OF_A_TOTAL and finding.substances == (name,) and finding.severity > Severity.INFO


def _totals(result: Result, regimen: Judged) -> Iterator[str]:
    for word, verb in (("OVER", "is over"), ("MAY EXCEED", "may go over")):
        for total in regimen.totals:
            if total.judged and word_of(total) == word:
                yield _over(result, total, verb)


def _over(result: Result, total: Total, verb: str) -> str:
    want = "over" if verb == "is over" else "possible"
    maxima = [v for v in total.judged if v.limit.basis == "maximum" and v.amount is not None]
    crossed = [v for v in maxima if v.judgement == want]
    lowest = min(v.amount for v in crossed if v.amount is not None)
    share = f"{len(crossed)} of {len(maxima)} maxima" if len(maxima) > 1 else "the maximum"
    name = total.called(result.told(total.substance))
    among = f" (lowest {total.tell(lowest)})" if len(crossed) > 1 else f" of {total.tell(lowest)}"
    return f"{name} {verb} {share}{among}: {total.stated}"


def _loads(regimen: Judged) -> Iterator[str]:
    for load in regimen.loads:
        if load.judgement in ("over", "possible"):
            verb = "is over" if load.judgement == "over" else "may go over"
            yield (
                f"{load.product.label} {verb} its own label's {Amount(load.allowed, load.taken.unit)}: {load.taken} "
                "in 24 hours"
            )


def _counted(result: Result, findings: list[Finding], also: bool) -> str:
    """What else was found: few findings by their rule and substances, many by their number."""
    counts = [
        many(number, f"{'more ' if also else ''}{severity.word}")
        for severity in (Severity.ERROR, Severity.WARNING)
        if (number := sum(f.severity is severity for f in findings))
    ]
    told = list(dict.fromkeys(_named(result, each) for each in findings))
    named = f": {'; '.join(told)}" if len(told) < _TOLD and sum(map(len, told)) < 140 else ""
    return " and ".join(counts) + named


def _named(result: Result, finding: Finding) -> str:
    """``duplicate class (ibuprofen, naproxen)``; too large a dose does not make it a drug that is not for this
    person.
    """
    rule = finding.rule.replace("-", " ")
    if finding.code == "R303" and "too much: " in finding.message:
        rule = f"{'may be ' if 'may be too much: ' in finding.message else ''}too much for this person"
    return f"{rule} ({', '.join(map(result.renamed, finding.substances))})" if finding.substances else rule


def _said(regimen: Judged) -> str:
    """What was not assessed: how many items, and which where they are few."""
    numbers = sorted({n for each, _, _ in regimen.not_assessed for n in each})
    names = list(dict.fromkeys(what for _, what, _ in regimen.not_assessed))
    if not names:
        return ""
    share = f"{len(numbers):,} of {many(len(regimen.items), 'item')}" if numbers else ""
    listed = ", ".join(names) if len(names) <= _TOLD and sum(map(len, names)) < 120 else ""
    return (
        f"{share} ({listed})"
        if share and listed
        else share or listed or many(len(names), "entry").replace("entrys", "entries")
    )


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


SHORTEST_LINE = 139
"""Characters that a card's summary may have (CDS Hooks: fewer than 140)."""


def short(finding: Finding) -> str:
    """A finding in at most :data:`SHORTEST_LINE` characters: its message, cut between two of its parts and never inside
    one.

    Where no part ends in time, the rule's name and the substances are said.
    """
    message = clean(finding.message)
    if len(message) <= SHORTEST_LINE:
        return message
    for sign in (" — ", "; ", ": ", ", "):
        head = message[: SHORTEST_LINE - 2].rpartition(sign)[0]
        if len(head) >= SHORTEST_LINE // 3:
            return f"{head} …"
    named = ""
    for substance in finding.substances:
        if len(named) + len(substance) > SHORTEST_LINE // 2:
            break
        named = f"{named}, {substance}" if named else substance
    return f"{finding.rule.replace('-', ' ')}{f': {named}' if named else ''}"[:SHORTEST_LINE]
