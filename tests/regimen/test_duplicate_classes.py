"""Two drugs of one class: told where that is a duplication, and nothing told where both are meant."""

from __future__ import annotations

import pytest

import doseref


def told(*items: str) -> list[tuple[str, set[str]]]:
    """Severity and substances of every R202."""
    return [
        (f.severity.name.lower(), set(f.substances)) for f in doseref.check(list(items)).findings if f.code == "R202"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lisinopril 20 mg daily", "losartan 50 mg daily"),
        ("lisinopril 20 mg daily", "ramipril 5 mg daily"),
        ("metoprolol 50 mg twice daily", "carvedilol 6.25 mg twice daily"),
        ("atorvastatin 40 mg daily", "simvastatin 20 mg daily"),
        ("omeprazole 20 mg daily", "pantoprazole 40 mg daily"),
        ("famotidine 20 mg twice daily", "cimetidine 400 mg twice daily"),
        ("cetirizine 10 mg daily", "loratadine 10 mg daily"),
        ("sertraline 50 mg daily", "citalopram 20 mg daily"),
        ("sitagliptin 100 mg daily", "linagliptin 5 mg daily"),
        ("semaglutide 1 mg once weekly", "dulaglutide 1.5 mg once weekly"),
        ("apixaban 5 mg twice daily", "warfarin 5 mg daily"),
        ("amlodipine 5 mg daily", "nifedipine 30 mg daily"),
        ("furosemide 40 mg daily", "bumetanide 1 mg daily"),
        ("tamsulosin 0.4 mg daily", "doxazosin 4 mg daily"),
    ],
)
def test_a_duplication(one: str, other: str) -> None:
    names = {text.split()[0] for text in (one, other)}
    assert told(one, other) == [("warning", names)]


@pytest.mark.parametrize(
    "items",
    [
        ("furosemide 40 mg daily", "spironolactone 25 mg daily", "metoprolol 50 mg daily", "lisinopril 20 mg daily"),
        ("insulin glargine 30 units daily", "insulin lispro 10 units three times daily", "metformin 1000 mg twice daily"),
        ("aspirin 81 mg daily", "clopidogrel 75 mg daily", "atorvastatin 80 mg daily", "ezetimibe 10 mg daily"),
        ("fluticasone 110 mcg 2 puffs twice daily", "prednisone 20 mg daily for 5 days", "albuterol 90 mcg 2 puffs every 6 hours"),
        ("budesonide 0.5 mg nebulized twice daily", "mometasone 50 mcg 2 sprays each nostril daily"),
        ("timolol 0.5% 1 drop in each eye twice daily", "metoprolol 50 mg daily"),
        ("senna 8.6 mg at bedtime", "docusate 100 mg twice daily", "polyethylene glycol 17 g daily"),
        ("levodopa 100 mg three times daily", "pramipexole 0.5 mg three times daily", "rasagiline 1 mg daily"),
    ],
)  # fmt: skip
def test_what_is_meant_together(items: tuple[str, ...]) -> None:
    assert told(*items) == []


def test_two_inhaled_corticosteroids_are_a_duplication() -> None:
    assert told("fluticasone 110 mcg 2 puffs twice daily", "budesonide 180 mcg 2 puffs twice daily") == [
        ("warning", {"fluticasone", "budesonide"})
    ]


def test_a_word_of_everyday_language_is_a_name_at_the_head_only() -> None:
    (head,) = doseref.check(["thyroid 60 mg daily"]).regimens[0].items
    assert (head.status, head.substances) == ("read", ("desiccated-thyroid",))
    (later,) = doseref.check(["levothyroxine 50 mcg daily for the thyroid"]).regimens[0].items
    assert later.substances == ("levothyroxine",)
    (often,) = doseref.check(["Movicol sachets one a day as needed"]).regimens[0].items
    assert often.substances == ("polyethylene-glycol",)
    (same,) = doseref.check(["furosemide 40 mg at the same time each day"]).regimens[0].items
    assert same.substances == ("furosemide",)


@pytest.mark.parametrize(
    ("one", "other", "effect"),
    [
        ("lisinopril 20 mg daily", "spironolactone 25 mg daily", "hyperkalaemia"),
        ("furosemide 40 mg daily", "hydrochlorothiazide 25 mg daily", "hypokalaemia"),
        ("hydrochlorothiazide 25 mg daily", "venlafaxine 75 mg daily", "hyponatraemia"),
        ("glipizide 5 mg daily", "sitagliptin 100 mg daily", "hypoglycaemia"),
        ("metoprolol 50 mg twice daily", "donepezil 10 mg daily", "bradycardia"),
        ("atorvastatin 20 mg daily", "fenofibrate 145 mg daily", "myopathy"),
    ],
)
def test_side_effects_come_from_the_class(one: str, other: str, effect: str) -> None:
    """Named with the label of a member, and information only."""
    found = [f for f in doseref.check([one, other]).findings if f.code == "R301" and f.extra["class"] == effect]
    assert [f.severity.name for f in found] == ["INFO"]
    assert "(" in found[0].working


def test_a_puff_is_not_judged_by_a_nasal_limit() -> None:
    (item,) = doseref.check(["fluticasone 110 mcg 2 puffs twice daily"]).regimens[0].items
    assert {route for exposure in item.exposures for route in exposure.routes} == {"inhalation"}
    codes = [
        f.code
        for f in doseref.check(["fluticasone 110 mcg 2 puffs twice daily"]).findings
        if f.severity.name == "ERROR"
    ]
    assert codes == []


def test_two_inhalers_of_two_drugs_each_are_one_matter() -> None:
    found = told("Symbicort 160/4.5 2 puffs twice daily", "Breo Ellipta 200/25 1 inhalation daily")
    assert found == [("warning", {"formoterol", "vilanterol", "budesonide", "fluticasone"})]


def test_what_three_inhalers_share_is_one_finding() -> None:
    items = [
        "Trelegy Ellipta 200/62.5/25 1 inhalation daily",
        "Breo Ellipta 200/25 1 inhalation daily",
        "Anoro Ellipta 62.5/25 1 inhalation daily",
    ]
    found = [f for f in doseref.check(items).findings if f.code == "R201"]
    assert [(f.severity.name.lower(), set(f.substances), f.items) for f in found] == [
        ("warning", {"fluticasone", "umeclidinium", "vilanterol"}, (1, 2, 3))
    ]


def test_what_is_of_one_class_beside_a_doubled_drug_is_named_with_it() -> None:
    items = ["Symbicort 200/6 Turbohaler 2 puffs twice daily", "Fostair 100/6 2 puffs twice daily"]
    [found] = [f for f in doseref.check(items).findings if f.code == "R201"]
    assert (found.severity.name, found.items) == ("WARNING", (1, 2))
    assert set(found.substances) == {"formoterol", "budesonide", "beclomethasone"}
    assert found.message == (
        "formoterol comes from two items (1 and 2): Symbicort 200/6 Turbohaler and Fostair 100/6 hold the same drug; "
        "budesonide and beclomethasone are of one class (corticosteroid)"
    )
