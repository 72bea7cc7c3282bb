"""The last name of a combination as narrow columns of pharmacy systems cut it: "HYDROCODONE-ACETAMIN 7.5-325 MG".

Known by what the combination can hold: the names before it are whole, and of all that is made together with them the letters
begin the name of one alone. Where they begin two, or nothing that is made so, the name stays as it is, and is told.
"""

from __future__ import annotations

from doseref.names import Names
from doseref.patterns import regex

_JOINED = regex(r"(?P<whole>[A-Za-z]{4,}(?:[-/][A-Za-z]{4,})?)(?P<sign>[-/])(?P<cut>[A-Za-z]{5,})\b(?=\s+[0-9A-Z(])")


def cut_written_out(text: str, names: Names) -> str:
    """``text`` with the last name of a combination in full; ``text`` itself where nothing is cut off, or it is not clear what."""
    found = _JOINED.match(text)
    if found is None or names.lookup(found["cut"]) is not None:
        return text
    entries = [names.lookup(word) for word in found["whole"].replace("/", "-").split("-")]
    whole = {entry.substance for entry in entries if entry is not None and entry.substance and entry.by != "brand"}
    if len(whole) != len(entries):
        return text
    with_it = {
        ingredient.substance
        for product in names.data.products_with(min(whole))
        for ingredient in product.ingredients
        if whole < {each.substance for each in product.ingredients}
    } - whole
    meant = [name for each in with_it if (name := names.data.name_of(each)).lower().startswith(found["cut"].lower())]
    if len(meant) != 1:
        return text
    return f"{found['whole']}{found['sign']}{meant[0]}{text[found.end() :]}"
