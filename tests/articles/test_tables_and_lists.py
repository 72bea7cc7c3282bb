"""Layouts of formularies, ward protocols and travel guides: whose a dose is, when it is given, what contradicts what.

Every page is made up; the readings are worked out by hand.
"""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import reconcile
from doseref.findings import Severity
from doseref.statements import Statement


def read(page: str) -> list[Statement]:
    return list(extract(Article("a.md", "a", tuple(read_string(page, "markdown")))).statements)


def lines(page: str) -> list[str]:
    """Each statement as ``substance: dosage [whom, what for, when]``."""
    found = []
    for each in read(page):
        parts = (each.context.population, each.context.band, each.context.indication, each.context.condition)
        told = "; ".join(part for part in parts if part and part != "adults")
        found.append(f"{' + '.join(each.substances)}: {each.dosage_text}{f' [{told}]' if told else ''}")
    return found


def told(page: str) -> list[str]:
    """Codes of what is told of a page at warning or above, without what is held against the data."""
    extraction = extract(Article("a.md", "a", tuple(read_string(page, "markdown"))))
    found = reconcile(list(extraction.statements), extractions=[extraction]).findings
    return [each.code for each in found if each.severity > Severity.INFO and each.code < "A202"]


@pytest.mark.parametrize(
    ("page", "statements"),
    [
        (  # a row of what each drug is stands between the drugs and their doses
            "| For nerve pain | Amitriptyline | Gabapentin |\n|---|---|---|\n| What it is | old antidepressant | anti-seizure drug |\n"
            "| Usual dose | 25 mg at night | 300 mg three times a day |\n| Most in 24 hours | 75 mg | 3,600 mg |",
            [
                "amitriptyline: 25 mg at night, max 75 mg/day [nerve pain]",
                "gabapentin: 300 mg three times a day, max 3,600 mg/day [nerve pain]",
            ],
        ),
        (  # a drug that is taken besides is not the row's
            "## Colchicine\n\n| When | Dose |\n|---|---|\n| Attack | 500 micrograms twice a day |\n"
            "| Prevention while starting allopurinol | 500 micrograms once a day |",
            [
                "colchicine: 500 micrograms twice a day [attack]",
                "colchicine: 500 micrograms once a day [prevention while starting allopurinol]",
            ],
        ),
        (
            "| | By mouth |\n|---|---|\n| Oxycodone, if morphine isn't tolerated | 5 mg every 6 hours |",
            ["oxycodone: 5 mg every 6 hours"],
        ),
        (  # headers that say when
            "Cinnarizine for sea sickness:\n\n| | Two hours before | On the way, every 8 hours |\n|---|---|---|\n| 5–11 years | 15 mg | 7.5 mg |",
            [
                "cinnarizine: 15 mg [children; 5–11 years; two hours before]",
                "cinnarizine: 7.5 mg every 8 hours [children; 5–11 years; on the way]",
            ],
        ),
        (  # pieces, with what each holds in the header
            "Loperamide, for adults:\n\n| | Capsules (2 mg) |\n|---|---|\n| At the start | 2 |\n| Most in a day | 6 |",
            [
                "loperamide: 2 capsules of 2 mg [start]",
                "loperamide: max 6 capsules/day [most in a day]",
            ],
        ),
        (  # the cell that names nobody is of the drug beside it
            "| For | Adults | Children |\n|---|---|---|\n| Prevention | acetazolamide 125 mg twice a day | acetazolamide 2.5 mg/kg twice a day |\n"
            "| Treatment | acetazolamide 250 mg twice a day | 2.5 mg/kg twice a day |",
            [
                "acetazolamide: 125 mg twice a day [prevention]",
                "acetazolamide: 2.5 mg/kg twice a day [children; prevention]",
                "acetazolamide: 250 mg twice a day [treatment]",
                "acetazolamide: 2.5 mg/kg twice a day [children; treatment]",
            ],
        ),
        (  # what the items after the first one go on about
            "- loperamide 4 mg at once, thereafter 2 mg after each loose stool;\n- not more than 8 mg in 24 hours.",
            [
                "loperamide: 4 mg at once, thereafter 2 mg after each loose stool; not more than 8 mg in 24 hours",
            ],
        ),
        (  # but not about another drug
            "- omeprazole 20 mg once daily\n- Ranitidine is gone.\n- thereafter 40 mg once daily\n\nText.\n\n"
            "- paracetamol 1 g four times a day\n- 5 ml of honey\n- up to 10 mg at night for sleep",
            ["omeprazole: 20 mg once daily", "acetaminophen: 1 g four times a day"],
        ),
        (  # what is left is not what is begun
            "| From | To | How |\n|---|---|---|\n| Enoxaparin | Rivaroxaban | 20 mg once daily |",
            ["rivaroxaban: 20 mg once daily"],
        ),
        (  # drugs that are taken besides
            "| Other medicine | Simvastatin | Colchicine |\n|---|---|---|\n| Amlodipine | 20 mg once daily | no change |\n"
            "| Clarithromycin | stop | 500 micrograms once |",
            [
                "simvastatin: 20 mg once daily [if already on amlodipine]",
                "colchicine: 500 micrograms once [if already on clarithromycin]",
            ],
        ),
        (  # what an amount of one drug is worth in another is no dose
            "| Opioid by mouth | Equals morphine 10 mg |\n|---|---|\n| Codeine | 100 mg |\n| Tramadol | 100 mg |\n\nThen:\n\n"
            "| Patch (fentanyl) | Morphine by mouth, in 24 hours |\n|---|---|\n| 12 micrograms/hour | 30–60 mg |\n| 25 micrograms/hour | 60–90 mg |",
            [],
        ),
        (
            "| Problem | Drops | How often |\n|---|---|---|\n| Glaucoma | Timolol 0.5% | one drop twice daily |",
            ["timolol: one drop twice daily [glaucoma]"],
        ),
        ("# What to pack\n\n| Item | How much |\n|---|---|\n| Paracetamol 500 mg | 16 tablets |", []),
        (
            "1. **Capsaicin cream 0.075%.** A thin layer three times a day.\n2. Hydrocortisone cream 1%, thinly, once or twice daily.",
            [
                "capsaicin: A thin layer three times a day",
                "hydrocortisone: thinly, once or twice daily",
            ],
        ),
    ],
)  # fmt: skip
def test_whose_a_dose_is_and_when_it_is_given(page: str, statements: list[str]) -> None:
    assert lines(page) == statements


