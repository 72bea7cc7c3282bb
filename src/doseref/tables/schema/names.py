"""Where figures are from and what substances are called: sources, substances, their names and their classes."""

from __future__ import annotations

from doseref.tables.column import Column, Table
from doseref.tables.schema.words import COUNTRY, DECIMAL, ID, NOTE, SET_ID, SEVERITIES, SLUG, TEXT, TIERS, WHOLE

SOURCES = Table(
    "sources",
    "one source: an article, a label, a guideline, a monograph or a fact table",
    ("id",),
    (
        Column(
            "id", TEXT, "stable id; the articles' ids are l1-l2, l2-l3, l4-l5, l5-s1, l5-s1-guide", True, pattern=SLUG
        ),
        Column("title", TEXT, "title of the page or article", True),
        Column(
            "kind",
            "enum",
            "what kind of source it is",
            True,
            values=("article", "label", "guideline", "monograph", "table"),
        ),
        Column("publisher", TEXT, "who published it, where the page says"),
        Column(
            "date",
            TEXT,
            "date or year of the version that was read, as far as the page gives one (YYYY, YYYY-MM or YYYY-MM-DD)",
            pattern=r"\d{4}(?:-\d{2}(?:-\d{2})?)?",
        ),
        Column("retrieved", "date", "day it was read", True),
        Column("review_by", "date", "day by which it is to be read again", True),
        Column("where", TEXT, "address, or the file name of an article", True),
        Column(
            "verification",
            "enum",
            "how well it was verified",
            True,
            values=("verified", "verified-secondary", "partly-verified", "unverified"),
        ),
        NOTE,
        Column(
            "tier",
            "enum",
            "how near it is to whoever sets the figure; secondary and machine-read (by the program from a label file, "
            "not yet confirmed by a person) inform only",
            True,
            values=TIERS,
        ),
        Column(
            "country", TEXT, "ISO code of the country it is for: US, GB, EU …; blank: not tied to one", pattern=COUNTRY
        ),
        Column("set_id", TEXT, "set id of the label file it was read from", pattern=SET_ID),
    ),
)


SUBSTANCES = Table(
    "substances",
    "one active ingredient, supplement, biologic or procedure with its one canonical name",
    ("id",),
    (
        ID,
        Column("name", TEXT, "canonical name, lower case except for proper nouns and letters of vitamins", True),
        Column(
            "kind",
            "enum",
            "what it is; a procedure is no substance and never assessed; care is no medicine to be added up (an "
            "emollient, a dressing, a feed): "
            "its names are names only where an item begins with them",
            True,
            values=("drug", "supplement", "biologic", "procedure", "care"),
        ),
        Column("classes", "refs", "its classes, most specific first", table="classes"),
        Column("usual_route", TEXT, "the route meant where a sig names none", vocabulary="route"),
        Column("routes", "list", "routes by which it is marketed, where a list of products says (route words)"),
        Column("base", TEXT, "which form its limits are stated in (base, or the salt), where that matters"),
        Column("rxcui", TEXT, "RxNorm concept id (a string)", pattern=r"\d+"),
        Column("atc", "list", "ATC codes"),
        Column("unii", TEXT, "UNII code"),
        Column(
            "side_effects",
            "refs",
            "side-effect classes curated for it beyond what the statements say",
            table="side_effect_classes",
        ),
        Column("source", "ref", "where its name and codes are from (blank: in the articles)", table="sources"),
        NOTE,
    ),
)


NAMES = Table(
    "names",
    "one other name of a substance: synonym, abbreviation, brand of it alone, former name, salt",
    ("name", "substance"),
    (
        Column("name", TEXT, "the name as people write it; matching ignores case", True),
        Column("substance", "ref", "substance id", True, table="substances"),
        Column(
            "kind",
            "enum",
            "what kind of name it is; brand-er: a brand that exists only as extended release; "
            "brand-transdermal, -vaginal, -nasal, -oral: a brand that exists only for that route, of a substance that "
            "is also given otherwise; compound: the substance "
            "is only a part of it; "
            "word: a word of everyday language ('thyroid'), a name only where an item begins with it; combination: "
            "one of several substances "
            "of a product whose amounts are not in the tables, a row for each of them",
            True,
            values=(
                "synonym",
                "abbreviation",
                "brand",
                "brand-er",
                "brand-transdermal",
                "brand-vaginal",
                "brand-nasal",
                "brand-oral",
                "combination",
                "compound",
                "former",
                "salt",
                "tall-man",
                "word",
            ),
        ),
        Column("salt_amount", DECIMAL, "for a salt with a stated base equivalent: this much of the salt …"),
        Column("base_amount", DECIMAL, "… is this much of the substance (same unit); both blank: declared equal"),
        Column("source", "ref", "source of the name, and of the salt ratio", table="sources"),
    ),
)


NATIONAL_NAMES = Table(
    "national_names",
    "the name of a substance in one country, where that is not its canonical one",
    ("substance", "country"),
    (
        Column("substance", "ref", "substance id", True, table="substances"),
        Column("country", TEXT, "ISO code of the country whose reports call it so", True, pattern=COUNTRY),
        Column("name", TEXT, "the name; it is one of the substance's names in names.csv too", True),
        Column("source", "ref", "who in that country calls it so", True, table="sources"),
    ),
)


LOOKALIKES = Table(
    "lookalikes",
    "one pair of names that are taken for each other",
    ("name_a", "name_b"),
    (
        Column("name_a", TEXT, "one name, lower case", True),
        Column("name_b", TEXT, "the other, lower case; name_a sorts before name_b", True),
        Column("list", TEXT, "whose list it stands on", True),
        Column("verification", "enum", "how well it was verified", True, values=("verified", "unverified")),
        Column("source", "ref", "source id", True, table="sources"),
    ),
)


CLASSES = Table(
    "classes",
    "one class of drugs or supplements, its parent, and whether two different substances of it are a duplication",
    ("id",),
    (
        ID,
        Column("label", TEXT, "name of the class", True),
        Column("parent", "ref", "the class it is part of", table="classes"),
        Column(
            "allowed",
            WHOLE,
            "how many different substances of it may be taken together; blank: no rule of its own",
            minimum=1,
        ),
        Column(
            "by_release",
            "flag",
            "yes where a long-acting form (extended release, patch) and another form are different kinds, which may "
            "be meant",
        ),
        Column("severity", "enum", "severity of the finding when more are taken", values=SEVERITIES),
        Column(
            "side_effects",
            "refs",
            "side-effect classes of all its members, by the labels of some",
            table="side_effect_classes",
        ),
        Column("side_effects_from", "refs", "the labels that say so", table="sources"),
        Column(
            "narrow",
            "flag",
            "yes where one dose too many is dangerous, so that an amount or frequency that is not said is asked about",
        ),
        Column("note", TEXT, "why, in a few words"),
    ),
)
