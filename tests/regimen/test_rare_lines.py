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
]  # fmt: skip


@pytest.mark.parametrize("table", APART)
def test_columns_that_nobody_can_hold_together(table: str) -> None:
    regimen = listed(table)
    assert sums(regimen) == [] and "do not agree" in said(regimen)


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
    with pytest.raises(UsageError, match="is not a day like 1950-03-31"):
        listed("drug,sig,dob\nibuprofen,100 mg q8h,13/14/1950\n")


def test_two_ages_of_one_person_are_refused() -> None:
    with pytest.raises(UsageError, match="the age of one person is given as"):
        listed("drug,sig,age,dob\nacetaminophen,1000 mg q6h,4,1950-01-01\n")


def test_a_range_of_a_day_is_a_range() -> None:
    assert Range.of(1, "mg").scaled(0, 4) == Range(Decimal(0), Decimal(4), "mg")


def test_a_dose_on_a_day_of_a_cycle_counts_on_that_day() -> None:
    [person] = doseref.check(["Neulasta 6 mg SC once per cycle, day 2"]).to_json()["regimens"]
    assert sums(person) == [("pegfilgrastim", 6, 6, "mg")]
    assert {each["code"] for each in person["findings"]} >= {"R403"}


def test_too_much_once_on_a_later_day_is_heard() -> None:
    """5,000 mg on day 2 are above every maximum of a day; it was passed over without a word."""
    found = {(each["code"], each["severity"]) for each in judged("acetaminophen 5000 mg once, day 2")["findings"]}
    assert ("R101", "error") in found
