"""One word for one thing: no two modules define a class or a type of the same name for different things."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def _types(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Every class and every name of a type with what it stands for: for a class itself, for an alias its text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name, ""
    for node in getattr(tree, "body", ()):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.Name | ast.BinOp):
            for target in node.targets:
                if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][a-z]\w*", target.id):
                    yield target.id, ast.unparse(node.value)


def _meanings(trees: dict[str, ast.AST]) -> dict[str, set[str]]:
    """Each name with its meanings; classes of two modules are two meanings, aliases of the same text are one."""
    found: dict[str, set[str]] = {}
    for where, tree in trees.items():
        for name, meaning in _types(tree):
            found.setdefault(name, set()).add(meaning or where)
    return found


def test_no_name_of_a_class_or_a_type_has_two_meanings() -> None:
    trees: dict[str, ast.AST] = {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.glob("doseref/**/*.py"))
    }
    twice = {name: sorted(meanings) for name, meanings in _meanings(trees).items() if len(meanings) > 1}
    assert twice == {}


def test_two_meanings_are_seen() -> None:
    trees = {
        "a.py": ast.parse("class Part: ...\nPair = tuple[str, str]\nKind = Literal['x']"),
        "b.py": ast.parse("class Part: ...\nPair = tuple[str, str]\nclass Kind: ..."),
    }
    twice = {name for name, meanings in _meanings({**trees}).items() if len(meanings) > 1}
    assert twice == {"Part", "Kind"}
