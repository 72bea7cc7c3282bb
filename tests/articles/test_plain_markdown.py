"""Plain stretches of Markdown are read without the Markdown library, and to the same blocks as with it."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("markdown_it")

from doseref.articles import read_markdown as reader
from doseref.articles.plain_markdown import plain_blocks, stretches

BEGINS = (
    "", "", "", "- ", "* ", "+ ", "1. ", "2. ", "10) ", "  - ", "    - ", " - ", "   ", "     ", "  ", "> ", "# ", "## ",
    "   # ", "-   ", "    * ", "  1. ", "    2. ", "-     ", "- - ", "| ", " |",
)  # fmt: skip
TEXTS = (
    "Ibuprofen 400 mg", "a", "**Dose:** 5 mg daily", "**Bold** and more", "x **y**z", "**a**: b", "*em* b", "7", "text | more",
    "| a | b |", "| a | b", "|---|---|", "--- | ---", ":--|:-:", "---", "***", "- - -", "===", "", "", "", "[link](http://x) y",
    "`code` z", "```", "~~~", "<!-- c -->", "<!-- open", "close -->", "<div>", "<span>x</span> y", "<5 mg", "\x1fblank\x1f",
    "a\\|b | c", "&amp; x", "~~struck~~ y", "a  ", "b\\", "![img](x)", "heading #", "## ", "3. x", "_em_ x", "__b__ x",
    "\u00a0nbsp", "é accent", "“q” 5", "**Usual:**", "Dosage: 4 mg", "**A.** b **C d** e.", "**a b:**c", "**(a)** b", "$5", "=5",
    "::", "| x", "|", "||", "| a | | b | c |", "12345678901. x", "1.", "-", "*", "[^1] note", "<pre>", "</pre>", "**a", "a**",
    "[a]: b", "\tx",
)  # fmt: skip


def by_the_library(text: str) -> list[reader.Block]:
    """The blocks where the whole text is left to markdown-it-py."""
    walker = reader._MarkdownWalker(text.split("\n"))
    walker.walk(reader.parser().parse(text), 0)
    return walker.blocks


def some_markdown(choice: random.Random) -> str:
    begins, texts = (
        choice.sample(BEGINS, choice.randint(2, 9)),
        [*choice.sample(TEXTS, choice.randint(3, 14)), "Take 5 mg"],
    )
    lines = [
        "" if choice.random() < 0.2 else choice.choice(begins) + choice.choice(texts)
        for _ in range(choice.randint(1, 12))
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(30))
def test_both_ways_give_the_same_blocks(seed: int) -> None:
    choice = random.Random(seed)
    for _ in range(40):
        text = some_markdown(choice)
        assert repr(reader.read_markdown(text)) == repr(by_the_library(text)), text


def test_plain_stretches_need_no_library() -> None:
    text = "# Ibuprofen\n\n**Adults:** 400 mg\nevery 6 hours\n\n- Children:\n  - 10 mg/kg\n\n| Drug | Dose |\n|---|---|\n| a | 5 mg |"
    lines = text.split("\n")
    cut = list(stretches(lines))
    assert cut == [(0, 2), (2, 5), (5, 8), (8, 11)]
    assert all(plain_blocks(lines, first, last) for first, last in cut)


@pytest.mark.parametrize(
    "text",
    ["> quoted", "```\n5 mg\n```", "Dose\n---", "<div>\n5 mg", "    5 mg", "- # a", "a\n2. b", "a\\|b | c\n---|---"],
)
def test_other_stretches_are_left_to_the_library(text: str) -> None:
    lines = text.split("\n")
    assert plain_blocks(lines, 0, len(lines)) is None


def test_code_that_goes_on_behind_an_empty_line_is_not_cut() -> None:
    assert list(stretches("a\n\n```\n5 mg\n\n10 mg\n```\n\nb".split("\n"))) == [(0, 2), (2, 9)]
