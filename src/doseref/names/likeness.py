"""How alike two names are: by their sound, and by how many letters differ."""

from __future__ import annotations

SUGGESTION_SCORE = 78
"""Least similarity (0 to 100) at which a known name is suggested."""
NEAR_SCORE = 60
"""Least similarity at which another name is near enough to be mistaken for."""
ACCEPT_MARGIN = 10
"""By how much a name must be more similar than every name of anything else to be accepted,
if the user asked for that.
"""
LONG_NAME = 7
"""Letters from which on one wrong letter does not make another name likely."""

_SOUNDS = (("ph", "f"), ("th", "t"), ("ch", "c"), ("y", "i"), ("z", "s"), ("k", "c"), ("ae", "e"), ("oe", "e"))
"""Spellings of one sound."""

_EVERYDAY = frozenset(
    """water medication medications medicine medicines medicinal drug drugs list tablet tablets pill pills capsule capsules
    gummy gummies drops drop cream spray patch pain painkiller sleep walk walking morning evening night daily weekly
    patient name date dose doses doctor nurse hospital clinic pharmacy address phone allergies prescribed printed current
    home other notes page thank you seeing please regards the a an my of for and""".split()
)
"""Words that stand in lists and letters and that nobody writes for a drug."""


def everyday(text: str) -> bool:
    """Whether a text is ordinary English words and nothing else: no name that somebody misspelt."""
    words = "".join(each if each.isalpha() else " " for each in text.lower()).split()
    return bool(words) and all(word in _EVERYDAY for word in words)


def sound(word: str) -> str:
    """A name as it sounds, roughly: letters only, one spelling for each sound, no double letters, no final "e"."""
    letters = "".join(each for each in word.lower() if each.isalnum())
    for written, heard in _SOUNDS:
        letters = letters.replace(written, heard)
    single = "".join(each for place, each in enumerate(letters) if not place or letters[place - 1] != each)
    return single.removesuffix("e")


def one_letter_off(written: str, name: str) -> bool:
    """Whether two names sound the same but for one letter, or two that changed places; in a short name, the same."""
    one, other = sound(written), sound(name)
    if one[:1] != other[:1] or min(len(one), len(other)) < 4:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=2) <= (1 if min(len(one), len(other)) >= LONG_NAME else 0)


def one_slip(written: str, name: str) -> bool:
    """Whether one letter is wrong, left out or too many, or two changed places."""
    from rapidfuzz.distance import OSA

    return min(len(written), len(name)) > 4 and OSA.distance(written.lower(), name.lower(), score_cutoff=1) <= 1
