"""A cell that gives several doses, each for somebody or by a way of its own: "Adult: 4 mg; child: 0.1 mg/kg"."""

from __future__ import annotations

import re
from typing import NamedTuple

from doseref.articles.by_clause import often_of_clause
from doseref.articles.contexts import (
    context_of,
    is_context,
    is_indication,
    looks_like_drug,
    may_be_another_drug,
    step_of,
)
from doseref.articles.doses import dose_words, has_limit
from doseref.articles.extracted import Span
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.uses import condition_of, disease_of
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace


class CellPart(NamedTuple):
    """One dose of a cell: its offsets, whom or what it is for, and what it takes from the parts behind it."""

    first: int
    last: int
    context: Context = NOTHING
    number: int = 0
    """Which part of its line it is, of ``many``."""
    many: int = 1
    shared: str = ""
    """How often, where only the last part says it of all ("5 mg / 2.5 mg every 4 hours")."""


_SIGNS = (regex(r"\s*;\s+"), regex(r"\s+/\s+|\s+\|\s+"), regex(r",\s+(?:or\s+)?"))
"""What parts doses, the strongest sign first."""
_BRACKET = regex(r"\s*\(([^()]*\d[^()]*)\)\s*")
_AFTER = regex(r"\s*\(([^()\d]{2,40})\)\s*\Z")
"""Whom or what a part is for, in brackets behind it."""
_SEQUENCE = regex(
    r"\b(?:then|followed|days?\s*\d|weeks?\s*\d|first|second|third|next|thereafter|afterwards?|later|reduce\w*|increase\w*|"
    r"titrate\w*|repeat\w*|total)\b",
    re.I,
)
"""Words of a part that goes on with the one before it, which is one instruction."""
_LABEL_END = regex(r"[\s:–—=-]+\Z")


def dose_parts(cell: Block, header: str, title: str, resolver: Resolver) -> list[CellPart]:
    """The doses of a cell: its lines, and in a line those that are told apart by their labels, ways or brackets, or by
    a header or a name of as many parts ("Adult / child").
    """
    found: list[CellPart] = []
    for first, last in segments(cell, 0, len(cell.text)):
        found += _of_line(cell.text, first, last, (header, title), resolver) or [CellPart(first, last)]
    return found


def paired(text: str, many: int) -> list[tuple[int, int]]:
    """The offsets of as many parts of a text between slashes ("once daily / twice daily"); empty for any other."""
    pieces = [(hit.start(), hit.end()) for hit in regex(r"[^/]+").finditer(text)]
    return pieces if many > 1 and len(pieces) == many else []


def _of_line(text: str, first: int, last: int, above: tuple[str, str], resolver: Resolver) -> list[CellPart]:
    if len(dose_words(text, first, last)) < 2 or _SEQUENCE.search(text[first:last]):
        return []
    if resolver.mentions(text[first:last]):
        return []  # doses of several drugs are read as text
    for sign in _SIGNS:
        cuts = _cuts(text, first, last, sign)
        if len(cuts) > 1:
            told = [part for cut in cuts if (part := _told(text, *cut)) is not None]
            if len(told) < len(cuts):
                return []
            if (outside := _outside(*above, len(cuts))) and all(each[2] == NOTHING for each in told):
                told = [(begin, end, one) for (begin, end, _), one in zip(told, outside, strict=True)]
            if _apart([each[2] for each in told], every=sign is _SIGNS[-1]):
                return _parts(text, told)
    return _bracketed(text, first, last)


