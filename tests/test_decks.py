"""The decks: every regimen's totals, verdicts and codes as worked out by hand."""

from __future__ import annotations

import pytest

from decks.deck import DECKS, Row, differences, read

ROWS = [row for path in DECKS.values() for row in read(path)]
LEAST = 120
"""Regimens that each deck must hold at least."""


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_the_program_agrees_with_the_hand(row: Row) -> None:
    assert differences(row, row.check()) == [], str(row)


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_is_large_enough_and_its_ids_are_unique(deck: str) -> None:
    rows = read(DECKS[deck])
    assert len(rows) >= LEAST
    assert len({row.id for row in rows}) == len(rows)
    assert len({row.items for row in rows}) >= len(rows) - 5  # a few differ by their options alone


def test_a_clean_regimen_expects_nothing_above_information() -> None:
    assert all(not row.codes for row in read(DECKS["must not fire"]))


def test_a_faulty_regimen_expects_a_finding() -> None:
    assert all(row.codes for row in read(DECKS["must fire"]))
