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
