"""What a row of a table says of its doses besides their amounts: for whom, for what, in which form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.bands import joined_bands, without_normal_kidneys
from doseref.articles.contexts import context_of, is_context, is_indication, looks_like_drug, told_in_parts
from doseref.articles.doses import dose_words
from doseref.articles.how_often import has_frequency
from doseref.articles.model import Block
from doseref.articles.owners import set_aside
from doseref.articles.plain_phrases import is_use_behind
from doseref.articles.resolve import NAMES_CLASS, Resolver, qualifier_of
from doseref.articles.table_cells import often_in
from doseref.articles.table_headers import labelled
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

TIME_ALONE = regex(
    r"\W*(?:(?:for|about|at\s+least|up\s+to)\s+)?\d{1,3}(?:\s?(?:–|-|to)\s?\d{1,3})?\s?(?:min(?:ute)?s?|hours?|h|days?|weeks?|months?|years?)"
    r"(?:\s+(?:before|after|earlier|ahead|beforehand|prior|later)\b[^\d]{0,30})?\W*",
    re.I,
)
"""A cell that says when or how long, and no dose."""
SILENT = regex(
    r"\A\s*(?:[-–—−]|n/?a\.?|none|not\s+(?:stated|established|given|applicable|known)|"
    r"not\s+(?:recommended|advised|for\s+.{1,30})|avoid|do\s+not\s+use|"
    r"no\s+(?:data|maximum|limit|safe\s+\w{2,12}|dose|adjustment)|limited\s+data|same\s+as\s.{0,60}|varies|"
    r"see\s.{0,60})?\s*\Z",
    re.I,
)
"""A cell that says nothing, or that there is no dose."""


def told_by(label: str) -> Context:
    """What a label in a cell says; one whose words are not known is what the dose is for ("Zollinger-Ellison: …")."""
    told = context_of(label, label=True)
    return told if told != NOTHING else replace(told, indication=label.lower())


def length_of(length: Block, row: list[Block], roles: list[str], last: Block) -> Block:
    """The dose that a length of treatment belongs to: the nearest one in front of it, else the last of the row."""
    place = next(column for column, cell in enumerate(row) if cell is length)
    before = [
        cell for cell, role in zip(row[:place], roles, strict=False) if role == "dosage" and dose_words(cell.text)
    ]
    return before[-1] if before else last


def beside(row: list[Block], roles: list[str], headers: list[str]) -> list[str]:
    """The cells between a row's name and its first dose: for whom, in which form, in what part of a treatment."""
    stop = roles.index("dosage") if "dosage" in roles else len(roles)
    told = [
        labelled(header, cell.text)
        for cell, role, header in zip(row[:stop], roles, headers, strict=False)
        if role in ("", "about", "route")
        and cell.text
        and not dose_words(cell.text)
        and not SILENT.match(cell.text)
        and not _STRENGTH.fullmatch(cell.text)
    ]
    return list(dict.fromkeys(told))


_STRENGTH = regex(r"\W*\d[\d.,]*\s?\w{1,4}\s?/\s?[\d.]*\s?m[lL]\b.*")
"""What a liquid holds."""


def said_of_row(parts: dict[str, list[tuple[Block, str]]], title: str, beside: Sequence[str]) -> Context:
    """What a row is for: its cell under "Condition" or "Used for", the cells in front of its dose, and what its name
    cell says behind a comma ("Metformin, immediate release").
    """
    comma = title.find(",")
    inside = " ".join(_INSIDE.findall(title))
    named = context_of(title, label=True)
    told = without_normal_kidneys(qualifier_of(title[comma:])).strip(" ,") if comma > 0 else ""
    told = "" if told and often_in(told).lower() == told.lower() else told  # "Prednisolone, once a day"
    if comma > 0 and not told and not has_frequency(title[comma:]) and is_use_behind(title[comma:]):
        told = title[comma:].strip(" ,.:")  # "Valacyclovir, lips"
    context = context_of(told, label=True) if told else NOTHING
    if told and not context.indication and (context.release, context.route, context.form) == (None, None, None):
        context = replace(context, condition=told.lower())
    doses = [each.text for each, _ in parts.get("dosage", ())]
    often = bool(parts.get("frequency")) or any(
        map(has_frequency, doses)
    )  # a first dose that is given again is a start
    whose = (labelled(header, each.text) for role in ("use", "who") for each, header in parts.get(role, ()))
    for cell in (*whose, *beside):
        said = told_in_parts(cell)
        if FIRST.search(cell.lower()) and (often or said.purpose != "loading"):
            said = replace(said, purpose=None, condition="start")
        band = joined_bands(said.band, context.band)  # an age, and in a column of its own the weight
        context = replace(context.within(said), band=band)
    if named.form in _APART_FORMS:
        context = replace(context, form=context.form or named.form)
    if not context.indication and is_indication(inside):
        context = replace(context, indication=inside.lower())
    way = context_of(inside).route or (_INJECTION.search(title) and "injection") or None
    return replace(context, setting=context.setting or named.setting, route=context.route or way)


def named_for(title: str, resolver: Resolver, repeated: frozenset[tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """The drug that a cell begins with, and what stands behind its comma, where that is no further drug: several plain
    words, a disease, or what tells the rows of one drug apart ("Aciclovir, shingles"); nobody's and nothing else.
    """
    name, comma, rest = title.partition(",")
    owner, use = resolver.heading(name), rest.strip(" .:")
    if not comma or not owner or not use[:1].islower() or resolver.mentions(use) or looks_like_drug(use):
        return (), ""
    if not (is_context(use) or is_indication(use) or owner in repeated or len(use.split()) > 1) or NAMES_CLASS.search(
        use
    ):
        return (), ""
    return owner, use.lower()


_INJECTION = regex(
    r"\w\s+(?:injections?|pens?|ampoules?|prefilled\s+syringes?)(?:\s+(?:under|into|in|beneath)\s+(?:the|a)\s+[a-z]+)?\s*\Z",
    re.I,
)
"""How a name ends that says that it is injected ("Sumatriptan injection under the skin")."""
_INSIDE = regex(r"\(([^()]{3,60})\)")
_APART_FORMS = frozenset(("inhaler", "nebulizer", "nebulized", "spray", "patch", "gel", "cream", "suppository", "drop"))
"""Forms whose amounts say nothing of each other."""


FIRST = regex(r"\b(?:first\s+(?:dose|week|days?)|(?<!while )(?<!when )(?<!after )(?<!before )start(?:ing)?|initial)\b")


def same_people(header: str, limit: str) -> bool:
    """Whether a column's maximum is that of the people of a column of doses; without a word it is that of adults."""
    people, limited = (context_of(each, label=True).population for each in (header, limit))
    return (limited or "adults") == (people or "adults")


def names_in(cell: Block, first: int, last: int, resolver: Resolver) -> tuple[str, ...]:
    """The substances that a line of a dose cell names in front of its first amount or right behind it."""
    text = cell.text[first:last]
    words = dose_words(text)
    if not words:
        return ()
    stop = words[0].end + 8
    meant = [each for each in resolver.mentions(text) if each.start < stop and not set_aside(text, each, 0, len(text))]
    return tuple(name for mention in meant for name in mention.substances)
