"""No command answers a hostile input with a traceback, a hang or a torn file.

``DOSEREF_HOSTILE=200`` runs as many inputs for each command (the cases are those of :mod:`hostile`, by number;
``DOSEREF_HOSTILE_SEED=x`` makes others).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hostile

HOW_MANY = int(os.environ.get("DOSEREF_HOSTILE", "6"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize("command", list(hostile.MAKERS))
def test_hostile_inputs(command: str, tmp_path: Path) -> None:
    hostile.warm()
    found = []
    for number in range(HOW_MANY):
        directory = tmp_path / str(number)
        directory.mkdir()
        case = hostile.made(command, number, directory)
        troubles = hostile.trouble(case, hostile.outcome(case, directory))
        if troubles:
            found.append(f"{command} {number} ({case.where}): {'; '.join(troubles)}")
    assert not found, "\n".join(found)


def test_a_traceback_a_hang_and_a_torn_file_would_be_seen(tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    output.write_text('{"half', encoding="utf-8")
    case = hostile.Case(["check", "--format", "json", "--output", str(output)], output=output)
    came = hostile.Outcome(98, 1.0, stderr="Traceback (most recent call last):\nKeyError: 'a'", hung=False)
    assert [each.partition(":")[0] for each in hostile.trouble(case, came)] == [
        "a traceback",
        "exit code 98",
        "the output file is torn",
    ]
    assert hostile.trouble(hostile.Case(["check"]), hostile.Outcome(-9, 20.0, hung=True)) == ["no end after 20 s"]
