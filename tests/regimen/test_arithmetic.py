"""What an item and a regimen come to, worked out by hand: rates, maxima, goals, weekdays, first doses, opioids."""

from __future__ import annotations

from typing import Any

import pytest

import doseref

DAY = {"value": 1, "unit": "d"}


def _regimen(*items: str) -> dict[str, Any]:
    found: dict[str, Any] = doseref.check(list(items)).to_json()["regimens"][0]
    return found


def _total(*items: str, per: str = "1d", substance: str = "") -> tuple[Any, ...]:
    totals = [
        (each["low"], each["high"], each["unit"])
        for each in _regimen(*items)["totals"]
        if f"{each['per']['value']}{each['per']['unit']}" == per and each["substance"].startswith(substance)
    ]
    assert len(totals) == 1, totals
    return totals[0]


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        ("acetaminophen 1000 mg every 360 minutes", 4000, 4000),
        ("acetaminophen 1000 mg twice every 6 hours", 8000, 8000),
        ("acetaminophen 1000 mg 28 times a week", 4000, 4000),
        ("acetaminophen 1000 mg 8 times per 48 hours", 4000, 4000),
        ("ibuprofen 400 mg every 30 minutes", 19200, 19200),
        # a day on which it is taken holds four doses, neither more nor less
        ("acetaminophen 1000 mg every 6 hours on weekends", 4000, 4000),
        ("acetaminophen 1000 mg Mon, Wed and Fri every 6 hours", 4000, 4000),
        ("acetaminophen 500 mg 8 times a week", 500, 1000),
        # two at once, and all two at bedtime
        ("acetaminophen 500 mg tablet: 2 tablets now and 2 tablets at bedtime", 1000, 2000),
    ],
)
def test_the_peak_of_a_day_comes_from_the_rate(item: str, low: int, high: int) -> None:
    assert _total(item) == (low, high, "mg")


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        # "max N doses" of a range of doses: N times its low and N times its high end
        ("acetaminophen 650-1000 mg q4h, max 4 doses per day", 2600, 4000),
        ("acetaminophen 500-1000 mg q4h, max 3 doses per day", 1500, 3000),
        ("acetaminophen 500 mg 1-2 tablets q4h, max 3 doses per day", 1500, 3000),
        # tablets are tablets however many are taken at once: 6 × 500
        ("acetaminophen 500 mg 1-2 tablets q4h, max 6 tablets per day", 3000, 3000),
        ("acetaminophen 500 mg 2 tablets q4h prn, max 6 tablets per day", 0, 3000),
        # a bare number counts what is counted; doses are doses
        ("acetaminophen 500 mg 1 to 2 every 4 to 6 hours up to a max of 8 per day", 2000, 4000),
        ("acetaminophen 500 mg 1 to 2 every 4 hours, max 5 doses per day", 2500, 5000),
        ("acetaminophen 1 g q4h, max 3 g per day", 3000, 3000),
        ("acetaminophen 1 g q6h, max 6 g per day", 4000, 4000),
        # a maximum of a longer period bounds each day of it
        ("acetaminophen 1000 mg q4h prn max 3 doses per week", 0, 3000),
        ("acetaminophen 1 g q2h prn, max 2 g per 48 hours", 0, 2000),
        # one of a shorter period begins anew: 3 × 1 g in 24 hours
        ("acetaminophen 500 mg q2h prn, max 1 g per 8 hours", 0, 3000),
        ("acetaminophen 500 mg q2h prn, max 1 g per 12 hours", 0, 2000),
        ("acetaminophen 500 mg q2h prn, max 1 g per 5 hours", 0, 5000),  # 24/5 begins five times
        # both parts share it
        ("acetaminophen 1000 mg q6h prn and 1000 mg at bedtime prn, max 3 g per day", 0, 3000),
        ("acetaminophen 1000 mg prn, max 4 g per day", 0, 4000),
        ("acetaminophen 1000 mg 28 times a week as needed, max 3 g per day", 0, 3000),
    ],
)
def test_the_items_own_maximum(item: str, low: int, high: int) -> None:
    assert _total(item) == (low, high, "mg")


