"""One row of a table of doses: whose it is, and a draft for each line of each of its dose cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from doseref.articles.contexts import context_of, may_be_another_drug, told_in_parts
from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import lead_at, segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_below_name import drafts_below, label_below, told_below, without_dose
from doseref.articles.table_cells import (
    HAS_UNIT,
    PER_DAY,
    dose_span,
    duration_span,
    frequency_span,
    held_by_piece,
    limit_span,
    often_in,
    part_of_day_span,
    plain_span,
    says_how_often,
    total_span,
    unit_added,
)
from doseref.articles.table_columns import CONCENTRATION, CellText, role_of
from doseref.articles.table_headers import labelled, said_above, shared_words, told_apart
from doseref.articles.table_more import DoseRow, Line, NoteReader, Parts, TableReading
from doseref.articles.table_qualifiers import role_in, without_most
from doseref.articles.table_said import (
    FIRST,
    SILENT,
    TIME_ALONE,
    beside,
    length_of,
    named_for,
    names_in,
    said_of_row,
    same_people,
    told_by,
)
from doseref.articles.table_split import CellPart, dose_parts, of_part, paired
from doseref.articles.terms import scope_of
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_INSTEAD = regex(
    r"\W*(?:avoid|stop|not?\b|do\s+not|seek|see|ask|same|as\s+(?:above|below)|contraindicated|withhold)", re.I
)
_EDGE = regex(r"\s*[>≥](?!\s*\d[\d.,]*\s?(?:m?c?g\s?)?(?:–|-|to)\s?\d)")
"""A cell that begins so gives the edge of what is harmful or looked at, and no dose."""
_BY = regex(r"\W*(?:\w+\s+)?by\s+(?=\d)", re.I)
_TO = regex(r"\W*(?:(?:then|and)\s+)?(?:(?:increase|raise|step\s+up|go\s+up|up)\s+)?to\s+(?=\d)", re.I)
"""How a cell begins below "Step up": by or to how much."""
_UP_TO = regex(r"\W*(?:up\s+to|max\w*|(?:no|not)\s+(?:more|over|above|exceed\w*)|at\s+most|[<≤])", re.I)
"""How a cell begins that gives the most."""
_MOST = regex(r"\b(?:max|maximum|most|ceiling|limit|top|highest)\b", re.I)
_STARTING = ("start", "initial", "first")
"""How the qualifier of a row of starting doses begins."""


@dataclass(slots=True)
class RowReader(NoteReader):
    """Reads the rows of one table, one behind the other; what they say is added to ``reading``."""

    roles: list[str]
    headers: list[str]
    resolver: Resolver
    section: str
    heading: str
    subject: tuple[str, ...]
    around: Context
    often: str
    reading: TableReading
    untitled: bool = False
    """Whether the title of the rows that are read may name a drug that is not known."""
    repeated: frozenset[tuple[str, ...]] = frozenset()
    """The drugs with which several rows begin: what stands behind the comma tells these apart."""
    carried: tuple[Block, tuple[str, ...], str] | None = None
    """The last name cell, its substances and what they are for: rows that leave theirs empty are about the same."""
    said: Context = NOTHING
    """What the last row with a name says of its doses."""
    used: tuple[Block, str] | None = None
    """The last cell of uses in front of the names, with its header: rows that leave theirs empty are of the same."""

    def read(self, cells: list[Block]) -> None:
        """One row as drafts, one for each line of each dose column."""
        cells, most = without_most(cells, self.roles)
        parts = self._parts(cells)
        if parts.get("part of day") and not parts.get("dosage"):
            self._day(cells, parts)
            return
        below = self._below(parts)
        if below and self.carried is not None:
            owner = (self.carried[0].text, self.carried[1], self.section)
            told = drafts_below(below, cells, self.headers, owner, without_dose(self.said))
            if told is not None:
                self.reading.drafts.extend(told)
                return
            del parts["name"]
        name, substances, use = self._owner(cells, parts)
        qualifier = parts["qualifier"][0][0].text if parts.get("qualifier") else ""
        doses, limits, often = self._amounts(parts, qualifier, cells[0].text)
        if most and not limits:
            doses, limits = [], doses
        if not doses and not limits:
            return
        if not any(self.headers) and not any(dose_words(cell.text) for cell, _ in (*doses, *limits)):
            return  # a header that was not known for one
        if not substances:
            self._without_owner(cells, name, doses, limits)
            return
        title = name.text if name else self.heading
        context = said_of_row(parts, name.text if name else "", self._beside(cells)).within(self.around)
        if use and not context.indication:
            context = replace(context, indication=use)
        context = told_below(below).within(context) if below else context
        self.said = self.said if below else context
        often = (often_in(name.text) if name else "") or often
        row = DoseRow(cells, parts, title, substances, context, qualifier, doses, limits, often)
        if self._goes_on(row):
            return
        lines = [
            Line(cell, header, part.first, part.last, part)
            for cell, header in doses or [limits[0]]
            for part in (
                dose_parts(cell, header, title, self.resolver)
                if doses
                else [CellPart(first, last) for first, last in segments(cell, 0, len(cell.text))]
            )
        ]
        self.again(parts, lines)
        for line in lines:
            self._line(row, line, lines)
        for cell, header in parts.get("more", ()):
            self.more(row, cell, header)
        for cell, _ in limits:
            self.of_others(row, cell)

    def _below(self, parts: Parts) -> str:
        """The label of a row that goes on about the drug of the rows above it; empty for any other row."""
        names = parts.get("name", ())
        if not names or self.carried is None or not self.carried[1] or self.resolver.heading(names[0][0].text):
            return ""
        return label_below(names[0][0].text, self.resolver)

    def _beside(self, cells: list[Block]) -> list[str]:
        """What stands between a row's name and its dose and is no further name of it."""
        told = beside(cells, self.roles, self.headers)
        return [each for each in told if not any(name.text == each.strip() for name in self.resolver.mentions(each))]

    def _day(self, cells: list[Block], parts: Parts) -> None:
        """A row that gives a dose for each part of the day, as one instruction."""
        name, substances, _ = self._owner(cells, parts)
        given = [(cell, header) for cell, header in parts["part of day"] if dose_words(cell.text)]
        if not substances:
            self._without_owner(cells, name, given, [])
        elif given:
            title = name.text if name else self.heading
            context = said_of_row(parts, title if name else "", ()).within(self.around)
            spans = [part_of_day_span(cell, header, bool(at)) for at, (cell, header) in enumerate(given)]
            spans += [limit_span(cell, header) for cell, header in parts.get("maximum", ()) if dose_words(cell.text)]
            self.reading.drafts.append(
                Draft(title, substances, self.section, spans, True, joined=" ", context=context, listed=True)
            )

    def _parts(self, cells: list[Block]) -> Parts:
        roles, headers = self.roles, self.headers
        parts: Parts = {}
        for column, cell in enumerate(cells):
            if column < len(roles) and roles[column] and cell.text:
                if any(cell is known for known, _ in parts.get(roles[column], ())):
                    continue
                over = [at for at, each in enumerate(cells[: len(roles)]) if each is cell]
                held = {roles[at] for at in over}
                if held >= {"dosage", "maximum"} and (roles[column] == "maximum") != bool(_UP_TO.match(cell.text)):
                    continue  # a cell below "Usual" and "Maximum" is the one or the other
                above = [headers[at] for at in over if roles[at] == roles[column] and at < len(headers)]
                header = shared_words(above)
                parts.setdefault(role_in(roles[column], cell, header), []).append((cell, header))
        if roles[0] in ("use", "who") and parts.get("name"):
            if cells[0].text:
                self.used = parts[roles[0]][0]
            elif self.used is not None:
                parts.setdefault(roles[0], []).append(self.used)
        return parts

    def _owner(self, cells: list[Block], parts: Parts) -> tuple[Block | None, tuple[str, ...], str]:
        """The name cell that holds for a row, the substances it is about, and what it says behind a comma that they are
        for, in words that nobody else knows ("Terbinafine, nails").
        """
        names = parts.get("name", ())
        if names:
            owner, use = self.resolver.heading(names[0][0].text), ""
            if not owner:
                owner, use = named_for(names[0][0].text, self.resolver, self.repeated)
            self.carried = names[0][0], owner, use
            return self.carried
        if self.carried is not None and "name" in self.roles:
            return self.carried
        text = cells[0].text
        if text and "name" not in self.roles and not self.roles[0]:
            named = self.resolver.heading(text)
            if named or may_be_another_drug(text) or self.resolver.mentions(text):
                use = ""
                if not named:
                    named, use = named_for(text, self.resolver, self.repeated)
                return cells[0], named, use
        return None, self.subject, ""

    def _amounts(
        self, parts: Parts, qualifier: str, label: str = ""
    ) -> tuple[list[tuple[Block, str]], list[tuple[Block, str]], str]:
        """The cells with doses and with maxima, and how often the doses are taken; in a row of maxima its doses are
        some.
        """
        often = self.often
        doses = [
            (cell, header)
            for cell, header in parts.get("dosage", ())
            if not SILENT.match(cell.text) and not _EDGE.match(cell.text) and not self._no_dose(cell, header)
        ]
        limits = [
            (cell, header)
            for cell, header in parts.get("maximum", ())
            if not SILENT.match(cell.text) and (dose_words(cell.text) or any(char.isdigit() for char in cell.text))
        ]
        if not limits and not parts.get("name") and role_of(label) == "maximum":
            return [], [(cell, f"{header} {label}") for cell, header in doses], often
        if _MOST.search(qualifier):
            often = " ".join(cell.text for cell, _ in parts.get("frequency", ()))
            limits, doses = [*((cell, f"{header} {often}") for cell, header in doses), *limits], []
        doses = [each for each in doses if dose_words(each[0].text) or not CONCENTRATION.search(each[0].text)]
        return doses, limits, often

    def _no_dose(self, cell: Block, header: str) -> bool:
        """Whether a cell says what to do instead of a dose ("avoid if eGFR is under 45")."""
        if TIME_ALONE.fullmatch(cell.text):
            return True  # "Start before arrival" | "1–2 days"
        return bool(_INSTEAD.match(cell.text)) and not dose_words(unit_added(cell.text, header))

    def _without_owner(
        self,
        cells: list[Block],
        name: Block | None,
        doses: list[tuple[Block, str]],
        limits: list[tuple[Block, str]],
    ) -> None:
        """A row that names no known substance: its dose cells may name their own, else it is reported."""
        label = labelled(self.headers[0], cells[0].text) if any(self.headers) else cells[0].text
        named = [
            CellText(cell, first, last, (), label, context_of(header, label=True))
            for cell, header in doses
            for first, last in segments(cell, 0, len(cell.text))
            if names_in(cell, first, last, self.resolver)
        ]
        self.reading.prose.extend(named)
        held = any(dose_words(unit_added(cell.text, header)) for cell, header in (*doses, *limits))
        if not named and held and (name is not None or self.untitled):
            self.reading.unowned.append((name or cells[0], (doses or limits)[0][0]))

    def _goes_on(self, row: DoseRow) -> bool:
        """Whether a row of maxima belongs to the dose of the row before it, and was added there."""
        before = self.reading.drafts[-1] if self.reading.drafts and row.qualifier else None
        if row.doses or before is None or before.label.startswith(_STARTING):
            return False
        if before.heading != row.title or before.substances != row.substances:
            return False
        before.dosage += [limit_span(cell, header) for cell, header in row.limits]
        return True

    def _line(self, row: DoseRow, line: Line, lines: list[Line]) -> None:
        """The draft of a line; what it says of another drug is read as text."""
        text = line.cell.text
        begin, context, owner = self._lead(row, line)
        if begin >= line.last or _EDGE.match(text[begin : line.last]):
            return
        begin += text[begin : line.last].lstrip()[:1] in (">", "≥")  # ">540–1,080 mcg"
        if _BY.match(text, begin, line.last):
            return  # a step
        begin = raised.end() if (raised := _TO.match(text, begin, line.last)) else begin
        if len(lines) > 1 and not any(char.isdigit() for char in text[begin : line.last]):
            return  # what else a cell says
        if row.doses and set(names_in(line.cell, begin, line.last, self.resolver)) - set(owner):
            self.reading.prose.append(CellText(line.cell, begin, line.last, (), row.cells[0].text))
            return
        parts, qualifier = row.parts, row.qualifier
        self.reading.drafts.append(
            Draft(
                row.title,
                owner,
                self.section,
                self._spans(row, line, begin, owner, lines),
                True,
                joined=" ",
                class_text=" ".join(each.text for each, _ in parts.get("class", ())),
                timing=[each.text for each, _ in parts.get("timing", ())],
                side_effects=[each.text for each, _ in parts.get("side effects", ())],
                scope=scope_of(f"{_of_all(line)} {text[line.first : line.last]}")
                or scope_of(row.title)
                or ("the first days" if qualifier.lower().startswith(_STARTING) else None),
                label=qualifier.lower(),
                context=context.within(row.context),
                listed=True,
            )
        )

    def _lead(self, row: DoseRow, line: Line) -> tuple[int, Context, tuple[str, ...]]:
        """Where a line's dose begins behind its label, what header and label say of it, and whose it is."""
        cell, first = line.cell, line.first
        several = self.roles.count("dosage") > 1
        above = [
            header
            for header, role, each in zip(self.headers, self.roles, row.cells, strict=False)
            if each is cell and role == "dosage"
        ]
        context = said_above(above, alone=not several, use=row.context.use)
        if several and context == NOTHING and len(above) == 1 and not row.context.condition:
            context = replace(context, condition=told_apart(above[0]))
        if context.purpose == "loading" and FIRST.search(line.header.lower()) and has_frequency(cell.text):
            context = replace(context, purpose="starting")
        if not several and not row.context.condition and FIRST.search(line.header.lower()):
            context = replace(context, condition="start")
        if line.part.many > 1:
            return first, line.part.context.within(context), row.substances
        lead = lead_at(cell, first, line.last, self.resolver) if row.doses else None
        if lead is None:
            return first, context, row.substances
        told, begin = lead
        own = told.context if told.substances is None else told_by(cell.text[first:begin].strip(" *:"))
        named = told.substances and self.resolver.mentions(cell.text[first:begin])
        return begin, own.within(context), told.substances or () if named else row.substances

    def _limits(self, row: DoseRow, limit: Block, cell: Block) -> bool:
        """Whether a maximum is that of a dose cell: of several, each is that of the doses in front of it, up to the
        next one.
        """
        if len(row.limits) < 2 or len(row.doses) < 2 or any(limit is each for each, _ in row.doses):
            return True
        return length_of(limit, row.cells, self.roles, cell) is cell

    def _is_beside(self, row: DoseRow, often: Block, cell: Block) -> bool:
        """Whether a frequency is that of a dose cell: of several, each is that of the dose in front of it."""
        if self.roles.count("frequency") < 2 or self.roles.count("dosage") < 2:
            return True
        return length_of(often, row.cells, self.roles, cell) is cell

    def _spans(self, row: DoseRow, line: Line, begin: int, owner: tuple[str, ...], lines: list[Line]) -> list[Span]:
        """The stretches that make up a dosage: the line itself, and what other columns add to it."""
        cell, header, parts = line.cell, line.header, row.parts
        often = "" if parts.get("frequency") or says_how_often(cell.text[begin : line.last]) else row.often
        spans = [dose_span(cell, header, begin, line.last, often)] if row.doses else []
        if line.part.shared:
            spans = [replace(spans[0], suffix=line.part.shared)]
        unit = parts.get("unit", ())
        if spans and unit and not HAS_UNIT.search(cell.text):
            spans = [replace(spans[0], suffix=f" {unit[0][0].text.split()[0].rstrip(',;')}")]
            if len(dose_words(unit[0][0].text)):
                self.reading.prose.append(CellText(unit[0][0], 0, len(unit[0][0].text), owner, "comment"))
        if spans and parts.get("piece") and (held := held_by_piece(*parts["piece"][0])):
            spans = [replace(spans[0], suffix=f"{spans[0].suffix} of {held}")]
        if row.doses and (not PER_DAY.search(header) or "/kg" in header):
            own = says_how_often(cell.text[begin : line.last])
            told = [
                each
                for each in parts.get("frequency", ())
                if not (own and says_how_often(each[0].text)) and self._is_beside(row, each[0], cell)
            ]
            spans += [of_part(each, line.part) or frequency_span(each, above) for each, above in told]
            spans += [total_span(each) for each, _ in parts.get("total", ()) if dose_words(each.text)]
        spans += [plain_span(each) for each, _ in parts.get("route", ()) if not told_in_parts(each.text).use]
        spans += [
            duration_span(each, above)
            for each, above in parts.get("duration", ())
            if not SILENT.match(each.text) and length_of(each, row.cells, self.roles, lines[-1].cell) is cell
        ]
        if len(lines) == 1 or row.doses or (line.first == 0 and line.last == len(cell.text)):
            people = line.part.context.population or _of_all(line)
            spans += [
                of_part(each, line.part, "max ") or limit_span(each, above)
                for each, above in row.limits
                if not row.doses or (same_people(people, above) and self._limits(row, each, cell))
            ]
        return spans


def _of_all(line: Line) -> str:
    """The header of a line, where it does not speak of several parts one behind the other ("Adult / child")."""
    return "" if paired(line.header, line.part.many) else line.header
