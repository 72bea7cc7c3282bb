"""The outline of an article while it is walked through: the sections, entries and lead-ins that are open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doseref.articles import labels
from doseref.articles.contexts import (
    context_of,
    is_context,
    is_indication,
    looks_like_drug,
    may_be_another_drug,
    step_of,
    told_in_parts,
)
from doseref.articles.doses import dose_words
from doseref.articles.entries import Entry, Scene
from doseref.articles.extracted import Draft
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse
from doseref.articles.leads import Lead, folded, most_label
from doseref.articles.model import TERM, Article, Block
from doseref.articles.plain_phrases import is_use_behind
from doseref.articles.reported import Reporter
from doseref.articles.resolve import Resolver
from doseref.articles.terms import scope_of
from doseref.articles.whom import sums_up
from doseref.context import NOTHING, Context
from doseref.patterns import regex
from doseref.records import replace

_LONGEST_HEADING = 120
_SEVERAL = regex(r",|&|\band\b|\A\s*(?:table|grid|section|part|chapter)\b", re.I)
"""A heading over several things ("Pain and sleep", "Table 3. Gout") that is no indication of each dose below it."""
_NUMBERED = regex(
    r"\A(?:[A-Z][.)]|(?:\d{1,2}\.){0,3}\d{1,2}[.)]?(?!\s?(?:%|mg|g\b|to\b|months|years|weeks|days|hours|–|-))|[IVX]{1,4}[.)])\s+(?=[A-Z*])"
)
"""The number of a heading ("A. Acute asthma", "5.1 Adults")."""
_IN_BRACKETS = regex(r"\(([a-z][^()\d]{3,40})\)\s*\Z", re.I)
"""What a heading says its drug is for ("Aspirin (heart and stroke)")."""
_COMPARING = regex(
    r"(?:similar|same|compared|like|unlike|as\s+(?:for|with)|see|faster|slower|longer|shorter|more|less|stronger|"
    r"weaker|alternative)\b",
    re.I,
)
"""How a line begins that compares with another drug and is no heading about it."""


def is_disease(title: str) -> bool:
    """Whether a page's title is the name of a disease ("Croup"), rather than of an article about medicines for one."""
    plain = not any(sign in title for sign in ":?!") and len(title.split()) <= 6
    if plain and sum(map(is_indication, _SEVERAL.split(title))) > 1:
        return False  # "Sneezing, itching, not sleeping"
    return plain and is_indication(title) and labels.section_of(title) is None and not looks_like_drug(title)


def _with_use(heading: str) -> Context:
    """What a section's heading says, with the disease that stands in front of its colon ("Heart failure: drugs we
    see most").
    """
    told, use = context_of(heading), heading.partition(":")[0].strip()
    named = ":" in heading and is_disease(_NUMBERED.sub("", use)) and not told.indication
    return replace(told, indication=_NUMBERED.sub("", use).lower()) if named else told


