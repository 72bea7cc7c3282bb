"""An item that names a substance without a known amount is told beside its total, never left out of it silently."""

from __future__ import annotations

import pytest

import doseref
from doseref.reports import check_html, check_tables, check_text


@pytest.mark.parametrize("item", ["Tylenol Sinus 650 mg 2 caplets every 8 hours", "Percocet 2 tabs q6h"])
def test_a_total_names_the_item_it_does_not_count(item: str) -> None:
    result = doseref.check([item, "Tylenol 500 mg 2 tablets q8h"])
    (total,) = (each for each in result.to_json()["regimens"][0]["totals"] if each["substance"] == "acetaminophen")
    # 2 tablets × 500 mg × 3 = 3,000 mg of item 2 alone
    assert (total["low"], total["high"], total["items"], total["not_counted"]) == (3000, 3000, [2], [1])
    assert result.regimens[0].items[0].status == "unread"


def test_a_total_with_a_gap_is_within_nothing_in_any_report() -> None:
    # 1,000 mg × 3 = 3,000 mg of item 2; what is in the Percocet is not known: no limit is known to be kept.
    result = doseref.check(["Percocet 2 tabs q6h", "Tylenol 500 mg 2 tablets q8h"])
    (total,) = (each for each in result.to_json()["regimens"][0]["totals"] if each["substance"] == "acetaminophen")
    assert {limit["verdict"] for limit in total["limits"]} == {"not-assessed"}
    assert "headroom" not in total
    for report in (check_text.render(result), check_tables.markdown(result), check_html.render(result)):
        assert "INCOMPLETE" in report and "at least 3,000 mg in 24 hours" in report
        assert "WITHIN" not in report and "nothing more fits" not in report


def test_what_was_read_only_in_part_is_told_beside_the_total() -> None:
    # 200 mg × 4 = 800 mg as far as it is understood; the word behind could change that.
    result = doseref.check(["ibuprofen 200 mg q6h frobnicate"])
    (total,) = result.to_json()["regimens"][0]["totals"]
    assert (total["high"], total["read_in_part"]) == (800, [1])
    assert {limit["verdict"] for limit in total["limits"]} == {"not-assessed"}


def test_over_by_what_is_counted_stays_over() -> None:
    # 1,000 mg × 6 = 6,000 mg of item 2 alone is over 4,000, whatever the Percocet adds.
    result = doseref.check(["Percocet 2 tabs q6h", "Tylenol 500 mg 2 tablets q4h"])
    (total,) = (each for each in result.to_json()["regimens"][0]["totals"] if each["substance"] == "acetaminophen")
    assert {limit["verdict"] for limit in total["limits"]} == {"over"}


def test_a_known_product_without_a_frequency_is_read_in_part() -> None:
    # 300 mg × 4 as needed = 0 to 1,200 mg of item 1; two Norco are 650 mg, and how often is not said.
    (regimen,) = doseref.check(["Tylenol #3 1 tab q6h prn", "Norco 5/325 2 tabs as directed"]).to_json()["regimens"]
    assert [item["status"] for item in regimen["items"]] == ["read", "partly-read"]
    (total,) = (each for each in regimen["totals"] if each["substance"] == "acetaminophen")
    assert (total["high"], total["not_counted"]) == (1200, [2])
    assert [f["code"] for f in regimen["findings"] if f["items"] == [2] and f["severity"] == "warning"] == ["R403"]


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ("Norco 10/325 1 tablet every 4 hours as needed", "MAY EXCEED RANGE hydrocodone"),  # 0 to 60 mg, range to 30
        ("hydrocodone 20 mg four times daily", "ABOVE RANGE hydrocodone"),  # 80 mg, and no source states a maximum
        ("ibuprofen 800 mg four times daily", "WITHIN ibuprofen"),  # 3,200 mg meets the stated maximum of 3,200
    ],
)
def test_the_word_over_a_total_that_only_ranges_judge(item: str, word: str) -> None:
    assert " ".join(check_text.render(doseref.check([item]), 200).split()).count(word) == 1


def test_headroom_is_not_offered_beside_a_doubling() -> None:
    alone = check_text.render(doseref.check(["ibuprofen 400 mg three times daily"]), explain=True)
    both = check_text.render(
        doseref.check(["ibuprofen 400 mg three times daily", "naproxen 250 mg twice daily"]), explain=True
    )
    assert "room for 2,000 mg more" in alone  # 3,200 - 1,200
    assert "room for" not in both


