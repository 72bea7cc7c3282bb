"""Lines that few people write, each of which takes a turn of the arithmetic that no everyday line takes; all figures by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import doseref
from doseref.api import check
from doseref.errors import UsageError
from doseref.lists.files import read_file
from doseref.quantities import Range
from doseref.records import replace
from doseref.regimen.judge import in_unit_of
from doseref.result import Person

DATA = doseref.reference()


def judged(*items: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = doseref.check(list(items), **options).to_json()["regimens"][0]
    return found


def sums(regimen: dict[str, Any]) -> list[tuple[str, float, float, str]]:
    """Substance, low, high and unit of every total of a day."""
    days = [each for each in regimen["totals"] if each["per"] == {"value": 1, "unit": "d"}]
    return [(each["substance"], each["low"], each["high"], each["unit"]) for each in days]


def said(regimen: dict[str, Any]) -> str:
    return "\n".join(f"{each['code']} {each['message']}" for each in regimen["findings"])


COUNTED = [
    # the bottle's concentration beside a dose by body weight: 10 mg × 20 kg × 3
    ("ibuprofen 10 mg/kg (100 mg/5 mL) every 8 hours", {"weight": 20}, [("ibuprofen", 600, 600, "mg")]),
    # what is in one nebule, with its percentage in brackets: 2.5 mg × 4
    ("albuterol 2.5 mg/3 mL (0.083%) inhaled every 6 hours", {}, [("albuterol", 10, 10, "mg")]),
    # a maximum in tablets that bounds nothing here: of a day's total, of half tablets, of a week that it is far from
    ("metformin 2000 mg daily in divided doses, max 4 tablets in 24 hours", {}, [("metformin", 2000, 2000, "mg")]),
    ("acetaminophen 325 mg tablet: 500 mg every 6 hours, max 8 tablets per day", {}, [("acetaminophen", 2000, 2000, "mg")]),
    ("ibuprofen 200 mg tablet 1 tablet daily, max 14 tablets per week", {}, [("ibuprofen", 200, 200, "mg")]),
    # tablets of one ingredient say nothing of the other: 6 × 325 and 6 × 5
    ("Norco 5/325 1 tablet every 4 hours, max 8 tablets of acetaminophen per day", {},
     [("hydrocodone", 30, 30, "mg"), ("acetaminophen", 1950, 1950, "mg")]),
    # a weight that nobody has is not taken; the one given is: 1 mg × 20 kg × 2
    ("enoxaparin 1 mg/kg every 12 hours (weight 0.1 kg)", {"weight": 20}, [("enoxaparin", 40, 40, "mg")]),
    ("Tylenol Extra Strength 0 to 1 caplet every 6 hours, max 0 mg in 24 hours", {}, [("acetaminophen", 0, 0, "mg")]),
    # both nostrils, each eye; of a spray and its amount it stays open whether the amount is that of both
    ("fluticasone 50 mcg 1 spray both nostrils daily", {}, [("fluticasone", 100, 100, "ug")]),
    ("fluticasone 1 spray (50 mcg) in each nostril daily", {}, [("fluticasone", 50, 100, "ug")]),
    ("ketotifen 25 mcg in left eye and right eye daily", {}, [("ketotifen", 0.05, 0.05, "mg")]),
    ("diclofenac 1% gel 4 g to both knees 4 times daily", {}, [("diclofenac", 160, 320, "mg")]),
    # strengths that name their ingredients, in the order of neither the name nor the table
    ("amlodipine/benazepril (benazepril 20 mg/amlodipine 5 mg) 1 capsule daily", {},
     [("amlodipine", 5, 5, "mg"), ("benazepril", 20, 20, "mg")]),
    # a child's dose in mL is not held against milligrams per kilogram
    ("acetaminophen 5 mL every 6 hours", {"age": 8, "weight": 20}, [("acetaminophen", 20, 20, "mL")]),
    # no limit of a course's first days is turned into mL
    ("methocarbamol 5 mL daily", {}, [("methocarbamol", 5, 5, "mL")]),
    # a brand's own composition in brackets, wholly stated or only named
    ("Tylenol (acetaminophen 500 mg) 1 tablet daily", {}, [("acetaminophen", 500, 500, "mg")]),
    (
        "Norco (hydrocodone/acetaminophen) 5/325 1 tablet q6h",
        {},
        [("hydrocodone", 20, 20, "mg"), ("acetaminophen", 1300, 1300, "mg")],
    ),
    # the element is what counts, in whichever place its amount stands
    ("ferrous sulfate 5 mL (44 mg elemental iron) daily", {}, [("iron", 44, 44, "mg")]),
    # an export whose fields stand in the other order, a maker's letters, a mark in front of a mark
    ("sig=1 tab daily,drug=ibuprofen 400 mg", {}, [("ibuprofen", 400, 400, "mg")]),
    ("filgrastim-sndz 300 mcg daily", {}, [("filgrastim", 0.3, 0.3, "mg")]),
    ("- 1) Rx: ibuprofen 400 mg tds", {}, [("ibuprofen", 1200, 1200, "mg")]),
    # one dose on a day of its own counts on that day
    ("methotrexate 10 mg once, day 2", {}, [("methotrexate", 10, 10, "mg")]),
    ("ondansetron 8 mg once, day 3", {}, [("ondansetron", 8, 8, "mg")]),
    # what is handed out lasts as long as is said, or that cannot be told: alternatives, a length that is open
    ("prednisone 5 mg tablet, 1 tab daily or 2 tabs daily, 30 tablets for 30 days", {}, [("prednisone", 5, 10, "mg")]),
    ("prednisone 5 mg tablet 1 daily for 3 to 4 weeks, #28", {}, [("prednisone", 5, 5, "mg")]),
    ("metformin 500 mg daily 30 tablets 90 days supply", {}, [("metformin", 500, 500, "mg")]),
    # the same dose by the body weight and as an amount: 25 mg × 10 kg × 3
    ("amoxicillin 25 mg/kg (250 mg) three times daily", {"weight": 10}, [("amoxicillin", 750, 750, "mg")]),
    # a maximum by the body weight: six times 100 mg are 600, 40 mg × 10 kg are 400
    ("ibuprofen 10 mg/kg every 4 hours, max 40 mg/kg/day", {"weight": 10}, [("ibuprofen", 400, 400, "mg")]),
    # grams of a gel and what part of it is the drug: 5 g × 1/100; a tube of 100 g is no strength: 16 g × 1/100
    ("testosterone 1% gel 5 g packet, 1 packet daily", {}, [("testosterone", 50, 50, "mg")]),
    # a packet of a gel is put on the skin, wherever "gel" stands: no injection every two weeks (R107)
    ("testosterone 1% 5 g gel packet 1 packet daily", {}, [("testosterone", 50, 50, "mg")]),
    ("testosterone 1% gel packet 5 g 1 packet daily", {}, [("testosterone", 50, 50, "mg")]),
    ("Voltaren 1% gel 100 g apply 4 g four times daily", {}, [("diclofenac", 160, 160, "mg")]),
    # the number of a product and its strengths in brackets: three times 500 and 125
    ("Augmentin 625 (500+125) 1-1-1", {}, [("amoxicillin", 1500, 1500, "mg"), ("clavulanate", 375, 375, "mg")]),
    # one dose of two tablets, and one tablet of two drugs
    ("levothyroxine 100 mcg + 25 mcg daily", {}, [("levothyroxine", 125, 125, "ug")]),
    ("carbidopa/levodopa CR 25-100 mg twice daily", {}, [("carbidopa", 50, 50, "mg"), ("levodopa", 200, 200, "mg")]),
    # a dose in units and in mcg that are one: 50 × 40
    ("vitamin D3 50 mcg (2000 IU) daily", {}, [("vitamin D", 2000, 2000, "[IU]")]),
    # a liquid whose strengths stand in the other order than the names, by the proportion of a known product: 400 and 57
    # mg of a tablet, 100 and 20 mcg of a puff; the right order stays
    ("clavulanate/amoxicillin 400/57 mg/5 mL 5 mL twice daily", {},
     [("amoxicillin", 800, 800, "mg"), ("clavulanate", 114, 114, "mg")]),
    ("albuterol-ipratropium 0.5-2.5 mg/3 mL 1 vial every 6 hours", {},
     [("albuterol", 10, 10, "mg"), ("ipratropium", 2, 2, "mg")]),
    ("ipratropium-albuterol 0.5-2.5 mg/3 mL 1 vial every 6 hours", {},
     [("albuterol", 10, 10, "mg"), ("ipratropium", 2, 2, "mg")]),
    ("ipratropium-albuterol 0.5-3 mg/3 mL 1 vial every 6 hours", {},
     [("albuterol", 12, 12, "mg"), ("ipratropium", 2, 2, "mg")]),
    # worn for some hours of each day, however often is said: 0.4 mg × 12, and of two patches × 14
    ("nitroglycerin 0.4 mg/h patch, 12 hours on, 12 hours off", {}, [("nitroglycerin", 4.8, 4.8, "mg")]),
    ("nitroglycerin 0.4 mg/h patch every 24 hours, 12 hours on, 12 hours off", {}, [("nitroglycerin", 4.8, 4.8, "mg")]),
    ("nitroglycerin 0.4 mg/h 2 patches daily, 14 hours on, 10 hours off", {}, [("nitroglycerin", 11.2, 11.2, "mg")]),
    ("nitroglycerin 0.4 mg/h patch twice daily, 12 hours on, 12 hours off", {}, [("nitroglycerin", 800, 800, "ug/h")]),
    # what is handed out behind an instruction, and who wrote it
    ("amoxicillin 400 mg/5 mL 5 mL twice daily 100 mL, 0 refills", {}, [("amoxicillin", 800, 800, "mg")]),
    ("prednisone 20 mg 2 tablets daily on days 2 through 5 - 6 tablet", {}, [("prednisone", 40, 40, "mg")]),
    ("lisinopril 10 mg daily Dr. Smith", {}, [("lisinopril", 10, 10, "mg")]),
    # a dose between two sizes of tablet: its maximum in tablets is not applied, and that is told
    ("ibuprofen 300 mg tablets, 400 mg three times daily max 4 tablets a day", {}, [("ibuprofen", 1200, 1200, "mg")]),
]  # fmt: skip


@pytest.mark.parametrize(("item", "options", "expected"), COUNTED)
def test_what_it_comes_to(item: str, options: dict[str, Any], expected: list[tuple[str, float, float, str]]) -> None:
    regimen = judged(item, **options)
    assert sorted(sums(regimen)) == sorted(expected)
    assert not [each for each in regimen["findings"] if each["severity"] == "error"]


UNCOUNTED = [
    ("co-trimoxazole 8 mg/kg twice daily", {"weight": 20}, "does not say"),
    ("ipratropium-albuterol 0.5-2.5 mg/5 mL, 1 vial by nebulizer 4 times a day", {}, "how many mL of the liquid are taken is not said"),
    ("levothyroxine 1 tablet in the morning and 2 tablets at night", {}, "how much is in one tablet is not said"),
    ("enoxaparin 1 mg/kg every 12 hours, weight 40 kg", {"weight": 80}, "the line says a weight of 40 kg, and 80 kg was given"),
    ("amoxicillin 25 mg/kg (500 mg) three times daily", {"weight": 10},
     "25 mg/kg × 10 kg is 250 mg, and 500 mg is told beside it"),
    ("amoxicillin 15 mg/kg every 6 hours, weight 12 kg (50 lb)", {}, "12 kg is not 50 lb"),
    ("amoxicillin 15 mg/kg every 6 hours if weight 12 kg", {}, "a word that could reverse the meaning"),
    ("vitamin D3 50 mcg (20000 IU) daily", {}, "50 mcg of vitamin D-3 is not 20,000 units"),
    ("fentanyl 25 mcg 1 patch every 72 hours", {}, "whether it releases that in an hour or in a day"),
    ("levothyroxine 100 mcg + 26 mcg daily", {}, "R403"),  # no tablet has 26 mcg
    ("losartan 50 mg + 12.5 mg daily", {}, "R403"),  # the 12.5 mg are those of hydrochlorothiazide
    ("Senokot 12 mg 1 tablet daily", {}, "Senokot (sennosides 8.6 mg) does not come as 12 mg"),
    ("Voltaren 1% gel 2% four times daily", {}, "does not come as 2%"),
    ("Augmentin 625 (500+12.5) 1-1-1", {}, "'500': not understood"),
    ("Augmentin 625 (5.0.0+125) 1-1-1", {}, "R403"),  # no number; it ended in a traceback
    ("Augmentin 625 (5.0.0/.) 1-1-1", {}, "R40"),
    ("Augmentin 1 capsule twice daily", {}, "how much of each ingredient is in Augmentin is not in the data"),
    ("amoxicillin 400 mg/5 mL 5 mL twice daily, 15 mL, 2 refills", {}, "'15': a second dose"),  # 15 mL may be one
    ("semaglutide 2.4 mg tablet", {}, "R403"),
    ("lidocaine cream ??? to port site 1 hr before infusion not", {}, "R405"),
    ("amlodipine/benazepril (benazepril 20 mg/hydrochlorothiazide 5 mg) 1 capsule daily", {}, "R402"),
    ("Allegra-M 1 capsule daily", {}, "is known here in tablets only; capsules may have other strengths"),
    ("paracetamol/acetaminophen 500 mg/500 mg 1 tablet daily", {}, "R403"),  # one substance by two of its names
    ("24 hr allergy 10 mg daily", {}, "R401"),
    ("Fosamax Plus D 70/2800 5600 units weekly", {}, "R404"),
    ("insulin glargine 10 units od 30", {}, "'30': not understood"),  # a second dose, or how many pens
    # more pieces than are taken off behind an instruction
    ("lisinopril 10 mg tablets 1 tablet, normal, print, fax, otc, sample, class: normal, brand only, no generic, nhs", {}, "R403"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "options", "told"), UNCOUNTED)
def test_what_is_not_counted_is_told_once(item: str, options: dict[str, Any], told: str) -> None:
    regimen = judged(item, **options)
    assert sums(regimen) == []
    assert said(regimen).count(told) == 1


BESIDE = [
    # behind "GP" no name follows, but another frequency
    ("lisinopril 10 mg daily GP: bd", "lisinopril", 10, "'bd': a second, different frequency"),
    ("lisinopril 10 mg daily GP has doubled", "lisinopril", 10, "'doubled': not understood"),
    ("rizatriptan 10 mg daily, max 6 tablets per week", "rizatriptan", 10,
     "6 tablets per week is below what is taken day after day"),
    ("amoxicillin 500 mg capsules tid, quantity 3 for 7 days", "amoxicillin", 1500,
     "3 pieces are to last 7 days, and by this dosage they last 1"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "substance", "mg", "told"), BESIDE)
def test_what_is_counted_and_asked_about(item: str, substance: str, mg: int, told: str) -> None:
    regimen = judged(item)
    assert sums(regimen) == [(substance, mg, mg, "mg")]
    assert said(regimen).count(told) == 1


@pytest.mark.parametrize(
    ("first", "second", "high", "whole"),
    [
        ("40 mg in the morning", "20 mg at noon in addition to the morning dose", 60, True),
        ("40 mg daily", "20 mg daily in addition to the 40 mg dose", 60, True),
        ("40 mg daily", "20 mg daily in addition to 80 mg", 60, False),  # not that of the list
        ("40 mg daily", "20-40 mg daily in addition to the 40 mg dose", 80, False),
        ("as directed", "20 mg daily in addition to the 40 mg dose", 20, False),
    ],
)
def test_another_item_that_is_told_of(first: str, second: str, high: int, whole: bool) -> None:
    regimen = judged(f"furosemide {first}", f"furosemide {second}")
    assert [each[2] for each in sums(regimen)] == [high]
    assert ("is it in the list?" not in said(regimen)) is whole


def test_four_tablets_behind_one_a_week_are_a_pack() -> None:
    (total,) = judged("alendronate 70 mg one weekly 4 tabs")["totals"]
    assert (total["low"], total["high"], total["per"]) == (70, 70, {"value": 1, "unit": "wk"})


def test_each_side_of_a_pair_of_joints_is_left_open() -> None:
    """20 mg into the left and right knee: 20 in all, or 20 each."""
    (total,) = judged("hyaluronate 20 mg into left and right knee weekly")["totals"]
    assert (total["low"], total["high"], total["unit"]) == (20, 40, "mg")


def test_an_injection_is_no_slip_of_what_is_sprayed_into_the_nose() -> None:
    """40 mg of triamcinolone into a muscle, of which only the 220 mcg a day of the spray are known; as a spray they are."""
    assert "R109" not in said(judged("triamcinolone 40 mg IM once"))
    assert "R109" not in said(judged("triamcinolone 40 mg injection into right knee once"))
    assert "R109" in said(judged("triamcinolone 40 mg nasally daily"))
    assert "R109" in said(judged("triamcinolone 40 mg daily"))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("11/01/2026 to 11/10/2026", "11/11/2026 to 11/20/2026", False),
        ("11/01/2026 to 11/12/2026", "11/11/2026 to 11/20/2026", True),
        ("from 11/14/2026 to 11/20/2026", "from 11/21/2026", False),
    ],
)
def test_one_after_the_other_is_no_duplicate(first: str, second: str, told: bool) -> None:
    regimen = judged(f"lisinopril 10 mg daily, {first}", f"enalapril 5 mg daily, {second}")
    assert ("R202" in said(regimen)) is told


def test_an_item_without_an_amount_is_not_assessed() -> None:
    items = doseref.check(["lisinopril 10 mg daily", "lisinopril"]).regimens[0].items
    assert [item.assessed for item in items] == [True, False]


def test_units_are_words_wherever_a_product_is_described() -> None:
    regimen = judged("Fosamax Plus D 1 tablet weekly")
    assert "cholecalciferol 2,800 units" in said(regimen) and "[" not in said(regimen)


def test_a_source_that_gives_no_amount_per_time_is_told() -> None:
    regimen = judged("platelet-rich plasma 5 mL weekly")
    assert "the sources give no amount per time for it" in said(regimen)


def test_opioids_of_which_nothing_is_read_are_two_all_the_same() -> None:
    found = [
        (each["code"], each["severity"]) for each in judged("fentanyl as directed", "oxycodone as directed")["findings"]
    ]
    assert ("R202", "warning") in found and found.count(("R403", "warning")) == 2


def test_a_line_that_is_broken_and_not_all_understood_is_not_called_read() -> None:
    regimen = judged("gabapentin 300 mg\nthree times\ndaily bla blub")
    assert [item["status"] for item in regimen["items"]] == ["partly-read"]


def test_clock_times_in_litres_and_millilitres_meet() -> None:
    """15 mL on Mondays at 8 beside 0.03 L each day at 8: 45 mL."""
    (total,) = sums(judged("dextromethorphan 15 mL at 8 am on Monday", "dextromethorphan 0.03 L at 8 am"))
    assert total == ("dextromethorphan", 45, 45, "mL")


def test_a_limit_of_a_single_dose_is_no_amount_of_a_day() -> None:
    limit = replace(DATA.limits["ibuprofen"][0], amount=None)
    assert in_unit_of(limit, "mg", DATA, doseref.names.names(DATA), Decimal(70)) is None


# as of now --------------------------------------------------------------------------------------------------------------


def test_only_what_was_taken_has_a_next_dose() -> None:
    """Neither ibuprofen, of which nothing is told, nor what is spread, nor what is weekly."""
    for beside in (
        "ibuprofen 400 mg every 8 hours",
        "lidocaine 4% cream 5 g to the skin daily",
        "alendronate 70 mg once weekly",
    ):
        asked = judged("acetaminophen 1 g every 6 hours", beside, now="14:30", taken=["08:00 1 g"])["as_of"]
        assert [(each["substance"], each["taken"]) for each in asked] == [
            ("acetaminophen", {"amount": 1000, "unit": "mg"})
        ]


def test_what_nobody_can_turn_into_the_drug_is_refused() -> None:
    with pytest.raises(UsageError, match="how much acetaminophen is in 5 mL of item 1 is not known"):
        judged("acetaminophen 1 g every 6 hours", now="14:30", taken=["08:00 5 mL"])


def test_a_dose_above_the_maximum_never_fits() -> None:
    (one,) = judged("acetaminophen 5 g every 6 hours", now="14:30", taken=["08:00 1 g"])["as_of"]
    (following,) = one["next"]
    assert (following["at"], following["why"]) == (None, "one dose alone is above the maximum")


# columns ----------------------------------------------------------------------------------------------------------------


def listed(table: str) -> dict[str, Any]:
    people = read_file("r.csv", table.encode())
    (regimen,) = check([Person(person, tuple(given)) for person, given in people]).to_json()["regimens"]
    return dict(regimen)


TOGETHER = [
    # two maxima go together, and the lower one counts
    ('drug,sig,max daily dose\nacetaminophen,"1000 mg q4h prn, max 4 g per day",3 g\n', (0, 3000)),
    ("drug,sig,prn\nacetaminophen,1000 mg q6h prn,yes\n", (0, 4000)),
    # a route in other words than the sig's
    ("drug,sig,route\nacetaminophen,1000 mg by mouth q6h,PO\n", (4000, 4000)),
    ("drug,sig,route\nacetaminophen,1000 mg po q6h,oral\n", (4000, 4000)),
    ("drug,sig,route\nacetaminophen,500 mg in the morning and 1000 mg at night by mouth,oral\n", (1500, 1500)),
    # two tablets of 500 mg are the 1,000 mg
    ("drug,sig,dose\nacetaminophen,2 tablets of 500 mg q6h,1000 mg\n", (4000, 4000)),
    # a word of the sig that alone is no route; a unit beside an empty dose, where the sig has both
    ("drug,sig,route\nacetaminophen,1000 mg by mouth q6h,Mouth\n", (4000, 4000)),
    ("drug,sig,dose,dose unit\nacetaminophen,1000 mg q6h,,mg\n", (4000, 4000)),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), TOGETHER)
def test_columns_that_say_the_same(table: str, expected: tuple[int, int]) -> None:
    assert sums(listed(table)) == [("acetaminophen", *expected, "mg")]


APART = [
    "drug,sig,route\nacetaminophen,1000 mg by mouth q6h,IV\n",
    "drug,sig,route\nacetaminophen,1000 mg by mouth q6h,rectal\n",
    "drug,sig,frequency\nacetaminophen,500 mg in the morning and 1000 mg at night,bid\n",
    "drug,sig,dose\nacetaminophen,2 tablets q6h,1000 mg\n",  # of which strength?
    "drug,strength,sig,dose\nacetaminophen,500 mg,2 tablets q6h,2 capsules\n",
    "drug,sig,frequency\nacetaminophen,1000 mg q6h,per protocol\n",
]  # fmt: skip


@pytest.mark.parametrize("table", APART)
def test_columns_that_nobody_can_hold_together(table: str) -> None:
    regimen = listed(table)
    assert sums(regimen) == [] and "do not agree" in said(regimen)


def test_a_unit_without_a_dose_is_asked_about() -> None:
    regimen = listed("drug,sig,dose,dose unit\nacetaminophen,q6h,,mg\n")
    assert sums(regimen) == [] and "the column of the unit says 'mg' and that of the dose is empty" in said(regimen)


def test_months_of_age_are_years() -> None:
    """18 months are 1.5 years, 8 months 0.67."""
    ages = [listed(f"drug,sig,age\nibuprofen,100 mg q8h,{age}\n")["patient"]["age"] for age in ("18 months", "8 mths")]
    assert ages == [1.5, 0.67]


def test_a_day_of_birth_counts_where_its_order_does_not_matter() -> None:
    """31 December can be nothing else; 1/1 is the same either way. Of a baby's 3/4 it is not known which."""
    same = [
        listed(f"drug,sig,dob\nibuprofen,100 mg q8h,{day}\n")["patient"]
        for day in ("12/31/1950", "31/12/1950", "1950-12-31")
    ]
    assert same[0] == same[1] == same[2]
    told = listed("drug,sig,dob\nibuprofen,100 mg q8h,13/14/1950\n")
    assert told["patient"] == {
        "unclear": ["birth date: '13/14/1950' is no day that there was: write it like 1950-03-31"]
    }


def test_two_ages_of_one_person_are_told_and_neither_counts() -> None:
    told = listed("drug,sig,age,dob\nacetaminophen,1000 mg q6h,4,1950-01-01\n")
    ((unclear,),) = told["patient"].values()
    assert unclear.startswith("the age of one person is given as 4 and as ")
    assert [each["severity"] for each in told["findings"] if each["code"] == "R413"] == ["warning"]


def test_a_range_of_a_day_is_a_range() -> None:
    assert Range.of(1, "mg").scaled(0, 4) == Range(Decimal(0), Decimal(4), "mg")


def test_a_dose_on_a_day_of_a_cycle_counts_on_that_day() -> None:
    [person] = doseref.check(["Neulasta 6 mg SC once per cycle, day 2"]).to_json()["regimens"]
    assert sums(person) == [("pegfilgrastim", 6, 6, "mg")]
    assert "R403" not in {each["code"] for each in person["findings"]}


def test_too_much_once_on_a_later_day_is_heard() -> None:
    """5,000 mg on day 2 are above every maximum of a day; it was passed over without a word."""
    found = {(each["code"], each["severity"]) for each in judged("acetaminophen 5000 mg once, day 2")["findings"]}
    assert ("R101", "error") in found
