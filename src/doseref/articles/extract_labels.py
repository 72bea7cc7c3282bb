"""Labelled lines of an article ("Dosage: …", "Max: …"): what each adds to the entry that is open."""

from __future__ import annotations

import re

from doseref.articles.contexts import context_of
from doseref.articles.doses import dose_words
from doseref.articles.entries import Entry, first_sentences, limit
from doseref.articles.extract_lines import LineReader
from doseref.articles.extract_prose import prose
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.terms import scope_of
from doseref.context import NOTHING
from doseref.patterns import regex
from doseref.records import replace

_EFFECT = regex(r"\d\s?(?:min(?:ute)?s?|hours?|hrs?|h)\b", re.I)
_COURSE = regex(r"\b(?:days?|weeks?|months?)\b", re.I)


class LabelReader(LineReader):
    """Reads labels and what stands behind them."""

    def labelled(self, meaning: str, word: str, span: Span, *, keep: bool = False) -> None:
        """A label and what stands behind it; ``keep``: its meaning holds for further lines."""
        text = span.text
        if not text:
            self.pending = meaning
            return
        self.pending = meaning if keep else ""
        if meaning == "name":
            self.close(91)
            self.entry = Entry(text, span.block, self.resolver.heading(text), 90, self.section, scope_of(text))
            self.leads = []
            return
        entry = self.entry
        if meaning in ("dosage", "maximum") and any(lead.substances is not None for lead in self.leads):
            self._under_lead(meaning, word, span)
            return
        if entry is None:
            if meaning in ("dosage", "maximum"):
                self.running(span.block, span.start, span.end, self.scene(), report=bool(meaning), listed=True)
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
                self.running(rest.block, rest.start, rest.end, self.scene())
        elif meaning == "other":
            self.running(span.block, span.start, span.end, self.scene(), report=False)

    def _under_lead(self, meaning: str, word: str, span: Span) -> None:
        """A labelled dose or maximum below a line that names its drug, or names one that is not known."""
        scene = self.scene()
        last = self.into[-1] if self.into else None
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
            way = context_of(word.upper()).route if meaning == "maximum" else None  # "PO max: 75 mg/kg/day"
            self.into.append(
                Draft(
                    scene.heading,
                    scene.substances,
                    self.section,
                    [text],
                    True,
                    scope=scope,
                    label=word,
                    context=replace(scene.context, route=way or scene.context.route),
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
        scene = self.scene()
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
        scene = self.scene()
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
