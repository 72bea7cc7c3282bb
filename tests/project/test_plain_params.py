"""Words of the command line are taken plainly: pydantic stays out of a check, and every option still arrives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from doseref.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
COUNT = "import sys\nfrom doseref.cli.main import run\ntry:\n    run(sys.argv[1:])\nexcept SystemExit:\n    pass\nprint('pydantic' in sys.modules, file=sys.stderr)"


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COUNT, *words], capture_output=True, text=True, encoding="utf-8", check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_a_check_builds_no_validators() -> None:
    assert _run("check", "ibuprofen 400 mg tid").stderr.strip().splitlines()[-1] == "False"


def test_options_of_every_kind_arrive(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("drug,sig,wert\nibuprofen,400 mg tid,7\n", "utf-8")
    done = _run(
        "check", "acetaminophen 1 g q6h", "naproxen 250 mg bid", "-f", str(table), "--file", str(table), "--map", "wert=patient",
        "--format", "json", "--strict", "--policy", "most-permissive", "--weight", "70",
    )  # fmt: skip
    document = json.loads(done.stdout)
    assert document["policy"] == "most-permissive"
    # the same person in the file named twice: one regimen of two items
    assert [len(regimen["items"]) for regimen in document["regimens"]] == [2, 2]
    assert [regimen["id"] for regimen in document["regimens"]] == [None, "7"]


def test_wrong_words_are_still_told() -> None:
    assert "No such option" in _run("check", "--nonsense").stderr
    assert "requires an argument" in _run("check", "--format").stderr


def test_an_option_of_several_commands_says_one_thing() -> None:
    """What an option with a value is called, and its help, is written once for ``check`` and ``bulk`` (``cli/common.py``)."""
    from typer.main import get_command

    from doseref.cli.main import build

    of_check, of_bulk = (
        {param.name: param for param in get_command(build([name])).commands[name].params} for name in ("check", "bulk")
    )
    shared = set(of_check) & set(of_bulk) - {"output_format", "help"}
    assert {"policy", "country", "otc", "as_of", "accept_suggestions", "strict", "mapping", "data"} <= shared
    for name in shared - {"source"}:
        assert (of_check[name].opts, of_check[name].help) == (of_bulk[name].opts, of_bulk[name].help), name


def test_the_help_of_an_argument_names_no_type_of_python() -> None:
    for command in COMMANDS:
        shown = _run(command, "--help").stdout
        assert shown.startswith("Usage: doseref") and not re.search(r"<(?:list|path|str|text)\b|\[\[", shown), command


def test_a_quantity_need_not_stand_in_quotation_marks() -> None:
    assert (
        _run("convert", "500", "mg", "g").stdout == _run("convert", "500 mg", "g").stdout == "500 mg × 0.001 = 0.5 g\n"
    )
    done = _run("convert", "500")
    assert (done.stdout, done.returncode) == ("", 0)  # the exit code is caught by the probe
    assert "which unit is wanted?" in done.stderr
