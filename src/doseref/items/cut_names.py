"""The names of a combination as narrow columns of pharmacy systems cut them: "HYDROCODONE-ACETAMIN 7.5-325 MG", "HYDROCO/APAP
5-325MG", "BUPREN/NALOX 8-2MG".

Known by what the combination can hold: of all that is made of two ingredients, the letters begin the names of one pair alone, or
where one name is whole, those of one other. Where they begin two, or nothing that is made so, the name stays as it is, and is told.
"""

from __future__ import annotations

from functools import lru_cache

from doseref.names import Names
from doseref.patterns import regex

_JOINED = regex(r"(?P<whole>[A-Za-z]{4,}(?:[-/][A-Za-z]{4,})?)(?P<sign>[-/])(?P<cut>[A-Za-z]{5,})\b(?=\s+[0-9A-Z(])")


def cut_written_out(text: str, names: Names) -> str:
    """``text`` with the names of a combination in full; ``text`` itself where nothing is cut off, or it is not clear what."""
    if (pair := _pair_written_out(text, names)) != text:
        return pair
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


_BOTH = regex(
    r"(?P<one>[A-Z]{4,})(?P<sign>[-/])(?P<other>[A-Z]{4,})(?=\s(?:TABS?|CAPS?|SL|ODT|FILM|MIS|ER|TB)?\s?[0-9])"
)
_SHORTEST_CUT = 5
"""Letters of each of two names that are both cut off."""


def _pair_written_out(text: str, names: Names) -> str:
    """``text`` with both names of a pair in full, of which one or both are cut off."""
    found = _BOTH.match(text)
    if found is None:
        return text
    written = (found["one"], found["other"])
    entries = [names.lookup(each) for each in written]
    whole = [entry.substance if entry is not None and entry.by != "brand" else "" for entry in entries]
    cut = [each for each, known in zip(written, whole, strict=True) if not known]
    if not cut or any(entry is not None and not known for entry, known in zip(entries, whole, strict=True)):
        return text
    if len(cut) == len(written) and min(map(len, cut)) < _SHORTEST_CUT:
        return text
    name = names.data.name_of
    meant = {
        (one, other)
        for pair in _pairs(names)
        for one, other in (pair, pair[::-1])
        if all(
            known == each if known else name(each).upper().startswith(word)
            for word, known, each in zip(written, whole, (one, other), strict=True)
        )
    }
    if len(meant) != 1:
        return text
    one, other = meant.pop()
    return f"{name(one)}{found['sign']}{name(other)}{text[found.end() :]}"


@lru_cache(maxsize=4)
def _pairs(names: Names) -> tuple[tuple[str, str], ...]:
    """The substances of each product that is made of two."""
    made = {tuple(sorted({row["substance"] for row in rows})) for rows in names.data.product_rows.values()}
    return tuple(sorted((each[0], each[1]) for each in made if len(each) == 2))
