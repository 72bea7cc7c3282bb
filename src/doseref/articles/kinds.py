"""Words that say one of several things; one search tells whether a text says any of them, since most texts say none."""

from __future__ import annotations

import re
from collections.abc import Iterator


class SpokenKinds:
    """What may be said → the words for it, in the order in which they are asked for; all with the same flags."""

    def __init__(self, *pairs: tuple[str, re.Pattern[str]]) -> None:
        self.pairs = pairs
        flags = pairs[0][1].flags
        self.any = re.compile("|".join(f"(?:{words.pattern})" for _, words in pairs), flags)

    def __iter__(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        return iter(self.pairs)

    def first(self, text: str) -> str | None:
        """The first that ``text`` says, ``None`` where it says none."""
        if not self.any.search(text):
            return None
        return next(kind for kind, words in self.pairs if words.search(text))

    def all(self, text: str) -> list[str]:
        """All that ``text`` says, in order."""
        return [kind for kind, words in self.pairs if words.search(text)] if self.any.search(text) else []
