"""Bands of age and weight together, groups at risk, labels that say when, and what of them is a contradiction."""

from __future__ import annotations

import pytest

from articles.test_kinds_of_context import told
from articles.test_units_of_tables import lines
from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string

READ = [
    # an age and a weight are one band
    (
        "Children of two to twelve who weigh more than 30 kg get loratadine 10 mg once a day; lighter ones get 5 mg once a day.",
        [
            "loratadine: 10 mg once a day [children; 2 to 12 years, above 30 kg]",
            "loratadine: 5 mg once a day [children; 2 to 12 years, below 30 kg; later]",
        ],
    ),
    (
        "Children of 6 to 12 take cetirizine 5 mg twice a day, younger ones 2.5 mg twice a day.",
        ["cetirizine: 5 mg twice a day [children; 6 to 12 years]", "cetirizine: 2.5 mg twice a day [children; below 6 years; later]"],
    ),
    (
        "Adults take cetirizine 10 mg once a day; younger people may prefer 5 mg once a day.",  # than whom?
        ["cetirizine: 10 mg once a day", "cetirizine: 5 mg once a day [later]"],
    ),
    (
        "| Medicine | Who | Dose |\n|---|---|---|\n| Loratadine | 2–12 years, over 30 kg | 10 mg once daily |",
        ["loratadine: 10 mg once daily [children; 2–12 years, over 30 kg]"],
    ),
    (
        "A child of 5 to 11 with a mild chest infection has amoxicillin 750 mg three times a day.",
        ["amoxicillin: 750 mg three times a day [children; 5 to 11 years; a mild chest infection]"],
    ),
    (
        "A child of 5 to 11 kg with otitis has amoxicillin 125 mg three times a day.",  # no years
        ["amoxicillin: 125 mg three times a day [children; 5 to 11 kg; otitis]"],
    ),
    # the only column of doses says what they are for
    (
        "| Drug | Age | Mild chest infection |\n|---|---|---|\n| Amoxicillin | 1–4 years | 250 mg three times a day |",
        ["amoxicillin: 250 mg three times a day [children; 1–4 years; mild chest infection]"],
    ),
    # labels in front of a dash, of several parts, and that say when
    (
        "## Naproxen\n\n1. Rheumatic disease – 250–500 mg twice daily.",
        ["naproxen: 250–500 mg twice daily [rheumatic disease]"],
    ),
    ("## Naproxen\n\n1. Rheumol – 250–500 mg twice daily.", []),
    (
        "## Aspirin (heart and stroke)\n\n- Suspected heart attack, adult: 300 mg once\n- Afterwards, long term, adult: 75 mg once daily",
        ["aspirin: 300 mg once [suspected heart attack]", "aspirin: 75 mg once daily [heart and stroke; later]"],
    ),
    (
        "## Omeprazole\n\n- Protection while on an anti-inflammatory: 20 mg once daily",
        ["omeprazole: 20 mg once daily [protection while on an anti-inflammatory]"],
    ),
    *[
        (f"## Omeprazole\n\n- {label}: 40 mg once daily", [])
        for label in ("With picosulfan", "Add picosulfan", "Drug of choice picosulfan", "Foobarine for ulcers", "Picosulfan")
    ],
    ("- Protection while on an anti-inflammatory: 20 mg once daily", []),  # of what?
    (
        "## Furosemide\n\n- Swelling: start 40 mg once daily, upkeep 20 mg once daily",
        ["furosemide: 40 mg once daily [swelling; start]", "furosemide: 20 mg once daily [swelling; later]"],
    ),
    (
        "## Methotrexate\n\nRheumatoid arthritis, adult, starting dose\n: 7.5 mg once a week",
        ["methotrexate: 7.5 mg once a week [rheumatoid arthritis]"],
    ),
    # what a dose begins with, and what follows it
    (
        "## Ramipril\n\n- After a heart attack: 2.5 mg twice daily, later 5 mg twice daily",
        [
            "ramipril: 2.5 mg twice daily [after a heart attack; start]",
            "ramipril: 5 mg twice daily [after a heart attack; later]",
        ],
    ),
    (
        "## Apixaban\n\n- **Leg clot, first 7 days:** 10 mg twice daily\n- **Leg clot, afterwards:** 5 mg twice daily",
        ["apixaban: 10 mg twice daily [leg clot; start]", "apixaban: 5 mg twice daily [leg clot; later]"],
    ),
    (
        "Lansoprazole 15 mg once daily is enough to prevent ulcers; to heal one, take 30 mg once daily for four weeks.",
        [
            "lansoprazole: 15 mg once daily is enough to prevent ulcers [prevention of ulcers]",
            "lansoprazole: take 30 mg once daily for four weeks [healing; later]",
        ],
    ),
    # ages, and amounts that are none
    (
        "## Loratadine\n\nChildren are often given too much. From 2 to 11 years: 5 mg once a day. From 12 years: 10 mg once a day.",
        ["loratadine: 5 mg once a day [children; From 2 to 11 years]", "loratadine: 10 mg once a day"],
    ),
    (
        "For nerve pain, amitriptyline 10 mg at night, and few go past 75 mg.",  # nobody is 75 years old
        ["amitriptyline: 10 mg at night; max 75 mg/day [nerve pain]"],
    ),
    # what for, and where from
    (
        "### Lansoprazole\n\n| What for | Dose |\n|---|---|\n| Ulcer healing | 30 mg once daily |",
        ["lansoprazole: 30 mg once daily [ulcer healing]"],
    ),
    (
        "## Heart failure: drugs we see most\n\n| Medicine | Dose |\n|---|---|\n| Bisoprolol | 10 mg once daily |",
        ["bisoprolol: 10 mg once daily [heart failure]"],
    ),
    (
        "## Vitamin D\n\n800 IU a day for everybody. If a blood test was low: 50,000 IU once a week for six weeks.",
        [
            "vitamin D: 800 IU a day",
            "vitamin D: 50,000 IU once a week for six weeks [a blood test was low]",
        ],
    ),
    # whom the second amount is for, and the first is not
    (
        "1. **Zopiclone** 7.5 mg at night for 4 weeks; in the elderly 3.75 mg at night.",
        ["zopiclone: 7.5 mg at night for 4 weeks", "zopiclone: 3.75 mg at night [older adults]"],
    ),
    ("1. **Zopiclone** 7.5 mg ON for 4 weeks; elderly 3.75 mg ON.", ["zopiclone: 7.5 mg ON for 4 weeks"]),  # the rest is told
    # ages in years by one letter, and what a label that begins with "For" is for
    (
        "| Indication | Starting | Usual |\n|---|---|---|\n| OCD, child 6–12 y | 25 mg OD | 50 mg OD |\n| OCD, 13–17 y | 50 mg OD | 100 mg OD |",
        [],
    ),
    (
        "## Sertraline\n\n| Indication | Usual |\n|---|---|\n| OCD, 13–17 y | 50 mg OD |\n| Depression, > 65 y | 25 mg OD |",
        ["sertraline: 50 mg OD [children; 13–17 y; ocd]", "sertraline: 25 mg OD [older adults; depression]"],
    ),
    (
        "## Pregabalin\n\nFor worry that will not go away: 75 mg twice a day.",
        ["pregabalin: 75 mg twice a day [for worry that will not go away]"],
    ),
    # the disease of a sentence is not that of the label before it
    (
        "Otitis media: amoxicillin 45 mg/kg twice a day. For a proven strep throat give amoxicillin 50 mg/kg once a day.",
        [
            "amoxicillin: 45 mg/kg twice a day [otitis media]",
            "amoxicillin: 50 mg/kg once a day [a proven strep throat; a proven strep throat]",
        ],
    ),
    # what it costs, behind the dose and in front of it
    (
        "Diclofenac gel is spread over the joint, 2 g to 4 g three or four times a day, and a 100 g tube costs about £13.",
        ["diclofenac: 2 g to 4 g three or four times a day"],
    ),
    ("In the 1990s ibuprofen 400 mg cost £2, and a gel costs more.", []),
]  # fmt: skip


