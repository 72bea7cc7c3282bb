"""Whether two doses are about the same people, use and part of a treatment: what is written otherwise, and what only looks alike."""

from __future__ import annotations

import pytest

from articles.test_kinds_of_context import read, told
from doseref.checks.article.run import reconcile
from doseref.context import Context, compatible, same_people

AF = (
    "| Drug | Indication | Dose |\n|---|---|---|\n| Apixaban | atrial fibrillation | 5 mg twice daily |\n"
    "| Apixaban | atrial fibrillation, two or more of the criteria below | 2.5 mg twice daily |"
)
GOUT = "# Gout: your tablets explained\n\nTake prednisone 30 mg once a day for five days."
CASES = [
    # a page that gives two doses for one use, and one that gives one of them
    ([AF, "In AF, apixaban 5 mg twice a day."], []),
    ([AF, "In AF, apixaban 2.5 mg twice a day."], []),
    ([AF, "In AF, apixaban 10 mg twice a day."], ["A102 apixaban"]),
    # the same, where the two contradict each other themselves
    (
        [
            "Cetirizine 10 mg once a day for hay fever.\n\n## In short\n\n- Cetirizine: 10 mg twice a day.",
            "Hay fever: cetirizine 10 mg once a day.",
        ],
        ["A103 cetirizine"],
    ),
    # what the page is about, for a dose that says nothing of its use
    ([GOUT, "Asthma attack: prednisone 40 mg once a day."], []),
    ([GOUT, "Gout flare: prednisone 40 mg once a day."], ["A102 prednisone"]),
    ([GOUT, "Prednisone 40 mg once a day."], ["A102 prednisone"]),
    (
        ["# Osteoarthritis: what helps\n\nIbuprofen 400 mg every 6 hours.", "Pain: ibuprofen 200 mg every 6 hours."],
        ["A102 ibuprofen"],
    ),
    # the most of a day in other units of the substance
    (
        ["Vitamin D without a prescription: at most 100 micrograms a day.", "OTC vitamin D: at most 2,000 IU a day."],
        ["A101 vitamin D"],
    ),
    (["Vitamin D without a prescription: at most 50 micrograms a day.", "OTC vitamin D: at most 2,000 IU a day."], []),
    # the first days, counted in days or in weeks
    (
        [
            "Rivaroxaban for DVT, first 3 weeks: 15 mg twice a day.",
            "- DVT, days 1 to 21: rivaroxaban 20 mg twice daily",
        ],
        ["A102 rivaroxaban"],
    ),
    (
        ["Rivaroxaban for DVT, first 3 weeks: 15 mg twice a day.", "- DVT, from day 22: rivaroxaban 20 mg once daily"],
        [],
    ),
    # the dose that is begun with, in front of and behind the amount
    (["Sertraline, initially 50 mg once a day.", "Sertraline: starting dose 100 mg once daily."], ["A102 sertraline"]),
    (["Sertraline, initially 50 mg once a day.", "Sertraline 100 mg once a day initially."], ["A102 sertraline"]),
    (["Sertraline, initially 50 mg once a day.", "Sertraline: usual dose 100 mg once daily."], []),
    # what goes on is the usual dose of another page
    (
        ["Gout: allopurinol 300 mg once a day.", "Gout, maintenance: allopurinol 600 mg once a day."],
        ["A102 allopurinol"],
    ),
    # injected is not swallowed
    (["Ketorolac by injection: at most 120 mg a day.", "Ketorolac tablets: at most 40 mg a day."], []),
    (["Ketorolac by injection: at most 120 mg a day.", "IV ketorolac: at most 60 mg a day."], ["A101 ketorolac"]),
    # normal kidneys are everybody's; "same" is the row above
    (
        [
            "Most people with healthy kidneys start on 100 mg of allopurinol once a day.",
            "Start allopurinol at 200 mg once a day.",
        ],
        ["A102 allopurinol"],
    ),
    # what is taken after a heart attack is taken against the next one
    (
        ["After a heart attack: aspirin 81 mg once a day.", "Preventing another MI: aspirin 325 mg once a day."],
        ["A102 aspirin"],
    ),
    (["Suspected heart attack: aspirin 325 mg once a day.", "Preventing an MI: aspirin 81 mg once a day."], []),
    # what somebody takes it for behind "to"
    (["I take diphenhydramine 50 mg once a day to sleep.", "Hives: diphenhydramine 25 mg four times a day."], []),
    (
        ["Diphenhydramine 50 mg once a day before you go to sleep.", "Diphenhydramine 25 mg once a day."],
        ["A102 diphenhydramine"],
    ),
]


