"""What a substance is called in the reports of a country: in sentences its own name there, for programs the canonical one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from doseref.cli.main import run
from doseref.refdata import reference

LIST = (
    "salbutamol 100 mcg inhaler 2 puffs qds",
    "paracetamol 1 g qds",
    "co-codamol 30/500 2 qds",
    "GTN 500 mcg sublingual tds",
)
FORMATS = ("text", "markdown", "html", "concise", "github")
AMERICAN = ("acetaminophen", "albuterol", "nitroglycerin")


def said(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> str:
    with pytest.raises(SystemExit):
        run(["check", *LIST, *words, "--fail-on", "never"])
    return capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_british_report_has_british_names(format_: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    told = said(capsysbinary, "--country", "GB", "--format", format_)
    assert "paracetamol is over the maximum" in told
    for name in AMERICAN:
        assert name not in told


def test_the_findings_of_csv_name_it_as_the_totals_do(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsysbinary, "--country", "GB", "--format", "csv"))))
    assert not {row["substance"] for row in rows} & set(AMERICAN)
    assert {row["substance"] for row in rows if row["code"] == "R101"} == {"paracetamol"}
    assert {row["substance"] for row in rows if row["kind"] == "not assessed"} >= {"salbutamol", "glyceryl trinitrate"}


def test_programs_keep_the_canonical_name(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    document = json.loads(said(capsysbinary, "--country", "GB", "--format", "json"))
    (regimen,) = document["regimens"]
    assert {total["substance"] for total in regimen["totals"]} == {
        "acetaminophen",
        "albuterol",
        "codeine",
        "nitroglycerin",
    }
    assert regimen["items"][1]["substances"] == ["acetaminophen"]
    (over,) = (each for each in regimen["findings"] if each["code"] == "R101")
    assert over["substances"] == ["acetaminophen"]
    assert over["message"].startswith("paracetamol is over")


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("US", ("albuterol", "acetaminophen", "nitroglycerin", "epinephrine")),
        ("GB", ("salbutamol", "paracetamol", "glyceryl trinitrate", "adrenaline")),
        ("IE", ("salbutamol", "paracetamol", "glyceryl trinitrate", "epinephrine")),
        ("NZ", ("salbutamol", "paracetamol", "nitroglycerin", "adrenaline")),
        ("IN", ("salbutamol", "paracetamol", "nitroglycerin", "epinephrine")),
        ("KR", ("albuterol", "acetaminophen", "nitroglycerin", "epinephrine")),
    ],
)
def test_a_country_has_the_names_that_a_source_of_it_gives(country: str, names: tuple[str, ...]) -> None:
    data = reference()
    known = ("albuterol", "acetaminophen", "nitroglycerin", "epinephrine")
    assert tuple(data.name_of(each, country) for each in known) == names


def test_every_national_name_is_known_as_a_name_of_its_substance() -> None:
    data = reference()
    known = {(name.name, name.substance) for name in data.names}
    for (substance, _), name in data.national_names.items():
        assert (name, substance) in known, name
        assert name != data.name_of(substance)


def test_what_dangerous_pairs_are_called(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit):
        run(["check", "phenelzine 15 mg tds", "pethidine 50 mg im qds", "--country", "GB"])
    told = " ".join(capsysbinary.readouterr().out.decode().split())
    assert "phenelzine and pethidine (items 1 and 2): a monoamine oxidase inhibitor with pethidine, tramadol" in told
    with pytest.raises(SystemExit):
        run(["check", "phenelzine 15 mg tds", "meperidine 50 mg im qid"])
    assert "with meperidine, tramadol" in " ".join(capsysbinary.readouterr().out.decode().split())


def test_bulk_says_what_check_says(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    rows = "".join(f"A,{item}\n" for item in (*LIST, "naproxen 500 mg bd", "indometacin 25 mg tds", "warfarin 3 mg od"))
    (tmp_path / "in.csv").write_text("patient,item\n" + rows, "utf-8")
    with pytest.raises(SystemExit):
        run(["bulk", str(tmp_path / "in.csv"), str(tmp_path / "out"), "--country", "GB", "--format", "csv"])
    with next((tmp_path / "out").glob("findings*.csv")).open(encoding="utf-8", newline="") as lines:
        told = [row["message"] for row in csv.DictReader(lines)]
    assert any(message.startswith("paracetamol is over") for message in told)
    assert any("indometacin and naproxen" in message or "naproxen and indometacin" in message for message in told)
    assert not any(name in message for message in told for name in (*AMERICAN, "indomethacin"))
