"""RxNorm's files (RXNCONSO.RRF, RXNREL.RRF, RXNSAT.RRF) into an overlay: names, brands, and the products that are
prescribed.

Layout (NLM, RxNorm technical documentation, sections 4 and 12): fields are separated by ``|`` and each line ends with
one. Of RXNCONSO RXCUI is field 1, LAT 2, SAB 12, TTY 13, STR 15, SUPPRESS 17; of RXNREL RXCUI1 1, RXCUI2 5, RELA 8, SAB
11 (read as "RXCUI2 has the relation RELA to RXCUI1"); of RXNSAT RXCUI 1, ATN 9, SAB 10, ATV 11. Term types: IN
ingredient, BN brand name, SCD and SBD the clinical and the branded drug, whose components SCDC carry the strengths:
attribute RXN_STRENGTH ("500 MG", "5 MG/ML"); CVF 4096 marks what is currently prescribable.

Each file is read line by line; what is kept are the terms of those types. Names of salts are not taken over: RxNorm
does not say how much of the base a salt holds, and a name without that would count it as the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from doseref.errors import InputError
from doseref.imports.book import Book
from doseref.imports.layered import BookReference
from doseref.imports.products import CannotSay, ProductPart, Shelf, slug, strengths
from doseref.imports.sound import only_sound
from doseref.imports.words import counted, release
from doseref.names import Names
from doseref.tables.schema import NAMES, SOURCES, SUBSTANCES

FILES = ("RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF")
SOURCE = "rxnorm-import"
_MOST_LINE = 100_000
_TYPES = ("IN", "BN", "SCD", "SBD", "SCDC")
_PRESCRIBABLE = 4096
_STRENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) (MG|MCG|UNT|MEQ|MMOL|G)(?:/(ML|ACTUAT|HR|MG))?", re.ASCII)
_UNITS = {"MG": "mg", "MCG": "ug", "UNT": "[IU]", "MEQ": "meq", "MMOL": "mmol", "G": "g"}
_FORMS = (
    ("Oral Tablet", "TABLET", "oral"),
    ("Oral Capsule", "CAPSULE", "oral"),
    ("Chewable Tablet", "TABLET, CHEWABLE", "oral"),
    ("Disintegrating Oral Tablet", "TABLET, ORALLY DISINTEGRATING", "oral"),
    ("Sublingual Tablet", "TABLET", "sublingual"),
    ("Oral Solution", "SOLUTION", "oral"),
    ("Oral Suspension", "SUSPENSION", "oral"),
    ("Rectal Suppository", "SUPPOSITORY", "rectal"),
    ("Oral Lozenge", "LOZENGE", "oral"),
)
"""How a clinical drug's name ends → form and route; others are left out and counted."""


@dataclass(slots=True)
class Counts:
    """What came of an import; ``left_out`` counts products by the reason they were left out for."""

    substances: int = 0
    names: int = 0
    products: int = 0
    known: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unsound: list[tuple[str, str]] = field(default_factory=list)
    bad_lines: list[str] = field(default_factory=list)

    def lines(self, directory: Path) -> Iterator[str]:
        """The counts in words."""
        yield (
            f"{self.substances:,} substances, {self.names:,} names and {self.products:,} products added to "
            f"{directory}; "
            f"{self.known:,} products known before"
        )
        for reason, count in sorted(self.left_out.items(), key=lambda each: (-each[1], each[0])):
            yield f"left out, {reason}: {count:,}"
        yield from (f"taken away again, a rule refuses it: {where}: {why}" for where, why in self.unsound[:20])
        yield from (f"doseref: {line}" for line in self.bad_lines[:20])


@dataclass(slots=True)
class _Terms:
    """What the files say, by RXCUI."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in _TYPES})
    """Term type → RXCUI → name."""
    related: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(RXCUI, relation) → RXCUIs."""
    strength: dict[str, str] = field(default_factory=dict)


