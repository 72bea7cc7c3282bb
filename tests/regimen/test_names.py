"""What items name, and what is counted of them: the tables ``names.tsv`` and ``traps.tsv``, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import doseref
from doseref.errors import UsageError
from doseref.names import names

Totals = dict[str, tuple[Decimal, Decimal, str]]


def rows() -> list[list[str]]:
    tables = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("names.tsv", "traps.tsv")]
    lines = [line for table in tables for line in table.splitlines()]
    cells = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    assert all(len(row) == 5 for row in cells), [row for row in cells if len(row) != 5]
    return cells


def totals(cell: str) -> Totals:
    """``hydrocodone 0..20 mg/1d; …`` by substance."""
    found: Totals = {}
    for each in cell.split(";") if cell != "-" else ():
        substance, figure, unit = each.strip().rsplit(" ", 2)
        low, _, high = figure.partition("..")
        found[substance] = (Decimal(low), Decimal(high or low), unit)
    return found


@pytest.mark.parametrize(("item", "status", "wanted", "codes", "note"), rows(), ids=[row[0] for row in rows()])
def test_named(item: str, status: str, wanted: str, codes: str, note: str) -> None:
    (regimen,) = doseref.check([item]).to_json()["regimens"]
    assert regimen["items"][0]["status"] == status
    assert {
        each["substance"]: (
            Decimal(str(each["low"])), Decimal(str(each["high"])), f"{each['unit']}/{each['per']['value']}{each['per']['unit']}",
        )
        for each in regimen["totals"]
    } == totals(wanted)  # fmt: skip
    assert {each["code"] for each in regimen["findings"] if each["severity"] != "info"} == set(codes.split())


def test_what_is_named_but_not_counted_leaves_a_gap() -> None:
    """An unknown partner of amlodipine: its amlodipine is not in the total of 5 mg, and that is said."""
    (regimen,) = doseref.check(["amlodipine 5 mg daily", "amlodipine/zorblaxin 5/5 mg daily"]).to_json()["regimens"]
    (total,) = regimen["totals"]
    assert (total["high"], total["not_counted"]) == (5, [2])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ibuprophen", "ibuprofen"),  # sounds the same
        ("metforman", "metformin"),  # one letter
        ("gabapentine", "gabapentin"),
        ("acetominophen", "acetaminophen"),
        ("Celebrx", None),  # Celebrex looks like Celexa
        ("hydroxizine", None),  # hydroxyzine looks like hydralazine
        ("betamethazone", "betamethasone"),  # not dexamethasone
        ("enalaprilan", None),
        ("ibuproxam", None),  # a drug of its own, not known here
        ("ibu", None),
    ],
)
def test_a_misspelling_is_taken_by_its_margin(written: str, name: str | None) -> None:
    assert names().acceptable(written) == name


def test_a_text_is_one_item() -> None:
    """A plain string is one item, and no list of letters."""
    (item,) = doseref.check("ibuprofen 400 mg tid").to_json()["regimens"][0]["items"]
    assert (item["text"], item["substances"]) == ("ibuprofen 400 mg tid", ["ibuprofen"])
    with pytest.raises(UsageError):
        doseref.check(b"ibuprofen 400 mg tid")  # type: ignore[arg-type]


def test_plain_text_has_the_tokens_of_any_text() -> None:
    """The quick way for texts in ASCII letters gives what the way through every character gives."""
    import random

    from doseref.names.tokens import folded_tokens, plain_tokens

    rng = random.Random(14)
    for _ in range(5_000):
        text = "".join(rng.choice("aB3 '’+/#,.-–\u00a09zZ0(_") for _ in range(rng.randint(0, 9)))
        assert plain_tokens(text) == folded_tokens(text), text


def test_keys_of_many_texts_are_those_of_each() -> None:
    from doseref.names.tokens import key, keys

    assert keys([]) == []  # a table without rows
    texts = ["Co-codamol", "", "Tylenol #3", "two\nlines", "Sínéquan", "A+B/C"]
    assert keys(texts) == [key(text) for text in texts]


def test_a_strength_without_a_unit_is_no_milligram_of_a_vitamin_that_is_stated_in_units() -> None:
    """400 mg of vitamin D would be 16,000,000 units."""
    assert doseref.check(["calcium-D 600/400 twice daily"]).regimens[0].totals == ()
    (total,) = (
        t
        for t in doseref.check(["calcium 600 mg/vitamin D 400 units daily"]).regimens[0].totals
        if t.substance == "vitamin-d"
    )
    assert (total.amount.high, total.amount.unit) == (400, "[IU]")
