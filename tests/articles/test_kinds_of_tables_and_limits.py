"""Kinds of tables, and of words for the most that may be taken, with figures worked out by hand."""

from __future__ import annotations

import pytest

import doseref
from doseref.articles.extract import extract
from doseref.articles.model import Article
from doseref.articles.read import read_string
from doseref.checks.article.run import reconcile
from doseref.findings import Severity
from doseref.statements import Statement


def read(text: str, kind: str = "markdown", name: str = "a") -> list[Statement]:
    return list(extract(Article(f"{name}.md", name, tuple(read_string(text, kind)))).statements)


def said(statements: list[Statement]) -> list[str]:
    """``substance daily, max maximum``, each as people read it."""
    return [
        " ".join(
            filter(
                None,
                [
                    each.substances[0],
                    *(str(figure.amount) for figure in each.daily),
                    *(f"max {stated.amount} {stated.unit}" for stated in each.maximum),
                    each.context.population if each.context.population != "adults" else None,
                ],
            )
        )
        for each in statements
    ]


def told(*pages: str) -> list[str]:
    """Codes of the warnings and errors over these pages."""
    found = [extract(Article(f"{n}.md", str(n), tuple(read_string(text, "markdown")))) for n, text in enumerate(pages)]
    result = reconcile([s for each in found for s in each.statements], extractions=found)
    return [each.code for each in result.findings if each.severity > Severity.INFO and each.code < "A202"]


@pytest.mark.parametrize(
    ("table", "statements"),
    [
        (  # a drug over each column, people down the side
            "| eGFR | Gabapentin |\n|---|---|\n| 60 or more | 300 mg three times a day |\n| 30 to 59 | 300 mg twice a day |\n| below 30 | avoid |",
            ["gabapentin 900 mg", "gabapentin 600 mg kidney impairment"],
        ),
        (  # cells that name their drug
            "| For | By mouth | Under the skin |\n|---|---|---|\n| Pain | Morphine 5 mg every 4 hours | Morphine 2 mg every 4 hours |\n| Sickness | Haloperidol 1.5 mg at night | |",
            ["morphine 30 mg", "morphine 12 mg", "haloperidol 1.5 mg"],
        ),
        (  # one drug over a list of what is said of it
            "| Swelling | Furosemide |\n|---|---|\n| Dose | 40 mg once daily |\n| Supplied as | 20 mg and 40 mg tablets |",
            ["furosemide 40 mg"],
        ),
        (
            "| | Naproxen | Ibuprofen |\n|---|---|---|\n| One dose | 250 mg | 400 mg |\n| How often | twice daily | every 8 hours |\n| Not more in a day than | 1,250 mg | 2,400 mg |",
            ["naproxen 500 mg max 1250 mg", "ibuprofen 1,200 mg max 2400 mg"],
        ),
        (  # the most of adults is not the most of children
            "| Medicine | Adults | Children 6 to 11 | Most in 24 hours |\n|---|---|---|---|\n| Loratadine | 10 mg once a day | 5 mg once a day | 10 mg |",
            ["loratadine 10 mg max 10 mg", "loratadine 5 mg children"],
        ),
        (
            "| Drug | Begin with | Usual | Top dose |\n|---|---|---|---|\n| Bisoprolol¹ | 2.5 mg od | 5 mg od | 20 mg/day |",
            ["bisoprolol 2.5 mg max 20 mg", "bisoprolol 5 mg max 20 mg"],
        ),
    ],
)
def test_tables(table: str, statements: list[str]) -> None:
    assert said(read(f"# Page\n\n{table}\n")) == statements


TABBED = "Medicine\tDose\tMost in a day\nNaproxen\t250 mg twice daily\t1,250 mg\nCetirizine\t10 mg once a day\t10 mg\n"
SPACED = (
    "Medicine      Dose                  Most in a day\n"
    "Naproxen      250 mg twice daily    1,250 mg\n"
    "Cetirizine    10 mg once a day      10 mg\n"
)


@pytest.mark.parametrize("text", [TABBED, SPACED, "SHELF CARD\n" + TABBED])
def test_columns_of_plain_text_are_a_table(text: str) -> None:
    statements = read(text, "text")
    assert said(statements) == ["naproxen 500 mg max 1250 mg", "cetirizine 10 mg max 10 mg"]
    line = text.split("\n")[statements[0].line - 1]
    assert line[statements[0].column - 1 :].startswith("250 mg twice")


