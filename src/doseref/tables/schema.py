"""The tables of ``data/``: one column is a name, a type, a constraint and the words that describe it.

Everything else is derived from here: typed reading, the canonical writer, the D1xx checks,
``datapackage.json`` and the data dictionary. All cells are strings until this schema types them.
"""

from __future__ import annotations

from doseref.tables.column import Column as Column
from doseref.tables.column import ColumnKind as ColumnKind
from doseref.tables.column import Table as Table

DATA_VERSION = "0.2.0"
"""The version of the data, which ``datapackage.json`` carries: it changes when a figure changes."""

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_S: ColumnKind = "string"
_D: ColumnKind = "decimal"
_I: ColumnKind = "integer"
_UNIT = "a unit code (mg, ug, g, mL, [IU], {tablet} …)"
_TIME = ("h", "d", "wk", "mo", "a")

_COUNTRY = r"[A-Z]{2}"
_SET_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

TIERS = ("article", "label", "label-copy", "regulator", "guideline", "secondary", "machine-read")
"""How near a source is to whoever sets the figure."""
MACHINE_READ = "machine-read"
"""Read by the program from a label file: its figures inform until a person has confirmed them."""
INFORMING_TIERS = ("secondary", MACHINE_READ)
"""Tiers that give information, never an error or a warning."""

LIMIT_KINDS = (
    "maximum",
    "top-of-initial-range",
    "tolerance-threshold",
    "schedule-only",
    "none-determinable",
    "safe-level",
    "titrated",
    "usual-top",
    "not-recommended-above",
    "therapeutic",
)
"""What a limit's figure is; only ``maximum`` may raise an error or a warning.

``therapeutic`` is how much of a nutrient a label gives as a medicine: up to it an upper intake level only informs.
"""

SOURCES = Table(
    "sources",
    "one source: an article, a label, a guideline, a monograph or a fact table",
    ("id",),
    (
        Column(
            "id", _S, "stable id; the articles' ids are l1-l2, l2-l3, l4-l5, l5-s1, l5-s1-guide", True, pattern=SLUG
        ),
        Column("title", _S, "title of the page or article", True),
        Column(
            "kind",
            "enum",
            "what kind of source it is",
            True,
            values=("article", "label", "guideline", "monograph", "table"),
        ),
        Column("publisher", _S, "who published it, where the page says"),
        Column(
            "date",
            _S,
            "date or year of the version that was read, as far as the page gives one (YYYY, YYYY-MM or YYYY-MM-DD)",
            pattern=r"\d{4}(?:-\d{2}(?:-\d{2})?)?",
        ),
        Column("retrieved", "date", "day it was read", True),
        Column("review_by", "date", "day by which it is to be read again", True),
        Column("where", _S, "address, or the file name of an article", True),
        Column(
            "verification",
            "enum",
            "how well it was verified",
            True,
            values=("verified", "verified-secondary", "partly-verified", "unverified"),
        ),
        Column("note", _S, "what to know about it, in a few words"),
        Column(
            "tier",
            "enum",
            "how near it is to whoever sets the figure; secondary and machine-read (by the program from a label file, "
            "not yet confirmed by a person) inform only",
            True,
            values=TIERS,
        ),
        Column(
            "country", _S, "ISO code of the country it is for: US, GB, EU …; blank: not tied to one", pattern=_COUNTRY
        ),
        Column("set_id", _S, "set id of the label file it was read from", pattern=_SET_ID),
    ),
)

SUBSTANCES = Table(
    "substances",
    "one active ingredient, supplement, biologic or procedure with its one canonical name",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column("name", _S, "canonical name, lower case except for proper nouns and letters of vitamins", True),
        Column(
            "kind",
            "enum",
            "what it is; a procedure is no substance and never assessed; care is no medicine to be added up (an emollient, a dressing, a feed): "
            "its names are names only where an item begins with them",
            True,
            values=("drug", "supplement", "biologic", "procedure", "care"),
        ),
        Column("classes", "refs", "its classes, most specific first", table="classes"),
        Column("usual_route", _S, "the route meant where a sig names none", vocabulary="route"),
        Column("routes", "list", "routes by which it is marketed, where a list of products says (route words)"),
        Column("base", _S, "which form its limits are stated in (base, or the salt), where that matters"),
        Column("rxcui", _S, "RxNorm concept id (a string)", pattern=r"\d+"),
        Column("atc", "list", "ATC codes"),
        Column("unii", _S, "UNII code"),
        Column(
            "side_effects",
            "refs",
            "side-effect classes curated for it beyond what the statements say",
            table="side_effect_classes",
        ),
        Column("source", "ref", "where its name and codes are from (blank: in the articles)", table="sources"),
        Column("note", _S, "what to know about it, in a few words"),
    ),
)

