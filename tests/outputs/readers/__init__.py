"""Programs that are not ours, reading what is written: what each finds wrong, as lines; a test skips where one is not installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def installed(*parts: str) -> Path:
    """What ``install.py`` put there; skips where ``DOSEREF_READERS`` names no directory that has it."""
    directory = os.environ.get("DOSEREF_READERS", "")
    path = Path(directory, *parts)
    if not directory or not path.exists():
        pytest.skip(f"DOSEREF_READERS has no {'/'.join(parts)} (tests/outputs/readers/install.py)")
    return path


@lru_cache(maxsize=1)
def _sarif_schema() -> Any:
    from jsonschema import Draft4Validator

    return Draft4Validator(json.loads((HERE / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


def sarif(text: str) -> list[str]:
    """What is against the JSON Schema of SARIF 2.1.0."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _sarif_schema().iter_errors(json.loads(text))]


def sarif_multitool(text: str, directory: Path) -> list[str]:
    """What Microsoft's validator tells at error or warning."""
    program = installed("node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool")
    written, told = directory / "made.sarif", directory / "told.sarif"
    written.write_text(text.replace('"VERSION"', '"1.0.0"'), encoding="utf-8")
    program.chmod(0o755)
    command = [program, "validate", written, "--output", told, "--log", "ForceOverwrite", "--quiet", "true"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert told.exists(), done.stdout + done.stderr
    results = json.loads(told.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    return [
        f"{each['ruleId']} {each['message']}"
        for each in results
        if each.get("level", "warning") in ("error", "warning") and each["message"].get("id") not in _NOT_HERE
    ]


_NOT_HERE = ("Warning_ProvideToolnformationUri", "Warning_MissingRegion")
"""The program has no page of its own to name; a file that is missing has no line."""


def cds_hooks(kind: str, answer: Any) -> list[str]:
    """What of an answer (``response`` or ``discovery``) is not as the tables of CDS Hooks 2.0 have it; fields they do not have included."""
    from jsonschema import Draft202012Validator

    whole = json.loads((HERE / "cds-hooks-2.0.json").read_text(encoding="utf-8"))
    reader = Draft202012Validator(whole["$defs"][kind])
    return [f"{error.json_path}: {error.message[:200]}" for error in reader.iter_errors(answer)]


def html_parser(page: str) -> list[str]:
    """What html5lib, parsing strictly by the standard, finds wrong; skips where it is not installed."""
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return [f"{position}: {code} {details}" for position, code, details in parser.errors]


def html_checker(page: str, directory: Path) -> list[str]:
    """What the Nu HTML checker finds wrong; skips where it or Java is not installed."""
    jar = installed("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    path = directory / "page.html"
    path.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [java, "-Xss8m", "-jar", str(jar), "--format", "json", "--errors-only", "--stdout", str(path)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return [f"line {each.get('lastLine')}: {each['message']}" for each in json.loads(done.stdout)["messages"]]


def ehr_client(address: str, cases: list[dict[str, Any]]) -> Any:
    """What ``healthchain``, a CDS Hooks client, got for its requests (see ``ehr_client.py``)."""
    python = installed("healthchain", "bin", "python")
    done = subprocess.run(
        [python, HERE / "ehr_client.py", address],
        input=json.dumps(cases), capture_output=True, text=True, timeout=120, check=False, env={"PATH": os.environ.get("PATH", "")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
