"""docs/hazards.md: every hazard names tests that exist and run, and the components are those the tests ran with."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "hazards.md"
_ROW = re.compile(r"^\| (H\d\d) \| (.+) \|$", re.M)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_COMPONENT = re.compile(r"^\| ([\w-]+) \| ([\d.]+) \| ", re.M)


def hazards() -> dict[str, list[tuple[str, str]]]:
    """Hazard → the tests that show its control, as (file, function)."""
    return {row: _TEST.findall(cells) for row, cells in _ROW.findall(PAGE.read_text("utf-8"))}


def why_not(file: str, function: str) -> str:
    """Why a named test shows nothing; empty where it exists, asserts something and is not switched off."""
    path = ROOT / file
    if not path.is_file():
        return "there is no such file"
    tree = ast.parse(path.read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function]
    if not found:
        return "there is no such test"
    marks = ast.unparse(ast.Module([*map(ast.Expr, found[0].decorator_list)], []))
    if re.search(r"\bmark\.(skip|xfail)\b", marks):
        return "it is switched off"
    body = "\n".join(map(ast.unparse, found[0].body))
    calls = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    if not re.search(r"\bassert\b|\braises\b", body) and not any(f"{name}(" in body for name in calls - {function}):
        return "it asserts nothing"
    return ""


def test_every_hazard_has_its_cells_and_its_tests() -> None:
    rows = _ROW.findall(PAGE.read_text("utf-8"))
    assert len(rows) == len({row for row, _ in rows}) >= 40
    assert [row for row, cells in rows if len(re.split(r"(?<!\\) \| ", cells)) != 4] == []
    assert [row for row, tests in hazards().items() if not tests] == []


def test_every_named_test_exists_and_runs() -> None:
    told = {f"{row} {file}::{name}": why_not(file, name) for row, tests in hazards().items() for file, name in tests}
    assert {test: why for test, why in told.items() if why} == {}


@pytest.mark.parametrize(
    ("file", "function", "why"),
    [
        ("tests/project/no_such.py", "test_x", "there is no such file"),
        ("tests/project/test_hazards.py", "test_that_nobody_wrote", "there is no such test"),
        ("tests/project/test_hazards.py", "test_every_named_test_exists_and_runs", ""),
    ],
)
def test_a_missing_test_is_seen(file: str, function: str, why: str) -> None:
    assert why_not(file, function) == why


def test_the_components_are_those_of_the_constraints() -> None:
    pinned = dict(line.lower().split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split())
    named = {name.lower(): version for name, version in _COMPONENT.findall(PAGE.read_text("utf-8"))}
    assert len(named) >= 10
    assert {name: version for name, version in named.items() if pinned.get(name) != version} == {}
