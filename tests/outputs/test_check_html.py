"""The report to hand over: the answer first, every picture to scale, nothing twice, plain text of hostile names."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import doseref
from decks.deck import DECKS, Row, read
from doseref.cli.main import run as command
from doseref.findings import Severity
from doseref.lists.files import read_file
from doseref.regimen.model import Given
from doseref.reports import check_html, page, pictures
from doseref.reports.answer import sentence
from doseref.reports.check_words import word_of
from doseref.result import Person, Result
from outputs import browser

TWO = [
    "Tylenol Extra Strength 500 mg, 2 tablets every 6 hours",
    "Norco 5/325 1 tablet every 4-6 hours as needed for pain",
]
HOSTILE = [
    "<script>alert(1)</script> 5 mg daily",
    "[red]x[/red] =cmd()|'/c calc'!A1 5 mg",
    "\u202eabc\u2066 \x1b[31m 5 mg daily",
    "'\"><img src=x onerror=alert(1)>",
]
ROWS = [row for path in DECKS.values() for row in read(path)]
MADE = datetime(2026, 3, 1, 14, 5)


@pytest.fixture(scope="module")
def result() -> Result:
    return doseref.check([*TWO, "docusate 100 mg twice daily"])


def people(*several: list[str]) -> Result:
    return doseref.check([Person(f"p{n}", tuple(map(Given, items))) for n, items in enumerate(several, start=1)])


# The answer ---------------------------------------------------------------------------------------------------------


def test_the_answer_is_one_sentence_about_the_worst_and_one_about_what_was_not_assessed(result: Result) -> None:
    assert sentence(result, result.regimens[0]) == (
        "Acetaminophen is over 3 of 4 maxima (lowest 3,000 mg): 4,000 to 5,950 mg in 24 hours. "
        "Not assessed: 1 of 3 items (docusate)."
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["ibuprofen 400 mg every 8 hours"], "No error or warning in the item."),
        (["zzyzx 5 mg daily"], "Nothing was found in what was assessed. Not assessed: 1 of 1 item (zzyzx 5 mg daily)."),
        # 650 mg × 6 as needed = 0 to 3,900 mg: over the three maxima of 3,000, within that of 4,000
        (["acetaminophen 650 mg every 4 hours as needed"], "Acetaminophen may go over 3 of 4 maxima (lowest 3,000 mg): 0 to 3,900 mg in 24 hours."),
        (["ibuprofen 400 mg every 8 hours", "naproxen 250 mg twice daily"], "1 warning: duplicate class (ibuprofen, naproxen)."),
    ],
)  # fmt: skip
def test_the_answer_of_ordinary_regimens(items: list[str], expected: str) -> None:
    result = doseref.check(items)
    assert sentence(result, result.regimens[0]) == expected


def test_the_answer_never_speaks_well_of_what_was_not_read() -> None:
    for items in (["zzyzx"], ["Percocet 2 tabs q6h"], [*TWO, "???"]):
        result = doseref.check(items)
        assert "Not assessed" in sentence(result, result.regimens[0])


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_the_answer_is_never_quieter_than_the_findings(row: Row) -> None:
    result = row.check()
    said = sentence(result, result.regimens[0])
    loud = [f for f in result.findings if f.severity > Severity.INFO]
    heard = [f for f in loud if f.code not in ("R401", "R402", "R403", "R404")]
    quiet = said.startswith(("No error or warning", "Nothing was found"))
    assert not (quiet and heard), said
    if loud or result.regimens[0].not_assessed:
        assert not said.startswith("No error or warning"), said
    for total in result.regimens[0].totals:
        if total.judged and word_of(total) in ("OVER", "MAY EXCEED"):
            names = {
                result.data.name_of(total.substance, country).lower() for country in ("US", "GB", "IE", "NZ", "IN")
            }
            assert any(name in said.lower() for name in names) or "more totals are over" in said


# Pictures -----------------------------------------------------------------------------------------------------------


def test_a_bullet_is_to_scale(result: Result) -> None:
    total = next(t for t in result.regimens[0].totals if t.substance == "acetaminophen")
    found = pictures.bullet(result, total, lambda verdict: 1)
    assert found is not None
    # The articles give 500–1,000 mg every 4–6 hours at most: 6,000 mg is the highest figure; 8% of room beyond it.
    top = Decimal(6000) * Decimal("1.08")
    assert (found.low, found.high) == (round(float(4000 / top), 4), round(float(5950 / top), 4))
    assert [(tick.label, tick.at, tick.verdict) for tick in found.ticks] == [
        ("3,000", round(float(3000 / top), 4), "over"), ("4,000", round(float(4000 / top), 4), "possible"),
    ]  # fmt: skip
    assert found.usual is not None and found.usual[1] == round(float(6000 / top), 4)
    assert found.words.startswith(
        "4,000 to 5,950 mg in 24 hours against 3,000 (maximum, over); 4,000 (maximum, possible)"
    )


def test_the_day_shows_given_times_parts_of_the_day_and_evenly_spread_doses() -> None:
    result = doseref.check(
        ["prednisone 10 mg at 08:00", "amitriptyline 25 mg at bedtime", *TWO, "methotrexate 10 mg weekly"]
    )
    day = pictures.day(result.regimens[0])
    assert day is not None and day.worst == "" and day.first_hour == 0
    rows = {row.item: row for row in day.rows}
    assert [(m.at, m.kind, m.sure) for m in rows[1].marks] == [(round(8 / 24, 4), "stated", True)]
    assert [(m.at, m.kind) for m in rows[2].marks] == [(round(22 / 24, 4), "part")]
    # every 6 hours from 08:00: 02, 08, 14, 20
    assert [m.at for m in rows[3].marks] == [round(hour / 24, 4) for hour in (2, 8, 14, 20)]
    # as needed, at most 6 a day: every 4 hours, none of them sure
    assert [(m.kind, m.sure) for m in rows[4].marks] == [("spread", False)] * 6
    assert (rows[5].marks, rows[5].note) == ((), "1 × per week")


def test_doses_of_a_day_without_times_are_drawn_where_people_are_awake() -> None:
    """Three times daily was drawn at 00:20, 08:00 and 16:00; only every 8 hours goes through the night."""
    result = doseref.check(
        ["ibuprofen 400 mg three times daily", "ibuprofen 400 mg every 8 hours", "zinc 5 mg twice daily"]
    )
    day = pictures.day(result.regimens[0])
    assert day is not None
    hours = [[round(mark.at * 24) for mark in row.marks] for row in day.rows]
    assert hours == [[8, 14, 20], [0, 8, 16], [8, 20]]
    assert {mark.kind for mark in day.rows[0].marks} == {"waking"}
    assert "14:00 (over the waking day)" in check_html.render(result)


def test_the_worst_window_is_named_and_the_axis_begins_with_it() -> None:
    # 60 mg at 22:00 on Mondays meets 60 mg at 06:00 on Tuesdays: 120 mg within 24 hours, on no calendar day.
    result = doseref.check(["prednisone 60 mg on Mondays at 22:00", "prednisone 60 mg on Tuesdays at 06:00"])
    total = next(t for t in result.regimens[0].totals if t.per.is_day)
    if not total.when.startswith("24 hours from"):
        pytest.skip(f"told as {total.when!r}")
    day = pictures.day(result.regimens[0])
    assert day is not None and day.first_hour == 22
    assert f"The day: the worst {day.worst}" in check_html.render(result)


# The page -----------------------------------------------------------------------------------------------------------


def test_the_first_screen_then_the_pictures_then_what_it_was_judged_by(result: Result) -> None:
    page = check_html.render(result, MADE)
    order = [page.index(text) for text in (
        "Acetaminophen is over 3 of 4 maxima", "OVER</span> acetaminophen", "<svg class='bullet'", "Not assessed</h3>", "<svg class='strip'",
        "Reviewed by", "<h2>Sources</h2>", "<h2>Judged by</h2>", f"doseref {doseref.__version__}, data",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "1 March 2026, 14:05." in page
    assert "Policy strictest; country US, prescription labels." in page


def test_sources_are_numbered_once_and_every_number_leads_to_one(result: Result) -> None:
    page = check_html.render(result)
    listed = re.findall(r"<li>", page.partition("<ol class='refs'>")[2].partition("</ol>")[0])
    numbers = {
        int(n)
        for group in re.findall(r"\[([\d,]+)…?\]", page.partition("<ol class='refs'>")[0])
        for n in group.split(",")
    }
    assert numbers == set(range(1, len(listed) + 1))
    assert "Lumbar nerve root compression at the L4–L5 level" in page and "2025-05-20" in page


def test_nothing_is_said_twice(result: Result) -> None:
    page = check_html.render(result)
    for finding in result.findings:
        assert page.count(finding.message) <= 1, finding.message
    assert "R405" not in page and "R301" not in page  # their sections say it


def test_shared_side_effects_are_a_grid_of_substance_and_class() -> None:
    page = check_html.render(doseref.check(["ibuprofen 400 mg q8h", "aspirin 81 mg daily", "sertraline 50 mg daily"]))
    table = page.partition("<table class='grid'>")[2].partition("</table>")[0]
    assert re.findall(r"<th scope='col'>([^<]+)", table) == ["Effect", "ibuprofen", "aspirin", "sertraline"]
    bleeding = next(row for row in table.split("<tr>") if "Bleeding / haemostasis" in row)
    assert bleeding.count("●") == 3


def test_a_wide_grid_has_its_names_upright_and_is_never_cut_on_paper() -> None:
    items = [
        "ibuprofen 400 mg q8h",
        "aspirin 81 mg daily",
        "sertraline 50 mg daily",
        "prednisone 10 mg daily",
        "warfarin 5 mg daily",
        "naproxen 250 mg bid",
    ]
    assert "<table class='grid tall'>" in check_html.render(doseref.check(items))
    assert "<table class='grid'>" in check_html.render(doseref.check(items[:3]))
    style = check_html.render(doseref.check(items)).partition("@media print{")[2]
    assert ".scroll{overflow:visible}" in style


def test_who_it_is_and_when_the_next_dose_fits() -> None:
    # 1 g at 08:00 and at 12:00: 2 g of 3 g, and 6 hours after 12:00 is 18:00
    page = check_html.render(
        doseref.check(
            ["acetaminophen 1 g every 6 hours as needed"],
            now="14:30",
            taken=["08:00 1 g, 12:00 1 g"],
            age=70,
            sex="female",
        )
    )
    assert "70 years, female" in page
    assert "AS OF 14:30  acetaminophen: 2,000 mg taken in the last 24 hours of at most 3,000 mg" in page
    assert "one more dose (1,000 mg) fits from 18:00" in page


def test_many_people_are_an_index_with_filters_and_a_small_file() -> None:
    result = people(*[[*TWO, "zzyzx 3 mg"] if n % 2 else ["ibuprofen 400 mg q8h"] for n in range(100)])
    page = check_html.render(result)
    assert len(page) < 100 * 2_500
    assert page.count("<li class='lazy") == 100
    assert page.count("class='lazy has-error has-unassessed'") == 50
    assert "<svg" not in page
    assert page.count("Acetaminophen is over 3 of 4 maxima") == 50


def test_a_directory_gets_an_index_and_a_file_for_each_person(tmp_path: Path) -> None:
    listed = tmp_path / "r.txt"
    listed.write_text("[a]\nibuprofen 400 mg q8h\n[b]\nacetaminophen 1 g q4h\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        command(["check", "-f", str(listed), "--format", "html", "--output", f"{tmp_path}/out/"])
    assert ended.value.code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "index.html",
        "person-0001.html",
        "person-0002.html",
    ]
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "2 people, 2 items, 1 error" in index
    assert "1 person, 1 item, 1 error" in (tmp_path / "out" / "person-0002.html").read_text(encoding="utf-8")
    assert "href='person-0002.html'" in index and "Acetaminophen is over 4 of 4 maxima" in index
    assert "OVER</span> acetaminophen" in (tmp_path / "out" / "person-0002.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("many", [False, True])
def test_hostile_text_is_plain_text(many: bool) -> None:
    page = check_html.render(people(*([HOSTILE] * (60 if many else 2))))
    assert "<script" not in page and "<img" not in page and "onerror=alert(1)&gt;" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "[red]x[/red] =cmd()" in page
    assert not set("\u202e\u2066\x1b") & set(page)


def test_a_text_report_does_not_import_the_templates() -> None:
    code = (
        "import sys\nfrom doseref.cli.main import run\n"
        "try:\n    run(['check', 'ibuprofen 400 mg every 8 hours'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('jinja2', 'markupsafe', 'matplotlib', 'starlette') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"


# In a browser -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("count", [1, 3, 45])
def test_axe_finds_nothing(width: int, count: int, tmp_path: Path) -> None:
    page = check_html.render(people(*([[*TWO, "aspirin 81 mg daily", "sertraline 50 mg daily", "zzyzx 5 mg"]] * count)))
    assert browser.axe(page, tmp_path, width) == []


def test_nothing_is_wider_than_a_telephone(tmp_path: Path) -> None:
    items = [
        *TWO,
        "aspirin 81 mg daily",
        "ibuprofen 400 mg q8h",
        "sertraline 50 mg daily",
        "prednisone 10 mg daily",
        "x" * 300,
    ]
    assert browser.overflow(check_html.render(people(items, items)), tmp_path) == 0


def test_three_people_are_at_most_four_pages_of_paper(tmp_path: Path) -> None:
    page = check_html.render(people([*TWO, "docusate 100 mg twice daily"], ["ibuprofen 400 mg tid", "acetaminophen 500 mg q8h prn"],
                                    ["alendronate 70 mg once daily", "vitamin D 2000 IU daily"]))  # fmt: skip
    assert 1 <= browser.sheets(page, tmp_path) <= 4


def test_the_filters_of_the_index_hide_the_others_without_a_script(tmp_path: Path) -> None:
    groups = ([*TWO], ["zzyzx 3 mg daily"], ["ibuprofen 400 mg q8h"])  # an error; a warning, not assessed; neither
    page = check_html.render(people(*[groups[n % 3] for n in range(60)]))
    with browser.shown(page, tmp_path) as shown:
        counts = []
        for label in ("everybody", "errors", "errors and warnings", "not all assessed"):
            shown.get_by_label(label, exact=True).check()
            counts.append(sum(row.is_visible() for row in shown.locator("li.lazy").all()))
        assert counts == [60, 20, 40, 20]
        shown.get_by_label("errors", exact=True).check()
        assert "Acetaminophen is over" in shown.locator("li.lazy:visible").first.text_content()


@pytest.mark.parametrize(
    ("items", "facts", "told"),
    [
        (
            ["Ibuprofen 100 mg/5 mL, 20 mL every 6 hours"],
            {"age": 6, "weight": 20},
            "too much for this person (ibuprofen)",
        ),
        (["Metformin 1000 mg twice daily"], {"egfr": 22}, "not for this person (metformin)"),
    ],
)
def test_the_sentence_tells_a_dose_from_a_drug(items: list[str], facts: dict[str, Any], told: str) -> None:
    assert f"1 error: {told}." in check_html.render(doseref.check(items, **facts))


def test_what_rests_on_a_source_names_its_number_and_is_told_once() -> None:
    """The gravest first; a finding's source is in the list at the end; an item that was read in part has one warning."""
    items = [
        "Gabapentin 600 mg three times daily", "Tramadol 50 mg every 6 hours", "Lisinopril 20 mg daily",
        "Hydrochlorothiazide/Triamterene 25 mg/37.5 mg one tablet every morning with a hat",
    ]  # fmt: skip
    page = check_html.render(doseref.check(items, egfr=38))
    assert page.index("R101 <bdi>gabapentin") < page.index("R301 <bdi>gabapentin and tramadol")
    assert page.count("R403 ") == 1
    number = re.search(r"R301 <bdi>gabapentin and tramadol.*?</bdi> \[(\d+)\]", page)
    assert number is not None
    listed = page[page.index("<h2>Sources</h2>") :].split("<li>")
    assert "gabapentin and pregabalin" in listed[int(number[1])]


