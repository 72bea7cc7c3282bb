"""What the sources say of one substance or product, gathered for showing side by side."""

from __future__ import annotations

from doseref.errors import UsageError
from doseref.limits import Limit
from doseref.names import Names
from doseref.quantities import Amount, Period
from doseref.records import record, replace
from doseref.refdata import Reference
from doseref.statement_rows import statements
from doseref.statements import Statement
from doseref.tables.entries import Product


@record
class Shown:
    """One substance: its statements, the limits of labels and authorities, its products, and what is disputed."""

    substance: str
    name: str
    statements: tuple[Statement, ...]
    limits: tuple[Limit, ...]
    products: tuple[Product, ...]
    disputes: tuple[str, ...]


def look_up(wanted: str, names: Names) -> tuple[Shown, ...]:
    """Every substance that ``wanted`` names (a product names its ingredients);
    raises :class:`UsageError` with suggestions.
    """
    entry = names.lookup(wanted)
    if entry is None:
        close = names.near(wanted)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise UsageError(f"'{wanted}' is not a name known here{hint}")
    data = names.data
    if entry.substance:
        return (shown(entry.substance, data),)
    substances = dict.fromkeys(i.substance for product in entry.products for i in product.ingredients)
    return tuple(shown(substance, data, entry.products) for substance in substances)


def shown(substance: str, data: Reference, products: tuple[Product, ...] = ()) -> Shown:
    """What is known of a substance id; ``products`` narrows the products that are listed."""
    name = data.name_of(substance)
    said = tuple(statement for statement in statements(data) if name in statement.substances)
    limits = tuple(limit for limit in data.limits.get(substance, ()) if not limit.article)
    listed = products or data.products_with(substance)
    return Shown(substance, name, said, limits, listed, tuple(_disputes(substance, data)))


def of_country(found: Shown, country: str, data: Reference) -> Shown:
    """The same with the limits of one country's labels and authorities, and with the articles of that country alone."""
    said = tuple(each for each in found.statements if data.sources[each.source].country == country)
    limits = tuple(limit for limit in found.limits if limit.country in ("", country))
    products = tuple(each for each in found.products if not each.market or country in each.market)
    return replace(found, statements=said, limits=limits, products=products, disputes=found.disputes if said else ())


def _disputes(substance: str, data: Reference) -> list[str]:
    """What the articles disagree on among their stated maxima of a substance."""
    maxima: dict[tuple[str, Period | None], list[str]] = {}
    for limit in data.limits.get(substance, ()):
        if limit.article and limit.basis == "maximum" and limit.amount is not None:
            source = data.sources[limit.source].short
            maxima.setdefault((str(Amount(limit.amount, limit.unit)), limit.per), []).append(
                f"{source} line {limit.line}"
            )
    if len({amount for amount, _ in maxima}) < 2:
        return []
    told = "; ".join(
        f"{amount} ({', '.join(places)})" for (amount, _), places in sorted(maxima.items(), key=lambda each: each[0][0])
    )
    return [f"the sources state different maxima: {told}"]
