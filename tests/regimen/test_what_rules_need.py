"""A rule that is not asked, because there is nothing that it needs, would have said nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from decks.deck import DECKS, read
from doseref import api
from doseref.checks import runner
from doseref.checks.regimen import NEEDS
from doseref.findings import Finding


@pytest.mark.parametrize("deck", DECKS)
def test_rules_that_are_not_asked_have_nothing_to_say(deck: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, list[Finding], list[Finding]]] = []

    def both_ways(kind: runner.RuleKind, case: Any) -> list[Finding]:
        found = runner.run(kind, case)
        every = [each for module in runner.modules(kind) for each in module.check(case)]
        told.append((", ".join(item.given.text for item in case.items), found, every))
        return found

    monkeypatch.setattr(api, "run", both_ways)
    for row in read(DECKS[deck]):
        row.check()
    assert len(told) > 100
    assert [each for each in told if each[1] != each[2]] == []


def test_only_rules_that_there_are_have_needs() -> None:
    known = {name.rpartition(".")[2] for name in runner.module_names("regimen")}
    assert set(NEEDS) < known
    assert all(NEEDS.values())


def test_a_rule_without_what_it_needs_is_not_imported() -> None:
    code = (
        "import sys, doseref; doseref.check(['lisinopril 10 mg once daily']); "
        "print([name for name in sys.modules if name.startswith('doseref.checks.regimen.r10')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "r101_over_maximum" not in ran.stdout
    assert "r105_single_dose" in ran.stdout
