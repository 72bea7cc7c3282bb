"""The vocabulary of the sig language, as ``words.txt`` beside this module lists it: word or phrase → (token kind,
value).

A word that is not there is no word of the language: it is reported, never guessed at. Kinds are short
strings; what each kind may begin is said in the productions of :mod:`doseref.dosage.parser` and its
neighbours. Words are lower case, hyphens between letters and dots inside abbreviations are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from doseref import units
from doseref.dosage.reasons import REASON_HEADS

LexiconEntry = tuple[str, Any]

LEXICON: dict[str, LexiconEntry] = {}
"""One word (or one sign) → (kind, value). Kind ``""`` is a word without meaning that is dropped."""

PHRASES: dict[str, dict[str, list[tuple[int, list[str], str, Any]]]] = {}
"""First word → second word → the phrases that begin with both, longest first: (number of words, all words but the
first, kind, value). A hundred begin with "in", and few of them with "in the".
"""

FORM_OF: dict[str, str] = {
    "{" + form + "}": form
    for form in "tablet capsule patch suppository lozenge sachet film gummy pessary enema implant strip".split()
}
"""Count unit → dosage form it names; units that name no form (puff, drop, dose) are absent."""

DEVICES = tuple(
    "hfa solostar flexpen flextouch kwikpen penfill innolet flexpro respimat diskus accuhaler turbuhaler turbohaler "
    "odt ellipta handihaler evohaler easyhaler respiclick redihaler autohaler nexthaler sureclick "
    "easibreathe clickhaler novolizer spiromax breezhaler genuair twisthaler zonda forspiro aerolizer rotahaler".split()
)
"""Words for the device or propellant that a product comes in: they change nothing of what it holds or how it is
taken.
"""

_NUMBERS = frozenset("NUM FR HALF MILL ROMAN A ONCE ORDN HH".split())
"""Kinds whose value is a number."""
_LISTS = frozenset(("WHEN", "DAYW"))
"""Kinds whose value is a list of codes."""
_FREQUENCY = "FREQ"
"""Its value is ``times`` or ``every`` with how often, per how many, of which unit of time."""


def read_groups(text: str) -> Iterator[tuple[str, Any, list[str]]]:
    """The groups of ``words.txt``: token kind, value, and its words and phrases.

    Raises :class:`ValueError` where a line is no group (``KIND [value] = word | phrase``).
    """
    head, words = "", ""
    for line in (*text.splitlines(), "= end"):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            words += line
            continue
        if head:
            kind, _, value = head.strip().partition(" ")
            yield "" if kind == "-" else kind, _value(kind, value), [word.strip() for word in words.split(" | ")]
        head, sign, words = line.partition("=")
        if not sign:
            raise ValueError(f"words.txt: '{line}' has no words: KIND [value] = word | phrase")


def _value(kind: str, text: str) -> Any:
    if not text:
        return None
    if kind in _NUMBERS:
        return Decimal(text)
    if kind in _LISTS:
        return tuple(text.split())
    if kind == _FREQUENCY:
        how, often, per, unit = text.split()
        return how, Decimal(often), Decimal(per), unit
    return "" if text == "''" else text


def _each(kind: str, value: Any, words: list[str]) -> None:
    entry = kind, value
    for word in words:
        if " " not in word:
            LEXICON[word] = entry
        else:
            first, *others = word.split()
            begun = PHRASES.setdefault(first, {}).setdefault(others[0], [])
            begun.append((len(others) + 1, others, kind, value))


def every_phrase() -> Iterator[tuple[list[str], str, Any]]:
    """Each phrase: its words, its kind and value; those of one first word together, the longest of them first."""
    for first, seconds in PHRASES.items():
        own = [phrase for phrases in seconds.values() for phrase in phrases]
        for _, rest, kind, value in sorted(own, key=lambda phrase: -phrase[0]):
            yield [first, *rest], kind, value


MISSPELT: frozenset[str] = frozenset(
    word
    for _, _, words in read_groups(Path(__file__).with_name("misspelt.txt").read_text(encoding="utf-8"))
    for word in words
)
"""Misspelt words of frequency: read, and told."""


def _build() -> None:
    LEXICON.update(dict.fromkeys(REASON_HEADS, ("WORD", None)))
    for word, code in units.UNIT_WORDS.items():
        kind = "C" if code.startswith("{") and code != "{cells}" else "U"
        _each(kind, code, [word.replace("-", " ")])
    for word, ml in units.HOUSEHOLD_ML.items():
        _each("HH", ml, [word])
    _each("", None, list(DEVICES))
    LEXICON.update({"\n": ("STOP", None), "|": ("STOP", None)})
    for name in ("words.txt", "misspelt.txt"):
        for kind, value, words in read_groups(Path(__file__).with_name(name).read_text(encoding="utf-8")):
            _each(kind, value, words)
    for others in [phrase for phrases in PHRASES["with"].values() for phrase in phrases if phrase[2] == "NOTE"]:
        _each("NOTE", None, ["w / " + " ".join(others[1])])  # "w/ spacer"
    for seconds in PHRASES.values():
        for phrases in seconds.values():
            if len(phrases) > 1:
                phrases.sort(key=lambda phrase: -phrase[0])


_build()