def test_an_amount_per_day_may_be_split() -> None:
    codes = [
        finding.code for finding in doseref.check(["magnesium 100 mg twice daily", "MSM 1 g twice daily"]).findings
    ]
    assert "R106" not in codes


def test_no_report_says_within_without_so_far_for_a_total_with_a_gap() -> None:
    result = doseref.check(["Percocet 2 tabs q6h", "Tylenol 500 mg 2 tablets q8h"])
    for report in (check_text.render(result), check_tables.markdown(result), check_html.render(result)):
        assert report.count("so far within") == report.count("within") > 0


def test_the_product_s_own_limit_is_told_where_it_is_kept() -> None:
    # one tablet every 4 hours as needed: 0 to 6 tablets against the label's 6
    result = doseref.check(["Norco 10/325 1 tab q4h prn"])
    (load,) = result.to_json()["regimens"][0]["products"]
    assert (load["low"], load["high"], load["allowed"], load["verdict"]) == (0, 6, 6, "within")
    for report in (check_text.render(result, explain=True), check_tables.markdown(result), check_html.render(result)):
        assert "0 to 6 tablets in 24 hours" in report
        assert "its own label allows 6 tablets" in report


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("latanoprost 1 drop in each eye at bedtime", "how much is in one drop is not said, so nothing is added up"),
        ("azelastine 1 spray each nostril twice daily", "how much is in one spray is not said, so nothing is added up"),
        ("budesonide 2 puffs twice daily", "how much is in one puff is not said, so nothing is added up"),
        ("ketoconazole apply twice daily", "the amount applied is not said, so nothing is added up"),
    ],
)
def test_drops_sprays_and_creams_without_a_strength_are_read_and_told(item: str, reason: str) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert [each["status"] for each in regimen["items"]] == ["read"]
    assert [finding for finding in regimen["findings"] if finding["severity"] != "info"] == []
    assert [entry["reason"] for entry in regimen["not_assessed"]] == [reason]


def test_a_tablet_without_a_strength_is_still_a_warning() -> None:
    (regimen,) = doseref.check(["ipratropium 2 tablets four times daily"]).to_json()["regimens"]
    assert [finding["severity"] for finding in regimen["findings"] if finding["code"] == "R403"] == ["warning"]


@pytest.mark.parametrize(
    ("item", "other"),
    [
        ("acetaminophen 2 g every 4 hours", "acetaminophen 30 mL at bedtime"),  # 12,000 mg against 3,000
        ("ibuprofen 1 g every 4 hours", "ibuprofen 10 mL three times daily"),  # 6,000 mg against 3,200
    ],
)
def test_what_is_in_another_unit_takes_no_verdict_away(item: str, other: str) -> None:
    (regimen,) = doseref.check([item, other]).regimens
    known, unknown = regimen.totals
    assert (known.amount.unit, known.gravest, known.gaps) == ("mg", "over", (2,))
    assert (unknown.amount.unit, unknown.gravest, unknown.gaps) == ("mL", "not-assessed", (1,))
    assert {"R101", "R404"} <= {each.code for each in regimen.findings if each.severity.word != "info"}
    assert [each["items"] for each in doseref.check([item, other]).to_json()["regimens"][0]["not_assessed"]] == [[2]]


def test_a_name_that_is_not_known_and_looks_like_a_counted_drug_leaves_its_total_open() -> None:
    # 1 × 325 mg × 4 + 2 × 500 mg = 2,300 mg; with "acetominophen" it would be up to 5,300 mg.
    lines = ["acetominophen 500 mg 2 tabs tid prn", "Norco 5/325 1 tab q6h", "Tylenol PM 2 tablets at bedtime"]
    result = doseref.check(lines)
    totals = {each["substance"]: each for each in result.to_json()["regimens"][0]["totals"]}
    assert (totals["acetaminophen"]["high"], totals["acetaminophen"]["not_counted"]) == (2300, [1])
    assert {limit["verdict"] for limit in totals["acetaminophen"]["limits"]} == {"not-assessed"}
    assert "not_counted" not in totals["diphenhydramine"]
    report = check_text.render(result)
    assert "INCOMPLETE  acetaminophen  at least 2,300 mg" in report
    assert "may mean acetaminophen" in " ".join(report.split())


def test_a_name_that_is_like_nothing_taken_opens_no_total() -> None:
    result = doseref.check(["metforman 500 mg bd", "Norco 5/325 1 tab q6h"])
    totals = result.to_json()["regimens"][0]["totals"]
    assert not any("not_counted" in total for total in totals)
