"""A dose that looks like a slip is told though no source states a maximum; no labelled dose ever is."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref
from doseref.quantities import printed
from doseref.refdata import reference

EVERYDAY = Path(__file__).with_name("everyday.tsv")


@pytest.mark.parametrize(
    "item",
    [
        "Synthroid 25 mg daily",
        "digoxin 2.5 mg daily",
        "lisinopril 400 mg daily",
        "atorvastatin 800 mg daily",
        "warfarin 50 mg daily",
    ],
)
def test_a_slip_is_told(item: str) -> None:
    assert {f.code for f in doseref.check([item]).findings if f.severity.word != "info"} & {"R109", "R101"}


@pytest.mark.parametrize(
    "item",
    ["levothyroxine 300 mcg daily", "digoxin 250 mcg daily", "warfarin 10 mg daily", "lisinopril 40 mg daily",
     "gabapentin 1200 mg three times daily", "metformin 1000 mg twice daily", "prednisone 60 mg daily",
     "capecitabine 2500 mg twice daily", "colesevelam 3750 mg daily", "lapatinib 1250 mg daily",
     "Maalox 20 mL four times daily", "rifapentine 900 mg once weekly", "sodium phenylbutyrate 3 g three times daily", "melphalan 10 mg daily"],
)  # fmt: skip
def test_a_usual_dose_is_not(item: str) -> None:
    assert "R109" not in {finding.code for finding in doseref.check([item]).findings}


def test_the_message_names_the_largest_tablet() -> None:
    (told,) = [each for each in doseref.check(["warfarin 50 mg daily"]).findings if each.code == "R109"]
    assert "the largest tablet is 10 mg" in told.message


@pytest.mark.parametrize(
    ("item", "told"),
    [("metformin 300 mg, 1 tablet twice daily", True),
     ("metformin 850 mg, 1 tablet twice daily", False),
     ("warfarin 7.5 mg, 1 tablet daily", False),
     ("warfarin 8 mg, 1 tablet daily", True),
     ("levothyroxine 0.05 mg, 1 tablet daily", False),
     ("levothyroxine 55 mcg, 1 tablet daily", True),
     ("folic acid 5 mg, 1 tablet daily", False),
     ("aspirin 90 mg, 1 tablet daily", False),
     ("acetaminophen 400 mg, 1 tablet daily", False),
     ("metformin 300 mg daily", False)],
)  # fmt: skip
def test_a_strength_that_is_not_marketed_is_told_for_information(item: str, told: bool) -> None:
    found = [each for each in doseref.check([item]).findings if each.code == "R412"]
    assert bool(found) is told
    assert all(each.severity.word == "info" for each in found)


def test_no_labelled_day_taken_at_once_looks_like_a_slip() -> None:
    """Every oral amount per day that a source here gives, taken as one dose and read from the text as a user writes it."""
    data = reference()
    tried, told = 0, []
    for substance, limits in data.limits.items():
        for limit in limits:
            if (
                limit.amount is None
                or limit.unit != "mg"
                or limit.route != "oral"
                or limit.per is None
                or not limit.per.is_day
            ):
                continue
            item = f"{data.name_of(substance)} {printed(limit.amount).replace(',', '')} mg by mouth once daily"
            result = doseref.check([item])
            tried += bool(result.regimens[0].totals)
            told += [item for finding in result.findings if finding.code == "R109"]
    assert told == []
    assert tried > 300


def test_no_usual_instruction_looks_like_a_slip() -> None:
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()[1:]
    told = [
        line
        for line in lines
        if any(f.code == "R109" for f in doseref.check([" ".join(line.split("\t")[:2])]).findings)
    ]
    assert told == []
    assert len(lines) > 300


def test_a_single_dose_is_compared_not_a_day() -> None:
    """Eight tablets of 65 mg in a day are 520 mg of caffeine: each of them is the usual tablet."""
    findings = doseref.check(["Excedrin Migraine 2 caplets every 6 hours"]).findings
    assert "R109" not in {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("clonazepam 50 mg at bedtime", "R109"),  # 20 mg a day at most
        ("warfarin 50 mg daily", "R109"),  # the largest tablet is 10 mg
        ("alprazolam 25 mg three times daily as needed", "R109"),
        ("lisinopril 120 mg daily", "R110"),  # 80 mg is the most that the label recommends, and this half as much again
        ("apixaban 10 mg twice daily", "R110"),  # without an end: 10 mg a day after the first 7
        ("metformin 2500 mg twice daily", "R110"),  # 2,550 mg in Korea
        ("Mucinex DM 1200/60 2 tablets twice daily", "R110"),  # 4,800 mg; labels of 400 and 600 mg end at 2,400 mg
        ("loperamide 8 mg four times daily", "R110"),  # 8 mg over the counter, 12 mg in GB, 16 mg in Korea
        ("loperamide 5 mg four times daily", "R110"),  # 20 mg: still above them all
        ("colchicine 1.2 mg three times daily", "R110"),  # 2.4 mg for familial Mediterranean fever, 1.2 mg for gout
        ("ondansetron 8 mg every hour", "R106"),
    ],
)
def test_far_beyond_everything_is_a_warning(item: str, code: str) -> None:
    assert {code, "R101"} & {f.code for f in doseref.check([item]).findings if f.severity.word != "info"}


@pytest.mark.parametrize(
    "item",
    ["loperamide 4 mg three times daily", "topiramate 300 mg twice daily", "loratadine 10 mg prn", "epinephrine 0.3 mg IM prn anaphylaxis", "nitroglycerin 0.4 mg SL prn chest pain", "Calcium 600 mg + D3 1 tab daily",
     "multivitamin 1 daily", "prenatal vitamin 1 tablet daily", "Budesonide/formoterol 200/6 2 puffs twice daily", "Calcium 600 mg with D daily",
     "macrogol 1 sachet daily", "nitroglycerin 0.4 mg SL prn chest pain, may repeat every 5 min x 3", "warfarin 3 mg daily as per INR"],
)  # fmt: skip
def test_what_a_pharmacist_would_not_ask_about_is_no_warning(item: str) -> None:
    assert [f.message for f in doseref.check([item]).findings if f.severity.word != "info"] == []


@pytest.mark.parametrize(
    "item", ["oxycodone 5 mg prn", "acetaminophen 1500 mg prn", "lorazepam 0.5 mg prn", "Percocet 1 tab q6h"]
)
def test_what_has_no_ceiling_or_no_strength_is_asked_about(item: str) -> None:
    assert {f.code for f in doseref.check([item]).findings if f.severity.word == "warning"} & {"R402", "R403"}


@pytest.mark.parametrize(
    "item",
    ["Carbidopa-levodopa CR 25-100 mg twice daily", "nitroglycerin SL 0.4 mg prn chest pain x3", "Fiasp 14 units with each meal",
     "dorzolamide-timolol 1 drop each eye twice daily", "zoledronic acid 4 mg IV every 4 weeks"],
)  # fmt: skip
def test_usual_ways_of_writing_are_no_warning(item: str) -> None:
    assert [f.message for f in doseref.check([item]).findings if f.severity.word != "info"] == []


def test_two_strengths_with_a_dash_are_those_of_one_tablet() -> None:
    """25 mg of carbidopa and 100 mg of levodopa, twice."""
    totals = doseref.check(["Carbidopa-levodopa CR 25-100 mg twice daily"]).regimens[0].totals
    assert {t.substance: (t.amount.low, t.amount.high) for t in totals} == {
        "carbidopa": (50, 50),
        "levodopa": (200, 200),
    }


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("digoxin 1.25 mg daily", "500 mcg"),  # twice and a half: one dose too many of digoxin is dangerous
        ("methimazole 100 mg three times daily", "60 mg"),  # 300 mg are five times the most of a day
    ],
)
def test_a_slip_that_only_the_day_or_the_kind_of_drug_shows_is_told(item: str, words: str) -> None:
    assert [words in f.message for f in doseref.check([item]).findings if f.code == "R109"] == [True]


@pytest.mark.parametrize("item", ["digoxin 0.5 mg daily", "methimazole 60 mg daily", "morphine ER 200 mg twice daily"])
def test_a_high_dose_that_is_given_is_no_slip(item: str) -> None:
    assert [f.message for f in doseref.check([item]).findings if f.code == "R109"] == []


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("Metoprolol succinate ER 100 mg four times daily", "R106"),
        ("Exelon patch 9.5 mg/24 h apply a new patch twice daily", "R106"),
        ("Exelon patch 9.5 mg/24 h daily", ""),
        ("Bydureon 2 mg subcut daily", "R107"),
        ("Bydureon 2 mg subcut once weekly", ""),
        ("Xgeva 120 mg every 4 weeks", ""),
        ("denosumab 60 mg monthly", "R106"),
    ],
)
def test_the_interval_of_a_form_is_its_own(item: str, code: str) -> None:
    loud = {f.code for f in doseref.check([item]).findings if f.severity.word != "info"}
    assert code in loud if code else loud == set()


@pytest.mark.parametrize(
    "item",
    [
        "Lantus 200 units at bedtime",
        "insulin glargine 2000 units daily",
        "Novolog 300 units three times daily",
        "Lantus 150 units three times daily",
        "potassium chloride 400 mEq daily",
        "potassium chloride 200 mEq daily",
        "heparin 50000 units subcutaneously every 12 hours",
    ],
)
def test_a_slip_in_units_or_in_mEq_is_told(item: str) -> None:
    assert {f.code for f in doseref.check([item]).findings if f.severity.word != "info"} & {"R109", "R110"}


@pytest.mark.parametrize(
    "item",
    [
        "Lantus 160 units at bedtime",
        "Toujeo 100 units once daily",
        "Novolog 40 units three times daily",
        "Humulin R U-500 150 units three times daily",
        "insulin human 500 units/mL, 170 units three times daily",
        "potassium chloride 40 mEq twice daily",
        "Klor-Con M20 20 mEq, 1 tablet twice daily",
        "heparin 5000 units subcutaneously every 8 hours",
        "heparin 20000 units subcutaneously every 12 hours",
    ],
)
def test_a_usual_dose_in_units_or_in_mEq_is_not(item: str) -> None:
    assert not {f.code for f in doseref.check([item]).findings if f.severity.word != "info"}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("clopidogrel 750 mg once daily", "a tenth of one dose is the tablet of 75 mg"),
        ("prasugrel 100 mg once daily", "a tenth of one dose is the tablet of 10 mg"),
        ("ciprofloxacin 5000 mg once daily", "a tenth of one dose is the"),
        ("selegiline 50 mg twice daily", "the largest dose a source here gives is 10 mg"),
        ("methotrexate 200 mg subcutaneously once weekly", "200 mg per week"),
        ("ibandronate 1500 mg once a month", "1,500 mg per month"),
        ("etanercept 500 mg subcutaneously once weekly", "500 mg per week"),
    ],
)
def test_a_zero_too_many_is_asked_about(item: str, words: str) -> None:
    (finding,) = [each for each in doseref.check([item]).findings if each.code == "R109"]
    assert words in finding.message


@pytest.mark.parametrize(
    "item",
    [
        "clopidogrel 300 mg once",
        "prasugrel 60 mg once",
        "dexamethasone 40 mg once weekly",
        "gabapentin 1000 mg three times daily",
        "Zoladex 10.8 mg SC every 12 weeks",
        "ibandronate 150 mg once a month",
        "etanercept 50 mg subcutaneously once weekly",
        "methotrexate 20 mg once weekly",
        "vancomycin 2.5 g IV once",  # a capsule of 250 mg says nothing of an infusion
    ],
)
def test_a_tenth_that_is_sold_alone_is_no_slip(item: str) -> None:
    assert not [each for each in doseref.check([item]).findings if each.code == "R109"]


def test_far_above_the_usual_range_is_a_warning() -> None:
    """Hydroxyzine: 400 mg a day at most by the label; 1,000 mg are two and a half times that."""
    (finding,) = [
        each for each in doseref.check(["hydroxyzine 250 mg every 6 hours as needed"]).findings if each.code == "R110"
    ]
    assert finding.severity.word == "warning"
    assert "0 to 1,000 mg in 24 hours, may be above the usual range of the label, 400 mg" in finding.message


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("Micardis Plus 80/12.5 1 tablet every 4 hours", "telmisartan, 480 mg in 24 hours"),
        ("Fexofenadine 120 mg tablets, one every 4 hours", "fexofenadine, 720 mg in 24 hours"),
        ("Trelegy Ellipta 92/55/22 one inhalation every 4 hours", "umeclidinium, 330 mcg in 24 hours"),
    ],
)
def test_a_product_taken_far_too_often_is_a_warning(item: str, words: str) -> None:
    """So many tablets are no slip of a unit; that they are far too many is told all the same."""
    (finding,) = [
        each for each in doseref.check([item]).findings if each.code == "R110" and each.severity.word == "warning"
    ]
    assert words in finding.message
