"""What is bound by what is taken at the same time (R304): the table of cases, and the words of a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref

TABLE = Path(__file__).with_name("at_one_time.tsv")
CASES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("items", "told", "note"), CASES, ids=[case[0] for case in CASES])
def test_only_what_is_said_to_be_taken_at_one_time_is_told(items: str, told: str, note: str) -> None:
    found = [f for f in doseref.check(items.split(" + ")).findings if f.code == "R304"]
    assert "; ".join(f"{f.substances[0]}: {', '.join(f.substances[1:])}" for f in found) == told, note


def test_the_message_names_both_the_items_and_the_hours() -> None:
    found = doseref.check(["levothyroxine 100 mcg at 08:00", "calcium carbonate 600 mg at 08:00"]).findings
    (told,) = (f for f in found if f.code == "R304")
    assert told.message == (
        "levothyroxine is taken at one time with calcium (items 1 and 2): it is bound and not taken up; 4 hours apart at "
        "least (Levothyroxine sodium tablets, openFDA label record)"
    )
    assert (told.mend, told.extra) == ("leave 4 hours or more between them", {"stack": "bound-levothyroxine"})