NAMES = Table(
    "names",
    "one other name of a substance: synonym, abbreviation, brand of it alone, former name, salt",
    ("name", "substance"),
    (
        Column("name", _S, "the name as people write it; matching ignores case", True),
        Column("substance", "ref", "substance id", True, table="substances"),
        Column(
            "kind",
            "enum",
            "what kind of name it is; brand-er: a brand that exists only as extended release; compound: the substance is only a part of it; "
            "word: a word of everyday language ('thyroid'), a name only where an item begins with it; combination: one of several substances "
            "of a product whose amounts are not in the tables, a row for each of them",
            True,
            values=(
                "synonym",
                "abbreviation",
                "brand",
                "brand-er",
                "combination",
                "compound",
                "former",
                "salt",
                "tall-man",
                "word",
            ),
        ),
        Column("salt_amount", _D, "for a salt with a stated base equivalent: this much of the salt …"),
        Column("base_amount", _D, "… is this much of the substance (same unit); both blank: declared equal"),
        Column("source", "ref", "source of the name, and of the salt ratio", table="sources"),
    ),
)

LOOKALIKES = Table(
    "lookalikes",
    "one pair of names that are taken for each other",
    ("name_a", "name_b"),
    (
        Column("name_a", _S, "one name, lower case", True),
        Column("name_b", _S, "the other, lower case; name_a sorts before name_b", True),
        Column("list", _S, "whose list it stands on", True),
        Column("verification", "enum", "how well it was verified", True, values=("verified", "unverified")),
        Column("source", "ref", "source id", True, table="sources"),
    ),
)

CLASSES = Table(
    "classes",
    "one class of drugs or supplements, its parent, and whether two different substances of it are a duplication",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column("label", _S, "name of the class", True),
        Column("parent", "ref", "the class it is part of", table="classes"),
        Column(
            "allowed",
            _I,
            "how many different substances of it may be taken together; blank: no rule of its own",
            minimum=1,
        ),
        Column(
            "by_release",
            "flag",
            "yes where a long-acting form (extended release, patch) and another form are different kinds, which may be meant",
        ),
        Column("severity", "enum", "severity of the finding when more are taken", values=("info", "warning", "error")),
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
        Column("note", _S, "why, in a few words"),
    ),
)

TIMING_TERMS = (
    "with-food, with-food-preferred, with-or-without-food, after-meals, empty-stomach-allowed, with-water, with-black-pepper; "
    "morning, evening, night, bedtime, morning-or-evening, any-time, once-daily, avoid-bedtime; prn, scheduled, around-the-clock, "
    "regular-intervals, spread-evenly, divided-doses; short-term, one-time, inpatient, severe-pain-only; start-low, titrate-slowly, taper; "
    "12-hours-on-12-off, change-daily; an ending makes a term no more than the line says: -if (on a condition: bedtime-if, avoid-bedtime-if), "
    "-initially (bedtime-initially, night-initially), -preferred, -allowed"
)
"""The vocabulary of the timing column. A timing line that holds no timing has no term."""

