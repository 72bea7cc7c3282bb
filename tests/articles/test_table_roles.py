"""What the headers, rows and notes of a table say of its doses, in many layouts; figures worked out by hand."""

from __future__ import annotations

import pytest

from doseref.articles.extract import extract
from doseref.articles.extracted import Extraction
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import reconcile
from doseref.findings import Severity


def read(text: str, kind: str = "markdown") -> Extraction:
    return extract(Article("a.md", "a", tuple(read_string(text, kind))))


def lines(text: str, kind: str = "markdown") -> list[str]:
    """Each statement as ``substance: dosage [what its context says, but adults and the route]``."""
    found = []
    for each in read(text, kind).statements:
        parts = (each.context.population, each.context.band, each.context.indication, each.context.condition)
        told = "; ".join(part for part in parts if part and part != "adults")
        found.append(f"{' + '.join(each.substances)}: {each.dosage_text}{f' [{told}]' if told else ''}")
    return found


FEVER = """<h2>Children</h2><table>
<tr><th rowspan="2">Weight</th><th colspan="2">Acetaminophen, every 4 to 6 hours</th><th colspan="2">Ibuprofen, every 6 to 8 hours</th></tr>
<tr><th>mg</th><th>mL</th><th>mg</th><th>mL</th></tr>
<tr><td>8 to 10.9 kg</td><td>120 mg</td><td>3.75 mL</td><td>75 mg</td><td>3.75 mL</td></tr>
<tr><td>By weight</td><td colspan="2">10 to 15 mg/kg a dose, no more than 5 doses in 24 hours; max 75 mg/kg/day</td>
<td colspan="2">5 to 10 mg/kg a dose; max 40 mg/kg/day</td></tr></table>"""


def test_a_drug_and_its_frequency_stand_over_two_columns() -> None:
    assert lines(FEVER, "html") == [
        "acetaminophen: 120 mg every 4 to 6 hours [children; 8 to 10.9 kg]",
        "acetaminophen: 3.75 mL every 4 to 6 hours [children; 8 to 10.9 kg]",
        "ibuprofen: 75 mg every 6 to 8 hours [children; 8 to 10.9 kg]",
        "ibuprofen: 3.75 mL every 6 to 8 hours [children; 8 to 10.9 kg]",
        "acetaminophen: 10 to 15 mg/kg a dose every 4 to 6 hours , no more than 5 doses in 24 hours; max 75 mg/kg/day [children]",
        "ibuprofen: 5 to 10 mg/kg a dose every 6 to 8 hours ; max 40 mg/kg/day [children]",
    ]


