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
