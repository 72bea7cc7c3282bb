"""Label files into an overlay: the five real ones as a person reads them, and small ones for what may go wrong."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.main import build
from doseref.errors import DataError, DoserefError, InputError
from doseref.imports import xml_tree
from doseref.imports.review import review
from doseref.imports.spl import read_label
from doseref.imports.spl_run import ImportOutcome, import_spl
from imports.label_writer import SET_ID, ingredient, label, product
from outputs.schemas import faults

LABELS = Path(__file__).resolve().parents[3] / "shared" / "spl"
TODAY = "2026-11-28"
here = Path(__file__).parent

real = pytest.mark.skipif(not LABELS.is_dir(), reason="the five label files are not at hand")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ","))


def ran(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build(list(words)), list(words))
    if isinstance(result.exception, DoserefError):
        return int(result.exception.exit_code), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    overlay = tmp_path_factory.mktemp("five") / "labels"
    outcome = import_spl([str(LABELS)], overlay, TODAY)
    assert (outcome.imported, outcome.bad, outcome.unsound) == (5, [], [])
    return overlay


def files_by_set_id(overlay: Path) -> dict[str, str]:
    return {row["set_id"]: Path(row["file"]).name for row in table(overlay / "imported" / "labels.csv")}


@real
def test_labels_as_a_person_reads_them(five: Path) -> None:
    read = {Path(row["file"]).name: row for row in table(five / "imported" / "labels.csv")}
    expected = table(here / "expected_labels.tsv")
    assert len(read) == len(expected)
    for row in expected:
        assert {name: read[row["file"]][name] for name in row if name != "file"} == {
            name: cell for name, cell in row.items() if name != "file"
        }


@real
def test_products_as_a_person_reads_them(five: Path) -> None:
    labels = {row["id"]: row["label"] for row in table(five / "products.csv")}
    files = files_by_set_id(five)
    listed = [row for row in table(five / "imported" / "products.csv") if not row["reason"]]
    read = [
        {**{name: row[name] for name in ("ndc", "name", "as_named", "unii", "strength", "unit", "per", "per_unit", "form", "route")},
         "file": files[row["set_id"]], "product_label": labels[row["product"]]}
        for row in listed
    ]  # fmt: skip
    expected = table(here / "expected_products.tsv")
    assert sorted(map(str, (sorted(row.items()) for row in read))) == sorted(
        map(str, (sorted(row.items()) for row in expected))
    )


@real
def test_dosage_as_a_person_reads_it(five: Path) -> None:
    files = files_by_set_id(five)
    limits = {row["id"]: row for row in table(five / "limits.csv")}
    readings = table(five / "imported" / "readings.csv")
    used = set()
    for row in table(here / "expected_dosage.tsv"):
        found = [
            each for each in readings
            if files[each["set_id"]] == row["file"] and (each["section"] or each["title"]) == row["section"]
            and row["said"] in each["sentence"]
        ]  # fmt: skip
        assert {each["status"] for each in found} == {row["machine"]}, row["said"]
        keys = [each["limit"] for each in found if each["limit"]]
        if row["machine"] == "not read" or not row["kind"]:
            assert keys == [], row["said"]
            continue
        (key,) = keys
        limit = limits[key]
        used.add(key)
        assert [limit[name] for name in ("kind", "amount", "unit", "period", "period_unit")] == [
            row[name] for name in ("kind", "amount", "unit", "period", "period_unit")
        ], row["said"]
        assert (limit["adult"] == "yes") == (row["adults"] == "yes"), row["said"]
        assert limit["source"] == f"spl-{found[0]['set_id']}"
    assert used == set(limits)  # nothing is read that a person does not read there


@real
def test_the_overlay_is_sound_and_used(five: Path) -> None:
    assert ran("validate", str(five))[0] == 0
    data = doseref.reference(five)
    assert {data.sources[key].tier for key in data.sources if key.startswith("spl-")} == {"machine-read"}
    (item,) = doseref.check("Lipitor 40 mg (tablet, film coated) 1 tablet daily", data=data).regimens[0].items
    assert item.substances == ("atorvastatin",)
    for text in (
        "Lipitor 40 mg daily",
        "Lipitor 40 mg tablet, 1 tablet daily",
        "Humira 40 mg/0.8 mL, 0.8 mL every 2 weeks",
    ):
        result = doseref.check(text, data=data)
        assert [(each.amount.low, each.amount.high) for each in result.regimens[0].totals] == [(40, 40)], text
        assert {each.severity.word for each in result.findings} <= {"info"}, text


@real
def test_a_second_run_skips_everything(five: Path) -> None:
    before = {path.name: path.read_bytes() for path in five.rglob("*.csv")}
    outcome = import_spl([str(LABELS)], five, TODAY)
    assert (outcome.imported, outcome.skipped) == (0, 5)
    assert {path.name: path.read_bytes() for path in five.rglob("*.csv")} == before


@real
def test_the_shipped_names_mean_the_same_with_the_overlay(five: Path) -> None:
    texts = [
        "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
        "Benadryl 25 mg at bedtime",
        "atorvastatin 20 mg daily",
    ]
    one, other = doseref.check(texts), doseref.check(texts, data=doseref.reference(five))
    assert [t.amount for t in one.regimens[0].totals] == [t.amount for t in other.regimens[0].totals]


# One small label: a drug that nobody knows, with a stated maximum.

ZORBLAX = product("Zorblax", ingredient("ZORBLAXINE", "10", unii="ABCDEF1234"))
SAID = (("2.1 Adults", "The recommended dose of ZORBLAX is 10 mg twice daily, maximum 40 mg per day."),)


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def imported(tmp_path: Path, *contents: bytes) -> tuple[Path, ImportOutcome]:
    for number, content in enumerate(contents):
        put(tmp_path / "in" / f"{number}.xml", content)
    overlay = tmp_path / "overlay"
    return overlay, import_spl([str(tmp_path / "in")], overlay, TODAY)


def test_a_machine_read_maximum_informs_until_it_is_confirmed(tmp_path: Path) -> None:
    overlay, outcome = imported(tmp_path, label(ZORBLAX, dosage=SAID))
    (row,) = table(overlay / "limits.csv")
    assert [row[name] for name in ("kind", "amount", "unit", "period", "section", "confirmed")] == [
        "maximum",
        "40",
        "mg",
        "1",
        "2.1",
        "",
    ]
    assert outcome.limits == 1
    item = "Zorblax 50 mg twice daily"  # 100 mg a day
    result = doseref.check(item, data=doseref.reference(overlay))
    assert [(total.amount.low, total.amount.high) for total in result.regimens[0].totals] == [(100, 100)]
    assert {each.severity.word for each in result.findings} <= {"info"}
    path = overlay / "limits.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((lines[0], f"{lines[1]}yes")) + "\n", encoding="utf-8")
    result = doseref.check(item, data=doseref.reference(overlay))
    assert ("R101", "error") in {(each.code, each.severity.word) for each in result.findings}
    assert "R101" not in {
        each.code for each in doseref.check("Zorblax 20 mg twice daily", data=doseref.reference(overlay)).findings
    }


def test_what_the_machine_read_is_shown_beside_the_sentence(tmp_path: Path) -> None:
    overlay, _ = imported(tmp_path, label(ZORBLAX, dosage=SAID))
    (row,) = review(overlay)
    assert row["sentence"] == "The recommended dose of ZORBLAX is 10 mg twice daily, maximum 40 mg per day."
    assert (row["section"], row["figures"], row["confirmed"]) == ("2.1 Adults", "maximum: 40 mg per 24 hours", "")
    code, out, _ = ran("import", "spl", "--review", "-o", str(overlay))
    assert (
        code == 0
        and row["sentence"] in " ".join(out.split())
        and f"row spl-{SET_ID}-1" in out
        and "1 with a figure to confirm" in out
    )
    found = json.loads(ran("import", "spl", "--review", "-o", str(overlay), "--format", "json")[1])
    assert found["readings"][0]["confirmed"] is False
    assert faults("review", found) == []
    rows = list(csv.DictReader(io.StringIO(ran("import", "spl", "--review", "-o", str(overlay), "--format", "csv")[1])))
    assert rows[0]["limit"] == f"spl-{SET_ID}-1"


@pytest.mark.parametrize(
    ("text", "figures", "sentence"),
    [
        ("Take 10 mg twice daily. Patients may need more. The maximum recommended dose is 1,250 mg per day.",
         "maximum: 1,250 mg per 24 hours", "The maximum recommended dose is 1,250 mg per day."),
        ("The usual dose is 10 mg twice daily. Do not give more than 1.25 g a day.",
         "maximum: 1.25 g per 24 hours", "Do not give more than 1.25 g a day."),
        ("Take 10 mg twice daily, up to 20 mg daily.", "maximum: 20 mg per 24 hours", "Take 10 mg twice daily, up to 20 mg daily."),
        ("Take 1 tablet every 12 hours. Do not exceed 3 tablets in 24 hours.",
         "maximum: 3 tablets per 24 hours", "Do not exceed 3 tablets in 24 hours."),
    ],
)  # fmt: skip
def test_a_maximum_stands_beside_the_sentence_that_states_it(
    tmp_path: Path, text: str, figures: str, sentence: str
) -> None:
    overlay, outcome = imported(tmp_path, label(ZORBLAX, dosage=(("2.1 Adults", text),)))
    (row,) = (each for each in review(overlay) if each["limit"])
    assert (row["figures"], row["sentence"], outcome.unread) == (figures, sentence, 0)


def test_the_dose_of_some_patients_is_not_that_of_adults(tmp_path: Path) -> None:
    dosage = (
        ("2.2 Pediatric Patients", "The recommended dose of ZORBLAX is 5 mg twice daily, maximum 10 mg per day."),
        ("2.3 Dosing", "In patients with renal impairment the dose of ZORBLAX is 5 mg daily, maximum 5 mg per day."),
    )
    overlay, _ = imported(tmp_path, label(ZORBLAX, dosage=dosage))
    rows = table(overlay / "limits.csv")
    assert rows and all(row["adult"] == "" and row["population"] for row in rows)


def test_a_later_version_replaces_and_an_older_one_is_skipped(tmp_path: Path) -> None:
    overlay, _ = imported(tmp_path, label(ZORBLAX, dosage=SAID, version="2"))
    path = overlay / "limits.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((lines[0], f"{lines[1]}yes")) + "\n", encoding="utf-8")
    older = put(tmp_path / "older.xml", label(ZORBLAX, dosage=SAID, version="1"))
    assert import_spl([str(older)], overlay, TODAY).skipped == 1
    said = (("2.1 Adults", "The recommended dose of ZORBLAX is 10 mg twice daily, maximum 30 mg per day."),)
    later = put(tmp_path / "later.xml", label(ZORBLAX, dosage=said, version="10"))
    outcome = import_spl([str(later)], overlay, TODAY)
    assert (outcome.imported, outcome.reconfirm) == (1, [SET_ID])
    (row,) = table(overlay / "limits.csv")
    assert (row["amount"], row["confirmed"]) == ("30", "")  # a figure that nobody confirmed
    assert [each["version"] for each in table(overlay / "imported" / "labels.csv")] == ["10"]
    assert len(table(overlay / "products.csv")) == len(table(overlay / "sources.csv")) == 1


def test_a_run_that_was_cut_short_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doseref.imports.spl_run.BATCH", 2)
    for number in range(5):
        made = product(
            f"Zorblax {'abcde'[number].upper()}", ingredient("ZORBLAXINE", str(number + 1), unii="ABCDEF1234")
        )
        put(tmp_path / "in" / f"{number}.xml", label(made, set_id=f"{number}{SET_ID[1:]}"))

    def stop(outcome: ImportOutcome, where: str) -> None:
        assert outcome.files == int(where[-5]) + 1
        if where.endswith("3.xml"):
            raise KeyboardInterrupt

    overlay = tmp_path / "overlay"
    with pytest.raises(KeyboardInterrupt):
        import_spl([str(tmp_path / "in")], overlay, TODAY, stop)
    assert len(table(overlay / "imported" / "labels.csv")) == 2
    outcome = import_spl([str(tmp_path / "in")], overlay, TODAY)
    assert (outcome.imported, outcome.skipped) == (3, 2)
    assert len(table(overlay / "products.csv")) == 5
    assert len(table(overlay / "imported" / "products.csv")) == 5


def test_a_record_without_its_label_is_written_anew(tmp_path: Path) -> None:
    overlay, _ = imported(tmp_path, label(ZORBLAX, dosage=SAID))
    path = overlay / "imported" / "labels.csv"
    path.write_text(
        path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
    )  # stopped before this file
    assert import_spl([str(tmp_path / "in")], overlay, TODAY).imported == 1
    assert (
        len(table(path)) == len(table(overlay / "imported" / "readings.csv")) == len(table(overlay / "limits.csv")) == 1
    )


def test_zips_in_a_zip(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.xml", label(ZORBLAX))
        archive.writestr("picture.jpg", b"x")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("prescription/one.zip", inner.getvalue())
        archive.writestr("prescription/two.zip", b"no zip")
    outcome = import_spl([str(tmp_path / "all.zip")], tmp_path / "overlay", TODAY)
    assert outcome.imported == 1
    assert outcome.bad == [(f"{tmp_path / 'all.zip'}!prescription/two.zip", "is no sound zip archive")]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><document>&b;</document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>"""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (b"<document>&undefined;</document>", "not sound XML"),
        (b"<html/>", "is no label file"),
        (b"", "not sound XML"),
        (b"\xff\xfe\x00", "not sound XML"),
        (b"<?xml version='1.0' encoding='x-nonsense'?><document/>", "unknown encoding"),
        (b"<document>" * 200, "nested more than"),
        (b"<document/>", "no set id"),
        (b'<document><setId root="' + SET_ID.encode() + b'"/></document>', "no version number"),
        (label(ZORBLAX)[:-40], "not sound XML"),
        (b"no label", "0.xml: line 1: is not sound XML: syntax error"),
    ],
)
def test_a_bad_file_is_told_and_the_others_are_imported(tmp_path: Path, content: bytes, why: str) -> None:
    _, outcome = imported(tmp_path, content, label(ZORBLAX))
    assert outcome.imported == 1
    ((where, told),) = outcome.bad
    assert where.endswith("0.xml") and why in f"{where}: {told}"
    code, _, error = ran("import", "spl", str(tmp_path / "in"), "-o", str(tmp_path / "other"))
    assert code == 2 and why in error and "1 label imported" in error