@pytest.mark.parametrize(
    ("item", "acetaminophen", "hydrocodone"),
    [
        # 6 × 325 mg are cut at 1,300 mg, four tablets, which hold 4 × 5 mg
        ("5/325 mg 1 tablet q4h, max 1300 mg acetaminophen per day", (1300, 1300), (20, 20)),
        ("5/325 mg 1-2 tablets q4h prn, max 3.25 g APAP per day", (0, 3250), (0, 50)),  # ten tablets
        ("5/325 mg 1 tablet q6h prn, max 2.6 g acetaminophen per day", (0, 1300), (0, 20)),  # eight, of four
        ("5/325 mg 1 tablet q4h prn, max 20 mg hydrocodone per day", (0, 1300), (0, 20)),
        ("7.5-325 mg/15 mL 15 mL q4h prn, max 1300 mg acetaminophen per day", (0, 1300), (0, 30)),
    ],
)
def test_a_maximum_of_an_ingredient_bounds_the_tablets(
    item: str, acetaminophen: tuple[int, int], hydrocodone: tuple[int, int]
) -> None:
    """Nobody can leave out one ingredient of a tablet: where one of them is cut, so are the others."""
    assert _total(f"hydrocodone/acetaminophen {item}", substance="acetaminophen") == (*acetaminophen, "mg")
    assert _total(f"hydrocodone/acetaminophen {item}", substance="hydrocodone") == (*hydrocodone, "mg")


def test_a_maximum_of_a_drug_that_is_not_in_it_is_asked_about() -> None:
    item = "hydrocodone/acetaminophen 5/325 mg 1 tablet q4h prn, max 3 g ibuprofen per day"
    (regimen,) = doseref.check([item]).regimens
    assert not regimen.totals
    assert [each.code for each in doseref.check([item]).findings if each.severity.word == "warning"] == ["R402"]


def test_an_amount_without_its_ingredient_bounds_no_combination() -> None:
    item = "hydrocodone/acetaminophen 5/325 mg 1 tablet q4h, max 20 mg per day"
    assert _total(item, substance="acetaminophen") == (1950, 1950, "mg")


@pytest.mark.parametrize(
    ("item", "total"),
    [
        ("acetaminophen 1000 mg q6h max 4 mg/day", 4000),
        ("acetaminophen 500 mg 2 tablets q6h, max 1 tablet per day", 4000),
        ("acetaminophen 1000 mg q6h, max 900 mg per day", 4000),
    ],
)
def test_a_maximum_below_one_dose_is_told_and_never_obeyed(item: str, total: int) -> None:
    regimen = _regimen(item)
    assert regimen["items"][0]["status"] == "partly-read"
    assert any("is below one dose" in each["message"] for each in regimen["findings"])
    assert [each["high"] for each in regimen["totals"]] == [total]


def test_a_maximum_of_just_one_dose_is_obeyed() -> None:
    assert _total("acetaminophen 1000 mg q6h prn, max 1 g per day") == (0, 1000, "mg")


def test_a_dose_by_weight_is_cut_at_its_maximum() -> None:
    """15 mg/kg × 80 kg are 1,200 mg, at most 1,000 mg a dose; four of them, at most 3 g a day."""
    (regimen,) = doseref.check(
        ["acetaminophen 15 mg/kg q6h, max 1000 mg per dose, max 3 g per day"], weight=80
    ).to_json()["regimens"]
    ((low, high),) = [(each["low"], each["high"]) for each in regimen["totals"]]
    assert (low, high) == (3000, 3000)


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        ("gabapentin 300 mg tid, increase to 600 mg tid", 900, 1800),
        # the goal has a frequency of its own: 2 × 1,200, not three clock times of them
        ("gabapentin 300 mg at 08:00, 14:00 and 22:00, titrate to 1200 mg twice daily", 900, 2400),
        ("acetaminophen 650 mg at 08:00, 14:00 and 22:00, may increase to 2000 mg twice daily", 1950, 4000),
        # a goal in capsules of the strength that is counted
        ("gabapentin 300 mg 1 capsule tid, increase to 4 capsules qid", 900, 4800),
        ("gabapentin 300 mg tid, titrate to 1800 mg/day", 900, 1800),
        ("prednisone 5 mg daily, increase by 5 mg every week to 20 mg", 5, 20),
    ],
)
def test_a_rising_dose_is_judged_up_to_its_goal(item: str, low: int, high: int) -> None:
    assert _total(item) == (low, high, "mg")


def test_a_weekly_goal_stays_weekly() -> None:
    assert _total("methotrexate 15 mg weekly, increase to 25 mg weekly", per="1wk") == (15, 25, "mg")


def test_weekly_phases_follow_each_other() -> None:
    """15 mg a week and later 20 mg a week are never 35 mg a week."""
    assert _total("methotrexate 15 mg weekly for 4 weeks, then 20 mg weekly", per="1wk") == (20, 20, "mg")


