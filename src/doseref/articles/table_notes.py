"""Footnotes of tables: which sign stands beside which drug, and what the note below the table says of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠ", "123456789abcdef")
_SIGN = regex(
    r"(?<=[A-Za-z)\d%])[ \t]?(?P<sign>[†‡§¶]{1,2}|\*{1,3}(?!\w)|\((?P<letter>[a-h])\)(?=\s*\Z|[,;])|"
    r"(?:(?<=[a-z]{3})|(?<=mg)|(?<=mcg)|(?<=mL)|(?<=[a-z]{3}[ \t])|(?<=\d[ \t]))[¹²³⁴⁵⁶⁷⁸⁹](?!\d)|[ᵃᵇᶜᵈᵉᶠ](?!\w)|"
    r"\^(?P<hat>[a-h1-9])\^)|\A\((?P<alone>[a-h])\)\Z"
)
"""The sign of a footnote in a cell: behind a word or an amount, a letter in brackets at its end."""
_BEGINS = regex(
    r"(?:\A|(?<=[.;!?)])\s+|(?<=[a-z\d])\s+(?=[*†‡§¶]))(?:(?P<sign>[†‡§¶]{1,2}|\*{1,3})|\((?P<letter>[a-h])\)|"
    r"\[(?P<label>\^[^\]\s]{1,20})\]:?|(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠ])|\^(?P<hat>[a-h1-9])\^|(?P<plain>[a-h1-9])(?=[.)]\s))\s*"
)
"""How a footnote begins."""


class Note(NamedTuple):
    """A footnote: its offsets in a block, and the substances that its sign stands beside."""

    first: int
    last: int
    substances: tuple[str, ...]


def unmarked(cell: Block, header: bool = False) -> Block:
    """A cell without the signs of its footnotes: spaces stand in their place, every offset is kept. In a ``header``
    a letter in brackets is a unit ("Interval (h)").
    """
    found = [hit for hit in _SIGN.finditer(cell.text) if not (header and (hit["letter"] or hit["alone"]))]
    if not found:
        return cell
    text, marks = cell.text, list(cell.marks)
    for hit in found:
        sign = hit["letter"] or hit["alone"] or hit["hat"] or hit["sign"]
        marks.append((hit.start(), sign.translate(_DIGITS)))
        if not hit["alone"]:
            text = text[: hit.start()] + " " * (hit.end() - hit.start()) + text[hit.end() :]
    return replace(cell, text=text, marks=tuple(marks))


def marked(grid: list[list[Block]], resolver: Resolver, subject: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Sign → the substances of its row, of its column, or of the whole table; nobody's where it stands beside several."""
    found: dict[str, set[tuple[str, ...]]] = {}
    if not any(cell.marks for row in grid for cell in row):
        return {}
    for row in grid:
        for column, cell in enumerate(row):
            for _, sign in cell.marks:
                above = grid[0][column].text if column < len(grid[0]) else ""
                beside = [other.text for other in row if not dose_words(other.text)]
                named = (resolver.heading(text) for text in (cell.text, row[0].text, above, *beside))
                owner = next((each for each in named if each), subject)
                found.setdefault(sign.lower(), set()).add(owner)
    return {sign: owners.pop() if len(owners) == 1 else () for sign, owners in found.items()}


def marked_doses(block: Block, drafts: list[Draft]) -> dict[str, tuple[str, ...]]:
    """Sign → the substances of the dose in front of it, for the footnotes of a paragraph or an item."""
    found: dict[str, tuple[str, ...]] = {}
    for at, sign in block.marks:
        before = [draft for draft in drafts if draft.dosage[0].block is block and draft.dosage[0].start < at]
        if sign.startswith("^") and before:
            found[sign.lower()] = max(before, key=lambda draft: draft.dosage[0].start).substances
    return found


_OF_ALL = regex(
    r"\W*(?:\[\^[^\]\s]{1,20}\]:?|[^\w\s]{1,2})?\s*(?:(?:the\s+)?(?:doses?|figures?|amounts?)\s+(?:as\s+|for\s+)?)?(?:as\s+)?"
    r"(?P<said>(?:sold|bought|available|over|without|on|by|non|OTC|prescri\w+|(?:for\s+)?(?:adults|children))\b[^.;:]{0,60}?)"
    r"(?P<only>\s+only)?\s*(?:[.;:]|\Z)",
    re.I,
)
"""A footnote of nothing but how a drug is come by, or whom all its doses are for ("As sold without prescription.")."""


def said_of_all(note: str) -> Context:
    """What a footnote says of all doses that its sign stands beside: the setting, or the only people they are for."""
    hit = _OF_ALL.match(note)
    if hit is None or dose_words(hit["said"]):
        return NOTHING
    told = context_of(hit["said"])
    people = told.population if hit["only"] else None
    return Context(population=people, setting=told.setting)


def notes_in(block: Block, known: dict[str, tuple[str, ...]]) -> list[Note]:
    """The footnotes that a paragraph below a table consists of; empty where it does not begin with a known sign."""
    begins = [(at, at, sign.lower()) for at, sign in block.marks]
    for hit in _BEGINS.finditer(block.text):
        sign = hit["sign"] or hit["letter"] or hit["label"] or hit["raised"] or hit["hat"] or hit["plain"]
        begins.append((hit.start(), hit.end(), sign.translate(_DIGITS).lower()))
    begins = sorted(each for each in begins if each[2] in known)
    if not begins or begins[0][0] > 0:
        return []
    ends = [each[0] for each in begins[1:]] + [len(block.text)]
    return [Note(first, last, known[sign]) for (_, first, sign), last in zip(begins, ends, strict=True)]