@pytest.mark.parametrize(
    "text",
    [
        "1.\tNaproxen 250 mg twice daily\n2.\tCetirizine 10 mg once a day\n3.\tRest\n",
        "Drug:\tNaproxen\nDosage:\t250 mg twice daily\nRoute:\toral\n",
    ],
)
def test_lists_and_labels_with_tabs_are_none(text: str) -> None:
    assert said(read(text, "text"))[0] == "naproxen 500 mg"
    assert not any(block.kind == "row" for block in read_string(text, "text"))


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("5 mg once a day, to a ceiling of 10 mg", "5 mg once a day, max 10 mg/day"),
        ("5 mg twice a day, to a ceiling of 20 mg", "5 mg twice a day, max 20 mg/day"),
        ("100 mg four times a day, with 300 mg a day as the maximum", "100 mg four times a day, max 300 mg/day"),
        (
            "30 mg every four hours, and it is 240 mg in a day at the very most",
            "30 mg every four hours, max 240 mg/day",
        ),
        ("never past 1,000 mg in any 24 hours", "max 1,000 mg/day"),
        (
            "100 mg daily and raised by 100 mg every four weeks, as far as 900 mg a day",
            "100 mg daily, increase by 100 mg every 4 weeks, max 900 mg/day",
        ),
        ("the most we ever use is 3,600 mg a day", "max 3,600 mg/day"),
        (
            "2.5 mg once a day and, doubled every couple of weeks, tops out at 10 mg a day",
            "2.5 mg once a day, max 10 mg/day",
        ),
        ("400 mg twice a day", "400 mg twice a day"),
    ],
)
def test_words_for_the_most(text: str, put: str) -> None:
    read, wanted = doseref.parse(text), doseref.parse(put)
    assert (read.status, read.phases, read.maximum) == ("read", wanted.phases, wanted.maximum)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Febuxostat 80 mg once daily is usual; after a month 120 mg once daily may be tried.",
            ["febuxostat 80 mg", "febuxostat 120 mg"],
        ),
        ("Naproxen has its place, and the usual amount is one 250 mg tablet morning and night.", ["naproxen 500 mg"]),
        (
            "Doxycycline: 200 mg on the first day, then 100 mg once daily for a further four days.",
            ["doxycycline 100 to 200 mg"],
        ),
        ("Furosemide 40 mg at bedtime is a poor idea.", []),
        ("In 1920 the books advised colchicine 0.5 mg every two hours.", []),
        ("Codeine comes in at 30 mg every six hours.", ["codeine 120 mg"]),
        ("Codeine comes in 30 mg tablets.", []),
    ],
)
def test_sentences(text: str, statements: list[str]) -> None:
    assert said(read(f"# Page\n\n{text}\n")) == statements


def test_doses_for_two_diseases_do_not_conflict_and_for_one_they_do() -> None:
    asthma = "Prednisolone 40 mg once daily covers an attack of asthma."
    gout = "Prednisolone 30 mg once daily does for gout."
    assert told(asthma, gout) == []
    assert told(asthma, gout.replace("gout", "asthma")) != []
    assert told(asthma, "Prednisolone 30 mg once daily is usual.") != []


def test_two_names_of_one_substance_in_a_table_are_meant_apart() -> None:
    table = "| Drug | Usual dose |\n|---|---|\n| Carvedilol | 25 mg once daily |\n| Carvedilol phosphate | 40 mg once daily |\n"
    assert told(table) == []
    assert told(table.replace(" phosphate", "")) != []


def test_the_most_of_a_nutrient_says_nothing_of_a_medicine_for_a_disease() -> None:
    def codes(text: str) -> list[str]:
        found = extract(Article("a.md", "a", tuple(read_string(text, "markdown"))))
        return [each.code for each in reconcile(found.statements, extractions=[found]).findings]

    assert "A202" in codes("Zinc 50 mg three times daily")
    assert "A202" not in codes("Zinc acetate 50 mg three times daily (Wilson disease)")
