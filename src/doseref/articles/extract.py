"""From an article's blocks to statements: labelled lines, lists, tables, a heading per drug, and running text.

Nothing is guessed: a dose whose substance is not known for certain becomes a
:class:`~doseref.articles.extracted.Loose`.
"""

from __future__ import annotations

from collections.abc import Sequence

from doseref.articles import labels
from doseref.articles.build import build
from doseref.articles.carried_on import asks
from doseref.articles.contexts import (
    TOXIC,
    context_of,
    may_be_another_drug,
)
from doseref.articles.doses import dose_words, has_figure, has_limit, is_about_food, sentences
from doseref.articles.entries import Scene, depth_of, label_context
from doseref.articles.extract_labels import LabelReader
from doseref.articles.extract_table import read_table, signs_of
from doseref.articles.extracted import Draft, Extraction, Loose, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse, is_given
from doseref.articles.leads import Lead, lead_at, line_lead
from doseref.articles.model import TERM, Article, Block
from doseref.articles.plain import read_plain, without_beforehand
from doseref.articles.repeats import repeats
from doseref.articles.resolve import resolver
from doseref.articles.spacing import spacing_in
from doseref.articles.table_below import said_below
from doseref.articles.table_columns import IS_FORM, role_of
from doseref.articles.table_kinds import is_packing_list
from doseref.articles.table_leads import table_lead
from doseref.articles.table_notes import marked_doses, notes_in, said_of_all
from doseref.context import NOTHING
from doseref.dosage.model import Dosage
from doseref.records import replace
from doseref.refdata import Reference


def extract(article: Article, reference: Reference | None = None, parse: Parse | None = None) -> Extraction:
    """The statements of ``article``. ``parse`` is the dosage parser (default: the reference's)."""
    found = resolver(reference)
    chosen = parse or found.reference.parse
    seen: dict[str, Dosage] = {}

    as_written: dict[str, Dosage] = {}

    def raw(text: str) -> Dosage:
        """The reading of a text as it stands, worked out once: the search for an instruction's end asks more than
        once.
        """
        if text not in as_written:
            told = without_beforehand(text)
            as_written[text] = chosen(text) if told == text else replace(chosen(told), text=text)
        return as_written[text]

    def reading(text: str) -> Dosage:
        """The reading of a text in plainer words too, worked out once."""
        if text not in seen:
            seen[text] = read_plain(text, raw)
        return seen[text]

    walker = _Walker(article, found, reading, raw)
    walker.walk()
    drafts = [*walker.drafts, *repeats(article.blocks, walker.drafts, found, reading)]
    statements, unread = build(article, drafts, found, reading)
    for draft in unread:
        span = draft.dosage[0]
        told = draft.given or draft.listed
        if (told or has_frequency(span.text) or is_given(span.text)) and not _drunk(span):
            location = span.block.location(article.path, article.source, span.start, span.end)
            walker.told.loose.append(Loose(span.text, draft.heading, location, (), True))
    walker.told.loose.sort(key=lambda each: (each.location.line, each.location.column))
    return Extraction(article, statements, tuple(walker.told.loose))


def _drunk(span: Span) -> bool:
    """Whether an amount is a volume in a sentence about drinking."""
    text = span.block.text
    sentence = next((text[first:last] for first, last in sentences(text) if first <= span.start < last), text)
    return is_about_food(sentence) and not any(word.strong for word in dose_words(span.text))