def import_rxnorm(rrf: Path, directory: Path, today: str) -> Counts:
    """Import the RRF files in ``rrf`` into the overlay ``directory``; ``today`` is the day of reading (YYYY-MM-DD).

    Raises :class:`InputError` where a file is missing, is not of RxNorm's layout, or the overlay cannot be written.
    """
    counts = Counts()
    if not rrf.is_dir():
        what = (
            f"is a file; name the directory that holds {', '.join(FILES)}"
            if rrf.exists()
            else "there is no such directory"
        )
        raise InputError(what, path=str(rrf))
    terms = _read(rrf, counts)
    if not any(terms.names.values()):
        raise InputError(
            "no row is understood: none is an English term of RXNORM of the types "
            f"{', '.join(_TYPES)} (fields 2, 12 and 13); nothing was imported",
            path=str(rrf / FILES[0]),
        )
    book = Book(directory, today)
    book.forget({SOURCE})
    book.add(
        SOURCES,
        id=SOURCE,
        title="RxNorm, imported",
        kind="table",
        publisher="US National Library of Medicine",
        retrieved=today,
        review_by=f"{int(today[:4]) + 1}{today[4:8]}01",
        where=str(rrf),
        verification="unverified",
        tier="machine-read",
        country="US",
    )
    shelf = Shelf(book, Names(BookReference(book)))
    ingredients = {rxcui: _substance(shelf, rxcui, name, counts) for rxcui, name in terms.names["IN"].items()}
    for rxcui, name in terms.names["SBD"].items():
        try:
            _product(shelf, terms, ingredients, rxcui, name, counts)
        except CannotSay as reason:
            counts.left_out[str(reason)] = counts.left_out.get(str(reason), 0) + 1
    _brands(shelf, terms, ingredients, counts)
    book.save()
    only_sound(book, counts.unsound)
    return counts


def _lines(path: Path, fields: int, counts: Counts) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                cells = line.rstrip("\r\n").split("|") if len(line) <= _MOST_LINE else []
                if len(cells) >= fields:
                    yield cells
                elif number == 1:
                    raise InputError(
                        f"is not of RxNorm's layout: {len(cells)} fields, {fields} are wanted", path=str(path), line=1
                    )
                elif line.strip():
                    counts.bad_lines.append(f"{path}:{number}: {len(cells)} fields, {fields} are wanted")
    except FileNotFoundError:
        raise InputError(
            "there is no such file; the directory is to hold " + ", ".join(FILES), path=str(path)
        ) from None
    except OSError as error:
        raise InputError(error.strerror or str(error), path=str(path)) from None


def _read(rrf: Path, counts: Counts) -> _Terms:
    terms = _Terms()
    prescribable: set[str] = set()
    for cells in _lines(rrf / FILES[0], 18, counts):
        rxcui, language, origin, kind, name, suppressed, view = (
            cells[0],
            cells[1],
            cells[11],
            cells[12],
            cells[14],
            cells[16],
            cells[17],
        )
        if origin != "RXNORM" or language != "ENG" or suppressed not in ("N", "") or kind not in terms.names:
            continue
        terms.names[kind][rxcui] = " ".join(name.split())
        if view.isascii() and view.isdigit() and int(view) & _PRESCRIBABLE:
            prescribable.add(rxcui)
    for kind in ("SCD", "SBD"):
        terms.names[kind] = {key: name for key, name in terms.names[kind].items() if key in prescribable}
    kept = {rxcui for names in terms.names.values() for rxcui in names}
    wanted = ("has_ingredient", "consists_of", "tradename_of")
    for cells in _lines(rrf / FILES[1], 15, counts):
        to, of, relation, origin = cells[0], cells[4], cells[7], cells[10]
        if origin == "RXNORM" and relation in wanted and to in kept and of in kept:
            terms.related.setdefault((of, relation), set()).add(to)
    for cells in _lines(rrf / FILES[2], 12, counts):
        if cells[8] == "RXN_STRENGTH" and cells[9] == "RXNORM" and cells[0] in terms.names["SCDC"]:
            terms.strength[cells[0]] = cells[10]
    return terms


def _substance(shelf: Shelf, rxcui: str, name: str, counts: Counts) -> str:
    """The substance's id, added where its name is not known; empty where the name means several or other things."""
    entry = shelf.names.lookup(name)
    if entry is not None:
        return "" if entry.compound else entry.substance
    key = slug(name)
    if not key or key in shelf.ids:
        return ""
    shelf.book.add(SUBSTANCES, id=key, name=name.lower(), kind="drug", rxcui=rxcui, source=SOURCE)
    shelf.ids.add(key)
    shelf.by_name[name.lower()] = key
    counts.substances += 1
    return key