def test_the_most_doses_of_a_day_hold_for_the_sum_of_a_day() -> None:
    """5 doses of 15 mg/kg are 75 mg/kg, whatever every 4 hours comes to."""
    extraction = read(FEVER, "html")
    found = reconcile(list(extraction.statements), extractions=[extraction]).findings
    assert [each.message for each in found if each.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (  # a number of doses is no dose, and what they come to stands behind them
            "## Steps (fluticasone HFA)\n\n| Step | Dose | Doses a day | Total a day |\n|---|---|---|---|\n"
            "| Low | 88 mcg | 2 | 176 mcg |\n| Medium | 220 mcg | 2 | 440 mcg |",
            [
                "fluticasone: 88 mcg 2 times daily (176 mcg/day) [low]",
                "fluticasone: 220 mcg 2 times daily (440 mcg/day) [medium]",
            ],
        ),
        (  # a total is the dose where no other column is
            "| Drug | Total daily dose |\n|---|---|\n| Metformin | 1,500 mg |",
            ["metformin: 1,500 mg/day"],
        ),
        (  # what follows a first dose, and how often the first one is taken
            "| Drug | Situation | Route | First dose | Repeat |\n|---|---|---|---|---|\n"
            "| Adenosine | SVT | IV | 6 mg | 12 mg after 1-2 min |\n"
            "| Furosemide | Pulmonary edema | IV | 40 mg | 80 mg after 1 h if needed |\n"
            "| Diphenhydramine | Allergic reaction | IV | 25-50 mg | every 6 h |\n"
            "| Epinephrine | Anaphylaxis | IM | 0.5 mg | every 5 min |",
            [
                "adenosine: 6 mg IV [svt; start]",
                "adenosine: 12 mg [svt; repeat]",
                "furosemide: 40 mg IV [pulmonary edema; start]",
                "furosemide: 80 mg if needed [pulmonary edema; repeat]",
                "diphenhydramine: 25-50 mg every 6 h IV [allergic reaction; start]",
                "epinephrine: 0.5 mg IM [anaphylaxis; start]",
            ],
        ),
        (  # a laboratory value in front of each row, and a note behind it
            "| Serum K (mmol/L) | Potassium chloride, oral | Check again |\n|---|---|---|\n"
            "| 3.0 to 3.4 | 20 mmol twice daily | next day |\n| above 5.5 | none | 2 hours |",
            ["potassium chloride: 20 mmol twice daily [serum k (mmol/l) 3.0 to 3.4]"],
        ),
        (  # a cell that says itself how often does not take it from another row
            "| | Albuterol nebulizer | Ipratropium nebulizer |\n|---|---|---|\n| Usual dose | 2.5 mg | 500 mcg |\n"
            "| How often | every 6-8 hours | every 6 hours |\n| Severe attack dose | 5 mg every 20 min, 3 doses | |",
            [
                "albuterol: 2.5 mg every 6-8 hours",
                "ipratropium: 500 mcg every 6 hours",
                "albuterol: 5 mg every 20 min, 3 doses [severe attack dose]",
            ],
        ),
    ],
)
def test_columns(table: str, statements: list[str]) -> None:
    assert sorted(lines(f"# Page\n\n{table}\n")) == sorted(statements)


SPANNING = """<h1>Tables (adults)</h1><h2>Start and maximum</h2><table>
<tr><th>Drug (all oral)</th><th>Start</th><th>Usual</th><th>Maximum</th></tr>
<tr><td>Amlodipine</td><td>5 mg once daily</td><td>5-10 mg once daily</td><td>10 mg a day</td></tr>
<tr><td>Atorvastatin</td><td>10 to 20 mg once daily</td><td colspan="2">up to 80 mg daily</td></tr>
<tr><td>Levothyroxine</td><td colspan="2">1.6 mcg/kg once daily</td><td>300 mcg a day</td></tr></table>
<table><tr><th rowspan="2">Drug</th><th colspan="3">CrCl (mL/min)</th></tr>
<tr><th>60 and over</th><th>30 to 59</th><th>15 to 29</th></tr>
<tr><th>Cetirizine</th><td>10 mg once daily</td><td colspan="2">5 mg once daily</td></tr></table>"""


