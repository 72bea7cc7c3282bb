"""The documentation site builds without a warning and without the network; needs the extra ``docs`` (``.ci/run`` has it)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import docs_site
import pytest

from doseref.cli.main import COMMANDS
from doseref.schemas import definitions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="the site needs the extra docs")
    pytest.importorskip("material", reason="the site needs the extra docs")
    where = tmp_path_factory.mktemp("site")
    words = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(where),
        "--config-file",
        str(ROOT / "mkdocs.yml"),
    ]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=300, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False
    )
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    return where


def test_no_page_fetches_anything(site: Path) -> None:
    fetched = re.compile(
        r"""(?:<(?:script|img|iframe|source)\b[^>]*\bsrc=|<link\b[^>]*rel="?(?:stylesheet|preload|preconnect)"?[^>]*\bhref=)["']?(?:https?:)?//"""
    )
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        assert not fetched.search(page.read_text(encoding="utf-8")), page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_every_page_of_docs_is_in_the_site_and_in_its_navigation(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix().replace("README.html", "index.html")
        assert (site / place).is_file(), place
        assert f'href="{place}"' in home or place.startswith("decisions/0"), (
            f"{place} is not in the navigation of mkdocs.yml"
        )


def test_every_link_of_the_site_leads_to_a_file(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for target in re.findall(r'(?:href|src)="([^"#?:]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8")):
            there = (page.parent / target).resolve()
            assert there.exists() or (there / "index.html").exists(), f"{page.relative_to(site)}: {target}"


def test_the_made_pages_hold_every_command_schema_and_name() -> None:
    import doseref

    for _ in range(300):  # a class of records that was made often looks the same as a new one
        doseref.check(["acetaminophen 2 g every 4 hours"])
    made = docs_site.pages()
    for command in COMMANDS:
        assert f"## doseref {command}\n" in made["reference/commands.md"]
        assert f"Usage: doseref {command}" in made["reference/commands.md"]
    for name in definitions():
        assert f"## {name}\n" in made["reference/schemas.md"]
    for name in (each for each in dir(doseref) if not each.startswith("_")):
        assert f"## {name}\n" in made["reference/python-api.md"]
    assert not re.search(r" object at 0x|\*args: Any", made["reference/python-api.md"])
    assert "| `severity` | `Severity` |  |" in made["reference/python-api.md"]


def test_links_are_turned() -> None:
    text = "[a](docs/rules.md#r101-over-maximum) [b](LICENSE) [c](docs/decisions) ![d](docs/report.png) [e](https://example.org/x)\n```\n[f](LICENSE)\n```\n"
    assert docs_site.turned(text, "README.md", "index.md") == (
        "[a](rules.md#r101-over-maximum) [b](repository/LICENSE) [c](decisions/README.md) ![d](report.png) [e](https://example.org/x)\n"
        "```\n[f](LICENSE)\n```\n"
    )
    assert (
        docs_site.turned("[g](../../GLOSSARY.md) [h](../../tests)", "docs/howto/a.md", "howto/a.md")
        == "[g](../glossary.md) h"
    )
