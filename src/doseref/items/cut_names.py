"""The names of a combination as narrow columns of pharmacy systems cut them: "HYDROCODONE-ACETAMIN 7.5-325 MG", "HYDROCO/APAP
5-325MG", "BUPREN/NALOX 8-2MG".

Known by what the combination can hold: of all that is made of two ingredients, the letters begin the names of one pair alone, or
where one name is whole, those of one other. Where they begin two, or nothing that is made so, the name stays as it is, and is told.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

from doseref.names import Names
from doseref.patterns import regex

_JOINED = regex(r"(?P<whole>[A-Za-z]{4,}(?:[-/][A-Za-z]{4,})?)(?P<sign>[-/])(?P<cut>[A-Za-z]{5,})\b(?=\s+[0-9A-Z(])")


def cut_written_out(text: str, names: Names) -> str:
    """``text`` with the names of a combination in full; ``text`` itself where nothing is cut off, or it is not clear what."""
    if (several := _all_written_out(text, names)) != text:
        return several
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


_SEVERAL = regex(
    r"(?P<names>[A-Z]{4,}(?:(?P<sign>[-/])[A-Z]{4,})(?:(?P=sign)[A-Z]{4,})?)(?=\s(?:TABS?|CAPS?|SL|ODT|FILM|MIS|ER|TB)?\s?[0-9])"
)
_SHORTEST_CUT = 5
"""Letters of each name where all of them are cut off."""


def _all_written_out(text: str, names: Names) -> str:
    """``text`` with two or three names in full, of which some or all are cut off."""
    found = _SEVERAL.match(text)
    if found is None:
        return text
    written = found["names"].split(found["sign"])
    entries = [names.lookup(each) for each in written]
    whole = [entry.substance if entry is not None and entry.by != "brand" else "" for entry in entries]
    cut = [each for each, known in zip(written, whole, strict=True) if not known]
    if not cut or any(entry is not None and not known for entry, known in zip(entries, whole, strict=True)):
        return text
    if len(cut) == len(written) and min(map(len, cut)) < _SHORTEST_CUT:
        return text
    name = names.data.name_of
    meant = {
        order
        for made in _made_of(names, len(written))
        for order in permutations(made)
        if all(
            known == each if known else name(each).upper().startswith(word)
            for word, known, each in zip(written, whole, order, strict=True)
        )
    }
    if len(meant) != 1:
        return text
    return f"{found['sign'].join(name(each) for each in meant.pop())}{text[found.end() :]}"


@lru_cache(maxsize=8)
def _made_of(names: Names, many: int) -> tuple[tuple[str, ...], ...]:
    """The substances of each product that is made of so many."""
    made = {tuple(sorted({row["substance"] for row in rows})) for rows in names.data.product_rows.values()}
    return tuple(sorted(each for each in made if len(each) == many))
