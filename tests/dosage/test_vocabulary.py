"""Names come from the data: every substance may stand beside a dose, and no common word is taken for a name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from doseref import parse, reference
from doseref.dosage import Vocabulary
from doseref.dosage import parse as parse_with
from doseref.dosage.vocabulary import NO_NAMES, Name
from doseref.dosage.words import LEXICON, PHRASES, every_phrase, read_groups

D = Decimal
SOURCES = Path(__file__).resolve().parents[2] / "src" / "doseref" / "dosage"


def made(*names: Name, salts: tuple[str, ...] = (), pairs: tuple[tuple[Decimal, Decimal], ...] = ()) -> Vocabulary:
    return Vocabulary(lambda: names, lambda: salts, lambda: pairs)


def _medicines() -> list[str]:
    """Every substance that has a dose: of a dressing or a device nobody takes 500 mg. A bracket is grammar."""
    return [
        row["name"] for row in reference().substance_rows.values() if row["kind"] != "care" and "(" not in row["name"]
    ]


def test_every_substance_may_stand_beside_its_dose() -> None:
    unread = []
    for name in _medicines():
        dosage = parse(f"500 mg {name} twice daily")
        option = dosage.options[0] if len(dosage.options) == 1 else None
        if dosage.status != "read" or option is None or option.dose is None or option.dose.high != 500:
            unread.append(name)
    assert unread == []


def test_every_other_name_of_a_substance_may_too() -> None:
    """Names with signs of their own ("EPA/DHA", "omega-3 (fish oil)") are read by the grammar of slashes and brackets."""
    care = {row["id"] for row in reference().substance_rows.values() if row["kind"] == "care"}
    kinds = ("synonym", "abbreviation", "salt", "compound")
    names = [each.name for each in reference().names if each.kind in kinds and each.substance not in care]
    plain = [name for name in names if name.replace(" ", "").isalpha() and name.isascii() and len(name) > 2]
    assert len(plain) > 250
    assert [name for name in plain if parse(f"Take 500 mg {name} twice daily").status != "read"] == []


def test_the_language_itself_knows_no_drug() -> None:
    own = {word for word, (kind, _) in LEXICON.items() if kind == "SUBST"}
    own |= {" ".join(words) for words, kind, _ in every_phrase() if kind == "SUBST"}
    assert own == set()
    assert parse_with("500 mg ibuprofen twice daily", NO_NAMES).status == "partly-read"
    drugs = {row["name"] for row in reference().substance_rows.values() if row["kind"] == "drug"}
    assert sorted(drugs & (LEXICON.keys() | PHRASES.keys())) == []


def test_a_name_of_common_words_only_is_no_name() -> None:
    words = made(Name("Pain Relief", True), Name("Rescue", True), Name("Maximum Night"), Name("a"), Name("MS"))
    for text in ("500 mg twice daily for pain relief", "1 tablet at night", "max 2 tablets a day"):
        assert parse_with(text, words) == parse_with(text, NO_NAMES)


def test_a_brand_counts_only_with_its_capital() -> None:
    words = made(Name("Align", True))
    assert parse_with("500 mg Align twice daily", words).status == "read"
    assert parse_with("500 mg align twice daily", words).status == "partly-read"


@pytest.mark.parametrize(
    "text", ["1000 mg evening primrose oil twice daily", "1000 mg Evening-Primrose oil twice daily"]
)
def test_a_name_takes_back_a_word_that_the_language_knows(text: str) -> None:
    (option,) = parse_with(text, made(Name("evening primrose oil"))).options
    assert (option.when, option.form) == ((), None)
    assert option.times is not None and option.times.high == 2
    (alone,) = parse_with("1000 mg every evening", made(Name("evening primrose oil"))).options
    assert alone.when == ("EVE",)


def test_the_release_behind_a_brand_is_not_lost() -> None:
    (option,) = parse_with("Take 1 Effexor XR 75 mg capsule daily", made(Name("Effexor XR", True))).options
    assert option.release == "ER"


def test_a_salt_may_follow_any_name() -> None:
    words = made(Name("metformin"), salts=("hydrochloride",))
    assert parse_with("500 mg metformin hydrochloride twice daily", words).status == "read"
    assert parse_with("500 mg hydrochloride twice daily", words).status == "partly-read"


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("5-325 mg every 6 hours", [5, 325]),  # 65 times as much: no range
        ("37.5-325 mg every 6 hours", [D("37.5"), 325]),  # no multiple: no range
        ("10-80 mg 1 tablet daily", [10, 80]),  # counted: a product
        ("10-80 mg daily", []),  # could be a range, and is read as one
        ("20-160 mg daily", []),  # no such product is known
    ],
)
def test_strengths_that_go_together_come_from_the_products(text: str, strengths: list[int]) -> None:
    words = made(pairs=((D(5), D(325)), (D("37.5"), D(325)), (D(10), D(80))))
    (option,) = parse_with(text, words).options
    assert [strength.amount for strength in option.strengths] == strengths
    assert (option.dose is None) == bool(strengths)


def test_no_strength_is_known_by_its_number() -> None:
    for path in SOURCES.glob("*.py"):
        code = [line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
        assert not [line for line in code if "325" in line and '"' not in line], path.name


def test_each_word_of_the_vocabulary_stands_once() -> None:
    """What stands twice is read as whichever comes last, and the other line is a trap for whoever mends it."""
    words = [word for _, _, listed in read_groups((SOURCES / "words.txt").read_text("utf-8")) for word in listed]
    assert len(words) > 2000
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_lines_of_the_vocabulary_are_read_by_kind() -> None:
    text = "# a comment\nFREQ times 2 1 d = bid | b i d |\n    twice a day\n- = thus\nMEAL '' = meal\nEQ = = | equals\n"
    assert list(read_groups(text)) == [
        ("FREQ", ("times", D(2), D(1), "d"), ["bid", "b i d", "twice a day"]),
        ("", None, ["thus"]),
        ("MEAL", "", ["meal"]),
        ("EQ", None, ["=", "equals"]),
    ]
    with pytest.raises(ValueError, match="'NUM 7' has no words"):
        list(read_groups("NUM 7\n"))
