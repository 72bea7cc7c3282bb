"""What is public: its names, its short representations, its tables for notebooks, and the notebook among the examples."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

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
    assert repr(result.regimens[0]) == "<Judged None: 3 items, 1 error, 0 warnings>"
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