_STATEMENT_COLUMNS = (
    Column(
        "id",
        _S,
        "statement id: source/section/nn as numbered in the article's list",
        True,
        pattern=r"[a-z0-9-]+/(?:drug|supplement|advanced)/\d\d",
    ),
    Column("source", "ref", "source id", True, table="sources"),
    Column("line", _I, "line of the article on which the dosage stands", True, minimum=1),
    Column("name", _S, "the entry's heading as the article writes it, without list number", True),
    Column("substance", "ref", "substance id (one row per ingredient of a combination)", True, table="substances"),
    Column("phase", _I, "number of the phase (1 where there is one)", True, minimum=1),
    Column("option", _I, "number of the alternative within the phase (1 where there is one)", True, minimum=1),
    Column(
        "dosage",
        _S,
        "dosing text as the source gives it, without a trailing full stop (first row of a statement only)",
        first_of="statement",
    ),
    Column(
        "computable",
        "enum",
        "whether a dose per time can be computed (first row of a statement only)",
        values=("yes", "no"),
        first_of="statement",
    ),
    Column(
        "reason",
        "enum",
        "why not, where it cannot be computed",
        values=("no-amount", "no-frequency", "experimental", "not-a-substance", "single-session", "concentration-only"),
        first_of="statement",
    ),
    Column("class", _S, "class as the source writes it (first row of a statement only)", first_of="statement"),
    Column("dose_low", _D, "lowest amount of this ingredient per administration, or per day where per_day"),
    Column("dose_high", _D, "highest amount of this ingredient per administration, or per day where per_day"),
    Column("dose_unit", _S, _UNIT, vocabulary="unit"),
    Column("count_low", _D, "fewest units (tablets, injections …) per administration"),
    Column("count_high", _D, "most units per administration"),
    Column("count_unit", _S, "a counted unit code ({tablet}, {patch}, {injection} …)", vocabulary="count"),
    Column("per_day", "flag", "yes where dose_low/dose_high are a total per day, however it is split"),
    Column(
        "times_low", _D, "fewest administrations per period (3 for 'three times daily'; for 'every 4–6 hours' blank)"
    ),
    Column("times_high", _D, "most administrations per period"),
    Column("times_period", _D, "the period's length"),
    Column("times_unit", "enum", "the period's unit", values=_TIME),
    Column("every_low", _D, "shortest interval between administrations"),
    Column("every_high", _D, "longest interval between administrations"),
    Column("every_unit", "enum", "unit of the interval", values=_TIME),
    Column(
        "daily_low",
        _D,
        "lowest amount of this ingredient per 24 hours by arithmetic (not capped by the stated maximum; as-needed doses counted as taken)",
    ),
    Column("daily_high", _D, "highest amount of this ingredient per 24 hours by arithmetic"),
    Column("daily_unit", _S, _UNIT, vocabulary="unit"),
    Column("from_day", _I, "first day of the phase, where days are named", minimum=1),
    Column("to_day", _I, "last day of the phase, where days are named", minimum=1),
    Column("duration_low", _D, "shortest duration"),
    Column("duration_high", _D, "longest duration of the course as instructed ('for 5 days')"),
    Column("duration_unit", "enum", "unit of the duration", values=_TIME),
    Column("doses_low", _D, "fewest administrations in all (1 for a single dose)"),
    Column("doses_high", _D, "most administrations in all"),
    Column(
        "target_low", _D, "low end of the titration target (first row of an ingredient only)", first_of="ingredient"
    ),
    Column("target_high", _D, "high end of the titration target", first_of="ingredient"),
    Column("target_unit", _S, _UNIT, vocabulary="unit", first_of="ingredient"),
    Column(
        "target_per_day",
        "flag",
        "yes where the target is a total per day; blank where it is per administration",
        first_of="ingredient",
    ),
    Column(
        "maximum",
        _D,
        "stated maximum of this row's ingredient (first row of an ingredient only)",
        first_of="ingredient",
    ),
    Column("maximum_unit", _S, _UNIT, vocabulary="unit", first_of="ingredient"),
    Column(
        "maximum_period", _D, "length of the period the maximum is per; blank for a single dose", first_of="ingredient"
    ),
    Column("maximum_period_unit", "enum", "unit of that period", values=_TIME, first_of="ingredient"),
    Column(
        "longest_low",
        _D,
        "maximum duration stated as a limit, low end ('max 5 days', '≤ 2–3 weeks'), also where a timing line states it",
    ),
    Column("longest_high", _D, "maximum duration stated as a limit, high end"),
    Column("longest_unit", "enum", "unit of the maximum duration", values=_TIME),
    Column(
        "route",
        _S,
        "route word of doseref.dosage.model.ROUTES, where the text states one or the heading does ('Lidocaine 5% Patch': topical)",
        vocabulary="route",
    ),
    Column("form", _S, "form, where stated (patch, cream, injection …)"),
    Column("release", "enum", "release, where stated", values=("IR", "ER", "DR", "EC")),
    Column("prn", "flag", "yes where the dosage or the timing line says as needed"),
    Column(
        "timing",
        "list",
        f"coded timing terms of the dosage and timing lines (first row only): {TIMING_TERMS}",
        first_of="statement",
    ),
    Column("side_effects", "list", "side-effect phrases, as short terms (first row only)", first_of="statement"),
    Column("exception", _S, "reason why machine reading and curated figures may differ (empty for nearly all rows)"),
)

