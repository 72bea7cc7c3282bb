"""Tables of doses: which column is the name and which the dose, and what the header adds to a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from doseref.articles.contexts import TOXIC, context_of, is_indication, may_be_another_drug, told_in_parts
from doseref.articles.doses import dose_words, sentences
from doseref.articles.extracted import Draft
from doseref.articles.leads import lead_at, segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver, qualifier_of
from doseref.articles.table_bands import by_bands
from doseref.articles.table_cells import (
    HAS_UNIT,
    PER_DAY,
    dose_span,
    duration_span,
    frequency_span,
    limit_span,
    often_in,
    plain_span,
    unit_added,
)
from doseref.articles.table_columns import (
    CellText,
    by_drug,
    is_turned,
    mark_qualifiers,
    naming_cells,
    one_header,
    roles_of,
)
from doseref.articles.terms import scope_of
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_SILENT = regex(
    r"\A\s*(?:[-–—−]|n/?a\.?|none|not\s+(?:stated|established|given|applicable|known)|"
    r"not\s+(?:recommended|advised|for\s+.{1,30})|avoid|do\s+not\s+use|"
    r"no\s+(?:data|maximum|limit|safe\s+\w{2,12}|dose|adjustment)|limited\s+data|same\s+as\s.{0,60}|varies|"
    r"see\s.{0,60})?\s*\Z",
    re.I,
)


_EFFECT = regex(r"\b(?:onset|peak)\b", re.I)
_LONGEST_TITLE = 60
"""Characters of a cell that takes a whole row and is the title of the rows below it."""
_EDGE = regex(r"\s*[>≥]")
"""A cell that begins so gives the edge of what is harmful or looked at, and no dose."""
_MOST = regex(r"\b(?:max|maximum|most|ceiling|limit|top|highest)\b", re.I)


class TableReading(NamedTuple):
    """The drafts of a table, and its rows that hold doses but name no known substance (name cell, dose cell)."""

    drafts: list[Draft]
    unowned: list[tuple[Block, Block]]
    spanning: list[Block]
    """Cells that take a whole row: sentences rather than cells."""
    prose: list[CellText]
    """Lines of dose cells that name their drug themselves, or add a dose to the row's: read as text."""


def read_table(
    rows: Sequence[Block],
    resolver: Resolver,
    section: str,
    heading: str,
    subject: tuple[str, ...],
    around: Context = NOTHING,
    above: tuple[str, str] = ("", ""),
) -> TableReading:
    """What the rows of one table say. A table without a dose column or any known name gives nothing.

    ``around`` is the context of the headings above; tables of toxic doses give nothing. ``above`` is the heading or
    caption of the table, and the sentences right in front of it.
    """
    grid = one_header([list(row.cells) for row in rows], [row.header for row in rows])
    if not grid or not grid[0]:
        return TableReading([], [], [], [])
    if is_turned(grid, resolver):
        width = max(len(row) for row in grid)
        empty = Block("cell", "", ())
        grid = [[row[column] if column < len(row) else empty for row in grid] for column in range(width)]
    if around.purpose == TOXIC or any(context_of(cell.text, label=True).purpose == TOXIC for cell in grid[0]):
        return TableReading([], [], [], [])
    banded = by_bands(grid, subject, section, heading, around, resolver, above[1])
    if banded:
        return TableReading(banded, [], [], [])
    named = by_drug(grid, resolver) or naming_cells(grid, resolver)
    if named:
        return TableReading([], [], [], named)
    roles, body = roles_of(grid, resolver, subject, rows[0].header)
    if any(_EFFECT.search(cell.text) for cell in grid[0]):
        roles = ["" if role == "duration" else role for role in roles]  # how long it works, not how long it is taken
    if "dosage" not in roles and "maximum" not in roles:
        return TableReading([], [], [], [])
    reading = TableReading([], [], [], [])
    mark_qualifiers(roles, grid[body:])
    headers = [cell.text for cell in grid[0]] if body == 1 else [""] * len(grid[0])
    carried: tuple[Block, tuple[str, ...]] | None = None
    often = often_above(above, resolver)
    outer, outside = subject, around
    for row in grid[body:]:
        if len(row) > 1 and len({id(cell) for cell in row}) == 1:
            reading.spanning.append(row[0])
            if not dose_words(row[0].text) and len(row[0].text) < _LONGEST_TITLE:
                titled = resolver.heading(row[0].text)
                subject = titled or (() if may_be_another_drug(row[0].text) else outer)
                around = (context_of(row[0].text, label=True) if not titled else NOTHING).within(outside)
            continue
        carried = _row(row, roles, headers, resolver, section, heading, subject, reading, carried, around, often)
    _set_apart(reading.drafts)
    return reading


