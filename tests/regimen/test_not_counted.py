"""An item that names a substance without a known amount is told beside its total, never left out of it silently."""

from __future__ import annotations

import pytest

import doseref


@pytest.mark.parametrize("item", ["Tylenol Arthritis 650 mg 2 caplets every 8 hours", "Percocet 2 tabs q6h"])
def test_a_total_names_the_item_it_does_not_count(item: str) -> None:
    result = doseref.check([item, "Tylenol 500 mg 2 tablets q8h"])
    (total,) = (each for each in result.to_json()["regimens"][0]["totals"] if each["substance"] == "acetaminophen")
    # 2 tablets × 500 mg × 3 = 3,000 mg of item 2 alone
    assert (total["low"], total["high"], total["items"], total["not_counted"]) == (3000, 3000, [2], [1])
    assert result.regimens[0].items[0].status == "unread"
