"""As of now: what was taken in the last 24 hours, and when the next dose fits."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.main import build
from doseref.errors import UsageError
from doseref.regimen.said_taken import minute_of
from doseref.reports.check_text import render

APAP = "acetaminophen 1 g every 6 hours as needed"


def _asked(items: list[str], now: str, taken: list[str], **options: object) -> list[dict[str, object]]:
    return list(doseref.check(items, now=now, taken=taken, **options).to_json()["regimens"][0]["as_of"])


def test_the_interval_holds_the_next_dose_back() -> None:
    """2 g of 3 g taken; 12:00 and 6 hours."""
    (one,) = _asked([APAP], "14:30", ["08:00 1 g, 12:00 1 g"])
    assert one["taken"] == {"amount": 2000, "unit": "mg"}
    assert one["next"] == [
        {"item": 1, "dose": 1000, "at": "18:00", "in_minutes": 210, "why": "6 hours after the last one"}
    ]


def test_the_maximum_holds_the_next_dose_back_until_the_oldest_is_a_day_ago() -> None:
    """20:00 (yesterday), 02:00 and 08:00: 3 g by 14:30; at 20:00 that of yesterday is out."""
    (one,) = _asked([APAP], "14:30", ["20:00 1 g, 02:00 1 g, 08:00 1 g"])
    assert one["taken"] == {"amount": 3000, "unit": "mg"}
    assert [(each["at"], each["in_minutes"]) for each in one["next"]] == [("20:00", 330)]


def test_the_policy_decides_which_maximum() -> None:
    """4 g by the most permissive article: the fourth gram fits as soon as 6 hours are over."""
    (one,) = _asked([APAP], "14:30", ["20:00 1 g, 02:00 1 g, 08:00 1 g"], policy="most-permissive")
    assert (one["maximum"], one["next"][0]["at"]) == (4000, "14:30")


def test_a_dose_of_exactly_a_day_ago_is_out_and_one_of_a_minute_later_is_in() -> None:
    (out,) = _asked([APAP], "14:30", ["yesterday 14:30 1 g"])
    (inside,) = _asked([APAP], "14:30", ["14:31 1 g"])
    assert (out["taken"]["amount"], inside["taken"]["amount"]) == (0, 1000)


def test_tablets_of_two_products_add_up_and_a_product_fits_when_all_of_it_does() -> None:
    """Tylenol 5 × 500 and Norco 325 are 2,825 mg: neither 1,000 nor 325 fits below 3,000 before 20:00.

    Of hydrocodone no maximum is known: of Norco nobody can say that it fits then.
    """
    items = [
        "Tylenol Extra Strength 500 mg 2 tablets every 6 hours as needed",
        "Norco 5/325 1 tablet every 6 hours as needed",
    ]
    asked = _asked(items, "14:30", ["20:00 2 tablets, 02:00 2 tablets, 08:30 1 tablet", "12:00 1 tablet"])
    assert asked[0]["taken"]["amount"] == 2825
    assert {(each["item"], each["at"]) for one in asked for each in one["next"]} == {(1, "20:00"), (2, None)}
    norco = asked[0]["next"][1]
    assert norco["unsaid"] is True
    assert norco["why"] == (
        "no maximum of hydrocodone is known here; not before 20:00: then an earlier dose is 24 hours ago"
    )


@pytest.mark.parametrize(
    ("item", "taken", "mg"),
    [
        ("paracetamol 500 mg 2 tabs qds prn", "07:00 1 dose", 1000),
        ("paracetamol 500 mg 2 tabs qds prn", "07:00 2", 1000),  # as the tablets that its instruction counts
        ("paracetamol 500 mg 2 tabs qds prn", "07:00 2 doses", 2000),
        ("paracetamol 500 mg 1-2 tabs qds prn", "07:00 2", 1000),
        ("paracetamol 1 g qds prn", "07:00 1 dose, 11:00 half a dose", 1500),
        ("acetaminophen 160 mg/5 mL, 20 mL every 6 hours as needed", "07:00 1 dose", 640),
    ],
)
def test_doses_and_bare_counts_are_those_of_the_item(item: str, taken: str, mg: int) -> None:
    assert _asked([item], "14:00", [taken])[0]["taken"] == {"amount": mg, "unit": "mg"}


@pytest.mark.parametrize(
    ("item", "taken", "told"),
    [
        ("paracetamol 1 g qds prn", "07:00 2", "2 of what? Write '1 dose', '2 tablets' or '1 g'"),
        ("paracetamol 500 mg 1-2 tabs qds prn", "07:00 1 dose", "one dose of item 1 is not one amount; say how much was taken"),
        ("prednisone 20 mg in the morning and 10 mg at night", "07:00 1 dose", "one dose of item 1 is not one amount"),
    ],
)  # fmt: skip
def test_what_a_dose_is_must_be_clear(item: str, taken: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        _asked([item], "14:00", [taken])


def test_a_dose_that_is_not_counted_never_lets_another_fit() -> None:
    asked = _asked([APAP, "acetaminophen some drops daily"], "14:30", ["08:00 1 g", ""])
    assert [each["at"] for each in asked[0]["next"]] == [None]


@pytest.mark.parametrize("taken", ["8 1 g", "25:00 1 g", "08:00", "08:00 some"])
def test_what_is_no_time_with_an_amount_is_refused(taken: str) -> None:
    with pytest.raises(UsageError):
        doseref.check([APAP], now="14:30", taken=[taken])


IBU = "ibuprofen 400 mg every 6 hours as needed"
PERCOCET = "Percocet 5/325 1 tablet every 6 hours as needed"


def _taken(items: list[str], taken: list[str]) -> dict[str, float]:
    result = doseref.check(items, now="14:30", taken=taken)
    return {result.data.name_of(one.substance): float(one.taken.value) for one in result.regimens[0].as_of}


def test_a_named_dose_is_of_the_item_of_that_name() -> None:
    """Each text stands beside the other's item; ibuprofen of 10:30 holds the next one back until 16:30."""
    taken = ["10:30 ibuprofen 400 mg", "06:00 paracetamol 1 g"]
    assert _taken([APAP, IBU], taken) == {"acetaminophen": 1000, "ibuprofen": 400}
    asked = _asked([APAP, IBU], "14:30", taken)
    assert [(each["item"], each["at"]) for one in asked for each in one["next"]] == [(1, "14:30"), (2, "16:30")]


