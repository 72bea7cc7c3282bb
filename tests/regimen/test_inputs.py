"""Regimens from files: every shape they come in, every way they can be broken, and where the error says it is."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doseref.api import check
from doseref.errors import InputError
from doseref.lists.fhir import people_of
from doseref.lists.files import MOST_BYTES, read_file
from doseref.result import Person

ROOT = Path(__file__).parents[2]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"


def items(path: Path | str, content: bytes | None = None) -> list[tuple[str | None, list[str]]]:
    return [(name, [given.text for given in listed]) for name, listed in read_file(str(path), content)]


def totals(people: Any) -> dict[str | None, dict[str, tuple[int, int]]]:
    result = check([Person(name, tuple(given)) for name, given in people])
    return {
        regimen.id: {total.substance: (int(total.amount.low), int(total.amount.high)) for total in regimen.totals}
        for regimen in result.regimens
    }


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "doseref", "check", *words], input=stdin, capture_output=True, cwd=ROOT, timeout=60,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip


# Text ---------------------------------------------------------------------------------------------------------------


def test_text_holds_several_people_and_comments() -> None:
    text = b"# note\n[ann]\nibuprofen 200 mg daily\n\n- naproxen 250 mg daily\n[bob]\naspirin 81 mg daily\n[nobody]\n"
    assert items("r.txt", text) == [
        ("ann", ["ibuprofen 200 mg daily", "naproxen 250 mg daily"]),
        ("bob", ["aspirin 81 mg daily"]),
    ]


def test_places_count_lines_as_an_editor_does() -> None:
    text = "ibuprofen 200 mg\x0bdaily\r\n\r\nnaproxen 250 mg\u2028daily\rlast\n"
    people = read_file("r.txt", text.encode())
    assert [given.place for given in people[0][1]] == ["r.txt:1", "r.txt:3", "r.txt:4"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-8"])
def test_encodings_give_the_same_items(encoding: str) -> None:
    text = "[Zoë]\nibuprofen 200–400 mg daily\n"
    assert items("r.txt", text.encode(encoding)) == [("Zoë", ["ibuprofen 200–400 mg daily"])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_tables(encoding: str) -> None:
    text = "patient,item\r\nZoë,ibuprofen 200–400 mg daily\r\n"
    assert items("r.csv", text.encode(encoding)) == [("Zoë", ["ibuprofen 200–400 mg daily"])]


@pytest.mark.parametrize("name", ["r.txt", "r.csv", "r.tsv", "r.jsonl"])
def test_an_empty_file_has_nobody(name: str) -> None:
    assert read_file(name, b"") == []
    assert read_file(name, b"\xef\xbb\xbf\n\n") == []


def test_binary_is_no_text() -> None:
    with pytest.raises(InputError, match=r"r\.txt:2: .*NUL"):
        read_file("r.txt", b"a\nb\0c")
    with pytest.raises(InputError, match="UTF-16"):
        read_file("r.txt", b"\xff\xfea\x00b")
    with pytest.raises(InputError, match=r"r\.txt:2: neither"):
        read_file("r.txt", b"a\n\x81\x8d")


def test_missing_directory_and_huge(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="directory"):
        read_file(str(tmp_path))
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # sparse: no disk is used
    with pytest.raises(InputError, match="at most"):
        read_file(str(huge))


# Tables -------------------------------------------------------------------------------------------------------------


def test_table_of_drug_and_sig_grouped_by_patient() -> None:
    text = b'Patient,Drug,SIG\na,Norco 5/325,"1 tablet, twice daily"\nb,aspirin,81 mg daily\na,NA,1 tablet daily\n'
    assert items("r.csv", text) == [
        ("a", ["Norco 5/325 1 tablet, twice daily", "NA 1 tablet daily"]),
        ("b", ["aspirin 81 mg daily"]),
    ]


def test_semicolons_and_tabs() -> None:
    assert items("r.csv", b"drug;sig\naspirin;81 mg, daily\n") == [(None, ["aspirin 81 mg, daily"])]
    assert items("r.tsv", b"drug\tsig\naspirin\t81 mg, daily\n") == [(None, ["aspirin 81 mg, daily"])]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (b"aspirin", "the row has 1 cells where the header has 2"),
        (b"aspirin,81 mg,daily", "the row has more cells (3) than the header (2)"),
    ],
)
def test_rows_too_short_or_too_long_are_told_and_the_rest_is_read(row: bytes, told: str) -> None:
    people = read_file("r.csv", b"drug,sig\nibuprofen,200 mg tid\n" + row + b"\n")
    (regimen,) = check([Person(name, tuple(given)) for name, given in people]).to_json()["regimens"]
    assert [item["status"] for item in regimen["items"]] == ["read", "unread"]
    assert [(f["code"], f["items"]) for f in regimen["findings"]] == [("R403", [2])]
    assert told in regimen["findings"][0]["message"]
    assert people[0][1][1].place == "r.csv:3"
    assert regimen["totals"][0]["high"] == 600


def test_an_open_quote_and_a_foreign_header() -> None:
    with pytest.raises(InputError, match=r"r\.csv:3: the row that begins here cannot be read"):
        read_file("r.csv", b'drug,sig\nibuprofen,200 mg tid\naspirin,"81 mg\nzinc,10 mg daily\n')
    with pytest.raises(InputError, match=r"r\.csv:1: needs a column 'item'"):
        read_file("r.csv", b"name,dose\naspirin,81 mg\n")


def test_the_columns_of_a_table_of_semicolons_are_told_apart() -> None:
    """Though none of them is known, and a cell holds a comma: not "a row that cannot be read"."""
    with pytest.raises(InputError, match="the columns 'Zorb', 'Fizz' are not known, and what is in them"):
        read_file("r.csv", b'Zorb;Drug;Fizz\n"Smith, Ann";aspirin;x\n')
    with pytest.raises(
        InputError, match="needs a column 'item', or 'drug' and 'sig'; its first row names the columns Zorb, Fizz"
    ):
        read_file("r.csv", b'Zorb;Fizz\n"Smith, Ann";x\n')


@pytest.mark.parametrize(
    "table",
    [
        'Patient Name;NHS No;Drug Name & Form;Strength;Directions;Qty;Last Issued;Status\n"Smith, Ann";943;Naproxen tablets;500 mg;'
        "ONE TWICE DAILY;56;01/11/2026;Active\n",
        "Medicine,Dose,When,Since\nNaproxen,500 mg,morning and evening,2019\n",
        "Med,How taken,Comments\nnaproxen 500 mg,1 bd,bought\n",
    ],
)
def test_heads_as_clinics_write_them(table: str) -> None:
    ((name, given),) = read_file("r.csv", table.encode())
    (total,) = check([Person(name, tuple(given))]).regimens[0].totals
    assert (total.substance, str(total.amount)) == ("naproxen", "1,000 mg")


# Standard input is told by its content --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"aspirin 81 mg daily\n",
        b"item,patient\naspirin 81 mg daily,\n",
        b"drug\tsig\naspirin\t81 mg daily\n",
        b'["aspirin 81 mg daily"]',
        b'{"items": ["aspirin 81 mg daily"]}',
        b'[\n {"drug": "aspirin", "sig": "81 mg daily"}\n]',
    ],
)
def test_standard_input_in_each_shape(content: bytes) -> None:
    assert items("-", content) == [(None, ["aspirin 81 mg daily"])]


def test_standard_input_of_json_lines_and_of_people() -> None:
    assert items("-", b'{"item": "aspirin 81 mg daily"}\n{"item": "x"}\n') == [(None, ["aspirin 81 mg daily", "x"])]
    assert items("-", b"[ann]\naspirin 81 mg daily\n") == [("ann", ["aspirin 81 mg daily"])]


# JSON ---------------------------------------------------------------------------------------------------------------


def test_json_errors_have_line_and_column() -> None:
    with pytest.raises(InputError, match=r"r\.json:2:3: not JSON"):
        read_file("r.json", b"[\n  nope]")
    with pytest.raises(InputError, match=r"r\.jsonl:2:7: not JSON"):
        read_file("r.jsonl", b'"aspirin 81 mg daily"\n{"a": }\n')
    with pytest.raises(InputError, match=r"nested too deeply|not JSON"):
        read_file("r.json", b"[" * 100_000)
    with pytest.raises(InputError, match=r"r\.json#items\[1\]: not an item: 5"):
        read_file("r.json", b'["aspirin", 5]')
    with pytest.raises(InputError, match="regimen 1 has no list"):
        read_file("r.json", b'{"regimens": [{}]}')


def test_json_regimens() -> None:
    content = b'{"regimens": [{"id": 7, "items": ["a"]}, {"id": null, "items": [{"drug": "b", "sig": "c"}]}]}'
    assert items("r.json", content) == [("7", ["a"]), (None, ["b c"])]


# Workbooks ----------------------------------------------------------------------------------------------------------


def book(rows: list[list[Any]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_workbook_rows_with_their_numbers() -> None:
    content = book(
        [["Patient", "Drug", "Sig"], [7, "aspirin", "81 mg daily"], [], [7, "Norco 5/325", "1 tablet daily"]]
    )
    people = read_file("r.xlsx", content)
    assert items("r.xlsx", content) == [("7", ["aspirin 81 mg daily", "Norco 5/325 1 tablet daily"])]
    assert [given.place for given in people[0][1]] == ["r.xlsx:2", "r.xlsx:4"]
    assert items("-", content) == items("r.xlsx", content)


def test_a_formula_that_was_never_computed_is_no_empty_cell() -> None:
    with pytest.raises(InputError, match=r"r\.xlsx:2: cell A2 is a formula"):
        read_file("r.xlsx", book([["item"], ['="aspirin 81 mg daily"']]))


def test_a_cell_far_away_does_not_make_a_million_rows() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.active["A1"], made.active["A1048576"] = "item", "aspirin 81 mg daily"
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(InputError, match="more than 100,000 rows"):
        read_file("r.xlsx", out.getvalue())


def test_zip_bombs_and_broken_workbooks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    assert len(out.getvalue()) < 50_000
    with pytest.raises(InputError, match="zip bomb"):
        read_file("r.xlsx", out.getvalue())
    with pytest.raises(InputError, match=r"not an \.xlsx workbook"):
        read_file("r.xlsx", b"drug,sig\n")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(InputError, match="not a workbook that can be read"):
        read_file("r.xlsx", empty.getvalue())
    whole = book([["item"], ["aspirin 81 mg daily"]])
    with pytest.raises(InputError):
        read_file("r.xlsx", whole[: len(whole) // 2])


# FHIR ---------------------------------------------------------------------------------------------------------------


def quantity(value: float, code: str) -> dict[str, Any]:
    return {"value": value, "unit": code.strip("{}"), "system": UCUM, "code": code}


def request(drug: Any, *dosage: Any, **more: Any) -> dict[str, Any]:
    """An R4 MedicationRequest."""
    named = {"medicationCodeableConcept": {"text": drug}} if isinstance(drug, str) else drug
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        **named,
        "dosageInstruction": list(dosage),
        **more,
    }


def statement(drug: Any, *dosage: Any, **more: Any) -> dict[str, Any]:
    """An R5 MedicationStatement."""
    concept = {"text": drug} if isinstance(drug, str) else drug
    return {
        "resourceType": "MedicationStatement",
        "status": "recorded",
        "medication": {"concept": concept},
        "dosage": list(dosage),
        **more,
    }


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def subject(name: str) -> dict[str, Any]:
    return {"reference": name}


NORCO = {"coding": [{"system": RXNORM, "code": "857004"}]}
Q4_6H_PRN_R4 = {
    "asNeededBoolean": True,
    "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}},
    "doseAndRate": [{"doseQuantity": quantity(1, "{tablet}")}],
}
Q4_6H_PRN_R5 = {
    "asNeeded": True,
    "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}},
    "doseAndRate": [{"doseQuantity": quantity(1, "{tablet}")}],
}


def test_r4_coded_and_structured_with_totals_by_hand() -> None:
    # Norco 5/325: 1 tablet, 4 to 6 times, as needed: 0 to 6 × 325 = 1,950 mg and 0 to 6 × 5 = 30 mg.
    # Tylenol: 2 × 500 mg × 4 = 4,000 mg.
    document = bundle(
        request({"medicationCodeableConcept": NORCO}, Q4_6H_PRN_R4, subject=subject("Patient/1")),
        request("Tylenol Extra Strength 500 mg", {"text": "2 tablets every 6 hours"}, subject=subject("Patient/1")),
    )
    people = people_of(document, "b.json")
    assert totals(people) == {"Patient/1": {"acetaminophen": (4000, 5950), "hydrocodone": (0, 30)}}
    assert [given.place for given in people[0][1]] == [
        "b.json#Bundle.entry[0].resource",
        "b.json#Bundle.entry[1].resource",
    ]


def test_r5_coded_and_structured_with_totals_by_hand() -> None:
    # ibuprofen 2 × 200 mg × 3 = 1,200 mg; the strength stands in the drug's name only.
    thrice = {
        "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": quantity(2, "{tablet}")}],
    }
    document = bundle(
        statement(NORCO, Q4_6H_PRN_R5, subject=subject("Patient/1")),
        statement("ibuprofen 200 MG Oral Tablet", thrice, subject=subject("Patient/2")),
        {
            "resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": subject("Patient/2"),
            "medication": {"concept": {"text": "gabapentin 300 MG Oral Capsule"}},
            "dosageInstruction": [{"text": "1 capsule three times daily"}],
        },
    )  # fmt: skip
    assert totals(people_of(document, "b.json")) == {
        "Patient/1": {"hydrocodone": (0, 30), "acetaminophen": (0, 1950)},
        "Patient/2": {"ibuprofen": (1200, 1200), "gabapentin": (900, 900)},
    }


def test_one_resource_alone_and_rendered_text() -> None:
    document = statement("aspirin", subject=subject("Patient/1"), renderedDosageInstruction="81 mg once daily")
    assert totals(people_of(document, "s.json")) == {"Patient/1": {"aspirin": (81, 81)}}
    assert totals(people_of(request("aspirin", {"text": "81 mg once daily"}), "s.json")) == {
        None: {"aspirin": (81, 81)}
    }


def test_decimals_of_a_file_stay_exact() -> None:
    dosage = '{"timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 0.1, "code": "mg", "system": "%s"}}]}'
    text = '{"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "clonidine"}, "dosageInstruction": [%s]}'
    people = read_file("r.json", (text % (dosage % UCUM)).encode())
    total = check([Person(name, tuple(given)) for name, given in people]).regimens[0].totals[0]
    assert total.amount.high == Decimal("0.3")


@pytest.mark.parametrize("how", ["contained", "relative", "url", "r5"])
def test_medications_by_reference(how: str) -> None:
    medication = {"resourceType": "Medication", "id": "m", "code": NORCO}
    link = {
        "reference": {"contained": "#m", "relative": "Medication/m", "url": "urn:uuid:5", "r5": "Medication/m"}[how]
    }
    more: dict[str, Any] = {"contained": [medication]} if how == "contained" else {}
    named = {"medication": {"reference": link}} if how == "r5" else {"medicationReference": link}
    document = bundle(request(named, {"text": "1 tablet twice daily"}, **more))
    if how != "contained":
        document["entry"].append({"fullUrl": "urn:uuid:5", "resource": medication})
    assert totals(people_of(document, "b.json")) == {None: {"hydrocodone": (10, 10), "acetaminophen": (650, 650)}}


def test_a_reference_out_of_the_file_is_called_by_its_display() -> None:
    document = request(
        {"medicationReference": {"reference": "Medication/9", "display": "aspirin"}}, {"text": "81 mg daily"}
    )
    assert totals(people_of(document, "r.json")) == {None: {"aspirin": (81, 81)}}
    with pytest.raises(
        InputError, match=r"r\.json: MedicationRequest\.medicationReference: 'Medication/9' is not in the file"
    ):
        people_of(request({"medicationReference": {"reference": "Medication/9"}}), "r.json")


def test_one_person_however_referred_to() -> None:
    document = bundle(
        request("aspirin", {"text": "81 mg daily"}, subject=subject("urn:uuid:1")),
        request("naproxen", {"text": "250 mg daily"}, subject=subject("Patient/p")),
        request("ibuprofen", {"text": "200 mg daily"}, subject={"display": "somebody else"}),
    )
    document["entry"].append({"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p"}})
    assert [(name, len(given)) for name, given in people_of(document, "b.json")] == [
        ("Patient/p", 2),
        ("somebody else", 1),
    ]


def test_what_is_not_taken_is_left_out() -> None:
    sig = {"text": "81 mg daily"}
    left_out = [
        *(
            request("aspirin", sig, status=status)
            for status in ("cancelled", "stopped", "on-hold", "entered-in-error", "ended")
        ),
        request("aspirin", sig, doNotPerform=True),
        *(
            statement("aspirin", sig, status=status)
            for status in ("not-taken", "entered-in-error", "stopped", "on-hold", "completed")
        ),
        statement("aspirin", sig, adherence={"code": {"coding": [{"code": "not-taken"}]}}),
        statement("aspirin", sig, adherence={"code": {"coding": [{"code": "stopped-as-directed"}]}}),
    ]
    ((_, none),) = people_of(bundle(*left_out), "b.json")
    assert len(none) == len(left_out)
    assert all(given.left_out and not given.dosage for given in none)
    taking = statement("aspirin", sig, adherence={"code": {"coding": [{"code": "taking"}]}})
    ((_, some),) = people_of(bundle(*left_out, taking), "b.json")
    assert [given.text for given in some if not given.left_out] == ["aspirin 81 mg daily"]


def test_a_statement_about_a_request_is_not_a_second_drug() -> None:
    ordered = request("aspirin", {"text": "81 mg daily"}, id="r")
    told = statement("aspirin", {"text": "162 mg daily"}, basedOn=[{"reference": "MedicationRequest/r"}])
    assert totals(people_of(bundle(ordered, told), "b.json")) == {None: {"aspirin": (162, 162)}}


def test_code_and_text_of_different_drugs_are_not_read() -> None:
    concept = {"medicationCodeableConcept": {**NORCO, "text": "Percocet"}}
    result = check([Person(None, tuple(people_of(request(concept, {"text": "1 tablet daily"}), "r.json")[0][1]))])
    assert result.regimens[0].items[0].status == "unread"
    assert result.regimens[0].totals == ()


@pytest.mark.parametrize("drug", ["gabapentin 300 mg capsule", {"medicationCodeableConcept": NORCO}])
def test_an_amount_that_is_not_understood_is_never_one_unit(drug: Any) -> None:
    dosage = {"timing": {"repeat": {"when": ["MORN"]}}, "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "blob"}}]}
    judged = check([Person(None, tuple(people_of(request(drug, dosage), "r.json")[0][1]))]).regimens[0]
    assert (judged.items[0].status, judged.totals) == ("unread", ())
    assert "unknown unit blob" in judged.findings[0].message


@pytest.mark.parametrize("text", ["2 tablets twice daily", "1 tablet three times daily"])
def test_text_and_structure_that_differ_are_not_read(text: str) -> None:
    dosage = {
        "text": text, "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": quantity(1, "{tablet}")}]
    }  # fmt: skip
    judged = check(people_of(request("acetaminophen 500 mg tablet", dosage), "r.json")[0][1]).regimens[0]
    assert (judged.items[0].status, judged.totals) == ("unread", ())
    assert "differ" in judged.findings[0].message


def test_phases_maxima_and_longer_periods_by_hand() -> None:
    def often(count: int, period: int, unit: str, amount: dict[str, Any], **repeat: Any) -> dict[str, Any]:
        return {
            "timing": {"repeat": {"frequency": count, "period": period, "periodUnit": unit, **repeat}},
            "doseAndRate": [{"doseQuantity": amount}],
        }

    five_days = {"boundsDuration": {"value": 5, "unit": "d", "system": UCUM, "code": "d"}}
    document = bundle(
        # 1 g every 4 hours as needed would be 6 g; its own maximum of 3 g a day bounds it.
        request("acetaminophen", {
            **often(1, 4, "h", quantity(1000, "mg")), "asNeededBoolean": True,
            "maxDosePerPeriod": {"numerator": quantity(3, "g"), "denominator": quantity(1, "d")},
        }),
        # 4 × 10 mg for 5 days, then 2 × 10 mg: 40 mg on the worst day.
        request(
            "prednisone 10 mg tablet",
            {"sequence": 1, **often(1, 1, "d", quantity(4, "{tablet}"), **five_days)},
            {"sequence": 2, **often(1, 1, "d", quantity(2, "{tablet}"), **five_days)},
        ),
        # 10 mL of 100 mg in 5 mL are 200 mg, three times.
        request("ibuprofen 100 MG/5ML Oral Suspension", often(3, 1, "d", quantity(10, "mL"))),
        request("alendronate 70 MG Oral Tablet", often(1, 1, "wk", quantity(1, "{tablet}"))),
        # Oxycodone 5 mg four times from each of two: 40 mg; acetaminophen 325 × 4 = 1,300 mg more.
        request("oxycodone hydrochloride 5 MG Oral Tablet", often(1, 6, "h", quantity(1, "{tablet}"))),
        request("acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet [Percocet]", often(1, 6, "h", quantity(1, "{tablet}"))),
    )  # fmt: skip
    people = people_of(document, "b.json")
    assert totals(people) == {
        None: {
            "acetaminophen": (1300, 4300),
            "prednisone": (40, 40),
            "ibuprofen": (600, 600),
            "alendronate": (70, 70),
            "oxycodone": (40, 40),
        }
    }
    weekly = next(t for t in check(people[0][1]).regimens[0].totals if t.substance == "alendronate")
    assert str(weekly.per) == "week"


def test_an_unknown_code_is_told_not_guessed() -> None:
    concept = {"medicationCodeableConcept": {"coding": [{"system": RXNORM, "code": "1"}]}}
    result = check([Person(None, tuple(people_of(request(concept, {"text": "1 tablet daily"}), "r.json")[0][1]))])
    assert [finding.code for finding in result.findings] == ["R401"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (bundle(), "Bundle: holds no MedicationRequest"),
        ({"resourceType": "Patient"}, "Patient: holds no MedicationRequest"),
        ({"resourceType": "Bundle", "entry": {}}, "Bundle.entry: is not a JSON array"),
        ({"resourceType": "Bundle", "entry": [5]}, r"Bundle.entry\[0\]: is not a JSON object"),
        ({"resourceType": "Bundle", "entry": [{"resource": {}}]}, r"Bundle.entry\[0\].resource: has no resourceType"),
        (request({}), "MedicationRequest: has no medication"),
        (request({"medicationCodeableConcept": "x"}), "MedicationRequest.medicationCodeableConcept: is not a JSON object"),
        (request({"medicationCodeableConcept": {}}), "medicationCodeableConcept: names no medication"),
        (request({"medicationCodeableConcept": {"coding": 1}}), "medicationCodeableConcept.coding: is not a JSON array"),
        (request("aspirin", 5), r"MedicationRequest.dosageInstruction\[0\]: is not a JSON object"),
        (request("aspirin", subject=5), "MedicationRequest.subject: is not a JSON object"),
        (request({"medication": {}}), "MedicationRequest.medication: has neither concept nor reference"),
    ],
)  # fmt: skip
def test_malformed_resources_say_where(document: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=rf"^b\.json: .*{told}"):
        people_of(document, "b.json")


def test_no_json_gives_a_traceback() -> None:
    good = bundle(request({"medicationCodeableConcept": NORCO}, Q4_6H_PRN_R4, subject=subject("Patient/1"), id="x"))
    odd: list[Any] = [None, 5, "x", [], {}, [None], True]

    def spoiled(node: Any) -> Any:
        """Every document in which one value is replaced by an odd one."""
        if isinstance(node, dict):
            for key, value in node.items():
                yield from ({**node, key: each} for each in odd)
                yield from ({**node, key: each} for each in spoiled(value))
        elif isinstance(node, list):
            for index, value in enumerate(node):
                yield from ([*node[:index], each, *node[index + 1 :]] for each in spoiled(value))

    count = 0
    for document in spoiled(good):
        count += 1
        try:
            people_of(document, "b.json")
        except InputError:
            continue
    assert count > 150


# The examples, and the exit codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["regimen.txt", "regimen.csv", "bundle.json"])
def test_the_examples_give_the_tylenol_and_norco_case(name: str) -> None:
    found = totals(read_file(str(ROOT / "examples" / name)))
    first = next(iter(found.values()))
    assert (first["acetaminophen"], first["hydrocodone"]) == ((4000, 5950), (0, 30))
    assert list(found.values())[1]["ibuprofen"] == (1200, 1200)
    assert not any("naproxen" in each for each in found.values())


def test_exit_codes_of_files(tmp_path: Path) -> None:
    assert run("--file", str(ROOT / "examples/bundle.json")).returncode == 1
    fine = run("-", stdin=b"ibuprofen 200 mg twice daily\n")
    assert fine.returncode == 0, fine.stderr
    for words, told in (
        (("--file", str(tmp_path / "none.txt")), b"no such file"),
        (("--file", str(tmp_path)), b"directory"),
        (("--file", "/dev/null"), b"no items"),
        (("aspirin 81 mg daily", "--output", str(tmp_path / "no" / "such" / "file")), b"cannot be written"),
    ):
        done = run(*words)
        assert (done.returncode, told in done.stderr, b"Traceback" in done.stderr) == (2, True, False), done.stderr


def test_json_error_by_the_command(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"resourceType": "Bundle",\n oops}', encoding="utf-8")
    done = run("--file", str(broken))
    assert done.returncode == 2
    assert b"broken.json:2:2: not JSON" in done.stderr


def test_summary_counts_people(tmp_path: Path) -> None:
    done = run("--file", str(ROOT / "examples/regimen.txt"), "--format", "json")
    assert json.loads(done.stdout)["summary"]["regimens"] == 3


def test_what_a_bundle_says_is_not_taken_is_left_out_and_told(tmp_path: Path) -> None:
    """1 × 400 mg × 3 = 1,200 mg of ibuprofen; the stopped naproxen counts nowhere, and the report names it."""
    request = {"resourceType": "MedicationRequest", "subject": {"reference": "Patient/1"}}
    ibuprofen = {**request, "status": "active", "medicationCodeableConcept": {"text": "ibuprofen 400 MG Oral Tablet"},
                 "dosageInstruction": [{"text": "1 tablet three times a day"}]}  # fmt: skip
    naproxen = {**ibuprofen, "status": "stopped", "medicationCodeableConcept": {"text": "naproxen 500 MG Oral Tablet"}}
    mistake = {**request, "status": "entered-in-error"}
    file = tmp_path / "bundle.json"
    file.write_text(
        json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in (ibuprofen, naproxen, mistake)]})
    )
    ((person, listed),) = read_file(str(file))
    (regimen,) = check([Person(person, tuple(listed))]).to_json()["regimens"]
    assert [(each["substance"], each["high"]) for each in regimen["totals"]] == [("ibuprofen", 1200)]
    assert len(regimen["items"]) == 1
    assert [(each["items"], each["reason"]) for each in regimen["not_assessed"]] == [
        ([], "left out: its status is stopped"),
        ([], "left out: its status is entered-in-error"),
    ]
    assert "naproxen 500 MG" in regimen["not_assessed"][0]["what"]


def test_a_column_that_may_be_the_person_is_never_passed_over(tmp_path: Path) -> None:
    """Two people's ibuprofen must not be added up: 1,200 and 2,400 mg, never 3,600."""
    file = tmp_path / "r.csv"
    file.write_text(
        "person,drug,strength,sig\nA,ibuprofen,200 mg,2 tablets tid\nB,ibuprofen,600 mg,1 tablet q6h\n", "utf-8"
    )
    assert {name: found["ibuprofen"] for name, found in totals(read_file(str(file))).items()} == {
        "A": (1200, 1200),
        "B": (2400, 2400),
    }
    file.write_text("id,drug,sig\n1,ibuprofen,400 mg tid\n", "utf-8")
    with pytest.raises(InputError, match="may be the person or the item: head it 'patient'"):
        read_file(str(file))


