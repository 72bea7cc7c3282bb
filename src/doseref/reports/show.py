"""What the sources say of substances, side by side: text, JSON, CSV, Markdown and HTML."""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Iterable, Iterator
from typing import Any

from doseref.articles.attributes import timing_words
from doseref.limits import Limit
from doseref.lookup import Shown
from doseref.quantities import Amount, Range, json_number, printed
from doseref.refdata import Reference
from doseref.reports.show_identity import identity_json, identity_words
from doseref.reports.writer import wrap
from doseref.statements import Statement
from doseref.tables.entries import Product
from doseref.units import TIME_WORDS
from doseref.units import printed as unit_word

COLUMNS = tuple(
    (
        "substance|source|line|entry|dosage|in 24 hours|maximum|target|longest|route|as needed|timing|side effects|kind"
    ).split("|")
)
"""``kind`` is ``statement``, ``limit`` (of a label or an authority), ``product``, ``dispute`` (what the sources disagree
on), or ``class``, ``codes`` or ``side effects`` of the substance itself.
"""


def all_rows(data: Reference, statements: Iterable[Statement], shown: Iterable[Shown]) -> Iterator[tuple[str, ...]]:
    """The rows of the statements, then of each substance's disputes, label limits and products,
    under :data:`COLUMNS`.
    """
    yield from rows(data, statements)
    for each in shown:
        for kind, words in identity_words(data, each):
            yield _row(each.name, "", "", words, "", kind)
        for dispute in each.disputes:
            yield _row(each.name, "", "", dispute, "", "dispute")
        for limit in each.limits:
            yield _row(
                each.name, data.sources[limit.source].short, limit.statement, limit_words(limit), limit.route, "limit"
            )
        for product in each.products:
            known = data.sources.get(product.source)
            source = known.short if known else product.source
            yield _row(each.name, source, product.label, product_words(product), product.route, "product")


def _row(substance: str, source: str, entry: str, words: str, route: str, kind: str) -> tuple[str, ...]:
    """A row of a limit (its words under ``maximum``), of a product or of a dispute (its words under ``dosage``)."""
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {"substance": substance, "source": source, "entry": entry, "route": route, "kind": kind}
    cells["maximum" if kind == "limit" else "dosage"] = words
    return tuple(cells.values())


def rows(data: Reference, statements: Iterable[Statement]) -> Iterator[tuple[str, ...]]:
    """One row of :data:`COLUMNS` per statement."""
    for statement in statements:
        yield (
            " + ".join(statement.substances),
            data.sources[statement.source].short,
            str(statement.line),
            statement.name,
            _dosage(statement),
            "; ".join(_named(figure.substance, str(figure.amount), statement) for figure in statement.daily),
            "; ".join(
                _maximum(each.substance, each.amount, each.unit, str(each.per or "single dose"), statement)
                for each in statement.maximum
            ),
            _target(statement),
            str(_time(statement.longest)) if statement.longest else "",
            statement.route or "",
            "yes" if statement.prn else "",
            ", ".join(timing_words(term) for term in statement.timing if term != "prn" or not statement.prn),
            ", ".join(effect.phrase for effect in statement.side_effects),
            "statement",
        )


def _dosage(statement: Statement) -> str:
    """The dosage as written, and why no dose can be computed of it where that is so."""
    if statement.computable:
        return statement.dosage_text
    return f"{statement.dosage_text} (no dose can be computed: {(statement.reason or '').replace('-', ' ')})"


def _named(substance: str, words: str, statement: Statement) -> str:
    return f"{substance} {words}" if len(statement.substances) > 1 else words


def _maximum(substance: str | None, amount: Any, unit: str, per: str, statement: Statement) -> str:
    words = f"{Amount(amount, unit)} in {per}" if per == "24 hours" else f"{Amount(amount, unit)} per {per}"
    return _named(substance, words, statement) if substance else words


def _target(statement: Statement) -> str:
    target = statement.target
    if target is None:
        return ""
    return f"{Range(target.low, target.high, target.unit)} {'in 24 hours' if target.per_day else 'each time'}"


def _time(length: Range) -> str:
    one, many = TIME_WORDS[length.unit]
    if length.single:
        return f"{printed(length.low)} {one if length.low == 1 else many}"
    return f"{printed(length.low)} to {printed(length.high)} {many}"


_STATUS = {"rx": "Rx", "otc": "OTC"}


