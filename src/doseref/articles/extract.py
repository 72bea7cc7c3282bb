"""From an article's blocks to statements: labelled lines, lists, tables, a heading per drug, and running text.

Nothing is guessed: a dose whose substance is not known for certain becomes a :class:`~doseref.articles.extracted.Loose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from doseref.articles import labels
from doseref.articles.build import build
from doseref.articles.doses import dose_words, has_frequency, is_about_food, sentences
from doseref.articles.extract_prose import Parse, prose
from doseref.articles.extract_table import read_table
from doseref.articles.extracted import Draft, Extraction, Loose, Span
from doseref.articles.model import Article, Block
from doseref.articles.plain import read_plain
from doseref.articles.reported import NAME_FIRST, Reporter
from doseref.articles.resolve import Resolver, resolver
from doseref.articles.terms import scope_of
from doseref.dosage.model import Dosage
from doseref.refdata import Reference

_LONGEST_HEADING = 120
_LONGEST_ENTRY = 200


def extract(article: Article, reference: Reference | None = None, parse: Parse | None = None) -> Extraction:
    """The statements of ``article``. ``parse`` is the dosage parser (default: the reference's)."""
    found = resolver(reference)
    chosen = parse or found.reference.parse
    seen: dict[str, Dosage] = {}

    def reading(text: str) -> Dosage:
        """The reading of a text, worked out once: the search for an instruction's end asks more than once."""
        if text not in seen:
            seen[text] = read_plain(text, chosen)
        return seen[text]

    walker = _Walker(article, found, reading, chosen)
    walker.walk()
    statements, unread = build(article, walker.drafts, found, reading)
    for draft in unread:
        span = draft.dosage[0]
        if has_frequency(span.text) and not _drunk(span):
            location = span.block.location(article.path, article.source, span.start, span.end)
            walker.told.loose.append(Loose(span.text, draft.heading, location, (), True))
    walker.told.loose.sort(key=lambda each: (each.location.line, each.location.column))
    return Extraction(article, statements, tuple(walker.told.loose))


def _drunk(span: Span) -> bool:
    """Whether an amount is a volume in a sentence about drinking."""
    text = span.block.text
    sentence = next((text[first:last] for first, last in sentences(text) if first <= span.start < last), text)
    return is_about_food(sentence) and not any(word.strong for word in dose_words(span.text))


def _first_sentences(span: Span) -> tuple[Span, Span | None]:
    """The instruction of a labelled line, and what further sentences say after it."""
    text = span.block.text[span.start : span.end]
    parts = sentences(text)
    if len(parts) < 2 or not dose_words(text[parts[0][0] : parts[0][1]]):
        return span, None
    middle = span.start + parts[0][1]
    return Span(span.block, span.start, middle), Span(span.block, middle, span.end)


@dataclass(slots=True)
class _Entry:
    """What is being said about one heading."""

    heading: str
    block: Block | None
    substances: tuple[str, ...]
    level: int
    section: str
    scope: str | None
    drafts: list[Draft] = field(default_factory=list)
    class_text: str = ""
    timing: list[str] = field(default_factory=list)
    side_effects: list[str] = field(default_factory=list)
    extra: list[Span] = field(default_factory=list)
    """Maximum, duration and route lines that stand before the dosage line."""


class _Walker:
    """Goes through the blocks once and keeps the section, the entry and the label that is open."""

    def __init__(self, article: Article, found: Resolver, parse: Parse, raw: Parse) -> None:
        self.article, self.resolver, self.parse, self.raw = article, found, parse, raw
        self.blocks: Sequence[Block] = article.blocks
        self.drafts: list[Draft] = []
        self.told = Reporter(article, found, raw)
        self.section = ""
        self.section_level = 0
        self.entry: _Entry | None = None
        self.outer: list[_Entry] = []
        """Headings above the open one whose substance still holds for what stands under them."""
        self.pending = ""

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
                self._table(self.blocks[position:end])
                position = end
                continue
            if not labels.is_separator(block.text):
                self._block(block, position)
            position += 1
        self._close()

    # -- one block -------------------------------------------------------------------------------------------------

    def _block(self, block: Block, position: int) -> None:
        if block.kind == "heading":
            self._heading(block)
            return
        parts = labels.labels_in(block.text)
        if parts:
            self.pending = ""
            for part in parts:
                self._labelled(part.meaning, part.word, Span(block, part.start, part.end))
            return
        following = self._next_labels(position)
        if self._heads_an_entry(block, following):
            self._open(block, level=90)
            return
        if block.kind == "text" and self._opens_section(block):
            return
        start = labels.bullet_end(block.text)
        if self.pending:
            self._labelled(self.pending, self.pending, Span(block, start, labels.content_end(block.text)), keep=True)
            return
        self._prose(block, start, labels.content_end(block.text))

    def _next_labels(self, position: int) -> list[labels.Label]:
        for block in self.blocks[position + 1 : position + 6]:
            if block.kind in ("row", "heading"):
                return []
            if not labels.is_separator(block.text):
                return labels.labels_in(block.text)
        return []

    def _heads_an_entry(self, block: Block, following: Sequence[labels.Label]) -> bool:
        """Whether a line is the heading of labelled lines: short, no sentence, and a label comes next."""
        if not following or len(block.text) > _LONGEST_HEADING:
            return False
        bare = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)].rstrip("*")
        if not bare or bare.endswith((".", "?", "!", ";")) or (bare.endswith(":") and len(bare) > 60):
            return False
        if dose_words(bare) and has_frequency(bare):
            return False
        return following[0].meaning != "other" or bool(self.resolver.heading(bare.rstrip(":")))

    def _opens_section(self, block: Block) -> bool:
        """A short line without a full stop that names a section ("Dietary Molecular Supplements")."""
        text = block.text[labels.bullet_end(block.text) :].strip(" *:")
        if len(text) > 70 or text.endswith((".", "?", "!", ",", ";")) or dose_words(text) or not text[:1].isupper():
            return False
        section = labels.section_of(text)
        if section is None or len(text.split()) > 8:
            return False
        self._close()
        self.section, self.section_level = section, 80
        return True

    # -- headings and entries --------------------------------------------------------------------------------------

    def _heading(self, block: Block) -> None:
        text = block.text[labels.bullet_end(block.text) :].strip(" *:")
        meaning = labels.label_word(text)
        if meaning is not None and meaning != "name" and (self.entry is not None) and block.level > self.entry.level:
            self.pending = meaning
            return
        substances = self.resolver.heading(text)
        section = labels.section_of(text)
        if not substances and section is not None:
            self._close(block.level)
            self.section, self.section_level = section, block.level
            return
        if not substances and block.level <= self.section_level:
            self.section = ""
        self._open(block, level=block.level)

    def _open(self, block: Block, *, level: int) -> None:
        """Begin the entry that ``block`` heads."""
        text = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)].strip(" *_:")
        text, _, kind = text.partition(" ~ ")
        self._close(level)
        inherited = next((entry for entry in reversed(self.outer) if entry.level < level), None)
        substances = self.resolver.heading(text)
        scope = scope_of(text)
        if not substances and inherited is not None and inherited.substances and level < 90:
            self.entry = _Entry(
                inherited.heading, block, inherited.substances, level, self.section, scope or inherited.scope
            )
        else:
            self.entry = _Entry(text, block, substances, level, self.section, scope)
        if kind and substances:
            self.entry.class_text = kind
        if level < 90:
            self.outer.append(self.entry)

    def _close(self, level: int = 0) -> None:
        """End the open entry, and every heading at ``level`` or below it."""
        entry, self.entry = self.entry, None
        self.pending = ""
        if entry is not None:
            self._finish(entry)
        self.outer = [outer for outer in self.outer if outer.level < level]

    def _finish(self, entry: _Entry) -> None:
        labelled = [draft for draft in entry.drafts if draft.labelled]
        if any(draft.label.startswith("maintenance") for draft in labelled):
            for draft in labelled:
                if draft.label.startswith(("initial", "starting", "loading")):
                    draft.scope = draft.scope or "the first days"
        for draft in entry.drafts:
            if draft.labelled:
                draft.class_text = draft.class_text or entry.class_text
                draft.timing = draft.timing or entry.timing
                draft.side_effects = draft.side_effects or entry.side_effects
            self.drafts.append(draft)
        entry.drafts = []

    # -- labelled lines --------------------------------------------------------------------------------------------

    def _labelled(self, meaning: str, word: str, span: Span, *, keep: bool = False) -> None:
        text = span.text
        if not text:
            self.pending = meaning
            return
        self.pending = meaning if keep else ""
        if meaning == "name":
            self._close(91)
            self.entry = _Entry(text, span.block, self.resolver.heading(text), 90, self.section, scope_of(text))
            return
        entry = self.entry
        if entry is None:
            if meaning in ("dosage", "maximum"):
                self._prose(span.block, span.start, span.end, report=bool(meaning))
            return
        if meaning == "class":
            entry.class_text = entry.class_text or text
        elif meaning == "timing":
            entry.timing.append(text)
            if not entry.drafts and dose_words(text) and has_frequency(text):
                self._dosage(entry, word, span)
        elif meaning == "side effects":
            entry.side_effects.append(text)
        elif meaning in ("maximum", "duration", "route", "frequency"):
            self._added(entry, meaning, span)
        elif meaning == "dosage":
            first, rest = _first_sentences(span)
            self._dosage(entry, word, first, continued=keep)
            if rest is not None:
                self._prose(rest.block, rest.start, rest.end)
        elif meaning == "other":
            self._prose(span.block, span.start, span.end, report=False)

    def _dosage(self, entry: _Entry, word: str, span: Span, *, continued: bool = False) -> None:
        if not entry.substances:
            entry.substances = self.resolver.heading(span.text) if not entry.heading else entry.substances
        if not entry.substances:
            self._unknown(entry, span)
            return
        last = entry.drafts[-1] if entry.drafts else None
        scope = scope_of(f"{word} {span.text}") or entry.scope
        if continued and last is not None and last.labelled and not dose_words(span.text):
            last.dosage.append(span)
            return
        spans = [span, *entry.extra]
        entry.extra = []
        entry.drafts.append(Draft(entry.heading, entry.substances, entry.section, spans, True, scope=scope, label=word))

    def _added(self, entry: _Entry, meaning: str, span: Span) -> None:
        """A maximum, a duration, a route or a frequency on a line of its own belongs to the dosage."""
        lowered = span.text.lower()
        prefix = ""
        if meaning == "maximum" and not lowered.startswith(("max", "no more", "not ", "up to", "do not", "never")):
            prefix = "max "
        elif meaning == "duration" and lowered[:1].isdigit():
            prefix = "for "
        added = Span(span.block, span.start, span.end, prefix)
        last = entry.drafts[-1] if entry.drafts else None
        if last is not None and last.labelled:
            last.dosage.append(added)
        elif meaning == "maximum" and entry.substances:
            entry.drafts.append(Draft(entry.heading, entry.substances, entry.section, [added], True, scope=entry.scope))
        else:
            entry.extra.append(added)

    def _unknown(self, entry: _Entry, span: Span) -> None:
        """A dosage line under a heading that names nothing known: read for names of its own, else reported."""
        drafts, unowned = prose(span.block, span.start, span.end, (), self.resolver, self.parse, entry.scope, self.raw)
        if drafts and not unowned and len({raw.substances for raw in drafts}) == 1:
            entry.drafts.append(
                Draft(entry.heading, drafts[0].substances, entry.section, [span], True, scope=entry.scope)
            )
            return
        if any(word.strong or has_frequency(span.text) for word in dose_words(span.text)):
            self.told.report(span.block, span.start, span.end, entry.heading)

    # -- running text and tables -----------------------------------------------------------------------------------

    def _prose(self, block: Block, start: int, end: int, *, report: bool = True) -> None:
        entry = self.entry
        inherited = entry or (self.outer[-1] if self.outer else None)
        subject = inherited.substances if inherited else ()
        if not any(ch.isdigit() for ch in block.text[start:end]) and not dose_words(block.text, start, end):
            return
        if self._entry_line(block, start, end, subject, inherited):
            return
        found, unowned = prose(
            block, start, end, subject, self.resolver, self.parse, inherited.scope if inherited else None, self.raw
        )
        for raw in found:
            own = inherited is not None and raw.substances == inherited.substances
            heading = inherited.heading if own and inherited is not None else " / ".join(raw.substances)
            draft = Draft(
                heading, raw.substances, self.section, [Span(block, raw.start, raw.end)], False, scope=raw.scope
            )
            draft.near = raw.near
            sentence = block.text[raw.sentence[0] : raw.sentence[1]]
            draft.timing = (
                [sentence[max(0, raw.start - raw.sentence[0]) :]]
                if len(found) == 1
                else [block.text[raw.start : raw.end]]
            )
            (entry.drafts if entry is not None else self.drafts).append(draft)
        if report:
            self.told.unowned(block, unowned, inherited.heading if inherited else "")
            self.told.garbled(block, start, end, subject)

    def _entry_line(
        self, block: Block, start: int, end: int, subject: tuple[str, ...], inherited: _Entry | None
    ) -> bool:
        """A line that is a name and its dosage ("Capsaicin cream: apply a thin layer 3 times daily"), or under a heading the dosage alone.

        It counts where what stands after the name is an instruction from its first word to its last.
        """
        text = block.text[start:end]
        if len(text) > _LONGEST_ENTRY:
            return False
        named = NAME_FIRST.match(text)
        if named and (
            dose_words(named.group(1))
            or not any(mention.start <= 15 for mention in self.resolver.mentions(named.group(1)))
        ):
            named = None
        substances = self.resolver.heading(named.group(1).strip(" *_")) if named else ()
        if not substances and self.told.unknown_item(block, start, text):
            return True
        begin = start + named.end() if named and substances else start
        if not substances and not (inherited is not None and inherited.block is not None and subject):
            return False
        parts = sentences(block.text[begin:end])
        if not parts or (len(parts) > 1 and dose_words(block.text, begin + parts[1][0], end)):
            return False
        span = Span(block, begin, begin + parts[0][1])
        dosage = self.raw(span.text)
        if dosage.status != "read" or not any(
            option.dose or option.count or option.times or option.every for option in dosage.options
        ):
            return False
        heading = (
            named.group(1).strip(" *_") if named and substances else inherited.heading if inherited is not None else ""
        )
        scope = scope_of(block.text[start:end]) or (inherited.scope if inherited is not None else None)
        draft = Draft(
            heading, substances or subject, self.section, [span], True, scope=scope, timing=[block.text[begin:end]]
        )
        entry = self.entry
        (entry.drafts if entry is not None else self.drafts).append(draft)
        return True

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
                self._labelled(meaning, label.text.lower(), Span(content, 0, len(content.text)))
        return True

    def _table(self, rows: Sequence[Block]) -> None:
        inherited = self.entry or (self.outer[-1] if self.outer else None)
        heading = inherited.heading if inherited else ""
        if self._pairs(rows):
            return
        reading = read_table(rows, self.resolver, self.section, heading, inherited.substances if inherited else ())
        for cell in reading.spanning:
            self._prose(cell, 0, len(cell.text))
        if not reading.drafts and not reading.unowned:
            for row in rows:
                for cell in dict.fromkeys(row.cells):
                    if cell.text and dose_words(cell.text):
                        self._prose(cell, 0, len(cell.text), report=False)
            return
        (self.entry.drafts if self.entry is not None else self.drafts).extend(reading.drafts)
        for name, figure in reading.unowned:
            self.told.report(figure, 0, len(figure.text), name.text)