class _Walker(LabelReader):
    """Goes through the blocks once."""

    def walk(self) -> None:
        """Read all blocks."""
        position = 0
        while position < len(self.blocks):
            block = self.blocks[position]
            if block.kind == "row":
                end = position
                while (
                    end < len(self.blocks) and self.blocks[end].kind == "row" and self.blocks[end].table == block.table
                ):
                    end += 1
                self._table(self.blocks[position:end], position)
                position = end
                continue
            if not labels.is_separator(block.text):
                self._block(block, position)
            position += 1
        self.close()

    def _block(self, block: Block, position: int) -> None:
        if block.kind == "heading":
            self.leads = []
            self.signs = {sign: whose for sign, whose in self.signs.items() if sign.startswith("^")}
            self.tabled, self.beside = [], (0, ())
            self.around = {level: told for level, told in self.around.items() if level < block.level}
            self.begin(block)
            return
        if self.entry is not None and self.entry.level == TERM and block.level != TERM:
            self.close(TERM)  # the list of terms has ended
        if self.tabled and block.kind == "text":
            said_below(block, self.tabled, self.resolver)
        if self.signs and self._note(block):
            return
        depth = depth_of(block)
        self.leads = [lead for lead in self.leads if lead.depth < depth]
        if depth < self.beside[0] or (depth and depth == self.beside[0] and self._another(block)):
            self.beside = (0, ())
        if not depth and not block.text.rstrip("*_ ").endswith(":"):
            self.leads = []
        parts = labels.labels_in(block.text)
        if parts:
            self.pending = ""
            told = label_context(parts[0].word)
            if told != NOTHING:
                self.leads.append(Lead(depth, None, "", told, True))
            for part in parts:
                self.labelled(part.meaning, part.word, Span(block, part.start, part.end))
            return
        following = self._next_labels(position)
        if self.heads_an_entry(block, following):
            self.open_entry(block, level=90)
            return
        if block.kind == "text" and self.opens_section(block):
            return
        start = labels.bullet_end(block.text)
        lead = line_lead(block, start, labels.content_end(block.text), self.resolver, False) if self.pending else None
        if lead is not None:
            self.leads.append(replace(lead, depth=depth))
            return
        if self.pending:
            self.labelled(
                self.pending,
                self.pending_word or self.pending,
                Span(block, start, labels.content_end(block.text)),
                keep=True,
            )
            return
        counts = has_figure(block.text) or bool(spacing_in(block.text, 0, len(block.text)))
        if counts or asks(block.text) or self._leads_on(position, depth):
            known = len(self.into)
            self.lines(block, start, labels.content_end(block.text), self._listed_below(position, depth), position)
            self.signs |= marked_doses(block, self.into[known:])
            asked = asks(block.text)
            if block.kind == "text" and not depth and (asked or len(self.into) > known):
                named = {each.substances for each in self.resolver.mentions(block.text)}
                named |= {draft.substances for draft in self.into[known:]}
                self.just = (position, named.pop() if len(named) == 1 else (), asked)
        elif block.kind == "text" and not depth and self._introduces(block, position):
            self.just = (position, self.resolver.mentions(block.text)[0].substances, False)

    def _introduces(self, block: Block, position: int) -> bool:
        """Whether a paragraph without a figure begins with a drug that the one behind it may go on about, and names no
        other.
        """
        after = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
        if after is None or after.kind != "text" or not has_figure(after.text):
            return False
        named = self.resolver.mentions(block.text)
        return bool(named) and named[0].start <= 2 and len({each.substances for each in named}) == 1

    def _another(self, block: Block) -> bool:
        """Whether an item is about another drug than the one before it, known or not."""
        text = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)]
        named = [each.substances for each in self.resolver.mentions(text)]
        return any(each != self.beside[1] for each in named) or (not named and may_be_another_drug(text[:40]))

    def _note(self, block: Block) -> bool:
        """Whether a block is footnotes of the table above it: each is about the drug that its sign stands beside."""
        notes = notes_in(block, self.signs)
        for first, last, substances in notes:
            if substances and (said := said_of_all(block.text[first:last])) != NOTHING:
                for draft in self.tabled:
                    if draft.substances == substances:
                        draft.context = draft.context.within(said)
            here = replace(self.scene(), substances=substances, heading="", dosing=bool(substances))
            lead = lead_at(block, first, last, self.resolver)
            label = block.text[first : lead[1]] if lead else ""
            if lead and substances and has_limit(label) and not self.resolver.mentions(label):
                most = Span(block, lead[1], last, "max ")  # "Maximum for adults: 3,000 mg/day"
                told = context_of(label).within(here.context)
                self.into.append(Draft("", substances, self.section, [most], False, context=told, listed=True))
                continue
            amount = next(iter(dose_words(block.text, first, last)), None)
            alone = bool(substances) and amount is not None and amount.start - first < 5
            self.running(block, first, last, here, listed=alone)
        return bool(notes)

    def _leads_on(self, position: int, depth: int) -> bool:
        """Whether what a block without a figure says may count for a block below it; most of an article's text is of
        no dose, and need not be read.
        """
        for place in range(position + 1, len(self.blocks)):
            block = self.blocks[place]
            if block.kind == "row":
                return True
            if block.kind == "heading":
                return False
            if labels.is_separator(block.text):
                continue
            if labels.labels_in(block.text):
                return True
            ends = block.text.rstrip("*_ ").endswith(":")
            below = depth_of(block)
            if below <= depth and (depth or not ends):
                return False
            if has_figure(block.text) or (block.kind == "text" and (block.strong or ends)):
                return True
        return False

    def _listed_below(self, position: int, depth: int) -> bool:
        """Whether the next block stands deeper in the same list, or a list follows a line of its own."""
        if position + 1 >= len(self.blocks):
            return False
        block, after = self.blocks[position], self.blocks[position + 1]
        return (
            after.kind not in ("row", "heading") and after.depth > depth and (block.depth > 0 or len(block.text) < 60)
        )

    def _next_labels(self, position: int) -> tuple[labels.FieldLabel, ...]:
        for block in self.blocks[position + 1 : position + 6]:
            if block.kind in ("row", "heading"):
                return ()
            if not labels.is_separator(block.text):
                return labels.labels_in(block.text)
        return ()

    def _pairs(self, rows: Sequence[Block]) -> bool:
        """A table that is a list of labels and their contents ("Dosage | 2 mg"), read as labelled lines."""
        pairs = [list(dict.fromkeys(row.cells)) for row in rows]
        if self.entry is None or any(len(pair) != 2 for pair in pairs):
            return False
        meanings = [labels.label_word(pair[0].text) for pair in pairs]
        if sum(meaning is not None for meaning in meanings) * 2 <= len(pairs) or "dosage" not in meanings:
            return False
        for meaning, (label, content) in zip(meanings, pairs, strict=True):
            if meaning is not None:
                self.labelled(meaning, label.text.lower(), Span(content, 0, len(content.text)))
        return True

    def _above(self, position: int) -> tuple[str, str]:
        """The heading or caption of a table, and the sentences that stand right in front of it."""
        text = heading = ""
        for block in reversed(self.blocks[max(0, position - 3) : position]):
            if block.kind == "heading":
                heading = block.text
                break
            if block.kind != "text":
                break
            text = f"{block.text} {text}".strip()
        return heading, text

    def _table(self, rows: Sequence[Block], position: int) -> None:
        known = len(self.into)
        above = self._above(position)
        if not self._pairs(rows) and not is_packing_list(rows, above):
            scene = self.scene()
            lead = (
                table_lead(self.blocks[position - 1], rows, self.resolver)
                if position and not scene.substances
                else None
            )
            self._doses(rows, above, self.scene(lead) if lead is not None else scene)
        self.tabled = self.into[known:]

    def _doses(self, rows: Sequence[Block], above: tuple[str, str], scene: Scene) -> None:
        self.signs = {sign: whose for sign, whose in self.signs.items() if sign.startswith("^")}
        self.signs |= signs_of(rows, self.resolver, scene.substances)
        reading = read_table(rows, self.resolver, self.section, scene.heading, scene.substances, scene.context, above)
        if reading.silent:
            return
        known = len(self.into)
        for cell in reading.spanning:
            self.lines(cell, 0, len(cell.text))
        for cell, first, last, owner, label, own, listed in reading.prose:
            told = own.within(scene.context)
            told = told if own.condition else replace(told, condition=label.lower() or None)
            here = replace(scene, substances=owner, heading="", dosing=True, context=told)
            self.running(cell, first, last, here, report=listed, listed=listed)
        if not reading.drafts and not reading.unowned and not reading.prose:
            if any(context_of(cell.text, label=True).purpose == TOXIC for cell in rows[0].cells):
                return
            idle = {at for at, cell in enumerate(rows[0].cells) if role_of(cell.text) == "ignore"}
            forms = {at for at, cell in enumerate(rows[0].cells) if IS_FORM.fullmatch(cell.text)}
            idle |= forms if len(forms) > 1 else set()  # what each of them holds
            for row in rows:
                for cell in dict.fromkeys(cell for at, cell in enumerate(row.cells) if at not in idle):
                    if cell.text and dose_words(cell.text):
                        label = row.cells[0].text
                        told = replace(scene.context, condition=label.lower() or None)
                        owner = self.resolver.heading(label) if cell is not row.cells[0] else ()
                        if not owner and cell is not row.cells[0] and not may_be_another_drug(label):
                            owner = scene.substances
                        here = replace(scene, context=told, substances=owner)
                        self.running(cell, 0, len(cell.text), here, report=False, listed=True)
            return
        drafts = [*self.into[known:], *reading.drafts]
        self.into[known:] = sorted(drafts, key=lambda draft: draft.dosage[0].block.place(draft.dosage[0].start))
        for name, figure in reading.unowned:
            self.told.report(figure, 0, len(figure.text), name.text)
