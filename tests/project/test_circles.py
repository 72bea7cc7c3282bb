"""No module imports one that imports it, not even for a type or inside a function."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def _imports() -> dict[str, set[str]]:
    """Every module with all modules of the package that it imports, type-only and late imports included."""
    paths = {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SOURCE.glob("doseref/**/*.py")
    }
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        wanted: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                inner = {f"{node.module}.{alias.name}" for alias in node.names} & set(paths)
                wanted |= inner or {node.module}
            elif isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
        found[name] = (wanted & set(paths)) - {name}
    return found


def _circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other (strongly connected, more than one)."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for each in imports[todo.pop()] - seen:
                seen.add(each)
                todo.append(each)
        return seen

    reach = {name: reached(name) for name in imports}
    groups = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in imports}
    return sorted(list(group) for group in groups if len(group) > 1)


def test_there_is_no_circle() -> None:
    assert _circles(_imports()) == []


def test_a_circle_is_seen() -> None:
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
