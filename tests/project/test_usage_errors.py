"""What is asked for wrongly ends with exit code 2 and one line that says what to write instead, and nothing on standard output."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import doseref
from doseref.cli.completion import asked, script
from doseref.cli.main import build, run
from doseref.errors import DoserefError, UsageError
from doseref.lists.columns import read_object
from doseref.lists.files import read_file

LISTS = {
    "lines.txt": "ibuprofen 400 mg tds\n",
    "one.csv": "patient,drug,sig\nA,ibuprofen,400 mg tds\n",
    "empty.csv": "patient,drug,sig\n",
    "file": "x",
    "a.md": "# Ibuprofen\n\nibuprofen 400 mg three times daily\n",
    "b.md": "# Naproxen\n\nnaproxen 500 mg twice daily\n",
    "country.toml": "country = 5\n",
}


def ran(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build(list(words)), list(words))
    if isinstance(result.exception, DoserefError):
        return int(result.exception.exit_code), result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)


WRONG = [
    (("check", "--file", "lines.txt", "--taken", "08:00 1 g"), "--taken needs --now HH:MM"),
    (("check", "--file", "empty.csv"), "there are no items in the input"),
    (("check", "--file", "one.csv", "--map", "sig"), "--map 'sig': write COLUMN=ROLE; a role is one of item, drug, sig"),
    (("check", "--file", "one.csv", "--map", "sig=wibble"), "--map 'sig=wibble': write COLUMN=ROLE"),
    (("convert", "5 mg"), "which unit is wanted? doseref convert '5 mg' mg"),
    (("convert", "5 IU", "mg"), "units and mg meet only for a substance: add --of SUBSTANCE"),
    (("convert", "5 mg", "mcg", "--of", "zork"), "'zork' is not a substance known here"),
    (("convert", "5 mg/kg", "mg"), "do not meet: one of them is per kilogram of body weight"),
    (("convert", "1 gr", "mg"), "'1 gr' is not a quantity like"),
    (("convert", "5 IU", "mg", "--of", "zork"), "'zork' is not a substance known here"),
    (("convert", "5 IU", "mg", "--of", "ibuprofen"), "ibuprofen: units are not convertible to mg: no factor is known for it"),
    (("convert", "5 IU", "mg", "--of", "vitamin E"), "the factor depends on the form"),
    (("show",), "nothing to show: give a NAME, --all or --sources"),
    (("show", "ibuprofen", "--all"), "--all shows everything: give it or a NAME, not both"),
    (("serve", "--host", "192.0.2.1", "--port", "8421"), "nothing can listen on 192.0.2.1 port 8421"),
    (("serve", "--port", "0", "--workers", "2"), "--port 0 goes with one worker"),
    (("bulk", "one.csv", "file"), "file is a file: name a directory for the tables"),
    (("bulk", "empty.csv", "out"), "there are no items of a person in the input"),
    (("bulk", "nosuch.csv", "out"), "no such file"),
    (("bulk", "file", "out"), "doseref check"),
    (("bulk", "one.csv", "-"), "'-' would be standard output, and what is written is a directory"),
    (("export", "-"), "'-' would be standard output, and what is written is a directory"),
    (("import", "spl", "file", "-o", "-"), "'-' would be standard output, and what is written is a directory"),
    (("bulk", "one.csv", "out", "--jobs", "900"), "--jobs '900' is not a number from 1 to 256"),
    (("convert", "11 st 4 lb", "mg"), "pounds and stones are a body weight here, and are converted to kg, not to 'mg'"),
    (("convert", "132 umol/L", "mg/dL"), "creatinine alone is known: --of creatinine"),
    (("convert", "132 umol/L urea", "mg/dL"), "creatinine alone is known: --of creatinine"),
    (("convert", "5 zork", "mg"), "'5 zork' is not a quantity like '500 mg' or '1,000 IU'"),
    (("check", "ibuprofen 400 mg tds", "--output", "out.pdf"), "--output out.pdf: '.pdf' is no format here; --format names one: text, json"),
    (("parse", "1 bd", "--output", "out.html"), "'.html' is no format here; --format names one: text, json, jsonl, fhir"),
    (("check", "metformin 1 g bd", "--egfr", ">30"), "--egfr '>30' is not a number: give the figure itself"),
    (("check", "metformin 1 g bd", "--egfr", "<15"), "--egfr '<15' is not a number"),
    (("extract",), "nothing to extract from: give an ARTICLE"),
    (("extract", "a.md", "--as", "wibble"), "--as 'wibble' is none of"),
    (("extract", "a.md", "b.md", "--source", "mine"), "--source names one source, but there are several articles"),
    (("extract", "a.md", "--config", "country.toml"), "country must be a string"),
    (("import", "rxnorm", "a", "b", "-o", "overlay"), "rxnorm takes one directory: the one with RXNCONSO.RRF"),
    (("import", "spl", "empty", "-o", "overlay"), "holds no label file (.xml, .zip)"),
    (("validate", "--against", "empty"), "no table of the dataset is there"),
    (("validate", "empty", "--against", "v0.0.0"), "v0.0.0"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_it_says_what_is_wrong(words: tuple[str, ...], told: str) -> None:
    code, out, error = ran(*words)
    assert (code, out) == (2, "")
    assert told in error


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", "r101"), "no command 'explain'; what a rule means: doseref rules R101"),
        (("explain",), "doseref rules CODE"),
        (("D314",), "no command 'D314'; what a rule means: doseref rules D314"),
    ],
)
def test_what_a_rule_means_is_asked_of_rules(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(list(words))
    assert ended.value.code == 2 and told in capsys.readouterr().err


def test_a_shell_that_nobody_knows_has_no_completion() -> None:
    with pytest.raises(UsageError, match="there is no completion for 'wibble'; there is one for bash, zsh, fish"):
        script("wibble")
    assert not asked([], []) and not asked(["check"], [])


def test_words_of_one_item_are_told_to_need_quotes() -> None:
    for words in (("ibuprofen", "400mg", "tds"), ("paracetamol", "1", "g", "qds"), ("aspirin", "75", "od")):
        code, out, error = ran("check", *words)
        assert (code, out) == (2, "")
        assert f'one with spaces needs quotes: doseref check "{" ".join(words)}"' in error
    assert ran("check", "aspirin 75 mg od", "5-HTP 100 mg od")[0] == 0


def test_what_is_printed_where_nothing_is_wrong() -> None:
    assert ran("convert", "1 ng", "g") == (0, "1 nanogram × 0.000000001 = 0.000000001 g\n", "")
    code, out, _ = ran("export", "tables", "--format", "sql")
    assert code == 0 and out.endswith("doseref.sql\n")


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (("114 lb", "kg"), "114 lb × 0.45359237 = 51.71 kg\n"),
        (("11 st 4 lb", "kg"), "11 × 14 lb + 4 lb = 158 lb × 0.45359237 = 71.67 kg\n"),
        (("8st", "kg"), "8 × 14 lb = 112 lb × 0.45359237 = 50.8 kg\n"),
        (("70 kg", "lb"), "70 kg ÷ 0.45359237 = 154.32 lb\n"),
        (("132 umol/L creatinine", "mg/dL"), "132 µmol/L ÷ 88.4 = 1.49 mg/dL\n"),
        (("132 µmol/L", "mg/dL", "--of", "creatinine"), "132 µmol/L ÷ 88.4 = 1.49 mg/dL\n"),
        (("1.5 mg/dL", "umol/L", "--of", "creatinine"), "1.5 mg/dL × 88.4 = 132.6 µmol/L\n"),
    ],
)
def test_weights_and_creatinines_are_converted(words: tuple[str, ...], printed: str) -> None:
    """By hand: 114 × 0.45359237 = 51.7095; 158 × 0.45359237 = 71.6676; 132 / 88.4 = 1.4932; 70 / 0.45359237 = 154.3236."""
    assert ran("convert", *words) == (0, printed, "")


def test_the_substance_may_stand_beside_the_quantity() -> None:
    told = ran("convert", "50000 IU", "mcg", "--of", "vitamin D")
    assert told[1].startswith("50,000 units × 0.025 = 1,250 mcg")
    assert ran("convert", "50000 IU vitamin D", "mcg") == ran("convert", "vitamin D 50000 IU", "mcg") == told


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.html", "<!DOCTYPE html>"),
        ("out.json", "{"),
        ("out.csv", "person,"),
        ("out.txt", "no errors"),
        ("out", "no errors"),
    ],
)
def test_a_report_has_the_format_that_its_file_ends_in(name: str, begins: str) -> None:
    assert ran("check", "ibuprofen 400 mg tds", "--output", name)[0] == 0
    assert Path(name).read_text(encoding="utf-8").startswith(begins)
    assert ran("check", "ibuprofen 400 mg tds", "--output", name, "--format", "markdown")[0] == 0
    assert Path(name).read_text(encoding="utf-8").startswith("No errors or warnings; 1 item assessed.\n\n### Totals")


@pytest.mark.parametrize("egfr", [">60", "> 60", "≥90", ">=90 mL/min"])
def test_normal_kidneys_as_a_laboratory_reports_them(egfr: str) -> None:
    code, out, _ = ran("check", "metformin 1 g bd", "--egfr", egfr)
    assert code == 0 and "WITHIN metformin  2,000 mg in 24 hours (at most 2,550 mg)" in out


# items of Python and of JSON ----------------------------------------------------------------------------------------------


def test_items_as_mappings() -> None:
    """400 mg × 3 in each form."""
    forms = [
        {"item": "ibuprofen 400 mg tds"},
        {"drug": "ibuprofen", "sig": "400 mg tds"},
        {"drug": "ibuprofen 400 mg tds"},
    ]
    for form in forms:
        (total,) = doseref.check([form]).regimens[0].totals
        assert (total.substance, total.amount.high) == ("ibuprofen", 1200)
    with pytest.raises(UsageError, match="not an item"):
        doseref.check([{"sig": "400 mg tds"}])


def test_rows_that_name_no_drug_or_two() -> None:
    """An item beside a drug, a sig without a drug, and a row of nothing."""
    people = read_file("r.csv", b"item,drug,sig\nibuprofen 400 mg,naproxen,500 mg bid\n,,400 mg tds\n,,\n")
    refused = [given.refused for _, listed in people for given in listed]
    assert refused == ["the row has an item and a drug: fill one of the two", "the row names no drug"]
    with pytest.raises(DoserefError, match="an item without a drug"):
        read_object({"drug": None, "sig": ""}, {}, "r.json", "r.json")
    with pytest.raises(DoserefError, match="has two columns for the weight"):
        read_file("r.csv", b"drug,sig,weight,weight\nibuprofen,10 mg/kg q8h,20,20\n")


def test_heads_behind_the_last_column_are_none() -> None:
    ((_, (given,)),) = read_file("r.csv", b"drug,sig,,\nibuprofen,400 mg tds,,\n")
    assert given.text == "ibuprofen 400 mg tds" and not given.refused
