"""The strict reader, the canonical writer, the trusting reader and the generated descriptions."""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doseref.checks.dataset.data import Dataset, open_dataset
from doseref.checks.dataset.run import check, fix
from doseref.errors import DataError
from doseref.tables.load import data_digest, data_directory, data_version, load
from doseref.tables.package import dictionary, package_json
from doseref.tables.read import Sheet, scan
from doseref.tables.schema import LOOKALIKES, NAMES, TABLES, Column, Table
from doseref.tables.write import canonical, canonical_cell, canonical_number, mendable, render

sys.path.insert(0, str(Path(__file__).parent))
from seeded import SOUND, sound_copy

REPOSITORY = Path(__file__).parents[2]
PAIR = Table("pair", "two cells", ("a",), (Column("a", "string", "a"), Column("b", "decimal", "b")))


def read_text(text: str) -> Sheet:
    return scan(PAIR, text.encode("utf-8", "surrogateescape"), "pair.csv")


def test_a_cell_keeps_its_line_and_column() -> None:
    sheet = read_text('a,b\nx,1\n"y, z",2\n"two\nlines",3\nw,4\n')
    assert [row.cells for row in sheet.rows] == [("x", "1"), ("y, z", "2"), ("two lines", "3"), ("w", "4")]
    assert [row.place("a")[:2] for row in sheet.rows] == [(2, 1), (3, 1), (4, 1), (6, 1)]
    assert [row.place("b")[:2] for row in sheet.rows] == [(2, 3), (3, 8), (5, 8), (6, 3)]


def test_doubled_quotation_marks_are_one() -> None:
    sheet = read_text('a,b\n"say ""yes""",1\n')
    assert sheet.rows[0].cells == ('say "yes"', "1")
    assert sheet.flaws == []


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("a,b\r\nx,1\r\n", [("form", 1, 4, "CRLF ends 2 lines, from here on; LF is wanted")]),
        ("a,b\nx,1\r\n", [("form", 2, 4, "CRLF ends this line; LF is wanted")]),
        ("a,b\rx,1\r", [("form", 1, 4, "carriage returns (CR) end the lines")]),
        ("a,b\nx,1", [("form", 2, 4, "no line end after the last row")]),
        ("a,b\n\nx,1\n", [("form", 2, 1, "a blank line")]),
        ('a,b\n"x",1\n', [("form", 2, 1, "needless quotation marks around 'x'")]),
        ('a,b\n"x\ny",1\n', [("form", 2, 3, "a line break inside a cell")]),
        ('a,b\nx"y,1\n', [("quote", 2, 2, "a quotation mark inside a cell that is not quoted")]),
        (
            'a,b\n"x"y,1\n',
            [
                ("form", 2, 1, "needless quotation marks around 'x'"),
                ("quote", 2, 4, "text behind the closing quotation mark of a cell"),
            ],
        ),
        ('a,b\nx,"1\ny,2\n', [("quote", 2, 3, "a quotation mark that is never closed")]),
        ("a,b\nx\udcff,1\n", [("encoding", 2, 2, "byte 0xFF is not UTF-8")]),
    ],
)
def test_flaws(text: str, flaws: list[tuple[str, int, int, str]]) -> None:
    assert [(flaw.kind, flaw.line, flaw.column, flaw.message) for flaw in read_text(text).flaws] == flaws


@given(st.lists(st.lists(st.text(alphabet='ab,"\n é–', max_size=6), min_size=2, max_size=2), max_size=6))
def test_the_scanner_reads_what_the_csv_module_writes(rows: list[list[str]]) -> None:
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    assert [list(row.raw) for row in read_text(out.getvalue()).rows] == rows


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_findings_and_never_a_traceback(content: bytes) -> None:
    data = Dataset(SOUND, "data")
    for table in TABLES:
        head = (",".join(table.header) + "\n").encode()
        data.sheets[table.name] = scan(table, head + content, f"data/{table.file}")
    for finding in check(data):
        assert finding.locations[0].path


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "0",
                "-1",
                "",
                "999999999999999999999",
                "0.0000000001",
                "mg",
                "h",
                "d",
                "yes",
                "ug",
                "[IU]",
                "x",
                "é",
                "a/drug/01",
            ]
        ),
        min_size=53,
        max_size=53,
    )
)
def test_any_cells_of_a_statement_give_findings_and_never_a_traceback(cells: list[str]) -> None:
    data = Dataset(SOUND, "data")
    drugs = next(table for table in TABLES if table.name == "drugs")
    cells = cells[: len(drugs.columns)]
    cells[0] = "a/drug/01"
    text = ",".join(drugs.header) + "\n" + ",".join(cells) + "\n"
    data.sheets["drugs"] = scan(drugs, text.encode(), "data/drugs.csv")
    check(data)