def limit_words(limit: Limit) -> str:
    """A label's or an authority's limit in words, with its scope."""
    parts = []
    if limit.amount is not None and limit.per is not None:
        parts.append(f"{Amount(limit.amount, limit.unit)} {limit.per.words}")
    if limit.single is not None:
        parts.append(f"{Amount(limit.single, limit.single_unit)} at once")
    if limit.interval_hours is not None:
        parts.append(f"at least {printed(limit.interval_hours)} hours apart")
    if limit.longest is not None:
        parts.append(f"for at most {printed(limit.longest)} {TIME_WORDS[limit.longest_unit][1]}")
    kind = "" if limit.kind == "maximum" else f" [{limit.kind.replace('-', ' ')}]"
    scope = ", ".join(
        part
        for part in (
            limit.route,
            limit.form,
            limit.country,
            _STATUS.get(limit.status, limit.status),
            limit.days_words,
            limit.population,
            limit.indication,
            limit.vintage,
            "superseded" if limit.superseded else "",
        )
        if part
    )
    return f"{', '.join(parts) or 'no figure'}{kind} ({scope})"


def product_words(product: Product) -> str:
    """A product with its strengths."""
    inside = ", ".join(
        f"{i.as_named} {printed(i.strength)} {unit_word(i.unit)}"
        + (f" in {printed(i.per)} {unit_word(i.per_unit)}" if i.per != 1 else "")
        for i in product.ingredients
    )
    most = f"; at most {printed(product.max_count)} in 24 hours" if product.max_count is not None else ""
    gone = " (withdrawn)" if product.withdrawn else ""
    each = "" if any(i.per != 1 for i in product.ingredients) else f" per {unit_word(product.per_unit, plural=False)}"
    return f"{product.label}{gone}: {inside}{each}{most}"


def text(data: Reference, shown: Iterable[Shown], width: int = 80, everything: bool = True) -> str:
    """For a terminal: per substance what it is, each source's entry, then labels, products, and what is disputed.

    Without ``everything`` long lists are short: the limits of the substance itself for adults, and products by what is
    in them.
    """
    lines: list[str] = []
    for each in shown:
        lines.append(each.name.upper() if each.name.islower() else each.name)
        if not each.statements and not each.limits:
            lines.append("  no source here gives a dosage or a limit")
        for kind, words in identity_words(data, each):
            lines += _wrapped(f"{kind}: {words if everything or kind != 'side effects' else _briefly(words)}", 2, width)
        for statement, row in zip(each.statements, rows(data, each.statements), strict=True):
            lines += _wrapped(f"{row[1]} line {row[2]}  {statement.name}", 2, width)
            lines += _wrapped(row[4], 6, width)
            told = [f"{title}: {cell}" for title, cell in zip(COLUMNS[5:-1], row[5:-1], strict=True) if cell]
            for words in told:
                lines += _wrapped(words, 6, width)
        for dispute in each.disputes:
            lines += _wrapped(f"DISPUTED: {dispute}", 2, width)
        if each.limits:
            lines.append("  labels and authorities")
            for words in _limit_lines(data, each, everything):
                lines += _wrapped(words, 6, width)
        if each.products:
            lines.append("  products")
            brief = not everything and len(each.products) > MANY
            for words in _by_contents(data, each) if brief else map(product_words, each.products):
                lines += _wrapped(words, 6, width)
        lines.append("")
    return "\n".join(lines)


def _briefly(side_effects: str) -> str:
    """The names of side-effect classes alone, without who says so."""
    return ", ".join(each.partition(": ")[0] for each in side_effects.split("; "))


MANY = 12
"""More limits or products than so many are shortened in the text."""


def _limit_lines(data: Reference, shown: Shown, everything: bool) -> Iterator[str]:
    """The limits in words, those of the substance itself for adults at home first;
    the others are counted where there are many.
    """
    ordered = sorted(
        shown.limits, key=lambda each: (bool(each.products), not each.adult, each.country not in ("US", ""))
    )
    brief = not everything and len(ordered) > MANY
    first = [each for each in ordered if each.adult and not each.products and not each.superseded] if brief else ordered
    for limit in first:
        labels = [data.products[name].label for name in limit.products if name in data.products]
        whose = f"; for {', '.join(labels)}" if labels else ""
        yield f"{limit_words(limit)}: {data.sources[limit.source].short}{whose}"
    left = len(ordered) - len(first)
    if left:
        own = sum(bool(each.products) for each in ordered)
        parts = [f"{own} of single products"] * bool(own) + [f"{left - own} for other people"] * (left > own)
        yield f"and {' and '.join(parts)}: add -v to see {'it' if left == 1 else 'them'}"


