"""One vocabulary of route and release: what a word means in an instruction, in a heading and in a label."""

from __future__ import annotations

from pathlib import Path

import pytest

import doseref
from doseref.articles import spoken_words
from doseref.articles.contexts import context_of
from doseref.articles.terms import heading_facts
from doseref.dosage.model import RELEASES, ROUTES
from doseref.dosage.words import LEXICON, read_groups

DECLARED = list(read_groups(Path(spoken_words.__file__).with_name("words.txt").read_text("utf-8")))

PLACES = [
    # word, in an instruction "1 … daily", in a heading, in a label: route and release
    ("PR", ("rectal", None), ((), "ER"), (None, "ER")),
    ("EC", (None, "EC"), ((), "DR"), (None, "DR")),
    ("SR", (None, "ER"), ((), "ER"), (None, "ER")),
    ("PO", ("oral", None), (("oral",), None), ("oral", None)),
    ("sublingually", ("sublingual", None), (("sublingual",), None), ("sublingual", None)),
    ("tablet", (None, None), (("oral",), None), (None, None)),
]


@pytest.mark.parametrize(("word", "instruction", "heading", "label"), PLACES, ids=[row[0] for row in PLACES])
def test_a_word_means_one_thing_at_each_place(
    word: str, instruction: tuple[str | None, str | None], heading: object, label: object
) -> None:
    (option,) = doseref.parse(f"10 mg {word} daily").options
    assert (option.route, option.release) == instruction
    assert heading_facts(f"Tramadol {word}") == heading
    assert (context_of(word, label=True).route, context_of(word, label=True).release) == label


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("IV or IM", "intravenous; intramuscular"),
        ("IN", "nasal"),
        ("in adults", None),
        ("Intra-articular", "intra-articular"),
        ("Vaginal candidiasis", None),
        ("INH 300 mg", None),
        ("TOP 10", None),
        ("Fibrin gel carrier", None),
        ("through a drip", "intravenous"),
    ],
)
def test_labels_name_a_route_only_where_they_do(text: str, route: str | None) -> None:
    assert context_of(text, label=True).route == route


def test_the_order_of_a_heading_is_kept() -> None:
    assert heading_facts("Methylprednisolone (IM/IV steroid)").routes == ("intramuscular", "intravenous")
    assert heading_facts("Ketorolac (IV, IM)").routes == ("intravenous", "intramuscular")


def test_nothing_is_declared_that_the_sig_language_says_already() -> None:
    told = [
        (place, said, word)
        for place, said, words in DECLARED
        if place != "NEVER"
        for word in words
        if LEXICON.get(word.lower()) == tuple(str(said).split())
    ]
    assert told == []


def test_every_meaning_is_one_of_the_model() -> None:
    for place, said, _ in DECLARED:
        kind, value = str(said).split()
        assert place in ("ARTICLE", "HEADING", "LABEL", "NEVER")
        if kind != "OFTEN":  # of these the words alone count
            assert value in (ROUTES if kind == "ROUTE" else RELEASES), f"{place} {said}"
