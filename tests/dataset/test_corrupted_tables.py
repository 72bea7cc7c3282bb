"""No bytes in any table end a run: they give findings, before and after the mending of form."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from seeded import sound_copy

from doseref.checks.dataset.data import open_dataset
from doseref.checks.dataset.run import check, fix
from doseref.cli.validate import validate
from doseref.tables.schema import TABLES

FILES = [table.file for table in TABLES]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _beheaded(content: bytes, chance: random.Random) -> bytes:
    return content.partition(b"\n")[2]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(20):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _short_header(content: bytes, chance: random.Random) -> bytes:
    first, _, rest = content.partition(b"\n")
    return first.rpartition(b",")[0] + b"\n" + rest


def _sprinkled(content: bytes, chance: random.Random) -> bytes:
    made = content
    for mark in (b'"', b",", b"\n", b"\r", b"\x00", b"\t", b";", b"\xff", b"1e999", b"\xe2\x80\x8b"):
        where = chance.randrange(len(made))
        made = made[:where] + mark + made[where:]
    return made


CORRUPTIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "random bytes": lambda content, chance: chance.randbytes(2000),
    "random bytes in lines": lambda content, chance: b"\n".join(chance.randbytes(20) for _ in range(100)),
    "semicolons": lambda content, chance: content.replace(b",", b";"),
    "tabs": lambda content, chance: content.replace(b",", b"\t"),
    "one wrong column": lambda content, chance: b"x\ny\nz\n",
    "many wrong columns": lambda content, chance: b"x,y" * 99 + b"\n" + b"z," * 99 + b"\n",
    "nothing": lambda content, chance: b"",
    "line ends only": lambda content, chance: b"\n\n\n",
    "cut": _cut,
    "header lost": _beheaded,
    "last column lost": _short_header,
    "bytes flipped": _flipped,
    "marks sprinkled": _sprinkled,
    "UTF-16": lambda content, chance: content.decode().encode("utf-16") + b"\x00",
    "mojibake": lambda content, chance: content.replace(b"a", "ä".encode("cp1252")),
    "zeros": lambda content, chance: b"\x00" * 999,
    "every cell a number": lambda content, chance: content.partition(b"\n")[0] + b"\n" + b"9" * 5000 + b"\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_any_bytes_give_findings(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    for file in FILES:
        directory = tmp_path / file
        sound_copy(directory)
        path = directory / file
        path.write_bytes(CORRUPTIONS[name](path.read_bytes(), chance))
        data = open_dataset(directory)
        found = check(data)
        assert any(finding.severity.word == "error" for finding in found), (name, file)
        assert all(finding.locations[0].line >= 0 and finding.message for finding in found)
        fix(data)
        check(open_dataset(directory))


@pytest.mark.parametrize("arguments", [[], ["--fix"]])
def test_wrong_columns_are_told_on_the_command_line(arguments: list[str], tmp_path: Path) -> None:
    sound_copy(tmp_path)
    names = tmp_path / "names.csv"
    names.write_bytes(names.read_bytes().replace(b",", b";"))
    before = names.read_bytes()
    app = typer.Typer()
    app.command()(validate)
    result = CliRunner().invoke(app, [str(tmp_path), *arguments])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert "names.csv:1:1: error D101 semicolons separate the columns" in result.stdout
    assert names.read_bytes() == before


def test_of_a_moved_row_only_the_moved_one_is_told(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "substances.csv"
    header, *rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([header, rows[-1], *rows[:-1]]), "utf-8")
    assert [(f.code, f.locations[0].line) for f in check(open_dataset(tmp_path)) if f.code == "D104"] == [("D104", 2)]


def test_rows_beside_a_row_too_short_are_not_at_fault(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "drugs.csv"
    lines = path.read_text("utf-8").split("\n")
    assert lines[7].split(",")[0] == lines[8].split(",")[0]
    lines[7] = lines[7].rpartition(",")[0]
    path.write_text("\n".join(lines), "utf-8")
    codes = [(f.code, f.locations[0].line) for f in check(open_dataset(tmp_path))]
    assert ("D102", 8) in codes
    assert not [code for code, _ in codes if code == "D308"]


def test_a_byte_that_is_no_utf_8_is_shown_as_the_byte(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "substances.csv"
    path.write_bytes(path.read_bytes().replace(b"morphine,drug", b"morphine,dr\xb5g"))
    (found,) = [f for f in check(open_dataset(tmp_path)) if f.code == "D103"]
    assert "'dr\\xb5g'" in found.message
