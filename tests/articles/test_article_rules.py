"""The examples in the rules' docstrings are run: what they say passes is silent, what they say fires speaks up."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import Reconciliation, reconcile
from doseref.checks.registry import RuleInfo, rules
from doseref.findings import Severity

RULES = [pytest.param(rule, id=rule.code) for rule in rules("article")]


def judged(*texts: tuple[str, str]) -> Reconciliation:
    articles = [Article(name, name.rsplit(".", 1)[0], tuple(read_string(text, "markdown"))) for name, text in texts]
    found = [extract(article) for article in articles]
    return reconcile([statement for each in found for statement in each.statements], extractions=found)


def example(lines: str) -> Reconciliation:
    return judged(*((line.partition(": ")[0], line.partition(": ")[2]) for line in lines.splitlines() if line.strip()))


@pytest.mark.parametrize("rule", RULES)
def test_what_passes_is_silent(rule: RuleInfo) -> None:
    result = example(rule.passes)
    assert result.statements
    assert rule.code not in {found.code for found in result.findings}


@pytest.mark.parametrize("rule", RULES)
def test_what_fires_speaks_up(rule: RuleInfo) -> None:
    result = example(rule.fires)
    assert rule.code in {found.code for found in result.findings}, [found.message for found in result.findings]


def test_sixteen_rules() -> None:
    assert [rule.code for rule in rules("article")] == [
        "A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "A109", "A201", "A202", "A203", "A204", "A301", "A302", "A303",
    ]  # fmt: skip


SAME = [
    ("Ibuprofen: 0.5 g every 8 hours", "Ibuprofen: 500 mg three times daily"),
    ("Vitamin B12: 1,000 mcg daily", "Vitamin B12: 1 mg daily"),
    ("Vitamin B12: 1000 µg daily", "Vitamin B12: 1,000 mcg/day"),
    ("Glucosamine: 1,500 mg/day", "Glucosamine: 500 mg three times daily"),
    ("Alendronate: 70 mg once a week", "Alendronate: 70 mg every 7 days"),
    ("Zoledronic acid: 5 mg IV once yearly", "Zoledronic acid: 5 mg intravenously every 12 months"),
    ("Naproxen: 250–500 mg twice daily", "Naproxen: 500 mg every 12 hours"),
    ("Vitamin D: 1,000–2,000 IU daily", "Vitamin D: 25–50 mcg daily"),
    ("Ibuprofen: 400–800 mg every 6–8 hours", "Ibuprofen: 400–600 mg every 6–8 hours (max 2,400 mg/day)"),
    ("Romosozumab: 210 mg subcutaneously monthly", "Romosozumab: 210 mg subcutaneously every 4 weeks"),
    ("Diclofenac: 50 mg three times daily", "Diclofenac: 50 mg three times daily or 75 mg twice daily (XR)"),
    ("Morphine: 10–30 mg every 4 hours", "Morphine SR: 15–30 mg every 12 hours"),
    ("Naproxen: 500 mg in the morning and 500 mg in the evening", "Naproxen: 500 mg twice daily"),
    ("Diclofenac 50 mg three times daily", "Diclofenac gel 4 g four times daily"),
    ("Ketorolac 30 mg IV every 6 hours (max 120 mg/day)", "Ketorolac 10 mg orally every 6 hours (max 40 mg/day)"),
    ("Ibuprofen for children: 10 mg/kg every 6 hours", "Ibuprofen 400 mg every 6 hours"),
    ("Gabapentin 300 mg three times daily", "Gabapentin: 300 mg at bedtime, titrate to 900–1,800 mg/day"),
    ("Duloxetine 60 mg once daily", "Duloxetine: 30 mg once daily, may increase to 60 mg"),
    ("Ibuprofen 400 mg every 4–6 hours", "Ibuprofen 400 mg four times daily"),
    ("Acetaminophen: 1 tablet (500 mg) every 6 hours", "Acetaminophen: 500 mg every 6 hours"),
    ("Acetaminophen: 2 tablets of 500 mg every 6 hours", "Paracetamol: 1 g four times a day"),
    ("Vitamin D3: 2,000 IU daily", "Vitamin D: 50 mcg daily"),
    (
        "Cyclobenzaprine 5–10 mg three times daily for up to 3 weeks",
        "Cyclobenzaprine 5–10 mg three times daily (≤2–3 weeks)",
    ),
    ("Prednisone: 10–60 mg/day", "Prednisone: 40 mg once daily for 5 days"),
    ("Magnesium: 300 mg daily", "Magnesium: 150 mg twice daily"),
    (
        "Lidocaine 5% patch: apply one patch for up to 12 hours in 24 hours",
        "Lidocaine 5% patch: one patch daily, 12 hours on, 12 hours off",
    ),
    (
        "Methylprednisolone: 24 mg tapering to 4 mg over 6 days",
        "Methylprednisolone: 80 mg epidural injection, single dose",
    ),
    ("Meloxicam 7.5 mg once daily, may increase to 15 mg", "Meloxicam 7.5–15 mg once daily"),
    ("Amitriptyline 10–25 mg at bedtime", "Amitriptyline 25 mg every night"),
    ("Vitamin B12: 1,000 mcg daily by mouth", "Vitamin B12: 1,000 mcg intramuscular monthly"),
    ("Omega-3: 1–2 g daily", "Fish oil: 1,000–2,000 mg EPA/DHA daily"),
    (
        "Tapentadol 50–100 mg every 4–6 hours (max 600 mg/day)",
        "Tapentadol 50 to 100 mg q4-6h; not to exceed 600 mg daily",
    ),
    ("Naproxen 500 mg twice daily with food", "Naproxen 500 mg twice daily after meals"),
    ("Clonidine 0.1 mg twice daily", "Clonidine 100 mcg every 12 hours"),
    ("Denosumab 60 mg SC every 6 months", "Denosumab 60 mg subcutaneously twice a year"),
    ("Ibuprofen 400 mg three times daily (1,200 mg/day)", "Ibuprofen 1.2 g/day in three divided doses"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_or_contained_is_no_conflict(one: str, other: str) -> None:
    result = judged(("a.md", one), ("b.md", other))
    assert len(result.statements) == 2
    assert [found.message for found in result.findings if found.code.startswith("A1")] == []


SLIPS = [
    ("Vitamin B12: 1,000 mcg daily", "Vitamin B12: 1,000 mg daily", "A104", "exactly 1,000 times apart"),
    ("Ibuprofen: 400 mg three times daily", "Ibuprofen: 4,000 mg three times daily", "A102", "exactly 10 times apart"),
    ("Clonidine: 0.1 mg twice daily", "Clonidine: 0.1 g twice daily", "A102", "exactly 1,000 times apart"),
    (
        "Tramadol: 50 mg twice daily (max 400 mg/day)",
        "Tramadol: 50 mg twice daily (max 400 g/day)",
        "A101",
        "exactly 1,000 times apart",
    ),
]


@pytest.mark.parametrize(("one", "other", "code", "words"), SLIPS)
def test_slips_have_their_own_words(one: str, other: str, code: str, words: str) -> None:
    result = judged(("a.md", one), ("b.md", other))
    found = [each for each in result.findings if each.code == code]
    assert len(found) == 1
    assert words in found[0].message


def test_conflict_inside_one_article() -> None:
    result = judged(
        (
            "a.md",
            "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)\n\nIbuprofen: 400 mg every 8 hours (max 2,400 mg/day)",
        )
    )
    assert [found.code for found in result.findings if found.code == "A101"] == ["A101"]
    assert [location.line for found in result.findings if found.code == "A101" for location in found.locations] == [
        1,
        3,
    ]


def test_location_is_that_of_the_figure() -> None:
    result = judged(
        ("a.md", "Ibuprofen: 400 mg every 8 hours (max 1,200 mg/day)"),
        ("b.md", "Ibuprofen: 400 mg every 8 hours (max 2400 mg/day)"),
    )
    places = [
        (location.path, location.line, location.column, location.end_column)
        for location in result.findings[0].locations
    ]
    assert places == [("a.md", 1, 38, 50), ("b.md", 1, 38, 49)]


def test_a_total_that_does_not_come_out_is_a_contradiction() -> None:
    result = judged(("a.md", "Ibuprofen 500 mg twice daily (1,500 mg/day)"))
    assert [found.code for found in result.findings] == ["A204"]


@pytest.mark.parametrize(("text", "fires"), [
    ("Methylsulfonylmethane: 15 g daily", True),
    ("Clonidine 0.1 g twice daily", True),
    ("Gabapentin 30 mg once daily", True),
    ("Cyanocobalamin 1,000 mg once daily", True),
    ("Cyanocobalamin 50 micrograms once daily", False),  # what a diet lacks, not what a deficiency needs
    ("Aspirin 162 mg once daily", False),  # a low dose of its own
    ("Clonidine 0.2 mg twice daily", False),
    ("Collagen peptides 20 g daily", False),
    ("Diclofenac gel 4 g four times daily", False),
])  # fmt: skip
def test_far_from_all_articles_in_the_data(text: str, fires: bool) -> None:
    codes = [found.code for found in judged(("a.md", text)).findings if "may have slipped" in found.message]
    assert codes == (["A202"] if fires else [])


@pytest.mark.parametrize(("text", "severity"), [
    ("Tramadol: 50–100 mg every 4–6 hours (max 400 mg/day)", Severity.INFO),
    ("Ibuprofen: 200–400 mg every 4–6 hours (max 1,200 mg/day OTC)", Severity.INFO),
    ("Ibuprofen: 200–400 mg every 4–6 hours. Max 1,200 mg/day OTC.", Severity.INFO),
    ("Tramadol: 50–100 mg every 3–6 hours (max 400 mg/day)", Severity.WARNING),  # oftener than the label has it
    ("Tramadol: 50–150 mg every 4–6 hours (max 400 mg/day)", Severity.WARNING),  # more at once
    ("Tramadol: 50–100 mg every 4–6 hours (max 300 mg/day)", Severity.WARNING),  # another maximum
    ("Tramadol: 100 mg every 4 hours (max 400 mg/day)", Severity.ERROR),  # always above
])  # fmt: skip
def test_what_a_label_has_so_is_information(text: str, severity: Severity) -> None:
    told = [found for found in judged(("a.md", text)).findings if found.code == "A201"]
    assert [found.severity for found in told] == [severity]
    assert ("as a label has it" in told[0].message) is (severity is Severity.INFO)


@pytest.mark.parametrize(("text", "severity"), [
    ("Codeine: 30–60 mg every 4–6 hours (max 240 mg/day)", Severity.INFO),  # 60 × 4 = 240
    ("Aspirin: 300–900 mg every 4–6 hours (max 4 g/day)", Severity.INFO),  # 900 × 4 = 3,600
    ("Paracetamol, children: 10–15 mg/kg every 4–6 hours (max 75 mg/kg/day)", Severity.INFO),  # 15 × 4 = 60
    ("Paracetamol: 500–1,000 mg every 4–6 hours (max 3,900 mg/day)", Severity.WARNING),  # 1,000 × 4 = 4,000
    ("Codeine: 30–60 mg every 4 hours (max 240 mg/day)", Severity.WARNING),  # one interval
    ("Codeine: 30–60 mg 4–6 times a day (max 240 mg/day)", Severity.WARNING),  # so many doses are offered
    ("Codeine: 60 mg every 3–4 hours (max 240 mg/day)", Severity.ERROR),
])  # fmt: skip
def test_a_maximum_that_bounds_the_shorter_interval_is_information(text: str, severity: Severity) -> None:
    assert [found.severity for found in judged(("a.md", text)).findings if found.code == "A201"] == [severity]


@pytest.mark.parametrize(("text", "setting"), [
    ("Ibuprofen: 200–400 mg every 4–6 hours. Max 1,200 mg/day OTC.", ["over the counter"]),
    ("Ibuprofen: 600–800 mg every 8 hours. Max 1,200 mg/day OTC.", [None, "over the counter"]),  # never within it
    ("Ibuprofen: 400–800 mg every 8 hours, max 3,200 mg/day. Max 1,200 mg/day OTC.", [None, "over the counter"]),
])  # fmt: skip
def test_a_maximum_over_the_counter_behind_a_dose_says_what_the_dose_is(text: str, setting: list[str | None]) -> None:
    statements = judged(("a.md", text)).statements
    assert [each.context.setting for each in statements] == setting


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Levothyroxine 100 mg daily.", "the largest tablet is 0.3 mg"),
        ("Digoxin 2.5 mg daily.", "looks like a slip"),
        ("Warfarin 50 mg once daily.", "the largest tablet is 10 mg"),
        ("Methotrexate: 15 mg once daily.", "nobody here gives it every day"),
        ("Levothyroxine 100 mcg daily.", ""),
        ("Methotrexate: 15 mg once weekly.", ""),
        ("Methotrexate: a single dose of 50 mg.", ""),
        ("Methotrexate: 15 mg daily for 5 days.", ""),
        ("Children: levothyroxine 100 mg daily.", ""),
    ],
)
def test_a_slip_of_a_drug_without_a_stated_maximum(line: str, told: str) -> None:
    """``check`` told of each of them, and an article that said so was quiet."""
    found = [each.message for each in judged(("a.md", line)).findings if each.code == "A202"]
    assert [told in message for message in found] == [True] * bool(told)


def test_a_maximum_in_tablets_is_held_against_one_in_grams() -> None:
    """8 tablets of 500 mg are 4 g."""
    tablets = (
        "a.md",
        "Paracetamol 500 mg tablets: 1 to 2 tablets four times a day, no more than 8 tablets in 24 hours.",
    )
    three, four = (
        ("b.md", f"Paracetamol: 500 mg to 1 g four times a day, no more than {n} g in 24 hours.") for n in (3, 4)
    )
    assert [each.code for each in judged(tablets, three).findings if each.code.startswith("A1")] == ["A101"]
    assert [each.code for each in judged(tablets, four).findings if each.code.startswith("A1")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # acetaminophen: no label by prescription judges it; those sold freely and Korea's table give 4,000 mg at most
        ("Acetaminophen: no more than 6,000 mg a day.", "6,000 mg/day"),
        ("Acetaminophen 1,000 mg every 4 hours.", "6,000 mg/day"),  # 1,000 mg × 6
        ("Acetaminophen: no more than 4,000 mg a day.", ""),
        ("Loperamide 4 mg five times a day.", "20 mg/day"),  # Korea 16 mg, Britain 12 mg, over the counter 8 mg
        ("Loperamide 4 mg four times a day.", ""),
        ("Colchicine 0.6 mg twice daily, maximum 20 mg a day.", "20 mg/day"),  # 2.4 mg for Mediterranean fever
        ("Diazepam: maximum 300 mg a day.", "300 mg/day"),  # 40 mg is the end of every range
        ("Aspirin: maximum 4 g a day.", ""),  # 12 tablets of 325 mg are 3,900 mg: no other figure
        ("Acetaminophen for children: no more than 75 mg/kg a day.", ""),
    ],
)
def test_more_than_any_label_gives_is_told_where_none_judges(text: str, told: str) -> None:
    found = [each for each in judged(("a.md", text)).findings if each.code == "A202"]
    assert [told in each.message for each in found] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # 2 tablets × 6 = 12 tablets a day, in milligrams 6,000
        ("Acetaminophen 500 mg, 2 tablets every 4 hours, no more than 8 tablets a day.", "12 tablets/day"),
        ("Acetaminophen 500 mg, 2 tablets every 6 hours, no more than 8 tablets a day.", ""),  # 2 × 4 = 8
        ("Docusate 2 capsules three times a day, maximum 4 capsules a day.", "6 capsules/day"),
    ],
)
def test_a_maximum_in_tablets_is_held_against_the_tablets_taken(text: str, told: str) -> None:
    found = [each for each in judged(("a.md", text)).findings if each.code == "A201"]
    assert [told in each.message for each in found] == ([True] if told else [])


@pytest.mark.parametrize("heading", ["", "# Back pain", "# Arthritis"])
def test_the_highest_maximum_is_asked_whatever_the_use(heading: str) -> None:
    # 1,500 mg is of naproxen, 1,375 mg of naproxen sodium: a heading leaves the higher one aside for no reason
    result = judged(("a.md", f"{heading}\n\nNaproxen: no more than 1,500 mg a day.\n"))
    assert [each.code for each in result.findings] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # vitamin D: 40 units are 1 mcg
        ("Vitamin D 600 IU (15 mcg) daily.", ""),
        ("Vitamin D 600 IU (150 mcg) daily.", "600 units is not 150 mcg"),
        ("Vitamin D 20 mcg (800 IU) daily.", ""),
        ("Vitamin D 20 mcg (8,000 IU) daily.", "20 mcg is not 8,000 units"),
        ("Ferrous sulfate 325 mg (65 mg) daily.", ""),  # the iron in it
    ],
)
def test_the_same_in_another_unit_is_the_same(text: str, told: str) -> None:
    found = [each for each in judged(("a.md", text)).findings if each.code == "A204"]
    assert [told in each.message for each in found] == ([True] if told else [])


def test_what_a_shop_may_sell_is_nobodys_maximum() -> None:
    text = "Pseudoephedrine is 120 mg every 12 hours. By law a shop may sell you no more than 3.6 g in a day."
    assert [each.code for each in judged(("a.md", text)).findings] == []


@pytest.mark.parametrize(
    "text",
    [
        "The tolerable upper intake level for supplemental magnesium is 350 mg a day. Magnesium 300 mg daily may help.",
        "The upper level of vitamin D is 4,000 IU a day. Vitamin D 2,000 IU daily is enough for most adults.",
    ],
)
def test_an_upper_level_is_a_maximum_and_no_dose(text: str) -> None:
    assert [each.code for each in judged(("a.md", text)).findings if each.severity >= Severity.WARNING] == []