@pytest.mark.parametrize(
    ("items", "taken", "amounts"),
    [
        ([APAP], ["06:00 acetaminophen 1 g"], {"acetaminophen": 1000}),
        ([APAP], ["06:00 Tylenol 1 g, 08:00 500 mg"], {"acetaminophen": 1500}),
        ([APAP], ["06:00 2 x 500 mg"], {"acetaminophen": 1000}),
        (["acetaminophen 650 mg 1 tablet every 6 hours"], ["06:00 2 tablets"], {"acetaminophen": 1300}),
        (["acetaminophen 650 mg 1 tablet every 6 hours"], ["06:00 2 tablets of 500 mg"], {"acetaminophen": 1000}),
        ([APAP, PERCOCET], ["06:00 1 g, 10:30 Percocet 5/325 1 tablet"], {"acetaminophen": 1325, "oxycodone": 5}),
        ([APAP, PERCOCET], ["", "10:30 Percocet 5/325 2 tablets"], {"acetaminophen": 650, "oxycodone": 10}),
        ([APAP], ["06:00 1 g", "10:30 Tylenol 500 mg"], {"acetaminophen": 1500}),
        # The drug of an item that could not be read is in the body all the same.
        ([APAP, "paracetamol some drops"], ["", "06:00 500 mg"], {"acetaminophen": 500}),
    ],
)
def test_what_was_taken_is_counted_as_what_it_is(items: list[str], taken: list[str], amounts: dict[str, float]) -> None:
    assert _taken(items, taken) == amounts


