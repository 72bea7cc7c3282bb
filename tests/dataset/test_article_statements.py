"""The 160 statements of the four articles: how many, which maxima, which sums, and that each text stands on its line.

All expected figures were worked out by hand from the articles.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from doseref.dosage.model import ROUTES
from doseref.tables.load import load
from doseref.tables.schema import DRUGS, SIDE_EFFECT_CLASSES, SIDE_EFFECTS, SUPPLEMENTS, TIMING_TERMS, Table
from doseref.tables.write import render
from doseref.units import UNITS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
ARTICLES = ROOT.parent / "shared" / "articles"
SOURCES = ("l1-l2", "l2-l3", "l4-l5", "l5-s1")

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return load(DRUGS, DATA) + load(SUPPLEMENTS, DATA)


@pytest.fixture(scope="module")
def firsts(rows: list[Row]) -> dict[str, Row]:
    """The first row of each statement, by statement id."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row["id"], row)
    return found


def of(rows: list[Row], statement: str) -> list[Row]:
    return [row for row in rows if row["id"] == statement]


def figures(row: Row, *names: str) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


# --- how many -----------------------------------------------------------------------------------------------------------


def test_160_statements_in_their_sections(firsts: dict[str, Row]) -> None:
    assert len(firsts) == 160
    assert Counter(id.split("/")[1] for id in firsts) == {"drug": 80, "supplement": 40, "advanced": 40}
    wanted = {f"{source}/drug/{n:02}" for source in SOURCES for n in range(1, 21)}
    wanted |= {
        f"{source}/{section}/{n:02}"
        for source in SOURCES
        for section in ("supplement", "advanced")
        for n in range(1, 11)
    }
    assert set(firsts) == wanted


def test_supplements_stand_in_their_own_table() -> None:
    assert {row["id"].split("/")[1] for row in load(SUPPLEMENTS, DATA)} == {"supplement"}
    assert {row["id"].split("/")[1] for row in load(DRUGS, DATA)} == {"drug", "advanced"}


def test_not_computable_ones_and_why(firsts: dict[str, Row]) -> None:
    why = {id: row["reason"] for id, row in firsts.items() if row["computable"] == "no"}
    assert why == {
        "l1-l2/drug/18": "single-session",
        "l1-l2/drug/20": "no-amount",
        "l1-l2/advanced/03": "no-amount",
        "l1-l2/advanced/04": "no-frequency",
        "l1-l2/advanced/06": "no-frequency",
        "l1-l2/advanced/07": "not-a-substance",
        "l1-l2/advanced/08": "no-frequency",
        "l1-l2/advanced/09": "no-amount",
        "l1-l2/advanced/10": "experimental",
        "l2-l3/drug/19": "no-amount",
        "l2-l3/advanced/04": "no-frequency",
        "l2-l3/advanced/05": "no-frequency",
        "l2-l3/advanced/07": "no-amount",
        "l2-l3/advanced/08": "no-frequency",
        "l2-l3/advanced/09": "no-frequency",
        "l2-l3/advanced/10": "experimental",
        "l4-l5/advanced/04": "no-frequency",
        "l4-l5/advanced/05": "no-amount",
        "l4-l5/advanced/07": "concentration-only",
        "l4-l5/advanced/08": "no-frequency",
        "l4-l5/advanced/09": "no-frequency",
        "l4-l5/advanced/10": "no-frequency",
        "l5-s1/advanced/03": "no-frequency",
        "l5-s1/advanced/04": "no-frequency",
        "l5-s1/advanced/06": "single-session",
        "l5-s1/advanced/07": "no-frequency",
        "l5-s1/advanced/08": "no-frequency",
        "l5-s1/advanced/09": "no-frequency",
        "l5-s1/advanced/10": "no-frequency",
    }
    assert all(row["computable"] in ("yes", "no") for row in firsts.values())
    assert all(not row["reason"] for row in firsts.values() if row["computable"] == "yes")


# --- maxima -------------------------------------------------------------------------------------------------------------


