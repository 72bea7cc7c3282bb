"""Salts as pharmacy systems shorten them: "METOPROLOL SUCC ER 50 MG TAB", "FLUTICASONE PROP 50 MCG".

A word behind the name of a substance is a salt cut short where a known salt of this very substance begins with it.
Nothing is guessed: "digoxin immune" is no salt of digoxin, and a word that two salts of different strength begin with
stays unread.
"""

from __future__ import annotations

from doseref.names import Named, Names
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


def _strength(names: Names, name: str) -> tuple[object, ...]:
    """What a salt's name says of its strength: the ratio to the base, and whether it is only a compound of the
    substance.
    """
    entry = names.lookup(name)
    return () if entry is None else (entry.salt_amount, entry.base_amount, entry.compound)
