"""Tables of doses: which column is the name and which the dose, and what the header adds to a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles.contexts import TOXIC, context_of, is_indication, may_be_another_drug
from doseref.articles.doses import dose_words, sentences
from doseref.articles.extracted import Draft
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import most_label
from doseref.articles.model import Block
from doseref.articles.resolve import Resolver
from doseref.articles.table_bands import by_bands, turned_bands
from doseref.articles.table_cells import often_in
from doseref.articles.table_columns import (
    is_turned,
    one_header,
    role_of,
    roles_of,
)
from doseref.articles.table_drugs import by_drug, ways_across
from doseref.articles.table_kinds import ANTIDOTE, compares_drugs, named_limits, naming_cells, owners_on_top
from doseref.articles.table_more import TableReading
from doseref.articles.table_notes import marked, unmarked
from doseref.articles.table_qualifiers import mark_qualifiers
from doseref.articles.table_rows import RowReader
from doseref.articles.table_units import unit_of_table, with_units
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_EFFECT = regex(r"\b(?:onset|peak)\b", re.I)
_PREVENTS = regex(r"\W*(?:table\s+\w{1,3}\W+)?(?:\w+\s+){0,2}(?:prevention|prophylaxis)(?:\s+of\s+\w+)?\W*", re.I)
"""The heading of a table of doses that prevent something."""
_FOR_USE = regex(r"\W*for\s+([^,:;()]{3,40}?)\W*", re.I)
"""The header of the names in a table that is about one use: "For nerve pain"."""
_LONGEST_TITLE = 60
"""Characters of a cell that takes a whole row and is the title of the rows below it."""


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
    grid = one_header(_unmarked(rows), [row.header for row in rows])
    if not grid or not grid[0]:
        return TableReading([], [], [], [])
    grid, titled = _titled(grid, resolver)
    subject = subject or titled
    grid = _named_in_corner(grid, resolver)
    if not subject and (subject := led_by(above[1], resolver)):
        around = replace(around, population=context_of(above[1]).population or around.population)
    unit = unit_of_table(*above, grid[0][0].text)
    grid = with_units(grid, unit)
    if is_turned(grid, resolver) or turned_bands(grid) or (subject and ways_across(grid, resolver)):
        width = max(len(row) for row in grid)
        empty = Block("cell", "", ())
        grid = [[row[column] if column < len(row) else empty for row in grid] for column in range(width)]
        grid = with_units(grid, unit)
    if around.purpose == TOXIC or any(context_of(cell.text, label=True).purpose == TOXIC for cell in grid[0]):
        return TableReading([], [], [], [])
    lean = [grid[0], *(row for row in grid[1:] if not _is_spanning(row))]
    whole = [row[0] for row in grid[1:] if _is_spanning(row)]
    banded = by_bands(lean, subject, section, heading, around, resolver, above)
    if banded:
        return TableReading(banded, [], whole, [])
    if compares_drugs(lean, resolver):
        return TableReading([], [], whole, [], silent=True)
    lean, switched = owners_on_top(lean, resolver)
    if switched:
        grid = lean
    often = often_above(above, resolver, subject)
    drafts, named = by_drug(lean, resolver, section, around, often, above[0])
    if named or drafts:
        return TableReading(drafts, [], whole, named)
    if named := naming_cells(grid, resolver):
        return TableReading(named_limits(grid, resolver, section, around), [], [], named)
    roles, body = roles_of(lean if titled else grid, resolver, subject, rows[0].header and not titled)
    if any(ANTIDOTE.search(cell.text) for cell in grid[0][1:]):
        doses = [(row[0], cell) for row in grid[1:] for cell in row[1:] if dose_words(cell.text)]
        return TableReading([], doses, whole, [])
    if any(_EFFECT.search(cell.text) for cell in grid[0]):
        roles = ["" if role == "duration" else role for role in roles]  # how long it works, not how long it is taken
    if roles.count("part of day") < 2 and "dosage" not in roles and "maximum" not in roles:
        return TableReading([], [], [], [])
    if roles.count("dosage") > 1 and around.purpose in ("starting", "maintenance", "target"):
        around = replace(around, purpose=None)  # "Start and maximum" above a table of both
    around = _beside_name(roles, grid[0], body).within(around)
    reading = TableReading([], [], [], [])
    mark_qualifiers(roles, grid[body:])
    headers = [cell.text for cell in grid[0]] if body == 1 else [""] * len(grid[0])
    if body == 1:
        often = often or (often_in(headers[roles.index("name")]) if "name" in roles else "")
        _all_of_most(roles, headers, grid[body:], above, resolver)
    reader = RowReader(roles, headers, resolver, section, heading, subject, around, often, reading)
    begun = [resolver.heading(row[0].text.partition(",")[0]) for row in grid[body:] if row and "," in row[0].text]
    reader.repeated = frozenset(each for each in begun if each and begun.count(each) > 1)
    for row in grid[body:]:
        if _is_spanning(row):
            reading.spanning.append(row[0])
            if not dose_words(row[0].text) and len(row[0].text) < _LONGEST_TITLE:
                titled = resolver.heading(row[0].text)
                reader.untitled = not titled and may_be_another_drug(row[0].text)
                reader.subject = titled or (() if reader.untitled else subject)
                reader.around = (context_of(row[0].text, label=True) if not titled else NOTHING).within(around)
            continue
        reader.read(row)
    _set_apart(reading.drafts, resolver)
    if _PREVENTS.fullmatch(above[0]):
        for draft in reading.drafts:  # "Table 4. Prevention": what it is for stands in the row
            use = draft.context.indication
            draft.context = replace(draft.context, indication=f"{use}, prevention" if use else "prevention")
    return reading


def _all_of_most(
    roles: list[str], headers: list[str], body: list[list[Block]], above: tuple[str, str], resolver: Resolver
) -> None:
    """Make the one column of amounts of a table a column of maxima where its heading, or the sentence that leads to it,
    says so ("Maximum daily doses" above "Drug | Amount").
    """
    amounts = [at for at, role in enumerate(roles) if role == "dosage"]
    if len(amounts) != 1 or {"maximum", "frequency", "part of day"} & set(roles):
        return
    column = amounts[0]
    cells = [row[column].text for row in body if column < len(row)]
    led = above[1] if above[1].rstrip("*_ ").endswith(":") else ""
    said = most_label(above[0], resolver) or (most_label(led, resolver) if led else "")
    if said and not any(map(has_frequency, cells)) and role_of(above[0]) in ("maximum", "dosage", ""):
        roles[column], headers[column] = "maximum", f"{said} {headers[column]}"


def _is_spanning(row: list[Block]) -> bool:
    """Whether one cell takes a whole row: a sentence, or the title of the rows below it."""
    return len(row) > 1 and len({id(cell) for cell in row}) == 1


def _beside_name(roles: list[str], headers: list[Block], body: int) -> Context:
    """What the header of the names says of all of them: "Drug (all oral)", "Medicine, adults"."""
    if body != 1 or "name" not in roles:
        return NOTHING
    header = headers[roles.index("name")].text
    told = context_of(header)
    use = _FOR_USE.fullmatch(header)
    indication = use.group(1).lower() if use and is_indication(use.group(1)) else None
    return Context(population=told.population, route=told.route, indication=indication)


def _titled(grid: list[list[Block]], resolver: Resolver) -> tuple[list[list[Block]], tuple[str, ...]]:
    """A table whose first row is nothing but a drug's name, the title of the rows below it: with the row of headers
    behind it in front, else with an empty one; and the drug.
    """
    if len(grid) < 3 or not _is_spanning(grid[0]) or dose_words(grid[0][0].text):
        return grid, ()
    owner = resolver.heading(grid[0][0].text)
    if not owner:
        return grid, ()
    if not any(dose_words(cell.text) for cell in grid[1]) and any(role_of(cell.text) for cell in grid[1]):
        return grid[1:], owner
    return [[Block("cell", "", ()) for _ in grid[0]], *grid], owner


def _named_in_corner(grid: list[list[Block]], resolver: Resolver) -> list[list[Block]]:
    """A table of two columns with a drug over the labels of its doses, with the drug over the doses."""
    head = grid[0]
    if len(head) != 2 or any(map(str.isalnum, head[1].text)) or not resolver.heading(head[0].text):
        return grid
    return [[head[1], head[0]], *grid[1:]]


def _unmarked(rows: Sequence[Block]) -> list[list[Block]]:
    """The cells without the signs of footnotes; a cell that spans several columns or rows stays one."""
    known: dict[int, Block] = {}
    return [
        [known.setdefault(id(cell), unmarked(cell, row.header or row is rows[0])) for cell in row.cells] for row in rows
    ]


def signs_of(rows: Sequence[Block], resolver: Resolver, subject: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The signs of footnotes in a table, and whom each is about."""
    return marked(_unmarked(rows), resolver, subject)