def test_eighteen_stated_daily_maxima(rows: list[Row]) -> None:
    stated = {(row["id"], row["substance"]): Decimal(row["maximum"]) for row in rows if row["maximum"]}
    assert stated == {
        ("l2-l3/drug/06", "acetaminophen"): 3000,
        ("l2-l3/drug/09", "tizanidine"): 36,
        ("l2-l3/drug/10", "baclofen"): 80,
        ("l2-l3/drug/16", "tramadol"): 400,
        ("l2-l3/drug/20", "tapentadol"): 600,
        ("l4-l5/drug/01", "ibuprofen"): 3200,
        ("l4-l5/drug/02", "naproxen"): 1000,
        ("l4-l5/drug/03", "diclofenac"): 150,
        ("l4-l5/drug/05", "acetaminophen"): 4000,
        ("l4-l5/drug/07", "tizanidine"): 36,
        ("l4-l5/drug/08", "gabapentin"): 3600,
        ("l4-l5/drug/09", "pregabalin"): 600,
        ("l4-l5/drug/14", "ketorolac"): 40,
        ("l4-l5/drug/15", "tramadol"): 400,
        ("l4-l5/drug/16", "acetaminophen"): 3000,
        ("l5-s1/drug/06", "acetaminophen"): 3000,
        ("l5-s1/drug/07", "tramadol"): 400,
        ("l5-s1/drug/14", "tizanidine"): 36,
    }
    assert Counter(id.split("/")[0] for id, _ in stated) == {"l5-s1": 3, "l4-l5": 10, "l2-l3": 5}
    assert all(
        figures(row, "maximum_unit", "maximum_period", "maximum_period_unit") == ("mg", "1", "d")
        for row in rows
        if row["maximum"]
    )


def test_six_exceed_their_own_maximum_and_five_just_meet_it(rows: list[Row]) -> None:
    with_both = [row for row in rows if row["maximum"] and row["daily_high"]]
    assert len(with_both) == 18
    over = {
        row["id"]: (row["daily_high"], row["maximum"])
        for row in with_both
        if Decimal(row["daily_high"]) > Decimal(row["maximum"])
    }
    assert over == {
        "l2-l3/drug/06": ("6000", "3000"),
        "l2-l3/drug/16": ("600", "400"),
        "l4-l5/drug/14": ("60", "40"),
        "l4-l5/drug/15": ("600", "400"),
        "l5-s1/drug/06": ("6000", "3000"),
        "l5-s1/drug/07": ("600", "400"),
    }
    met = {(row["id"], row["substance"]) for row in with_both if Decimal(row["daily_high"]) == Decimal(row["maximum"])}
    assert met == {
        ("l2-l3/drug/20", "tapentadol"),
        ("l4-l5/drug/01", "ibuprofen"),
        ("l4-l5/drug/02", "naproxen"),
        ("l4-l5/drug/03", "diclofenac"),
        ("l4-l5/drug/05", "acetaminophen"),
    }


# --- arithmetic ---------------------------------------------------------------------------------------------------------


def test_daily_figures_are_dose_times_administrations(rows: list[Row]) -> None:
    """A range of intervals is floor(24/longest) to ceil(24/shortest); a dose at bedtime alone is one administration."""
    checked: Counter[str] = Counter()
    for row in rows:
        if not row["daily_low"]:
            continue
        low, high = (row["dose_low"], row["dose_high"]) if row["dose_low"] else (row["count_low"], row["count_high"])
        fewest = most = Decimal(1)
        if row["every_low"]:
            assert row["every_unit"] == "h"
            fewest, most = 24 // Decimal(row["every_high"]), -(-24 // Decimal(row["every_low"]))
        elif row["times_low"] and not row["per_day"]:
            assert figures(row, "times_period", "times_unit") == ("1", "d")
            fewest, most = Decimal(row["times_low"]), Decimal(row["times_high"])
        assert (Decimal(low) * fewest, Decimal(high) * most) == (
            Decimal(row["daily_low"]),
            Decimal(row["daily_high"]),
        ), row["id"]
        assert row["daily_unit"] == (row["dose_unit"] or row["count_unit"])
        checked["/".join(row["id"].split("/")[:2])] += 1
    # 20 statements each, without those that have no daily dose, with a row more per alternative, phase and ingredient
    assert checked == {
        "l1-l2/drug": 20 - 2 + 1,
        "l2-l3/drug": 20 - 1 + 1 + 1,
        "l4-l5/drug": 20 + 2,
        "l5-s1/drug": 20 + 1 + 2,
        "l1-l2/supplement": 10 + 1,
        "l2-l3/supplement": 10,
        "l4-l5/supplement": 10,
        "l5-s1/supplement": 10,
    }


