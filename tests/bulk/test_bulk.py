"""``doseref bulk`` says row for row what ``doseref check`` says, whatever happens to it on the way."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bulk.same import FIELDS, by_bulk, by_check, generator, write
from decks.deck import DECKS, read
from doseref.api import check
from doseref.errors import InputError
from doseref.lists.files import read_file
from doseref.result import Person

pytest.importorskip("duckdb", reason="the extra 'bulk' is not installed")
pytest.importorskip("pyarrow", reason="the extra 'bulk' is not installed")

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "regimens.jsonl"
PEOPLE = int(os.environ.get("DOSEREF_BULK", "400"))
"""Generated regimens that are judged both ways; ``DOSEREF_BULK=100000`` for the long run."""


def judged(source: Path, out: Path, *, jobs: int = 1, output_format: str = "parquet") -> dict[str, object]:
    from doseref.bulk.run import run
    from doseref.bulk.workers import Options

    return run(source, out, {}, Options(output_format=output_format, jobs=jobs), lambda what, done, of: None)


def differences(source: Path, out: Path) -> list[str]:
    """Rows that only one of the two ways tells, of a source with a person in every row."""
    people = [Person(name, tuple(items)) for name, items in read_file(str(source))]
    wanted, found = by_check(check(people).to_json()), by_bulk(out)
    told = []
    for name in FIELDS:
        told += [f"{name} missing {row}" for row in sorted(set(wanted[name]) - set(found[name]))[:3]]
        told += [f"{name} surplus {row}" for row in sorted(set(found[name]) - set(wanted[name]))[:3]]
        if len(wanted[name]) != len(found[name]):
            told.append(f"{name}: {len(wanted[name])} rows by check, {len(found[name])} by bulk")
    return told


def test_the_decks_are_judged_alike(tmp_path: Path) -> None:
    regimens = [row for path in DECKS.values() for row in read(path) if not row.options]
    assert len(regimens) > 150
    source = write(
        tmp_path / "decks.csv", ((row.id, item) for row in regimens for item in row.items), ("patient", "item")
    )
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []


@pytest.mark.skipif(not CASES.exists(), reason="the optional corpus of hand-worked cases is not here")
def test_hand_worked_cases_are_judged_alike(tmp_path: Path) -> None:
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    rows = [
        (case["id"], item)
        for case in cases
        for item in case.get("items") or ()
        if isinstance(item, str) and item.strip()
    ]
    source = write(tmp_path / "cases.csv", rows, ("patient", "item"))
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []


def test_generated_regimens_are_judged_alike(tmp_path: Path) -> None:
    source = tmp_path / "generated.csv"
    generator().write(source, PEOPLE * 5, min(PEOPLE * 2, 50_000), PEOPLE, 20_261)
    judged(source, tmp_path / "out", jobs=1 if PEOPLE <= 1_000 else 2)
    assert differences(source, tmp_path / "out") == []


def test_a_total_over_two_rows_far_apart(tmp_path: Path) -> None:
    rows = [("a", "acetaminophen 500 mg", "2 tablets every 6 hours"), ("b", "lisinopril 10 mg", "1 tablet daily"),
            ("a", "Norco 5/325", "1 tablet every 6 hours")]  # fmt: skip
    source = write(tmp_path / "in.csv", rows)
    summary = judged(source, tmp_path / "out")
    totals = {row for row in by_bulk(tmp_path / "out")["totals"] if "acetaminophen" in row}
    assert len(totals) == 1
    # 2 × 500 mg × 4 and 325 mg × 4: 5,300 mg by items 1 and 2 of "a".
    assert '"a", "acetaminophen", "systemic", 5300.0, 5300.0, "mg"' in totals.pop()
    assert summary["counts"]["people"] == 2  # type: ignore[index]


def test_rows_that_cannot_be_told_of_a_person_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'patient,drug,sig\n"a","aspirin 81 mg","1 tablet daily"\n"b","aspirin 81 mg"\n,"aspirin 81 mg","1 tablet daily"\n'
        '"c","aspirin 81 mg","1 tablet daily"\n',
        "utf-8",
    )
    summary = judged(path, tmp_path / "out")
    assert summary["rejected"] == 2
    with (tmp_path / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == [
            ("3", "the row has fewer cells than the header", '"b","aspirin 81 mg"'),
            ("4", "the row names no person", "aspirin 81 mg | 1 tablet daily"),
        ]
    import pyarrow.parquet as parquet

    items = parquet.read_table(next((tmp_path / "out").glob("items-*"))).to_pylist()
    assert [(row["patient"], row["line"]) for row in items] == [("a", 2), ("c", 5)]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('b,"aspirin\nc,zinc,1 daily\nd,iron,"1 tablet now"\n', 3),
        ('b,"aspirin\nc,zinc,1 daily\n', 3),
        ('b,warfarin 3 mg,"od\r\nc,zinc,1 daily\r\na,iron,1 daily\r\n', 3),
        ('b,zinc,1 daily\nb,"aspirin ""x,1 daily\na,iron,1 daily\n', 4),
    ],
)
def test_an_open_quotation_mark_never_swallows_rows(tmp_path: Path, rows: str, line: int) -> None:
    """What a person takes besides was in the rejected row, and half of the list was judged."""
    path = tmp_path / "in.csv"
    path.write_text(f"patient,drug,sig\na,aspirin 81 mg,1 tablet daily\n{rows}", "utf-8")
    with pytest.raises(InputError, match=rf"in\.csv:{line}: the row that begins here cannot be read"):
        judged(path, tmp_path / "out")


def test_an_open_quotation_mark_in_the_last_row_is_one_rejected_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('patient,drug,sig\na,aspirin 81 mg,1 tablet daily\nb,"aspirin\n', "utf-8")
    assert judged(path, tmp_path / "out")["rejected"] == 1
    with (tmp_path / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        ((line, reason, _),) = list(csv.reader(file))[1:]
    assert (line, reason) == ("3", "a quotation mark is not closed, or one stands inside a cell")


def test_a_row_without_a_drug_is_told(tmp_path: Path) -> None:
    """The person was in no table and in no count."""
    path = tmp_path / "in.csv"
    path.write_text("patient;drug;sig;note\na;aspirin 81 mg;1 tablet daily;\nb;;;\na;;;see letter\n", "utf-8")
    summary = judged(path, tmp_path / "out", output_format="csv")
    counts = summary["counts"]
    assert isinstance(counts, dict)
    assert (counts["people"], counts["items unread"], counts["findings warning"]) == (2, 2, 2)
    with (tmp_path / "out" / "findings-00000.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["patient"], row["code"], row["message"].split(": ")[-1]) for row in csv.DictReader(file)]
    assert [each for each in told if each[1] == "R403"] == [
        ("a", "R403", "the row names no drug"),
        ("b", "R403", "the row names no drug"),
    ]


def test_beside_facts_of_the_person_a_row_without_a_drug_is_kept_apart(tmp_path: Path) -> None:
    """One with an age and no drug says who it is; one with nothing is told."""
    path = tmp_path / "in.csv"
    path.write_text("patient,drug,sig,age\na,,,77\na,aspirin 81 mg,1 tablet daily,\nb,,,\n", "utf-8")
    assert judged(path, tmp_path / "out")["rejected"] == 1
    with (tmp_path / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [["4", "the row names no drug", "b"]]


def test_a_stopped_row_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [("a", "aspirin 81 mg", "1 tablet daily", "stopped"), ("a", "lisinopril 10 mg", "1 tablet daily", "active")]
    source = write(tmp_path / "in.csv", rows, ("patient", "drug", "sig", "status"))
    judged(source, tmp_path / "out")
    import pyarrow.parquet as parquet

    items = parquet.read_table(next((tmp_path / "out").glob("items-*"))).to_pylist()
    assert [(row["n"], row["status"]) for row in items] == [(None, "left-out"), (1, "read")]


def test_jobs_and_formats_change_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    generator().write(source, 3_000, 300, 600, 5)
    judged(source, tmp_path / "one", jobs=1)
    judged(source, tmp_path / "two", jobs=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    judged(source, tmp_path / "text", output_format="csv")
    assert sorted(path.name for path in (tmp_path / "text").iterdir()) == [
        "findings-00000.csv", "items-00000.csv", "summary.json", "totals-00000.csv", "verdicts-00000.csv",
    ]  # fmt: skip


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir()) if path.is_file()}


def test_a_killed_run_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    generator().write(source, 100_000, 3_000, 20_000, 9)
    command = [sys.executable, "-m", "doseref", "bulk", str(source), "--jobs", "2"]
    out = tmp_path / "killed"
    kills = 0
    for wanted in ("work/read-00000.pickle", "work/done-*.json"):
        with subprocess.Popen([*command[:4], str(source), str(out), *command[5:]], stdout=subprocess.DEVNULL, start_new_session=True) as run:  # fmt: skip
            while run.poll() is None and not any(out.glob(f".{wanted}")):
                time.sleep(0.02)
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                kills += 1
    assert kills, "the run was over before it could be killed"
    assert not (out / "summary.json").exists() or kills < 2
    subprocess.run([*command[:4], str(source), str(out)], check=True, stdout=subprocess.DEVNULL)
    judged(source, tmp_path / "whole", jobs=2)
    assert content(out) == content(tmp_path / "whole")
    assert not (out / ".work").exists()


def test_what_a_killed_run_was_writing_is_cleared_away(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", [("a", "aspirin 81 mg", "1 tablet daily")])
    out = tmp_path / "out"
    out.mkdir()
    (out / ".verdicts-00000.parquet.4242.part").write_bytes(b"PAR1")
    (out / ".notes.part").write_text("the user's own")
    judged(source, out)
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == [".notes.part"]


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (("drug", "sig"), "needs a column for the person"),
        (("patient", "drug", "sig", "colour"), "'colour' is not known"),
        (("patient", "sig"), "needs a column 'item'"),
        (("patient", "drug", "sig", "taken"), "'taken' says what was taken"),
    ],
)
def test_columns_that_are_missing_or_unknown_are_named(tmp_path: Path, heads: tuple[str, ...], words: str) -> None:
    from doseref.errors import DoserefError

    source = write(tmp_path / "in.csv", [tuple("x" for _ in heads)], heads)
    with pytest.raises(DoserefError, match=words):
        judged(source, tmp_path / "out")


def test_who_somebody_is_is_judged_alike(tmp_path: Path) -> None:
    heads = ("patient", "item", "age", "weight kg", "egfr", "pregnant")
    rows = [
        ("adult", "acetaminophen 1 g every 4 hours", "45", "", "", ""),
        ("adult", "Tylenol PM 2 caplets at bedtime", "", "", "", ""),
        ("child", "acetaminophen 1 g every 4 hours", "8", "25", "", ""),
        ("child", "amoxicillin 45 mg/kg/day in two divided doses", "8", "25", "", ""),
        ("kidneys", "metformin 1 g twice daily", "70", "", "25", "no"),
        ("kidneys", "ibuprofen 400 mg three times daily", "", "", "25", ""),
        ("unknown", "amoxicillin 45 mg/kg/day in two divided doses", "", "", "", "no"),
        ("unknown", "metformin 1 g twice daily", "", "", "", ""),
        ("expecting", "ibuprofen 400 mg three times daily", "", "", "", "yes"),
    ]
    source = write(tmp_path / "in.csv", rows, heads)
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []
    found = by_bulk(tmp_path / "out")
    assert any("25 years" not in row and "kidneys" in row and "eGFR 25 mL/min" in row for row in found["verdicts"])


def test_a_weight_that_a_line_says_is_judged_alike(tmp_path: Path) -> None:
    rows = [
        ("child", "acetaminophen 30 mg/kg every 4 hours, weight 12 kg"),
        ("child", "ibuprofen 400 mg three times daily"),
        ("other", "ibuprofen 400 mg three times daily"),
        ("grown", "acetaminophen 10 mg/kg every 6 hours, weight 70 kg"),
        ("two", "acetaminophen 10 mg/kg every 4 hours, weight 14 kg"),
        ("two", "acetaminophen 10 mg/kg every 4 hours, weight 12 kg"),
    ]
    source = write(tmp_path / "in.csv", rows, ("patient", "item"))
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []
    assert any("900 mg for this weight" in row for row in by_bulk(tmp_path / "out")["findings"])


def test_a_name_that_may_mean_a_counted_drug_is_judged_alike(tmp_path: Path) -> None:
    # 1 tablet × 325 mg × 4 and 2 caplets × 500 mg are told as what is counted, beside a name that is one letter off.
    rows = [
        ("p", "acetominophen 500 mg", "2 tabs tid prn"),
        ("p", "Norco 5/325", "1 tablet every 6 hours"),
        ("p", "Tylenol PM", "2 caplets at bedtime"),
        ("q", "Norco 5/325", "1 tablet every 6 hours"),
    ]
    source = write(tmp_path / "in.csv", rows)
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []
    assert any("not (wholly) counted" in row for row in by_bulk(tmp_path / "out")["verdicts"])


def test_facts_are_read_in_the_units_of_their_heads_and_one_that_is_none_stops_nobody(tmp_path: Path) -> None:
    """114 lb were 114 kg in bulk, and "n/a" for one person's eGFR left the whole file unjudged."""
    heads = ("patient", "drug", "dose (mg)", "frequency", "age", "weight (lb)", "creatinine (umol/L)", "sex", "eGFR")
    rows = [
        ("a", "gabapentin", "600", "tds", "79", "114", "132", "f", "n/a"),
        ("b", "gabapentin", "600 mcg", "tds", "79", "114", "132 µmol/L", "f", ""),
        ("c", "gabapentin", "600", "tds", "old", "52 kg", "132 mg/dL", "f", "poor"),
        ("d", "metformin", "1000", "bd", "", "", "", "", "20"),
        ("d", "", "", "", "", "150", "", "", ""),
        ("e", "metformin", "1000", "bd", "", "", "", "", "50"),
        ("e", "aspirin", "75", "od", "", "", "", "", "25"),
    ]
    source = write(tmp_path / "in.csv", rows, heads)
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []
    told = [json.loads(row)[:2] for row in by_bulk(tmp_path / "out")["findings"]]
    # (140 - 79) × 51.7 / (72 × 1.49) × 0.85 = 25 mL/min: at most 700 mg of gabapentin
    assert {code for who, code in told if who == "a"} == {"R101", "R105", "R106"} or ["a", "R101"] in told
    assert [who for who, code in told if code == "R413"] == ["c", "e"]
    assert ["d", "R303"] in told


