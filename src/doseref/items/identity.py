"""What an item names: the value that identification gives, and the parts it is made of."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.items.model import Part, Trouble
from doseref.names import Named, Names
from doseref.patterns import regex
from doseref.records import record
from doseref.tables.entries import Product

_WORD = regex(r"[\s/+&-]")


@record
class Identity:
    """What an item names. ``parts`` is empty where nothing is known; ``candidates`` are products still to be told apart
    by strength.
    """

    parts: tuple[Part, ...] = ()
    product: Product | None = None
    candidates: tuple[Product, ...] = ()
    by: str = "none"
    matched: str = ""
    sig: str = ""
    suggestions: tuple[str, ...] = ()
    trouble: Trouble | None = None
    written: str = ""
    """The name as written, where it is not known."""
    strong: bool = False
    """Whether the name itself says the strength ("Norco 10/325 four times a day" is one each time)."""
    mixture: bool = False
    """Whether it is a product of several substances whose amounts are not in the tables."""
    unordered: bool = False
    """Whether its parts stand in no order, so that of "Ultibro Breezhaler 110/50" nothing says which figure is of which drug."""
    care: str = ""
    """What it is where it is no medicine to be added up (:attr:`doseref.names.Named.care`)."""

    @property
    def substances(self) -> frozenset[str]:
        """Ids of all that the item may hold."""
        products = (self.product,) if self.product else self.candidates
        return frozenset(p.substance for p in self.parts) | {i.substance for p in products for i in p.ingredients}


def part_of(entry: Named) -> Part:
    """The one ingredient that a name stands for, with the ratio of its salt."""
    ratio = (Decimal(1), Decimal(1))
    if entry.salt_amount is not None and entry.base_amount is not None:
        ratio = (entry.base_amount, entry.salt_amount)
    return Part(
        entry.substance, entry.name, ratio=ratio, release=entry.release, route=entry.route, compound=entry.compound
    )


def mixed(entry: Named, names: Names) -> tuple[tuple[Part, ...], bool]:
    """The parts of a product whose amounts are not in the tables, and whether they stand in an order: that of a name
    which begins with one of two ("ramipril HCT 5/12.5 mg").
    """
    first = names.lookup(_WORD.split(entry.name)[0])
    told = first is not None and first.substance in entry.mixture and len(entry.mixture) == 2
    ids = sorted(entry.mixture, key=lambda each: told and first is not None and each != first.substance)
    return tuple(Part(each, names.data.name_of(each)) for each in ids), told


def named_part(entry: Named) -> tuple[Part, ...]:
    """What a name of one substance stands for, of an item that is not counted: the totals must say that it is in it."""
    return (part_of(entry),) if entry.substance and not entry.care else ()


def parts_of(product: Product, names: Names) -> tuple[Part, ...]:
    """The ingredients of a product as parts, each with the ratio of the salt it is named as."""
    parts = []
    for ingredient in product.ingredients:
        entry = names.lookup(ingredient.as_named)
        ratio = (Decimal(1), Decimal(1))
        if entry is not None and entry.salt_amount is not None and entry.base_amount is not None:
            ratio = (entry.base_amount, entry.salt_amount)
        parts.append(
            Part(
                ingredient.substance,
                ingredient.as_named,
                ingredient.strength,
                ingredient.unit,
                ingredient.per,
                ingredient.per_unit,
                ratio,
                compound=entry is not None and entry.compound,
            )
        )
    return tuple(parts)


def described(product: Product) -> str:
    """A product with what is in it: ``Norco 5/325 (hydrocodone bitartrate 5 mg, acetaminophen 325 mg)``."""
    from doseref.quantities import Amount

    inside = ", ".join(f"{i.as_named} {Amount(i.strength, i.unit)}" for i in product.ingredients)
    return f"{product.label} ({inside})"


_BRACKETED_STRENGTH = regex(r"\s*\(\s?([0-9][0-9.,]*\s?(?:mg|mcg|g))\s?(?:each\s?)?\)", re.I)
_COUNTS = frozenset("one two three four".split())


def without(text: str, start: int, end: int) -> str:
    """The text without the name at ``start``..``end``: what is left is the sig."""
    before = text[:start].rstrip(" ([,:;-–—")
    words = before.split()
    if words and words[-1].lower() == "of":
        before = " ".join(words[:-1])
    rest = text[end:]
    after = rest.lstrip(" )],:;-–—−=|\t®™.").strip()
    gap = rest[: len(rest) - len(rest.lstrip(" )],:;-–—−=|\t®™."))]
    if gap[-1:] in ("-", "−", ".") and gap[-2:-1] in ("", " ") and after[:1].isdigit():
        after = gap[-1] + after  # "ibuprofen -5 mg" and "ibuprofen .5 mg" are not 5 mg: the sig language decides
    counted = bool(before) and (before[-1].isnumeric() or before.split()[-1].lower() in _COUNTS)
    if counted and after[:1].isdigit():
        return f"{before} x {after}"
    strength = _BRACKETED_STRENGTH.match(rest)
    if strength is not None and words[-1:] and (words[-1].isdigit() or words[-1].lower() in _COUNTS):
        # "two Extra Strength Tylenol (500 mg) every 6 hours"
        return f"{before} x {strength.group(1)}{rest[strength.end() :]}"
    return f"{before} {after}".strip() if before else after


def class_named(written: str, names: Names) -> str:
    """That a word names a kind of medicine and none of them ("insulin", "NSAIDs"); empty where it names no kind."""
    word = written.strip().lower()
    kind = names.data.classes.get(word) or names.data.classes.get(word.removesuffix("s"))
    return f"'{written}' is a kind of medicine, and which of them is not said" if kind is not None else ""
