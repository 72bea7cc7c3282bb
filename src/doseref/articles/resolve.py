"""Whom a heading, a table cell or a sentence is about: names of the reference found in text, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from doseref.articles.bands import without_normal_kidneys
from doseref.articles.contexts import context_of, looks_like_drug
from doseref.articles.model import REMEMBERED
from doseref.articles.plain_phrases import is_use_before, is_use_behind
from doseref.articles.terms import scope_of, timing_terms
from doseref.context import NOTHING
from doseref.names import Found, Names
from doseref.names.tokens import key
from doseref.patterns import regex
from doseref.records import record, replace
from doseref.refdata import Reference


@record
class Mention:
    """Substances named at ``start``..``end`` of a text (offsets): one, or all ingredients of a combination."""

    substances: tuple[str, ...]
    start: int
    end: int
    text: str
    brand: bool = False
    """Whether a brand stands for several ingredients: their order is then not the text's."""


_JOIN = regex(r"\s{0,3}(?:[/+&–-]|\band\b|\bplus\b|\bwith\b)\s{0,3}\Z")
_SLASH = regex(r"\s{0,2}[/+]\s{0,2}|[-–]")
_PAREN = regex(r"\s*\(([^()]{0,120})\)\s*")
_COMMON = frozenset({"water", "food", "milk"})
_AGAINST = regex(
    r"[\s-]{1,2}(?:(?:immune\s+)?fab\b|immune\s+globulin|antibod(?:y|ies)|antidote|antagonists?|reversal|"
    r"analog(?:ue)?s?\b|"
    r"toxicity|poisoning|overdos\w{1,3}|intoxication|withdrawal|allerg(?:y|ies|ic)|levels?\b|nomogram|deficiency)",
    re.I,
)
"""What makes another thing of the name before it: an antidote, a poisoning, a level in the blood."""
_OPEN_BEFORE = regex(r"\b[A-Za-z][\w-]{2,}\s{0,3}(?:[/+&,]|\band\b|\bor\b|\bplus\b)\s{0,3}\Z", re.I)
_OPEN_AFTER = regex(
    r"\s{0,3}(?:[/+&,]|\band\b|\bor\b|\bplus\b)\s{0,3}(?!or\b|and\b)(?:other\s+)?[A-Za-z][\w-]{2,}", re.I
)
_NO_SECOND = regex(
    r"\s{0,3}(?:[/+&,]|and|or|plus)\s{0,3}(?:because|since|why|if|as|for|the|you|your|what|in|a|an|without|not|again|please|black\s+pepper|piperine|water|food|milk|oil|extract|caution|safety|dos|"
    r"how|when|side|risks?|use)",
    re.I,
)
_FOOTNOTE_MARKS = regex(r"(?<=[a-z)])[¹²³⁴⁵⁶⁷⁸⁹⁰†‡§*]+\s*\Z")
"""Marks of footnotes behind a name in a table."""
_LOOSE_JOIN = regex(r"\b(?:and|plus|with)\b|[&–-]", re.I)


_CONDITION = regex(
    r"(?<=\w)(?:\s*,)?\s+(?:only\s+|but\s+only\s+)?(?:if|when|where|unless|instead\s+of|rather\s+than|in\s+place\s+of|"
    r"as\s+an?\s+(?:alternative|substitute)\s+(?:to|for))\s",
    re.I,
)
"""Behind a name: when it is given in place of another drug."""
_BESIDE = regex(
    r"\b(?:(?:while|whilst|when|before|after|until|during)\s+(?:starting|taking|using|stopping|titrating|receiving|raising|on)|"
    r"(?:patients?|people|adults?|those|if|already|controlled|stable)\s+(?:already\s+)?(?:on|taking|receiving|using|by)|"
    r"(?:add(?:ed|-on)?|addition|adjunct|alternative|allergic|allergy|intoleran\w{1,2}|resistan\w{1,2}|refractory|"
    r"unresponsive|respond\w{0,3}|response|reaction|contraindication)\s+(?:to|of)|(?:failure|failed|failing)\s+(?:of|on|with)|despite|"
    r"instead\s+of|in\s+place\s+of)\s+(?:the\s+|an?\s+|oral\s+)?\Z",
    re.I,
)
"""In front of a name: a drug that is taken besides, or was before."""
_METALS = frozenset("calcium magnesium potassium sodium zinc iron lithium copper selenium iodine chromium".split())
_ANION = regex(
    r"\s{1,2}(?:iodide|chloride|citrate|gluconate|sul(?:f|ph)ate|acetate|bicarbonate|carbonate|phosphate|oxide|"
    r"hydroxide|nitrate|nitroprusside|permanganate|"
    r"polystyrene|zirconium|picosul\w+|fluoride|bromide|channel|antagonist|blocker)\w{0,2}\b",
    re.I,
)
"""What makes a salt, or something else altogether, of a metal's name."""
_INFUSED = regex(r"\b(?:sul(?:f|ph)ate|chloride|gluconate|calcium\s+carbonate)\b", re.I)
"""Salts that are dosed by their own weight; a chewed antacid is no calcium either."""