@pytest.mark.parametrize(("page", "statements"), READ)
def test_what_is_read(page: str, statements: list[str]) -> None:
    assert lines(page) == statements


CARDS = [
    # terms of a list that are steps of a course, or say the most
    (
        "Gabapentin",
        {"Day 1": "300 mg once", "Day 2": "300 mg twice daily", "From day 3": "300 mg three times daily"},
        [
            "gabapentin: 300 mg once [day 1]",
            "gabapentin: 300 mg twice daily [day 2]",
            "gabapentin: 300 mg three times daily [later]",
        ],
    ),
    (
        "Amlodipine",
        {"Starting dose, adults": "5 mg once daily", "Frail older people": "2.5 mg once daily", "Most in a day": "20 mg"},
        [
            "amlodipine: 5 mg once daily",
            "amlodipine: 2.5 mg once daily [older adults]",
            "amlodipine: max 20 mg/day",  # of everybody, and not of the frail
        ],
    ),
    (
        "Paracetamol",
        {
            "Grown-ups": "1 g every 6 hours", "Maximum": "4 g a day",
            "Children 6 to 7 years": "240 mg every 6 hours", "Not more than": "1 g a day",
        },
        [
            "acetaminophen: 1 g every 6 hours",
            "acetaminophen: max 4 g a day",
            "acetaminophen: 240 mg every 6 hours [children; 6 to 7 years]",
            "acetaminophen: max 1 g a day [children; 6 to 7 years]",
        ],
    ),
    ("Methotrexate", {"Rheumatoid arthritis, adult, starting dose": "7.5 mg once a week"}, ["methotrexate: 7.5 mg once a week [rheumatoid arthritis]"]),
    ("Foobarine", {"Maximum": "20 mg a day", "Usual": "5 mg once daily"}, []),
]  # fmt: skip


