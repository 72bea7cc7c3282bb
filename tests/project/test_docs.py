"""What the pages show is what the program does: every block that can be run is run, every link leads somewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from project import doc_blocks
from project.doc_blocks import ROOT, Block, blocks, run_page, same, typed

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "examples").rglob("*.md"),
        *(ROOT / "tests").rglob("README.md"),
    ]
)
"""Every page of the repository that is for people."""
MADE = {"docs/rules.md", "docs/data-dictionary.md", "docs/coverage.md"}
"""Pages that the program writes; tests of their own hold them, and run the examples of the rules."""
RUN = [page for page in PAGES if page.relative_to(ROOT).as_posix() not in MADE]
LANGUAGES = {
    "console",
    "python",
    "text",
    "sh",
    "csv",
    "json",
    "jsonl",
    "toml",
    "yaml",
    "html",
    "markdown",
    "javascript",
}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _blocks(page: Path) -> list[Block]:
    return list(blocks(_name(page), page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in RUN if _blocks(page)], ids=_name)
def test_what_a_page_shows_is_what_comes_back(page: Path, tmp_path: Path) -> None:
    faults = run_page(page, tmp_path)
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("page", [page for page in RUN if _blocks(page)], ids=_name)
def test_every_block_says_what_it_is_and_hides_no_command(page: Path) -> None:
    for block in _blocks(page):
        assert block.language in LANGUAGES, f"{block.place}: '{block.language}' is none of {sorted(LANGUAGES)}"
        if block.language in ("console", "python") or block.not_run or block.title:
            continue
        for line in block.body:
            assert not re.match(r"\s*(\$ |doseref |\S*python3? -m )", line) or block.language == "sh", (
                f"{block.place}: a command that is not run; write ```console, or say why not: <!-- not run: reason -->"
            )
        if block.language == "sh":
            assert block.page == "README.md", (
                f"{block.place}: only the README's two lines, which the gate runs, are ```sh"
            )


def test_blocks_that_cannot_be_run_are_few_and_say_why() -> None:
    marked = [block for page in RUN for block in _blocks(page) if block.not_run]
    assert all(len(block.not_run) >= 15 for block in marked), [block.place for block in marked]
    assert len(marked) <= 20, [f"{block.place}: {block.not_run}" for block in marked]


@pytest.mark.parametrize("page", RUN, ids=_name)
def test_data_in_blocks_can_be_read(page: Path) -> None:
    for block in _blocks(page):
        text = "\n".join(block.body)
        if block.not_run:
            continue
        if block.language == "json":
            json.loads(text)
        elif block.language == "toml":
            tomllib.loads(text)
        elif block.language == "yaml":
            yaml.safe_load(text)


# Links ---------------------------------------------------------------------------------------------------------------

_LINK = re.compile(r"\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the site and the repository's host make them."""
    found: set[str] = set()
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        number = 0
        while (slug if not number else f"{slug}-{number}") in found:
            number += 1
        found.add(slug if not number else f"{slug}-{number}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if re.match(r"[a-z]+:", target):
            assert re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(/\S*)?|mailto:\S+@\S+", target), (
                f"{_name(page)}: {target}"
            )
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists() and there.is_relative_to(ROOT), f"{_name(page)}: {target}: no such file"
        if anchor and there.suffix == ".md":
            assert anchor in _anchors(there), f"{_name(page)}: {target}: no such heading"


# The runner itself ----------------------------------------------------------------------------------------------------


def test_blocks_are_seen_with_their_marks_and_names() -> None:
    text = '<!-- not run: needs a network -->\n```console\n$ x\n```\n\n```text title="a.txt"\nb\n```\n'
    first, second = blocks("p.md", text)
    assert (first.language, first.not_run, first.line) == ("console", "needs a network", 2)
    assert (second.title, second.body, second.not_run) == ("a.txt", ["b"], "")


def test_commands_are_seen_with_what_they_print() -> None:
    (block,) = blocks("p.md", "```console\n$ a \\\n    b\none\n$ c\n```\n")
    assert [(each.command, each.shown) for each in typed(block)] == [("a b", ["one"]), ("c", [])]
    with pytest.raises(ValueError, match=r"p.md:1: a console block begins"):
        typed(next(iter(blocks("p.md", "```console\nnothing typed\n```\n"))))


def test_an_ellipsis_leaves_out_lines_and_nothing_else() -> None:
    assert same(["a", "…", "d"], ["a", "b", "c", "d"])
    assert same(["data (…) end"], ["data (abc) end"])
    assert same(["a", "…"], ["a"])
    assert not same(["a", "…", "d"], ["a", "b"])
    assert not same(["a"], ["a", "b"])
    assert not same(["3,000 mg"], ["3,500 mg"])


def test_a_file_of_the_clone_is_shown_as_it_is_and_never_written(tmp_path: Path) -> None:
    given = (ROOT / "examples/everyday.txt").read_text(encoding="utf-8")
    shell = doc_blocks.Shell(tmp_path)
    right, wrong = (Block("p.md", 1, "text", "examples/everyday.txt", given.splitlines()[n:]) for n in (0, 1))
    assert shell.write(right) == ""
    assert shell.write(wrong) == "p.md:1: examples/everyday.txt holds something else"
    assert (ROOT / "examples/everyday.txt").read_text(encoding="utf-8") == given


def test_a_page_that_is_wrong_is_told_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_blocks, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("```console\n$ doseref convert '500 mg' g\n4 g\n$ echo $?\n0\n```\n", encoding="utf-8")
    for mend in (True, False):
        (tmp_path / str(mend)).mkdir()
    (fault,) = run_page(page, tmp_path / "True", mend=True)
    assert fault.startswith("page.md:1: $ doseref convert '500 mg' g\n")
    assert run_page(page, tmp_path / "False") == []
