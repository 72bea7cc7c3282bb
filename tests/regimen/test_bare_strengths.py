"""A number without a unit behind a name, and a composition behind the instruction: what can only be a strength is one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from doseref import check

READ = [
    ("Tab Telma 40 1-0-0", {"telmisartan": (40, 40, "mg")}),
    ("Cap Omez 20 1-0-1", {"omeprazole": (40, 40, "mg")}),
    ("Dolo 650 1 tab tds", {"acetaminophen": (1950, 1950, "mg")}),
    ("Ecosprin 75 0-1-0", {"aspirin": (75, 75, "mg")}),
    ("Lasix 40 2 mane 1 noon", {"furosemide": (120, 120, "mg")}),
    ("warfarin 5 1 tab daily", {"warfarin": (5, 5, "mg")}),
    ("gabapentin 300 3 caps tid", {"gabapentin": (2700, 2700, "mg")}),
    ("Breo Ellipta 100 1 puff daily", {"fluticasone": (100, 100, "ug"), "vilanterol": (25, 25, "ug")}),
    ("Symbicort 160 2 puffs bid", {"budesonide": (640, 640, "ug"), "formoterol": (18, 18, "ug")}),
    ("Advair Diskus 250 1 puff bid", {"fluticasone": (500, 500, "ug"), "salmeterol": (100, 100, "ug")}),
    # a brand that is sold in pieces of that strength: nobody takes five of a strength that is not said
    ("Eliquis 5 BID", {"apixaban": (10, 10, "mg")}),
    ("Lipitor 20 qd", {"atorvastatin": (20, 20, "mg")}),
    ("Xarelto 20 qpm", {"rivaroxaban": (20, 20, "mg")}),
    ("Synthroid 88 daily", {"levothyroxine": (88, 88, "ug")}),
    # the pair behind a brand in brackets, a device or a form has the units of a known product, never simply milligrams
    (
        "fluticasone/salmeterol (Advair Diskus) 250/50 1 puff BID",
        {"fluticasone": (500, 500, "ug"), "salmeterol": (100, 100, "ug")},
    ),
    (
        "fluticasone/salmeterol inhaler 250/50 1 puff BID",
        {"fluticasone": (500, 500, "ug"), "salmeterol": (100, 100, "ug")},
    ),
    (
        "salmeterol/fluticasone inhaler 25/250 1 puff BID",
        {"fluticasone": (500, 500, "ug"), "salmeterol": (50, 50, "ug")},
    ),
    (
        "budesonide/formoterol (Symbicort) 160/4.5 2 puffs BID",
        {"budesonide": (640, 640, "ug"), "formoterol": (18, 18, "ug")},
    ),
    (
        "fluticasone furoate/vilanterol (Relvar Ellipta) 92/22 1 puff OD",
        {"fluticasone": (92, 92, "ug"), "vilanterol": (22, 22, "ug")},
    ),
    (
        "fluticasone/umeclidinium/vilanterol (Trelegy Ellipta) 100/62.5/25 1 puff daily",
        {
            "fluticasone": (100, 100, "ug"),
            "umeclidinium": (Decimal("62.5"), Decimal("62.5"), "ug"),
            "vilanterol": (25, 25, "ug"),
        },
    ),
    (
        "losartan/HCTZ tablets 50/12.5 1 tab daily",
        {"losartan": (50, 50, "mg"), "hydrochlorothiazide": (Decimal("12.5"), Decimal("12.5"), "mg")},
    ),
    # a composition behind the instruction
    (
        "Tab Cyclopam 1-1-1 x 2 days (dicyclomine 20 mg + paracetamol 500 mg)",
        {"dicyclomine": (60, 60, "mg"), "acetaminophen": (1500, 1500, "mg")},
    ),
    (
        "Norco 1 tab q6h (hydrocodone 5 mg/acetaminophen 325 mg)",
        {"hydrocodone": (20, 20, "mg"), "acetaminophen": (1300, 1300, "mg")},
    ),
    # what it was before, what is looked at, when it was filled
    ("Increased: Lantus from 16 to 20 units at bedtime", {"insulin glargine": (20, 20, "[IU]")}),
    ("Decreased: prednisone from 40 mg daily to 20 mg daily", {"prednisone": (20, 20, "mg")}),
    ("12/02/25 metformin 500 mg bid", {"metformin": (1000, 1000, "mg")}),
    ("Rx#6612345 metformin 500 mg bid", {"metformin": (1000, 1000, "mg")}),
    ("metformin 500 mg bid, tacrolimus level due Friday", {"metformin": (1000, 1000, "mg")}),
    # a rate that runs all day
    ("morphine 2 mg/h infusion", {"morphine": (48, 48, "mg")}),
    ("morphine 1 mg/mL, 2 mL/h SC infusion", {"morphine": (48, 48, "mg")}),
    ("take two Tylenol 500 mg every 6 hours", {"acetaminophen": (4000, 4000, "mg")}),
]
NOT_READ = [
    "acetaminophen 500 q6h",  # 500 what?
    "metformin 500 bd",
    "Xanax 2 tid",  # 2 mg, or two tablets?
    "Medrol 4 daily",
    "Trexall 5 weekly",
    "Eliquis 4 BID",  # there is no such tablet
    "warfarin 5 2.5 alternate days",  # two doses, and no count
    "furosemide 40 20 od",
    "warfarin 5 4 daily",
    "ramipril 5 2.5 mg daily",
    "ibuprofen 400 mg tid (paracetamol 500 mg + codeine 8 mg)",  # another product in the bracket
    "morphine 2 mg/h IV for 4 hours",  # how often is not said
    "fluticasone/salmeterol inhaler 240/60 1 puff bid",  # no inhaler holds these, in whichever unit
    "fluticasone/salmeterol inhaler 500 1 puff bid",
    "fluticasone/salmeterol inhaler 1-2 puffs bid",
    "losartan/HCTZ tablets 1/2 daily",  # half a tablet of which strength?
    "losartan/HCTZ tab 10/7",  # ten days
]


AT_A_MEAL = {  # once a day at a meal that is named, as "OD" behind a strength
    "Tab Ecosprin 75 after lunch": {"aspirin": (75, 75, "mg")},
    "Telma 40 after breakfast": {"telmisartan": (40, 40, "mg")},
    "Tab Amlong 5 with dinner": {"amlodipine": (5, 5, "mg")},
    "Thyronorm 50 before breakfast": {"levothyroxine": (50, 50, "ug")},
}
AT_TWO_MEALS = ["Tab Ecosprin 75 after lunch and dinner", "Tab Ecosprin 2 after lunch", "Oramorph 10 before breakfast"]


@pytest.mark.parametrize("item", AT_TWO_MEALS)
def test_a_meal_alone_makes_no_strength(item: str) -> None:
    assert check([item]).to_json()["regimens"][0]["totals"] == []


@pytest.mark.parametrize(("item", "wanted"), [*READ, *AT_A_MEAL.items()])
def test_is_read(item: str, wanted: dict[str, tuple[int, int, str]]) -> None:
    [person] = check([item]).to_json()["regimens"]
    assert person["items"][0]["status"] == "read"
    totals = {total["substance"]: (total["low"], total["high"], total["unit"]) for total in person["totals"]}
    assert totals == {name: (Decimal(low), Decimal(high), unit) for name, (low, high, unit) in wanted.items()}


@pytest.mark.parametrize("item", NOT_READ)
def test_is_not_read(item: str) -> None:
    [person] = check([item]).to_json()["regimens"]
    assert person["items"][0]["status"] != "read"
    assert person["totals"] == []


ASKED = [  # a number that is one marketed strength, once a day at most: which unit is asked, and nobody is warned
    "ASA 81",
    "aspirin 81 daily",
    "atorvastatin 20 od",
    "Flomax 0.4 qhs",
    "rosuvastatin 10 nocte",
]
WARNED = [  # something hangs on it, it is no strength that is made, or it is taken more than once a day
    "warfarin 5 daily",
    "digoxin 0.125 daily",
    "methotrexate 10 weekly",
    "tramadol 50 daily",
    "metformin 500 bd",
    "simvastatin 400 nocte",
    "levothyroxine 88",
    "lisinopril 2 daily",
]


@pytest.mark.parametrize("item", ASKED)
def test_a_unit_that_is_left_out_is_asked(item: str) -> None:
    [person] = check([item]).to_json()["regimens"]
    assert person["totals"] == []  # nothing is added up
    told = [(each["code"], each["severity"]) for each in person["findings"] if each["code"] != "R407"]
    assert told == [("R403", "info")]


@pytest.mark.parametrize("item", WARNED)
def test_a_unit_that_something_hangs_on_is_a_warning(item: str) -> None:
    [person] = check([item]).to_json()["regimens"]
    assert person["totals"] == []
    assert [(each["code"], each["severity"]) for each in person["findings"]] == [("R403", "warning")]


WRITTEN_OUT = [
    ("TMP-SMX DS 1 tab bid", {"trimethoprim": 320, "sulfamethoxazole": 1600}),
    ("SMX/TMP 400-80 mg 1 tab daily", {"sulfamethoxazole": 400, "trimethoprim": 80}),
    ("SMX-TMP SS 400-80 mg 1 tab daily", {"sulfamethoxazole": 400, "trimethoprim": 80}),
    ("SMZ-TMP SS 1 tab daily", {"sulfamethoxazole": 400, "trimethoprim": 80}),
    ("sulfamethoxazole-trimethoprim DS 1 tab bid", {"sulfamethoxazole": 1600, "trimethoprim": 320}),
    ("co-trimoxazole 960 mg bd", {"trimethoprim": 320, "sulfamethoxazole": 1600}),
    ("co-trimoxazole 480 mg 2 tabs bd", {"trimethoprim": 320, "sulfamethoxazole": 1600}),
    ("micronized progesterone 100 mg qhs", {"progesterone": 100}),
    ("Symbicort 200/6 Turbohaler 1p BD", {"budesonide": 400, "formoterol": 12}),
    ("Flixotide 50mcg Evohaler 2p BD via spacer", {"fluticasone": 200}),
    ("Aspirin 75mg disp OM", {"aspirin": 75}),
    ("Ticagrelor 90mg BD (stop after 12 months)", {"ticagrelor": 180}),
    ("Doxycycline 100 mg PO OD - 3 days left then STOP", {"doxycycline": 100}),
    ("Sulfasalazine EN 500mg 2 BD", {"sulfasalazine": 2000}),
    ("micronised fenofibrate 134 mg daily", {"fenofibrate": 134}),
]


@pytest.mark.parametrize(("item", "wanted"), WRITTEN_OUT)
def test_short_ways_of_writing_are_written_out(item: str, wanted: dict[str, int]) -> None:
    [person] = check([item]).to_json()["regimens"]
    assert {total["substance"]: total["high"] for total in person["totals"]} == wanted


def test_a_combination_without_its_strength_has_none() -> None:
    [person] = check(["TMP-SMX bid"]).to_json()["regimens"]
    assert person["totals"] == []


def test_supplements_side_by_side_are_one_item() -> None:
    found = check(["glucosamine chondroitin 1500 mg daily"]).findings
    assert {each.severity.word for each in found} == {"info"}
