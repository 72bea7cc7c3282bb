"""What sets a dose apart, and whose it is, in kinds: each with its neighbours and with what must stay as it is."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import reconcile
from doseref.findings import Severity


def read(text: str, kind: str = "markdown", name: str = "a") -> Extraction:
    return extract(Article(f"{name}.md", name, tuple(read_string(text, kind))))


def said(text: str, kind: str = "markdown") -> list[str]:
    """``substance dose``, each with whom it is for and what part of a treatment it is, as far as that is read."""
    found = []
    for each in read(text, kind).statements:
        doses = [str(option.dose or option.count or "strengths") for option in each.dosage.options]
        doses += [
            f"max {stated.amount:f} {stated.unit}{'/day' if stated.per else ' per dose'}" for stated in each.maximum
        ]
        context = each.context
        parts = (context.population, context.band, context.release, context.purpose, context.condition)
        told = ", ".join(part for part in parts if part and part != "adults")
        found.append(f"{'/'.join(each.substances)} {', '.join(doses)}" + (f" ({told})" if told else ""))
    return found


def told(*pages: str) -> list[str]:
    """Code and substance of the comparisons over these pages."""
    found = [read(text, name=str(number)) for number, text in enumerate(pages)]
    result = reconcile([s for each in found for s in each.statements], extractions=found)
    return [
        f"{each.code} {each.substances[0]}"
        for each in result.findings
        if each.severity > Severity.INFO and each.code.startswith("A1")
    ]


KINDS = [
    # the drug that is not taken
    (
        "Hydromorphone, where morphine is not tolerated: 0.2 mg IV every 3 hours.",
        ["hydromorphone 0.2 mg"],
    ),
    ("Instead of warfarin, apixaban 5 mg twice daily.", ["apixaban 5 mg"]),
    ("In patients allergic to aspirin, clopidogrel 75 mg daily.", ["clopidogrel 75 mg (patients allergic)"]),
    ("If morphine is not tolerated, 5 mg every 6 hours.", []),
    ("If morphine is tolerated, morphine 5 mg every 6 hours.", ["morphine 5 mg (morphine is tolerated)"]),
    ("- **Zinc:** 15 mg once a day; stay under 40 mg a day or your copper drops.", ["zinc 15 mg, max 40 mg/day"]),
    ("- **Vitamin C, everyday use:** 200 mg once daily", ["vitamin C 200 mg"]),
    ("- **Aspirin, fooberin:** 200 mg once daily", []),
    # normal kidneys are everybody's
    ("Ibuprofen 400 mg every 6 hours if creatinine clearance is above 60 mL/min.", ["ibuprofen 400 mg"]),
    (
        "Ramipril 1.25 mg once daily if CrCl is below 40 mL/min.",
        ["ramipril 1.25 mg (kidney impairment, clearance below 40)"],
    ),
    # steps of a course as labels
    (
        "- To duloxetine\n  - First week: 30 mg once daily\n  - From the second week: 60 mg once daily",
        ["duloxetine 30 mg (start)", "duloxetine 60 mg (later)"],
    ),
    ("- Fooberin: 300 mg once daily", []),
    # what is said of one drug is not said of the next one
    (
        "- From short-acting morphine\n  - To fentanyl patch\n    - 25 mcg/h, changed every 72 hours",
        ["fentanyl 25 mcg/h (infusion)"],
    ),
    # whom a bracket speaks of
    (
        "Montelukast: 4 mg at night (2–5 years), 5 mg at night (6–14 years), 10 mg at night from 15 years",
        [
            "montelukast 4 mg (children, 2–5 years)",
            "montelukast 5 mg (children, 6–14 years, later)",
            "montelukast 10 mg (later)",
        ],
    ),
    (
        "## Lithium\n\nStart 300 mg BID (elderly 150 mg BID).",
        ["lithium 300 mg (start)", "lithium 150 mg (older adults, later)"],
    ),
    (
        "Amoxicillin-clavulanate 875/125 mg twice daily for 5 days; in children 45 mg/kg/day.",
        ["amoxicillin/clavulanate strengths", "amoxicillin/clavulanate 45 mg/kg (children)"],
    ),
    ("Losartan 50/100 mg once daily.", []),
    # a paragraph that goes on
    (
        "Acetaminophen 1,000 mg every 6 hours.\n\nFor the children: 15 mg/kg every 6 hours.",
        ["acetaminophen 1,000 mg", "acetaminophen 15 mg/kg (children)"],
    ),
    ("Acetaminophen 1,000 mg every 6 hours.\n\nIn my bag there are 200 mg twice daily.", ["acetaminophen 1,000 mg"]),
    ("**And glipizide?**\n\nIt is taken once a day, 5 mg before breakfast.", ["glipizide 5 mg"]),
    ("**Glipizide or metformin?**\n\nIt is taken once a day, 5 mg before breakfast.", []),
    # the label of a paragraph does not reach the table below it
    (
        "## Carvedilol\n\nFor the elderly: 3.125 mg once daily.\n\n| Dose | Notes |\n|---|---|\n| 6.25 mg twice daily | |",
        ["carvedilol 3.125 mg (older adults)", "carvedilol 6.25 mg"],
    ),
    # the most of one dose
    (
        "In a child, epinephrine 0.01 mg/kg IM (up to 0.5 mg).",
        ["epinephrine 0.01 mg/kg, max 0.5 mg per dose (children)"],
    ),
    ("Ketorolac 0.5 mg/kg IV every 6 h, ceiling 30 mg a dose.", ["ketorolac 0.5 mg/kg, max 30 mg per dose"]),
    # given at once by the way that stands before it
    ("Epinephrine goes into the outer thigh at 0.3 mg.", ["epinephrine 0.3 mg"]),
    # no doses
    ("We used to send everyone home on aspirin 325 mg a day.", []),
    ("Biotin: we do not suggest 10,000 mcg for hair.", []),
    ("Melatonin is a hormone. Your pineal gland releases roughly 0.3 mg of melatonin a night.", []),
    ("Morphine: 20 mg is held equal to 30 mg of oxycodone.", []),
    ("Do not give 0.5 mg IV epinephrine push.", []),
    ("Vancomycin: run no faster than 10 mg/min. Aim for an AUC of 400–600 mg·h/L.", []),
    ("Acetaminophen: each bag is 1,000 mg in 100 mL and runs over 15 minutes.", []),
    ("Acetaminophen: liver damage is seen above 150 mg/kg swallowed at once.", []),
    ("Clozapine: then up by 25 mg a day.", []),
    ("Ibuprofen is strong. My neighbour once took 2,400 mg in a day by mistake.", []),
    ("Paracetamol harms. A child who swallows 150 mg/kg needs a hospital.", []),
    ("Iron is in food. A steak gives 3 mg, and nobody needs more than that.", []),
    ("Amlodipine works. It is not true that 20 mg once a day works better.", []),
    ("Naproxen works. If 500 mg twice a day is printed on your old box, throw it away.", []),
    ("Metformin works. Those in the metformin group took 2,550 mg a day.", []),
    # the most is the dose told last, in the same breath or the one before
    ("Losartan is 100 mg once daily, and nobody needs more than the latter.", ["losartan 100 mg, max 100 mg/day"]),
    ("Enalapril is 20 mg once a day. It's also as far as it goes.", ["enalapril 20 mg, max 20 mg/day"]),
    ("Ramipril is 5 mg once a day. I never got over that.", ["ramipril 5 mg"]),
    ("Senna is 15 mg twice a day. Nobody takes more than that.", ["senna 15 mg"]),
    # a period before the maximum, and other words behind it
    ("Aspirin: 300 mg every six hours; in 24 hours, four grams is the most.", ["aspirin 300 mg, max 4 g/day"]),
    ("Codeine: 30 mg every six hours; 240 mg is all you can take in a day.", ["codeine 30 mg, max 240 mg/day"]),
    # how often, in the sentence before
    ("Furosemide is swallowed in the morning. The usual amount is 40 mg.", ["furosemide 40 mg"]),
    # the ages of one sentence, and what is said of them all
    (
        "Senna: six- and seven-year-olds get 7.5 mg, ten- and eleven-year-olds 15 mg, either of them once a day.",
        ["senna 7.5 mg (children, aged 6 to 7 years)", "senna 15 mg (children, aged 10 to 11 years)"],
    ),
    (
        "Paracetamol: 250 mg from six, 500 mg from ten, up to four times a day.",
        ["acetaminophen 250 mg (children, from 6 years)", "acetaminophen 500 mg (children, from 10 years)"],
    ),
    (
        "For children, 250 mg of paracetamol from six and 500 mg from ten, up to four times a day.",
        ["acetaminophen 250 mg (children, from 6 years)", "acetaminophen 500 mg (children, from 10 years)"],
    ),
    (
        "Cetirizine: from two to five take 2.5 mg twice a day, over twelve 10 mg once a day.",
        ["cetirizine 2.5 mg (children, from 2 to 5 years)", "cetirizine 10 mg (later)"],
    ),
    # "they" of the sentence before
    (
        "Loratadine in children goes by the scales. Above 30 kg they get 10 mg once a day.",
        ["loratadine 10 mg (children, Above 30 kg)"],
    ),
    # the next paragraph, where it brings up nothing else that is taken
    (
        "Naproxen lasts; begin with 500 mg once.\n\nAfter that, it is 250 mg every six to eight hours.",
        ["naproxen 500 mg (start)", "naproxen 250 mg (later)"],
    ),
    (
        "Vitamin D: 50,000 IU once a week.\n\nWhen those weeks are over you carry on with 800 to 2,000 IU a day.",
        ["vitamin D 50,000 units", "vitamin D 800 to 2,000 units"],
    ),
    ("Naproxen: 250 mg twice daily.\n\nWith devil's claw you take 600 mg a day.", ["naproxen 250 mg"]),
    ("Naproxen: 250 mg twice daily.\n\nSome swear by devil's claw. They take 600 mg a day.", ["naproxen 250 mg"]),
    ("Naproxen: 250 mg twice daily.\n\nThe new tablet from Fooland is 20 mg once a day.", ["naproxen 250 mg"]),
    # a clause before a colon is no label
    (
        "Next came naproxen, which does what codeine cannot: it lasts. Adults take 250 mg twice a day.",
        ["naproxen 250 mg"],
    ),
    # the tablets that are counted, and what of it is iron
    ("Paracetamol: one or two of the 500 mg tablets up to four times a day.", ["acetaminophen 1 to 2 tablets"]),
    ("Ferrous sulfate, one tablet of 200 mg (holding 65 mg of iron) once a day.", ["iron 1 tablet"]),
    # a clause about others says nothing of the dose before it
    (
        "Bisacodyl: adults take one or two 5 mg tablets at bedtime; from four to ten years it is one tablet at bedtime.",
        ["bisacodyl 1 to 2 tablets", "bisacodyl 1 tablet (children, from 4 to 10 years)"],
    ),
    (
        "Digoxin is small. 125 micrograms once a day is usual, and in the frail half of that, 62.5 micrograms.",
        ["digoxin 125 mcg", "digoxin 62.5 mcg (older adults)"],
    ),
    (
        "Tramadol is strong. Over the whole day it must not be more than 400 mg; past 75 years, 300 mg.",
        ["tramadol max 400 mg/day", "tramadol max 300 mg/day (older adults)"],
    ),
    ("Magnesium: more than 400 mg a day from supplements is too much.", ["magnesium max 400 mg/day"]),
    ("Magnesium: more than 400 mg a day is often seen.", []),
    ("Codeine: 30 mg every six hours, but 240 mg is the daily ceiling.", ["codeine 30 mg, max 240 mg/day"]),
    (
        "Penicillin V: those from six to eleven get 250 mg four times a day, and from one to five it is 125 mg four times a day.",
        ["penicillin V 250 mg (children, from 6 to 11 years)", "penicillin V 125 mg (children, from 1 to 5 years)"],
    ),
    ("Sertraline is 50 mg once a day. Older books speak of 400 mg a day; nobody does that now.", ["sertraline 50 mg"]),
    ("Vitamin C of 1,000 mg a day does nothing for colds.", []),
    # the most of other days is no dose
    (
        "Naproxen is 500 mg at first, with a limit of 750 mg on the first day and 500 mg on the second.",
        ["naproxen 500 mg, max 750 mg/day (start)"],
    ),
    (
        "Paracetamol has a limit of 4 g in a day and 1 g four times a day is usual.",
        ["acetaminophen 1 g, max 4 g/day"],
    ),
    # the first day, and how often in front of the amount
    (
        "Doxycycline: on the first day you take 200 mg, from the second day on 100 mg once daily.",
        ["doxycycline 200 mg", "doxycycline 100 mg (later)"],
    ),
    # a label inside a paragraph leaves the drug as it is
    ("Tramadol is strong. Start low: 50 mg twice a day.", ["tramadol 50 mg (starting, start)"]),
    # the form that the sentence before turned to
    (
        "Metformin: some change to the prolonged-release kind. The most we give of this form is 2,000 mg a day.",
        ["metformin max 2000 mg/day (ER)"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_whose_and_for_whom(text: str, expected: list[str]) -> None:
    assert said(text) == expected


TABLES = [
    (  # a column of what is repeated, and of limits, is no column of maxima
        "| Drug | Indication | Dose and route | Repeat / limit |\n|---|---|---|---|\n"
        "| Amiodarone | VF, first dose | 300 mg IV push | once |\n| Adenosine | SVT | 6 mg IV | then 12 mg |\n"
        "| Atropine | Bradycardia | 1 mg IV | every 3–5 min, total 3 mg |",
        ["amiodarone 300 mg (loading)", "adenosine 6 mg", "adenosine 12 mg (later)", "atropine 1 mg"],
    ),
    (  # notes that hold doses, and notes that hold none
        "| Drug | Dose | Notes |\n|---|---|---|\n| Rivaroxaban | 15 mg twice daily | then 20 mg once daily |\n"
        "| Ramipril | 2.5 mg once daily | reduce to 1.25 mg once daily if CrCl is below 40 mL/min |\n"
        "| Zinc | 15 mg once daily | do not go over 40 mg a day |\n"
        "| Metoprolol | 25 mg twice daily | tablets of 25 mg, twice the price |\n"
        "| Digoxin | 125 mcg once daily | level 0.5–0.9 ng/mL |",
        [
            "rivaroxaban 15 mg",
            "rivaroxaban 20 mg (later)",
            "ramipril 2.5 mg",
            "ramipril 1.25 mg (kidney impairment, clearance below 40, notes)",
            "zinc 15 mg, max 40 mg/day",
            "metoprolol 25 mg",
            "digoxin 125 mcg",
        ],
    ),
    (  # a day behind the name
        "| Drug | Regimen |\n|---|---|\n| Azithromycin, day 1 | 500 mg once |\n| Azithromycin, days 2–5 | 250 mg once daily |",
        ["azithromycin 500 mg (day 1)", "azithromycin 250 mg (days 2–5)"],
    ),
    (  # by kidney function, under a caption that names the drug
        "## Acyclovir by kidney function\n\n| Creatinine clearance | Dose |\n|---|---|\n| above 25 mL/min | 800 mg five times daily |\n"
        "| 10–25 mL/min | 800 mg every 8 hours |",
        [
            "acyclovir 800 mg (kidney impairment, clearance above 25)",
            "acyclovir 800 mg (kidney impairment, clearance 10 to 25)",
        ],
    ),
    (  # a first dose that is taken again and again is where a treatment begins
        "| Drug | First dose | Target dose |\n|---|---|---|\n| Carvedilol | 3.125 mg twice daily | 25 mg twice daily |",
        ["carvedilol 3.125 mg (starting)", "carvedilol 25 mg (target)"],
    ),
    (  # a maximum of others in a bracket
        "| Drug | Dose | Maximum |\n|---|---|---|\n| Escitalopram | 10 mg daily | 20 mg/day (10 mg/day over 60 years) |",
        ["escitalopram 10 mg, max 20 mg/day", "escitalopram max 10 mg/day (older adults)"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables(text: str, expected: list[str]) -> None:
    assert said(text) == expected


TOGETHER = [
    # in the words of a label and of a sentence, on one page
    (
        [
            "| Drug | For | Dose |\n|---|---|---|\n| Amoxicillin | Acute otitis media | 500 mg three times daily |\n\n"
            "For acute otitis media we give amoxicillin 250 mg three times daily."
        ],
        ["A102 amoxicillin"],
    ),
    (
        [
            "| Drug | For | Dose |\n|---|---|---|\n| Amiodarone | VF / pulseless VT, first dose | 300 mg IV |\n\n"
            "- Shock-resistant VF: first dose of amiodarone is 150 mg IV"
        ],
        ["A102 amiodarone"],
    ),
    # prevention is what the heading of a table says
    (
        [
            "## Prevention\n\n| For | Drug | Dose |\n|---|---|---|\n| Malaria | Doxycycline | 100 mg twice daily |",
            "Doxycycline to prevent malaria: 100 mg once daily.",
        ],
        ["A103 doxycycline"],
    ),
    (
        [
            "## Treatment\n\n| For | Drug | Dose |\n|---|---|---|\n| Malaria | Doxycycline | 100 mg twice daily |",
            "Doxycycline to prevent malaria: 100 mg once daily.",
        ],
        [],
    ),
    # the same people in other words
    (["Cefdinir for children over 6 months: 7 mg/kg twice daily.", "Cefdinir for children from 6 months: 9 mg/kg twice daily."], ["A102 cefdinir"]),
    (["Cefdinir for children over 6 months: 7 mg/kg twice daily.", "Cefdinir for children under 6 months: 9 mg/kg twice daily."], []),
    # for something that no vocabulary knows
    (["- **Melatonin:** 1 mg at night\n- **Melatonin for jet lag:** 3 mg at night"], []),
    # shop and prescription
    (["Loperamide from the shelf: max 8 mg a day.", "Loperamide on prescription: max 16 mg a day."], []),
    (["Naproxen without a prescription: max 660 mg a day.", "Naproxen, shop-bought: max 880 mg a day."], ["A101 naproxen"]),
    # what both begin with says nothing against what lasts
    (["Allopurinol: start at 100 mg daily.", "Allopurinol: 100 mg once daily to start, then 300 mg once daily."], []),
    # how long must lie between two doses
    (
        [
            "Paracetamol: 500 mg four times a day. At least four hours must have gone by since the last dose.",
            "Paracetamol: 500 mg four times a day, and leave at least two hours between doses.",
        ],
        ["A103 acetaminophen"],
    ),
    (
        [
            "Paracetamol: 500 mg four times a day. At least four hours must have gone by since the last dose.",
            "Paracetamol for children: 250 mg four times a day, and leave at least six hours between doses.",
        ],
        [],
    ),
    # no dose and no frequency takes a day above its own maximum
    (["Paracetamol: 500 mg to 1 g every 4 to 6 hours, max 4 g a day.", "Paracetamol: 500 mg to 1 g up to four times a day, max 4 g a day."], []),
    # who looks after himself
    (["Looking after yourself, 20 mg of omeprazole a day is the most.", "Without seeing a doctor, max 40 mg of omeprazole a day."], ["A101 omeprazole"]),
    (["Allopurinol: take 100 mg each morning. Your doctor will then raise it every few weeks, usually to 300 mg each morning."], []),
    # how often, in front of the amount
    (["The rule for alendronate is once a week, 70 mg, half an hour before breakfast.", "Alendronate: 70 mg once a week."], []),
    # steps of a course
    (["Metformin: in the second week it is 500 mg twice a day. From the third week on it is 500 mg three times a day."], []),
    (["Losartan is usually 50 mg once daily. It can be doubled to 100 mg once daily."], []),
    # what it comes to in a day is no second dose
    (["Metformin is 500 mg twice a day. Or 500 mg three times a day, that is 2,000 mg a day in all."], ["A103 metformin"]),
    # a label with the abbreviation of a germ
    (["## Reflux\n\nOmeprazole 20 mg once daily. For H. pylori: omeprazole 20 mg twice daily."], []),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "expected"), TOGETHER)
def test_what_is_told_of_two_places(pages: list[str], expected: list[str]) -> None:
    assert told(*pages) == expected


def test_a_maximum_is_told_where_it_stands() -> None:
    pages = ["- Tramadol\n  - 50 mg every 6 hours\n  - maximum 300 mg in 24 hours", "Tramadol: max 400 mg a day."]
    found = [read(text, name=str(number)) for number, text in enumerate(pages)]
    result = reconcile([s for each in found for s in each.statements], extractions=found)
    places = [each.locations for each in result.findings if each.code == "A101"]
    assert [(each.path, each.line) for each in places[0]] == [("0.md", 3), ("1.md", 1)]


def test_lines_of_plain_text_that_were_cut_anywhere_are_one_paragraph() -> None:
    text = (
        "The blue pills are naproxen sodium, dear reader, and I have sold them for years. The\n"
        "label allows adults\n220 mg every 8 to 12 hours, and no more than 660 mg in any 24 hours.\n"
    )
    assert said(text, "text") == ["naproxen 220 mg, max 660 mg/day"]


def test_the_most_by_one_way_is_a_maximum() -> None:
    page = "# Ibuprofen for children\n\n* PO: 10 mg/kg 8-hourly\n* PO max: 30 mg/kg/day\n"
    (statement,) = extract(Article("a.md", "a", tuple(read_string(page, "markdown")))).statements
    assert [(str(each.amount), each.unit) for each in statement.maximum] == [("30", "mg/kg")]


def test_who_hopes_for_a_baby_is_none() -> None:
    page = "Everybody trying for a baby: folic acid 400 micrograms once a day.\n"
    (statement,) = extract(Article("a.md", "a", tuple(read_string(page, "markdown")))).statements
    assert statement.context.population != "infants"
