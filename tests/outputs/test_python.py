"""What is public: its names, its short representations, its tables for notebooks, and the notebook among the examples."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import doseref

ROOT = Path(__file__).resolve().parents[2]
TWO = [
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
]


def test_what_is_public_is_there_and_in_the_reference() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert dir(doseref) == sorted(doseref.__all__)
    for name in doseref.__all__:
        assert getattr(doseref, name) is not None
        assert name == "__version__" or re.search(rf"`{name}\b", page), name
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        doseref.nothing  # noqa: B018


def test_representations_are_short_and_say_the_gravest() -> None:
    result = doseref.check([*TWO, "docusate 100 mg twice daily"])
    assert repr(result) == "<Result: 1 regimen, 3 items, 1 error, 0 warnings, 1 not assessed>"
    assert repr(result.regimens[0]) == "<Judged: 3 items, 1 error, 0 warnings>"
    assert repr(result.regimens[0].items[2]).startswith("<Item 3 ")
    assert repr(doseref.reference().substances).startswith(f"<{len(doseref.reference().substances):,} entries: '")
    assert repr(doseref.Given("aspirin 81 mg daily")) == "<Given 'aspirin 81 mg daily'>"
    assert repr(result.findings[0]).startswith("<R101 error: acetaminophen is over the maximum of 3 of 4 statements")
    assert repr(doseref.Person("ann", ())) == "<Person 'ann': 0 items>"
    assert repr(doseref.reference()) == f"<Reference {doseref.reference().directory}>"
    assert repr(result.regimens[0].totals[0]) == "<Total acetaminophen: 4,000 to 5,950 mg in 24 hours, over>"
    assert repr(doseref.parse("500 mg q6h")) == "<Dosage '500 mg q6h': read>"


def test_a_total_with_a_gap_is_nowhere_within() -> None:
    result = doseref.check(["Percocet 2 tabs q6h", "Tylenol 500 mg 2 tablets q8h"])
    total = next(t for t in result.regimens[0].totals if t.substance == "acetaminophen")
    assert total.gravest == "not-assessed"
    for shown in (repr(total), total._repr_html_(), result._repr_html_()):
        assert "within" not in shown
    assert "at least 3,000 mg" in result._repr_html_()


def test_tables_for_notebooks_hold_the_figures_and_plain_text() -> None:
    result = doseref.check([*TWO, "<script>alert(1)</script>\x1b[31m\u202e 5 mg"])
    page = result._repr_html_()
    assert "<td>acetaminophen</td><td>4,000 to 5,950 mg in 24 hours</td><td>over</td>" in page
    assert "<script" not in page and not set("\x1b\u202e") & set(page)
    assert "<td>l5-s1</td><td>maximum</td><td>3,000 mg</td><td>over</td>" in result.regimens[0].totals[0]._repr_html_()
    dosage = doseref.parse("1-2 tablets every 4-6 hours as needed for <b>pain</b>, max 8 tablets per day")._repr_html_()
    assert "1 to 2 tablets" in dosage and "8 tablets in 24 hours" in dosage and "<b>" not in dosage


def test_the_frame_has_a_row_for_everything() -> None:
    pytest.importorskip("pandas")
    result = doseref.check([*TWO, "zzyzx 5 mg daily"])
    frame = result.to_frame()
    assert list(frame["kind"].value_counts().sort_index().items())[1:3] == [("item", 3), ("not assessed", 1)]
    totals = frame[(frame["kind"] == "total") & (frame["substance"] == "acetaminophen")]
    assert {(row.low, row.high) for row in totals.itertuples()} == {(Decimal(4000), Decimal(5950))}
    assert list(frame[frame["kind"] == "finding"]["code"]) == [finding.code for finding in result.findings]


def test_the_notebook_runs_and_shows_what_it_says() -> None:
    notebook = json.loads((ROOT / "examples" / "worked.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 5
    for cell in cells:
        exec(compile(cell, "worked.ipynb", "exec"), names)
    assert all(not cell.get("outputs") for cell in notebook["cells"])


@pytest.mark.parametrize("thing", [None, b"5 mg daily", 5])
def test_what_is_no_text_is_refused_in_words(thing: object) -> None:
    with pytest.raises(doseref.UsageError, match="not a text: "):
        doseref.parse(thing)  # type: ignore[arg-type]


def test_what_is_no_list_of_items_is_refused_in_words() -> None:
    with pytest.raises(doseref.UsageError, match=r"no items: 5; give a text, or a list of texts"):
        doseref.check(5)  # type: ignore[arg-type]


def test_one_item_or_one_person_in_any_form_is_judged() -> None:
    """A Given, a mapping, or a Person whose items are texts: 4,000 mg each."""
    forms = (
        doseref.Given("paracetamol 1 g qds"),
        {"drug": "paracetamol", "sig": "1 g qds"},
        doseref.Person("ann", ("paracetamol 1 g qds",)),
        [doseref.Person("ann", (("paracetamol", "1 g qds"),))],
    )
    for form in forms:
        assert str(doseref.check(form).regimens[0].totals[0].amount) == "4,000 mg", form


def test_what_was_taken_may_be_one_text() -> None:
    (asked,) = doseref.check("paracetamol 1 g qds", now="14:00", taken="06:00 1 g").regimens[0].as_of
    assert str(asked.taken) == "1,000 mg"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: doseref.check("aspirin 81 mg daily", now="25:00"), "'25:00' is not a time of day"),
        (lambda: doseref.check("aspirin 81 mg daily", data="no-such-directory"), "no-such-directory"),
        (lambda: doseref.check_frame("drug"), "not a pandas DataFrame"),
    ],
)
def test_a_wrong_argument_is_told(wrong: object, message: str) -> None:
    with pytest.raises(doseref.DoserefError, match=message):
        wrong()  # type: ignore[operator]


def test_tables_of_your_own_by_their_directory(tmp_path: Path) -> None:
    source = next(iter(doseref.reference().sources))
    (tmp_path / "names.csv").write_text(
        f"name,substance,kind,salt_amount,base_amount,source\nExamplin,ibuprofen,brand,,,{source}\n", encoding="utf-8"
    )
    assert str(doseref.check("Examplin 400 mg tds", data=tmp_path).regimens[0].totals[0].amount) == "1,200 mg"


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"drug": "ibuprofen", "sgi": "400 mg tds"}, "not known in an item: 'sgi'; what is in it may change a dose"),
        ([{"item": "ibuprofen 400 mg tds", "max": "3", "colour": 1}], "not known in an item: 'max', 'colour'; what"),
        ({"item": "ibuprofen 400 mg tds", "drug": "aspirin"}, "an item and a drug or sig beside it"),
        ([], "there are no items; an empty list is not judged"),
        ({}, "not an item: {}"),
    ],
)
def test_what_would_be_lost_is_refused(items: object, message: str) -> None:
    with pytest.raises(doseref.UsageError, match=re.escape(message)):
        doseref.check(items)  # type: ignore[arg-type]


def test_an_item_says_its_text() -> None:
    items = doseref.check([("aspirin", "81 mg daily"), "zzyzx"]).regimens[0].items
    assert [item.text for item in items] == ["aspirin 81 mg daily", "zzyzx"]


def test_the_page_names_the_attributes_of_an_item() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| an item")]
    (item,) = doseref.check("aspirin 81 mg daily").regimens[0].items
    names = re.findall(r"`([a-z_]+)`", re.sub(r"\([^()]*\)", "", row.split("|")[2]))
    assert len(names) > 10 and all(hasattr(item, name) for name in names), names


@pytest.mark.parametrize("name", ["pregnant", "hepatic", "otc", "strict", "accept_suggestions"])
@pytest.mark.parametrize(
    ("given", "meant"),
    [(True, True), (False, False), (None, False), (1, True), (0, False), ("no", False), ("N", False), ("", False),
     ("false", False), ("yes", True), ("True", True), ("unknown", False)],
)  # fmt: skip
def test_yes_and_no_are_taken_by_their_words(name: str, given: Any, meant: bool) -> None:
    drug = ["metformin 1 g twice daily"]
    assert doseref.check(drug, **{name: given}).to_json() == doseref.check(drug, **{name: meant}).to_json()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"pregnant": "perhaps"}, "pregnant: 'perhaps' is neither yes nor no"),
        ({"pregnant": "mild"}, "pregnant: 'mild' is neither yes nor no"),
        ({"hepatic": "D"}, "hepatic: 'D' is neither yes nor no"),
        ({"hepatic": "28/40"}, "hepatic: '28/40' is neither yes nor no"),
        ({"otc": "mild"}, "otc: 'mild' is neither yes nor no"),
        ({"otc": 2}, "otc 2 is neither yes nor no; give True or False"),
        ({"otc": 1.0}, "otc 1.0 is neither yes nor no; give True or False"),
        ({"pregnant": []}, "pregnant [] is neither yes nor no; give True or False"),
        ({"country": ["GB", "US"]}, "country ['GB', 'US'] is no text; give one such as 'GB'"),
        ({"country": None}, "country None is no text; give one such as 'GB'"),
        ({"policy": ["strictest"]}, "policy ['strictest'] is no text; give one such as 'strictest'"),
        ({"data": 1}, "data 1 is neither a Reference nor the path of a directory of tables"),
        ({"step": 1}, "step 1 cannot be called; give a function without arguments"),
        ({"creatinine": 97}, "creatinine 97 mg/dL is out of range; 97 umol/L is 1.10 mg/dL"),
        ({"creatinine": "97"}, "creatinine 97 without its unit: write '97 umol/L'"),
    ],
)  # fmt: skip
def test_an_argument_of_another_kind_is_a_usage_error(given: dict[str, Any], message: str) -> None:
    with pytest.raises(doseref.UsageError) as refused:
        doseref.check(["metformin 1 g twice daily"], **given)
    assert str(refused.value) == message


def test_pregnancy_and_the_liver_have_words_of_their_own() -> None:
    told = doseref.check(["metformin 1 g twice daily"], pregnant="28/40", hepatic="mild", creatinine="97 umol/L")
    assert told.to_json()["regimens"][0]["patient"] == {"creatinine": 1.1, "pregnant": True, "hepatic": True}


@pytest.mark.parametrize("severity", [doseref.Severity.ERROR, "error"])
def test_a_severity_is_asked_for_by_itself_or_by_its_word(severity: Any) -> None:
    result = doseref.check(["paracetamol 2 g four times a day"])
    assert result.at_or_above(severity)
    for other in ("Error", "", None, True, []):
        with pytest.raises(doseref.UsageError, match="severity"):
            result.at_or_above(other)  # type: ignore[arg-type]


@pytest.mark.parametrize("person", [doseref.Person(["a"], ("aspirin",)), doseref.Person("a", 1)])  # type: ignore[arg-type]
def test_what_is_no_person_is_a_usage_error(person: doseref.Person) -> None:
    with pytest.raises(doseref.UsageError, match="not a person"):
        doseref.check([person])


def _request(drug: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "medicationCodeableConcept": {"text": drug},
        "dosageInstruction": [{"text": text}],
        **more,
    }


def test_fhir_resources_are_judged_however_they_come() -> None:
    first = _request("Paracetamol 500 mg tablets", "2 QDS", subject={"reference": "Patient/1"})
    other = _request("aspirin 81 mg", "1 tablet daily", subject={"reference": "Patient/2"})
    who = {"resourceType": "Patient", "id": "1", "gender": "female"}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": each} for each in (first, other, who)]}
    lines = "\n".join(map(json.dumps, (first, other, who)))
    wanted = [("Patient/1", "4,000 mg"), ("Patient/2", "81 mg")]
    for document in (
        bundle,
        [first, other, who],
        json.dumps(bundle),
        json.dumps(bundle).encode(),
        lines,
        lines.encode(),
    ):
        result = doseref.check(doseref.read_fhir(document))
        assert [(each.id, str(each.totals[0].amount)) for each in result.regimens] == wanted
        assert result.to_json()["regimens"][0]["patient"] == {"sex": "female"}
    assert [len(each.items) for each in doseref.read_fhir(first)] == [1]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"resourceType": "Patient"}, "the document: Patient: holds no MedicationRequest, MedicationStatement or MedicationDispense"),
        (7, "the document: not a FHIR resource: 7"),
        ("7", "the document: not a FHIR resource: 7"),
        ('"aspirin"', "the document: not a FHIR resource: 'aspirin'"),
        ("{", "the document:1:2: not JSON: Expecting property name enclosed in double quotes"),
        ([], "the document: Bundle: holds no MedicationRequest, MedicationStatement or MedicationDispense"),
    ],
)  # fmt: skip
def test_what_is_no_fhir_is_an_input_error(document: Any, message: str) -> None:
    with pytest.raises(doseref.InputError) as refused:
        doseref.read_fhir(document)
    assert str(refused.value) == message


def test_a_code_alone_is_its_ingredient_or_told_as_unknown() -> None:
    def coded(code: str) -> dict[str, Any]:
        coding = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code}
        return {**_request("", "1 g four times a day"), "medicationCodeableConcept": {"coding": [coding]}}

    regimen = doseref.check(doseref.read_fhir([coded("161"), coded("999999999")])).regimens[0]
    assert [(total.substance, str(total.amount)) for total in regimen.totals] == [("acetaminophen", "4,000 mg")]
    told = "the RxNorm code 999999999 is not known here, and no name stands beside it"
    assert (regimen.items[1].told, regimen.items[1].status) == (told, "unread")
    stopped = doseref.read_fhir([{**coded("999999999"), "status": "stopped"}])
    assert [(each.text, each.left_out) for each in stopped[0].items] == [("RxNorm 999999999", "its status is stopped")]
