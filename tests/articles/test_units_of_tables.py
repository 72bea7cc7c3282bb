"""What stands around a table holds for its cells: units, the drug, how often, what a puff holds, what a row is for.

Every page is made up; the readings are worked out by hand.
"""

from __future__ import annotations

import pytest

from doseref.articles.contexts import context_of
from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.context import alike


def lines(page: str, kind: str = "markdown") -> list[str]:
    """Each statement as ``substance: dosage [whom, what for, when]``."""
    found = []
    for each in extract(Article("a.md", "a", tuple(read_string(page, kind)))).statements:
        parts = (each.context.population, each.context.band, each.context.indication, each.context.condition)
        told = "; ".join(part for part in parts if part and part != "adults")
        found.append(f"{' + '.join(each.substances)}: {each.dosage_text}{f' [{told}]' if told else ''}")
    return found


@pytest.mark.parametrize(
    ("page", "statements"),
    [
        (  # the unit stands above the table, ages stand across
            "All doses are in mg.\n\n| | 1–4 years | 5–11 years | Times a day |\n|---|---|---|---|\n"
            "| Cefalexin | 125 | 250 | 3 |\n| Erythromycin | 125–250 | – | 4 |",
            [
                "cephalexin: 125 mg 3 times daily [children; 1–4 years]",
                "cephalexin: 250 mg 3 times daily [children; 5–11 years]",
                "erythromycin: 125–250 mg 4 times daily [children; 1–4 years]",
            ],
        ),
        (  # the unit stands in the heading; hours, parts of a day and half-lives are no amounts
            "## What is prescribed (mg, by mouth)\n\n| Condition | Esomeprazole | Rabeprazole |\n|---|---|---|\n"
            "| Reflux | 20 once a day | 20 once a day or 10 twice a day |\n| Half-life | 1–2 h | 1 |\n| Works after | 1–4 days | 1–4 days |",
            [
                "esomeprazole: 20 mg once a day [reflux]",
                "rabeprazole: 20 mg once a day or 10 mg twice a day [reflux]",
            ],
        ),
        (  # the unit of a column stands in front of words
            "| Age | Travel sickness (meclizine, mg) |\n|---|---|\n| adults | 25 once a day |\n| 12–17 years | 12.5, every 24 hours |",
            ["meclizine: 25 mg once a day", "meclizine: 12.5 mg, every 24 hours [children; 12–17 years]"],
        ),
        (  # the sentence that leads to a table names its drug
            "Children have the small tablets of atovaquone with proguanil (62.5 mg/25 mg), by weight:\n\n"
            "| Weight in kg | Small tablets, once a day |\n|---|---|\n| 11–20 | 1 |\n| 21–30 | 2 |\n| over 40 | as adults |",
            ["atovaquone + proguanil: 11–20 kg: 1 tablets once a day; 21–30 kg: 2 tablets once a day [children]"],
        ),
        (  # what a puff holds has a column of its own
            "| Inhaler | Puffs | Micrograms per puff | How often |\n|---|---|---|---|\n| Budesonide | 2 | 200 | twice daily |",
            ["budesonide: 2 Puffs of 200 micrograms twice daily"],
        ),
        (  # how often stands beside the name, or in a sentence below the table
            "| | Adults | 6–11 years |\n|---|---|---|\n| Prednisolone, once a day | 40 mg | 30 mg |\n| Terbutaline, nebulised | 10 mg | 5 mg |\n\n"
            "In adults terbutaline is repeated every 4 to 6 hours.",
            [
                "prednisolone: 40 mg once a day",
                "prednisolone: 30 mg once a day [children; 6–11 years]",
                "terbutaline: 10 mg every 4 to 6 hours",
                "terbutaline: 5 mg [children; 6–11 years]",
            ],
        ),
        (  # what tells the rows of one drug apart
            "| Drug | Tablets |\n|---|---|\n| Valaciclovir, shingles | 1 g three times a day |\n"
            "| Valaciclovir, lips | 2 g twice a day |\n| Unknownium, lips | 2 g twice a day |",
            ["valacyclovir: 1 g three times a day [shingles]", "valacyclovir: 2 g twice a day [lips]"],
        ),
        (  # levels in the blood are no doses
            "| Drug | Sample | Target |\n|---|---|---|\n| Gentamicin | trough | below 1 mg/l |\n| Vancomycin | trough | 10–15 mg/l |",
            [],
        ),
        (  # rows below a drug's own say what they give of it; forms stand across
            "| Adults, one attack | Tablet | Nasal spray |\n|---|---|---|\n| **Sumatriptan** | 50 mg | 10–20 mg |\n"
            "| – most in 24 h | 200 mg | 40 mg |\n| – wait before a second dose | 2 hours | 2 hours |\n| **Zolmitriptan** | 2.5 mg | 5 mg |",
            [
                "sumatriptan: 50 mg",
                "sumatriptan: 10–20 mg",
                "sumatriptan: max 200 mg/day",
                "sumatriptan: max 40 mg/day",
                "zolmitriptan: 2.5 mg",
                "zolmitriptan: 5 mg",
            ],
        ),
        (  # forms over what a product holds are no doses
            "| Drug | Tablets | Liquid |\n|---|---|---|\n| Furosemide | 20 mg, 40 mg | 20 mg/5 mL |\n| Bumetanide | 1 mg | – |",
            [],
        ),
        (  # footnotes by letters between carets, and raised ones behind a space
            "| Drug | Start (mg/day) | Usual (mg/day) |\n|---|---|---|\n| Losartan | 50 ^a^ | 50 |\n| Doxycycline ¹ | 100 | 100 |\n\n"
            "^a^ 25 mg over 75 years of age.\n\n¹ With plenty of water.",
            [
                "losartan: 50 mg/day",
                "losartan: 50 mg/day",
                "doxycycline: 100 mg/day",
                "doxycycline: 100 mg/day",
                "losartan: 25 mg over 75 years [older adults]",
            ],
        ),
        (  # when it is begun is no dose
            "| | Adults | Start before arrival |\n|---|---|---|\n| Doxycycline | 100 mg once a day | 1–2 days |",
            ["doxycycline: 100 mg once a day"],
        ),
        (  # what is put on the skin has a strength and no amount
            "- fusidic acid 2% cream, a thin layer three times a day for one week\n- A cream with 1 % hydrocortisone costs less.",
            ["fusidic acid: 2% cream, a thin layer three times a day for one week"],
        ),
        (  # a label of the most holds for what stands behind and below it
            "- Ketorolac\n  - first dose: 10 mg\n  - ceiling in 24 hours\n    - adults up to 65 years and over 50 kg: 90 mg\n    - elderly: 60 mg",
            [
                "ketorolac: 10 mg",
                "ketorolac: max 90 mg/day [up to 65 years, above 50 kg]",
                "ketorolac: max 60 mg/day [older adults]",
            ],
        ),
        (
            "## Ibuprofen\n\n- single dose: 200 mg\n- self-care limit: 1,200 mg in any 24 hours without a prescription",
            ["ibuprofen: 200 mg", "ibuprofen: max 1,200 mg in any 24 hours"],
        ),
    ],
)
def test_around_a_table(page: str, statements: list[str]) -> None:
    assert lines(page) == statements


def test_places_stay_where_a_unit_is_added() -> None:
    page = "All figures are in mg.\n\n| For | Loratadine | Cetirizine |\n|---|---|---|\n| Hives | 10 once daily | 10 once daily |"
    found = extract(Article("a.md", "a", tuple(read_string(page, "markdown")))).statements
    assert [(each.line, each.column, each.end_column) for each in found] == [(5, 11, 24), (5, 27, 40)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("allergy tablets", "bites and hives", True),
        ("hives", "hay fever", False),
        ("malaria tablets", "malaria", True),
        ("allergy tablets", "malaria tablets", False),
    ],
)
def test_uses_that_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def test_adults_and_older_children_have_no_band() -> None:
    told = context_of("Adults and from 12 years", label=True)
    assert (told.population, told.band) == ("adults", None)
    assert context_of("nobody above 2,000 IU a day").band is None
