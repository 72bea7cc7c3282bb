"""Small pages, each for a kind of fault: whose dose it is, what it is for, and what is no dose at all."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import reconcile
from doseref.findings import Severity
from doseref.quantities import json_number


def page(text: str, name: str = "page", kind: str = "markdown") -> Extraction:
    return extract(Article(name, name, tuple(read_string(text, kind))))


def daily(found: Extraction) -> list[tuple[str, str]]:
    """Substance and amount per day of each statement, "" where none can be worked out."""
    return [
        (
            "+".join(each.substances),
            "; ".join(f"{json_number(f.amount.low)}-{json_number(f.amount.high)} {f.amount.unit}" for f in each.daily),
        )
        for each in found.statements
    ]


def warnings(*pages: Extraction) -> list[str]:
    told = reconcile([s for each in pages for s in each.statements], extractions=pages)
    return [found.code for found in told.findings if found.severity > Severity.INFO]


WHOSE = [
    pytest.param(
        "Cyclosporin is taken as a single 150 mg dose each day.", [("cyclosporine", "150-150 mg")], id="as a is not ASA"
    ),
    pytest.param("Digoxin immune Fab: 10 to 20 vials.", [], id="an antidote is not its poison"),
    pytest.param(
        "- Pain\n  - NSAIDs\n    - Ibuprofen\n      - dose: 400 mg every 6 hours\n    - Naproxen\n      1. 250 mg twice daily\n"
        "  - Other\n    * Tramadol\n\n      50 mg every 6 hours",
        [("ibuprofen", "1600-1600 mg"), ("naproxen", "500-500 mg"), ("tramadol", "200-200 mg")],
        id="nested lists",
    ),
    pytest.param(
        "## Ibuprofen\n\n- Other\n  - Tramadol\n\n    50 mg every 6 hours",
        [("tramadol", "200-200 mg")],
        id="a nested list beats the heading",
    ),
    pytest.param(
        "### Combination: Acetaminophen + NSAID\n\n- **8:00 AM:** Ibuprofen 400 mg PO",
        [("ibuprofen", "")],
        id="the name in the line beats the heading",
    ),
    pytest.param("## Acetaminophen and NSAIDs\n\n500 mg every 6 hours", [], id="a heading of several gives none"),
    pytest.param(
        "## Lisinopril\n\n- **Hypertension**: 10 mg once daily\n- **Heart failure**: 2.5 mg once daily",
        [("lisinopril", "10-10 mg"), ("lisinopril", "2.5-2.5 mg")],
        id="labels of uses keep the drug",
    ),
    pytest.param("## Lisinopril\n\n- **Enalaprol**: 10 mg once daily", [], id="a label that may be a drug does not"),
    pytest.param(
        "# Paracetamol\n\n### Dosage\n\n**Oral administration (tablets):**\n\n* **Adults:** The usual adult dose is 500 mg every 6 hours.",
        [("acetaminophen", "2000-2000 mg")],
        id="sub-headings without a drug keep it",
    ),
    pytest.param(
        "### Morphine\n\n**Injectable (IV/IM/SC):**\n- **Adults:** 2-10mg IV every 4 hours",
        [("morphine", "12-60 mg")],
        id="injectable is no section below a drug",
    ),
    pytest.param(
        "| Medication | Dose |\n|---|---|\n| Naproxen | 250 mg PO |\n|  | 500 mg PO |",
        [("naproxen", ""), ("naproxen", "")],
        id="an empty name repeats the one above",
    ),
    pytest.param(
        "# Morphine\n\n### Zorblaxin\n\n2 mg/kg IV every 5 minutes", [], id="a heading that may be another drug"
    ),
    pytest.param("# Morphine\n\n- Zorblaxin 0.3 mg/kg IV", [], id="an unknown name in the line beats the heading"),
    pytest.param(
        "# Morphine\n\n| Induction | Strength |\n|---|---|\n| Zorblaxin | 0.3 mg/kg IV |\n| Renal failure | 2 mg IV |",
        [("morphine", "")],
        id="an unknown name in the row beats the heading",
    ),
    pytest.param("Potassium iodide 130 mg once daily", [], id="a salt that is not known is not its metal"),
    pytest.param(
        "| Mechanism | Dose |\n|---|---|\n| Loop diuretic | Furosemide 40-80 mg IV |\n| Block | 5 mL |",
        [("furosemide", "")],
        id="a dose cell names its drug",
    ),
]


@pytest.mark.parametrize(("text", "expected"), WHOSE)
def test_whose_dose_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert daily(page(text)) == expected


NO_DOSE = [
    "Prednisone doses greater than 10 mg/day are a risk; doses above 20 mg/day raise it further.",
    "Beta-blockers (e.g., propranolol > 160 mg/day) may lower T3.",
    "There is less suppression after one morning dose of prednisolone (10 mg) than after a quarter of it every 6 hours.",
    "| Drug | Toxic dose |\n|---|---|\n| Quetiapine | > 100 mg |\n| Amlodipine | 30 mg |",
    "Do not give aspirin 300 mg every four hours to children.",
    "Amitriptyline was once given at 150 mg a day.",
    "- Ibuprofen 200mg tablets (100 count)\n- Amoxicillin 500mg capsules, 30-day supply",
    "| Item | Quantity |\n|---|---|\n| Ibuprofen 200mg | 50 tablets |",
    "- 1mg IV hydromorphone ≈ 7mg IV morphine",
    "| Gauge | Flow |\n|---|---|\n| 18G | 90 mL/min |",
]


@pytest.mark.parametrize("text", NO_DOSE)
def test_what_is_no_dose(text: str) -> None:
    assert page(text).statements == ()


FIGURES = [
    ("Dexamethasone: four doses of 6 mg given intramuscularly 12 hours apart.", "12-12 mg", "", 4),
    ("Epinephrine 1 mg IV q3-5 minutes", "", "", None),
    ("Metoprolol 25 mg BID, max 200 mg BID", "50-50 mg", "400 mg/24 hours", None),
    ("Losartan: 50 mg once daily, with a maximum dose of 100 mg once daily.", "50-50 mg", "100 mg/24 hours", None),
    (
        "Ramipril 2.5 mg once daily, increasing as needed up to a maximum of 20 mg daily, possibly divided.",
        "2.5-2.5 mg", "20 mg/24 hours", None,
    ),
    ("Ibuprofen, between 400 and 600 mg every eight hours, never more than 2,400 mg in a day.", "1200-1800 mg", "2400 mg/24 hours", None),
    ("Paracetamol: 650 to 1,000 mg of it every six hours, with a ceiling of 3,000 mg a day.", "2600-4000 mg", "3000 mg/24 hours", None),
    ("| Drug | Dose |\n|---|---|\n| Ondansetron | 0.15 mg/kg IV (max 4 mg) |", "", "4 mg/None", None),
    ("| Drug | Usual Dose, Range (mg/d) ∗ | Daily Frequency |\n|---|---|---|\n| Lisinopril | 10-40 | 1 |", "10-40 mg", "", None),
    ("Ibuprofen 400 mg every 6 hours<sup>3</sup>", "1600-1600 mg", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "total", "maximum", "doses"), FIGURES)
def test_courses_rescue_doses_and_maxima(text: str, total: str, maximum: str, doses: int | None) -> None:
    (statement,) = page(text).statements
    assert [each[1] for each in daily(page(text))] == [total]
    stated = {f"{json_number(each.amount)} {each.unit}/{each.per}" for each in statement.maximum}
    assert maximum in stated if maximum else not stated
    totals = [option.doses_total for option in statement.dosage.options if option.doses_total]
    assert [int(each.high) for each in totals] == ([doses] if doses else [])


@pytest.mark.parametrize(
    "text",
    [
        "Ibuprofen: 400 mg, thrumble, every 6 hours (if under 50 kg 200 mg)",
        "Ibuprofen: 400 mg thrumbled every 6 hours (for severe pain 800 mg)",
    ],
)
def test_a_dose_in_a_condition_is_never_dropped_in_silence(text: str) -> None:
    found = page(text)
    told = reconcile(found.statements, extractions=[found]).findings
    assert [each.code for each in told if each.code == "A302"] == ["A302"]


def test_columns_of_loading_and_maintenance_are_two_doses() -> None:
    found = page(
        "| Medicine | Loading dose | Maintenance | Duration |\n|---|---|---|---|\n| Clopidogrel | 600 mg | 75 mg daily | 12 months |"
    )
    assert [each.context.purpose for each in found.statements] == ["loading", "maintenance"]
    assert daily(found) == [("clopidogrel", ""), ("clopidogrel", "75-75 mg")]
    lengths = [option.duration for each in found.statements for option in each.dosage.options]
    assert [(each.low, each.unit) if each else None for each in lengths] == [None, (12, "mo")]


def test_a_table_of_weights_is_one_statement_with_its_bands() -> None:
    found = page(
        "## Ibuprofen\n\n| Weight | Dose (mg) | Liquid (100mg/5mL) |\n|---|---|---|\n| 12-17 lbs | 50 mg | 2.5 mL |\n| 18-23 lbs | 75 mg | 4 mL |"
    )
    (statement,) = found.statements
    assert statement.bands == (("12-17 lbs", "50 mg"), ("18-23 lbs", "75 mg"))
    assert warnings(found) == []


QUIET = [
    "# Sumatriptan\n\n* **Adults (Oral):** A typical starting dose is 50 mg.\n* **Adults (Nasal spray):** The typical dose is 20 mg.\n"
    "* **Adults (Injection):** The typical dose is 6 mg under the skin.",
    "# Lisinopril\n\n## Dosage\n\n**Adults:** It depends on the illness.\n\n* **Hypertension:** The initial dose is typically 10 mg once daily.\n"
    "* **Heart failure:** The starting dose is lower, usually 2.5 mg once daily.",
    "# Allopurinol\n\nIn mild gout the dose is 200 to 300 mg per day. In severe gout, the dose is 400 to 600 mg per day.",
    "## Salbutamol\n\nInhaler: 2 puffs every 4 hours. Nebuliser: 2.5 mg up to 4 times daily.",
    "# Fever in children\n\nChildren 6 to 12 years: ibuprofen 200 mg every 8 hours. Adults: ibuprofen 400 mg every 8 hours.",
    "Prednisone, 1 mg/kg/d, is recommended. Intravenous pulse methylprednisolone for 3 days is used for visual loss.",
    "## Metformin\n\n- Starting dose: 500 mg daily with the evening meal\n- Max dose: 2,000 mg daily (1,000 mg BID)",
    "## Gabapentin\n\n- Dosing: Start 300mg at bedtime, increase by 300mg every 3 days\n  - Typical dose: 300-600mg three times daily",
]


@pytest.mark.parametrize("text", QUIET)
def test_different_contexts_of_a_page_never_conflict(text: str) -> None:
    assert warnings(page(text)) == []


def test_maxima_of_two_pages_conflict_all_the_same() -> None:
    a = page("Ramipril 2.5 mg daily, max 10 mg daily.", "a")
    b = page("Ramipril 2.5 mg once daily, increasing as needed up to a maximum of 20 mg daily, possibly divided.", "b")
    assert "A101" in warnings(a, b)


def test_what_is_not_known_is_one_line_a_file_and_nothing_on_other_pages() -> None:
    found = page(
        "## Medicines\n\n- Zorbanol: 50 mg twice daily\n- Quibbrex: 20 mg daily\n- Ibuprofen: 400 mg every 6 hours"
    )
    told = reconcile(found.statements, extractions=[found]).findings
    assert [(each.code, each.severity) for each in told] == [("A301", Severity.INFO)]
    assert "2 doses tied to no substance known here (Zorbanol, Quibbrex)" in told[0].message
    other = page("The pump moves 300 mL/min. A brewer adds 5 g daily, and 20 mg of it twice a day.")
    assert reconcile(other.statements, extractions=[other]).findings == ()


WHOM = [
    pytest.param(
        "Under the age of 65 the dose of ketorolac is 30 mg IV every 6 hours. From 65 on it is halved: ketorolac 15 mg IV every 6 hours.",
        [("below 65 years", None), (None, "older adults")],
        id="ages told without a word for people",
    ),
    pytest.param(
        "Tramadol 50 mg every 6 hours, not above 400 mg a day; over the age of 75 the tramadol limit is 300 mg a day.",
        [(None, None), (None, "older adults")],
        id="a maximum is not that of those named behind it",
    ),
    pytest.param(
        "In severe kidney disease (CrCl below 30, not on dialysis) it's started at 5 mg once daily, and rosuvastatin should then never exceed 10 mg a day.",
        [("clearance below 30", "kidney impairment")],
        id="a sentence is about one kind of people to its end",
    ),
    pytest.param(
        "With an eGFR of 30 to 45, metformin is limited to 1,000 mg a day. Sitagliptin is 50 mg once daily at that level.",
        [("clearance 30 to 45", "kidney impairment")] * 2,
        id="at that level",
    ),
]


@pytest.mark.parametrize(("text", "told"), WHOM)
def test_whom_a_dose_is_for(text: str, told: list[tuple[str | None, str | None]]) -> None:
    found = page(text)
    assert [(each.context.band, each.context.population) for each in found.statements] == told


GROUPS = [
    ("With amlodipine, the maximum for simvastatin is 20 mg a day.", "with amlodipine"),
    ("People of Asian ancestry start on rosuvastatin 5 mg once daily.", "asian ancestry"),
    ("If you already take a water pill, lisinopril is 5 mg once daily.", "you already take a water pill"),
    ("In an adult who isn't on a water pill, lisinopril is 10 mg once daily.", None),
    ("If needed, lisinopril is 10 mg once daily.", None),
    ("If you have a fever, ibuprofen is 400 mg every 8 hours.", None),
    ("With food, ibuprofen is 400 mg every 8 hours.", None),
]


@pytest.mark.parametrize(("text", "group"), GROUPS)
def test_a_group_that_a_sentence_names_is_compared_with_itself_only(text: str, group: str | None) -> None:
    (found,) = page(text).statements
    assert found.context.group == group


TITLED = (
    "<table><tr><th>Class</th><th>Drug</th><th>Start</th></tr><tr><th colspan=3>Hypertension</th></tr>"
    "<tr><td>ACE inhibitor</td><td>Lisinopril</td><td>20 mg once daily</td></tr><tr><th colspan=3>Heart failure</th></tr>"
    "<tr><td>ACE inhibitor</td><td>Lisinopril</td><td>5 mg once daily</td></tr></table>"
)


def test_a_row_of_one_cell_is_the_title_of_those_below_it_and_a_class_is_no_use() -> None:
    found = page(TITLED, kind="html")
    assert [each.context.indication for each in found.statements] == ["hypertension", "heart failure"]
    assert warnings(found) == []


def test_a_header_over_two_columns_names_the_one_with_the_drugs() -> None:
    found = page(
        "<table><tr><th colspan=2>Problem and drug</th><th>Dose</th></tr><tr><td>Asthma</td><td>Prednisolone</td><td>40 mg once daily</td></tr>"
        "<tr><td>Allergy</td><td>Cetirizine</td><td>10 mg once daily</td></tr></table>",
        kind="html",
    )
    assert [(each.substances, each.context.indication) for each in found.statements] == [
        (("prednisolone",), "asthma"),
        (("cetirizine",), "allergy"),
    ]


BESIDE = [
    (
        "- **Loratadine** 10 mg once a day.\n  - The old **diphenhydramine**: 25 mg every 6 hours.\n  - It is also a sleep aid: 50 mg at bedtime.",
        ["loratadine", "diphenhydramine", "diphenhydramine"],
    ),
    (
        "## Loratadine\n\n- Do not add diphenhydramine.\n- It is taken as 10 mg once a day.",
        ["loratadine"],
    ),
    (
        "- Give ibuprofen 400 mg every 8 hours or naproxen 500 mg twice daily.\n- It is given as 250 mg every 8 hours.",
        ["ibuprofen", "naproxen"],
    ),
]


@pytest.mark.parametrize(("text", "substances"), BESIDE)
def test_an_item_about_it_goes_on_about_the_drug_of_the_item_before(text: str, substances: list[str]) -> None:
    assert ["+".join(each.substances) for each in page(text).statements] == substances


def test_a_way_of_giving_that_is_marketed_contradicts_no_article() -> None:
    assert warnings(page("Intravenous acetaminophen is 1,000 mg every 6 hours, up to 4,000 mg per day.")) == []


def test_what_may_be_bought_is_no_dose() -> None:
    assert page("## Pseudoephedrine\n\nThe law caps purchases at 3.6 grams a day.").statements == ()


APART = [
    pytest.param(
        "For severe C. difficile infection, vancomycin is 500 mg by mouth four times a day.",
        "| Drug | Use | Dose |\n|---|---|---|\n| Vancomycin (oral) | *C. difficile*, not severe | 125 mg four times a day |",
        id="two grades of a disease",
    ),
    pytest.param(
        "2.1 Prophylaxis. Medical patients are given enoxaparin 40 mg subcutaneously once daily.",
        "For treatment of DVT, enoxaparin is 120 mg subcutaneously twice daily.",
        id="a numbered title says that it prevents",
    ),
    pytest.param(
        "| Drug | For whom | Dose |\n|---|---|---|\n"
        "| Folic acid | Women with an earlier pregnancy affected by a neural tube defect | 4 mg once a day |",
        "In pregnancy, folic acid is 400 mcg once a day.",
        id="an earlier pregnancy is none",
    ),
    pytest.param(
        "Amiodarone needs loading: 400 mg twice daily. It is then reduced to a maintenance dose of 200 mg once daily.",
        "Amiodarone 400 mg twice daily.",
        id="a maintenance dose named before its amount",
    ),
    pytest.param(
        "In acute deep vein thrombosis rivaroxaban is given at 15 mg twice daily for the first 21 days; "
        "from day 22 the dose is 20 mg once daily.",
        "| Drug | Use | Dose |\n|---|---|---|\n| Rivaroxaban | Coronary artery disease | 2.5 mg twice daily |\n"
        "| Rivaroxaban | Acute DVT, first 21 days | 15 mg twice daily |",
        id="a later dose is for what its sentence is for",
    ),
    pytest.param(
        "Gabapentin 300 mg at bedtime helps with hot flashes.",
        "For nerve pain, gabapentin is 300 mg three times a day.",
        id="hot flashes are a use",
    ),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_two_pages_give_for_other_uses_never_conflicts(one: str, other: str) -> None:
    assert warnings(page(one, "a"), page(other, "b")) == []


TOGETHER = [
    pytest.param(
        "For severe C. difficile infection, vancomycin is 500 mg by mouth four times a day.",
        "For severe C. difficile infection, vancomycin is 125 mg by mouth four times a day.",
        "A102",
        id="one grade",
    ),
    pytest.param(
        "For established deep vein thrombosis, enoxaparin is given at 1 mg/kg subcutaneously every 12 hours.",
        "For treatment of DVT, enoxaparin is given at 1.5 mg/kg subcutaneously every 12 hours.",
        "A102",
        id="DVT is deep vein thrombosis",
    ),
    pytest.param(
        "- Children's ibuprofen (not before 6 months): 10 mg/kg every 6 to 8 hours, to a maximum of 40 mg/kg a day",
        "- Ibuprofen, children: 10 mg/kg every 6 to 8 hours; maximum 60 mg/kg/day",
        "A101",
        id="an age from which it may be given is no band",
    ),
    pytest.param(
        "Most patients with a deficiency do fine on 1,000 mcg of vitamin B12 by mouth once a day.",
        "| Supplement | For whom | How much |\n|---|---|---|\n"
        "| Vitamin B12 | Adults with a deficiency | 1,000 mg by mouth once a day |",
        "A102",
        id="a deficiency in a column",
    ),
]


@pytest.mark.parametrize(("one", "other", "code"), TOGETHER)
def test_what_two_pages_give_for_one_use_conflicts(one: str, other: str, code: str) -> None:
    assert code in warnings(page(one, "a"), page(other, "b"))


def test_a_footnote_that_names_the_use_again_is_about_the_row_of_that_use() -> None:
    text = (
        "## Oral anticoagulants\n\n| Drug | Use | Dose |\n|---|---|---|\n"
        "| Dabigatran | Atrial fibrillation, CrCl 15 to 30 mL/min | 75 mg PO twice daily |\n\n"
        "In atrial fibrillation with a CrCl of 15 to 30 mL/min, dabigatran is given as 110 mg PO twice daily."
    )
    assert "A102" in warnings(page(text))


SINGLE = [
    pytest.param("A single 1.5 mg tablet of levonorgestrel is the easy one.", 1, id="a single tablet"),
    pytest.param("Alendronate is 70 mg once a week, with 8 ounces of plain water.", 1, id="what it is swallowed with"),
    pytest.param("Tranexamic acid: take 1,300 mg three times a day for five days of each period.", 1, id="each period"),
    pytest.param("**Tablet strengths:** ciprofloxacin 250, 500 and 750 mg.", 0, id="strengths"),
    pytest.param("No codeine: the 0.5 mg/kg once printed on this chart is gone, and so is aspirin.", 0, id="printed"),
    pytest.param("For gout doctors write ibuprofen. They write 800 mg three times a day.", 1, id="doctors write"),
]


@pytest.mark.parametrize(("text", "count"), SINGLE)
def test_doses_in_plain_words_and_figures_that_were_once_doses(text: str, count: int) -> None:
    assert len(page(text).statements) == count


ABOVE_A_LIST = [
    pytest.param("Sumatriptan is the workhorse.", ["sumatriptan"], id="what the list is about"),
    pytest.param("Aspirin is not for children.", [], id="what it is not about"),
    pytest.param("Safer than aspirin, it is the workhorse.", [], id="a drug that is only compared"),
    pytest.param("Sumatriptan is the workhorse, and naproxen helps.", [], id="two drugs"),
]


@pytest.mark.parametrize(("line", "named"), ABOVE_A_LIST)
def test_a_sentence_above_a_list_that_begins_with_a_drug(line: str, named: list[str]) -> None:
    found = page(f"{line}\n\n* **Tablets:** 50 mg by mouth once a day.\n\nTake 20 mg once a day.")
    assert [each.substances[0] for each in found.statements] == named
