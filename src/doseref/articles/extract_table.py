"""Tables of doses: which column is the name and which the dose, and what the header adds to a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from doseref.articles.contexts import TOXIC, context_of, may_be_another_drug
from doseref.articles.doses import dose_words, has_frequency
from doseref.articles.extracted import Draft, Span
from doseref.articles.kinds import SpokenKinds
from doseref.articles.leads import lead_at, segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver, qualifier_of
from doseref.articles.terms import scope_of
from doseref.context import NOTHING, Context
from doseref.records import replace

_ROLES = SpokenKinds(
    ("use", re.compile(r"\A\W*(?:problems?|conditions?|used?\s+for|indications?|for(?:\s+what)?|diseases?|illness(?:es)?|diagnos[ie]s|complaints?|reasons?)\W*\Z", re.I)),
    ("ignore", re.compile(r"\b(?:evidence|study|trial|brand|cost|price|source|reference|strengths?\s+available|suppl(?:y|ied)|comes\s+(?:as|in)|available\s+(?:as|in)|in\s+stock|interaction|notes?|form|half-life|onset)\b", re.I)),
    ("unit", re.compile(r"\A\W*units?\b(?!\s+(?:per|a)\b)", re.I)),
    ("duration", re.compile(r"\b(?:duration|how\s+long|longest|length)\b", re.I)),
    ("maximum", re.compile(r"\b(?:max(?:imum|\.)?|upper\s+limit|limit|ceiling|most|top(?:\s+dose)?|highest|(?:not|no)\s+more|never\s+(?:more|above|over))\b", re.I)),
    ("frequency", re.compile(r"\b(?:how\s+often|frequency|interval|times\s+(?:a|per)\s+day|schedule)\b", re.I)),
    ("timing", re.compile(r"\b(?:timing|when|food|take\s+it|how\s+to\s+take)\b", re.I)),
    ("side effects", re.compile(r"\b(?:side[\s-]effects?|adverse|reactions?|watch\s+for)\b", re.I)),
    ("class", re.compile(r"\b(?:class|type|category|family|group)\b", re.I)),
    ("route", re.compile(r"\b(?:route|given)\b", re.I)),
    ("duration", re.compile(r"\bcourse\b", re.I)),
    ("dosage", re.compile(r"\b(?:dos(?:e|es|age|ing)|amount|how\s+much|regimen|adults?|child(?:ren)?|adolescents?|teen(?:ager)?s|maintenance|loading|bolus|start(?:ing)?|begin(?:ning)?|initial|first|usual|target|infusion|oral|by\s+mouth|under\s+the\s+skin|iv|im|po|sc)\b", re.I)),
    ("name", re.compile(r"\b(?:drug|medicine|medication|supplement|substance|name|agent|generic|product|treatment|ingredient|nutrient|what)\b", re.I)),
)  # fmt: skip
_UNIT_IN_HEADER = re.compile(
    r"[(,\[]\s*(mg|mcg|µg|μg|g|mL|ml|IU|units)\b(?:\s*(?:/|per)\s*(day|d|dose|24\s?h)\b)?\s*[)\]]?", re.I
)
_PER_DAY = re.compile(
    r"\b(?:daily|per\s+day|a\s+day|each\s+day|24[\s-]?h(?:ours?)?|in\s+a\s+day|day)\b|/\s?d(?:ay)?\b", re.I
)
_HAS_UNIT = re.compile(
    r"\d[\s\u00a0]{0,3}(?:mg|mcg|µg|μg|ug|g|mL|ml|IU|units?|million|tablets?|capsules?|patch|%|mEq)\b|10[⁰¹²³⁴⁵⁶⁷⁸⁹]",
    re.I,
)
_SILENT = re.compile(
    r"\A\s*(?:[-–—−]|n/?a\.?|none|not\s+(?:stated|established|given|applicable|known)|"
    r"not\s+(?:recommended|advised|for\s+.{1,30})|avoid|do\s+not\s+use|"
    r"no\s+(?:data|maximum|limit|safe\s+\w{2,12}|dose|adjustment)|limited\s+data|same\s+as\s.{0,60}|varies|"
    r"see\s.{0,60})?\s*\Z",
    re.I,
)


_EFFECT = re.compile(r"\b(?:onset|peak)\b", re.I)
_EDGE = re.compile(r"\s*[>≥]")
"""A cell that begins so gives the edge of what is harmful or looked at, and no dose."""
_BAND_HEADER = re.compile(r"\b(?:weight|wt|age)\b", re.I)
_BAND_CELL = re.compile(r"\d\s{0,2}\+?\s{0,2}(?:kg|lbs?|pounds|years?|yrs?|months?|mos?|weeks?)\b", re.I)
_QUALIFIER = re.compile(
    r"\s*(?:start(?:ing)?(?:\s+(?:dose|at|with))?|initial(?:\s+dose)?|first\s+dose|usual(?:\s+dose)?|typical|normal|"
    r"standard|target|maintenance|"
    r"(?:daily\s+)?max(?:imum|\.)?(?:\s+(?:dose|daily\s+dose|per\s+day))?|most|ceiling|limit|top(?:\s+dose)?|"
    r"highest)\s*:?\s*",
    re.I,
)
_MOST = re.compile(r"\b(?:max|maximum|most|ceiling|limit|top|highest)\b", re.I)


class CellText(NamedTuple):
    """A line of a cell that is read as text: offsets, whose it is where it names nobody,
    and what its row and column say.
    """

    cell: Block
    start: int
    end: int
    substances: tuple[str, ...]
    row: str
    context: Context = NOTHING


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
) -> TableReading:
    """What the rows of one table say. A table without a dose column or any known name gives nothing.

    ``around`` is the context of the headings above; tables of toxic doses give nothing.
    """
    grid = _one_header([list(row.cells) for row in rows], [row.header for row in rows])
    if not grid or not grid[0]:
        return TableReading([], [], [], [])
    if _is_turned(grid, resolver):
        width = max(len(row) for row in grid)
        empty = Block("cell", "", ())
        grid = [[row[column] if column < len(row) else empty for row in grid] for column in range(width)]
    if around.purpose == TOXIC or any(context_of(cell.text, label=True).purpose == TOXIC for cell in grid[0]):
        return TableReading([], [], [], [])
    if subject and (banded := by_bands(grid, subject, section, heading, around)) is not None:
        return TableReading([banded], [], [], [])
    named = _by_drug(grid, resolver) or _naming_cells(grid, resolver)
    if named:
        return TableReading([], [], [], named)
    roles, body = _roles(grid, resolver, subject)
    if any(_EFFECT.search(cell.text) for cell in grid[0]):
        roles = ["" if role == "duration" else role for role in roles]  # how long it works, not how long it is taken
    if "dosage" not in roles and "maximum" not in roles:
        return TableReading([], [], [], [])
    reading = TableReading([], [], [], [])
    _qualified(roles, grid[body:])
    headers = [cell.text for cell in grid[0]] if body == 1 else [""] * len(grid[0])
    carried: tuple[Block, tuple[str, ...]] | None = None
    for row in grid[body:]:
        if len(row) > 1 and len({id(cell) for cell in row}) == 1:
            reading.spanning.append(row[0])
            continue
        carried = _row(row, roles, headers, resolver, section, heading, subject, reading, carried, around)
    _set_apart(reading.drafts)
    return reading


def _set_apart(drafts: list[Draft]) -> None:
    """Rows of one substance under a shorter and a longer name ("Carvedilol",
    "Carvedilol phosphate") are meant apart.
    """
    for draft in drafts:
        own = set(draft.heading.lower().split())
        others = [set(each.heading.lower().split()) for each in drafts if each.substances == draft.substances]
        if not draft.context.condition and any(own < other or other < own for other in others):
            draft.context = replace(draft.context, condition=draft.heading.lower())


def _one_header(grid: list[list[Block]], headers: list[bool]) -> list[list[Block]]:
    """Several header rows made into one: "Adults" above "Dose" is "Adults Dose"."""
    count = 0
    while (
        count < len(headers)
        and headers[count]
        and (len(grid[count]) < 2 or len({id(cell) for cell in grid[count]}) > 1)
    ):
        count += 1  # a cell that takes a whole row heads what stands below it, not the columns
    if count < 2 or count >= len(grid):
        return grid
    width = max(len(row) for row in grid[:count])
    merged: list[Block] = []
    for column in range(width):
        cells = list(dict.fromkeys(row[column] for row in grid[:count] if column < len(row)))
        words = dict.fromkeys(cell.text for cell in cells if cell.text)
        merged.append(Block("cell", " ".join(words), cells[0].pieces if cells else ()))
    return [merged, *grid[count:]]


def _is_turned(grid: list[list[Block]], resolver: Resolver) -> bool:
    """Whether the drugs stand side by side and the first column says what each row is."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return False
    named = sum(bool(resolver.heading(cell.text)) for cell in grid[0][1:])
    down = sum(bool(row) and bool(resolver.heading(row[0].text)) for row in grid[1:])
    roles = [_role(row[0].text) for row in grid[1:] if row]
    alone = named == len(grid[0]) - 1 == 1 and len(roles) > 1 and sum(map(bool, roles)) * 2 > len(roles)
    return (named >= 2 or alone) and down == 0 and any(role in ("dosage", "maximum") for role in roles)


