"""What goes into wheel and sdist: the files of the clone and no others (the gate builds both, twice: ``tools/package.py``)."""

from __future__ import annotations

import package
import pytest


def test_a_file_that_is_missing_or_foreign_is_told() -> None:
    files = {"README.md", "src/doseref/api.py", "src/doseref/py.typed", "data/limits.csv", "tests/test_decks.py"}
    assert package.difference(files | {"PKG-INFO"}, package.in_sdist(files)) == []
    held = {"README.md", "PKG-INFO", "src/doseref/api.py", "src/doseref/py.typed", "data/limits.csv", "notes.txt"}
    assert package.difference(held, package.in_sdist(files)) == ["missing: tests/test_decks.py", "foreign: notes.txt"]
    about = {f"doseref-1.0.dist-info/{name}" for name in package.MADE_IN_WHEEL}
    assert package.in_wheel(files, "1.0") == about | {
        "doseref/api.py", "doseref/py.typed", "doseref/data/limits.csv",
    }  # fmt: skip


@pytest.mark.skipif(not (package.ROOT / ".git").exists(), reason="an unpacked sdist, not a clone")
def test_the_clone_has_what_its_pages_and_its_gate_name() -> None:
    files = package.clone_files(package.ROOT)
    assert {
        "SECURITY.md",
        "action.yml",
        ".ci/run",
        "benchmarks/mutate.py",
        "data/limits.csv",
        "tools/package.py",
    } <= files
    assert not [name for name in files if name.startswith((".venv", ".fuzz", ".coverage"))]