def test_files_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_tree, "MOST_NODES", 10)
    with pytest.raises(InputError, match="more than 10 elements"):
        read_label(label(ZORBLAX), "a.xml")
    monkeypatch.setattr(xml_tree, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="is larger than"):
        read_label(label(ZORBLAX), "a.xml")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (product("Zorblax", ingredient("ZORBLAXINE", "6", "[hp_X]")), "strengths in '[hp_X]' are not read"),
        (product("Zorblax", ingredient("ZORBLAXINE", "NaN")), "no strength in plain figures"),
        (product("Zorblax", ingredient("ZORBLAXINE", "1e9999")), "no strength in plain figures"),
        (product("Zorblax", ingredient("ZORBLAXINE", "5"), form="POWDER, FOR SOLUTION"), "what 1 of a"),
        (product("Zorblax", ingredient("ZORBLAXINE", "5"), route="DENTAL"), "route dental is not one of doseref's"),
        (product("Zorblax"), "no active ingredient is listed"),
        (product("Ibuprofen Plus", ingredient("IBUPROFEN", "5", unii="WK2XYI10QM"), ingredient("IBUPROFEN", "5")), "two ingredients are one"),
        (product("Advil Liqui-Gels", ingredient("ZORBLAXINE", "5")), "Advil Liqui-Gels is known as another thing"),
        (product("Zorblax", ingredient("IBUPROFEN", "5", unii="A0JWA85V8F")), "ibuprofen by its name and atorvastatin by its UNII"),
    ],
)  # fmt: skip
def test_what_a_table_cannot_say_is_left_out_with_its_reason(tmp_path: Path, made: str, reason: str) -> None:
    overlay, outcome = imported(tmp_path, label(made))
    assert outcome.imported == 1 and outcome.products == 0
    (row,) = {each["reason"] for each in table(overlay / "imported" / "products.csv")}
    assert reason in row
    assert not (overlay / "products.csv").exists()
    doseref.reference(overlay)


