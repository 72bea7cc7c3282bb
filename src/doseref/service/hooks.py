"""CDS Hooks 2.0: what the service offers, and a card for each finding about what is being ordered.

Only what involves an order of the request is told; what the active medications do among themselves is no news here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from doseref import __version__
from doseref.findings import Finding, Severity
from doseref.reports.answer import short
from doseref.reports.check_tables import plain
from doseref.result import Result
from doseref.service.bounds import RefusedError
from doseref.service.orders import ORDERS, PREFETCH, Order

Json = dict[str, Any]

_INDICATOR = {Severity.ERROR: "critical", Severity.WARNING: "warning"}
REASONS = (
    ("specialist", "Ordered by or with a specialist"),
    ("tolerated", "The patient has tolerated it"),
    ("monitored", "The patient is monitored for it"),
    ("benefit", "The benefit outweighs it"),
    ("not-taken", "One of the medications is not taken (any more)"),
    ("wrong", "The finding does not apply"),
)
_FEW = 10
"""Cards of one answer: a doctor reads no more."""


def services() -> Json:
    """The answer of discovery."""
    about = (
        "Totals per ingredient over the order and the active medications against the limits of labels, authorities "
        "and articles; doublings, intervals, lengths, side effects that add up."
    )
    return {
        "services": [
            {
                "id": f"doseref-{hook}",
                "hook": hook,
                "title": "doseref: doses and doublings",
                "description": about,
                "prefetch": PREFETCH,
                "usageRequirements": "Nothing is fetched: without prefetch only the orders of the request are checked, "
                "and a card says so.",
            }
            for hook in ORDERS
        ]
    }


def cards(result: Result, asked: Order) -> Json:
    """The answer: a card for each error and warning that involves an order, the gravest first,
    then what was not assessed of it.
    """
    regimen = result.regimens[0]
    told = [f for f in regimen.findings if f.severity > Severity.INFO and asked.ordered & set(f.items)]
    read = [_card(result, finding, asked.ordered) for finding in told if finding.code not in _UNREAD]
    made = read[:_FEW]
    if len(read) > _FEW:
        made.append(
            _plain_card(
                f"{len(read) - _FEW} more findings", "\n".join(f"- {card['summary']}" for card in read[_FEW:]), result
            )
        )
    # An order that was not read, or that is for somebody the limits are not made for, is told; one of which no source
    # gives a limit is not: a card for every such drug is a card nobody reads.
    unread = {
        item.n for item in regimen.items if item.unassessed or (regimen.patient.outside() and not item.care)
    } & asked.ordered
    unassessed = [
        (what, why) for numbers, what, why in regimen.not_assessed if len(numbers) == 1 and unread & set(numbers)
    ]
    if unassessed:
        lines = "\n".join(f"- {plain(what)}: {plain(why)}" for what, why in unassessed)
        one = (
            f": {unassessed[0][0]}"
            if len(unassessed) == 1 and len(unassessed[0][0]) < 100
            else f": {len(unassessed)} orders"
        )
        made.append(_plain_card(f"Not assessed{one}", lines, result))
    if asked.missing:
        made.append(
            _plain_card(
                "Not all active medications were sent: the order was checked without them",
                f"Missing in prefetch, or not whole there: {', '.join(asked.missing)}. Totals and doublings with what "
                "is not in the request are not known.",
                result,
            )
        )
    return {"cards": made}


_UNREAD = ("R401", "R402", "R403", "R404")


def _card(result: Result, finding: Finding, ordered: frozenset[int]) -> Json:
    known = [result.data.sources[each] for each in finding.sources if each in result.data.sources]
    links = [
        {"label": source.title[:200], "url": source.where, "type": "absolute"}
        for source in known
        if source.where.startswith(("https://", "http://"))
    ]
    parts = [plain(finding.message)]
    if finding.working:
        parts.append(
            "\n".join(
                f"- {plain(line.strip())}" for line in finding.working.replace("; ", "\n").splitlines() if line.strip()
            )
        )
    if finding.mend:
        parts.append(f"To do: {plain(finding.mend)}")
    items = {item.n: item for item in result.regimens[0].items}
    parts.append(
        "\n".join(
            f"- item {n}{' (in this order)' if n in ordered else ''}: {plain(items[n].given.text)}"
            for n in finding.items
        )
    )
    made: Json = {
        "uuid": str(uuid4()),
        "summary": short(finding),
        "detail": "\n\n".join(parts),
        "indicator": _INDICATOR[finding.severity],
        "source": _source(result, known, finding.code),
        "overrideReasons": [
            {"code": code, "system": "urn:doseref:override-reason", "display": display} for code, display in REASONS
        ],
    }
    return {**made, "links": links} if links else made


def _plain_card(summary: str, detail: str, result: Result) -> Json:
    return {
        "uuid": str(uuid4()),
        "summary": summary[:139],
        "detail": detail,
        "indicator": "info",
        "source": _source(result, [], ""),
    }


def _source(result: Result, known: list[Any], code: str) -> Json:
    titles = ", ".join(dict.fromkeys(source.short for source in known[:3]))
    label = f"doseref {__version__}, data {result.data.version}" + (f": {titles}" if titles else "")
    made: Json = {"label": label}
    address = next((source.where for source in known if source.where.startswith("https://")), "")
    if address:
        made["url"] = address
    if code:
        made["topic"] = {"system": "urn:doseref:rule", "code": code}
    return made


def feedback(body: Any) -> Iterator[str]:
    """The outcome of each card that a client tells of; raises :class:`RefusedError` where the body is no feedback."""
    listed = body.get("feedback") if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise RefusedError(400, "'feedback' has to be a list")
    for each in listed:
        if (
            not isinstance(each, dict)
            or not isinstance(each.get("card"), str)
            or each.get("outcome") not in ("accepted", "overridden")
        ):
            raise RefusedError(400, "each entry of 'feedback' needs 'card' and an 'outcome' of accepted or overridden")
        yield str(each["outcome"])
