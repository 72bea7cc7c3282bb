"""The page of ``reconcile`` in the dress of the others: it fits a telephone, axe finds nothing, and few pages are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.checks.article.run import reconcile
from doseref.refdata import reference
from doseref.reports import reconcile_html
from doseref.statement_rows import statements
from outputs import browser


@pytest.fixture(scope="module")
def page() -> str:
    return reconcile_html.render(reconcile(statements(reference())), reference())


def test_it_wears_the_common_style_and_allows_no_request(page: str) -> None:
    assert "default-src 'none'" in page and "--band:" in page and "--badbg:" in page
    assert page.count("<article") > 60 and " quiet'>" in page


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: str, width: int, tmp_path: Path) -> None:
    assert browser.axe(page, tmp_path, width) == []


def test_it_fits_a_telephone(page: str, tmp_path: Path) -> None:
    assert browser.overflow(page, tmp_path) == 0


def test_twelve_pages_of_paper_are_enough(page: str, tmp_path: Path) -> None:
    assert 1 <= browser.sheets(page, tmp_path) <= 12


def test_what_is_shown_can_be_chosen_without_a_script_of_its_own(page: str, tmp_path: Path) -> None:
    assert "<script" not in page
    script = """() => {
    const seen = () => [...document.querySelectorAll('article.one')].filter(e => getComputedStyle(e).display != 'none').map(e => e.id);
    const choose = (key, number) => { document.getElementById('only-' + key).selectedIndex = number; const ids = seen();
      document.getElementById('only-' + key).selectedIndex = 0; return ids; };
    const whole = document.querySelectorAll('article.one').length;
    const errors = choose('severity', 3), second = choose('substance', 2), first = choose('article', 1);
    return [whole == seen().length, errors.length, second.length, first.length, whole]; }"""
    with browser.shown(page, tmp_path) as shown:
        everything, errors, substance, article, whole = shown.evaluate(script)
    result = reconcile(statements(reference()))
    first = sorted({each.source for each in result.statements})[0]
    assert everything
    assert whole == len(result.groups)
    assert errors == len(
        {name for each in result.findings if each.severity.word == "error" for name in each.substances}
    )
    assert substance == 1
    assert article == sum(first in group.sources for group in result.groups)
