"""Each seeded fault is found at its line, alone and together with all others that can stand beside it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from seeded import ARTICLES, FAULTS, SOUND, Fault, changed, seeded, sound_copy, wanted_line

from doseref.checks.dataset.data import open_dataset
from doseref.checks.dataset.run import check
from doseref.findings import Finding, Severity

TODAY = date(2026, 6, 1)


def findings(directory: Path) -> list[Finding]:
    return check(open_dataset(directory, shown="data", articles=ARTICLES, articles_shown="articles", as_of=TODAY))


def found_at(found: list[Finding]) -> set[tuple[str, str, int]]:
    return {(finding.code, finding.locations[0].path, finding.locations[0].line) for finding in found}


def test_the_sound_dataset_gives_no_finding(tmp_path: Path) -> None:
    assert findings(sound_copy(tmp_path)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}-{fault.name}")
def test_a_fault_is_found_at_its_line_and_column(fault: Fault, tmp_path: Path) -> None:
    found = findings(seeded(fault, tmp_path))
    assert (fault.code, f"data/{fault.file}", wanted_line(fault)) in found_at(found)
    for finding in found:
        assert finding.locations[0].line > 0
        assert finding.locations[0].column > 0
        assert finding.mend, finding


def test_every_rule_has_two_seeded_faults_or_says_why_not() -> None:
    seeds = [fault.code for fault in FAULTS]
    from doseref.checks import registry

    few = {info.code for info in registry.rules("dataset") if seeds.count(info.code) < 1}
    # Tested with whole files and not with one line of one: see below, test_validate_command.py and test_limit_slips.py.
    assert few == {"D108", "D111", "D207", "D318", "D405", "D601", "D602"}
    assert len(seeds) >= 60


def test_all_faults_are_found_in_one_run(tmp_path: Path) -> None:
    """Faults on separate rows, many of them on one row, in one dataset and one run."""
    sound_copy(tmp_path)
    # These hide what stands beside them: a row of the wrong width has no columns, a stray header renames them.
    alone = {"D101", "D102", "D110", "D404", "D403"}
    sown: list[Fault] = []
    shifted: dict[tuple[str, int], int] = {}
    by_file: dict[str, list[str]] = {}
    for fault in FAULTS:
        lines = by_file.setdefault(fault.file, (SOUND / fault.file).read_text("utf-8").split("\n"))
        line = lines[fault.line - 1]
        if fault.code in alone or "\n" in line or (fault.old and fault.old not in line):
            continue
        if any(other.file == fault.file and other.line == fault.line for other in sown) and (
            fault.code in ("D301", "D305", "D306", "D401", "D402") or not fault.old
        ):
            continue  # two slips in one figure: the first one is what a rule sees
        lines[fault.line - 1] = changed(fault, line)
        sown.append(fault)
    for name, lines in by_file.items():
        (tmp_path / name).write_bytes("\n".join(lines).encode())
        above = 0
        for number, line in enumerate(lines, 1):
            shifted[(name, number)] = number + above
            above += line.count("\n")
    places = found_at(findings(tmp_path))
    missed = [
        fault
        for fault in sown
        if (fault.code, f"data/{fault.file}", shifted[(fault.file, fault.line)] + wanted_line(fault) - fault.line)
        not in places
    ]
    assert missed == []
    assert len(sown) >= 40


def test_a_byte_order_mark_an_open_last_line_and_utf_16(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "classes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    path = tmp_path / "mme.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    path = tmp_path / "names.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    found = findings(tmp_path)
    assert {(f.code, str(f.locations[0]), f.message) for f in found} == {
        ("D105", "data/classes.csv:1:1", "the file starts with a byte order mark"),
        ("D105", "data/mme.csv:2:57", "no line end after the last row"),
        ("D107", "data/names.csv:1:1", "the file is UTF-16, not UTF-8"),
    }


def test_bytes_that_are_no_utf_8_are_found_where_they_stand(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "classes.csv"
    path.write_bytes(path.read_bytes().replace(b"opioid,opioid", b"opioid,opi\xf6id"))
    (finding,) = findings(tmp_path)
    assert (finding.code, str(finding.locations[0])) == ("D107", "data/classes.csv:4:11")
    assert finding.message == "byte 0xF6 is not UTF-8"


def test_lines_are_physical_lines_even_after_quoted_line_breaks(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "limits.csv"
    text = (
        path.read_text("utf-8")
        .replace("as a consumer label, not", "as a consumer\nlabel,\nnot")
        .replace("none-det", "none-dit")
    )
    path.write_text(text, "utf-8")
    found = {(f.code, str(f.locations[0])) for f in findings(tmp_path)}
    # The limit on line 3 now ends on line 5; the misspelt kind, which was on line 4, stands on line 6.
    assert found == {("D105", "data/limits.csv:3:131"), ("D103", "data/limits.csv:6:42")}


def test_a_quotation_mark_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "substances.csv"
    path.write_text(
        path.read_text("utf-8")
        .replace("\ncodeine,codeine", '\ncodeine,"codeine')
        .replace("morphine,drug", "morphine,drg"),
        "utf-8",
    )
    found = {(f.code, str(f.locations[0])) for f in findings(tmp_path)}
    assert ("D110", "data/substances.csv:4:9") in found
    assert ("D103", "data/substances.csv:10:19") in found
    assert not any(code == "D201" for code, _ in found)


def test_missing_and_unknown_files(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    (tmp_path / "mme.csv").rename(tmp_path / "mme (copy).csv")
    (tmp_path / "datapackage.json").unlink()
    assert {(f.code, f.severity, str(f.locations[0]), f.message) for f in findings(tmp_path)} == {
        ("D108", Severity.ERROR, "data/mme.csv", "the file is missing"),
        ("D108", Severity.ERROR, "data/mme (copy).csv", "no table of the schema has this file"),
        ("D111", Severity.WARNING, "data/datapackage.json", "the file is missing"),
    }


def test_an_abbreviation_may_not_stand_for_two_substances(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "names.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("APAP,acetaminophen,", "APAP,acetaminophen,abbreviation,,,\nAPAP,ibuprofen,"), "utf-8")
    (found,) = findings(tmp_path)
    assert (found.code, found.severity, str(found.locations[0])) == ("D203", Severity.ERROR, "data/names.csv:3:1")
    assert found.message == "'APAP' is given to acetaminophen already (names.csv line 2)"


@pytest.mark.parametrize("file", ["drugs.csv", "limits.csv", "names.csv", "substances.csv"])
def test_a_table_cut_to_its_header_is_an_error(file: str, tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    found = {(f.code, f.severity, str(f.locations[0]), f.message) for f in findings(tmp_path)}
    assert ("D108", Severity.ERROR, f"data/{file}:1:1", "the table has no row") in found


def test_a_package_that_lags_behind(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"longest_unit"', '"longest"'), "utf-8")
    (finding,) = findings(tmp_path)
    assert (finding.code, finding.message) == ("D111", "out of date with the schema (resources)")
    path.write_text("{", "utf-8")
    (finding,) = findings(tmp_path)
    assert finding.code == "D111"
    assert str(finding.locations[0]) == "data/datapackage.json:1:2"


def test_a_phrase_that_nothing_uses_is_a_warning(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "side_effects.csv"
    path.write_text(path.read_text("utf-8") + "nausea,,,\n", "utf-8")
    text = path.read_text("utf-8").split("\n")
    text[4:6] = ["nausea,,,", ""]
    path.write_text("\n".join(text), "utf-8")
    (finding,) = findings(tmp_path)
    assert (finding.code, finding.severity, str(finding.locations[0])) == (
        "D207",
        Severity.WARNING,
        "data/side_effects.csv:5:1",
    )


def test_a_statement_left_out_of_the_tables(tmp_path: Path) -> None:
    sound_copy(tmp_path)
    path = tmp_path / "supplements.csv"
    path.write_text("".join(line for line in path.open(encoding="utf-8") if "demo-b" not in line), "utf-8")
    (finding,) = findings(tmp_path)
    assert finding.code == "D405"
    assert str(finding.locations[0]) == "articles/demo-b.txt:15:1"
    assert finding.message == "no statement of demo-b is drawn from this line: '500–1000 mcg daily'"


def test_whole_messages(tmp_path: Path) -> None:
    wanted = {
        "ten times the text": (
            "demo-a/drug/06: dose_high says 250 to 5,000 mg, the text says 250 to 500 mg",
            "compare both with the source; the text is '250–500 mg twice daily'",
        ),
        "daily amount does not fit": (
            "daily_high is 5,000 mg, but the row gives 6,000 mg",
            "correct the daily amount, the dose or the frequency",
        ),
        "duplicate alias": (
            "'paracetamol' is given to ibuprofen already (names.csv line 3)",
            "remove or rename one of the two",
        ),
        "unknown unit": ("to_unit 'mcg' is no unit code", "write ug, which is the code of mcg in the tables"),
        "not where the article says it": (
            "the text of demo-b/drug/01 is not on line 6 of demo-b.txt, but on 5",
            "correct the line",
        ),
    }
    for fault in FAULTS:
        if fault.name in wanted:
            directory = tmp_path / fault.code
            found = [finding for finding in findings(seeded(fault, directory)) if finding.code == fault.code]
            assert wanted[fault.name] in [(finding.message, finding.mend) for finding in found]