def _by_contents(data: Reference, shown: Shown) -> Iterator[str]:
    """Products by what is in them beside the substance: alone each strength, then what it is combined with;
    the commonest first.
    """
    alone: dict[str, list[str]] = {}
    mixed: dict[str, list[str]] = {}
    gone = 0
    for product in shown.products:
        others = sorted({data.name_of(i.substance) for i in product.ingredients if i.substance != shown.substance})
        if product.withdrawn:
            gone += 1
        elif others:
            mixed.setdefault(f"with {', '.join(others)}", []).append(product.name)
        else:
            strengths = product_words(product).removeprefix(f"{product.label}: ").partition(";")[0]
            alone.setdefault(strengths, []).append(product.label)
    for groups in (alone, mixed):
        for inside, found in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
            names = list(dict.fromkeys(found))
            more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
            count = f" ({len(found)})" if len(found) > 1 else ""
            yield f"{inside}{count}: {', '.join(names[:FEW])}{more}"
    withdrawn = f", and the {gone} that are withdrawn" if gone else ""
    yield f"add -v to see each of the {len(shown.products)} with its strengths{withdrawn}"


FEW = 6
"""So many names stand for the products of one composition."""


def _wrapped(words: str, indent: int, width: int) -> list[str]:
    pieces = wrap(words, max(width - indent - 2, 20))
    return [" " * indent + pieces[0], *(" " * (indent + 2) + piece for piece in pieces[1:])]


def sources_text(data: Reference) -> str:
    """A line per source."""
    return "\n".join(
        f"{source.id}  {source.title}  ({source.kind}{', ' + source.date if source.date else ''})  {source.where}"
        for source in data.sources.values()
    )


def sources_json(data: Reference) -> dict[str, Any]:
    """``doseref.sources/1``: every source with title, kind, tier, date and address."""
    return {
        "schema": "doseref.sources/1",
        "sources": [
            {
                "id": s.id,
                "title": s.title,
                "kind": s.kind,
                "tier": s.tier,
                "date": s.date or None,
                "where": s.where or None,
            }
            for s in data.sources.values()
        ],
    }


def to_json(data: Reference, shown: Iterable[Shown], statements: Iterable[Statement]) -> dict[str, Any]:
    """``doseref.statements/1``; for named substances also ``limits`` and ``products``."""
    limits, products, disputes, identities = [], [], [], []
    for each in shown:
        identities += [told] if (told := identity_json(data, each)) else []
        disputes += [{"substance": each.name, "text": text} for text in each.disputes]
        limits += [_limit_json(data, limit) for limit in each.limits]
        products += [_product_json(data, product) for product in each.products]
    document: dict[str, Any] = {
        "schema": "doseref.statements/1",
        "statements": [statement.to_json() for statement in statements],
    }
    if limits or products:
        document |= {"limits": limits, "products": products, "disputes": disputes}
    if identities:
        document["identity"] = identities
    return document


def _limit_json(data: Reference, limit: Limit) -> dict[str, Any]:
    return {
        "id": limit.statement,
        "source": limit.source,
        "substance": data.name_of(limit.substance),
        "kind": limit.kind,
        "amount": json_number(limit.amount) if limit.amount is not None else None,
        "unit": limit.unit or None,
        "per": limit.per.to_json() if limit.per else None,
        "single": json_number(limit.single) if limit.single is not None else None,
        "single_unit": limit.single_unit or None,
        "interval_hours": json_number(limit.interval_hours) if limit.interval_hours is not None else None,
        "route": limit.route or None,
        "country": limit.country or None,
        "status": limit.status or None,
        "population": limit.population or None,
        "indication": limit.indication or None,
        "vintage": limit.vintage or None,
        "superseded": limit.superseded,
        "form": limit.form or None,
        "from_day": limit.from_day,
        "to_day": limit.to_day,
        "longest": json_number(limit.longest) if limit.longest is not None else None,
        "longest_unit": limit.longest_unit or None,
    }


def _product_json(data: Reference, product: Product) -> dict[str, Any]:
    return {
        "id": product.id,
        "label": product.label,
        "form": product.form,
        "market": list(product.market),
        "withdrawn": product.withdrawn,
        "max_per_24_h": json_number(product.max_count) if product.max_count is not None else None,
        "ingredients": [
            {
                "substance": data.name_of(i.substance),
                "as_named": i.as_named,
                "amount": json_number(i.strength),
                "unit": i.unit,
                "per": {"value": json_number(i.per), "unit": i.per_unit},
            }
            for i in product.ingredients
        ],
    }


def safe_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def csv(data: Reference, statements: Iterable[Statement], shown: Iterable[Shown] = ()) -> str:
    """One row per statement, limit and product."""
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in all_rows(data, statements, shown))
    return out.getvalue()


def markdown(data: Reference, statements: Iterable[Statement], shown: Iterable[Shown] = ()) -> str:
    """A table."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in all_rows(data, statements, shown)
    ]
    return "\n".join(lines) + "\n"