TEXTS = [
    # a list with dots or a gap between name and dose is no wrapped paragraph: each line has a drug of its own
    (
        "SUMMARY\n\n"
        "  Sertraline, depression ........ start 50 mg daily, max 200 mg\n"
        "  Citalopram .................... 20 mg daily, max 60 mg\n"
        "  Mirtazapine ................... 15 to 30 mg at night",
        [
            "sertraline: start 50 mg daily, max 200 mg [depression; start]",
            "citalopram: 20 mg daily, max 60 mg",
            "mirtazapine: 15 to 30 mg at night",
        ],
    ),
    (
        "What we give\n\n"
        "  Citalopram                      20 mg daily, max 40 mg a day and\n"
        "  Mirtazapine                     15 to 30 mg at night",
        ["citalopram: 20 mg daily, max 40 mg a day", "mirtazapine: 15 to 30 mg at night"],
    ),
    # a title in capitals holds for the paragraphs below it, and says nothing of a way of giving
    (
        "PROPRANOLOL FOR THE SHAKES\n\nIt is an old drug.\n\nFor the trembling of anxiety, 40 mg once a day is enough.\n\n"
        "OTHER THINGS\n\nFor sleep, 10 mg at night is plenty.",
        ["propranolol: 40 mg once a day is enough [the trembling of anxiety]"],
    ),
    (
        "GOUT, AT THREE IN THE MORNING\n\nColchicine 500 micrograms twice a day.",
        ["colchicine: 500 micrograms twice a day"],
    ),
]


@pytest.mark.parametrize(("page", "statements"), TEXTS)
def test_plain_text(page: str, statements: list[str]) -> None:
    assert lines(page, "text") == statements


def test_a_title_in_capitals_is_no_route() -> None:
    page = "GOUT, AT THREE IN THE MORNING\n\nColchicine 500 micrograms twice a day."
    assert [each.routes for each in extract(Article("a.txt", "a", tuple(read_string(page, "text")))).statements] == [()]


def card(name: str, terms: dict[str, str]) -> str:
    """A page with a heading and a list of terms."""
    rows = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in terms.items())
    return f"<h1>Cards</h1><h3>{name}</h3><dl>{rows}</dl>"