def _brands(shelf: Shelf, terms: _Terms, ingredients: dict[str, str], counts: Counts) -> None:
    """Brand names of one ingredient; one of several, or of a salt that is not counted as its base,
    is known by its products alone.
    """
    of_salts = {
        row["name"]
        for row in shelf.book.rows["products"]
        if (entry := shelf.names.lookup(row["as_named"])) is not None and entry.salt_amount is not None
    }
    for rxcui, name in terms.names["BN"].items():
        if name in of_salts:
            continue
        bases = {ingredients.get(each, "") for each in terms.related.get((rxcui, "tradename_of"), ())}
        _name(shelf, name, bases, counts)


def _name(shelf: Shelf, name: str, bases: set[str], counts: Counts) -> None:
    base = bases.pop() if len(bases) == 1 else ""
    known = shelf.names.lookup(name) is not None or shelf.name_taken(name)
    if base and not known:
        shelf.book.add(NAMES, name=name, substance=base, kind="brand", source=SOURCE)
        shelf.names_given.add(name.casefold())
        counts.names += 1


def _product(shelf: Shelf, terms: _Terms, ingredients: dict[str, str], rxcui: str, name: str, counts: Counts) -> None:
    """A branded drug as a product, by the strengths of its components; raises :class:`CannotSay`."""
    brands = re.findall(r"\[([^\[\]]{2,80})\]", name)
    if len(brands) != 1:
        raise CannotSay("its name holds no brand")
    bare = name.split(" [", 1)[0]
    form, route = next(((form, route) for ending, form, route in _FORMS if bare.endswith(ending)), ("", ""))
    if not form:
        raise CannotSay("its form is not one of those that are read")
    if "Extended Release" in bare:
        form += ", EXTENDED RELEASE"
    elif "Delayed Release" in bare:
        form += ", DELAYED RELEASE"
    clinical = terms.related.get((rxcui, "tradename_of"), set()) & terms.names["SCD"].keys()
    if len(clinical) != 1:
        raise CannotSay("its clinical drug is not given")
    components = terms.related.get((next(iter(clinical)), "consists_of"), set()) & terms.names["SCDC"].keys()
    parts = tuple(
        sorted(
            (_part(terms, ingredients, each, form) for each in components), key=lambda part: bare.find(part.as_named)
        )
    )
    if not parts or len({part.substance for part in parts}) < len(parts):
        raise CannotSay("its components are not given one by one")
    composition = tuple(sorted((p.substance, p.strength, p.unit, p.per, p.per_unit) for p in parts))
    code = release(form)
    if shelf.known(brands[0], route, code, composition):
        counts.known += 1
        return
    plain = len(parts) > 1 or any(shelf.turned(part) for part in parts)
    written = f"{brands[0]} {strengths(parts)}" + ("" if plain else f" ({form.lower()})")
    key = slug(written)
    if key in shelf.product_ids or written.casefold() in shelf.labels:
        raise CannotSay("it is written as another product is")
    more = {"form": form.lower(), "release": code, "route": route, "rxcui": rxcui, "source": SOURCE}
    shelf.add_rows(key, brands[0], written, parts, **more)
    counts.products += 1


def _part(terms: _Terms, ingredients: dict[str, str], component: str, form: str) -> ProductPart:
    bases = {ingredients.get(each, "") for each in terms.related.get((component, "has_ingredient"), ())}
    substance = bases.pop() if len(bases) == 1 else ""
    if not substance:
        raise CannotSay("an ingredient is not known for certain")
    written = terms.strength.get(component, "")
    found = _STRENGTH.fullmatch(written)
    if found is None:
        raise CannotSay("a strength is not in plain figures")
    per_unit = {"ML": "mL", "ACTUAT": "{puff}", None: counted(form)}.get(found[3], "")
    if not per_unit:
        raise CannotSay("a strength is per something that is not read")
    named = terms.names["SCDC"][component].removesuffix(written).strip() or terms.names["SCDC"][component]
    return ProductPart(substance, named, Decimal(found[1]), _UNITS[found[2]], Decimal(1), per_unit)