def test_a_dose_at_bedtime_counts_once_a_day(rows: list[Row]) -> None:
    for statement in ("l1-l2/drug/06", "l2-l3/drug/14", "l4-l5/drug/11", "l5-s1/drug/19"):
        (row,) = of(rows, statement)
        assert not row["times_low"] and not row["every_low"] and "bedtime" in row["timing"].split("; ")
        assert figures(row, "dose_low", "dose_high") == figures(row, "daily_low", "daily_high")


# --- the awkward ones ---------------------------------------------------------------------------------------------------


def test_alternatives(rows: list[Row]) -> None:
    diclofenac = of(rows, "l5-s1/drug/03")
    assert [figures(r, "phase", "option", "dose_high", "times_high", "release") for r in diclofenac] == [
        ("1", "1", "50", "3", ""),
        ("1", "2", "75", "2", "ER"),
    ]
    b12 = of(rows, "l5-s1/supplement/02")
    assert [
        figures(r, "dose_low", "dose_unit", "per_day", "times_low", "times_unit", "daily_low", "route") for r in b12
    ] == [
        ("1000", "ug", "yes", "", "", "1000", "oral"),
        ("1000", "ug", "", "1", "wk", "", "intramuscular"),
    ]
    assert [r["route"] for r in of(rows, "l1-l2/drug/12")] == ["intravenous", "intramuscular"]
    assert [r["route"] for r in of(rows, "l1-l2/supplement/08")] == ["sublingual", "intramuscular"]


def test_phases(rows: list[Row]) -> None:
    gabapentin = of(rows, "l5-s1/drug/09")
    assert [figures(r, "phase", "from_day", "to_day", "times_low", "daily_low") for r in gabapentin] == [
        ("1", "1", "1", "1", "300"),
        ("2", "2", "2", "2", "600"),
        ("3", "3", "3", "3", "900"),
    ]
    assert [figures(r, "target_low", "target_high", "target_per_day") for r in gabapentin] == [
        ("900", "1800", "yes"),
        ("", "", ""),
        ("", "", ""),
    ]
    methocarbamol = of(rows, "l2-l3/drug/08")
    assert [figures(r, "phase", "dose_low", "daily_low") for r in methocarbamol] == [
        ("1", "1500", "6000"),
        ("2", "750", "3000"),
    ]


def test_combinations_have_a_row_per_ingredient(rows: list[Row]) -> None:
    cells = ("substance", "dose_low", "daily_low", "daily_high", "maximum")
    assert [figures(r, *cells) for r in of(rows, "l4-l5/drug/16")] == [
        ("acetaminophen", "300", "1200", "1800", "3000"),
        ("codeine", "30", "120", "180", ""),
    ]
    assert [figures(r, *cells) for r in of(rows, "l4-l5/drug/18")] == [
        ("acetaminophen", "325", "1300", "1950", ""),
        ("hydrocodone", "5", "20", "30", ""),
    ]


def test_longer_periods_and_single_doses(rows: list[Row]) -> None:
    def first(statement: str, *names: str) -> tuple[str, ...]:
        return figures(of(rows, statement)[0], *names)

    assert first("l5-s1/advanced/01", "dose_low", "times_low", "times_period", "times_unit", "daily_low") == (
        "70",
        "1",
        "1",
        "wk",
        "",
    )
    assert first("l4-l5/advanced/02", "dose_low", "times_low", "times_period", "times_unit") == ("5", "1", "1", "a")
    assert first("l4-l5/advanced/03", "dose_low", "every_low", "every_high", "every_unit") == ("60", "6", "6", "mo")
    assert first("l2-l3/advanced/03", "dose_low", "times_low", "times_unit", "route") == (
        "210",
        "1",
        "mo",
        "subcutaneous",
    )
    assert first("l4-l5/advanced/05", "times_low", "times_period", "times_unit", "doses_low", "doses_high") == (
        "6",
        "3",
        "wk",
        "6",
        "6",
    )
    assert first("l5-s1/advanced/05", "dose_low", "dose_unit", "times_unit", "duration_high", "duration_unit") == (
        "2",
        "mL",
        "wk",
        "3",
        "wk",
    )
    assert first("l5-s1/advanced/06", "doses_low", "doses_high", "times_low") == ("1", "1", "")
    assert first("l2-l3/advanced/08", "dose_low", "dose_high", "dose_unit") == ("1000000", "2000000", "{cells}")
    assert first("l5-s1/advanced/07", "dose_low", "dose_high", "dose_unit") == ("5000000", "10000000", "{cells}")
    assert first("l5-s1/drug/16", "count_low", "count_unit", "daily_high", "daily_unit", "route") == (
        "1",
        "{patch}",
        "1",
        "{patch}",
        "topical",
    )


