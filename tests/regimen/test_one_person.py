"""One id is one person, however the lists come; who has none, and who has nothing, is not guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import doseref
from doseref.cli.main import build
from doseref.errors import InputError
from doseref.lists.files import read_file

A, B = "Tylenol 500 mg 1 tablet q6h", "Percocet 5/325 2 tablets q6h"  # 2,000 mg and 2,600 mg of acetaminophen


def acetaminophen(path: Path, *more: Path) -> dict[str | None, list[int]]:
    """What each person takes of it in a day, by the command."""
    from typer.testing import CliRunner

    words = ["check", *(word for each in (path, *more) for word in ("-f", str(each))), "--format", "json"]
    document = json.loads(CliRunner().invoke(build(words), words).stdout)
    return {
        each["id"]: [total["high"] for total in each["totals"] if total["substance"] == "acetaminophen"]
        for each in document["regimens"]
    }


def test_lists_of_one_id_are_one_persons(tmp_path: Path) -> None:
    whole = {"a": [4600], "b": []}
    b = "ibuprofen 400 mg tid"
    (tmp_path / "l.txt").write_text(f"[a]\n{A}\n[b]\n{b}\n[a]\n{B}\n", "utf-8")
    regimens = [{"id": "a", "items": [A]}, {"id": "b", "items": [b]}, {"id": "a", "items": [B]}]
    (tmp_path / "l.json").write_text(json.dumps({"regimens": regimens}), "utf-8")
    (tmp_path / "one.csv").write_text(f"patient,item\na,{A}\nb,{b}\n", "utf-8")
    (tmp_path / "two.csv").write_text(f"patient,item\na,{B}\nc,{b}\n", "utf-8")
    assert acetaminophen(tmp_path / "l.txt") == whole
    assert acetaminophen(tmp_path / "l.json") == whole
    assert acetaminophen(tmp_path / "one.csv", tmp_path / "two.csv") == {**whole, "c": []}
    people = [doseref.Person("a", [A]), doseref.Person("b", [b]), doseref.Person("a", [B])]  # type: ignore[arg-type]
    assert [(each.id, len(each.items)) for each in doseref.check(people).regimens] == [("a", 2), ("b", 1)]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (doseref.Person("a", ()), "<Person 'a': 0 items> has no items"),
        ([doseref.Person("a", (doseref.Given(A),)), doseref.Person("b", ())], "<Person 'b': 0 items> has no items"),
        (
            [doseref.Person(None, (doseref.Given(A),)), doseref.Person(None, (doseref.Given(B),))],
            "two persons have no id",
        ),
        ([doseref.Person("a", (doseref.Given(A),)), B], "an item among persons"),
    ],
)
def test_who_has_no_id_or_nothing_is_refused(people: object, told: str) -> None:
    with pytest.raises(doseref.UsageError, match=told):
        doseref.check(people)  # type: ignore[arg-type]


def test_two_regimens_without_an_id_are_refused() -> None:
    with pytest.raises(InputError, match="regimen 2 is the second one without an 'id'"):
        read_file("r.json", json.dumps({"regimens": [{"items": [A]}, {"items": [B]}]}).encode())


def test_one_resource_of_several_that_names_no_drug_stops_nobody() -> None:
    def request(name: str, **medication: object) -> dict[str, object]:
        said = {"id": name, "status": "active", "intent": "order", "subject": {"reference": "Patient/p"}}
        return {
            "resource": {
                "resourceType": "MedicationRequest",
                **said,
                **medication,
                "dosageInstruction": [{"text": "1 tablet tid"}],
            }
        }

    good = request("m1", medicationCodeableConcept={"text": "ibuprofen 400 mg"})
    for medication in ({"medicationReference": {"reference": "Medication/m9"}}, {"medicationCodeableConcept": {}}):
        bad = request("m2", **medication)
        ((who, items),) = read_file("b.json", json.dumps({"resourceType": "Bundle", "entry": [bad, good]}).encode())
        assert (who, [each.text.split()[0] for each in items]) == ("Patient/p", ["MedicationRequest/m2", "ibuprofen"])
        result = doseref.check([doseref.Person(who, tuple(items))])
        assert [item.status for item in result.regimens[0].items] == ["unread", "read"]
        with pytest.raises(InputError):  # alone it is the whole file
            read_file("b.json", json.dumps({"resourceType": "Bundle", "entry": [bad]}).encode())
