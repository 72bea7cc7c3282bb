"""What an article's text holds that looks like a dose and is tied to no known substance, or cannot be read:
told, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable

from doseref.articles import labels
from doseref.articles.contexts import is_context
from doseref.articles.doses import dose_words, is_about_food, is_no_advice, sentences
from doseref.articles.extracted import Loose
from doseref.articles.how_often import has_frequency
from doseref.articles.instruction import Parse
from doseref.articles.misspelled import garbled_units
from doseref.articles.model import Article, Block
from doseref.articles.owners import Unowned
from doseref.articles.resolve import Resolver
from doseref.patterns import regex

NAME_FIRST = regex(r"([^:;.–—]{3,80}?)(?:\s{0,3}:\s{0,3}|\s{1,3}[–—-]\s{1,3})")
"""A name and what parts it from what is said of it."""
_NEW_NAME = regex(r"[A-Z][\w'’-]{2,30}(?:\s[\w'’-]{2,20}){0,3}")


class Reporter:
    """Gathers the doses of one article that no statement can be made of."""

    def __init__(self, article: Article, found: Resolver, raw: Parse) -> None:
        self.article, self.resolver, self.raw = article, found, raw
        self.loose: list[Loose] = []

    def report(self, block: Block, start: int, end: int, heading: str, *, suggest: bool = True) -> None:
        """Keep ``text[start:end]`` under the name it seems to be of, with known names that look like that."""
        location = block.location(self.article.path, self.article.source, start, end)
        suggestions = tuple(self.resolver.suggestions(heading)) if suggest and heading else ()
        self.loose.append(Loose(block.text[start:end], heading, location, suggestions))

    def unowned(self, block: Block, unowned: Iterable[Unowned], heading: str) -> None:
        """Report the doses of running text that belong to no substance, unless the sentence speaks of food."""
        for each in unowned:
            if each.unread:
                location = block.location(self.article.path, self.article.source, each.start, each.end)
                self.loose.append(Loose(block.text[each.start : each.end].rstrip(" ."), each.word, location, (), True))
                continue
            sentence = next(
                (block.text[first:last] for first, last in sentences(block.text) if first <= each.start < last), ""
            )
            if is_about_food(sentence):
                continue
            stop = min(len(block.text), each.end + 60)
            around = block.text[each.start : stop]
            if has_frequency(around) or any(unit in around for unit in ("IU", "mcg", "µg", "μg")) or each.word:
                known = bool(heading and self.resolver.heading(heading))
                self.report(block, each.start, each.end, each.word or heading, suggest=bool(each.word) or not known)

    def garbled(self, block: Block, start: int, end: int, subject: tuple[str, ...]) -> None:
        """Report amounts beside a known drug whose unit is no unit: "400 mq every 8 hours" is a dose nobody may read
        past.
        """
        text = block.text
        for first, last in sentences(text[start:end]):
            low, high = first + start, last + start
            for word in garbled_units(text, low, high):
                named = list(self.resolver.mentions(text[low : word.start]))
                owner = named[-1].substances if named else subject
                if owner and has_frequency(text[word.end : min(high, word.end + 60)]):
                    location = block.location(self.article.path, self.article.source, word.start, word.end)
                    self.loose.append(
                        Loose(text[word.start : high].rstrip(" ."), " / ".join(owner), location, (), True)
                    )

    def unknown_item(self, block: Block, start: int, text: str) -> bool:
        """A line that is an unknown name and its dosage ("Valerian extract:
        300 mg before bed") is reported under that name.
        """
        named = NAME_FIRST.match(text)
        name = named.group(1).strip(" *_") if named else ""
        if named is None or not _NEW_NAME.fullmatch(name) or labels.label_word(name) is not None:
            return False
        if self.resolver.mentions(text) or is_about_food(text) or is_context(name):
            return False
        parts = sentences(text[named.end() :])
        first = text[named.end() : named.end() + parts[0][1]] if parts else ""
        words = dose_words(first)
        if not words or not has_frequency(first) or is_no_advice(first):
            return False
        dosage = self.raw(first.strip().removesuffix("."))
        if dosage.status != "read" or not any(option.dose for option in dosage.options):
            return False
        begin = start + named.end()
        self.report(block, begin, begin + len(first.rstrip(" .")), name)
        return True