@pytest.mark.parametrize("options", [{"policy": "nobody"}, {"as_of": "yesterday"}, {"country": "UK"}])
def test_options_that_nobody_knows_are_told_before_anything_is_written(tmp_path: Path, options: dict[str, str]) -> None:
    from doseref.bulk.run import run
    from doseref.bulk.workers import Options
    from doseref.errors import UsageError

    source = write(tmp_path / "in.csv", [("a", "aspirin 81 mg", "1 tablet daily")])
    with pytest.raises(UsageError, match=next(iter(options.values()))):
        run(source, tmp_path / "out", {}, Options(**options), lambda what, done, of: None)
    assert not (tmp_path / "out").exists()


def test_the_country_of_the_settings_and_a_wrong_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from doseref.cli.main import run

    (tmp_path / "doseref.toml").write_text('country = "gb"\n', encoding="utf-8")
    (tmp_path / "in.csv").write_text("patient,drug,sig\na,paracetamol,1 g four times daily\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        run(["bulk", "in.csv", "out", "--jobs", "1", "--format", "csv"])
    assert ended.value.code == 0
    assert "labels of GB judge, as the settings say" in capsys.readouterr().err
    (tmp_path / "over.csv").write_text("patient,drug,sig\na,paracetamol,2 g four times daily\n", encoding="utf-8")
    for name, severity, code in (
        ("in", "info", 0),
        ("over", "never", 0),
        ("over", "error", 1),
        ("over", "warning", 1),
        ("over", "info", 1),
    ):
        with pytest.raises(SystemExit) as ended:
            run(["bulk", f"{name}.csv", f"out-{name}", "--jobs", "1", "--format", "csv", "--fail-on", severity])
        assert ended.value.code == code, (name, severity)
    with pytest.raises(SystemExit) as ended:
        run(["bulk", "in.csv", "out", "--fail-on", "fatal"])
    assert ended.value.code == 2
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        run(["bulk", "in.csv", "out", "--as-of", "tomorrow"])
    assert ended.value.code == 2 and "--as-of 'tomorrow' is not a day like 2026-01-31" in capsys.readouterr().err


def test_what_is_not_for_a_person_is_told_alike(tmp_path: Path) -> None:
    """R303 needs what is known of each person; who is not known, and who is known to be otherwise, hears nothing."""
    heads = ("patient", "item", "age", "weight", "egfr", "pregnant")
    rows = [
        ("child", "Ibuprofen 100 mg/5 mL, 20 mL every 6 hours", "6", "20", "", ""),
        ("kidneys", "Metformin 1000 mg twice daily", "", "", "22", ""),
        ("kidneys", "Gabapentin 300 mg daily", "", "", "22", ""),
        ("mother", "Lisinopril 10 mg daily", "30", "", "", "yes"),
        ("old", "Amitriptyline 25 mg at bedtime", "81", "", "", ""),
        ("young", "Amitriptyline 25 mg at bedtime", "40", "", "90", "no"),
        ("nobody", "Metformin 1000 mg twice daily", "", "", "", ""),
    ]
    source = write(tmp_path / "people.csv", rows, heads)
    judged(source, tmp_path / "out")
    assert differences(source, tmp_path / "out") == []
    import pyarrow.parquet as parquet

    found = [row for path in (tmp_path / "out").glob("findings-*") for row in parquet.read_table(path).to_pylist()]
    told = {(row["patient"], row["severity"]) for row in found if row["code"] == "R303"}
    assert told == {("child", "error"), ("kidneys", "error"), ("mother", "warning"), ("old", "warning")}


def test_lines_are_those_of_an_editor_behind_a_cell_of_two_lines(tmp_path: Path) -> None:
    """The second row takes lines 3 and 4; the row with too many cells stands on line 5, the last on line 6."""
    path = tmp_path / "in.csv"
    path.write_text(
        'patient,drug,sig\n1,ramipril,5 mg od\n2,metformin,"500 mg\nbd"\n3,aspirin,75 mg od,extra,more\n4,zinc,5 mg od\n',
        "utf-8",
    )
    assert judged(path, tmp_path / "out")["rejected"] == 1
    with (tmp_path / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["line", "5"]
    import pyarrow.parquet as parquet

    items = parquet.read_table(next((tmp_path / "out").glob("items-*"))).to_pylist()
    assert sorted((each["patient"], each["line"]) for each in items) == [("1", 2), ("2", 3), ("4", 6)]