def test_a_cell_below_several_headers_is_what_all_of_them_say() -> None:
    statements = read(SPANNING, "html").statements
    assert [(each.substances[0], each.dosage_text, each.context.purpose) for each in statements[:5]] == [
        ("amlodipine", "5 mg once daily, max 10 mg a day", "starting"),
        ("amlodipine", "5-10 mg once daily, max 10 mg a day", None),
        ("atorvastatin", "10 to 20 mg once daily up to 80 mg daily", "starting"),
        ("levothyroxine", "1.6 mcg/kg once daily, max 300 mcg a day", None),
        ("cetirizine", "10 mg once daily", None),
    ]
    assert [each.routes for each in statements[:4]] == [("oral",)] * 4
    assert [(each.context.population, each.context.band) for each in statements[4:]] == [
        ("adults", None),
        ("kidney impairment", "clearance 15 to 59"),
    ]


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (  # the unit of bare numbers, how a day's amount is split, and what a liquid holds
            "| Medicine | mg/kg/day | Divided | Max mg/day | Suspension |\n|---|---|---|---|---|\n"
            "| Amoxicillin | 45 | BID | 1,750 | 400 mg/5 mL |",
            ["amoxicillin: 45 mg/kg/day divided BID, max 1,750 mg/day"],
        ),
        (  # a weight over each column, and the dose by weight
            "| Drug | Per kg | 10 kg | 20 kg | Maximum single dose |\n|---|---|---|---|---|\n"
            "| Lorazepam IV | 0.1 mg/kg | 1 mg | 2 mg | 4 mg |",
            [
                "lorazepam: 0.1 mg/kg, max 4 mg per dose",
                "lorazepam: 1 mg, max 4 mg per dose [10 kg]",
                "lorazepam: 2 mg, max 4 mg per dose [20 kg]",
            ],
        ),
        (  # weights side by side over one drug
            "## Ibuprofen 100 mg/5 mL\n\nEvery 6 to 8 hours with food.\n\n"
            "| Weight (kg) | 6-8 | 8-11 |\n|---|---|---|\n| Dose (mg) | 50 | 75 |\n| Volume (mL) | 2.5 | 3.75 |",
            [
                "ibuprofen: Every 6 to 8 hours with food",
                "ibuprofen: 6-8 kg: 2.5 mL; 8-11 kg: 3.75 mL",
                "ibuprofen: 6-8 kg: 50 mg; 8-11 kg: 75 mg",
            ],
        ),
        (  # days of a course, which are no illness
            "## Prednisolone taper\n\n| Days | Dose |\n|---|---|\n| 1-3 | 40 mg daily |\n| 4-6 | 20 mg daily |",
            ["prednisolone: 20 mg daily [days 4-6]", "prednisolone: 40 mg daily [days 1-3]"],
        ),
        (  # what is as strong as another drug is no dose
            "| Opioid | Equivalent to oral morphine 10 mg |\n|---|---|\n| Codeine | 100 mg |\n| Oxycodone | 6.6 mg |",
            [],
        ),
    ],
)
def test_units_bands_and_strengths_in_headers(table: str, statements: list[str]) -> None:
    assert sorted(lines(f"# Page\n\n{table}\n")) == sorted(statements)


