"""From an article's blocks to statements: labelled lines, lists, tables, a heading per drug, and running text.

Nothing is guessed: a dose whose substance is not known for certain becomes a
:class:`~doseref.articles.extracted.Loose`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles import labels
from doseref.articles.build import build
from doseref.articles.contexts import (
    TOXIC,
    condition_of,
    context_of,
    disease_of,
    is_context,
    is_disease,
    may_be_another_drug,
)
from doseref.articles.doses import dose_words, has_frequency, is_about_food, sentences
from doseref.articles.entries import Entry, Scene, depth_of, first_sentences, label_context, limit
from doseref.articles.extract_prose import Parse, RawDose, prose
from doseref.articles.extract_table import read_table
from doseref.articles.extracted import Draft, Extraction, Loose, Span
from doseref.articles.leads import Lead, folded, lead_at, line_lead, segments
from doseref.articles.model import Article, Block
from doseref.articles.plain import read_plain
from doseref.articles.reported import NAME_FIRST, Reporter
from doseref.articles.resolve import Resolver, resolver
from doseref.articles.terms import heading_facts, scope_of
from doseref.context import NOTHING, Context
from doseref.dosage.model import Dosage
from doseref.records import replace
from doseref.refdata import Reference

_LONGEST_HEADING = 120
_LONGEST_ENTRY = 200
_LONGEST_SUBJECT = 150
_DIGIT = re.compile(r"\d")
_EFFECT = re.compile(r"\d\s?(?:min(?:ute)?s?|hours?|hrs?|h)\b", re.I)
_COURSE = re.compile(r"\b(?:days?|weeks?|months?)\b", re.I)
_COMPARING = re.compile(
    r"(?:similar|same|compared|like|unlike|as\s+(?:for|with)|see|faster|slower|longer|shorter|more|less|stronger|"
    r"weaker|alternative)\b",
    re.I,
)
"""How a line begins that compares with another drug and is no heading about it."""


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
            as_written[text] = chosen(text)
        return as_written[text]

    def reading(text: str) -> Dosage:
        """The reading of a text in plainer words too, worked out once."""
        if text not in seen:
            seen[text] = read_plain(text, raw)
        return seen[text]

    walker = _Walker(article, found, reading, raw)
    walker.walk()
    statements, unread = build(article, walker.drafts, found, reading)
    for draft in unread:
        span = draft.dosage[0]
        if has_frequency(span.text) and not _drunk(span):
            location = span.block.location(article.path, article.source, span.start, span.end)
            walker.told.loose.append(Loose(span.text, draft.heading, location, (), True))
    walker.told.loose.sort(key=lambda each: (each.location.line, each.location.column))
    return Extraction(article, statements, tuple(walker.told.loose))


_SUM = re.compile(r"[^\w(]{0,8}total\s+dose\s*[=:]", re.I)
"""What a course comes to in all: no dose."""


def _introduced(told: Context, raw: RawDose) -> Context:
    """A sentence's context with the way and the use that the one before it gives,
    which named the drug ("… through the drip. There we give 30 mg").
    """
    if not told.route:
        routes = heading_facts(raw.around).routes
        route = routes[0] if len(routes) == 1 else context_of(raw.introduced).route if raw.introduced else None
        told = replace(told, route=route)
    if raw.introduced and not told.condition:
        told = replace(told, condition=condition_of(raw.introduced))
    return told


def _drunk(span: Span) -> bool:
    """Whether an amount is a volume in a sentence about drinking."""
    text = span.block.text
    sentence = next((text[first:last] for first, last in sentences(text) if first <= span.start < last), text)
    return is_about_food(sentence) and not any(word.strong for word in dose_words(span.text))


class _Walker:
    """Goes through the blocks once and keeps the section, the entry and the label that is open."""

    def __init__(self, article: Article, found: Resolver, parse: Parse, raw: Parse) -> None:
        self.article, self.resolver, self.parse, self.raw = article, found, parse, raw
        self.blocks: Sequence[Block] = article.blocks
        self.drafts: list[Draft] = []
        self.told = Reporter(article, found, raw)
        self.section = ""
        self.section_level = 0
        self.entry: Entry | None = None
        self.outer: list[Entry] = []
        """Headings above the open one whose substance still holds for what stands under them."""
        self.pending = ""
        self.leads: list[Lead] = []
        """Lines and labels above whose word still holds, the outermost first."""
        self.around: dict[int, Context] = {}
        """What the open sections' headings say, by their level."""

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
            self.leads = []
            self.around = {level: told for level, told in self.around.items() if level < block.level}
            self._heading(block)
            return
        depth = depth_of(block)
        self.leads = [lead for lead in self.leads if lead.depth < depth]
        if not depth and not block.text.rstrip("*_ ").endswith(":"):
            self.leads = []
        parts = labels.labels_in(block.text)
        if parts:
            self.pending = ""
            told = label_context(parts[0].word)
            if told != NOTHING:
                self.leads.append(Lead(depth, None, "", told, True))
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
        lead = line_lead(block, start, labels.content_end(block.text), self.resolver, False) if self.pending else None
        if lead is not None:
            self.leads.append(replace(lead, depth=depth))
            return
        if self.pending:
            self._labelled(self.pending, self.pending, Span(block, start, labels.content_end(block.text)), keep=True)
            return
        self._lines(block, start, labels.content_end(block.text), self._listed_below(position, depth))

    def _listed_below(self, position: int, depth: int) -> bool:
        """Whether the next block stands deeper in the same list, or a list follows a line of its own."""
        if position + 1 >= len(self.blocks):
            return False
        block, after = self.blocks[position], self.blocks[position + 1]
        return (
            after.kind not in ("row", "heading") and after.depth > depth and (block.depth > 0 or len(block.text) < 60)
        )

    def _scene(self, *more: Lead) -> Scene:
        """What holds here."""
        inherited = self.entry or (self.outer[-1] if self.outer else None)
        lead = folded([*self.leads, *more])
        context = lead.context.within(inherited.context if inherited else self._sections())
        scope = inherited.scope if inherited and not lead.context.population else None
        dosing = lead.dosing or bool(inherited and inherited.dosing)
        if lead.substances is not None:
            return Scene(lead.substances, lead.heading, scope, context, dosing)
        return Scene(
            inherited.substances if inherited else (), inherited.heading if inherited else "", scope, context, dosing
        )

    def _subject_line(self, block: Block, start: int, end: int) -> Lead | None:
        """A paragraph that begins with a drug's name and ends with a colon, or is nothing but the name:
        the lists below are about it.
        """
        text = block.text[start:end]
        if len(text) > _LONGEST_SUBJECT or dose_words(text) or not (text.endswith(":") or len(text) < 40):
            return None
        mention = next(iter(self.resolver.mentions(text)), None)
        if mention is None or mention.start > 2 or text.endswith((".", "!", "?")):
            return None
        if any(char.isdigit() for char in text[mention.end :]) and not text.endswith(":"):
            return None
        return Lead(-1, mention.substances, mention.text, NOTHING, True)

    def _sections(self) -> Context:
        """What the headings of the sections around say ("Pediatric medicines")."""
        whole = NOTHING
        for level in sorted(self.around):
            whole = self.around[level].within(whole)
        return whole

    @property
    def _into(self) -> list[Draft]:
        """Where drafts are kept: the open entry's, else the article's."""
        return self.entry.drafts if self.entry is not None else self.drafts

    def _lines(self, block: Block, start: int, end: int, listed_below: bool = False) -> None:
        """A paragraph, an item or a cell: its lead-ins, and the doses behind them."""
        depth = depth_of(block)
        subject = self._subject_line(block, start, end) if not depth else None
        if subject is not None:
            self.leads = [subject]
            return
        for number, (first, last) in enumerate(segments(block, start, end)):
            lead = line_lead(block, first, last, self.resolver, listed_below)
            if lead is not None:
                self.leads.append(replace(lead, depth=depth))
                continue
            found: list[Lead] = []
            begin = first
            while len(found) < 3 and (hit := lead_at(block, begin, last, self.resolver, depth)) is not None:
                found.append(hit[0])
                begin = hit[1]
            if found and found[-1].substances == () and self.told.unknown_item(block, first, block.text[first:last]):
                continue
            if not _DIGIT.search(block.text, begin, last) and not dose_words(block.text, begin, last):
                if found and not number:
                    self.leads += found
                continue
            scene = self._scene(*found)
            self._prose(block, begin, last, scene, listed=block.kind in ("item", "cell") or bool(found))
            if found and not number:
                self.leads += found

    def _next_labels(self, position: int) -> list[labels.FieldLabel]:
        for block in self.blocks[position + 1 : position + 6]:
            if block.kind in ("row", "heading"):
                return []
            if not labels.is_separator(block.text):
                return labels.labels_in(block.text)
        return []

    def _heads_an_entry(self, block: Block, following: Sequence[labels.FieldLabel]) -> bool:
        """Whether a line is the heading of labelled lines: short, no sentence, and a label comes next."""
        if not following or len(block.text) > _LONGEST_HEADING:
            return False
        bare = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)].rstrip("*")
        if not bare or bare.endswith((".", "?", "!", ";")) or (bare.endswith(":") and len(bare) > 60):
            return False
        if dose_words(bare) and (has_frequency(bare) or not self.resolver.heading(bare)):
            return False
        if self._scene().substances:
            first = next(iter(self.resolver.mentions(bare)), None)
            if first is None and is_context(bare.rstrip(":")) and not self.resolver.heading(bare.rstrip(":")):
                return False
            if first is not None and _COMPARING.match(bare):
                return False  # "Similar to gabapentin"
        return following[0].meaning != "other" or bool(self.resolver.heading(bare.rstrip(":")))

    def _opens_section(self, block: Block) -> bool:
        """A short line without a full stop that names a section ("Dietary Molecular Supplements")."""
        text = block.text[labels.bullet_end(block.text) :].strip(" *:")
        if len(text) > 70 or text.endswith((".", "?", "!", ",", ";")) or dose_words(text) or not text[:1].isupper():
            return False
        section = labels.section_of(text)
        if section is None or len(text.split()) > 8:
            return False
        if (block.strong or block.text.rstrip("*_ ").endswith(":")) and self._scene().substances and is_context(text):
            return False  # "Injectable:" below a drug
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
        below = any(entry.level < block.level and entry.substances for entry in self.outer)
        if not substances and section is not None and not (below and is_context(text)):
            self._close(block.level)
            self.section, self.section_level = section, block.level
            self.around[block.level] = context_of(text)
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
        above = inherited.context if inherited is not None else self._sections()
        context = context_of(text, label=not substances and (level > 1 or is_disease(text))).within(above)
        if substances or level == 1:
            context = replace(context, purpose=above.purpose)
        another = may_be_another_drug(text) or bool(self.resolver.mentions(text))
        if not substances and inherited is not None and inherited.substances and level < 90 and not another:
            self.entry = Entry(
                inherited.heading, block, inherited.substances, level, self.section, scope or inherited.scope
            )
        else:
            self.entry = Entry(text, block, substances, level, self.section, scope)
        self.entry.context = context
        self.entry.dosing = bool(labels.DOSING.search(text)) or bool(inherited and inherited.dosing)
        self.leads = []
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

    def _finish(self, entry: Entry) -> None:
        labelled = [draft for draft in entry.drafts if draft.labelled]
        if any(draft.label.startswith("maintenance") for draft in labelled):
            for draft in labelled:
                if draft.label.startswith(("initial", "starting", "loading")):
                    draft.scope = draft.scope or "the first days"
        first = [draft for draft in labelled if draft.scope == "the first days"]
        for draft in first:
            draft.context = replace(draft.context, purpose=draft.context.purpose or "starting")
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
            self.entry = Entry(text, span.block, self.resolver.heading(text), 90, self.section, scope_of(text))
            self.leads = []
            return
        entry = self.entry
        if meaning in ("dosage", "maximum") and any(lead.substances is not None for lead in self.leads):
            self._under_lead(meaning, word, span)
            return
        if entry is None:
            if meaning in ("dosage", "maximum"):
                self._prose(span.block, span.start, span.end, self._scene(), report=bool(meaning), listed=True)
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
            self._added(entry, meaning, word, span)
        elif meaning == "dosage":
            first, rest = first_sentences(span)
            self._dosage(entry, word, first, continued=keep)
            if rest is not None:
                self._prose(rest.block, rest.start, rest.end, self._scene())
        elif meaning == "other":
            self._prose(span.block, span.start, span.end, self._scene(), report=False)

    def _under_lead(self, meaning: str, word: str, span: Span) -> None:
        """A labelled dose or maximum below a line that names its drug, or names one that is not known."""
        scene = self._scene()
        last = self._into[-1] if self._into else None
        if (
            meaning == "maximum"
            and last is not None
            and last.substances == scene.substances
            and last.context == scene.context
        ):
            last.dosage.append(limit(span, word))
        elif scene.substances:
            scope = scope_of(f"{word} {span.text}") or scene.scope
            text = limit(span, word) if meaning == "maximum" else span
            self._into.append(
                Draft(
                    scene.heading,
                    scene.substances,
                    self.section,
                    [text],
                    True,
                    scope=scope,
                    label=word,
                    context=scene.context,
                )
            )
        elif dose_words(span.text):
            self.told.report(span.block, span.start, span.end, scene.heading)

    def _dosage(self, entry: Entry, word: str, span: Span, *, continued: bool = False) -> None:
        if not entry.substances:
            entry.substances = self.resolver.heading(span.text) if not entry.heading else entry.substances
        if not entry.substances:
            self._unknown(entry, span)
            return
        last = entry.drafts[-1] if entry.drafts else None
        scene = self._scene()
        scope = scope_of(f"{word} {span.text}") or scene.scope
        if continued and last is not None and last.labelled and not dose_words(span.text):
            last.dosage.append(span)
            return
        spans = [span, *entry.extra]
        entry.extra = []
        entry.drafts.append(
            Draft(
                entry.heading,
                entry.substances,
                entry.section,
                spans,
                True,
                scope=scope,
                label=word,
                context=scene.context,
            )
        )

    def _added(self, entry: Entry, meaning: str, word: str, span: Span) -> None:
        """A maximum, a duration, a route or a frequency on a line of its own belongs to the dosage."""
        if meaning == "duration" and _EFFECT.search(span.text) and not _COURSE.search(span.text):
            return  # how long it works
        prefix = "for " if meaning == "duration" and span.text[:1].isdigit() else ""
        added = limit(span, word) if meaning == "maximum" else Span(span.block, span.start, span.end, prefix)
        scene = self._scene()
        free = scene.context in (NOTHING, entry.context)
        near = [draft for draft in entry.drafts[-3:] if draft.context == scene.context]
        last = near[-1] if near else entry.drafts[-1] if entry.drafts and free else None
        if last is not None and (last.labelled or last.listed) and not last.bands:
            last.dosage.append(added)
        elif meaning == "maximum" and entry.substances:
            entry.drafts.append(
                Draft(
                    entry.heading,
                    entry.substances,
                    entry.section,
                    [added],
                    True,
                    scope=scene.scope,
                    context=scene.context,
                )
            )
        else:
            entry.extra.append(added)

    def _unknown(self, entry: Entry, span: Span) -> None:
        """A dosage line under a heading that names nothing known: read for names of its own, else reported."""
        drafts, unowned = prose(
            span.block, span.start, span.end, (), self.resolver, self.parse, entry.scope, self.raw, listed=True
        )
        if drafts and not unowned and len({raw.substances for raw in drafts}) == 1:
            entry.drafts.append(
                Draft(entry.heading, drafts[0].substances, entry.section, [span], True, scope=entry.scope)
            )
            return
        if any(word.strong or has_frequency(span.text) for word in dose_words(span.text)):
            self.told.report(span.block, span.start, span.end, entry.heading)

    # -- running text and tables -----------------------------------------------------------------------------------

    def _prose(
        self, block: Block, start: int, end: int, scene: Scene, *, report: bool = True, listed: bool = False
    ) -> None:
        if not _DIGIT.search(block.text, start, end) and not dose_words(block.text, start, end):
            return
        if scene.context.purpose == "toxic threshold" or _SUM.match(block.text, start, end):
            return
        if self._entry_line(block, start, end, scene, listed=listed):
            return
        found, unowned = prose(
            block,
            start,
            end,
            scene.substances,
            self.resolver,
            self.parse,
            scene.scope,
            self.raw,
            listed=listed,
            dosing=scene.dosing,
        )
        for raw in found:
            own = raw.substances == scene.substances
            heading = scene.heading if own and scene.heading else " / ".join(raw.substances)
            draft = Draft(
                heading,
                raw.substances,
                self.section,
                [Span(block, raw.start, raw.end, suffix=raw.shared)],
                False,
                scope=raw.scope,
            )
            draft.near = raw.near
            draft.listed = listed and raw.listed
            sentence = block.text[raw.sentence[0] : raw.sentence[1]]
            around = context_of(raw.around)
            told = replace(
                around, condition="later" if raw.later else condition_of(raw.around), indication=disease_of(raw.around)
            )
            draft.context = _introduced(told, raw).within(scene.context)
            draft.timing = (
                [sentence[max(0, raw.start - raw.sentence[0]) :]]
                if len(found) == 1
                else [block.text[raw.start : raw.end]]
            )
            self._into.append(draft)
        if report:
            self.told.unowned(block, unowned, scene.heading)
            self.told.garbled(block, start, end, scene.substances)

    def _entry_line(self, block: Block, start: int, end: int, scene: Scene, *, listed: bool) -> bool:
        """A line that is a name and its dosage ("Capsaicin cream: apply a thin layer 3 times daily"), or under a
        heading the dosage alone.

        It counts where what stands after the name is an instruction from its first word to its last.
        """
        text = block.text[start:end]
        if len(text) > _LONGEST_ENTRY or (not scene.substances and not listed):
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
        if not substances and (not scene.substances or self._names_another(text, scene.substances)):
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
        heading = named.group(1).strip(" *_") if named and substances else scene.heading
        scope = scope_of(text) or scene.scope
        draft = Draft(
            heading,
            substances or scene.substances,
            self.section,
            [span],
            True,
            scope=scope,
            timing=[block.text[begin:end]],
            context=context_of(text).within(scene.context),
        )
        self._into.append(draft)
        return True

    def _names_another(self, text: str, substances: tuple[str, ...]) -> bool:
        """Whether a line names another drug in front of its first amount or right behind it."""
        words = dose_words(text)
        if words and words[0].strong and may_be_another_drug(text[labels.bullet_end(text) : words[0].start]):
            first = next(iter(self.resolver.mentions(text)), None)
            if first is None or first.start > words[0].start:
                return True
        stop = words[0].end + 8 if words else len(text)
        return any(
            mention.start < stop and not set(mention.substances) <= set(substances)
            for mention in self.resolver.mentions(text)
        )

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
        if self._pairs(rows):
            return
        scene = self._scene()
        reading = read_table(rows, self.resolver, self.section, scene.heading, scene.substances, scene.context)
        for cell in reading.spanning:
            self._lines(cell, 0, len(cell.text))
        for cell, first, last, owner, label, own in reading.prose:
            told = replace(own.within(scene.context), condition=label.lower() or None)
            here = replace(scene, substances=owner, heading="", dosing=True, context=told)
            self._prose(cell, first, last, here, listed=True)
        if not reading.drafts and not reading.unowned and not reading.prose:
            if any(context_of(cell.text, label=True).purpose == TOXIC for cell in rows[0].cells):
                return
            for row in rows:
                for cell in dict.fromkeys(row.cells):
                    if cell.text and dose_words(cell.text):
                        label = row.cells[0].text
                        told = replace(scene.context, condition=label.lower() or None)
                        owner = self.resolver.heading(label) if cell is not row.cells[0] else ()
                        if not owner and cell is not row.cells[0] and not may_be_another_drug(label):
                            owner = scene.substances
                        here = replace(scene, context=told, substances=owner)
                        self._prose(cell, 0, len(cell.text), here, report=False, listed=True)
            return
        self._into.extend(reading.drafts)
        for name, figure in reading.unowned:
            self.told.report(figure, 0, len(figure.text), name.text)
