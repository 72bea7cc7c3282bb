"""Two release forms of one drug: meant of an opioid, a doubling of a calcineurin inhibitor."""

from __future__ import annotations

import pytest

import doseref


@pytest.mark.parametrize(
    ("items", "severity"),
    [
        (["Tacrolimus (Prograf) 4 mg po bid", "Tacrolimus XL (Astagraf) 8 mg po daily"], "warning"),
        (["tacrolimus 4 mg bid", "tacrolimus 1 mg bid"], "info"),  # two strengths of one form
        (["morphine ER 30 mg bid", "morphine IR 5 mg q6h prn"], "info"),  # background and breakthrough
    ],
)
def test_two_forms_of_one_drug(items: list[str], severity: str) -> None:
    (found,) = [f for f in doseref.check(items).findings if f.code == "R201"]
    assert found.severity.word == severity