def test_the_caption_says_how_often_the_doses_of_its_bands_are_given() -> None:
    page = """<table><caption>Acetaminophen 160 mg/5 mL: give every 4 to 6 hours, no more than 5 doses in 24 hours</caption>
    <tr><th>Weight</th><th>Age</th><th>Dose (mg)</th><th>Volume (mL)</th></tr>
    <tr><td>12-17 lb</td><td>6-11 months</td><td>80</td><td>2.5</td></tr>
    <tr><td>18-23 lb</td><td>12-23 months</td><td>120</td><td>3.75</td></tr></table>"""
    first, second = read(page, "html").statements
    assert first.bands == (("12-17 lb", "80 mg"), ("18-23 lb", "120 mg"))
    assert second.bands == (("12-17 lb", "2.5 mL"), ("18-23 lb", "3.75 mL"))
    assert [(each.amount, each.unit) for each in first.maximum] == [(5, "{dose}")]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("PO 50–100 mg q6h; IV 50 mg q8h", ["PO 50–100 mg q6h, max 400 mg/day", "IV 50 mg q8h, max 400 mg/day"]),
        ("IV 30 mg q6h / PO 10 mg q6h", ["IV 30 mg q6h, max 400 mg/day", "PO 10 mg q6h, max 400 mg/day"]),
        ("Adult: 8 mg q8h; Child: 0.1 mg/kg q8h", ["8 mg q8h, max 400 mg/day", "0.1 mg/kg q8h [children]"]),
        ("10 mg tds (adult), 0.1 mg/kg tds (child)", ["10 mg tds, max 400 mg/day", "0.1 mg/kg tds [children]"]),
        ("250 mg bd (500 mg bd in acute gout)", ["250 mg bd, max 400 mg/day", "500 mg bd in acute gout, max 400 mg/day [gout; acute gout]"]),
        ("200 mg bd; severe infection 400 mg bd", ["200 mg bd, max 400 mg/day", "400 mg bd, max 400 mg/day [severe infection]"]),
        ("40 mg daily (asthma); 30 mg daily (COPD)", ["40 mg daily, max 400 mg/day [asthma]", "30 mg daily, max 400 mg/day [copd]"]),
        ("40 mg, max 80 mg", ["40 mg, max 80 mg, max 400 mg/day"]),
        ("200 mg on day 1; then 100 mg daily", ["200 mg on day 1; then 100 mg daily, max 400 mg/day"]),
        ("100 mg bd<br>or 200 mg od", ["100 mg bd, max 400 mg/day", "or 200 mg od, max 400 mg/day"]),
    ],
)  # fmt: skip
def test_doses_of_one_cell(cell: str, parts: list[str]) -> None:
    """What is for others has no part in the most of adults."""
    table = f"| Drug | Dose | Max/day |\n|---|---|---|\n| Naproxen | {cell} | 400 mg |"
    assert lines(table) == [f"naproxen: {part}" for part in parts]


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (
            "| Drug | Adult / Child dose | Frequency |\n|---|---|---|\n| Cetirizine | 10 mg / 5 mg | once daily / twice daily |",
            ["cetirizine: 10 mg once daily", "cetirizine: 5 mg twice daily [children]"],
        ),
        (
            "| Drug | Dose |\n|---|---|\n| Morphine (oral/SC) | 10 mg / 5 mg q4h |",
            ["morphine: 10 mg q4h", "morphine: 5 mg q4h"],
        ),
    ],
)
def test_a_header_or_a_name_of_as_many_parts(table: str, statements: list[str]) -> None:
    assert lines(table) == statements


def test_a_cell_that_may_name_another_drug_is_not_split() -> None:
    """ "Zolvexa 40 mg" is nobody's dose."""
    table = "| Drug | Dose |\n|---|---|\n| Naproxen | 250 mg bd; Zolvexa 40 mg od |"
    assert [each.dosage.status for each in read(table).statements if "40 mg" in each.dosage_text] != ["read"]


MARKED = """| Drug | Dose | Interval (h) | Max per day |
|---|---|---|---|
| Tramadol† | 50 mg | 6 | 400 mg‡ |
| Citalopram | 20 mg† | 24 | 40 mg(a) |
| Digoxin[^1] | 125 mcg | 24 | - |
| Allopurinol <sup>2</sup> | 100 mg | 24 | 900 mg<sup>3</sup> |

† With food.
‡ Over 75 years: maximum 300 mg daily.
(a) 20 mg a day over 65 years.
[^1]: In the elderly 62.5 mcg once daily.
<sup>2</sup> Start with 50 mg once daily in kidney impairment.
<sup>3</sup> Maximum in kidney impairment: 300 mg/day.
"""


def test_a_footnote_is_about_the_drug_that_its_sign_stands_beside() -> None:
    assert lines(MARKED) == [
        "tramadol: 50 mg every 6 hours, max 400 mg/day",
        "citalopram: 20 mg every 24 hours, max 40 mg/day",
        "digoxin: 125 mcg every 24 hours",
        "allopurinol: 100 mg every 24 hours, max 900 mg/day",
        "tramadol: maximum 300 mg daily [older adults]",
        "citalopram: 20 mg a day over 65 years [older adults]",
        "digoxin: 62.5 mcg once daily [older adults]",
        "allopurinol: Start with 50 mg once daily [kidney impairment; start]",
        "allopurinol: max 300 mg/day [kidney impairment]",
    ]