def _by_drug(grid: list[list[Block]], resolver: Resolver) -> list[CellText]:
    """The doses of a table with a drug over each column and people or illnesses down the side,
    each with its row's label.
    """
    if len(grid) < 3 or len(grid[0]) < 2 or any(dose_words(cell.text) for cell in grid[0]):
        return []
    owners = [resolver.heading(cell.text) for cell in grid[0]]
    columns = [column for column, owner in enumerate(owners) if column and owner]
    if owners[0] or not columns or len(columns) < len(owners) - 1:
        return []
    body = [row for row in grid[1:] if len(row) == len(grid[0])]
    if any(dose_words(row[0].text) or resolver.heading(row[0].text) or _role(row[0].text) for row in body):
        return []
    found: list[CellText] = []
    for row in body:
        told = context_of(f"{grid[0][0].text}: {row[0].text}", label=True)
        for column in columns:
            if dose_words(row[column].text):
                found.append(CellText(row[column], 0, len(row[column].text), owners[column], row[0].text, told))
    return found if len(found) > 1 else []


def _naming_cells(grid: list[list[Block]], resolver: Resolver) -> list[CellText]:
    """The doses of a table whose cells name their drug each: the row says what it is for,
    the column how it is given.
    """
    if len(grid) < 2 or len(grid[0]) < 2:
        return []
    headed = not any(dose_words(cell.text) for cell in grid[0])
    body = grid[1:] if headed else grid
    if any(dose_words(row[0].text) or resolver.mentions(row[0].text) for row in body if row):
        return []
    cells = [(row, column) for row in body for column in range(1, len(row)) if dose_words(row[column].text)]
    own = [(row, column) for row, column in cells if _begins_with_name(row[column].text, resolver)]
    if len(own) < 2 or len(own) * 4 < len(cells) * 3:
        return []
    found = []
    for row, column in cells:
        header = grid[0][column].text if headed and column < len(grid[0]) else ""
        told = context_of(header, label=True)
        for first, last in segments(row[column], 0, len(row[column].text)):
            found.append(CellText(row[column], first, last, (), row[0].text, told))
    return found


