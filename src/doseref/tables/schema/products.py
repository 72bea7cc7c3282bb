"""What is sold and how its units convert: products, strengths, factors between units, morphine equivalents."""

from __future__ import annotations

from doseref.tables.column import Column, Table
from doseref.tables.schema.words import COUNTRY, DECIMAL, SLUG, TEXT, UNIT_WORDS, WHOLE

PRODUCTS = Table(
    "products",
    "one product and one of its ingredients: how much of it in how much of the product",
    ("id", "substance", "as_named"),
    (
        Column("id", TEXT, "product id: the same for all ingredients of one product and strength", True, pattern=SLUG),
        Column("name", TEXT, "brand or generic combination name without strength ('Norco')", True),
        Column("label", TEXT, "how the product with its strength is written ('Norco 5/325')", True),
        Column("also", "list", "other ways this very product is written ('Tylenol #3')"),
        Column("substance", "ref", "ingredient", True, table="substances"),
        Column("as_named", TEXT, "the ingredient as the source names it, salt included", True),
        Column(
            "position",
            WHOLE,
            "its place in the strength as people write it (5/325: hydrocodone 1, acetaminophen 2)",
            True,
            minimum=1,
        ),
        Column("strength", DECIMAL, "amount of the ingredient as named", True),
        Column("unit", TEXT, UNIT_WORDS, True, vocabulary="unit"),
        Column("per", DECIMAL, "in this many …", True),
        Column("per_unit", TEXT, "… of this unit ({tablet}, {capsule}, mL, {sachet} …)", True, vocabulary="unit"),
        Column(
            "form",
            TEXT,
            "form as the source gives it; 'for children' in it where its label gives this strength to children only",
        ),
        Column("release", "enum", "release", values=("IR", "ER", "DR", "EC")),
        Column("route", TEXT, "route word", True, vocabulary="route"),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc", "pharmacy", "")),
        Column("market", "list", "ISO country codes"),
        Column("withdrawn", "flag", "yes where this strength or formula is no longer sold"),
        Column("max_count", DECIMAL, "most units in 24 hours by the product's own label (first ingredient's row only)"),
        Column("rxcui", TEXT, "RxNorm concept id of the product", pattern=r"\d+"),
        Column("source", "ref", "source id", True, table="sources"),
        Column(
            "verification",
            "enum",
            "how well it was verified",
            True,
            values=("verified", "verified-secondary", "partly-verified", "unverified"),
        ),
    ),
)


CONVERSIONS = Table(
    "conversions",
    "one substance's factor between units that do not convert by themselves (international units, equivalents)",
    ("substance", "form", "from_unit", "to_unit", "source"),
    (
        Column("substance", "ref", "substance id", True, table="substances"),
        Column("form", TEXT, "form the factor holds for"),
        Column("from_value", DECIMAL, "this much …", True),
        Column("from_unit", TEXT, UNIT_WORDS, True, vocabulary="unit"),
        Column("to_value", DECIMAL, "… is this much", True),
        Column("to_unit", TEXT, UNIT_WORDS, True, vocabulary="unit"),
        Column("usable", "flag", "yes where the factor is unambiguous for the substance and may be applied"),
        Column("vintage", TEXT, "year or version of the factor"),
        Column("source", "ref", "source id", True, table="sources"),
        Column("note", TEXT, "conflicts and traps, in a few words"),
    ),
)


MME = Table(
    "mme",
    "one opioid's factor to oral morphine milligram equivalents, with its vintage",
    ("substance", "route", "vintage", "as_named"),
    (
        Column("substance", "ref", "substance id", True, table="substances"),
        Column("as_named", TEXT, "the row's name in the source", True),
        Column("route", TEXT, "route word, or blank where the table gives none", vocabulary="route"),
        Column("factor", DECIMAL, "morphine milligrams per 1 of unit", True),
        Column("unit", TEXT, "unit the factor applies to, as the source writes it", True),
        Column("vintage", TEXT, "table and year", True),
        Column("current", "flag", "yes for the vintage the program uses"),
        Column("source", "ref", "source id", True, table="sources"),
        Column("note", TEXT, "traps, in a few words"),
    ),
)


STRENGTHS = Table(
    "strengths",
    "one strength in which tablets or capsules of one ingredient are marketed",
    ("substance", "per_unit", "release", "strength", "unit", "market"),
    (
        Column("substance", "ref", "substance id", True, table="substances"),
        Column(
            "per_unit",
            TEXT,
            "counted unit that holds it ({tablet}, {capsule}, {film}, {lozenge})",
            True,
            vocabulary="unit",
        ),
        Column("release", "enum", "release", values=("ER", "DR")),
        Column("strength", DECIMAL, "amount in one of it, as its name gives it (salt or base)", True),
        Column("unit", TEXT, UNIT_WORDS, True, vocabulary="unit"),
        Column("market", TEXT, "ISO code of the country whose list has it", True, pattern=COUNTRY),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc")),
        Column("as_named", "list", "the ingredient as the list names it, salts included"),
        Column("source", "ref", "source id", True, table="sources"),
    ),
)