def test_a_footnote_of_two_drugs_is_of_neither() -> None:
    page = "| Drug | Dose |\n|---|---|\n| Tramadol† | 50 mg qds |\n| Codeine† | 30 mg qds |\n\n† Over 75 years 25 mg qds.\n"
    extraction = read(page)
    assert [each.substances for each in extraction.statements] == [("tramadol",), ("codeine",)]
    assert [each.text for each in extraction.loose] == ["25 mg"]


def test_what_was_used_up_to_a_year_is_no_dose() -> None:
    page = "| Drug | Dose |\n|---|---|\n| Nitrofurantoin (a) | 50 mg qds |\n\n(a) Up to 2019 we used 100 mg at night."
    assert lines(page) == ["nitrofurantoin: 50 mg qds"]


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (  # parts of the day side by side are one instruction
            "| Medicine | Morning | Midday | Evening | Bedtime |\n|---|---|---|---|---|\n"
            "| Metformin | 500 mg | | 500 mg | |\n| Simvastatin | | | | 20 mg |",
            ["metformin: 500 mg in the morning and 500 mg in the evening", "simvastatin: 20 mg at bedtime"],
        ),
        (  # a drug in the corner, over what is said of its doses
            "| Levothyroxine | |\n|---|---|\n| Starting dose | 50 mcg once daily |\n| Adjust | by 25 mcg every 4 weeks |\n"
            "| Maximum | 200 mcg daily |",
            ["levothyroxine: 50 mcg once daily, max 200 mcg daily [start]"],
        ),
        (  # units of an insulin by the blood sugar
            "## Insulin lispro SC, before meals\n\n| Glucose (mg/dL) | Units |\n|---|---|\n| 150-199 | 2 |\n| 200-249 | 4 |",
            [
                "insulin lispro: 2 Units [glucose (mg/dl) 150-199]",
                "insulin lispro: 4 Units [glucose (mg/dl) 200-249]",
            ],
        ),
        (  # what men and what women need
            "| Vitamin | RDA (men) | RDA (women) | Upper limit |\n|---|---|---|---|\n| Vitamin C | 90 mg | 75 mg | 2,000 mg |",
            ["vitamin C: 75 mg/day, max 2,000 mg [women]", "vitamin C: 90 mg/day, max 2,000 mg [men]"],
        ),
        (  # from where on the next dose begins
            "| Drug | Low dose | Medium dose | High dose |\n|---|---|---|---|\n| Budesonide DPI | 180–540 mcg | >540–1080 mcg | >1080 mcg |",
            ["budesonide: 180–540 mcg", "budesonide: 540–1080 mcg [medium dose]"],
        ),
        (  # ways over the columns of one drug
            "## Vancomycin\n\n| | By mouth | Into a vein |\n|---|---|---|\n| Use | *C. difficile* infection | serious infection |\n"
            "| Loading | none | 25 mg/kg once |\n| Continuing | 125 mg four times a day | 15 mg/kg every 12 hours |\n"
            "| Ceiling | 2 g a day | 2 g per dose |\n| Level wanted | not measured | trough 10–20 mg/L |",
            [
                "vancomycin: 125 mg four times a day, max 2 g a day [c. difficile infection]",
                "vancomycin: 15 mg/kg every 12 hours, max 2 g per dose [serious infection]",
                "vancomycin: 25 mg/kg once, max 2 g per dose [serious infection]",
            ],
        ),
        (  # nothing but drugs and their doses
            "## Helicobacter pylori eradication\n\n| Omeprazole | Amoxicillin |\n|---|---|\n| 20 mg twice a day | 1 g twice a day |",
            [
                "amoxicillin: 1 g twice a day [helicobacter pylori eradication]",
                "omeprazole: 20 mg twice a day [helicobacter pylori eradication]",
            ],
        ),
        (  # at night, and the most of older people in brackets
            "| Drug | Usual dose | Maximum |\n|---|---|---|\n| Amitriptyline | 75 mg ON | 150 mg/day |\n"
            "| Citalopram | 20 mg OD | 40 mg/day (over 65 y: 20 mg/day) |",
            [
                "amitriptyline: 75 mg at night, max 150 mg/day",
                "citalopram: 20 mg OD, max 40 mg/day",
                "citalopram: max 20 mg/day [older adults]",
            ],
        ),
        (  # what to do instead of a dose is none
            "| | Amoxicillin | Clarithromycin |\n|---|---|---|\n| Dose | 500 mg tds | 500 mg bd |\n"
            "| Kidneys | avoid if eGFR under 10 | eGFR under 30: 250 mg twice a day |",
            [
                "amoxicillin: 500 mg tds",
                "clarithromycin: 250 mg twice a day [kidney impairment; clearance below 30]",
                "clarithromycin: 500 mg bd",
            ],
        ),
        (  # a clearance that healthy kidneys have too
            "| Drug | Use | Dose |\n|---|---|---|\n| Enoxaparin | hip replacement, CrCl over 30 mL/min | 40 mg od |\n"
            "| Enoxaparin | hip replacement, CrCl 15–30 mL/min | 20 mg od |",
            [
                "enoxaparin: 20 mg od [kidney impairment; clearance 15 to 30; hip replacement]",
                "enoxaparin: 40 mg od [hip replacement]",
            ],
        ),
    ],
)
def test_layouts(table: str, statements: list[str]) -> None:
    assert sorted(lines(f"# Page\n\n{table}\n")) == sorted(statements)