def test_tablets_by_weight_under_a_line_that_names_their_strength() -> None:
    (found,) = read(
        "Paediatric tablets of atovaquone/proguanil (62.5 mg/25 mg):\n\n| Weight (kg) | Tablets once a day |\n|---|---|\n"
        "| 11–20 | 1 |\n| 21–30 | 2 |\n| over 40 | use the adult tablet |\n"
    )
    assert found.substances == ("atovaquone", "proguanil")
    assert [band for band, _ in found.bands] == ["11–20 kg", "21–30 kg"]


def test_both_ends_of_a_range_may_say_how_often() -> None:
    """Twice 500 mg to twice 1 g are 1,000 to 2,000 mg a day; another frequency at the other end is not guessed at."""
    found = read(
        "| Drug | Dose |\n|---|---|\n| Metformin | 500 mg twice daily to 1 g twice daily |\n| Gliclazide | 40 mg once daily to 160 mg twice daily |\n"
    )
    assert [[str(figure.amount) for figure in each.daily] for each in found] == [["1,000 to 2,000 mg"], []]


def test_a_footnote_sets_the_doses_of_its_column_apart() -> None:
    page = (
        "| | Paracetamol | Ibuprofen[^i] |\n|---|---|---|\n| Adults | 1 g four times a day | 400 mg three times a day |\n\n"
        "[^i]: As sold without prescription.\n\nTramadol 100 mg every six hours, no more than 400 mg daily[^t].\n\n"
        "[^t]: Over the age of 75 the limit is 300 mg a day.\n"
    )
    found = read(page)
    assert [each.context.setting for each in found] == [None, "over the counter", None, None]
    assert [(each.context.population, [str(most.amount) for most in each.maximum]) for each in found][2:] == [
        (None, ["400"]),
        ("older adults", ["300"]),
    ]


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        (  # one case in other words
            "## Eradication of *Helicobacter pylori*\n\n| Regimen | Antibiotic |\n|---|---|\n| A: no penicillin allergy | amoxicillin 1 g twice daily |\n"
            "| B: penicillin allergy | clarithromycin 250 mg twice daily |\n| A, alternative | clarithromycin 500 mg twice daily |\n\n"
            "Summary for the letter (regimen A, no penicillin allergy): amoxicillin 1 g three times daily.\n",
            ["A103"],
        ),
        (  # a score in a row and in a sentence
            "| Points | What to give |\n|---|---|\n| 2 | ondansetron 4 mg IV, once |\n| 3 | ondansetron 8 mg IV, once |\n\n"
            "For adults with two points give ondansetron 8 mg IV once. Adults with three points have ondansetron 8 mg IV once.\n",
            ["A102"],
        ),
        (  # a starting dose, however it is said
            "| For nerve pain | Duloxetine | Pregabalin |\n|---|---|---|\n| Starting dose | 30 mg once a day | 75 mg twice a day |\n\n"
            "For nerve pain, adults begin with pregabalin 150 mg twice a day.\n",
            ["A102"],
        ),
        ("- **Alendronate**\n  - 70 mg once a week, or\n  - 10 mg once a day\n", []),
        (  # who already takes another drug
            "| Drug | Usual |\n|---|---|\n| Dabigatran | 150 mg twice daily |\n| Apixaban | 5 mg twice daily |\n\n"
            "Patients on amiodarone:\n\n- dabigatran 110 mg twice daily\n",
            [],
        ),
        (  # what is given first, and what follows
            "| Emergency | First | Then |\n|---|---|---|\n| Opioid overdose | naloxone 400 micrograms IV | 800 micrograms IV |\n"
            "| Supraventricular tachycardia | adenosine 6 mg IV | 12 mg IV |\n",
            [],
        ),
        (  # the most at once is not the most of a day
            "| | Levetiracetam | Phenytoin |\n|---|---|---|\n| Loading dose | 60 mg/kg IV once | 20 mg/kg IV once |\n| Most at once | 4,500 mg | 2,000 mg |\n"
            "| Maintenance | 500 mg twice daily | 100 mg three times daily |\n| Daily maximum | 3,000 mg | 600 mg |\n",
            [],
        ),
    ],
)  # fmt: skip
def test_what_contradicts_what(page: str, codes: list[str]) -> None:
    assert told(page) == codes