_FORMS_OF_ONE = frozenset("sr xr xl er cr mr la ir dr ec ds".split())


def _apart(own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name is the longer or the shorter one, or differs in its release form ("Bupropion SR", "XL")."""
    return own < other or other < own or (own != other and own ^ other <= _FORMS_OF_ONE)


_BRACKET = regex(r"\(([^()]*)\)")


def _words(draft: Draft, resolver: Resolver) -> frozenset[str]:
    """The words of a row's name, less a bracket that only names its drug again ("Sertraline (Zoloft)")."""

    def kept(hit: re.Match[str]) -> str:
        named = [resolver.heading(part) for part in re.split(r"[,;/]", hit[1])]
        return " " if draft.substances in named and not _RELEASED & set(hit[1].lower().split()) else hit.group()

    return frozenset(_BRACKET.sub(kept, draft.heading).lower().split()) - {"or", "and", "plus"}


_RELEASED = frozenset("mr er sr xl xr cr ir".split())


def _set_apart(drafts: list[Draft], resolver: Resolver) -> None:
    """Rows of one substance under a shorter and a longer name ("Carvedilol",
    "Carvedilol phosphate") are meant apart.
    """
    names: dict[tuple[str, ...], set[frozenset[str]]] = {}  # each name once: a long table has few for one drug
    for draft in drafts:
        names.setdefault(draft.substances, set()).add(_words(draft, resolver))
    for draft in drafts:
        own = _words(draft, resolver)
        if not draft.context.release and _RELEASED & set(draft.heading.lower().split()):
            draft.context = replace(draft.context, release=context_of(draft.heading).release)
        alone = len({frozenset(each & _RELEASED) for each in names[draft.substances]} - {frozenset()}) == 1
        others = (each for each in names[draft.substances] if not (alone and own ^ each <= _RELEASED))
        if not draft.context.condition and any(_apart(own, other) for other in others):
            draft.context = replace(draft.context, condition=draft.heading.lower())


_OF_ALL = regex(
    r"\b(?:all|each|these|both|doses?|tablets?|capsules?|patch(?:es)?|injections?|medicines?|drugs?|given?|taken?|"
    r"below|following|"
    r"listed)\b",
    re.I,
)


def led_by(text: str, resolver: Resolver) -> tuple[str, ...]:
    """The one drug, or the combination, of a table that no heading names but the sentence which leads to it ("Children
    have the small tablets of atovaquone with proguanil (62.5 mg/25 mg), by weight:").
    """
    if not text.rstrip("*_ ").endswith(":"):
        return ()
    first, last = sentences(text)[-1]
    named = resolver.mentions(text[first:last])
    return resolver.heading(text[first : first + named[-1].end]) if named else ()


_OF_SOME = regex(r"\b(?:if|unless|when|while|except|instead|rather|some|sometimes|until|but|not|never)\b", re.I)
"""Words by which a sentence above a table is of some of its doses at most: "take in the morning if you feel drowsy"."""


_IF_NEEDED = regex(
    r"\b(?:as|if|when|where|only\s+if|only\s+when)\s+(?:needed|required|necessary|you\s+need\s+(?:it|them)|pain\s+returns)\b|\bwith\s+or\s+without\s+food\b",
    re.I,
)
"""That the doses of a table are taken as needed, which is so of all of them."""
_BARE = regex(
    r"(?:\b(?:give|given|take|taken|use|used|repeat(?:ed)?|may|can|be|is|are|it|this|them|one|by|mouth|oral(?:ly)?|with|after|before|food|meals?|"
    r"a|an|the|full|glass|of|water|milk|not|no|more|than|up|to|at|least|most|adults?|children|for|and|or|doses?|times?|in|any|day|hours?|each|every|"
    r"apart|days?|weeks?|regular(?:ly)?|usual(?:ly)?|only|chewed|swallowed|injected|inhaled|under|skin|into|muscle|vein|IV|IM|SC|PO)\b|[^A-Za-z])+",
    re.I,
)
"""A sentence or a caption of nothing but how doses are taken."""


def often_above(above: tuple[str, str], resolver: Resolver, subject: tuple[str, ...] = ()) -> str:
    """How often the doses of a table are taken, as its heading, its caption or the sentence in front of it says of all of
    them; empty where they say nothing of it. They may name the drug that the table is about.
    """
    for place, each in ((at, text[first:last]) for at, text in enumerate(above) for first, last in sentences(text)):
        named = {name for mention in resolver.mentions(each) for name in mention.substances}
        if (named and named != set(subject)) or dose_words(each):
            continue
        told = often_in(each)
        plain = _IF_NEEDED.sub(" ", each)
        bare = told and _BARE.fullmatch(plain.replace(told, " ")) is not None
        if not told or (_OF_SOME.search(plain) and not bare):
            continue
        if not place or bare or named or _OF_ALL.search(each):
            return told
    return ""
