"""What is no medicine to be added up is known and silent; a drug beside it never is."""

from __future__ import annotations

import pytest

import doseref
from doseref.reports import check_tables, check_text


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("Cetraben cream apply prn", "emollient"),
        ("Diprobase", "emollient"),
        ("E45 cream twice daily", "emollient"),
        ("CeraVe moisturizing cream BID", "emollient"),
        ("Vaseline prn", "skin protectant"),
        ("witch hazel pads prn", "skin protectant"),
        ("artificial tears 1 drop qid prn", "eye lubricant"),
        ("Systane Ultra 1 drop both eyes tds", "eye lubricant"),
        ("saline nasal rinse", "saline"),
        ("hypertonic saline 7% neb BID", "saline"),
        ("sunscreen SPF 50 daily", "sunscreen"),
        ("Fortisip 200 mL bd", "nutritional feed"),
        ("Ensure 1 can twice daily", "nutritional feed"),
        ("FreeStyle Libre sensors", "medical device"),
        ("GlucoRx strips", "medical device"),
        ("compression stockings", "medical device"),
        ("ice packs prn", "heat or cold treatment"),
        ("Epsom salt soak prn", "bath soak"),
        ("Biotene rinse prn", "saliva substitute"),
        ("oxygen 2 L nasal cannula", "oxygen"),
        ("artificial tears 10 minutes after latanoprost", "eye lubricant"),
    ],
)
def test_what_is_no_medicine_is_read_and_adds_nothing(item: str, what: str) -> None:
    result = doseref.check([item, "ibuprofen 400 mg tid"])
    (regimen,) = result.to_json()["regimens"]
    assert (regimen["items"][0]["status"], regimen["items"][0]["care"], regimen["items"][0]["substances"]) == (
        "read",
        what,
        [],
    )
    assert not [each for each in regimen["findings"] if 1 in each["items"]]
    assert not [each for each in regimen["not_assessed"] if 1 in each["items"]]
    assert "NOTHING TO ADD UP" in check_text.render(result)
    assert f"{what}: nothing to add up" in check_tables.csv(result)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("Ensure metformin 500 mg bd", "R402"),  # "ensure" is an instruction here
        ("Ensure zorblaxin 10 mg daily", "R401"),
        ("Ensure zorblaxin daily", "R401"),
        ("Cetraben zorblaxin 10 mg daily", "R401"),  # no cream comes in milligrams
        ("saline 3 mL with albuterol 2.5 mg qid", "R402"),
        ("saline with albuterol", "R402"),
        ("Vaseline and hydrocortisone 1% bd", "R402"),
        ("Epsom salt 2 tsp daily", "R401"),  # swallowed, it is magnesium
        ("Cetrabin cream", "R401"),
    ],
)
def test_a_drug_beside_it_is_never_swallowed(item: str, code: str) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert regimen["items"][0]["status"] == "unread"
    assert "care" not in regimen["items"][0]
    assert [each["code"] for each in regimen["findings"] if each["severity"] != "info"] == [code]


def test_a_name_of_care_is_none_inside_an_instruction() -> None:
    # 2.5 mg × 4 = 10 mg
    (regimen,) = doseref.check(["albuterol 2.5 mg neb qid mixed with saline"]).to_json()["regimens"]
    (total,) = regimen["totals"]
    assert (total["substance"], total["high"]) == ("albuterol", 10)


def test_a_misspelt_drug_is_never_accepted_as_care() -> None:
    (regimen,) = doseref.check(["vaselin 10 mg daily"], accept_suggestions=True).to_json()["regimens"]
    assert regimen["items"][0]["status"] == "unread"


@pytest.mark.parametrize(
    ("item", "substances"),
    [
        ("Rocklatan 1 drop each eye nightly", ["latanoprost", "netarsudil"]),
        ("Epiduo gel nightly", ["adapalene", "benzoyl peroxide"]),
        ("Mirena", ["levonorgestrel"]),
        ("Abilify Maintena 400 mg IM every 4 weeks", ["aripiprazole"]),  # not 400 mg of the tablets' 30 mg a day
        ("Risperdal Consta 25 mg every 2 weeks", ["risperidone"]),
        ("Kenalog-40 80 mg IM once", ["triamcinolone"]),
        ("norethindrone-EE daily", ["ethinyl estradiol", "norethindrone"]),
        ("norgestimate-ethinyl estradiol 1 tab daily", ["ethinyl estradiol", "norgestimate"]),
        ("senna-docusate 2 tabs BID", ["docusate", "senna"]),
        ("Fucidin H cream twice daily", ["fusidic acid", "hydrocortisone"]),
        ("calcium 500 mg with vitamin D BID", ["calcium", "vitamin D"]),
        ("Nexplanon implant", ["etonogestrel"]),
        ("NuvaRing 1 ring monthly", ["ethinyl estradiol", "etonogestrel"]),
    ],
)
def test_a_combination_without_amounts_names_its_substances_and_warns_of_nothing(
    item: str, substances: list[str]
) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert sorted(regimen["items"][0]["substances"]) == substances
    assert not [each for each in regimen["findings"] if each["severity"] != "info"]
    assert regimen["totals"] == []


@pytest.mark.parametrize(
    ("item", "substance", "milligrams"),
    [
        ("Biktarvy 1 tab daily", "bictegravir", 50),  # 30 mg is the tablet for children
        ("Truvada 1 tab daily", "emtricitabine", 200),
        ("Descovy 1 tab daily", "tenofovir alafenamide", 25),
        ("Epclusa 1 tab daily", "sofosbuvir", 400),
        ("Biktarvy 30/120/15 1 tab daily", "bictegravir", 30),
    ],
)
def test_a_strength_for_children_only_is_not_meant_where_none_is_named(
    item: str, substance: str, milligrams: int
) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert {each["substance"]: each["high"] for each in regimen["totals"]}[substance] == milligrams


def test_where_the_person_weighs_as_a_child_the_strength_is_asked() -> None:
    (regimen,) = doseref.check(["Biktarvy 1 tab daily"], weight=20).to_json()["regimens"]
    assert (regimen["totals"], regimen["items"][0]["product"]) == ([], None)
    assert "comes in several strengths" in regimen["not_assessed"][0]["reason"]


def test_an_inhaler_is_known_without_its_device() -> None:
    # 1 puff × 100 mcg = 100 mcg
    (regimen,) = doseref.check(["Trelegy 100/62.5/25 1 puff daily"]).to_json()["regimens"]
    assert sorted(regimen["items"][0]["substances"]) == ["fluticasone", "umeclidinium", "vilanterol"]
