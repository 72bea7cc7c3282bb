"""An installed Chromium, driven by playwright where both are there: a page as a person has it, and axe's verdict on it.

Nothing is downloaded: playwright (extra ``browser``) takes the Chromium of the machine. Tests skip, saying why, where one is missing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from outputs import readers


@contextmanager
def opened(
    where: str, width: int = 1280, *, scripts: bool = True, dark: bool = False, downloads: bool = False
) -> Iterator[Any]:
    """A page of the browser at an address, in a window of ``width`` pixels; the page's own policy does not bind the tests' scripts."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra browser)")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=scripts, java_script_enabled=scripts,
            color_scheme="dark" if dark else "light", accept_downloads=downloads,
        )  # fmt: skip
        page = context.new_page()
        page.goto(where)
        yield page
        browser.close()


@contextmanager
def shown(html: str, directory: Path, width: int = 1280, **more: Any) -> Iterator[Any]:
    """A page that is written to ``directory`` first."""
    path = directory / "page.html"
    path.write_text(html, encoding="utf-8")
    with opened(path.as_uri(), width, **more) as page:
        yield page


def axe(html: str, directory: Path, width: int = 1280) -> list[str]:
    """What axe finds wrong with a page, in light and in dark colours."""
    axe_code()
    found = []
    for dark in (False, True):
        with shown(html, directory, width, dark=dark) as page:
            found += judged(page)
    return found


def axe_code() -> str:
    """The code of axe; skips where it is not at hand."""
    return readers.installed("node_modules", "axe-core", "axe.min.js").read_text(encoding="utf-8")


def judged(page: Any) -> list[str]:
    """What axe finds wrong with a page as it is now, each with the first element."""
    page.evaluate(axe_code())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']} × {len(each['nodes'])}: {each['nodes'][0]['html'][:200]}" for each in result["violations"]]


def wider(page: Any) -> int:
    """Pixels by which a page is wider than its window."""
    made: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return made


def overflow(html: str, directory: Path, width: int = 390) -> int:
    """Pixels by which a page is wider than a window of ``width``."""
    with shown(html, directory, width) as page:
        return wider(page)


def sheets(html: str, directory: Path) -> int:
    """Sheets of A4 that a page is printed on."""
    with shown(html, directory) as page:
        printed: bytes = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))