def test_a_row_that_is_one_cell_ends_no_table_of_bands() -> None:
    page = """<h2>Ibuprofen by mouth (100 mg/5 mL suspension)</h2><table>
    <tr><th>Weight</th><th>Ibuprofen, single dose</th><th>mL</th><th>Times a day</th></tr>
    <tr><td>8–9.9 kg</td><td>80 mg</td><td>4 mL</td><td>3</td></tr>
    <tr><td>10–14.9 kg</td><td>100 mg</td><td>5 mL</td><td>3</td></tr>
    <tr><td colspan="4">All weights: ibuprofen maximum 30 mg/kg in 24 hours</td></tr></table>"""
    first, *_ = read(page, "html").statements
    assert first.bands == (("8–9.9 kg", "80 mg"), ("10–14.9 kg", "100 mg"))
    assert first.dosage.options[0].times is not None
    found = [each for statement in read(page, "html").statements for each in statement.maximum]
    assert [(str(each.amount), each.unit) for each in found] == [("30", "mg/kg")]


def test_a_maximum_stands_where_its_own_row_stands() -> None:
    page = (
        "| | Metformin, standard release | Metformin, modified release |\n|---|---|---|\n"
        "| Adult start | 500 mg once daily | 500 mg once daily |\n| Adult maximum | 3 g a day | 2 g a day |\n"
    )
    found = [
        (each.line, [stated.place and stated.place[0] for stated in each.maximum]) for each in read(page).statements
    ]
    assert found == [(3, [4]), (3, [4])]


def test_the_marks_of_an_encyclopedia_are_no_text() -> None:
    page = "In heart failure, lisinopril is begun at 10 mg once daily in adults.[citation needed] It was patented in 1978.[12]"
    assert [each.dosage_text for each in read(page).statements] == ["10 mg once daily"]


def test_each_way_has_a_frequency_of_its_own() -> None:
    page = """<h2>Amoxicillin</h2><table><tr><th></th><th colspan="2">Oral</th><th colspan="2">IV</th></tr>
    <tr><th>Age</th><th>Dose</th><th>Frequency</th><th>Dose</th><th>Frequency</th></tr>
    <tr><td>1–4 years</td><td>250 mg</td><td>3 times a day</td><td>20 mg/kg</td><td>every 8 hours</td></tr></table>"""
    found = [(each.dosage_text, each.routes, each.context.band) for each in read(page, "html").statements]
    assert found == [
        ("250 mg 3 times a day", ("oral",), "1–4 years"),
        ("20 mg/kg every 8 hours", ("intravenous",), "1–4 years"),
    ]


