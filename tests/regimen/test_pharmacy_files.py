"""Medication lists as pharmacies, wards and care homes keep them: whose each row is, what is no item, what a spreadsheet spoilt.

Every figure is worked out by hand. A list that cannot be read for certain is refused or told; it is never read as something else.
"""

from __future__ import annotations

import io
from typing import Any

import pytest

from doseref.api import check
from doseref.errors import InputError
from doseref.items.mangled import dated_count, is_date
from doseref.lists.files import read_file
from doseref.lists.strength_cells import differs, of_dose, says
from doseref.result import Person


def read(name: str, content: str | bytes, **mapping: str) -> dict[str | None, dict[str, Any]]:
    people = read_file(name, content.encode() if isinstance(content, str) else content, mapping=mapping)
    regimens = check([Person(person, tuple(given)) for person, given in people]).to_json()["regimens"]
    return {regimen["id"]: regimen for regimen in regimens}


def highs(regimens: dict[str | None, dict[str, Any]]) -> dict[str | None, dict[str, int]]:
    """Person → substance → the high end, in mg per 24 hours."""
    return {name: {t["substance"]: int(t["high"]) for t in each["totals"]} for name, each in regimens.items()}


def book(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


LISTS = [
    # name, content, person → substance → most mg in 24 hours
    ("sections.csv", "Medication,Directions\nPatient: John Smith,\nacetaminophen 500 mg,2 tabs q6h\nPatient: Ann Jones,\n"
     "acetaminophen 500 mg,2 tabs q8h\n", {"John Smith": {"acetaminophen": 4000}, "Ann Jones": {"acetaminophen": 3000}}),
    ("stacked.csv", "Resident: A Smith,\nDrug,Sig\nibuprofen 400 mg,1 tab tid\n,\nResident: B Jones,\nDrug,Sig\nibuprofen 200 mg,1 tab tid\n",
     {"A Smith": {"ibuprofen": 1200}, "B Jones": {"ibuprofen": 600}}),
    ("pages.csv", "Patient,Medication,Directions\nA,ibuprofen 400 mg,1 tab tid\nPage 1 of 2,,\nPatient,Medication,Directions\n"
     "A,acetaminophen 500 mg,2 tabs q6h\nPage 2 of 2,,\n", {"A": {"ibuprofen": 1200, "acetaminophen": 4000}}),
    ("total.csv", "Drug,Sig,Qty\nibuprofen 400 mg,1 tab tid,90\nTotal,1 item,90\n", {None: {"ibuprofen": 1200}}),
    ("unicode.txt", "Patient\tMedication\tDirections\nSmith, J\tibuprofen 400 mg\t1 tab tid\nJones, A\tibuprofen 200 mg\t1 tab tid\n".encode("utf-16"),
     {"Smith, J": {"ibuprofen": 1200}, "Jones, A": {"ibuprofen": 600}}),
    ("sep.csv", "\ufeffsep=;\r\nDrug;Sig\r\nibuprofen 400 mg;1 tab tid\r\n", {None: {"ibuprofen": 1200}}),
    ("list.txt", "Name: John Smith   DOB 01/02/1950\nAllergies: penicillin, ibuprofen\n\nHome meds:\nacetaminophen 500 mg 2 tabs q6h\n"
     "Name: Ann Jones\nibuprofen 400 mg tid\n",
     {"John Smith": {"acetaminophen": 4000}, "Ann Jones": {"ibuprofen": 1200}}),
    ("patients.txt", "Patient: A\nibuprofen 400 mg tid\nPATIENT #2\nibuprofen 200 mg tid\n", {"A": {"ibuprofen": 1200}, "2": {"ibuprofen": 600}}),
    ("subtotals.csv", "Patient,Drug,Sig\nA,ibuprofen 400 mg,1 tab tid\nSubtotal A,,1\nB,ibuprofen 200 mg,1 tab tid\nGrand total,,2\n",
     {"A": {"ibuprofen": 1200}, "B": {"ibuprofen": 600}}),
    ("ruled.txt", "MEDICATION LIST\n===============\nPatient: A\n---\nibuprofen 400 mg tid\n", {"A": {"ibuprofen": 1200}}),
    ("short.csv", "Pt Name,Med,Str,Sig,Stop\nA,ibuprofen,400 mg,1 tab tid,\n", {"A": {"ibuprofen": 1200}}),
    ("unit.csv", "Drug,Strength,Unit,Directions\nacetaminophen,500,mg,2 tabs q6h\n", {None: {"acetaminophen": 4000}}),
    ("end.csv", "Drug,Sig,End Date\nibuprofen 400 mg,1 tab tid,\n", {None: {"ibuprofen": 1200}}),
    ("end.csv", "Drug,Sig,Status,End Date\nibuprofen 400 mg,1 tab tid,active,1/1/2030\n", {None: {"ibuprofen": 1200}}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_whose_each_row_is(name: str, content: str | bytes, expected: dict[str | None, dict[str, int]]) -> None:
    found = read(name, content)
    assert highs(found) == expected
    assert all(item["status"] == "read" for regimen in found.values() for item in regimen["items"])


def test_rows_without_a_name_are_nobody_elses() -> None:
    """A merged cell or a name written once: the rows below belong to it or to nobody known. They are told as nobody's, and
    the one above is told that there is such a row.
    """
    for content in (
        "Resident,Medication,Sig\nSmith,acetaminophen 500 mg,2 tabs q8h\n,Tylenol PM,2 tabs at bedtime\nJones,aspirin 81 mg,1 daily\n",
        "Resident,Medication,Sig\n,Tylenol PM,2 tabs at bedtime\nSmith,acetaminophen 500 mg,2 tabs q8h\nJones,aspirin 81 mg,1 daily\n",
    ):
        found = read("r.csv", content)
        assert set(found) == {"Smith", "Jones", None}
        assert [item["status"] for item in found[None]["items"]] == ["unread"]
        assert any("names no person and others do" in each["reason"] for each in found[None]["not_assessed"])
        assert highs(found)["Smith"] == {"acetaminophen": 3000}
        above = [each["what"] for each in found["Smith"]["not_assessed"] if "is not known" in each["reason"]]
        assert above == (
            ["a row below that names no person (r.csv:3)"]
            if content.startswith("Resident,Medication,Sig\nSmith")
            else []
        )
    objects = '[{"drug": "aspirin 81 mg", "sig": "daily", "patient": "A"}, {"drug": "ibuprofen 400 mg", "sig": "tid"}]'
    named = read("r.json", objects)
    assert [[item["status"] for item in named[who]["items"]] for who in ("A", None)] == [["read"], ["unread"]]
    # nobody is named: one person's list
    assert highs(read("r.csv", "Patient,Drug,Sig\n,aspirin 81 mg,1 tab daily\n,ibuprofen 400 mg,1 tab tid\n")) == {
        None: {"aspirin": 81, "ibuprofen": 1200}
    }


def test_a_frame_names_everybody_too() -> None:
    pandas = pytest.importorskip("pandas")
    from doseref.bulk import check_frame

    rows = [("A", "ibuprofen 400 mg tid"), (None, "ibuprofen 800 mg tid")]
    frame = check_frame(pandas.DataFrame(rows, columns=["patient", "item"]))
    assert [list(row) for row in frame[frame["kind"] == "item"][["patient", "status"]].values] == [
        ["A", "read"],
        [None, "unread"],
    ]
    assert list(frame[frame["code"] == "R403"]["patient"]) == [None]


LIST: list[list[object]] = [["Drug", "Sig"], ["acetaminophen 500 mg", "2 tabs q6h"]]


def test_two_sheets_are_one_persons_only_where_that_is_said() -> None:
    content = book(("Smith", LIST), ("Jones", LIST))
    with pytest.raises(InputError, match="'Smith' and 'Jones' hold lists"):
        read("two.xlsx", content)
    assert highs(read("two.xlsx", content, sheet="patient")) == {
        "Smith": {"acetaminophen": 4000},
        "Jones": {"acetaminophen": 4000},
    }
    assert highs(read("two.xlsx", content, sheet="ignore")) == {None: {"acetaminophen": 8000}}


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    (regimen,) = read("r.xlsx", book(("Current", LIST), ("Old", LIST), hidden="Old")).values()
    assert [total["high"] for total in regimen["totals"]] == [4000]
    assert ("sheet 'Old' (r.xlsx)", "left out: it is hidden in the workbook") in [
        (each["what"], each["reason"]) for each in regimen["not_assessed"]
    ]


def test_what_is_no_item_is_told() -> None:
    (regimen,) = read("r.txt", "Current medications:\nAllergies: penicillin\nibuprofen 400 mg tid\n").values()
    assert [each["reason"] for each in regimen["not_assessed"]] == [
        "left out: it is a heading",
        "left out: it names nothing that is taken",
    ]
    # a heading that changes what follows is no heading that may be passed over, and a drug is no heading
    for line in (
        "Vitamins",
        "Date: 1/1/26 aspirin 81 mg daily",
        "Name: lisinopril",
    ):
        (regimen,) = read("r.txt", f"{line}\nibuprofen 400 mg tid\n").values()
        assert len(regimen["items"]) == 2, line


def test_what_stands_below_a_heading_of_stopped_drugs_is_left_out_and_told() -> None:
    (regimen,) = read("r.txt", "Stopped medications:\nibuprofen 400 mg tid\n").values()
    assert regimen["items"] == []
    assert any("left out" in each["reason"] for each in regimen["not_assessed"])


def test_a_note_is_told_and_not_read() -> None:
    (regimen,) = read(
        "r.csv", "Drug,Sig,Comments\nibuprofen 400 mg,1 tab tid,for the back\naspirin 81 mg,daily,\n"
    ).values()
    assert [(each["what"], each["reason"]) for each in regimen["not_assessed"]] == [
        ("item 1", "the note beside it is not read: 'for the back'")
    ]
    assert [f["code"] for f in regimen["findings"] if f["severity"] != "info"] == []


def test_a_note_that_states_a_maximum_alone_is_part_of_the_instruction() -> None:
    """Every hour is 24 × 5 mg; four doses of it are 20 mg, and nothing is left to tell of the note."""
    (regimen,) = read("r.csv", "Drug,Dose,Frequency,Comments\nmorphine,5 mg,hourly prn,max 4 doses/24h\n").values()
    (total,) = regimen["totals"]
    assert (total["low"], total["high"]) == (0, 20) and not regimen["not_assessed"]


@pytest.mark.parametrize(
    "note",
    ["takes 2 extra at night", "increase to 800 mg tds from Monday", "hold before surgery", "max 600 mg", "half on Sundays",
     "weekdays only", "stopped last week", "2 tabs if bad", "twice daily since May"],
)  # fmt: skip
def test_a_note_that_may_change_the_dose_is_a_warning(note: str) -> None:
    """The total is not told as if it were whole, and the note stands once among what was not assessed."""
    (regimen,) = read("r.csv", f"Drug,Sig,Comments\nibuprofen 400 mg,1 tab tid,{note}\n").values()
    assert [item["status"] for item in regimen["items"]] == ["partly-read"]
    assert [(f["code"], f["severity"]) for f in regimen["findings"] if f["severity"] != "info"] == [("R403", "warning")]
    assert sum(note in each["reason"] for each in regimen["not_assessed"]) == 1


@pytest.mark.parametrize(
    "note",
    ["with food", "as per INR", "do not crush", "5 mg tablets", "30 tablets", "for 10 days", "refill 2", "type 2 diabetes",
     "do not take with grapefruit", "rinse mouth after use", "BP 120/80", "A1c 7.2", "last filled 3/4/2026"],
)  # fmt: skip
def test_a_note_of_something_else_is_no_warning(note: str) -> None:
    (regimen,) = read("r.csv", f"Drug,Sig,Comments\nibuprofen 400 mg,1 tab tid,{note}\n").values()
    assert [f["code"] for f in regimen["findings"] if f["severity"] != "info"] == []


MANGLED = [
    # cells that were "1-2", "1/2", "5-20", "5-40", "7-10" before a spreadsheet opened the list
    "Medication,Dose,Frequency\nacetaminophen 500 mg tablet,2-Jan,q6h\n",
    "Medication,Dose,Frequency\nacetaminophen 500 mg tablet,01-Feb,q6h\n",
    "Medication,Dose,Frequency\nacetaminophen 500 mg tablet,1/2/2026,q6h\n",
    "Medication,Dose,Frequency\nacetaminophen 500 mg tablet,2026-01-02,q6h\n",
    "Drug,Strength,Directions\namlodipine/benazepril,20-May,1 capsule daily\n",
    "Drug,Strength,Directions\namlodipine/benazepril,May-40,1 capsule daily\n",
    "Drug,Dose,Frequency\nacetaminophen,500 mg,6-Apr\n",
    "Drug,Sig,Duration\nacetaminophen 500 mg,1 tab q6h,10-Jul\n",
    "Drug,Sig,Max\nacetaminophen 500 mg,1 tab q6h,8-Jun\n",
    "Drug,Directions\nacetaminophen 500 mg,2-Jan tabs q6h\n",
    "item\nacetaminophen 500 mg 2-Jan tabs q6h\n",
    "item\nacetaminophen 500 mg 1/2/2026 tabs q6h\n",
]


@pytest.mark.parametrize("table", MANGLED)
def test_a_date_is_never_a_dose(table: str) -> None:
    (regimen,) = read("r.csv", table).values()
    assert (regimen["totals"], [item["status"] for item in regimen["items"]]) == ([], ["unread"])
    assert "spreadsheets make dates of" in regimen["not_assessed"][0]["reason"]


def test_a_date_of_a_workbook_is_never_a_dose() -> None:
    from datetime import datetime

    rows: list[list[object]] = [
        ["Drug", "Strength", "Dose", "Directions"],
        ["amlodipine/benazepril", datetime(2026, 5, 20), None, "1 capsule daily"],
        ["acetaminophen 500 mg tablet", None, datetime(2026, 1, 2), "every 6 hours"],
    ]
    (regimen,) = read("r.xlsx", book(("Meds", rows))).values()
    assert (regimen["totals"], [item["status"] for item in regimen["items"]]) == ([], ["unread", "unread"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2-Jan", True), ("Jan-02", True), ("20-May", True), ("May-40", True), ("2 Jan 2026", True), ("Sept-10", True), ("5/20/26", True),
        ("5/20/2026", True), ("1.2.2026", True), ("2026-01-02T00:00:00", True), ("31/12/25", True),
        ("1-2", False), ("1/2", False), ("5-20 mg", False), ("5/325", False), ("5/40/25", False), ("10/160/25", False), ("7.5-325", False),
        ("may repeat", False), ("08:00:00", False), ("0.5", False), ("", False), ("Mar", False), ("2-3 daily", False), ("1-1-1-1", False),
    ],
)  # fmt: skip
def test_is_date(cell: str, expected: bool) -> None:
    assert is_date(cell) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 mg 2-Jan tabs q6h", "2-Jan"), ("take 1-Feb caps daily", "1-Feb"), ("May-40 mg daily", "May-40"), ("1/2/2026 tablets", "1/2/2026"),
        ("amlodipine/olmesartan/HCTZ 5/40/25 mg", ""), ("Augmentin 875 mg", ""), ("decrease 2 tablets", ""), ("may 1 tablet", ""),
        ("from 1/2/2026 2 tablets daily", ""), ("started 2-Jan, 1 tab daily", ""), ("4/1.25/5 mg", ""), ("1-2 tabs", ""), ("10-12 units", ""),
    ],
)  # fmt: skip
def test_a_date_before_a_unit(text: str, expected: str) -> None:
    assert dated_count(text) == expected


STRENGTHS = [
    # the drug's name, the column of its strength: whether the name holds it, whether it holds another one
    ("acetaminophen 325 mg", "325 mg", True, False),
    ("acetaminophen 325 mg", "325MG", True, False),
    ("acetaminophen 325 mg", "25 mg", False, True),
    ("lisinopril 15 mg", "5 mg", False, True),
    ("levothyroxine 0.1 mg", "100 mcg", True, False),
    ("levothyroxine 100 mcg", "1 mg", False, True),
    ("vitamin B12 1,000 mcg", "1000 mcg", True, False),
    ("acetaminophen", "500 mg", False, False),
    ("Tylenol 8 HR 650 mg", "650 mg", True, False),
    ("Percocet 5-325", "5-325 mg", True, False),
    ("Percocet 5/325", "10-325 mg", False, False),
    ("Norco 5/325 mg", "5-325 mg", True, False),
    ("Norco 5/325 mg", "10-325 mg", False, False),
    ("insulin glargine 100 units/mL", "100 unit/mL", True, False),
    ("amoxicillin 250 mg/5 mL", "250 mg", True, False),
    ("amoxicillin 250 mg", "250 mg/5 mL", False, False),
    ("amoxicillin 250 mg/5 mL", "400 mg/5 mL", False, True),
    ("Tylenol Extra Strength", "extra strength", True, False),
    ("Tylenol", "extra strength", False, False),
    ("hydrocortisone 1% cream", "1 %", True, False),
    ("hydrocortisone 1% cream", "2.5 %", False, True),
]


@pytest.mark.parametrize(("named", "strength", "held", "other"), STRENGTHS)
def test_a_strength_beside_the_name(named: str, strength: str, held: bool, other: bool) -> None:
    assert (says(named, strength), differs(named, strength)) == (held, other)


@pytest.mark.parametrize(
    "table",
    [
        "Drug,Strength,Directions\nacetaminophen 325 mg,25 mg,2 tabs q6h\n",
        "Drug,Strength,Directions\nacetaminophen 325 mg,500 mg,2 tabs q6h\n",
        "Drug,Strength,Directions\nNorco 5/325 mg,10-325 mg,1 tab q6h\n",
        "Drug,Strength,Unit,Directions\nacetaminophen,500,tablet,2 tabs q6h\n",
        "Drug,Sig,Stop Date\nacetaminophen 500 mg,2 tabs q6h,3/1/2025\n",
    ],
)
def test_cells_that_do_not_agree_are_told(table: str) -> None:
    (regimen,) = read("r.csv", table).values()
    assert [item["status"] for item in regimen["items"]] == ["unread"]
    assert regimen["totals"] == []


def test_a_name_that_may_be_the_drug() -> None:
    with pytest.raises(InputError, match="say --map 'name=drug'"):
        read("r.json", '[{"name": "ibuprofen", "dose": "400 mg", "frequency": "tid", "patient": "A"}]')


@pytest.mark.parametrize(
    ("strength", "dose", "unit", "beside"),
    [
        ("20", "40", "mEq", "20 mEq"),
        ("25", "12.5 mg", "", "25 mg"),
        ("50", "0.1", "mg", None),
        ("100", "20", "units", None),
        ("500", "2", "tablet", "500"),
        ("20 mEq", "40", "mEq", "20 mEq"),
        ("10", "5", "mL", "10"),
        ("", "40", "mEq", ""),
        ("0", "40", "mg", None),
    ],
)
def test_a_bare_strength_takes_the_unit_of_a_dose_that_it_goes_into(
    strength: str, dose: str, unit: str, beside: str | None
) -> None:
    assert of_dose(strength, dose, unit) == beside


def test_a_bare_strength_is_never_a_count_of_tablets_or_pens() -> None:
    head = "Medication Name,Strength,Form,Dose,Dose Units,Route,Frequency\n"
    rows = "Potassium chloride,20,tablet,40,mEq,PO,BID\nInsulin glargine,100,pen,20,units,SC,nightly\n"
    regimen = read("export.csv", head + rows)[None]
    assert [(t["substance"], t["high"], t["unit"]) for t in regimen["totals"]] == [("potassium chloride", 80, "meq")]
    assert [item["status"] for item in regimen["items"]] == ["read", "unread"]
