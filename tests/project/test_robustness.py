"""Kinds of trouble that were seen once: each command ends by itself, with a code of the contract and a plain message."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from doseref.errors import DoserefError, InputError, MissingExtraError, UsageError

sys.path.insert(0, str(Path(__file__).parent))

import hostile

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
PERIOD = json.dumps(
    {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": {"text": "ibuprofen"},
        "dosageInstruction": [{"timing": {"repeat": {"frequency": 1, "period": 10**40, "periodUnit": "h"}},
                               "doseAndRate": [{"doseQuantity": {"value": 400, "unit": "mg"}}]}],
    }
)  # fmt: skip
DEEP = "[" * 100_000 + "]" * 100_000
LONE = "ibuprofen \udcff 400 mg tid"

CASES: list[tuple[list[str], str, int, str]] = [
    # command ({file}: a file with the text), the text, exit code, a part of the message
    (["check", "-f", "/dev/zero"], "", 2, "at most 200,000,000 are read"),
    (["extract", "/dev/zero"], "", 2, "at most"),
    (["parse", "-f", "/dev/zero"], "", 2, "at most"),
    (["reconcile", "/dev/zero"], "", 2, "at most"),
    (["validate", "/dev/zero"], "", 2, "no directory"),
    (["bulk", "/dev/zero", "{file}.d"], "", 2, "bulk reads"),
    (["import", "spl", "/dev/zero", "-o", "{file}.d"], "", 2, ""),
    (["check", "-f", "{file}.json"], DEEP, 2, "nested too deeply"),
    (["check", "-f", "{file}.jsonl"], DEEP, 2, "nested too deeply"),
    (["reconcile", "--baseline", "{file}.json", "{file}.md"], "[" * 5_000, 2, "no baseline"),
    (["check", "-f", "{file}.json"], PERIOD, 0, ""),
    (["check", "--format", "json", "--", LONE], "", 0, ""),
    (["parse", "--format", "json", "--", LONE], "", 0, ""),
    (["check", "--format", "html", "--", LONE], "", 0, ""),
    (["check", "--format", "xlsx", "--output", "{file}.xlsx", "--", LONE], "", 0, ""),
    (["parse", "Caltrate 600 +"], "", 0, ""),
    (["parse", "days 10 ^ 5"], "", 0, ""),
    (["check", "-f", "{file}.csv"], '"drug","sig"\n"ibuprofen', 2, ""),
    (["bulk", "--jobs", "1", "{file}.csv", "{file}.d"], "patient,item\n", 2, "there are no items of a person"),
    (
        ["bulk", "--jobs", "1", "{file}.csv", "{file}.d"],
        "patient,item\n,aspirin 81 mg daily\n",
        2,
        "there are no items of a person",
    ),
    (["check", "-f", "{file}.xlsx"], "PK\x03\x04 and no more", 2, "workbook"),
]


@pytest.mark.parametrize(("words", "text", "code", "told"), CASES, ids=[" ".join(case[0])[:40] for case in CASES])
def test_it_ends_by_itself(words: list[str], text: str, code: int, told: str, tmp_path: Path) -> None:
    hostile.warm()
    stem = tmp_path / "given"
    for kind in ("json", "jsonl", "csv", "xlsx", "md"):
        if any(word == f"{{file}}.{kind}" for word in words) and "--output" not in words:
            stem.with_suffix(f".{kind}").write_text(text, encoding="utf-8")
    case = hostile.Case([word.replace("{file}", str(stem)) for word in words])
    came = hostile.outcome(case, tmp_path)
    assert hostile.trouble(case, came) == []
    assert came.code == code, came.stderr
    assert told in came.stderr + came.stdout


def test_a_workbook_where_no_temporary_file_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl")
    hostile.warm()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    case = hostile.Case(["check", "ibuprofen 400 mg tid", "--format", "xlsx", "--output", str(tmp_path / "r.xlsx")])
    came = hostile.outcome(case, tmp_path)
    assert hostile.trouble(case, came) == []
    assert came.code in (0, 2)
    assert (came.code == 0) == (tmp_path / "r.xlsx").exists()


@pytest.mark.parametrize("command", ["check", "parse", "extract"])
def test_a_closed_standard_input_is_told(command: str) -> None:
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        ["sh", "-c", f'exec "$0" -m doseref {command} - <&-', sys.executable], capture_output=True, text=True, check=False, timeout=120,
        env={"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (ended.returncode, ended.stderr.strip()) == (2, "doseref: -: standard input is closed")


def test_a_list_of_many_items_takes_time_in_proportion() -> None:
    """Sixteen thousand items of one person took a quadratic time."""
    import gc
    import time

    import doseref

    def seconds(count: int) -> float:
        items = [f"ibuprofen {200 + n % 7} mg once daily" for n in range(count)]
        began = time.process_time()
        doseref.check(items)
        return time.process_time() - began

    seconds(50)
    gc.disable()  # it would walk through all that the tests before this one have left
    try:
        few, many = (min(seconds(count) for _ in range(3)) for count in (500, 4000))
    finally:
        gc.enable()
    assert many < 30 * few, (few, many)  # eight times the items; the square would be 64 times


@pytest.mark.parametrize(
    "error",
    [
        InputError("no table", path="a.csv", line=3, column=7),
        MissingExtraError("bulk", "bulk"),
        UsageError("no such policy"),
    ],
)
def test_an_error_of_a_worker_process_comes_back_as_itself(error: DoserefError) -> None:
    """``bulk`` and articles are read in processes of their own; an error that does not survive the way back is a traceback."""
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error) and str(back) == str(error) and vars(back) == vars(error)


def test_bulk_without_its_extra_says_which_one(tmp_path: Path) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError('hidden')\n", "utf-8")
    (tmp_path / "list.csv").write_text("patient,drug,sig\na,ibuprofen,400 mg daily\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "doseref", "bulk", "list.csv", "out"], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "doseref: bulk needs an extra: python -m pip install 'doseref[bulk]'\n"