DRUGS = Table(
    "drugs",
    "one dosing statement about a drug or biologic by one article: a row per ingredient, phase and alternative",
    ("id", "substance", "phase", "option"),
    _STATEMENT_COLUMNS,
)

SUPPLEMENTS = Table(
    "supplements", "the same for supplements", ("id", "substance", "phase", "option"), _STATEMENT_COLUMNS
)

LIMITS = Table(
    "limits",
    "one limit by a label, guideline or authority: a statement of another source than the articles, with its scope",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column("substance", "ref", "the ingredient the limit is about", True, table="substances"),
        Column(
            "product",
            "refs",
            "products (ids) the limit is restricted to, where it is one of a product",
            table="products",
        ),
        Column("source", "ref", "source id", True, table="sources"),
        Column(
            "kind",
            "enum",
            "only maximum acts as a maximum; the others inform",
            True,
            values=LIMIT_KINDS,
        ),
        Column("route", _S, "route word, or blank for any systemic route", vocabulary="route"),
        Column("form", _S, "form, strength or formulation as the source writes it"),
        Column("release", "enum", "release the limit is scoped to", values=("IR", "ER", "DR", "EC")),
        Column("salt", _S, "the salt the figures are in, where it is not the substance's base (a name in names.csv)"),
        Column("country", _S, "ISO code: US, GB, IE, KR, EU, CA …; blank: not tied to a country"),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc", "")),
        Column("population", _S, "whom it is for, as the source writes it"),
        Column(
            "adult",
            "flag",
            "yes where it applies to ordinary adults, or to one of the age groups that together are all adults; blank for an exception",
        ),
        Column("indication", _S, "what it is for, where it is limited to that"),
        Column("single", _D, "largest single dose"),
        Column("single_unit", _S, _UNIT, vocabulary="unit"),
        Column("amount", _D, "largest total per period"),
        Column("unit", _S, _UNIT, vocabulary="unit"),
        Column("period", _D, "length of the period"),
        Column("period_unit", "enum", "unit of the period", values=_TIME),
        Column("interval_hours", _D, "shortest interval between doses in hours"),
        Column("doses", _D, "most doses per period"),
        Column("longest", _D, "maximum duration"),
        Column("longest_unit", "enum", "unit of the maximum duration", values=_TIME),
        Column("longest_all_routes", "flag", "yes where the maximum duration counts all routes together"),
        Column("vintage", _S, "year or version of the figure"),
        Column("superseded", "flag", "yes where a later figure of the same authority replaces it"),
        Column(
            "verification",
            "enum",
            "how well it was verified",
            True,
            values=("verified", "verified-secondary", "unverified"),
        ),
        Column("note", _S, "what the source adds, in a few words"),
        Column("section", _S, "section of the label that states it, as numbered there: 2.1"),
        Column("age_low_years", _D, "youngest age in years it is for (included); blank: no such bound"),
        Column("age_high_years", _D, "age in years up to which it is for (that year included); blank: no such bound"),
        Column("egfr_low", _D, "lowest eGFR in mL/min/1.73 m² it is for (included); blank: no such bound"),
        Column("egfr_high", _D, "eGFR in mL/min/1.73 m² below which it is for; blank: no such bound"),
        Column(
            "from_day",
            _I,
            "first day of a course it is for (1 is the first day of taking it); blank: no such bound",
            minimum=1,
        ),
        Column("to_day", _I, "last day of a course it is for (that day included); blank: no such bound", minimum=1),
        Column("readings", _I, "how many independent readings of the source gave this figure", minimum=1),
        Column("confirmed", "flag", "yes where a person confirmed a figure that the program read from a label file"),
    ),
)

