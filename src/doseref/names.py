"""Names: exact, then synonym, abbreviation, brand, product. Suggestions are only ever suggestions.

A name is matched token by token, never by substring: "Tylenol #3" is not "Tylenol". Case, hyphens, full
width and subscript digits make no difference ("Vitamin B-12", "vitamin B₁₂"). rapidfuzz is imported only
when something has to be suggested, because a score alone never decides a dose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from doseref.records import record
from doseref.refdata import Lazy, Product, Reference, number, reference, terms
from doseref.tables import schema

By = Literal["name", "synonym", "brand", "none"]

SUGGESTION_SCORE = 78
"""Least similarity (0 to 100) at which a known name is suggested."""
ACCEPT_SCORE = 86
"""Least similarity at which a single close name may be accepted, if the user asked for that."""


@record
class Token:
    """A run of letters, a run of digits, or one other character that is no space; ``text`` is folded."""

    text: str
    start: int
    end: int
    gap: bool
    """Whether white space or punctuation stands before it."""


@record
class Entry:
    """What a name stands for: a substance (with its salt ratio) or products."""

    name: str
    by: By
    substance: str = ""
    salt_amount: Decimal | None = None
    base_amount: Decimal | None = None
    products: tuple[Product, ...] = ()
    release: str = ""
    """``ER`` for a brand that exists only as extended release."""
    compound: bool = False
    """A compound of a mineral, of which the substance is only a part ("calcium carbonate")."""

    def as_base(self, amount: Decimal) -> Decimal:
        """``amount`` of this name (a salt with a stated equivalent) as the substance, same unit."""
        if self.salt_amount is None or self.base_amount is None:
            return amount
        return amount * self.base_amount / self.salt_amount


@record
class Found:
    """A name found in a text at ``start``..``end`` (offsets) covering tokens ``first``..``last`` (exclusive)."""

    entry: Entry
    start: int
    end: int
    first: int
    last: int


def fold(character: str) -> str:
    """One character for matching: compatibility form, lower case, without accents; possibly several characters."""
    if character.isascii():
        return character.lower()
    import unicodedata  # most text never needs it

    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each))


_IN_NUMBERS = ",.\u00a0\u202f"


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``: letter runs, digit runs and ``#``/``+``/``/``; all else only separates."""
    tokens: list[Token] = []
    run = ""
    kind = ""
    start = 0
    gap = True
    run_gap = True
    for position, character in enumerate(text):
        if character in "'’":
            continue
        folded = fold(character)
        one = folded[:1]
        this = "d" if one.isdigit() else "a" if one.isalpha() else "s" if one in "#+/" and one else ""
        if this != kind or this in ("s", ""):
            if run:
                tokens.append(Token(run, start, position, run_gap))
                gap = False
            run, start, kind, run_gap = "", position, this, gap
        if this:
            run += folded
        elif not _inside_number(text, position):
            gap = True
            run_gap = True
    if run:
        tokens.append(Token(run, start, len(text), run_gap))
    return tokens


def _inside_number(text: str, position: int) -> bool:
    """Whether a separator stands inside one number: "vitamin D 2,000 units" is not vitamin D2."""
    return (
        text[position] in _IN_NUMBERS
        and text[max(position - 1, 0)].isdigit()
        and text[position + 1 : position + 2].isdigit()
    )


_DROPPED = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in "#+/"}
MOST_TOKENS = 16
"""The most tokens that a known name may have."""


def key(text: str) -> str:
    """The tokens' texts in one word: what two spellings of one name ("co-codamol", "Co Codamol") have in common."""
    if text.isascii():  # nearly every name; two thousand of them are indexed at each start
        return text.lower().translate(_DROPPED)
    return "".join(token.text for token in tokenize(text))