@pytest.mark.parametrize(
    ("items", "taken", "words"),
    [
        ([APAP], ["06:00 1 g, 10:30 oxycodone 5 mg"], "no item holds just that"),
        ([APAP], ["08:00 ibuprofen 400 mg"], "no item holds just that"),
        ([APAP], ["08:00 foozle 1 g"], "'foozle' is not a name known here"),
        ([APAP], ["08:00 Tylenl 1 g"], "is not a name known here"),
        ([APAP], ["10:30 Percocet 5/325 1 tablet"], "no item holds just that"),
        ([PERCOCET], ["10:30 oxycodone 5 mg"], "no item holds just that"),
        ([PERCOCET], ["10:30 Percocet 10/325 1 tablet"], "of another product or strength than item 1"),
        (["acetaminophen 650 mg 1 tablet q6h"], ["08:00 Tylenol Extra Strength 2 tablets"], "of another product"),
        ([APAP, "Tylenol 500 mg q6h", IBU], ["", "", "08:00 paracetamol 500 mg"], "may be of items 1 and 2"),
        ([APAP], ["", "08:00 1 g"], "stands beside no item"),
        ([APAP], ["08:00 refused 1 g"], "not a time and an amount"),
        ([APAP], ["08:00 1 to 2 g"], "not a time and an amount"),
    ],
)
def test_what_is_no_items_is_refused(items: list[str], taken: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        doseref.check(items, now="14:30", taken=taken)


def test_an_item_of_which_nothing_is_told_is_named() -> None:
    """Acetaminophen comes from both; of Percocet nothing is told as taken."""
    result = doseref.check([APAP, PERCOCET], now="14:30", taken=["06:00 1 g, 10:30 1 g"])
    assert result.regimens[0].as_of[0].untold == (2,)
    text = " ".join(render(result).split())
    assert "of item 2 nothing is told as taken: counted as none" in text
    assert "each item is asked about on its own: taking one may put off the others" in text


def test_a_time_without_what_was_taken_is_refused_at_the_prompt() -> None:
    words = ["check", APAP, "--now", "14:30"]
    done = CliRunner().invoke(build(words), words)
    assert isinstance(done.exception, UsageError | SystemExit)
    assert "OVER" not in done.stdout and "AS OF" not in done.stdout


@pytest.mark.parametrize(
    ("clock", "minute"),
    [
        ("14:30", 870), ("2:30 pm", 870), ("14.30", 870), ("1430h", 870), ("9am", 540), ("8 pm", 1200), ("8PM", 1200),
        ("12 am", 0), ("12 pm", 720), ("12:15am", 15), ("00:00", 0), ("0800 hrs", 480),
        ("1430", 870), ("0800", 480), ("noon", 720), ("Midday", 720), ("midnight", 0), ("2026-11-30 08:00", 480),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_the_head_of_a_column_is(clock: str, minute: int) -> None:
    assert minute_of(clock) == minute


@pytest.mark.parametrize(
    "clock", ["8", "143", "2430", "1460", "14300", "13 pm", "0 am", "25:00", "9:60", "2460h", "9 a", "9amm", "8-9 pm", "8 pm 9", "-8 pm", "8:5", "", "30.11.2026 08:00"]
)  # fmt: skip
def test_what_may_be_another_time_is_no_moment(clock: str) -> None:
    with pytest.raises(UsageError, match="is not a time of day like 14:30 or 8 pm"):
        minute_of(clock)


@pytest.mark.parametrize("said", ["08:00 1 g", "8am 1 g", "08.00 1 g", "0800h 1 g", "today 8 am: 1 g"])
@pytest.mark.parametrize("now", ["14:30", "2:30pm", "1430h"])
def test_times_are_read_and_told_in_one_way(said: str, now: str) -> None:
    """1 g at eight and every six hours: the next fits at two, and so now."""
    (told,) = doseref.check(["acetaminophen 1 g every 6 hours"], now=now, taken=[said]).regimens[0].as_of
    assert (told.now, str(told.taken)) == ("14:30", "1,000 mg")
    assert [wait for _, _, wait, _ in told.next_doses] == [0]


@pytest.mark.parametrize("said", ["8 1 g", "13 pm 1 g", "08:001 g", "1.30 g"])
def test_what_may_be_another_time_is_refused(said: str) -> None:
    with pytest.raises(UsageError):
        doseref.check(["acetaminophen 1 g every 6 hours"], now="14:30", taken=[said])


def _r414(item: str, now: str, *taken: str, **options: object) -> list[tuple[str, str]]:
    found = doseref.check([item], now=now, taken=list(taken), **options).findings
    return [(each.severity.word, each.message.partition(": ")[2]) for each in found if each.code == "R414"]


@pytest.mark.parametrize(
    ("item", "now", "taken", "told"),
    [
        # 2 + 2 g of at most 3 g, twice the dose, 3 of 6 hours
        (APAP, "08:00", "01:00 2 g, 04:00 2 g", {"error": "4,000 mg taken", "warning": "taken more at once|taken sooner"}),
        (APAP, "08:00", "22:00 4 g, 06:00 4 g", {"error": "8,000 mg taken", "warning": "taken more at once"}),
        (APAP, "08:00", "22:00 1 g, 02:00 1 g, 07:00 1 g", {"warning": "taken sooner"}),  # 3 g is the maximum; 4 and 5 hours
        (APAP, "14:30", "08:00 1 g, 20:00 1 g", {}),
        (APAP, "14:30", "08:00 500 mg, 12:00 500 mg", {"warning": "taken sooner"}),
        (APAP, "14:00", "15:00 1 g", {"warning": "a dose at 15:00, later than now (14:00), is counted as yesterday's"}),
        (APAP, "14:00", "yesterday 15:00 1 g", {}),
        (APAP, "14:00", "22:00 1 g", {}),  # last night's, as anybody tells it
        ("oxycodone 5-10 mg q4-6h prn", "14:00", "09:00 10 mg, 13:00 5 mg", {}),
        ("oxycodone 5-10 mg q4-6h prn", "14:00", "09:00 15 mg", {"warning": "taken more at once"}),
    ],
)  # fmt: skip
def test_what_was_taken_is_held_against_the_maximum_and_the_item(
    item: str, now: str, taken: str, told: dict[str, str]
) -> None:
    """8,000 mg taken of at most 3,000 were a line without a finding."""
    found = _r414(item, now, taken)
    for severity in ("error", "warning"):
        wanted = told.get(severity, "").split("|") if severity in told else []
        said = [message for word, message in found if word == severity]
        assert len(said) == len(wanted), said
        assert all(any(message.startswith(each) for message in said) for each in wanted), said


def test_a_time_of_today_that_is_still_to_come_is_refused() -> None:
    with pytest.raises(UsageError, match="'today 15:00 1 g' is later than now"):
        doseref.check([APAP], now="14:00", taken=["today 15:00 1 g"])


def test_what_was_taken_is_told_where_no_maximum_is_asked() -> None:
    ((severity, message), *_) = _r414("fexofenadine 180 mg once daily as needed", "08:00", "22:00 360 mg, 06:00 180 mg")
    assert (severity, message.split()[0]) == ("warning", "540")
    assert "above all that labels of any country give, 180 mg" in message


def test_it_is_over_by_the_policy() -> None:
    taken = "22:00 1 g, 04:00 1 g, 10:00 2 g"
    assert "error" in dict(_r414(APAP, "14:00", taken))
    assert "error" not in dict(_r414(APAP, "14:00", taken, policy="most-permissive"))  # 4,000 mg in one article


GB = {"country": "GB", "otc": True}


@pytest.mark.parametrize(
    ("items", "now", "taken", "options", "fits"),
    [
        # The line says no interval; the NHS says 4 hours, 6 are its four doses spread over the day.
        (["paracetamol 1 g qds prn"], "15:00", ["14:30 1 g"], GB, {1: "18:30"}),
        (["paracetamol 1 g qds prn"], "15:00", ["14:55 1 g"], GB, {1: "18:55"}),
        (["paracetamol 1 g four times a day"], "15:00", ["14:30 1 g"], GB, {1: "18:30"}),
        (["paracetamol 1 g up to four times a day"], "15:00", ["11:00 1 g"], GB, {1: "15:00"}),
        (["paracetamol 1 g every 6 hours as needed"], "15:00", ["11:00 1 g"], GB, {1: "17:00"}),
        # by the strictest policy 6 hours (two articles), by the most permissive one 4
        (["paracetamol 1 g qds prn"], "15:00", ["14:30 1 g"], {}, {1: "20:30"}),
        (["paracetamol 1 g qds prn"], "15:00", ["14:30 1 g"], {"policy": "most-permissive"}, {1: "18:30"}),
        # no more of an item in 24 hours than it says: two grams of two, though the maximum is four
        (["paracetamol 1 g bd prn"], "15:00", ["18:00 1 g, 08:00 1 g"], GB, {1: "18:00"}),
        # what another item holds of the same holds it back too
        (["paracetamol 1 g qds prn", "paracetamol 500 mg qds prn"], "15:00", ["08:00 1 g", "13:00 500 mg"], GB, {1: "17:00", 2: "17:00"}),
        (["paracetamol 1 g qds", "paracetamol 500 mg qds"], "15:00", ["", "13:00 500 mg"], GB, {1: "17:00", 2: "17:00"}),
        (["paracetamol 1 g qds prn", "co-codamol 8/500 2 tablets qds prn"], "15:00", ["08:00 1 g", "13:00 2 tablets"], GB, {1: "17:00", 2: "19:00"}),
        # its label allows 8 tablets in 24 hours: of codeine, of which no other maximum is known, 64 mg
        (["co-codamol 8/500 2 tablets every 4 hours as needed"], "15:00", ["18:00 2, 01:00 2, 05:00 2, 09:00 2"], GB, {1: "18:00"}),
        # a dose for breakthrough pain beside the twelve-hourly tablet is meant
        (["MST 30 mg every 12 hours", "Oramorph 10 mg/5 mL 5 mL every 4 hours as needed"], "12:00", ["08:00 30 mg", ""], {"country": "GB"}, {1: None, 2: None}),
        # ... of what is no opioid nobody means that
        (["Tylenol 8 HR 650 mg 2 tablets every 8 hours", "acetaminophen 500 mg qds prn"], "09:00", ["08:00 2 tablets", ""], {}, {1: "16:00", 2: "14:00"}),
        # steps that follow each other are one dose a day each
        (["prednisone 40 mg daily for 3 days, then 30 mg daily for 3 days, then 20 mg daily"], "09:00", ["08:00 40 mg"], {}, {1: None}),
        (["ibuprofen 400 mg tds"], "12:00", ["08:00 400 mg"], {}, {1: "14:00"}),
        # no maximum is known: nobody can say
        (["co-codamol 30/500 2 tablets qds prn"], "15:00", ["09:00 2 tablets"], {"country": "GB"}, {1: "15:00"}),
        (["warfarin 3 mg daily", "warfarin 1 mg daily"], "09:00", ["08:00 3 mg", ""], {}, {1: None, 2: None}),
        (["levothyroxine 100 mcg daily"], "09:00", ["yesterday 08:00 100 mcg"], {}, {1: None}),
    ],
)  # fmt: skip
def test_a_dose_never_fits_before_it_is_spaced(
    items: list[str], now: str, taken: list[str], options: dict[str, object], fits: dict[int, str | None]
) -> None:
    """ "One more dose fits now" half an hour after the last gram, where the line says no interval."""
    asked = _asked(items, now, taken, **options)
    assert {each["item"]: each["at"] for one in asked for each in one["next"]} == fits
    assert all(each.get("unsaid", False) is (each["at"] is None) for one in asked for each in one["next"])


def test_whose_the_spacing_is_is_told() -> None:
    (one,) = _asked(["paracetamol 1 g qds prn"], "15:00", ["14:30 1 g"], **GB)
    assert one["next"][0]["why"] == "4 hours after the last one: NHS: How and when to take paracetamol for adults"
    line = "levothyroxine 100 mcg twice daily"
    (one,) = _asked([line], "15:00", ["13:00 100 mcg"])
    assert one["next"][0]["why"] == (
        "no maximum of levothyroxine is known here; not before 01:00 tomorrow: 12 hours after the last one: 2 a day spread "
        "evenly, for the line says no interval"
    )
    text = " ".join(render(doseref.check([line], now="15:00", taken=["13:00 100 mcg"])).split())
    assert "item 1: whether one more dose (100 mcg) fits cannot be said (no maximum of levothyroxine" in text


def test_two_strengths_for_one_time_are_not_told_to_fit_or_not() -> None:
    """Two strengths of prednisolone taken daily may be meant for one time, and may be a doubling."""
    asked = _asked(["prednisone 20 mg daily", "prednisone 5 mg daily"], "09:00", ["08:00 20 mg", ""])
    two = asked[0]["next"][1]
    assert (two["at"], two["unsaid"]) == (None, True)


@pytest.mark.parametrize(
    ("item", "taken", "mg"),
    [
        ("Oramorph 10 mg/5 mL 5 mL every 4 hours as needed", "0900 5 ml", 10),
        ("Oramorph 10 mg/5 mL 5 mL every 4 hours as needed", "09:00 2.5 mL, 10:00 5 mL", 15),
        ("Oramorph 10 mg/5 mL 10 mg every 4 hours as needed", "09:00 5 mL", 10),
        ("Calpol 250 mg/5 mL 10 mL qds", "09:00 10 mL", 500),
        ("Calpol 250 mg/5 mL 10 mL qds", "09:00 250 mg", 250),
        ("Calpol 250 mg/5 mL 10 mL qds", "09:00 2 x 5 mL", 500),
        ("co-codamol 30/500 2 qds prn", "09:00 2 tablets", 1000),
        ("co-codamol 30/500 2 qds prn", "09:00 1 tablet, 10:00 2", 1500),
        ("paracetamol 500 mg 2 qds prn", "noon 2 tabs", 1000),
        ("paracetamol 500 mg 2 qds prn", "midnight 2, midday 1", 1500),
        ("paracetamol 500 mg 2 qds prn", "paracetamol 08:00 1g, 12:00 1g", 2000),
        ("paracetamol 500 mg 2 qds prn", "Panadol at 8 am 1 g", 1000),
        ("paracetamol 500 mg 2 qds prn", "paracetamol 8 am 1 g; 12:00 500 mg", 1500),
        ("paracetamol 500 mg 2 qds prn", "0800 2, 1200 1", 1500),
        ("paracetamol 500 mg 2 qds prn", "1000 mg", None),
        ("paracetamol 500 mg 2 qds prn", "paracetamol 1000 mg 2", None),
        ("paracetamol 500 mg 2 qds prn", "ibuprofen 08:00 400 mg", None),
        ("paracetamol 500 mg 2 qds prn", "07:00 1 dose", None),  # one of the two, or both?
        ("paracetamol 500 mg 2 qds prn", "2026-12-01 08:00 2", None),  # which day it is now is not said
        ("paracetamol 500 mg 2 qds prn", "09:00 10 mL", None),
        ("co-codamol 30/500 2 qds prn", "09:00 10 mL", None),
    ],
)  # fmt: skip
def test_what_was_taken_is_read_as_wards_write_it(item: str, taken: str, mg: int | None) -> None:
    if mg is None:
        with pytest.raises(UsageError):
            doseref.check([item], now="14:00", taken=[taken])
        return
    amounts = {one["substance"]: one["taken"]["amount"] for one in _asked([item], "14:00", [taken])}
    assert amounts.get("acetaminophen", amounts.get("morphine")) == mg


def test_a_date_before_the_time_is_counted_from_that_of_now() -> None:
    taken = "2026-11-30 08:00 2, 2026-11-30 23:00 2, 2026-12-01 09:00 1"
    (one,) = doseref.check(["paracetamol 500 mg 2 qds"], now="2026-12-01 1200", taken=[taken]).regimens[0].as_of
    assert (one.now, str(one.taken)) == ("12:00", "1,500 mg")  # that of 30 November at eight is more than a day ago
    for wrong in ("2026-12-01 13:00 2", "2026-12-02 08:00 2", "2026-02-30 08:00 2"):
        with pytest.raises(UsageError, match=r"later than now|no such day"):
            doseref.check(["paracetamol 500 mg 2 qds"], now="2026-12-01 12:00", taken=[wrong])
