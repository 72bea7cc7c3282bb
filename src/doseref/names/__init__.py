"""Names: exact, then synonym, abbreviation, brand, product. Suggestions are only ever suggestions.

A name is matched token by token, never by substring: "Tylenol #3" is not "Tylenol". Case, hyphens, full
width and subscript digits make no difference ("Vitamin B-12", "vitamin B₁₂"). rapidfuzz is imported only
when something has to be suggested, because a score alone never decides a dose.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from doseref.lazy import Lazy
from doseref.names.likeness import ACCEPT_MARGIN, NEAR_SCORE, SUGGESTION_SCORE, everyday, one_letter_off, one_slip
from doseref.names.model import By, Found, Named
from doseref.names.tokens import (
    APOSTROPHES,
    NOT_PLAIN,
    PLAIN_TOKEN,
    Token,
    folded_tokens,
    key,
    keys,
    plain_tokens,
    tokenize,
)
from doseref.patterns import regex
from doseref.refdata import Reference, reference
from doseref.tables import schema
from doseref.tables.cells import number, terms

__all__ = ["By", "Found", "Named", "Names", "names"]

SHORT_NAME = 6
"""Letters up to which the words of a name must stand as they do in the data."""


_COMBINATION = "combination"
"""The kind of a name in ``names.csv`` that stands for several substances together."""
MOST_TOKENS = 16
"""The most tokens that a known name may have."""
BEGINNING = 8
"""Letters of a name's beginning that are looked at before a name is put together from tokens."""