_TAKE_OF = regex(
    r"\b(?:take|give|have|swallow|drink|chew|offer)s?\s+(?:about\s+|another\s+)?\d[\d.]{0,5}(?:\s?(?:–|-|to|or)\s?\d[\d.]{0,5})?\s?"
    r"(?:mg|g|grams?|mcg|micrograms?)\s+of\s+([a-z]{4,20})\b",
    re.I,
)
"""An amount that is taken, and the word for what it is an amount of ("take 15 g of glucose")."""


_VITAMIN = "vitamin"
_NUMBER_BEHIND = regex(r"\s\d{1,2}(?![\d.,])")
_GOES_ON = regex(r"\s?(?:to|or|–|-)\s?\d[\d.]*\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?|units|IU)\b", re.I)
_LETTERED = regex(r"\s(?-i:[A-EK])-?\d{0,2}\b")


class Resolver:
    """Finds the substances of a reference in text, by exact names, synonyms, brands and the tables' own headings."""

    def __init__(self, names: Names, reference: Reference) -> None:
        self.names = names
        self.reference = reference
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._headings: dict[str, tuple[str, ...]] = {}

    @cached_property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """Headings of the tables' statements → their substances: "Epidural Steroid Injection" is no substance's
        name.
        """
        found: dict[str, tuple[str, ...]] = {}
        for statement in self.reference.statements.values():
            substances = tuple(self.reference.name_of(each) for each in statement.substances)
            heading = statement.name
            found.setdefault(key(heading), substances)
            found.setdefault(key(bare(heading)), substances)
        return found

    def name(self, text: str) -> str | None:
        """The canonical name of one substance as a text writes it, ``None`` where it is not known."""
        entry = self.names.lookup(text)
        if entry is None or not entry.substance:
            return None
        return self.reference.name_of(entry.substance)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every substance named in ``text``, in order; the parts of a combination
        ("codeine/acetaminophen") are one mention.
        """
        if text not in self._mentions:
            if len(self._mentions) >= REMEMBERED:
                self._mentions.clear()
            self._mentions[text] = tuple(self._find(text))
        return self._mentions[text]

    def _find(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        for hit in self._names_in(text):
            written = text[hit.start : hit.end]
            if written.lower() in _COMMON or not _word_ends(text, hit.start, hit.end):
                continue
            if (hit.entry.abbreviation and written != written.upper() and written != hit.entry.name) or _AGAINST.match(
                text, hit.end
            ):
                continue
            if hit.entry.substance:
                substances: tuple[str, ...] = (self.reference.name_of(hit.entry.substance),)
            else:
                substances = self._of_products(hit.entry.products)
                if not substances:
                    continue
            if hit.entry.substance in _METALS and _ANION.match(text, hit.end):
                continue  # "potassium iodide" is not potassium
            mention = Mention(substances, hit.start, hit.end, text[hit.start : hit.end], not hit.entry.substance)
            last = found[-1] if found else None
            if (
                last
                and not last.brand
                and not mention.brand
                and substances[0] not in last.substances
                and _SLASH.fullmatch(text, last.end, hit.start)
            ):
                found[-1] = Mention((*last.substances, *substances), last.start, hit.end, text[last.start : hit.end])
                continue
            found.append(mention)
        if " of " in text:
            found += self._everyday(text, found)
        return found

    def _names_in(self, text: str) -> Iterator[Found]:
        """The names in ``text``; a "daily vitamin C" is vitamin C, and no multivitamin that is taken daily."""
        for hit in self.names.all(text):
            start = hit.end - len(_VITAMIN)
            if text[start : hit.end].lower() == _VITAMIN and start > hit.start and _LETTERED.match(text, hit.end):
                own = next(iter(self.names.all(text[start : hit.end + 8])), None)
                if own is not None and own.start == 0:
                    yield replace(own, start=start, end=start + own.end)
                continue
            yield self._without_amount(text, hit)

    def _without_amount(self, text: str, hit: Found) -> Found:
        """A name without the number behind it that begins an amount: "vitamin K 1 to 5 mg"."""
        tail = _NUMBER_BEHIND.search(text, hit.start, hit.end)
        if tail is None or not _GOES_ON.match(text, hit.end):
            return hit
        own = next(iter(self.names.all(text[hit.start : tail.start()])), None)
        return replace(own, start=hit.start, end=hit.start + own.end) if own is not None and own.start == 0 else hit

    def _everyday(self, text: str, found: list[Mention]) -> Iterator[Mention]:
        """Names that are words of everyday language, right behind an amount of them that is to be taken."""
        for hit in _TAKE_OF.finditer(text):
            entry = self.names.lookup(hit.group(1))
            if entry is None or not (entry.everyday and entry.substance):
                continue
            if not any(each.start >= hit.start(1) or each.end > hit.start(1) for each in found):
                substances = (self.reference.name_of(entry.substance),)
                yield Mention(substances, hit.start(1), hit.end(1), hit.group(1), False)

    def salt(self, text: str) -> str | None:
        """The salt that ``text`` names whose amounts are not those of the substance ("naproxen sodium"), ``None``
        without one.

        A salt of a metal that is infused ("magnesium sulfate") is one too: what it weighs is not what it holds.
        """
        for hit in self.names.all(text):
            metal = hit.entry.compound and hit.entry.substance in _METALS and _INFUSED.search(text[hit.start : hit.end])
            if hit.entry.salt_amount is not None or metal:
                return hit.entry.name
        return None

    def _of_products(self, products: Iterable[object]) -> tuple[str, ...]:
        """The ingredients of a brand, where all products of that name have the same."""
        kinds = {
            tuple(self.reference.name_of(each.substance) for each in product.ingredients)  # type: ignore[attr-defined]
            for product in products
        }
        sets = {frozenset(kind) for kind in kinds}
        return tuple(dict.fromkeys(next(iter(kinds)))) if len(sets) == 1 else ()

    def heading(self, text: str) -> tuple[str, ...]:
        """The substances that a heading or a table cell names; ``()`` where it names none for certain.

        What stands in brackets counts only where nothing outside does: "Turmeric (Curcumin)", "Prednisone (steroid)".
        """
        text = _FOOTNOTE_MARKS.sub("", text)
        if text not in self._headings:
            if len(self._headings) >= REMEMBERED:
                self._headings.clear()
            self._headings[text] = self._heading(text)
        return self._headings[text]

    def _heading(self, text: str) -> tuple[str, ...]:
        plain = _PAREN.sub(" ", text)
        found = self._joined(plain)
        if not found and (beside := _CONDITION.search(plain)):
            found = self._joined(plain[: beside.start()])  # "Oxycodone, if morphine isn't tolerated"
        if not found:
            for inner in _PAREN.findall(text):
                found = self._joined(inner)
                if found:
                    break
        exact = self.headings.get(key(text)) or ()
        if not exact and "(" in text:
            exact = self.headings.get(key(bare(text))) or ()
        # The tables sort a combination's ingredients; the heading has them in the order of the strengths.
        return found if set(found) == set(exact) or not exact else exact

    def _joined(self, text: str) -> tuple[str, ...]:
        """The one substance named in ``text``, or the parts of a combination; ``()`` where several are merely
        mentioned.

        Names with "and" between them are a combination only where one of their names is known; a class beside a name
        ("acetaminophen and NSAIDs") makes the heading one of several drugs.
        """
        substances: list[str] = []
        end = 0
        loose = False
        for mention in self.mentions(text):
            if _BESIDE.search(text, max(0, mention.start - 60), mention.start):
                continue  # "Prevention while starting allopurinol" is not about allopurinol
            new = [name for name in mention.substances if name not in substances]
            between = text[end : mention.start]
            if substances and new and not _JOIN.search(between):
                return ()
            front = text[: mention.start]
            if not substances and _class_beside(_OPEN_BEFORE.search(front)) and not is_use_before(front):
                return ()
            loose = loose or bool(substances and new and _LOOSE_JOIN.search(between))
            substances.extend(new)
            end = mention.end
        if substances and _OPEN_AFTER.match(text, end) and not _NO_SECOND.match(text, end):
            return tuple(substances) if not loose and (qualifier_of(text[end:]) or is_use_behind(text[end:])) else ()
        return tuple(substances) if not loose or self._combination(tuple(substances), text) else ()

    def _combination(self, substances: tuple[str, ...], text: str) -> bool:
        """Whether a product or an entry of the tables has exactly these ingredients."""
        return frozenset(substances) in self.combinations or "combination" in text.lower()

    @cached_property
    def combinations(self) -> frozenset[frozenset[str]]:
        """The ingredients of every combination product, and of every entry of the tables about several substances."""
        found = {frozenset(names) for names in self.headings.values() if len(names) > 1}
        for product in self.reference.products.values():
            if len(product.ingredients) > 1:
                found.add(frozenset(self.reference.name_of(each.substance) for each in product.ingredients))
        return frozenset(found)

    def order(
        self, heading: str, substances: Sequence[str], strengths: Sequence[tuple[Decimal, str]]
    ) -> tuple[str, ...]:
        """The ingredients in the order of ``strengths``, ``()`` where that is not certain."""
        outside = _PAREN.sub(" ", heading)
        for text in (outside, *_PAREN.findall(heading)):
            named = [name for mention in self.mentions(text) if not mention.brand for name in mention.substances]
            ordered = tuple(dict.fromkeys(named))
            if set(ordered) == set(substances):
                return ordered
        wanted = set(substances)
        for product in self.reference.products.values():
            parts = {self.reference.name_of(each.substance): (each.strength, each.unit) for each in product.ingredients}
            if set(parts) == wanted:
                order = [name for strength in strengths for name in substances if parts[name] == strength]
                if len(order) == len(set(order)) == len(substances):
                    return tuple(order)
        return ()

    def suggestions(self, text: str) -> list[str]:
        """Known names that look like ``text``: for a message, never to decide."""
        return [name for name, _ in self.names.suggest(bare(text))]


_QUALIFIER = regex(
    r"\s{0,3},\s{1,3}(?P<words>(?:[a-z]|(?:CrCl|e?GFR|IV|IM|SC|PO)\b|[<>≤≥]?\s?\d{1,3}\s?(?:years?|yrs?|kg|and|or|to|\+|–|-)"
    r"(?!\w*\s?m?c?g\b))[^.;:]{2,60})\Z"
)


def qualifier_of(rest: str) -> str:
    """What stands behind a name and a comma, where it says for whom, what or how ("immediate release");
    empty where it may be another drug.
    """
    hit = _QUALIFIER.match(rest)
    words = hit["words"].strip() if hit else ""
    if (
        not words
        or (any(char.isupper() for char in words.split()[0]) and not _WRITTEN_SO.match(words))
        or looks_like_drug(words)
        or NAMES_CLASS.search(words)
    ):
        return ""
    said = context_of(words, label=True) != NOTHING or scope_of(words) or timing_terms(words) or _TAKEN.match(words)
    return words if said or without_normal_kidneys(words) != words else ""


_TAKEN = regex(
    r"(?:taken|given|used|applied|worn|injected|once|twice|every|daily|weekly)\b|(?:days?|weeks?|months?)\s+\d|"
    r"(?:first|second|then|thereafter|afterwards?|later|after|from|until)\b[^,;]{0,30}\Z",
    re.I,
)
_WRITTEN_SO = regex(r"(?:CrCl|e?GFR|IV|IM|SC|PO)\b")
NAMES_CLASS = regex(
    r"\b(?:nsaids?|opioids?|steroids?|antibiotics?|antihistamines?|statins?|diuretics?|triptans?|other)\b", re.I
)
"""Names of classes: beside a name they are further drugs and no qualifier of it."""


def _class_beside(hit: re.Match[str] | None) -> bool:
    """Whether a word joined on in front of a name is a drug or a class that is not known here
    ("NSAIDs and acetaminophen").
    """
    return hit is not None and not _NO_SECOND.match(hit.group())


def _word_ends(text: str, start: int, end: int) -> bool:
    """Whether a name stands as a word: not inside "anti-aspirin", nor as a part of "vitamin B12-deficiency"."""
    return not (start and (text[start - 1].isalnum() or text[start - 1] == "_")) and not (
        end < len(text) and text[end].isalnum()
    )


def bare(text: str) -> str:
    """A heading without what it says in brackets."""
    return _PAREN.sub(" ", text).strip()


@lru_cache(maxsize=2)
def resolver(data: Reference | None = None) -> Resolver:
    """The resolver of a reference (default: the shipped one)."""
    from doseref.names import names
    from doseref.refdata import reference

    chosen = data or reference()
    return Resolver(names(chosen), chosen)
