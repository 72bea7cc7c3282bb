"""A law of tails: what a pharmacy writes behind an instruction, or a notice, never changes what is read of it.

Behind every instruction of ``tests/sigs`` stands each of these tails: it is read as without the tail, or not read at all. A word
that is not understood may become a remark ("Normal - new PE") where it leaves the figures as they are.
``DOSEREF_LAWS=20000`` tries all of them, an everyday run a part.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doseref import parse
from doseref.figures import daily
from law_size import examples

SIGS = Path(__file__).resolve().parents[1] / "sigs"
TAILS = (
    ", 28",
    "; 56",
    "; 60; 30 DAYS; 5 REFILLS",
    " #30",
    " | 30 | 30 | 0",
    ", 30 caps",
    ", 5 packs",
    " 90DS",
    " - new PE",
    "; rx 7719032; prescriber: dr patel",
    ", 84, MDS weekly tray",
    ", tacrolimus level due Friday",
    ", review in 8 weeks",
    ", eGFR 45",
    ", DX E11.9",
    ", last dose 14/6",
    ", stop if stomach upset",
    ", hold if HR < 50",
    ", start 2 weeks after flare resolved",
    ", not with alendronate",
    ". Target INR 2.5",
)
_SAID = ("prn_for", "until", "site", "method")
"""Words that may be longer by those of a tail, and are no figures."""


def _texts() -> list[str]:
    lines = [line for path in sorted(SIGS.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()[1:]]
    given = {
        line.split("\t")[0].replace("\\t", "\t").replace("\\n", "\n") for line in lines if line[:1] not in ("", "#")
    }
    return sorted(given)


def _figures(text: str) -> tuple[str, str]:
    """The status, and all that is read but for words."""
    read: dict[str, Any] = parse(text).to_json()
    for phase in read["phases"]:
        for option in phase["options"]:
            for word in _SAID:
                option.pop(word, None)
    kept = [read[field] for field in ("phases", "target", "maximum", "longest")]
    return read["status"], json.dumps(kept, default=str)


def _sums(text: str) -> tuple[Any, ...]:
    """What a day comes to: "10 mg in the morning and in the evening" is also said as two doses."""
    dosage = parse(text)
    each = {option.dose for option in dosage.options}
    return daily(dosage, ("x",)), each, dosage.maximum, dosage.target, dosage.longest


def _unread_words_alone(text: str) -> bool:
    """Whether all that is amiss is a word that is not understood."""
    dosage = parse(text)
    return dosage.status == "partly-read" and {each.kind for each in dosage.problems} == {"unread"}


@pytest.mark.parametrize("tail", TAILS)
def test_a_tail_changes_nothing(tail: str) -> None:
    texts = _texts()
    some = texts[TAILS.index(tail) :: max(1, len(texts) // examples(100))]
    changed = []
    for text in some:
        status, figures = _figures(text)
        behind, with_tail = _figures(text + tail)
        if behind != "read":
            continue
        same = with_tail == figures or _sums(text + tail) == _sums(text)
        if not same or (status != "read" and not _unread_words_alone(text)):
            changed.append(text)
    assert changed == []
