"""The products of a label as rows of the tables; what a table cannot say rightly is left out with its reason.

A product is written under its brand name. One whose name is only that of its ingredients ("atorvastatin calcium") is
known by them already and gets no row of its own. Ingredients are found by name and by UNII; where the two point at
different substances, nothing is taken from either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from doseref.imports.book import Book
from doseref.imports.label import Label, LabelIngredient, LabelProduct
from doseref.imports.words import ROUTES, UNITS, counted, release
from doseref.names import Names
from doseref.records import record
from doseref.tables.schema import NAMES, PRODUCTS, SOURCES, SUBSTANCES
from doseref.units import printed as unit_word

REVIEW_YEARS = 2
"""After how many years a label is to be read again."""


@record
class ProductPart:
    """One ingredient in the words of the tables; amounts are exact, ``strength`` of ``unit`` in ``per`` ×
    ``per_unit``.
    """

    substance: str
    as_named: str
    strength: Decimal
    unit: str
    per: Decimal
    per_unit: str


class CannotSay(Exception):
    """Why a product has no place in the tables."""


class Shelf:
    """The substances, names and products known so far: shipped, of the overlay, and added by this run."""

    def __init__(self, book: Book, names: Names) -> None:
        self.book, self.names = book, names
        data = names.data
        self.by_unii = {row["unii"]: key for key, row in data.substance_rows.items() if row["unii"]}
        self.by_name = {row["name"].casefold(): key for key, row in data.substance_rows.items()}
        self.ids = set(data.substance_rows)
        self.labels = {row["label"].casefold(): row["id"] for row in data.rows(PRODUCTS)}
        self.product_ids = {row["id"] for row in data.rows(PRODUCTS)}
        self.names_given = {row["name"].casefold() for row in data.rows(NAMES)}
        self.same: dict[tuple[object, ...], str] = {}
        for key in data.products:
            product = data.products[key]
            self.same[_likeness(product.name, product.route, product.release, product.composition)] = key
        self.brands: dict[str, tuple[str, ...]] = {}
        """Brand (lower case) → its substances, of the products put here by this run."""
        self.slow_brands = {row["name"]: row for row in book.rows["names"] if row["kind"] == "brand-er"}
        self.grew = False
        """Whether this run added a name or a substance that sentences are to be read with."""

    def substance(self, ingredient: LabelIngredient, source: str, route: str) -> str:
        """The id of an ingredient's substance, added where it is not known; raises :class:`CannotSay`."""
        by_unii = self.by_unii.get(ingredient.moiety_unii) or self.by_unii.get(ingredient.unii) or ""
        by_name = self._named(ingredient.moiety) or self._named(ingredient.as_named)
        if by_unii and by_name and by_unii != by_name:
            raise CannotSay(f"{ingredient.moiety} is {by_name} by its name and {by_unii} by its UNII")
        known = by_name or by_unii
        if known:
            return known
        name = " ".join(ingredient.moiety.split()).lower()
        key = slug(name)
        if not key or key in self.ids or name in self.names_given:
            raise CannotSay(f"{ingredient.moiety or 'an ingredient without a name'} cannot be told from what is known")
        unii = ingredient.moiety_unii
        self.book.add(SUBSTANCES, id=key, name=name, kind="drug", usual_route=route, unii=unii, source=source)
        self.ids.add(key)
        self.by_name[name] = key
        if unii:
            self.by_unii[unii] = key
        self.grew = True
        return key

    def _named(self, name: str) -> str:
        entry = self.names.lookup(name) if name else None
        if entry is not None and entry.substance and not entry.compound:
            return entry.substance
        return self.by_name.get(" ".join(name.split()).casefold(), "")

    def add_rows(self, key: str, name: str, written: str, parts: Sequence[ProductPart], **more: str) -> None:
        """Add a US product, a row per ingredient; ``more`` are the cells that all its rows share."""
        for position, part in enumerate(parts, 1):
            self.book.add(
                PRODUCTS,
                id=key,
                name=name,
                label=written,
                substance=part.substance,
                as_named=part.as_named,
                position=str(position),
                strength=f"{part.strength:f}",
                unit=part.unit,
                per=f"{part.per:f}",
                per_unit=part.per_unit,
                market="US",
                verification="unverified",
                **more,
            )
        self.product_ids.add(key)
        self.labels[written.casefold()] = key

    def put(
        self, label: Label, product: LabelProduct, parts: tuple[ProductPart, ...], route: str, source: str
    ) -> tuple[str, str]:
        """The product's id and how it is known; rows are added unless it is known already.
        The id is empty for a generic.
        """
        name = " ".join(product.name.split())
        entry = self.names.lookup(name)
        substances = tuple(dict.fromkeys(part.substance for part in parts))
        if self._generic(name, parts, product):
            return "", "by its ingredients' names"
        if entry is not None and not entry.products and (substances != (entry.substance,) or not entry.by == "brand"):
            raise CannotSay(f"{name} is known as another thing ({entry.substance or entry.by})")
        if self.brands.setdefault(name.casefold(), tuple(sorted(substances))) != tuple(sorted(substances)):
            raise CannotSay(f"{name} is the name of a product of other ingredients too")
        form, code = product.form.lower(), release(product.form)
        if code != "ER":
            # A brand that was known as extended release only has another form too.
            slow = self.slow_brands.pop(name, None)
            if slow is not None:
                slow["kind"] = "brand"
        composition = tuple(sorted((p.substance, p.strength, p.unit, p.per, p.per_unit) for p in parts))
        likeness = _likeness(name, route, code, composition)
        known = self.same.get(likeness)
        if known:
            return known, "as a product known already"
        # The strength of a brand that counts a salt is not the substance's: only the product says so.
        salt = any(self.turned(part) for part in parts)
        written = self._label(name, parts, form, product.ndc, salt)
        key = slug(written)
        if key in self.product_ids:
            key = f"{key}-{slug(product.ndc)}" if product.ndc else ""
        if not key or key in self.product_ids:
            raise CannotSay(f"{written} cannot be told from another product")
        more = {"form": form, "release": code, "route": route, "status": label.kind, "source": source}
        self.add_rows(key, name, written, parts, **more)
        self.same[likeness] = key
        if len(substances) == 1 and not salt and entry is None and not self.name_taken(name):
            self.book.add(
                NAMES, name=name, substance=substances[0], kind="brand-er" if code == "ER" else "brand", source=source
            )
            self.names_given.add(name.casefold())
            if code == "ER":
                self.slow_brands[name] = self.book.rows["names"][-1]
        self.grew = True
        return key, "as a new product"

    def name_taken(self, name: str) -> bool:
        """Whether a substance or another name is written so."""
        return name.casefold() in self.names_given or name.casefold() in self.by_name

    def known(self, name: str, route: str, code: str, composition: tuple[object, ...]) -> str:
        """The id of the product of this name, route, release code and composition; empty where there is none."""
        return self.same.get(_likeness(name, route, code, composition), "")

    def turned(self, part: ProductPart) -> bool:
        """Whether what a strength counts is a salt that holds a stated part of the substance."""
        entry = self.names.lookup(part.as_named)
        return entry is not None and entry.salt_amount is not None

    def _generic(self, name: str, parts: tuple[ProductPart, ...], product: LabelProduct) -> bool:
        """Whether the name is that of the ingredients: each word of it stands in theirs, or in the generic name's."""
        known = {word for part in parts for word in _words(part.as_named)}
        known |= {word for part in parts for word in _words(self.names.data.name_of(part.substance))}
        known |= {"and", "with"}
        own = _words(name)
        return bool(own) and own <= known

    def _label(self, name: str, parts: tuple[ProductPart, ...], form: str, ndc: str, salt: bool) -> str:
        written = f"{name} {strengths(parts)}"
        # "Lipitor 40 mg daily" is a dose of a brand; a product of one strength in mg that is written so would swallow
        # it.
        plain = () if len(parts) == 1 and parts[0].per_unit.startswith("{") and not salt else ("",)
        for more in (*plain, f" ({form})", f" ({form}, NDC {ndc})"):
            if f"{written}{more}".casefold() not in self.labels:
                return f"{written}{more}"
        raise CannotSay(f"{written} is how another product is written")


