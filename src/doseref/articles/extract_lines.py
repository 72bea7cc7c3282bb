"""Lines of an article: their lead-ins, entries of one line, and the doses of running text."""

from __future__ import annotations

import dataclasses
import re

from doseref.articles import labels
from doseref.articles.around import first_days, introduced
from doseref.articles.asked import answering
from doseref.articles.carried_on import carries_on
from doseref.articles.contexts import context_of, looks_like_drug, may_be_another_drug, told_in_parts
from doseref.articles.creams import creams_in
from doseref.articles.doses import dose_words, has_limit, sentences
from doseref.articles.entries import Scene, depth_of
from doseref.articles.extract_prose import prose
from doseref.articles.extracted import Draft, Span
from doseref.articles.how_often import has_frequency
from doseref.articles.leads import Lead, below_a_term, folded, lead_at, line_lead, segments, sentence_leads
from doseref.articles.max_places import limit_told
from doseref.articles.model import TERM, Block
from doseref.articles.named_uses import named_use, says_no_use
from doseref.articles.outline import Outline
from doseref.articles.reported import NAME_FIRST
from doseref.articles.spacing import says_nothing, spacing_in
from doseref.articles.terms import scope_of
from doseref.articles.title_strength import PRODUCT
from doseref.articles.uses import (
    condition_of,
    disease_or_its_prevention,
    group_of,
    leads_up,
    named_purpose,
    purpose_before,
    treated_in,
    use_of,
)
from doseref.articles.whom import others_of, own_use
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_LONGEST_ENTRY = 200
_IT = regex(r"\W*(?:it|it['’]s|this\s+(?:one|drug|medicine)|the\s+same\s+(?:drug|medicine|tablet))\b", re.I)
"""How an item begins that goes on about the drug of the item before it."""
_NEXT_DOSE = regex(
    r"\W*(?:(?:and|but|or|else|either|even|sometimes|if\s+needed|if\s+necessary)\W+)*(?:then|thereafter|afterwards?|later(?:\s+on)?|"
    r"subsequently|after\s+(?:that|this)|from\s+(?:then|there)\s+on|(?:or|else|alternatively|otherwise|instead)\b)?\W*"
    r"(?:(?:rais|increas)\w{1,3}\s+(?:gradually\s+|slowly\s+|if\s+needed\s+)?to|up\s+to|continue\s+(?:with|on|at))?\W*",
    re.I,
)
"""How an item begins that tells the next dose, or another one, of the drug of the item before it."""
_OR = regex(r"\W*(?:\d{1,2}[.)]\s*)?(?:or|alternatively)\b", re.I)
_OR_NEXT = regex(r"\bor\W*\Z", re.I)
_STEP = regex(r"(?:week|month|step|phase)s?\s*\d{1,2}", re.I)
"""How a line begins that is one step of a course: what another step says is no other opinion."""
_IS = regex(r"[*_]{0,3}\s+(?:is|comes|has|can\s+be|may\s+be)\s+(?!not\b|never\b|no\b)")
_LONGEST_SUBJECT = 150
_DIGIT = regex(r"\d")
_SAID_BEFORE = regex(r"[.!?](?=[\s*_]|\Z)")
"""Where the sentence before one ends: a label in front of one belongs to it."""
_CAPITAL = regex(r"\b[A-Z]")
_CREAM_FIRST = regex(
    r"([A-Z][^,:;.]{2,60}?\b(?:cream|ointment|gel|lotion|foam|paste|balm|(?:scalp|skin|eye|nose)\s+\w{4,8})(?:\s+\d[\d.]*\s?%)?),\s+"
)
"""What is put on the skin, with its strength, in front of how often ("Hydrocortisone cream 1%, thinly, once daily")."""
_CREAM = regex(r"\b(?:cream|ointment|gel|lotion|foam|paste|shampoo|(?:eye|ear|nose|nasal)\s+(?:drops|spray))\b", re.I)
_APPLIED = regex(
    r"\W*(?:(?:apply|rub|spread|smooth|dab|put|use)\b[^.;:]{0,20}?\b)?(?:thin(?:ly)?|a\s+(?:thin|small|pea)|sparingly|apply|rub|massage|smear|"
    r"one\s+fingertip)\b",
    re.I,
)
"""How an instruction begins for what is put on the skin, which may hold no figure at all."""
_TREATMENT = regex(r"(maintenance|loading)(?:\s+(?:dose|treatment|therapy))?(?:\s+(?:after|following|on)\s+\w+)?", re.I)
"""A condition that is no more than a part of a treatment."""
_CLAUSE = regex(r",|\s(?:until|as\s+long\s+as)\b", re.I)
"""Where what is put on the skin so often is told no further."""
_SUM = regex(r"[^\w(]{0,8}total\s+dose\s*[=:]", re.I)
"""What a course comes to in all: no dose."""