@pytest.mark.parametrize("filler", ['"', ",", '""', "x", " ", "\t", "é", '",', ',"', "1,", "\x00", "\r", "a-"])
def test_a_line_of_a_megabyte_does_not_hang(filler: str) -> None:
    text = "name_a,name_b,list,verification,source\n" + filler * (1_000_000 // len(filler)) + "\n"
    data = Dataset(SOUND, "data")
    started = time.perf_counter()
    data.sheets["lookalikes"] = scan(LOOKALIKES, text.encode(), "data/lookalikes.csv")
    assert check(data)
    assert time.perf_counter() - started < 8


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("5", "5"), ("5.0", "5"), ("05", "5"), (".5", "0.5"), ("+5", "5"), ("-5.50", "-5.5"), ("0.0", "0"), ("-0", "0"), ("1500000", "1500000"),
        ("5.", None), ("", None), (".", None), ("1,000", None), ("1.000,5", None), ("1e3", None), ("NaN", None), ("inf", None),
        ("٣", None), ("½", None), ("5 mg", None), ("--5", None), ("1_000", None),
    ],
)  # fmt: skip
def test_numbers_have_one_spelling(cell: str, plain: str | None) -> None:
    assert canonical_number(cell) == plain


@given(st.text(max_size=12))
def test_a_canonical_cell_stays_as_it_is(cell: str) -> None:
    for kind in ("string", "decimal", "integer", "list", "refs", "date"):
        column = Column("c", kind, "c")  # type: ignore[arg-type]
        once = canonical_cell(column, cell)
        assert canonical_cell(column, once) == once


@given(
    st.lists(st.tuples(st.text(alphabet='ab ,";é\n', max_size=6), st.sampled_from(["1", "1.0", ".5", ""])), max_size=6)
)
def test_writing_reading_and_writing_again_is_the_same(rows: list[tuple[str, str]]) -> None:
    text = render(PAIR, rows)
    sheet = read_text(text)
    if mendable(sheet):
        assert canonical(sheet) == text


def test_fix_writes_canonical_form_and_order_and_nothing_else(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    names = tmp_path / "names.csv"
    lines = names.read_text("utf-8").split("\n")
    lines[1], lines[2] = lines[2].replace("Advil", " Advil\t"), lines[1]
    lines[3] = lines[3].replace("220", "220.0").replace("naproxen sodium", '"naproxen  sodium"')
    names.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    limits = tmp_path / "limits.csv"
    limits.write_text(limits.read_text("utf-8").replace(",4000,", ",4OOO.0,"), "utf-8")
    data = open_dataset(tmp_path, shown="data")
    assert {finding.code for finding in check(data)} == {"D103", "D104", "D105"}
    assert fix(data) == ["data/names.csv"]
    assert names.read_bytes() == (SOUND / "names.csv").read_bytes()
    assert [finding.code for finding in check(open_dataset(tmp_path))] == ["D103"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*(path.name for path in SOUND.iterdir()), "datapackage.json"]
    )


@pytest.mark.parametrize("spoilt", [b"APAP,acetaminophen\n", b'"APAP\n', b"AP\xffAP,acetaminophen,abbreviation,,,\n"])
def test_fix_leaves_a_file_alone_that_it_would_lose_something_of(tmp_path: Path, spoilt: bytes) -> None:
    sound_copy(tmp_path)
    names = tmp_path / "names.csv"
    names.write_bytes(names.read_bytes() + spoilt)
    before = names.read_bytes()
    assert fix(open_dataset(tmp_path)) == []
    assert names.read_bytes() == before


def test_the_trusting_reader(tmp_path: Path) -> None:
    rows = load(NAMES, SOUND)
    assert rows[0] == {
        "name": "APAP",
        "substance": "acetaminophen",
        "kind": "abbreviation",
        "salt_amount": "",
        "base_amount": "",
        "source": "",
    }
    with pytest.raises(DataError, match=r"names\.csv: the file is missing; run 'doseref validate' to see"):
        load(NAMES, tmp_path)
    (tmp_path / "names.csv").write_text("name,substance\n", "utf-8")
    with pytest.raises(DataError, match="the header is not that of table names"):
        load(NAMES, tmp_path)
    (tmp_path / "names.csv").write_text(",".join(NAMES.header) + "\nAPAP\n", "utf-8")
    with pytest.raises(DataError, match=r"names\.csv:2: 1 cells instead of 6"):
        load(NAMES, tmp_path)
    (tmp_path / "names.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError):
        load(NAMES, tmp_path)


def test_the_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"xy")
    first = data_digest(tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"not a table")
    assert data_digest(tmp_path) == first
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    assert data_digest(tmp_path) != first
    assert len(first) == 64


def test_the_version_comes_from_the_package(tmp_path: Path) -> None:
    assert data_version(tmp_path) == "unknown"
    (tmp_path / "datapackage.json").write_text('{"version": "1.2.3"}', "utf-8")
    assert data_version(tmp_path) == "1.2.3"


def test_generated_files_are_current() -> None:
    mend = "run 'python -m doseref.tables.package'"
    assert (data_directory() / "datapackage.json").read_text("utf-8") == package_json(), mend
    dictionary_file = REPOSITORY / "docs" / "data-dictionary.md"
    if not dictionary_file.is_file():
        pytest.skip("docs/ is not here: not a checkout")
    assert dictionary_file.read_text("utf-8") == dictionary(), mend


@pytest.mark.parametrize("which", ["sound", "shipped"])
def test_frictionless_accepts_the_package(which: str, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    directory = sound_copy(tmp_path) if which == "sound" else data_directory()
    if any(not (directory / table.file).is_file() for table in TABLES):
        pytest.skip("not all tables are here")
    report = frictionless.Package(str(directory / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:20]


def test_the_package_is_plain_json() -> None:
    found = json.loads(package_json())
    assert [resource["name"] for resource in found["resources"]] == [table.name for table in TABLES]
