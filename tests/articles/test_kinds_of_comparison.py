"""Two places that speak of one drug, in kinds: what sets them apart, and what does not although it reads like it."""

from __future__ import annotations

import pytest

from articles.test_kinds_of_context import read, told
from doseref.articles.uses import condition_of, named_purpose
from doseref.checks.article.run import reconcile

STARTS = [
    # the first dose of a treatment
    ("Start with gabapentin 300 mg at night.", "start"),
    ("Begin zopiclone in the over-65s at 7.5 mg at bedtime.", "start"),
    ("When sleep hygiene has failed, begin zopiclone in the over-65s at 7.5 mg.", "start"),
    ("It goes up slowly from 1.25 mg each morning.", "start"),
    ("5 mg once daily at first", "start"),
    ("At first, 5 mg once daily.", "start"),
    ("4 mg first, then", "start"),
    ("4 mg first thing in the morning", None),
    ("Atorvastatin 20 mg for primary prevention", "primary prevention"),
    ("Aspirin 75 mg for primary or secondary prevention", "prevention"),
    ("Start with prednisolone 40 mg daily for 5 days, then 20 mg.", "start"),
    # the first day of a course, the drug that is chosen first, and what is watched at first
    ("3 mg at bedtime for up to five nights, starting on the day you land.", None),
    ("One spray daily, starting at the first sign of a cold.", None),
    ("We start with amoxicillin, 500 mg three times a day for five days.", None),
    ("10 mg once a week; bloods fortnightly at first", None),
    ("20 mg each morning, which can make you drowsy at first.", None),
    # a condition that everybody meets who gets it at all
    ("If paracetamol has failed, ibuprofen 400 mg three times a day.", None),
    ("If the lower dose has failed, 20 mg.", "the lower dose has failed"),
    ("If this has failed, 20 mg.", "this has failed"),
    # what a possessive stands before
    ("Prednisolone for an adult's asthma attack", "an adult's asthma attack"),
]


@pytest.mark.parametrize(("text", "expected"), STARTS)
def test_what_is_a_start(text: str, expected: str | None) -> None:
    assert condition_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dose to aim for is 10 mg once daily.", "target"),
        ("The target dose is 10 mg.", "target"),
        ("Aim for 10 mg once daily.", "target"),
        ("Aim for a level of 0.8.", None),
        ("The loading dose of digoxin is 500 micrograms.", "loading"),
    ],
)
def test_what_a_dose_is_named(text: str, expected: str | None) -> None:
    assert named_purpose(text) == expected


