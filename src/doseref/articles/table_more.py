"""What a row of a table says besides its dose: the next one, how often it is given again, the most of other people."""

from __future__ import annotations

import re
from typing import NamedTuple

from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words, has_limit, sentences
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_cells import AGAIN, EVERY_HOURS, PERIOD, limit_of_others, next_dose
from doseref.articles.table_columns import CellText
from doseref.articles.table_split import CellPart
from doseref.articles.terms import scope_of
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace

_NEXT = regex(
    r"\W*(?:and\s+)?(?:then|followed\s+by|(?:second|next|further)\s+dose\s*:?|thereafter|after\s+that|"
    r"repeat\s+(?:with|at))\s+",
    re.I,
)
"""How a note begins that tells the next dose of its row."""
_ONCE_DAILY = regex(r"\bonce\s+(?:a\s+day|daily)\b|\b(?:at\s+(?:night|bedtime)|nightly|od)\b", re.I)
_LEADING = frozenset("to is be give use take dose by at start reduce increase usually otherwise maintenance".split())
"""Words that stand before the amount of an instruction."""
Parts = dict[str, list[tuple[Block, str]]]
"""Role of a column → the cells of a row under it, each with its header."""


class TableReading(NamedTuple):
    """The drafts of a table, and its rows that hold doses but name no known substance (name cell, dose cell)."""

    drafts: list[Draft]
    unowned: list[tuple[Block, Block]]
    spanning: list[Block]
    """Cells that take a whole row: sentences rather than cells."""
    prose: list[CellText]
    """Lines of dose cells that name their drug themselves, or add a dose to the row's: read as text."""
    silent: bool = False
    """Whether its figures are nobody's doses ("Equals morphine 10 mg")."""


class DoseRow(NamedTuple):
    """A row whose substance is known: what is the same for all its lines."""

    cells: list[Block]
    parts: Parts
    title: str
    substances: tuple[str, ...]
    context: Context
    qualifier: str
    doses: list[tuple[Block, str]]
    limits: list[tuple[Block, str]]
    often: str


class Line(NamedTuple):
    """A line of a dose cell (of a maximum where the row has no dose): offsets, and the header above it."""

    cell: Block
    header: str
    first: int
    last: int
    part: CellPart


class NoteReader:
    """Reads the notes of the rows of one table; what they say is added to ``reading``."""

    __slots__ = ()
    resolver: Resolver
    section: str
    reading: TableReading

    def again(self, parts: Parts, lines: list[Line]) -> None:
        """Let a note of nothing but hours ("Repeat: every 6 h") say how often the one dose of its row is taken."""
        if parts.get("frequency") or len(lines) != 1 or has_frequency(lines[0].cell.text):
            return
        told = [each for each in parts.get("more", ()) if AGAIN.search(each[1]) and EVERY_HOURS.fullmatch(each[0].text)]
        if told:
            parts["frequency"] = told

    def more(self, row: DoseRow, cell: Block, header: str) -> None:
        """What a column of notes adds to a row: a next dose, one for others, the most that may be taken. Anything else
        there is no dose: what a tablet holds, a level to watch.
        """
        route = context_of(row.doses[0][0].text).route if row.doses else None
        context = replace(row.context, route=row.context.route or route)
        for first, last in segments(cell, 0, len(cell.text)):
            for begin, end in sentences(cell.text[first:last]):
                text = cell.text[first + begin : first + end]
                amount = next(iter(dose_words(text)), None)
                if amount is None or not dose_words(f"{header} {text}"):
                    continue  # nothing, or a step: "Adjust" | "by 25 mcg every 4 weeks"
                repeated = next_dose(cell, first + begin, first + end) if AGAIN.search(header) else None
                if repeated is not None:
                    self._repeat(row, repeated, context)
                    continue
                later, limited = bool(_NEXT.match(text)), has_limit(text)
                behind = text[amount.end : amount.end + 40].partition(";")[0]
                if not (later or limited or (has_frequency(behind) and self._begins(text[: amount.start]))):
                    continue
                told = (
                    context
                    if limited and not later
                    else replace(context, condition="later" if later else header.lower())
                )
                self.reading.prose.append(
                    CellText(cell, first + begin, first + end, row.substances, "", told, listed=later)
                )

    def of_others(self, row: DoseRow, cell: Block) -> None:
        """The most of other people in the brackets of a cell: "40 mg/day (over 65 years: 20 mg/day)"."""
        place = limit_of_others(cell)
        if place is None:
            return
        first, last = place
        amount = dose_words(cell.text, first, last)[0]
        label = f"{cell.text[first : amount.start]} {cell.text[amount.end : last]}"
        told = context_of(label, label=True)
        if told.population or told.band:
            period = PERIOD.match(cell.text, amount.end, last)
            daily = not period and any(_ONCE_DAILY.search(dose.text) for dose, _ in row.doses)
            span = Span(cell, amount.start, period.end() if period else amount.end, "max ", "/day" if daily else "")
            told = replace(told, indication=None).within(row.context)
            scope = scope_of(label)
            self.reading.drafts.append(
                Draft(row.title, row.substances, self.section, [span], True, context=told, scope=scope, listed=True)
            )

    def _repeat(self, row: DoseRow, span: Span, context: Context) -> None:
        """The draft of a dose that follows the first one of its row."""
        told = replace(context, condition="repeat")
        self.reading.drafts.append(
            Draft(row.title, row.substances, self.section, [span], True, joined=" ", context=told, listed=True)
        )

    def _begins(self, before: str) -> bool:
        """Whether an instruction may begin behind these words of a note: "tablets of" 500 mg are none."""
        words = before.split()
        named = any(mention.end == len(before.rstrip()) for mention in self.resolver.mentions(before))
        return not words or named or words[-1].lower() in _LEADING
