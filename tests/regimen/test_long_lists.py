"""Long lists are read line by line, each person whole wherever the rows stand; Parquet is read as the same table is."""

from __future__ import annotations

from pathlib import Path

import pytest

from doseref.errors import InputError
from doseref.lists.files import read_file, read_people
from doseref.lists.folded import Folded

ROWS = """patient,drug,sig,note
b,aspirin 81 mg,1 daily,
a,ibuprofen 400 mg,tid,with food
b,ibuprofen 400 mg,tid,
a,aspirin 81 mg,1 daily,
"""


def told(path: Path, text: str, encoding: str = "utf-8") -> list[tuple[str | None, list[str]]]:
    path.write_bytes(text.encode(encoding))
    return [(name, [f"{each.text} @{each.place.rpartition(':')[2]}" for each in listed]) for name, listed in read_people(str(path))]  # fmt: skip


def test_a_person_has_every_row_wherever_it_stands(tmp_path: Path) -> None:
    found = told(tmp_path / "list.csv", ROWS)
    assert found == [
        ("b", ["aspirin 81 mg 1 daily @2", "ibuprofen 400 mg tid @4"]),
        ("a", ["ibuprofen 400 mg tid @3", "aspirin 81 mg 1 daily @5"]),
    ]


def test_what_is_written_alike_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    people = read_people(str(path))
    assert isinstance(people, Folded)
    notes = {given.text: given.note for _, listed in people for given in listed}
    assert len(people) == 2
    assert notes["ibuprofen 400 mg tid"] in ("", "with food")
    assert [given.note for given in dict(people)["a"]] == ["with food", ""]  # another note is another row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read_alike(tmp_path: Path, encoding: str) -> None:
    text = ROWS.replace("with food", "with soufflé").replace("\n", "\r\n")
    assert told(tmp_path / "list.csv", text, encoding) == told(tmp_path / "plain.csv", ROWS)


def test_rows_without_a_person_are_nobodys_and_the_person_above_hears_of_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("patient,item\na,aspirin 81 mg daily\n,ibuprofen 400 mg tid\nb,aspirin 81 mg daily\n", encoding="utf-8")  # fmt: skip
    people = read_file(str(path))
    assert [(name, [bool(given.refused) for given in listed]) for name, listed in people] == [
        ("a", [False, False]),  # of a it is told that such a row stands below
        (None, [True]),
        ("b", [False]),
    ]


def test_a_nul_is_still_no_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"item\naspirin 81 mg daily\nx\0y\n")
    with pytest.raises(InputError, match="not a text file") as caught:
        read_file(str(path))
    assert caught.value.line == 3


def test_parquet_is_read_as_the_same_table(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "list.parquet"
    columns = {"patient": ["b", "a", "b"], "drug": ["aspirin", "ibuprofen", "ibuprofen"], "strength": ["81 mg", "400 mg", "400 mg"],
               "dose": [1.0, 2.0, None], "frequency": ["daily", "tid", "tid"]}  # fmt: skip
    parquet.write_table(pa.table(columns), path)
    csv = tmp_path / "list.csv"
    csv.write_text("patient,drug,strength,dose,frequency\nb,aspirin,81 mg,1,daily\na,ibuprofen,400 mg,2,tid\nb,ibuprofen,400 mg,,tid\n", encoding="utf-8")  # fmt: skip

    def said(file: Path) -> list[tuple[str | None, list[tuple[str, tuple[tuple[str, str], ...]]]]]:
        return [(name, [(given.text, given.columns) for given in listed]) for name, listed in read_file(str(file))]

    assert said(path) == said(csv)
    assert read_file(str(path))[1][1][0].place == f"{path}:2"


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "list.parquet"
    path.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(InputError, match="not a Parquet file"):
        read_file(str(path))
