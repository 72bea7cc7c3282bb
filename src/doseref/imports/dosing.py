"""The dosage section of a label, read by the project's article reader; every figure beside the sentence that it was
read from.

Each subsection is an article of its own under the ingredient's name, so that no sentence borrows its drug or its
patients from another one. What is read of a single ingredient becomes a row of ``limits.csv``: a stated maximum as
``maximum``, else the top of the dosage as ``usual-top`` (``top-of-initial-range`` where the sentence speaks of a
start). Its source has the tier ``machine-read`` and the row is ``unverified``, so that it informs until a person has
set ``confirmed``. Sentences with a dose that was not read are listed too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from doseref.articles.doses import sentences
from doseref.articles.extract import extract
from doseref.articles.model import Article, Block, BlockKind, TextBuilder
from doseref.dosage.english import english
from doseref.imports.label import Label, LabelSection, Paragraph
from doseref.quantities import Amount, Period
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.statements import StatedMaximum, Statement

_SOME = re.compile(
    r"\b(?:p(?:a)?ediatric|juvenile|child|children|infants?|neonat\w+|adolescents?|years of age|renal|hepatic|kidney|"
    r"liver|dialysis|"
    r"cirrhosis|geriatric|elderly|older patients|pregnan\w+|impair\w+|clearance|co-?administ\w+|concomitant\w*|"
    r"patients (?:taking|receiving|treated|who)|interact\w*|inhibitors?|inducers?|weigh\w*|body weight)\b",
    re.I,
)
"""Words by which a section or sentence speaks of some patients only."""
_STARTING = re.compile(r"\b(?:start(?:ed|ing|s)?|initial(?:ly)?|initiat\w+|first dose|day 1|loading)\b", re.I)
"""Words of a dose that is begun with: it is no top of anything."""
_WHEN = re.compile(r"\b(?:starting \w+ (?:days?|weeks?) )?after(?: the (?:initial|first|loading) dose)?\b", re.I)
"""Words that tell when the dose begins that follows the one begun with."""
_DOSE = re.compile(
    r"(?<![\w.,-])\d[\d,.]{0,12}\s?(?:mg|mcg|g|mL|units?|tablets?|capsules?|teaspoon\w*|drops|puffs?|sprays?|patch\w*|"
    r"doses)\b|"
    r"\b(?:once|twice|times) (?:a|per|every) ",
    re.I,
)
_FIGURE = re.compile(r"[0-9]{1,9}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,6})?", re.ASCII)
_MOST = re.compile(
    r"\b(?:max(?:imum|imal|\.)?|exceed\w*|(?:more|greater|higher) than|above|at most|up to|limit\w*|ceiling)\b", re.I
)
"""Words of a sentence that states the most."""
_ONCE = re.compile(r"\b(?:dos(?:e|es|age|ing)|daily|times|every|exceed|maximum)\b", re.I)


@record
class Read:
    """One thing read: ``status`` is ``read`` or ``not read``; amounts are those of ``limits.csv``,
    empty where no row comes of it.
    """

    section: LabelSection
    status: str
    substances: tuple[str, ...]
    text: str
    meaning: str
    sentence: str
    population: str = ""
    kind: str = ""
    amount: Decimal | None = None
    unit: str = ""
    per: Period | None = None
    route: str = ""

    @property
    def figures(self) -> str:
        """The figure of the row in words; empty where there is none."""
        if self.amount is None:
            return ""
        return f"{self.kind}: {Amount(self.amount, self.unit)} {f'per {self.per}' if self.per else 'per dose'}"


def read_dosage(label: Label, substances: tuple[tuple[str, ...], ...], data: Reference) -> Iterator[Read]:
    """What the dosage section says, section by section; ``substances`` (ids) of each different product of the label."""
    for section in label.dosage:
        if len(substances) != 1:
            for _, sentence in _dosing(section):
                yield Read(section, "not read", (), "", "the label has products of different ingredients", sentence)
            continue
        yield from _section(section, substances[0], data)


def _section(section: LabelSection, substances: tuple[str, ...], data: Reference) -> Iterator[Read]:
    blocks = list(_blocks(section, " / ".join(data.name_of(each) for each in substances)))
    found = extract(Article("", "label", tuple(blocks)), data)
    told: set[str] = set()
    whole: list[str] = []
    for statement in found.statements:
        sentence = _sentence(section, statement.line, statement.column)
        told.add(sentence)
        whole.append(statement.dosage_text)
        for read in _figures(section, statement, sentence, data):
            told.add(read.sentence)
            yield read
    for loose in found.loose:
        sentence = _sentence(section, loose.location.line, loose.location.column)
        if sentence not in told:
            told.add(sentence)
            yield Read(section, "not read", (), loose.text, "could not be read for certain", sentence)
    for _, sentence in _dosing(section):
        if sentence not in told and not any(sentence.rstrip(".") in text for text in whole):
            told.add(sentence)
            yield Read(section, "not read", (), "", "holds a dose that was not read", sentence)


def _kind(sentence: str, amount: Decimal) -> str:
    """Whether an amount is the top of what is taken, or may be only what is begun with: the latter wherever the sentence
    speaks of that, but for an amount that stands behind "followed by" alone.
    """
    begun, _, then = sentence.partition(" followed by ")
    written = re.compile(rf"(?<![\d.,]){re.escape(f'{amount:f}')}(?![\d.,]*\d)")
    said = _WHEN.sub("", then) if written.search(then) and not written.search(begun) else sentence
    return "top-of-initial-range" if _STARTING.search(said) else "usual-top"


def _figures(section: LabelSection, statement: Statement, sentence: str, data: Reference) -> Iterator[Read]:
    """A row for each figure of a statement; one without a figure for one that gives none."""
    population = statement.scope or _population(section, sentence)
    ids = tuple(data.substance_ids.get(name, "") for name in statement.substances)
    plain = Read(
        section,
        "read",
        ids,
        statement.dosage_text,
        english(statement.dosage),
        sentence,
        population,
        route=statement.routes[0] if len(statement.routes) == 1 else "",
    )
    figures: list[tuple[str, str, Decimal, str, Period | None]] = []
    if len(ids) == 1 and ids[0] and statement.computable:
        figures += [
            (_of_maximum(section, statement, each, sentence), "maximum", each.amount, each.unit, each.per)
            for each in statement.maximum
        ]
        if not figures:
            figures += [
                (sentence, _kind(sentence, each.amount.high), each.amount.high, each.amount.unit, each.per)
                for each in statement.rates
                if each.per
            ]
    if not figures:
        yield plain
    for said, kind, amount, unit, per in dict.fromkeys(figures):
        whom = population or (_population(section, said) if said != sentence else "")
        yield replace(plain, sentence=said, population=whom, kind=kind, amount=amount, unit=unit, per=per)


def _of_maximum(section: LabelSection, statement: Statement, maximum: StatedMaximum, sentence: str) -> str:
    """The sentence that states a maximum of a statement whose dose stands in ``sentence``: where the reader says that it
    stands elsewhere, or the next one of the same paragraph that holds the figure and speaks of a most.
    """
    if maximum.place is not None:
        return _sentence(section, maximum.place[0], maximum.place[1])
    if not 2 <= statement.line < len(section.paragraphs) + 2:
        return sentence
    paragraph = section.paragraphs[statement.line - 2]
    if paragraph.kind == "row" or (_MOST.search(sentence) and _holds(sentence, maximum.amount)):
        return sentence
    each = [paragraph.text[start:end].strip() for start, end in sentences(paragraph.text)]
    holding = [other for other in each if _holds(other, maximum.amount)]
    return next((other for other in holding if _MOST.search(other)), (holding or [sentence])[0])


def _holds(sentence: str, amount: Decimal) -> bool:
    """Whether a sentence holds a figure, however it is written (``1,250``, ``1250.0``)."""
    return any(Decimal(found.group().replace(",", "")) == amount for found in _FIGURE.finditer(sentence))


def _population(section: LabelSection, sentence: str) -> str:
    """Whom a sentence is about, where that is not adults in general: in the words of the title,
    else that it is some.
    """
    if _SOME.search(section.title):
        return section.title[:100]
    heads = " ".join(each.text for each in section.paragraphs if each.header) if " | " in sentence else ""
    return "some patients (see the sentence)" if _SOME.search(f"{heads} {sentence}") else ""


def _dosing(section: LabelSection) -> Iterator[tuple[int, str]]:
    """The sentences (with the paragraph's number) that hold a dose, by their shape alone."""
    for number, paragraph in enumerate(section.paragraphs, 2):
        whole = [(0, len(paragraph.text))] if paragraph.kind == "row" else sentences(paragraph.text)
        for start, end in whole:
            sentence = paragraph.text[start:end].strip()
            if _DOSE.search(sentence) and (_ONCE.search(sentence) or paragraph.kind == "row"):
                yield number, sentence


def _sentence(section: LabelSection, line: int, column: int) -> str:
    """The sentence at a column (from 1) of a paragraph; ``line`` is its number among the blocks
    (the heading is the first).
    """
    if not 2 <= line < len(section.paragraphs) + 2:
        return section.title
    text = section.paragraphs[line - 2].text
    if section.paragraphs[line - 2].kind == "row":
        return text
    offset = max(0, column - 1)
    return next((text[start:end].strip() for start, end in sentences(text) if start <= offset < end), text)


def _blocks(section: LabelSection, called: str) -> Iterator[Block]:
    """The section as the blocks of an article: its drug as the heading (line 1), then its paragraphs, a line each."""
    yield _block("heading", called, 1)
    for number, paragraph in enumerate(section.paragraphs, 2):
        if paragraph.kind == "row":
            yield _row(paragraph, number)
        else:
            yield _block("item" if paragraph.kind == "item" else "text", paragraph.text, number)


def _block(kind: BlockKind, text: str, line: int) -> Block:
    builder = TextBuilder()
    builder.add(text or "-", line, 1)
    made = builder.block(kind, level=1 if kind == "heading" else 0)
    assert made is not None
    return made


def _row(paragraph: Paragraph, line: int) -> Block:
    cells = []
    column = 1
    for cell in paragraph.cells:
        builder = TextBuilder()
        builder.add(cell or "-", line, column)
        made = builder.block("cell")
        assert made is not None
        cells.append(made)
        column += len(cell) + 3
    builder = TextBuilder()
    builder.add(paragraph.text, line, 1)
    row = builder.block("row", cells=tuple(cells), header=paragraph.header, table=1)
    assert row is not None
    return row