@pytest.mark.parametrize(("pages", "expected"), CASES, ids=[each[0][-1][-50:] for each in CASES])
def test_what_is_held_against_what(pages: list[str], expected: list[str]) -> None:
    assert told(*pages) == expected


def test_a_figure_stands_where_it_is_written() -> None:
    pages = [
        read("Add the same amount of topiramate each week to a target of\n50 mg twice daily.", name="a"),
        read("Topiramate: build up to a target of 100 mg twice daily.", name="b"),
    ]
    found = reconcile([each for page in pages for each in page.statements], extractions=pages).findings
    dose = next(each for each in found if each.code == "A102")
    assert sorted((each.path, each.line) for each in dose.locations) == [("a.md", 2), ("b.md", 1)]


def test_the_title_in_the_head_of_a_page_is_its_topic() -> None:
    page = read(
        "<html><body><header><p>Three Rivers Clinic, call 555</p><h1>Gout: your tablets</h1></header>"
        "<p>Take prednisone 30 mg once a day.</p></body></html>",
        "html",
    )
    assert [each.context.topic for each in page.statements] == ["gout"]
    assert not any("Clinic" in block.text for block in page.article.blocks)


def test_who_is_one_of_a_band_is_of_its_people() -> None:
    def child(band: str) -> Context:
        return Context(population="children", band=band)

    assert same_people(child("50 lb"), child("48–59 lb"))
    assert same_people(child("7 years"), child("6 to 11 years, 20 to 40 kg"))
    assert not same_people(child("50 lb"), child("60–71 lb"))
    assert not same_people(child("50 lb"), child("48–59 kg"))
    assert not same_people(child("24–35 lb"), child("24–59 lb"))
    assert not same_people(child("50 lb"), Context(population="adults", band="48–59 lb"))


def test_maintenance_is_the_usual_dose_of_other_pages_only() -> None:
    usual, kept = Context(indication="gout"), Context(indication="gout", purpose="maintenance")
    assert compatible(usual, kept, same_page=False)
    assert not compatible(usual, kept, same_page=True)
    assert not compatible(Context(indication="gout", purpose="loading"), kept, same_page=False)


CHART = (
    "## Ibuprofen\n\n| Weight | Age | One dose | Most in 24 hours |\n|---|---|---|---|\n| 36–47 lb | 4–5 years | 150 mg | 600 mg |\n"
    "| 48–59 lb | 6–8 years | 200 mg | 800 mg |\n\n"
)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        # an example beside its chart: the row in which the weight lies
        ([CHART + "Say your child weighs 50 lb. Give ibuprofen 300 mg as one dose."], ["A102 ibuprofen"]),
        ([CHART + "Say your child weighs 50 lb. Give ibuprofen 200 mg as one dose."], []),
        ([CHART + "Say your child weighs 40 lb. Give ibuprofen 150 mg as one dose."], []),
        # a chart with ages and weights, and a page that has the ages alone; fewer people than those of the ages
        ([CHART, "Children of 6 to 8 years: ibuprofen 100 mg by mouth."], ["A102 ibuprofen"]),
        ([CHART, "Children of 6 to 8 years, over 25 kg: ibuprofen 250 mg by mouth."], []),
        # a summary need not say the form again
        (
            [
                "## Heart tablets\n\n- **Spironolactone.** For heart failure, 25 mg once a day.\n\n## At a glance\n\n"
                "Spironolactone 25 mg, for your heart failure, twice a day."
            ],
            ["A103 spironolactone"],
        ),
        # the use of a maximum by the name of another page
        (
            ["## Migraine\n\nSumatriptan: at most 300 mg in 24 hours.", "Headache: sumatriptan, at most 200 mg a day."],
            ["A101 sumatriptan"],
        ),
    ],
)
def test_charts_examples_and_summaries(pages: list[str], expected: list[str]) -> None:
    assert told(*pages) == expected