def test_a_second_sheet_is_not_passed_over() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["drug", "sig"])
    book.active.append(["ibuprofen", "400 mg q8h"])
    other = book.create_sheet("More")
    other.append(["drug", "sig"])
    other.append(["acetaminophen", "1000 mg q4h"])
    notes = book.create_sheet("Notes")
    notes.append(["seen by", "the ward pharmacist"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputError, match=r"'Sheet' and 'More' hold lists, .* --map sheet=patient"):
        read_file("two.xlsx", out.getvalue())
    ((_, listed),) = read_file("two.xlsx", out.getvalue(), mapping={"sheet": "ignore"})
    assert [(given.text, given.left_out) for given in listed] == [
        ("ibuprofen 400 mg q8h", ""),
        ("acetaminophen 1000 mg q4h", ""),
        ("sheet 'Notes'", "it has no header of a medication list"),
    ]


def test_a_country_without_labels_is_refused() -> None:
    from doseref.errors import UsageError

    with pytest.raises(UsageError, match="United Kingdom is GB"):
        check(["ibuprofen 800 mg q6h"], country="UK")


# Columns as pharmacies head them ---------------------------------------------------------------------------------------


def one(table: str, name: str = "r.csv") -> dict[str, Any]:
    people = read_file(name, table.encode())
    (regimen,) = check([Person(person, tuple(given)) for person, given in people]).to_json()["regimens"]
    return dict(regimen)


TABLES = [
    # table, (low, high) of acetaminophen in mg per 24 hours, worked out by hand
    ("Drug,Directions\nacetaminophen 500 mg,2 tablets every 6 hours\n", (4000, 4000)),
    ("Medication,Sig\nacetaminophen 500 mg,2 tablets every 6 hours\n", (4000, 4000)),
    ("MED NAME;INSTRUCTIONS\nacetaminophen 500 mg;2 tablets every 6 hours\n", (4000, 4000)),
    ("Medication\tDosage\nacetaminophen 500 mg\t2 tablets every 6 hours\n", (4000, 4000)),
    ("\ufeffDrug,Strength,Dose,Frequency\nacetaminophen,500 mg,2 tablets,q6h\n", (4000, 4000)),
    ("drug,strength,dose,sig\nacetaminophen,500 mg,2 tablets,every 6 hours\n", (4000, 4000)),
    ("drug,strength,dose,sig\nacetaminophen,500 mg,1000 mg,2 tablets every 6 hours\n", (4000, 4000)),
    ("drug,dose,unit,frequency\nacetaminophen,650,mg,q6h\n", (2600, 2600)),
    ("drug,strength,dose,form,frequency\nacetaminophen,325 mg,2,tablet,BID\n", (1300, 1300)),
    ("drug,sig,prn\nacetaminophen,1000 mg q6h,yes\n", (0, 4000)),
    ("drug,sig,prn\nacetaminophen,1000 mg q6h,no\n", (4000, 4000)),
    ("drug,sig,prn\nacetaminophen,1000 mg q6h,headache\n", (0, 4000)),
    ("drug,sig,max daily dose\nacetaminophen,1000 mg q4h prn,3 g\n", (0, 3000)),
    ("drug,sig,route,frequency\nacetaminophen,1000 mg,PO,TID\n", (3000, 3000)),
    ("drug,sig,frequency\nacetaminophen,1000 mg q8h,three times daily\n", (3000, 3000)),
    ("item,frequency\nacetaminophen 1000 mg,q8h\n", (3000, 3000)),
    ("Ward list of 3 May\n\ndrug,sig\nacetaminophen,1000 mg q8h\n", (3000, 3000)),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_columns_are_put_together_with_the_sig(table: str, expected: tuple[int, int]) -> None:
    (total,) = one(table)["totals"]
    assert (total["low"], total["high"]) == expected


DISAGREE = [
    "drug,strength,dose,sig\nacetaminophen,500 mg,1 tablet,2 tablets every 6 hours\n",
    "drug,strength,dose,sig\nacetaminophen,500 mg,500 mg,2 tablets every 6 hours\n",
    "drug,sig,frequency\nacetaminophen,1000 mg q6h,TID\n",
    "drug,sig,route\nacetaminophen,1000 mg po q6h,rectal\n",
    "drug,sig,prn\nacetaminophen,1000 mg q6h prn,no\n",
    "drug,sig,duration\nacetaminophen,1000 mg q6h for 5 days,3 days\n",
    "drug,sig,status\nacetaminophen,1000 mg q6h,perhaps\n",
    "drug,dose,frequency\nacetaminophen,1000,q6h\n",
    "drug,sig\n,1000 mg q6h\n",
]


@pytest.mark.parametrize("table", DISAGREE)
def test_columns_that_disagree_or_are_not_clear_leave_the_item_unread(table: str) -> None:
    regimen = one(table)
    assert regimen["totals"] == []
    assert [item["status"] for item in regimen["items"]] == ["unread"]
    assert [finding["severity"] for finding in regimen["findings"] if finding["code"] == "R403"] == ["warning"]


@pytest.mark.parametrize(
    "status", ["stopped", "Discontinued", "D/C'd", "completed", "on hold", "not taking", "inactive"]
)
def test_a_stopped_row_is_left_out_and_told(status: str) -> None:
    regimen = one(f"drug,sig,status\nacetaminophen,1000 mg q4h,{status}\n")
    assert (regimen["totals"], regimen["items"]) == ([], [])
    assert regimen["not_assessed"][0]["reason"] == f"left out: its status is {status}"


@pytest.mark.parametrize("head", ["Patient", "patient_id", "MRN", "person", "pt", "Subject", "Patient Name", "Pt. ID"])
def test_two_people_never_become_one(head: str) -> None:
    table = f"{head},drug,sig\nA,acetaminophen,1000 mg tid\nB,acetaminophen,1000 mg tid\n"
    found = totals(read_file("r.csv", table.encode()))
    assert found == {"A": {"acetaminophen": (3000, 3000)}, "B": {"acetaminophen": (3000, 3000)}}


def test_a_column_nobody_knows_refuses_the_file_and_can_be_mapped() -> None:
    table = b"drug,sig,wert\nacetaminophen,1000 mg q6h,7\n"
    with pytest.raises(InputError, match="the column 'wert' is not known"):
        read_file("r.csv", table)
    ((person, (given,)),) = read_file("r.csv", table, mapping={"wert": "patient"})
    assert (person, given.text) == ("7", "acetaminophen 1000 mg q6h")
    assert read_file("r.csv", table, mapping={"wert": "ignore"})[0][0] is None


def test_json_keys_are_columns_too() -> None:
    people = read_file(
        "r.json", b'[{"drug": "acetaminophen", "dose": "1 g", "frequency": "q6h", "prn": true, "MRN": 7}]'
    )
    assert totals(people) == {"7": {"acetaminophen": (0, 4000)}}
    with pytest.raises(InputError, match="the column 'dosis' is not known"):
        read_file("r.json", b'[{"drug": "acetaminophen", "dosis": "1 g"}]')
    (_, (stopped,)) = read_file("r.json", b'[{"item": "ibuprofen 800 mg q4h", "status": "stopped"}]')[0]
    assert stopped.left_out == "its status is stopped"


def test_a_plain_string_is_one_item() -> None:
    assert [item.given.text for item in check("ibuprofen 400 mg tid").regimens[0].items] == ["ibuprofen 400 mg tid"]


# FHIR: the structure, the text and the units must say one thing ----------------------------------------------------------


def fhir(dosage: dict[str, Any], drug: str = "acetaminophen 500 mg tablet", **resource: Any) -> dict[str, Any]:
    body = {
        "resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": drug},
        "dosageInstruction": [dosage], **resource,
    }  # fmt: skip
    body = {key: value for key, value in body.items() if value is not None}
    (regimen,) = check([Person(name, tuple(given)) for name, given in people_of(body, "b.json")]).to_json()["regimens"]
    return dict(regimen)


def mg(value: object, unit: str = "mg", code: str | None = None) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": UCUM, "code": code or unit}


def dosed(dose: dict[str, Any], **repeat: Any) -> dict[str, Any]:
    return {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": dose}]}


HOURLY = {"frequency": 1, "period": 6, "periodUnit": "h"}

FHIR_TOTALS = [
    # dosage, (low, high) in mg per 24 hours, by hand
    (dosed(mg(1000), frequency=2, period=6, periodUnit="h"), (8000, 8000)),
    (dosed(mg(1000), frequency=2, period=12, periodUnit="h"), (4000, 4000)),
    (dosed(mg(1000), frequency=1, period=21600, periodUnit="s"), (4000, 4000)),
    (dosed(mg(1000), frequency=1, period=360, periodUnit="min"), (4000, 4000)),
    (dosed(mg(1000), frequency=8, period=2, periodUnit="d"), (4000, 4000)),
    (dosed(mg(1000), **HOURLY) | {"text": "2 tablets every 6 hours"}, (4000, 4000)),
    (dosed(mg(1000), **HOURLY) | {"text": "1000 mg four times daily"}, (4000, 4000)),
    (dosed(mg(1000), frequency=1, period=4, periodUnit="h") | {"maxDosePerPeriod": [{"numerator": mg(3, "g"), "denominator": mg(1, "d")}]}, (3000, 3000)),
]  # fmt: skip


@pytest.mark.parametrize(("dosage", "expected"), FHIR_TOTALS)
def test_fhir_rates_come_to_what_they_say(dosage: dict[str, Any], expected: tuple[int, int]) -> None:
    (total,) = fhir(dosage)["totals"]
    assert (total["low"], total["high"]) == expected


FHIR_REFUSED = [
    (dosed(mg(500), frequency=4, period=1, periodUnit="d") | {"text": "2 tablets 4 times daily"}, "dose differ"),
    (dosed(mg(1000), frequency=3, period=1, periodUnit="d") | {"text": "1000 mg every 6 hours"}, "timing differ"),
    (dosed(mg(1000, "mg", "ug"), **HOURLY), "the unit 'mg' and its code 'ug' differ"),
    (dosed(mg(0, "tablet", "{tablet}"), **HOURLY), "a dose of zero is not read"),
    (dosed({"value": 2}, **HOURLY), "unknown unit"),
    (dosed(mg(1000), frequency=1, period=10**40, periodUnit="h"), "the timing is not read"),
    (
        {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}, "code": {"text": "QID"}},
         "doseAndRate": [{"doseQuantity": mg(1000)}]},
        "the code of the timing and its repeat differ",
    ),
    (
        {"timing": {"repeat": HOURLY}, "doseAndRate": [{"doseQuantity": mg(500)}, {"doseQuantity": mg(1000)}]},
        "more than one dose is given",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("dosage", "told"), FHIR_REFUSED)
def test_fhir_that_contradicts_itself_is_told_and_not_counted(dosage: dict[str, Any], told: str) -> None:
    regimen = fhir(dosage)
    assert regimen["totals"] == []
    assert told in " ".join(entry["reason"] for entry in regimen["not_assessed"])
    assert "R403" in {finding["code"] for finding in regimen["findings"] if finding["severity"] == "warning"}


def medication(text: str | None, *ingredients: tuple[str, int]) -> dict[str, Any]:
    return {
        "medicationCodeableConcept": None,
        "medicationReference": {"reference": "#m"},
        "contained": [
            {
                "resourceType": "Medication", "id": "m", **({"code": {"text": text}} if text else {}),
                "ingredient": [
                    {"itemCodeableConcept": {"text": name}, "strength": {"numerator": mg(value), "denominator": mg(1, "tablet", "{tablet}")}}
                    for name, value in ingredients
                ],
            }
        ],
    }  # fmt: skip


TWO_TABLETS = dosed(mg(2, "tablet", "{tablet}"), **HOURLY)


@pytest.mark.parametrize("text", ["acetaminophen", "acetaminophen 500 mg tablet", None])
def test_the_strengths_of_a_contained_medication_are_read(text: str | None) -> None:
    (total,) = fhir(TWO_TABLETS, **medication(text, ("acetaminophen", 500)))["totals"]
    assert (total["substance"], total["low"], total["high"]) == ("acetaminophen", 4000, 4000)


def test_a_medication_whose_name_and_ingredients_differ_is_not_counted() -> None:
    assert fhir(TWO_TABLETS, **medication("acetaminophen 325 mg tablet", ("acetaminophen", 500)))["totals"] == []


def test_a_modifier_that_is_not_understood_is_told() -> None:
    regimen = fhir(
        dosed(mg(1000), **HOURLY), modifierExtension=[{"url": "https://example.org/not", "valueBoolean": True}]
    )
    assert regimen["totals"] == []
    assert "a modifierExtension is not understood" in regimen["findings"][0]["message"]


def test_dispenses_count_and_administrations_are_told() -> None:
    handed = fhir(dosed(mg(1000), **HOURLY), resourceType="MedicationDispense", status="completed")
    assert [total["high"] for total in handed["totals"]] == [4000]
    given = fhir({}, resourceType="MedicationAdministration", status="completed", dosageInstruction=None)
    assert given["totals"] == []
    assert "it records that a dose was given" in given["not_assessed"][0]["reason"]


def test_a_dispense_of_a_prescription_counts_once() -> None:
    request = {
        "resourceType": "MedicationRequest", "id": "r", "status": "active", "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "acetaminophen 500 mg tablet"}, "dosageInstruction": [dosed(mg(1000), **HOURLY)],
    }  # fmt: skip
    dispense = {
        **request, "resourceType": "MedicationDispense", "id": "d", "status": "completed",
        "authorizingPrescription": [{"reference": "MedicationRequest/r"}],
    }  # fmt: skip
    bundle = {"resourceType": "Bundle", "entry": [{"resource": request}, {"resource": dispense}]}
    assert totals(people_of(bundle, "b.json")) == {"Patient/1": {"acetaminophen": (4000, 4000)}}


def test_only_stopped_prescriptions_are_no_error_and_are_told(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    stopped = {
        "resourceType": "MedicationRequest", "status": "stopped", "medicationCodeableConcept": {"text": "ibuprofen 400 mg tablet"},
        "dosageInstruction": [{"text": "1 tablet daily"}],
    }  # fmt: skip
    file.write_text(json.dumps(stopped), "utf-8")
    done = run("-f", str(file))
    assert done.returncode == 0
    assert b"its status is stopped" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lisinopril", "20", "mg", "daily"), b'one with spaces needs quotes: doseref check "lisinopril 20 mg daily"'),
        (("lisinopril", "20mg daily"), b""),
        (("5-HTP 100 mg daily", "7-keto DHEA 25 mg daily"), b""),
    ],
)
def test_a_line_that_the_shell_took_apart_is_told(words: tuple[str, ...], told: bytes) -> None:
    done = run(*words)
    assert done.returncode == (2 if told else 0) and (told in done.stderr) and bool(done.stderr) is bool(told)
