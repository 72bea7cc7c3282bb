"""What an amount takes over from another one of the same drug: its unit ("10 mg at bedtime, never more than 75"), or what
one tablet holds ("Take one 500 mg tablet a day. In the second week take one tablet twice a day").
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.articles.by_clause import often_of_clause
from doseref.articles.instruction import DoseGroup, Parse
from doseref.articles.owners import Unowned
from doseref.articles.raw_dose import RawDose
from doseref.patterns import regex
from doseref.records import replace

_BARE = regex(
    r"(?:(?:\b(?:never|no|not|cannot|without)\b|n['’]t\b)\s+(?:[a-z]+\s+){0,3}?(?:more\s+than|exceed(?:ing)?|"
    r"(?:go|going|goes|pass|passing)\s+(?:above|beyond|over|past|higher\s+than))|\bas\s+(?:high|far|much)\s+as|"
    r"\b(?:with|to)\s+an?\s+(?:maximum|limit|ceiling|top\s+dose)\s+of|\b(?:limit|maximum|ceiling)\s+(?:is|of))\s+"
    r"(?P<amount>\d{1,3}(?:,\d{3})+|\d{1,5}(?:\.\d{1,3})?)(?![,.]?\d)(?P<per>\s+(?:a|per|in\s+a|in\s+one|each)\s+day|\s+daily|\s+in\s+24\s+hours)?"
    r"(?=\s*(?:[.,;)]|\Z|(?:and|but|or|for|in)\b))",
    re.I,
)
"""The most that may be taken, as a number whose unit is that of the amount before it."""
_FIGURE = regex(r"(\d[\d,]*(?:\.\d+)?)\s?([A-Za-zµμ]{1,12})\Z")


def bare_limits(
    text: str, low: int, stop: int, group: DoseGroup, doses: list[RawDose], period: str, left: list[Unowned]
) -> list[RawDose]:
    """The maxima of a drug behind its doses in a sentence, told as numbers alone; ``period`` is what the most is of
    where they do not say ("/day"); without any they are put to ``left``.

    A number that is smaller than the dose before it is a number of something else.
    """
    found: list[RawDose] = []
    for hit in _BARE.finditer(text, group.words[0].end, stop):
        last = [word for word in group.words if word.end <= hit.start()][-1:]
        told = _FIGURE.search(text[last[0].start : last[0].end]) if last else None
        per = "/day" if hit["per"] else period
        if told is None or _number(hit["amount"]) < _number(told.group(1)):
            continue
        if not per:
            left.append(Unowned(hit.start(), hit.end("amount"), " / ".join(group.substances), True))
            continue
        said = text[low:stop]
        found.append(
            RawDose(
                group.substances, hit.start("amount"), hit.end("amount"), doses[-1].scope if doses else None,
                (low, stop), around=doses[-1].around if doses else said, prefix="max ", shared=f" {told.group(2)}{per}",
            )
        )  # fmt: skip
    return found


_SETTLES = regex(
    r"\b(?:ends?\s+up|settles?|stays?|lands?|(?:is|are|does|do)\s+(?:fine|well|happy|best))\s+(?:on|with|at)\s+(?P<amount>\d{1,5}(?:\.\d{1,3})?)(?=\s*(?:[,.;)]|\Z))",
    re.I,
)
"""What most end up on, as a number whose unit is that of the amount before it."""


def bare_doses(text: str, low: int, stop: int, group: DoseGroup, doses: list[RawDose]) -> list[RawDose]:
    """The doses of a drug behind another one, told as numbers alone and taken as often ("the first dose is 10 mg, most
    people end up on 20").
    """
    found: list[RawDose] = []
    for hit in _SETTLES.finditer(text, group.words[0].end, stop):
        last = [word for word in group.words if word.end <= hit.start()][-1:]
        told = _FIGURE.search(text[last[0].start : last[0].end]) if last else None
        first = next((each for each in reversed(doses) if last and each.start <= last[0].start < each.end), None)
        if told is None or first is None or _number(hit["amount"]) < _number(told.group(1)):
            continue
        often = first.shared or f" {often_of_clause(text[first.start : first.end])}"
        found.append(
            replace(
                first, start=hit.start("amount"), end=hit.end("amount"), shared=f" {told.group(2)}{often}".rstrip(),
                around=text[hit.start() : stop], given=True, later=True,
            )
        )  # fmt: skip
    return found


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


_STRENGTH = regex(
    r"(\d[\d.,]{0,6}\s?(?:mg|mcg|µg|μg|micrograms?|milligrams?|g))[\s-]{1,2}(tablet|capsule|caplet|pill|sachet|lozenge|patch|pen)(?:e?s)?\b",
    re.I,
)
_COUNTED = regex(
    r"\b(?:an?|one|two|three|four|half\s+an?|\d)(?:\s+(?:or|to)\s+(?:two|three|four|\d))?\s+(tablet|capsule|caplet|pill|sachet|lozenge|patch)(?:e?s)?\b",
    re.I,
)


def with_strength(text: str, own: RawDose, found: list[RawDose], parse: Parse) -> RawDose:
    """A dose in tablets with what one of them holds by the doses ``found`` before it, where these speak of one strength
    only.
    """
    told = text[own.start : own.end]
    counted = _COUNTED.search(told)
    if counted is None or own.prefix or _FIGURE_OF_MASS.search(told):
        return own
    strengths = {
        hit.group(1)
        for each in found
        if each.substances == own.substances
        for hit in _STRENGTH.finditer(text, each.start, each.end)
        if hit.group(2).lower() == counted.group(1).lower()
    }
    if len(strengths) != 1:
        return own
    lead = f"{strengths.pop()} {counted.group(1).lower()}: "
    return replace(own, lead=lead) if parse(f"{lead}{told}{own.shared}").status == "read" else own


_FIGURE_OF_MASS = regex(r"\d\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?)\b", re.I)
