"""The unit words people write, the codes they stand for, and exact factors between codes.

Codes are UCUM-style (``mg``, ``ug``, ``mL``, ``[IU]``, ``{tablet}``). Each code has a *dimension*;
only codes of one dimension convert, by an exact ratio to that dimension's base code. International
units are a dimension of their own: turning them into a mass needs a substance (see
:mod:`doseref.refdata`), never this module alone. So are tablets, patches, drops, cells and the like.

What a unit is, is defined in ``dose_units.txt``, a pint definition file. :data:`UNITS` is the exact table that was
generated from the registry pint makes of it (:mod:`doseref.unit_registry`): the same factors without importing pint.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import NamedTuple

from doseref import unit_table
from doseref.errors import QuantityError


class Unit(NamedTuple):
    """One unit code: its dimension, how many base units of that dimension it is, and how it is printed."""

    code: str
    dimension: str
    factor: Decimal
    """Base units per one of this unit: mg for mass, mL for volume, hours for time; 1 for counted things."""
    singular: str
    plural: str


_PRINTED: dict[str, tuple[str, str]] = {
    "ug": ("mcg", "mcg"),
    "ng": ("nanogram", "nanograms"),
    "uL": ("microlitre", "microlitres"),
    "[IU]": ("unit", "units"),
    "meq": ("mEq", "mEq"),
    "[CFU]": ("CFU", "CFU"),
    "{cells}": ("cell", "cells"),
    "{suppository}": ("suppository", "suppositories"),
    "{gummy}": ("gummy", "gummies"),
    "{pessary}": ("pessary", "pessaries"),
    "{patch}": ("patch", "patches"),
}
"""How a code is printed, one and many, where that is not the code itself or, of counted things, the word and an s."""


def _printed(code: str) -> tuple[str, str]:
    top, per, below = code.partition("/")
    counted = top.strip("{}")
    one, many = _PRINTED.get(top) or ((counted, counted + "s") if top.startswith("{") else (top, top))
    return one + per + below, many + per + below


UNITS: dict[str, Unit] = {
    code: Unit(code, dimension, Decimal(factor), *_printed(code))
    for code, (dimension, factor) in unit_table.UNITS.items()
}
"""Every unit code the project knows."""

TIME_SECONDS: dict[str, int] = {
    code: int(seconds) for code, (dimension, seconds) in unit_table.TIMES.items() if dimension == "time"
}
"""Seconds in one unit of time, whole so that ratios stay exact. Months and years (``mo``,
``a``) have no fixed length and are absent: 'monthly' stays monthly.
"""

TIME_WORDS: dict[str, tuple[str, str]] = {
    "s": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "wk": ("week", "weeks"),
    "mo": ("month", "months"),
    "a": ("year", "years"),
}
"""UCUM time codes and the words they are printed with."""

# Exact words (lower case, dots removed) → code. Case matters in one place only: "Mg" is refused (see `lookup`).
_WORDS: dict[str, str] = {}


def _words(code: str, words: str) -> None:
    for word in words.split("|"):
        _WORDS[word] = code


_words("kg", "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes")
_words("g", "g|gm|gms|gram|grams|gramme|grammes")
_words("mg", "mg|mgs|milligram|milligrams|milligramme|milligrammes|mgm")
_words(
    "ug", "mcg|mcgs|ug|ugs|microgram|micrograms|microgramme|microgrammes|microg|mcgm|\u00b5g|\u03bcg|\u00b5gs|\u03bcgs"
)
_words("ng", "ng|nanogram|nanograms|nanogramme|nanogrammes")
_words("L", "l|litre|litres|liter|liters")
_words("mL", "ml|mls|cc|ccs|millilitre|millilitres|milliliter|milliliters")
_words("uL", "ul|microlitre|microlitres|microliter|microliters|\u00b5l|\u03bcl")
_words("[IU]", "iu|ius|[iu]|unit|units|u|international unit|international units|usp units|usp unit|i.u.")
_words("meq", "meq|meqs|milliequivalent|milliequivalents")
_words("mmol", "mmol|mmols|millimole|millimoles")
_words("%", "%|percent|per cent")
_words("[CFU]", "cfu|cfus|[cfu]|colony forming units|colony-forming units")
_words("{cells}", "cell|cells")
_words("{tablet}", "tablet|tablets|tab|tabs|tabl|caplet|caplets|cplt|cplts|{tablet}")
_words(
    "{capsule}",
    "capsule|capsules|cap|caps|softgel|softgels|liquicap|liquicaps|gelcap|gelcaps|liquigel|liquigels|{capsule}",
)
_words("{patch}", "patch|patches|plaster|plasters|{patch}")
_words("{puff}", "puff|puffs|rotacap|rotacaps|inhalation|inhalations|actuation|actuations|{puff}")
_words("{drop}", "drop|drops|gtt|gtts|{drop}")
_words("{spray}", "spray|sprays|squirt|squirts|{spray}")
_words("{application}", "application|applications|applicator|applicators|applicatorful|applicatorfuls|{application}")
_words("{suppository}", "suppository|suppositories|supp|supps|{suppository}")
_words("{lozenge}", "lozenge|lozenges|troche|troches|pastille|pastilles|{lozenge}")
_words("{sachet}", "sachet|sachets|packet|packets|pouch|pouches|powder|powders|{sachet}")
_words("{ampule}", "ampule|ampules|ampoule|ampoules|amp|amps|respule|respules|nebule|{ampule}")
_words("{vial}", "vial|vials|{vial}")
_words("{injection}", "injection|injections|shot|shots|jab|jabs|{injection}")
_words("{capful}", "capful|capfuls|cap full|caps full|{capful}")
_words("{scoop}", "scoop|scoops|scoopful|scoopfuls|{scoop}")
_words("{pill}", "pill|pills|{pill}")
_words("{session}", "session|sessions|{session}")
_words("{film}", "film|films|{film}")
_words("{strip}", "strip|strips|{strip}")
_words("{gummy}", "gummy|gummies|{gummy}")
_words("{pessary}", "pessary|pessaries|{pessary}")
_words("{enema}", "enema|enemas|{enema}")
_words("{implant}", "implant|implants|{implant}")
_words("{syringe}", "syringe|syringes|{syringe}")
_words("{pen}", "pen|pens|{pen}")
_words("{pump}", "pump|pumps|{pump}")
_words("{piece}", "piece|pieces|{piece}")
_words("{dose}", "{dose}|dose|doses")

UNIT_WORDS: dict[str, str] = _WORDS
"""Words people write (lower case) → unit code."""

HOUSEHOLD_ML: dict[str, Decimal] = {
    word: ml
    for words, ml in (
        ("teaspoon|teaspoons|teaspoonful|teaspoonfuls|tsp|tsps", Decimal(unit_table.SPOONS["teaspoon"][1])),
        ("tablespoon|tablespoons|tablespoonful|tablespoonfuls|tbsp|tbsps", Decimal(unit_table.SPOONS["tablespoon"][1])),
    )
    for word in words.split("|")
}
"""Household measures in mL: the metric dosing spoon (5 mL) and tablespoon (15 mL)."""


def lookup(word: str) -> str | None:
    """The unit code that ``word`` stands for, or ``None``.

    Case is ignored ("MG" is the milligram), with one exception: "Mg", which could be magnesium or a
    megagram and is a milligram only where a dose must stand, is read as ``mg`` too; the error-prone
    notation rule tells of it.
    """
    found = _WORDS.get(word)
    if found is None:
        found = _WORDS.get(word.lower().replace("\u00b5", "\u03bc").replace("\u03bc", "u"))
    if found is None and word.endswith("."):
        found = lookup(word[:-1]) if len(word) > 1 else None
    return found


def unit(code: str) -> Unit:
    """The unit with this code; raises :class:`QuantityError` for a code the project does not know."""
    try:
        return UNITS[code]
    except KeyError:
        raise QuantityError(f"unknown unit code {code!r}") from None


def convert(value: Decimal, code_from: str, code_to: str) -> Decimal:
    """``value`` of ``code_from`` in ``code_to``, exactly. Raises :class:`QuantityError` across dimensions."""
    if code_from == code_to:
        return value
    source, target = unit(code_from), unit(code_to)
    if source.dimension != target.dimension:
        raise QuantityError(f"{code_from} ({source.dimension}) is not convertible to {code_to} ({target.dimension})")
    return value * source.factor / target.factor


def convertible(code_a: str, code_b: str) -> bool:
    """Whether the two codes are of one dimension (no substance needed)."""
    return code_a == code_b or (
        code_a in UNITS and code_b in UNITS and UNITS[code_a].dimension == UNITS[code_b].dimension
    )


def printed(code: str, *, plural: bool = True) -> str:
    """How a unit code is printed for a person: ``ug`` → mcg, ``[IU]`` → units, ``{tablet}`` → tablets."""
    known = UNITS.get(code)
    if known is None:
        words = TIME_WORDS.get(code)
        return words[1 if plural else 0] if words else code.strip("{}[]")
    if code.startswith("ug") and _IN_FULL.get():
        return f"microgram{'s' if plural else ''}{code[2:].replace('/h', '/hour')}"
    return known.plural if plural else known.singular


_IN_FULL: ContextVar[bool] = ContextVar("micrograms are written in full", default=False)


@contextmanager
def printed_for(country: str) -> Iterator[None]:
    """Inside, amounts are printed as ``country`` (ISO code) has them: in Britain micrograms are written in full."""
    before = _IN_FULL.set(country == "GB")
    try:
        yield
    finally:
        _IN_FULL.reset(before)