def test_a_brand_of_extended_release_alone_is_known_as_such(tmp_path: Path) -> None:
    slow = product("Zorblax", ingredient("ZORBLAXINE", "20", unii="ABCDEF1234"), form="TABLET, EXTENDED RELEASE")
    overlay, _ = imported(tmp_path, label(slow))
    assert [row["kind"] for row in table(overlay / "names.csv")] == ["brand-er"]
    put(tmp_path / "plain.xml", label(ZORBLAX, set_id=f"9{SET_ID[1:]}"))
    import_spl([str(tmp_path / "plain.xml")], overlay, TODAY)
    assert [row["kind"] for row in table(overlay / "names.csv")] == ["brand"]
    assert len(table(overlay / "products.csv")) == 2


def test_one_brand_of_different_ingredients_is_not_taken_for_one(tmp_path: Path) -> None:
    both = product(
        "Zorblax", ingredient("ZORBLAXINE", "10", unii="ABCDEF1234"), ingredient("IBUPROFEN", "200", unii="WK2XYI10QM")
    )
    overlay, outcome = imported(tmp_path, label(ZORBLAX, both))
    assert outcome.products == 1
    reasons = {row["reason"] for row in table(overlay / "imported" / "products.csv")}
    assert reasons == {"", "Zorblax is the name of a product of other ingredients too"}
    assert {row["substance"] for row in table(overlay / "products.csv")} == {"zorblaxine"}