def test_ages_with_a_maximum_of_their_own_are_rows() -> None:
    page = """<table><caption>Acetaminophen (oral), by age. Doses may be repeated every 4–6 hours.</caption>
    <tr><th>Age</th><th>Single dose</th><th>Maximum in 24 hours</th></tr>
    <tr><td>1–5 years</td><td>120–250 mg</td><td>1 g</td></tr><tr><td>6–12 years</td><td>250–500 mg</td><td>2 g</td></tr></table>"""
    assert [each.dosage_text for each in read(page, "html").statements] == [
        "120–250 mg every 4–6 hours, max 1 g/day",
        "250–500 mg every 4–6 hours, max 2 g/day",
    ]


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (  # a trade name in front of the name is nothing that the dose is for
            "| Trade name | Generic | Usual adult dose | How supplied |\n|---|---|---|---|\n"
            "| Lasix | furosemide | 20–80 mg once daily | 20, 40, 80 mg tabs |",
            ["furosemide: 20–80 mg once daily"],
        ),
        (  # ages without their unit, and an upper limit
            "| Vitamin | Age 19–50 | Over 70 | UL |\n|---|---|---|---|\n| Vitamin D | 600 IU | 800 IU | 4000 IU |",
            ["vitamin D: 600 IU, max 4000 IU [Age 19–50 years]", "vitamin D: 800 IU [older adults; over 70]"],
        ),
        (  # puffs are the dose, and what one holds is none
            "| Inhaler | Strength per puff | Puffs | Times a day | Max puffs/day |\n|---|---|---|---|---|\n| Albuterol | 90 mcg | 2 | 4 | 8 |",
            ["albuterol: 2 puffs 4 times daily, max 8 puffs/day"],
        ),
    ],
)
def test_names_ages_and_puffs_in_columns(table: str, statements: list[str]) -> None:
    assert [each.replace("Puffs", "puffs") for each in lines(f"# Page\n\n{table}\n")] == statements


@pytest.mark.parametrize("sign", [";", " | ", ","])
def test_text_with_signs_between_its_cells_is_a_table(sign: str) -> None:
    rows = [("Drug", "Route", "Dose", "How often"), ("Ketorolac", "IV", "15 mg", "every 6 hours")]
    rows.append(("Famotidine", "PO", "20 mg", "twice daily"))
    page = "Chart\n\n" + "\n".join(sign.join(row) for row in rows) + "\n"
    assert lines(page, "text") == ["ketorolac: 15 mg every 6 hours IV", "famotidine: 20 mg twice daily PO"]


def test_sentences_with_commas_are_no_table() -> None:
    page = "Rest, ice, and time help,\nnaproxen 250 mg, twice a day, helps,\nand so, in time, does walking,\n"
    assert "row" not in [each.kind for each in read_string(page, "text")]


def test_a_condition_above_a_table_is_of_no_row() -> None:
    """ "In the morning" stood in every row, and three times a day in the morning was told as a contradiction."""
    page = "## Pain\n\nTake in the morning if you feel drowsy.\n\n| Medicine | Dose |\n|---|---|\n| Ibuprofen | 400 mg tds |\n| Naproxen | 250 mg |\n"
    assert [each.dosage_text for each in read(page).statements] == ["400 mg tds", "250 mg"]


def test_what_a_row_says_itself_stands_alone() -> None:
    page = "## Pain\n\nAll doses are taken twice a day.\n\n| Medicine | Dose |\n|---|---|\n| Ibuprofen | 400 mg tds |\n| Naproxen | 250 mg |\n"
    assert [each.dosage_text for each in read(page).statements] == ["400 mg tds", "250 mg twice a day"]