class Outline:
    """What is open at a place of an article: the section, the entry and the label;
    drafts are kept where they belong.
    """

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
        self.pending_word = ""
        """The label that is pending, in its own words."""
        self.leads: list[Lead] = []
        """Lines and labels above whose word still holds, the outermost first."""
        self.beside: tuple[int, tuple[str, ...]] = (0, ())
        """The depth of the last item that gave a dose, and whose it was; nobody's where it was several drugs'."""
        self.just: tuple[int, tuple[str, ...], bool] = (-1, (), False)
        """The place of the last paragraph that gave a dose or asked, the one drug that it named, and whether it asked."""
        self.signs: dict[str, tuple[str, ...]] = {}
        """The signs of footnotes in the last table, and the substances that each stands beside; labels that a file uses
        once ("^t") hold to its end.
        """
        self.tabled: list[Draft] = []
        """The doses of the last table."""
        self.around: dict[int, Context] = {}
        """What the open sections' headings say, by their level."""

    def scene(self, *more: Lead) -> Scene:
        """What holds here."""
        inherited = self.entry or (self.outer[-1] if self.outer else None)
        lead = folded([*self.leads, *more])
        context = lead.context.within(inherited.context if inherited else self.sections())
        scope = inherited.scope if inherited and not lead.context.population else None
        dosing = lead.dosing or bool(inherited and inherited.dosing)
        if lead.substances is not None:
            return Scene(lead.substances, lead.heading, scope, context, dosing)
        return Scene(
            inherited.substances if inherited else (), inherited.heading if inherited else "", scope, context, dosing
        )

    def most(self, *more: Lead) -> str:
        """The line or the heading above that says that the most that may be taken follows; empty without one."""
        around = (each for each in (self.entry, *reversed(self.outer)) if each is not None)
        return folded([*self.leads, *more]).most or next((each.most for each in around if each.most), "")

    def sections(self) -> Context:
        """What the headings of the sections around say ("Pediatric medicines")."""
        whole = NOTHING
        for level in sorted(self.around):
            whole = self.around[level].within(whole)
        return whole

    @property
    def into(self) -> list[Draft]:
        """Where drafts are kept: the open entry's, else the article's."""
        return self.entry.drafts if self.entry is not None else self.drafts

    def heads_an_entry(self, block: Block, following: Sequence[labels.FieldLabel]) -> bool:
        """Whether a line is the heading of labelled lines: short, no sentence, and a label comes next."""
        if not following or len(block.text) > _LONGEST_HEADING:
            return False
        bare = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)].rstrip("*")
        if not bare or bare.endswith((".", "?", "!", ";")) or (bare.endswith(":") and len(bare) > 60):
            return False
        if dose_words(bare) and (has_frequency(bare) or not self.resolver.heading(bare)):
            return False
        if self.scene().substances:
            first = next(iter(self.resolver.mentions(bare)), None)
            if first is None and is_context(bare.rstrip(":")) and not self.resolver.heading(bare.rstrip(":")):
                return False
            if first is not None and _COMPARING.match(bare):
                return False  # "Similar to gabapentin"
        return following[0].meaning != "other" or bool(self.resolver.heading(bare.rstrip(":")))

    def opens_section(self, block: Block) -> bool:
        """A short line without a full stop that names a section ("Dietary Molecular Supplements")."""
        text = block.text[labels.bullet_end(block.text) :].strip(" *:")
        if len(text) > 70 or text.endswith((".", "?", "!", ",", ";")) or not text[:1].isupper():
            return False
        section = labels.section_of(text)
        if section is None or len(text.split()) > 8 or dose_words(text):
            return False
        if (block.strong or block.text.rstrip("*_ ").endswith(":")) and self.scene().substances and is_context(text):
            return False  # "Injectable:" below a drug
        self.close()
        self.section, self.section_level = section, 80
        return True

    def begin(self, block: Block) -> None:
        """A heading: the label of what follows, a section, or the head of an entry."""
        text = block.text[labels.bullet_end(block.text) :].strip(" *:")
        meaning = labels.label_word(text)
        if meaning is not None and meaning != "name" and (self.entry is not None) and block.level > self.entry.level:
            self.pending = meaning
            return
        if block.level == TERM and (meaning == "maximum" or (meaning is None and most_label(text, self.resolver))):
            self._most_term(block, text)
            return
        substances = self.resolver.heading(text)
        section = labels.section_of(text)
        below = any(entry.level < block.level and entry.substances for entry in self.outer)
        if not substances and section is not None and not (below and is_context(text)):
            self.close(block.level)
            self.section, self.section_level = section, block.level
            self.around[block.level] = replace(_with_use(text), summary=sums_up(text))
            return
        if not substances and block.level <= self.section_level:
            self.section = ""
        self.open_entry(block, level=block.level)

    def _most_term(self, block: Block, text: str) -> None:
        """A term that says that its definition is the most that may be taken: of those of the term before it where the
        list gives several, else of everybody.
        """
        before = self.entry if self.entry is not None and self.entry.level == TERM else None
        self.close(TERM)
        outer = self.outer[-1] if self.outer else None
        if outer is None:
            return
        whose = before if before is not None and self._most_terms(block) > 1 else outer
        self.entry = Entry(outer.heading, block, outer.substances, TERM, self.section, whose.scope)
        self.entry.context = replace(outer.context, population=whose.context.population, band=whose.context.band)
        self.leads = []
        self.pending, self.pending_word = "maximum", text.lower()

    def _most_terms(self, block: Block) -> int:
        """How many terms of the list around ``block`` are about the most that may be taken."""
        place = next(at for at, each in enumerate(self.blocks) if each is block)
        first = last = place
        while first > 0 and not self._ends_list(self.blocks[first - 1]):
            first -= 1
        while last + 1 < len(self.blocks) and not self._ends_list(self.blocks[last + 1]):
            last += 1
        terms = [each.text for each in self.blocks[first : last + 1] if each.kind == "heading"]
        return sum(bool(labels.label_word(text) == "maximum" or most_label(text, self.resolver)) for text in terms)

    @staticmethod
    def _ends_list(block: Block) -> bool:
        return block.kind == "heading" and block.level != TERM

    def open_entry(self, block: Block, *, level: int) -> None:
        """Begin the entry that ``block`` heads."""
        text = block.text[labels.bullet_end(block.text) : labels.content_end(block.text)].strip(" *_:")
        text, _, kind = text.partition(" ~ ")
        self.close(level)
        inherited = next((entry for entry in reversed(self.outer) if entry.level < level), None)
        substances = self.resolver.heading(text)
        scope = scope_of(text)
        above = inherited.context if inherited is not None else self.sections()
        plain = _NUMBERED.sub("", text)
        context = context_of(plain, label=not substances and (level > 1 or is_disease(plain))).within(above)
        if substances or level == 1:
            context = replace(context, purpose=above.purpose)
        if level > 1 and context.indication != above.indication and _SEVERAL.search(text):
            told = told_in_parts(plain) if "," in plain else NOTHING
            uses = [use for use in (told.indication or "").split(", ") if told.population and is_indication(use)]
            context = replace(context, indication=uses[0] if len(uses) == 1 else above.indication)
        if not substances and (step := step_of(plain)):
            context = replace(context, indication=above.indication, condition=step)  # "Day 2"
        inside = _IN_BRACKETS.search(plain) if substances and not context.indication else None
        if inside is not None and is_indication(inside.group(1)):
            context = replace(context, indication=inside.group(1).lower())
        context = replace(context, summary=context.summary or sums_up(plain))
        comma = plain.find(",")
        if (
            substances
            and comma > 0
            and context in (above, replace(above, purpose=None))
            and is_use_behind(plain[comma:])
        ):
            context = told_in_parts(plain[comma + 1 :]).within(context)  # "Enoxaparin, treatment"
        another = may_be_another_drug(text) or bool(self.resolver.mentions(text))
        if not substances and inherited is not None and inherited.substances and level < 90 and not another:
            self.entry = Entry(
                inherited.heading, block, inherited.substances, level, self.section, scope or inherited.scope
            )
        else:
            self.entry = Entry(text, block, substances, level, self.section, scope)
        self.entry.context = context
        self.entry.dosing = bool(labels.DOSING.search(text)) or bool(inherited and inherited.dosing)
        self.entry.most = most_label(text, self.resolver) if not substances and level < 90 else ""
        self.leads = []
        if kind and substances:
            self.entry.class_text = kind
        if level < 90:
            self.outer.append(self.entry)

    def close(self, level: int = 0) -> None:
        """End the open entry, and every heading at ``level`` or below it."""
        entry, self.entry = self.entry, None
        self.pending = self.pending_word = ""
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