def _begins_with_name(text: str, resolver: Resolver) -> bool:
    return any(mention.start < 3 for mention in resolver.mentions(text))


def _role(header: str) -> str:
    return _ROLES.first(header) or ""


def _roles(grid: list[list[Block]], resolver: Resolver, subject: tuple[str, ...]) -> tuple[list[str], int]:
    """The role of each column, and the index of the first row of the body."""
    first = grid[0]
    looks = [_role(cell.text) if len(cell.text) < 60 else "" for cell in first]
    looks = [
        role if role == "ignore" or not dose_words(cell.text) else "" for role, cell in zip(looks, first, strict=True)
    ]
    is_header = any(role in ("dosage", "maximum", "frequency") for role in looks) and not any(
        dose_words(cell.text) for role, cell in zip(looks, first, strict=True) if role != "ignore"
    )
    roles = looks if is_header else [""] * len(first)
    if (
        is_header
        and len(first) > 1
        and roles[0] not in ("name", "")
        and "name" not in roles
        and any(resolver.heading(row[0].text) for row in grid[1:] if row)
    ):
        roles[0] = "name"
    body = grid[1 if is_header else 0 :]
    if "name" not in roles:
        known = [
            sum(bool(resolver.heading(row[column].text)) for row in body if column < len(row))
            for column in range(len(first))
        ]
        best = known.index(max(known))
        if not roles[best] and (known[best] or not subject):
            roles[best] = "name"
    else:
        kept = roles.index("name")
        roles = ["" if role == "name" and position != kept else role for position, role in enumerate(roles)]
    if is_header and "timing" in roles and "frequency" not in roles and "dosage" in roles:
        place = roles.index("timing")
        cells = [row[place].text for row in body if place < len(row) and row[place].text]
        if cells and all(has_frequency(cell) for cell in cells):
            roles[place] = "frequency"  # "Timing" above "once daily", "every other day"
    if is_header and "dosage" not in roles:
        # "How to take it" may head a column of doses: what stands in it decides.
        for column, role in enumerate(roles):
            cells = [row[column].text for row in body if column < len(row)]
            if role in ("", "timing", "frequency") and sum(bool(dose_words(cell)) for cell in cells) * 2 > len(cells):
                roles[column] = "dosage"
                break
    if not is_header:
        for column in range(len(first)):
            cells = [row[column].text for row in body if column < len(row)]
            if not roles[column] and sum(bool(dose_words(cell)) for cell in cells) * 2 > len(cells):
                roles[column] = "dosage"
                break
    return roles, 1 if is_header else 0


