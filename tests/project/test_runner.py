"""Rules are run by the one runner, and by nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doseref.checks import runner
from doseref.errors import UsageError

CHECKS = Path(runner.__file__).parent
ROUND_IT = re.compile(
    r"import_module\(f?.doseref\.checks|checks\.\w+(?:\.| import )[rad]\d{3}_|import (?:REGIMEN|ARTICLE|DATASET)\b"
)


def test_nobody_goes_round_the_runner() -> None:
    rules = {CHECKS / kind for kind in ("regimen", "article", "dataset")}
    others = [path for path in CHECKS.parent.rglob("*.py") if not (path.parent in rules and path.name[1:4].isdigit())]
    assert len(others) > 150
    found = {path.relative_to(CHECKS.parent).as_posix() for path in others if ROUND_IT.search(path.read_text("utf-8"))}
    # Columns of people have the stacks, overlaps and classes already; only the words of R301 and R202 are asked for.
    assert found == {"bulk/local.py"}


def test_codes_are_chosen_by_their_beginnings() -> None:
    assert runner.selected("article", ["a20"], ["A202"]) == ("A201", "A203", "A204")
    assert runner.selected("regimen", [], ["R1", "R2", "R3"])[:2] == ("R401", "R402")
    assert runner.selected("dataset", [], []) == runner.codes("dataset")


@pytest.mark.parametrize("word", ["X1", "", "R101"])
def test_a_word_that_begins_no_code_is_an_error(word: str) -> None:
    with pytest.raises(UsageError, match="no article rule begins with"):
        runner.selected("article", [word], [])
