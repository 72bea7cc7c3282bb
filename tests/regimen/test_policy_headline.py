"""The policy decides the headline as well as the severity; a load is whole only where all of it is counted."""

from __future__ import annotations

import doseref
from doseref.reports.check_text import render

ITEM = "paracetamol 1 g four times daily"


def test_the_most_permissive_maximum_decides_the_word_over_a_total() -> None:
    """3,000 mg in three statements, 4,000 mg in one: at 4,000 mg it is over by the strictest and within by the other."""
    assert "\nOVER " in render(doseref.check([ITEM]))
    lenient = render(doseref.check([ITEM], policy="most-permissive"))
    assert "\nOVER " not in lenient
    assert (
        "WITHIN acetaminophen 4,000 mg in 24 hours (at most 4,000 mg); nothing more fits: that is the highest maximum"
        in " ".join(lenient.split())
    )


def test_a_chosen_country_decides_the_word_too() -> None:
    shown = render(doseref.check([ITEM], country="GB", otc=True))
    assert "WITHIN paracetamol" in shown


def test_an_opioid_that_is_not_counted_is_named() -> None:
    items = ["oxycodone 5 mg every 6 hours", "buprenorphine 8 mg sublingual daily"]
    told = [f.message for f in doseref.check(items).findings if f.code == "R302"]
    assert len(told) == 1
    # 20 mg of oxycodone × 1.5
    assert told[0].startswith(
        "opioids add up to 30 mg oral morphine equivalents in 24 hours (oxycodone), without buprenorphine: "
    )