def test_targets_per_administration_and_per_day(firsts: dict[str, Row]) -> None:
    stated = {
        id: (row["target_low"], row["target_high"], row["target_per_day"])
        for id, row in firsts.items()
        if row["target_low"]
    }
    assert stated == {
        "l1-l2/drug/06": ("900", "1800", "yes"),
        "l1-l2/drug/09": ("60", "60", ""),
        "l1-l2/drug/15": ("80", "80", "yes"),
        "l2-l3/drug/11": ("900", "3600", "yes"),
        "l2-l3/drug/12": ("150", "150", ""),
        "l2-l3/drug/13": ("60", "60", ""),
        "l2-l3/drug/14": ("75", "75", ""),
        "l2-l3/drug/15": ("50", "100", ""),
        "l4-l5/drug/08": ("300", "600", ""),
        "l4-l5/drug/10": ("60", "60", ""),
        "l4-l5/drug/20": ("80", "80", "yes"),
        "l5-s1/drug/09": ("900", "1800", "yes"),
        "l5-s1/drug/10": ("150", "150", ""),
        "l5-s1/drug/12": ("60", "60", ""),
        "l5-s1/drug/15": ("20", "80", "yes"),
        "l5-s1/drug/19": ("100", "100", ""),
    }


def test_longest_use_and_as_needed(rows: list[Row]) -> None:
    longest = {
        row["id"]: figures(row, "longest_low", "longest_high", "longest_unit") for row in rows if row["longest_high"]
    }
    assert longest == {
        "l1-l2/drug/12": ("5", "5", "d"),
        "l4-l5/drug/14": ("5", "5", "d"),
        "l5-s1/drug/13": ("2", "3", "wk"),
    }
    assert {row["id"] for row in rows if row["prn"]} == {
        "l1-l2/drug/10", "l1-l2/drug/14", "l1-l2/drug/16", "l1-l2/drug/20", "l2-l3/drug/06",
        "l4-l5/drug/16", "l4-l5/drug/17", "l4-l5/drug/18", "l5-s1/drug/07", "l5-s1/drug/20",
    }  # fmt: skip


def test_a_timing_line_may_hold_no_timing(firsts: dict[str, Row]) -> None:
    assert firsts["l4-l5/drug/15"]["timing"] == ""  # "Monitor for CNS effects"
    assert firsts["l4-l5/drug/18"]["timing"] == "prn"  # the timing line speaks of the elderly only


def test_timing_terms_are_those_of_the_data_dictionary(rows: list[Row]) -> None:
    listed = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", TIMING_TERMS))
    assert {term for row in rows for term in row["timing"].split("; ") if term} <= listed


# --- side effects -------------------------------------------------------------------------------------------------------


def test_every_phrase_is_sorted_and_none_is_idle(rows: list[Row]) -> None:
    phrases = {row["phrase"]: row for row in load(SIDE_EFFECTS, DATA)}
    used = {phrase for row in rows for phrase in row["side_effects"].split("; ") if phrase}
    assert used == set(phrases)
    classes = {row["id"] for row in load(SIDE_EFFECT_CLASSES, DATA)}
    assert {name for row in phrases.values() for name in row["classes"].split("; ") if name} <= classes
    assert {phrase for phrase, row in phrases.items() if not row["classes"]} == {"rare at recommended doses"}
    assert {phrase: row["qualifier"] for phrase, row in phrases.items() if row["qualifier"]} == {
        "hepatotoxicity at high doses": "high-dose",
        "hepatotoxicity in overdose": "high-dose",
        "lower gi risk than non-selectives": "reduced",
        "rare at recommended doses": "rare",
        "rare liver toxicity at high doses": "high-dose",
        "similar to codeine combinations": "reference",
    }