PRODUCTS = Table(
    "products",
    "one product and one of its ingredients: how much of it in how much of the product",
    ("id", "substance", "as_named"),
    (
        Column("id", _S, "product id: the same for all ingredients of one product and strength", True, pattern=SLUG),
        Column("name", _S, "brand or generic combination name without strength ('Norco')", True),
        Column("label", _S, "how the product with its strength is written ('Norco 5/325')", True),
        Column("also", "list", "other ways this very product is written ('Tylenol #3')"),
        Column("substance", "ref", "ingredient", True, table="substances"),
        Column("as_named", _S, "the ingredient as the source names it, salt included", True),
        Column(
            "position",
            _I,
            "its place in the strength as people write it (5/325: hydrocodone 1, acetaminophen 2)",
            True,
            minimum=1,
        ),
        Column("strength", _D, "amount of the ingredient as named", True),
        Column("unit", _S, _UNIT, True, vocabulary="unit"),
        Column("per", _D, "in this many …", True),
        Column("per_unit", _S, "… of this unit ({tablet}, {capsule}, mL, {sachet} …)", True, vocabulary="unit"),
        Column(
            "form",
            _S,
            "form as the source gives it; 'for children' in it where its label gives this strength to children only",
        ),
        Column("release", "enum", "release", values=("IR", "ER", "DR", "EC")),
        Column("route", _S, "route word", True, vocabulary="route"),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc", "pharmacy", "")),
        Column("market", "list", "ISO country codes"),
        Column("withdrawn", "flag", "yes where this strength or formula is no longer sold"),
        Column("max_count", _D, "most units in 24 hours by the product's own label (first ingredient's row only)"),
        Column("rxcui", _S, "RxNorm concept id of the product", pattern=r"\d+"),
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
        Column("form", _S, "form the factor holds for"),
        Column("from_value", _D, "this much …", True),
        Column("from_unit", _S, _UNIT, True, vocabulary="unit"),
        Column("to_value", _D, "… is this much", True),
        Column("to_unit", _S, _UNIT, True, vocabulary="unit"),
        Column("usable", "flag", "yes where the factor is unambiguous for the substance and may be applied"),
        Column("vintage", _S, "year or version of the factor"),
        Column("source", "ref", "source id", True, table="sources"),
        Column("note", _S, "conflicts and traps, in a few words"),
    ),
)

MME = Table(
    "mme",
    "one opioid's factor to oral morphine milligram equivalents, with its vintage",
    ("substance", "route", "vintage", "as_named"),
    (
        Column("substance", "ref", "substance id", True, table="substances"),
        Column("as_named", _S, "the row's name in the source", True),
        Column("route", _S, "route word, or blank where the table gives none", vocabulary="route"),
        Column("factor", _D, "morphine milligrams per 1 of unit", True),
        Column("unit", _S, "unit the factor applies to, as the source writes it", True),
        Column("vintage", _S, "table and year", True),
        Column("current", "flag", "yes for the vintage the program uses"),
        Column("source", "ref", "source id", True, table="sources"),
        Column("note", _S, "traps, in a few words"),
    ),
)

SIDE_EFFECTS = Table(
    "side_effects",
    "one side-effect phrase as the articles write it and the classes it belongs to",
    ("phrase",),
    (
        Column("phrase", _S, "the phrase, lower case", True),
        Column(
            "classes", "refs", "side-effect classes (may be none: no class adds it up)", table="side_effect_classes"
        ),
        Column(
            "qualifier",
            "enum",
            "rare, only at high doses or in overdose, reduced risk, or where the phrase points at another entry",
            values=("rare", "high-dose", "reduced", "reference", "conditional"),
        ),
        Column("note", _S, "how the phrase was read, where that is not plain"),
    ),
)

