"""Tables with a drug over each column and people, weights or illnesses down the side."""

from __future__ import annotations

import re

from doseref.articles.contexts import context_of, is_indication
from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_cells import cut_at_limit, dose_span, limit_span, often_in, unit_added
from doseref.articles.table_columns import CellText, begins_with_name, role_of, role_of_row
from doseref.articles.table_headers import is_figures
from doseref.articles.table_said import SILENT, said_of_row
from doseref.articles.terms import scope_of
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_ROWS = ("dosage", "maximum", "frequency", "duration")
"""What rows are told of in a table that is turned, and read as such."""
_A_DOSE = regex(r"\b(?:a|per|each)\s+dose\b", re.I)
_NO_DOSES = ("ignore", "strength", "more", "timing", "side effects")


def by_drug(
    grid: list[list[Block]], resolver: Resolver, section: str, around: Context, often: str, heading: str = ""
) -> tuple[list[Draft], list[CellText]]:
    """The doses of a table with a drug over each column, each with its row's label: drafts where the header adds what
    the cell leaves out, text to be read for the others.
    """
    columns = _columns(grid, resolver)
    if not columns:
        return [], []
    body = [row for row in grid[1:] if len(row) == len(grid[0]) and role_of(row[0].text) != "ignore"]
    drafts: list[Draft] = []
    texts: list[CellText] = []
    for row in body:
        for column, owner in columns.items():
            cell, header = row[column], grid[0][column].text
            if any(cell is each for each in row[:column]) or SILENT.match(cell.text):
                continue
            label = row[0].text if 0 not in columns else ""
            told = _said(grid[0][0].text if label else "", label, header)
            if not label and is_indication(heading):  # drugs that are given together for what the heading says
                told = replace(told, indication=heading.lower())
            if role_of(header) == "maximum" and len(dose_words(cell.text)) == 1 and not has_frequency(cell.text):
                most = replace(told, condition=label.lower() or None) if told == NOTHING else told
                spans = [limit_span(cell, header)]  # "Simvastatin, most a day"
                drafts.append(Draft(header, owner, section, spans, True, context=most.within(around), listed=True))
                continue
            for first, last in segments(cell, 0, len(cell.text)):
                spans = _added(cell, header, first, last, often)
                if spans:
                    context = told.within(around)
                    scope = scope_of(header)
                    drafts.append(
                        Draft(
                            header, owner, section, spans, True, context=context, scope=scope, joined=" ", listed=True
                        )
                    )
                elif dose_words(cell.text, first, last):
                    said = told.band or told.indication == label.lower()
                    texts.append(CellText(cell, first, last, owner, "" if said else label, told))
    return drafts, texts


def _columns(grid: list[list[Block]], resolver: Resolver) -> dict[int, tuple[str, ...]]:
    """Column → its drug, of a table that has a drug over each column of doses; empty for any other table."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return {}
    width = len(grid[0])
    owners = [resolver.heading(cell.text) for cell in grid[0]]
    columns = {column: owner for column, owner in enumerate(owners) if column and owner}
    body = [row for row in grid[1:] if len(row) == width]
    if all(owners) and all(dose_words(cell.text) or SILENT.match(cell.text) for row in body for cell in row):
        return dict(enumerate(owners))  # nothing but drugs and their doses
    if (
        owners[0]
        or not columns
        or any(dose_words(row[0].text) or begins_with_name(row[0].text, resolver) for row in body)
    ):
        return {}
    if any(role_of_row(row[0].text) in _ROWS for row in body):
        return {}
    dosed = [
        column
        for column in range(1, width)
        if role_of(grid[0][column].text) not in _NO_DOSES
        and any(dose_words(unit_added(row[column].text, grid[0][column].text)) for row in body)
    ]
    if not dosed or any(column not in columns for column in dosed):
        return {}
    if any(has_frequency(grid[0][column].text) and dose_words(grid[0][column].text) for column in columns):
        return {}  # a table without a header, whose cells name their drugs
    return columns if len(body) > 1 or len(columns) > 1 else {}


def ways_across(grid: list[list[Block]], resolver: Resolver) -> bool:
    """Whether ways or people stand over the columns of one drug, and the rows say what is start, usual and most."""
    if len(grid) < 3 or len(grid[0]) < 3 or grid[0][0].text:
        return False
    heads = [context_of(cell.text, label=True) for cell in grid[0][1:]]
    if not all(each.route or each.population for each in heads) or len({repr(each) for each in heads}) < len(heads):
        return False
    labels = [row[0].text for row in grid[1:] if row]
    roles = [role_of(label) for label in labels]
    named = any(dose_words(label) or resolver.mentions(label) for label in labels)
    return not named and sum(map(bool, roles)) * 2 >= len(roles) and ("dosage" in roles or "maximum" in roles)


def _said(corner: str, label: str, header: str) -> Context:
    """Whom and what a cell is for, by the label of its row and what stands beside its drug."""
    told = context_of(f"{corner}: {label}" if is_figures(label) else label, label=True)
    if not told.indication and label and role_of(corner) == "use" and not is_figures(label):
        told = replace(told, indication=label.lower())  # "What for" | "Keeping reflux away"
    if told == NOTHING and is_figures(label):
        told = replace(told, condition=f"{corner} {label}".lower())  # "Serum K (mmol/L)" | "3.0 to 3.4"
    beside = said_of_row({}, header, ())
    named = context_of(header)
    return told.within(replace(beside, route=beside.route or named.route, population=named.population, condition=None))


def _added(cell: Block, header: str, first: int, last: int, often: str) -> list[Span]:
    """A line of a cell with the unit or the frequency that its header adds; empty where the line says all itself."""
    text = cell.text[first:last]
    told = often_in(header) or often
    stop = cut_at_limit(text)
    head = text[:stop]
    bare = not dose_words(head) and bool(dose_words(unit_added(head, header)))
    if not bare and (not told or has_frequency(_A_DOSE.sub(" ", head)) or len(dose_words(head)) != 1):
        return []
    spans = [dose_span(cell, header, first, first + stop, often)]
    if not bare and not spans[0].suffix:
        spans = [replace(spans[0], suffix=f" {told}")]
    return spans if stop == len(text) else [*spans, Span(cell, first + stop, last)]