@pytest.mark.parametrize(("name", "terms", "statements"), CARDS)
def test_cards(name: str, terms: dict[str, str], statements: list[str]) -> None:
    assert lines(card(name, terms), "html") == statements


HEAVY = "| Medicine | Who | Dose |\n|---|---|---|\n| Loratadine | 2–12 years, over 30 kg | 10 mg {} |"
FOLIC = "Women who plan a pregnancy and {} take folic acid {} once daily."
FOLIC_TABLE = (
    "| Vitamin | Who and why | By mouth |\n|---|---|---|\n"
    "| Folic acid | Planning pregnancy, no special risk | {} once daily |\n"
    "| Folic acid | Planning pregnancy, diabetes or epilepsy drugs | {} once daily |"
)
METHOTREXATE = "For rheumatoid arthritis an adult begins methotrexate by mouth at 7.5 mg once a {}."
COMPARED = [
    # the same band, in a sentence and in a table
    (
        "Children of two to twelve who weigh more than 30 kg get loratadine 10 mg once a day.",
        HEAVY.format("twice daily"),
        ["A103 loratadine"],
    ),
    ("Children of two to twelve who weigh more than 30 kg get loratadine 10 mg once a day.", HEAVY.format("daily"), []),
    (
        "Children of two to twelve who weigh less than 30 kg get loratadine 5 mg once daily.",
        HEAVY.format("once daily"),
        [],
    ),
    ("Children of two to twelve get loratadine 5 mg once daily.", HEAVY.format("once daily"), []),
    # who runs a higher risk has another dose, and of the usual risk is everybody
    (FOLIC.format("have no special risk", "400 micrograms"), FOLIC_TABLE.format("400 micrograms", "5 mg"), []),
    (
        FOLIC.format("have no special risk", "400 micrograms"),
        FOLIC_TABLE.format("800 micrograms", "5 mg"),
        ["A102 folic acid"],
    ),
    (
        FOLIC.format("have diabetes", "4 mg"),
        FOLIC_TABLE.format("400 micrograms", "5 mg"),
        ["A102 folic acid"],
    ),
    # a week and a day
    (METHOTREXATE.format("week"), METHOTREXATE.format("day"), ["A103 methotrexate"]),
    (METHOTREXATE.format("week"), METHOTREXATE.format("week"), []),
    (
        METHOTREXATE.format("week"),
        "## Methotrexate\n\nRheumatoid arthritis, adult, starting dose\n: 7.5 mg once daily",
        ["A103 methotrexate"],
    ),
    # equal figures for another use are no side of a conflict, and no conflict
    (
        "Healing of reflux oesophagitis: omeprazole 20 mg once daily.\n\n"
        "With two antibiotics against Helicobacter pylori, omeprazole 20 mg twice daily.",
        "With antibiotics for H. pylori: omeprazole 20 mg twice daily.",
        [],
    ),
    # the most of a day, of which one is a term of a list
    (
        "Nobody takes more than 10 mg of amlodipine a day.",
        "## Amlodipine\n\n- Maximum: 20 mg a day",
        ["A101 amlodipine"],
    ),
    ("Nobody takes more than 10 mg of amlodipine a day.", "## Amlodipine\n\n- Maximum: 10 mg a day", []),
    # what follows is compared with what follows
    (
        "After a clot, apixaban is 10 mg twice a day for seven days and 5 mg twice a day after that.",
        "## Apixaban\n\n- **Leg clot, first 7 days:** 10 mg twice daily\n- **Leg clot, afterwards:** 5 mg once daily",
        ["A103 apixaban"],
    ),
    # how far some people go is no dose of everybody
    ("Gabapentin 300 mg three times a day.", "Gabapentin is a capsule. Some people climb to 3,600 mg a day.", []),
    # a title over several things is no use of each
    (
        "# Sneezing, itching, not sleeping\n\nCetirizine 10 mg once a day.",
        "Hay fever: cetirizine 20 mg once a day.",
        ["A102 cetirizine"],
    ),
]


@pytest.mark.parametrize(("one", "other", "codes"), COMPARED)
def test_what_is_a_contradiction(one: str, other: str, codes: list[str]) -> None:
    assert told(one, other) == codes
