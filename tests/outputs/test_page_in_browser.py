"""The page of the service as somebody uses it: typed into, clicked, by the keyboard alone, on a telephone, and without any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outputs import browser
from outputs.serving import served

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")
pytest.importorskip("playwright", reason="playwright is not installed (extra browser)")

TYLENOL, NORCO = (
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
)
MISSPELLED = "ibuprophen 400 mg every 8 hours"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("service") / "log") as where:
        yield where


def typed(page: Any, *lines: str) -> None:
    box = page.get_by_label("One item a line")
    box.fill("")
    box.press_sequentially("\n".join(lines))


def checked(page: Any, *lines: str) -> None:
    typed(page, *lines)
    page.get_by_role("button", name="Check", exact=True).click()


@pytest.mark.parametrize("width", [1280, 390])
def test_type_check_and_click_a_suggestion(address: str, width: int) -> None:
    with browser.opened(address, width) as page:
        assert page.locator("#results").inner_text() == "The answer will stand here."
        checked(page, TYLENOL, NORCO, MISSPELLED)
        assert "Acetaminophen is over 3 of 4 maxima" in page.locator("#results").inner_text()
        assert page.locator("svg.bullet").count() >= 2 and page.locator("svg.bullet").first.is_visible()
        assert page.locator("mark").all_inner_texts() == ["ibuprophen"]
        assert browser.wider(page) == 0
        page.get_by_role("button", name="Put in ibuprofen").click()
        assert page.get_by_label("One item a line").input_value().splitlines()[2] == "ibuprofen 400 mg every 8 hours"
        assert page.locator("mark").count() == 0 and "1,200 mg in 24 hours" in page.content()
        assert browser.wider(page) == 0


def test_the_keyboard_alone_is_enough(address: str) -> None:
    with browser.opened(address) as page:
        focus = "document.activeElement.id || document.activeElement.textContent"
        page.keyboard.press("Tab")
        assert page.evaluate(focus) == "Skip to the results" and page.locator(".skip").is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate(focus) == "text"
        page.keyboard.type(f"{TYLENOL}\n{MISSPELLED}")
        page.keyboard.press("Tab")
        assert page.evaluate(focus) == "Check"
        page.keyboard.press("Enter")
        page.wait_for_selector("mark")
        for _ in range(30):  # down to the button of the suggestion, wherever it stands
            page.keyboard.press("Tab")
            if str(page.evaluate(focus)).startswith("Put in ibuprofen"):
                break
        assert str(page.evaluate(focus)) == "Put in ibuprofen in line 2"
        page.keyboard.press("Enter")
        page.wait_for_function("!document.querySelector('mark')")
        assert "ibuprofen 400 mg every 8 hours" in page.get_by_label("One item a line").input_value()
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("details").first.get_attribute("open") is not None


def test_it_needs_no_script(address: str) -> None:
    with browser.opened(address, scripts=False) as page:
        checked(page, MISSPELLED)
        page.get_by_role("button", name="Put in ibuprofen").click()
        assert page.locator("mark").count() == 0 and "1,200 mg in 24 hours" in page.content()


def test_the_report_and_the_json_are_saved(address: str) -> None:
    with browser.opened(address, downloads=True) as page:
        checked(page, TYLENOL)
        for label, name in (
            ("Download the report (HTML)", "regimen-check.html"),
            ("Download JSON", "regimen-check.json"),
        ):
            with page.expect_download() as caught:
                page.get_by_role("button", name=label).click()
            assert caught.value.suggested_filename == name
            content = Path(caught.value.path()).read_text(encoding="utf-8")
            if name.endswith(".json"):
                assert json.loads(content)["regimens"][0]["totals"][0]["high"] == 4000
            else:
                assert "4,000 mg in 24 hours" in content


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(address: str, width: int, dark: bool) -> None:
    browser.axe_code()
    with browser.opened(address, width, dark=dark) as page:
        assert browser.judged(page) == []
        checked(page, TYLENOL, NORCO, MISSPELLED, "aspirin 81 mg daily", "zzyzx")
        assert browser.judged(page) == []
        for summary in page.locator("summary").all():
            summary.click()
        assert browser.judged(page) == []


def test_hostile_lines_run_nothing(address: str) -> None:
    with browser.opened(address) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        checked(
            page,
            "<script>alert(1)</script> 5 mg daily",
            "</textarea><img src=x onerror=alert(1)> 5 mg",
            "[x](javascript:alert(1)) 1 mg",
        )
        assert page.locator("img, main script").count() == 0
        assert "<script>alert(1)</script>" in page.locator("mark").first.inner_text()
