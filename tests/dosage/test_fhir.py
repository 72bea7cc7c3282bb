"""FHIR: every field of the model survives, both versions validate, and other systems' resources are read or told."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doseref import reference
from doseref.dosage.fhir import to_fhir
from doseref.dosage.fhir_read import from_fhir as read_fhir
from doseref.dosage.fhir_timing import MOST_PERIOD
from doseref.dosage.model import (
    RELEASES,
    ROUTES,
    WHEN_ORDER,
    Cycle,
    Dosage,
    Maximum,
    Option,
    Phase,
    Problem,
    Step,
    Strength,
    Target,
    Times,
)
from doseref.quantities import DAY, Period, Range
from law_size import examples

D = Decimal
EVERYTHING = Option(
    dose=Range(D(500), D(1000), "mg"),
    strengths=(Strength(D(500), "mg"), Strength(D(160), "mg", "apap", (D(5), "mL"))),
    count=Range(D("0.5"), D(2), "{tablet}"),
    times=Times(D(3), D(4), D(1), "d"),
    every=Range(D(6), D(8), "h"),
    route="oral",
    form="tablet",
    release="ER",
    when=("HS",),
    at=("08:00",),
    days=("mon", "thu"),
    prn=True,
    prn_for="pain",
    duration=Range(D(5), D(7), "d"),
    doses_total=Range(D(1), D(3), "{dose}"),
    cycle=Cycle(D(12), D(12), "h"),
    site="left knee",
    method="apply",
    until="finished",
)


def from_fhir(resources: Any) -> Dosage:
    return read_fhir(resources, reference().vocabulary)


def whole(*options: Option, **more: Any) -> Dosage:
    return Dosage("text", "read", (Phase(1, options),), **more)


def both_ways(dosage: Dosage, validated: bool = True) -> None:
    """Both versions validate as JSON (where asked) and come back as the same model."""
    for version, release in (("R5", "fhir.resources.dosage"), ("R4", "fhir.resources.R4B.dosage")):
        written = json.loads(json.dumps(to_fhir(dosage, version)))  # type: ignore[arg-type]
        model = import_module(release).Dosage if validated and find_spec("fhir") else None
        for item in written:
            if model is not None:
                model.model_validate(item)
        assert from_fhir(written) == dosage


def test_fhir_resources_is_here() -> None:
    pytest.importorskip("fhir.resources", reason="fhir.resources is not installed: conformance is not tested")


def test_every_field_at_once_comes_back() -> None:
    dosage = Dosage(
        "all of it",
        "partly-read",
        (
            Phase(
                1,
                (EVERYTHING, Option(dose=Range.of(10, "mg"), per_day=True, times=Times(D(3), D(3), D(1), "d"))),
                1,
                3,
                Step(Range.of(10, "mg"), Period(D(3), "d"), Range.of(5, "mg"), "down"),
            ),
            Phase(1, (Option(every=Range.of(1, "d")),)),
            Phase(2, (Option(times=Times(D(0), D("1.5"), D(2), "wk", D(4))),)),
        ),
        Target(D(900), D(1800), "mg", True, Times(D(3), D(3), D(1), "d")),
        (Maximum(D(3000), "mg", DAY, "apap"), Maximum(D(8), "{tablet}", None), Maximum(D(4), "{dose}", DAY)),
        Range(D(2), D(3), "wk"),
        (Problem("no word of the language", 0, 3), Problem("QD is error-prone", 4, 6, "notation")),
    )
    both_ways(dosage)


@pytest.mark.parametrize(
    "dosage",
    [
        Dosage("", "unread"),
        Dosage("wibble", "unread", problems=(Problem("nothing read", 0, 6),)),
        Dosage("max 3 g a day", "read", maximum=(Maximum(D(3), "g", DAY),)),
        Dosage("for up to 5 days", "read", longest=Range.of(5, "d")),
        whole(Option()),
        whole(Option(dose=Range.of("0.1", "mg")), longest=Range.of(5, "d")),
        whole(Option(times=Times(D(1), D(1), D(24), "h"))),
        whole(Option(times=Times(D(1), D(1), D(2), "wk", D(4)))),
        whole(Option(every=Range(D(2), D(4), "wk"), doses_total=Range.of(3, "{dose}"))),
        whole(Option(every=Range.of(1, "h"))),
        whole(Option(every=Range.of(1, "wk"))),
        whole(Option(dose=Range.of("0.12345678901234567891", "mg"))),
        whole(Option(dose=Range.of(5, "mg/h"))),
        whole(Option(dose=Range.of(5, "ug/min"), prn=True)),
        whole(Option(dose=Range(D(1000000), D(5000000), "{cells}"), count=Range.of(1, "{injection}"))),
        whole(Option(count=Range(D(2), D(3), "{tablet}"), per_day=True)),
        whole(Option(), maximum=(Maximum(D(1), "g", None), Maximum(D(3), "g", DAY))),
        whole(Option(), maximum=(Maximum(D(3), "g", DAY), Maximum(D(9), "g", Period(D(1), "wk")))),
    ],
    ids=str,
)
def test_comes_back(dosage: Dosage) -> None:
    both_ways(dosage)


THOUSANDTHS = 1000


def _thousandths(count: int) -> D:
    return (D(count) / THOUSANDTHS).normalize()


# Whole numbers made into thousandths: drawing decimals and throwing some away took most of the time of a long run.
decimals = st.integers(0, 10**10).map(_thousandths)
positive = st.integers(1, 10**10).map(_thousandths)
periods = st.integers(1, int(MOST_PERIOD * THOUSANDTHS)).map(_thousandths)
"""Longer ones are not read from FHIR."""


def ranges(units: list[str]) -> st.SearchStrategy[Range]:
    return st.builds(lambda a, b, unit: Range(min(a, b), max(a, b), unit), decimals, decimals, st.sampled_from(units))


TIME = ["h", "d", "wk", "mo", "a"]
words = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and "\ud800" not in text)
times_made = st.builds(
    lambda a, b, period, unit, more: Times(min(a, b), max(a, b), period, unit, period + more if more else None),
    decimals, decimals, periods, st.sampled_from(TIME), st.none() | positive,
)  # fmt: skip


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


options_made = st.builds(
    Option,
    dose=some(ranges(["mg", "ug", "g", "mL", "[IU]", "{cells}", "mg/kg"])),
    strengths=st.lists(
        st.builds(
            Strength, decimals, st.sampled_from(["mg", "%"]), some(words), some(st.tuples(positive, st.just("mL")))
        ),
        max_size=2,
    ).map(tuple),
    count=some(ranges(["{tablet}", "{puff}"])),
    per_day=st.booleans(),
    times=some(times_made),
    every=some(
        st.builds(lambda a, b, unit: Range(min(a, b), max(a, b), unit), periods, periods, st.sampled_from(TIME))
    ),
    route=some(st.sampled_from(ROUTES)),
    form=some(words),
    release=some(st.sampled_from(RELEASES)),
    when=st.sets(st.sampled_from(WHEN_ORDER)).map(lambda found: tuple(code for code in WHEN_ORDER if code in found)),
    at=st.lists(st.sampled_from(["08:00", "14:30", "22:00"]), unique=True).map(tuple),
    days=st.sampled_from([(), ("mon",), ("mon", "wed", "fri")]),
    prn=st.booleans(),
    prn_for=some(words),
    duration=some(ranges(TIME)),
    doses_total=some(ranges(["{dose}"])),
    cycle=some(st.builds(Cycle, positive, positive, st.sampled_from(TIME))),
    site=some(words),
    until=some(words),
)
dosages_made = st.builds(
    lambda groups, maximum, longest, target: Dosage(
        "as written",
        "read",
        tuple(Phase(n, tuple(options)) for n, options in enumerate(groups, 1)),
        target,
        tuple(dict.fromkeys(maximum)),
        longest,
    ),
    st.lists(st.lists(options_made, min_size=1, max_size=2), min_size=1, max_size=3),
    st.lists(
        st.builds(Maximum, decimals, st.sampled_from(["mg", "{tablet}"]), some(st.just(DAY)), some(words)), max_size=3
    ),
    some(ranges(TIME)),
    some(
        st.builds(lambda r, d, t: Target(r.low, r.high, r.unit, d, t), ranges(["mg"]), st.booleans(), some(times_made))
    ),
)


VALIDATED_SHARE = max(1, examples(100) // 1000)
"""Of a long run one in so many is also held against the published schema, which takes longer than the rest together."""


@settings(max_examples=examples(100), deadline=None)
@given(dosages_made)
def test_any_model_comes_back(dosage: Dosage) -> None:
    # A per-day flag without an amount says nothing and is not kept.
    phases = tuple(
        Phase(
            phase.sequence,
            tuple(option if option.dose or option.count else _without_day(option) for option in phase.options),
        )
        for phase in dosage.phases
    )
    made = Dosage(dosage.text, dosage.status, phases, dosage.target, dosage.maximum, dosage.longest)
    both_ways(made, validated=len(repr(made)) % VALIDATED_SHARE == 0)


def _without_day(option: Option) -> Option:
    from doseref.records import replace

    return replace(option, per_day=False)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "extension url valueQuantity value unit code sequence text timing repeat frequency period periodUnit periodMax when timeOfDay "
                "boundsRange boundsPeriod low high start end doseAndRate doseQuantity doseRange rateRatio numerator denominator route coding "
                "display asNeeded asNeededFor maxDosePerPeriod count countMax event dayOfWeek rateRange".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(json_values, max_size=3))
def test_any_json_gives_a_dosage(resources: list[Any]) -> None:
    assert isinstance(from_fhir(resources), Dosage)


def test_a_total_per_day_is_never_a_dose_that_is_multiplied() -> None:
    [item] = to_fhir(whole(Option(dose=Range.of(1500, "mg"), per_day=True, times=Times(D(3), D(3), D(1), "d"))))
    assert item["doseAndRate"] == [
        {"rateQuantity": {"value": 1500, "unit": "mg/day", "system": "http://unitsofmeasure.org", "code": "mg/d"}}
    ]


def test_an_ingredients_maximum_is_never_that_of_the_product() -> None:
    [item] = to_fhir(whole(Option(), maximum=(Maximum(D(3000), "mg", DAY, "apap"),)))
    assert "maxDosePerPeriod" not in item


def test_r5_of_an_ordinary_dosage() -> None:
    option = Option(
        dose=Range(D(500), D(1000), "mg"), every=Range(D(4), D(6), "h"), route="oral", prn=True, prn_for="pain"
    )
    assert to_fhir(Dosage("as given", "read", (Phase(1, (option,)),), maximum=(Maximum(D(3000), "mg", DAY),))) == [
        {
            "extension": [{"url": "urn:doseref:fhir:status", "valueCode": "read"}],
            "sequence": 1,
            "text": "as given",
            "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}},
            "asNeeded": True,
            "asNeededFor": [{"text": "pain"}],
            "route": {"text": "oral"},
            "doseAndRate": [
                {
                    "doseRange": {
                        "low": {"value": 500, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"},
                        "high": {"value": 1000, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"},
                    }
                }
            ],
            "maxDosePerPeriod": [
                {
                    "numerator": {"value": 3000, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"},
                    "denominator": {"value": 1, "unit": "day", "system": "http://unitsofmeasure.org", "code": "d"},
                }
            ],
        }
    ]


MG = {"unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}


def foreign(**item: Any) -> tuple[Option, Dosage]:
    dosage = from_fhir([item])
    assert len(dosage.options) == 1
    return dosage.options[0], dosage


def test_other_systems_r4_with_a_timing_code() -> None:
    option, dosage = foreign(
        timing={
            "code": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "BID"}]}
        },
        asNeededBoolean=False,
        route={"coding": [{"system": "http://snomed.info/sct", "code": "26643006", "display": "Oral route"}]},
        doseAndRate=[{"type": {"text": "ordered"}, "doseQuantity": {"value": 500, **MG}}],
    )
    assert dosage.status == "read"
    assert option == Option(dose=Range.of(500, "mg"), times=Times(D(2), D(2), D(1), "d"), route="oral")


def test_other_systems_q6h_is_an_interval() -> None:
    option, _ = foreign(
        timing={"code": {"coding": [{"code": "Q6H"}]}}, doseAndRate=[{"doseQuantity": {"value": 1, **MG}}]
    )
    assert option.every == Range.of(6, "h")


def test_other_systems_ranges_prn_and_maximum() -> None:
    option, dosage = foreign(
        sequence=1,
        timing={
            "repeat": {
                "frequency": 1,
                "period": 4,
                "periodMax": 6,
                "periodUnit": "h",
                "boundsDuration": {"value": 5, "unit": "days", "code": "d"},
            }
        },
        asNeededCodeableConcept={"coding": [{"display": "Headache"}]},
        doseAndRate=[{"doseRange": {"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablets"}}}],
        maxDosePerPeriod={
            "numerator": {"value": 8, "unit": "tablet(s)"},
            "denominator": {"value": 24, "unit": "h", "code": "h"},
        },
    )
    assert option == Option(
        count=Range(D(1), D(2), "{tablet}"),
        every=Range(D(4), D(6), "h"),
        prn=True,
        prn_for="Headache",
        duration=Range.of(5, "d"),
    )
    assert dosage.maximum == (Maximum(D(8), "{tablet}", Period(D(24), "h")),)
    assert dosage.status == "read"


def test_four_times_in_24_hours_is_four_times_a_day() -> None:
    option, _ = foreign(
        timing={"repeat": {"frequency": 4, "period": 24, "periodUnit": "h"}},
        doseAndRate=[{"doseQuantity": {"value": 1, **MG}}],
    )
    assert option.times == Times(D(4), D(4), D(1), "d")


def test_a_rate_per_day_is_a_total_and_one_per_hour_an_infusion() -> None:
    daily = {"rateRatio": {"numerator": {"value": 1500, **MG}, "denominator": {"value": 1, "unit": "d", "code": "d"}}}
    option, _ = foreign(doseAndRate=[daily])
    assert (option.dose, option.per_day) == (Range.of(1500, "mg"), True)
    hourly = {"rateRatio": {"numerator": {"value": 5, **MG}, "denominator": {"value": 1, "unit": "hour", "code": "h"}}}
    option, _ = foreign(doseAndRate=[hourly])
    assert (option.dose, option.per_day) == (Range.of(5, "mg/h"), False)


def test_dates_count_their_last_day() -> None:
    option, _ = foreign(
        timing={
            "repeat": {
                "boundsPeriod": {"start": "2024-02-27", "end": "2024-03-02T10:00:00Z"},
                "frequency": 1,
                "period": 1,
                "periodUnit": "d",
            }
        },
        doseAndRate=[{"doseQuantity": {"value": 1, **MG}}],
    )
    # 27, 28, 29 February, 1 and 2 March.
    assert option.duration == Range.of(5, "d")


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (
            {
                "doseAndRate": [
                    {"doseQuantity": {"value": 5, "unit": "Mg", "code": "Mg", "system": "http://unitsofmeasure.org"}}
                ]
            },
            "unknown unit Mg",
        ),
        ({"doseAndRate": [{"doseQuantity": {"value": 5, "unit": "wibble"}}]}, "unknown unit wibble"),
        ({"doseAndRate": [{"doseQuantity": {"value": -5, **MG}}]}, "value is not a usable number: -5"),
        ({"doseAndRate": [{"doseQuantity": {"value": "NaN", **MG}}]}, "value is not a usable number: NaN"),
        (
            {"doseAndRate": [{"doseQuantity": {"value": 5, "comparator": "<", **MG}}]},
            "a quantity with a comparator (<) is not read",
        ),
        (
            {"doseAndRate": [{"doseQuantity": {"value": 5, **MG}}, {"doseQuantity": {"value": 6, **MG}}]},
            "more than one dose is given: 5 mg, 6 mg",
        ),
        ({"route": {"text": "by osmosis"}}, "unknown route by osmosis"),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension is not understood"),
        ({"timing": {"repeat": {"when": ["PHS"]}}}, "unknown event timing PHS"),
        ({"timing": {"repeat": {"frequency": 3}}}, "a frequency without a period is not read"),
        ({"timing": {"repeat": {"when": ["ACM"], "offset": 30}}}, "an offset of 30 minutes is not kept"),
    ],
)
def test_what_is_not_read_is_told(item: dict[str, Any], message: str) -> None:
    item.setdefault("timing", {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}})
    dosage = from_fhir([item])
    assert dosage.status != "read"
    assert [
        problem.message for problem in dosage.problems if problem.kind == "unread" and problem.message == message
    ] == [message]


@pytest.mark.parametrize(
    ("repeat", "told", "read_at"),
    [
        ({"frequency": 1, "timeOfDay": ["08:00:00", "12:00:00", "16:00:00"]}, True, ()),
        ({"frequency": 1, "when": ["MORN", "EVE"]}, True, ()),
        ({"frequency": 2, "frequencyMax": 3, "timeOfDay": ["08:00:00", "14:00:00", "20:00:00"]}, False, ("08:00", "14:00", "20:00")),
        ({"frequency": 1, "timeOfDay": ["08:00:00"], "when": []}, False, ("08:00",)),
        ({"frequency": 3, "when": ["AC"]}, False, ()),
        ({"frequency": 1, "when": ["MORN", "CM"]}, False, ()),
    ],
)  # fmt: skip
def test_once_a_day_at_three_clock_times_is_not_once_a_day(
    repeat: dict[str, Any], told: bool, read_at: tuple[str, ...]
) -> None:
    timing = {"repeat": {"period": 1, "periodUnit": "d", **repeat}}
    dosage = from_fhir([{"timing": timing, "doseAndRate": [{"doseQuantity": {"value": 1000, **MG}}]}])
    assert [p.message for p in dosage.problems] == (
        ["more times of day are named than its frequency says"] if told else []
    )
    assert dosage.options[0].at == read_at
    assert (dosage.options[0].times is None) == told


def test_megagram_is_no_dose() -> None:
    dosage = from_fhir(
        [
            {
                "doseAndRate": [
                    {"doseQuantity": {"value": 5, "unit": "Mg", "code": "Mg", "system": "http://unitsofmeasure.org"}}
                ]
            }
        ]
    )
    assert all(option.dose is None for option in dosage.options)


def test_without_sequence_they_are_taken_together() -> None:
    once = {"timing": {"repeat": {"when": ["MORN"]}}, "doseAndRate": [{"doseQuantity": {"value": 15, **MG}}]}
    again = {"timing": {"repeat": {"when": ["NIGHT"]}}, "doseAndRate": [{"doseQuantity": {"value": 10, **MG}}]}
    dosage = from_fhir([once, again])
    assert [phase.sequence for phase in dosage.phases] == [1, 1]
    assert [option.when for option in dosage.options] == [("MORN",), ("NIGHT",)]


def test_sequence_orders_the_phases() -> None:
    later = {"sequence": 2, "doseAndRate": [{"doseQuantity": {"value": 20, **MG}}]}
    first = {"sequence": 1, "doseAndRate": [{"doseQuantity": {"value": 40, **MG}}]}
    assert [option.dose for option in from_fhir([later, first]).options] == [Range.of(40, "mg"), Range.of(20, "mg")]


def test_text_alone_is_parsed() -> None:
    for name in ("text", "patientInstruction"):
        dosage = from_fhir([{"sequence": 1, name: "Take 1 tablet twice daily"}])
        assert dosage.status == "read"
        assert dosage.options[0].count == Range.of(1, "{tablet}")
        assert dosage.options[0].times == Times(D(2), D(2), D(1), "d")


def test_text_fills_what_the_structure_leaves_open() -> None:
    option, dosage = foreign(
        text="Take 1 tablet by mouth every 6 hours as needed for pain, max 4 tablets per day",
        doseAndRate=[{"doseQuantity": {"value": 1, "unit": "tablet"}}],
    )
    assert option == Option(
        count=Range.of(1, "{tablet}"), form="tablet", every=Range.of(6, "h"), route="oral", prn=True, prn_for="pain"
    )
    assert dosage.maximum == (Maximum(D(4), "{tablet}", DAY),)
    assert dosage.status == "read"


def test_text_that_contradicts_the_structure_is_told_and_the_structure_stands() -> None:
    option, dosage = foreign(
        text="Take 2 tablets three times daily",
        timing={"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        doseAndRate=[{"doseQuantity": {"value": 1, "unit": "tablet"}}],
    )
    assert option.count == Range.of(1, "{tablet}")
    assert option.times == Times(D(2), D(2), D(1), "d")
    assert [problem.message for problem in dosage.problems] == [
        "the text and the structured dose differ",
        "the text and the structured timing differ",
    ]
    assert dosage.status == "partly-read"


def test_a_maximum_in_additional_instructions_counts_and_other_figures_are_told() -> None:
    plain = {
        "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "g", "code": "g"}}],
    }
    dosage = from_fhir(
        [{**plain, "additionalInstruction": [{"text": "Not more than 4 g in 24 hours"}, {"text": "With food"}]}]
    )
    assert dosage.maximum == (Maximum(D(4), "g", DAY),)
    assert dosage.status == "read"
    dosage = from_fhir([{**plain, "additionalInstruction": [{"text": "Stop 2 wibbles before surgery"}]}])
    assert [problem.message for problem in dosage.problems] == ["instruction not read: Stop 2 wibbles before surgery"]


def test_a_daily_total_in_the_text_against_a_single_dose_in_the_structure_is_told() -> None:
    option, dosage = foreign(
        text="1500 mg per day in 3 divided doses",
        timing={"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}},
        doseAndRate=[{"doseQuantity": {"value": 1500, **MG}}],
    )
    assert option.per_day is False
    assert [problem.message for problem in dosage.problems] == ["the text and the structured dose differ"]


def test_as_needed_in_the_text_alone_counts_as_needed_and_is_told() -> None:
    option, dosage = foreign(
        text="1500 mg three times a day as needed",
        timing={"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}},
        asNeededBoolean=False,
        doseAndRate=[{"doseQuantity": {"value": 1500, **MG}}],
    )
    assert option.prn is True
    assert [problem.message for problem in dosage.problems] == ["the text says as needed, the structure that it is not"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 mg daily for 5 days, then 10 mg daily", "the text has more parts than the structure"),
        ("wibble", "the text is not read, and the structure says too little"),
        ("5 mg twice daily wibble", "the text is read only in part"),
    ],
)
def test_a_text_that_says_more_than_the_structure_is_told(text: str, message: str) -> None:
    _, dosage = foreign(text=text, doseAndRate=[{"doseQuantity": {"value": 5, **MG}}])
    assert [problem.message for problem in dosage.problems] == [message]
    assert dosage.status == "partly-read"