class LineReader(Outline):
    """Reads lines by what the outline says of their place."""

    def lines(self, block: Block, start: int, end: int, listed_below: bool = False, position: int = -1) -> None:
        """A paragraph, an item or a cell: its lead-ins, and the doses behind them."""
        depth = depth_of(block)
        place, named_before, asked = self.just
        goes_on = position == place + 1 and not depth and bool(named_before) and (asked or self._carries_on(block))
        after = named_before if goes_on else ()
        subject = self._subject_line(block, start, end) if not depth else None
        if subject is not None:
            self.leads = [subject]
            return
        term = self.entry is not None and self.entry.level == TERM and bool(self.entry.substances)
        stretches = [
            part
            for first, last in segments(block, start, end)
            for part in (
                sentence_leads(block, first, last, self.resolver, term)
                if block.kind == "text" or ";" in block.text
                else [(first, last)]
            )
        ]
        named: list[Lead] = []
        for number, (first, last) in enumerate(stretches):
            lead = line_lead(block, first, last, self.resolver, listed_below)
            if lead is not None:
                self.leads.append(replace(lead, depth=depth))
                continue
            found: list[Lead] = []
            begin, label = first, ""
            while len(found) < 3 and (hit := lead_at(block, begin, last, self.resolver, depth)) is not None:
                label = block.text[begin : hit[1]].strip(" *_:")
                found.append(below_a_term(hit[0], label, self.resolver) if term else hit[0])
                begin = hit[1]
            if (found and labels.STRENGTHS.search(label)) or (
                folded(self.leads).held and not has_frequency(block.text[begin:last])
            ):
                continue
            if found and found[-1].substances == () and self.told.unknown_item(block, first, block.text[first:last]):
                continue
            applied = any(lead.substances for lead in found) and _is_applied(block.text[begin:last], label)
            if not applied and says_nothing(block.text, begin, last):
                if found and not number:
                    self.leads += found
                elif listed_below and not found and (about := self._opens_with(block.text[first:last])):
                    self.leads.append(Lead(depth or -1, about, "", NOTHING, True))
                continue
            anew = any(lead.substances for lead in found)
            scene = self.scene(*([] if anew else named), *found)
            named += [
                lead if PRODUCT.search(lead.heading) else replace(lead, heading=" / ".join(lead.substances))
                for lead in found
                if lead.substances and number + 1 < len(stretches)
            ]
            beside = depth and self.beside[0] == depth and not any(lead.substances for lead in found)
            if beside and self.beside[1] and self._goes_on(block.text[first:last], bool(scene.substances)):
                scene = replace(scene, substances=self.beside[1], heading="")
            if after and not scene.substances and not any(lead.substances == () for lead in found):
                scene = replace(scene, substances=after, heading="")
            if number and block.kind == "text" and not scene.substances and all(e.substances is None for e in found):
                scene = replace(scene, substances=self._one_named(block.text[stretches[0][0] : first]), heading="")
            step = _STEP.match(block.text, begin, last)
            if step and scene.context.condition not in ("start", "later"):
                told = replace(scene.context, condition=" ".join(step.group().lower().split()))
                scene = replace(scene, context=told)
            known = len(self.into)
            most = self.most(*found)
            if most and (limit := limit_told(block, begin, last, most, scene, self.resolver)) is not None:
                limit.section = self.section
                use = None if found else scene.context.indication
                limit.context = replace(scene.context, condition=None, indication=use)
                self.into.append(limit)
                continue
            run_in = block.kind == "text" and block.text[first:begin].rstrip("*_ ").endswith(".")
            if run_in:  # "**Gabapentin.** The capsule of 300 mg is yellow": a paragraph as any other
                scene = replace(scene, dosing=False)
            listed = block.kind in ("item", "cell") or (bool(found) and not run_in)
            self.running(block, begin, last, scene, listed=listed)
            if self._or_else(block, position):
                for draft in self.into[known:]:
                    draft.context = replace(draft.context, condition=draft.context.condition or "or")
            if whose := {draft.substances for draft in self.into[known:]}:
                self.beside = (depth, whose.pop() if len(whose) == 1 else ())
            elif depth and depth == self.beside[0] and dose_words(block.text, begin, last):
                self.beside = (0, ())  # an amount of something else
            if found and not number and (depth or listed_below or block.text.rstrip("*_ ").endswith(":")):
                self.leads += found
            if listed_below and not scene.substances and (about := self._one_named(block.text[begin:last])):
                self.leads.append(Lead(depth, about, "", NOTHING, scene.dosing))

    def _goes_on(self, text: str, owned: bool) -> bool:
        """Whether an item that names no drug goes on about the one of the item before it: by a word for it, as its
        next dose ("thereafter 20 mg per day", "or 500 mg once a day"), or as the most of it; the latter two only where
        the list is not ``owned``, about a drug of its own.
        """
        if _IT.match(text):
            return True
        words = [] if owned else dose_words(text)
        if not words or self.resolver.mentions(text) or looks_like_drug(text):
            return False
        head = text[: words[0].start]
        return bool(_NEXT_DOSE.fullmatch(head)) or (
            len(words) == 1 and has_limit(head) and not _CAPITAL.search(head, 3)
        )

    def _or_else(self, block: Block, position: int) -> bool:
        """Whether an item is another way to do what the item before it says ("70 mg once a week, or")."""
        if block.kind != "item" or position < 1:
            return False
        before = self.blocks[position - 1]
        beside = before.kind == "item" and before.depth == block.depth
        return bool(_OR.match(block.text) or (beside and _OR_NEXT.search(before.text)))

    def _carries_on(self, block: Block) -> bool:
        """Whether a paragraph without a label of its own goes on about the drug of the one before it."""
        labelled = bool(block.strong) and not block.strong[0][0]
        return not labelled and carries_on(block.text, list(self.resolver.mentions(block.text)))

    def _opens_with(self, text: str) -> tuple[str, ...]:
        """The one drug that a sentence above a list begins with ("Sumatriptan is the workhorse."): the list is about
        it.
        """
        first = next(iter(self.resolver.mentions(text)), None)
        begins = first is not None and first.start <= 2 and _IS.match(text, first.end)
        return self._one_named(text) if begins else ()

    def _one_named(self, text: str) -> tuple[str, ...]:
        """The one drug that an item names: the items below it are about that one ("Patient on morphine 30 mg …")."""
        named = {mention.substances for mention in self.resolver.mentions(text)}
        return named.pop() if len(named) == 1 else ()

    def _subject_line(self, block: Block, start: int, end: int) -> Lead | None:
        """A paragraph that begins with a drug's name and ends with a colon, or is nothing but the name:
        the lists below are about it.
        """
        text = block.text[start:end]
        if len(text) > _LONGEST_SUBJECT or not (text.endswith(":") or len(text) < 40) or dose_words(text):
            return None
        mention = next(iter(self.resolver.mentions(text)), None)
        if mention is None or mention.start > 2 or text.endswith((".", "!", "?")):
            return None
        if any(char.isdigit() for char in text[mention.end :]) and not text.endswith(":"):
            return None
        return Lead(-1, mention.substances, mention.text, NOTHING, True)

    def running(
        self, block: Block, start: int, end: int, scene: Scene, *, report: bool = True, listed: bool = False
    ) -> None:
        """The doses of a stretch of running text, by :func:`~doseref.articles.extract_prose.prose`."""
        applied = bool(scene.substances) and _is_applied(block.text[start:end], scene.heading)
        if not applied and says_nothing(block.text, start, end):
            return
        if scene.context.purpose == "toxic threshold" or _SUM.match(block.text, start, end):
            return
        if self._entry_line(block, start, end, scene, listed=listed):
            return
        for cream in creams_in(block.text, start, end, scene.substances, self.resolver, self.parse):
            span, heading = Span(block, cream.first, cream.last), " / ".join(cream.substances)
            people = context_of(span.text).population
            told = Context(people, condition=condition_of(span.text)).within(replace(scene.context, route="topical"))
            self.into.append(Draft(heading, cream.substances, self.section, [span], False, context=told, listed=True))
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
        last: Draft | None = None
        for raw in found:
            own = raw.substances == scene.substances
            heading = scene.heading if own and scene.heading else " / ".join(raw.substances)
            draft = Draft(
                heading,
                raw.substances,
                self.section,
                [Span(block, raw.start, raw.end, raw.prefix or raw.lead, raw.shared)],
                False,
                scope=raw.scope,
            )
            if raw.spacing is not None:
                draft.spacing, draft.context = raw.spacing, context_of(raw.around).within(scene.context)
                self.into.append(draft)
                continue
            salt = self.resolver.salt(raw.introduced) if raw.introduced else None
            draft.near = f"{salt} {raw.near}" if salt else raw.near
            draft.listed, draft.given = (listed and raw.listed) or raw.given, raw.given
            sentence = block.text[raw.sentence[0] : raw.sentence[1]]
            around = context_of(raw.around)
            figure = _DIGIT.search(block.text, raw.start, raw.end)
            front = block.text[raw.sentence[0] : figure.start()] if figure else ""
            condition = "later" if raw.later else condition_of(raw.around, front)
            if condition in raw.substances:
                condition = None  # "For acetaminophen the most is …"
            use = use_of(raw.around) if condition in ("later", "start") else None
            if condition not in ("later", "start") and (begins := first_days(block.text, raw)):
                use, condition = condition, " ".join(begins.group().lower().split())
            if raw.later and not use:
                use = treated_in(raw.around) or use_of(block.text[raw.sentence[0] : raw.start])
            if not condition and not use:
                condition = named_use(raw.around) or (named_use(raw.introduced) if raw.introduced else None)
                if not condition and len(found) == 1:
                    condition = named_use(block.text[raw.sentence[0] : raw.start])
            group = raw.company or group_of(raw.around)
            told = replace(
                around, condition=condition, indication=disease_or_its_prevention(raw.around) or use, group=group
            )
            if others := others_of(block.text, raw.sentence[0], raw.start):
                told = replace(told, population=others[0], band=others[1])
            if raw.topic and not told.indication and condition in (None, "start", "later"):
                told = replace(told, indication=raw.topic)
            part = purpose_before(front) or named_purpose(raw.around)
            if treatment := _TREATMENT.fullmatch(told.condition or ""):  # "For maintenance after discharge, …"
                part, told = treatment.group(1), replace(told, condition=None)
            plain = (
                not told.condition
                and not told.indication
                and says_no_use(
                    _SAID_BEFORE.split(block.text[: raw.sentence[0]])[-1] + sentence,
                    f"{raw.near} {' '.join(raw.substances)}",
                )
            )
            told = replace(told, purpose=told.purpose or part, release=told.release or raw.release or None, plain=plain)
            told = answering(told, block.text, raw.sentence[0])
            if raw.label:
                label = replace(told_in_parts(raw.label), condition=None)
                told = replace(told, indication=label.indication or told.indication).within(label)
            draft.context = own_use(introduced(told, raw), scene.context)
            same = last is not None and last.substances == draft.substances
            if last and same and leads_up(block.text, last.dosage[0].end, last.context):
                last.context = replace(last.context, condition="start")
            last = draft
            draft.timing = (
                [sentence[max(0, raw.start - raw.sentence[0]) :]]
                if len(found) == 1
                else [block.text[raw.start : raw.end]]
            )
            self.into.append(draft)
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
        named = NAME_FIRST.match(text) or _CREAM_FIRST.match(text)
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
        ends = _CLAUSE.search(span.text)
        comma = ends.start() if ends else 0
        if dosage.status != "read" and comma and _is_applied(span.text[:comma], scene.heading):
            span = Span(block, begin, begin + comma)  # "… three times a day, once the blisters have healed"
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
        self.into.append(draft)
        if apart := spacing_in(block.text, span.start, end):
            told = Span(block, *apart[:2])
            self.into.append(dataclasses.replace(draft, dosage=[told], spacing=apart[2], labelled=False))
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


def _is_applied(text: str, name: str = "") -> bool:
    """Whether a text says how often something is put on the skin; behind the ``name`` of a cream it need not say so."""
    return bool(_APPLIED.match(text) or _CREAM.search(name)) and has_frequency(text)