@pytest.mark.parametrize(
    ("items", "high"),
    [
        # Saturday holds both, 2 + 4 × 1; other weekdays one of them
        (("acetaminophen 1 g every 6 hours on Saturday", "acetaminophen 1 g twice daily"), 6000),
        # no day holds both
        (("acetaminophen 1 g three times daily on Monday", "acetaminophen 1 g twice daily on Thursday"), 3000),
    ],
)
def test_weekdays_add_up_only_where_they_meet(items: tuple[str, ...], high: int) -> None:
    assert _total(*items)[1] == high


def test_clock_times_and_an_interval_meet_in_one_window() -> None:
    """Monday 22:00 and Tuesday 08:00 are 2 × 1,000 in one window; every 6 hours 4 × 500 come to each."""
    total = _total(
        "acetaminophen 1 g at 22:00 on Monday",
        "acetaminophen 1 g at 08:00 on Tuesday",
        "acetaminophen 500 mg every 6 hours",
    )
    assert total[1] == 4000


def test_a_window_keeps_the_items_own_maximum() -> None:
    """Four clock times of 1 g on Monday and on Tuesday, at most 3 g in any 24 hours."""
    total = _total("acetaminophen 1 g at 08:00, 12:00, 18:00 and 22:00 on Monday and Tuesday, max 3 g per day")
    assert total[1] == 3000


@pytest.mark.parametrize(
    ("item", "mme"),
    [
        ("morphine 20 mg/mL oral solution 0.5 mL every 4 hours", "60 mg"),  # 10 mg × 6 × 1
        ("oxycodone oral solution 5 mg/5 mL, 10 mL every 4 hours", "90 mg"),  # 10 mg × 6 × 1.5
        ("methadone 10 mg/5 mL oral solution 10 mL every 8 hours", "282 mg"),  # 20 mg × 3 × 4.7
        ("morphine oral solution 10 mg q4h", "60 mg"),
        ("fentanyl 0.1 mg/h patch every 72 hours", "240 mg"),  # 100 mcg/h × 2.4
        ("fentanyl 100 mcg/h patch every 72 hours", "240 mg"),
    ],
)
def test_opioids_count_in_every_form(item: str, mme: str) -> None:
    (finding,) = (each for each in _regimen(item)["findings"] if each["code"] == "R302")
    assert f"add up to {mme} oral morphine equivalents" in finding["message"]


@pytest.mark.parametrize("item", ["fentanyl 100 mcg patch q72h", "Duragesic 100 mcg patch every 72 hours"])
def test_a_patch_named_by_a_mass_is_told_and_not_counted(item: str) -> None:
    regimen = _regimen(item)
    assert regimen["totals"] == []
    assert any(each["code"] == "R404" and "100 mcg of a patch" in each["message"] for each in regimen["findings"])


@pytest.mark.parametrize(
    ("item", "high"),
    [
        ("acetaminophen 160 mg/5 mL oral solution, 40 mL every 4 hours", 7680),  # 8 × 160 × 6
        ("gabapentin 250 mg/5 mL oral solution 24 mL tid", 3600),  # 4.8 × 250 × 3
    ],
)
def test_a_liquid_with_its_concentration_is_counted_whatever_it_is_called(item: str, high: int) -> None:
    assert _total(item) == (high, high, "mg")


def test_the_volume_of_a_liquid_of_unknown_strength_is_told() -> None:
    regimen = _regimen("oxycodone solution 10 mL every 4 hours")
    assert regimen["totals"] == []
    assert any(each["code"] == "R405" for each in regimen["findings"])


def _findings(*items: str) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in _regimen(*items)["findings"]}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("acetaminophen 500 mg six times daily", None),  # 3,000 against 3,000 is within
        ("acetaminophen 500 mg 4 to 6 times daily", None),
        ("acetaminophen 500 mg 6 to 7 times daily", "R102"),  # 3,000 to 3,500
        ("acetaminophen 501 mg six times daily", "R101"),
        ("acetaminophen 501 mg 5 to 6 times daily", "R102"),
    ],
)
def test_at_the_maximum_is_within(item: str, code: str | None) -> None:
    found = {each for each in _findings(item) if each in ("R101", "R102")}
    assert found == ({code} if code else set())


def test_the_words_of_over_the_maximum() -> None:
    told = _findings("acetaminophen 1000 mg every 6 hours")["R101"]
    assert told["message"].startswith(
        "acetaminophen is over the maximum of 3 of 4 statements: 4,000 mg in 24 hours against 3,000 mg"
    )
    assert told["mend"] == "reduce the dose or take it less often"
    all_of_them = _findings(
        "acetaminophen 1000 mg every 4 hours", "acetaminophen 500 mg as needed, max 4 doses per day"
    )["R101"]
    assert all_of_them["message"].startswith(
        "acetaminophen is over the maximum of all 4 statements even with no as-needed dose taken: 6,000 to 8,000 mg in 24 hours"
    )
    assert all_of_them["mend"].startswith("reduce or stop one of")