def test_a_generic_is_known_by_its_ingredients(tmp_path: Path) -> None:
    made = product("Ibuprofen", ingredient("IBUPROFEN", "400", unii="WK2XYI10QM"))
    overlay, _ = imported(tmp_path, label(made))
    (row,) = table(overlay / "imported" / "products.csv")
    assert (row["known_as"], row["substance"], row["reason"]) == ("by its ingredients' names", "ibuprofen", "")


@pytest.mark.parametrize("name", ["=1+1", "<script>", "[red]x[/red]", "Zör\u202eblax", 'a,b"c'])
def test_hostile_names_do_no_harm(tmp_path: Path, name: str) -> None:
    overlay, outcome = imported(tmp_path, label(product(name, ingredient("ZORBLAXINE", "5"))))
    assert outcome.imported == 1
    doseref.reference(overlay)
    assert ran("import", "spl", "--review", "-o", str(overlay), "--format", "csv")[0] == 0


def test_a_label_of_another_kind_is_left_out(tmp_path: Path) -> None:
    _, outcome = imported(tmp_path, label(ZORBLAX, code="50578-4"))
    assert outcome.imported == 0 and len(outcome.left_out) == 1 and outcome.bad == []


def test_usage(tmp_path: Path) -> None:
    assert ran("import", "spl", "x.xml")[0] == 2
    assert ran("import", "spl", "-o", str(tmp_path / "o"))[0] == 2
    assert ran("import", "pdf", "x", "-o", str(tmp_path / "o"))[0] == 2
    code, _, error = ran("import", "spl", str(tmp_path / "nowhere"), "-o", str(tmp_path / "o"))
    assert code == 2 and "there is no such file or directory" in error
    assert ran("import", "spl", "--review", "-o", str(tmp_path / "o"))[0] == 2
    put(tmp_path / "file", b"x")
    code, _, error = ran("import", "spl", str(tmp_path), "-o", str(tmp_path / "file"))
    assert code == 2


def test_a_spoilt_record_is_told(tmp_path: Path) -> None:
    overlay, _ = imported(tmp_path, label(ZORBLAX))
    (overlay / "imported" / "labels.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="no record of an import"):
        import_spl([str(tmp_path / "in")], overlay, TODAY)
