"""Identities of names that say more than one thing: an unknown name, a brand in brackets, a pack."""

from __future__ import annotations

import re

from doseref.items import rxnorm
from doseref.items.assign import assigned, fitted
from doseref.items.combined import bare, partly_known, parts_read
from doseref.items.composition import Reader
from doseref.items.identity import Identity, without
from doseref.items.model import Part, Trouble
from doseref.names import Names
from doseref.patterns import regex
from doseref.records import replace


def described_unknown(reader: Reader, first: int, last: int) -> Identity | None:
    """A name that is not known: its composition in brackets says what it is, or names joined to it are known.

    ``first`` and ``last`` are offsets of its words. Only a composition that is stated wholly counts ("Vitamin B complex
    (thiamine 100 mg, pyridoxine 50 mg)").
    """
    text, names = reader.text, reader.names
    opening = text.find("(", first)
    if 0 < opening - first <= 60 and "(" not in text[first:opening].strip():
        inside = reader.bracket(opening)
        read = reader.composition(inside[0], listed=True) if inside else None
        if inside and read is not None and read.known and read.strong and not text[read.end : inside[1]].strip(" .,;"):
            parts = assigned(parts_read(read), names, grouped=read.group)
            sig = without(text, first, inside[1] + 1)
            if not isinstance(parts, Trouble) and len(set(read.substances)) == len(parts) > 1:
                return Identity(parts, by="synonym", matched=text[first:opening].strip(), sig=sig)
    read = reader.composition(first, unknown=True)
    if read is None or read.known or len(read.components) < 2:
        return None
    return partly_known(read, without(text, read.start, read.end), names)


_STRENGTH_AND_NAME = regex(
    r"\s+(?P<strength>[0-9]+(?:\.[0-9]+)?\s?(?:mg|mcg|g|units?|iu|%))\s*\((?P<name>[A-Za-z][A-Za-z -]{3,40})\)", re.I
)


def with_its_substance(text: str, first: int, last: int, names: Names) -> str:
    """``text`` with its one substance, named in brackets behind a strength, in the place of a name that is not known:
    "Tab Unicontin-E 600 mg (theophylline) HS". ``text`` itself where no such bracket follows the name.
    """
    match = _STRENGTH_AND_NAME.match(text, last)
    entry = names.lookup(match["name"].strip()) if match is not None else None
    if match is None or entry is None or not entry.substance or entry.care or entry.by == "brand":
        return text
    return f"{text[:first]}{match['name'].strip()} {match['strength']}{text[match.end() :]}"


def branded(named: Identity, brand: str, names: Names) -> Identity:
    """An identity with the brand that RxNorm names in brackets; where a known brand is of something else,
    that is told.
    """
    entry = names.lookup(brand)
    if entry is None or named.trouble is not None:
        return named
    own = {entry.substance} if entry.substance else {i.substance for p in entry.products for i in p.ingredients}
    if own >= named.substances:
        fitting = [p for p in entry.products if named.product is None and fitted(named.parts, p)]
        if fitting and all(part.strength is not None for part in named.parts):
            return replace(named, product=fitting[0], parts=(), matched=entry.name, strong=True)
        return named
    message = f"{entry.name} is not a brand of {named.matched}"
    return replace(named, trouble=Trouble("ambiguous-name", message, "check the product and its ingredients"))


def pack(text: str, names: Names) -> Identity:
    """RxNorm's name of a pack: which of its tablets is taken on a day is not said, so nothing of it is counted."""
    from doseref.names.tokens import tokenize

    inner = rxnorm.pack_contents(text)
    reader = Reader(inner, tokenize(inner), names)
    parts: dict[str, Part] = {}
    for each in re.compile(r"[0-9]{1,3} \(").finditer(inner):
        read = reader.composition(each.end())
        for part in bare(parts_read(read)) if read else ():
            parts.setdefault(part.substance, part)
    sig = text.partition("}")[2]
    sig = re.compile(r"\s*Pack(?:\s*\[[^\]]*\])?").sub("", sig, count=1).strip()
    message = "is a pack of different tablets, and which of them a day's is depends on the day, so it is not added up"
    trouble = Trouble(
        "ambiguous-name", f"this {message}", "write the tablets as items of their own, each with its days"
    )
    matched = "/".join(part.as_named for part in parts.values())
    return Identity(tuple(parts.values()), by="name" if parts else "none", matched=matched, sig=sig, trouble=trouble)
