"""Salts as pharmacy systems shorten them: "METOPROLOL SUCC ER 50 MG TAB", "FLUTICASONE PROP 50 MCG".

A word behind the name of a substance is a salt cut short where a known salt of this very substance begins with it.
Nothing is guessed: "digoxin immune" is no salt of digoxin, and a word that two salts of different strength begin with
stays unread.
"""

from __future__ import annotations

import re

from doseref.names import Named, Names
from doseref.patterns import regex
from doseref.tables import schema

FEWEST = 2
"""Letters from which on a word may be a salt cut short ("OX", "CIT")."""


def salt_written_out(entry: Named, word: str, names: Names) -> str:
    """The name of the salt of ``entry`` that ``word`` cuts short ("metoprolol" and "SUCC":
    "metoprolol succinate"), or nothing.
    """
    short = word.lower()
    if not entry.substance or len(short) < FEWEST or not short.isalpha():
        return ""
    start = f"{entry.name.lower()} {short}"
    columns = schema.NAMES.header
    name, substance, kind = (columns.index(each) for each in ("name", "substance", "kind"))
    salts = [
        row[name]
        for row in names.data.cells(schema.NAMES).heads(max(name, substance, kind) + 1)
        if row[substance] == entry.substance
        and row[kind] in ("salt", "compound")
        and row[name].lower().startswith(start)
    ]
    meant = {_strength(names, each) for each in salts}
    return min(salts, key=len) if len(meant) == 1 else ""


_ACIDS = {"hcl": "hydrochloride", "hbr": "hydrobromide", "cl": "chloride"}
_ACID = regex(r"\s(hcl|hbr|cl)\b\.?(?=\s)", re.I)
_ELEMENTS = (
    (regex(r"^(\W*)pot(?:assium)?\s(?:cl|chl(?:or(?:ide)?)?)\b\.?", re.I), "potassium chloride"),
    (regex(r"^(\W*)sod(?:ium)?\sbicarb?\b\.?", re.I), "sodium bicarbonate"),
    (regex(r"^(\W*)mag(?:nesium)?\sox\b\.?", re.I), "magnesium oxide"),
    (regex(r"^(\W*)calc(?:ium)?\scarb\b\.?", re.I), "calcium carbonate"),
    (regex(r"^(\W*)calc(?:ium)?\sacet\b\.?", re.I), "calcium acetate"),
)
_IN_ELEMENTS = ("pot", "sod", "mag", "calc")
_LONGEST = 60
_HCT = regex(r"\s?/\s?HCT(?![A-Za-z])", re.I)


def salts_written_out(text: str, names: Names) -> str:
    """``text`` with "HCl" behind a name written out where only the whole name of the salt is known ("VENLAFAXINE HCL"), and
    with the salts of elements that pharmacies shorten on both sides ("POT CL ER 20MEQ").
    """
    head = text[:_LONGEST].lower()
    if any(element in head for element in _IN_ELEMENTS):
        for pattern, whole in _ELEMENTS:
            text = pattern.sub(rf"\1{whole}", text)
    if "hct" in head:
        text = _thiazide_written_out(text, names)
    found = _ACID.search(text, 0, _LONGEST) if any(f" {acid}" in head for acid in _ACIDS) else None
    if found is None:
        return text
    base = text[: found.start()].split()[-1:]
    acid = _ACIDS[found.group(1).lower()]
    if not base or names.lookup(f"{base[0]} {found.group(1)}") or not names.lookup(f"{base[0]} {acid}"):
        return text
    return f"{text[: found.start()]} {acid}{text[found.end() :]}"


def _thiazide_written_out(text: str, names: Names) -> str:
    """``text`` with "HCT" as HCTZ behind a stroke, where the name before it has a known combination with it
    ("candesartan/HCT 16/12.5", "losartan potassium/HCT"); alone it is a hematocrit.
    """
    found = _HCT.search(text, 0, _LONGEST)
    if found is None:
        return text
    before = text[: found.start()].replace("/", " ").split()
    if not any(names.lookup(f"{word} HCT") for word in before[-2:]):
        return text
    return f"{text[: found.start()]}/HCTZ{text[found.end() :]}"


def _strength(names: Names, name: str) -> tuple[object, ...]:
    """What a salt's name says of its strength: the ratio to the base, and whether it is only a compound of the
    substance.
    """
    entry = names.lookup(name)
    return () if entry is None else (entry.salt_amount, entry.base_amount, entry.compound)
