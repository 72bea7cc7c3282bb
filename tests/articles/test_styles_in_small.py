"""Snippets in many styles (questions and answers, nested lists, drugs as columns, two drugs in a sentence) with their doses.

``styles.jsonl``: ``gold`` is what is read of a text, ``told`` what is known to be there and is reported as not read, ``max`` its maxima.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from articles.test_contexts import page
from doseref.dosage.model import Option
from doseref.figures import doses, long_period, per_day
from doseref.quantities import json_number

CASES = [json.loads(line) for line in (Path(__file__).parent / "styles.jsonl").read_text(encoding="utf-8").splitlines()]


def often(option: Option) -> str:
    longer, daily = long_period(option), per_day(option)
    if option.per_day:
        return "per day"
    if option.every and option.every.unit == "h":
        return f"q{json_number(option.every.low)}h"
    if longer:
        return f"{json_number(longer[1])}/{longer[0].unit}"
    return f"{json_number(daily[0])}/d" if daily else ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_read_of_a_text(case: dict[str, Any]) -> None:
    found = page(case["text"], kind=case.get("kind", "markdown"))
    read = set()
    for statement in found.statements:
        for option in statement.dosage.options:
            for name, amount in doses(option, statement.substances):
                figures = dict.fromkeys((json_number(amount.low), json_number(amount.high)))
                dose = f"{name} {'-'.join(map(str, figures))} {amount.unit} {often(option)}".strip()
                read.add(dose.replace("per day", "1/d") if "kg" not in dose else dose)
    most = {f"{each.substance} {json_number(each.amount)} {each.unit}" for s in found.statements for each in s.maximum}
    assert read == set(case["gold"])
    assert set(case.get("max", ())) <= most
    assert bool(found.loose) or not case.get("told")