def place(shelf: Shelf, label: Label, today: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Put a label's source and products on the shelf: the source's id, and the substances of each different product."""
    source = f"spl-{label.set_id}"
    called = (
        next((product.name or product.generic for product in label.products), "") or label.title[:80] or label.set_id
    )
    shelf.book.add(
        SOURCES,
        id=source,
        title=f"US label, {called} ({label.labeller or 'labeller not stated'})",
        kind="label",
        publisher=label.labeller,
        date=label.date,
        retrieved=today,
        review_by=f"{int(today[:4]) + REVIEW_YEARS}{today[4:8]}01",
        where=f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={label.set_id}",
        verification="unverified",
        note=f"version {label.version}, read by the program",
        tier="machine-read",
        country="US",
        set_id=label.set_id,
    )
    found: dict[tuple[str, ...], None] = {}
    for product in label.products:
        key, known, reason, substances = "", "", "", ("",) * len(product.ingredients)
        try:
            if not product.ingredients:
                raise CannotSay("no active ingredient is listed")
            route = _route(product)
            substances = tuple(shelf.substance(each, source, route) for each in product.ingredients)
            if substances:
                found[tuple(dict.fromkeys(substances))] = None
            parts = tuple(
                _part(each, key, product.form) for each, key in zip(product.ingredients, substances, strict=True)
            )
            _sound(product, parts, label.products)
            key, known = shelf.put(label, product, parts, route, source)
        except CannotSay as refusal:
            reason = str(refusal)
        head = {
            "set_id": label.set_id,
            "version": label.version,
            "ndc": product.ndc,
            "name": product.name,
            "generic": product.generic,
            "form": product.form,
            "route": "; ".join(product.routes),
            "reason": reason,
        }
        if not product.ingredients:
            shelf.book.note("products", **head)
        for position, (each, substance) in enumerate(zip(product.ingredients, substances, strict=True), 1):
            shelf.book.note(
                "products",
                **head,
                product=key,
                known_as=known,
                position=str(position),
                as_named=each.as_named,
                unii=each.unii,
                moiety=each.moiety,
                moiety_unii=each.moiety_unii,
                substance=substance,
                strength=_plain(each.strength),
                unit=each.unit,
                per=_plain(each.per),
                per_unit=each.per_unit,
            )
    return source, tuple(found)


def _route(product: LabelProduct) -> str:
    """The one route; several (an injection into a muscle or a vein) are an injection where all are, else not one."""
    words = {ROUTES.get(route.upper(), "") for route in product.routes}
    if not product.routes:
        raise CannotSay("the label gives no route")
    if "" in words:
        raise CannotSay(f"route {'; '.join(product.routes).lower()} is not one of doseref's")
    if len(words) == 1:
        return words.pop()
    if words <= {"intravenous", "intramuscular", "subcutaneous", "injection"}:
        return "injection"
    raise CannotSay(f"several routes: {'; '.join(product.routes).lower()}")


def _part(each: LabelIngredient, substance: str, form: str) -> ProductPart:
    if each.strength is None or each.per is None:
        raise CannotSay(f"{each.as_named.lower()}: no strength in plain figures")
    unit = UNITS.get(each.unit, "")
    per_unit = counted(form) if each.per_unit in ("1", "") else UNITS.get(each.per_unit, "")
    if not unit:
        raise CannotSay(f"{each.as_named.lower()}: strengths in {each.unit!r} are not read")
    if not per_unit:
        raise CannotSay(f"{each.as_named.lower()}: what 1 of a {form.lower()!r} is counted in is not known")
    return ProductPart(substance, " ".join(each.as_named.split()).lower(), each.strength, unit, each.per, per_unit)


def _sound(product: LabelProduct, parts: tuple[ProductPart, ...], all_products: Iterable[LabelProduct]) -> None:
    if not product.name.strip():
        raise CannotSay("the product has no name")
    if len({part.substance for part in parts}) < len(parts):
        raise CannotSay("two ingredients are one substance")
    if len({(part.per, part.per_unit) for part in parts}) > 1:
        raise CannotSay("the strengths of its ingredients are not per one amount of the product")
    if product.part_of_kit:
        others = {
            tuple(sorted(each.moiety for each in other.ingredients))
            for other in all_products
            if other.ndc == product.ndc and other.name == product.name
        }
        if len(others) > 1:
            raise CannotSay("a kit of different products under one name")


def strengths(parts: tuple[ProductPart, ...]) -> str:
    """``10 mg``, ``40 mg/0.8 mL``, ``5/325 mg``, ``6.25/2.5 mg per 5 mL``."""
    units = {part.unit for part in parts}
    per = parts[0]
    if len(parts) == 1:
        amount = f"{_plain(per.strength)} {unit_word(per.unit)}"
        if per.per_unit.startswith("{"):
            return amount
        many = "" if per.per == 1 else f"{_plain(per.per)} "
        return f"{amount}/{many}{unit_word(per.per_unit)}"
    if len(units) == 1:
        amount = f"{'/'.join(_plain(part.strength) for part in parts)} {unit_word(per.unit)}"
    else:
        amount = " and ".join(f"{_plain(part.strength)} {unit_word(part.unit)}" for part in parts)
    if per.per_unit.startswith("{"):
        return amount
    return f"{amount} per {_plain(per.per)} {unit_word(per.per_unit)}"


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def slug(text: str) -> str:
    """An id made of the letters and digits of a text: ``lipitor-10-mg``."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:120].strip("-")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def _likeness(name: str, route: str, release_code: str, composition: object) -> tuple[object, ...]:
    return name.casefold(), route, release_code, composition


__all__ = ["CannotSay", "ProductPart", "Shelf", "place", "slug", "strengths"]
