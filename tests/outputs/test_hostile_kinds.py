"""Kinds of hostile input that once ended in a traceback or with the exit code of findings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


def run(*words: str, **streams: object) -> subprocess.CompletedProcess[str]:
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run([sys.executable, "-m", "doseref", *words], text=True, check=False, **settings)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", [("parse", "aspirin 81 mg daily"), ("parse", "--zork")])
def test_where_nothing_can_be_told_the_exit_code_is_that_of_unusable(words: tuple[str, ...]) -> None:
    with FULL.open("w", encoding="utf-8") as out, FULL.open("w", encoding="utf-8") as err:
        assert run(*words, stdout=out, stderr=err).returncode == 2  # 1 would be findings


@pytest.mark.parametrize("digits", ["9" * 5000, "x" + "f" * 5000])
def test_a_character_of_five_thousand_digits(tmp_path: Path, digits: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<p title='&#{digits};'>Ibuprofen 400 mg every 8 hours &#{digits}; &#8211; &#160;</p>", "utf-8")
    done = run("extract", str(page), "--format", "json")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert '"ibuprofen"' in done.stdout


def test_a_line_of_an_ignore_file_that_is_no_pattern_fits_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("[z-a]*\nleft.md\n", "utf-8")
    for name in ("a.md", "left.md"):
        (tmp_path / name).write_text("# Ibuprofen\n\nIbuprofen 400 mg every 8 hours.\n", "utf-8")
    done = run("extract", str(tmp_path), "--format", "json")
    assert "Traceback" not in done.stderr
    assert '"a/text/01"' in done.stdout and '"left/' not in done.stdout


@pytest.mark.parametrize(("name", "held"), [("in.parquet", b""), ("in.parquet", b"PAR1xx"), ("in.arrow", b"\0\0\0\0")])
def test_a_piece_of_a_table_is_told(tmp_path: Path, name: str, held: bytes) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / name).write_bytes(held)
    done = run("bulk", str(tmp_path / name), str(tmp_path / "out"))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert name in done.stderr and "only a piece" in done.stderr