SIDE_EFFECT_CLASSES = Table(
    "side_effect_classes",
    "one class of side effects",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column("label", _S, "name of the class", True),
        Column("adds_up", "flag", "yes where two substances together are worse than one"),
        Column(
            "severity",
            "enum",
            "severity of the finding where a pair that stands out shares it (an opioid with a benzodiazepine); information otherwise",
            values=("info", "warning", "error"),
        ),
        Column("ctcae", _S, "CTCAE v5 term"),
        Column("mesh", _S, "MeSH id", pattern=r"[A-Z]\d+"),
        Column("source", "ref", "source of the codes", True, table="sources"),
        Column("note", _S, "how it adds up, in a few words"),
    ),
)

STACKS = Table(
    "stacks",
    "one combination of kinds of substance that is told together",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column("label", _S, "what it is, in words that follow 'this is'", True),
        Column("effect", "ref", "the side effect that adds up", table="side_effect_classes"),
        Column(
            "members",
            _S,
            "groups joined by ' + ', each a number and the classes (or substances, or @side-effect classes) it is counted from; '!' takes one away",
            True,
            pattern=r"[1-9] @?[a-z0-9-]+(?:[/!]@?[a-z0-9-]+)*(?: \+ [1-9] @?[a-z0-9-]+(?:[/!]@?[a-z0-9-]+)*)*",
        ),
        Column("severity", "enum", "severity of the finding", True, values=("info", "warning", "error")),
        Column("source", "ref", "who says that these together are dangerous", True, table="sources"),
        Column("note", _S, "where in the source"),
    ),
)

CAUTIONS = Table(
    "cautions",
    "one kind of person whom a substance or class is not for, or not in such a dose",
    ("id",),
    (
        Column("id", _S, "stable id", True, pattern=SLUG),
        Column(
            "about",
            _S,
            "substances and classes it is about, joined by '/'; '!' takes one away from the one before it",
            True,
            pattern=r"[a-z0-9-]+(?:[/!][a-z0-9-]+)*",
        ),
        Column("pregnant", "flag", "yes where it concerns pregnancy"),
        Column("age_low_years", _I, "from this age on", minimum=0),
        Column("age_high_years", _I, "below this age", minimum=0),
        Column("egfr_below", _D, "below this kidney function, mL/min"),
        Column("single_above", _D, "only where one dose is above this much"),
        Column("day_above", _D, "only where a day's doses are above this much"),
        Column("unit", _S, "unit of both amounts; per kilogram where the weight decides (mg/kg)", vocabulary="unit"),
        Column(
            "basis",
            "enum",
            "what the source says of it",
            True,
            values=("contraindicated", "boxed-warning", "avoid", "not-recommended", "dose"),
        ),
        Column("severity", "enum", "severity of the finding", True, values=("info", "warning", "error")),
        Column("advice", _S, "why, and what is asked, in a few words that follow a colon", True),
        Column("source", "ref", "who says so", True, table="sources"),
        Column("section", _S, "section of the source"),
        Column("readings", _I, "how often it was read by different readers or in different copies", minimum=1),
        Column("note", _S, "what to know about it, in a few words"),
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
            _S,
            "counted unit that holds it ({tablet}, {capsule}, {film}, {lozenge})",
            True,
            vocabulary="unit",
        ),
        Column("release", "enum", "release", values=("ER", "DR")),
        Column("strength", _D, "amount in one of it, as its name gives it (salt or base)", True),
        Column("unit", _S, _UNIT, True, vocabulary="unit"),
        Column("market", _S, "ISO code of the country whose list has it", True, pattern="[A-Z]{2}"),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc")),
        Column("as_named", "list", "the ingredient as the list names it, salts included"),
        Column("source", "ref", "source id", True, table="sources"),
    ),
)

TABLES: tuple[Table, ...] = (
    SOURCES, SUBSTANCES, NAMES, LOOKALIKES, CLASSES, DRUGS, SUPPLEMENTS, LIMITS, PRODUCTS, STRENGTHS, CONVERSIONS, MME,
    SIDE_EFFECTS, SIDE_EFFECT_CLASSES, STACKS, CAUTIONS,
)  # fmt: skip
"""All tables, in the order they are documented."""