CAP = "| Condition | Drug | Dose |\n|---|---|---|\n| Community-acquired pneumonia, CRB-65 0 | Amoxicillin | 500 mg TDS |\n| Cellulitis | Flucloxacillin | 500 mg QDS |\n\n"
UTI = (
    "| Condition | Drug | Dose |\n|---|---|---|\n| Lower UTI, women | Nitrofurantoin MR | 100 mg BD |\n"
    "| Recurrent UTI, prophylaxis | Nitrofurantoin | 50 mg at night |\n\n"
)
STATIN = (
    "Adults who have never had a heart attack or stroke (primary prevention) take atorvastatin 20 mg once a day. "
    "After a heart attack (secondary prevention) the dose of atorvastatin is 80 mg once a day.\n\n"
)
TOGETHER = [
    # a disease by its letters, with a score: another score is another case
    ([CAP + "1. CAP, CRB-65 0, adult: amoxicillin 500 mg twice a day, five days."], ["A103 amoxicillin"]),
    ([CAP + "1. CAP, CRB-65 0, adult: amoxicillin 500 mg three times a day, five days."], []),
    ([CAP + "1. CAP, CRB-65 1–2, adult: amoxicillin 500 mg twice a day, five days."], []),
    ([CAP + "1. Otitis media, adult: amoxicillin 500 mg twice a day, five days."], []),
    # one of the sexes in a label; a name and its modified-release form in one table
    ([UTI + "1. Cystitis in a woman: nitrofurantoin MR 100 mg four times a day."], ["A103 nitrofurantoin"]),
    ([UTI + "1. Cystitis in a man: nitrofurantoin MR 100 mg four times a day."], []),
    ([UTI + "1. Cystitis in a woman: nitrofurantoin 50 mg four times a day."], []),
    # the first attack, and another one
    ([STATIN], []),
    (
        [STATIN + "With no heart attack or stroke behind you, the dose of atorvastatin is 40 mg once a day."],
        ["A102 atorvastatin"],
    ),
    ([STATIN + "With no heart attack or stroke behind you, the dose of atorvastatin is 20 mg once a day."], []),
    # whose tablets they are sets nothing apart
    (
        [
            "Ibuprofen bought over the counter: an adult takes no more than 1,200 mg in a day.",
            "If you are using your own ibuprofen, bought over the counter, an adult must not take more than 1.6 g a day.",
        ],
        ["A101 ibuprofen"],
    ),
    # ages behind a word for children
    (
        [
            "| Medicine | Who | Dose |\n|---|---|---|\n| Cetirizine | Adults | 10 mg once a day |\n| Cetirizine | Children 6–11 | 10 mg twice a day |",
            "Children aged 6 to 11 are given cetirizine 5 mg twice a day.",
        ],
        ["A102 cetirizine"],
    ),
    (
        [
            "| Medicine | Who | Dose |\n|---|---|---|\n| Cetirizine | Adults | 10 mg once a day |\n| Cetirizine | Children 2–5 | 2.5 mg twice a day |",
            "Children aged 6 to 11 are given cetirizine 5 mg twice a day.",
        ],
        [],
    ),
    # the way that stands in the label of a maximum, and a form that a sentence begins with
    (
        [
            "**Paracetamol** (120 mg/5 mL)\n\n* PO: 15 mg/kg every 6 hours\n* PO max: 75 mg/kg/day\n* IV max: 60 mg/kg/day"
        ],
        [],
    ),
    (
        [
            "**Paracetamol** (120 mg/5 mL)\n\n* PO: 15 mg/kg every 6 hours\n* PO max: 75 mg/kg/day\n* Oral max: 60 mg/kg/day"
        ],
        ["A101 acetaminophen"],
    ),
    (
        [
            "The top dose of plain gliclazide is 320 mg a day. With the modified-release form, you start on 30 mg once daily "
            "and stop at 120 mg daily."
        ],
        [],
    ),
    # a suppository has a time of its own
    (["- Bisacodyl, oral: 5–10 mg at night.\n- Bisacodyl, suppository: 10 mg in the morning."], []),
    # the title of a box sets nothing apart
    (
        [
            "## Key facts\n\n- Loperamide bought without a prescription: at most 16 mg in a day.\n\n## Tummies\n\n"
            "Loperamide: an adult takes 4 mg, then 2 mg after each loose stool. "
            "If you bought it yourself the most loperamide an adult should take in a day is 12 mg."
        ],
        ["A101 loperamide"],
    ),
    # a question and its answer
    (
        [
            "For jet lag melatonin 3 mg at bedtime for five nights, starting on the day you land.\n\n"
            "**How much melatonin is right for jet lag?**\nFor an adult it is 5 mg at bedtime."
        ],
        ["A102 melatonin"],
    ),
    (
        [
            "For jet lag melatonin 3 mg at bedtime.\n\n"
            "**How much melatonin is right for migraine?**\nFor an adult it is 5 mg at bedtime."
        ],
        [],
    ),
    # the targets of two places, and what leads up to them
    (
        [
            "Bisoprolol in heart failure goes up slowly from 1.25 mg each morning. The dose to aim for is 10 mg once daily.",
            "| Drug | Use | Start | Target |\n|---|---|---|---|\n| Bisoprolol | heart failure | 1.25 mg OD | 5 mg OD |\n"
            "| Ramipril | heart failure | 1.25 mg OD | 10 mg OD |",
        ],
        ["A102 bisoprolol"],
    ),
    # bands of ages, in a table and in a sentence
    (
        [
            "Children aged 6 to 11 with hay fever are given cetirizine 5 mg twice a day.",
            "## Cetirizine, hay fever\n\n| Age | Dose |\n|---|---|\n| 2–5 years | 2.5 mg twice a day |\n| 6–11 years | 2.5 mg twice a day |",
        ],
        ["A102 cetirizine"],
    ),
    (
        [
            "Children aged 6 to 11 with hay fever are given cetirizine 5 mg twice a day.",
            "## Cetirizine, hay fever\n\n| Age | Dose |\n|---|---|\n| 2–5 years | 2.5 mg twice a day |\n| 6–11 years | 5 mg twice a day |",
        ],
        [],
    ),
    # a thousand times is a slip of the unit, for whomever
    (
        [
            "A woman hoping for a baby should take folic acid 400 micrograms once a day until the twelfth week of pregnancy.",
            "| Drug | Indication | Dose |\n|---|---|---|\n| Folic acid | trying to conceive | 400 mg OD |\n| Ramipril | hypertension | 5 mg OD |",
        ],
        ["A102 folic acid"],
    ),
    (["Levothyroxine 50 micrograms once daily.", "Levothyroxine, older adults: 25 micrograms once daily."], []),
    (["Vitamin B12 1 mg once daily by mouth.", "Vitamin B12 1,000 micrograms once daily by mouth."], []),
    # the row of a table and the sentence below it
    (
        [
            "## Older people (over 65)\n\n| Drug | Purpose | Dose over 65 |\n|---|---|---|\n| Zopiclone | insomnia, starting dose | 3.75 mg at bedtime |\n"
            "| Digoxin | atrial fibrillation, maintenance | 62.5 micrograms once a day |\n\n"
            "When sleep hygiene has failed, begin zopiclone in the over-65s at 7.5 mg at bedtime."
        ],
        ["A102 zopiclone"],
    ),
    (
        [
            "| Drug | Indication | Dose |\n|---|---|---|\n| Omeprazole | reflux disease, 4–8 weeks | 20 mg OD |\n"
            "| Loratadine | hay fever | 10 mg OD |\n\nNote that in reflux disease omeprazole is given at 40 mg once daily for 4–8 weeks."
        ],
        ["A102 omeprazole"],
    ),
    (
        [
            "| Drug | Indication | Dose |\n|---|---|---|\n| Omeprazole | reflux disease, 4–8 weeks | 20 mg OD |\n"
            "| Loratadine | hay fever | 10 mg OD |\n\nNote that in *H. pylori* omeprazole is given at 40 mg once daily."
        ],
        [],
    ),
    # what another page gives for good is the maintenance dose, and no dose of the first days
    (
        [
            "Pernicious anaemia, once corrected, is kept in check with hydroxocobalamin 1 mg by intramuscular injection every three months.",
            "| Drug | Indication | Dose | Frequency |\n|---|---|---|---|\n| Hydroxocobalamin (oral) | pernicious anaemia, maintenance | 1 mg | every 3 months |\n"
            "| Folic acid | pernicious anaemia | 5 mg | OD |",
        ],
        ["A107 vitamin B12"],
    ),
    (
        [
            "In the first week the patient takes amiodarone 200 mg three times a day.",
            "Amiodarone, maintenance: 200 mg once daily.",
        ],
        [],
    ),
    # how long between two doses
    (
        [
            "An adult takes paracetamol 500 mg to 1 g up to four times a day, and leaves at least four hours between one dose and the next.\n\n"
            "- Keep it cool.\n- Keep it dry.\n\n**How soon may I take paracetamol again?**\n"
            "An adult must wait at least six hours after one dose before the next."
        ],
        ["A103 acetaminophen"],
    ),
    (
        [
            "An adult takes paracetamol 500 mg to 1 g up to four times a day, and leaves at least four hours between one dose and the next.\n\n"
            "- Keep it cool.\n- Keep it dry.\n\nWait two hours after one dose of antacid."
        ],
        [],
    ),
    # to prevent something, in a label and in a sentence; to prevent another thing is another use
    (
        [
            "| Drug | Route | Indication | Dose |\n|---|---|---|---|\n| Enoxaparin | SC | DVT prophylaxis | 40 mg once daily |\n"
            "| Cefuroxime | IV | severe pneumonia | 1.5 g every 8 hours |",
            "To prevent DVT everybody in bed has enoxaparin 20 mg subcutaneously once a day.",
        ],
        ["A102 enoxaparin"],
    ),
    (
        [
            "Doxycycline for malaria prophylaxis: 100 mg once daily.",
            "To prevent rosacea flares doxycycline 40 mg once daily.",
        ],
        [],
    ),
    (
        [
            "- Allopurinol for keeping gout away: 300 mg once a day.\n\n## Gout\n\nTo prevent gout allopurinol 200 mg once a day."
        ],
        ["A102 allopurinol"],
    ),
    # the first week of one page is not what another page gives for good
    (["In the first week sertraline 25 mg once daily.", "Sertraline 50 mg once daily."], []),
    (
        ["In the first week sertraline 25 mg once daily.", "In the first week sertraline 50 mg once daily."],
        ["A102 sertraline"],
    ),
    # a row that names its dose the most is no usual dose
    (
        [
            "| Drug | Indication | Dose |\n|---|---|---|\n| Mirtazapine | depression, start | 15 mg at night |\n"
            "| Mirtazapine | depression, maximum | 45 mg at night |",
            "Mirtazapine for depression is usually 30 mg at night.",
        ],
        [],
    ),
    # an equal figure for another use is no side of it
    (
        [
            "Shingles: aciclovir 800 mg five times a day for seven days.",
            "Genital herpes, suppression: aciclovir 400 mg twice a day.",
        ],
        [],
    ),
]