def _qualified(roles: list[str], body: list[list[Block]]) -> None:
    """Mark the column that says of each row what its amount is ("start", "usual", "maximum")."""
    for column, role in enumerate(roles):
        cells = [row[column].text for row in body if column < len(row)]
        if role in ("", "dosage", "class") and len(cells) > 1 and all(_QUALIFIER.fullmatch(cell) for cell in cells):
            roles[column] = "qualifier"


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
            and any(dose_words(_unit_added(cell.text, header)) for cell, header in (*doses, *limits))
        ):
            reading.unowned.append((name, figure))
        return carried
    title = name.text if name else heading
    around = _said_of_row(parts, title).within(around)
    before = reading.drafts[-1] if reading.drafts and qualifier else None
    started = before is not None and before.label.startswith(("start", "initial", "first"))
    if not doses and before is not None and not started and before.heading == title and before.substances == substances:
        before.dosage += [_limit_span(each, header) for each, header in limits]
        return carried
    lines = [
        (cell, header, first, last)
        for cell, header in doses or [limits[0]]
        for first, last in segments(cell, 0, len(cell.text))
    ]
    last_dose = lines[-1][0]
    for cell, header, first, last in lines:
        begin, context, owner = first, context_of(header, label=True) if len(doses) > 1 else NOTHING, substances
        lead = lead_at(cell, first, last, resolver) if doses else None
        if lead is not None:
            begin = lead[1]
            own = (
                lead[0].context
                if lead[0].substances is None
                else context_of(cell.text[first:begin].strip(" *:"), label=True)
            )
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
        spans = [_dose_span(cell, header, begin, last)] if doses else []
        unit = parts.get("unit", ())
        if spans and unit and not _HAS_UNIT.search(cell.text):
            spans = [replace(spans[0], suffix=f" {unit[0][0].text.split()[0].rstrip(',;')}")]
            if len(dose_words(unit[0][0].text)):
                reading.prose.append(CellText(unit[0][0], 0, len(unit[0][0].text), owner, "comment"))
        total = bool(_PER_DAY.search(header))
        if doses and not total:
            spans += [_frequency_span(each, header_) for each, header_ in parts.get("frequency", ())]
        spans += [_plain(each) for each, _ in parts.get("route", ())]
        if cell is last_dose:
            spans += [
                _duration_span(each, header_)
                for each, header_ in parts.get("duration", ())
                if not _SILENT.match(each.text)
            ]
        if whole:
            spans += [
                _limit_span(each, header_) for each, header_ in limits if not doses or _same_people(header, header_)
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


_CONCENTRATION = re.compile(r"\d\s?[A-Za-z]{1,5}\s?/\s?(?:L|dL)\b")


def _said_of_row(parts: dict[str, list[tuple[Block, str]]], title: str) -> Context:
    """What a row is for: its cell under "Condition" or "Used for", and what its name cell says behind a comma
    ("Metformin, immediate release").
    """
    use = " ".join(" ".join(cell.text.split()) for cell, _ in parts.get("use", ())).lower()
    comma = title.find(",")
    told = qualifier_of(title[comma:]) if comma > 0 else ""
    context = context_of(told, label=True) if told else NOTHING
    if told and context.release is None and context.route is None and context.form is None:
        context = replace(context, condition=told.lower())
    if use and _FIRST.search(use) and not context.condition:
        context = replace(context, condition="start")
    return replace(context, indication=use or context.indication)


_FIRST = re.compile(r"\b(?:first\s+(?:dose|week|days?)|start(?:ing)?|initial)\b")


def _same_people(header: str, limit: str) -> bool:
    """Whether a column's maximum is that of the people of a column of doses; without a word it is that of adults."""
    people, limited = (context_of(each, label=True).population for each in (header, limit))
    return (limited or "adults") == (people or "adults")


def _is_amount(text: str) -> bool:
    """Whether a cell beside an unknown name holds an amount of a medicine rather than of a fluid."""
    words = dose_words(text)
    return any(word.strong or not text[word.start : word.end].lower().endswith(("ml", "l")) for word in words)


def _names(cell: Block, first: int, last: int, resolver: Resolver) -> tuple[str, ...]:
    """The substances that a line of a dose cell names in front of its first amount or right behind it."""
    text = cell.text[first:last]
    words = dose_words(text)
    if not words:
        return ()
    stop = words[0].end + 8
    return tuple(name for mention in resolver.mentions(text) if mention.start < stop for name in mention.substances)


def by_bands(
    grid: list[list[Block]], subject: tuple[str, ...], section: str, heading: str, around: Context
) -> Draft | None:
    """A table with a weight or an age in front of each row as one statement with its bands;
    ``None`` for any other table.
    """
    if len(grid) < 3 or len(grid[0]) < 2 or not _BAND_HEADER.search(grid[0][0].text):
        return None
    body = [row for row in grid[1:] if len(row) > 1]
    if not all(_BAND_CELL.search(row[0].text) for row in body):
        return None
    columns = range(1, min(len(row) for row in body))
    scored = [
        column
        for column in columns
        if all(dose_words(_unit_added(row[column].text, grid[0][column].text)) for row in body)
    ]
    strong = [
        column
        for column in scored
        if any(word.strong for word in dose_words(_unit_added(body[0][column].text, grid[0][column].text)))
    ]
    if not strong:
        return None
    column = strong[0]
    spans = [_dose_span(row[column], grid[0][column].text, 0, len(row[column].text)) for row in body]
    bands = tuple((row[0].text, span.text) for row, span in zip(body, spans, strict=True))
    draft = Draft(heading, subject, section, spans, True, scope=scope_of(heading), context=around, bands=bands)
    draft.text = "; ".join(f"{band}: {dose}" for band, dose in bands)
    return draft


def _first_days(qualifier: str) -> str | None:
    """A row of starting doses is not what is taken later."""
    return "the first days" if qualifier.lower().startswith(("start", "initial", "first")) else None


def _plain(cell: Block) -> Span:
    return Span(cell, 0, len(cell.text))


def _frequency_span(cell: Block, header: str) -> Span:
    """A frequency cell; a bare number under "Times a day" is that many times, never a number of doses."""
    if not re.fullmatch(r"\s*\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\s*", cell.text):
        return _plain(cell)
    if re.search(r"\btimes\s+(?:a|per)\s+day\b", header, re.I):
        return Span(cell, 0, len(cell.text), "", " times daily")
    if re.search(r"\binterval\b.*\bh(?:ours?)?\b|\bhours\b", header, re.I):
        return Span(cell, 0, len(cell.text), "every ", " hours")
    return _plain(cell)


def _unit_added(text: str, header: str) -> str:
    unit = _UNIT_IN_HEADER.search(header)
    return f"{text} {unit.group(1)}" if unit and not _HAS_UNIT.search(text) else text


def _dose_span(cell: Block, header: str, first: int, last: int) -> Span:
    """A line of a dose cell with the unit and the "per day" that its header gives."""
    suffix = ""
    unit = _UNIT_IN_HEADER.search(header)
    if unit and not _HAS_UNIT.search(cell.text) and cell.text[-1:].isdigit():
        suffix = f" {unit.group(1)}"
    if _PER_DAY.search(header) and not re.search(
        r"\b(?:daily|day|times|every|once|twice|week\w*|month\w*|year\w*|hours?)\b|/", cell.text, re.I
    ):
        suffix += "/day"
    return Span(cell, first, last, suffix=suffix)


def _limit_span(cell: Block, header: str) -> Span:
    """A maximum cell as an instruction: "max 3,000 mg/day"."""
    suffix = ""
    unit = _UNIT_IN_HEADER.search(header)
    if unit and not _HAS_UNIT.search(cell.text) and cell.text[-1:].isdigit():
        suffix = f" {unit.group(1)}"
    if _PER_DAY.search(header) and not re.search(r"\b(?:daily|day|hours?|dose|week|month)\b|/|\bh\b", cell.text, re.I):
        suffix += "/day"
    prefix = "" if re.search(r"\b(?:max\w*|no\s+more|not\s+|up\s+to|limit)\b", cell.text, re.I) else "max "
    return Span(cell, 0, len(cell.text), prefix, suffix)


def _duration_span(cell: Block, header: str) -> Span:
    """A duration cell as an instruction: "for 5 days"; under "Longest use" or "Maximum duration" it is a limit."""
    if re.search(r"\b(?:for|up\s+to|max\w*|no\s+more|no\s+longer|until|over)\b|[≤<]", cell.text, re.I):
        return _plain(cell)
    limit = re.search(r"\b(?:longest|max\w*|most|up\s+to|limit)\b", header, re.I)
    return Span(cell, 0, len(cell.text), "for up to " if limit else "for ")
