"""The README is the front door: its two lines, every command, and its picture are what the clone holds."""

from __future__ import annotations

import re
from pathlib import Path

from picture import KEY, PICTURE, of_list

from doseref.cli.main import COMMANDS
from project.doc_blocks import blocks

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LIST = ROOT / "examples" / "everyday.txt"


def test_the_two_lines_are_there_and_name_files_that_exist() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert lines[0].endswith("-f examples/regimen.txt")
    assert (ROOT / "examples/regimen.txt").is_file()
    assert "-c constraints.txt" in lines[1]
    assert (ROOT / "constraints.txt").is_file()


def test_every_command_is_in_the_readme() -> None:
    for command in COMMANDS:
        assert f"`doseref {command}`" in README


def test_the_first_screen_is_a_list_and_what_comes_back() -> None:
    first, second = list(blocks("README.md", README))[:2]
    assert first.title == "examples/everyday.txt" and first.body == LIST.read_text(encoding="utf-8").splitlines()
    assert second.body[0] == "$ doseref check -f examples/everyday.txt"
    assert second.line < 16


def test_the_picture_is_of_that_list_and_light() -> None:
    picture = PICTURE.read_bytes()
    assert picture.startswith(b"\x89PNG\r\n") and len(picture) < 200_000
    assert KEY + b"\0" + of_list(LIST.read_bytes()) in picture, "mend: python tools/picture.py"
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in README


def test_constraints_are_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line
