"""What the sources say of doses: the articles' statements and the limits of labels and authorities."""

from __future__ import annotations

from doseref.tables.column import Column, Table
from doseref.tables.schema.words import (
    COUNTRY,
    DECIMAL,
    ID,
    LIMIT_KINDS,
    TEXT,
    TIME_UNITS,
    TIMING_TERMS,
    UNIT_WORDS,
    WHOLE,
)

_STATEMENT_COLUMNS = (
    Column(
        "id",
        TEXT,
        "statement id: source/section/nn as numbered in the article's list",
        True,
        pattern=r"[a-z0-9-]+/(?:drug|supplement|advanced)/\d\d",
    ),
    Column("source", "ref", "source id", True, table="sources"),
    Column("line", WHOLE, "line of the article on which the dosage stands", True, minimum=1),
    Column("name", TEXT, "the entry's heading as the article writes it, without list number", True),
    Column("substance", "ref", "substance id (one row per ingredient of a combination)", True, table="substances"),
    Column("phase", WHOLE, "number of the phase (1 where there is one)", True, minimum=1),
    Column("option", WHOLE, "number of the alternative within the phase (1 where there is one)", True, minimum=1),
    Column(
        "dosage",
        TEXT,
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
    Column("class", TEXT, "class as the source writes it (first row of a statement only)", first_of="statement"),
    Column("dose_low", DECIMAL, "lowest amount of this ingredient per administration, or per day where per_day"),
    Column("dose_high", DECIMAL, "highest amount of this ingredient per administration, or per day where per_day"),
    Column("dose_unit", TEXT, UNIT_WORDS, vocabulary="unit"),
    Column("count_low", DECIMAL, "fewest units (tablets, injections …) per administration"),
    Column("count_high", DECIMAL, "most units per administration"),
    Column("count_unit", TEXT, "a counted unit code ({tablet}, {patch}, {injection} …)", vocabulary="count"),
    Column("per_day", "flag", "yes where dose_low/dose_high are a total per day, however it is split"),
    Column(
        "times_low",
        DECIMAL,
        "fewest administrations per period (3 for 'three times daily'; for 'every 4–6 hours' blank)",
    ),
    Column("times_high", DECIMAL, "most administrations per period"),
    Column("times_period", DECIMAL, "the period's length"),
    Column("times_unit", "enum", "the period's unit", values=TIME_UNITS),
    Column("every_low", DECIMAL, "shortest interval between administrations"),
    Column("every_high", DECIMAL, "longest interval between administrations"),
    Column("every_unit", "enum", "unit of the interval", values=TIME_UNITS),
    Column(
        "daily_low",
        DECIMAL,
        "lowest amount of this ingredient per 24 hours by arithmetic (not capped by the stated maximum; as-needed "
        "doses counted as taken)",
    ),
    Column("daily_high", DECIMAL, "highest amount of this ingredient per 24 hours by arithmetic"),
    Column("daily_unit", TEXT, UNIT_WORDS, vocabulary="unit"),
    Column("from_day", WHOLE, "first day of the phase, where days are named", minimum=1),
    Column("to_day", WHOLE, "last day of the phase, where days are named", minimum=1),
    Column("duration_low", DECIMAL, "shortest duration"),
    Column("duration_high", DECIMAL, "longest duration of the course as instructed ('for 5 days')"),
    Column("duration_unit", "enum", "unit of the duration", values=TIME_UNITS),
    Column("doses_low", DECIMAL, "fewest administrations in all (1 for a single dose)"),
    Column("doses_high", DECIMAL, "most administrations in all"),
    Column(
        "target_low",
        DECIMAL,
        "low end of the titration target (first row of an ingredient only)",
        first_of="ingredient",
    ),
    Column("target_high", DECIMAL, "high end of the titration target", first_of="ingredient"),
    Column("target_unit", TEXT, UNIT_WORDS, vocabulary="unit", first_of="ingredient"),
    Column(
        "target_per_day",
        "flag",
        "yes where the target is a total per day; blank where it is per administration",
        first_of="ingredient",
    ),
    Column(
        "maximum",
        DECIMAL,
        "stated maximum of this row's ingredient (first row of an ingredient only)",
        first_of="ingredient",
    ),
    Column("maximum_unit", TEXT, UNIT_WORDS, vocabulary="unit", first_of="ingredient"),
    Column(
        "maximum_period",
        DECIMAL,
        "length of the period the maximum is per; blank for a single dose",
        first_of="ingredient",
    ),
    Column("maximum_period_unit", "enum", "unit of that period", values=TIME_UNITS, first_of="ingredient"),
    Column(
        "longest_low",
        DECIMAL,
        "maximum duration stated as a limit, low end ('max 5 days', '≤ 2–3 weeks'), also where a timing line states it",
    ),
    Column("longest_high", DECIMAL, "maximum duration stated as a limit, high end"),
    Column("longest_unit", "enum", "unit of the maximum duration", values=TIME_UNITS),
    Column(
        "route",
        TEXT,
        "route word of doseref.dosage.model.ROUTES, where the text states one or the heading does ('Lidocaine 5% "
        "Patch': topical)",
        vocabulary="route",
    ),
    Column("form", TEXT, "form, where stated (patch, cream, injection …)"),
    Column("release", "enum", "release, where stated", values=("IR", "ER", "DR", "EC")),
    Column("prn", "flag", "yes where the dosage or the timing line says as needed"),
    Column(
        "timing",
        "list",
        f"coded timing terms of the dosage and timing lines (first row only): {TIMING_TERMS}",
        first_of="statement",
    ),
    Column("side_effects", "list", "side-effect phrases, as short terms (first row only)", first_of="statement"),
    Column("exception", TEXT, "reason why machine reading and curated figures may differ (empty for nearly all rows)"),
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
        ID,
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
        Column("route", TEXT, "route word, or blank for any systemic route", vocabulary="route"),
        Column("form", TEXT, "form, strength or formulation as the source writes it"),
        Column("release", "enum", "release the limit is scoped to", values=("IR", "ER", "DR", "EC")),
        Column("salt", TEXT, "the salt the figures are in, where it is not the substance's base", table="names"),
        Column("country", TEXT, "ISO code: US, GB, IE, KR, EU, CA …; blank: not tied to a country", pattern=COUNTRY),
        Column("status", "enum", "prescription or over the counter", values=("rx", "otc", "")),
        Column("population", TEXT, "whom it is for, as the source writes it"),
        Column(
            "adult",
            "flag",
            "yes where it applies to ordinary adults, or to one of the age groups that together are all adults; blank "
            "for an exception",
        ),
        Column("indication", TEXT, "what it is for, where it is limited to that"),
        Column("single", DECIMAL, "largest single dose"),
        Column("single_unit", TEXT, UNIT_WORDS, vocabulary="unit"),
        Column("amount", DECIMAL, "largest total per period"),
        Column("unit", TEXT, UNIT_WORDS, vocabulary="unit"),
        Column("period", DECIMAL, "length of the period"),
        Column("period_unit", "enum", "unit of the period", values=TIME_UNITS),
        Column("interval_hours", DECIMAL, "shortest interval between doses in hours"),
        Column("doses", DECIMAL, "most doses per period"),
        Column("longest", DECIMAL, "maximum duration"),
        Column("longest_unit", "enum", "unit of the maximum duration", values=TIME_UNITS),
        Column("longest_all_routes", "flag", "yes where the maximum duration counts all routes together"),
        Column("vintage", TEXT, "year or version of the figure"),
        Column("superseded", "flag", "yes where a later figure of the same authority replaces it"),
        Column(
            "verification",
            "enum",
            "how well it was verified",
            True,
            values=("verified", "verified-secondary", "unverified"),
        ),
        Column("note", TEXT, "what the source adds, in a few words"),
        Column("section", TEXT, "section of the label that states it, as numbered there: 2.1"),
        Column("age_low_years", DECIMAL, "youngest age in years it is for (included); blank: no such bound"),
        Column(
            "age_high_years", DECIMAL, "age in years up to which it is for (that year included); blank: no such bound"
        ),
        Column("egfr_low", DECIMAL, "lowest eGFR in mL/min/1.73 m² it is for (included); blank: no such bound"),
        Column("egfr_high", DECIMAL, "eGFR in mL/min/1.73 m² below which it is for; blank: no such bound"),
        Column(
            "from_day",
            WHOLE,
            "first day of a course it is for (1 is the first day of taking it); blank: no such bound",
            minimum=1,
        ),
        Column("to_day", WHOLE, "last day of a course it is for (that day included); blank: no such bound", minimum=1),
        Column("readings", WHOLE, "how many independent readings of the source gave this figure", minimum=1),
        Column("confirmed", "flag", "yes where a person confirmed a figure that the program read from a label file"),
    ),
)
