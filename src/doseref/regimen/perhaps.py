"""What an unread name may mean: the total of a drug that it looks like is then not known to be whole."""

from __future__ import annotations

from doseref.names import Names
from doseref.regimen.model import Item


def may_be(item: Item, names: Names) -> frozenset[str]:
    """Ids of the substances that the name of an item without anything counted looks like ("acetominophen").

    Such a name never counts as one of them (:meth:`doseref.names.Names.acceptable`), but no total of them is said to be
    within anything beside it. Empty where the name is known or nothing is near it.
    """
    if item.exposures or not item.suggestions:
        return frozenset()
    found: set[str] = set()
    for suggested in item.suggestions:
        entry = names.lookup(suggested)
        if entry is not None:
            found.update(({entry.substance} if entry.substance else set()) | set(entry.mixture))
            found.update(each.substance for product in entry.products for each in product.ingredients)
    return frozenset(found)
