"""The page of ``show``: what is disputed first, every daily figure on one axis, everything as a table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from doseref.lookup import Shown, look_up, shown
from doseref.names import names
from doseref.refdata import reference
from doseref.reports import show_html
from outputs import browser


def page(*wanted: str) -> str:
    data = reference()
    found = [each for name in wanted for each in look_up(name, names(data))]
    return show_html.render(data, [statement for each in found for statement in each.statements], found)


def test_what_is_disputed_comes_first_and_sources_are_grouped_by_tier() -> None:
    text = page("acetaminophen")
    order = [text.index(words) for words in ("disputed</span> the sources state different maxima", "<h3>Articles</h3>", "<h3>Labels</h3>", "<svg", "<details class='everything'>", "<h2>Sources</h2>") if words != "<svg"]  # fmt: skip
    assert order == sorted(order)
    assert "L5–S1 line 321, Acetaminophen: 2,000 to 6,000 mg in 24 hours, at most 3,000 mg" in text


def test_all_figures_are_on_one_axis_to_scale() -> None:
    text = page("acetaminophen")
    # The highest figure of all is 6,000 mg (1,000 mg every 4 hours): the axis ends 5% beyond it, at 6,300 mg.
    assert "0 to 6,300 mg in 24 hours" in text
    row = text.partition("L5–S1 line 321, Acetaminophen")[2].partition("</li>")[0]
    at = [
        Decimal(number)
        for number in re.findall(r"x1='([\d.]+)%'|x='([\d.]+)%' y='4'", row)
        for number in number
        if number
    ]
    assert at == [round(Decimal(2000) / 63, 2), round(Decimal(3000) / 63, 2)]


def test_figures_of_another_dimension_or_period_are_in_the_table_alone() -> None:
    text = page("methotrexate", "fentanyl", "vitamin D")
    assert text.count("class='person'") == 3
    assert "<th scope='col'>dosage</th>" in text and "No source here gives a daily amount." in text


def test_hostile_names_are_plain_text() -> None:
    data = reference()
    bad = Shown("x", "<script>alert(1)</script>\u202e", (), (), (), ("<b>they</b> differ",))
    text = show_html.render(data, [], [bad, shown("acetaminophen", data)])
    assert "<script" not in text and "<b>" not in text and "\u202e" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_it_fits(width: int, tmp_path: Path) -> None:
    text = page("acetaminophen", "pregabalin")
    assert browser.overflow(text, tmp_path, width) == 0
    assert browser.axe(text, tmp_path, width) == []


def test_what_is_known_of_a_drug_is_few_sheets_of_paper(tmp_path: Path) -> None:
    text = page("acetaminophen")
    assert "products are left out on paper" in text
    assert 1 <= browser.sheets(text, tmp_path) <= 5
