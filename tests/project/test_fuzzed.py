"""What ``tools/fuzz.py`` begins with, and what it found once: each goes through its target without trouble."""

from __future__ import annotations

import base64
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOUND = Path(__file__).with_name("fuzzed.tsv")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "tools" / "fuzz.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


fuzz = _tool()


@pytest.mark.parametrize("target", fuzz.LONGEST_BYTES)
def test_a_target_takes_its_seeds(target: str) -> None:
    seeds = list(fuzz.seeds(target))
    assert seeds
    one = fuzz.tries()[target]
    for seed in seeds[:: max(1, len(seeds) // 12)]:
        one(seed[: fuzz.LONGEST_BYTES[target]])


def test_what_was_found_once_is_no_trouble_any_more() -> None:
    """Rows are target, input in base64, and what it was."""
    rows = [line.split("\t") for line in FOUND.read_text("utf-8").splitlines()[1:]]
    assert {row[0] for row in rows} <= set(fuzz.LONGEST_BYTES)
    made = fuzz.tries()
    for target, content, _ in rows:
        made[target](base64.b64decode(content, validate=True))