def test_dates_and_options_stay_on_one_line(tmp_path: Path) -> None:
    """A browser breaks a line behind any hyphen: "2025-05-" at the end of one, "20" on the next."""
    made = check_html.render(doseref.check(["DayQuil 2 capsules every 4 hours", "ibuprofen 400 mg daily"]))
    assert "judges by them" not in made and "<span class='nb'>2025-05-20</span>" in made
    assert page.environment().from_string("{{ text|whole }}").render(
        text="<b>2025-05 --a 12025-05-20 x--otc -—<i>"
    ) == ("&lt;b&gt;<span class='nb'>2025-05</span> --a 12025-05-20 x--otc -—&lt;i&gt;")
    for width in (320, 360, 390, 420):
        with browser.shown(made, tmp_path, width) as shown:
            assert shown.evaluate("Array.from(document.querySelectorAll('.nb'), e => e.getClientRects().length)").count(
                1
            ) == made.count("class='nb'")
            assert browser.wider(shown) == 0


def test_items_of_columns_stand_on_the_sheet_as_they_were_written(tmp_path: Path) -> None:
    """Whoever signs compares the dose as written with the dose as read; the drug's name alone was shown."""
    path = tmp_path / "ward.csv"
    path.write_text("drug,dose,route,frequency\nEnoxaparin,80 mg,SC,BD\n", encoding="utf-8")
    people = [doseref.Person(name, tuple(own)) for name, own in read_file(str(path))]
    assert "Enoxaparin · dose 80 mg · route SC · frequency BD" in check_html.render(doseref.check(people))
