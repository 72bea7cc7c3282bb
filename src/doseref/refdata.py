"""Everything the tables say, loaded together: substances, products, sources, statements and the limits they give.

Each table is read when something first asks for it, so a command pays only for what it uses. Nothing is
cached on disk: what is judged is what stands in ``data/`` at that moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doseref.dosage import Dosage, Vocabulary, parse
from doseref.errors import DataError
from doseref.lazy import Lazy
from doseref.limits import Limit, article_limits, stated_alone, table_limits
from doseref.tables import schema, typed_rows
from doseref.tables.cells import terms
from doseref.tables.dosing import TabledStatement, statement
from doseref.tables.entries import (
    IN_THE_EYE,
    Caution,
    Conversion,
    DrugClass,
    OpioidFactor,
    OtherName,
    Product,
    ReportedSideEffect,
    SideEffectClass,
    Source,
    Stack,
    Substance,
)
from doseref.tables.house import house_sources
from doseref.tables.lines import Lines, cells_of
from doseref.tables.load import data_digest, data_directory, data_version, load_lines
from doseref.tables.vocabulary import vocabulary

if TYPE_CHECKING:
    from doseref.dosage.trace import Trace
    from doseref.tables.overlay import Overlay

RawRow = dict[str, str]
FEW_SOUGHT = 16
"""So many substances are looked for one by one in ``products.csv``, before its rows are sorted by substance."""


class Reference:
    """The dataset in ``directory``, with the rows of ``overlay`` over it where there is one, typed and joined.

    Raises :class:`DataError` where a table cannot be loaded. An overlay is trusted here as the shipped tables are:
    :func:`doseref.api.reference` holds it against the rules first.
    """

    def __init__(self, directory: Path | None = None, overlay: Overlay | None = None) -> None:
        self.directory = directory or data_directory()
        self.overlay = overlay
        self._cells: dict[str, Lines] = {}
        self._rows: dict[str, list[RawRow]] = {}
        self._sought: dict[str, list[str]] = {}

    def __repr__(self) -> str:
        """Short: where the tables are, and what is over them."""
        return f"<Reference {self.directory}{f', {self.overlay}' if self.overlay else ''}>"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that dosage instructions are read with."""
        return vocabulary(self.rows)

    def parse(
        self, text: str, *, nameless: bool = False, ingredients: int | None = None, trace: Trace | None = None
    ) -> Dosage:
        """One dosage instruction, read with the names of this dataset (:func:`doseref.dosage.parse`)."""
        return parse(text, self.vocabulary, nameless=nameless, ingredients=ingredients, trace=trace)

    def cells(self, table: schema.Table) -> Lines:
        """The cells of one table, row by row in the order of its columns; the file is read once, and a row is taken
        apart whenever it is asked for.
        """
        if table.name not in self._cells:
            self._cells[table.name] = self._loaded(table)
        return self._cells[table.name]

    def _loaded(self, table: schema.Table) -> Lines:
        shipped = load_lines(table, self.directory)
        if self.overlay is None or not (self.overlay.directory / table.file).is_file():
            return shipped
        from doseref.tables.overlay import layered

        places = {name: position for position, name in enumerate(table.header)}
        own = load_lines(table, self.overlay.directory)
        return Lines(layered(table, shipped.lines, own.lines, lambda line, name: cells_of(line)[places[name]]))

    def rows(self, table: schema.Table) -> list[RawRow]:
        """The raw rows of one table; made once."""
        if table.name not in self._rows:
            header = table.header
            self._rows[table.name] = [dict(zip(header, row, strict=True)) for row in self.cells(table)]
        return self._rows[table.name]

    def _by(self, column: str, *tables: schema.Table) -> Mapping[str, list[RawRow]]:
        """The raw rows of tables of one form by what stands in ``column``; made when asked for: most never are."""
        header = tables[0].header
        place = header.index(column)
        grouped: dict[str, list[str]] = {}
        for table in tables:
            rows = self.cells(table)
            for key, line in zip(rows.column(place), rows.lines, strict=True):
                grouped.setdefault(key, []).append(line)
        return Lazy(grouped, lambda key: [dict(zip(header, cells_of(line), strict=True)) for line in grouped[key]])

    def _one_by(self, column: str, table: schema.Table) -> Mapping[str, RawRow]:
        """The raw row of a table by what stands in ``column``, the last one where there are several."""
        rows = self._by(column, table)
        return Lazy(rows, lambda key: rows[key][-1])

    @cached_property
    def version(self) -> str:
        """Version of the dataset."""
        return data_version(self.directory)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the dataset (hex)."""
        return data_digest(self.directory)

    @property
    def described(self) -> str:
        """Version and short hash of the dataset, and of the overlay over it, for a report's last line."""
        shipped = f"{self.version} ({self.digest[:7]})"
        return shipped if self.overlay is None else f"{shipped} with overlay {self.overlay}"

    def stamp(self) -> dict[str, Any]:
        """Version and SHA-256 of the dataset, and those of the overlay over it, for a JSON document."""
        shipped: dict[str, Any] = {"version": self.version, "sha256": self.digest}
        return shipped if self.overlay is None else {**shipped, "overlays": [self.overlay.to_json()]}

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries (ISO codes) of which there are labels."""
        return frozenset(filter(None, self._limit_countries()))

    def has_labels_of(self, country: str) -> bool:
        """Whether there are labels of a country (ISO code): answered by the first one found."""
        return country != "" and country in self._limit_countries()

    def _limit_countries(self) -> Iterator[str]:
        return self.cells(schema.LIMITS).column(schema.LIMITS.header.index("country"))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id; made when asked for."""
        rows = self._one_by("id", schema.SOURCES)
        return Lazy(rows, lambda key: typed_rows.source(rows[key]))

    @cached_property
    def substance_rows(self) -> Mapping[str, RawRow]:
        """Rows of ``substances.csv`` by id; made when asked for."""
        return self._one_by("id", schema.SUBSTANCES)

    @cached_property
    def substances(self) -> Mapping[str, Substance]:
        """Substances by id; made when asked for."""
        rows = self.substance_rows
        return Lazy(rows, lambda key: typed_rows.substance(rows[key]))

    @cached_property
    def substance_ids(self) -> dict[str, str]:
        """Substance id by canonical name."""
        return {substance.name: substance.id for substance in self.substances.values()}

    def name_of(self, substance_id: str, country: str = "") -> str:
        """The canonical name of a substance id (the id itself where it is not in the table); for a person of ``country``
        (ISO code) the name that it has there, where one is known. Documents for programs have the canonical one.
        """
        if country not in ("", "US") and (own := self.national_names.get((substance_id, country))):
            return own
        known = self.substances.get(substance_id)
        return known.name if known else substance_id

    @cached_property
    def national_names(self) -> Mapping[tuple[str, str], str]:
        """The names that substances have in a country, by substance id and ISO code."""
        return {(row["substance"], row["country"]): row["name"] for row in self.rows(schema.NATIONAL_NAMES)}

    @cached_property
    def names(self) -> tuple[OtherName, ...]:
        """Every other name of every substance."""
        return tuple(map(typed_rows.other_name, self.rows(schema.NAMES)))

    @cached_property
    def product_rows(self) -> Mapping[str, list[RawRow]]:
        """Rows of ``products.csv`` by product id; made when asked for,
        because most of some thousand products never are.
        """
        return self._by("id", schema.PRODUCTS)

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """Products by id, each with its ingredients in the order of their position; made when asked for."""
        rows = self.product_rows
        return Lazy(rows, lambda key: typed_rows.product(rows[key]))

    def products_with(self, substance: str) -> tuple[Product, ...]:
        """The products that contain a substance (id)."""
        return tuple(self.products[key] for key in self._products_of(substance))

    def _products_of(self, substance: str) -> Sequence[str]:
        """Ids of the products with a substance, in the order of the table. The first few that are asked are looked for
        line by line, which a short list costs less than sorting all rows by their substance.
        """
        if substance not in self._sought:
            if len(self._sought) >= FEW_SOUGHT:
                return self._product_ids.get(substance, ())
            key, place = schema.PRODUCTS.header.index("id"), schema.PRODUCTS.header.index("substance")
            rows = (cells_of(line) for line in self.cells(schema.PRODUCTS).lines if f",{substance}," in line)
            self._sought[substance] = list(dict.fromkeys(row[key] for row in rows if row[place] == substance))
        return self._sought[substance]

    @cached_property
    def strength_rows(self) -> Mapping[str, list[RawRow]]:
        """Rows of ``strengths.csv`` by substance id. The table is read when this is first asked."""
        return self._by("substance", schema.STRENGTHS)

    @cached_property
    def _product_ids(self) -> dict[str, list[str]]:
        """Ids of the products with each substance, in the order of the table."""
        found: dict[str, dict[str, None]] = {}
        key, substance = schema.PRODUCTS.header.index("id"), schema.PRODUCTS.header.index("substance")
        for row in self.cells(schema.PRODUCTS).heads(max(key, substance) + 1):
            found.setdefault(row[substance], {})[row[key]] = None
        return {name: list(ids) for name, ids in found.items()}

    @cached_property
    def classes(self) -> Mapping[str, DrugClass]:
        """Classes by id; made when asked for."""
        rows = self._one_by("id", schema.CLASSES)
        return Lazy(rows, lambda key: typed_rows.drug_class(rows[key]))

    def ancestry(self, class_id: str) -> tuple[str, ...]:
        """A class and its parents, nearest first; a circle in the table ends the walk."""
        seen: list[str] = []
        while class_id and class_id not in seen and class_id in self.classes:
            seen.append(class_id)
            class_id = self.classes[class_id].parent
        return tuple(seen)

    @cached_property
    def lookalikes(self) -> dict[str, tuple[str, ...]]:
        """Names (lower case) and the names they are taken for."""
        pairs: dict[str, tuple[str, ...]] = {}
        for row in self.rows(schema.LOOKALIKES):
            for one, other in ((row["name_a"], row["name_b"]), (row["name_b"], row["name_a"])):
                pairs[one] = (*pairs.get(one, ()), other)
        return pairs

    @cached_property
    def statements(self) -> Mapping[str, TabledStatement]:
        """The articles' statements by id, in the order of the tables; made when asked for."""
        rows = self._by("id", schema.DRUGS, schema.SUPPLEMENTS)
        return Lazy(rows, lambda key: statement(rows[key]))

    @cached_property
    def _said(self) -> dict[str, tuple[str, dict[str, None]]]:
        """Source and substances of each statement, by its id: enough to know which statements to make."""
        found: dict[str, tuple[str, dict[str, None]]] = {}
        for table in (schema.DRUGS, schema.SUPPLEMENTS):
            key, source, substance = (table.header.index(name) for name in ("id", "source", "substance"))
            for row in self.cells(table).heads(max(key, source, substance) + 1):
                found.setdefault(row[key], (row[source], {}))[1][row[substance]] = None
        return found

    @cached_property
    def limits(self) -> Mapping[str, tuple[Limit, ...]]:
        """Every limit by substance id: the articles' first, then those of labels and authorities;
        made when asked for.
        """
        articles: dict[str, list[str]] = {}
        for key, (_, substances) in self._said.items():
            for substance in substances:
                articles.setdefault(substance, []).append(key)
        labels = self._by("substance", schema.LIMITS)
        alone = stated_alone(self._said.values())
        house = house_sources(self.directory, self.overlay)

        def of(substance: str) -> tuple[Limit, ...]:
            said = (self.statements[key] for key in articles.get(substance, ()))
            return (*article_limits(said, substance, alone), *table_limits(labels.get(substance, ()), house))

        return Lazy((*articles, *labels), of)

    @cached_property
    def side_effect_classes(self) -> dict[str, SideEffectClass]:
        """Side-effect classes by id."""
        return {
            row["id"]: SideEffectClass(row["id"], row["label"], row["adds_up"] == "yes", row["severity"])
            for row in self.rows(schema.SIDE_EFFECT_CLASSES)
        }

    @cached_property
    def stacks(self) -> tuple[Stack, ...]:
        """What is dangerous together, in the order of the table."""
        return tuple(map(typed_rows.stack, self.rows(schema.STACKS)))

    @cached_property
    def stack_amounts(self) -> dict[str, tuple[tuple[str, Decimal, bool], ...]]:
        """Of substances that a stack names only above or below an amount: the member (``simvastatin>20``, or
        ``dolutegravir><51`` for one of less), the amount in mg a day, and whether it is one of less.
        """
        found: dict[str, dict[str, tuple[Decimal, bool]]] = {}
        for member in (each for stack in self.stacks for group in stack.groups for each in group.members):
            substance, above, amount = member.partition(">")
            if above and amount != IN_THE_EYE:
                found.setdefault(substance, {})[member] = Decimal(amount.removeprefix("<")), amount.startswith("<")
        return {s: tuple((mark, *each) for mark, each in own.items()) for s, own in found.items()}

    @cached_property
    def stack_eye_drops(self) -> Mapping[str, str]:
        """Of substances that a stack names as eye drops: the member as written (``timolol>eye``)."""
        members = (each for stack in self.stacks for group in stack.groups for each in group.members)
        return {each.partition(">")[0]: each for each in members if each.endswith(f">{IN_THE_EYE}")}

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """Whom a substance or class is not for, in the order of the table."""
        return tuple(typed_rows.caution(row) for row in self.rows(schema.CAUTIONS))

    @cached_property
    def phrases(self) -> Mapping[str, tuple[tuple[str, ...], str]]:
        """Side-effect phrase → its classes and its qualifier."""
        rows = {row["phrase"]: row for row in self.rows(schema.SIDE_EFFECTS)}
        return Lazy(rows, lambda phrase: (terms(rows[phrase]["classes"]), rows[phrase]["qualifier"]))

    @cached_property
    def side_effects(self) -> Mapping[str, tuple[ReportedSideEffect, ...]]:
        """What the articles say of the side effects of each substance (by id).

        The side effects of a combination are told of those ingredients that have no entry of their own: what an
        article says of codeine with acetaminophen is not said of acetaminophen.
        """
        ingredients = {key: substances for key, (_, substances) in self._said.items()}
        alone = {next(iter(each)) for each in ingredients.values() if len(each) == 1}

        def of(substance: str) -> tuple[ReportedSideEffect, ...]:
            return tuple(
                ReportedSideEffect(phrase, *self.phrases.get(phrase, ((), "")), key)
                for key, own in ingredients.items()
                if substance in own and (len(own) == 1 or substance not in alone)
                for phrase in self.statements[key].side_effects
            )

        return Lazy((substance for each in ingredients.values() for substance in each), of)

    @cached_property
    def conversions(self) -> dict[str, tuple[Conversion, ...]]:
        """Unit factors by substance id."""
        found: dict[str, list[Conversion]] = {}
        for row in self.rows(schema.CONVERSIONS):
            factor = typed_rows.conversion(row)
            found.setdefault(factor.substance, []).append(factor)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def opioid_factors(self) -> tuple[OpioidFactor, ...]:
        """Every row of the table of morphine equivalents."""
        return tuple(map(typed_rows.opioid_factor, self.rows(schema.MME)))

    def factor(self, substance: str, unit_from: str, unit_to: str) -> tuple[Decimal, Decimal] | None:
        """``(numerator, denominator)`` that turns ``unit_from`` into ``unit_to`` for a substance; ``None`` without one.

        Only factors that are unambiguous for the substance are used; mass units meet exactly.
        """
        return next((ratio for ratio, usable in self._factors(substance, unit_from, unit_to) if usable), None)

    def factors_of_forms(self, substance: str, unit_from: str, unit_to: str) -> tuple[tuple[Decimal, Decimal], ...]:
        """As :meth:`factor`, of every form of the substance (natural and synthetic vitamin E), where none holds for all
        of them.
        """
        return tuple(dict.fromkeys(ratio for ratio, _ in self._factors(substance, unit_from, unit_to)))

    def _factors(self, substance: str, unit_from: str, unit_to: str) -> Iterator[tuple[tuple[Decimal, Decimal], bool]]:
        from doseref.units import convert, convertible

        for each in self.conversions.get(substance, ()):
            if unit_from == each.from_unit and convertible(each.to_unit, unit_to):
                yield (convert(each.to_value, each.to_unit, unit_to), each.from_value), each.usable
            elif unit_to == each.from_unit and convertible(each.to_unit, unit_from):
                yield (each.from_value, convert(each.to_value, each.to_unit, unit_from)), each.usable


@lru_cache(maxsize=4)
def reference(directory: Path | None = None) -> Reference:
    """The dataset, read from ``directory`` (default: the shipped one), once per process and directory."""
    made = Reference(directory)
    if not made.directory.is_dir():
        raise DataError(f"{made.directory}: there is no such directory")
    return made