_FORMS_OF_ONE = frozenset("sr xr xl er cr mr la ir dr ec ds".split())


def _apart(own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name is the longer or the shorter one, or differs in its release form ("Bupropion SR", "XL")."""
    return own < other or other < own or (own != other and own ^ other <= _FORMS_OF_ONE)


def _set_apart(drafts: list[Draft]) -> None:
    """Rows of one substance under a shorter and a longer name ("Carvedilol",
    "Carvedilol phosphate") are meant apart.
    """
    names: dict[tuple[str, ...], set[frozenset[str]]] = {}  # each name once: a long table has few for one drug
    for draft in drafts:
        names.setdefault(draft.substances, set()).add(frozenset(draft.heading.lower().split()))
    for draft in drafts:
        own = frozenset(draft.heading.lower().split())
        if not draft.context.condition and any(_apart(own, other) for other in names[draft.substances]):
            draft.context = replace(draft.context, condition=draft.heading.lower())


def _row(
    row: list[Block],
    roles: list[str],
    headers: list[str],
    resolver: Resolver,
    section: str,
    heading: str,
    subject: tuple[str, ...],
    reading: TableReading,
    carried: tuple[Block, tuple[str, ...]] | None,
    around: Context,
    often: str,
) -> tuple[Block, tuple[str, ...]] | None:
    """One row as drafts, one for each line of each dose column; gives its name cell on to rows that leave theirs
    empty.
    """
    parts: dict[str, list[tuple[Block, str]]] = {}
    for column, cell in enumerate(row):
        if column < len(roles) and roles[column] and cell.text:
            if any(cell is known for known, _ in parts.get(roles[column], ())):
                continue
            parts.setdefault(roles[column], []).append((cell, headers[column] if column < len(headers) else ""))
    names = parts.get("name", ())
    name = names[0][0] if names else None
    substances = resolver.heading(name.text) if name else subject
    if name is not None:
        carried = name, substances
    elif carried is not None and "name" in roles:
        name, substances = carried
    elif row[0].text and "name" not in roles and not roles[0]:
        first_named = resolver.heading(row[0].text)
        if first_named or may_be_another_drug(row[0].text) or resolver.mentions(row[0].text):
            name, substances = row[0], first_named
    doses = [
        each for each in parts.get("dosage", ()) if not _SILENT.match(each[0].text) and not _EDGE.match(each[0].text)
    ]
    limits = [
        (cell, header)
        for cell, header in parts.get("maximum", ())
        if not _SILENT.match(cell.text) and (dose_words(cell.text) or any(char.isdigit() for char in cell.text))
    ]
    qualifier = parts["qualifier"][0][0].text if parts.get("qualifier") else ""
    if _MOST.search(qualifier):
        often = " ".join(cell.text for cell, _ in parts.get("frequency", ()))
        limits, doses = [*((cell, f"{header} {often}") for cell, header in doses), *limits], []
    doses = [each for each in doses if dose_words(each[0].text) or not _CONCENTRATION.search(each[0].text)]
    if not doses and not limits:
        return carried
    if not any(headers) and not any(dose_words(cell.text) for cell, _ in (*doses, *limits)):
        return carried  # a header that was not known for one
    figure = (doses or limits)[0][0]
    if not substances:
        named = [
            CellText(cell, first, last, (), row[0].text)
            for cell, _ in doses
            for first, last in segments(cell, 0, len(cell.text))
            if _names(cell, first, last, resolver)
        ]
        reading.prose.extend(named)
        if (
            not named
            and name is not None
            and any(dose_words(unit_added(cell.text, header)) for cell, header in (*doses, *limits))
        ):
            reading.unowned.append((name, figure))
        return carried
    title = name.text if name else heading
    around = _said_of_row(parts, title, _beside(row, roles)).within(around)
    before = reading.drafts[-1] if reading.drafts and qualifier else None
    started = before is not None and before.label.startswith(("start", "initial", "first"))
    if not doses and before is not None and not started and before.heading == title and before.substances == substances:
        before.dosage += [limit_span(each, header) for each, header in limits]
        return carried
    lines = [
        (cell, header, first, last)
        for cell, header in doses or [limits[0]]
        for first, last in segments(cell, 0, len(cell.text))
    ]
    last_dose = lines[-1][0]
    for cell, header, first, last in lines:
        several = roles.count("dosage") > 1 and sum(each is cell for each in row) == 1
        begin, context, owner = first, context_of(header, label=True) if several else NOTHING, substances
        if not several and not around.condition and _FIRST.search(header.lower()):
            context = replace(context, condition="start")
        lead = lead_at(cell, first, last, resolver) if doses else None
        if lead is not None:
            begin = lead[1]
            own = lead[0].context if lead[0].substances is None else _told_by(cell.text[first:begin].strip(" *:"))
            context = own.within(context)
            owner = (
                lead[0].substances if lead[0].substances and resolver.mentions(cell.text[first:begin]) else substances
            )
        if begin >= last or _EDGE.match(cell.text[begin:last]):
            continue
        if len(lines) > 1 and not any(char.isdigit() for char in cell.text[begin:last]):
            continue  # what else a cell says
        if doses and set(_names(cell, begin, last, resolver)) - set(owner):
            reading.prose.append(CellText(cell, begin, last, (), row[0].text))
            continue
        whole = len(lines) == 1 or (first == 0 and last == len(cell.text))
        spans = [dose_span(cell, header, begin, last, "" if parts.get("frequency") else often)] if doses else []
        unit = parts.get("unit", ())
        if spans and unit and not HAS_UNIT.search(cell.text):
            spans = [replace(spans[0], suffix=f" {unit[0][0].text.split()[0].rstrip(',;')}")]
            if len(dose_words(unit[0][0].text)):
                reading.prose.append(CellText(unit[0][0], 0, len(unit[0][0].text), owner, "comment"))
        total = bool(PER_DAY.search(header))
        if doses and not total:
            spans += [frequency_span(each, header_) for each, header_ in parts.get("frequency", ())]
        spans += [plain_span(each) for each, _ in parts.get("route", ()) if not told_in_parts(each.text).use]
        spans += [
            duration_span(each, header_)
            for each, header_ in parts.get("duration", ())
            if not _SILENT.match(each.text) and _length_of(each, row, roles, last_dose) is cell
        ]
        if whole:
            spans += [
                limit_span(each, header_) for each, header_ in limits if not doses or _same_people(header, header_)
            ]
        reading.drafts.append(
            Draft(
                title,
                owner,
                section,
                spans,
                True,
                joined=" ",
                class_text=" ".join(each.text for each, _ in parts.get("class", ())),
                timing=[each.text for each, _ in parts.get("timing", ())],
                side_effects=[each.text for each, _ in parts.get("side effects", ())],
                scope=scope_of(f"{header} {cell.text[first:last]}") or scope_of(title) or _first_days(qualifier),
                label=qualifier.lower(),
                context=context.within(around),
                listed=True,
            )
        )
    return carried


def _told_by(label: str) -> Context:
    """What a label in a cell says; one whose words are not known is what the dose is for ("Zollinger-Ellison: …")."""
    told = context_of(label, label=True)
    return told if told != NOTHING else replace(told, indication=label.lower())


_OF_ALL = regex(
    r"\b(?:all|each|these|both|doses?|tablets?|capsules?|patch(?:es)?|injections?|medicines?|drugs?|given?|taken?|"
    r"below|following|"
    r"listed)\b",
    re.I,
)


def often_above(above: tuple[str, str], resolver: Resolver) -> str:
    """How often the doses of a table are taken, as its heading or the sentence in front of it says of all of them;
    empty where they say nothing of it.
    """
    heading, text = above
    for each in (heading, *(text[first:last] for first, last in sentences(text))):
        if resolver.mentions(each) or dose_words(each) or (each is not heading and not _OF_ALL.search(each)):
            continue
        if told := often_in(each):
            return told
    return ""


_CONCENTRATION = regex(r"\d\s?[A-Za-z]{1,5}\s?/\s?(?:L|dL)\b")


def _length_of(length: Block, row: list[Block], roles: list[str], last: Block) -> Block:
    """The dose that a length of treatment belongs to: the nearest one in front of it, else the last of the row."""
    place = next(column for column, cell in enumerate(row) if cell is length)
    before = [
        cell for cell, role in zip(row[:place], roles, strict=False) if role == "dosage" and dose_words(cell.text)
    ]
    return before[-1] if before else last


def _beside(row: list[Block], roles: list[str]) -> list[Block]:
    """The cells between a row's name and its first dose: for whom, in which form, in what part of a treatment."""
    stop = roles.index("dosage") if "dosage" in roles else len(roles)
    told = [
        cell
        for cell, role in zip(row[:stop], roles, strict=False)
        if role in ("", "about", "route") and cell.text and not dose_words(cell.text) and not _SILENT.match(cell.text)
    ]
    return list(dict.fromkeys(told))


def _said_of_row(parts: dict[str, list[tuple[Block, str]]], title: str, beside: Sequence[Block]) -> Context:
    """What a row is for: its cell under "Condition" or "Used for", the cells in front of its dose, and what its name
    cell says behind a comma ("Metformin, immediate release").
    """
    comma = title.find(",")
    inside = " ".join(_INSIDE.findall(title))
    named = context_of(title, label=True)
    told = qualifier_of(title[comma:]) if comma > 0 else ""
    context = context_of(told, label=True) if told else NOTHING
    if told and context.release is None and context.route is None and context.form is None:
        context = replace(context, condition=told.lower())
    for cell in (*(each for role in ("use", "who") for each, _ in parts.get(role, ())), *beside):
        said = told_in_parts(cell.text)
        if _FIRST.search(cell.text.lower()):
            said = replace(said, purpose=None, condition="start")
        context = context.within(said)
    if named.form in _APART_FORMS:
        context = replace(context, form=context.form or named.form)
    if not context.indication and is_indication(inside):
        context = replace(context, indication=inside.lower())
    return replace(context, setting=context.setting or named.setting, route=context.route or context_of(inside).route)


_INSIDE = regex(r"\(([^()]{3,60})\)")
_APART_FORMS = frozenset(("inhaler", "nebulizer", "nebulized", "spray", "patch", "gel", "cream", "suppository", "drop"))
"""Forms whose amounts say nothing of each other."""


_FIRST = regex(r"\b(?:first\s+(?:dose|week|days?)|start(?:ing)?|initial)\b")


def _same_people(header: str, limit: str) -> bool:
    """Whether a column's maximum is that of the people of a column of doses; without a word it is that of adults."""
    people, limited = (context_of(each, label=True).population for each in (header, limit))
    return (limited or "adults") == (people or "adults")


def _names(cell: Block, first: int, last: int, resolver: Resolver) -> tuple[str, ...]:
    """The substances that a line of a dose cell names in front of its first amount or right behind it."""
    text = cell.text[first:last]
    words = dose_words(text)
    if not words:
        return ()
    stop = words[0].end + 8
    return tuple(name for mention in resolver.mentions(text) if mention.start < stop for name in mention.substances)


def _first_days(qualifier: str) -> str | None:
    """A row of starting doses is not what is taken later."""
    return "the first days" if qualifier.lower().startswith(("start", "initial", "first")) else None
