"""``doseref parse`` as a command: formats, exit codes, files that are not what they should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doseref.cli.main import run


def doseref(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``doseref parse``."""
    with pytest.raises(SystemExit) as ended:
        run(["parse", *words])
    out, err = capsys.readouterr()
    code = ended.value.code
    return (code if isinstance(code, int) else 0), out, err


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert doseref(capsys, "500-1000 mg q6h prn, wibble, max 3 g/day") == (
        0,
        "500-1000 mg q6h prn, wibble, max 3 g/day\n"
        "                     ^~~~~~\n"
        "  read in part\n"
        "  500 to 1,000 mg every 6 hours as needed\n"
        "  maximum 3 g per day\n"
        "  not understood: 'wibble' (column 22)\n",
        "",
    )


def test_json_of_one_sig_is_its_object_and_of_several_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = doseref(capsys, "5 mg bid", "--format", "json")
    assert (code, json.loads(out)["phases"][0]["options"][0]["dose"]) == (0, {"low": 5, "high": 5, "unit": "mg"})
    _, out, _ = doseref(capsys, "5 mg bid", "10 mg tid", "--format", "json")
    assert [found["text"] for found in json.loads(out)] == ["5 mg bid", "10 mg tid"]


def test_jsonl_has_one_object_for_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sigs.txt"
    file.write_bytes("5 mg bid\r\nwibble\n\n½ tablet\u2028daily".encode())
    code, out, _ = doseref(capsys, "-f", str(file), "--format", "jsonl")
    found = [json.loads(line) for line in out.splitlines() if line]
    assert code == 0
    assert [(each["text"], each["status"]) for each in found[:3]] == [
        ("5 mg bid", "read"),
        ("wibble", "unread"),
        ("", "unread"),
    ]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["5 mg bid"], 0),
        (["wibble"], 0),
        (["wibble", "--fail-on", "warning"], 1),
        (["wibble", "--strict"], 1),
        (["wibble", "--strict", "--fail-on", "never"], 0),
        (["5 mg bid", "--strict", "--fail-on", "warning"], 0),
        (["5 mg bid", "--format", "yaml"], 2),
        (["5 mg bid", "--fhir-version", "DSTU2"], 2),
        (["-f", "/no/such/file"], 2),
        ([], 2),
    ],
    ids=str,
)
def test_exit_codes(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert doseref(capsys, *words)[0] == code


@pytest.mark.parametrize("version", ["R5", "R4"])
def test_fhir_is_one_list_of_dosages(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = doseref(
        capsys,
        "5 mg in the morning and 10 mg at night",
        "10 mg q4-6h prn pain",
        "--format",
        "fhir",
        "--fhir-version",
        version,
    )
    found: list[dict[str, Any]] = json.loads(out)
    assert [item["text"] for item in found] == ["5 mg in the morning", "10 mg at night", "10 mg q4-6h prn pain"]
    assert ("asNeededCodeableConcept" in found[2]) == (version == "R4")


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe5\x00 \x00m\x00g\x00 \x00b\x00i\x00d\x00", b"\xef\xbb\xbf5 mg bid", b"5 mg\xa0bid", b"\x00\x81\xff"],
)
def test_any_bytes(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sigs.txt"
    file.write_bytes(data)
    code, out, _ = doseref(capsys, "-f", str(file), "--format", "jsonl")
    assert code == 0
    assert json.loads(out)["status"] == ("unread" if data.startswith(b"\x00") else "read")


def test_output_goes_to_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.json"
    assert doseref(capsys, "5 mg bid", "--format", "json", "--output", str(file)) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8"))["status"] == "read"
    assert doseref(capsys, "5 mg bid", "--output", str(tmp_path / "no" / "out.txt"))[0] == 2
