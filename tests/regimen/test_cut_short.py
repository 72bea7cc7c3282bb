"""What is left of a line that was cut, torn apart or joined with another is never added up, and each is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref

LINES = Path(__file__).with_name("cut_short.tsv").read_text(encoding="utf-8").splitlines()[2:]

READ = [
    ("Methotrexate 2.5mg tablets SEVEN tablets Mondays - 28 tablets", "methotrexate", "17.5", "1wk"),  # 7 × 2.5 mg
    ("Sertraline - increase to 100 mg each morning", "sertraline", "100", "1d"),
]


@pytest.mark.parametrize("line", LINES)
def test_nothing_of_it_is_added_up(line: str) -> None:
    [person] = doseref.check([line]).regimens
    assert person.totals == ()
    assert all(item.status != "read" for item in person.items)


@pytest.mark.parametrize(("line", "name", "amount_mg", "per"), READ)
def test_what_is_whole_beside_them_is_read(line: str, name: str, amount_mg: str, per: str) -> None:
    [total] = doseref.check([line]).to_json()["regimens"][0]["totals"]
    assert (total["substance"], str(total["low"]), str(total["high"])) == (name, amount_mg, amount_mg)
    assert f"{total['per']['value']}{total['per']['unit']}" == per
