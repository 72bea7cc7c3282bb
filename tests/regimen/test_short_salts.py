"""Salts cut short by pharmacy systems are the salt; a word that no salt of this substance begins with is none."""

from __future__ import annotations

import pytest

import doseref

READ = [
    ("METOPROLOL SUCC ER 50 MG TAB take 1 tablet daily", "metoprolol"),
    ("FLUTICASONE PROP 50 MCG SPRAY 1 spray daily", "fluticasone"),
    ("PANTOPRAZOLE SOD DR 40 MG TAB take 1 tablet daily", "pantoprazole"),
    ("DOXYCYCLINE HYC 100 MG CAP 1 twice daily", "doxycycline"),
    ("hydroxyzine pam 25 mg cap 1 at bedtime", "hydroxyzine"),
]


@pytest.mark.parametrize(("item", "substance"), READ, ids=[each[0] for each in READ])
def test_a_salt_cut_short(item: str, substance: str) -> None:
    (regimen,) = doseref.check([item]).regimens
    assert regimen.items[0].status == "read"
    assert regimen.items[0].substances == (substance,)


@pytest.mark.parametrize(
    "item", ["digoxin immune fab 40 mg once", "metoprolol s 50 mg daily", "warfarin plus 5 mg daily"]
)
def test_another_word_is_no_salt(item: str) -> None:
    (regimen,) = doseref.check([item]).regimens
    assert regimen.items[0].status == "unread"
    assert "R401" in {finding.code for finding in regimen.findings}


def test_a_compound_cut_short_is_not_counted_as_the_substance() -> None:
    (regimen,) = doseref.check(["magnesium ox 400 mg 1 tablet daily"]).regimens
    assert regimen.totals == ()