class Names:
    """The index of every name in a reference."""

    def __init__(self, data: Reference) -> None:
        self.data = data
        self.index: Mapping[str, Entry] = self._build()

    def _build(self) -> Mapping[str, Entry]:
        """Every name's key → what it stands for; an entry is made when it is looked up.

        A substance's own name comes before its other names, and these before products of the same name.
        """
        labels: dict[str, tuple[str, list[str]]] = {}
        brands: dict[str, tuple[str, list[str]]] = {}
        for product, rows in self.data.product_rows.items():
            for label in (rows[0]["label"], *terms(rows[0]["also"])):
                labels.setdefault(key(label), (label, []))[1].append(product)
            brands.setdefault(key(rows[0]["name"]), (rows[0]["name"], []))[1].append(product)
        products = {**brands, **labels}
        others: dict[str, dict[str, str]] = {}
        disputed: set[str] = set()
        for row in self.data.rows(schema.NAMES):
            word = key(row["name"])
            if others.setdefault(word, row)["substance"] != row["substance"]:
                disputed.add(word)  # a name of two substances names neither
        for word in disputed:
            del others[word]
        own = {key(row["name"]): row for row in self.data.substance_rows.values() if row["kind"] != "procedure"}

        def made(word: str) -> Entry:
            if word in own:
                return Entry(own[word]["name"], "name", own[word]["id"])
            if word in others:
                row = others[word]
                by: By = "brand" if row["kind"].startswith("brand") else "synonym"
                release = "ER" if row["kind"] == "brand-er" else ""
                salt, base = number(row["salt_amount"]), number(row["base_amount"])
                compound = row["kind"] == "compound"
                return Entry(row["name"], by, row["substance"], salt, base, release=release, compound=compound)
            name, ids = products[word]
            return Entry(name, "brand", products=tuple(self.data.products[each] for each in dict.fromkeys(ids)))

        return Lazy({**products, **others, **own}, made)

    def lookup(self, name: str) -> Entry | None:
        """What exactly this name stands for, ``None`` where it is not known."""
        return self.index.get(key(name))

    def at(self, tokens: list[Token], first: int) -> Found | None:
        """The longest known name that starts at token ``first``."""
        word, best = "", None
        for last in range(first, min(len(tokens), first + MOST_TOKENS)):
            word += tokens[last].text
            entry = self.index.get(word)
            if entry is not None and _whole(tokens, last + 1):
                best = Found(entry, tokens[first].start, tokens[last].end, first, last + 1)
        return best

    def all(self, text: str) -> Iterator[Found]:
        """Every known name in ``text``, longest first at each place, without overlaps."""
        tokens = tokenize(text)
        position = 0
        while position < len(tokens):
            found = self.at(tokens, position)
            if found is None:
                position += 1
            else:
                yield found
                position = found.last

    @property
    def known(self) -> dict[str, str]:
        """Every name (lower case) → the name it would be suggested as."""
        names: dict[str, str] = {}
        for entry in self.index.values():
            canonical = self.data.name_of(entry.substance) if entry.substance else entry.name
            names.setdefault(entry.name.lower(), canonical)
        return names

    def suggest(self, text: str, most: int = 3) -> list[tuple[str, int]]:
        """Known names that look like ``text``, best first, each with its similarity (0 to 100)."""
        from rapidfuzz import fuzz, process

        wanted = " ".join(text.lower().split())
        if len(wanted) < 3:
            return []
        known = self.known
        best: dict[str, int] = {}
        for name, score, _ in process.extract(
            wanted, list(known), scorer=fuzz.ratio, limit=12, score_cutoff=SUGGESTION_SCORE
        ):
            canonical = known[name]
            best[canonical] = max(best.get(canonical, 0), round(score))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:most]

    def acceptable(self, text: str) -> str | None:
        """The one name that ``text`` may be taken for where the user accepts suggestions, else ``None``.

        There must be exactly one close name, and it must stand on no look-alike list: look-alikes score
        as high as real misspellings.
        """
        suggestions = self.suggest(text, most=5)
        close = [name for name, score in suggestions if score >= ACCEPT_SCORE]
        if len(close) != 1 or close[0].lower() in self.data.lookalikes:
            return None
        from rapidfuzz import fuzz, process

        # "Celebrx" is close to Celebrex, which looks like Celexa, though celecoxib looks like nothing.
        wanted = " ".join(text.lower().split())
        near = process.extract(wanted, list(self.known), scorer=fuzz.ratio, limit=12, score_cutoff=SUGGESTION_SCORE)
        if any(name in self.data.lookalikes for name, _, _ in near):
            return None
        entry = self.lookup(close[0])
        if entry is None or not entry.substance:
            return None
        return close[0]


def _whole(tokens: list[Token], last: int) -> bool:
    """Whether a name ending before ``last`` ends at a word: "B1" must not match in "B12", nor "Advil" in "Advil3"."""
    if last >= len(tokens):
        return True
    following = tokens[last]
    if following.gap or not following.text[0].isalnum():
        return True
    return tokens[last - 1].text.isdigit() != following.text.isdigit() and not tokens[last - 1].text.isdigit()


@lru_cache(maxsize=4)
def names(data: Reference | None = None) -> Names:
    """The name index of a reference (default: the shipped one)."""
    return Names(data or reference())
