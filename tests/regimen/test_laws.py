"""Laws that hold for every regimen, whatever it is made of."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import doseref
from doseref.findings import Severity
from doseref.regimen.judged import Judged
from doseref.regimen.model import RANK, Total
from law_size import examples

DRUGS = {
    "acetaminophen": (325, 500, 650, 1000),
    "ibuprofen": (200, 400, 600, 800),
    "naproxen": (250, 375, 500),
    "naproxen sodium": (220, 275, 550),
    "gabapentin": (100, 300, 600, 1200),
    "tramadol": (50, 100, 150),
    "baclofen": (5, 10, 25),
    "codeine": (15, 30, 60),
    "oxycodone": (5, 10, 20),
    "docusate": (100,),
}
PRODUCTS = ("Norco 5/325 1 tablet", "Norco 10/325 2 tablets", "Tylenol Extra Strength 2 caplets", "Excedrin Migraine 2 tablets",
            "Percocet 5/325 1 to 2 tablets", "Aleve 1 tablet", "NyQuil Liquid 30 mL", "DayQuil LiquiCaps 2 capsules")  # fmt: skip
FREQUENCIES = ("once daily", "twice daily", "three times daily", "four times daily", "every 4 hours", "every 5 hours", "every 6 hours",
               "every 4 to 6 hours", "every 8 to 12 hours", "at bedtime", "in the morning and at night", "at 08:00, 14:00 and 22:00")  # fmt: skip
PERIODS = ("28 times a week", "8 times per 48 hours", "twice every 6 hours", "every 100 minutes", "3 times a week", "every 36 hours",
           "every 6 hours on weekends", "on Monday and Friday at bedtime", "twice weekly")  # fmt: skip
PHASED = (
    "for 3 days, then 200 mg once daily",
    "for 3 to 5 days, then 300 mg twice daily",
    "once daily, titrate to 1,200 mg/day",
)

law = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def drug_lines(draw: st.DrawFn) -> str:
    """``Ibuprofen 400 to 600 mg every 6 hours as needed``."""
    name = draw(st.sampled_from(sorted(DRUGS)))
    low = draw(st.sampled_from(DRUGS[name]))
    high = draw(st.sampled_from(DRUGS[name]))
    dose = f"{low} to {high} mg" if high > low else f"{low} mg"
    prn = draw(st.sampled_from(("", "", " as needed")))
    return f"{name} {dose} {draw(st.sampled_from(FREQUENCIES))}{prn}"


constant = st.one_of(
    drug_lines(), st.builds(lambda p, f: f"{p} {f}", st.sampled_from(PRODUCTS), st.sampled_from(FREQUENCIES))
)
phased = st.builds(
    lambda name, dose, rest: f"{name} {dose} mg {'every 6 hours ' if rest.startswith('for') else ''}{rest}",
    st.sampled_from(("acetaminophen", "ibuprofen", "gabapentin")), st.sampled_from((200, 300, 400, 600)), st.sampled_from(PHASED),
)  # fmt: skip
weekly = st.sampled_from(
    (
        "ibuprofen 400 mg on Monday",
        "alendronate 70 mg once weekly",
        "acetaminophen 500 mg on Monday and Friday at bedtime",
    )
)
lines = st.one_of(constant, constant, phased, weekly)


def judge(items: list[str], policy: str = "strictest") -> Judged:
    return doseref.check(items, policy=policy).regimens[0]


def key(total: Total) -> tuple[str, str, str]:
    return total.substance, total.route, str(total.per)


def by_key(regimen: Judged) -> dict[tuple[str, str, str], Total]:
    return {key(total): total for total in regimen.totals}


def told(regimen: Judged) -> list[tuple[str, int, tuple[str, ...]]]:
    """What the findings say, without item numbers and the order of substances."""
    return sorted((f.code, int(f.severity), tuple(sorted(f.substances))) for f in regimen.findings)


def verdicts(regimen: Judged) -> dict[tuple[str, str, str, str], str]:
    return {(*key(t), v.limit.statement + v.limit.route): v.judgement for t in regimen.totals for v in t.verdicts}


@law
@given(st.lists(lines, min_size=1, max_size=4), lines)
def test_adding_an_item_never_lowers_a_total_or_a_verdict(items: list[str], more: str) -> None:
    before, after = judge(items), judge([*items, more])
    known = by_key(after)
    for total in before.totals:
        assert known[key(total)].amount.high >= total.amount.high
    worse = verdicts(after)
    for place, judgement in verdicts(before).items():
        # A limit for a product or a release alone may cease to speak once something else adds to the total.
        if judgement != "not-assessed" and worse.get(place, "not-assessed") != "not-assessed":
            assert RANK[worse[place]] >= RANK[judgement]


@law
@given(st.lists(constant, min_size=1, max_size=4), constant)
def test_adding_a_steady_item_never_lowers_the_low_end(items: list[str], more: str) -> None:
    before, after = judge(items), by_key(judge([*items, more]))
    for total in before.totals:
        assert after[key(total)].amount.low >= total.amount.low


@law
@given(
    st.lists(constant, min_size=1, max_size=3),
    st.sampled_from(sorted(DRUGS)),
    st.integers(50, 3000),
    st.integers(1, 5),
    st.integers(1, 3),
)
def test_more_never_removes_an_over_maximum(items: list[str], name: str, dose: int, times: int, factor: int) -> None:
    def over(each: int, count: int) -> set[str]:
        regimen = judge([*items, f"{name} {each} mg {count} times daily"])
        return {substance for f in regimen.findings if f.code == "R101" for substance in f.substances}

    before = over(dose, times)
    assert before <= over(dose * factor, times)
    assert before <= over(dose, times + factor)


@law
@given(st.lists(lines, min_size=2, max_size=5).flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_of_items_changes_nothing(pair: tuple[list[str], list[str]]) -> None:
    one, other = (judge(items) for items in pair)
    assert {k: t.amount for k, t in by_key(one).items()} == {k: t.amount for k, t in by_key(other).items()}
    assert verdicts(one) == verdicts(other)
    assert told(one) == told(other)


@law
@given(
    st.lists(constant, max_size=2), st.sampled_from(sorted(DRUGS)), st.integers(1, 4000), st.sampled_from(FREQUENCIES)
)
def test_equal_units_change_nothing(items: list[str], name: str, dose: int, frequency: str) -> None:
    grams = f"{Decimal(dose) / 1000:f}"
    written = (
        f"{dose} mg",
        f"{dose:,} MG",
        f"{grams} g",
        f"{dose}000 mcg",
        f"{dose * 1000:,} micrograms",
        f"{dose} milligrams",
    )
    outcomes = [judge([*items, f"{name} {each} {frequency}"]) for each in written]
    first = outcomes[0]
    for other in outcomes[1:]:
        assert [(key(t), t.amount) for t in other.totals] == [(key(t), t.amount) for t in first.totals]
        assert verdicts(other) == verdicts(first)
        assert told(other) == told(first)


@law
@given(drug_lines().filter(lambda line: "as needed" not in line))
def test_as_needed_bounds_contain_the_scheduled_case(line: str) -> None:
    scheduled, needed = judge([line]).totals, by_key(judge([f"{line} as needed"]))
    for total in scheduled:
        bounds = needed[key(total)].amount
        assert bounds.low == 0
        assert bounds.high == total.amount.high


@law
@given(st.lists(lines, min_size=1, max_size=4))
def test_the_strictest_policy_is_never_milder(items: list[str]) -> None:
    strict, lax = judge(items), judge(items, "most-permissive")

    def worst(regimen: Judged) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for finding in regimen.findings:
            if finding.code in ("R101", "R102"):
                for substance in finding.substances:
                    found[substance] = max(found.get(substance, Severity.INFO), finding.severity)
        return found

    strictest = worst(strict)
    for substance, severity in worst(lax).items():
        assert strictest.get(substance, Severity.INFO) >= severity
    assert not strict.findings or max(f.severity for f in strict.findings) >= max(
        (f.severity for f in lax.findings), default=Severity.INFO
    )


@law
@given(lines)
def test_an_item_alone_twice_is_twice_the_amount(line: str) -> None:
    once, twice = judge([line]), by_key(judge([line, line]))
    assume(once.totals)
    for total in once.totals:
        assert twice[key(total)].amount.high == 2 * total.amount.high


@law
@given(
    st.sampled_from(sorted(DRUGS)), st.integers(1, 900), st.integers(2, 9), st.sampled_from((*FREQUENCIES, *PERIODS)),
    st.sampled_from(("", " as needed")),
)  # fmt: skip
def test_a_dose_times_a_number_is_the_total_times_it(name: str, dose: int, factor: int, often: str, prn: str) -> None:
    one, more = (judge([f"{name} {each} mg {often}{prn}"]) for each in (dose, dose * factor))
    scaled = by_key(more)
    for total in one.totals:
        made, wanted = scaled[key(total)].amount, total.amount.scaled(factor)
        # a salt of which 200/220 is base has no exact decimal
        assert abs(made.low - wanted.low) + abs(made.high - wanted.high) < Decimal("1e-15")


@law
@given(st.lists(lines, min_size=1, max_size=4), lines)
def test_an_added_item_never_takes_a_finding_away(items: list[str], more: str) -> None:
    """What was told as an error or a warning of a substance is told of it still, at least as gravely; a may-exceed can become an over."""
    before, after = judge(items), judge([*items, more])
    for finding in before.findings:
        if finding.severity >= Severity.WARNING:
            # What the total tells is not told again: a doubling (R201) gives way to the maximum that it breaks,
            # what is above all labels' figures (R110) to the maximum of the product that all of it comes from.
            gives_way = {"R102": {"R101"}, "R201": {"R101", "R102"}, "R110": {"R101", "R102"}}
            codes = {finding.code} | gives_way.get(finding.code, set())
            assert any(
                other.code in codes
                and other.severity >= finding.severity
                and set(other.substances) & set(finding.substances)
                for other in after.findings
            ), finding


AGED = ("citalopram 40 mg daily", "tramadol 100 mg four times daily", "gabapentin 900 mg three times daily",
        "gabapentin 600 mg three times daily as needed", "diltiazem 240 mg twice daily", "cetirizine 10 mg twice daily")  # fmt: skip


@law
@given(
    items=st.lists(st.one_of(lines, st.sampled_from(AGED)), min_size=1, max_size=3),
    age=st.sampled_from((None, 30, 70, 85)),
    fewer=st.sampled_from((None, 15, 45, 90)),
    egfr=st.sampled_from((5, 20, 45, 59, 60, 90)),
    hepatic=st.booleans(),
    pregnant=st.booleans(),
    policy=st.sampled_from(("strictest", "most-permissive")),
)
def test_a_further_fact_of_the_person_takes_no_over_away(
    items: list[str], age: int | None, fewer: int | None, egfr: int, hepatic: bool, pregnant: bool, policy: str
) -> None:
    """Unless a limit that is stated for just this person's kidneys speaks, and is higher."""
    facts = {"age": age, "egfr": fewer}
    pregnant = pregnant and (age is None or age < 55)  # nobody is both
    more = {"age": age, "egfr": fewer or egfr, "hepatic": hepatic, "pregnant": pregnant}
    before = doseref.check(items, policy=policy, **facts)  # type: ignore[arg-type]
    after = doseref.check(items, policy=policy, **more)  # type: ignore[arg-type]
    told = {(f.code, name) for f in after.findings if f.code in ("R101", "R102") for name in f.substances}
    totals = {each.substance: each for each in after.regimens[0].totals}
    for finding in before.findings:
        for name in finding.substances if finding.code in ("R101", "R102") else ():
            known = [each for each in totals.values() if before.data.name_of(each.substance) == name]
            own = any(
                v.limit.egfr_low is not None or v.limit.egfr_high is not None for each in known for v in each.judged
            )
            assert (finding.code, name) in told or ("R101", name) in told or own, (items, facts, more, finding.message)
