"""Words that say one of several things, and patterns for text in any case, both made to be quick on texts without any.

``re.IGNORECASE`` goes into every alternative at every letter. The same pattern in lower case, asked of the text in
lower case, turns most of them down by their first letter and takes a third of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from doseref.patterns import regex

_CAPITALS = regex(r"\\.|\(\?P|[A-Z]")


def lowered(text: str) -> str:
    """``text`` in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)


class AnyCase:
    """A regular expression for text in any case. What a match holds is in lower case, its offsets are the text's."""

    __slots__ = ("pattern", "written")

    def __init__(self, written: str) -> None:
        self.written = written
        self.pattern = regex(_CAPITALS.sub(lambda hit: hit[0].lower() if hit[0].isalpha() else hit[0], written))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match behind ``start``, ``None`` without one."""
        lower = text.lower()
        return self.pattern.search(lower if len(lower) == len(text) else lowered(text), start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at ``start``, ``None`` without one."""
        return self.pattern.match(lowered(text), start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, in order."""
        return self.pattern.finditer(lowered(text))

    def blank(self, text: str) -> str:
        """``text`` with a space for each match."""
        parts: list[str] = []
        reached = 0
        for hit in self.pattern.finditer(lowered(text)):
            parts += (text[reached : hit.start()], " ")
            reached = hit.end()
        return "".join((*parts, text[reached:])) if parts else text


class SpokenKinds:
    """What may be said → the words for it, in the order in which they are asked for.

    One search tells whether a text says any of them, since most texts say none.
    """

    def __init__(self, *pairs: tuple[str, AnyCase | re.Pattern[str]]) -> None:
        self.pairs = pairs
        self.any = _either(words for _, words in pairs)

    def __iter__(self) -> Iterator[tuple[str, AnyCase | re.Pattern[str]]]:
        return iter(self.pairs)

    def first(self, text: str) -> str | None:
        """The first that ``text`` says, ``None`` where it says none."""
        if not self.any.search(text):
            return None
        return next(kind for kind, words in self.pairs if words.search(text))

    def all(self, text: str) -> list[str]:
        """All that ``text`` says, in order."""
        return [kind for kind, words in self.pairs if words.search(text)] if self.any.search(text) else []

    def as_told(self, text: str) -> list[str]:
        """All that ``text`` says, in the order in which it says them."""
        if not self.any.search(text):
            return []
        places = {kind: hit.start() for kind, words in self.pairs if (hit := words.search(text))}
        return sorted(places, key=places.__getitem__)

    def blank(self, text: str) -> str:
        """``text`` with a space for everything that is said."""
        if self.any.search(text):
            for _, words in self.pairs:
                text = words.blank(text) if isinstance(words, AnyCase) else words.sub(" ", text)
        return text


def _either(patterns: Iterable[AnyCase | re.Pattern[str]]) -> AnyCase | re.Pattern[str]:
    """One pattern for all of them; they are all for any case, or none is."""
    found = list(patterns)
    any_case = [each.written for each in found if isinstance(each, AnyCase)]
    if len(any_case) == len(found):
        return AnyCase("|".join(f"(?:{each})" for each in any_case))
    return regex("|".join(f"(?:{each.pattern})" for each in found if not isinstance(each, AnyCase)))