def test_hypotension_is_not_hypotonia(firsts: dict[str, Row]) -> None:
    phrases = {row["phrase"]: row["classes"] for row in load(SIDE_EFFECTS, DATA)}
    assert phrases["hypotension"] == phrases["orthostatic hypotension"] == "hypotension"
    assert phrases["hypotonia"] == "hypotonia"
    assert firsts["l4-l5/drug/20"]["side_effects"] == "weakness; sedation; hypotonia"
    assert firsts["l1-l2/drug/15"]["side_effects"] == "weakness; hypotension"


def test_no_citation_word_is_a_side_effect(rows: list[Row]) -> None:
    for row in rows:
        for word in ("nice", "pmc", "ncbi", "bps", "aalborg"):
            assert word not in row["side_effects"].split(" ") and f" {word}" not in row["side_effects"]


def test_every_drug_has_side_effects_and_only_drugs(firsts: dict[str, Row]) -> None:
    assert all(bool(row["side_effects"]) == (id.split("/")[1] == "drug") for id, row in firsts.items())


# --- form ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [DRUGS, SUPPLEMENTS, SIDE_EFFECTS, SIDE_EFFECT_CLASSES], ids=lambda table: table.name)
def test_canonical_form(table: Table) -> None:
    text = (DATA / table.file).read_bytes().decode("utf-8")
    assert text == render(table, [[row[name] for name in table.header] for row in load(table, DATA)])


def test_units_and_routes_are_known(rows: list[Row]) -> None:
    for row in rows:
        assert row["route"] in ("", *ROUTES)
        for name in ("dose_unit", "count_unit", "daily_unit", "target_unit", "maximum_unit"):
            assert row[name] == "" or row[name] in UNITS, (row["id"], name)


def test_cells_of_the_first_row_stand_there_alone(rows: list[Row]) -> None:
    seen: set[str] = set()
    seen_ingredient: set[tuple[str, str]] = set()
    for row in rows:
        for column in DRUGS.columns:
            if column.first_of == "statement" and row["id"] in seen:
                assert row[column.name] == "", (row["id"], column.name)
            if column.first_of == "ingredient" and (row["id"], row["substance"]) in seen_ingredient:
                assert row[column.name] == "", (row["id"], column.name)
        seen.add(row["id"])
        seen_ingredient.add((row["id"], row["substance"]))


def test_no_exception_to_the_double_entry(rows: list[Row]) -> None:
    assert not {row["id"] for row in rows if row["exception"]}


def test_ends_stand_in_order(rows: list[Row]) -> None:
    pairs = ("dose", "count", "times", "every", "daily", "duration", "doses", "target", "longest")
    for row in rows:
        for pair in pairs:
            low, high = row[f"{pair}_low"], row[f"{pair}_high"]
            assert bool(low) == bool(high), (row["id"], pair)
            assert not low or Decimal(low) <= Decimal(high), (row["id"], pair)


def test_each_text_stands_on_its_line(firsts: dict[str, Row]) -> None:
    if not ARTICLES.is_dir():
        pytest.skip("the articles are not at hand (../shared/articles)")
    lines = {source: (ARTICLES / f"{source}.txt").read_text(encoding="utf-8").split("\n") for source in SOURCES}
    places = set()
    for id, row in firsts.items():
        line = lines[row["source"]][int(row["line"]) - 1]
        assert line.count("Dosage:") == 1, id
        after = line.split("Dosage:")[1].removeprefix("**").strip().removesuffix(".").strip()
        assert after == row["dosage"], id
        above = lines[row["source"]][int(row["line"]) - 7 : int(row["line"]) - 1]
        assert any(text.strip().endswith(row["name"]) for text in above), id
        places.add((row["source"], row["line"]))
    assert len(places) == 160
