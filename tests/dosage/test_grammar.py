"""The grammar in the docstrings is the grammar in the code, and docs/grammar.md names every kind of token."""

from __future__ import annotations

import ast
import re
import shlex
from functools import cache, lru_cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from doseref.cli.main import build
from doseref.dosage.parser import RULES
from doseref.dosage.refine import REFINEMENTS
from doseref.dosage.words import LEXICON, every_phrase

ROOT = Path(__file__).resolve().parents[2]
DOSAGE = ROOT / "src" / "doseref" / "dosage"
PAGE = ROOT / "docs" / "grammar.md"

MADE = frozenset(("NUM", "POW", "TIME", "ID", "WORD", "BAD", "SUBST", "END"))
"""Kinds that the tokenizer makes of words that are in no list."""
KINDS = frozenset(
    {kind for kind, _ in LEXICON.values() if kind} | {kind for _, kind, _ in every_phrase() if kind} | MADE
)
SIGNS = {
    "/": "SLASH",
    "-": "DASH",
    "(": "LP",
    ")": "RP",
    ",": "COMMA",
    "+": "PLUS",
    "=": "EQ",
    "#": "HASH",
    ".": "STOP",
    "*": "STAR",
}
"""Kinds that a production may write as the sign itself, in quotes."""


def asked(function: ast.FunctionDef) -> set[str]:
    """The kinds that a body compares a token with, or steps over."""
    found: set[str] = set()
    for node in ast.walk(function):
        places: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            places = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "skip":
            places = list(node.args)
        for place in places:
            for inner in ast.walk(place):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    found |= {inner.value} & KINDS
    return found


def called(function: ast.FunctionDef) -> set[str]:
    names = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in names
        if isinstance(each, (ast.Attribute, ast.Name))
    }


def named(docstring: str) -> set[str]:
    """The kinds that a docstring names: in its production, and behind "Also asks for:"."""
    production = re.split(r'(?<!"): ', docstring.partition(" ::= ")[2].partition("Also asks for")[0], maxsplit=1)[0]
    also = re.findall(r"Also asks for: ([A-Z0-9, \n]+)\.", docstring)
    words = set(re.findall(r"[A-Z][A-Z0-9]*", " ".join([production, *also])))
    return (words & KINDS) | {SIGNS[sign] for sign in re.findall(r'"(.)"', production) if sign in SIGNS}


@lru_cache(maxsize=1)
def functions() -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in sorted(DOSAGE.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


@cache
def below(name: str) -> frozenset[str]:
    """The names of all functions of the grammar that one of this name calls, itself included."""
    seen: set[str] = set()
    open_ = [name]
    while open_:
        each = open_.pop()
        if each not in seen and each in functions():
            seen.add(each)
            open_ += [more for function in functions()[each] for more in called(function)]
    return frozenset(seen)


def reachable(name: str) -> set[str]:
    """The kinds that a function or anything it calls asks for."""
    return {kind for each in below(name) for function in functions()[each] for kind in asked(function)}


def handed(name: str) -> set[str]:
    """The kinds that are asked for before a function is called: by its callers, or by the table of what begins what."""
    before = {kind for each in functions().values() for one in each if name in called(one) for kind in asked(one)}
    return before | {kind for kind, production in RULES.items() if name in below(production.__name__)}


PRODUCTIONS = [
    function
    for each in functions().values()
    for function in each
    if " ::= " in (ast.get_docstring(function) or "").partition("\n")[0]
]


@pytest.mark.parametrize("function", PRODUCTIONS, ids=lambda function: function.name)
def test_the_docstring_names_the_kinds_that_the_body_asks_for(function: ast.FunctionDef) -> None:
    docstring = " ".join((ast.get_docstring(function) or "").split())
    missing = asked(function) - named(docstring)
    assert not missing, f"the body asks for {sorted(missing)}: name them, or write 'Also asks for: …'"
    invented = named(docstring) - reachable(function.name) - handed(function.name)
    assert not invented, f"nothing asks for {sorted(invented)}"


def test_the_page_has_every_kind_of_token_once() -> None:
    rows = [
        line.split("|")[1].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    assert sorted(kind.strip("`") for kind in rows if kind.strip("`").isupper()) == sorted(KINDS)


def test_the_instruction_that_the_page_walks_through_is_read_so() -> None:
    page = PAGE.read_text(encoding="utf-8")
    command, shown = re.findall(r"```console\n\$ doseref (.*?)\n(.*?)```", page, re.DOTALL)[0]
    words = shlex.split(command)
    done = CliRunner().invoke(build(words), words)
    assert done.output == shown


def test_the_page_lists_the_refinements_in_their_order() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\d+\. `(\w+)`", page, re.MULTILINE) == [step.__name__ for step in REFINEMENTS]
