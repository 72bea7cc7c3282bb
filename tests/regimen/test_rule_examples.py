"""Each regimen rule's own example: silent where it says that it passes, heard where it says that it fires."""

from __future__ import annotations

import pytest

import doseref
from doseref.checks.regimen import REGIMEN
from doseref.checks.registry import RuleInfo, rules
from doseref.findings import Severity
from doseref.lists.plain_text import read_text
from doseref.names import names
from regimen.test_cautions import keywords

RULES = rules("regimen")


def findings(example: str, code: str) -> list[Severity]:
    """What a rule says of an example; a first line that begins with ``--`` says who takes it, one in brackets heads a text."""
    lines = [line.strip() for line in example.splitlines() if line.strip()]
    if lines[0].startswith("["):
        ((_, given),) = read_text("list.txt", example, names(doseref.reference()))
        return [finding.severity for finding in doseref.check(given).findings if finding.code == code]
    options = keywords(lines.pop(0)) if lines[0].startswith("--") else {}
    return [finding.severity for finding in doseref.check(lines, **options).findings if finding.code == code]


@pytest.mark.parametrize("info", RULES, ids=[info.code for info in RULES])
def test_the_passing_example_is_passed(info: RuleInfo) -> None:
    assert info.passes.strip()
    assert findings(info.passes, info.code) == []


@pytest.mark.parametrize("info", RULES, ids=[info.code for info in RULES])
def test_the_failing_example_fires_at_the_severity_it_states(info: RuleInfo) -> None:
    assert info.fires.strip()
    fired = findings(info.fires, info.code)
    assert fired
    assert max(fired) <= info.severity


@pytest.mark.parametrize("info", RULES, ids=[info.code for info in RULES])
def test_a_rule_explains_itself(info: RuleInfo) -> None:
    assert info.what
    assert info.why


def test_every_listed_rule_is_explained_under_its_own_code() -> None:
    assert [name.partition("_")[0].upper() for name in REGIMEN] == [info.code for info in RULES]
