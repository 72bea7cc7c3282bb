"""A comment silences only the rules it names, and a column of times a day is a frequency."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.articles.model import Ignore


@pytest.mark.parametrize("codes", [(), ("A101",)])
def test_a_comment_silences_only_what_it_names(codes: tuple[str, ...]) -> None:
    comment = Ignore(codes, "agreed", 1, 3)
    assert not comment.covers("A102", 2)
    assert comment.covers("A101", 2) is bool(codes)


def test_times_a_day_is_a_frequency(tmp_path: Path) -> None:
    import json
    import subprocess
    import sys

    page = tmp_path / "table.md"
    page.write_text(
        "# Table\n\n| Drug | Dose (mg) | Times a day |\n|---|---|---|\n| Gabapentin | 300 | 3 |\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "doseref", "extract", str(page), "--format", "json"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    (statement,) = json.loads(done.stdout)["statements"]
    # 300 mg three times a day: 900 mg, not three doses of 300 mg at once
    assert statement["daily"] == [{"substance": "gabapentin", "low": 900, "high": 900, "unit": "mg"}]
    assert "3 times daily" in statement["dosage"]
