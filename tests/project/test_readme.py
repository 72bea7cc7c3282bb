"""What the README shows is what the program does."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import doseref
from doseref.cli.main import COMMANDS
from doseref.reports.check_text import render

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_shown_check_prints_what_the_readme_shows() -> None:
    block = README.split("```\n$ doseref check ", 1)[1].split("```", 1)[0]
    items = re.findall(r'"([^"]+)"', block)
    shown = [line for line in block.splitlines()[2:] if line != "…"]
    printed = render(doseref.check(items), width=82).splitlines()
    assert len(items) == 3
    assert len(shown) > 10
    assert printed[: len(shown)] == shown


def test_the_python_example_prints_its_comments() -> None:
    code = README.split("```python\n", 1)[1].split("```", 1)[0]
    expected = re.findall(r"# (.+)", code)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})
    assert out.getvalue().splitlines() == expected


def test_the_two_lines_are_there_and_name_files_that_exist() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert lines[0].endswith("-f examples/regimen.txt")
    assert (ROOT / "examples/regimen.txt").is_file()
    assert "-c constraints.txt" in lines[1]
    assert (ROOT / "constraints.txt").is_file()


def test_every_command_is_in_the_readme_and_every_link_leads_somewhere() -> None:
    for command in COMMANDS:
        assert f"`doseref {command}`" in README
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_constraints_are_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line
