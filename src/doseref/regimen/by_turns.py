"""Two amounts with a stroke between them and "alternate days": of a drug of one ingredient they are two doses that take
turns, of a combination they are its strengths. Only who knows what the item is can say which.
"""

from __future__ import annotations

import re

from doseref.dosage.alternating import BY_TURNS
from doseref.dosage.model import Dosage
from doseref.items.identity import Identity
from doseref.names import Names
from doseref.patterns import regex

_TURNS = regex(r"/.*\balt|\balt.*/", re.I | re.S)


def by_ingredients(dosage: Dosage, sig: str, named: Identity, names: Names) -> Dosage:
    """The dosage, read again with the number of ingredients of what is named, where that decides it."""
    if dosage.status == "read" or "/" not in sig or not (_told(dosage) or _TURNS.search(sig)):
        return dosage
    products = (named.product,) if named.product else named.candidates
    many = {len(product.ingredients) for product in products} or {len(named.parts)}
    if len(many) != 1 or 0 in many:
        return dosage
    again = names.data.parse(sig, nameless=True, ingredients=many.pop())
    return again if again.status == "read" else dosage


def _told(dosage: Dosage) -> bool:
    return any(problem.message == BY_TURNS for problem in dosage.problems)