class Names:
    """The index of every name in a reference."""

    def __init__(self, data: Reference) -> None:
        self.data = data
        self.index: Mapping[str, Named] = self._build()

    def _build(self) -> Mapping[str, Named]:
        """Every name's key → what it stands for; an entry is made when it is looked up.

        A substance's own name comes before its other names, and these before products of the same name.
        """
        products = self._product_names()
        columns = schema.NAMES.header
        name, substance, kind = (columns.index(each) for each in ("name", "substance", "kind"))
        rows = self.data.cells(schema.NAMES)
        others: dict[str, int] = {}
        disputed: set[str] = set()
        mixtures: dict[str, list[int]] = {}
        for at, (word, line) in enumerate(zip(keys(list(rows.column(name))), rows.lines, strict=True)):
            if _COMBINATION in line and rows[at][kind] == _COMBINATION:
                mixtures.setdefault(word, []).append(at)
            elif (first := others.setdefault(word, at)) != at and rows[first][substance] != rows[at][substance]:
                disputed.add(word)  # a name of two substances names neither
        for word in disputed:
            del others[word]
        own, care = self._substance_names()

        def made(word: str) -> Named:
            if word in own:
                own_name, key = own[word]
                what = care.get(key, "")
                return Named(own_name, "name", key, everyday=bool(what), care=what)
            if word in others:
                row = dict(zip(columns, rows[others[word]], strict=True))
                by: By = "brand" if row["kind"].startswith("brand") else "synonym"
                brand, _, told = row["kind"].partition("-")
                only = told if brand == "brand" else ""  # of one release, or by one route
                salt, base = number(row["salt_amount"]), number(row["base_amount"])
                what, plain = care.get(row["substance"], ""), row["kind"] == "word"
                return Named(
                    row["name"],
                    by,
                    row["substance"],
                    salt,
                    base,
                    release="ER" if only == "er" else "",
                    route="" if only == "er" else only,
                    compound=row["kind"] == "compound",
                    abbreviation=row["kind"] == "abbreviation",
                    everyday=plain or bool(what),
                    care=what,
                    word=plain,
                )
            if word not in products:
                parts = [rows[at] for at in mixtures[word]]
                return Named(parts[0][name], "brand", mixture=tuple(row[substance] for row in parts))
            label, ids = products[word]
            return Named(label, "brand", products=tuple(self.data.products[each] for each in dict.fromkeys(ids)))

        return Lazy({**mixtures, **products, **others, **own}, made)

    def _substance_names(self) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
        """Key → name and id of a substance; and the names of what is no medicine, by id."""
        columns = schema.SUBSTANCES.header
        key, name, kind = (columns.index(each) for each in ("id", "name", "kind"))
        heads = self.data.cells(schema.SUBSTANCES).heads(max(key, name, kind) + 1)
        known = [row for row in heads if row[kind] != "procedure"]
        own = {word: (row[name], row[key]) for word, row in zip(keys([row[name] for row in known]), known, strict=True)}
        return own, {row[key]: row[name] for row in known if row[kind] == "care"}

    def _product_names(self) -> dict[str, tuple[str, list[str]]]:
        """Key → a name of products and their ids: labels and what is also written for them come before brands."""
        columns = schema.PRODUCTS.header
        place, name, label, also = (columns.index(each) for each in ("id", "name", "label", "also"))
        written: dict[str, list[str]] = {}
        brands: dict[str, list[str]] = {}
        for cells in self.data.cells(schema.PRODUCTS).groups(max(place, name, label, also) + 1):
            product = cells[place]
            for text in (cells[label], *terms(cells[also])) if cells[also] else (cells[label],):
                written.setdefault(text, []).append(product)
            brands.setdefault(cells[name], []).append(product)
        devices = [(bare, ids) for text, ids in brands.items() if (bare := _without_device(text))]
        devices += [(text.rpartition(" ")[0], ids) for text, ids in written.items() if text.endswith(_FORMS)]
        found: dict[str, tuple[str, list[str]]] = {}
        for said in (devices, list(brands.items()), list(written.items())):
            here: dict[str, tuple[str, list[str]]] = {}
            for word, (text, ids) in zip(keys([text for text, _ in said]), said, strict=True):
                if here.setdefault(word, (text, ids))[1] is not ids:
                    here[word] = (here[word][0], [*here[word][1], *ids])
            found.update(here)
        return found

    def lookup(self, name: str) -> Named | None:
        """What exactly this name stands for, ``None`` where it is not known."""
        return self.index.get(key(name))

    def at(self, tokens: list[Token], first: int, head: bool = False, most: int = MOST_TOKENS) -> Found | None:
        """The longest known name that starts at token ``first`` and has at ``most`` so many of them; words of everyday
        language only at the ``head`` of an item.
        """
        word, best, whole = "", None, None
        index = self.index
        for last in range(first, min(len(tokens), first + most)):
            word += tokens[last].text
            entry = index.get(word)
            if (
                entry is not None
                and (head or not entry.everyday)
                and _whole(tokens, last + 1)
                and (last == first or _as_one(tokens, first, last, entry))
            ):
                whole = Found(entry, tokens[first].start, tokens[last].end, first, last + 1)
                if not _ends_in_dose(tokens, last, entry):
                    best = whole
        return best or whole

    def all(self, text: str) -> Iterator[Found]:
        """Every known name in ``text``, longest first at each place, without overlaps."""
        if NOT_PLAIN.search(text):
            tokens = folded_tokens(text)
            places = [(place, MOST_TOKENS) for place in range(len(tokens))]
        else:
            places = self._places(text)
            tokens = plain_tokens(text, sum(places[-1]) + 1) if places else []  # what follows a name may go on with it
        reached = 0
        for place, most in places:
            if place < reached:
                continue
            found = self.at(tokens, place, most=most)
            if found is not None:
                yield found
                reached = found.last

    def _places(self, text: str) -> list[tuple[int, int]]:
        """The tokens of a plain text at which a name may begin, and how many tokens the longest one there has: nearly
        all words of an article begin none.
        """
        beginnings, known = self._beginnings, self._words
        lower = text.lower()
        runs = PLAIN_TOKEN.findall(APOSTROPHES.sub("", lower) if "'" in lower or "’" in lower else lower)
        places = []
        for place in [place for place, run in enumerate(runs) if run[:BEGINNING] in beginnings]:
            word, longest = "", 0
            for count, run in enumerate(runs[place : place + MOST_TOKENS], 1):
                word += run
                if word in known:
                    longest = count
                if word[:BEGINNING] not in beginnings:
                    break
            if longest:
                places.append((place, longest))
        return places

    @cached_property
    def _words(self) -> frozenset[str]:
        """The key of every name."""
        return frozenset(self.index)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What every name begins with, its first letters, one to :data:`BEGINNING` of them."""
        return frozenset(word[:length] for word in self.index for length in range(1, BEGINNING + 1))

    @cached_property
    def known(self) -> dict[str, str]:
        """Every name (lower case) → the name it would be suggested as; made once, when something is first suggested."""
        name_of = self.data.name_of
        known = {row["name"].lower(): row["name"] for row in self.data.substance_rows.values()}
        for row in self.data.rows(schema.NAMES):
            care = self.data.substance_rows[row["substance"]]["kind"] == "care"
            whole = care or row["kind"] == "combination"  # the name of one ingredient would say less
            known.setdefault(row["name"].lower(), row["name"] if whole else name_of(row["substance"]))
        for rows in self.data.product_rows.values():
            for name in (rows[0]["name"], rows[0]["label"], *terms(rows[0]["also"])):
                known.setdefault(name.lower(), name)
        return {name: canonical for name, canonical in known.items() if key(name) in self.index}

    @cached_property
    def _known_by_length(self) -> tuple[list[str], list[int]]:
        """The known names, shortest first, and their lengths."""
        ordered = sorted(self.known, key=len)
        return ordered, [len(name) for name in ordered]

    def _close(self, text: str, least: int) -> list[tuple[str, float]]:
        """The known names (lower case) that are at least so similar (0 to 100), most similar first."""
        from rapidfuzz import fuzz, process

        wanted = " ".join(text.lower().split())
        if len(wanted) < 3 or everyday(wanted):
            return []
        ordered, lengths = self._known_by_length
        # The similarity is 2 × common letters / all letters: a name much shorter or longer cannot reach it.
        shortest = len(wanted) * least / (200 - least)
        first, last = bisect_left(lengths, shortest), bisect_right(lengths, len(wanted) * (200 - least) / least)
        near = process.extract(wanted, ordered[first:last], scorer=fuzz.ratio, limit=12, score_cutoff=least)
        return [(name, score) for name, score, _ in near]

    def suggest(self, text: str, most: int = 3) -> list[tuple[str, int]]:
        """Known names that look like ``text``, best first, each with its similarity (0 to 100)."""
        return [(canonical, score) for canonical, score, _ in self._suggested(text, most)]

    def asked(self, text: str, most: int = 3) -> dict[str, str]:
        """The names that :meth:`suggest` gives, each as it is asked for: "warfarin", "Afrin (oxymetazoline)"."""
        asked = {}
        for canonical, _, by in self._suggested(text, most):
            entry = self.lookup(by)
            written = entry.name if entry is not None and entry.by != "none" else by
            asked[canonical] = canonical if by == canonical.lower() else f"{written} ({canonical})"
        return asked

    def _suggested(self, text: str, most: int) -> list[tuple[str, int, str]]:
        """What each of the names nearest to ``text`` is suggested as, its similarity, and that name."""
        held = self._named_in(text)
        if held:
            return held
        best: dict[str, tuple[int, str]] = {}
        for name, score in self._close(text, SUGGESTION_SCORE):
            best.setdefault(self.known[name], (round(score), name))  # the nearest come first
        ordered = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))
        if ordered and self._substance(ordered[0][0]) and one_slip(text, ordered[0][1][1]):
            # Other names, less alike than the substance one letter away, are nothing to ask about.
            ordered = [each for each in ordered if self._substance(each[0], each[1][1]) or one_slip(text, each[1][1])]
        return [(canonical, score, name) for canonical, (score, name) in ordered[:most]]

    def _named_in(self, text: str) -> list[tuple[str, int, str]]:
        """The one substance that a word of a longer text names ("to restart metformin"); none where there are two."""
        words = text.lower().split()
        held = {
            word for word in words if len(word) > 4 and len(words) > 1 and self._substance(self.known.get(word, ""))
        }
        return [(self.known[word], 100, word) for word in held] if len(held) == 1 else []

    def _substance(self, canonical: str, name: str = "") -> bool:
        """Whether a name is that of a substance, and no brand of one or of several."""
        entry = self.lookup(canonical) if name in ("", canonical.lower()) else None
        return entry is not None and bool(entry.substance) and entry.by in ("name", "synonym")

    def near(self, text: str) -> list[str]:
        """What to ask "did you mean" of: substances that look like ``text``,
        and other names only where one letter is off.
        """
        found: dict[str, None] = {}
        for name, _ in self._close(text, SUGGESTION_SCORE):
            canonical = self.known[name]
            if name == canonical.lower():
                found[canonical] = None
            elif one_letter_off(text, name):
                found[f"{name} ({canonical})"] = None
        return list(found)[:3]

    def acceptable(self, text: str) -> str | None:
        """The one name that ``text`` may be taken for where the user accepts suggestions, else ``None``.

        It must sound like one name (:func:`sound`, at most one letter apart, and the same first letter), be nearer to
        it by a margin than to a name of anything else, and no listed look-alike of it may be anywhere near: look-alikes
        score as high as real misspellings do, so a score alone never decides.
        """
        return self.accepted(text)[0]

    def accepted(self, text: str) -> tuple[str | None, str]:
        """The name of :meth:`acceptable`, or ``None`` and why there is none, in words behind "did you mean …?"."""
        close = self._close(text, NEAR_SCORE)
        if not close:
            return None, ""
        name, score = close[0]
        canonical = self.known[name]
        others = [each for each in close[1:] if self.known[each[0]] != canonical]
        if score < SUGGESTION_SCORE or not one_letter_off(text, name):
            why = "so short a name may be another one" if one_slip(text, name) else "more than a letter differs"
            return None, f" (not accepted: {why})"
        if others and score - others[0][1] < ACCEPT_MARGIN:
            return None, f" (not accepted: it is nearly as like '{self._as_named(others[0][0])}')"
        near = {other for other, _ in close}  # a brand near the text does not bring the name of its substance near
        rivals = (other for own in {name, canonical.lower()} for other in self.data.lookalikes.get(own, ()))
        alike = next((other for other in sorted(rivals) if other in near), "")
        if alike:
            return None, f" (not accepted: '{self._as_named(alike)}' is listed as looking like it)"
        entry = self.lookup(canonical)
        return (canonical, "") if entry is not None and entry.substance and not entry.care else (None, "")

    def _as_named(self, name: str) -> str:
        entry = self.lookup(name)
        return entry.name if entry is not None and entry.by != "none" else name


_DEVICES = frozenset(
    "ellipta diskus hfa respimat respiclick aerosphere digihaler inhub breezhaler genuair accuhaler evohaler "
    "easyhaler nexthaler spiromax "
    "turbohaler turbuhaler pressair kwikpen".split()
)
"""What inhalers and pens are called, which a brand is also written without ("Trelegy")."""


_FORMS = (" Tablets", " tablets", " liquid")
"""Forms at the end of labels, which a product is also written without ("Gaviscon Advance 10 mL")."""


def _without_device(brand: str) -> str:
    """A brand without the device in its name; empty where it has none."""
    bare, _, device = brand.rpartition(" ")
    return bare if device.lower() in _DEVICES else ""


_STRENGTH_UNITS = frozenset(("mg", "mcg", "ug", "g", "ml", "iu", "unit", "units"))


def _ends_in_dose(tokens: list[Token], last: int, entry: Named) -> bool:
    """Whether the label of a product with one ingredient ends in its strength ("Lasix 40 mg"):
    a dose says that, no name.
    """
    if not entry.products or any(len(product.ingredients) > 1 for product in entry.products):
        return False
    if tokens[last].text in _STRENGTH_UNITS:
        return tokens[last - 1].text.isdigit()
    follows = tokens[last + 1].text if last + 1 < len(tokens) else ""
    return tokens[last].text.isdigit() and follows in _STRENGTH_UNITS


_CAPITAL = regex(r"(?<=[a-z])[A-Z]")


def _as_one(tokens: list[Token], first: int, last: int, entry: Named) -> bool:
    """Whether a short name of several words has its words where the data have them: "as a" is not ASA."""
    width = sum(len(token.text) for token in tokens[first : last + 1])
    if width > SHORT_NAME:
        return True
    own, reached = set(), 0
    for token in tokenize(entry.name):
        own |= {reached} | {reached + each.start() for each in _CAPITAL.finditer(entry.name[token.start : token.end])}
        reached += len(token.text)
    reached = len(tokens[first].text)
    for before, token in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True):
        if token.gap and before.text.isalpha() and token.text.isalpha() and reached not in own:
            return False
        reached += len(token.text)
    return True


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
