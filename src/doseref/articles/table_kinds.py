"""Kinds of tables that are told by their cells: those whose cells name their drugs, and lists of what to pack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.contexts import context_of, may_be_another_drug, step_of
from doseref.articles.doses import dose_words
from doseref.articles.extracted import Draft
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import segments
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_cells import limit_span
from doseref.articles.table_columns import CellText, begins_with_name, role_of
from doseref.articles.table_headers import labelled
from doseref.context import Context
from doseref.patterns import regex
from doseref.records import replace


def naming_cells(grid: list[list[Block]], resolver: Resolver) -> list[CellText]:
    """The doses of a table whose cells name their drug each: the row says what it is for,
    the column how it is given.
    """
    if len(grid) < 2 or len(grid[0]) < 2:
        return []
    headed = not any(dose_words(cell.text) for cell in grid[0])
    body = grid[1:] if headed else grid
    if any(dose_words(row[0].text) or resolver.mentions(row[0].text) for row in body if row):
        return []
    most = _limit_columns(grid[0]) if headed else set()
    cells = [
        (row, column)
        for row in body
        for column in range(1, len(row))
        if column not in most and dose_words(row[column].text)
    ]
    own = [
        (row, column)
        for row, column in cells
        if begins_with_name(_ADDED.sub("", row[column].text), resolver) or _of_row(row, column, resolver)
    ]
    if len(own) < 2 or len(own) * 4 < len(cells) * 3:
        return []
    if headed and _bought(grid[0], body, own, resolver):
        return []
    found = []
    for row, column in cells:
        header = grid[0][column].text if headed and column < len(grid[0]) else ""
        told = context_of(header, label=True)
        label = labelled(grid[0][0].text, row[0].text) if headed else row[0].text
        if (step := step_of(header)) and row[0].text:  # "First" | "Then"
            told = replace(told, indication=row[0].text.lower(), purpose=None, condition=step)
        owner = _of_row(row, column, resolver)
        for first, last in segments(row[column], 0, len(row[column].text)):
            found.append(CellText(row[column], first, last, owner, label, told))
    return found


def _bought(head: list[Block], body: list[list[Block]], own: list[tuple[list[Block], int]], resolver: Resolver) -> bool:
    """Whether the cells that name a drug say what one piece of it holds, and another column how much of it is taken ("What
    to buy" | "How much").
    """
    named = [(row, column) for row, column in own if resolver.mentions(row[column].text)]
    columns = {column for _, column in named}
    if any(has_frequency(row[column].text) for row, column in named):
        return False
    others = [at for at, cell in enumerate(head) if at and at not in columns and role_of(cell.text) == "dosage"]
    return any(
        all(has_frequency(row[at].text) and not resolver.mentions(row[at].text) for row in body if at < len(row))
        for at in others
    )


_ADDED = regex(
    r"\A\W*(?:(?:add|plus|or|then|and|also|try|give|use|take|start|switch\s+to|change\s+to|move\s+to|begin|with|oral|IV|topical)\s+){1,3}",
    re.I,
)
"""What a cell says in front of its drug."""


def _limit_columns(header: list[Block]) -> set[int]:
    """The columns whose header says that they hold the most that may be taken."""
    return {at for at, cell in enumerate(header) if at and role_of(cell.text) == "maximum"}


def named_limits(grid: list[list[Block]], resolver: Resolver, section: str, around: Context) -> list[Draft]:
    """The maxima of a table whose cells name their drug each: those of the one drug that a row names."""
    found = []
    for row in grid[1:]:
        for column in sorted(_limit_columns(grid[0])):
            cell = row[column] if column < len(row) else None
            if cell is None or len(dose_words(cell.text)) != 1 or resolver.mentions(cell.text):
                continue
            named = {each.substances for other in row[1:] for each in resolver.mentions(other.text)}
            if len(named) != 1 or any(row[at] is cell for at in range(column)):
                continue
            owner = named.pop()
            span = limit_span(cell, grid[0][column].text)
            draft = Draft(" / ".join(owner), owner, section, [span], True, context=around, listed=True)
            found.append(draft)
    return found


def _of_row(row: list[Block], column: int, resolver: Resolver) -> tuple[str, ...]:
    """Whose a cell is that begins with its amount and names nobody: the one drug that the other cells of its row name
    ("paracetamol 500 mg" | "15 mg/kg").
    """
    text = row[column].text
    words = dose_words(text)
    if not words or words[0].start > 2 or resolver.mentions(text) or may_be_another_drug(text):
        return ()
    dosed = [cell.text for cell in row[1:] if dose_words(cell.text)]
    named = {each.substances for cell in dosed for each in resolver.mentions(cell)}
    return named.pop() if len(named) == 1 else ()


_HOW_MANY = regex(
    r"\W*(?:how\s+(?:much|many)|amounts?|number|counts?|qty|quantity|packs?|what\s+to\s+(?:pack|take|carry|bring))\b",
    re.I,
)
_PACKED = regex(
    r"\b(?:pack(?:ing|ed)?|kits?|cabinet|luggage|rucksack|shopping|stock|supplies|suppl(?:y|ied)|carry|bring)\b",
    re.I,
)
_PIECES = regex(
    r"\W*(?:\d{1,4}(?:\s?[x×]\s?\d{1,4})?\s*(?:tablets?|tabs?|capsules?|caps?|caplets?|sachets?|m[lL]|g|pieces?|packs?|boxes|box|strips?|"
    r"bottles?|tubes?|patches|lozenges?|inhalers?|pens?|ampoules?|vials?|suppositories)?(?:\s+of\s+\d+)?)?\W*",
    re.I,
)


def is_packing_list(rows: Sequence[Block], above: tuple[str, str]) -> bool:
    """Whether a table says how many pieces of what to have at hand: strengths stand with the names, pieces beside them,
    and nowhere how often.
    """
    head, body = rows[0].cells, [row.cells for row in rows[1:] if len(row.cells) > 1]
    texts = [cell.text for row in rows for cell in row.cells]
    if len(head) < 2 or not body or any(map(has_frequency, texts)):
        return False
    packed = any(map(_PACKED.search, (*above, *(cell.text for cell in head))))
    if not packed and not any(_HOW_MANY.match(cell.text) for cell in head[1:]):
        return False
    strengths = any(dose_words(row[0].text) for row in body)
    return (packed or strengths) and all(_PIECES.fullmatch(cell.text) for row in body for cell in row[1:])


_OTHER = regex(
    r"\b(?:other|second|co-?|interact\w*|combin\w*|together|added|given|taken)[\s-]*(?:with|medicines?|drugs?|medication)\b|\A\W*with\b|"
    r"\binteractions?\b|\A\W*(?:if\s+you\s+(?:also\s+)?(?:take|use|are\s+on)|(?:you\s+)?also\s+(?:take|taking|on)|taken\s+besides)\b",
    re.I,
)
"""The header of drugs that are taken besides those of the other columns."""
_FROM = regex(
    r"\W*(?:instead\s+of|in\s+place\s+of|rather\s+than)\b|\W*(?:(?:chang|switch|convert)\w*\s+)?from\b|\W*(?:old|present|current)\s+(?:drug|medicine)\b",
    re.I,
)
_TO = regex(
    r"\W*(?:take|use|give|have|start|try)\W*\Z|\W*(?:(?:chang|switch|convert)\w*\s+)?to\b|\W*new\s+(?:drug|medicine)\b",
    re.I,
)


_RATE = regex(r"(?:/|\bper\b|\ban?\b)\s?h(?:ou)?r?\b", re.I)


def compares_drugs(grid: list[list[Block]], resolver: Resolver) -> bool:
    """Whether a table says what an amount of one drug is worth in another: a drug stands over amounts, other drugs or
    amounts of another drug in front of them, and nowhere how often.
    """
    if len(grid) < 3 or len(grid[0]) < 2 or _OTHER.search(grid[0][0].text):
        return False
    head, body = grid[0], [row for row in grid[1:] if len(row) > 1]
    over = [resolver.heading(cell.text) for cell in head]
    if not any(over[1:]) or any(has_frequency(_RATE.sub(" ", cell.text)) for row in body for cell in row):
        return False
    named = [resolver.heading(row[0].text) for row in body]
    apart = sum(bool(name) and name not in over[1:] for name in named)
    amounts = all(dose_words(cell.text) for row in body for cell in row)
    return apart * 2 > len(body) or (all(over) and len(set(over)) > 1 and len(body) > 1 and amounts)


def owners_on_top(grid: list[list[Block]], resolver: Resolver) -> tuple[list[list[Block]], bool]:
    """A table of drugs that are taken besides, with what its first column says as a condition ("Other medicine" |
    "Simvastatin"); a table of a change from one drug to another without the one that is left. Else the grid as it is.
    """
    head = grid[0]
    if len(head) < 2:
        return grid, False
    froms = [at for at, cell in enumerate(head) if _FROM.match(cell.text)]
    tos = [at for at, cell in enumerate(head) if _TO.match(cell.text)]
    if len(froms) == len(tos) == 1 and froms != tos:
        name = replace(head[tos[0]], text="Drug")
        rows = [[cell for at, cell in enumerate(row) if at != froms[0]] for row in grid]
        rows[0] = [name if cell is head[tos[0]] else cell for cell in rows[0]]
        return rows, True
    if not _OTHER.search(head[0].text) or not any(resolver.heading(cell.text) for cell in head[1:]):
        return grid, False
    body = [[replace(row[0], text=_beside(row[0].text, resolver)), *row[1:]] if row else row for row in grid[1:]]
    return [head, *body], True


ANTIDOTE = regex(r"\b(?:antidotes?|reversal\s+agents?|reversed\s+(?:by|with))\b", re.I)
"""The header of what undoes the drug of another column: whose the dose is, the table alone does not tell."""


def _beside(label: str, resolver: Resolver) -> str:
    """A label that names a drug as one that is taken besides: the heading of no row."""
    return f"if already on {label}" if resolver.mentions(label) else label
