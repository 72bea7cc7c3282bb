"""Shared side effects that are told in columns are what the rule says of them one by one."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra 'bulk' is not installed")

import numpy as np

from bulk.same import generator
from doseref.bulk.having import Having
from doseref.bulk.packs import FINDINGS, finding_rows
from doseref.bulk.places import fill, parts_of
from doseref.bulk.workers import Options, judge_of
from doseref.regimen.model import Given


def test_what_is_told_in_columns_is_what_the_rule_says() -> None:
    judge = judge_of(Options())
    kinds = [judge.kinds(judge.read(Given("", drug, sig))) for drug, sig in generator().pairs(700, 3)]
    having = Having(kinds, judge)
    mixed = random.Random(5)
    taken = [mixed.sample(range(len(kinds)), mixed.randint(1, 9)) for _ in range(900)]
    whose = np.repeat(np.arange(len(taken)), [len(own) for own in taken])
    n = np.concatenate([np.arange(1, len(own) + 1) for own in taken])
    cases = having.effects.doubled(np.concatenate(taken), whose)
    told, left = having.plain.tell(cases, n)

    wanted: list[tuple[int, int, dict[str, Any]]] = []
    for person, effect, rows, values in cases.each(~left):
        acts = tuple(having.acts[value] for value in values)
        for row in finding_rows(judge.effect(judge.effect_ids[effect], acts)):
            said = dict(zip(FINDINGS.names, row, strict=True))
            numbers = n[rows].tolist()
            said["message"] = fill(said["message"], numbers)
            said["items"] = [numbers[place - 1] for place in said["items"]]
            wanted.append((person, effect, said))
    found = [
        (int(person), int(effect), row)
        for table, persons, effects in told
        for person, effect, row in zip(persons, effects, table.to_pylist(), strict=True)
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert len(found) > 300
    assert {len(row["items"]) for _, _, row in found} >= {2, 3, 4}
    # What is left to the rule is little, and where a stack is told it is always left.
    assert 0 < left.sum() < 0.4 * len(left)
    assert not any(row["severity"] != "info" for _, _, row in found)


def test_a_text_comes_apart_at_its_marks() -> None:
    assert parts_of("a") == ["a"]
    assert parts_of("\ue0021\ue003 and \ue0022\ue003 (item \ue0002\ue001)") == [
        "", ("name", 1), " and ", ("name", 2), " (item ", ("item", 2), ")",
    ]  # fmt: skip
