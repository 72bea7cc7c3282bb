"""Words one letter off: units that are none ("400 mq"), and misspelled words of how often ("twise")."""

from __future__ import annotations

from typing import NamedTuple

from doseref.dosage.one_letter import one_letter_off
from doseref.patterns import regex


class DoseWord(NamedTuple):
    """An amount in a text: its offsets, and whether its unit alone makes it a dose."""

    start: int
    end: int
    strong: bool


_GARBLED = regex(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,7}(?:\.\d{1,4})?)\s?(?P<unit>[^\W\d_]{2,4}|Â[µμ]g|Î¼g|\ufffdg|"
    r"m9|rng)(?![\w%°])"
)
_UNITS = ("mg", "mcg", "ug")
_MISREAD = frozenset(("âµg", "âμg", "î¼g", "m9", "rng", "\ufffdg"))
"""A micro sign read in the wrong encoding, and what character recognition makes of mg; lower case."""
_NO_UNIT = frozenset("am pm mm cm km kg ng ml mag mug mi me my ms mr md mph mp gb mb mhz ma mol gms gm".split())


def garbled_units(text: str, start: int = 0, end: int | None = None) -> list[DoseWord]:
    """Numbers with something that is one letter away from a unit of mass ("400 mq", "1,000 Âµg"):
    a dose that cannot be read.
    """
    stop = len(text) if end is None else end
    found = []
    for hit in _GARBLED.finditer(text, start, stop):
        unit = hit["unit"].lower()
        known = unit in _UNITS or unit in _NO_UNIT
        if unit in _MISREAD or (not known and any(one_letter_off(unit, each) for each in _UNITS)):
            found.append(DoseWord(hit.start(), hit.end(), True))
    return found


_FREQUENCY_WORDS = tuple(
    "every daily twice thrice three times hours weekly nightly monthly once four day week bid tid qid".split()
)
_OTHER_WORDS = frozenset(
    "ever very dairy time hour our ours tour pour hers house horse weakly meekly weak seek peek meek say may "
    "way pay lay bay dry die dye did bad big tie kid lid hid rid aid mid quid quit fur for form foul flour "
    "sour your hour fore ounce one bidet timed tides tired here there these tree trees those dimes limes ties "
    "tines weeks days weekday".split()
) - {"tree"}


def misspelled_frequency(word: str) -> bool:
    """Whether a word is one letter away from one that says how often ("thre", "evry", "twise")."""
    if len(word) < 2 or word in _FREQUENCY_WORDS or word in _OTHER_WORDS:
        return False
    return any(one_letter_off(word, known) for known in _FREQUENCY_WORDS if len(word) > 2 or known == "day")