@pytest.mark.parametrize(("pages", "expected"), TOGETHER)
def test_what_is_told_of_two_places(pages: list[str], expected: list[str]) -> None:
    assert told(*pages) == expected


def test_an_equal_frequency_for_another_use_is_no_place_of_the_conflict() -> None:
    pages = [
        "For a chest infection amoxicillin 500 mg three times a day for five days.",
        "| Drug | Indication | Dose |\n|---|---|---|\n| Amoxicillin | chest infection | 500 mg BD |\n"
        "| Amoxicillin | *H. pylori* eradication | 1 g BD |",
    ]
    found = [read(text, name=str(number)) for number, text in enumerate(pages)]
    result = reconcile([s for each in found for s in each.statements], extractions=found)
    assert [(each.code, [place.line for place in each.locations]) for each in result.findings if each.code < "A2"] == [
        ("A103", [3, 1])
    ]


def test_a_maximum_that_wraps_is_told_on_its_own_line() -> None:
    pages = [
        "Off the shelf, the adult dose of ibuprofen is 200 mg to 400 mg three times a day. Without a prescription an adult should\n"
        "stop at 1,200 mg in 24 hours.",
        "Ibuprofen, over the counter: max 1,600 mg a day.",
    ]
    found = [read(text, name=str(number)) for number, text in enumerate(pages)]
    result = reconcile([s for each in found for s in each.statements], extractions=found)
    places = [each.locations for each in result.findings if each.code == "A101"]
    assert [(each.path, each.line) for each in places[0]] == [("0.md", 2), ("1.md", 1)]
