"""The words of remarks: none of them is one of the sig language, or one that turns a dose round."""

from __future__ import annotations

import subprocess
import sys

import pytest

import doseref
from doseref.dosage import remark_list
from doseref.dosage.asides import TURNING
from doseref.dosage.note_words import ADDED, REVERSING
from doseref.dosage.remarks import PAST
from doseref.dosage.words import LEXICON

WORDS = remark_list.words()
PLAIN = doseref.parse("5 mg od").phases[0].options[0]


def test_no_word_of_remarks_turns_a_dose_round() -> None:
    assert not WORDS & (TURNING | REVERSING | ADDED | PAST)


def test_no_word_of_remarks_says_anything_in_the_language() -> None:
    kinds = {LEXICON[word][0] for word in WORDS if word in LEXICON}
    assert kinds <= {"", "WORD", "SITE", "POP", "WATER", "OZ"}


@pytest.mark.parametrize(
    "word",
    "hers borrowed partly awake discretion mostly share wife dog unavailable illegible forgetful weaker daily dially tiwce "
    "abroad holiday ramadan lunch only both spare ditto query unless plus less than cut broken crushed losartan".split(),
)
def test_such_a_word_is_not_among_them(word: str) -> None:
    assert word not in WORDS


@pytest.mark.parametrize("word", "hayfever breastfeeding sprain bones anaemia oedema haemorrhoids knee clinic".split())
def test_such_a_word_is_among_them(word: str) -> None:
    assert word in WORDS


@pytest.mark.parametrize("word", sorted(WORDS)[::97])
@pytest.mark.parametrize("text", ["5 mg od {}", "5 mg od ({})", "5 mg od, {}"])
def test_a_word_of_remarks_leaves_the_dose_as_it_is(word: str, text: str) -> None:
    read = doseref.parse(text.format(word))
    option = read.phases[0].options[0]
    assert (len(read.phases), len(read.phases[0].options)) == (1, 1)
    assert (option.dose, option.times, option.count, option.prn) == (PLAIN.dose, PLAIN.times, None, False)
    assert not (option.when or option.at or option.days or option.duration or option.doses_total or read.maximum)


def test_the_list_is_not_read_before_a_line_asks_for_it() -> None:
    asks = "import doseref; doseref.check(['ibuprofen 400 mg tds']); from doseref.dosage.remark_list import words; "
    told = subprocess.run(
        [sys.executable, "-c", asks + "print(words.cache_info().currsize)"], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "0"
