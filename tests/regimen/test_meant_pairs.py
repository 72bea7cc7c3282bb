"""Two drugs of one class: which are raised, and which pairs are meant."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity

RAISED = [
    "metoprolol 50 mg twice daily|carvedilol 12.5 mg twice daily",
    "atorvastatin 20 mg daily|simvastatin 20 mg daily",
    "omeprazole 20 mg daily|pantoprazole 40 mg daily",
    "famotidine 20 mg daily|ranitidine 150 mg daily",
    "sertraline 50 mg daily|escitalopram 10 mg daily",
    "fluoxetine 20 mg daily|venlafaxine 75 mg daily",
    "lisinopril 10 mg daily|losartan 50 mg daily",
    "cetirizine 10 mg daily|loratadine 10 mg daily",
    "lorazepam 1 mg daily|alprazolam 0.5 mg twice daily",
    "glipizide 5 mg daily|glimepiride 2 mg daily",
    "sitagliptin 100 mg daily|semaglutide 1 mg weekly",
    "quetiapine 100 mg at bedtime|olanzapine 10 mg at bedtime",
    "Lantus 20 units at bedtime|Levemir 10 units daily",
    "Humalog 6 units three times daily|Novolog 5 units three times daily",
    "aspirin 325 mg three times daily|ibuprofen 400 mg three times daily",
    "sertraline 50 mg daily 10/01/2026 to 11/15/2026|escitalopram 10 mg daily from 11/01/2026",
]
RAISED += [
    "theophylline 200 mg twice daily|aminophylline 225 mg twice daily",
    "warfarin 5 mg daily|enoxaparin 90 mg SC q12h",
    "apixaban 5 mg twice daily|enoxaparin 90 mg SC q12h until INR 2-3 (bridge)",
]
BY_NAME = [
    "Lantus 20 units at bedtime|Toujeo 30 units at bedtime",
    "lisinopril 10 mg daily|Zestril 20 mg daily",
    "Exforge 5-160 mg daily|Norvasc 5 mg daily",
    "Trelegy Ellipta 200/62.5/25 1 inhalation daily|Breo Ellipta 200/25 1 inhalation daily",
    "Advair Diskus 250/50 1 puff twice daily|Serevent Diskus 50 mcg 1 puff twice daily",
    "metoprolol succinate ER 50 mg daily|metoprolol tartrate 25 mg twice daily",
    "Amaryl 2 mg twice daily|Gemer 2, 1-0-1",  # how much of each is in Gemer is not known: what it comes to neither
]
MEANT = [
    "warfarin 5 mg daily|enoxaparin 90 mg SC q12h until INR 2-3 (bridge)",
    "albuterol 2.5 mg/3 mL nebulized every 6 hours as needed|ProAir HFA 90 mcg 2 puffs every 4 hours as needed",
    "MS Contin 30 mg twice daily|oxycodone 5 mg every 6 hours as needed",
    "OxyContin 20 mg twice daily|oxycodone 5 mg every 6 hours as needed",
    "Lantus 20 units at bedtime|Humalog 6 units three times daily",
    "albuterol 2 puffs every 4 hours as needed|salmeterol 50 mcg inhaled twice daily",
    "senna 8.6 mg twice daily|polyethylene glycol 17 g daily",
    "aspirin 81 mg daily|celecoxib 200 mg daily",
    "diclofenac 1% gel 4 g four times daily|naproxen 500 mg twice daily",
    "ketorolac 0.5% eye drops 1 drop four times daily|ibuprofen 400 mg three times daily",
    "levothyroxine 100 mcg daily|levothyroxine 25 mcg daily",
    "Sinemet 25/100 1 tablet three times daily|carbidopa-levodopa ER 50/200 at bedtime",
    "Symbicort 160/4.5 2 puffs twice daily|Symbicort 160/4.5 1 puff as needed",
    "Advair Diskus 250/50 1 puff twice daily|fluticasone nasal spray 1 spray each nostril daily",
    "DayQuil LiquiCaps 2 capsules twice daily|NyQuil LiquiCaps 2 capsules at bedtime",
    "Senokot-S 2 tablets twice daily|docusate 100 mg twice daily",
    "mesalamine 1.2 g 4 tablets once daily|mesalamine 4 g enema nightly",
    "levothyroxine 100 mcg daily|liothyronine 5 mcg daily",
    "vitamin D3 1,000 units daily|cholecalciferol 1,000 units daily",
    "sertraline 50 mg daily 10/01/2026 to 10/31/2026|escitalopram 10 mg daily from 11/01/2026",
    "clopidogrel 75 mg daily|aspirin 81 mg daily",
    "estradiol 1 mg daily|estradiol vaginal cream 1 g twice weekly",
]


def _above_information(items: str) -> list[str]:
    return [f.code for f in doseref.check(items.split("|")).findings if f.severity > Severity.INFO]


@pytest.mark.parametrize("items", RAISED)
def test_two_of_a_class_are_a_warning(items: str) -> None:
    assert "R202" in _above_information(items)


@pytest.mark.parametrize("items", BY_NAME)
def test_one_drug_by_two_names_on_a_schedule_is_a_warning(items: str) -> None:
    assert _above_information(items) == ["R201"]


@pytest.mark.parametrize("items", MEANT)
def test_a_pair_that_is_meant_stays_quiet(items: str) -> None:
    assert _above_information(items) == []
