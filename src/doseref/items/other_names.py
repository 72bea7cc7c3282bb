"""Other names of the drug that an order system or a pharmacy writes into the instruction: "Commonly known as: COREG",
"(generic for YAZ)", "(co-careldopa)". Only where the name is known, and is of the drug that the item names.
"""

from __future__ import annotations

import re

from doseref.names import Found, Named, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_KNOWN_AS = regex(
    r"(?P<open>[\s.;,]*\(\s?|[\s.;,|-]+)(?:(?:commonly|also|better)\s(?:known|called)\sas|generic\s(?:equivalent\s)?(?:for|of)|"
    r"gen\sfor|aka|substitut(?:ed|es|e)\sfor|equivalent\s(?:to|of)|brand\sname)\s?:?\s+"
    r"(?P<name>[A-Za-z][A-Za-z0-9-]{2,20}(?:\s[A-Za-z0-9-]{2,12}){0,2}?(?:,\s[A-Za-z][A-Za-z0-9-]{2,20})*)\s?(?P<close>\)|[.;,|]|$)",
    re.I,
)
_BRITISH = regex(r"\s*\(\s?(?P<name>co-[a-z]{3,12})\s?\)", re.I)
"""Britain's name for a combination, behind a brand of it: "Sinemet 25mg/100mg (co-careldopa)"."""
_SIGNS = ("known as", "called as", "generic", "gen for", "aka ", "substitute", "equivalent", "brand name")


def without_other_names(text: str, found: Found, names: Names) -> str:
    """``text`` without another name for the drug behind its own; ``text`` itself where it is of something else."""
    lower = text.lower()
    british = _BRITISH.search(text, found.end) if "(co-" in lower else None
    if british is not None and (other := names.lookup(british["name"])) is not None and of_all(other) == held(found):
        return f"{text[: british.start()]} {text[british.end() :]}"
    if not any(sign in lower for sign in _SIGNS):
        return text
    told = _KNOWN_AS.search(text, found.end)
    if told is None or ("(" in told["open"]) != (told["close"] == ")"):
        return text
    if not all(_of_it(each.strip(), found, names) for each in told["name"].split(",")):
        return text
    return f"{text[: told.start()]}{' ' if told['close'] == ')' else told['close']}{text[told.end() :]}"


def _of_it(name: str, found: Found, names: Names) -> bool:
    """Whether a name is of the drug that was found, or of a product that holds it."""
    tokens = tokenize(name)
    other = names.at(tokens, 0)
    return other is not None and other.last == len(tokens) and bool(held(found) & held(other))


def held(found: Found) -> set[str]:
    """Ids of all that a name may stand for."""
    return of_all(found.entry)


def of_all(entry: Named) -> set[str]:
    """Ids of all that an entry may stand for."""
    own = {entry.substance, *entry.mixture} | {i.substance for p in entry.products for i in p.ingredients}
    return own - {""}
