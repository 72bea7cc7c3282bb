"""A report of many people in pieces is the report of all of them, and is written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doseref.api import check, check_each
from doseref.cli.main import run
from doseref.regimen.model import Given
from doseref.regimen.tally import Tally
from doseref.reports import check_stream, check_tables, check_text
from doseref.result import Person, Result

PEOPLE = [
    Person("Ada", (Given("acetaminophen 1 g every 4 hours"), Given("Tylenol PM 2 caplets at bedtime"))),
    Person(None, (Given("zzyzx 5 mg daily"),)),
    Person("Grace | =1+1", (Given("ibuprofen 400 mg three times daily"), Given("naproxen 250 mg twice daily"))),
]


def whole(result: Result, output_format: str) -> str:
    if output_format == "text":
        return check_text.render(result, 80, verbose=True, explain=True)
    if output_format == "json":
        return json.dumps(result.to_json(), ensure_ascii=False, indent=2)
    if output_format == "jsonl":
        return "".join(json.dumps(result.regimen_json(each), ensure_ascii=False) + "\n" for each in result.regimens)
    return check_tables.csv(result) if output_format == "csv" else check_tables.markdown(result)


@pytest.mark.parametrize("output_format", check_stream.FORMATS)
def test_the_pieces_are_the_whole(output_format: str) -> None:
    result, regimens = check_each(PEOPLE)
    tally = Tally(result.data, result.bench)
    pieces = list(check_stream.pieces(result, regimens, tally, output_format, 80, False, True, True))
    assert "".join(pieces) == whole(check(PEOPLE), output_format)


def test_a_person_is_written_before_the_next_is_judged() -> None:
    judged: list[int] = []
    result, regimens = check_each(PEOPLE, step=lambda: judged.append(1))
    tally = Tally(result.data, result.bench)
    pieces = check_stream.pieces(result, regimens, tally, "jsonl", 80, False, False, False)
    assert json.loads(next(pieces))["id"] == "Ada"
    assert judged == []


def test_the_tally_counts_as_by_hand() -> None:
    result, regimens = check_each(PEOPLE)
    tally = Tally(result.data, result.bench, regimens)
    counts = tally.summary()
    assert (counts["regimens"], counts["items"], counts["unread"]) == (3, 5, 1)
    assert counts["errors"] == 1  # 6 g of acetaminophen and more; two NSAIDs are a warning
    assert tally.worst is not None and tally.worst.code == "R101"


def test_without_an_end_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "list.csv", tmp_path / "out.jsonl"
    source.write_text("patient,item\na,aspirin 81 mg daily\nb,aspirin 81 mg daily\n", encoding="utf-8")
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Result, "regimen_json", lambda self, regimen: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises((SystemExit, KeyboardInterrupt)):
        run(["check", "-f", str(source), "--format", "jsonl", "--output", str(out)])
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.jsonl"]
