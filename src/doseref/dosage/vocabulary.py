"""Words that come from the data, not from the language: names of ingredients, words of salts, strengths that go
together.

The sig language itself knows no drug. What names there are is handed to :func:`doseref.dosage.parse` as a
:class:`Vocabulary` (the tables make one: :mod:`doseref.tables.vocabulary`), so that it grows with the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property

from doseref.dosage.splitting import words_of
from doseref.dosage.words import LEXICON
from doseref.records import record

Pair = tuple[Decimal, Decimal]


@record
class Name:
    """One name as the data write it. A ``proper`` name (a brand) counts only where a text writes it with a capital."""

    text: str
    proper: bool = False


@record
class Spelling:
    """A name among the words of a text, found at its ``key`` word: the words from ``before`` words before that on."""

    before: int
    words: tuple[str, ...]
    proper: bool


class Vocabulary:
    """Names, salt words and pairs of strengths, each made from its source when a text first needs it.

    ``names`` are those that may stand beside a dose; ``salts`` the words that may follow one (hydrochloride);
    ``pairs`` the two strengths in mg of every combination of two ingredients, in the order they are written in.
    """

    def __init__(
        self,
        names: Callable[[], Iterable[Name]] = tuple,
        salts: Callable[[], Iterable[str]] = tuple,
        pairs: Callable[[], Iterable[Pair]] = tuple,
    ) -> None:
        self._names, self._salts, self._pairs = names, salts, pairs

    @cached_property
    def spellings(self) -> dict[str, list[Spelling]]:
        """Key word → the names it is in, longest first.

        The key is a name's first word that means nothing else in the language (``primrose`` of "evening primrose oil");
        a name that has none ("Rescue", "Pain Relief") is made of common words only and is no name here.
        """
        found: dict[str, dict[tuple[str, ...], Spelling]] = {}
        for name in self._names():
            for written in _spellings(name.text):
                words = _without_form(written, name.proper)
                key = next((index for index, word in enumerate(words) if word not in LEXICON and len(word) > 1), None)
                if key is not None and (len(words) > 1 or len(words[0]) > 2 or not words[0].isalpha()):
                    spelling = Spelling(key, words, name.proper)
                    at_key = found.setdefault(words[key], {})
                    if words not in at_key or not name.proper:
                        at_key[words] = spelling
        return {key: sorted(spellings.values(), key=lambda each: -len(each.words)) for key, spellings in found.items()}

    @cached_property
    def salts(self) -> frozenset[str]:
        """Words of salts in lower case, those left out that mean something else in the language."""
        return frozenset(word for word in self._salts() if word not in LEXICON)

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Strengths in mg of the two ingredients of a combination."""
        return frozenset(self._pairs())

    def at(self, words: list[str], i: int, capital: Callable[[int], bool]) -> tuple[int, int] | None:
        """The first word and the number of words of the name whose key stands at ``i``; ``None`` where there is none.

        ``capital`` says of the index of a word whether the text writes it with a capital.
        """
        for spelling in self.spellings.get(words[i], ()):
            first = i - spelling.before
            end = first + len(spelling.words)
            if first < 0 or tuple(words[first:end]) != spelling.words or (spelling.proper and not capital(first)):
                continue
            while end < len(words) and words[end] in self.salts:
                end += 1
            return first, end - first
        return None

    def is_pair(self, low: Decimal, high: Decimal) -> bool:
        """Whether these are the two strengths (mg) of a known combination, at least fivefold apart."""
        return low * 5 <= high and (low, high) in self.pairs


NO_NAMES = Vocabulary()
"""The language alone, for texts that name nothing (timings)."""


def _without_form(words: tuple[str, ...], proper: bool) -> tuple[str, ...]:
    """A name without the release at its end ("Effexor XR"), a brand also without its form: these say what is taken."""
    kinds = ("REL", "FORM", "C", "ROUTE") if proper else ("REL",)
    end = len(words)
    while end > 1 and LEXICON.get(words[end - 1], ("",))[0] in kinds:
        end -= 1
    return words[:end]


def _spellings(name: str) -> list[tuple[str, ...]]:
    """The words of a name as a text's tokens would be, at the head of a text and inside it;
    none for a name with other signs.
    """
    lower = name.lower()
    if lower.isascii() and lower.replace(" ", "").isalpha():
        return [tuple(lower.split())]
    found = {tuple(words_of(before + name)[skip:]) for before, skip in (("", 0), ("x x ", 2))}
    return [words for words in found if words and all(word[0].isalnum() and word[-1].isalnum() for word in words)]
