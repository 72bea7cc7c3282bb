"""Choosing what the reconcile page shows, by severity, substance and article, without a script: the style sheet reads
the choice.

A browser that cannot (before 2023) shows everything, and paper shows what was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from doseref.articles.compare import Group
from doseref.findings import Finding

_SEVERITIES = (
    ("everything", ""),
    ("what has a finding", ".error,.warning,.info"),
    ("errors and warnings", ".error,.warning"),
    ("errors", ".error"),
)
"""What the choice says, and the classes of what it keeps."""


def classes(position: int, group: Group, found: Sequence[Finding], sources: Sequence[str]) -> str:
    """The classes of a substance's row and section: its place in the list, the severities of its findings,
    its articles.
    """
    severities = dict.fromkeys(each.severity.word for each in found)
    return " ".join([f"n{position}", *severities, *(f"a{sources.index(each)}" for each in group.sources)])


def form(groups: Sequence[Group], sources: Sequence[tuple[str, str]]) -> str:
    """The three choices; ``sources`` are ids and names, in the order of the columns."""
    return (
        "<form class='filters' aria-label='What is shown'>"
        + _choice("severity", "Findings", [words for words, _ in _SEVERITIES])
        + _choice("substance", "Substance", ["all", *(group.substance for group in groups)])
        + _choice("article", "Article", ["all", *(name for _, name in sources)])
        + "</form>"
    )


def _choice(key: str, label: str, options: Sequence[str]) -> str:
    listed = "".join(f"<option>{escape(each)}</option>" for each in options)
    return f"<label for='only-{key}'>{label} <select id='only-{key}' autocomplete='off'>{listed}</select></label>"


def style(groups: Sequence[Group], sources: Sequence[tuple[str, str]]) -> str:
    """One rule for each choice: what it does not keep is not shown."""
    rules = [_rule("severity", number, kept) for number, (_, kept) in enumerate(_SEVERITIES) if kept]
    rules += [_rule("substance", number, f".n{number}") for number in range(1, len(groups) + 1)]
    rules += [_rule("article", number, f".a{number - 1}") for number in range(1, len(sources) + 1)]
    return "".join(rules)


def _rule(key: str, number: int, kept: str) -> str:
    return f"body:has(#only-{key} option:nth-child({number + 1}):checked) .one:not({kept}){{display:none}}"
