"""Misspelt words that could turn a dose round: "stoped", "dubble", "extar". No remark holds one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from doseref.dosage import remark_list
from doseref.dosage.asides import TURNING
from doseref.dosage.note_words import OF_NOTES, REVERSING
from doseref.dosage.one_letter import one_letter_off
from doseref.dosage.reasons import REASONS
from doseref.dosage.state import State
from doseref.dosage.words import LEXICON

_SAY = frozenset(
    "NUM HALF ONCE TIMES FREQ ADV EVERY OTHER ALT NEG HOLD STOPIT C DAYW MAX MAXD UPTO TAPER RAISE TITR PRN UNTIL THEN".split()
)
"""Kinds of words that say how much, how often, whether or how long."""
_FEWEST = 5
"""Letters of a word that may be taken for a misspelt one; of fewer, too many differ by one letter."""


_ALSO = frozenset(
    "while early cause caused causes having doing living lives means might height paper papers reminder there those touch watch "
    "wearing wears risk risks recommended ensure quite bother bread diary enemy jacket kills pocket power safer shoes shops tired "
    "these where whose tables table".split()
)
"""Words of their own that differ from one of those by a letter."""
_LISTED = OF_NOTES | REASONS


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """What is left of each such word without one of its letters, and the word itself → the words; made when first asked."""
    found: dict[str, tuple[str, ...]] = {}
    known = {word for word, (kind, _) in LEXICON.items() if kind in _SAY and word.isalpha()}
    for word in known | TURNING | REVERSING:
        if len(word) >= _FEWEST:
            for part in _parts(word):
                found[part] = (*found.get(part, ()), word)
    return found


def _parts(word: str) -> Iterator[str]:
    """The word, and it without each of its letters."""
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def may_turn(word: str) -> bool:
    """Whether the word, which is none of the language, differs by one letter, or by two that changed places, from one that
    says how much, how often or whether.
    """
    if len(word) < _FEWEST or not word.isalpha() or word in _ALSO or word in remark_list.words() or word in _LISTED:
        return False
    return any(one_letter_off(word, other) for part in _parts(word) for other in _index().get(part, ()))


def is_unknown(word: str) -> bool:
    """Whether the word is in no list of the language, of remarks or of notes: a misspelt one, a name, a drug."""
    listed = word in remark_list.words() or word in _LISTED or word in _ALSO or word in LEXICON
    return len(word) >= _FEWEST and word.isalpha() and not listed


def doubtful(p: State, i: int, end: int) -> bool:
    """Whether a word of tokens ``i`` up to ``end`` may be a misspelt one that turns the dose round, or a drug that is not known:
    before the pieces it comes in, or its salt ("losratan tablets", "amlodipne besilate").

    Also asks for: C, WORD.
    """
    for at in range(i, end):
        if p.kinds[at] != "WORD":
            continue
        word, behind = p.tokens.raw[p.tokens.first[at]], p.tokens.raw[p.tokens.first[at + 1]]
        if may_turn(word):
            return True
        pieces = p.kinds[at + 1] == "C" and p.values[at + 1] in ("{tablet}", "{capsule}")
        if is_unknown(word) and (pieces or behind in p.tokens.vocabulary.salts):
            return True
    return False
