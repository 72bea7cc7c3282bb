"""Which limits speak: the cases of docs/how-limits-apply.md, the laws, and that nobody else compares a limit's scope."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import doseref
from doseref.refdata import Reference, reference
from doseref.regimen.bench import Bench
from doseref.regimen.person import Patient
from doseref.regimen.scope import informs, silent
from doseref.regimen.taken import Taken

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-limits-apply.md"
RANK = {"within": 0, "possible": 1, "over": 2}


def _cases() -> list[tuple[str, str, str]]:
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return [(row[0].strip().strip("`"), row[1].strip().strip("`"), row[2].strip()) for row in rows]


def _options(words: str) -> dict[str, object]:
    given = words.split()
    found: dict[str, object] = {"otc": "--otc" in given}
    for option, name in (
        ("--country", "country"),
        ("--as-of", "as_of"),
        ("--source", "policy"),
        ("--policy", "policy"),
    ):
        if option in given:
            found[name] = given[given.index(option) + 1]
    for option in ("--age", "--egfr", "--weight"):
        if option in given:
            found[option.removeprefix("--")] = int(given[given.index(option) + 1])
    return found | ({"pregnant": True} if "--pregnant" in given else {})


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case[0]} {case[1]}")
def test_the_page_says_what_the_program_does(case: tuple[str, str, str]) -> None:
    items, options, expected = case
    result = doseref.check(items.split(" + "), **_options(options))
    codes = sorted({f"{f.code} {f.severity.word}" for f in result.findings if f.severity.word != "info"})
    assert (", ".join(codes) or "nothing") == expected, [f.message for f in result.findings]


def test_the_page_has_cases() -> None:
    assert len(_cases()) >= 20


SCOPE_FIELDS = "country|status|release|population|adult|superseded|verification|vintage|strengths|age_low_years|egfr_low|route_kind"


def test_no_rule_compares_a_limits_scope_itself() -> None:
    """The scope of a limit is compared in regimen/scope.py alone."""
    wanted = re.compile(rf"\blimit\.(?:{SCOPE_FIELDS})\b")
    rules = [*(ROOT / "src/doseref/checks").glob("regimen/*.py"), *(ROOT / "src/doseref/checks").glob("article/*.py")]
    core = [ROOT / "src/doseref/regimen" / name for name in ("judge.py", "products.py")]
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in rules + core
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line) and not (path.name == "judge.py" and "part alone" in line)
    ]
    assert len(rules) > 30 and found == []


TEXTS = (
    "tramadol ER 400 mg daily", "tramadol 50 mg daily as needed", "acetaminophen 1 g every 6 hours", "ibuprofen 800 mg every 6 hours",
    "Norco 5/325 3 tablets twice daily", "duloxetine 130 mg once daily", "alendronate 10 mg twice daily", "alendronate 70 mg once weekly",
    "ketorolac 30 mg IM every 6 hours for 3 days", "ketorolac 10 mg every 6 hours for 4 days", "methocarbamol 1500 mg four times daily",
    "Nurofen Plus 3 tablets twice daily", "vitamin D 5000 IU daily", "pregabalin 300 mg three times daily", "codeine 60 mg every 4 hours",
    "tramadol 100 mg every 4 hours", "Ultracet 1 tablet every 4 hours as needed", "gabapentin 600 mg every 4 hours",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.sampled_from(TEXTS), st.sampled_from(("US", "GB")))
def test_adding_an_item_lowers_no_verdict(items: list[str], more: str, country: str) -> None:
    """A law: of every substance and period the worst verdict stays at least as bad."""

    def worst(texts: list[str]) -> dict[tuple[str, str, str], int]:
        found: dict[tuple[str, str, str], int] = {}
        for total in doseref.check(texts, country=country).regimens[0].totals:
            for verdict in total.judged:
                key = (total.substance, total.route, str(total.per))
                found[key] = max(found.get(key, 0), RANK[verdict.judgement] if verdict.limit.basis == "maximum" else 0)
        return found

    before, after = worst(items), worst([*items, more])
    assert all(after.get(key, -1) >= value for key, value in before.items()), (before, after)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alendronate 10 mg 1-0-1", "alendronate 0.01 g 1-0-1"),
        ("alendronate 10 mg tablet, 2 tablets daily", "alendronate 10000 mcg tablet, 2 tablets daily"),
        ("acetaminophen 1000 mg every 6 hours", "acetaminophen 1 g every 6 hours"),
    ],
)
def test_units_change_nothing(one: str, other: str) -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return [(v.limit.statement, v.judgement) for v in doseref.check([text]).regimens[0].totals[0].verdicts]

    assert told(one) == told(other)


@pytest.mark.parametrize("text", TEXTS)
def test_a_source_left_out_by_an_option_is_in_no_finding(text: str) -> None:
    data = reference()
    for options in ({"as_of": "2020-01-01"}, {"policy": "l4-l5"}):
        result = doseref.check([text], **options)
        for finding in result.findings:
            if finding.code in ("R301", "R302"):
                continue
            for key in finding.sources:
                source = data.sources[key]
                assert options.get("policy") in (None, key)
                assert not source.date or source.date[:10] <= options.get("as_of", "9999")[: len(source.date)]


def _all_limits(data: Reference) -> list[doseref.limits.Limit]:
    return [limit for key in data.limits for limit in data.limits[key]]


def test_every_limit_is_heard_or_said_why_not() -> None:
    """Held against just what it is about, every limit speaks on some bench; on the usual one it speaks or has its reason."""
    data = reference()
    for limit in _all_limits(data):
        taken = Taken(
            limit.substance, frozenset((limit.route_kind,)), frozenset((limit.route,)), frozenset((limit.release,)), (),
            frozenset(limit.products), frozenset((limit.per.usual(),)) if limit.per else frozenset(),
        )  # fmt: skip
        age = limit.age_low_years
        source = data.sources[limit.source]
        country = limit.country or source.country or "US"
        bench = Bench(
            country=country, otc=limit.status == "otc", patient=Patient(age=age if age and age >= 18 else None)
        )
        aspect = "amount" if limit.amount is not None and limit.per is not None else "period"
        reason = silent(limit, taken, bench, data, aspect)
        if limit.superseded:
            assert reason.startswith("replaced")
        elif limit.egfr_low is not None or limit.egfr_high is not None:
            assert reason == "other kidney function"
        elif not limit.adult and limit.age_low_years is None:
            assert reason.startswith("other people")
        else:
            assert reason == "", (limit.statement, reason)
        assert informs(limit, data) or limit.kind == "maximum"


def test_a_loading_phase_judges_the_loading_days_and_the_rest_the_others() -> None:
    result = doseref.check(["Robaxin 750 mg, 2 tablets four times daily for 14 days"])
    told = {(v.limit.source, str(v.limit.amount)): (v.judgement, v.reason) for v in result.regimens[0].totals[0].judged}
    assert told[("l2-l3", "6000")] == ("within", "day 1 only")
    assert told[("l2-l3", "3000")] == ("over", "from day 2 on")
    one_day = doseref.check(["Robaxin 750 mg, 2 tablets four times daily for 1 day"])
    assert {v.judgement for v in one_day.regimens[0].totals[0].judged} == {"within"}


def label_verdicts(text: str, **options: object) -> dict[str, tuple[str, str]]:
    (total,) = doseref.check([text], **options).regimens[0].totals
    return {v.limit.statement: (v.judgement, v.reason) for v in total.verdicts if not v.limit.article}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "apixaban 5 mg twice daily",
            "the label states no maximum; above 10 mg in 24 hours from day 8 on is not recommended or was not studied",
        ),
        ("azithromycin 500 mg daily", "the label states no maximum; its usual dose is at most 2,000 mg in 24 hours"),
    ],
)
def test_why_nothing_judges_is_a_reason(text: str, reason: str) -> None:
    """Not the days that a limit which only informs is about ("from day 8 on")."""
    (total,) = doseref.check([text]).regimens[0].totals
    assert total.reason == reason


def test_a_limit_of_the_first_days_makes_no_longer_course_within() -> None:
    """The label: 8 g a day in the first 72 hours, about 4 g after that."""
    key = "methocarbamol-us-rx"
    assert label_verdicts("methocarbamol 2 g four times daily for 3 days")[key] == ("within", "the first 3 days")
    longer = ("not-assessed", "the limit is for the first 3 days, and it may be taken longer")
    assert label_verdicts("methocarbamol 2 g four times daily for 4 days")[key] == longer
    assert label_verdicts("methocarbamol 1 g four times daily")[key] == longer
    assert label_verdicts("methocarbamol 2.5 g four times daily")[key] == ("over", "the first 3 days")
    (total,) = doseref.check(["methocarbamol 1 g four times daily"], policy="l2-l3").regimens[0].totals
    assert {v.limit.source for v in total.judged} == {"l2-l3"}


def test_the_highest_label_limit_of_each_day_decides() -> None:
    """Celecoxib: 600 mg on the first day, 400 mg a day after it."""
    told = label_verdicts("celecoxib 200 mg three times daily")
    assert told["celecoxib-us-rx-first-day"] == ("within", "day 1 only")
    assert told["celecoxib-us-rx"] == ("over", "from day 2 on")
    assert label_verdicts("celecoxib 200 mg twice daily")["celecoxib-us-rx"] == ("within", "from day 2 on")


def test_what_the_options_leave_aside_is_said_in_one_line() -> None:
    assert doseref.check(["ibuprofen 400 mg tds"]).left_aside == ""
    told = doseref.check(["paracetamol 1 g four times daily"], country="GB").left_aside
    assert "for US" in told and "\n" not in told


def test_an_age_bound_holds_until_the_next_birthday() -> None:
    data = reference()
    limit = next(each for each in data.limits["calcium"] if each.statement == "calcium-us-2011-19-to-50")
    taken = Taken(
        "calcium",
        frozenset(("systemic",)),
        frozenset(("",)),
        frozenset(("",)),
        (),
        frozenset(),
        frozenset((limit.per,)),
    )
    from decimal import Decimal

    assert silent(limit, taken, Bench(patient=Patient(age=Decimal("50.9"))), data) == ""
    assert silent(limit, taken, Bench(patient=Patient(age=Decimal(51))), data).startswith("other age")


@pytest.mark.parametrize(
    "item", ["methotrexate 10 mg inject daily", "Ozempic 1 mg inject daily", "Trulicity 1.5 mg inject every day"]
)
def test_what_is_injected_is_held_against_what_is_said_of_injections(item: str) -> None:
    """Into what it is injected is not said; weekly under the skin is weekly all the same."""
    found = doseref.check([item]).findings
    assert "R107" in {each.code for each in found if each.severity.word == "error"}
    assert "R406" not in {each.code for each in found}