def test_the_words_of_may_exceed() -> None:
    """The low end of 2,000 leaves 1,000 to the lowest maximum of 3,000."""
    told = _findings("acetaminophen 1000 mg 2 to 4 times daily")["R102"]
    assert "may exceed a maximum at the high end of the dosage: 2,000 to 4,000 mg in 24 hours" in told["message"]
    assert told["mend"] == "state a maximum per day: at most 1,000 mg more than what is surely taken"
    needed = _findings("acetaminophen 1000 mg every 6 hours as needed")["R102"]
    assert "may exceed a maximum if all as-needed doses are taken: 0 to 4,000 mg" in needed["message"]
    assert needed["mend"] == "state a maximum per day: at most 3,000 mg more than what is surely taken"


@pytest.mark.parametrize(
    ("item", "working"),
    [
        ("acetaminophen 500 mg every 6 hours, max 1500 mg per day",
         "500 mg × 4, at most 1,500 mg (own maximum 1,500 mg) = 1,500 mg in 24 hours"),
        ("acetaminophen 500 mg every 4-6 hours, max 5 doses per day",
         "500 mg × 4 to 6, at most 2,500 mg (own maximum 5 doses) = 2,000 to 2,500 mg in 24 hours"),
        ("acetaminophen 500 mg as needed, max 4 doses per day",
         "as needed, at most 2,000 mg (own maximum 4 doses) = 0 to 2,000 mg in 24 hours"),
        ("acetaminophen 1000 mg prn, max 3 g per day", "as needed, at most 3,000 mg (own maximum 3 g) = 0 to 3,000 mg in 24 hours"),
        ("methotrexate 15 mg weekly", "15 mg × 1 = 15 mg per week"),
        ("naproxen sodium 220 mg twice daily", "220 mg × 200/220 × 2 = 400 mg in 24 hours"),
        ("acetaminophen 0.5 g twice daily", "0.5 g (= 500 mg) × 2 = 1,000 mg in 24 hours"),
        ("acetaminophen 1500 mg per day in 3 divided doses", "1,500 mg = 1,500 mg in 24 hours"),
        ("ibuprofen 400 mg once", "400 mg = 400 mg in 24 hours"),
        ("ibuprofen 400 mg three times daily or 600 mg four times daily", "400 mg × 3 = 1,200 mg in 24 hours or 600 mg × 4 = 2,400 mg in 24 hours"),
    ],
)  # fmt: skip
def test_the_working_of_an_item(item: str, working: str) -> None:
    (exposure,) = _regimen(item)["items"][0]["exposure"]
    assert exposure["working"] == working


def test_what_a_shared_maximum_leaves() -> None:
    """4 × 500 = 2,000 and 3 × 500 of another 2,000; with three parts the last gets nothing."""
    (one, other) = _regimen("acetaminophen 1 g at 08:00 and 12:00 and 1 g at bedtime as needed, max 2500 mg per day")[
        "items"
    ][0]["exposure"]
    assert (one["high"], other["high"]) == (2000, 500)
    assert "of which the shared maximum leaves 0 to 500 mg" in other["working"]


@pytest.mark.parametrize(
    ("item", "high"),
    [
        # steps without an end, but with a daily maximum
        ("gabapentin 300 mg daily, increase by 300 mg every 3 days, max 1800 mg per day", 1800),
        ("gabapentin 300 mg twice daily, increase by 100 mg weekly to 600 mg", 1200),  # 600 twice a day
        ("prednisone 5 mg for 3 days, then 10 mg daily, increase to 20 mg daily", 20),
    ],
)
def test_rising_steps_end_where_they_are_said_to(item: str, high: int) -> None:
    assert _total(item)[1] == high


def test_rising_steps_without_an_end_are_told() -> None:
    regimen = _regimen("gabapentin 300 mg daily, increase by 300 mg every 3 days")
    assert any("no end of it is stated" in each["message"] for each in regimen["findings"])


def test_the_single_dose_of_a_goal_per_day_is_that_of_before() -> None:
    """1,800 mg a day in three doses of 600 is no single dose of 1,800."""
    item = _regimen("gabapentin 300 mg three times daily, titrate to 1800 mg/day")["items"][0]
    assert [each["per_dose"]["high"] for each in item["exposure"]] == [300, 300]
    assert [each["high"] for each in item["exposure"]] == [900, 1800]


def test_a_goal_in_capsules_of_a_dose_named_by_the_capsule() -> None:
    assert _total("gabapentin 300 mg capsule three times daily, increase to 2 capsules three times daily") == (
        900,
        1800,
        "mg",
    )
