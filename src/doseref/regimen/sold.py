"""How a substance comes to people: which labels there are of it, for prescription and over the counter."""

from __future__ import annotations

from doseref.refdata import Reference


def sold_there(substance: str, route_kind: str, country: str, data: Reference) -> bool:
    """Whether a country has an over-the-counter label of a substance by one kind of route; one of a single product, a
    combination, says nothing of the substance in others.
    """
    return any(
        limit.status == "otc" and limit.country == country and limit.route_kind == route_kind and not limit.products
        for limit in data.limits.get(substance, ())
    )


def prescribed_too(substance: str, route_kind: str, data: Reference) -> bool:
    """Whether an article, or a prescription label of any country, speaks of a substance by one kind of route."""
    return any(
        (limit.status == "rx" or limit.article) and limit.route_kind == route_kind
        for limit in data.limits.get(substance, ())
    )


def sold_freely(substance: str, data: Reference) -> bool:
    """Whether any label of a substance is one for over-the-counter use."""
    return any(limit.status == "otc" for limit in data.limits.get(substance, ()))
