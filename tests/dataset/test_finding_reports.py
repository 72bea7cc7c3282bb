"""The generic renderers: any findings, also hostile ones, in the words of other programs."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from doseref.findings import Finding, Location, Severity
from doseref.reports import findings_text, github, junit, sarif

PLAIN = Finding(
    "R101",
    "over-maximum",
    Severity.ERROR,
    "acetaminophen is over",
    items=(1,),
    working="2 × 500 mg × 4 = 4,000 mg",
    mend="take less",
)
PLACED = Finding(
    "A101", "conflicting-maximum", Severity.WARNING, "two maxima",
    locations=(Location("a b/50%.txt", 3, 5, 9, "x"), Location("c.txt", 7)), mend="choose one",
)  # fmt: skip
CELL = Finding(
    "A302", "unreadable-dosage", Severity.INFO, "not read", locations=(Location("a.docx", cell="table 1, row 2"),)
)
ALL = [PLAIN, PLACED, CELL]


def test_github() -> None:
    assert github.render(ALL) == (
        "::error title=R101 over-maximum::acetaminophen is over%0A2 × 500 mg × 4 = 4,000 mg%0Atake less\n"
        "::warning file=a b/50%25.txt,line=3,col=5,endColumn=9,title=A101 conflicting-maximum::two maxima%0Achoose one\n"
        "::notice file=a.docx,title=A302 unreadable-dosage::table 1, row 2: not read\n"
    )


def test_text() -> None:
    assert findings_text.render(ALL) == (
        "error R101 acetaminophen is over\n"
        "    2 × 500 mg × 4 = 4,000 mg\n"
        "    mend: take less\n"
        "a b/50%.txt:3:5: warning A101 two maxima\n"
        "    see also c.txt:7\n"
        "    mend: choose one\n"
        "a.docx (table 1, row 2): info A302 not read\n"
    )
    assert "\x1b[31merror\x1b[0m" in findings_text.render(ALL, colour=True)
    assert findings_text.summary(ALL) == {"errors": 1, "warnings": 1, "infos": 1}
    assert [findings_text.counted(n, "error") for n in (0, 1, 1200)] == ["0 errors", "1 error", "1,200 errors"]


def test_sarif() -> None:
    (run,) = json.loads(sarif.render(ALL, version="1.0"))["runs"]
    assert run["tool"]["driver"]["version"] == "1.0"
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert "locations" not in run["results"][0]
    physical = run["results"][1]["locations"][0]["physicalLocation"]
    assert physical == {
        "artifactLocation": {"uri": "a%20b/50%25.txt"},
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 9},
    }
    assert run["results"][1]["relatedLocations"] == [
        {"id": 1, "physicalLocation": {"artifactLocation": {"uri": "c.txt"}, "region": {"startLine": 7}}}
    ]
    assert run["results"][2]["locations"][0]["logicalLocations"] == [{"name": "table 1, row 2"}]


def test_junit_counts_as_failures_what_is_to_fail() -> None:
    for fail_on, failures in ((None, "0"), (Severity.ERROR, "1"), (Severity.WARNING, "2"), (Severity.INFO, "3")):
        root = ET.fromstring(junit.render(ALL, suite='a "b" <c>', fail_on=fail_on))
        assert (root.get("tests"), root.get("failures")) == ("3", failures)
        assert root[0].get("name") == 'a "b" <c>'
    assert "a b/50%.txt:3:5: warning A101 two maxima\n  choose one" in junit.render(ALL)


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_stays_inside_its_frame(message: str, path: str) -> None:
    hostile = [Finding("D103", "cell", Severity.ERROR, message, locations=(Location(path, 1, 1, 2),), mend=message)]
    assert len(github.render(hostile).split("\n")) == 2
    assert json.loads(sarif.render(hostile))["runs"][0]["results"][0]["message"]["text"].startswith(message)
    ET.fromstring(junit.render(hostile))
    assert "\x1b" not in findings_text.render(hostile)