def _cuts(text: str, first: int, last: int, sign: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches between signs, each with a dose: what has none, or is a maximum, belongs to the one before it."""
    stops = [first]
    ends = []
    for hit in sign.finditer(text, first, last):
        inside = text.count("(", first, hit.start()) > text.count(")", first, hit.start())
        following = sign.search(text, hit.end(), last)
        ahead = text[hit.end() : following.start() if following else last]
        words = dose_words(ahead)
        if inside or not words or has_limit(ahead[: words[0].start]) or not dose_words(text, stops[-1], hit.start()):
            continue
        ends.append(hit.start())
        stops.append(hit.end())
    return list(zip(stops, [*ends, last], strict=True))


def _told(text: str, first: int, last: int) -> tuple[int, int, Context] | None:
    """Where the dose of a stretch stands, and what its label, its bracket or its way says; ``None`` where the label may
    be another drug.
    """
    amount = dose_words(text, first, last)[0].start
    label = _LABEL_END.sub("", text[first:amount])
    told, begin = NOTHING, first
    if label:
        told = context_of(label, label=True)
        if looks_like_drug(label) or (told == NOTHING and may_be_another_drug(label)):
            return None
        if told == NOTHING and not step_of(label):
            told = replace(told, indication=label.lower())
        begin = first if told.route and not told.population else amount
    after = _AFTER.search(text, amount, last)
    if after is not None:
        behind = context_of(after.group(1), label=True)
        if behind == NOTHING and is_indication(after.group(1)):
            behind = replace(behind, indication=after.group(1).lower())
        if behind == NOTHING and after.group(1).islower():
            behind = replace(behind, indication=after.group(1))
        told, last = told.within(behind), after.start()
    clause = text[begin:last]
    way = context_of(clause)
    use = None if told.indication else disease_of(clause)
    return begin, last, told.within(Context(population=way.population, route=way.route, indication=use))


def _outside(header: str, title: str, many: int) -> list[Context]:
    """What as many parts of the header, or of the brackets behind the name, say ("Adult / child", "(oral/SC)")."""
    inside = re.search(r"\(([^()]+)\)", title)
    for words in (header, inside.group(1) if inside else ""):
        parts = [words[slice(*each)].strip() for each in paired(words, many)]
        if parts and all(is_context(part) for part in parts):
            return [context_of(part, label=True) for part in parts]
    return []


def _apart(contexts: list[Context], *, every: bool) -> bool:
    """Whether the parts are for different people, illnesses or ways."""
    said = [each for each in contexts if each != NOTHING]
    return len(set(map(repr, contexts))) == len(contexts) and len(said) >= len(contexts) - (not every)


def _parts(text: str, told: list[tuple[int, int, Context]]) -> list[CellPart]:
    begin, end, _ = told[-1]
    amount = dose_words(text, begin, end)[-1]
    often = text[amount.end : end].strip()
    alone = has_frequency(often) and not any(has_frequency(text[slice(*each[:2])]) for each in told[:-1])
    return [
        CellPart(first, last, context, number, len(told), f" {often}" if alone and number < len(told) - 1 else "")
        for number, (first, last, context) in enumerate(told)
    ]


_FOR_SOME = regex(
    r"\s+(?:once\s+|only\s+)?(?:if|in|for|when|where|over|above|past|under|below|with|from\s+age|aged)\s+(?!\d[\d.,]*\s?m?c?g)(?!(?:all|total|the\s+day|a\s+day|divided|two|three)\b)",
    re.I,
)
"""Behind an amount in brackets: whom, or when, it is for ("3.75 mg if frail"); it is taken as often as the one in front."""


def _bracketed(text: str, first: int, last: int) -> list[CellPart]:
    """A dose and another one for others in brackets behind it ("250 mg bd (500 mg bd in acute gout)")."""
    hit = _BRACKET.search(text, first, last)
    if hit is None or hit.end() < last or not dose_words(text, first, hit.start()):
        return []
    inner = text[slice(*hit.span(1))]
    words = dose_words(inner)
    alone = not has_frequency(inner)
    if len(words) != 1 or has_limit(inner) or (alone and not _FOR_SOME.match(inner, words[0].end)):
        return []
    part = _told(text, *hit.span(1))
    if part is None:
        return []
    begin, end, told = part
    if told == NOTHING:
        use = disease_of(inner) or condition_of(inner)
        told = replace(NOTHING, indication=use) if use else NOTHING
    if not alone:
        return (
            [CellPart(first, hit.start(), NOTHING, 0, 2), CellPart(begin, end, told, 1, 2)] if told != NOTHING else []
        )
    if told == NOTHING:
        told = Context(condition=" ".join(inner[words[0].end :].lower().split()))
    often = often_of_clause(text[first : hit.start()])
    end = hit.start(1) + words[0].end
    return [CellPart(first, hit.start(), NOTHING, 0, 2), CellPart(begin, end, told, 1, 2, f" {often}" if often else "")]


def of_part(cell: Block, part: CellPart, prefix: str = "") -> Span | None:
    """What a cell of as many parts as the dose cell says of one of them ("once daily / twice daily")."""
    pieces = paired(cell.text, part.many)
    if not pieces or not all(has_frequency(cell.text[slice(*each)]) or dose_words(cell.text, *each) for each in pieces):
        return None
    return Span(cell, *pieces[part.number], prefix)
