"""The strengths of a combination that stand apart from its name and say no unit: "fluticasone/salmeterol inhaler 250/50".

Right behind the name they are read with it (:mod:`doseref.items.composition`). Behind the name of a device, of a maker
or of a form they were left to the instruction, where a number without a unit is milligrams; no inhaler holds 250 mg. They
have the units of a known product with these strengths. Where there is none, and one of the drugs is not stated in
milligrams alone, that is told, and nothing is counted.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from doseref.dosage.words import LEXICON
from doseref.items.assign import LEAST_FIGURE, MOST_INGREDIENTS, assigned, fitted, same_ingredients
from doseref.items.identity import Identity
from doseref.items.model import Part, Trouble
from doseref.names import Names
from doseref.patterns import regex
from doseref.quantities import is_whole
from doseref.records import replace
from doseref.tables.entries import Product

_FIGURE = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_GROUP = regex(
    rf"(?<![\w./:+-]){_FIGURE}(?:\s?[/-]\s?{_FIGURE}){{1,4}}(?![\w/%:.-]*[0-9/%])(?:\s*(?P<next>[A-Za-z]+))?"
)
_EACH = regex(_FIGURE)
_DIGIT = regex(r"[0-9]")
_HUNDREDS = 100
"""From here on a figure in such a group is a strength, whatever the other is: no count, no day and no week."""


def with_bare_group(named: Identity, names: Names) -> Identity:
    """``named`` with the strengths of a group without units in its sig, where it is a combination that has none yet."""
    sig = named.sig
    if "/" not in sig and "-" not in sig:
        return named
    count = _ingredients(named)
    if count < 2 or (found := _GROUP.search(sig)) is None or _DIGIT.search(sig[: found.start()]):
        return named
    if LEXICON.get((found["next"] or "").lower(), ("",))[0] in ("U", "C", "T", "TIMES"):
        return named
    end = found.start("next") if found["next"] else found.end()
    figures = [Decimal(each) for each in _EACH.findall(sig[found.start() : end])]
    if len(figures) != count or (max(figures) < LEAST_FIGURE and all(is_whole(each) for each in figures)):
        return named
    rest = f"{sig[: found.start()].rstrip()} {sig[end:].lstrip()}".strip()
    if named.candidates:
        return _of_a_brand(named, figures, rest)
    return _of_names(named, figures, rest, names)


def _ingredients(named: Identity) -> int:
    """How many ingredients it has whose strengths are not known yet; 0 where there is nothing to look for."""
    if named.trouble is not None or named.product is not None or named.mixture or named.unordered:
        return 0
    if named.candidates:
        counts = {len(product.ingredients) for product in named.candidates}
        return counts.pop() if len(counts) == 1 else 0
    return len(named.parts) if all(part.strength is None for part in named.parts) else 0


def _of_a_brand(named: Identity, figures: list[Decimal], rest: str) -> Identity:
    """The product of a brand that holds these figures."""
    fitting = [product for product in named.candidates if _holds(product, figures)]
    alive = [product for product in fitting if not product.withdrawn] or fitting
    if not alive or len({product.composition for product in alive}) > 1:
        return named
    return replace(named, product=alive[0], candidates=(), matched=alive[0].label, sig=rest, strong=True)


def _of_names(named: Identity, figures: list[Decimal], rest: str, names: Names) -> Identity:
    """Ingredients named together, with these figures as their strengths."""
    parts = tuple(replace(part, strength=figure) for part, figure in zip(named.parts, figures, strict=True))
    known = any(_holds(product, figures) for product in same_ingredients(parts, names))
    if not known and max(figures) < _HUNDREDS:
        return named
    read = assigned(parts, names, grouped=True)
    if isinstance(read, Trouble):
        return replace(named, trouble=read)
    return replace(named, parts=read, sig=rest)


def _holds(product: Product, figures: list[Decimal]) -> bool:
    """Whether a product has these strengths, in whichever order."""
    own = product.ingredients
    if len(own) != len(figures) or len(own) > MOST_INGREDIENTS:
        return False
    return any(
        fitted(tuple(Part(i.substance, i.as_named, each) for i, each in zip(own, order, strict=True)), product)
        for order in permutations(figures)
    )
