"""Words that people type as they say them: `convert 5 mg to mcg`, `show "L2–L3 line 492"`, `-o`; and what is said when a
baseline is written.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doseref.cli.main import run

A = "# Knee pain\n\n- Naproxen: 250 mg twice daily, no more than 1,000 mg a day\n"
B = "# Back pain\n\n- Naproxen: 250 mg twice daily, no more than 1,250 mg a day\n"


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(list(words))
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


@pytest.mark.parametrize(
    "words",
    [
        ("5", "mg", "mcg"),
        ("5 mg", "mcg"),
        ("5", "mg", "to", "mcg"),
        ("5 mg to mcg",),
        ("5 mg", "in", "mcg"),
        ("5", "mg", "into", "micrograms"),
        ("5 mg mcg",),
    ],
)
def test_convert_takes_the_words_as_they_are_said(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, _ = ran(capsys, "convert", *words)
    assert (code, "5,000 mcg" in out) == (0, True)


@pytest.mark.parametrize("words", [("5 mg",), ("5", "mg", "to"), ("5 mg to",), ("5",)])
def test_convert_without_a_unit_that_is_wanted(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert ran(capsys, "convert", *words)[0] == 2


@pytest.mark.parametrize("called", ["l2-l3", "L2–L3", "L2-L3", "L2–L3 line 492"])
def test_a_source_is_shown_by_the_name_that_reports_give_it(capsys: pytest.CaptureFixture[str], called: str) -> None:
    assert ran(capsys, "show", called) == ran(capsys, "show", "l2-l3")


def test_a_name_that_no_source_has_is_looked_up_as_one_of_a_drug(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "show", "L9–L9")[2].startswith("doseref: 'L9–L9' is not a name known here")


def test_o_is_output_everywhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(A, "utf-8")
    for name, words in (
        ("check.json", ("check", "aspirin 81 mg daily")),
        ("parse.json", ("parse", "1 daily")),
        ("show.json", ("show", "aspirin")),
        ("extract.json", ("extract", str(tmp_path / "a.md"))),
        ("reconcile.html", ("reconcile", "--isolated", str(tmp_path / "a.md"))),
        ("rules.json", ("rules", "R101")),
        ("convert.json", ("convert", "5", "mg", "mcg")),
        ("schema.json", ("schema", "check")),
    ):
        code, out, error = ran(capsys, *words, "-o", str(tmp_path / name))
        assert (name, code, out) == (name, 0, ""), error
        assert (tmp_path / name).stat().st_size > 20


def test_a_baseline_that_is_written_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, text in (("a.md", A), ("b.md", B)):
        (tmp_path / name).write_text(text, "utf-8")
    baseline = str(tmp_path / "base.json")
    words = ("reconcile", "--isolated", str(tmp_path), "--baseline", baseline)
    _, _, error = ran(capsys, *words, "--update-baseline")
    count = re.search(r"base\.json: (\d+) accepted, (\d+) of them new, 0 left it", error)
    assert count is not None and count[1] == count[2] != "0", error
    (tmp_path / "b.md").write_text(B.replace("1,250", "1,000"), "utf-8")
    _, _, error = ran(capsys, *words, "--prune-baseline")
    assert f"base.json: 0 accepted, 0 of them new, {count[1]} left it" in error


def test_what_mends_a_table_names_its_directory(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "names.csv").write_text(
        "name,substance,kind,salt_amount,base_amount,source\nZ,aspirin,synonym,,,doseref-names\nA,aspirin,synonym,,,doseref-names\n",
        "utf-8",
    )
    _, out, _ = ran(capsys, "validate", str(tmp_path / "mine"))
    assert f"mend: run 'doseref validate {tmp_path / 'mine'} --fix'" in out


def test_a_suggestion_is_told_in_one_line_formats_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Hay fever\n\nLoratidine 10 mg once a day.\n", "utf-8")
    for kind in ("concise", "gitlab"):
        _, out, _ = ran(capsys, "reconcile", "--isolated", str(tmp_path / "a.md"), "--format", kind)
        assert out.count("did you mean loratadine") == 1, kind


def test_six_times_a_week_is_not_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, often in (("a.md", "6 times a week"), ("b.md", "twice a week"), ("c.md", "once a week")):
        (tmp_path / name).write_text(f"# Arthritis\n\nFolic acid 5 mg {often}.\n", "utf-8")
    _, out, _ = ran(capsys, "reconcile", "--isolated", str(tmp_path), "--format", "concise")
    assert all(words in out for words in ("6 times a week", "twice a week", "once a week"))
    assert "times once" not in out


def test_an_instruction_that_says_nothing_is_told_as_that(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(capsys, "parse", "as directed")
    assert out.splitlines()[-1] == "  nothing that says how much or how often"


def test_a_renamed_article_stays_accepted_and_another_one_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    site, baseline = tmp_path / "site", str(tmp_path / "base.json")
    site.mkdir()
    for name, text in (("knee.md", A), ("back.md", B)):
        (site / name).write_text(text, "utf-8")
    words = ("reconcile", "--isolated", str(site), "--baseline", baseline, "--format", "concise")
    ran(capsys, *words, "--update-baseline")
    (site / "back.md").rename(site / "lumbar.md")
    code, out, _ = ran(capsys, *words)
    assert (code, out) == (0, "")
    (site / "lumbar.md").write_text(B.replace("1,250", "1,375"), "utf-8")  # another figure is another finding
    code, out, _ = ran(capsys, *words)
    assert (code, "1,375 mg/day" in out) == (1, True)
    (site / "lumbar.md").write_text(B, "utf-8")
    (site / "hip.md").write_text(B, "utf-8")  # one of both is the renamed one, the other is new
    code, out, _ = ran(capsys, *words)
    assert (code, "A101" in out) == (1, True)
