"""The check over columns gives what the check over items gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from doseref.bulk import COLUMNS, check_frame
from doseref.errors import UsageError

pd = pytest.importorskip("pandas")


def test_two_people_two_totals() -> None:
    frame = pd.DataFrame(
        {
            "patient": ["a", "a", "b"],
            "drug": ["paracetamol", "co-codamol 30/500", "docusate"],
            "sig": ["1 g q6h", "2 tablets q6h", "100 mg twice daily"],
        }
    )
    made = check_frame(frame)
    assert tuple(made.columns) == COLUMNS
    # 1,000 mg × 4 + 2 × 500 mg × 4 = 8,000 mg
    totals = made[made["kind"] == "total"]
    acetaminophen = totals[(totals["patient"] == "a") & (totals["substance"] == "acetaminophen")]
    assert set(acetaminophen["low"]) == set(acetaminophen["high"]) == {Decimal(8000)}
    assert set(acetaminophen["verdict"]) == {"over"}
    assert len(acetaminophen) == 4
    docusate = totals[totals["patient"] == "b"]
    assert list(docusate["verdict"]) == ["not-assessed"]
    assert list(docusate["high"]) == [Decimal(200)]


def test_a_table_without_items_is_refused() -> None:
    with pytest.raises(UsageError, match="needs a column 'item'"):
        check_frame(pd.DataFrame({"name": ["x"]}))


COLOURED = {"Drug": ["ibuprofen"], "sig": ["400 mg tds"], "Colour": ["blue"]}


def test_an_unknown_column_is_refused_as_python_says_it_and_mapping_takes_it() -> None:
    frame = pd.DataFrame(COLOURED)
    with pytest.raises(
        UsageError, match=r"'Colour' is not known.*with mapping=\{'Colour': 'ROLE'\}, where ROLE is"
    ) as told:
        check_frame(frame)
    assert "--map" not in str(told.value)
    made = check_frame(frame, mapping={"Colour": "ignore"})
    assert next(iter(made[made["kind"] == "total"]["high"])) == Decimal(1200)
    with pytest.raises(UsageError, match=r"mapping=\{'Colour': 'wibble'\}: a role is one of item, drug"):
        check_frame(frame, mapping={"Colour": "wibble"})


def test_other_refusals_say_mapping_too() -> None:
    for columns, hint in (
        ({"name": ["aspirin"], "sig": ["81 mg daily"]}, "mapping={'name': 'drug'}"),
        ({"id": ["1"], "drug": ["aspirin"], "sig": ["81 mg daily"]}, "mapping={'id': 'patient'}"),
        ({"drug": ["aspirin"], "medication": ["x"]}, "mapping={'medication': 'ignore'}"),
    ):
        with pytest.raises(UsageError) as told:
            check_frame(pd.DataFrame(columns))
        assert hint in str(told.value) and "--map" not in str(told.value)


def test_a_table_without_rows_gives_one_without_rows() -> None:
    assert len(check_frame(pd.DataFrame({"drug": [], "sig": []}))) == 0


def test_a_mapping_of_no_column_is_refused() -> None:
    frame = pd.DataFrame([("aspirin 81 mg daily", "a")], columns=["item", "patient"])
    with pytest.raises(UsageError, match="there is no column 'nosuch'; the columns are 'item', 'patient'"):
        check_frame(frame, mapping={"nosuch": "ignore"})


def test_a_column_of_ends_may_say_that_there_is_none() -> None:
    rows = [
        ("a", "ibuprofen 400 mg tid", False),
        ("b", "ibuprofen 400 mg tid", "no"),
        ("c", "ibuprofen 400 mg tid", True),
    ]
    frame = check_frame(pd.DataFrame(rows, columns=["patient", "item", "stopped"]))
    assert list(frame[frame["kind"] == "item"]["status"]) == ["read", "read", "unread"]
