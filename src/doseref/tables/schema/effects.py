"""What doses do besides: side effects and their classes, dangerous combinations, people a drug is not for."""

from __future__ import annotations

from doseref.tables.column import Column, Table
from doseref.tables.schema.words import DECIMAL, ID, NOTE, SEVERITIES, TEXT, WHOLE

SIDE_EFFECTS = Table(
    "side_effects",
    "one side-effect phrase as the articles write it and the classes it belongs to",
    ("phrase",),
    (
        Column("phrase", TEXT, "the phrase, lower case", True),
        Column(
            "classes", "refs", "side-effect classes (may be none: no class adds it up)", table="side_effect_classes"
        ),
        Column(
            "qualifier",
            "enum",
            "rare, only at high doses or in overdose, reduced risk, or where the phrase points at another entry",
            values=("rare", "high-dose", "reduced", "reference", "conditional"),
        ),
        Column("note", TEXT, "how the phrase was read, where that is not plain"),
    ),
)


SIDE_EFFECT_CLASSES = Table(
    "side_effect_classes",
    "one class of side effects",
    ("id",),
    (
        ID,
        Column("label", TEXT, "name of the class", True),
        Column("adds_up", "flag", "yes where two substances together are worse than one"),
        Column(
            "severity",
            "enum",
            "severity of the finding where a pair that stands out shares it (an opioid with a benzodiazepine); "
            "information otherwise",
            values=SEVERITIES,
        ),
        Column("ctcae", TEXT, "CTCAE v5 term"),
        Column("mesh", TEXT, "MeSH id", pattern=r"[A-Z]\d+"),
        Column("source", "ref", "source of the codes", True, table="sources"),
        Column("note", TEXT, "how it adds up, in a few words"),
    ),
)


_MEMBER = r"@?[a-z0-9-]+(?:>(?:eye|[0-9]+(?:\.[0-9]+)?)|<[0-9]+(?:\.[0-9]+)?)?"
_MEMBERS = rf"{_MEMBER}(?:[/!]{_MEMBER})*"
STACKS = Table(
    "stacks",
    "one combination of kinds of substance that is told together",
    ("id",),
    (
        ID,
        Column("label", TEXT, "what it is, in words that follow a colon", True),
        Column("effect", "ref", "the side effect that adds up", table="side_effect_classes"),
        Column(
            "members",
            TEXT,
            "groups joined by ' + ', each a number and the classes (or substances, or @side-effect classes) it is "
            "counted from; '!' takes one away; '>20' behind a substance: only an item of more than 20 mg a day, '<51': "
            "only one of less, '>eye': only what is put into an eye; of a group of 0 none is needed, but what is there is named",
            True,
            pattern=rf"[1-9] {_MEMBERS}(?: \+ [0-9] {_MEMBERS})*",
        ),
        Column("severity", "enum", "severity of the finding", True, values=SEVERITIES),
        Column("source", "ref", "who says that these together are dangerous", True, table="sources"),
        Column("note", TEXT, "where in the source"),
        Column(
            "apart_hours",
            DECIMAL,
            "told only where the two are taken at one time: so many hours at least are to lie between them",
            minimum=0,
        ),
        Column("age_low_years", WHOLE, "told only of a person who is known to be of this age or older", minimum=0),
        Column(
            "unless",
            TEXT,
            "classes and substances, joined by '/': where one of them is taken too, nothing is told",
            pattern=r"[a-z0-9-]+(?:/[a-z0-9-]+)*",
        ),
    ),
)


GIVEN = ("pushed", "intramuscular", "intravenous", "sublingual", "too-often", "two-strengths")
"""Ways in which something is not given to anybody."""
_WORDS = r"[a-z0-9 -]+(?:/[a-z0-9 -]+)*"
CAUTIONS = Table(
    "cautions",
    "one kind of person whom a substance or class is not for, or not in such a dose, or a way in which it is not given",
    ("id",),
    (
        ID,
        Column(
            "about",
            TEXT,
            "substances and classes it is about, joined by '/'; '!' takes one away from the one before it",
            True,
            pattern=r"[a-z0-9-]+(?:[/!][a-z0-9-]+)*",
        ),
        Column("pregnant", "flag", "yes where it concerns pregnancy"),
        Column("hepatic", "flag", "yes where it concerns liver disease"),
        Column("age_low_years", WHOLE, "from this age on", minimum=0),
        Column("age_high_years", WHOLE, "below this age", minimum=0),
        Column("egfr_below", DECIMAL, "below this kidney function, mL/min"),
        Column("single_above", DECIMAL, "only where one dose is above this much"),
        Column("day_above", DECIMAL, "only where a day's doses are above this much"),
        Column("unit", TEXT, "unit of both amounts; per kilogram where the weight decides (mg/kg)", vocabulary="unit"),
        Column(
            "basis",
            "enum",
            "what the source says of it",
            True,
            values=("contraindicated", "boxed-warning", "avoid", "not-recommended", "dose"),
        ),
        Column("severity", "enum", "severity of the finding", True, values=SEVERITIES),
        Column("advice", TEXT, "why, and what is asked, in a few words that follow a colon", True),
        Column("source", "ref", "who says so", True, table="sources"),
        Column("section", TEXT, "section of the source"),
        Column("readings", WHOLE, "how often it was read by different readers or in different copies", minimum=1),
        NOTE,
        Column(
            "given",
            "enum",
            "only where it is given so, whoever gets it: pushed into a vein at once and undiluted, by this route, at "
            "shorter intervals than unless_hours, or in tablets of two strengths",
            values=GIVEN,
        ),
        Column(
            "unless_hours",
            DECIMAL,
            "not where so many hours or more lie between two doses",
            minimum=0,
        ),
        Column(
            "told",
            "enum",
            "only where a line of the list says so of the person, or where the person is known to be female",
            values=("pregnancy", "breast-feeding", "smoking", "migraine-aura", "female"),
        ),
        Column("said", TEXT, "only where the line of the item has one of these words, joined by '/'", pattern=_WORDS),
        Column("unsaid", TEXT, "not where the line of the item has one of these words, joined by '/'", pattern=_WORDS),
        Column("weight_to_kg", DECIMAL, "up to this body weight in kg", minimum=0),
        Column("creatinine_from", DECIMAL, "from this serum creatinine in mg/dL on", minimum=0),
        Column(
            "at_least",
            WHOLE,
            "so many of age, weight and creatinine must be as stated, not all of them",
            minimum=1,
        ),
    ),
)
