"""The words of route and release in articles: those of the sig language, and what only an article means by a word.

The sig language's own table (``dosage/words.txt``) says what a word means in an instruction. ``words.txt`` beside this
module says where an article means something else, for each place: ``PR`` in a heading is prolonged release.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from doseref.articles.kinds import SpokenKinds
from doseref.dosage.words import LEXICON, every_phrase, read_groups
from doseref.patterns import regex

_LONGEST_ABBREVIATION = 3
"""Words of so few letters count in capitals alone: "IM", and not the "im" of a torn word."""
_ANYWHERE = frozenset("into in the on onto to through under inside between".split())
"""A phrase that begins so ("to the skin", "in the nose") may as well tell of a rash: in an article it says no route."""


@lru_cache(maxsize=1)
def _declared() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Place, kind, value and words of each line of ``words.txt``."""
    lines = read_groups(Path(__file__).with_name("words.txt").read_text(encoding="utf-8"))
    return tuple((place, *said.split(), tuple(filter(None, words))) for place, said, words in lines)


def _of_instructions(kind: str) -> dict[str, list[str]]:
    """Value → the words and phrases of a kind in the sig language that say the same in an article."""
    found: dict[str, list[str]] = {}
    for word, (own, value) in LEXICON.items():
        if own == kind and word.isalpha():
            found.setdefault(value, []).append(word)
    for words, own, value in every_phrase():
        if own == kind and words[0] not in _ANYWHERE and all(len(word) > 1 and word.isalpha() for word in words):
            found.setdefault(value, []).append(" ".join(words))
    return found


def spoken(kind: str, place: str) -> SpokenKinds:
    """What the words of a kind (``ROUTE``, ``REL``) mean at a place of an article (``HEADING``, ``LABEL``).

    A word that an article means otherwise is taken from what the sig language means by it.
    """
    declared = [(where, value, words) for where, of, value, words in _declared() if of == kind]
    here = [(value, words) for where, value, words in declared if where in ("ARTICLE", place)]
    otherwise = {word.lower() for _, words in here for word in words}
    said: dict[str, list[str]] = {value: [] for _, value, _ in declared}
    for value, own in _of_instructions(kind).items():
        kept = (word for word in own if word not in otherwise)
        said.setdefault(value, []).extend(map(_as_it_counts, kept))
    for value, words in here:
        said[value] += words
    never = {value: [*map(_as_it_counts, words)] for where, value, words in declared if where == "NEVER"}
    return SpokenKinds(*((value, _pattern(words, never.get(value, ()))) for value, words in said.items() if words))


def times_a_day() -> dict[str, int]:
    """Single words of the sig language for how many times a day: ``once``, ``twice``, ``bid``, ``tds`` …"""
    found: dict[str, int] = {}
    for word, (kind, value) in LEXICON.items():
        if kind == "ONCE":
            found[word] = int(value)
        elif kind == "FREQ" and value[0] == "times" and value[2:] == (1, "d") and value[1] == int(value[1]):
            found[word] = int(value[1])
    return found


@lru_cache(maxsize=2)
def often_words(least: int = 1) -> str:
    """The words for ``least`` times a day and more, as a pattern without its ends: those of the sig language, and
    "three times", "4 times".
    """
    words = [re.escape(word) for word, many in times_a_day().items() if many >= least]
    return "|".join((*words, r"(?:two|three|four|five|six|\d)\s+times"))


def _as_it_counts(word: str) -> str:
    return word.upper() if len(word) <= _LONGEST_ABBREVIATION else word


def _pattern(words: Sequence[str], never: Sequence[str]) -> re.Pattern[str]:
    """Words in capitals as they are, the others with or without one; between two of a phrase there may be a hyphen.

    Words of one first letter stand together, which turns most texts down at once (``re.IGNORECASE`` does not).
    """
    guard = rf"(?!(?:{'|'.join(map(_written, never))})\b)" if never else ""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        written = _written(word)
        first = written[: written.index("]") + 1] if written[0] == "[" else written[0]
        by_letter.setdefault(first, []).append(written.removeprefix(first))
    told = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_letter.items())
    return regex(rf"\b(?:{told})\b" if not guard else rf"\b{guard}(?:{told})\b")


def _written(word: str) -> str:
    if word.isupper():
        return word
    return r"[-\s]+".join(f"[{part[0].upper()}{part[0]}]{part[1:]}" for part in word.split())
